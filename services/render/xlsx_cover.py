"""A cover as a sheet of one page: lines in the middle, framed by double rules."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil

from services.forms.parts import Cover, Page, Text
from services.render.xlsx_grid import MM, Grid, enlargement
from services.render.xlsx_picture import Picture, picture
from services.render.xlsx_sheet import TALLEST, SheetRows
from services.render.xlsx_style import Look, Styles
from services.render.xlsx_text import clean, count_lines, cut_lines, line_height

_EDGE = 20.0
"""Between the frame and the first and last lines, mm."""
_LOGO = 28.0
_BELOW_LOGO = 8.0
_SPARE = 0.98
_PIECE = 160.0
"""Height of the rows of a text that is too high for one; points."""
_COLUMNS = 4
"""White at both sides, and two for the lines: Excel knows no column as wide as the widest paper."""

_Line = tuple[float, Text | None]
"""Height in points and what stands there."""


class CoverSheet:
    """The rows and pictures of a cover. `room`: height of the page between its margins, points."""

    def __init__(self, cover: Cover, page: Page, styles: Styles, room: float) -> None:
        self.grid = Grid((), page, mm=enlargement(page))
        width = self.grid.width
        self.grid.edges = [0.0, _EDGE, width / 2, width - _EDGE, width]
        self.rows = SheetRows(_COLUMNS)
        self.pictures: list[Picture] = []
        self._styles = styles
        self._write(cover, room * _SPARE)

    def _write(self, cover: Cover, room: float) -> None:
        """The logo stands above the lines in the middle, which keep the middle of the page where they can."""
        edge = list(_space(_EDGE * MM))
        logo = [*_space(_LOGO * MM), *_space(_BELOW_LOGO * MM)] if cover.logo else []
        top, middle, bottom = (list(self._measure(texts)) for texts in (cover.top, cover.middle, cover.bottom))
        heights = [sum(height for height, _ in part) for part in (edge + top, logo, middle, bottom + edge)]
        free = max(room - sum(heights), 0.0)
        above = min(max((room - heights[2]) / 2 - heights[1] - heights[0], 0.0), free)
        upper, lower = list(_space(above)), list(_space(free - above))
        lines = [*edge, *top, *upper, *logo, *middle, *lower, *bottom, *edge]
        for number, (height, text) in enumerate(lines):
            self._row(height, text, first=number == 0, last=number == len(lines) - 1)
        if cover.logo:
            row = len(edge) + len(top) + len(upper) + 1
            shown = picture(cover.logo, _LOGO * MM, column=1, row=row, middle=(self.grid.width / 2 - _EDGE) * MM)
            self.pictures += [shown] if shown else []

    def _measure(self, texts: Sequence[Text]) -> Iterator[_Line]:
        for text in texts:
            yield from _space(text.before * MM)
            yield from self._lines(text)
            yield from _space(text.after * MM)

    def _lines(self, text: Text) -> Iterator[_Line]:
        """A text, in several rows where it is higher than Excel allows."""
        plain, line = clean(text.plain), line_height(text.size)
        width = self.grid.room(1, _COLUMNS - 1)
        height = count_lines(plain, text.size, text.bold, width) * line
        if height <= TALLEST:
            yield height, text
            return
        for begin, end in cut_lines(plain, text.size, text.bold, width, max(1, int(_PIECE / line))):
            piece = plain[begin:end]
            yield count_lines(piece, text.size, text.bold, width) * line, replace(text, text=piece)

    def _row(self, height: float, text: Text | None, first: bool, last: bool) -> None:
        rules = "T" * first + "B" * last
        look = Look(text.size, text.bold, "center", italic=text.italic) if text else Look(8)
        left, inner, right = (self._styles[look._replace(rules=rules + side)] for side in ("L", "", "R"))
        number, letters = self.rows.next, self.rows.letters
        self.rows.merge(1, _COLUMNS - 2)
        cells = [
            f'<c r="{letter}{number}" s="{style}"/>'
            for letter, style in zip(letters, (left, inner, inner, right), strict=True)
        ]
        if text:
            cells[1] = self.rows.text(1, inner, text.plain)
        self.rows.add(height, cells)


def _space(height: float) -> Iterator[_Line]:
    """White in rows that Excel can have."""
    count = ceil(height / TALLEST)
    for _ in range(count):
        yield height / count, None
