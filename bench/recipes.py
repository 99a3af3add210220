"""What the plan of each form is made of: a sample, as much of it as the form prints, and what is added to it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from models.changes import Change
from models.plan import Plan
from models.rows import (
    ROWS,
    Aksi,
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
    TahunAnggaran,
    TahunIndikator,
    references,
)
from services.forms import build_form
from services.forms.bulanan import LEVELS
from services.forms.parts import Form, Table
from services.narasi.template import template_changes
from services.pejabat import head_position
from services.resources import FIRST_SAMPLE
from services.samples import sample_plan
from services.tahap import new_stage

BRANCHES = (Kinerja, Anggaran)
"""The rows of the two trees; all others that are copied hang on them."""
_HANGING = (Indikator, DeretIndikator, DeretAnggaran, TahunIndikator, TahunAnggaran, Dukungan, Aksi)
_CHANGED = 3
"""Every so many lines and indicators differ in the second stage."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the plan of a form comes about.

    `tingkat`, `jenis`: the levels of the trees that are taken, None for all; those that the form does not print would
    only be carried along. `with_positions`: each copy has officials of its own. `with_narrative`: the text of a new
    plan stands beside it. `with_stage`: there is a second stage, with other amounts, and the form is of that one.
    """

    sample: str = FIRST_SAMPLE
    tingkat: tuple[str, ...] | None = None
    jenis: tuple[str, ...] | None = None
    with_positions: bool = False
    with_narrative: bool = False
    with_stage: bool = False


_HIGHEST = ("tujuan", "sasaran_strategis", "sasaran_program")
_OFFICIALS = (*_HIGHEST, "sasaran_kegiatan", "sasaran_sub_kegiatan")
_PROGRAMS = ("program",)
RECIPES = {
    **{name: Recipe(tingkat=level.tingkat, jenis=(level.jenis,)) for name, level in LEVELS.items()},
    "bulanan-staf": Recipe(tingkat=("sasaran_individu",), jenis=()),
    "triwulan-anggaran": Recipe("lombok-tengah-2022"),
    "triwulan-aksi": Recipe("bone-2023"),
    "perjanjian-kinerja": Recipe(tingkat=_HIGHEST, jenis=_PROGRAMS),
    "perjanjian-kinerja-eselon-iii": Recipe(tingkat=_OFFICIALS, with_positions=True),
    "perjanjian-kinerja-eselon-iv": Recipe(tingkat=_OFFICIALS, with_positions=True),
    "iku": Recipe("lampung-2019", _HIGHEST, _PROGRAMS),
    "renstra": Recipe("lampung-2019"),
    "pengukuran": Recipe("lampung-2019", _HIGHEST, _PROGRAMS),
    "semula-menjadi": Recipe(with_stage=True),
    "dokumen-lengkap": Recipe(with_narrative=True),
}


@dataclass(frozen=True, slots=True)
class Ingredients:
    """`base`: rows that every plan has, once. `rows`: those that are copied. `dokumen_id`: of the sample."""

    base: tuple[Row, ...]
    rows: tuple[Row, ...]
    dokumen_id: str


@cache
def ingredients(name: str) -> Ingredients:
    """What is taken of the sample for the named form; lines and nodes whose parent is left out have none."""
    recipe = RECIPES[name]
    plan, dokumen_id = sample_plan(recipe.sample)
    dokumen = plan.get(Dokumen, dokumen_id)
    if recipe.with_narrative:
        plan.apply(template_changes(plan, dokumen_id))
    left_out = {k.id for k in plan.all(Kinerja) if recipe.tingkat is not None and k.tingkat not in recipe.tingkat}
    left_out |= {a.id for a in plan.all(Anggaran) if recipe.jenis is not None and a.jenis not in recipe.jenis}
    base = [*plan.all(Opd), dokumen]
    rows: list[Row] = []
    head = head_position(plan, dokumen)
    for position in plan.all(Jabatan):
        is_copied = recipe.with_positions and (head is None or position.id != head.id)
        (rows if is_copied else base).append(position)
    if recipe.with_narrative:
        base += (row for row in plan.rows() if row.TABLE == "narasi")
    rows += without([row for row in plan.rows() if isinstance(row, (*BRANCHES, *_HANGING))], left_out)
    return Ingredients(tuple(base), tuple(rows), dokumen_id)


def without(rows: Sequence[Row], left_out: Iterable[str]) -> Iterator[Row]:
    """The rows but those left out and what hangs on these; branches below them stand by themselves."""
    gone = set(left_out)
    for cls in ROWS:
        for row in rows:
            if type(row) is not cls or row.id in gone:
                continue
            if isinstance(row, BRANCHES):
                yield replace(row, induk_id=None) if row.induk_id in gone else row
            elif any(getattr(row, field) in gone for field in references(cls)):
                gone.add(row.id)
            else:
                yield row


def built(name: str, rows: Iterable[Row]) -> tuple[Plan, str]:
    """(plan of these rows, id of the document that the form is made of)."""
    plan = Plan(rows)
    dokumen_id = ingredients(name).dokumen_id
    if RECIPES[name].with_stage:
        changes, dokumen_id = new_stage(plan, dokumen_id)
        plan.apply(changes)
        plan.apply(list(_alterations(plan, dokumen_id)))
        plan = Plan(plan.rows())
    return plan, dokumen_id


def _alterations(plan: Plan, dokumen_id: str) -> Iterator[Change]:
    """A tenth more for some lines, and another target for some indicators."""
    for line in plan.where(Anggaran, "dokumen_id", dokumen_id)[::_CHANGED]:
        yield Change(line, replace(line, pagu=_more(line.pagu)))
        for series in plan.where(DeretAnggaran, "anggaran_id", line.id):
            yield Change(series, replace(series, nilai=tuple(map(_more, series.nilai))))
    for indikator in plan.where(Indikator, "dokumen_id", dokumen_id)[::_CHANGED]:
        if (indikator.target or "").isdecimal():
            yield Change(indikator, replace(indikator, target=str(int(indikator.target or 0) + 1)))


def _more(amount: int | None) -> int | None:
    return None if amount is None else amount + amount // 10


def block_count(form: Form) -> int:
    """Blocks of all tables of a form; tables without rules only set texts in columns."""
    return sum(len(part.body) for part in form.parts if isinstance(part, Table) and part.ruled)


def blocks_of(name: str, rows: Iterable[Row]) -> int:
    """Blocks of the named form of these rows."""
    plan, dokumen_id = built(name, rows)
    return block_count(build_form(plan, dokumen_id, name))


_VARIED: dict[type[Row], str] = {Anggaran: "pagu", TahunAnggaran: "nilai"}


def copied(rows: Iterable[Row], number: int) -> Iterator[Row]:
    """The rows under other ids, behind all earlier copies, with other amounts; they name each other as before."""
    rows = list(rows)
    own = {row.id for row in rows}
    for row in rows:
        changed: dict[str, Any] = {"id": f"{row.id}.{number}"}
        for field in references(type(row)):
            if getattr(row, field) in own:
                changed[field] = f"{getattr(row, field)}.{number}"
        if getattr(row, "asal_id", None):
            changed["asal_id"] = f"{row.asal_id}.{number}"  # type: ignore[attr-defined]
        if hasattr(row, "urutan"):
            changed["urutan"] = row.urutan + number * _APART
        field = _VARIED.get(type(row), "")
        if field:
            changed[field] = _varied(getattr(row, field), number)
        if isinstance(row, DeretAnggaran):
            changed["nilai"] = tuple(_varied(value, number) for value in row.nilai)
        if isinstance(row, Anggaran) and row.jenis == "program" and number:
            # A narrative prints a program once, however often it comes.
            changed |= {"nama": f"{row.nama} {number}", "kode": f"{row.kode}.{number}" if row.kode else None}
        if isinstance(row, Kinerja) and (row.nomor or "").isdecimal():
            changed["nomor"] = str(int(row.nomor or 0) + number * _NUMBERS)
        yield replace(row, **changed)


_APART = 10**9
"""Between the `urutan` of one copy and the next."""
_NUMBERS = 20
"""Between the printed numbers of one copy and the next."""


def _varied(amount: int | None, number: int) -> int | None:
    """Another amount for each copy, of the same length or one digit more, rising where the old ones rise."""
    return None if amount is None else amount + amount * (number % 89) // 100
