"""A table on paper narrower than it was drawn for: all of it in smaller type, before single cells differ in size."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from services.forms.parts import Cell, Row, Table
from services.render.fonts import Font, face
from services.render.sheets import MM
from services.render.sizing import sized_table
from services.render.slots import LEAST_PADDING, NUMBER
from services.render.wrapping import clean, longest_part

_LEAST: Final = 0.5
_NARROW: Final = 16
"""A column of so many sizes or more has room for any word."""
_LONGEST: Final = 40
"""What is longer is no single word or number that must fit."""

_Style = tuple[int, int, bool, bool, float]


def narrowed(table: Table, edges: Sequence[float]) -> Table:
    """The table with its rows in one smaller size where its words do not fit between `edges` (pt) as in its own widths.

    What must fit are the words of its header and, of the rows below, the numbers and the texts of one word, such as a
    month. What does not fit in the column's own millimetres either counts as if it just did: on paper as wide as the
    table was drawn for nothing changes. The size is halved at most; the titles keep theirs. Linear in the cells, of
    which each distinct text in a narrow column is measured once.
    """
    own = sum(table.widths) * MM
    if edges[-1] - edges[0] >= own * (1 - 1e-6):
        return table
    factor = min((_share(table, edges, style, texts) for style, texts in _texts(table, edges)), default=1.0)
    if factor >= 1:
        return table
    return replace(sized_table(table, max(factor, _LEAST)), title=table.title)


def _texts(table: Table, edges: Sequence[float]) -> Iterator[tuple[_Style, set[str]]]:
    """What must fit, by columns and style."""
    heads: dict[_Style, set[str]] = {}
    bodies: dict[_Style, set[str]] = {}
    _collect(table, table.header, heads)
    for block in (*table.body, table.total):
        _collect(table, block, bodies)
    for style, texts in heads.items():
        yield style, texts
    for style, texts in bodies.items():
        col, end, _, _, size = style
        if edges[end] - edges[col] < _NARROW * size:
            yield style, {text for text in texts if len(text) <= _LONGEST and (" " not in text or _is_number(text))}


def _collect(table: Table, rows: Iterable[Row], texts: dict[_Style, set[str]]) -> None:
    last = len(table.widths)
    for row in rows:
        for cell in row.cells:
            if (cell.text or cell.foot) and not cell.turned:
                found = texts.setdefault(_style(cell, table, last), set())
                found.add(cell.text)
                if cell.foot:
                    found.add(cell.foot)


def _style(cell: Cell, table: Table, last: int) -> _Style:
    col = min(cell.col, last - 1)
    return col, min(col + max(cell.cols, 1), last), cell.bold, cell.italic, cell.size or table.size


def _is_number(text: str) -> bool:
    return NUMBER.fullmatch(clean(text).strip()) is not None


def _share(table: Table, edges: Sequence[float], style: _Style, texts: set[str]) -> float:
    """How much smaller the texts of a column must be than in the column's own millimetres; 1 or less."""
    col, end, bold, italic, size = style
    font = Font(face(bold, italic), size)
    need = max((font.width(text) if _is_number(text) else longest_part(text, font) for text in texts), default=0.0)
    own = max(sum(table.widths[col:end]) * MM - 2 * LEAST_PADDING, 0.1)
    room = max(edges[end] - edges[col] - 2 * LEAST_PADDING, 0.1)
    return min(room / min(need, own), 1.0) if need else 1.0
