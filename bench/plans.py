"""Plans of any size, from the texts and figures of the Buleleng sample, taken again and again."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from bench.agency import agency_rows
from models.changes import Change
from models.plan import Plan
from models.rows import (
    Anggaran,
    DeretAnggaran,
    DeretIndikator,
    Dokumen,
    Dukungan,
    Indikator,
    Jabatan,
    Kinerja,
    Opd,
    Row,
    references,
)
from services.document import Document
from services.forms import build_form
from services.forms.parts import Form, Table
from services.samples import sample_plan

_APART = 10**9
"""Between the `urutan` of one copy and the next."""


def form_of(name: str, blocks: int) -> Form:
    """The named form with exactly so many blocks."""
    plan, dokumen_id = form_plan(name, blocks)
    return build_form(plan, dokumen_id, name)


def form_plan(name: str, blocks: int) -> tuple[Plan, str]:
    """(plan, document) whose named form has exactly so many blocks: nodes of the sample, one copy after another.

    Texts repeat, as those of a real agency do; amounts differ from copy to copy.
    """
    base, units = _units(name)
    rows: list[Row] = list(base)
    dokumen_id = next(row.id for row in base if isinstance(row, Dokumen))
    left = blocks
    for number in count():
        fitting = [unit for size, unit in units if size <= left]
        if not fitting:
            break
        size, unit = units[number % len(units)]
        if size <= left:
            rows += copied(unit, number)
            left -= size
    plan = Plan(rows)
    made = block_count(build_form(plan, dokumen_id, name))
    if made != blocks:
        raise ValueError(f"{name} has {made} blocks instead of {blocks}")
    return plan, dokumen_id


def block_count(form: Form) -> int:
    """Blocks of all tables of a form."""
    return sum(len(part.body) for part in form.parts if isinstance(part, Table))


@cache
def _units(name: str) -> tuple[tuple[Row, ...], list[tuple[int, list[Row]]]]:
    """(rows that every plan has, nodes of the sample that the form prints: number of blocks and rows of each)."""
    sample, dokumen_id = sample_plan()
    base = (*sample.all(Opd), *sample.all(Dokumen), *sample.all(Jabatan))
    units = []
    for node in sample.where(Kinerja, "dokumen_id", dokumen_id):
        unit = list(_unit(sample, node))
        size = block_count(build_form(Plan([*base, *unit]), dokumen_id, name))
        if size:
            units.append((size, unit))
    if not units:
        raise ValueError(f"{name} prints nothing of the sample")
    return base, units


def _unit(plan: Plan, node: Kinerja) -> Iterator[Row]:
    """A node with its indicators, its links, the lines that they name, and all series of these."""
    yield replace(node, induk_id=None)
    for indikator in plan.where(Indikator, "kinerja_id", node.id):
        yield indikator
        yield from plan.where(DeretIndikator, "indikator_id", indikator.id)
    lines: dict[str, Anggaran] = {}
    for link in plan.where(Dukungan, "kinerja_id", node.id):
        yield link
        lines[link.anggaran_id] = plan.get(Anggaran, link.anggaran_id)
    for line in lines.values():
        yield replace(line, induk_id=None)
        yield from plan.where(DeretAnggaran, "anggaran_id", line.id)


def copied(rows: Iterable[Row], number: int) -> Iterator[Row]:
    """The rows under other ids, behind all earlier copies, with other amounts."""
    rows = list(rows)
    own = {row.id for row in rows}
    for row in rows:
        changed: dict[str, Any] = {"id": f"{row.id}.{number}"}
        for field in references(type(row)):
            if getattr(row, field) in own:
                changed[field] = f"{getattr(row, field)}.{number}"
        if hasattr(row, "urutan"):
            changed["urutan"] = row.urutan + number * _APART
        if isinstance(row, Anggaran):
            changed["pagu"] = _varied(row.pagu, number)
        if isinstance(row, DeretAnggaran):
            changed["nilai"] = tuple(_varied(value, number) for value in row.nilai)
        yield replace(row, **changed)


def _varied(amount: int | None, number: int) -> int | None:
    """Another amount for each copy, of the same length or one digit more, rising where the old ones rise."""
    return None if amount is None else amount + amount * (number % 89) // 100


def agency_file(path: Path, sub_kegiatan: int) -> Path:
    """A published plan file of an agency with so many sub kegiatan."""
    sample, _ = sample_plan()
    with Document.create(path) as document:
        document.edit("impor", [Change(None, row) for row in agency_rows(sample, sub_kegiatan)])
        document.file.publish()
    return path
