"""The mouse on the chart: choose, fold, pan, and carry a branch to another parent."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication

from services.bagan import key_of
from ui.colours import colours
from ui.fonts import ui_font

if TYPE_CHECKING:
    from ui.pohon_canvas import Canvas

_EDGE = 32
"""Pixels from the edge within which a carried branch scrolls the chart."""
_PACE = 18
_LEFT, _MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton


class Verdict(NamedTuple):
    """What letting go would do: `fits`, and a sentence about it, or about why not."""

    fits: bool
    words: str


Judge = Callable[[str, str], Verdict]
"""judge(key of the carried box, key of the one below the pointer)"""


class Mouse:
    """Answers one canvas. `judge` is asked while a branch is carried over a box."""

    def __init__(self, canvas: "Canvas") -> None:
        self.judge: Judge = lambda key, onto: Verdict(False, "")
        self.read_only = False
        self._canvas = canvas
        self._pressed: QPointF | None = None
        self._box: str = ""
        self._panning: QPointF | None = None
        self._held = False
        self._carried: str = ""
        self._at = QPointF()
        self._over: int | None = None
        self._verdict = Verdict(False, "")
        self._scrolling = QTimer(canvas, interval=30)
        self._scrolling.timeout.connect(self._scroll_on)

    @property
    def carried(self) -> str:
        """The key of the branch that is carried, "" for none."""
        return self._carried

    def hold(self, *, on: bool) -> None:
        """While the space bar is held, the left button pans wherever it is pressed."""
        self._held = on
        self._show_cursor()

    def press(self, event: QMouseEvent) -> None:
        place, canvas = event.position(), self._canvas
        knob = canvas.knob_at(place)
        number = canvas.spot_at(place)
        if event.button() == _MIDDLE or (event.button() == _LEFT and (self._held or (knob is None and number is None))):
            self._panning = place
            self._show_cursor()
        elif event.button() == _LEFT and knob is not None:
            canvas.fold_wanted.emit(key_of(canvas.chart.spots[knob].node))
        elif event.button() == _LEFT and number is not None:
            self._box = key_of(canvas.chart.spots[number].node)
            self._pressed = place
            canvas.choose(self._box, show=False, say=True)

    def move(self, event: QMouseEvent) -> None:
        place, canvas = event.position(), self._canvas
        if self._panning is not None:
            moved = place - self._panning
            self._panning = place
            canvas.pan(moved.x(), moved.y())
        elif self._carried:
            self._carry(place)
        elif self._pressed is not None and not self.read_only:
            far = (place - self._pressed).manhattanLength() >= QApplication.startDragDistance()
            number = canvas.chart.spot_of(self._box)
            if far and number is not None and canvas.chart.spots[number].node.row_id:
                self._carried = self._box
                self._carry(place)
        else:
            self._show_cursor(place)

    def release(self, event: QMouseEvent) -> None:
        carried, over = self._carried, self._over
        self._pressed = self._panning = None
        if carried:
            self.cancel()
            if over is not None:
                onto = key_of(self._canvas.chart.spots[over].node)
                if onto != carried:
                    self._canvas.drop_wanted.emit(carried, onto)
        self._show_cursor(event.position())

    def double_click(self, event: QMouseEvent) -> None:
        canvas = self._canvas
        number = canvas.spot_at(event.position())
        if event.button() != _LEFT or self._held or canvas.knob_at(event.position()) is not None:
            self.press(event)
        elif number is not None:
            self._pressed = None
            canvas.edit_wanted.emit(key_of(canvas.chart.spots[number].node))

    def cancel(self) -> bool:
        """Let go of what is carried without doing anything; False where nothing is."""
        had = bool(self._carried)
        self._carried, self._over, self._pressed = "", None, None
        self._scrolling.stop()
        self._canvas.viewport().update()
        self._show_cursor()
        return had

    def paint(self, painter: QPainter) -> None:
        """The frame around the box below the pointer, and beside the pointer what letting go would do."""
        if not self._carried:
            return
        c, canvas = colours(), self._canvas
        if self._over is not None and self._verdict.words:
            pen = QPen(c.accent if self._verdict.fits else c.galat, 3)
            if not self._verdict.fits:
                pen.setStyle(Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(canvas.rect_of(self._over).adjusted(-2, -2, 2, 2))
        words = self._verdict.words or "Lepaskan di atas kotak induknya"
        metrics = QFontMetricsF(ui_font())
        most = max(canvas.viewport().width() - 32.0, 80.0)
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, most)
        width = metrics.horizontalAdvance(words) + 16
        left = min(self._at.x() + 14, canvas.viewport().width() - width - 4)
        top = min(self._at.y() + 14, canvas.viewport().height() - 28.0)
        rect = QRectF(max(left, 4.0), top, width, 24)
        painter.fillRect(rect, c.selection)
        painter.setPen(QPen(c.pane_edge, 1))
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(c.text)
        painter.setFont(ui_font())
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)

    def _carry(self, place: QPointF) -> None:
        canvas = self._canvas
        self._at, self._over = place, canvas.spot_at(place)
        onto = key_of(canvas.chart.spots[self._over].node) if self._over is not None else ""
        none = not onto or onto == self._carried
        self._verdict = Verdict(False, "") if none else self.judge(self._carried, onto)
        if self._pace() != QPointF():
            self._scrolling.start()
        canvas.viewport().setCursor(
            Qt.CursorShape.DragMoveCursor if none or self._verdict.fits else Qt.CursorShape.ForbiddenCursor
        )
        canvas.viewport().update()

    def _scroll_on(self) -> None:
        pace = self._pace()
        if not self._carried or pace == QPointF():
            self._scrolling.stop()
            return
        self._canvas.pan(pace.x(), pace.y())
        self._carry(self._at)

    def _pace(self) -> QPointF:
        """By how much the chart moves while a branch is carried near an edge."""
        room = self._canvas.viewport().size()

        def one(at: float, length: int) -> float:
            return _PACE if at < _EDGE else -_PACE if at > length - _EDGE else 0.0

        return QPointF(one(self._at.x(), room.width()), one(self._at.y(), room.height()))

    def _show_cursor(self, place: QPointF | None = None) -> None:
        canvas, shape = self._canvas, Qt.CursorShape.ArrowCursor
        if self._panning is not None:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._held:
            shape = Qt.CursorShape.OpenHandCursor
        elif place is not None and canvas.knob_at(place) is not None:
            shape = Qt.CursorShape.PointingHandCursor
        if canvas.viewport().cursor().shape() != shape:
            canvas.viewport().setCursor(shape)
