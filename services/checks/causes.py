"""Causes: whether a line differs from those below it because a deeper line, or its own row, is at fault.

A difference follows from a fault when mending that fault by just this amount would make both right.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from models.plan import Plan
from models.rows import Anggaran, DeretAnggaran
from services.checks.finding import Key, period_of
from services.periods import cash_series
from services.rollup import RollUp
from services.series import QUARTER_ENDS, places, running


@dataclass(frozen=True, slots=True)
class Compared:
    """A line's cash beside that of the lines below, by the places where it says something, in whole rupiah."""

    children: int
    cells: dict[int, tuple[int, int]]


def compare(plan: Plan, rollup: RollUp, line: Anggaran, series: DeretAnggaran) -> Compared | None:
    """(own, sum of the lines below) for each typed place; None where a line below has no cash plan, or none is there.

    Running totals where the series holds those, else what was added since the place before that says something. Where
    a line below has a plan of quarters, only the months that close them are compared.
    """
    below = plan.where(Anggaran, "induk_id", line.id)
    if not below or any(rollup.line(child.id).kas is None for child in below):
        return None
    total = rollup.children(line.id).kas
    assert total is not None
    own = running(series.nilai, kumulatif=bool(series.kumulatif))
    cells: dict[int, tuple[int, int]] = {}
    value_before = wanted_before = 0
    quarterly = any(each.periode == "triwulan" for child in below for each in cash_series(plan, child))
    for place in QUARTER_ENDS if quarterly else places(series.periode):
        if series.nilai[place] is None:
            continue
        value, wanted = own[place] or 0, total[place] or 0
        cells[place] = (value - value_before, wanted - wanted_before)
        if not series.kumulatif:
            value_before, wanted_before = value, wanted
    return Compared(len(below), cells)


def pagu_of_children(plan: Plan, line: Anggaran) -> int | None:
    """The sum of the pagu of the lines below as typed; None without lines below, or where one of them has none."""
    below = plan.where(Anggaran, "induk_id", line.id)
    total = 0
    for child in below:
        if child.pagu is None:
            return None
        total += child.pagu
    return total if below else None


def of_pagu(plan: Plan, rollup: RollUp, line: Anggaran, off: int) -> Key | None:
    """Why the pagu of a line is `off` rupiah more than the sum below: a line below that is wrong itself."""
    below = plan.where(Anggaran, "induk_id", line.id)
    wrong: list[tuple[Anggaran, int]] = []
    for child in below:
        wanted = pagu_of_children(plan, child)
        if child.pagu is not None and wanted is not None and child.pagu != wanted:
            wrong.append((child, child.pagu - wanted))
    for child, more in wrong:
        if more == -off or sum(each for _, each in wrong) == -off:
            return "PAGU-RINCIAN", Anggaran, child.id, None
    for child in below:
        series = _cash(plan, child)
        if series is None or child.pagu is None or (series.kumulatif and series.nilai[-1] is None):
            continue
        last = running(series.nilai, kumulatif=bool(series.kumulatif))[-1]
        if last is not None and last - child.pagu == off:
            return "KAS-AKHIR", Anggaran, child.id, period_of(series.periode, 11) if series.kumulatif else None
    return None


def of_cash(plan: Plan, rollup: RollUp, line: Anggaran, series: DeretAnggaran, place: int, off: int) -> Key | None:
    """Why the cash of a line is `off` rupiah more than the sum below at a place."""
    own = _broken(line, series, place, -off)
    if own is not None:
        return own
    below = plan.where(Anggaran, "induk_id", line.id)
    wanted = pagu_of_children(plan, line)
    if wanted is not None and line.pagu is not None and line.pagu != wanted:
        more, last = line.pagu - wanted, _last_off(plan, rollup, line, series)
        if last == more and (off > 0) == (more > 0) and abs(off) <= abs(more):
            return "PAGU-RINCIAN", Anggaran, line.id, None
    wrong = list(_wrong_below(plan, rollup, below, place))
    for child, child_series, more in wrong:
        if abs(more + off) <= len(below) or abs(sum(each for _, _, each in wrong) + off) <= len(below):
            return "KAS-RINCIAN", Anggaran, child.id, period_of(child_series.periode, place)
    for child in below:
        child_series_or_none = _cash(plan, child)
        if child_series_or_none is not None and (found := _broken(child, child_series_or_none, place, off)):
            return found
    return None


def of_end(plan: Plan, rollup: RollUp, line: Anggaran, series: DeretAnggaran) -> Key | None:
    """Why the year's cash is not the pagu, where both are the sums of the lines below: one of those is so itself."""
    return _same_below(plan, rollup, line, series, 11, beyond=False)


