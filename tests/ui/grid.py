"""What tests of the grid do: make a panel, press keys and buttons on its cells, read the plan."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from models.rows import Anggaran, DeretAnggaran, DeretIndikator, Indikator
from services.month_grid import FIRST_MONTH
from ui.grid_panel import GridPanel
from ui.grid_table import GridTable
from ui.session import Session

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT, PLAIN = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
JAN, FEB, MAR, APR, MEI, JUN = range(FIRST_MONTH, FIRST_MONTH + 6)
NOV, DES = FIRST_MONTH + 10, FIRST_MONTH + 11
LEFT = Qt.MouseButton.LeftButton


def new_panel(session: Session, qtbot: QtBot, width: int = 1030, height: int = 400) -> GridPanel:
    """A grid of its own, shown and in front."""
    panel = GridPanel(session)
    qtbot.addWidget(panel)
    panel.resize(width, height)
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    return panel


def table_at(panel: GridPanel) -> GridTable:
    """The half that the caret is in."""
    return panel.view.table_of(panel.view.current().column())


def press(panel: GridPanel, key: Qt.Key, keys: Qt.KeyboardModifier = PLAIN, times: int = 1) -> None:
    """A key, pressed in the half that has the caret."""
    for _ in range(times):
        QTest.keyClick(table_at(panel), key, keys)


def type_in(panel: GridPanel, text: str) -> QLineEdit:
    """Type over the caret's cell; returns the editor, still open."""
    QTest.keyClick(table_at(panel), text[0])
    editor = open_editor(panel)
    QTest.keyClicks(editor, text[1:])
    return editor


def open_editor(panel: GridPanel) -> QLineEdit:
    """The editor that is open."""
    editor = panel.view.frozen.editor() or panel.view.months.editor()
    assert editor is not None
    return editor


def is_editing(panel: GridPanel) -> bool:
    """Whether an editor is open."""
    return (panel.view.frozen.editor() or panel.view.months.editor()) is not None


def at(panel: GridPanel) -> tuple[int, int]:
    """The caret."""
    index = panel.view.current()
    return index.row(), index.column()


def block(panel: GridPanel) -> tuple[int, int, int, int]:
    """Top, left, bottom, right of the selection."""
    chosen = panel.view.grid_cursor.block
    assert chosen is not None
    return tuple(chosen)


def middle(panel: GridPanel, row: int, column: int) -> tuple[QWidget, QPoint]:
    """The viewport and the point in it where a cell is."""
    table = panel.view.table_of(column)
    return table.viewport(), table.visualRect(panel.model.index(row, column)).center()


def click(panel: GridPanel, row: int, column: int, keys: Qt.KeyboardModifier = PLAIN) -> None:
    """A click on a cell."""
    view, point = middle(panel, row, column)
    QTest.mouseClick(view, LEFT, keys, point)


def drag(view: QWidget, start: QPoint, end: QPoint) -> None:
    """Press, move in steps, let go; `end` may lie beyond the widget."""
    QTest.mousePress(view, LEFT, PLAIN, start)
    for i in (1, 2, 3):
        QTest.mouseMove(view, start + (end - start) * (i / 3))
    QTest.mouseRelease(view, LEFT, PLAIN, end)


def drag_to(panel: GridPanel, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Drag the mouse from a cell to another one, also over the seam."""
    view, begun = middle(panel, *start)
    other, ended = middle(panel, *end)
    drag(view, begun, view.mapFromGlobal(other.mapToGlobal(ended)))


def kas(session: Session, line: Anggaran) -> tuple[int | None, ...]:
    """The cash of a line as stored."""
    series = session.plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    return series.nilai if series else (None,) * 12


def targets(session: Session, indikator: Indikator) -> tuple[str | None, ...]:
    """The targets of an indicator as stored."""
    series = session.plan.one(DeretIndikator, "indikator_id", indikator.id, "target")
    return series.nilai if series else (None,) * 12


def texts(panel: GridPanel, row: int, first: int = JAN, last: int = DES) -> list[str]:
    """What the cells of a line say."""
    return [panel.model.text(row, column) for column in range(first, last + 1)]
