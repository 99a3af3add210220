"""Where the pages of a document lie below each other, and how large, in a window onto them. Whole pixels."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRect

from ui.pdf_pages import Size

GAP = 16
MARGIN = 28
PIXELS_PER_MM = 96 / 25.4
"""At 100 %."""

Zoom = int | Literal["width", "page"]
"""Percent, or what shall fit into the window."""

SMALLEST = 0.1 * PIXELS_PER_MM
"""No page is shown smaller than at 10 %, however narrow the window."""


@dataclass(frozen=True, slots=True)
class Place:
    """A point of the document that stays the same at every zoom.

    `share` of the page's height below its top edge; or `above` that edge so many pixels, in the gap.
    """

    page: int = 0
    share: float = 0.0
    above: int = GAP


TOP = Place()


@dataclass(frozen=True, slots=True)
class View:
    """The window onto the pages: its size in pixels, the device's pixels per pixel, zoom, and the place at its top."""

    width: int
    height: int
    ratio: float
    zoom: Zoom
    place: Place = TOP


class PageLayout:
    """`rects` are the pages' places; the whole is `width` by `height`.

    `gap` above and below each page, `margin` beside it; `least` pixels per mm.
    """

    def __init__(
        self, sizes: Sequence[Size], view: View, gap: int = GAP, margin: int = MARGIN, least: float = SMALLEST
    ) -> None:
        self.scale = max(_scale(sizes, view, gap, margin), least)
        pixels = [(max(1, round(w * self.scale)), max(1, round(h * self.scale))) for w, h in sizes]
        self.width = max((w for w, _ in pixels), default=0) + 2 * margin
        across = max(self.width, view.width)
        self.rects: list[QRect] = []
        top = gap
        for width, height in pixels:
            self.rects.append(QRect((across - width) // 2, top, width, height))
            top += height + gap
        self.height = top
        self._tops = [rect.top() for rect in self.rects]

    @property
    def percent(self) -> float:
        """Beside the size on paper."""
        return self.scale / PIXELS_PER_MM * 100

    def visible(self, top: int, height: int) -> range:
        """The pages of which something lies between `top` and `top` + `height`."""
        first = max(0, bisect_right(self._tops, top) - 1)
        if first < len(self.rects) and self.rects[first].bottom() < top:
            first += 1
        return range(first, max(first, bisect_right(self._tops, top + height - 1)))

    def most_visible(self, top: int, height: int, current: int) -> int:
        """The page that the officer looks at; it stays `current` while that one is seen whole."""
        window = QRect(0, top, self.width, height)
        pages = list(self.visible(top, height))
        if not pages:
            return min(current, max(len(self.rects) - 1, 0))
        seen = {page: _overlap(self.rects[page], window) for page in pages}
        if current in seen and seen[current] == self.rects[current].height():
            return current
        return max(pages, key=lambda page: (seen[page], -page))

    def place_at(self, y: int) -> Place:
        """What of the document lies at y."""
        page = min(bisect_right(self._tops, y), len(self.rects)) - 1
        if page < 0 or (self.rects[page].bottom() < y and page + 1 < len(self.rects)):
            page += 1
        if not self.rects:
            return TOP
        rect = self.rects[page]
        if y < rect.top():
            return Place(page, 0.0, rect.top() - y)
        return Place(page, (y - rect.top()) / rect.height(), 0)

    def y_of(self, place: Place) -> int:
        """Where a place lies; on the last page if there are not so many any more."""
        if not self.rects:
            return 0
        rect = self.rects[min(place.page, len(self.rects) - 1)]
        return rect.top() + round(place.share * rect.height()) - place.above


def _scale(sizes: Sequence[Size], view: View, gap: int, margin: int) -> float:
    """Pixels per mm, the same for all pages: a sheet that lies is as much wider as it is on paper."""
    if isinstance(view.zoom, int):
        return view.zoom / 100 * PIXELS_PER_MM
    widest = max((width for width, _ in sizes), default=1.0)
    scale = (view.width - 2 * margin) / widest
    if view.zoom == "page":
        tallest = max((height for _, height in sizes), default=1.0)
        scale = min(scale, (view.height - 2 * gap) / tallest)
    return scale


def _overlap(rect: QRect, window: QRect) -> int:
    return min(rect.bottom(), window.bottom()) - max(rect.top(), window.top()) + 1
