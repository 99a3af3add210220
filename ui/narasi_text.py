"""The text of a section: paragraphs, lists, bold, italics; nothing else can be typed or pasted."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QToolTip, QWidget

from services.narasi.markup import Paragraph
from services.narasi.placeholders import INSERTS, PLACEHOLDERS
from ui.colours import colours
from ui.fonts import ui_font
from ui.narasi_chips import Chips, placeholders
from ui.narasi_document import (
    HANG,
    LABEL,
    block_format,
    char_format,
    insert_paragraphs,
    is_bold,
    labelled_blocks,
    paragraphs_of,
    set_paragraphs,
)
from ui.narasi_editing import begin_list, indent, leave_list, new_paragraph, toggle_list
from ui.narasi_lists import kind_of
from ui.narasi_paste import mime_of, paragraphs_from

TEXT_PX = 14
MEASURE = 760
"""Pixels that a line is long at most, so that the eye finds the next one."""

_Keys = QKeySequence.StandardKey
_NO_SPECIAL = ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)


class NarasiText(QTextEdit):
    """`value_of(name)` tells the tool tip what a placeholder prints.

    `style_changed`: the caret stands elsewhere, or what stands there looks otherwise. `left`: Esc, the way out of the
    text by keyboard, as Tab sets a paragraph further in.
    """

    style_changed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None, *, read_only: bool = False) -> None:
        super().__init__(parent)
        self.setReadOnly(read_only)
        self.setAccessibleName("Hasil" if read_only else "Teks bagian")
        self.setFont(ui_font(TEXT_PX))
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setTabChangesFocus(read_only)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.document().setDocumentMargin(16)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.value_of: Callable[[str], str] = str
        self._labels: list[str] = []
        self._labelled = -1
        self._chips = Chips(self.document())
        self.cursorPositionChanged.connect(self.style_changed)
        self.currentCharFormatChanged.connect(self.style_changed)

    def set_paragraphs(self, paragraphs: list[Paragraph] | tuple[Paragraph, ...]) -> None:
        """Show other paragraphs; the caret goes to the beginning, and there is nothing to undo."""
        set_paragraphs(self.document(), paragraphs)
        self._labelled = -1
        self.setTextCursor(QTextCursor(self.document()))
        self.verticalScrollBar().setValue(0)

    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs as they stand."""
        return paragraphs_of(self.document())

    def is_bold(self) -> bool:
        """Whether what is typed next is bold."""
        return is_bold(self.currentCharFormat())

    def is_italic(self) -> bool:
        """Whether what is typed next is in italics."""
        return self.currentCharFormat().fontItalic()

    def list_kind(self) -> str:
        """The kind of list that the caret stands in, or ""."""
        return kind_of(self.textCursor().block().blockFormat().stringProperty(LABEL))

    def toggle_bold(self) -> None:
        """What is selected, or typed next, is bold, or not any more."""
        self._toggle(bold=True)

    def toggle_italic(self) -> None:
        """What is selected, or typed next, is in italics, or not any more."""
        self._toggle(bold=False)

    def toggle_list(self, kind: str) -> None:
        """The selected paragraphs become a list of a kind, or are none any more if they are one."""
        toggle_list(self.textCursor(), kind)
        self.style_changed.emit()

    def indent(self, step: int) -> None:
        """Set the selected paragraphs further in (1) or out (-1)."""
        indent(self.textCursor(), step)
        self.style_changed.emit()

    def insert_words(self, text: str) -> None:
        """Put text where the caret is, in the style of what stands there."""
        self.textCursor().insertText(text)
        self.ensureCursorVisible()

    def insert_line(self, text: str) -> None:
        """Put text into a paragraph of its own, behind the one where the caret is; the caret goes below it."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        if cursor.block().text().strip():
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            cursor.insertBlock(block_format(0), char_format())
        cursor.insertText(text, char_format())
        cursor.insertBlock(block_format(0), char_format())
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def labels(self) -> list[str]:
        """The label that each block shows."""
        revision = self.document().revision()
        if self._labelled != revision:
            self._labels = [label for _, label in labelled_blocks(self.document())]
            self._labelled = revision
        return self._labels

    def placeholder_at(self, point: QPoint) -> tuple[str, bool] | None:
        """(name, known) of the placeholder under a point of the viewport."""
        cursor = self.cursorForPosition(point)
        block = cursor.block()
        for start, end, name, known in placeholders(block.text()):
            ends = QTextCursor(block)
            ends.setPosition(block.position() + start)
            left = self.cursorRect(ends)
            ends.setPosition(block.position() + end)
            right = self.cursorRect(ends)
            if left.top() <= point.y() <= right.bottom() and start <= cursor.positionInBlock() <= end:
                return name, known
        return None

    def event(self, event: QEvent) -> bool:
        """Ctrl+B and Ctrl+I are the text's; Ctrl+Z where nothing is being typed is the window's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            document = self.document()
            if (event.matches(_Keys.Undo) and not document.isUndoAvailable()) or (
                event.matches(_Keys.Redo) and not document.isRedoAvailable()
            ):
                event.ignore()
                return False
            if not self.isReadOnly() and (event.matches(_Keys.Bold) or event.matches(_Keys.Italic)):
                event.accept()
                return True
        if event.type() == QEvent.Type.PaletteChange:
            self._chips.rehighlight()
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self.placeholder_at(event.pos())
            QToolTip.showText(event.globalPos(), self.tip(*found) if found else "", self.viewport())
            return True
        return super().viewportEvent(event)

    def tip(self, name: str, known: bool) -> str:
        """What is said about a placeholder."""
        if not known:
            return f"Isian {{{name}}} tidak dikenal dan tercetak seperti tertulis. Pilih dari Sisipkan isian."
        if name in INSERTS:
            return f"{INSERTS[name]}: tercetak di tempat baris ini. Isian ini berdiri sendiri dalam barisnya."
        value = self.value_of(name)
        return f"{PLACEHOLDERS[name]}: {value}" if value else f"{PLACEHOLDERS[name]}: belum diisi"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        had_text = not self.document().isEmpty()
        if self.isReadOnly() or not self._handle(event):
            super().keyPressEvent(event)
            emptied = had_text and self.document().isEmpty()
            if emptied and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self._begin_anew()

    def _begin_anew(self) -> None:
        """A text that was emptied is neither a list nor bold any more."""
        cursor = self.textCursor()
        cursor.joinPreviousEditBlock()
        cursor.setBlockFormat(block_format(0))
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.setCurrentCharFormat(char_format())

    def _handle(self, event: QKeyEvent) -> bool:
        """Do what a key means here; False where it means what it always does."""
        key, plain = event.key(), not event.modifiers() & _NO_SPECIAL
        cursor = self.textCursor()
        if key == Qt.Key.Key_Escape and plain:
            self.left.emit()
            return True
        if event.matches(_Keys.Bold):
            self.toggle_bold()
        elif event.matches(_Keys.Italic):
            self.toggle_italic()
        elif event.matches(_Keys.InsertParagraphSeparator):
            new_paragraph(cursor, self.currentCharFormat())
            self.setTextCursor(cursor)
            self.ensureCursorVisible()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and plain:
            indent(cursor, -1 if key == Qt.Key.Key_Backtab else 1)
        elif not (
            (key == Qt.Key.Key_Backspace and plain and leave_list(cursor))
            or (key == Qt.Key.Key_Space and plain and begin_list(cursor))
        ):
            return False
        self.style_changed.emit()
        return True

    def insertFromMimeData(self, source: QMimeData) -> None:
        paragraphs = paragraphs_from(source)
        if self.isReadOnly() or not paragraphs:
            return
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        form = cursor.block().blockFormat()
        empty = cursor.block().length() == 1 and not form.stringProperty(LABEL) and not form.indent()
        insert_paragraphs(cursor, paragraphs, into_empty=empty)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasHtml()

    def createMimeDataFromSelection(self) -> QMimeData:
        cursor = self.textCursor()
        return mime_of(paragraphs_of(self.document(), cursor.selectionStart(), cursor.selectionEnd()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = min(self.viewport().width(), MEASURE)
        if width != self.lineWrapColumnOrWidth():
            self.setLineWrapColumnOrWidth(width)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        painter.setPen(colours().text)
        metrics = QFontMetricsF(self.font())
        top = self.verticalScrollBar().value()
        block = self.cursorForPosition(QPoint(0, 0)).block()
        labels = self.labels()
        while block.isValid():
            place = block.layout().position() - QPointF(0, top)
            if place.y() > self.viewport().height():
                break
            label = labels[block.blockNumber()]
            line = block.layout().lineAt(0)
            if label and line.isValid():
                left = place.x() + line.x()
                first = min(left - HANG, left - 6 - metrics.horizontalAdvance(label))
                painter.drawText(QPointF(first, place.y() + line.y() + line.ascent()), label)
            block = block.next()

    def _toggle(self, *, bold: bool) -> None:
        """Turn one style on or off: of what is selected, as its first letter is, or of what is typed next."""
        cursor = self.textCursor()
        now = self.currentCharFormat()
        if cursor.hasSelection():
            first = QTextCursor(cursor)
            first.setPosition(cursor.selectionStart() + 1)
            now = first.charFormat()
        change = QTextCharFormat()
        if bold:
            change.setFontWeight(QFont.Weight.Normal if is_bold(now) else QFont.Weight.Bold)
        else:
            change.setFontItalic(not now.fontItalic())
        self.mergeCurrentCharFormat(change)
        self.style_changed.emit()
