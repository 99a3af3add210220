"""Blocks that are signed, in rows of a sheet; side by side they share their rows."""

from typing import NamedTuple

from services.forms.parts import Signature, Signatures
from services.render.xlsx_grid import CELL_MARGIN, MM, SPARE, Grid, spread
from services.render.xlsx_sheet import SheetRows
from services.render.xlsx_style import Look, Styles
from services.render.xlsx_text import clean, count_lines, line_height, text_width

_STAMP_ROW = 5.5
_DOTS_NAMA = "." * 60
_DOTS_NIP = "." * 44


class _Block(NamedTuple):
    """A block between two edges of the grid: its lines above the name, the name, its lines below."""

    part: Signature
    left: int
    right: int
    above: list[str]
    below: list[str]


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
        writer.row([(block, block.above[line], False) for block in blocks if -line <= len(block.above)])
    gap = max(block.part.gap for block in blocks)
    stamp = max(1, round(gap / _STAMP_ROW))
    for _ in range(stamp):
        rows.add(gap / stamp * MM)
    writer.row([(block, block.part.nama or _DOTS_NAMA, bool(block.part.nama)) for block in blocks])
    for line in range(max(len(block.below) for block in blocks)):
        writer.row([(block, block.below[line], False) for block in blocks if line < len(block.below)])


def _lines(part: Signature) -> tuple[list[str], list[str]]:
    """(above, below) the name."""
    nip = f"{part.nip_label}{part.nip or _DOTS_NIP}" if part.nip or part.minta_nip else ""
    return [text for text in (part.tempat_tanggal, *part.jabatan) if text], [t for t in (part.pangkat, nip) if t]


def _single(part: Signature, grid: Grid) -> _Block:
    """On the right: from the column nearest to where the paper has it, of those that give its lines as much room."""
    above, below = _lines(part)
    texts = [part.nama, *above, *below]
    need = max(text_width(clean(text), part.size, bold=index == 0) for index, text in enumerate(texts))
    width = part.width * grid.mm
    need = min(need, (width - CELL_MARGIN) * MM * SPARE)
    right = grid.columns
    start = grid.edges[-1] - width
    wide = [column for column in range(right) if grid.room(column, right) >= need]
    column = min(wide, key=lambda column: abs(grid.edges[column] - start), default=0)
    return _Block(part, column, right, above, below)


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
        blocks.append(_Block(block, first, end, *_lines(block)))
    return blocks


class _Writer:
    def __init__(self, grid: Grid, styles: Styles, rows: SheetRows) -> None:
        self._grid = grid
        self._styles = styles
        self._rows = rows

    def row(self, cells: list[tuple[_Block, str, bool]]) -> None:
        """A row with a text of each block; True for a name."""
        height = 0.0
        written = []
        for block, text, name in cells:
            size = block.part.size
            look = Look(size, name, block.part.align, "bottom", underline=name)
            lines = count_lines(clean(text), size, name, self._grid.room(block.left, block.right))
            height = max(height, lines * line_height(size))
            self._rows.merge(block.left, block.right - block.left)
            written.append(self._rows.text(block.left, self._styles[look], text))
        self._rows.add(height, written)
