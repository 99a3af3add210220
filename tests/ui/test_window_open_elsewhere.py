"""A plan that someone else has open: the notice, reading only, a copy, and a note that nobody keeps alive."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from answers import press_each
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from shared_plan import QT_NOISE, a_window, agency, agency_in, rename, session_of, shared_plan

from models.header import NewerError, check_header
from models.plan_file import PlanFile
from models.presence import SILENT, Presence, note_path, someone_else
from models.schema import VERSION
from models.seal import unseal
from services import export
from ui.main_window import FORMULIR, MainWindow
from ui.windows_locked import CLOSED_NOW, LOOK_EVERY, SILENT_NOW, WAITING, LockedDialog

pytestmark = pytest.mark.qt_log_ignore(QT_NOISE)


@pytest.fixture
def plan(published: Callable[[str], Path], tmp_path: Path) -> Path:
    return shared_plan(published, tmp_path)


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[MainWindow]:
    with a_window() as window:
        yield window


@pytest.fixture
def their_note(plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let the other PC count its note up; at first it is put there."""
    with monkeypatch.context() as patch:
        patch.setenv("RENAKSI_DATA", str(tmp_path / "pc lain"))
        theirs = Presence(plan)
        theirs.beat()

    def beat() -> None:
        with monkeypatch.context() as patch:
            patch.setenv("RENAKSI_DATA", str(tmp_path / "pc lain"))
            theirs.beat()

    return beat


def test_another_program_of_this_pc_has_it_open(start: MainWindow, plan: Path) -> None:
    with PlanFile.open(plan):
        said = press_each("Batal")
        assert not start.open_plan(plan)
        assert "rencana.db sudah terbuka di jendela Renaksi lain di komputer ini." in said
        press_each("Buka hanya untuk dibaca")
        assert start.open_plan(plan)
    assert session_of(start).read_only


def test_another_pc_has_it_open(start: MainWindow, plan: Path, their_note: Callable[[], None]) -> None:
    said = press_each("Batal")
    assert not start.open_plan(plan)
    assert any("di komputer" in words for words in said)


def test_a_plan_that_is_only_read_says_so_refuses_edits_and_prints(
    start: MainWindow, plan: Path, their_note: Callable[[], None], qtbot: QtBot, tmp_path: Path
) -> None:
    before = plan.read_bytes()
    press_each("Buka hanya untuk dibaca")
    assert start.open_plan(plan)
    session = session_of(start)
    assert "(hanya untuk dibaca)" in start.windowTitle()
    assert start.status.saved.text() == "Hanya untuk dibaca, tidak dapat diubah"
    said = press_each("Tutup")
    assert not rename(start, "Badan")
    assert any("hanya untuk dibaca" in words for words in said)
    assert agency(start) != "Badan"
    start.show_view(FORMULIR)
    form = export.make_form(session.plan, session.dokumen_id, "bulanan-staf", code=session.document.file.revision)
    export.write_form(form, "pdf", tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    start.show_start()
    assert plan.read_bytes() == before
    assert note_path(plan).exists(), "theirs is left alone"


def test_it_goes_on_as_a_copy_that_can_be_written(
    start: MainWindow,
    plan: Path,
    their_note: Callable[[], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    copy, before = tmp_path / "salinan", plan.read_bytes()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *arguments: (str(copy), ""))
    press_each("Buka sebagai salinan...")
    assert start.open_plan(plan)
    session = session_of(start)
    assert session.document.file.path == copy.with_suffix(".db")
    assert not session.read_only
    assert rename(start, "Badan")
    qtbot.waitUntil(lambda: session.published)
    assert agency_in(copy.with_suffix(".db")) == "Badan"
    assert plan.read_bytes() == before


def test_saving_what_is_only_read_under_another_name_makes_it_ones_own(
    start: MainWindow, plan: Path, their_note: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    press_each("Buka hanya untuk dibaca")
    start.open_plan(plan)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *arguments: (str(tmp_path / "milik.db"), ""))
    start.status.save_as.click()
    assert not start.status.save_as.isVisible()
    assert not session_of(start).read_only
    assert "(hanya untuk dibaca)" not in start.windowTitle()
    assert start.status.saved.text().startswith("Tersimpan")
    assert rename(start, "Badan")


def looks(dialog: LockedDialog, qtbot: QtBot, times: int) -> None:
    """Let it look so many times, without its clock."""
    dialog._timer.stop()
    for _ in range(times):
        if dialog.open_button.isVisible():
            return
        dialog.look()
        qtbot.waitUntil(lambda: dialog._looking is None)


def test_a_note_that_nobody_counts_up_is_dead_and_one_that_counts_is_not(
    start: MainWindow, plan: Path, their_note: Callable[[], None], qtbot: QtBot
) -> None:
    seen = someone_else(plan)
    assert seen is not None
    dialog = LockedDialog(plan, seen.holder, start, seen=seen)
    qtbot.addWidget(dialog)
    dialog.show()
    needed = SILENT * 1000 // LOOK_EVERY
    looks(dialog, qtbot, needed - 1)
    assert not dialog.open_button.isVisible()
    assert dialog.note.text() == WAITING.format(done=SILENT - LOOK_EVERY // 1000, all=SILENT)
    their_note()
    looks(dialog, qtbot, needed)
    assert not dialog.open_button.isVisible(), "it has counted meanwhile"
    looks(dialog, qtbot, 1)
    assert dialog.open_button.isVisible()
    assert dialog.note.text() == SILENT_NOW


def test_a_plan_that_was_closed_there_can_be_opened_here_and_is_noted_as_ours(
    start: MainWindow, plan: Path, their_note: Callable[[], None], qtbot: QtBot
) -> None:
    seen = someone_else(plan)
    assert seen is not None
    dialog = LockedDialog(plan, seen.holder, start, seen=seen)
    qtbot.addWidget(dialog)
    dialog.show()
    note_path(plan).unlink()
    looks(dialog, qtbot, 1)
    assert dialog.note.text() == CLOSED_NOW
    assert start.open_plan(plan)
    qtbot.waitUntil(lambda: note_path(plan).exists())
    start.show_start()
    qtbot.waitUntil(lambda: not note_path(plan).exists())


def test_a_newer_plan_is_refused_or_opened_to_be_read_where_it_says_so(start: MainWindow, plan: Path) -> None:
    import sqlite3

    for oldest, button in ((0, "Tutup"), (VERSION, "Batal"), (VERSION, "Buka hanya untuk dibaca")):
        unseal(plan)
        connection = sqlite3.connect(plan, isolation_level=None)
        connection.execute(f"PRAGMA user_version = {(oldest << 16) + VERSION + 1}")
        connection.close()
        before = plan.read_bytes()
        with pytest.raises(NewerError):
            check_header(plan)
        said = press_each(button)
        assert start.open_plan(plan) == (button == "Buka hanya untuk dibaca")
        assert any(f"format {VERSION + 1}" in words for words in said)
        assert plan.read_bytes() == before
    assert session_of(start).read_only


def test_a_plan_that_another_program_wrote_anew_is_opened_and_told(start: MainWindow, plan: Path) -> None:
    unseal(plan)
    said = press_each("Tutup")
    assert start.open_plan(plan)
    assert any("pernah ditulis program lain" in words for words in said)
    assert not session_of(start).read_only
