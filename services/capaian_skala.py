"""Scales: from a percentage to its predicate, and the order of grades that are no numbers (BB, WTP)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_OPEN = Decimal("-Infinity")
_BRACKETS = re.compile(r"(.+?) ?\((.+)\)")


@dataclass(frozen=True, slots=True)
class Grade:
    """A step of a scale: its predicate for what is above `above` percent, and a soft colour for it.

    `inclusive`: `above` itself belongs to this step; in one scale it does so for all steps or for none.
    """

    above: Decimal
    predikat: str
    warna: str
    inclusive: bool = False

    def holds(self, persen: Decimal) -> bool:
        """Whether a percentage is on this step or a higher one."""
        return persen >= self.above if self.inclusive else persen > self.above


Scale = tuple[Grade, ...]
"""Highest step first, the last one open below: half-open intervals that leave nothing out and hold nothing twice."""

GREEN, LIME, YELLOW, ORANGE, RED = "#C3E6CB", "#E2F0C9", "#FFF3C4", "#FBD9B5", "#F5C2C0"
_BLUE, _GREY = "#BFDCF0", "#E3DDF0"

SCALE: Scale = (
    Grade(Decimal(90), "Sangat Tinggi", GREEN),
    Grade(Decimal(75), "Tinggi", LIME),
    Grade(Decimal(65), "Sedang", YELLOW),
    Grade(Decimal(50), "Rendah", ORANGE),
    Grade(_OPEN, "Sangat Rendah", RED),
)
"""Half open: 90,00 is Tinggi, 90,01 is Sangat Tinggi.

Source: Permendagri 86/2017, whose whole steps 91, 76, 66 and 51 are set so that nothing falls between two of them.
"""

SCALES: dict[str, tuple[str, Scale]] = {
    "permendagri-86-2017": ("Permendagri 86/2017: Sangat Tinggi sampai Sangat Rendah", SCALE),
    "sakip": (
        "PermenPANRB 88/2021: AA sampai D",
        (
            Grade(Decimal(90), "AA", _BLUE),
            Grade(Decimal(80), "A", GREEN),
            Grade(Decimal(70), "BB", LIME),
            Grade(Decimal(60), "B", _GREY),
            Grade(Decimal(50), "CC", YELLOW),
            Grade(Decimal(30), "C", ORANGE),
            Grade(_OPEN, "D", RED),
        ),
    ),
    "lan-2003": (
        "Keputusan Kepala LAN 239/2003: Sangat Berhasil sampai Tidak Berhasil",
        (
            Grade(Decimal(85), "Sangat Berhasil", GREEN, inclusive=True),
            Grade(Decimal(70), "Berhasil", LIME, inclusive=True),
            Grade(Decimal(55), "Cukup Berhasil", YELLOW, inclusive=True),
            Grade(_OPEN, "Tidak Berhasil", RED, inclusive=True),
        ),
    ),
    "baik-kurang": (
        "Sangat Baik sampai Sangat Kurang",
        (
            Grade(Decimal(90), "Sangat Baik", GREEN),
            Grade(Decimal(75), "Baik", LIME),
            Grade(Decimal(65), "Cukup", YELLOW),
            Grade(Decimal(50), "Kurang", ORANGE),
            Grade(_OPEN, "Sangat Kurang", RED),
        ),
    ),
    "tiga-warna": (
        "Tiga warna: 100 % tercapai, 80 % hampir",
        (
            Grade(Decimal(100), "Tercapai", GREEN, inclusive=True),
            Grade(Decimal(80), "Hampir Tercapai", YELLOW, inclusive=True),
            Grade(_OPEN, "Belum Tercapai", RED, inclusive=True),
        ),
    ),
}
"""Name -> (title, scale): what an officer may choose and then edit. The bounds of those with a source are its own."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """Grades that mean more the later they stand, each with the value that it counts for; the place where none is set.

    `nama` is the title of the order, such as "Predikat SAKIP".
    """

    nama: str
    nilai: tuple[tuple[str, Decimal], ...]


def in_order(nama: str, *grades: str) -> Ordered:
    """Grades from the lowest on, which count for their place: the first 1, the next 2."""
    return Ordered(nama, tuple((grade, Decimal(place)) for place, grade in enumerate(grades, 1)))


ORDERS: tuple[Ordered, ...] = (
    in_order("Predikat SAKIP", "D", "C", "CC", "B", "BB", "A", "AA"),
    in_order("Opini BPK", "TMP", "TW", "WDP", "WTP"),
    in_order("Mutu pelayanan", "Tidak Baik", "Kurang Baik", "Baik", "Sangat Baik"),
)
"""Source: PermenPANRB 88/2021 (SAKIP), UU 15/2004 article 16 (opinions of the BPK), PermenPANRB 14/2017 (services).

None of them says how far BB is from A: that each step counts the same is ours, is written beside the number, and can be
changed in the settings of the plan.
"""


def grade_of(persen: Decimal, scale: Scale = SCALE) -> Grade:
    """The step of the scale that a percentage is on."""
    return next(grade for grade in scale if grade.holds(persen))


@lru_cache(maxsize=4096)
def place_of(text: str, orders: tuple[Ordered, ...] = ORDERS) -> tuple[Ordered, str, Decimal] | None:
    """(order, the grade as it writes it, its value) of a text; None where no order holds it. Capitals do not count.

    A grade may be followed by its word in brackets, or the word by the grade: "B (Baik)", "Memuaskan (A)".
    """
    return next(_places(text, orders), None)


def common_order(
    one: str, other: str, orders: tuple[Ordered, ...] = ORDERS
) -> tuple[tuple[Ordered, str, Decimal], tuple[Ordered, str, Decimal]] | None:
    """The places of two texts in the first order that holds both; None where none does."""
    second = list(_places(other, orders))
    for place in _places(one, orders):
        for found in second:
            if found[0] is place[0]:
                return place, found
    return None


def _places(text: str, orders: tuple[Ordered, ...]) -> Iterator[tuple[Ordered, str, Decimal]]:
    """Of the whole text, else of what stands before its brackets, then of what stands within them."""
    line = " ".join(text.split()).casefold()
    parted = _BRACKETS.fullmatch(line)
    for bare in (line, *(parted.groups() if parted else ())):
        for order in orders:
            yield from ((order, grade, value) for grade, value in order.nilai if grade.casefold() == bare)


def faults_of(scale: Sequence[Grade]) -> list[str]:
    """What keeps steps from being a scale, as Indonesian sentences; none of a sound one."""
    faults = []
    if len(scale) < 2:
        faults.append("Skala memerlukan sedikitnya dua predikat.")
    if any(not grade.predikat.strip() for grade in scale):
        faults.append("Setiap predikat memerlukan nama.")
    names = [grade.predikat.strip().casefold() for grade in scale]
    if len(set(names)) < len(names):
        faults.append("Dua predikat bernama sama.")
    bounds = [grade.above for grade in scale]
    if any(not bound.is_finite() for bound in bounds[:-1]) or sorted(set(bounds), reverse=True) != bounds:
        faults.append("Batas predikat harus menurun dari yang tertinggi.")
    if scale and scale[-1].above != _OPEN:
        faults.append("Predikat terendah tidak boleh berbatas bawah, agar tidak ada capaian yang tertinggal.")
    if len({grade.inclusive for grade in scale}) > 1:
        faults.append("Batas semua predikat harus dibaca dengan cara yang sama: lebih dari, atau paling sedikit.")
    return faults
