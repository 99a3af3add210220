"""The parts of a form, one after another, on pages."""

from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import Final

from services.forms.parts import Break, Contents, Cover, Figure, Form, Part, Signature, Signatures, Table, Text
from services.render.contents import LEADING as CONTENTS_LEADING
from services.render.contents import ContentsList
from services.render.covers import put_cover, put_letterhead
from services.render.figures import put_figure, start_height
from services.render.pages import Pages
from services.render.paging import TableFlow
from services.render.paragraphs import one_line
from services.render.sheets import MM, Sheet
from services.render.signing import ABOVE, Signing

_BELOW_TABLE: Final = 4 * MM
_SHORT_RUN: Final = 1 / 3
"""Paragraphs above a table that take no more of a page than this are its heading and stay with it."""


def announces(text: Text, after: Part | None) -> bool:
    """Whether a paragraph ends in a colon before a list, whose first item then stands on its page."""
    return isinstance(after, Text) and bool(after.label) and not after.level and text.plain.rstrip().endswith(":")


class Flow:
    """Places the parts of a form; `turned` is told the number of pages whenever one is begun."""

    def __init__(self, form: Form, turned: Callable[[int], None] | None = None) -> None:
        self._pages = Pages(form.page, turned)
        self._parts = form.parts
        self._contents = ContentsList(form.parts)
        self._tables: dict[int, TableFlow] = {}
        self._signings: dict[int, Signing] = {}
        self._level = 0
        self._widest = self._widest_table(0)

    def run(self) -> list[Sheet]:
        """Place all parts; returns the finished sheets."""
        pages = self._pages
        for number, part in enumerate(self._parts):
            before = self._parts[number - 1] if number else None
            if isinstance(before, Cover) and not pages.is_fresh:
                pages.turn()
            if (
                isinstance(before, Table)
                and before.ruled
                and not isinstance(part, Signature | Signatures | Break | Cover)
            ):
                pages.y += 0.0 if pages.is_fresh else _BELOW_TABLE
            self._place(number, part, before)
        last = pages.sheets[-1]
        if len(pages.sheets) > 1 and pages.is_fresh and not (last.drawings or last.marks):
            pages.sheets.pop()
        self._contents.fill(pages.sheets)
        return pages.sheets

    def _place(self, number: int, part: Part, before: Part | None) -> None:
        pages = self._pages
        if isinstance(part, Text):
            self._place_text(number, part, before)
        elif isinstance(part, Table):
            if isinstance(before, Signature | Signatures) and not pages.is_fresh:
                pages.turn()
            self._table(number, part).run(self._tail(number + 1), self._level + 1)
            del self._tables[number]
        elif isinstance(part, Signature | Signatures):
            self._place_signing(number, part)
        elif isinstance(part, Break):
            self._break(number, part)
        elif isinstance(part, Contents):
            self._contents.put(pages, part)
        elif isinstance(part, Cover):
            if not pages.is_fresh:
                pages.turn()
            put_cover(pages, part)
        elif isinstance(part, Figure):
            captioned = isinstance(before, Text) and before.level > 0
            put_figure(pages, part, self._tail(number + 1), captioned=captioned)
        else:
            put_letterhead(pages, part)

    def _break(self, number: int, part: Break) -> None:
        if not self._pages.is_fresh:
            self._pages.turn()
        if part.page is not None:
            self._pages.use(part.page)
            self._widest = self._widest_table(number + 1)
        title = one_line(part.title)
        if title:
            self._level = max(part.level, 1)
            self._pages.mark(title, self._level)

    def _from(self, number: int) -> Iterator[Part]:
        """The parts from a number on, without copying them."""
        return (self._parts[place] for place in range(number, len(self._parts)))

    def _widest_table(self, number: int) -> float:
        """Width (mm) of the widest ruled table up to the next change of page settings."""
        rest = takewhile(lambda part: not (isinstance(part, Break) and part.page is not None), self._from(number))
        return max((sum(part.widths) for part in rest if isinstance(part, Table) and part.ruled), default=0.0)

    def _table(self, number: int, table: Table) -> TableFlow:
        if number not in self._tables:
            width = self._pages.width
            fits = self._pages.page.fit_width and table.ruled
            widest = self._widest if table.ruled else sum(table.widths)
            scale = width / widest if widest else MM
            self._tables[number] = TableFlow(self._pages, table, scale if fits else min(scale, MM))
        return self._tables[number]

    def _tail(self, number: int) -> float:
        """Height of what stays with a table's end: all that follows up to the last signature before the next table."""
        tail = height = 0.0
        for place, part in enumerate(self._from(number), number):
            if isinstance(part, Signature | Signatures):
                height += ABOVE + self._signing(place, part).height
                tail = height
            elif isinstance(part, Text):
                height += self._pages.paragraph_height(part) + (0.0 if height else _BELOW_TABLE)
            else:
                break
            if height > self._pages.height:
                break
        return tail

    def _start_height(self, number: int) -> float:
        """Height of what must stay with the part before: a table's start, a figure, a signature, two lines below."""
        height = 0.0
        for place, part in enumerate(self._from(number), number):
            if isinstance(part, Text):
                after = self._parts[place + 1] if place + 1 < len(self._parts) else None
                whole = part.level or (announces(part, after) and self._pages.is_short(part))
                height += self._pages.paragraph_height(part) if whole else self._pages.start_height(part)
                if whole and height < self._pages.height:
                    continue
            elif isinstance(part, Table):
                height += self._table(place, part).start_height(self._tail(place + 1))
            elif isinstance(part, Signature | Signatures):
                height += ABOVE + self._signing(place, part).height
            elif isinstance(part, Contents):
                height += 2 * CONTENTS_LEADING * part.size
            elif isinstance(part, Figure):
                height += start_height(self._pages, part, self._tail(place + 1))
            break
        return height

    def _place_text(self, number: int, text: Text, before: Part | None) -> None:
        """Print a paragraph; a short run of them stays with the table below it, the last one with a signature too."""
        if text.level or not isinstance(before, Text):
            self._begin_run(number, after_signature=isinstance(before, Signature | Signatures))
        after = self._parts[number + 1] if number + 1 < len(self._parts) else None
        keeps = text.level or isinstance(after, Table | Signature | Signatures) or announces(text, after)
        self._pages.paragraph(text, self._start_height(number + 1) if keeps else 0.0)
        self._level = text.level or self._level

    def _begin_run(self, number: int, *, after_signature: bool) -> None:
        """Turn the page before a run of paragraphs that is the heading of a table, if it would be torn from it."""
        pages = self._pages
        if pages.is_fresh:
            return
        height = 0.0
        end = number
        while end < len(self._parts) and isinstance(text := self._parts[end], Text):
            height += pages.paragraph_height(text)
            end += 1
            if height > _SHORT_RUN * pages.height and not after_signature:
                return
        if end == len(self._parts) or not isinstance(self._parts[end], Table):
            return
        need = height + self._start_height(end)
        is_heading = height <= _SHORT_RUN * pages.height and need <= pages.height
        if after_signature or (is_heading and not pages.fits(need)):
            pages.turn()

    def _signing(self, number: int, part: Signature | Signatures) -> Signing:
        if number not in self._signings:
            self._signings[number] = Signing(part, self._pages.width, self._pages.height - ABOVE)
        return self._signings[number]

    def _place_signing(self, number: int, part: Signature | Signatures) -> None:
        pages = self._pages
        signing = self._signing(number, part)
        if not pages.is_fresh and not pages.fits(ABOVE + signing.height):
            pages.turn()
        if not pages.is_fresh:
            pages.y += ABOVE
        pages.put(signing.draw(pages.left, pages.y))
        pages.y += signing.height
        del self._signings[number]
