"""The mouse over both halves of the grid: select, drag over the seam, fold, and pull the fill handle."""

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QCursor, QMouseEvent

from ui.grid_cursor import Block

if TYPE_CHECKING:
    from ui.grid_table import GridTable
    from ui.grid_view import GridView

SCROLL_EVERY = 30
"""Milliseconds between two steps of scrolling while the mouse is dragged beyond an edge."""
FASTEST = 48


class GridMouse(QObject):
    """One press, from down to up."""

    def __init__(self, view: "GridView") -> None:
        super().__init__(view)
        self._view = view
        self._doing: Literal["", "select", "fill"] = ""
        self._last = QPoint()
        self._timer = QTimer(self, interval=SCROLL_EVERY)
        self._timer.timeout.connect(self._scroll)

    def press(self, table: "GridTable", event: QMouseEvent) -> None:
        """A button went down over a half."""
        view, position = self._view, event.position().toPoint()
        if not view.commit():
            view.return_to_editor()
            return
        table.setFocus()
        handle = table.handle_rect()
        left = event.button() == Qt.MouseButton.LeftButton
        if left and handle is not None and handle.adjusted(-2, -2, 2, 2).contains(position):
            self._doing = "fill"
            return
        fold = table.fold_at(position)
        if left and fold is not None:
            view.fold(fold)
            return
        cell = view.cell_at(event.globalPosition().toPoint(), strict=True)
        block = view.grid_cursor.block
        if cell is None or (not left and block is not None and block.has(*cell)):
            return
        self._doing = "select" if left else ""
        view.go(cell, extend=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier) and left)

    def move(self, table: "GridTable", event: QMouseEvent) -> None:
        """The mouse moved, with a button down or without."""
        if self._doing and event.buttons() & Qt.MouseButton.LeftButton:
            self._last = event.globalPosition().toPoint()
            self._drag()
            if not self._timer.isActive() and self._beyond() != (0, 0):
                self._timer.start()
            return
        position = event.position().toPoint()
        handle = table.handle_rect()
        over = handle is not None and handle.adjusted(-2, -2, 2, 2).contains(position)
        shape = Qt.CursorShape.CrossCursor if over else Qt.CursorShape.ArrowCursor
        if table.viewport().cursor().shape() != shape:
            table.viewport().setCursor(QCursor(shape))

    def release(self, event: QMouseEvent) -> None:
        """The button went up."""
        self._timer.stop()
        doing, self._doing = self._doing, ""
        over, self._view.filling = self._view.filling, None
        if doing == "fill" and over is not None:
            self._view.commands.fill_over(over)
        if doing == "fill":
            self._view.repaint_cells()

    def double_click(self, table: "GridTable", event: QMouseEvent) -> None:
        """On the handle: fill down; on a cell: edit."""
        position, handle = event.position().toPoint(), table.handle_rect()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._doing = ""
        if handle is not None and handle.adjusted(-2, -2, 2, 2).contains(position):
            self._view.commands.fill_to_end()
        elif (fold := table.fold_at(position)) is not None:
            self._view.fold(fold)
        elif self._view.cell_at(event.globalPosition().toPoint(), strict=True) == self._view.grid_cursor.caret:
            self._view.edit_current()

    def _drag(self) -> None:
        view = self._view
        cell, block = view.cell_at(self._last), view.grid_cursor.block
        if cell is None or block is None:
            return
        if self._doing == "select":
            if cell != view.grid_cursor.corner:
                view.grid_cursor.extend(cell)
            return
        over = _pulled(block, cell)
        if over != view.filling:
            view.filling = over
            view.repaint_cells()

    def _beyond(self) -> tuple[int, int]:
        """How far the mouse is to the right of and below the months, in pixels; negative to the left and above."""
        view = self._view.months.viewport()
        at = view.mapFromGlobal(self._last)
        right = max(0, at.x() - view.width()) + (min(0, at.x()) if at.x() < -self._view.frozen.width() else 0)
        return right, max(0, at.y() - view.height()) + min(0, at.y())

    def _scroll(self) -> None:
        right, down = self._beyond()
        if not self._doing or (right, down) == (0, 0):
            self._timer.stop()
            return
        for bar, by in (
            (self._view.months.horizontalScrollBar(), right),
            (self._view.months.verticalScrollBar(), down),
        ):
            bar.setValue(bar.value() + max(-FASTEST, min(FASTEST, by)))
        self._drag()


def _pulled(block: Block, cell: tuple[int, int]) -> Block | None:
    """What the handle is pulled over: down or up, or to a side, whichever is further; None over the block itself."""
    row, column = cell
    down = row - block.bottom if row > block.bottom else min(row - block.top, 0)
    right = column - block.right if column > block.right else min(column - block.left, 0)
    if not down and not right:
        return None
    if abs(down) >= abs(right):
        return block._replace(top=min(block.top, row), bottom=max(block.bottom, row))
    return block._replace(left=min(block.left, column), right=max(block.right, column))
