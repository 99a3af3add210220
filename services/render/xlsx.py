"""A Form as a workbook that looks like the paper and goes on calculating.

Knows parts and nothing of Rencana Aksi. Numbers are numbers, sums are formulas, texts are never formulas.
Not kept from the paper: "(lanjutan)" where a page ends inside a cell, the list of contents, hanging lines of cells.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, BinaryIO

from services.forms.parts import Cover, Figure, Form, Part, Table, Text
from services.render.sizing import sized
from services.render.xlsx_cover import CoverSheet
from services.render.xlsx_flow import Flow
from services.render.xlsx_grid import Grid
from services.render.xlsx_keys import NAME, write_keys
from services.render.xlsx_leaves import Leaf, divided_again, leaves
from services.render.xlsx_names import SheetNames
from services.render.xlsx_page import (
    Pages,
    keep_whole,
    longer_than_a_page,
    page_room,
    paginate,
    set_up_foot,
    set_up_page,
    set_up_view,
)
from services.render.xlsx_picture import Picture
from services.render.xlsx_sheet import SheetRows, new_workbook, save
from services.render.xlsx_style import Styles
from services.render.xlsx_table import Key

Progress = Callable[[int, int], None]
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
    form = sized(replace(form, parts=tuple(_in_a_workbook(part) for part in form.parts)))
    workbook = new_workbook(form.title)
    book = _Book(workbook, form, _Counter(form, progress))
    for leaf in leaves(form):
        book.add(leaf)
    book.finish()
    book.counter.check()
    save(workbook, book.rows, out)
    book.counter.end()


def _in_a_workbook(part: Part) -> Part:
    """A figure is a table there, or its words."""
    if not isinstance(part, Figure):
        return part
    return part.table if part.table is not None else Text(part.words, 9)


class _Counter:
    """Tells how many rows are done."""

    def __init__(self, form: Form, progress: Progress | None) -> None:
        tables = (part for part in form.parts if isinstance(part, Table))
        rows = sum(len(block) for table in tables for block in (table.header, *table.body, table.total))
        self._total = max(1, round(rows * (1 + _PACKING)))
        self._progress = progress
        self._done = 0

    def add(self, rows: int) -> None:
        self._done = min(self._done + rows, self._total)
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
        self._styles = Styles(workbook)
        self._names = SheetNames(NAME)
        self._keys: list[tuple[str, Key]] = []
        self._covered = False
        self._numbered: list[tuple[Any, int]] = []

    def add(self, leaf: Leaf) -> None:
        """Write one sheet, or several where its tables would not all have their headers on every page."""
        if leaf.cover is not None:
            self._cover(leaf, leaf.cover)
            return
        room = page_room(leaf.page, leaf.mm)
        grid, flow = self._flow(leaf, room)
        pages = paginate(flow, room, leaf.page.repeat_header)
        if not pages.right:
            long = longer_than_a_page(flow, room)
            smaller = divided_again(leaf, long)
            if len(smaller) > 1:
                for each in smaller:
                    self.add(each)
                return
            pages = keep_whole(flow, room)
        self._put(leaf, grid, flow, pages)

    def _flow(self, leaf: Leaf, room: float) -> tuple[Grid, Flow]:
        grid = Grid(leaf.parts, leaf.page, mm=leaf.mm, widest=leaf.widest)
        flow = Flow(grid, self._styles, room, self.counter.add)
        for part in leaf.parts:
            flow.add(part)
        return grid, flow

    def _sheet(self, leaf: Leaf, grid: Grid, rows: SheetRows, pictures: list[Picture]) -> Any:
        sheet = self._workbook.create_sheet(self._names.name(leaf.title, leaf.suffix))
        for letter, width in zip(rows.letters, grid.column_widths(), strict=True):
            sheet.column_dimensions[letter].width = width
        for picture in pictures:
            picture.put(sheet)
        self.rows.append(rows)
        return sheet

    def _put(self, leaf: Leaf, grid: Grid, flow: Flow, pages: Pages) -> None:
        sheet = self._sheet(leaf, grid, flow.rows, flow.pictures)
        if not self._numbered:
            self._workbook.active = sheet
        set_up_page(sheet, leaf.page, leaf.mm, code=self._form.code, draft=self._form.draft)
        set_up_view(sheet, flow, leaf.page, pages)
        self._keys += ((sheet.title, key) for key in flow.keys)
        self._numbered.append((sheet, len(pages.breaks) + 1))

    def _cover(self, leaf: Leaf, cover: Cover) -> None:
        self._covered = True
        written = CoverSheet(cover, leaf.page, self._styles, page_room(leaf.page, leaf.mm))
        sheet = self._sheet(leaf, written.grid, written.rows, written.pictures)
        set_up_page(sheet, leaf.page, leaf.mm, draft=self._form.draft)
        sheet.print_area = written.rows.area()

    def finish(self) -> None:
        """The page numbers, and the hidden sheet, where some cell has a key."""
        total = sum(pages for _, pages in self._numbered)
        first = 1
        for sheet, pages in self._numbered:
            if self._covered:
                set_up_foot(sheet, first, total)
            else:
                set_up_foot(sheet)
            first += pages
        if self._keys:
            self.rows.append(write_keys(self._workbook, self._form, self._keys))
