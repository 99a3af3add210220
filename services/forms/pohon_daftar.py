"""The cascade as a list with its levels set in, as a workbook holds it."""

from dataclasses import replace
from typing import Final

from services.forms.cells import rupiah
from services.forms.parts import Cell, Row, Table
from services.forms.target_cells import plain_header
from services.pohon.nodes import Cascade, Measure, Node

_STEP: Final = 4.0
"""mm by which each level is set in: a narrow column of its own, that the texts of the levels above reach over."""
_WIDTHS: Final = (78.0, 46.0, 84.0, 28.0, 28.0)
_TITLES: Final = ("Uraian", "Penanggung jawab", "Indikator", "Target", "Pagu (Rp)")
_LINE: Final = 5.0


def outline_table(tree: Cascade) -> Table:
    """A row for each box and each further indicator of it; what hangs below a box begins one step further in."""
    found: list[tuple[Node, int]] = []
    waiting = [(root, 0) for root in reversed(tree.roots)]
    while waiting:
        node, depth = waiting.pop()
        found.append((node, depth))
        waiting += [(child, depth + 1) for child in reversed(node.children)]
    steps = max((depth for _, depth in found), default=0)
    header = plain_header(_TITLES)
    if steps:
        header = tuple(_wider(row, steps) for row in header)
    blocks = tuple(_rows(node, depth, steps) for node, depth in found)
    return Table((*[_STEP] * steps, *_WIDTHS), header, blocks, size=8)


def _wider(row: Row, steps: int) -> Row:
    """A row of the header with its first cell over the columns of the levels."""
    first, *others = row.cells
    return Row((replace(first, cols=steps + 1), *(replace(cell, col=cell.col + steps) for cell in others)), row.height)


def _rows(node: Node, depth: int, steps: int) -> tuple[Row, ...]:
    measures = node.measures or (Measure("", "", ""),)
    count = len(measures)
    title = f"{node.title}: {node.text}" if node.title else node.text
    text = "\n".join((title, *(line.name for line in node.lines)))
    pagu = node.pagu if node.pagu is not None else (sum(line.pagu or 0 for line in node.lines) or None)
    blank = tuple(Cell(at, rows=count) for at in range(depth))
    first = (
        *blank,
        Cell(depth, text, cols=steps - depth + 1, rows=count, bold=depth < 2),
        Cell(steps + 1, node.position, rows=count),
    )
    rows = []
    for number, measure in enumerate(measures):
        told = (Cell(steps + 2, measure.text), Cell(steps + 3, measure.target))
        last = (rupiah(steps + 4, pagu, rows=count),) if not number else ()
        rows.append(Row((*(first if not number else ()), *told, *last), _LINE))
    return tuple(rows)
