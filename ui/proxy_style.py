"""Fusion with the edges, grounds and marks of our drawings.

Every call goes through Python, so trees and grids use plain_fusion() and a delegate instead: 378 cells take 8 ms
there and 28 ms through this style.
"""

from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPainter
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFrame,
    QProxyStyle,
    QStyle,
    QStyleFactory,
    QStyleHintReturn,
    QStyleOption,
    QStyleOptionComplex,
    QWidget,
)

from ui import style_frames, style_panels
from ui.colours import colours
from ui.fonts import semibold
from ui.icons import icon
from ui.indicators import BOX
from ui.style_frames import is_north
from ui.style_panels import has
from ui.style_parts import ARROW_WIDTH, SPIN_WIDTH, part_rect
from ui.style_words import draw_icon_beside_words, has_icon_beside_words, styled_words

FIELD_HEIGHT = 28
BAR_HEIGHT = 24

_Control = QStyle.ControlElement
_Contents = QStyle.ContentsType
_Metric = QStyle.PixelMetric
_Hint = QStyle.StyleHint
_State = QStyle.StateFlag

_METRICS = {
    _Metric.PM_IndicatorWidth: BOX,
    _Metric.PM_IndicatorHeight: BOX,
    _Metric.PM_ExclusiveIndicatorWidth: BOX,
    _Metric.PM_ExclusiveIndicatorHeight: BOX,
    _Metric.PM_CheckBoxLabelSpacing: 8,
    _Metric.PM_RadioButtonLabelSpacing: 8,
    _Metric.PM_ScrollBarExtent: 12,
    _Metric.PM_SplitterWidth: 1,
    _Metric.PM_HeaderMargin: 6,
    _Metric.PM_FocusFrameHMargin: 6,
    _Metric.PM_TabBarTabShiftVertical: 0,
    _Metric.PM_TabBarBaseOverlap: 0,
    _Metric.PM_ButtonShiftHorizontal: 0,
    _Metric.PM_ButtonShiftVertical: 0,
    _Metric.PM_ToolBarItemSpacing: 4,
    _Metric.PM_SmallIconSize: 16,
    _Metric.PM_ButtonIconSize: 16,
    _Metric.PM_ToolBarIconSize: 16,
    _Metric.PM_LineEditIconSize: 16,
}

_HINTS = {
    _Hint.SH_DialogButtonBox_ButtonsHaveIcons: 0,
    _Hint.SH_DialogButtonLayout: QDialogButtonBox.ButtonLayout.GnomeLayout.value,
    _Hint.SH_ComboBox_Popup: 0,
    _Hint.SH_ScrollBar_Transient: 0,
}

_HEIGHTS = {
    _Contents.CT_PushButton: FIELD_HEIGHT,
    _Contents.CT_LineEdit: FIELD_HEIGHT,
    _Contents.CT_ComboBox: FIELD_HEIGHT,
    _Contents.CT_SpinBox: FIELD_HEIGHT,
    _Contents.CT_TabBarTab: FIELD_HEIGHT,
    _Contents.CT_ToolButton: BAR_HEIGHT,
    _Contents.CT_MenuBarItem: BAR_HEIGHT,
    _Contents.CT_HeaderSection: BAR_HEIGHT,
    _Contents.CT_ItemViewItem: BAR_HEIGHT,
}

# Beside the contents, edges and arrows included.
_PADDINGS = {
    _Contents.CT_PushButton: 24,
    _Contents.CT_ComboBox: 9 + ARROW_WIDTH + 8,
    _Contents.CT_SpinBox: 7 + SPIN_WIDTH + 4,
}

_PRIMITIVES = style_panels.PRIMITIVES | style_frames.PRIMITIVES
_CONTROLS = style_frames.CONTROLS
_COMPLEX = style_panels.COMPLEX | style_frames.COMPLEX

_BUTTON_LABELS = (_Control.CE_PushButtonLabel, _Control.CE_ToolButtonLabel)


def plain_fusion() -> QStyle:
    """A plain Fusion for one tree or grid: view.setStyle(plain_fusion()).

    One each: PySide makes the view the owner of the style, and deletes it with the view.
    """
    return QStyleFactory.create("Fusion")


