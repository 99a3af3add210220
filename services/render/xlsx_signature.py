"""Blocks that are signed, in rows of a sheet; side by side they share their rows."""

from typing import NamedTuple

from services.forms.parts import Signature, Signatures
from services.render.xlsx_grid import CELL_MARGIN, MM, SPARE, Grid, spread
from services.render.xlsx_sheet import TALLEST, SheetRows
from services.render.xlsx_style import Look, Styles
from services.render.xlsx_text import clean, count_lines, cut_lines, line_height, text_width

_STAMP_ROW = 5.5
_PIECE = 160.0
"""Height of the rows of a text that is too high for one; points."""
_DOTS_NAMA = "." * 60
_DOTS_NIP = "." * 44


class _Line(NamedTuple):
    """A text as high as a row can be."""

    text: str
    name: bool = False


class _Block(NamedTuple):
    """A block between two edges of the grid: its lines above the name, the name and what stands below it."""

    part: Signature
    left: int
    right: int
    above: list[_Line]
    below: list[_Line]


def signatures(part: Signature | Signatures, grid: Grid, styles: Styles, rows: SheetRows) -> None:
    """Write a block, or several side by side: the last lines above the names and the names stand on common rows."""
    if isinstance(part, Signature):
        blocks = [_single(part, grid)]
    else:
        blocks = _side_by_side(part, grid)
    if not blocks:
        return
    writer = _Writer(grid, styles, rows)
    above = max(len(block.above) for block in blocks)
    for line in range(-above, 0):
        writer.row([(block, block.above[line]) for block in blocks if -line <= len(block.above)])
    gap = max(block.part.gap for block in blocks)
    stamp = max(1, round(gap / _STAMP_ROW))
    for _ in range(stamp):
        rows.add(gap / stamp * MM)
    for line in range(max(len(block.below) for block in blocks)):
        writer.row([(block, block.below[line]) for block in blocks if line < len(block.below)])


def _block(part: Signature, grid: Grid, left: int, right: int) -> _Block:
    """A block with its lines."""
    above, below = _texts(part)
    room = grid.room(left, right)
    name = _Line(part.nama, name=True) if part.nama else _Line(_DOTS_NAMA)
    return _Block(
        part,
        left,
        right,
        [piece for text in above for piece in _pieces(_Line(text), part.size, room)],
        [piece for line in (name, *map(_Line, below)) for piece in _pieces(line, part.size, room)],
    )


def _pieces(line: _Line, size: float, room: float) -> list[_Line]:
    """A text in as many lines as it takes, so that no row is higher than Excel allows."""
    text = clean(line.text)
    if count_lines(text, size, line.name, room) * line_height(size) <= TALLEST:
        return [line]
    most = int(_PIECE / line_height(size))
    return [line._replace(text=text[a:b]) for a, b in cut_lines(text, size, line.name, room, max(most, 1))]


def _texts(part: Signature) -> tuple[list[str], list[str]]:
    """(above, below) the name."""
    nip = f"{part.nip_label}{part.nip or _DOTS_NIP}" if part.nip or part.minta_nip else ""
    return [text for text in (part.tempat_tanggal, *part.jabatan) if text], [t for t in (part.pangkat, nip) if t]


def _single(part: Signature, grid: Grid) -> _Block:
    """On the right: from the column nearest to where the paper has it, of those that give its lines as much room."""
    above, below = _texts(part)
    texts = [part.nama, *above, *below]
    need = max(text_width(clean(text), part.size, bold=index == 0) for index, text in enumerate(texts))
    width = part.width * grid.mm
    need = min(need, (width - CELL_MARGIN) * MM * SPARE)
    right = grid.columns
    start = grid.edges[-1] - width
    wide = [column for column in range(right) if grid.room(column, right) >= need]
    column = min(wide, key=lambda column: abs(grid.edges[column] - start), default=0)
    return _block(part, grid, column, right)


def _side_by_side(part: Signatures, grid: Grid) -> list[_Block]:
    """Between the edges nearest to where the paper has them, at least one column each."""
    blocks = []
    last, end = len(part.blocks) - 1, 0
    for number, (block, (left, right)) in enumerate(
        zip(part.blocks, spread(part, grid.edges[-1], grid.mm), strict=True)
    ):
        most = grid.columns - (last - number)
        first = min(max(grid.nearest(left), end), most - 1)
        end = grid.columns if number == last else min(max(grid.nearest(right), first + 1), most)
        blocks.append(_block(block, grid, first, end))
    return blocks


class _Writer:
    def __init__(self, grid: Grid, styles: Styles, rows: SheetRows) -> None:
        self._grid = grid
        self._styles = styles
        self._rows = rows

    def row(self, cells: list[tuple[_Block, _Line]]) -> None:
        """A row with a line of each block."""
        height = 0.0
        written = []
        for block, (text, name) in cells:
            size = block.part.size
            look = Look(size, name, block.part.align, "bottom", underline=name)
            lines = count_lines(clean(text), size, name, self._grid.room(block.left, block.right))
            height = max(height, lines * line_height(size))
            self._rows.merge(block.left, block.right - block.left)
            written.append(self._rows.text(block.left, self._styles[look], text))
        self._rows.add(height, written)
