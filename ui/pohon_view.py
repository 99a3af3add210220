"""Pohon: the cascade of the plan that is open as one chart, edited in its boxes; it shows what is missing."""

from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

from models.rows import (
    Anggaran,
    Dokumen,
    Dukungan,
    Indikator,
    Jabatan,
    Kinerja,
    Row,
    TahunAnggaran,
    TahunIndikator,
    Terima,
)
from services.bagan import Chart, key_of
from services.document import Edit
from services.kekosongan import Hole, Mark, holes, marks
from services.naming import level_name
from services.pohon.nodes import ORPHANS
from services.search import place_of
from ui.pohon_bar import PohonBar
from ui.pohon_canvas import Canvas
from ui.pohon_commands import PohonCommands
from ui.pohon_control import do
from ui.pohon_editor import BoxEditor
from ui.pohon_empty import EmptyPohon
from ui.pohon_maker import ChartMaker, Made, View
from ui.pohon_menu import box_menu
from ui.pohon_sight import Sight
from ui.pohon_words import summary
from ui.read_only import lock
from ui.session import Session, Update
from ui.tree_panel import TreePanel

FORM: Final = "pohon-kinerja"
LEAD_AFTER = 150
"""Milliseconds of rest on a box until the trees of Susun follow: a held arrow key stays quick."""
_SLOW = 150
_ENOUGH = 0.7
"""Zoom at which a whole chart can be read."""
_SHOWN = (Kinerja, Anggaran, Indikator, Dukungan, Jabatan, TahunIndikator, TahunAnggaran, Dokumen, Terima)
"""Rows that the chart is made of."""
_BOXED = (Kinerja, Anggaran, Indikator)
_MARKS = "pohon/kekosongan"


