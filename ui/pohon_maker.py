"""From the plan to its chart: at once where that is quick, else off the GUI thread; the newest counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from models.plan import Plan
from models.rows import Anggaran, Kinerja, Row
from services.bagan import Boxes, Chart, by_level, part, path_to, walk
from services.kekosongan import Mark, on_boxes
from services.pohon.nodes import Cascade, Node, cascade
from ui.newest import Newest, Step
from ui.session import Session

AT_ONCE = 700
"""Rows of the two trees up to which the chart of an edit is made at once: some 400 boxes, in less than 50 ms."""
UNSET = 100
"""Boxes that may be set at once; more of them, as when a chart is first shown, take longer than a tenth of a second."""


@dataclass(frozen=True, slots=True)
class View:
    """What is shown of a plan: from which box on, what is folded, and the marks of holes."""

    start: str = ""
    folded: frozenset[str] = frozenset()
    marks: Mapping[str, tuple[Mark, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A chart. `path`: the nodes above the first box and that itself, empty where all is shown.

    `boxes`: how many there are, with those folded away; `deep`: as of `services.bagan.Boxes.chart`;
    `marks`: of each box, those of the budget lines in it included.
    """

    chart: Chart
    path: tuple[Node, ...]
    view: View
    boxes: int
    deep: bool
    marks: Mapping[str, tuple[Mark, ...]]


class ChartMaker(QObject):
    """`made(Made)` brings each chart that is finished, `begun` says that it takes a moment, `failed` a sentence."""

    made = Signal(object)
    begun = Signal()
    failed = Signal(str)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._boxes = Boxes()
        self._tree: Cascade | None = None
        self._deep: dict[str, bool] = {}
        """How the chart that begins with a box is laid out; decided once, as boxes must not jump with an edit."""
        self._work = Newest(self)
        self._work.finished.connect(self._on_finished)
        self._work.failed.connect(self.failed)

    @property
    def busy(self) -> bool:
        """True while a chart is on its way."""
        return self._work.busy

    def forget(self) -> None:
        """The plan has changed: the cascade is built anew for the next chart."""
        self._tree = None

    def start_afresh(self) -> None:
        """Another document: nothing that was known holds."""
        self._tree = None
        self._deep.clear()

    def make(self, view: View) -> None:
        """Begin a chart; one that is still being made is given up."""
        session = self._session
        tree = self._tree
        rows = sum(len(session.plan.where(cls, "dokumen_id", session.dokumen_id)) for cls in (Kinerja, Anggaran))
        if not self.busy and rows <= AT_ONCE:
            tree = tree if tree is not None else by_level(cascade(session.plan, session.dokumen_id))
            if self._boxes.unset(tree) <= UNSET:
                self._on_finished((tree, _made(self._boxes, tree, view, self._deep.get(view.start))))
                return
        self.begun.emit()
        deep = self._deep.get(view.start)
        if tree is not None:
            self._work.start(partial(_charted, self._boxes, tree, view, deep))
        else:
            rows_now = tuple(session.plan.rows())
            self._work.start(partial(_built, self._boxes, rows_now, session.dokumen_id, view, deep))

    def stop(self) -> None:
        """Nothing is wanted any more."""
        self._work.stop()

    def _on_finished(self, result: tuple[Cascade, Made]) -> None:
        self._tree, made = result
        self._deep[made.view.start] = made.deep
        self.made.emit(made)


def _built(
    boxes: Boxes, rows: tuple[Row, ...], dokumen_id: str, view: View, deep: bool | None, step: Step
) -> tuple[Cascade, Made]:
    plan = Plan(rows)
    step(1, 3)
    tree = by_level(cascade(plan, dokumen_id))
    step(2, 3)
    return tree, _made(boxes, tree, view, deep)


def _charted(boxes: Boxes, tree: Cascade, view: View, deep: bool | None, step: Step) -> tuple[Cascade, Made]:
    step(2, 3)
    return tree, _made(boxes, tree, view, deep)


def _made(boxes: Boxes, tree: Cascade, view: View, deep: bool | None) -> Made:
    path = path_to(tree, view.start) if view.start else ()
    shown = part(tree, path[-1]) if path else tree
    marks = on_boxes(walk(shown.roots), view.marks or {})
    words = {key: tuple(mark.words for mark in those) for key, those in marks.items()}
    chart, deep = boxes.best(shown, words, view.folded, deep)
    return Made(chart, path, view, sum(1 for node in walk(shown.roots) if node.row_id), deep, marks)
