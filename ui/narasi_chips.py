"""Placeholders in the text of a section: known ones on a ground of their own, unknown ones underlined."""

import re
from collections.abc import Iterator

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from services.narasi.placeholders import INSERTS, PLACEHOLDERS, unknown
from ui.colours import colours

_BRACES = re.compile(r"\{([^{}\s]{1,40})\}")


def placeholders(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """(start, end, name, known) of each placeholder in a text."""
    for found in _BRACES.finditer(text):
        name = found[1]
        known = name in PLACEHOLDERS or name in INSERTS
        if known or unknown(found[0]):
            yield found.start(), found.end(), name, known


class Chips(QSyntaxHighlighter):
    """Follows the palette when `rehighlight` is called."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)

    def highlightBlock(self, text: str) -> None:
        if "{" not in text:
            return
        narrow = text.isascii()
        forms = {True: _known(), False: _unknown()}
        for start, end, _, known in placeholders(text):
            first = start if narrow else _units(text[:start])
            self.setFormat(first, end - start, forms[known])


def _known() -> QTextCharFormat:
    c = colours()
    form = QTextCharFormat()
    form.setBackground(c.selected_cells)
    form.setForeground(c.accent)
    return form


def _unknown() -> QTextCharFormat:
    form = QTextCharFormat()
    form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    form.setUnderlineColor(QColor(colours().galat))
    return form


def _units(text: str) -> int:
    """The length as Qt counts it, in UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
