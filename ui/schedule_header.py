"""The schedule's header: the twelve months in a lower line, the quarters over three of them each in an upper one."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from services.tanggal import MONTHS_SHORT, QUARTERS
from ui.colours import colours
from ui.fonts import SMALL, ui_font
from ui.schedule_model import FIRST, HEADS, NOMOR

UPPER, LOWER = 18, 22


class ScheduleHeader(QHeaderView):
    """Draws itself, in both palettes; the month of the caret is tinted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFixedHeight(UPPER + LOWER)
        self.setSectionsClickable(False)
        self.setHighlightSections(True)
        self.current = -1

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), UPPER + LOWER)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        c, column = colours(), logicalIndex
        painter.save()
        painter.setFont(ui_font(SMALL))
        painter.fillRect(rect, c.window)
        month = column - FIRST
        lower = QRect(rect.left(), rect.bottom() + 1 - LOWER, rect.width(), LOWER) if month >= 0 else rect
        if column == self.current:
            painter.fillRect(lower, c.selection)
        painter.setPen(c.pane_edge)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(lower.topRight(), lower.bottomRight())
        if month < 0:
            painter.setPen(c.muted)
            side = Qt.AlignmentFlag.AlignRight if column == NOMOR else Qt.AlignmentFlag.AlignLeft
            painter.drawText(rect.adjusted(6, 0, -6, 0), side | Qt.AlignmentFlag.AlignVCenter, HEADS[column])
        else:
            self._paint_quarter(painter, rect, month)
            painter.setPen(c.text if column == self.current else c.muted)
            painter.setFont(ui_font(SMALL, semibold=column == self.current))
            painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, MONTHS_SHORT[month])
        painter.restore()

    def _paint_quarter(self, painter: QPainter, rect: QRect, month: int) -> None:
        """The part of the quarter's head that lies over this month."""
        first = FIRST + month // 3 * 3
        left = self.sectionViewportPosition(first)
        width = sum(self.sectionSize(first + i) for i in range(3))
        head = QRect(left, rect.top(), width, UPPER)
        painter.setPen(colours().pane_edge)
        painter.drawLine(rect.left(), head.bottom(), rect.right(), head.bottom())
        if month % 3 == 2:
            painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setClipRect(QRect(rect.left(), rect.top(), rect.width(), UPPER))
        painter.setPen(colours().muted)
        painter.drawText(head, Qt.AlignmentFlag.AlignCenter, QUARTERS[month // 3])
        painter.setClipping(False)
