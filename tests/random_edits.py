"""Random sequences of what an officer may do, for properties: drawn as numbers, carried out on the plan at hand."""

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from models.changes import Change
from models.plan import Plan
from models.rows import Anggaran, DeretAnggaran, DeretIndikator, Indikator, Jabatan, Kinerja
from services import edits
from services.interchange.fields import AKUMULASI, JENIS, TINGKAT
from services.series import places

TEXTS = ("-", "0", "19,50", "10.000", "A", "3 laporan", "")
AMOUNTS = (None, 0, 1, 10**15)


@dataclass(frozen=True)
class Step:
    """One action: what is done, to the how-manieth row, with the how-manieth other thing, and what is typed."""

    kind: str
    row: int
    other: int
    text: str | None
    amount: int | None


def changes_of(plan: Plan, dokumen_id: str, step: Step) -> tuple[Change, ...]:
    """The step as changes; none where the plan has no such row, or the officer may not do it."""
    return KINDS[step.kind](plan, dokumen_id, step)


def _pick(rows: Any, at: int) -> Any:
    rows = tuple(rows)
    return rows[at % len(rows)] if rows else None


def _row(plan: Plan, dokumen_id: str, step: Step, *kinds: Any) -> Any:
    cls = kinds[step.other % len(kinds)]
    return _pick(plan.where(cls, "dokumen_id", dokumen_id), step.row)


def _set_field(plan: Plan, dokumen_id: str, step: Step) -> tuple[Change, ...]:
    fields: tuple[tuple[Any, str, Any], ...] = (
        (Kinerja, "uraian", step.text),
        (Kinerja, "kelompok", step.text),
        (Anggaran, "nama", step.text or ""),
        (Anggaran, "pagu", step.amount),
        (Anggaran, "pagu", step.amount),
        (Indikator, "uraian", step.text or ""),
        (Indikator, "target", step.text),
        (Indikator, "akumulasi", _pick((*AKUMULASI, None), step.other // 10)),
        (Indikator, "arah", _pick(("naik", "turun", None), step.other // 10)),
        (Jabatan, "nama", step.text or ""),
    )
    cls, field, value = _pick(fields, step.other)
    row = _pick(plan.where(cls, "dokumen_id", dokumen_id), step.row)
    return edits.set_field(row, field, value) if row else ()


def _set_cash(plan: Plan, dokumen_id: str, step: Step) -> tuple[Change, ...]:
    line = _pick(plan.where(Anggaran, "dokumen_id", dokumen_id), step.row)
    if line is None:
        return ()
    series = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    place = _pick(places(series.periode if series else "bulan"), step.other)
    value = None if step.amount is None else step.amount % 10**12
    try:
        return edits.set_cash(plan, line, place, value, kumulatif=step.other % 2 == 0)
    except ValueError:
        return ()


def _set_target(plan: Plan, dokumen_id: str, step: Step) -> tuple[Change, ...]:
    indikator = _pick(plan.where(Indikator, "dokumen_id", dokumen_id), step.row)
    if indikator is None:
        return ()
    series = plan.one(DeretIndikator, "indikator_id", indikator.id, "target")
    place = _pick(places(series.periode if series else "bulan"), step.other)
    return edits.set_target(plan, indikator, place, step.text)


def _add(plan: Plan, dokumen_id: str, step: Step) -> tuple[Change, ...]:
    nodes, lines = (plan.where(cls, "dokumen_id", dokumen_id) for cls in (Kinerja, Anggaran))
    match step.other % 4:
        case 0:
            tingkat = _pick(TINGKAT, step.other // 4)
            above = [k for k in nodes if edits.fits_under(tingkat, k)]
            return edits.add_kinerja(plan, dokumen_id, tingkat, _pick((*above, None), step.row))
        case 1:
            jenis = _pick(JENIS, step.other // 4)
            above_lines = [a for a in lines if edits.fits_under(jenis, a)]
            return edits.add_anggaran(plan, dokumen_id, jenis, _pick((*above_lines, None), step.row))
        case 2:
            return edits.add_indikator(plan, owner) if (owner := _pick((*nodes, *lines), step.row)) else ()
        case _:
            return edits.add_jabatan(plan, dokumen_id, step.text or "")


def _remove(plan: Plan, dokumen_id: str, step: Step) -> tuple[Change, ...]:
    row = _row(plan, dokumen_id, step, Kinerja, Anggaran, Indikator, Jabatan)
    return edits.remove(plan, row) if row else ()


def _move(plan: Plan, dokumen_id: str, step: Step) -> tuple[Change, ...]:
    row = _row(plan, dokumen_id, step, Kinerja, Anggaran, Indikator)
    return edits.move(plan, row, -1 if step.amount else 1) if row else ()


def _hang_under(plan: Plan, dokumen_id: str, step: Step) -> tuple[Change, ...]:
    row = _row(plan, dokumen_id, step, Kinerja, Anggaran)
    if row is None:
        return ()
    level = row.tingkat if isinstance(row, Kinerja) else row.jenis
    may = [p for p in plan.where(type(row), "dokumen_id", dokumen_id) if edits.fits_under(level, p)]
    parent = _pick((*may, None), step.other // 2)
    return edits.set_field(row, "induk_id", parent.id if parent else None)


def _link(plan: Plan, dokumen_id: str, step: Step) -> tuple[Change, ...]:
    node = _pick(plan.where(Kinerja, "dokumen_id", dokumen_id), step.row)
    line = _pick(plan.where(Anggaran, "dokumen_id", dokumen_id), step.other)
    if node is None or line is None:
        return ()
    indikator = _pick((None, *plan.where(Indikator, "kinerja_id", node.id)), step.other)
    lines = plan.where(Anggaran, "dokumen_id", dokumen_id)[step.other : step.other + 2]
    nodes = plan.where(Kinerja, "dokumen_id", dokumen_id)[step.row : step.row + 2]
    match step.other % 3:
        case 0:
            return edits.link(plan, node, indikator, line)
        case 1:
            return edits.set_support(plan, node, indikator, lines)
        case _:
            return edits.set_supported(plan, line, nodes)


KINDS = {
    "isi": _set_field,
    "kas": _set_cash,
    "target": _set_target,
    "tambah": _add,
    "hapus": _remove,
    "geser": _move,
    "pindah": _hang_under,
    "dukungan": _link,
}

steps = st.builds(
    Step,
    kind=st.sampled_from(sorted(KINDS)),
    row=st.integers(0, 60),
    other=st.integers(0, 60),
    text=st.none() | st.sampled_from(TEXTS) | st.text(max_size=8),
    amount=st.sampled_from(AMOUNTS) | st.integers(0, 10**9),
)
sequences = st.lists(steps, min_size=1, max_size=10)
