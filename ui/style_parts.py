"""Where the parts of combo boxes, spin boxes and scroll bars lie."""

from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QStyle

ARROW_WIDTH = 22
SPIN_WIDTH = 20

_Part = QStyle.SubControl


def part_rect(control: QStyle.ComplexControl, option: Any, part: QStyle.SubControl) -> QRect | None:
    """Where the parts of combo boxes, spin boxes and scroll bars lie, or None if that is Fusion's to say."""
    rect: QRect = option.rect
    if control is QStyle.ComplexControl.CC_ComboBox:
        if part is _Part.SC_ComboBoxEditField:
            return rect.adjusted(7 if option.editable else 8, 2, -ARROW_WIDTH - 2, -2)
        if part is _Part.SC_ComboBoxArrow:
            return combo_arrow(rect)
    elif control is QStyle.ComplexControl.CC_SpinBox:
        return spin_rect(option, part)
    elif control is QStyle.ComplexControl.CC_ScrollBar:
        return _scroll_rect(option, part)
    return None


def spin_rect(option: Any, part: QStyle.SubControl) -> QRect | None:
    rect: QRect = option.rect
    buttons = option.buttonSymbols != QAbstractSpinBox.ButtonSymbols.NoButtons
    if part is _Part.SC_SpinBoxEditField:
        return rect.adjusted(7, 2, -SPIN_WIDTH if buttons else -7, -2)
    if part in (_Part.SC_SpinBoxUp, _Part.SC_SpinBoxDown):
        if not buttons:
            return QRect()
        half = (rect.height() - 4) // 2
        top = rect.y() + 2 if part is _Part.SC_SpinBoxUp else rect.bottom() - 1 - half
        return QRect(rect.right() - SPIN_WIDTH + 1, top, SPIN_WIDTH - 2, half)
    return None


def _scroll_rect(option: Any, part: QStyle.SubControl) -> QRect | None:
    rect: QRect = option.rect
    handle = slider_rect(option)
    horizontal = option.orientation == Qt.Orientation.Horizontal
    if part is _Part.SC_ScrollBarSlider:
        return handle
    if part is _Part.SC_ScrollBarGroove:
        return rect
    if part is _Part.SC_ScrollBarSubPage:
        corner = handle.bottomLeft() if horizontal else handle.topRight()
        before = QRect(rect.topLeft(), corner)
        before.adjust(0, 0, -1 if horizontal else 0, 0 if horizontal else -1)
        return before
    if part is _Part.SC_ScrollBarAddPage:
        after = QRect(handle.topRight() if horizontal else handle.bottomLeft(), rect.bottomRight())
        after.adjust(1 if horizontal else 0, 0 if horizontal else 1, 0, 0)
        return after
    return QRect()


def combo_arrow(rect: QRect) -> QRect:
    """The room of the chevron in a combo box."""
    return QRect(rect.right() - ARROW_WIDTH - 1, rect.y(), ARROW_WIDTH, rect.height())


def slider_rect(option: Any) -> QRect:
    """The handle of a scroll bar; as long as the bar if there is nothing to scroll."""
    rect: QRect = option.rect
    horizontal = option.orientation == Qt.Orientation.Horizontal
    length = rect.width() if horizontal else rect.height()
    span = option.maximum - option.minimum
    handle = length if span <= 0 else min(length, max(24, length * option.pageStep // (span + option.pageStep)))
    start = QStyle.sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, length - handle, option.upsideDown
    )
    if horizontal:
        return QRect(rect.x() + start, rect.y(), handle, rect.height())
    return QRect(rect.x(), rect.y() + start, rect.width(), handle)
