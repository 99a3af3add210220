"""How a line of a merge is drawn: its mark, place and field, and each value with a radio mark, who and when."""

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from services.merge_conflicts import Side
from services.merge_lines import Line
from ui.colours import colours
from ui.fonts import SMALL, ui_font
from ui.icons import icon
from ui.indicators import paint_radio
from ui.list_rows import LEFT, Index, paint_selection, write
from ui.marks import paint_mark
from ui.merge_model import DASAR, KITA, MARK, MEREKA, OUTSIDE, TEMPAT, MergeModel
from ui.tree_delegate import two_lines

ROW, LINE, PAD, BAR = 52, 16, 12, 3
RADIO = 34
"""From the left edge of a cell to its value."""

_TAKEN: dict[int, tuple[Side, ...]] = {DASAR: ("dasar",), KITA: ("kita", "keduanya"), MEREKA: ("mereka", "keduanya")}
"""Column -> choices with which its value counts."""
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
        line, column, c = self._model.lines[index.row()], index.column(), colours()
        side = self._model.preview.side(line)
        taken = side is not None and side in _TAKEN.get(column, ())
        chosen = paint_selection(painter, option)
        if not chosen and taken and line.choosable:
            painter.fillRect(rect, c.selected_cells)
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), c.grid_line)
        if column in (KITA, MEREKA):
            painter.fillRect(QRect(rect.x(), rect.y(), 1, rect.height()), c.grid_line)
        if column == MARK:
            if chosen:
                painter.fillRect(QRect(rect.x(), rect.y(), BAR, rect.height()), c.accent)
            _paint_sign(painter, rect, line, settled=side is not None)
        elif column == TEMPAT:
            _paint_place(painter, rect.adjusted(PAD, 0, -PAD, 0), line, self._model.preview.tied(line))
        elif column == DASAR and not line.may_go_back:
            _paint_value(painter, rect.adjusted(PAD, 0, -PAD, 0), line.dasar, "", line.number, c.muted)
        else:
            self._paint_side(painter, rect, line, column, taken=taken)

    def _paint_side(self, painter: QPainter, rect: QRect, line: Line, column: int, *, taken: bool) -> None:
        if line.choosable and not (column == MEREKA and line.tutup):
            paint_radio(painter, QRect(rect.x() + PAD, rect.y(), 14, rect.height()), taken)
        value, when = {
            DASAR: (line.dasar, ""),
            KITA: (line.kita, line.saat_kita),
            MEREKA: (line.mereka, line.saat_mereka),
        }[column]
        colour = colours().text if column == MEREKA or line.konflik is not None else colours().muted
        room = rect.adjusted(RADIO, 0, -PAD, 0)
        bold = taken and line.konflik is not None
        if source := self._model.source(line, column):
            _paint_sourced(painter, room, value, f"{source}  ·  {when}" if when else source, line.number, colour, bold)
        else:
            _paint_value(painter, room, value, when, line.number, colour, bold=bold)


def _paint_sign(painter: QPainter, rect: QRect, line: Line, *, settled: bool) -> None:
    place = QRect(rect.x() + PAD - 1, rect.center().y() - 6, 12, 12)
    if line.konflik is not None and not settled:
        paint_mark(painter, place, "peringatan")
    elif line.konflik is not None:
        icon("check", role="in_order").paint(painter, place.adjusted(-1, -1, 2, 2))
    elif line.outside:
        paint_mark(painter, place, "catatan")


def _paint_place(painter: QPainter, room: QRect, line: Line, tie: str) -> None:
    c = colours()
    upper = QRect(room.x(), room.y() + 10, room.width(), LINE)
    _write(painter, upper, line.place, c.text, ui_font())
    lower = upper.translated(0, LINE)
    if tie or line.tutup:
        words = f"{line.field}  ·  {tie or line.tutup}"
        if not tie and QFontMetrics(ui_font(SMALL)).horizontalAdvance(words) > room.width():
            words = f"{line.field}  ·  {line.tutup.removeprefix('periode ')}"
        _write(painter, lower, words, c.muted, ui_font(SMALL))
    elif line.outside:
        words = f"{line.field}  ·  {OUTSIDE}"
        _write(painter, lower, words, c.peringatan, ui_font(SMALL))
    else:
        _write(painter, lower, line.field, c.muted, ui_font(SMALL))


def _paint_value(
    painter: QPainter, room: QRect, value: str, when: str, number: bool, colour: QColor, *, bold: bool = False
) -> None:
    """A value over who and when; a text that is too long for one line takes both lines."""
    font = ui_font(semibold=bold)
    side = _RIGHT if number else LEFT
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


def _paint_sourced(
    painter: QPainter, room: QRect, value: str, source: str, number: bool, colour: QColor, bold: bool
) -> None:
    """A value in up to two lines, and always under it whose it is."""
    font = ui_font(semibold=bold)
    side = _RIGHT if number else LEFT
    lines = [value] if number else two_lines(value, QFontMetrics(font), room.width())
    at = QRect(room.x(), room.y() + (ROW - LINE * (len(lines) + 1)) // 2, room.width(), LINE)
    for i, text in enumerate(lines):
        _write(painter, at.translated(0, LINE * i), text, colour, font, side)
    _write(painter, at.translated(0, LINE * len(lines)), source, colours().muted, ui_font(SMALL), side)


def _write(
    painter: QPainter, room: QRect, text: str, colour: QColor, font: QFont, side: Qt.AlignmentFlag = LEFT
) -> None:
    write(painter, room, " ".join(text.split()), colour, font, side)
