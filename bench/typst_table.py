"""A table of a form as typst's, in one of two ways.

`whole`: one table whose header typst repeats. `pieces`: a table for each stretch of rows that no merged cell leaves,
below a header that is part of the page.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Literal

from bench.typst_text import CAP, MM, aligned, colour, leading, said
from services.forms.parts import Cell, Row, Table

Way = Literal["whole", "pieces"]
WAYS: tuple[Way, ...] = ("whole", "pieces")


def table(part: Table, way: Way, top: float, scale: float | None) -> Iterator[str]:
    """The table as markup.

    Args:
        top: upper margin of the page, mm, which `pieces` makes larger by the header.
        scale: of the widths; None makes them fill the page.
    """
    if way == "whole":
        yield "#["
    yield f"#set text(size: {part.size}pt)"
    yield f"#set par({leading(part.leading, part.size)})"
    unit = "fr" if scale is None else "mm"
    widths = ", ".join(f"{width * (scale or 1):.3f}{unit}" for width in part.widths)
    stroke = "" if part.ruled else ", stroke: none"
    columns = f"columns: ({widths},){stroke}, {_inset(part)}"
    span = f"colspan: {len(part.widths)}, stroke: none, inset: 0.8mm"
    head = [f"table.cell({span}, {aligned(text)})," for text in part.title]
    head += _cells(part, part.header, "center + horizon")
    body = [*chain.from_iterable(part.body), *part.total]
    if way == "whole":
        yield f"#table({columns}"
        if head:
            yield from ("table.header(", *head, "),")
        yield from (*_cells(part, body), ")\n]")
        return
    height = sum(row.height for row in part.header) + sum(4.5 + text.after for text in part.title)
    yield f"#set page(margin: (top: {top + height}mm), header-ascent: 0mm, header: table({columns}"
    yield from (*head, "))")
    for rows in _pieces(body):
        yield f"#table({columns}"
        yield from (*_cells(part, rows), ")")


def _inset(part: Table) -> str:
    """Space around the text: a row of one line becomes as high as the form says."""
    height = next((row.height for block in part.body for row in block[-1:]), 5.0)
    return f"inset: (x: {part.padding}mm, y: {max(0.3, (height - CAP * MM * part.size) / 2):.3f}mm),"


def _pieces(rows: Sequence[Row]) -> Iterator[list[Row]]:
    piece: list[Row] = []
    left = 0
    for row in rows:
        piece.append(row)
        left = max([left, *(cell.rows for cell in row.cells)]) - 1
        if left <= 0:
            yield piece
            piece = []
    if piece:
        yield piece


def _cells(part: Table, rows: Iterable[Row], align: str = "") -> Iterator[str]:
    """The cells in reading order; places that no cell covers become empty ones, as typst fills up from the left."""
    until = [0] * len(part.widths)
    for number, row in enumerate(rows):
        begins = {cell.col: cell for cell in row.cells}
        for column in range(len(until)):
            if until[column] > number:
                continue
            cell = begins.get(column) or Cell(column)
            for covered in range(cell.col, cell.col + cell.cols):
                until[covered] = number + cell.rows
            yield f"{_cell(cell, part, align)},"


def _cell(cell: Cell, part: Table, align: str) -> str:
    options = []
    if cell.cols > 1:
        options.append(f"colspan: {cell.cols}")
    if cell.rows > 1:
        options.append(f"rowspan: {cell.rows}")
    where = align or (f"{cell.align} + horizon" if cell.middle else cell.align)
    if where != "left":
        options.append(f"align: {where}")
    if cell.fill is not None:
        options.append(f"fill: {colour(cell.fill)}")
    body = _body(cell, part)
    return f"table.cell({', '.join([*options, body])})" if options else body


def _body(cell: Cell, part: Table) -> str:
    size = cell.size if cell.size not in (None, part.size) else None
    body = said(cell.text, cell.bold, size, italic=cell.italic)
    if cell.hang and len(cell.text) * (cell.size or part.size) * MM / 2 > part.widths[cell.col]:
        body = f"par(hanging-indent: {cell.hang}mm, {body})"
    if cell.foot:
        body = f"{body} + align(right, {said(cell.foot, cell.bold, size, italic=cell.italic)})"
    return f"rotate(-90deg, reflow: true, {body})" if cell.turned else body
