"""Branches outside any plan: taken out of one, put into another place, always with new ids."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import (
    Aksi,
    Anggaran,
    DeretAnggaran,
    DeretIndikator,
    Dukungan,
    Indikator,
    Jabatan,
    Kinerja,
    Row,
    TahunAnggaran,
    TahunIndikator,
    new_id,
    references,
)
from services import edits
from services.angka import decide_style
from services.branches import Node, Parent, may_stand, parent_of, refusal, topmost, walk
from services.grid_numbers import read_number
from services.naming import level_name, row_text
from services.order import GAP
from services.placing import insert_branch, numbered
from services.rupiah import format_rupiah
from services.tahunan import texts_of

INDENT = "\N{NO-BREAK SPACE}" * 4
"""Before the text of each row that hangs under another, in a spreadsheet, which drops other spaces."""

CLASSES: tuple[type[Row], ...] = (
    Kinerja,
    Anggaran,
    Indikator,
    DeretIndikator,
    DeretAnggaran,
    TahunIndikator,
    TahunAnggaran,
    Aksi,
    Dukungan,
)


@dataclass(frozen=True, slots=True)
class Copied:
    """Branches outside any plan. `roots`: ids of the rows they hang from; `jabatan`: id -> name of a position."""

    roots: tuple[str, ...]
    rows: tuple[Row, ...]
    jabatan: dict[str, str]

    def root_rows(self) -> list[Node]:
        """The rows that the branches hang from, in order."""
        by_id = {row.id: row for row in self.rows}
        return [row for root in self.roots if isinstance(row := by_id.get(root), Kinerja | Anggaran | Indikator)]


def take(plan: Plan, rows: Sequence[Node]) -> Copied:
    """The branches of these rows with indicators, series, aksi, and the links among what is taken."""
    roots = topmost(plan, rows)
    found: dict[str, Row] = {}
    for root in roots:
        for row in edits.branch(plan, root):
            if isinstance(row, CLASSES):
                found[row.id] = row
    kept = [
        row
        for row in found.values()
        if not isinstance(row, Dukungan) or {row.kinerja_id, row.anggaran_id} <= found.keys()
    ]
    people = {getattr(row, "penanggung_jawab_id", None) for row in kept}
    names = {j.id: j.nama for j in plan.all(Jabatan) if j.id in people}
    order = {cls: i for i, cls in enumerate(CLASSES)}
    kept.sort(key=lambda row: (order[type(row)], getattr(row, "urutan", 0), row.id))
    return Copied(tuple(root.id for root in roots), tuple(kept), names)


def paste(
    plan: Plan, dokumen_id: str, copied: Copied, parent: Parent, before: Node | None = None
) -> tuple[tuple[Change, ...], list[str]]:
    """(changes, ids of the new roots): the branches under `parent`, before one of its rows or last, all ids new.

    Positions are those of the same name in the document; a row whose position it does not have is nobody's.

    Raises:
        PlanError: a level does not fit there.
    """
    ids = {row.id: new_id() for row in copied.rows}
    return _pasted(plan, dokumen_id, copied, ids, parent, before), [ids[root] for root in copied.roots]


def _pasted(
    plan: Plan, dokumen_id: str, copied: Copied, ids: dict[str, str], parent: Parent, before: Node | None
) -> tuple[Change, ...]:
    """The changes of `paste`; `ids`: id of a copied row -> id of the new one."""
    roots = {row.id for row in copied.root_rows()}
    people = _people(plan, dokumen_id, copied.jabatan)
    for root in copied.root_rows():
        if not may_take(root, dokumen_id, plan, parent):
            raise PlanError(refusal(root, parent))
    fresh: dict[type[Row], list[Row]] = {cls: [] for cls in CLASSES}
    for row in copied.rows:
        values: dict[str, Any] = {"id": ids[row.id], "dokumen_id": dokumen_id, "sisa": None}
        for field, table in references(type(row)).items():
            if table != "dokumen":
                old = getattr(row, field)
                values[field] = people.get(old) if table == "jabatan" else ids.get(old)
        if hasattr(row, "asal_id"):
            values["asal_id"] = None
        made: Any = replace(row, **values)
        fresh[type(row)].append(_as_root(made, dokumen_id, parent) if row.id in roots else made)
    changes: list[Change] = []
    for cls in CLASSES:
        if fresh[cls]:
            new_roots = [ids[root] for root in copied.roots]
            changes += _placed(plan, dokumen_id, fresh[cls], new_roots, parent, before)
    return tuple(changes)


def may_take(root: Node, dokumen_id: str, plan: Plan, parent: Parent) -> bool:
    """Whether a copied branch may hang under `parent`, or at the top where that is None."""
    return may_stand(plan, _as_root(root, dokumen_id, None), parent)


def duplicate(plan: Plan, rows: Sequence[Node]) -> tuple[tuple[Change, ...], list[str]]:
    """(changes, ids of the new roots): the branches of siblings once more, right behind the last of them.

    A budget line that is doubled supports the sasaran of the first one, too, as a line without one would be a finding.
    A sasaran or indicator that is doubled has no links outside: the forms would print the pagu of those lines twice.
    """
    roots = topmost(plan, rows)
    there = list(edits.siblings(plan, roots[-1]))
    last = next(i for i, row in enumerate(there) if row.id == roots[-1].id)
    before = there[last + 1] if last + 1 < len(there) else None
    dokumen_id, copied = roots[-1].dokumen_id, take(plan, roots)
    ids = {row.id: new_id() for row in copied.rows}
    changes = _pasted(plan, dokumen_id, copied, ids, parent_of(plan, roots[-1]), before)
    last = max((change.row.urutan for change in changes if isinstance(change.row, Dukungan)), default=0)
    last = max(last, *(d.urutan for d in plan.where(Dukungan, "dokumen_id", dokumen_id)), 0)
    links = [
        replace(d, id=new_id(), anggaran_id=ids[line.id], urutan=0)
        for line in copied.rows
        if isinstance(line, Anggaran)
        for d in plan.where(Dukungan, "anggaran_id", line.id)
        if d.kinerja_id not in ids
    ]
    linked = (Change(None, replace(d, urutan=last + GAP * i)) for i, d in enumerate(links, 1))
    return (*changes, *linked), [ids[root] for root in copied.roots]


def outline_cells(plan: Plan, rows: Sequence[Node]) -> tuple[list[list[str]], list[list[str | None]]]:
    """The branches for a spreadsheet or letter: level, number or code, indented text, unit, target or pagu.

    Second for each cell the number that it shows as a plain decimal, None for a text such as a code.
    """
    lines: list[list[str]] = []
    numbers: list[list[str | None]] = []

    def say(row: Any, depth: int) -> None:
        number = row.nomor if isinstance(row, Kinerja) else row.kode if isinstance(row, Anggaran) else None
        unit = row.satuan if isinstance(row, Indikator) else None
        value = row.target if isinstance(row, Indikator) else None
        if isinstance(row, Anggaran):
            unit, value = "Rp", None if row.pagu is None else format_rupiah(row.pagu)
        cells = (level_name(row), number, INDENT * depth + row_text(row), unit, value)
        lines.append([" ".join((cell or "").split("\n")).replace("\t", " ") for cell in cells])
        numbers.append([None, None, None, None, _number(plan, row)])

    depths: dict[str, int] = {}
    for row in walk(plan, topmost(plan, rows)):
        depth = depths[row.id] = depths.get(getattr(row, "induk_id", None) or "", -1) + 1
        say(row, depth)
        if not isinstance(row, Indikator):
            owner = "kinerja_id" if isinstance(row, Kinerja) else "anggaran_id"
            for indikator in plan.where(Indikator, owner, row.id):
                say(indikator, depth + 1)
    return lines, numbers


def _number(plan: Plan, row: Node) -> str | None:
    """The pagu, or the target where it is one number, as a plain decimal."""
    if isinstance(row, Anggaran):
        return None if row.pagu is None else str(row.pagu)
    if isinstance(row, Indikator) and row.target:
        value = read_number(row.target, decide_style(texts_of(plan, row)))
        return None if value is None else f"{value:f}"
    return None


def _placed(
    plan: Plan, dokumen_id: str, rows: list[Any], roots: list[str], parent: Parent, before: Node | None
) -> list[Change]:
    """The new rows with their places; what hangs from a node or line comes last of its table."""
    cls = type(rows[0])
    everyone: list[Any] = list(plan.where(cls, "dokumen_id", dokumen_id))
    own = [row for row in rows if row.id in roots]
    own.sort(key=lambda row: roots.index(row.id))
    if own:
        listed = list(everyone)
        children: dict[str, list[Any]] = {}
        for row in rows:
            if row.id not in roots:
                children.setdefault(getattr(row, "induk_id", None) or "", []).append(row)
        insert_branch(listed, _preorder(own, children), parent, before if type(before) is cls else None)
        return list(numbered(listed, {row.id for row in rows}))
    if not hasattr(rows[0], "urutan"):
        return [Change(None, row) for row in rows]
    last = everyone[-1].urutan if everyone else 0
    return [Change(None, replace(row, urutan=last + GAP * i)) for i, row in enumerate(rows, 1)]


def _preorder(roots: list[Any], children: dict[str, list[Any]]) -> list[Any]:
    found, stack = [], roots[::-1]
    while stack:
        row = stack.pop()
        found.append(row)
        stack += children.get(row.id, [])[::-1]
    return found


def _as_root(row: Any, dokumen_id: str, parent: Parent) -> Any:
    if isinstance(row, Indikator):
        node = parent.id if isinstance(parent, Kinerja) else None
        return replace(
            row, dokumen_id=dokumen_id, kinerja_id=node, anggaran_id=parent.id if isinstance(parent, Anggaran) else None
        )
    return replace(row, dokumen_id=dokumen_id, induk_id=parent.id if parent else None)


def _people(plan: Plan, dokumen_id: str, names: dict[str, str]) -> dict[str, str]:
    """Position of the clipboard -> position of the document with the same name."""
    here = {_folded(j.nama): j.id for j in reversed(plan.where(Jabatan, "dokumen_id", dokumen_id))}
    return {old: here[_folded(name)] for old, name in names.items() if _folded(name) in here}


def without_position(plan: Plan, dokumen_id: str, copied: Copied) -> tuple[int, list[str]]:
    """(how many of the copied rows lose their position in the document, the names of those that it does not have)."""
    here = _people(plan, dokumen_id, copied.jabatan)
    gone = [p for row in copied.rows if (p := getattr(row, "penanggung_jawab_id", None)) and p not in here]
    return len(gone), list(dict.fromkeys(copied.jabatan[p] for p in gone if p in copied.jabatan))


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
