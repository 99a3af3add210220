"""Dragging in the trees: begun with the mouse, carried and let go as the events that Qt sends.

A drag begun offscreen ends at once, so the events are sent by hand, with what was really carried.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.rows import Anggaran, Dukungan, Indikator, Kinerja
from services.branch_copy import take
from services.branch_text import MIME, to_text
from services.branches import below
from services.outline import NO_PROGRAM
from services.samples import sample_plan
from ui.session import Session
from ui.tree_drop import Carried, Drop
from ui.tree_panel import TreePanel

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
ACTIONS = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction | Qt.DropAction.LinkAction


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> Iterator[TreePanel]:
    panel = TreePanel(session)
    panel.resize(400, 900)
    panel.show()
    qtbot.waitExposed(panel)
    yield panel
    panel.setParent(None)
    panel.deleteLater()


def place(panel: TreePanel, node: str, share: float = 0.5) -> QPoint:
    """A point of a row, so far down in it, in the viewport."""
    index = panel.model.index_of(node)
    panel.view.scrollTo(index)
    rect = panel.view.visualRect(index)
    assert rect.isValid()
    return QPoint(rect.left() + 60, rect.top() + round((rect.height() - 1) * share))


def pick_up(panel: TreePanel, *rows: Any) -> QMimeData:
    """Drag rows with the mouse, and return what is carried."""
    carried = QMimeData()

    def keep(drag: Carried) -> None:
        if drag.mime is not None:
            for name in drag.mime.formats():
                carried.setData(name, drag.mime.data(name))

    panel.show_row(rows[0])
    view = panel.view
    view.drag_begun.connect(keep)
    for row in rows[1:]:
        QTest.mouseClick(panel.view.viewport(), LEFT, Qt.KeyboardModifier.ControlModifier, place(panel, row.id))
    start = place(panel, rows[0].id)
    QTest.mousePress(panel.view.viewport(), LEFT, NONE, start)
    for step in (6, 12, 18, 24, 30):
        QTest.mouseMove(panel.view.viewport(), start + QPoint(step, 0))
        QApplication.processEvents()
    QTest.mouseRelease(panel.view.viewport(), LEFT, NONE, start)
    view.drag_begun.disconnect(keep)
    return carried


def hover(panel: TreePanel, mime: QMimeData, at: QPoint, modifiers: Any = NONE) -> Drop | None:
    """Carry something over a place; what would be done there, None where it is forbidden."""
    viewport = panel.view.viewport()
    enter = QDragEnterEvent(at, ACTIONS, mime, LEFT, modifiers)
    QApplication.sendEvent(viewport, enter)
    assert enter.isAccepted()
    move = QDragMoveEvent(at, ACTIONS, mime, LEFT, modifiers)
    QApplication.sendEvent(viewport, move)
    drop = panel.view._drop
    assert move.isAccepted() == (drop is not None)
    if drop is not None:
        assert move.dropAction() == drop.action
    return drop


def let_go(panel: TreePanel, mime: QMimeData, at: QPoint, modifiers: Any = NONE) -> Drop | None:
    drop = hover(panel, mime, at, modifiers)
    event = QDropEvent(QPointF(at), ACTIONS, mime, LEFT, modifiers)
    QApplication.sendEvent(panel.view.viewport(), event)
    assert panel.view._drop is None
    return drop


def test_a_branch_dropped_on_a_row_hangs_under_it(panel: TreePanel, by_id: Any, session: Session) -> None:
    row, target = by_id(Anggaran, "a3-07"), by_id(Anggaran, "a2-02")
    panel.show_row(row)
    mime = pick_up(panel, row)
    drop = let_go(panel, mime, place(panel, target.id))
    assert drop is not None
    assert (drop.verb, drop.line) == ("pindah", None)
    assert session.plan.get(Anggaran, row.id).induk_id == target.id
    assert session.document.undo_label.startswith("pindah kegiatan ")
    assert panel.view.current_node() == row.id
    session.undo()
    assert session.plan.get(Anggaran, row.id) == row


@pytest.mark.parametrize(("share", "shift"), [(0.1, 0), (0.9, 1)])
def test_a_row_dropped_between_two_stands_there(
    panel: TreePanel, by_id: Any, session: Session, share: float, shift: int
) -> None:
    parent = by_id(Anggaran, "a3-03")
    before = list(below(session.plan, parent))
    row, target = before[4], before[1]
    panel.show_row(row)
    drop = let_go(panel, pick_up(panel, row), place(panel, target.id, share))
    assert drop is not None
    assert drop.line == ("atas" if share < 0.5 else "bawah")
    rest = [r.id for r in before if r.id != row.id]
    rest.insert(1 + shift, row.id)
    assert [r.id for r in below(session.plan, parent)] == rest


def test_selected_siblings_are_carried_together(panel: TreePanel, by_id: Any, session: Session) -> None:
    rows = list(below(session.plan, by_id(Anggaran, "a3-03")))
    mime = pick_up(panel, rows[0], rows[2])
    target = by_id(Anggaran, "a3-04")
    count = len(below(session.plan, target))
    assert let_go(panel, mime, place(panel, target.id)) is not None
    there = [r.id for r in below(session.plan, target)]
    assert there[count:] == [rows[0].id, rows[2].id]
    assert session.document.undo_label == "pindah 2 sub kegiatan"
    assert {row.id for row in panel.selected_nodes()} == {rows[0].id, rows[2].id}


def test_rows_of_different_parents_are_not_carried(panel: TreePanel, by_id: Any) -> None:
    panel.show_row(by_id(Anggaran, "a4-12"))
    panel.show_row(by_id(Anggaran, "a4-06"))
    assert pick_up(panel, by_id(Anggaran, "a4-06"), by_id(Anggaran, "a4-12")).formats() == []


@pytest.mark.parametrize(
    ("row", "target"),
    [("a3-07", "a4-06"), ("a2-01", "a3-07"), ("a2-01", NO_PROGRAM), ("a4-06", NO_PROGRAM + "?"), ("a2-03", "a3-11")],
)
def test_a_place_of_another_level_is_forbidden(
    panel: TreePanel, by_id: Any, session: Session, row: str, target: str
) -> None:
    panel.tabs.setCurrentIndex(1)
    node = target if target == NO_PROGRAM else None
    if node is None:
        other = by_id(Anggaran, "a2-02" if "?" in target else target)
        panel.show_row(other)
        node = other.id
    rows = {r.id: r for r in session.plan.rows()}
    mime = pick_up(panel, by_id(Anggaran, row))
    assert let_go(panel, mime, place(panel, node)) is None
    assert {r.id: r for r in session.plan.rows()} == rows
    leave = QDragLeaveEvent()
    QApplication.sendEvent(panel.view.viewport(), leave)


def test_a_kegiatan_dropped_on_the_heading_has_no_program(panel: TreePanel, by_id: Any, session: Session) -> None:
    row = by_id(Anggaran, "a3-07")
    mime = pick_up(panel, row)
    assert let_go(panel, mime, place(panel, NO_PROGRAM)) is not None
    assert session.plan.get(Anggaran, row.id).induk_id is None


def test_with_ctrl_a_copy_is_dropped(panel: TreePanel, by_id: Any, session: Session) -> None:
    row, target = by_id(Anggaran, "a3-07"), by_id(Anggaran, "a2-02")
    mime = pick_up(panel, row)
    drop = let_go(panel, mime, place(panel, target.id), Qt.KeyboardModifier.ControlModifier)
    assert drop is not None
    assert drop.verb == "salin"
    assert session.plan.get(Anggaran, row.id) == row
    assert any(r.nama == row.nama for r in below(session.plan, target))


def test_a_closed_branch_opens_while_something_is_held_over_it(
    panel: TreePanel, by_id: Any, session: Session, qtbot: QtBot
) -> None:
    row, target = by_id(Anggaran, "a4-06"), by_id(Anggaran, "a3-04")
    mime = pick_up(panel, row)
    index = panel.model.index_of(target.id)
    assert not panel.view.isExpanded(index)
    hover(panel, mime, place(panel, target.id))
    qtbot.waitUntil(lambda: panel.view.isExpanded(panel.model.index_of(target.id)), timeout=3000)


def test_a_line_shows_where_rows_will_stand(panel: TreePanel, by_id: Any, session: Session) -> None:
    rows = list(below(session.plan, by_id(Anggaran, "a3-03")))
    mime = pick_up(panel, rows[4])
    at = place(panel, rows[1].id, 0.05)
    panel.view.setCurrentIndex(panel.model.index_of(rows[0].id))
    QApplication.processEvents()
    before = panel.view.viewport().grab().toImage()
    hover(panel, mime, at)
    QApplication.processEvents()
    after = panel.view.viewport().grab().toImage()
    top = panel.view.visualRect(panel.model.index_of(rows[1].id)).top()
    changed = {
        y for y in range(before.height()) for x in range(150, 250, 10) if before.pixel(x, y) != after.pixel(x, y)
    }
    assert changed
    assert all(abs(y - top) <= 2 for y in changed)


def test_a_budget_line_dropped_on_a_sasaran_links_them(
    panel: TreePanel, by_id: Any, session: Session, qtbot: QtBot
) -> None:
    line, node = by_id(Anggaran, "a2-15"), by_id(Kinerja, "k3-11")
    mime = pick_up(panel, line)
    rect = panel.tabs.tabRect(0).center()
    enter = QDragEnterEvent(rect, ACTIONS, mime, LEFT, NONE)
    QApplication.sendEvent(panel.tabs, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(panel.tabs, QDragMoveEvent(rect, ACTIONS, mime, LEFT, NONE))
    qtbot.waitUntil(lambda: panel.tree == "kinerja", timeout=3000)
    panel.show_row(node)
    drop = let_go(panel, mime, place(panel, node.id))
    assert drop is not None
    assert drop.action == Qt.DropAction.LinkAction
    assert [d.anggaran_id for d in session.plan.where(Dukungan, "kinerja_id", node.id)] == [line.id]
    assert session.document.undo_label.startswith("kaitkan anggaran dengan sasaran ")
    with qtbot.waitSignal(session.failed) as failed:
        let_go(panel, mime, place(panel, node.id))
    assert "sudah dikaitkan" in failed.args[0]


def test_an_indicator_dropped_on_a_budget_line_links_them(panel: TreePanel, by_id: Any, session: Session) -> None:
    node = by_id(Kinerja, "k2-01")
    indikator = session.plan.where(Indikator, "kinerja_id", node.id)[0]
    line = by_id(Anggaran, "a2-15")
    mime = pick_up(panel, indikator)
    panel.show_row(line)
    assert let_go(panel, mime, place(panel, line.id)) is not None
    links = session.plan.where(Dukungan, "anggaran_id", line.id)
    assert (node.id, indikator.id) in [(link.kinerja_id, link.indikator_id) for link in links]


def test_an_indicator_moves_to_another_sasaran(panel: TreePanel, by_id: Any, session: Session) -> None:
    indikator = session.plan.where(Indikator, "kinerja_id", by_id(Kinerja, "k2-01").id)[0]
    target = by_id(Kinerja, "k2-03")
    mime = pick_up(panel, indikator)
    assert let_go(panel, mime, place(panel, target.id)) is not None
    assert session.plan.get(Indikator, indikator.id).kinerja_id == target.id


def test_a_branch_of_another_program_window_is_copied(panel: TreePanel, by_id: Any, session: Session) -> None:
    other, _ = sample_plan("lampung-2019")
    root = next(line for line in other.all(Anggaran) if line.jenis == "kegiatan")
    mime = QMimeData()
    mime.setData(MIME, to_text(take(other, [root])).encode())
    panel.tabs.setCurrentIndex(1)
    target = by_id(Anggaran, "a2-02")
    assert hover(panel, mime, place(panel, by_id(Anggaran, "a2-02").id)) is not None
    drop = let_go(panel, mime, place(panel, target.id))
    assert drop is not None
    assert drop.action == Qt.DropAction.CopyAction
    assert any(line.nama == root.nama for line in below(session.plan, target))
    spoilt = QMimeData()
    spoilt.setData(MIME, b"{}")
    assert hover(panel, spoilt, place(panel, target.id)) is None
