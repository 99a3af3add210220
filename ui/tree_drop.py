"""What a drop onto a tree would do: hang under a row, stand between two, or link a sasaran with a budget line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QTreeView

from models.plan import Plan
from models.rows import Anggaran, Indikator, Kinerja, Row
from services.branches import Node, Parent, below, parent_of
from services.outline import NO_PROGRAM
from ui.tree_model import TreeModel

Verb = Literal["pindah", "salin", "kaitkan"]
MayStand = Callable[[Node, Parent], bool]


@dataclass(frozen=True, slots=True)
class Drop:
    """A place that takes what is carried. `line`: over ("atas") or under ("bawah") the node, None: onto it."""

    verb: Verb
    node: str | None
    line: Literal["atas", "bawah"] | None
    parent: Parent = None
    before: Node | None = None
    target: Row | None = None
    carried: "Carried | None" = field(default=None, compare=False)

    @property
    def action(self) -> Qt.DropAction:
        """What the pointer shows."""
        actions = {"pindah": "MoveAction", "salin": "CopyAction", "kaitkan": "LinkAction"}
        return Qt.DropAction[actions[self.verb]]


class Carried:
    """A drag: as it begins, without an event (`mime` and `label` are filled in), or over a place (`drop` is)."""

    def __init__(self, view: QTreeView, event: QDropEvent | None = None) -> None:
        self.view = view
        self.event = event
        self.mime: QMimeData | None = None
        self.label = ""
        self.drop: Drop | None = None


def place_of(
    view: QTreeView, plan: Plan, position: QPoint, rows: Sequence[Node], verb: Verb, may_stand: MayStand
) -> Drop | None:
    """The place at a position of the viewport that takes all rows: onto the row there, above or below it."""
    model = view.model()
    assert isinstance(model, TreeModel)
    index = view.indexAt(position).siblingAtColumn(0)
    node, row = model.node(index), model.row_of(index)
    if node is None:
        free = all(may_stand(r, None) and _is_of(model, r) for r in rows)
        return Drop(verb, None, "bawah") if free else None
    rect = view.visualRect(index)
    share = (position.y() - rect.top()) / max(rect.height(), 1)
    order = ("atas", "di", "bawah") if share < 0.3 else ("bawah", "di", "atas") if share > 0.7 else ("di",)
    if len(order) == 1:
        order = ("di", "atas", "bawah") if share < 0.5 else ("di", "bawah", "atas")
    for where in order:
        drop = _at(view, model, plan, node, row, where, rows, verb)
        if drop is not None and all(may_stand(r, drop.parent) for r in rows):
            return drop
    return None


def link_at(view: QTreeView, position: QPoint, rows: Sequence[Node]) -> Drop | None:
    """The row at a position if a link between it and all rows can be made: one is a sasaran, the other a line."""
    model = view.model()
    assert isinstance(model, TreeModel)
    row = model.row_of(view.indexAt(position))
    lines = all(isinstance(r, Anggaran) for r in rows)
    nodes = all(isinstance(r, Kinerja) or (isinstance(r, Indikator) and r.kinerja_id) for r in rows)
    fits = (lines and (isinstance(row, Kinerja) or (isinstance(row, Indikator) and bool(row.kinerja_id)))) or (
        nodes and isinstance(row, Anggaran)
    )
    return Drop("kaitkan", row.id, None, target=row) if fits and row is not None else None


def _at(
    view: QTreeView,
    model: TreeModel,
    plan: Plan,
    node: str,
    row: Row | None,
    where: str,
    rows: Sequence[Node],
    verb: Verb,
) -> Drop | None:
    """The place onto, above or below a node; None where it takes no such rows."""
    first = rows[0]
    heading = node == NO_PROGRAM
    astray = heading or model.outline.parent(node) == NO_PROGRAM
    if where == "di":
        if heading:
            return Drop(verb, node, None) if _all_lines(rows, without_program=True) else None
        return Drop(verb, node, None, parent=row) if isinstance(row, Kinerja | Anggaran) else None
    if heading or not isinstance(row, Kinerja | Anggaran | Indikator):
        return None
    inside = where == "bawah" and view.isExpanded(model.index_of(node)) and isinstance(row, Kinerja | Anggaran)
    if inside and not isinstance(row, Indikator):
        children = [child for child in below(plan, row) if type(child) is type(first)]
        if isinstance(first, Indikator):
            owner = "kinerja_id" if isinstance(row, Kinerja) else "anggaran_id"
            children = list(plan.where(Indikator, owner, row.id))
        return Drop(verb, node, "bawah", parent=row, before=children[0] if children else None)
    parent = parent_of(plan, row)
    if parent is None and not (_all_lines(rows, without_program=astray) if isinstance(row, Anggaran) else _nodes(rows)):
        return None
    before: Node | None = row if type(row) is type(first) else None
    if where == "bawah" and before is not None:
        before = _next(model, row.id)
    if before is None and isinstance(row, Indikator) and parent is not None and not isinstance(first, Indikator):
        before = next((child for child in below(plan, parent) if type(child) is type(first)), None)
    return Drop(verb, node, "atas" if where == "atas" else "bawah", parent=parent, before=before)


def _next(model: TreeModel, node: str) -> Node | None:
    index = model.index_of(node)
    row = model.row_of(index.siblingAtRow(index.row() + 1))
    return row if isinstance(row, Kinerja | Anggaran | Indikator) else None


def _all_lines(rows: Sequence[Node], *, without_program: bool) -> bool:
    return all(isinstance(r, Anggaran) and (r.jenis != "program") == without_program for r in rows)


def _nodes(rows: Sequence[Node]) -> bool:
    return all(isinstance(r, Kinerja) for r in rows)


def _is_of(model: TreeModel, row: Node) -> bool:
    return isinstance(row, Kinerja) == (model.tree == "kinerja")
