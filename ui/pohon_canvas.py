"""The chart on its ground: only what is in sight is painted; mouse, keys and the chosen box."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QToolTip, QWidget

from services.bagan import SPACING, Bundle, Chart, key_of
from services.kekosongan import Mark
from services.pohon.scene import Line
from ui.colours import colours
from ui.fonts import SMALL, ui_font
from ui.pohon_ground import Ground
from ui.pohon_keys import command_of, neighbour
from ui.pohon_mouse import Mouse
from ui.pohon_paint import Look, Pictures, line_pen
from ui.pohon_words import spoken, tip_of


class Canvas(Ground):
    """`selected(key)`: the officer chose a box; `edit_wanted`, `fold_wanted` (key), `menu_wanted(place)`.

    `command(name, number)`: a key of the trees, as in `tree_keys`. `drop_wanted(key, onto)`: a branch was let go.
    """

    selected = Signal(str)
    edit_wanted = Signal(str)
    fold_wanted = Signal(str)
    menu_wanted = Signal(QPoint)
    command = Signal(str, int)
    drop_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Bagan pohon kinerja")
        self.mouse = Mouse(self)
        self._marks: Mapping[str, tuple[Mark, ...]] = {}
        self._pictures = Pictures()
        self._current = ""

    @property
    def current(self) -> int | None:
        """The number of the chosen box."""
        return self.chart.spot_of(self._current)

    def current_key(self) -> str:
        """The key of the chosen box, "" for none."""
        number = self.current
        return key_of(self.chart.spots[number].node) if number is not None else ""

    def set_chart(self, chart: Chart, marks: Mapping[str, tuple[Mark, ...]]) -> None:
        """Show another chart; what both have stays where it is on the screen."""
        before = self._anchor()
        self.chart, self._marks = chart, marks
        self.set_ranges()
        if before is not None:
            key, place = before
            number = chart.spot_of(key)
            if number is not None:
                moved = self.rect_of(number).topLeft() - place
                self.pan(-moved.x(), -moved.y())
        self._describe()
        self.viewport().update()
        self.viewed.emit()

    def choose(self, key: str, *, show: bool = True, say: bool = False) -> None:
        """Make the box of a row the chosen one; `show`: bring it into sight; `say`: as if the officer had."""
        number = self.chart.spot_of(key)
        if number is None:
            return
        self._current = key_of(self.chart.spots[number].node)
        if show:
            self.show_box(number)
        self._describe()
        self.viewport().update()
        if say:
            self.selected.emit(self._current)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        c = colours()
        painter.fillRect(event.rect(), c.window)
        rect = QRectF(event.rect())
        origin, scale = self.origin(), self.scale
        painter.setPen(line_pen(c.field_edge))
        painter.drawLines(self.lines(self.chart.bundles, rect))
        painter.setPen(line_pen(c.muted, dashed=True))
        painter.drawLines(self.lines(self.chart.side, rect))
        visible = self.visible(rect)
        self._paint_way_up(painter)
        ratio = self.devicePixelRatioF()
        look = Look(round(scale, 4), ratio, c.dark)
        for number in visible:
            spot = self.chart.spots[number]
            picture = self._pictures.of(spot, self._marks.get(spot.node.row_id, ()) if spot.node.row_id else (), look)
            x, y = origin.x() + spot.x * scale, origin.y() + spot.y * scale
            painter.drawPixmap(QPointF(round(x * ratio) / ratio, round(y * ratio) / ratio), picture)
        self._paint_frames(painter)
        for number in visible:
            if self.has_knob(number):
                self._paint_knob(painter, number)
        self.mouse.paint(painter)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(event.angleDelta().y() / 120, event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                at = QPointF(self.viewport().mapFromGlobal(pinch.centerPoint().toPoint()))
                self.set_zoom(self.zoom * pinch.scaleFactor(), at)
                return True
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self.set_zoom(self.zoom * (1 + event.value()), event.position())
            return True
        if isinstance(event, QHelpEvent):
            number = self.spot_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._tip(number), self.viewport())
            return True
        return super().viewportEvent(event)

    def event(self, event: QEvent) -> bool:
        """The chart's keys are its own, whatever a menu does with them elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and command_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        found, number = command_of(event), self.current
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self.mouse.hold(on=True)
        elif event.key() == Qt.Key.Key_Escape and self.mouse.cancel():
            return
        elif found is not None:
            self.command.emit(*found)
        else:
            to = neighbour(self.chart, number, event)
            if to is None:
                super().keyPressEvent(event)
            else:
                self.choose(key_of(self.chart.spots[to].node), say=True)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.mouse.hold(on=False)
        else:
            super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.mouse.hold(on=False)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mouse.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            number = self.spot_at(QPointF(event.pos()))
            if number is not None:
                self.choose(key_of(self.chart.spots[number].node), show=False, say=True)
            self.menu_wanted.emit(event.globalPos())

    def menu_place(self) -> QPoint:
        """Where a menu for the chosen box opens, on the screen."""
        number = self.current
        if number is None:
            return self.viewport().mapToGlobal(self.viewport().rect().center())
        self.show_box(number)
        return self.viewport().mapToGlobal(self.rect_of(number).center().toPoint())

    def _paint_way_up(self, painter: QPainter) -> None:
        """The line of sight of the chosen box, up to the top."""
        way = self.chart.way_up(self.current)
        if len(way) < 2:
            return
        painter.setPen(QPen(colours().accent, 2))
        lines = [self._link(child) for child in way[:-1]]
        painter.drawLines(self.lines((Bundle(0, tuple(p for each in lines for p in each), _ALL),), _EVERYWHERE))

    def _link(self, number: int) -> list[Line]:
        child = self.chart.spots[number]
        above = self.chart.spots[child.parent or 0]
        x = above.below
        if child.listed:
            y = child.y + min(child.box.height, child.box.band) / 2
            return [((x, above.bottom), (x, y)), ((x, y), (child.x, y))]
        bar, middle = above.bottom + SPACING.below / 2, child.x + child.box.width / 2
        return [((x, above.bottom), (x, bar)), ((x, bar), (middle, bar)), ((middle, bar), (middle, child.y))]

    def _paint_frames(self, painter: QPainter) -> None:
        c, number = colours(), self.current
        if number is not None:
            painter.setPen(QPen(c.accent if self.hasFocus() else c.muted, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect_of(number).adjusted(-1, -1, 1, 1))

    def _paint_knob(self, painter: QPainter, number: int) -> None:
        c, spot, rect = colours(), self.chart.spots[number], self.knob_of(number)
        painter.fillRect(rect, c.button)
        painter.setPen(QPen(c.field_edge, 1))
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(c.text)
        painter.setFont(ui_font(SMALL))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, f"+{spot.hidden}" if spot.hidden else "\u2212")

    def _anchor(self) -> tuple[str, QPointF] | None:
        """A box that is in sight, and where: the chosen one, else the one nearest to the middle."""
        number, room = self.current, QRectF(self.viewport().rect())
        if number is None or not self.rect_of(number).intersects(room):
            middle = room.center()
            near = [(_far(self.rect_of(n).center(), middle), n) for n in self.visible(room)]
            number = min(near)[1] if near else None
        if number is None:
            return None
        return key_of(self.chart.spots[number].node), self.rect_of(number).topLeft()

    def _describe(self) -> None:
        number = self.current
        text = spoken(self.chart, number, self._marks) if number is not None else ""
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)

    def _tip(self, number: int | None) -> str:
        """What cannot be read at this zoom."""
        if number is None or Look(self.scale, 1.0, False).whole:
            return ""
        spot = self.chart.spots[number]
        return tip_of(spot.node, self._marks.get(spot.node.row_id, ()))


_ALL = (float("-inf"), float("-inf"), float("inf"), float("inf"))
_EVERYWHERE = QRectF(-1e7, -1e7, 2e7, 2e7)


def _far(one: QPointF, other: QPointF) -> float:
    return abs(one.x() - other.x()) + abs(one.y() - other.y())
