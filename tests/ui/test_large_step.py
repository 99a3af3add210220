"""A step of many changes is written in a worker and checked when it is shown; all is right then, nothing is lost."""

from collections.abc import Callable
from dataclasses import replace
from threading import Event, get_ident

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from models.changes import Change
from models.rows import Anggaran, DeretAnggaran, Row
from services.checks import Checks
from services.edits import set_field
from services.rollup import RollUp
from ui.main_window import MainWindow
from ui.session import AT_WORK, LARGE, Session
from ui.tree_model import TEMUAN, TreeModel


@pytest.fixture
def every_step_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """And every plan, so that its findings come later."""
    monkeypatch.setattr("ui.session.LARGE", 0)
    monkeypatch.setattr("ui.session.AT_ONCE", 0)


def all_cash(session: Session) -> list[Change]:
    """Each month of each line a rupiah more."""
    rows = session.plan.all(DeretAnggaran)
    return [Change(row, replace(row, nilai=tuple((value or 0) + 1 for value in row.nilai))) for row in rows]


def afresh(session: Session) -> list[object]:
    return list(Checks(session.plan, RollUp(session.plan)).of(session.dokumen_id))


@pytest.mark.usefixtures("every_step_is_large")
def test_a_large_step_its_undo_and_its_redo_are_found_right_in_the_end(window: MainWindow, qtbot: QtBot) -> None:
    session, work = window.session, window.work
    assert session is not None
    assert work is not None
    qtbot.waitUntil(lambda: work.findings.model.ready)
    before: dict[str, Row] = {row.id: row for row in session.plan.all(DeretAnggaran)}
    changes = all_cash(session)
    after = {change.row.id: change.row for change in changes}
    steps: list[tuple[Callable[[], bool], dict[str, Row]]] = [
        (lambda: session.edit("isi kas", changes), after),
        (session.undo, before),
        (session.redo, after),
    ]
    for do, wanted in steps:
        with qtbot.waitSignal(session.checked, timeout=20_000):
            assert do()
            assert {row.id: row for row in session.plan.all(DeretAnggaran)} == wanted
            assert {row.id: row for row in session.document.file.rows() if isinstance(row, DeretAnggaran)} == wanted
        assert list(session.checks.of(session.dokumen_id)) == afresh(session)
        qtbot.waitUntil(lambda: bool(work.findings.model.rowCount()) == bool(afresh(session)))


@pytest.mark.usefixtures("every_step_is_large")
def test_the_badges_of_the_tree_follow(window: MainWindow, qtbot: QtBot) -> None:
    session, work = window.session, window.work
    assert session is not None
    assert work is not None
    qtbot.waitUntil(lambda: work.findings.model.ready)
    line = next(each for each in session.plan.all(Anggaran) if each.jenis == "sub_kegiatan" and each.nama)
    work.show_row(line)
    model = work.tree.views["anggaran"].model()
    assert isinstance(model, TreeModel)
    index = model.index_of(line.id, TEMUAN)
    before = index.data()
    with qtbot.waitSignal(session.checked, timeout=20_000):
        assert session.edit("kosongkan nama", set_field(line, "nama", ""))
    assert index.data() != before
    assert any(finding.kode == "NAMA-KOSONG" for finding in session.checks.at(Anggaran, line.id))


def test_a_large_step_is_written_in_a_worker_and_said_meanwhile(window: MainWindow) -> None:
    session = window.session
    assert session is not None
    where, said = [], []
    painted = Event()

    def look() -> None:
        said.append(window.status.saved.text())
        painted.set()

    def write() -> None:
        assert painted.wait(20)
        where.append(get_ident())

    QTimer.singleShot(0, window, look)
    session.document.carry_out(write, LARGE + 1)
    assert where != [get_ident()]
    assert said == [f"Menulis {LARGE + 1} perubahan, mohon tunggu..."]
    assert "Menulis" not in window.status.saved.text()
    session.document.carry_out(lambda: where.append(get_ident()), LARGE)
    assert where[-1] == get_ident()


def test_nothing_is_edited_while_a_large_step_is_written(session: Session) -> None:
    line = session.plan.all(Anggaran)[0]
    refused: list[str] = []
    session.not_written.connect(refused.append)
    tried = Event()
    went: list[bool] = []

    def meanwhile() -> None:
        went.append(session.edit("ubah nama", set_field(line, "nama", "Lain")))
        tried.set()

    def write() -> None:
        assert tried.wait(20)

    QTimer.singleShot(0, session, meanwhile)
    session.document.carry_out(write, LARGE + 1)
    assert went == [False]
    assert refused == [AT_WORK]
    assert session.plan.get(Anggaran, line.id) == line
    assert session.edit("ubah nama", set_field(line, "nama", "Lain"))
