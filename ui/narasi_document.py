"""A section's paragraphs as a QTextDocument and back.

A block carries its label in its format: as typed where it begins a list, else only the kind in which it carries on the
block before it. So a list stays numbered when blocks come, go or are joined, and also when that is undone.
"""

from collections.abc import Iterable, Iterator

from PySide6.QtGui import QFont, QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat

from services.forms.parts import Run
from services.narasi.markup import Paragraph
from ui.narasi_lists import alike, first_like, following, follows

LABEL = QTextFormat.Property.UserProperty + 1
CARRIES_ON = QTextFormat.Property.UserProperty + 2
HANG = 28
"""Pixels from a label's left edge to its text, and of each level."""

_LINE, _PARAGRAPH = "\u2028", "\u2029"
_PLAIN = {ord("\n"): _LINE, ord(_PARAGRAPH): _LINE, ord("\r"): _LINE, 0xFDD0: None, 0xFDD1: None, 0xFFFC: None, 0: None}
_GAP, _ITEM_GAP = 10, 4
_LINE_HEIGHT = 115


class Numbering:
    """Goes down the blocks of a document and knows the label of each."""

    def __init__(self) -> None:
        self._last: dict[int, str] = {}

    def next(self, level: int, label: str, carries_on: str) -> str:
        """The label that a block shows, given what its format holds."""
        for deeper in [at for at in self._last if at > level or (at == level and not label)]:
            del self._last[deeper]
        if not label:
            return ""
        before = self._last.get(level, "")
        if carries_on:
            label = following(before, carries_on) if alike(before, label, carries_on) else first_like(label)
        self._last[level] = label
        return label

    def before(self, level: int) -> str:
        """The label that a new block of this level would carry on, or ""."""
        return self._last.get(level, "")


def block_format(level: int, label: str = "", carries_on: str = "") -> QTextBlockFormat:
    """How a paragraph stands: set in by its level, with room for a label."""
    form = QTextBlockFormat()
    form.setIndent(level)
    form.setTopMargin(0 if label else _GAP)
    form.setBottomMargin(_ITEM_GAP if label else _GAP)
    form.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if label:
        form.setLeftMargin(HANG)
        form.setProperty(LABEL, label)
        form.setProperty(CARRIES_ON, carries_on)
    return form


def char_format(*, bold: bool = False, italic: bool = False) -> QTextCharFormat:
    """The only two things that letters may be."""
    form = QTextCharFormat()
    if bold:
        form.setFontWeight(QFont.Weight.Bold)
    if italic:
        form.setFontItalic(True)
    return form


def is_bold(form: QTextCharFormat) -> bool:
    """Whether letters are bold."""
    return form.fontWeight() >= QFont.Weight.DemiBold


def set_paragraphs(document: QTextDocument, paragraphs: Iterable[Paragraph]) -> None:
    """Fill a document anew; it has nothing to undo afterwards."""
    document.setUndoRedoEnabled(False)
    document.clear()
    document.setIndentWidth(HANG)
    insert_paragraphs(QTextCursor(document), list(paragraphs), into_empty=True)
    document.setUndoRedoEnabled(True)
    document.setModified(False)


def insert_paragraphs(cursor: QTextCursor, paragraphs: list[Paragraph], *, into_empty: bool = False) -> None:
    """Put paragraphs at the cursor, in one undo step; the first goes into its block, whose place in a list it keeps.

    `into_empty`: the block holds nothing and takes over the place of the first paragraph.
    """
    cursor.beginEditBlock()
    numbering = Numbering()
    for at, paragraph in enumerate(paragraphs or [Paragraph(())]):
        before = numbering.before(paragraph.level)
        carries_on = follows(paragraph.label, before)
        form = block_format(paragraph.level, paragraph.label, carries_on)
        numbering.next(paragraph.level, paragraph.label, carries_on)
        if at:
            cursor.insertBlock(form, char_format())
        elif into_empty:
            cursor.setBlockFormat(form)
            cursor.setBlockCharFormat(char_format())
        for run in paragraph.runs:
            cursor.insertText(run.text.translate(_PLAIN), char_format(bold=run.bold, italic=run.italic))
    cursor.endEditBlock()


def paragraphs_of(document: QTextDocument, first: int = 0, last: int | None = None) -> list[Paragraph]:
    """The paragraphs between two positions (UTF-16, as a cursor counts), by default all."""
    end = document.characterCount() if last is None else last
    found = []
    for block, label in labelled_blocks(document):
        start = block.position()
        if start + block.length() <= first or start > end:
            continue
        runs = tuple(_runs(block, first, end))
        found.append(Paragraph(runs, "" if start < first else label, block.blockFormat().indent()))
    return found


def labelled_blocks(document: QTextDocument) -> Iterator[tuple[QTextBlock, str]]:
    """Each block with the label that it shows."""
    numbering = Numbering()
    block = document.begin()
    while block.isValid():
        form = block.blockFormat()
        label = form.stringProperty(LABEL)
        yield block, numbering.next(form.indent(), label, form.stringProperty(CARRIES_ON))
        block = block.next()


def numbering_above(block: QTextBlock) -> Numbering:
    """What the labels are when the blocks above one have been read."""
    numbering = Numbering()
    at = block.document().begin()
    while at.isValid() and at != block:
        form = at.blockFormat()
        numbering.next(form.indent(), form.stringProperty(LABEL), form.stringProperty(CARRIES_ON))
        at = at.next()
    return numbering


def _runs(block: QTextBlock, first: int, end: int) -> Iterator[Run]:
    pieces = block.begin()
    while not pieces.atEnd():
        piece = pieces.fragment()
        start, form = piece.position(), piece.charFormat()
        text = piece.text()
        if start < first or start + piece.length() > end:
            text = _slice(text, first - start, end - start)
        if text:
            yield Run(text.replace(_LINE, "\n"), is_bold(form), form.fontItalic())
        pieces += 1


def _slice(text: str, first: int, last: int) -> str:
    """A part of a text, counted in UTF-16 as Qt does."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * max(first, 0) : 2 * max(last, 0)].decode("utf-16-le", "surrogatepass")
