"""The settings of capaian as an officer types them: bounds in percent, and orders of grades on one line each."""

from decimal import Decimal

from models.errors import PlanError
from services.angka import Style, format_angka, parse_number
from services.capaian_skala import ORDERS, Ordered

OPEN = Decimal("-Infinity")


def number_text(value: Decimal | None) -> str:
    """ "87,5"; "" for none."""
    return "" if value is None or not value.is_finite() else format_angka(value).replace(".", "")


def read_percent(text: str, what: str) -> Decimal | None:
    """A bound as typed, with or without a sign of percent; None for nothing.

    Raises:
        PlanError: no number.
    """
    bare = text.strip().removesuffix("%").strip()
    if not bare:
        return None
    value = parse_number(bare, Style.INDONESIAN)
    if value is None:
        raise PlanError(f"{what}: '{bare[:20]}' bukan angka.")
    return value


def orders_text(orders: tuple[Ordered, ...]) -> str:
    """One order a line: "Opini BPK: TMP < TW < WDP < WTP"; "A = 3,5" where a grade counts for more than its place."""
    return "\n".join(f"{order.nama}: {' < '.join(_grades(order))}" for order in orders)


def read_orders(text: str) -> tuple[Ordered, ...]:
    """Lines as `orders_text` writes them; those of the program where nothing is typed.

    Raises:
        PlanError: a line without a name, or a value that is no number.
    """
    orders = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        name, colon, rest = line.partition(":")
        if not colon or not name.strip():
            raise PlanError(f"'{line[:40]}': tulis nama urutan, titik dua, lalu predikat dari yang terendah.")
        grades: list[tuple[str, Decimal]] = []
        for place, part in enumerate(rest.split("<"), 1):
            grade, equal, value = part.partition("=")
            counts = read_percent(value, f"{name.strip()}, {grade.strip()}") if equal else Decimal(place)
            grades.append((grade.strip(), Decimal(place) if counts is None else counts))
        orders.append(Ordered(name.strip(), tuple(grades)))
    return tuple(orders) or ORDERS


def _grades(order: Ordered) -> list[str]:
    return [
        grade if value == place else f"{grade} = {number_text(value)}"
        for place, (grade, value) in enumerate(order.nilai, 1)
    ]
