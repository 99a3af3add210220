"""What the style paints around and between: frames, lines, bars, headers, tabs, arrows, scroll bars."""

from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QPlainTextEdit,
    QStyle,
    QStyleOptionHeader,
    QTabBar,
    QTableView,
    QTextEdit,
    QWidget,
)

from ui.colours import colours
from ui.indicators import paint_chevron, paint_frame
from ui.style_panels import Paint, field_text, has, paint_field
from ui.style_parts import slider_rect

SCROLL_HANDLE = 6

_State = QStyle.StateFlag


def _frame(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        paint_field(option, painter, filled=False)
    elif option.lineWidth > 0:
        paint_frame(painter, option.rect, None, colours().pane_edge, radius=0)


def _shaped_frame(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    """A line of one pixel across the middle, whatever the widget's shadow says."""
    rect: QRect = option.rect
    if option.frameShape == QFrame.Shape.HLine:
        painter.fillRect(QRect(rect.x(), rect.center().y(), rect.width(), 1), colours().pane_edge)
    else:
        painter.fillRect(QRect(rect.center().x(), rect.y(), 1, rect.height()), colours().pane_edge)


def _splitter(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    painter.fillRect(option.rect, colours().pane_edge)


def _tool_bar(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    rect: QRect = option.rect
    painter.fillRect(rect, colours().window)
    painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), colours().pane_edge)


def _tool_bar_separator(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    rect: QRect = option.rect
    if has(option, _State.State_Horizontal):
        painter.fillRect(QRect(rect.center().x(), rect.center().y() - 9, 1, 20), colours().pane_edge)
    else:
        painter.fillRect(QRect(rect.center().x() - 9, rect.center().y(), 20, 1), colours().pane_edge)


def _status_bar(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    painter.fillRect(option.rect, colours().window)
    painter.fillRect(QRect(option.rect.x(), option.rect.y(), option.rect.width(), 1), colours().pane_edge)


def _nothing(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    pass


def _window_ground(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    painter.fillRect(option.rect, colours().window)


def _tip(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    painter.fillRect(option.rect, colours().base)
    paint_frame(painter, option.rect, None, colours().field_edge, radius=0)


def _menu(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    painter.fillRect(option.rect, colours().base)
    paint_frame(painter, option.rect, None, colours().pane_edge, radius=0)


def _menu_frame(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    paint_frame(painter, option.rect, None, colours().pane_edge, radius=0)


def _menu_bar_item(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    painter.fillRect(option.rect, colours().window)
    if has(option, _State.State_Selected):
        paint_frame(painter, option.rect.adjusted(0, 2, 0, -2), colours().selection, None)
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic | Qt.TextFlag.TextSingleLine
    painter.setPen(colours().text if has(option, _State.State_Enabled) else colours().disabled)
    painter.drawText(option.rect, flags, option.text)


def _header(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    """Flat, with a line below; dividers only over a table that has a grid, as trees and lists have none."""
    c = colours()
    rect: QRect = option.rect
    painter.fillRect(rect, c.selection if has(option, _State.State_On) else c.window)
    horizontal = has(option, _State.State_Horizontal)
    table = widget.parent() if isinstance(widget, QHeaderView) else None
    if not horizontal or (isinstance(table, QTableView) and table.showGrid()):
        painter.fillRect(QRect(rect.right(), rect.y(), 1, rect.height()), c.grid_line)
    below = c.pane_edge if horizontal else c.grid_line
    painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), below)


def _header_rest(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    painter.fillRect(option.rect, colours().window)
    if has(option, _State.State_Horizontal):
        _tab_base(option, painter, widget)


def _sort_arrow(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    # Fusion's meaning of the two names: SortDown stands for ascending.
    up = option.sortIndicator == QStyleOptionHeader.SortIndicator.SortDown
    room: QRect = option.rect
    if widget is not None:
        room = QRect(room.x(), 0, room.width(), widget.height())
    paint_chevron(painter, room, Qt.ArrowType.UpArrow if up else Qt.ArrowType.DownArrow, colours().muted)


def _tab(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    """A tab above its page: the chosen one is open below and has an accent line on top."""
    c = colours()
    rect: QRect = option.rect
    bottom = QRect(rect.x(), rect.bottom(), rect.width(), 1)
    if not has(option, _State.State_Selected):
        if has(option, _State.State_MouseOver):
            painter.fillRect(rect.adjusted(0, 2, 0, 0), c.selected_cells)
        painter.fillRect(bottom, c.pane_edge)
        return
    painter.fillRect(rect, c.base)
    painter.fillRect(QRect(rect.x(), rect.y(), 1, rect.height()), c.pane_edge)
    painter.fillRect(QRect(rect.right(), rect.y(), 1, rect.height()), c.pane_edge)
    painter.fillRect(QRect(rect.x(), rect.y(), rect.width(), 2), c.accent)


def is_north(option: Any) -> bool:
    """Whether a tab stands above its page; the other sides stay Fusion's."""
    return option.shape in (QTabBar.Shape.RoundedNorth, QTabBar.Shape.TriangularNorth)


def _tab_base(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    rect: QRect = option.rect
    painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), colours().pane_edge)


def _tab_page(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    paint_frame(painter, option.rect, colours().base, colours().pane_edge, radius=0)


def _arrow(arrow: Qt.ArrowType) -> Paint:
    def paint(option: Any, painter: QPainter, widget: QWidget | None) -> None:
        paint_chevron(painter, option.rect, arrow, field_text(option))

    return paint


def _branch(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    if has(option, _State.State_Children):
        arrow = Qt.ArrowType.DownArrow if has(option, _State.State_Open) else Qt.ArrowType.RightArrow
        paint_chevron(painter, option.rect, arrow, colours().muted)


def _scroll_bar(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    c = colours()
    rect: QRect = option.rect
    horizontal = option.orientation == Qt.Orientation.Horizontal
    painter.fillRect(rect, c.window)
    edge = QRect(rect.topLeft(), QPoint(rect.right(), rect.y()) if horizontal else QPoint(rect.x(), rect.bottom()))
    painter.fillRect(edge, c.grid_line)
    if option.maximum <= option.minimum or not has(option, _State.State_Enabled):
        return
    handle = slider_rect(option)
    if horizontal:
        handle = QRect(handle.x() + 2, rect.center().y() - SCROLL_HANDLE // 2 + 1, handle.width() - 4, SCROLL_HANDLE)
    else:
        handle = QRect(rect.center().x() - SCROLL_HANDLE // 2 + 1, handle.y() + 2, SCROLL_HANDLE, handle.height() - 4)
    touched = has(option, _State.State_MouseOver) or has(option, _State.State_Sunken)
    paint_frame(painter, handle, c.field_edge if touched else c.pane_edge, None, radius=SCROLL_HANDLE / 2)


_Primitive = QStyle.PrimitiveElement
_Control = QStyle.ControlElement
_Complex = QStyle.ComplexControl

PRIMITIVES: dict[QStyle.PrimitiveElement, Paint] = {
    _Primitive.PE_Frame: _frame,
    _Primitive.PE_PanelStatusBar: _status_bar,
    _Primitive.PE_FrameStatusBarItem: _nothing,
    _Primitive.PE_IndicatorToolBarSeparator: _tool_bar_separator,
    _Primitive.PE_IndicatorDockWidgetResizeHandle: _splitter,
    _Primitive.PE_PanelTipLabel: _tip,
    _Primitive.PE_PanelMenu: _menu,
    _Primitive.PE_FrameMenu: _menu_frame,
    _Primitive.PE_IndicatorHeaderArrow: _sort_arrow,
    _Primitive.PE_FrameTabBarBase: _tab_base,
    _Primitive.PE_FrameTabWidget: _tab_page,
    _Primitive.PE_IndicatorArrowDown: _arrow(Qt.ArrowType.DownArrow),
    _Primitive.PE_IndicatorArrowUp: _arrow(Qt.ArrowType.UpArrow),
    _Primitive.PE_IndicatorArrowLeft: _arrow(Qt.ArrowType.LeftArrow),
    _Primitive.PE_IndicatorArrowRight: _arrow(Qt.ArrowType.RightArrow),
    _Primitive.PE_IndicatorBranch: _branch,
}

CONTROLS: dict[QStyle.ControlElement, Paint] = {
    _Control.CE_HeaderSection: _header,
    _Control.CE_HeaderEmptyArea: _header_rest,
    _Control.CE_TabBarTabShape: _tab,
    _Control.CE_ToolBar: _tool_bar,
    _Control.CE_MenuBarEmptyArea: _window_ground,
    _Control.CE_MenuBarItem: _menu_bar_item,
    _Control.CE_Splitter: _splitter,
    _Control.CE_ShapedFrame: _shaped_frame,
}

COMPLEX: dict[QStyle.ComplexControl, Paint] = {
    _Complex.CC_ScrollBar: _scroll_bar,
}
