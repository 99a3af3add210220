"""What the keys do in the schedule: marking, adding, removing, moving, copying and pasting."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from models.rows import BULAN
from services.aksi import Months, lines_text, marks_text, read_marks, run_at, shifted, stretched
from ui.read_only import changing, refused
from ui.schedule_model import COLUMNS, FIRST, NOMOR, PERSON, URAIAN, ScheduleModel, month_at
from ui.session import Session

if TYPE_CHECKING:
    from ui.schedule_view import ScheduleView

_KEYS = QKeySequence.StandardKey
_NONE, _CTRL, _ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
_ALT_SHIFT = _ALT | Qt.KeyboardModifier.ShiftModifier
_SIDEWAYS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
MARKS_ONLY = "Yang disalin hanya tanda bulan. Pilih sel bulan pada baris aksi, lalu tempel."


class ScheduleKeys:
    """Each action is one edit of the model's."""

    def __init__(self, view: "ScheduleView", model: ScheduleModel) -> None:
        self._view, self._model = view, model

    @property
    def session(self) -> Session:
        """The plan that is shown."""
        return self._model.session

    def command(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; False where it is no key of ours."""
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        row = self._view.currentIndex().row()
        if row < 0:
            return False
        if event.matches(_KEYS.Copy):
            self.copy()
        elif event.matches(_KEYS.Cut):
            self.cut()
        elif event.matches(_KEYS.Paste):
            self.paste()
        elif key == Qt.Key.Key_D and held == _CTRL:
            self.fill_down()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and held == _ALT:
            self._model.move(row, -1 if key == Qt.Key.Key_Up else 1)
        elif key in _SIDEWAYS and held in (_ALT, _ALT_SHIFT):
            self.nudge(_SIDEWAYS[key], stretch=held == _ALT_SHIFT)
        elif key == Qt.Key.Key_Delete and held == _CTRL:
            self._model.remove(self._view.rows())
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.step_across(1 if key == Qt.Key.Key_Tab else -1)
        elif held != _NONE:
            return False
        elif self._plain_command(key):
            return True
        else:
            return bool(event.text().strip()) and refused(self.session)
        return True

    def _plain_command(self, key: int) -> bool:
        index = self._view.currentIndex()
        if key == Qt.Key.Key_Space and (month_at(index.column()) is not None or index.column() == NOMOR):
            self.toggle_months()
        elif key == Qt.Key.Key_Insert:
            self.add()
        elif key == Qt.Key.Key_Delete:
            self.remove()
        elif key in _ENTER:
            self.step_down()
        elif key == Qt.Key.Key_F2 and index.column() not in (URAIAN, PERSON):
            if not refused(self.session):
                self._view.go_to(index.row(), URAIAN)
                self._view.edit(self._view.currentIndex())
        else:
            return False
        return True

    def step_down(self) -> None:
        """To the next row of the same line, where there is one."""
        index = self._view.currentIndex()
        below = index.row() + 1
        if 0 < below < self._model.rowCount() and self._model.action(below) is not None:
            self._view.go_to(below, index.column())

    def step_across(self, step: int) -> None:
        """To the next cell; behind December the next row's text."""
        index = self._view.currentIndex()
        column = index.column() + step
        if column >= COLUMNS:
            self._view.go_to(min(index.row() + 1, self._model.rowCount() - 1), URAIAN)
        elif column < URAIAN:
            self._view.go_to(max(index.row() - 1, 0), COLUMNS - 1)
        else:
            self._view.go_to(index.row(), column)

    @changing
    def toggle_months(self) -> None:
        """Mark the selected months, or unmark them where all of them are marked."""
        wanted: dict[int, set[int]] = {}
        for index in self._view.selectedIndexes():
            month = month_at(index.column())
            if month is not None and self._model.action(index.row()) is not None:
                wanted.setdefault(index.row(), set()).add(month)
        if not wanted:
            self._model.remark("Pilih sel bulan pada baris aksi; Ins menambah aksi.")
        everywhere = all(months <= self._model.months(row) for row, months in wanted.items())
        self._model.set_months(
            {
                row: self._model.months(row) - months if everywhere else self._model.months(row) | months
                for row, months in wanted.items()
            }
        )

    @changing
    def add(self) -> None:
        """Ins: an empty action below, ready to be named."""
        row = self._view.currentIndex().row() if self._view.currentIndex().isValid() else self._model.rowCount() - 1
        if row < 0:
            return
        before, key = self._model.key(row), self._model.add(row)
        if key is not None:
            self._view.came_from[key] = before
            self._view.fresh = key
            self._view.go_to(self._model.row_of(key) or 0, URAIAN)
            self._view.edit(self._view.currentIndex())

    @changing
    def remove(self) -> None:
        """Del: in the months the marks go, in the list of positions the position, elsewhere the actions."""
        column = self._view.currentIndex().column()
        if column == PERSON:
            self._model.clear_people(self._view.rows())
        elif column < FIRST:
            self._model.remove(self._view.rows())
        else:
            gone: dict[int, set[int]] = {}
            for index in self._view.selectedIndexes():
                gone.setdefault(index.row(), set()).add(month_at(index.column()) or 0)
            self._model.set_months({row: self._model.months(row) - months for row, months in gone.items()})

    def copy(self) -> None:
        """Put the selection on the clipboard: months as marks, actions with their months, texts alone a line each."""
        columns = {index.column() for index in self._view.selectedIndexes()}
        months = [month for column in columns if (month := month_at(column)) is not None]
        rows = [row for row in self._view.rows() if self._model.action(row) is not None]
        there = [aksi for row in rows if (aksi := self._model.action(row)) is not None]
        if not there:
            return
        if months and len(months) == len(columns):
            text = marks_text([self._model.months(row) for row in rows], min(months), max(months))
        elif months:
            text = lines_text(there)
        else:
            text = "\n".join(" ".join(aksi.uraian.split()) for aksi in there)
        QGuiApplication.clipboard().setText(text)

    @changing
    def cut(self) -> None:
        """Copy, and take away what was copied: marks, or whole actions, which keep their months on the clipboard."""
        columns = {index.column() for index in self._view.selectedIndexes()}
        if columns and all(month_at(column) is not None for column in columns):
            self.copy()
            self.remove()
            return
        rows = self._view.rows()
        there = [aksi for row in rows if (aksi := self._model.action(row)) is not None]
        if there:
            QGuiApplication.clipboard().setText(lines_text(there))
        self._model.remove(rows)

    @changing
    def paste(self) -> None:
        """Marks go into the months from the caret on; else each line of the clipboard becomes an action below it."""
        row, text = self._view.currentIndex().row(), QGuiApplication.clipboard().text()
        if row < 0:
            return
        marks = read_marks(text)
        if marks and month_at(self._view.currentIndex().column()) is None:
            self._model.remark(MARKS_ONLY)
            return
        if marks:
            self._paste_marks(marks)
            return
        before = self._model.key(row)
        added = self._model.paste(row, text)
        if added:
            self._view.came_from |= dict.fromkeys(added, before)
            self._view.go_to(self._model.row_of(added[-1]) or 0, URAIAN)

    def _paste_marks(self, marks: Sequence[Sequence[bool]]) -> None:
        """From the first selected cell on; over all selected months, as often as the block fits into them."""
        cells = [(index.row(), month) for index in self._view.selectedIndexes() if (month := month_at(index.column()))]
        if not cells:
            current = self._view.currentIndex()
            cells = [(current.row(), month_at(current.column()) or 1)]
        top, first = min(row for row, _ in cells), min(month for _, month in cells)
        rows = [row for row in range(top, self._model.rowCount()) if self._model.action(row) is not None]
        chosen = [row for row in rows if row <= max(row for row, _ in cells)]
        wide, high = len(marks[0]), len(marks)
        across = wide * max((max(month for _, month in cells) - first + 1) // wide, 1)
        down = high * max(len(chosen) // high, 1)
        wanted: dict[int, Months] = {}
        for i, row in enumerate(rows[:down]):
            block = {first + j: marks[i % high][j % wide] for j in range(across) if first + j <= BULAN}
            marked = frozenset(month for month, on in block.items() if on)
            wanted[row] = (self._model.months(row) - block.keys()) | marked
        self._model.set_months(wanted)

    @changing
    def nudge(self, step: int, *, stretch: bool) -> None:
        """Move the bar under the caret by a month, and the caret with it; or its last month only."""
        row, month = self._view.currentIndex().row(), month_at(self._view.currentIndex().column())
        run = run_at(self._model.months(row), month) if month is not None else None
        if run is None or month is None or self._model.action(row) is None:
            return
        before = self._model.months(row)
        if stretch:
            self._model.set_months({row: stretched(before, month, "akhir", run[1] + step)})
        elif run[0] + step >= 1 and run[1] + step <= BULAN:
            self._model.set_months({row: shifted(before, month, step)})
            self._view.go_to(row, FIRST + month + step - 1)

    @changing
    def fill_down(self) -> None:
        """Ctrl+D: the others get the schedule of the first selected action; a single one that of the one above."""
        rows = [row for row in self._view.rows() if self._model.action(row) is not None]
        if len(rows) == 1:
            above = next((row for row in range(rows[0] - 1, -1, -1) if self._model.action(row) is not None), None)
            rows = [] if above is None else [above, rows[0]]
        if rows:
            self._model.set_months({row: self._model.months(rows[0]) for row in rows[1:]})
