"""A Form as a document of typst: same page, columns, merged cells, texts, fills and rules.

Two ways of setting a table are known, because typst may be faster with either: `whole`, one table whose header typst
repeats, and `pieces`, a table for each stretch of rows that no merged cell leaves, below a header that is part of the
page. Blocks need not stay together, which costs typst time and is left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Literal

from services.forms.parts import Cell, Form, Row, Signature, Table, Text

Way = Literal["whole", "pieces"]
WAYS: tuple[Way, ...] = ("whole", "pieces")
_CAP = 0.716 * 25.4 / 72
"""Height of a capital of Liberation Sans, mm for a point of size: typst's line is so high."""


def markup(form: Form, way: Way) -> bytes:
    """The source of the document."""
    page = form.page
    margins = f"top: {page.top}mm, right: {page.right}mm, bottom: {page.bottom}mm, left: {page.left}mm"
    lines = [
        f"#set page(width: {page.width}mm, height: {page.height}mm, margin: ({margins}),",
        "  footer: context align(center, text(size: 7pt, counter(page).display(",
        "  (page, pages) => [Halaman #page dari #pages], both: true))))",
        '#set text(font: "Liberation Sans", size: 8pt, lang: "id", fallback: false)',
        "#set block(spacing: 0pt)",
        "#set table(stroke: 0.4pt)",
    ]
    for part in form.parts:
        if isinstance(part, Table):
            lines.extend(_table(part, way, page.top))
        elif isinstance(part, Text):
            lines.append(f"#{_title(part)}\n#v({part.after}mm)")
        else:
            lines.extend(_signature(part))
    return "\n".join(lines).encode()


def _table(table: Table, way: Way, top: float) -> Iterator[str]:
    yield f"#set text(size: {table.size}pt)"
    yield f"#set par(leading: {(table.leading - 0.716) * table.size:.3f}pt)"
    columns = f"columns: ({', '.join(f'{width}fr' for width in table.widths)})"
    title = [f"table.cell(colspan: {len(table.widths)}, stroke: none, inset: 0.6mm, {_title(t)})," for t in table.title]
    head = [*title, *_cells(table, table.header, "center + horizon")]
    if way == "whole":
        yield f"#table({columns},\n{_inset(table)}\ntable.header(\n"
        yield from (*head, "),", *_cells(table, [*chain.from_iterable(table.body), *table.total]), ")")
        return
    height = sum(row.height for row in table.header) + sum(4.5 + text.after for text in table.title)
    yield f"#set page(margin: (top: {top + height}mm), header-ascent: 0mm, header: table({columns}, {_inset(table)}"
    yield from (*head, "))")
    for rows in (*_pieces(list(chain.from_iterable(table.body))), list(table.total)):
        yield f"#table({columns}, {_inset(table)}"
        yield from (*_cells(table, rows), ")")


def _inset(table: Table) -> str:
    """Space around the text: a row of one line becomes as high as the form says."""
    height = next((row.height for block in table.body for row in block[-1:]), 5.0)
    return f"inset: (x: {table.padding}mm, y: {max(0.3, (height - _CAP * table.size) / 2):.3f}mm),"


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


def _cells(table: Table, rows: Iterable[Row], align: str = "") -> Iterator[str]:
    """The cells in reading order; places that no cell covers become empty ones, as typst fills up from the left."""
    until = [0] * len(table.widths)
    for number, row in enumerate(rows):
        begins = {cell.col: cell for cell in row.cells}
        for column in range(len(until)):
            if until[column] > number:
                continue
            cell = begins.get(column) or Cell(column)
            for covered in range(cell.col, cell.col + cell.cols):
                until[covered] = number + cell.rows
            yield f"{_cell(cell, table, align)},"


def _cell(cell: Cell, table: Table, align: str) -> str:
    options = []
    if cell.cols > 1:
        options.append(f"colspan: {cell.cols}")
    if cell.rows > 1:
        options.append(f"rowspan: {cell.rows}")
    where = align or (f"{cell.align} + horizon" if cell.middle else cell.align)
    if where != "left":
        options.append(f"align: {where}")
    if cell.fill is not None:
        options.append(f"fill: luma({cell.fill * 100:g}%)")
    size = cell.size if cell.size not in (None, table.size) else None
    body = _text(cell.text, cell.bold, size)
    return f"table.cell({', '.join([*options, body])})" if options else body


def _title(text: Text) -> str:
    return f"align({text.align}, {_text(text.text, text.bold, text.size)})"


def _signature(part: Signature) -> Iterator[str]:
    texts = [part.tempat_tanggal, *part.jabatan, part.nama, part.pangkat, part.nip]
    yield f"#v(8mm)\n#align(right, block(width: {part.width}mm, breakable: false, align(left)["
    yield from (f"#block(spacing: 1mm, {_text(text, False, part.size)})" for text in texts if text)
    yield "]))"


def _text(text: str, bold: bool, size: float | None) -> str:
    said = '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    options = ['weight: "bold"'] * bold + ([f"size: {size}pt"] if size else [])
    return f"text({', '.join([*options, said])})" if options else said
