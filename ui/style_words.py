"""How the style writes on buttons, headers, tabs and bars."""

from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import (
    QStyle,
    QStyleOptionButton,
    QStyleOptionProgressBar,
    QStyleOptionTab,
    QStyleOptionToolButton,
    QWidget,
)

from ui.colours import colours
from ui.fonts import semibold
from ui.style_panels import has, is_main

ICON_GAP = 6

_Control = QStyle.ControlElement
_State = QStyle.StateFlag


def has_icon_beside_words(option: Any) -> bool:
    """Whether a push or tool button shows both, in one line."""
    if isinstance(option, QStyleOptionToolButton):
        if option.toolButtonStyle != Qt.ToolButtonStyle.ToolButtonTextBesideIcon:  # type: ignore[attr-defined]
            return False
    elif not isinstance(option, QStyleOptionButton):
        return False
    button: Any = option
    return bool(button.text) and not button.icon.isNull()


def draw_icon_beside_words(style: QStyle, button: Any, painter: QPainter) -> None:
    """Icon and words together in the middle; Fusion puts those of a tool button at its left edge."""
    flag = Qt.TextFlag.TextShowMnemonic
    font = getattr(button, "font", painter.font())
    room: QRect = button.rect
    size: QSize = button.iconSize
    words_width = QFontMetrics(font).size(flag, button.text).width()
    left = room.x() + max(4, (room.width() - size.width() - ICON_GAP - words_width) // 2)
    enabled = has(button, _State.State_Enabled)
    place = QRect(QPoint(left, room.y() + (room.height() - size.height()) // 2), size)
    mode = QIcon.Mode.Normal if enabled else QIcon.Mode.Disabled
    button.icon.paint(painter, place, Qt.AlignmentFlag.AlignCenter, mode)
    painter.setFont(font)
    words = QRect(place.right() + 1 + ICON_GAP, room.y(), words_width + 2, room.height())
    flags = (Qt.AlignmentFlag.AlignVCenter | flag).value
    style.drawItemText(painter, words, flags, button.palette, enabled, button.text, QPalette.ColorRole.ButtonText)


def styled_words(element: QStyle.ControlElement, option: Any, painter: QPainter, widget: QWidget | None) -> Any:
    """The option with which Fusion shall draw the words: its colour and weight tell what is chosen."""
    c = colours()
    if element is _Control.CE_PushButtonLabel and is_main(option):
        main: Any = QStyleOptionButton(option)
        main.palette.setColor(QPalette.ColorRole.ButtonText, c.on_accent)
        painter.setFont(semibold(painter.font()))
        main.fontMetrics = QFontMetrics(painter.font())
        if not main.icon.isNull():
            main.icon = _tinted(main.icon, main.iconSize, widget)
        return main
    if element is _Control.CE_ToolButtonLabel:
        return _tool_button_label(option, widget)
    if element is _Control.CE_HeaderLabel:
        # Changed in place, as a copy would lose the second version's elide mode; Fusion made it for this one call.
        head: Any = option
        # The header's margin, meant for left and right, would cut off the letters' feet.
        head.rect = head.rect.adjusted(0, -4, 0, 4)
        chosen = has(head, _State.State_On)
        head.palette.setColor(QPalette.ColorRole.ButtonText, c.text if chosen else c.muted)
        # State_On would make it bold beyond semibold.
        head.state &= ~_State.State_On
        painter.setFont(semibold(painter.font()) if chosen else painter.font())
        head.fontMetrics = QFontMetrics(painter.font())
        return head
    if element is _Control.CE_TabBarTabLabel:
        tab: Any = QStyleOptionTab(option)
        chosen = has(tab, _State.State_Selected)
        if has(tab, _State.State_Enabled):
            tab.palette.setColor(QPalette.ColorRole.WindowText, c.text if chosen else c.muted)
        painter.setFont(semibold(painter.font()) if chosen else painter.font())
        return tab
    if element in (_Control.CE_ProgressBarContents, _Control.CE_ProgressBarLabel):
        bar: Any = QStyleOptionProgressBar(option)
        bar.palette.setColor(QPalette.ColorRole.Highlight, c.accent)
        bar.palette.setColor(QPalette.ColorRole.HighlightedText, c.on_accent)
        return bar
    return option


def _tool_button_label(option: Any, widget: QWidget | None) -> Any:
    label: Any = QStyleOptionToolButton(option)
    if not has(label, _State.State_AutoRaise):
        if has(label, _State.State_On):
            label.font = semibold(label.font)
        elif widget is not None and widget.property("segment") and has(label, _State.State_Enabled):
            label.palette.setColor(QPalette.ColorRole.ButtonText, colours().muted)
    return label


def _tinted(source: QIcon, size: QSize, widget: QWidget | None) -> QIcon:
    """The icon in the colour of the words on the main button."""
    pixmap = source.pixmap(size, widget.devicePixelRatio() if widget else 1.0)
    tinted = QPixmap(pixmap)
    painter = QPainter(tinted)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(tinted.rect(), colours().on_accent)
    painter.end()
    return QIcon(tinted)
