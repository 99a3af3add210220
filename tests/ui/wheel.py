"""The mouse wheel, as it reaches a widget."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

_NO_KEY = Qt.KeyboardModifier.NoModifier


def turn_wheel(target: QWidget, steps: int, at: tuple[int, int] = (8, 8), keys: Qt.KeyboardModifier = _NO_KEY) -> None:
    """Turn it so many notches away from the person, over a point of the widget."""
    place = QPoint(*at)
    event = QWheelEvent(
        QPointF(place),
        QPointF(target.mapToGlobal(place)),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(target, event)
