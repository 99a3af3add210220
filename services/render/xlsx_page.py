"""Paper, margins, header and footer of a sheet, and what of it is printed again and frozen."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, NamedTuple

from openpyxl.worksheet.pagebreak import Break as PageBreak
from openpyxl.worksheet.properties import PageSetupProperties

from services.forms.parts import Page
from services.render.xlsx_breaks import Head, page_breaks
from services.render.xlsx_flow import Flow, Placed
from services.render.xlsx_grid import MM
from services.render.xlsx_leaves import header_of
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
"""Headers that are tried before tables are kept whole: each try paginates the whole sheet."""
_SPARE = 0.99


def page_room(page: Page, mm: float) -> float:
    """Height of a page in points of the sheet, a little less than there is: programs round heights differently.

    Args:
        mm: a millimetre of the paper on the sheet.
    """
    return (page.height - page.top - max(page.bottom, _LEAST_FOOT)) * MM * _SPARE * mm


def set_up_page(sheet: Any, page: Page, mm: float, *, code: str = "", draft: bool = False) -> None:
    """Paper and margins, the code of the printout on the right of the foot line, "DRAF" above.

    Args:
        mm: a millimetre of the paper on the sheet.
    """
    setup, margins = sheet.page_setup, sheet.page_margins
    if page.paper.excel is not None:
        setup.paperSize = page.paper.excel
    setup.orientation = "landscape" if page.landscape else "portrait"
    setup.scale = int(100 / mm)
    if page.fit_width:
        setup.fitToWidth, setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    for side in ("left", "right", "top"):
        setattr(margins, side, round(getattr(page, side) / 25.4, 4))
    margins.bottom = round(max(page.bottom, _LEAST_FOOT) / 25.4, 4)
    margins.header = round(min(_HEADER, page.top / 2) / 25.4, 4)
    margins.footer = round(min(5, page.bottom / 2) / 25.4, 4)
    if code:
        _line(sheet.oddFooter.right, f"Kode cetakan {_escape(code)}", 6)
    if draft:
        room = (page.top - min(_HEADER, page.top / 2)) * MM
        _line(sheet.oddHeader.center, "DRAF", max(8, min(_MOST_DRAFT, int(room / 1.15))), _DRAFT_COLOUR)


def _line(part: Any, text: str, size: int, colour: str | None = None) -> None:
    part.text, part.size, part.font, part.color = text, size, _FONT, colour


def _escape(text: str) -> str:
    return clean(text).replace("&", "&&")


def set_up_foot(sheet: Any, first: int | None = None, total: int | None = None) -> None:
    """The line at the foot: which page this is, and of how many.

    Excel and LibreOffice number the pages of one sheet after another, and count those that they print. A form with a
    cover has numbers of its own, because the cover is not counted on paper.
    Args:
        first, total: number of the sheet's first page and of the last of all, where they are not left to the program.
    """
    if first is not None:
        sheet.page_setup.firstPageNumber, sheet.page_setup.useFirstPageNumber = first, True
    _line(sheet.oddFooter.center, f"Halaman &P dari {'&N' if total is None else total}", 7)


class Pages(NamedTuple):
    """How a sheet is printed: `head` is printed again on every page below it, `breaks` are the rows that begin a page.

    `right`: every page has the header of its table.
    """

    head: Head | None
    breaks: list[int]
    right: bool


def set_up_view(sheet: Any, flow: Flow, page: Page, pages: Pages) -> None:
    """Print area, page breaks, and the header that is printed on every page and stays on the screen."""
    sheet.print_area = flow.rows.area()
    for row in pages.breaks:
        sheet.row_breaks.append(PageBreak(id=row - 1))
    if pages.head is None:
        return
    single = len(_headed(flow.tables)) == 1
    again = single or any(row > pages.head.last for row in pages.breaks)
    if page.repeat_header and again:
        sheet.print_title_rows = f"{pages.head.first}:{pages.head.last}"
    if single and sum(flow.rows.heights[: pages.head.last]) <= _MOST_FROZEN:
        sheet.freeze_panes = f"A{pages.head.last + 1}"


def paginate(flow: Flow, room: float, repeat: bool) -> Pages:
    """Where the pages of a sheet end. `room`: height of a page, points; `repeat`: headers are printed again.

    Excel prints the same rows again on all later pages. Where tables of a sheet have different headers, that of the
    longest is taken, but only if no later page begins outside of its table.
    """
    heights, units, forced = flow.rows.heights, flow.units, flow.forced
    placed = sorted(_headed(flow.tables), key=lambda table: table.begin - table.end)
    for table in placed[:_MOST_TRIED]:
        head = table.head
        if head is None:
            continue
        high = sum(heights[head.first - 1 : head.last]) > _MOST_REPEATED * room
        printed = head if repeat and not high else None
        breaks = page_breaks(heights, units, forced, room, printed)
        if len(placed) == 1 or _is_right(table, head, placed, breaks):
            return Pages(None if high else head, breaks, right=True)
    breaks = page_breaks(heights, units, forced, room)
    return Pages(None, breaks, right=not any(_is_torn(table, breaks) for table in placed))


def _is_right(table: Placed, head: Head, placed: Sequence[Placed], breaks: Sequence[int]) -> bool:
    """Whether all pages below a header begin in its table, and no page above it in another one."""
    below = all(row < table.end for row in breaks if row > head.last)
    return below and not any(_is_torn(other, breaks) for other in placed if other is not table)


def _is_torn(table: Placed, breaks: Sequence[int]) -> bool:
    """Whether a page begins in a table."""
    at = bisect_right(breaks, table.begin)
    return at < len(breaks) and breaks[at] < table.end


def keep_whole(flow: Flow, room: float) -> Pages:
    """Where the pages of a sheet end if no table with a header is torn that a page can hold."""
    tables = iter([table for table in flow.tables if table.head])
    table = next(tables, None)
    for unit in flow.units:
        while table is not None and table.end <= unit.first:
            table = next(tables, None)
        if table is not None and table.begin < unit.end < table.end:
            unit.keep = True
    breaks = page_breaks(flow.rows.heights, flow.units, flow.forced, room)
    return Pages(None, breaks, right=True)


def longer_than_a_page(flow: Flow, room: float) -> set[int]:
    """The identities (`id`) of the tables with headers that a page cannot hold."""
    heights = flow.rows.heights
    return {
        id(table.table) for table in flow.tables if table.head and sum(heights[table.begin - 1 : table.end - 1]) > room
    }


def _headed(tables: Sequence[Placed]) -> list[Placed]:
    """The tables with headers, the first alone where all headers are alike."""
    headed = [table for table in tables if table.head is not None]
    return headed[:1] if len({header_of(table.table) for table in headed}) <= 1 else headed
