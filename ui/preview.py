"""The page viewer: all pages of a PDF below each other on the window's ground, white in both palettes."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from ui.colours import colours
from ui.page_images import PageImages, Pages
from ui.page_layout import GAP, TOP, PageLayout, Place, View, Zoom

STEPS = (50, 75, 100, 125, 150, 200)
"""The zooms in percent that the buttons step through."""

_LINE = 48
_BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class Preview(QAbstractScrollArea):
    """`page_changed(number, count)` says which page is looked at, from 1; `zoom_changed()` that the zoom is another.

    `double_clicked(page, across, down)`: a point of a page (from 0), in shares of its width and height.
    """

    page_changed = Signal(int, int)
    zoom_changed = Signal()
    double_clicked = Signal(int, float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Pratinjau")
        self.title = ""
        self.message = ""
        self._pages = Pages()
        self._images = PageImages(self)
        self._images.drawn.connect(self._on_drawn)
        self._zoom: Zoom = "width"
        self._layout = PageLayout((), View(0, 0, 1.0, self._zoom))
        self._page = 0
        self._told = (0, 0)
        self._turned = 0
        self._framed = False
        self.verticalScrollBar().setSingleStep(_LINE)
        self.horizontalScrollBar().setSingleStep(_LINE)

    @property
    def pdf(self) -> bytes:
        """What is shown."""
        return self._pages.pdf

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages.sizes)

    @property
    def page(self) -> int:
        """The number of the page that is looked at, from 1; 0 when there is none."""
        return self._page + 1 if self.count else 0

    @property
    def zoom(self) -> Zoom:
        """As chosen."""
        return self._zoom

    @property
    def percent(self) -> float:
        """The zoom that this comes to."""
        return self._layout.percent

    @property
    def place(self) -> Place:
        """What of the document is at the upper edge."""
        return self._layout.place_at(self.verticalScrollBar().value())

    def view(self, *, keep_place: bool = True) -> View:
        """The window onto the pages, from the place that it shows or from the first page."""
        room = self.viewport().size()
        place = self.place if keep_place and self.count else TOP
        return View(room.width(), room.height(), self.devicePixelRatioF(), self._zoom, place)

    def page_rect(self, number: int) -> QRect:
        """Where a page (from 1) lies in the viewport."""
        return self._layout.rects[number - 1].translated(-self._origin())

    def show_pages(self, pages: Pages, *, keep_place: bool) -> None:
        """Show these pages instead, from the same place of the document or from its beginning."""
        place = self.place if keep_place and self.count else TOP
        self.message = ""
        self._pages = pages
        self._images.take(pages)
        if not keep_place:
            self._page = 0
        self._page = min(self._page, max(self.count - 1, 0))
        self._lay_out(place)
        self._tell()

    def show_message(self, sentence: str) -> None:
        """Show a sentence in place of the pages."""
        self._pages = Pages()
        self._images.take(self._pages)
        self.message = sentence
        self._page = 0
        self._lay_out(TOP)
        self._tell()

    def set_zoom(self, zoom: Zoom, at: QPoint | None = None) -> None:
        """Show the pages at another zoom. `at`: the point of the viewport that stays where it is."""
        if zoom == self._zoom:
            return
        down = at.y() if at else 0
        across = at.x() if at else self.viewport().width() // 2
        place = self._layout.place_at(self.verticalScrollBar().value() + down)
        share = (self.horizontalScrollBar().value() + across) / max(self._layout.width, 1)
        self._zoom = zoom
        self._lay_out(place, down)
        self.horizontalScrollBar().setValue(round(share * self._layout.width) - across)
        self.zoom_changed.emit()

    def zoom_by(self, step: int, at: QPoint | None = None) -> None:
        """The next larger (1) or smaller (-1) of the steps."""
        now = self.percent
        steps = [s for s in STEPS if s > now + 0.5] if step > 0 else [s for s in reversed(STEPS) if s < now - 0.5]
        if steps:
            self.set_zoom(steps[0], at)

    def go_to(self, number: int) -> None:
        """Show a page (from 1) from its top."""
        if self.count:
            self._page = max(0, min(number - 1, self.count - 1))
            self.verticalScrollBar().setValue(self._layout.rects[self._page].top() - GAP)
            self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        forward = event.key() == Qt.Key.Key_PageDown
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Home:
            self.go_to(1)
        elif event.key() == Qt.Key.Key_End:
            self.go_to(self.count)
            bar.setValue(bar.maximum())
        elif forward or event.key() == Qt.Key.Key_PageUp:
            if self._zoom == "page":
                self.go_to(self.page + (1 if forward else -1))
            else:
                room = self.viewport().height()
                bar.setValue(bar.value() + (1 if forward else -1) * max(room - _LINE, _LINE))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._turned += event.angleDelta().y()
        if abs(self._turned) >= 120:
            self.zoom_by(1 if self._turned > 0 else -1, event.position().toPoint())
            self._turned = 0
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        for page in self._visible():
            rect = self.page_rect(page + 1)
            if event.button() == Qt.MouseButton.LeftButton and rect.contains(point.toPoint()):
                across, down = (point.x() - rect.x()) / rect.width(), (point.y() - rect.y()) / rect.height()
                self.double_clicked.emit(page, across, down)
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out(self.place)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        top = self.verticalScrollBar().value()
        self._page = self._layout.most_visible(top, self.viewport().height(), self._page)
        self._tell()
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._framed = event.reason() in _BY_KEYBOARD
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._framed = False
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), colours().title)
        if self.message:
            painter.setPen(colours().text)
            room = self.viewport().rect().adjusted(GAP * 3, GAP * 3, -GAP * 3, -GAP * 3)
            painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, self.message)
        for page in self._visible():
            self._paint_page(painter, page)
        if self._framed:
            rect = self.viewport().rect()
            for inset in (0, 1):
                painter.setPen(colours().accent)
                painter.drawRect(rect.adjusted(inset, inset, -inset - 1, -inset - 1))
        painter.end()
        self._ask()

    def _paint_page(self, painter: QPainter, page: int) -> None:
        rect = self.page_rect(page + 1)
        painter.setPen(colours().field_edge)
        painter.drawRect(rect.adjusted(-1, -1, 0, 0))
        image = self._images.at(page)
        if image is None:
            painter.fillRect(rect, Qt.GlobalColor.white)
            return
        if image.width() == round(rect.width() * self.devicePixelRatioF()):
            painter.drawImage(QPointF(rect.topLeft()), image)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(rect, image)

    def _origin(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _visible(self) -> range:
        return self._layout.visible(self.verticalScrollBar().value(), self.viewport().height())

    def _ask(self) -> None:
        """Have pages drawn that are to be seen, or soon will be."""
        if self.count:
            self._images.ask(self._layout, self._visible(), self.devicePixelRatioF())

    def _on_drawn(self, page: int) -> None:
        if page in self._visible():
            self.viewport().update()
        else:
            self._ask()

    def _lay_out(self, place: Place, down: int = 0) -> None:
        """Lay the pages out anew; `place` comes `down` pixels below the upper edge."""
        view = self.view()
        self._layout = PageLayout(self._pages.sizes, replace(view, place=place))
        for bar, whole, room in (
            (self.verticalScrollBar(), self._layout.height, view.height),
            (self.horizontalScrollBar(), self._layout.width, view.width),
        ):
            bar.setRange(0, max(0, whole - room) if self.count else 0)
            bar.setPageStep(max(room, 1))
        self.verticalScrollBar().setValue(self._layout.y_of(place) - down)
        self._page = self._layout.most_visible(self.verticalScrollBar().value(), view.height, self._page)
        self._tell()
        self.viewport().update()

    def _tell(self) -> None:
        if (self.page, self.count) != self._told:
            self._told = (self.page, self.count)
            self.viewport().setAccessibleName(f"Pratinjau {self.title}, halaman {self.page} dari {self.count}")
            self.page_changed.emit(self.page, self.count)