class ProxyStyle(QProxyStyle):
    """Paints what style_panels and style_frames know, leaves the rest to Fusion; fields and buttons are 28 px high."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        /,
        widget: QWidget | None = None,
    ) -> None:
        paint = _PRIMITIVES.get(element)
        if paint is None:
            super().drawPrimitive(element, option, painter, widget)
        else:
            paint(option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        /,
        widget: QWidget | None = None,
    ) -> None:
        paint = _COMPLEX.get(control)
        if paint is None:
            super().drawComplexControl(control, option, painter, widget)
        else:
            paint(option, painter, widget)

    def drawControl(
        self, element: QStyle.ControlElement, option: QStyleOption, painter: QPainter, /, widget: QWidget | None = None
    ) -> None:
        paint = _CONTROLS.get(element)
        if paint is not None and not _is_left_to_fusion(element, option):
            paint(option, painter, widget)
            return
        painter.save()
        words = styled_words(element, option, painter, widget)
        if element in _BUTTON_LABELS and has_icon_beside_words(words):
            draw_icon_beside_words(self, words, painter)
        else:
            super().drawControl(element, words, painter, widget)
        painter.restore()

    def pixelMetric(
        self, metric: QStyle.PixelMetric, /, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        ours = _METRICS.get(metric)
        return super().pixelMetric(metric, option, widget) if ours is None else ours

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        /,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,  # noqa: N803
    ) -> int:
        if hint is _Hint.SH_Table_GridLineColor:
            # Qt takes a signed int, an opaque colour is above its range.
            return colours().grid_line.rgba() - (1 << 32)
        ours = _HINTS.get(hint)
        return super().styleHint(hint, option, widget, returnData) if ours is None else ours

    def standardIcon(
        self,
        which: QStyle.StandardPixmap,
        /,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> QIcon:
        if which is QStyle.StandardPixmap.SP_LineEditClearButton:
            return icon("x", role="muted")
        return super().standardIcon(which, option, widget)

    def sizeFromContents(  # type: ignore[override]
        self, type: QStyle.ContentsType, option: QStyleOption, size: QSize, widget: QWidget, /
    ) -> QSize:
        height = _HEIGHTS.get(type, 0)
        padding = _PADDINGS.get(type)
        if padding is not None:
            narrowest = 0
            if type is _Contents.CT_PushButton:
                narrowest = 96 if isinstance(widget.parent(), QDialogButtonBox) else 72
            return QSize(max(narrowest, size.width() + padding), max(height, size.height()))
        wanted = super().sizeFromContents(type, option, size, widget)
        if type is _Contents.CT_HeaderSection:
            # The header's margin is meant for its left and right.
            wanted.setHeight(wanted.height() - 2 * _METRICS[_Metric.PM_HeaderMargin] + 4)
        return QSize(wanted.width() + _extra_width(type, option), max(height, wanted.height()))

    def subControlRect(  # type: ignore[override]
        self, cc: QStyle.ComplexControl, opt: QStyleOptionComplex, sc: QStyle.SubControl, widget: QWidget, /
    ) -> QRect:
        ours = part_rect(cc, opt, sc)
        return super().subControlRect(cc, opt, sc, widget) if ours is None else ours

    def subElementRect(  # type: ignore[override]
        self, element: QStyle.SubElement, option: QStyleOption, widget: QWidget, /
    ) -> QRect:
        rect = super().subElementRect(element, option, widget)
        given: Any = option
        if element is QStyle.SubElement.SE_LineEditContents and given.lineWidth > 0:
            rect.adjust(6, 0, -6, 0)
        return rect


def _is_left_to_fusion(element: QStyle.ControlElement, option: Any) -> bool:
    if element is _Control.CE_ShapedFrame:
        return option.frameShape not in (QFrame.Shape.HLine, QFrame.Shape.VLine)
    return element is _Control.CE_TabBarTabShape and not is_north(option)


def _extra_width(contents: QStyle.ContentsType, option: Any) -> int:
    """Room that Fusion does not give: padding, and for what turns semibold when chosen."""
    if contents is _Contents.CT_ToolButton:
        words: str = option.text
        if not words or option.toolButtonStyle == Qt.ToolButtonStyle.ToolButtonIconOnly:
            return 0
        beside = 2 if has_icon_beside_words(option) else 0
        if has(option, _State.State_AutoRaise):
            return 4 + beside
        heavier = QFontMetrics(semibold(option.font)).horizontalAdvance(words)
        return 6 + beside + max(0, heavier - QFontMetrics(option.font).horizontalAdvance(words))
    if contents is _Contents.CT_LineEdit and option.lineWidth > 0:
        return 12
    return 0
