"""Branches of the two trees: where a row may stand, moved to another place, numbered anew. Gives changes only.

`urutan` orders a whole table, and the forms list a level through the document. So a branch that moves takes the rows
below it along, level by level: on the forms they follow those of the branches before them, too.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Literal

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import Anggaran, Dukungan, Indikator, Kinerja, Row, new_id
from services.edits import fits_under, link, siblings
from services.naming import level_name
from services.order import GAP
from services.placing import Node, Parent, insert_branch, level_of, numbered
from services.terms import JENIS, LEVEL_NAMES, TINGKAT

__all__ = ["Node", "Parent", "level_of"]
Scope = Literal["seinduk", "tingkat"]


def parent_of(plan: Plan, row: Node) -> Parent:
    """The row that it hangs under; for an indicator its owner."""
    if isinstance(row, Indikator):
        return plan.find(Kinerja, row.kinerja_id) or plan.find(Anggaran, row.anggaran_id)
    return plan.find(type(row), row.induk_id)


def below(plan: Plan, row: Row) -> Sequence[Any]:
    """The nodes or lines directly under a node or line, in order; none under an indicator."""
    return () if isinstance(row, Indikator) else plan.where(type(row), "induk_id", row.id)


def walk(plan: Plan, roots: Iterable[Any]) -> Iterator[Any]:
    """The rows and all nodes or lines under them, each before those below it; every row once."""
    seen: set[str] = set()
    stack = list(roots)[::-1]
    while stack:
        row = stack.pop()
        if row.id not in seen:
            seen.add(row.id)
            yield row
            stack += below(plan, row)[::-1]


def topmost(plan: Plan, rows: Sequence[Node]) -> list[Node]:
    """The rows without those that hang under another of them, in the order given."""
    ids = {row.id for row in rows}
    return [row for row in rows if not any(above.id in ids for above in _above(plan, row))]


def are_siblings(plan: Plan, rows: Sequence[Node]) -> bool:
    """Whether all stand under the same row of one tree."""
    places = {parent.id if (parent := parent_of(plan, row)) else type(row).TABLE for row in rows}
    return len(places) == 1


def may_stand(plan: Plan, row: Node, parent: Parent) -> bool:
    """Whether a row may hang under `parent`, or at the top of its tree where that is None.

    An indicator needs an owner; nothing hangs under itself or in another document.
    """
    if parent is None:
        return not isinstance(row, Indikator)
    if parent.dokumen_id != row.dokumen_id or row.id in {parent.id, *(above.id for above in _above(plan, parent))}:
        return False
    return isinstance(row, Indikator) or fits_under(level_of(row), parent)


def move_to(plan: Plan, rows: Sequence[Node], parent: Parent, before: Node | None = None) -> tuple[Change, ...]:
    """Hang branches under `parent`, before one of its rows, or last; nothing where they stand there already.

    Links of an indicator follow it to its new node.

    Raises:
        PlanError: a level does not fit there.
    """
    for row in rows:
        if not may_stand(plan, row, parent):
            raise PlanError(refusal(row, parent))
    changes: list[Change] = []
    for cls in (Indikator, Kinerja, Anggaran):
        those = [row for row in rows if type(row) is cls]
        if those:
            changes += _moved(plan, those, parent, _first_staying(plan, those, before))
    return tuple(changes)


def move_step(plan: Plan, rows: Sequence[Node], step: int) -> tuple[Change, ...]:
    """Siblings of one kind one place up (-1) or down (+1) together; nothing at either end."""
    there = siblings(plan, rows[0])
    ids = {row.id for row in rows}
    places = [i for i, row in enumerate(there) if row.id in ids]
    if len(places) != len(ids):
        return ()
    if step < 0:
        return move_to(plan, rows, parent_of(plan, rows[0]), there[places[0] - 1]) if places[0] else ()
    if places[-1] == len(there) - 1:
        return ()
    after = places[-1] + 2
    return move_to(plan, rows, parent_of(plan, rows[0]), there[after] if after < len(there) else None)


def refusal(row: Node, parent: Parent) -> str:
    """Why a row may not hang there, and where it may."""
    name = level_name(row)
    if isinstance(row, Indikator):
        return "Indikator harus berada di bawah sebuah sasaran atau baris anggaran."
    at = "di sana" if parent is None else f"di bawah {level_name(parent).lower()}"
    if isinstance(row, Anggaran):
        index = JENIS.index(row.jenis)
        where = f"di bawah {LEVEL_NAMES[JENIS[index - 1]].lower()}" if index else "di tempat paling atas"
        return f"{name} tidak dapat diletakkan {at}; tempatnya {where}."
    return f"{name} tidak dapat diletakkan {at}; induknya harus bertingkat lebih tinggi."


def natural_child(plan: Plan, row: Node) -> str:
    """The level of a new row under this one: as its other children, as those of its level, else the next level.

    Under the last level, and beside an indicator, it is "indikator".
    """
    if isinstance(row, Indikator):
        return "indikator"
    if isinstance(row, Anggaran):
        return "indikator" if row.jenis == JENIS[-1] else JENIS[JENIS.index(row.jenis) + 1]
    children = plan.where(Kinerja, "induk_id", row.id)
    if children:
        return children[-1].tingkat
    for other in plan.where(Kinerja, "dokumen_id", row.dokumen_id):
        if other.tingkat == row.tingkat and (children := plan.where(Kinerja, "induk_id", other.id)):
            return children[-1].tingkat
    return "indikator" if row.tingkat == TINGKAT[-1] else TINGKAT[TINGKAT.index(row.tingkat) + 1]


def fitting_levels(plan: Plan, row: Kinerja) -> list[str]:
    """The levels that a node may have where it stands: below that of its parent, above those of its children."""
    parent = parent_of(plan, row)
    top = TINGKAT.index(parent.tingkat) if isinstance(parent, Kinerja) else -1
    children = plan.where(Kinerja, "induk_id", row.id)
    end = min((TINGKAT.index(child.tingkat) for child in children), default=len(TINGKAT))
    return [level for i, level in enumerate(TINGKAT) if top < i < end or level == row.tingkat]


def add_after(plan: Plan, row: Node) -> tuple[Change, ...]:
    """A new row of the same level right below `row` among its siblings; the newest change is the one that adds it."""
    values: dict[str, Any] = {"id": new_id(), "dokumen_id": row.dokumen_id, "urutan": 0}
    fresh: Any
    if isinstance(row, Indikator):
        owner: dict[str, Any] = {"kinerja_id": row.kinerja_id, "anggaran_id": row.anggaran_id}
        fresh = Indikator(**values, **owner, uraian="", akumulasi="kumulatif", arah="naik")
    elif isinstance(row, Anggaran):
        same: dict[str, Any] = {
            "jenis": row.jenis,
            "induk_id": row.induk_id,
            "penanggung_jawab_id": row.penanggung_jawab_id,
        }
        fresh = Anggaran(**values, **same, nama="")
    else:
        fields = ("tingkat", "induk_id", "kelompok", "penanggung_jawab_id")
        fresh = Kinerja(**values, **{f: getattr(row, f) for f in fields}, nomor=_next_number(plan, row), uraian="")
    listed: list[Any] = list(plan.where(type(row), "dokumen_id", row.dokumen_id))
    at = next(i for i, other in enumerate(listed) if other.id == row.id) + 1
    listed.insert(at, fresh)
    return numbered(listed, {fresh.id})


def renumber(plan: Plan, row: Kinerja, scope: Scope) -> tuple[Change, ...]:
    """Number 1, 2, 3... the nodes of a level: those beside `row`, or all of the document in the order of the forms."""
    if scope == "tingkat":
        everyone: Sequence[Any] = plan.where(Kinerja, "dokumen_id", row.dokumen_id)
    else:
        everyone = siblings(plan, row)
    same = [node for node in everyone if node.tingkat == row.tingkat]
    pairs = [(node, str(i)) for i, node in enumerate(same, 1)]
    return tuple(Change(node, replace(node, nomor=number)) for node, number in pairs if node.nomor != number)


def link_all(plan: Plan, targets: Sequence[Kinerja | Indikator], lines: Sequence[Anggaran]) -> tuple[Change, ...]:
    """The budget lines support each node or indicator; links that are there already are not made twice."""
    changes: list[Change] = []
    last = max((d.urutan for d in plan.all(Dukungan)), default=0)
    for target in targets:
        node = plan.find(Kinerja, target.kinerja_id) if isinstance(target, Indikator) else target
        indikator = target if isinstance(target, Indikator) else None
        if node is None:
            continue
        known = {d.anggaran_id for d in plan.where(Dukungan, "kinerja_id", node.id)}
        for line in lines:
            if line.id not in known and line.dokumen_id == node.dokumen_id:
                known.add(line.id)
                (change,) = link(plan, node, indikator, line)
                last += GAP
                fresh: Any = change.after
                changes.append(Change(None, replace(fresh, urutan=last)))
    return tuple(changes)


def _moved(plan: Plan, rows: list[Any], parent: Parent, before: Row | None) -> list[Change]:
    first = rows[0]
    field = "induk_id"
    values: dict[str, Any] = {field: parent.id if parent else None}
    if isinstance(first, Indikator):
        owner = "kinerja_id" if isinstance(parent, Kinerja) else "anggaran_id"
        values = {"kinerja_id": None, "anggaran_id": None, owner: parent.id if parent else None}
    if _stands_there(plan, rows, parent, before):
        return []
    branch = [row for row in walk(plan, rows) if type(row) is type(first)]
    roots = {row.id for row in rows}
    old = {row.id: row for row in branch}
    new = [replace(row, **values) if row.id in roots else row for row in branch]
    listed: list[Any] = [row for row in plan.where(type(first), "dokumen_id", first.dokumen_id) if row.id not in old]
    insert_branch(listed, new, parent, before)
    changes = list(numbered(listed, set(old), old))
    if isinstance(first, Indikator):
        for row in rows:
            changes += _links_follow(plan, row, parent)
    return [change for change in changes if change.before != change.after]


def _links_follow(plan: Plan, indikator: Indikator, parent: Parent) -> Iterator[Change]:
    """Links through a moved indicator are of its new node; under a budget line it carries none."""
    for dukungan in plan.where(Dukungan, "indikator_id", indikator.id):
        if not isinstance(parent, Kinerja):
            yield Change(dukungan, replace(dukungan, indikator_id=None))
        elif dukungan.kinerja_id != parent.id:
            there = {d.anggaran_id for d in plan.where(Dukungan, "kinerja_id", parent.id)}
            after = None if dukungan.anggaran_id in there else replace(dukungan, kinerja_id=parent.id)
            yield Change(dukungan, after)


def _stands_there(plan: Plan, rows: Sequence[Node], parent: Parent, before: Row | None) -> bool:
    now = [parent_of(plan, row) for row in rows]
    if any((up.id if up else None) != (parent.id if parent else None) for up in now):
        return False
    there = [row.id for row in siblings(plan, rows[0])]
    ids = [row.id for row in rows]
    stay = [row_id for row_id in there if row_id not in set(ids)]
    at = stay.index(before.id) if before is not None else len(stay)
    return [*stay[:at], *ids, *stay[at:]] == there


def _first_staying(plan: Plan, rows: Sequence[Node], before: Node | None) -> Node | None:
    """`before`, or the next of its siblings that is not moved itself; None where another kind stands there."""
    if before is None or type(before) is not type(rows[0]):
        return None
    there = list(siblings(plan, before))
    ids = {row.id for row in rows}
    start = next(i for i, row in enumerate(there) if row.id == before.id)
    return next((row for row in there[start:] if row.id not in ids), None)


def _above(plan: Plan, row: Node) -> Iterator[Kinerja | Anggaran]:
    seen: set[str] = set()
    at = parent_of(plan, row)
    while at is not None and at.id not in seen:
        seen.add(at.id)
        yield at
        at = parent_of(plan, at)


def _next_number(plan: Plan, row: Kinerja) -> str:
    same = (k.nomor for k in plan.where(Kinerja, "dokumen_id", row.dokumen_id) if k.tingkat == row.tingkat)
    return str(max((int(nomor) for nomor in same if nomor and nomor.isdecimal()), default=0) + 1)
