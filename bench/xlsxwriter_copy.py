"""A workbook of ours written again by XlsxWriter: the same cells, merges, formats, heights and page set-up."""

from io import BytesIO
from typing import Any

import xlsxwriter

from bench.xlsx_reading import Book, Piece, Sheet


def write_book(book: Book) -> bytes:
    """The workbook by XlsxWriter, in memory and by its fastest documented calls."""
    out = BytesIO()
    copy = xlsxwriter.Workbook(out, {"in_memory": True})
    formats = {style: copy.add_format(look) for style, look in book.formats.items()}
    fonts: dict[Any, Any] = {}
    for sheet in book.sheets:
        page = copy.add_worksheet(sheet.name)
        if sheet.hidden:
            page.very_hidden()
        _set_up(page, sheet)
        for row, height in sheet.heights:
            page.set_row(row, height)
        for (top, left, bottom, right), style in sheet.areas:
            page.merge_range(top, left, bottom, right, "", formats[style])
        for row, column, value, style, cached in sheet.cells:
            look = formats[style]
            if value is None:
                page.write_blank(row, column, None, look)
            elif isinstance(value, tuple):
                page.write_rich_string(row, column, *_rich(copy, fonts, book.formats[style], value), look)
            elif not isinstance(value, str):
                page.write_number(row, column, value, look)
            elif value.startswith("=SUM("):
                page.write_formula(row, column, value, look, cached)
            else:
                page.write_string(row, column, value, look)
    copy.close()
    return out.getvalue()


def _rich(book: Any, fonts: dict[Any, Any], look: dict[str, Any], pieces: tuple[Piece, ...]) -> list[Any]:
    """The pieces of a text, each behind its font; XlsxWriter takes no empty ones."""
    parts: list[Any] = []
    for text, bold, italic in pieces:
        key = (look["font_name"], look["font_size"], bold, italic)
        if key not in fonts:
            names = ("font_name", "font_size", "bold", "italic")
            fonts[key] = book.add_format(dict(zip(names, key, strict=True)))
        if text:
            parts += [fonts[key], text]
    return parts


def _set_up(page: Any, sheet: Sheet) -> None:
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    if sheet.landscape:
        page.set_landscape()
    else:
        page.set_portrait()
    page.set_paper(sheet.paper)
    page.set_margins(0.39, 0.39, 0.39, 0.47)
    page.fit_to_pages(1, 0)
    page.center_horizontally()
    page.set_footer("&C&7Halaman &P dari &N")
    if sheet.heights and sheet.widths:
        page.print_area(0, 0, len(sheet.heights) - 1, len(sheet.widths) - 1)
    if sheet.titles:
        page.repeat_rows(*sheet.titles)
    if sheet.frozen:
        page.freeze_panes(sheet.frozen, 0)
    if sheet.breaks:
        page.set_h_pagebreaks(list(sheet.breaks))
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{len(sheet.heights) + 1}"})