def of_excess(plan: Plan, rollup: RollUp, line: Anggaran, series: DeretAnggaran, place: int) -> Key | None:
    """Why the cash until a place is above the pagu: that is less than the lines below have, or one of those is so."""
    below, reached = pagu_of_children(plan, line), running(series.nilai, kumulatif=bool(series.kumulatif))[place]
    if below is not None and below != line.pagu and reached is not None and reached <= below:
        return "PAGU-RINCIAN", Anggaran, line.id, None
    return _same_below(plan, rollup, line, series, place, beyond=True)


def _same_below(
    plan: Plan, rollup: RollUp, line: Anggaran, series: DeretAnggaran, place: int, *, beyond: bool
) -> Key | None:
    """The line below that is off most, and to the same side."""
    own = running(series.nilai, kumulatif=bool(series.kumulatif))[place]
    total = rollup.children(line.id).kas
    if own is None or line.pagu is None or total is None or total[place] != own:
        return None
    if pagu_of_children(plan, line) != line.pagu:
        return None
    found: list[tuple[int, Key]] = []
    for child in plan.where(Anggaran, "induk_id", line.id):
        below = _cash(plan, child)
        if below is None or child.pagu is None or ((beyond or below.kumulatif) and below.nilai[place] is None):
            continue
        reached = running(below.nilai, kumulatif=bool(below.kumulatif))[place]
        off = (reached or 0) - child.pagu
        if off and (off > 0) == (own > line.pagu):
            at = period_of(below.periode, place)
            kode = "KAS-LEBIH" if beyond else "KAS-AKHIR"
            found.append((abs(off), (kode, Anggaran, child.id, at if beyond or below.kumulatif else None)))
    return max(found, key=lambda each: each[0])[1] if found else None


def _cash(plan: Plan, line: Anggaran) -> DeretAnggaran | None:
    """The cash plan that a line states itself."""
    series = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    return series if series is not None and any(value is not None for value in series.nilai) else None


def _last_off(plan: Plan, rollup: RollUp, line: Anggaran, series: DeretAnggaran) -> int | None:
    """By how much the whole year's cash differs from the sum below."""
    total, own = rollup.children(line.id).kas, running(series.nilai, kumulatif=bool(series.kumulatif))[-1]
    return None if total is None or own is None else own - (total[-1] or 0)


def _wrong_below(
    plan: Plan, rollup: RollUp, below: tuple[Anggaran, ...], place: int
) -> Iterator[tuple[Anggaran, DeretAnggaran, int]]:
    """The lines of `below` that differ at the place from the sum below themselves, by more than rounding."""
    for child in below:
        series = _cash(plan, child)
        compared = compare(plan, rollup, child, series) if series is not None else None
        if series is not None and compared is not None and place in compared.cells:
            value, wanted = compared.cells[place]
            if abs(value - wanted) > compared.children:
                yield child, series, value - wanted


def _broken(line: Anggaran, series: DeretAnggaran, place: int, more: int) -> Key | None:
    """The line's own finding at a place that goes away when its cash there is `more` rupiah more, if there is one.

    For running totals: the new value has to stand between its neighbours and within the pagu.
    """
    if place not in places(series.periode):
        return None
    value, at = series.nilai[place], period_of(series.periode, place)
    if not series.kumulatif:
        total = sum(each for each in series.nilai if each is not None)
        if line.pagu is not None and total != line.pagu and total + more == line.pagu:
            return "KAS-AKHIR", Anggaran, line.id, None
        return ("KAS-KOSONG", Anggaran, line.id, at) if value is None and more > 0 else None
    before = next((each for each in reversed(series.nilai[:place]) if each is not None), 0)
    later = next(((p, v) for p, v in enumerate(series.nilai) if p > place and v is not None), None)
    new = (before if value is None else value) + more
    most = line.pagu if later is None else later[1]
    if new < before or (most is not None and new > most) or (line.pagu is not None and new > line.pagu):
        return None
    if value is None:
        return "KAS-KOSONG", Anggaran, line.id, at
    if line.pagu is not None and value > line.pagu:
        return "KAS-LEBIH", Anggaran, line.id, at
    if value < before:
        return "KAS-TURUN", Anggaran, line.id, at
    if later is not None and value > later[1]:
        return "KAS-TURUN", Anggaran, line.id, period_of(series.periode, later[0])
    if later is None and place == 11 and line.pagu is not None and value != line.pagu and new == line.pagu:
        return "KAS-AKHIR", Anggaran, line.id, at
    return None
