"""A Form as a workbook that looks like the paper and goes on calculating.

Knows parts and nothing of Rencana Aksi. Numbers are numbers, sums are formulas, texts are never formulas.
Not kept from the paper: "(lanjutan)" where a page ends inside a cell, the list of contents, hanging lines of cells.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from services.forms.parts import Break, Contents, Cover, Form, Page, Part, Table, Text
from services.render.sizing import sized
from services.render.xlsx_cover import CoverSheet
from services.render.xlsx_flow import Flow
from services.render.xlsx_grid import Grid
from services.render.xlsx_keys import NAME, write_keys
from services.render.xlsx_page import page_room, set_up_page, set_up_view
from services.render.xlsx_picture import Picture
from services.render.xlsx_sheet import SheetRows, new_workbook, save
from services.render.xlsx_style import Styles
from services.render.xlsx_table import Key
from services.render.xlsx_text import sheet_name

Progress = Callable[[int, int], None]
_COVER = "Sampul"
_PACKING = 1 / 3
"""Share of the time that goes into the package, in rows written."""


def render_xlsx(form: Form, out: BinaryIO, progress: Progress | None = None) -> None:
    """Write the form as an XLSX file; the same form gives the same bytes.

    Args:
        out: open for writing in binary.
        progress: called now and then with (done, total); what it raises ends the writing, and nothing is written.
    Raises:
        ValueError: the cells of a table overlap or leave it.
    """
    form = sized(form)
    workbook = new_workbook(form.title)
    book = _Book(workbook, form, _Counter(form, progress))
    for leaf in _leaves(form):
        book.add(leaf)
    book.finish()
    book.counter.check()
    save(workbook, book.rows, out)
    book.counter.end()


@dataclass(slots=True)
class _Leaf:
    """What becomes one sheet: a cover, or parts."""

    title: str
    page: Page
    parts: list[Part] = field(default_factory=list)
    cover: Cover | None = None

    @property
    def filled(self) -> bool:
        """Whether anything is printed on it."""
        return any(not isinstance(part, Break) for part in self.parts)


def _leaves(form: Form) -> Iterator[_Leaf]:
    """The sheets of a form, at least one: a change of page and a cover begin a new one.

    A list of contents is left out, and so is the line above it, its heading.
    """
    leaf = _Leaf(form.title, form.page)
    any_yet = False
    for part in form.parts:
        if isinstance(part, Cover) or (isinstance(part, Break) and part.page is not None):
            if leaf.filled:
                yield leaf
                any_yet = True
            if isinstance(part, Cover):
                yield _Leaf(_COVER, leaf.page, cover=part)
                any_yet = True
                leaf = _Leaf(leaf.title, leaf.page)
            elif part.page is not None:
                leaf = _Leaf(part.title or form.title, part.page)
        elif isinstance(part, Contents):
            if leaf.parts and isinstance(leaf.parts[-1], Text):
                leaf.parts.pop()
        elif leaf.filled or not isinstance(part, Break):
            leaf.parts.append(part)
    if leaf.filled or not any_yet:
        yield leaf


class _Counter:
    """Tells how many rows are done."""

    def __init__(self, form: Form, progress: Progress | None) -> None:
        tables = (part for part in form.parts if isinstance(part, Table))
        rows = sum(len(block) for table in tables for block in (table.header, *table.body, table.total))
        self._total = max(1, round(rows * (1 + _PACKING)))
        self._progress = progress
        self._done = 0

    def add(self, rows: int) -> None:
        self._done += rows
        self.check()

    def check(self) -> None:
        if self._progress is not None:
            self._progress(self._done, self._total)

    def end(self) -> None:
        self._done = self._total
        self.check()


class _Book:
    """The sheets of a workbook, one after another."""

    def __init__(self, workbook: Any, form: Form, counter: _Counter) -> None:
        self.counter = counter
        self.rows: list[SheetRows] = []
        self._workbook = workbook
        self._form = form
        self._taken = {NAME}
        self._keys: list[tuple[str, Key]] = []
        self._covered = False
        self._numbered = False

    def add(self, leaf: _Leaf) -> None:
        """Write one sheet."""
        name = sheet_name(leaf.title, self._taken)
        self._taken.add(name.casefold())
        sheet = self._workbook.create_sheet(name)
        styles = Styles(sheet)
        if leaf.cover is not None:
            self._cover(sheet, leaf.cover, leaf.page, styles)
            return
        if not self._numbered:
            self._workbook.active = sheet
        grid = Grid(leaf.parts, leaf.page)
        flow = Flow(grid, styles, page_room(leaf.page), self.counter.add)
        for part in leaf.parts:
            flow.add(part)
        set_up_page(sheet, leaf.page, foot=self._foot(sheet), code=self._form.code, draft=self._form.draft)
        set_up_view(sheet, flow, leaf.page)
        self._keys += ((name, key) for key in flow.keys)
        self._put(sheet, grid, flow.rows, flow.pictures)

    def _foot(self, sheet: Any) -> str:
        """A cover is not counted, but Excel counts it in the number of pages, so that is left out then."""
        if self._covered and not self._numbered:
            sheet.page_setup.firstPageNumber, sheet.page_setup.useFirstPageNumber = 1, True
        self._numbered = True
        return "Halaman &P" if self._covered else "Halaman &P dari &N"

    def _cover(self, sheet: Any, cover: Cover, page: Page, styles: Styles) -> None:
        self._covered = True
        written = CoverSheet(cover, page, styles, page_room(page))
        set_up_page(sheet, page, draft=self._form.draft)
        sheet.print_area = written.rows.area()
        self._put(sheet, written.grid, written.rows, written.pictures)

    def _put(self, sheet: Any, grid: Grid, rows: SheetRows, pictures: list[Picture]) -> None:
        for letter, width in zip(rows.letters, grid.column_widths(), strict=True):
            sheet.column_dimensions[letter].width = width
        for picture in pictures:
            picture.put(sheet)
        self.rows.append(rows)

    def finish(self) -> None:
        """The hidden sheet, where some cell has a key."""
        if self._keys:
            self.rows.append(write_keys(self._workbook, self._form, self._keys))
