"""REALISASI-LEBIH: more spent than the pagu, of a line itself or of the lines below it together.

Source: UU 17/2003, article 3, and PP 12/2019, article 124: no spending beyond what the budget holds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.plan import Plan
from models.rows import Anggaran, DeretAnggaran, Dokumen, TahunAnggaran
from services.checks.finding import Finding, Key, period_name, period_of
from services.rollup import RollUp
from services.rupiah import format_rupiah
from services.series import places, running

_CODE = "REALISASI-LEBIH"


@dataclass(frozen=True, slots=True)
class _Spent:
    """`tempat`: the places, 0 to 11, that state an amount; `jumlah`: twelve running totals, whole rupiah."""

    periode: str
    tempat: Sequence[int]
    jumlah: Sequence[int]


def check_excess(plan: Plan, rollup: RollUp, line: Anggaran) -> Iterator[Finding]:
    """All findings of this rule about one budget line.

    What follows from a line below that is beyond its own pagu, so that this line would be within its pagu without that
    excess, is folded under the finding of that line. A line without a pagu and without amounts of its own says nothing
    that those below it do not say.
    """
    yield from _until(plan, rollup, line)
    yield from _in_years(plan, line)


def _until(plan: Plan, rollup: RollUp, line: Anggaran) -> Iterator[Finding]:
    """Until a period."""
    judged = _judged(plan, rollup, line)
    if judged is None:
        return
    spent, pagu = judged
    for place in spent.tempat:
        total = spent.jumlah[place]
        if total > pagu:
            at = period_of(spent.periode, place)
            said = f"{format_rupiah(total)} melebihi pagu {format_rupiah(pagu)}."
            text = f"Realisasi sampai {period_name(at)} {said}"
            short = "Realisasi sampai {periode} melebihi pagu."
            cause = _cause(plan, rollup, line, place, total - pagu)
            yield Finding(_CODE, "galat", Anggaran, line.id, at, total, pagu, text, short, cause)


def _judged(plan: Plan, rollup: RollUp, line: Anggaran) -> tuple[_Spent, int] | None:
    """(what was spent, the pagu) of a line that says at least one of them itself."""
    own = _series(plan, line)
    pagu = rollup.line(line.id).pagu if own is not None else line.pagu
    if pagu is None:
        return None
    rows = [own] if own is not None else list(_below(plan, line, {line.id}))
    if not rows:
        return None
    totals = [running(row.nilai, kumulatif=bool(row.kumulatif)) for row in rows]
    stated = {place for row in rows for place in places(row.periode) if row.nilai[place] is not None}
    periode = "triwulan" if all(row.periode == "triwulan" for row in rows) else "bulan"
    return _Spent(
        periode, sorted(stated), [sum(each or 0 for each in month) for month in zip(*totals, strict=True)]
    ), pagu


def _below(plan: Plan, line: Anggaran, seen: set[str]) -> Iterator[DeretAnggaran]:
    """The amounts of the lines below, each of the highest that states its own."""
    for child in plan.where(Anggaran, "induk_id", line.id):
        if child.id in seen:
            continue
        seen.add(child.id)
        series = _series(plan, child)
        if series is not None:
            yield series
        else:
            yield from _below(plan, child, seen)


def _series(plan: Plan, line: Anggaran) -> DeretAnggaran | None:
    series = plan.one(DeretAnggaran, "anggaran_id", line.id, "realisasi")
    return series if series is not None and any(value is not None for value in series.nilai) else None


def _cause(plan: Plan, rollup: RollUp, line: Anggaran, place: int, excess: int) -> Key | None:
    """The line below that is beyond its pagu most, where all that are so explain the excess at a place."""
    found = list(_beyond(plan, rollup, line, place, {line.id}))
    if not found or sum(more for more, _ in found) < excess:
        return None
    return max(found, key=lambda each: each[0])[1]


def _beyond(plan: Plan, rollup: RollUp, line: Anggaran, place: int, seen: set[str]) -> Iterator[tuple[int, Key]]:
    """(rupiah beyond the pagu, the finding that says so) of the highest lines below that are judged."""
    for child in plan.where(Anggaran, "induk_id", line.id):
        if child.id in seen:
            continue
        seen.add(child.id)
        judged = _judged(plan, rollup, child)
        if judged is None:
            yield from _beyond(plan, rollup, child, place, seen)
            continue
        spent, pagu = judged
        until = [each for each in spent.tempat if each <= place]
        if until and spent.jumlah[until[-1]] > pagu:
            key = (_CODE, Anggaran, child.id, period_of(spent.periode, until[-1]))
            yield spent.jumlah[until[-1]] - pagu, key


def _in_years(plan: Plan, line: Anggaran) -> Iterator[Finding]:
    """In a year of which the realisasi is stated as one amount; of a line without one, by the lines right below it."""
    dokumen = plan.find(Dokumen, line.dokumen_id)
    if dokumen is None:
        return
    children = plan.where(Anggaran, "induk_id", line.id)
    own, below = _years(plan, dokumen, line), [_years(plan, dokumen, child) for child in children]
    stated = {tahun for jenis, tahun in (*own, *(key for years in below for key in years)) if jenis == "realisasi"}
    for tahun in sorted(stated):
        pagu, spent = own.get(("pagu", tahun)), own.get(("realisasi", tahun))
        cause: Key | None = None
        if spent is None:
            if tahun == str(dokumen.tahun) and _series(plan, line) is not None:
                continue
            parts = [years.get(("realisasi", tahun)) for years in below]
            spent = sum(part for part in parts if part is not None)
        if pagu is None or spent <= pagu:
            continue
        off = [
            (years["realisasi", tahun] - years["pagu", tahun], child)
            for child, years in zip(children, below, strict=True)
            if ("realisasi", tahun) in years
            and years["realisasi", tahun] > years.get(("pagu", tahun), years["realisasi", tahun])
        ]
        if off and sum(more for more, _ in off) >= spent - pagu:
            cause = (_CODE, Anggaran, max(off, key=lambda each: each[0])[1].id, None)
        short = f"Realisasi tahun {tahun} melebihi pagu."
        text = f"Realisasi tahun {tahun} {format_rupiah(spent)} melebihi pagu {format_rupiah(pagu)}."
        yield Finding(_CODE, "galat", Anggaran, line.id, None, spent, pagu, text, short, cause)


def _years(plan: Plan, dokumen: Dokumen, line: Anggaran) -> dict[tuple[str, str], int]:
    """Pagu and realisasi by (what, year); in the document's year its own pagu comes first."""
    rows = plan.where(TahunAnggaran, "anggaran_id", line.id)
    years = {(row.jenis, row.tahun): row.nilai for row in rows if row.nilai is not None}
    if line.pagu is not None:
        years["pagu", str(dokumen.tahun)] = line.pagu
    return years
