"""Paper, margins, header and footer of a sheet, and what of it is printed again and frozen."""

from collections.abc import Sequence
from typing import Any

from openpyxl.worksheet.pagebreak import Break as PageBreak
from openpyxl.worksheet.properties import PageSetupProperties

from services.forms.parts import Page
from services.render.xlsx_breaks import Head, page_breaks
from services.render.xlsx_flow import Flow, Placed
from services.render.xlsx_grid import MM, enlargement
from services.render.xlsx_text import clean

_FONT = "Arial,Regular"
_MOST_DRAFT = 48
"""Size of the word "DRAF", points."""
_DRAFT_COLOUR = "BFBFBF"
_LEAST_FOOT = 8.5
"""The foot line stands here, so nothing else may, however small the margin; mm."""
_HEADER = 2.5
"""Between the upper edge of the paper and the header line, mm."""
_MOST_FROZEN = 90 * MM
_MOST_REPEATED = 0.5
"""Header rows are printed again as long as they leave this share of a page to the others."""
_MOST_TRIED = 4
"""Headers that are tried before none is printed again: each try paginates the whole sheet."""
_SPARE = 0.99


def page_room(page: Page) -> float:
    """Height of a page in points of the sheet, a little less than there is: programs round heights differently."""
    return (page.height - page.top - max(page.bottom, _LEAST_FOOT)) * MM * _SPARE * enlargement(page)


def set_up_page(sheet: Any, page: Page, *, foot: str = "", code: str = "", draft: bool = False) -> None:
    """Paper and margins, the foot line in the middle, the code of the printout on the right, "DRAF" above."""
    setup, margins = sheet.page_setup, sheet.page_margins
    if page.paper.excel is not None:
        setup.paperSize = page.paper.excel
    setup.orientation = "landscape" if page.landscape else "portrait"
    setup.scale = int(100 / enlargement(page))
    if page.fit_width:
        setup.fitToWidth, setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    for side in ("left", "right", "top"):
        setattr(margins, side, round(getattr(page, side) / 25.4, 4))
    margins.bottom = round(max(page.bottom, _LEAST_FOOT) / 25.4, 4)
    margins.header = round(min(_HEADER, page.top / 2) / 25.4, 4)
    margins.footer = round(min(5, page.bottom / 2) / 25.4, 4)
    if foot:
        _line(sheet.oddFooter.center, foot, 7)
    if code:
        _line(sheet.oddFooter.right, f"Kode cetakan {_escape(code)}", 6)
    if draft:
        room = (page.top - min(_HEADER, page.top / 2)) * MM
        _line(sheet.oddHeader.center, "DRAF", max(8, min(_MOST_DRAFT, int(room / 1.15))), _DRAFT_COLOUR)


def _line(part: Any, text: str, size: int, colour: str | None = None) -> None:
    part.text, part.size, part.font, part.color = text, size, _FONT, colour


def _escape(text: str) -> str:
    return clean(text).replace("&", "&&")


def set_up_view(sheet: Any, flow: Flow, page: Page) -> None:
    """Print area, page breaks, and the header that is printed on every page and stays on the screen."""
    sheet.print_area = flow.rows.area()
    room = page_room(page)
    head, breaks = _paginate(flow, room, page.repeat_header)
    for row in breaks:
        sheet.row_breaks.append(PageBreak(id=row - 1))
    if head is not None and page.repeat_header:
        sheet.print_title_rows = f"{head.first}:{head.last}"
    if head is not None and sum(flow.rows.heights[: head.last]) <= _MOST_FROZEN:
        sheet.freeze_panes = f"A{head.last + 1}"


def _paginate(flow: Flow, room: float, repeat: bool) -> tuple[Head | None, list[int]]:
    """(header rows, rows that begin a page).

    Excel prints the same rows again on all later pages. Where tables of a sheet have different headers, that of the
    longest is taken, but only if no later page begins outside of its table.
    """
    heights, units, forced = flow.rows.heights, flow.units, flow.forced
    placed = sorted(_headed(flow.tables), key=lambda item: item[1].first - item[0].end)
    for table, head in placed[:_MOST_TRIED]:
        high = sum(heights[head.first - 1 : head.last]) > _MOST_REPEATED * room
        printed = head if repeat and not high else None
        breaks = page_breaks(heights, units, forced, room, printed)
        if len(placed) == 1 or all(head.last < row < table.end for row in breaks if row > head.last):
            return (None if high else head), breaks
    return None, page_breaks(heights, units, forced, room)


def _headed(tables: Sequence[Placed]) -> list[tuple[Placed, Head]]:
    """The tables with headers, the first alone where all headers are alike."""
    headed = [(table, table.head) for table in tables if table.head is not None]
    return headed[:1] if len({table.table.header for table, _ in headed}) <= 1 else headed
