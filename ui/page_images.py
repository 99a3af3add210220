"""The pictures of a document's pages: drawn off the GUI thread when they are asked for, the oldest forgotten."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QImage

from ui.newest import Newest, Step
from ui.page_layout import PageLayout, View
from ui.pdf_pages import Size, draw_page, page_sizes

KEPT_BYTES = 96 * 2**20
_MOST_PIXELS = 24_000_000
"""A page that would need more is drawn coarser."""
_SMALL_PIXELS = 2_500_000


@dataclass(frozen=True, slots=True)
class Pages:
    """A PDF, the sizes of its pages, and the pictures of those that are to be seen first."""

    pdf: bytes = b""
    sizes: tuple[Size, ...] = ()
    images: Mapping[int, QImage] = field(default_factory=dict)


def open_pages(pdf: bytes, view: View) -> Pages:
    """The pages of a PDF, with the pictures of those that the view shows. May be called in any thread."""
    sizes = page_sizes(pdf)
    layout = PageLayout(sizes, view)
    seen = layout.visible(layout.y_of(view.place), view.height)
    return Pages(pdf, sizes, {page: _draw(pdf, page, layout.rects[page], view.ratio) for page in seen})


class PageImages(QObject):
    """`drawn(page)` says that a picture asked for is there. Pages count from 0."""

    drawn = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pdf = b""
        self._images: OrderedDict[int, QImage] = OrderedDict()
        self._stale: set[int] = set()
        self._seen = range(0)
        self._work = Newest(self)
        self._work.finished.connect(self._on_finished)

    def take(self, pages: Pages, *, keep: bool = False) -> None:
        """From now on the pictures are those of another PDF.

        Args:
            keep: an old picture stays until there is a new one of its page, so that nothing flickers.
        """
        self._pdf = pages.pdf
        old = {page: image for page, image in self._images.items() if keep and page < len(pages.sizes)}
        self._stale = old.keys() - pages.images.keys()
        self._images = OrderedDict({**old, **pages.images})

    def at(self, page: int) -> QImage | None:
        """The picture of a page, perhaps of another size; None while there is none."""
        image = self._images.get(page)
        if image is not None:
            self._images.move_to_end(page)
        return image

    def ask(self, layout: PageLayout, seen: range, ratio: float) -> None:
        """Draw the next page that is missing or of another size: first those seen, then their neighbours."""
        self._seen = seen
        if self._work.busy:
            return
        for page in (*seen, seen.stop, seen.start - 1):
            if not 0 <= page < len(layout.rects):
                continue
            if page in self._stale or not _is_sharp(self._images.get(page), layout.rects[page], ratio):
                self._work.start(partial(_drawn, self._pdf, page, layout.rects[page], ratio))
                return

    def _on_finished(self, result: tuple[bytes, int, QImage]) -> None:
        pdf, page, image = result
        if pdf is self._pdf:
            self._images[page] = image
            self._stale.discard(page)
            self._images.move_to_end(page)
            self._forget_oldest()
        self.drawn.emit(page)

    def _forget_oldest(self) -> None:
        held = sum(image.sizeInBytes() for image in self._images.values())
        for page in [page for page in self._images if not self._seen.start - 1 <= page <= self._seen.stop]:
            if held <= KEPT_BYTES:
                return
            held -= self._images.pop(page).sizeInBytes()


def _is_sharp(image: QImage | None, rect: QRect, ratio: float) -> bool:
    """Whether the picture has the very pixels of the page's place."""
    return image is not None and (image.width(), image.height()) == _pixels(rect, ratio)


def _pixels(rect: QRect, ratio: float) -> tuple[int, int]:
    width, height = rect.width() * ratio, rect.height() * ratio
    coarser = min(1.0, (_MOST_PIXELS / (width * height)) ** 0.5)
    return max(1, round(width * coarser)), max(1, round(height * coarser))


def _draw(pdf: bytes, page: int, rect: QRect, ratio: float) -> QImage:
    """Small pictures are drawn twice as large first: PDFium draws no line thinner than a whole black pixel."""
    width, height = _pixels(rect, ratio)
    if width * height <= _SMALL_PIXELS:
        large = draw_page(pdf, page, 2 * width, 2 * height)
        image = large.scaled(
            width, height, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    else:
        image = draw_page(pdf, page, width, height)
    image.setDevicePixelRatio(ratio)
    return image


def _drawn(pdf: bytes, page: int, rect: QRect, ratio: float, step: Step) -> tuple[bytes, int, QImage]:
    return pdf, page, _draw(pdf, page, rect, ratio)
