"""Which parts of a form go into which sheet of its workbook.

Excel prints the same header rows again on all pages of a sheet. So a table that runs over more than a page has a sheet
of its own where its sheet would have other headers too; short ones stay together.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, takewhile
from math import ceil
from string import ascii_uppercase

from services.forms.parts import Break, Contents, Cover, Form, Letterhead, Page, Part, Table, Text
from services.render.xlsx_grid import MM, enlargement

_COVER = "Sampul"
_LETTER = 0.5
"""Mean width of a letter in sizes, and the lines of a text with it."""
_LEADING = 1.3


@dataclass(frozen=True, slots=True)
class Leaf:
    """What becomes one sheet: a cover, or parts.

    `suffix`: ends the name of the sheet, which is cut so that there is room for it. `widest`: width of the widest ruled
    table (mm) of all parts on this page set-up, by which tables are stretched; 0 without one. `mm`: a millimetre of the
    paper on the sheet.
    """

    title: str
    page: Page
    parts: list[Part] = field(default_factory=list)
    cover: Cover | None = None
    suffix: str = ""
    widest: float = 0.0
    mm: float = 1.0

    @property
    def filled(self) -> bool:
        """Whether anything is printed on it."""
        return any(not isinstance(part, Break) for part in self.parts)


def leaves(form: Form) -> Iterator[Leaf]:
    """The sheets of a form, at least one."""
    for leaf in _set_ups(form):
        widest = max((sum(part.widths) for part in leaf.parts if isinstance(part, Table) and part.ruled), default=0.0)
        leaf = replace(leaf, widest=widest, mm=enlargement(leaf.page, leaf.parts))
        for chapter in _chapters(leaf) if _is_mixed(leaf.parts) else (leaf,):
            yield from _divided(chapter) if _is_mixed(chapter.parts) else (chapter,)


def divided_again(leaf: Leaf, long: Collection[int]) -> list[Leaf]:
    """The leaf with each long table on a sheet of its own; `long`: their identities (`id`)."""
    return list(_joined(leaf, [_Stretch(parts, id(_table(parts)) in long) for parts in _stretches(leaf.parts)], True))


def _set_ups(form: Form) -> Iterator[Leaf]:
    """A change of page and a cover begin a new sheet.

    A list of contents is left out, and so is the line above it, its heading.
    """
    leaf = Leaf(form.title, form.page)
    any_yet = False
    for part in form.parts:
        if isinstance(part, Cover) or (isinstance(part, Break) and part.page is not None):
            if leaf.filled:
                yield leaf
                any_yet = True
            if isinstance(part, Cover):
                yield Leaf(_COVER, leaf.page, cover=part)
                any_yet = True
                leaf = Leaf(leaf.title, leaf.page)
            elif part.page is not None:
                leaf = Leaf(part.title or form.title, part.page)
        elif isinstance(part, Contents):
            if leaf.parts and isinstance(leaf.parts[-1], Text):
                leaf.parts.pop()
        elif leaf.filled or not isinstance(part, Break):
            leaf.parts.append(part)
    if leaf.filled or not any_yet:
        yield leaf


def _chapters(leaf: Leaf) -> Iterator[Leaf]:
    """One sheet for each page that begins with a heading of the first level, up to the next such page."""
    chapter = leaf
    begins = [at for at, part in enumerate(leaf.parts) if not at or isinstance(part, Break)]
    start = 0
    for at in begins:
        lines = takewhile(lambda part: isinstance(part, Text | Letterhead), _from(leaf.parts, at))
        heading = next((line.plain for line in lines if isinstance(line, Text) and line.level == 1), "")
        if heading:
            if at:
                yield replace(chapter, parts=leaf.parts[start:at])
            chapter, start = replace(leaf, title=heading), at + isinstance(leaf.parts[at], Break)
    yield replace(chapter, parts=leaf.parts[start:])


def _from(parts: Sequence[Part], at: int) -> Iterator[Part]:
    """The parts from a number on, the break there left out."""
    return (parts[place] for place in range(at + isinstance(parts[at], Break), len(parts)))


Header = tuple[tuple[float, ...], tuple[str, ...]]
"""The widths and the texts of a header, by which it is known again."""


def header_of(table: Table) -> Header | None:
    """None where the table has no header."""
    return (table.widths, tuple(cell.text for row in table.header for cell in row.cells)) if table.header else None


def _is_mixed(parts: Sequence[Part]) -> bool:
    """Whether there are tables with different headers."""
    return len({header_of(part) for part in parts if isinstance(part, Table) and part.header}) > 1


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Parts with at most one headed table; `long`: it runs over more than a page."""

    parts: list[Part]
    long: bool

    @property
    def header(self) -> Header | None:
        table = _table(self.parts)
        return header_of(table) if table else None


