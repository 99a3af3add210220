"""The settings of a plan for its capaian: predicates, the order of grades, cap and floor, and how efficiency is meant.

Each is one row of `Pengaturan`, its `isi` JSON; what the plan does not set is as here. A setting that cannot be read is
as here too, and `Setelan.cacat` says so.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import Pengaturan, new_id
from services.capaian_skala import ORDERS, SCALE, Grade, Ordered, Scale, faults_of

PREDIKAT, PERINGKAT, BATAS, EFISIENSI = "capaian.predikat", "capaian.peringkat", "capaian.batas", "capaian.efisiensi"

KELUARAN, SELISIH = "keluaran", "selisih"

_COLOUR = re.compile("#[0-9A-Fa-f]{6}")
_MOST = Decimal(10) ** 6


@dataclass(frozen=True, slots=True)
class Setelan:
    """`atas`, `bawah`: cap and floor of every percentage, None for none. `cacat`: sentences on what was not readable.

    `efisiensi`: "keluaran", the part of the money that its results would have been worth and that was not spent (PMK
    214/2017), or "selisih", capaian less serapan in points.
    """

    skala: Scale = SCALE
    urutan: tuple[Ordered, ...] = ORDERS
    atas: Decimal | None = None
    bawah: Decimal | None = None
    efisiensi: str = KELUARAN
    cacat: tuple[str, ...] = ()


DEFAULT = Setelan()


def read_settings(plan: Plan, dokumen_id: str) -> Setelan:
    """The settings of one document."""
    found, faults = DEFAULT, []
    for row in plan.where(Pengaturan, "dokumen_id", dokumen_id):
        reader = _READERS.get(row.kunci)
        if reader is None:
            continue
        try:
            found = replace(found, **reader(json.loads(row.isi)))
        except (ValueError, TypeError, KeyError, AttributeError, InvalidOperation, RecursionError):
            faults.append(f"Pengaturan {row.kunci} tidak terbaca; yang dipakai adalah bawaan program.")
    return replace(found, cacat=tuple(faults))


def set_predicates(plan: Plan, dokumen_id: str, scale: Sequence[Grade]) -> tuple[Change, ...]:
    """Another scale of predicates, highest first; the one of the program takes the setting away.

    Raises:
        PlanError: it is no scale, or a colour is none.
    """
    faults = faults_of(scale) + [f"Warna {g.warna!r} tidak dikenal." for g in scale if not _COLOUR.fullmatch(g.warna)]
    if faults:
        raise PlanError(" ".join(faults))
    steps = [
        {"di_atas": str(g.above) if g.above.is_finite() else None, "predikat": g.predikat.strip(), "warna": g.warna}
        for g in scale
    ]
    value = {"termasuk": scale[0].inclusive, "langkah": steps}
    return _set(plan, dokumen_id, PREDIKAT, None if tuple(scale) == SCALE else value)


def set_orders(plan: Plan, dokumen_id: str, orders: Sequence[Ordered]) -> tuple[Change, ...]:
    """Other orders of grades, each from the lowest grade on; those of the program take the setting away.

    Raises:
        PlanError: a grade without a name or twice in one order, or values that do not rise from above zero.
    """
    for order in orders:
        names = [grade.strip().casefold() for grade, _ in order.nilai]
        values = [value for _, value in order.nilai]
        if len(names) < 2 or not all(names) or len(set(names)) < len(names):
            raise PlanError(f"Urutan {order.nama} memerlukan sedikitnya dua predikat dengan nama yang berbeda.")
        if values != sorted(set(values)) or values[0] <= 0 or not all(value <= _MOST for value in values):
            raise PlanError(f"Nilai predikat dalam urutan {order.nama} harus naik, mulai dari atas nol.")
    value = [{"nama": o.nama, "nilai": [[grade.strip(), str(n)] for grade, n in o.nilai]} for o in orders]
    return _set(plan, dokumen_id, PERINGKAT, None if tuple(orders) == ORDERS else value)


def set_bounds(plan: Plan, dokumen_id: str, atas: Decimal | None, bawah: Decimal | None) -> tuple[Change, ...]:
    """Cap and floor of all percentages; None for none.

    Raises:
        PlanError: the floor is not below the cap, or the cap is not above zero.
    """
    if atas is not None and atas <= 0:
        raise PlanError("Batas atas capaian harus di atas 0 %.")
    if atas is not None and bawah is not None and bawah >= atas:
        raise PlanError("Batas bawah capaian harus lebih kecil daripada batas atasnya.")
    value = {"atas": None if atas is None else str(atas), "bawah": None if bawah is None else str(bawah)}
    return _set(plan, dokumen_id, BATAS, None if atas is None and bawah is None else value)


def set_efficiency(plan: Plan, dokumen_id: str, efisiensi: str) -> tuple[Change, ...]:
    """How efficiency is reckoned: "keluaran" or "selisih".

    Raises:
        PlanError: another word.
    """
    if efisiensi not in (KELUARAN, SELISIH):
        raise PlanError(f"Cara efisiensi {efisiensi!r} tidak dikenal. Pilihannya: {KELUARAN}, {SELISIH}.")
    return _set(plan, dokumen_id, EFISIENSI, None if efisiensi == KELUARAN else efisiensi)


def _set(plan: Plan, dokumen_id: str, kunci: str, value: Any) -> tuple[Change, ...]:
    there = next((row for row in plan.where(Pengaturan, "dokumen_id", dokumen_id) if row.kunci == kunci), None)
    if value is None:
        return (Change(there, None),) if there is not None else ()
    isi = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if there is not None:
        return (Change(there, replace(there, isi=isi)),)
    return (Change(None, Pengaturan(id=new_id(), dokumen_id=dokumen_id, kunci=kunci, isi=isi)),)


def _predicates(value: Any) -> dict[str, Any]:
    inclusive = bool(value.get("termasuk"))
    scale = tuple(
        Grade(_bound(step["di_atas"]), str(step["predikat"]), str(step["warna"]), inclusive)
        for step in value["langkah"]
    )
    if faults_of(scale) or not all(_COLOUR.fullmatch(grade.warna) for grade in scale):
        raise ValueError("no scale")
    return {"skala": scale}


def _orders(value: Any) -> dict[str, Any]:
    orders = tuple(Ordered(str(o["nama"]), tuple((str(g), _number(n)) for g, n in o["nilai"])) for o in value)
    if not orders or any(len(order.nilai) < 2 or order.nilai[0][1] <= 0 for order in orders):
        raise ValueError("no order")
    return {"urutan": orders}


def _bounds(value: Any) -> dict[str, Any]:
    atas, bawah = (None if value.get(name) is None else _number(value[name]) for name in ("atas", "bawah"))
    if atas is not None and (atas <= 0 or (bawah is not None and bawah >= atas)):
        raise ValueError("no bounds")
    return {"atas": atas, "bawah": bawah}


def _efficiency(value: Any) -> dict[str, Any]:
    if value not in (KELUARAN, SELISIH):
        raise ValueError("no such way")
    return {"efisiensi": value}


def _bound(value: Any) -> Decimal:
    return Decimal("-Infinity") if value is None else _number(value)


def _number(value: Any) -> Decimal:
    """A number that was written as a text, within what a percentage may be."""
    number = Decimal(str(value))
    if not number.is_finite() or abs(number) > _MOST:
        raise ValueError("no number")
    return number


_READERS = {PREDIKAT: _predicates, PERINGKAT: _orders, BATAS: _bounds, EFISIENSI: _efficiency}
