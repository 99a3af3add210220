"""A Table as Word's own: merged cells, rules, shading, a header that is repeated, blocks that stay together."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from services.forms.parts import Cell, Row, Table
from services.render.docx_xml import Look, paragraph, run, twips

_BORDERS: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
STYLE: Final = "IsiTabel"
STYLE_NAME: Final = "Isi Tabel"
"""The style of the paragraphs in cells."""


def table_xml(table: Table, width: float, *, stretch: bool, repeat_header: bool, keep: bool = False) -> str:
    """The table, at most `width` mm wide, exactly so where it is to `stretch`; "" without rows.

    `keep`: its end stays on one page with what follows.
    """
    if not any((table.header, table.body, table.total)):
        return ""
    own = sum(table.widths)
    factor = width / own if own and (stretch or own > width) else 1.0
    edges = [0]
    for share in table.widths:
        edges.append(edges[-1] + twips(share * factor))
    grid = "".join(f'<w:gridCol w:w="{right - left}"/>' for left, right in pairwise(edges))
    rows = _Rows(table, edges)
    xml = [
        *rows.xml(table.header, header=repeat_header, together=True),
        *(row for block in table.body[:-1] for row in rows.xml(block)),
        *(row for block in table.body[-1:] for row in rows.xml(block, together=keep or bool(table.total))),
        *rows.xml(table.total, together=keep),
    ]
    padding = twips(table.padding)
    margins = "".join(f'<w:{side} w:w="{padding}" w:type="dxa"/>' for side in ("left", "right"))
    height = twips(min(table.padding, 0.6))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{edges[-1]}" w:type="dxa"/>'
        f"{f'<w:tblBorders>{_BORDERS}</w:tblBorders>' if table.ruled else ''}"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="{height}" w:type="dxa"/>{margins[: len(margins) // 2]}'
        f'<w:bottom w:w="{height}" w:type="dxa"/>{margins[len(margins) // 2 :]}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(xml)}</w:tbl>"
    )


class _Rows:
    """The rows of a table, top down; cells that reach over later rows are carried on there."""

    def __init__(self, table: Table, edges: Sequence[int]) -> None:
        self._table = table
        self._edges = edges
        self._open: dict[int, tuple[Cell, int]] = {}

    def xml(self, rows: Sequence[Row], *, header: bool = False, together: bool = False) -> Iterator[str]:
        """Rows that stay together; `together` also with what follows."""
        for i, row in enumerate(rows):
            keep = together or i + 1 < len(rows)
            cells = "".join(self._cells(row, keep))
            repeat = "<w:tblHeader/>" if header else ""
            yield (
                f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{twips(row.height)}" w:hRule="atLeast"/>{repeat}'
                f"</w:trPr>{cells}</w:tr>"
            )

    def _cells(self, row: Row, keep: bool) -> Iterator[str]:
        starting = {cell.col: cell for cell in row.cells}
        col, count = 0, len(self._edges) - 1
        while col < count:
            carried = self._open.pop(col, None)
            if carried is not None:
                cell, left = carried
                yield self._cell(cell, "<w:vMerge/>", keep, shown=False)
                if left > 1:
                    self._open[col] = cell, left - 1
                col += cell.cols
                continue
            found = starting.get(col)
            if found is None:
                end = min([place for place in (*starting, *self._open) if place > col], default=count)
                yield self._cell(Cell(col, cols=end - col), "", keep)
                col = end
                continue
            yield self._cell(found, '<w:vMerge w:val="restart"/>' if found.rows > 1 else "", keep)
            if found.rows > 1:
                self._open[col] = found, found.rows - 1
            col += found.cols

    def _cell(self, cell: Cell, merge: str, keep: bool, *, shown: bool = True) -> str:
        last = min(cell.col + cell.cols, len(self._edges) - 1)
        width = self._edges[last] - self._edges[cell.col]
        span = f'<w:gridSpan w:val="{last - cell.col}"/>' if last - cell.col > 1 else ""
        fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{_colour(cell.fill)}"/>' if cell.fill is not None else ""
        turned = '<w:textDirection w:val="btLr"/>' if cell.turned else ""
        middle = '<w:vAlign w:val="center"/>' if cell.middle else ""
        properties = f'<w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{fill}{turned}{middle}'
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{self._text(cell if shown else Cell(0), keep)}</w:tc>"

    def _text(self, cell: Cell, keep: bool) -> str:
        size = cell.size or self._table.size
        look = Look(
            style=STYLE,
            align=cell.align if cell.align != "left" else None,
            line=self._table.leading,
            keep_next=keep,
            indent=cell.hang or None,
            first=-cell.hang if cell.hang else None,
            size=size,
        )
        bold, italic = cell.bold or None, cell.italic or None
        lines = cell.text.split("\n") if cell.hang else [cell.text]
        xml = "".join(paragraph(run(line, bold=bold, italic=italic, size=size), look) for line in lines)
        if cell.foot:
            foot = Look(style=STYLE, align="right", line=self._table.leading, before=1, keep_next=keep, size=size)
            xml += paragraph(run(cell.foot, bold=bold, italic=italic, size=size), foot)
        return xml


def _colour(fill: float | str) -> str:
    if isinstance(fill, str):
        return fill.lstrip("#").upper()
    return f"{round(max(min(fill, 1.0), 0.0) * 255):02X}" * 3
