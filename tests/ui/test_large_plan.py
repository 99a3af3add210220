"""A large plan is shown first and checked then: the dock, F8, edits and closing meanwhile; and the search in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from plan_window import plan_window
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.rows import Anggaran, Row
from services.checks import Checks, Group, grouped
from services.document import Document
from services.edits import set_field
from services.rollup import RollUp
from ui import roles
from ui.findings_dock import CHECKING, FindingsPanel
from ui.main_window import MainWindow
from ui.recent import RecentPlans
from ui.session import Session
from ui.tree_model import TEMUAN, TreeModel

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def every_plan_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small pieces, so that a sample needs many."""
    monkeypatch.setattr("ui.session.AT_ONCE", 0)
    monkeypatch.setattr("ui.session._SLICE", 40)
    monkeypatch.setattr("ui.findings_model._STEPS", 1)
    monkeypatch.setattr("ui.findings_lines._PIECE", 20)
    monkeypatch.setattr("ui.find_field._PIECE", 40)


@pytest.fixture
def opened(buleleng: Document, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window with a plan that has just been opened; no event has been handled since."""
    path = buleleng.file.path
    buleleng.file.close()
    with plan_window(path) as window:
        yield window


@pytest.fixture
def dock(session: Session, qtbot: QtBot) -> FindingsPanel:
    panel = FindingsPanel(session)
    qtbot.addWidget(panel)
    panel.show()
    return panel


def shown(dock: FindingsPanel) -> list[Group]:
    return [dock.model.group(row) for row in range(dock.model.rowCount())]


def afresh(session: Session) -> list[Group]:
    checks = Checks(session.plan, RollUp(session.plan))
    return grouped(f for f in checks.of(session.dokumen_id) if checks.accepted(f) is None)


def rename(session: Session) -> Row:
    """Take the name of a line that has one away: a finding more."""
    line = next(line for line in session.plan.all(Anggaran) if line.jenis == "sub_kegiatan" and line.nama)
    assert session.edit("ubah nama", set_field(line, "nama", ""))
    return line


def test_the_dock_says_that_it_is_being_checked_and_lists_all_then(
    dock: FindingsPanel, session: Session, qtbot: QtBot
) -> None:
    assert not session.checks.complete
    assert dock.model.rowCount() == 0
    assert dock._none.text() == CHECKING
    qtbot.waitUntil(lambda: dock.model.ready)
    assert session.checks.complete
    assert shown(dock) == afresh(session)
    assert not dock._none.isVisible()


@pytest.mark.parametrize(("step", "row"), [(1, 0), (-1, -1)])
def test_f8_waits_for_the_findings(dock: FindingsPanel, step: int, row: int, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dock.go_to) as gone:
        dock.next(step)
        assert dock.model.rowCount() == 0
    rows = range(dock.model.rowCount())
    first = rows[row]
    assert gone.args == [dock.model.group(first).first]
    dock.next(1)
    assert dock.view.currentIndex().row() == (first + 1) % len(rows)


def test_an_edit_while_it_is_checked_is_followed(dock: FindingsPanel, session: Session, qtbot: QtBot) -> None:
    session._check()
    session._check()
    session._check()
    line = rename(session)
    assert not session.checks.complete
    qtbot.waitUntil(lambda: dock.model.ready)
    assert shown(dock) == afresh(session)
    assert any(finding.kode == "NAMA-KOSONG" for finding in session.checks.at(Anggaran, line.id))


def test_an_edit_while_the_lines_are_read_is_followed(dock: FindingsPanel, session: Session, qtbot: QtBot) -> None:
    while not session.checks.complete:
        session._check()
    assert not dock.model.ready
    rename(session)
    qtbot.waitUntil(lambda: dock.model.ready)
    assert shown(dock) == afresh(session)


def test_lines_stay_while_they_are_read_again(dock: FindingsPanel, session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dock.model.ready)
    before = shown(dock)
    first, second, *_ = [line for line in session.plan.all(Anggaran) if line.jenis == "program"]
    changes = [*set_field(first, "urutan", second.urutan), *set_field(second, "urutan", first.urutan)]
    assert session.edit("pindah", changes)
    assert dock.model.ready
    assert len(shown(dock)) == len(before)
    qtbot.waitUntil(lambda: shown(dock) == afresh(session))


def test_button_badges_and_grid_follow_when_all_is_checked(opened: MainWindow, qtbot: QtBot) -> None:
    work, session = opened.work, opened.session
    assert work is not None
    assert session is not None
    assert opened.bar._findings.text() == "Sedang memeriksa..."
    fresh = Checks(session.plan, RollUp(session.plan))
    found = (finding for finding in fresh.of(session.dokumen_id) if finding.kode == "KAS-RINCIAN")
    line = session.plan.get(Anggaran, next(found).row_id)
    work.show_row(line)
    tree = work.tree.views["anggaran"].model()
    assert isinstance(tree, TreeModel)
    top = tree.index_of(line.id, TEMUAN)
    assert top.data(roles.LEVEL) is None
    grid = work.grid.model
    unmarked = [grid.shown(row).marks for row in range(grid.rowCount())]
    qtbot.waitUntil(lambda: work.findings.model.ready)
    worst = work.findings.worst()
    assert worst is not None
    assert opened.bar._findings.text() == f"Periksa  {worst[1]} {worst[0]}"
    assert top.data(roles.LEVEL) is not None
    marked = [grid.shown(row).marks for row in range(grid.rowCount())]
    assert marked != unmarked
    assert any(marked)


def test_a_plan_that_is_closed_at_once_is_remembered_with_its_findings(opened: MainWindow, qtbot: QtBot) -> None:
    session = opened.session
    assert session is not None
    assert not session.checks.complete
    path: Path = session.document.file.path
    wanted = sum(group.first.tingkat == "peringatan" for group in afresh(session))
    opened.close_plan()
    for _ in range(20):
        QApplication.processEvents()
    entry = RecentPlans().find(path)
    assert entry is not None
    assert entry.peringatan == wanted > 0


def test_a_search_in_a_plan_that_is_not_taken_in_yet_waits_for_it(opened: MainWindow, qtbot: QtBot) -> None:
    field = opened.bar.finder
    opened.begin_find()
    qtbot.keyClicks(field, "umk")
    popup = field.popup
    assert popup is None or not popup.isVisible()
    qtbot.waitUntil(lambda: field.popup is not None and field.popup.isVisible())
    assert field.popup is not None
    found = field.popup.model.all()
    assert found
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert len(field.popup.model.all()) >= len(found)


def test_a_search_that_is_given_up_shows_nothing_later(opened: MainWindow, qtbot: QtBot) -> None:
    field = opened.bar.finder
    opened.begin_find()
    qtbot.keyClicks(field, "umk")
    field.clear()
    index = field._index
    assert index is not None
    qtbot.waitUntil(lambda: index.complete)
    for _ in range(5):
        QApplication.processEvents()
    assert field.popup is None or not field.popup.isVisible()
