"""How a line of a merge is drawn: its mark, place and field, and each value with a radio mark, who and when."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from services.merge_lines import Line
from ui.colours import colours
from ui.fonts import SMALL, ui_font
from ui.icons import icon
from ui.indicators import paint_radio
from ui.marks import paint_mark
from ui.merge_model import DASAR, KITA, MARK, MEREKA, OUTSIDE, TEMPAT, MergeModel
from ui.tree_delegate import two_lines

Index = QModelIndex | QPersistentModelIndex
ROW, LINE, PAD, BAR = 52, 16, 12, 3
RADIO = 34
"""From the left edge of a cell to its value."""

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class MergeDelegate(QStyledItemDelegate):
    """Fills and draws text only."""

    def __init__(self, model: MergeModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        focused = option.widget is None or option.widget.hasFocus()  # type: ignore[attr-defined]
        line, column, c = self._model.lines[index.row()], index.column(), colours()
        side = self._model.preview.side(line)
        taken = (column == KITA and side in ("kita", "keduanya")) or (
            column == MEREKA and side in ("mereka", "keduanya")
        )
        if chosen:
            painter.fillRect(rect, c.selection if focused else c.selection_inactive)
        elif taken and line.choosable:
            painter.fillRect(rect, c.selected_cells)
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), c.grid_line)
        if column in (KITA, MEREKA):
            painter.fillRect(QRect(rect.x(), rect.y(), 1, rect.height()), c.grid_line)
        if column == MARK:
            if chosen:
                painter.fillRect(QRect(rect.x(), rect.y(), BAR, rect.height()), c.accent)
            _paint_sign(painter, rect, line, settled=side is not None)
        elif column == TEMPAT:
            _paint_place(painter, rect.adjusted(PAD, 0, -PAD, 0), line)
        elif column == DASAR:
            _paint_value(painter, rect.adjusted(PAD, 0, -PAD, 0), line.dasar, "", line.number, c.muted)
        else:
            self._paint_side(painter, rect, line, column, taken=taken)

    def _paint_side(self, painter: QPainter, rect: QRect, line: Line, column: int, *, taken: bool) -> None:
        if line.choosable:
            paint_radio(painter, QRect(rect.x() + PAD, rect.y(), 14, rect.height()), taken)
        value, when = (line.kita, line.saat_kita) if column == KITA else (line.mereka, line.saat_mereka)
        colour = colours().text if column == MEREKA or line.konflik is not None else colours().muted
        room = rect.adjusted(RADIO, 0, -PAD, 0)
        _paint_value(painter, room, value, when, line.number, colour, bold=taken and line.konflik is not None)


def _paint_sign(painter: QPainter, rect: QRect, line: Line, *, settled: bool) -> None:
    place = QRect(rect.x() + PAD - 1, rect.center().y() - 6, 12, 12)
    if line.konflik is not None and not settled:
        paint_mark(painter, place, "peringatan")
    elif line.konflik is not None:
        icon("check", role="in_order").paint(painter, place.adjusted(-1, -1, 2, 2))
    elif line.outside:
        paint_mark(painter, place, "catatan")


def _paint_place(painter: QPainter, room: QRect, line: Line) -> None:
    c = colours()
    upper = QRect(room.x(), room.y() + 10, room.width(), LINE)
    _write(painter, upper, line.place, c.text, ui_font())
    lower = upper.translated(0, LINE)
    if line.outside:
        words = f"{line.field}  ·  {OUTSIDE}"
        _write(painter, lower, words, c.peringatan, ui_font(SMALL))
    else:
        _write(painter, lower, line.field, c.muted, ui_font(SMALL))


def _paint_value(
    painter: QPainter, room: QRect, value: str, when: str, number: bool, colour: QColor, *, bold: bool = False
) -> None:
    """A value over who and when; a text that is too long for one line takes both lines."""
    font = ui_font(semibold=bold)
    side = _RIGHT if number else _LEFT
    if not when:
        lines = [value] if number else two_lines(value, QFontMetrics(font), room.width())
        top = room.y() + (ROW - LINE * len(lines)) // 2
        for i, text in enumerate(lines):
            _write(painter, QRect(room.x(), top + i * LINE, room.width(), LINE), text, colour, font, side)
        return
    upper = QRect(room.x(), room.y() + 10, room.width(), LINE)
    if not number and QFontMetrics(font).horizontalAdvance(value) > room.width():
        for i, text in enumerate(two_lines(value, QFontMetrics(font), room.width())):
            _write(painter, upper.translated(0, LINE * i), text, colour, font)
        return
    _write(painter, upper, value, colour, font, side)
    _write(painter, upper.translated(0, LINE), when, colours().muted, ui_font(SMALL), side)


def _write(
    painter: QPainter, room: QRect, text: str, colour: QColor, font: QFont, side: Qt.AlignmentFlag = _LEFT
) -> None:
    metrics = QFontMetrics(font)
    painter.setFont(font)
    painter.setPen(colour)
    cut = metrics.elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, side | Qt.TextFlag.TextSingleLine, cut)