class PohonView(QWidget):
    """Follows the selection of the trees of Susun, and leads it. `form_wanted(name)`: to paper.

    `summary_changed(text)`: boxes and holes; `trees_wanted`: Susun; `positions_wanted`: the list of positions. While it
    is hidden nothing is made; it catches up when it is shown.
    """

    form_wanted = Signal(str)
    summary_changed = Signal(str)
    trees_wanted = Signal()
    positions_wanted = Signal()

    def __init__(self, session: Session, trees: TreePanel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.trees = session, trees
        self.sight = Sight()
        self.bar = PohonBar()
        self.canvas: Canvas = Canvas()
        self.commands: PohonCommands = PohonCommands(self)
        self.editor = BoxEditor(self.canvas.viewport())
        self.empty = EmptyPohon()
        self._maker = ChartMaker(session, self)
        self._holes: tuple[Hole, ...] = ()
        self._marks: dict[str, tuple[Mark, ...]] = {}
        self._boxes = 0
        self._stale, self._fresh = True, True
        self._wanted: tuple[str, bool] | None = None
        self._editing = ""
        self._undone: tuple[Edit, ...] = ()
        """What a redo could do before the newest edit."""
        self._added: Edit | None = None
        """What added the row that is being named for the first time."""
        self._leading = QTimer(self, singleShot=True, interval=LEAD_AFTER)
        self._leading.timeout.connect(self.lead)
        self._slow = QTimer(self, singleShot=True, interval=_SLOW)
        self._following = True
        self._wait = QLabel("Menyusun bagan...", self.canvas)
        self._wait.setContentsMargins(12, 6, 12, 6)
        self._wait.setAutoFillBackground(True)
        self._wait.hide()
        self._lay_out()
        self._connect()

    def panes(self) -> tuple[QWidget, ...]:
        """Where F6 goes round: the chart, its bar; without boxes the first button."""
        return (self.canvas, self.bar.marks) if self._boxes else (self.empty.first,)

    def commit(self) -> None:
        """Store what is being typed in a box."""
        self.editor.commit()

    def summary(self) -> str:
        """How many boxes and holes."""
        return summary(self._boxes, len(self.shown_holes()) if self.session.checks.complete else None)

    def shown_holes(self) -> tuple[Hole, ...]:
        """The holes of the part with which the chart begins; of all without one."""
        if not self.sight.start:
            return self._holes
        return tuple(hole for hole in self._holes if hole.is_in(self.canvas.chart.spot_of))

    def has(self, row: Row | None) -> bool:
        """Whether a row is seen in the whole chart."""
        return isinstance(row, Kinerja | Anggaran | Indikator)

    def show_row(self, row: Row) -> None:
        """Bring the box of a row into sight, from whatever table it is; begin with all where it stands elsewhere."""
        place = place_of(self.session.plan, row)
        if place is not None:
            self.show_key(place.id)
            self.canvas.setFocus()

    def show_key(self, key: str, *, edit: bool = False) -> None:
        """Choose a box and bring it into sight, as soon as it is there; `edit`: and edit the row in it."""
        self._wanted = (key, edit)
        if self._maker.busy or self._stale:
            return
        if self.canvas.chart.spot_of(key) is None and self.sight.start:
            self._start(key="")
        else:
            self._show_wanted()

    def edit(self, row: Row) -> None:
        """Edit the statement of a row over its box."""
        number = self.canvas.chart.spot_of(row.id)
        if number is None or self.session.read_only:
            return
        self.canvas.show_box(number)
        name = f"{level_name(row)}: {'nama' if isinstance(row, Anggaran) else 'uraian'}"
        text = row.nama if isinstance(row, Anggaran) else getattr(row, "uraian", "")
        self._editing = row.id
        if self._added is not None and self._added.changes[-1].row.id != row.id:
            self._added = None
        self.editor.begin(text or "", name, self.canvas.rect_of(number))

    def name_new(self, key: str) -> None:
        """Edit a row that was added just now; Esc takes it back."""
        done = self.session.document.done
        self._added = done[0] if done else None
        self.show_key(key, edit=True)

    def edit_measure(self, row_id: str) -> None:
        """Edit an indicator over the box in which it stands."""
        row = self.session.plan.find(Indikator, row_id)
        if row is not None:
            self.edit(row)

    def fold(self, way: int) -> None:
        """Fold the branch of the chosen box away (1), or unfold it (-1)."""
        key, number = self.canvas.current_key(), self.canvas.current
        if number is None or not self.canvas.chart.spots[number].node.children:
            return
        if (way > 0) != (key in self.sight.folded):
            self._toggle(key)

    def start_here(self) -> None:
        """Begin the chart with the chosen box."""
        key = self.canvas.current_key()
        if key and key != self.sight.start:
            self._start(key)

    def start_above(self) -> None:
        """Begin the chart one box further up."""
        if self.sight.start:
            self._start(self.sight.above())

    def open_in_trees(self) -> None:
        """Show the chosen box's row in Susun."""
        self.lead()
        self.trees_wanted.emit()

    def lines_in(self, key: str) -> list[str]:
        """Ids of the budget lines that stand in a box."""
        number = self.canvas.chart.spot_of(key)
        return [line.row_id for line in self.canvas.chart.spots[number].node.lines] if number is not None else []

    def lead(self) -> bool:
        """Make the chosen box's row current in the trees; False where the box has no row."""
        self._leading.stop()
        row = self._row(self.canvas.current_key())
        current = self.trees.current_row()
        if row is not None and (current is None or current.id != row.id):
            focus = self.window().focusWidget()
            self._following = False
            self.trees.show_row(row)
            self._following = True
            if focus is not None and self.isAncestorOf(focus):
                focus.setFocus(Qt.FocusReason.OtherFocusReason)
        return row is not None

    def run(self, name: str, *arguments: object) -> bool:
        """A command of the menus for the current row; False for one that is not the chart's."""
        return self.commands.run(name, *arguments)

    def refresh(self) -> None:
        """Make the chart anew, from the plan as it is now."""
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        self._look_for_holes()
        self._make()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()
        else:
            self._follow(self.trees.current_row())

    def hideEvent(self, event: QHideEvent) -> None:
        self.commit()
        if self._leading.isActive():
            self.lead()
        super().hideEvent(event)

    def _lay_out(self) -> None:
        self.setFocusProxy(self.canvas)
        whole = QWidget()
        self._stack = QStackedLayout(whole)
        self._stack.addWidget(self.canvas)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(whole, 1)
        self.bar.marks.setChecked(QSettings().value(_MARKS, "ya") == "ya")

    def _connect(self) -> None:
        canvas, bar = self.canvas, self.bar
        canvas.selected.connect(self._on_selected)
        canvas.edit_wanted.connect(lambda key: self.commands.rename_current())
        canvas.fold_wanted.connect(self._toggle)
        canvas.menu_wanted.connect(self.open_menu)
        canvas.command.connect(partial(do, self))
        canvas.drop_wanted.connect(self.commands.drop)
        canvas.zoom_changed.connect(bar.show_zoom)
        canvas.viewed.connect(self._place_editor)
        canvas.mouse.judge = self.commands.judge
        canvas.mouse.read_only = self.session.read_only
        lock(self.session, *self.empty.adding)
        bar.start_wanted.connect(self._start)
        bar.marks_wanted.connect(self._on_marks)
        bar.hole_wanted.connect(self._on_hole)
        bar.zoom_wanted.connect(self.set_zoom_by)
        bar.fit_wanted.connect(canvas.fit)
        bar.print_wanted.connect(lambda: self.form_wanted.emit(FORM))
        self.empty.add_wanted.connect(self.commands.add)
        self.editor.committed.connect(self._store)
        self.editor.left.connect(canvas.setFocus)
        self.editor.given_up.connect(self._take_back)
        self._maker.made.connect(self._on_made)
        self._maker.begun.connect(self._slow.start)
        self._maker.failed.connect(self._on_failed)
        self._slow.timeout.connect(self._say_wait)
        self.trees.chosen.connect(self._follow)
        self.session.changed.connect(self._on_changed)
        self.session.checked.connect(self.refresh)
        self.session.switched.connect(self._on_switched)

    def _make(self) -> None:
        shown = self._marks if self.bar.marks.isChecked() else {}
        self._maker.make(View(self.sight.start, frozenset(self.sight.folded), shown))

    def _look_for_holes(self) -> None:
        session = self.session
        ready = session.checks.complete and bool(session.dokumen_id)
        self._holes = holes(session.plan, session.checks, session.dokumen_id) if ready else ()
        self._marks = marks(self._holes)
        self._say_holes()

    def _say_holes(self) -> None:
        ready = self.session.checks.complete or not self.session.dokumen_id
        self.bar.show_holes(self.shown_holes(), ready=ready)

    def _on_made(self, made: Made) -> None:
        self._slow.stop()
        self._wait.hide()
        self._boxes = made.boxes
        self.sight.arrived(made.path)
        self.bar.show_path(made.path)
        self._stack.setCurrentIndex(0 if made.boxes else 1)
        self.canvas.set_chart(made.chart, made.marks)
        if self._fresh and made.boxes:
            self._fresh = False
            self._first_sight(made.chart)
        self._show_wanted()
        self._say_holes()
        self.summary_changed.emit(self.summary())

    def _first_sight(self, chart: Chart) -> None:
        """As much of the chart as can be read, with the row of the trees in sight."""
        canvas = self.canvas
        canvas.fit()
        if canvas.zoom < _ENOUGH:
            canvas.set_zoom(1.0)
        canvas.choose(key_of(chart.spots[0].node))
        self._follow(self.trees.current_row())
        if canvas.current is not None:
            canvas.centre(canvas.current)

    def _show_wanted(self) -> None:
        if self._wanted is None:
            return
        key, edit = self._wanted
        number = self.canvas.chart.spot_of(key)
        if number is None:
            return
        self._wanted = None
        if self.sight.unfold_to(self.canvas.chart.spots[number], key):
            self._wanted = (key, edit)
            self._make()
            return
        self.canvas.choose(key, say=True)
        row = self._row(key)
        if edit and row is not None:
            self.edit(row)

    def _on_selected(self) -> None:
        self._wanted = None
        self._leading.start()

    def _start(self, key: str) -> None:
        self.commit()
        self.sight.begin_at(key)
        self._wanted = self._wanted or (self.canvas.current_key(), False)
        self._make()

    def _toggle(self, key: str) -> None:
        self.commit()
        self.sight.toggle(key)
        self.canvas.choose(key, show=False, say=True)
        self._make()

    def _follow(self, row: Row | None) -> None:
        """The trees stand on another row."""
        if not self._following or row is None or not self.isVisible() or self._leading.isActive():
            return
        number = self.canvas.chart.spot_of(row.id)
        if self._maker.busy or number is None:
            # It may come with the next chart, as after an undo, of which the trees hear first.
            self._wanted = self._wanted or (row.id, False)
        elif number != self.canvas.current:
            self.canvas.choose(row.id)

    def fold_below(self, depth: int) -> None:
        """Ctrl+1 to Ctrl+6: so many levels of boxes stay open."""
        self.sight.fold_below(self.canvas.chart.spots, depth)
        self._wanted = (self.canvas.current_key(), False) if depth > 1 else None
        self._make()

    def set_zoom_by(self, steps: int) -> None:
        """So many steps nearer or farther, about the chosen box where that is in sight; 0: 100 %."""
        number = self.canvas.current
        at = self.canvas.rect_of(number).center() if number is not None else None
        if at is not None and not self.canvas.viewport().rect().contains(at.toPoint()):
            at = None
        if steps:
            self.canvas.zoom_by(steps, at)
        else:
            self.canvas.set_zoom(1.0, at)

    def _on_marks(self, on: bool) -> None:
        QSettings().setValue(_MARKS, "ya" if on else "tidak")
        self._make()

    def _on_hole(self, hole: Hole) -> None:
        if hole.is_box or hole.boxes:
            self.show_key(hole.row_id)
            self.canvas.setFocus()
        elif hole.kode == "JABATAN-TANPA-TUGAS":
            self.positions_wanted.emit()
        else:
            roots = (key_of(spot.node) for spot in self.canvas.chart.spots if spot.parent is None)
            self.show_key(next((key for key in roots if key.startswith(ORPHANS)), ""))

    def open_menu(self, place: QPoint) -> None:
        """The menu of the chosen box."""
        self.commit()
        box_menu(self).popup(place)

    def _on_changed(self, update: Update) -> None:
        if self.canvas.mouse.carried:
            self.canvas.mouse.cancel()
        shown = any(isinstance(change.row, _SHOWN) for change in update.edit.changes)
        self._want_new(update)
        if shown or update.findings:
            if shown:
                self._maker.forget()
            self.refresh()

    def _want_new(self, update: Update) -> None:
        """Rows that an undo brings back or changes, or a redo, are brought into sight."""
        document = self.session.document
        again = any(each is update.edit for each in self._undone)
        self._undone = document.undone
        if not self.isVisible() or (document.done and document.done[0] is update.edit and not again):
            return
        rows = [change.after for change in update.edit.changes if change.before is None]
        fresh = {row.id: row for row in rows if isinstance(row, Kinerja | Anggaran)}
        top = next((row for row in fresh.values() if row.induk_id not in fresh), None) or _altered(update)
        if top is not None:
            self._wanted = (top.id, False)

    def _on_switched(self) -> None:
        self.editor.cancel()
        self._maker.start_afresh()
        self.sight.clear()
        self._fresh, self._wanted, self._undone, self._added = True, None, (), None
        self.refresh()

    def _on_failed(self, sentence: str) -> None:
        self._slow.stop()
        self._wait.hide()
        self.session.failed.emit(sentence)

    def _say_wait(self) -> None:
        self._wait.adjustSize()
        self._wait.move(16, 12)
        self._wait.show()
        self._wait.raise_()

    def _store(self, text: str) -> None:
        self._added = None
        self.commands.store(self._editing, text)

    def _take_back(self) -> None:
        """Esc while a new row is being named: it goes, unless something was done since."""
        added, done = self._added, self.session.document.done
        self._added = None
        if added is not None and done and done[0] is added:
            self.session.undo()

    def _place_editor(self) -> None:
        number = self.canvas.chart.spot_of(self._editing)
        if self.editor.active and number is not None:
            self.editor.place(self.canvas.rect_of(number))

    def _row(self, key: str) -> Row | None:
        plan = self.session.plan
        return plan.find(Kinerja, key) or plan.find(Anggaran, key) or plan.find(Indikator, key)


def _altered(update: Update) -> Row | None:
    """The first row of the chart of which more than its place among the others is another."""
    for change in update.edit.changes:
        before, after = change.before, change.after
        if not isinstance(before, Kinerja | Anggaran | Indikator) or not isinstance(after, _BOXED):
            continue
        if replace(before, urutan=after.urutan) != after:
            return after
    return None
