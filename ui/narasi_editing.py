"""Lists and indentation in a narrative's document: what the keys do to the paragraphs around the caret."""

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor

from services.narasi.markup import DEEPEST
from ui.narasi_document import CARRIES_ON, LABEL, block_format, numbering_above
from ui.narasi_lists import FIRSTS, follows, is_label, kind_of, label_for_level, opening_kind


def toggle_list(cursor: QTextCursor, kind: str) -> None:
    """The selected paragraphs become a list of a kind (NUMBER, LETTER, BULLET), or none if all are one already."""
    blocks = _blocks(cursor)
    off = all(kind_of(_label(block)) == kind for block in blocks)
    cursor.beginEditBlock()
    for block in blocks:
        level = block.blockFormat().indent()
        _set_format(block, block_format(level) if off else block_format(level, FIRSTS[kind], kind))
    cursor.endEditBlock()


def indent(cursor: QTextCursor, step: int) -> None:
    """Set the selected paragraphs one level further in (1) or out (-1); an item joins the list of its new level."""
    blocks = _blocks(cursor)
    numbering = numbering_above(blocks[0])
    cursor.beginEditBlock()
    for block in blocks:
        form = block.blockFormat()
        level, label, kind = form.indent(), _label(block), form.stringProperty(CARRIES_ON)
        if 0 <= level + step <= DEEPEST:
            level += step
            if label:
                label = numbering.before(level) or label_for_level(level, label)
                kind = opening_kind(label)
            _set_format(block, block_format(level, label, kind))
        numbering.next(level, label, kind)
    cursor.endEditBlock()


def new_paragraph(cursor: QTextCursor, style: QTextCharFormat) -> None:
    """Enter: the next item of the list; in an empty item, out of it."""
    block = cursor.block()
    form, label = block.blockFormat(), _label(block)
    if label and block.length() == 1 and not cursor.hasSelection():
        if form.indent():
            indent(cursor, -1)
        else:
            _set_format(block, block_format(0))
        return
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    form, label = cursor.blockFormat(), _label(cursor.block())
    cursor.insertBlock(
        block_format(form.indent(), label, form.stringProperty(CARRIES_ON) or opening_kind(label)), style
    )
    cursor.endEditBlock()


def leave_list(cursor: QTextCursor) -> bool:
    """Backspace at the beginning of an item takes its label, then a level; False where there is neither."""
    block = cursor.block()
    level, label = block.blockFormat().indent(), _label(block)
    if cursor.hasSelection() or not cursor.atBlockStart() or not (label or level):
        return False
    if label:
        _set_format(block, block_format(level))
    else:
        indent(cursor, -1)
    return True


def begin_list(cursor: QTextCursor) -> bool:
    """The space behind "1." or "-" at the beginning of a paragraph makes it a list; False where it is just a space."""
    block = cursor.block()
    word = block.text()[: cursor.positionInBlock()]
    if cursor.hasSelection() or not is_label(word) or _label(block):
        return False
    level = block.blockFormat().indent()
    carries_on = follows(word, numbering_above(block).before(level))
    cursor.beginEditBlock()
    cursor.setPosition(block.position(), QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    cursor.setBlockFormat(block_format(level, word, carries_on))
    cursor.endEditBlock()
    return True


def _label(block: QTextBlock) -> str:
    return block.blockFormat().stringProperty(LABEL)


def _set_format(block: QTextBlock, form: QTextBlockFormat) -> None:
    QTextCursor(block).setBlockFormat(form)


def _blocks(cursor: QTextCursor) -> list[QTextBlock]:
    """The blocks that are selected, in part or whole, or the one with the caret."""
    document = cursor.document()
    block, last = document.findBlock(cursor.selectionStart()), document.findBlock(cursor.selectionEnd())
    blocks = [block]
    while block != last:
        block = block.next()
        blocks.append(block)
    return blocks
