"""The ground on which the chart stands: where each box is in the window, scrolled and zoomed."""

from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from services.bagan import SCREEN, Bundle, Chart
from ui.pohon_paint import PX, READABLE

LEAST, MOST = 0.05, 3.0
"""Bounds of the zoom."""
STEP: Final = 1.2
_MARGIN = 40
_NEAR = 24
"""Pixels that stay free around a box that is brought into sight."""
_KNOB = 15
_KNOB_FROM = READABLE / SCREEN.size
"""Pixels of a point from which the small boxes for folding are shown."""
_SCROLL = 64


class Ground(QAbstractScrollArea):
    """`zoom_changed(zoom)`: 1.0 is 100 %; `viewed`: what is in sight has moved. Places are those of the viewport."""

    zoom_changed = Signal(float)
    viewed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(self.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)
        self.chart = Chart()
        self.zoom = 1.0
        self._free = False
        """The chart stands where the pointer held it, maybe beyond the margins."""
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.setSingleStep(_SCROLL)
            bar.valueChanged.connect(self._on_scrolled)

    @property
    def scale(self) -> float:
        """Pixels of a point."""
        return self.zoom * PX

    def set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom; the place `at` in the viewport, or its middle, stays where it is."""
        zoom = max(LEAST, min(MOST, zoom))
        if zoom == self.zoom:
            return
        held = at is not None or self._free
        at = at if at is not None else QRectF(self.viewport().rect()).center()
        x, y = self._point(at)
        self.zoom = zoom
        if held:
            self._hold(round(_MARGIN - at.x() + x * self.scale), round(_MARGIN - at.y() + y * self.scale))
        self.set_ranges()
        if not held:
            origin = self.origin()
            self.pan(at.x() - origin.x() - x * self.scale, at.y() - origin.y() - y * self.scale)
        self.viewport().update()
        self.zoom_changed.emit(zoom)
        self.viewed.emit()

    def zoom_by(self, steps: float, at: QPointF | None = None) -> None:
        """So many steps nearer (or, below 0, farther)."""
        self.set_zoom(self.zoom * STEP**steps, at)

    def fit(self) -> None:
        """All of the chart in sight, never larger than 100 %."""
        self._free = False
        self.set_ranges()
        room = self.maximumViewportSize()
        wide, high = max(self.chart.width, 1.0) * PX, max(self.chart.height, 1.0) * PX
        self.set_zoom(min((room.width() - _NEAR) / wide, (room.height() - _NEAR) / high, 1.0))

    def pan(self, right: float, down: float) -> None:
        """Move the chart by so many pixels."""
        self.horizontalScrollBar().setValue(round(self.horizontalScrollBar().value() - right))
        self.verticalScrollBar().setValue(round(self.verticalScrollBar().value() - down))

    def show_box(self, number: int) -> None:
        """Scroll no further than that a box is in sight, or its upper left corner where it is too large."""
        rect = self.rect_of(number)
        room = QRectF(self.viewport().rect()).adjusted(_NEAR, _NEAR, -_NEAR, -_NEAR)
        self.pan(
            _into(rect.left(), rect.right(), room.left(), room.right()),
            _into(rect.top(), rect.bottom(), room.top(), room.bottom()),
        )

    def centre(self, number: int) -> None:
        """Bring a box into the middle of the upper part."""
        rect, room = self.rect_of(number), QRectF(self.viewport().rect())
        self.pan(room.center().x() - rect.center().x(), room.height() / 4 - rect.top())

    def origin(self) -> QPointF:
        """Where the corner of the chart is in the viewport; a chart smaller than that stands in its middle."""
        room, scale = self.viewport().size(), self.scale
        wide, high = self.chart.width * scale, self.chart.height * scale
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        free = self._free
        x = _MARGIN - across.value() if free or across.maximum() else (room.width() - wide) / 2
        y = _MARGIN - down.value() if free or down.maximum() else min((room.height() - high) / 2, 2.0 * _MARGIN)
        return QPointF(round(x), round(y))

    def rect_of(self, number: int) -> QRectF:
        """The box in the viewport."""
        spot, scale, origin = self.chart.spots[number], self.scale, self.origin()
        return QRectF(
            origin.x() + spot.x * scale, origin.y() + spot.y * scale, spot.box.width * scale, spot.box.height * scale
        )

    def spot_at(self, place: QPointF) -> int | None:
        """The box at a place of the viewport."""
        x, y = self._point(place)
        spots = self.chart.spots
        return next((n for n, s in enumerate(spots) if s.x <= x <= s.right and s.y <= y <= s.bottom), None)

    def knob_at(self, place: QPointF) -> int | None:
        """The box whose small box for folding is at a place."""
        found = (n for n in self.visible(QRectF(self.viewport().rect())) if self.has_knob(n))
        return next((n for n in found if self.knob_of(n).adjusted(-2, -2, 2, 2).contains(place)), None)

    def knob_of(self, number: int) -> QRectF:
        """The small box for folding, on the lower edge."""
        spot, origin = self.chart.spots[number], self.origin()
        width = _KNOB + (8 * len(str(spot.hidden)) if spot.hidden else 0)
        x, y = origin.x() + spot.below * self.scale, origin.y() + spot.bottom * self.scale
        return QRectF(round(max(x - width / 2, origin.x() + spot.x * self.scale)), round(y) - 4, width, _KNOB)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.set_ranges()
        self.viewed.emit()

    def visible(self, rect: QRectF) -> list[int]:
        """The boxes of which something is in a rectangle."""
        origin, scale = self.origin(), self.scale
        left, right = (rect.left() - origin.x()) / scale, (rect.right() - origin.x()) / scale
        top, bottom = (rect.top() - origin.y()) / scale, (rect.bottom() - origin.y()) / scale
        return [
            n
            for n, s in enumerate(self.chart.spots)
            if s.x <= right and s.y <= bottom and s.x + s.box.width >= left and s.y + s.box.height >= top
        ]

    def lines(self, bundles: tuple[Bundle, ...], rect: QRectF) -> list[QLineF]:
        """The connectors of which something may be in a rectangle."""
        origin, scale = self.origin(), self.scale
        x, y = origin.x() + 0.5, origin.y() + 0.5
        left, right = (rect.left() - x) / scale, (rect.right() - x) / scale
        top, bottom = (rect.top() - y) / scale, (rect.bottom() - y) / scale
        return [
            QLineF(round(a * scale) + x, round(b * scale) + y, round(c * scale) + x, round(d * scale) + y)
            for each in bundles
            if each.edges[0] <= right and each.edges[2] >= left and each.edges[1] <= bottom and each.edges[3] >= top
            for (a, b), (c, d) in each.lines
        ]

    def has_knob(self, number: int) -> bool:
        """Where boxes are small, only those of folded branches."""
        spot = self.chart.spots[number]
        return bool(spot.node.children) and (self.scale >= _KNOB_FROM or spot.hidden > 0)

    def _point(self, place: QPointF) -> tuple[float, float]:
        """Where a place of the viewport is in the chart, points."""
        origin = self.origin()
        return (place.x() - origin.x()) / self.scale, (place.y() - origin.y()) / self.scale

    def set_ranges(self) -> None:
        """How far can be scrolled, after the chart or its size has changed."""
        room = self.viewport().size()
        for bar, length, there in (
            (self.horizontalScrollBar(), self.chart.width, room.width()),
            (self.verticalScrollBar(), self.chart.height, room.height()),
        ):
            whole = length * self.scale
            bar.setPageStep(there)
            last = round(whole + 2 * _MARGIN - there) if whole > there else 0
            now = bar.value() if self._free else 0
            bar.setRange(min(0, now), max(last, now))

    def _hold(self, across: int, down: int) -> None:
        """Scroll there, also where that is beyond the margins."""
        self._free = True
        for bar, value in ((self.horizontalScrollBar(), across), (self.verticalScrollBar(), down)):
            bar.setRange(min(bar.minimum(), value), max(bar.maximum(), value))
            bar.setValue(value)

    def _on_scrolled(self) -> None:
        self.viewport().update()
        self.viewed.emit()


def _into(low: float, high: float, least: float, most: float) -> float:
    """By how much to move so that a stretch lies within another."""
    if low < least or high - low > most - least:
        return least - low
    return min(most - high, 0.0)
