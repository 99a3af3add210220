"""The cover's framed page, and the kop above a first page; lengths are points."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from services.forms.parts import Cover, Letterhead, Text
from services.render.pages import Pages
from services.render.paragraphs import Paragraph, few_lines, styled
from services.render.pictures import shape
from services.render.sheets import MM, Drawing, Fill, Picture
from services.render.wrapping import clean

_FRAME: Final = 12 * MM
_OUTER: Final = 1.4
_INNER: Final = 0.4
_APART: Final = 1.6 * MM
_INSIDE: Final = 18 * MM
"""Between the frame and the lines of the cover."""
_EMBLEM: Final = 32 * MM
_BELOW_EMBLEM: Final = 8 * MM
_LOGO: Final = 20 * MM
_WIDEST_LOGO: Final = 34 * MM
_BESIDE_LOGO: Final = 4 * MM
_ABOVE_RULE: Final = 2 * MM
_THICK: Final = 1.6
_THIN: Final = 0.5
_WHITE: Final = 0.9
"""Between the two rules."""
_BELOW_RULE: Final = 5 * MM
_SMALLER: Final = 0.9
_LEAST: Final = 0.5


class _Group:
    """Paragraphs one below the other."""

    def __init__(self, texts: Sequence[Text], width: float) -> None:
        self._width = width
        self._set = [Paragraph(text, width) for text in texts]
        self.height = sum(lines.height for lines in self._set)
        self.height -= self._set[0].before + self._set[-1].after if self._set else 0.0
        self.widest = max((line.width for lines in self._set for line in lines.lines), default=0.0)

    def draw(self, drawing: Drawing, x: float, y: float) -> None:
        """Place all lines, the first one's upper edge at `y`."""
        for place, lines in enumerate(self._set):
            y += lines.before if place else 0.0
            for number in range(len(lines.lines)):
                drawing.texts.extend(lines.placed(number, x, y))
                y += lines.leading
            y += lines.after


def put_cover(pages: Pages, cover: Cover) -> None:
    """Fill the page, a fresh one, with the cover; it has no number."""
    sheet = pages.sheets[-1]
    sheet.counted = False
    drawing = Drawing(fills=[*_frame(_FRAME, _OUTER, sheet.width, sheet.height)])
    drawing.fills.extend(_frame(_FRAME + _APART, _INNER, sheet.width, sheet.height))
    left, top = _FRAME + _INSIDE, _FRAME + _INSIDE
    width, bottom = sheet.width - 2 * left, sheet.height - top
    ratio = shape(cover.logo)
    emblem = _EMBLEM + _BELOW_EMBLEM if ratio else 0.0
    groups, room = (cover.top, cover.middle, cover.bottom), bottom - top - 2 * _BELOW_EMBLEM
    above, middle, below = _fitted(groups, [width] * 3, room - emblem)
    above.draw(drawing, left, top)
    highest, lowest = top + above.height, bottom - below.height - middle.height
    y = (sheet.height - middle.height + emblem) / 2
    y = max(min(y, lowest - _BELOW_EMBLEM), highest + emblem + (_BELOW_EMBLEM if cover.top else 0.0))
    if ratio and cover.logo:
        height = min(_EMBLEM, width / ratio)
        x = (sheet.width - height * ratio) / 2
        drawing.pictures.append(Picture(x, y - _BELOW_EMBLEM - height, height * ratio, height, cover.logo))
    middle.draw(drawing, left, y)
    below.draw(drawing, left, bottom - below.height)
    pages.put(drawing)
    pages.y = pages.bottom


def _frame(inset: float, thick: float, width: float, height: float) -> list[Fill]:
    """Four bars whose outer edge is so far from the edges of the sheet."""
    across, down = width - 2 * inset, height - 2 * inset
    return [
        Fill(inset, inset, across, thick, 0.0),
        Fill(inset, height - inset - thick, across, thick, 0.0),
        Fill(inset, inset, thick, down, 0.0),
        Fill(width - inset - thick, inset, thick, down, 0.0),
    ]


def _fitted(groups: Sequence[Sequence[Text]], widths: Sequence[float], room: float) -> list[_Group]:
    """The groups, all made smaller where they are higher than the room together."""
    groups = [[_with_few_lines(text) for text in group] for group in groups]
    factor = 1.0
    while True:
        done = [
            _Group([_smaller(text, factor) for text in group], width)
            for group, width in zip(groups, widths, strict=True)
        ]
        if sum(group.height for group in done) <= room or factor * _SMALLER < 0.01:
            return done
        factor *= _SMALLER


def _with_few_lines(text: Text) -> Text:
    if few_lines(text.plain).count("\n") == clean(text.plain).strip(" \n").count("\n"):
        return text
    return replace(text, text=tuple(replace(run, text=clean(run.text).replace("\n", " ")) for run in styled(text)))


def _smaller(text: Text, factor: float) -> Text:
    if factor == 1.0:
        return text
    return replace(text, size=max(text.size * factor, _LEAST), before=text.before * factor, after=text.after * factor)


def put_letterhead(pages: Pages, part: Letterhead) -> None:
    """Print the kop where the page is filled to; on a new page if it does not fit there."""
    ratio = shape(part.logo)
    logo = min(_LOGO, _WIDEST_LOGO / ratio) if ratio else 0.0
    beside = logo * ratio + _BESIDE_LOGO if ratio else 0.0
    texts = [replace(text, align="center") for text in part.lines]
    rules = _ABOVE_RULE + _THICK + _WHITE + _THIN + _BELOW_RULE
    room = pages.height - rules
    x, width = pages.left + beside, pages.width - 2 * beside
    (group,) = _fitted([texts], [width], room)
    if beside and _Group(texts, pages.width).widest > width:
        width = pages.width - beside
        (group,) = _fitted([texts], [width], room)
    height = max(group.height, logo)
    if not pages.fits(height + rules) and not pages.is_fresh:
        pages.turn()
    drawing = Drawing()
    if ratio and part.logo:
        y = pages.y + (height - logo) / 2
        drawing.pictures.append(Picture(pages.left, y, logo * ratio, logo, part.logo))
    group.draw(drawing, x, pages.y + (height - group.height) / 2)
    y = pages.y + height + _ABOVE_RULE
    drawing.fills.append(Fill(pages.left, y, pages.width, _THICK, 0.0))
    drawing.fills.append(Fill(pages.left, y + _THICK + _WHITE, pages.width, _THIN, 0.0))
    pages.put(drawing)
    pages.y += height + rules
