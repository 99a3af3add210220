"""The pages of the preview as small pictures in a narrow list; only those in sight are drawn."""

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from ui.colours import colours
from ui.fonts import SMALL, ui_font
from ui.page_images import PageImages, Pages
from ui.page_layout import PageLayout, View

WIDTH = 128
_GAP = 24
"""Between two pages; the number stands in it."""
_MARGIN = 12
_LEAST = 0.05
"""Pixels per mm."""
_FRAME = 2
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -4, Qt.Key.Key_PageDown: 4}


class PageThumbs(QAbstractScrollArea):
    """`page_wanted(number)` says which page, from 1, the officer wants to see."""

    page_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Halaman kecil")
        self.setFixedWidth(WIDTH)
        self.verticalScrollBar().setSingleStep(_GAP)
        self._pages = Pages()
        self._page = 0
        self._images = PageImages(self)
        self._images.drawn.connect(lambda _page: self.viewport().update())
        self._layout = PageLayout((), View(0, 0, 1.0, "width"))

    @property
    def page(self) -> int:
        """The page that is marked, from 1."""
        return self._page

    def thumb_rect(self, number: int) -> QRect:
        """Where the picture of a page (from 1) lies in the viewport."""
        return self._layout.rects[number - 1].translated(0, -self.verticalScrollBar().value())

    def drawn(self) -> list[int]:
        """The numbers of the pages of which there are pictures."""
        return [page + 1 for page in range(len(self._pages.sizes)) if self._images.at(page) is not None]

    def show_pages(self, pages: Pages) -> None:
        """Show these pages instead."""
        self._pages = Pages(pages.pdf, pages.sizes)
        self._images.take(self._pages, keep=True)
        self._lay_out()

    def mark(self, number: int) -> None:
        """Mark the page (from 1) that is looked at, and have it in sight."""
        if number == self._page:
            return
        self._page = number
        self._reveal()

    def page_at(self, point: QPoint) -> int:
        """The page, from 1, at a point of the viewport; 0 where there is none."""
        y = point.y() + self.verticalScrollBar().value()
        return next((n for n, r in enumerate(self._layout.rects, 1) if r.top() <= y <= r.bottom() + _GAP), 0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._reveal()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        page = self.page_at(event.position().toPoint())
        if page and event.button() == Qt.MouseButton.LeftButton:
            self.page_wanted.emit(page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._pages.sizes)
        ends = {Qt.Key.Key_Home: 1, Qt.Key.Key_End: last}
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or key not in {*_STEPS, *ends} or not last:
            super().keyPressEvent(event)
        else:
            self.page_wanted.emit(ends.get(key) or max(1, min(self._page + _STEPS[key], last)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        c, top, height = colours(), self.verticalScrollBar().value(), self.viewport().height()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), c.window)
        painter.setFont(ui_font(SMALL))
        # The number of a page stands below it, so one more is begun above.
        seen = self._layout.visible(top - _GAP, height + _GAP)
        for page in seen:
            self._paint_page(painter, page)
        painter.end()
        if self._pages.sizes:
            self._images.ask(self._layout, self._layout.visible(top, height), self.devicePixelRatioF())

    def _paint_page(self, painter: QPainter, page: int) -> None:
        c, rect, current = colours(), self.thumb_rect(page + 1), page + 1 == self._page
        if current:
            wide = _FRAME + (2 if self.hasFocus() else 1)
            painter.fillRect(rect.adjusted(-wide, -wide, wide, wide), c.accent)
        painter.setPen(c.field_edge)
        painter.drawRect(rect.adjusted(-1, -1, 0, 0))
        image = self._images.at(page)
        if image is None:
            painter.fillRect(rect, Qt.GlobalColor.white)
        else:
            painter.drawImage(QPointF(rect.topLeft()), image)
        painter.setPen(c.text if current else c.muted)
        below = QRect(0, rect.bottom() + _FRAME, self.viewport().width(), _GAP - _FRAME)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, str(page + 1))

    def _reveal(self) -> None:
        number = self._page
        if 1 <= number <= len(self._layout.rects):
            rect, bar = self.thumb_rect(number), self.verticalScrollBar()
            if rect.top() < _GAP:
                bar.setValue(bar.value() + rect.top() - _GAP)
            elif rect.bottom() + _GAP > self.viewport().height():
                bar.setValue(bar.value() + rect.bottom() + _GAP - self.viewport().height())
        self.viewport().update()

    def _lay_out(self) -> None:
        room, bar = self.viewport().size(), self.verticalScrollBar()
        view = View(room.width(), room.height(), self.devicePixelRatioF(), "width")
        self._layout = PageLayout(self._pages.sizes, view, _GAP, _MARGIN, _LEAST)
        bar.setRange(0, max(0, self._layout.height - room.height()))
        bar.setPageStep(max(room.height(), 1))
        self.viewport().update()
