"""What the style paints under the words of buttons and fields.

The tables at the end, here and in style_frames.py, say which function paints which element of Qt; whatever is not in
them stays Fusion's.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QToolButton,
    QWidget,
)

from ui.colours import colours
from ui.indicators import paint_check_box, paint_chevron, paint_frame, paint_radio
from ui.style_parts import combo_arrow, spin_rect

# Options are Any because PySide6's stubs leave out the fields of style options.
Paint = Callable[[Any, QPainter, QWidget | None], None]

_State = QStyle.StateFlag
_Button = QStyleOptionButton.ButtonFeature


def has(option: Any, *flags: QStyle.StateFlag) -> bool:
    """Whether all these flags are set in the option's state."""
    return all(flag in option.state for flag in flags)


def is_main(option: Any) -> bool:
    """Whether this is the one blue button: QPushButton.setDefault(True), and it can be pressed."""
    features = getattr(option, "features", None)
    return isinstance(features, _Button) and _Button.DefaultButton in features and has(option, _State.State_Enabled)


def field_text(option: Any) -> QColor:
    """The colour of chevrons and the like in a field."""
    return colours().muted if has(option, _State.State_Enabled) else colours().disabled


def _keyboard_focus(option: Any) -> bool:
    return has(option, _State.State_HasFocus, _State.State_KeyboardFocusChange)


# Buttons


def _push_button(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    c = colours()
    features = getattr(option, "features", None)
    if is_main(option):
        deeper = c.accent.lighter(112) if c.dark else c.accent.darker(118)
        touched = has(option, _State.State_MouseOver) or has(option, _State.State_Sunken)
        paint_frame(painter, option.rect, deeper if touched else c.accent, None)
        if _keyboard_focus(option):
            paint_frame(painter, option.rect.adjusted(2, 2, -2, -2), None, c.on_accent, radius=1)
        return
    flat = isinstance(features, _Button) and _Button.Flat in features
    _plain_button(option, painter, framed=not flat)


def _tool_button(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    _plain_button(option, painter, framed=not has(option, _State.State_AutoRaise))


def _plain_button(option: Any, painter: QPainter, *, framed: bool) -> None:
    """A framed button, or one without an edge that shows a ground only when touched or checked."""
    c = colours()
    enabled = has(option, _State.State_Enabled)
    ground: QColor | None = c.button if framed else None
    edge = c.field_edge if enabled else c.pane_edge
    if has(option, _State.State_On):
        ground = c.selection if enabled else c.selection_inactive
        edge = c.accent if enabled else c.pane_edge
    elif enabled and has(option, _State.State_Sunken):
        ground = c.selection
    elif enabled and has(option, _State.State_MouseOver):
        ground = c.selected_cells
    if framed and _keyboard_focus(option):
        paint_frame(painter, option.rect, ground, c.accent, 2)
    else:
        paint_frame(painter, option.rect, ground, edge if framed else None)


def _focus_rect(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    if not has(option, _State.State_KeyboardFocusChange) or isinstance(widget, QPushButton | QAbstractItemView):
        return
    if isinstance(widget, QToolButton):
        paint_frame(painter, widget.rect(), None, colours().accent, 2)
    else:
        paint_frame(painter, option.rect, None, colours().accent)


def _check_box(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    state = Qt.CheckState.Unchecked
    if has(option, _State.State_On):
        state = Qt.CheckState.Checked
    elif has(option, _State.State_NoChange):
        state = Qt.CheckState.PartiallyChecked
    hover, enabled = has(option, _State.State_MouseOver), has(option, _State.State_Enabled)
    paint_check_box(painter, option.rect, state, enabled=enabled, hover=hover)


def _radio(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    hover, enabled = has(option, _State.State_MouseOver), has(option, _State.State_Enabled)
    paint_radio(painter, option.rect, has(option, _State.State_On), enabled=enabled, hover=hover)


# Fields


def paint_field(option: Any, painter: QPainter, *, filled: bool = True) -> None:
    c = colours()
    enabled, read_only = has(option, _State.State_Enabled), has(option, _State.State_ReadOnly)
    ground = (c.base if enabled and not read_only else c.window) if filled else None
    if enabled and has(option, _State.State_HasFocus):
        paint_frame(painter, option.rect, ground, c.accent, 2)
    else:
        paint_frame(painter, option.rect, ground, c.field_edge if enabled and not read_only else c.pane_edge)


def _line_edit(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    if option.lineWidth > 0:
        paint_field(option, painter)
    else:
        # Inside a combo or spin box, which has painted frame and ground, or an editor in a cell.
        painter.fillRect(option.rect, colours().base if has(option, _State.State_Enabled) else colours().window)


def _line_edit_frame(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    paint_field(option, painter, filled=False)


def _combo(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    if option.frame:
        paint_field(option, painter)
    else:
        painter.fillRect(option.rect, colours().base)
    if QStyle.SubControl.SC_ComboBoxArrow in option.subControls:
        paint_chevron(painter, combo_arrow(option.rect), Qt.ArrowType.DownArrow, field_text(option))


def _spin(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    if option.frame:
        paint_field(option, painter)
    steps = QAbstractSpinBox.StepEnabledFlag
    for part, step, arrow in (
        (QStyle.SubControl.SC_SpinBoxUp, steps.StepUpEnabled, Qt.ArrowType.UpArrow),
        (QStyle.SubControl.SC_SpinBoxDown, steps.StepDownEnabled, Qt.ArrowType.DownArrow),
    ):
        room = spin_rect(option, part)
        if room is None or room.isEmpty():
            continue
        can_step = step in option.stepEnabled and has(option, _State.State_Enabled)
        if can_step and part in option.activeSubControls:
            pressed = has(option, _State.State_Sunken)
            painter.fillRect(room, colours().selection if pressed else colours().selected_cells)
        paint_chevron(painter, room, arrow, colours().muted if can_step else colours().disabled)


_Primitive = QStyle.PrimitiveElement
_Complex = QStyle.ComplexControl

PRIMITIVES: dict[QStyle.PrimitiveElement, Paint] = {
    _Primitive.PE_PanelButtonCommand: _push_button,
    _Primitive.PE_PanelButtonTool: _tool_button,
    _Primitive.PE_FrameFocusRect: _focus_rect,
    _Primitive.PE_IndicatorCheckBox: _check_box,
    _Primitive.PE_IndicatorItemViewItemCheck: _check_box,
    _Primitive.PE_IndicatorRadioButton: _radio,
    _Primitive.PE_PanelLineEdit: _line_edit,
    _Primitive.PE_FrameLineEdit: _line_edit_frame,
}

COMPLEX: dict[QStyle.ComplexControl, Paint] = {
    _Complex.CC_ComboBox: _combo,
    _Complex.CC_SpinBox: _spin,
}
