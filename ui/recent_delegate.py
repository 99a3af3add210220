"""How a recent plan is drawn: the agency over region and place, its findings as marks, and where to look for it."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from services.terms import LEVELS
from ui.colours import colours
from ui.fonts import SMALL, ui_font
from ui.icons import icon
from ui.list_rows import Index, write
from ui.marks import paint_mark
from ui.recent import RecentPlan
from ui.recent_model import AGENCY, FINDINGS, NONE_FOUND, NOT_FOUND, OPENED, RecentModel

ROW = 48
LINE = 16
PAD = 12
BAR = 3
SEEK = "Cari berkas..."
ROOMY = 180
"""From this width on the last column holds both the date and the words SEEK."""

_PARTED = "  ·  "


class RecentDelegate(QStyledItemDelegate):
    """Fills and draws text only. `sought(index)`: the words SEEK were clicked."""

    sought = Signal(QModelIndex)

    def __init__(self, model: RecentModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(PAD * 2, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        plan = self._model.plan(index)
        if plan is None:
            return
        rect: QRect = option.rect  # type: ignore[attr-defined]
        chosen = QStyle.StateFlag.State_Selected in option.state  # type: ignore[attr-defined]
        _paint_ground(painter, rect, option.widget, chosen, index.column() == AGENCY)  # type: ignore[attr-defined]
        if index.row() < self._model.rowCount() - 1:
            painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), colours().grid_line)
        room = rect.adjusted(PAD, 0, -PAD, 0)
        missing = self._model.is_missing(index)
        if index.column() == AGENCY:
            # No pad at the right: the next column has one at its left.
            _paint_plan(painter, room.adjusted(0, 0, PAD, 0), plan, missing)
        elif index.column() == FINDINGS:
            _paint_findings(painter, room, plan, missing)
        elif index.column() == OPENED and missing:
            _paint_missing(painter, rect, index.data())
        else:
            write(painter, room, index.data(), colours().muted if missing else colours().text)

    def editorEvent(self, event: QEvent, model: object, option: QStyleOptionViewItem, index: Index) -> bool:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        if not isinstance(event, QMouseEvent) or event.type() != QEvent.Type.MouseButtonRelease:
            return False
        hit = event.button() == Qt.MouseButton.LeftButton and self.seek_rect(index, rect).contains(
            event.position().toPoint()
        )
        if hit:
            self.sought.emit(index)
        return hit

    def seek_rect(self, index: Index, rect: QRect) -> QRect:
        """Where the words SEEK stand in a cell, or nowhere."""
        if index.column() != OPENED or not self._model.is_missing(index):
            return QRect()
        return _seek_rect(rect)


def _paint_ground(painter: QPainter, rect: QRect, view: QWidget, chosen: bool, first: bool) -> None:
    c = colours()
    focused = view.hasFocus() and view.isActiveWindow()
    if chosen:
        painter.fillRect(rect, c.selection if focused else c.selection_inactive)
        if first:
            painter.fillRect(QRect(rect.x(), rect.y(), BAR, rect.height()), c.accent)


def _paint_plan(painter: QPainter, room: QRect, plan: RecentPlan, missing: bool) -> None:
    c = colours()
    upper = QRect(room.x(), room.y() + 8, room.width(), LINE)
    write(painter, upper, plan.agency, c.muted if missing else c.text, ui_font(semibold=not missing))
    lower = upper.translated(0, LINE)
    if plan.pemda:
        lower.setLeft(lower.left() + write(painter, lower, plan.pemda + _PARTED, c.muted))
    write(painter, lower, str(plan.path), c.muted, ui_font(SMALL), elide=Qt.TextElideMode.ElideLeft)


def _paint_findings(painter: QPainter, room: QRect, plan: RecentPlan, missing: bool) -> None:
    c = colours()
    if missing:
        write(painter, room, NOT_FOUND, c.muted)
        return
    mark = QRect(room.x(), room.center().y() - 7, LINE, LINE)
    levels = [level for level in LEVELS if getattr(plan, level)]
    if not levels:
        icon("check", role="in_order").paint(painter, mark.translated(-2, 0))
        write(painter, room.adjusted(LINE, 0, 0, 0), NONE_FOUND, c.in_order)
    left = room.x()
    for level in levels:
        count = str(getattr(plan, level))
        width = 14 + QFontMetrics(ui_font()).horizontalAdvance(count)
        if left + width > room.right() + PAD:
            break
        paint_mark(painter, QRect(left, room.center().y() - 5, 12, 12), level)
        write(painter, QRect(left + 14, room.y(), width, room.height()), count, c.level(level))
        left += width + 10


def _paint_missing(painter: QPainter, rect: QRect, opened: str) -> None:
    if rect.width() >= ROOMY:
        write(painter, rect.adjusted(PAD, 0, -PAD, 0), opened, colours().muted)
    write(painter, _seek_rect(rect), SEEK, colours().accent)


def _seek_rect(rect: QRect) -> QRect:
    width = QFontMetrics(ui_font()).horizontalAdvance(SEEK)
    left = rect.right() + 1 - PAD - width if rect.width() >= ROOMY else rect.x() + PAD
    return QRect(left, rect.center().y() - 11, width, 24)
