"""The list of headings with dots and page numbers; the numbers are filled in when all pages are there."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from services.forms.parts import Break, Contents, Part, Table, Text
from services.render.fonts import Font, face
from services.render.pages import Pages
from services.render.paragraphs import heading, one_line
from services.render.sheets import MM, Drawing, Link, Placed, Sheet
from services.render.wrapping import wrap

LEADING: Final = 1.45
_STEP: Final = 6 * MM
_DEEPEST: Final = 0.4
"""Entries are indented by at most this share of the width."""
_DOT_GAP: Final = 1.2 * MM


class Entry(NamedTuple):
    """A heading that contents name, in the order of the form."""

    title: str
    level: int


class _Spot(NamedTuple):
    """Where dots and number of an entry go: after the text that ends at `x`."""

    number: int
    drawing: Drawing
    x: float
    right: float
    y: float
    font: Font


def entries(parts: Sequence[Part]) -> Iterator[Entry]:
    """All headings and titled breaks of a form."""
    for part in parts:
        if isinstance(part, Break):
            title = one_line(part.title)
            if title:
                yield Entry(title, max(part.level, 1))
        for text in (part,) if isinstance(part, Text) else part.title if isinstance(part, Table) else ():
            if text.level > 0 and heading(text):
                yield Entry(heading(text), text.level)


class ContentsList:
    """The lists of a form on their pages, still without numbers."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._entries = list(entries(parts))
        self._spots: list[_Spot] = []

    def put(self, pages: Pages, part: Contents) -> None:
        """Print the titles, over as many pages as they take."""
        leading = LEADING * part.size
        for number, entry in enumerate(self._entries):
            if entry.level > part.levels:
                continue
            font = Font(face(bold=entry.level == 1), part.size)
            indent = min((entry.level - 1) * _STEP, _DEEPEST * pages.width)
            x, right = pages.left + indent, pages.left + pages.width
            lines = wrap(entry.title, font, right - x - font.width("00000"))
            for line, text in enumerate(lines):
                need = leading * (min(len(lines), 2) if not line else 1)
                if not pages.fits(need) and not pages.is_fresh:
                    pages.turn()
                baseline = pages.y + font.cap
                drawing = Drawing(texts=[Placed(x, baseline, f"{text} ", font)])
                pages.put(drawing)
                pages.sheets[-1].links.append(Link(x, pages.y, right - x, leading, number))
                pages.y += leading
            end = x + font.width(lines[-1])
            self._spots.append(_Spot(number, drawing, end, right, baseline, Font(face(), part.size)))

    def fill(self, sheets: Sequence[Sheet]) -> None:
        """Write dots and page numbers, as the finished pages have them."""
        if not self._spots:
            return
        found: list[int] = []
        page = 0
        for sheet in sheets:
            page += sheet.counted
            found.extend(page for mark in sheet.marks if mark.listed)
        for spot in self._spots:
            text = str(found[spot.number])
            left = spot.right - spot.font.width(text)
            count = int((left - spot.x - 2 * _DOT_GAP) / spot.font.width("."))
            if count > 1:
                dots = "." * count + " "
                spot.drawing.texts.append(
                    Placed(left - _DOT_GAP - count * spot.font.width("."), spot.y, dots, spot.font)
                )
            spot.drawing.texts.append(Placed(left, spot.y, text, spot.font))
