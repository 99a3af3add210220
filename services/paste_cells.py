"""Cells as a clipboard carries them, and blocks of them as tab-separated text. No Qt."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

MAX_ROWS, MAX_COLUMNS = 10_000, 200
"""The largest block that is read; what is beyond it is cut off."""

_CELL = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"(?=[\t\n]|\Z)|([^\t\n]*)')
_COMMAND = re.compile(r"'*[=+\-@]")
_HARMLESS = re.compile(r"[-+] ?[0-9.,]*%?|-")


class Pasted(str):
    """What the user saw in a cell. `number`: what is behind it, unrounded, where the clipboard tells; 25% has 0.25."""

    __slots__ = ("number",)
    number: Decimal | None

    def __new__(cls, text: str, number: Decimal | None = None) -> "Pasted":
        made = super().__new__(cls, text)
        made.number = number
        return made


class _Missing(Pasted):
    """What a shorter row lacks."""

    __slots__ = ()


MISSING = _Missing("")
"""In place of a cell that a shorter row does not have; what it would go to stays as it is."""


def is_missing(cell: str) -> bool:
    """Whether the row was too short for this cell. An empty cell is none such."""
    return isinstance(cell, _Missing)


class Block(list[list[str]]):
    """Rows of cells, all of one length: what shorter ones lack is MISSING, and all of a blank line is.

    `source`: "Excel", "LibreOffice" or ""; `cut`: there was more than is read.
    """

    def __init__(self, rows: Iterable[Sequence[str]] = (), *, source: str = "", cut: bool = False) -> None:
        rows = [list(row) for row in rows]
        width = max((len(row) for row in rows), default=0)
        rows = [[] if width > 1 and row == [""] else row for row in rows]
        size = min(width, MAX_COLUMNS)
        super().__init__([*row[:MAX_COLUMNS], *[MISSING] * (size - len(row))] for row in rows[:MAX_ROWS])
        self.source = source
        self.cut = cut or len(rows) > MAX_ROWS or width > MAX_COLUMNS


def number_of(cell: str) -> Decimal | None:
    """The number behind a cell; None for a plain str."""
    return cell.number if isinstance(cell, Pasted) else None


def read_tsv(text: str) -> Block:
    """Read tab-separated text as spreadsheets copy it.

    A cell in quotes may hold line breaks, tabs and doubled quotes; a quote that is not closed before a tab or a line
    break is part of the text. One line break at the end closes the last row. A text without any cell is no block.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\0")
    if not text:
        return Block()
    text = text.removesuffix("\n")
    if '"' not in text:
        lines = text.split("\n", MAX_ROWS)
        return Block(
            [[_unarmed(cell) for cell in line.split("\t", MAX_COLUMNS)[:MAX_COLUMNS]] for line in lines[:MAX_ROWS]],
            cut=len(lines) > MAX_ROWS or any(line.count("\t") >= MAX_COLUMNS for line in lines[:MAX_ROWS]),
        )
    rows: list[list[str]] = [[]]
    at = 0
    while len(rows) <= MAX_ROWS:
        match = _CELL.match(text, at)
        assert match is not None
        quoted, plain = match.groups()
        rows[-1].append(_unarmed(plain if quoted is None else quoted.replace('""', '"')))
        at = match.end()
        if at >= len(text):
            break
        if text[at] == "\n":
            rows.append([])
        at += 1
    return Block(rows)


def write_tsv(texts: Sequence[Sequence[str]]) -> str:
    """Tab-separated text with a line break behind each row.

    A text that a spreadsheet would run as a formula gets an apostrophe in front, as one types it there; `read_tsv`
    takes it off again.
    """
    return "".join("\t".join(map(_written, row)) + "\n" for row in texts)


def is_command(text: str) -> bool:
    """Whether a spreadsheet would take a text for a formula; numbers with a sign and a lone dash are none."""
    return text[:1] in ("=", "+", "-", "@") and _HARMLESS.fullmatch(text) is None


def _written(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if is_command(text) or (text[:1] == "'" and _COMMAND.match(text)):
        text = f"'{text}"
    if text[:1] == '"' or "\t" in text or "\n" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def _unarmed(text: str) -> str:
    return text[1:] if text[:1] == "'" and _COMMAND.match(text) else text
