"""Two stages of one plan: the next stage as a copy, the stage before, and which rows of both are the same."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from models.changes import Change
from models.plan import Plan
from models.rows import (
    ROWS,
    Anggaran,
    CatatanPeriode,
    DeretRasio,
    Dokumen,
    Indikator,
    Kinerja,
    Row,
    Terima,
    TotalTercetak,
    TutupPeriode,
    new_id,
    owners,
    references,
)
from services.matching import Matcher, Pairs
from services.naming import stage_name
from services.order import GAP

MURNI = "murni"
PERUBAHAN = "perubahan"

_RESULTS = ("realisasi", "capaian_tercetak")
"""Kinds of series and years, and columns of an indicator, that say what was reached."""


def stage_number(dokumen: Dokumen) -> int | None:
    """0 for murni, n for perubahan n (one without a number is the first), None where the stage is not known."""
    if dokumen.tahap == PERUBAHAN:
        return max(dokumen.nomor_perubahan or 1, 1)
    return 0 if dokumen.tahap == MURNI else None


def next_stage(plan: Plan, dokumen: Dokumen) -> Dokumen:
    """The document that `new_stage` adds: numbered after the last stage of the same agency and year, undated."""
    numbers = [stage_number(d) or 0 for d in _stages(plan, dokumen)]
    return replace(
        dokumen,
        id=new_id(),
        urutan=max(d.urutan for d in plan.all(Dokumen)) + GAP,
        tahap=PERUBAHAN,
        nomor_perubahan=max(numbers) + 1,
        tanggal=None,
        sumber=None,
    )


def new_stage(plan: Plan, dokumen_id: str, *, realisasi: bool = True) -> tuple[list[Change], str]:
    """(the changes that add a copy of the document as the next stage, its id).

    All rows that belong to the document are copied with new ids and name each other as before; `asal_id` is what other
    programs called the origin, so that a row and its copies are known by it. Totals as once printed stay behind, and
    `sumber`: the copy is no transcript. `realisasi`: with what has been reached in the document's year.
    """
    origin = plan.get(Dokumen, dokumen_id)
    fresh = next_stage(plan, origin)
    rows = [row for row in _belonging(plan, dokumen_id) if realisasi or not _is_result(row, origin)]
    ids = {row.id: new_id() for row in rows} | {origin.id: fresh.id}
    return [Change(None, fresh), *(Change(None, _copy(row, ids, realisasi=realisasi)) for row in rows)], fresh.id


def earlier_stage(plan: Plan, dokumen: Dokumen) -> Dokumen | None:
    """The stage before it, of the same agency and year: the next lower one, else the document listed before it."""
    others = [d for d in _stages(plan, dokumen) if d.id != dokumen.id]
    number = stage_number(dokumen)
    if number is not None:
        lower = [(n, d.urutan, d.id) for d in others if (n := stage_number(d)) is not None and n < number]
        if lower:
            return plan.get(Dokumen, max(lower)[-1])
    place = (dokumen.urutan, dokumen.id)
    same = [d for d in others if stage_number(d) in (number, None) or number is None]
    before = [(d.urutan, d.id) for d in same if (d.urutan, d.id) < place]
    return plan.get(Dokumen, max(before)[-1]) if before else None


def stage_title(dokumen: Dokumen) -> str:
    """ "Murni", "Perubahan 1"; the document's title where its stage is not known."""
    return stage_name(dokumen) or dokumen.judul


def _stages(plan: Plan, dokumen: Dokumen) -> list[Dokumen]:
    return [d for d in plan.where(Dokumen, "opd_id", dokumen.opd_id) if d.tahun == dokumen.tahun]


def _belonging(plan: Plan, dokumen_id: str) -> Iterable[Row]:
    """The rows of the document to be copied, tables in the order of ROWS."""
    for cls in ROWS:
        for name in owners(cls):
            if references(cls)[name] == Dokumen.TABLE and cls not in (TotalTercetak, Terima):
                yield from plan.where(cls, name, dokumen_id)


def _is_result(row: Row, dokumen: Dokumen) -> bool:
    """Whether a row holds what has been reached or reported in the document's year; earlier years are history."""
    if isinstance(row, DeretRasio | CatatanPeriode | TutupPeriode):
        return True
    return getattr(row, "jenis", None) in _RESULTS and getattr(row, "tahun", str(dokumen.tahun)) == str(dokumen.tahun)


def _copy(row: Row, ids: Mapping[str, str], *, realisasi: bool) -> Row:
    values: dict[str, Any] = {"id": ids[row.id]}
    for name in references(type(row)):
        value = getattr(row, name)
        values[name] = ids.get(value, value)
    if hasattr(row, "asal_id"):
        values["asal_id"] = row.asal_id or row.id
    if not realisasi and isinstance(row, Indikator):
        values |= dict.fromkeys(_RESULTS)
    return replace(row, **values)


@dataclass(frozen=True, slots=True)
class Matching:
    """Which rows of two documents are the same."""

    kinerja: Pairs[Kinerja]
    anggaran: Pairs[Anggaran]
    indikator: Pairs[Indikator]


def matches(plan: Plan, before_id: str, after_id: str) -> Matching:
    """Pair the rows of two documents, the earlier one named first. The cost is linear in their rows.

    A row is the same by its public id, which copies keep; else by level and kode; else by level and name under the same
    parent; else by level and name where both documents have that name once. Capitals and spaces do not count. Ids that
    two files gave apart agree by chance: those of other programs count where half of them name the same.
    """
    nodes = Matcher(
        plan.where(Kinerja, "dokumen_id", before_id),
        plan.where(Kinerja, "dokumen_id", after_id),
        lambda k: (k.tingkat, _plain(k.uraian)),
        lambda k: k.induk_id,
    )
    lines = Matcher(
        plan.where(Anggaran, "dokumen_id", before_id),
        plan.where(Anggaran, "dokumen_id", after_id),
        lambda a: (a.jenis, _plain(a.nama)),
        lambda a: a.induk_id,
    )
    indicators = Matcher(
        plan.where(Indikator, "dokumen_id", before_id),
        plan.where(Indikator, "dokumen_id", after_id),
        lambda i: ("kinerja" if i.kinerja_id else "anggaran", _plain(i.uraian)),
        lambda i: i.kinerja_id or i.anggaran_id,
    )
    foreign = [same for matcher in (nodes, lines, indicators) for same in matcher.foreign_ids()]
    trusted = sum(foreign) * 2 >= len(foreign)
    nodes.by_id(foreign=trusted)
    nodes.under_owners(nodes.pairs.before)
    nodes.by(nodes.name, once=True)
    nodes.under_owners(nodes.pairs.before)
    lines.by_id(foreign=trusted)
    lines.by(lambda a: (_code(a), lines.name(a)) if _code(a) else None)
    lines.by(_code)
    lines.under_owners(lines.pairs.before)
    lines.by(lines.name, once=True)
    lines.under_owners(lines.pairs.before)
    indicators.by_id(foreign=trusted)
    indicators.under_owners({**nodes.pairs.before, **lines.pairs.before})
    indicators.by(indicators.name, once=True)
    return Matching(nodes.result(), lines.result(), indicators.result())


def _plain(text: str | None) -> str:
    return " ".join((text or "").casefold().split())


def _code(line: Anggaran) -> Hashable:
    """Level and kode, without the spaces that some documents write into it; None without a kode."""
    kode = "".join((line.kode or "").split())
    return (line.jenis, kode) if kode else None
