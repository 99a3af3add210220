"""How a row of a tree is drawn: number, two lines of text at most, and the findings of its branch."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from ui import roles
from ui.colours import colours
from ui.fonts import SMALL, ui_font
from ui.icons import icon
from ui.marks import paint_mark
from ui.tree_model import ICON_WIDTH, LINE, NUMBER_WIDTH, ROW, SELISIH, TreeModel

if TYPE_CHECKING:
    from ui.nomenclature_completion import Completion
    from ui.session import Session

Index = QModelIndex | QPersistentModelIndex
__all__ = ["LINE", "ROW", "TreeDelegate", "matches", "two_lines"]
_ONE_LINE, _TWO_LINES, _OTHER_COLUMN = QSize(120, ROW), QSize(120, ROW + LINE), QSize(40, ROW)


@lru_cache(maxsize=32768)
def fitted(text: str, width: int) -> list[str]:
    """The text of a row in at most two lines of `width` pixels."""
    return two_lines(text, QFontMetrics(ui_font()), width)


def matches(line: str, words: tuple[str, ...]) -> list[tuple[int, int]]:
    """(first, last + 1) of each place in a line where one of the words stands, in small letters."""
    folded = line.casefold()
    if len(folded) != len(line):
        return []
    return [(at, at + len(word)) for word in words for at in range(len(folded)) if folded.startswith(word, at)]


def two_lines(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """The text in at most two lines of `width` pixels; the second ends in an ellipsis where more would follow."""
    text = " ".join(text.split())
    if metrics.horizontalAdvance(text) <= width:
        return [text]
    layout = QTextLayout(text, ui_font())
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(max(width, 1))
    layout.endLayout()
    cut = line.textStart() + line.textLength()
    first, rest = text[:cut].strip(), text[cut:].strip()
    first = metrics.elidedText(first, Qt.TextElideMode.ElideRight, width)
    if not rest:
        return [first]
    return [first, metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)]


class TreeDelegate(QStyledItemDelegate):
    """Fills and draws text only: Fusion's own painting of items is not used.

    `session`: where the tree is that of a plan, whose budget lines are named from the nomenclature.
    """

    session: Session | None = None
    _completion: Completion | None = None

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = super().createEditor(parent, option, index)
        self._completion = None
        if self.session is not None and isinstance(editor, QLineEdit) and index.data(roles.KIND) == "anggaran":
            from models.rows import Anggaran
            from ui.nomenclature_completion import Completion

            plan, row_id = self.session.plan, index.data(roles.ROW_ID)
            self._completion = Completion(
                editor, self.session, lambda: plan.find(Anggaran, row_id), lambda: self.closeEditor.emit(editor)
            )
        return editor

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._completion is not None and self._completion.eventFilter(watched, event):
            return True
        return super().eventFilter(watched, event)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view, model = option.widget, index.model()  # type: ignore[attr-defined]
        if index.column() != 0:
            return _OTHER_COLUMN
        # Asked for each row that a far jump passes: in the plan's trees no roles, no walking up by index.
        text, indent, depth = model.measures(index) if isinstance(model, TreeModel) else _measures(index)
        width = 200
        if isinstance(view, QTreeView):
            width = view.columnWidth(0) - depth * view.indentation() - indent - 4
        return _TWO_LINES if len(fitted(text, width)) > 1 else _ONE_LINE

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        c = colours()
        if chosen:
            focused = option.widget is None or option.widget.hasFocus()  # type: ignore[attr-defined]
            painter.fillRect(rect, c.selection if focused else c.selection_inactive)
        if index.column() == 0:
            self._paint_text(painter, rect, index)
        elif index.column() == index.model().columnCount() - 1:
            if index.data(roles.LEVEL) is not None:
                self._paint_badge(painter, rect, index)
        else:
            text = index.data() or ""
            off = index.column() == SELISIH and text not in ("", "0")
            painter.setPen(c.peringatan if off else c.muted if index.data(roles.KIND) != "anggaran" else c.text)
            painter.setFont(ui_font(semibold=off))
            painter.drawText(_line(rect.adjusted(0, 0, -4, 0), 0), Qt.AlignmentFlag.AlignRight, text)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        editor.setGeometry(rect.left() + _indent(index) - 4, rect.top(), rect.width() - _indent(index) + 4, ROW)

    def _paint_text(self, painter: QPainter, rect: QRect, index: Index) -> None:
        c = colours()
        left = rect.left() + _indent(index)
        if index.data(roles.KIND) == "indikator":
            icon("gauge", role="muted").paint(painter, QRect(QPoint(rect.left() + 2, rect.top() + 4), QSize(16, 16)))
        painter.setFont(ui_font())
        number = index.data(roles.NUMBER)
        if number:
            painter.setPen(c.muted)
            box = QRect(rect.left(), rect.top() + 4, NUMBER_WIDTH - 4, LINE)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine, number)
        model = index.model()
        words, cut = (model.words, model.cut) if isinstance(model, TreeModel) else ((), ())
        font = ui_font()
        waits = index.data(roles.ROW_ID) in cut
        font.setItalic(waits)
        painter.setFont(font)
        painter.setPen(c.muted if waits or index.data(roles.KIND) is None else c.text)
        width = rect.right() - left - 4
        for i, line in enumerate(fitted(index.data() or "", width)):
            box = _line(QRect(left, rect.top(), width + 4, rect.height()), i)
            if words:
                _mark_matches(painter, box, line, words)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft, line)

    def _paint_badge(self, painter: QPainter, rect: QRect, index: Index) -> None:
        level = index.data(roles.LEVEL)
        count = str(index.data(roles.COUNT))
        painter.setFont(ui_font(SMALL))
        painter.setPen(colours().level(level))
        box = _line(rect.adjusted(0, 0, -8, 0), 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        width = QFontMetrics(ui_font(SMALL)).horizontalAdvance(count)
        paint_mark(painter, QRect(box.right() - width - 16, box.top() + 2, 12, 12), level)


def _measures(index: Index) -> tuple[str, int, int]:
    """As TreeModel.measures, from the roles of any model."""
    depth, at = 1, index.parent()
    while at.isValid():
        depth, at = depth + 1, at.parent()
    return index.data() or "", _indent(index), depth


def _indent(index: Index) -> int:
    if index.data(roles.KIND) == "indikator":
        return ICON_WIDTH
    return NUMBER_WIDTH if index.data(roles.NUMBER) else 0


def _mark_matches(painter: QPainter, box: QRect, line: str, words: tuple[str, ...]) -> None:
    """A tinted ground and a line under each match, so that colour is not all that tells it."""
    metrics = painter.fontMetrics()
    accent = colours().accent
    ground = QColor(accent)
    ground.setAlpha(48)
    for start, end in matches(line, words):
        left = box.left() + metrics.horizontalAdvance(line[:start])
        width = metrics.horizontalAdvance(line[:end]) - metrics.horizontalAdvance(line[:start])
        painter.fillRect(QRect(left, box.top(), width, LINE), ground)
        painter.fillRect(QRect(left, box.top() + LINE - 1, width, 1), accent)


def _line(rect: QRect, number: int) -> QRect:
    """The place of a line of text in a row."""
    return QRect(rect.left(), rect.top() + 4 + number * LINE, rect.width(), LINE)
