"""Mends: the changes that make a finding go away, where there is one safe answer.

Each is tried on the plan before it is offered: the finding has to be gone, and no galat may come instead.
Source: the issue's "where there is one safe answer"; services/bagi.py divides the same way.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from models.changes import Change
from models.plan import Plan
from models.rows import Anggaran, DeretAnggaran, Indikator, Kinerja, new_id
from services.bagi import spread
from services.checks.causes import compare, pagu_of_children
from services.checks.finding import Finding
from services.checks.numbering import Entry, lists
from services.checks.units import unit_key
from services.rollup import RollUp
from services.series import places, running


@dataclass(frozen=True, slots=True)
class Mend:
    """One undo step: what the menu calls it, and its changes. `sentence` says beforehand what will be done."""

    label: str
    sentence: str
    changes: tuple[Change, ...]


Maker = Callable[[Plan, RollUp, Finding], Sequence[Mend]]


def is_mendable(finding: Finding) -> bool:
    """Whether the rule has a mend at all; `proposals` tells whether this finding has one."""
    return finding.kode in _MAKERS


def proposals(plan: Plan, rollup: RollUp, finding: Finding) -> Sequence[Mend]:
    """What may mend a finding, the best first; not tried yet."""
    make = _MAKERS.get(finding.kode)
    return make(plan, rollup, finding) if make is not None else ()


def _cash(plan: Plan, finding: Finding) -> tuple[Anggaran, DeretAnggaran] | None:
    line = plan.find(Anggaran, finding.row_id)
    series = plan.one(DeretAnggaran, "anggaran_id", finding.row_id, "kas") if line is not None else None
    return (line, series) if line is not None and series is not None else None


def _spread_cash(plan: Plan, rollup: RollUp, finding: Finding) -> Sequence[Mend]:
    """KAS-KOSONG and KAS-AKHIR: the difference over the periods without an amount, or those of the lines below."""
    found = _cash(plan, finding)
    if found is None:
        return ()
    line, series = found
    filled = _from_below(plan, rollup, line, series)
    mends = []
    if filled is not None:
        sentence = "Periode yang kosong diisi dengan jumlah baris di bawahnya."
        mends.append(Mend("isi kas dari rincian", sentence, (Change(series, replace(series, nilai=filled)),)))
    values = _between(line, series) if series.kumulatif else _shared(line, series)
    if values is not None:
        sentence = "Selisih dibagi rata ke periode yang belum diisi."
        mends.append(Mend("bagi selisih ke kas kosong", sentence, (Change(series, replace(series, nilai=values)),)))
    return mends


def _from_below(plan: Plan, rollup: RollUp, line: Anggaran, series: DeretAnggaran) -> tuple[int | None, ...] | None:
    """The empty periods as the lines below have them; None where they have none."""
    below = plan.where(Anggaran, "induk_id", line.id)
    total = rollup.children(line.id).kas
    if not below or total is None or any(rollup.line(child.id).kas is None for child in below):
        return None
    values = list(series.nilai)
    before = 0
    for place in places(series.periode):
        reached = total[place] or 0
        if values[place] is None:
            values[place] = reached if series.kumulatif else reached - before
        before = reached
    return tuple(values)


def _cash_from_below(plan: Plan, rollup: RollUp, finding: Finding) -> Sequence[Mend]:
    """KAS-TIDAK-ADA: the cash of the lines below, written as the other lines of the level write theirs."""
    line = plan.find(Anggaran, finding.row_id)
    if line is None:
        return ()
    series = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    blank = series or _like_others(plan, line)
    filled = _from_below(plan, rollup, line, blank) if blank is not None else None
    if filled is None or blank is None:
        return ()
    sentence = "Kas diisi dengan jumlah baris di bawahnya."
    return (Mend("isi kas dari rincian", sentence, (Change(series, replace(blank, nilai=filled)),)),)


def _like_others(plan: Plan, line: Anggaran) -> DeretAnggaran | None:
    """An empty cash plan of the line, in the periods of another line of its level."""
    for other in plan.where(Anggaran, "dokumen_id", line.dokumen_id):
        series = plan.one(DeretAnggaran, "anggaran_id", other.id, "kas") if other.jenis == line.jenis else None
        if series is not None:
            return DeretAnggaran(
                id=new_id(),
                dokumen_id=line.dokumen_id,
                anggaran_id=line.id,
                jenis="kas",
                periode=series.periode,
                kumulatif=series.kumulatif,
            )
    return None


def _shared(line: Anggaran, series: DeretAnggaran) -> tuple[int | None, ...] | None:
    """Single periods: what is missing to the pagu, shared evenly by the empty ones."""
    empty = [place for place in places(series.periode) if series.nilai[place] is None]
    rest = (line.pagu or 0) - sum(value for value in series.nilai if value is not None)
    if not empty or line.pagu is None or rest < 0:
        return None
    values = list(series.nilai)
    for place, value in zip(empty, spread(rest, (1,) * len(empty)), strict=True):
        values[place] = value
    return tuple(values)


def _between(line: Anggaran, series: DeretAnggaran) -> tuple[int | None, ...] | None:
    """Running totals: each gap rises evenly from the total before it to the one behind it, the last to the pagu."""
    at = places(series.periode)
    values = list(series.nilai)
    before, gap = 0, list[int]()
    for place in at:
        if values[place] is None:
            gap.append(place)
            continue
        if not _fill(values, gap, before, values[place] or 0, ends=False):
            return None
        before, gap = values[place] or 0, []
    if gap and (line.pagu is None or not _fill(values, gap, before, line.pagu, ends=True)):
        return None
    return tuple(values)


def _fill(values: list[int | None], gap: Sequence[int], before: int, after: int, *, ends: bool) -> bool:
    """Even steps over a gap; with `ends` the last of them reaches `after`. False where they would fall."""
    if not gap:
        return True
    if after < before:
        return False
    steps = spread(after - before, (1,) * (len(gap) + (not ends)))
    for place, step in zip(gap, steps, strict=False):
        before += step
        values[place] = before
    return True


def _cash_of_children(plan: Plan, rollup: RollUp, finding: Finding) -> Sequence[Mend]:
    """KAS-RINCIAN and KAS-PEMBULATAN: the sum of the lines below; in this period, else in all."""
    found = _cash(plan, finding)
    month = finding.month
    compared = compare(plan, rollup, *found) if found is not None else None
    if found is None or compared is None or month not in compared.cells:
        return ()
    _, series = found
    one, every = list(series.nilai), list(series.nilai)
    one[month] = compared.cells[month][1]
    for place, (_, wanted) in compared.cells.items():
        every[place] = wanted
    label = "kas menjadi jumlah rincian"
    here = (Change(series, replace(series, nilai=tuple(one))),)
    whole = (Change(series, replace(series, nilai=tuple(every))),)
    return (
        Mend(label, "Kas periode ini menjadi jumlah baris di bawahnya.", here),
        Mend(label, "Kas semua periode yang berbeda menjadi jumlah baris di bawahnya.", whole),
    )


def _pagu_of_children(plan: Plan, rollup: RollUp, finding: Finding) -> Sequence[Mend]:
    """PAGU-KOSONG and PAGU-RINCIAN: the sum of the lines below."""
    line = plan.find(Anggaran, finding.row_id)
    total = pagu_of_children(plan, line) if line is not None else None
    if line is None or total is None or finding.nilai != line.pagu or total == line.pagu:
        return ()
    change = Change(line, replace(line, pagu=total))
    return (Mend("pagu menjadi jumlah rincian", "Pagu menjadi jumlah baris di bawahnya.", (change,)),)


def _cash_to_pagu(plan: Plan, rollup: RollUp, finding: Finding) -> Sequence[Mend]:
    """KAS-AKHIR of running totals: the last one becomes the pagu, where that is not below the one before it."""
    found = _cash(plan, finding)
    if found is None:
        return ()
    line, series = found
    before = running(series.nilai[:-1], kumulatif=bool(series.kumulatif))
    if not series.kumulatif or line.pagu is None or (before[-1] or 0) > line.pagu:
        return ()
    change = Change(series, replace(series, nilai=(*series.nilai[:-1], line.pagu)))
    return (Mend("kas akhir tahun menjadi pagu", "Kas periode terakhir menjadi sama dengan pagu.", (change,)),)


def _end_of_cash(plan: Plan, rollup: RollUp, finding: Finding) -> Sequence[Mend]:
    return (*_spread_cash(plan, rollup, finding), *_cash_to_pagu(plan, rollup, finding))


def _renumber(plan: Plan, rollup: RollUp, finding: Finding) -> Sequence[Mend]:
    """NOMOR-GANDA, NOMOR-LOMPAT and NOMOR-KOSONG: the list counted through from its first number."""
    node = plan.find(Kinerja, finding.row_id)
    if node is None:
        return ()
    for entries in lists(plan, node.dokumen_id, node.tingkat):
        if any(entry.node.id == node.id for entry in entries):
            return _counted(entries, blanks=finding.kode == "NOMOR-KOSONG")
    return ()


def _counted(entries: Sequence[Entry], *, blanks: bool) -> Sequence[Mend]:
    """Blank entries keep their place in the counting, and get their number with `blanks`."""
    numbered = [entry for entry in entries if entry.number is not None]
    if not numbered or any((entry.node.nomor or "").strip() and entry.number is None for entry in entries):
        return ()
    first = numbered[0]
    start = (first.number or 1) - next(at for at, entry in enumerate(entries) if entry is first)
    if start < 1:
        start = 1
    changes = []
    for number, entry in enumerate(entries, start):
        if entry.number is None and not blanks:
            continue
        like = entry.node.nomor or first.node.nomor or ""
        nomor = _like(like, number)
        if nomor != entry.node.nomor:
            changes.append(Change(entry.node, replace(entry.node, nomor=nomor)))
    sentence = f"{len(changes)} baris diberi nomor urut baru."
    return (Mend("beri nomor ulang", sentence, tuple(changes)),) if changes else ()


def _like(nomor: str, number: int) -> str:
    """Another number written as this one: "2." gives "3."."""
    bare = nomor.strip()
    end = len(bare.rstrip(".)"))
    start = len(bare[:end].rstrip("0123456789"))
    return f"{bare[:start]}{number}{bare[end:]}"


def _spelling(plan: Plan, rollup: RollUp, finding: Finding) -> Sequence[Mend]:
    """SATUAN-BEDA: the usual spelling in all rows that write this unit otherwise."""
    indikator = plan.find(Indikator, finding.row_id)
    usual = finding.harusnya
    if indikator is None or not isinstance(usual, str):
        return ()
    unit = unit_key(indikator.satuan or "")
    changes = [
        Change(row, replace(row, satuan=usual))
        for row in plan.where(Indikator, "dokumen_id", indikator.dokumen_id)
        if unit_key(row.satuan or "") == unit and (row.satuan or "").strip() != usual
    ]
    return (Mend("samakan satuan", f"Satuan menjadi {usual} pada {len(changes)} baris.", tuple(changes)),)


_MAKERS: dict[str, Maker] = {
    "KAS-KOSONG": _spread_cash,
    "KAS-TIDAK-ADA": _cash_from_below,
    "KAS-AKHIR": _end_of_cash,
    "KAS-RINCIAN": _cash_of_children,
    "KAS-PEMBULATAN": _cash_of_children,
    "PAGU-KOSONG": _pagu_of_children,
    "PAGU-RINCIAN": _pagu_of_children,
    "NOMOR-KOSONG": _renumber,
    "NOMOR-GANDA": _renumber,
    "NOMOR-LOMPAT": _renumber,
    "SATUAN-BEDA": _spelling,
}
