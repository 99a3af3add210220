"""How a cell of the schedule is drawn and edited: bars with a hatch that reads in grey, two lines of text at most."""

from functools import lru_cache
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from models.cleaning import TEXT_MAX
from services.aksi import Months
from ui.colours import colours
from ui.fonts import ui_font
from ui.grid_shortcuts import holds_back
from ui.schedule_model import NAMELESS, NOMOR, PERSON, URAIAN, ScheduleModel, month_at
from ui.tree_delegate import two_lines

Index = QModelIndex | QPersistentModelIndex
PADDING = 6
ROW, LINE = 24, 16
BAR_HEIGHT = 14
_HATCH = 5
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SELECTED, _FOCUS = QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_HasFocus


@lru_cache(maxsize=8192)
def fitted(text: str, width: int, heavy: bool) -> tuple[str, ...]:
    """The text in at most two lines of so many pixels; measured once."""
    return tuple(two_lines(text, QFontMetrics(ui_font(semibold=heavy)), width))


def wanted_height(text: str, width: int, *, heavy: bool) -> int:
    """Pixels of a row for a text in its column, one line or two."""
    return ROW + LINE * (len(fitted(text, width - 2 * PADDING, heavy)) - 1)


class PersonBox(QComboBox):
    """The list of positions in a cell. `taken` when one is chosen in the open list; arrows only go through it."""

    taken = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._stepping = False
        self.setAccessibleName("Penanggung jawab")
        self.activated.connect(self._on_activated)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._stepping = True
        super().keyPressEvent(event)
        self._stepping = False

    def _on_activated(self) -> None:
        if not self._stepping:
            self.taken.emit()


class ScheduleDelegate(QStyledItemDelegate):
    """`drawn`: the months that a drag would leave, by rows; they are shown in place of those of the plan."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.drawn: dict[int, Months] = {}
        self._plain, self._bold = ui_font(), ui_font(semibold=True)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, ScheduleModel)
        given: Any = option
        rect: QRect = given.rect
        row, column, c = index.row(), index.column(), colours()
        head = model.group(row) is not None
        current = bool(given.state & _FOCUS)
        chosen = bool(given.state & _SELECTED) and not current
        month = month_at(column)
        quiet = month is not None and (month - 1) // 3 % 2 == 1
        ground = c.rollup if head else c.alternate if quiet else c.base
        painter.fillRect(rect, c.selected_cells if chosen else ground)
        painter.setPen(c.grid_line)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if month is None or month % 3 == 0:
            painter.setPen(c.pane_edge)
        painter.drawLine(rect.topRight(), rect.bottomRight())
        if month is not None:
            marked = self.drawn[row] if row in self.drawn else model.months(row)
            self._paint_bar(painter, rect, month, marked, head=head)
        else:
            self._paint_words(painter, rect, model, row, column, head=head)
        if current:
            painter.setPen(QPen(c.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(28, ROW)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        if index.column() == PERSON:
            return self._person_box(parent, index)
        editor = QLineEdit(parent)
        editor.setFrame(False)
        editor.setFont(ui_font())
        editor.setMaxLength(TEXT_MAX)
        editor.setAccessibleName("Aksi")
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(value), 0))
        elif isinstance(editor, QLineEdit):
            editor.setText(value)

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        value = editor.currentData() if isinstance(editor, QComboBox) else None
        model.setData(index, editor.text() if isinstance(editor, QLineEdit) else value)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        given: Any = option
        editor.setGeometry(
            given.rect.adjusted(0, 0, -1, -1) if index.column() == PERSON else given.rect.adjusted(1, 1, -1, -1)
        )

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter in the list of positions takes the one that it is on; keys of the window wait for the text."""
        if isinstance(editor, QLineEdit) and holds_back(editor, event, lambda: self._take(editor), self._remark):
            return True
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if isinstance(editor, QComboBox) and pressed and event.key() in _ENTER:  # type: ignore[attr-defined]
            self._on_person(editor)
            return True
        return super().eventFilter(editor, event)

    def _take(self, editor: QLineEdit) -> bool:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        return True

    def _remark(self, sentence: str) -> None:
        view = self.parent()
        assert isinstance(view, QTableView)
        model = view.model()
        assert isinstance(model, ScheduleModel)
        model.remark(sentence)

    def _person_box(self, parent: QWidget, index: Index) -> QComboBox:
        model = index.model()
        assert isinstance(model, ScheduleModel)
        box = PersonBox(parent)
        for name, jabatan_id in model.people():
            box.addItem(name, jabatan_id)
        box.taken.connect(lambda: self._on_person(box))
        return box

    def _on_person(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box, QStyledItemDelegate.EndEditHint.NoHint)

    def _paint_words(
        self, painter: QPainter, rect: QRect, model: ScheduleModel, row: int, column: int, *, head: bool
    ) -> None:
        text = model.text(row, column)
        if not text:
            return
        c = colours()
        heavy = head and column == URAIAN
        painter.setFont(self._bold if heavy else self._plain)
        quiet = column == NOMOR or text == NAMELESS or (column == PERSON and model.person(row)[1])
        painter.setPen(c.muted if quiet else c.text)
        box = QRect(rect.left() + PADDING, rect.top() + 4, rect.width() - 2 * PADDING, LINE)
        if column == NOMOR:
            painter.drawText(box, Qt.AlignmentFlag.AlignRight, text)
            return
        lines = fitted(text, box.width(), heavy)
        if len(lines) > 1 and rect.height() < ROW + LINE:
            lines = (painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width()),)
        for i, part in enumerate(lines):
            painter.drawText(box.translated(0, i * LINE), Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextDontClip, part)

    def _paint_bar(self, painter: QPainter, rect: QRect, month: int, marked: Months, *, head: bool) -> None:
        """The part of a bar that lies in this month: hatched with a strong edge; a thin grey line for a group."""
        if month not in marked:
            return
        c = colours()
        starts, ends = month - 1 not in marked, month + 1 not in marked
        left, right = rect.left() + (3 if starts else 0), rect.right() + 1 - (4 if ends else 0)
        if head:
            painter.fillRect(QRect(left, rect.center().y() - 2, right - left, 4), c.muted)
            return
        top = rect.top() + (rect.height() - BAR_HEIGHT) // 2
        bar = QRect(left, top, right - left, BAR_HEIGHT)
        painter.fillRect(bar, c.selection)
        painter.save()
        painter.setClipRect(bar)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(_faded(c.accent), 1.5))
        first = left - left % _HATCH - BAR_HEIGHT
        for x in range(first, right, _HATCH):
            painter.drawLine(QPointF(x, top + BAR_HEIGHT), QPointF(x + BAR_HEIGHT, top))
        painter.restore()
        for y in (top, top + BAR_HEIGHT - 2):
            painter.fillRect(QRectF(left, y, right - left, 2), c.accent)
        if starts:
            painter.fillRect(QRect(left, top, 3, BAR_HEIGHT), c.accent)
        if ends:
            painter.fillRect(QRect(right - 3, top, 3, BAR_HEIGHT), c.accent)


def _faded(colour: QColor) -> QColor:
    faded = QColor(colour)
    faded.setAlpha(120)
    return faded