def _table(parts: Sequence[Part]) -> Table | None:
    """The headed table of a stretch."""
    return next((part for part in parts if isinstance(part, Table) and part.header), None)


def _stretches(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """A break begins a stretch, and so do the texts above each further table."""
    stretch: list[Part] = []
    for part in parts:
        if isinstance(part, Break) and stretch:
            yield stretch
            stretch = []
        elif isinstance(part, Table) and part.header and _table(stretch):
            cut = len(stretch)
            while isinstance(stretch[cut - 1], Text | Letterhead):
                cut -= 1
            yield stretch[:cut]
            stretch = stretch[cut:]
        stretch.append(part)
    if stretch:
        yield stretch


def _divided(leaf: Leaf) -> Iterator[Leaf]:
    stretches = [_Stretch(parts, _is_long(_table(parts), leaf)) for parts in _stretches(leaf.parts)]
    return _joined(leaf, stretches, strict=False)


def _joined(leaf: Leaf, stretches: Sequence[_Stretch], strict: bool) -> Iterator[Leaf]:
    """Sheets of stretches, one after another; `strict`: a long table has nothing else on its sheet.

    A sheet has the name of its first heading; without one it has that of the whole, and the letter of its table.
    """
    sheets: list[list[_Stretch]] = []
    for stretch in stretches:
        if sheets and _joins(sheets[-1], stretch, strict):
            sheets[-1].append(stretch)
        else:
            sheets.append([stretch])
    if len(sheets) == 1:
        yield leaf
        return
    tables = 0
    for number, sheet in enumerate(sheets):
        parts = list(chain.from_iterable(stretch.parts for stretch in sheet))
        headed = any(stretch.header for stretch in sheet)
        heading = _heading(parts)
        named = heading or not headed or (not number and len(sheet) > 1)
        suffix = "" if named else f" Tabel {_letter(tables)}"
        tables += headed
        yield replace(leaf, title=heading or leaf.title, parts=_trimmed(parts) if number else parts, suffix=suffix)


def _joins(sheet: Sequence[_Stretch], stretch: _Stretch, strict: bool) -> bool:
    headers = {each.header for each in sheet if each.header}
    if strict:
        return not stretch.long and not any(each.long for each in sheet)
    if not stretch.header or headers == {stretch.header}:
        return True
    return not stretch.long


def _trimmed(parts: list[Part]) -> list[Part]:
    """Without the breaks and white above the first text."""
    start = 0
    while start < len(parts) - 1 and _is_white(parts[start]):
        start += 1
    return parts[start:]


def _is_white(part: Part) -> bool:
    return isinstance(part, Break) or (isinstance(part, Text) and not part.plain.strip() and not part.label)


def _heading(parts: Sequence[Part]) -> str:
    """The first heading, "" without any."""
    for part in parts:
        for text in part.title if isinstance(part, Table) else (part,):
            if isinstance(text, Text) and text.level:
                return text.plain
    return ""


def _letter(number: int) -> str:
    return ascii_uppercase[number] if number < len(ascii_uppercase) else str(number + 1)


def _is_long(table: Table | None, leaf: Leaf) -> bool:
    """Whether a table seems to run over more than a page, by the number of letters in its cells."""
    if table is None:
        return False
    page = leaf.page
    room = (page.height - page.top - page.bottom) * MM
    scale = (page.width - page.left - page.right) / (leaf.widest or sum(table.widths))
    letters = [width * MM * (scale if page.fit_width else min(scale, 1.0)) / _LETTER for width in table.widths]
    for row in chain(table.header, *table.body, table.total):
        high = row.height * MM
        for cell in row.cells:
            if cell.rows == 1 and not cell.turned:
                size = cell.size or table.size
                lines = ceil(len(cell.text) * size / sum(letters[cell.col : cell.col + cell.cols]))
                high = max(high, max(lines, cell.text.count("\n") + 1) * size * _LEADING)
        room -= high
        if room < 0:
            return True
    return False
