"""The schedule's table: months are marked by Space, click or drag; bars are moved and stretched; texts are typed."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
    QWidget,
)

from models.rows import BULAN
from ui.proxy_style import plain_fusion
from ui.schedule_bars import CURSORS, Drag, begun, month_under, part_under
from ui.schedule_delegate import ROW, PersonBox, ScheduleDelegate, wanted_height
from ui.schedule_header import ScheduleHeader
from ui.schedule_keys import ScheduleKeys
from ui.schedule_model import COLUMNS, FIRST, NOMOR, PERSON, URAIAN, ScheduleModel, month_at

NOMOR_WIDTH, PERSON_WIDTH, TEXT_WIDTH = 40, 200, 330
PERSON_LEAST, TEXT_LEAST = 120, 160
MONTH_LEAST, MONTH_MOST = 26, 44


class ScheduleView(QTableView):
    """`moved` after every move of the caret. The caret is kept by the row's id, over edits and undo."""

    moved = Signal()

    def __init__(self, model: ScheduleModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._drag: Drag | None = None
        self._kept: tuple[str, int, int, int] | None = None
        self._keys = ScheduleKeys(self, model)
        self.came_from: dict[str, str] = {}
        """Action -> the row that it was added behind, where the caret goes when it is taken back."""
        self.fresh: str | None = None
        """The action just added, as long as its text is being typed."""
        self.setAccessibleName("Jadwal aksi")
        self.setStyle(plain_fusion())
        self._head = ScheduleHeader(self)
        self.setHorizontalHeader(self._head)
        self.setModel(model)
        self._delegate = ScheduleDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self._head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._head.setMinimumSectionSize(MONTH_LEAST)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(ROW)
        self.verticalHeader().setDefaultSectionSize(ROW)
        model.modelAboutToBeReset.connect(self._keep_caret)
        model.modelReset.connect(self._restore_caret)
        model.dataChanged.connect(self._on_data_changed)
        self.selectionModel().currentChanged.connect(self._on_moved)

    def forget_caret(self) -> None:
        """Another branch is going to be shown: begin at its top."""
        self.setCurrentIndex(QModelIndex())
        self.came_from.clear()

    def go_to(self, row: int, column: int) -> None:
        """Make a cell current and show it."""
        index = self._model.index(row, column)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def show_actions(self, ids: Sequence[str]) -> None:
        """Scroll to the first of these actions, unless one of them is in sight."""
        there = [row for key in ids if (row := self._model.row_of(key)) is not None]
        column = max(self.currentIndex().column(), URAIAN)
        seen = self.viewport().rect()
        if there and not any(seen.contains(self.visualRect(self._model.index(row, column)).center()) for row in there):
            self.go_to(there[0], column)

    def commit(self) -> None:
        """Store what is being typed."""
        editor = self.indexWidget(self.currentIndex())
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def rows(self) -> list[int]:
        """The rows of the selection, in order."""
        return sorted({index.row() for index in self.selectedIndexes()}) or [max(self.currentIndex().row(), 0)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            event.accept()
        elif self._drag is not None and event.key() == Qt.Key.Key_Escape:
            self._end_drag()
        elif not self._keys.command(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return False

    def keyboardSearch(self, search: str) -> None:
        """Typing never looks for a row: a letter typed into a month must not move the caret."""

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter goes down among the actions of the line, but not from one just added; Tab goes on."""
        hints = QAbstractItemDelegate.EndEditHint
        fresh = self.fresh == self._current_key()
        super().closeEditor(editor, hints.NoHint)
        self.fresh = None
        if hint == hints.SubmitModelCache and not fresh:
            self._keys.step_down()
        elif hint == hints.SubmitModelCache:
            # On to its months: what is typed next must not take the place of the name.
            self.go_to(self.currentIndex().row(), FIRST)
        elif hint in (hints.EditNextItem, hints.EditPreviousItem):
            self._keys.step_across(1 if hint == hints.EditNextItem else -1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        pos = event.position().toPoint()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        drag = begun(self, self._model, pos, erase=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        if drag is None or shift or self._model.session.read_only or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self.commit()
        self.go_to(drag.row, FIRST + drag.month - 1)
        self._drag = drag
        self._draw(drag.month)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick clicks on a month are two clicks; on a position they open its list."""
        if month_at(self.indexAt(event.position().toPoint()).column()) is not None:
            self.mousePressEvent(event)
            return
        super().mouseDoubleClickEvent(event)
        editor = self.indexWidget(self.currentIndex())
        if isinstance(editor, PersonBox):
            editor.showPopup()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        pos = event.position().toPoint()
        if self._drag is None:
            if event.buttons() == Qt.MouseButton.NoButton:
                self._show_cursor(pos)
            super().mouseMoveEvent(event)
        else:
            self._draw(month_under(self, pos.x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag = self._drag
        if drag is None:
            super().mouseReleaseEvent(event)
            return
        to = month_under(self, event.position().toPoint().x())
        months = drag.before - {drag.month} if drag.holds and to == drag.month else drag.months(to)
        self._end_drag()
        self._model.set_months({drag.row: months})
        if drag.holds:
            self.go_to(drag.row, FIRST + to - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _draw(self, to: int) -> None:
        assert self._drag is not None
        self._delegate.drawn = {self._drag.row: self._drag.months(to)}
        self.viewport().update()

    def _end_drag(self) -> None:
        self._drag = None
        self._delegate.drawn = {}
        self.viewport().update()

    def _show_cursor(self, pos: QPoint) -> None:
        part = part_under(self, self._model, pos)
        if part is None:
            self.viewport().unsetCursor()
        else:
            self.viewport().setCursor(CURSORS.get(part, Qt.CursorShape.OpenHandCursor))

    def _fit_columns(self) -> None:
        """All columns in sight: the text takes what is left, down to its least."""
        room = self.viewport().width()
        left = room - NOMOR_WIDTH - PERSON_WIDTH - TEXT_WIDTH
        month = max(MONTH_LEAST, min(MONTH_MOST, left // BULAN))
        person = PERSON_WIDTH if left >= MONTH_LEAST * BULAN else PERSON_LEAST
        for column in range(FIRST, COLUMNS):
            self.setColumnWidth(column, month)
        self.setColumnWidth(NOMOR, NOMOR_WIDTH)
        self.setColumnWidth(PERSON, person)
        self.setColumnWidth(URAIAN, max(TEXT_LEAST, room - NOMOR_WIDTH - person - month * BULAN))
        self._fit_rows(range(self._model.rowCount()))

    def _fit_rows(self, rows: range) -> None:
        width = self.columnWidth(URAIAN)
        for row in rows:
            heavy = self._model.group(row) is not None
            height = wanted_height(self._model.text(row, URAIAN), width, heavy=heavy)
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)

    def _current_key(self) -> str | None:
        index = self.currentIndex()
        return self._model.key(index.row()) if index.isValid() else None

    def _keep_caret(self) -> None:
        index, key = self.currentIndex(), self._current_key()
        scroll = self.verticalScrollBar().value()
        self._kept = (key, index.row(), index.column(), scroll) if key is not None else None

    def _restore_caret(self) -> None:
        """To the same action; else to the one that it was added behind; else to the same place."""
        self._fit_rows(range(self._model.rowCount()))
        self._end_drag()
        if not self._model.rowCount():
            return
        if self._kept is None:
            self.go_to(1 if self._model.rowCount() > 1 and self._model.action(1) is not None else 0, URAIAN)
            return
        key, row, column, scroll = self._kept
        self.verticalScrollBar().setValue(scroll)
        found = self._model.row_of(key)
        if found is None and key in self.came_from:
            found = self._model.row_of(self.came_from[key])
        self.go_to(min(row, self._model.rowCount() - 1) if found is None else found, column)

    def _on_moved(self, current: QModelIndex) -> None:
        self._head.current = current.column() if current.isValid() else -1
        self._head.viewport().update()
        self.moved.emit()

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        self._fit_rows(range(first.row(), last.row() + 1))
