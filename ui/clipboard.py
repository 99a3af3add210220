"""Blocks of cells on the clipboard, as spreadsheets put them there and take them from it."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from services.paste_cells import Block, Pasted, is_missing, read_tsv, write_tsv

__all__ = ["Block", "Pasted", "read", "settle", "write"]

_QUOTED = "application/x-libreoffice-tsvc"
_PLAIN = "text/plain"


def read(mime: QMimeData) -> Block:
    """The cells on the clipboard: rows of equal length (`paste_cells.MISSING`), [] when there is no text.

    HTML is preferred when it is nothing but a table, as it knows merged cells and the numbers behind the texts
    (`Pasted.number`); else tab-separated text. A cell that Excel shows as #### has its text from there, too.
    At most 10,000 rows and 200 columns are read (`Block.cut`).
    """
    from services.paste_html import read_html

    plain = read_tsv(_text(mime))
    html = read_html(_decoded(bytes(mime.data("text/html").data())) or mime.html()) if mime.hasHtml() else None
    if html is None:
        return plain
    if len(plain) == len(html) and all(len(a) == len(b) for a, b in zip(plain, html, strict=True)):
        rows = [[_merged(*cells) for cells in zip(*pair, strict=True)] for pair in zip(html, plain, strict=True)]
        return Block(rows, source=html.source, cut=html.cut)
    return html


def write(texts: Sequence[Sequence[str]], *, numbers: Sequence[Sequence[str | None]] | None = None) -> QMimeData:
    """A block for the clipboard, as tab-separated text and as an HTML table.

    Args:
        numbers: for each cell the number that its text shows, as a plain decimal ("1234.5"; 25% is "25"), or None.
            Excel and LibreOffice take these cells as numbers, all others as texts: one that begins with = is no
            formula.
    """
    from services.paste_html import write_html

    mime = QMimeData()
    mime.setText(write_tsv(texts))
    mime.setHtml(write_html(texts, numbers))
    return mime


def _merged(shown: str, plain: str) -> str:
    """A cell of the table, its spaces as in the plain text, which also has what does not fit into Excel's column."""
    assert isinstance(shown, Pasted)
    if is_missing(shown) and not plain:
        return shown
    narrow = shown.startswith("##") and not shown.strip("#") and plain.strip("# ")
    same = shown.split() == plain.split() and ("\n" not in shown or "\n" in plain)
    return Pasted(plain, shown.number) if narrow or same else shown


def _text(mime: QMimeData) -> str:
    if mime.hasFormat(_QUOTED):
        return bytes(mime.data(_QUOTED).data()).decode("utf-8", "replace")
    return _decoded(bytes(mime.data(_PLAIN).data())) or mime.text()


def _decoded(data: bytes) -> str:
    """What old programs put there in UTF-16; "" where it is not that."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace").rstrip("\0")
    if len(data) >= 4 and not len(data) % 2 and data[1::2].count(0) * 5 > len(data) and 0 not in data[:-2:2]:
        return data.decode("utf-16-le", "replace").rstrip("\0")
    return ""


def settle() -> None:
    """Leave only the text of what this program has copied, before it ends.

    PySide's own mime data outlives the interpreter on the clipboard, and taking it away then ends in a crash.
    """
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard() or QGuiApplication.platformName() == "offscreen":
        clipboard.setText(clipboard.text())
