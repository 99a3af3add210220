"""Edits that a plan went on without: offered until they are merged or thrown away on purpose, and truly named."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from answers import press_each
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from shared_plan import (
    QT_NOISE,
    Elsewhere,
    a_window,
    agency,
    agency_in,
    edit_elsewhere,
    pull_out,
    rename,
    session_of,
    shared_plan,
)

from models import workspace
from models.changes import Change
from models.presence import Presence
from models.rows import Anggaran, Opd
from services.document import Document
from services.merge_conflicts import open_conflicts
from ui.backups_dialog import MERGE, BackupsDialog
from ui.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore(QT_NOISE)


@pytest.fixture
def plan(published: Callable[[str], Path], tmp_path: Path) -> Path:
    return shared_plan(published, tmp_path)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with a_window() as window:
        yield window


def crash(plan: Path, text: str) -> None:
    """Type a name for the agency, and break off before it is written."""
    document = Document.open(plan)
    opd = document.plan.all(Opd)[0]
    document.edit("ubah nama", [Change(opd, replace(opd, nama=text))])
    document.file.close()
    workspace.note_target(workspace.work_path(plan), plan)


@pytest.fixture
def elsewhere(plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Elsewhere:
    return edit_elsewhere(plan, tmp_path, monkeypatch)


def notice(window: MainWindow) -> str:
    window.show_start()
    assert window.start is not None
    return window.start.notice.button.accessibleDescription() if window.start.notice.isVisible() else ""


def test_what_was_put_off_is_offered_again_until_it_is_merged(
    window: MainWindow, plan: Path, elsewhere: Elsewhere
) -> None:
    crash(plan, "Badan")
    elsewhere("Program Baru", line=0)
    press_each("Nanti")
    assert window.open_plan(plan)
    assert agency(window) != "Badan"
    assert "belum digabungkan" in notice(window)
    said = press_each("Gabungkan sekarang")
    assert window.open_plan(plan)
    assert any("telah diubah orang lain" in words for words in said)
    assert (agency(window), session_of(window).plan.all(Anggaran)[0].nama) == ("Badan", "Program Baru")
    assert notice(window) == ""
    assert window.open_plan(plan), "nothing is asked any more"


def test_a_program_that_broke_off_while_it_asked_asks_again(
    window: MainWindow, plan: Path, elsewhere: Elsewhere
) -> None:
    crash(plan, "Badan")
    elsewhere("Program Baru", line=0)
    Document.open(plan).file.close()
    # What is there at this point is all that a killed program leaves.
    assert "belum digabungkan" in notice(window)
    press_each("Gabungkan sekarang")
    assert window.open_plan(plan)
    assert agency(window) == "Badan"


def test_they_are_listed_in_cadangan_with_what_they_would_bring(
    window: MainWindow, plan: Path, elsewhere: Elsewhere, qtbot: QtBot
) -> None:
    crash(plan, "Badan")
    typed = datetime.fromtimestamp(workspace.work_path(plan).stat().st_mtime)
    elsewhere("Program Baru", line=0)
    press_each("Nanti")
    assert window.open_plan(plan)
    from services import backups
    from services.outside import ours_of

    document = session_of(window).document
    left = backups.left_over(plan)
    dialog = BackupsDialog(
        plan, backups.listed(plan), tuple(document.plan.rows()), window, left=left, ours=ours_of(document)
    )
    item = dialog.list.topLevelItem(0)
    assert item is not None
    assert item.text(0) == f"Sisa isian, {typed:%d-%m-%Y %H.%M}"
    qtbot.waitUntil(lambda: dialog.restore_button.isEnabled())
    assert dialog.differs.text() == "Isian yang belum ada di rencana: 1 baris diubah"
    assert (dialog.restore_button.text(), dialog.discard_button.isHidden()) == (MERGE, False)
    press_each("Batal")
    dialog.ask_to_discard()
    assert (dialog.discard, len(workspace.set_asides(plan))) == (False, 1)
    dialog.ask_to_restore()
    assert dialog.merge
    dialog.deleteLater()


def test_thrown_away_on_purpose_they_are_gone(window: MainWindow, plan: Path, elsewhere: Elsewhere) -> None:
    crash(plan, "Badan")
    elsewhere("Program Baru", line=0)
    press_each("Lihat di Cadangan...", "Buang...", "Buang", "Tutup")
    assert window.open_plan(plan)
    assert workspace.set_asides(plan) == []
    assert notice(window) == ""


def test_of_a_disputed_cell_what_was_typed_here_is_ours_and_what_stands_in_the_file_is_theirs(
    window: MainWindow, plan: Path, elsewhere: Elsewhere
) -> None:
    crash(plan, "Badan")
    elsewhere("Kantor")
    said = press_each("Gabungkan sekarang", "Tutup")
    assert window.open_plan(plan)
    (conflict,) = open_conflicts(session_of(window).plan)
    assert agency(window) == "Badan"
    assert "Badan" in (conflict.kita or "")
    assert "Kantor" in (conflict.mereka or "")
    assert any("Isian di komputer ini (Kita)" in words for words in said)
    assert session_of(window).undo()
    assert agency(window) == "Kantor"


def test_typing_that_is_damaged_is_called_so(window: MainWindow, plan: Path) -> None:
    before = agency_in(plan)
    crash(plan, "Badan")
    workspace.work_path(plan).write_bytes(b"rusak" * 1000)
    said = press_each("Tutup")
    assert window.open_plan(plan)
    assert any("rusak" in words and "utuh" in words for words in said)
    assert not any("diganti" in words for words in said)
    assert agency(window) == before
    assert notice(window) == ""


def test_another_plan_under_the_same_name_is_not_merged(
    window: MainWindow, plan: Path, published: Callable[[str], Path]
) -> None:
    crash(plan, "Badan")
    shutil.copyfile(published("buleleng-2022"), plan)
    said = press_each("Nanti")
    assert window.open_plan(plan)
    assert any("memuat rencana lain" in words for words in said)
    assert agency(window) == agency_in(published("buleleng-2022"))
    assert len(workspace.set_asides(plan)) == 1


def test_a_copy_that_goes_on_holds_what_was_recovered(
    window: MainWindow, plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash(plan, "Badan")
    with monkeypatch.context() as patch:
        patch.setenv("RENAKSI_DATA", str(tmp_path / "pc lain"))
        Presence(plan).beat()
    copy = tmp_path / "salinan.db"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *arguments: (str(copy), ""))
    press_each("Buka sebagai salinan...")
    assert window.open_plan(plan)
    assert session_of(window).document.file.path == copy
    assert agency(window) == "Badan"
    assert "telah dilanjutkan" in window.status.currentMessage()
    assert agency_in(plan) != "Badan"


def test_what_differs_leaves_out_what_a_colleague_added_since(
    window: MainWindow, plan: Path, elsewhere: Elsewhere
) -> None:
    crash(plan, "Badan")
    elsewhere("Program Baru", line=0)
    notice(window)
    assert window.start is not None
    said = press_each("Tutup")
    window.start.notice.compare_button.click()
    assert "rencana: 1 baris diubah" in said
    assert any("sudah diubah orang lain" in words for words in said)


def test_a_file_that_cannot_be_read_is_not_counted_as_missing_rows(window: MainWindow, plan: Path) -> None:
    crash(plan, "Badan")
    plan.write_bytes(b"rusak")
    notice(window)
    assert window.start is not None
    said = press_each("Tutup")
    window.start.notice.compare_button.click()
    assert any("tidak dapat dibandingkan" in words for words in said)
    assert not any("ditambah" in words for words in said)


def type_where_nothing_can_be_written(window: MainWindow, plan: Path) -> None:
    assert window.open_plan(plan)
    pull_out(plan)
    assert rename(window, "Badan")


def test_closing_what_cannot_be_written_can_be_called_off_or_done_elsewhere(
    window: MainWindow, plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_where_nothing_can_be_written(window, plan)
    press_each("Batal")
    assert not window.close()
    assert agency(window) == "Badan"
    target = tmp_path / "baru.db"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *arguments: (str(target), ""))
    press_each("Simpan sebagai...")
    assert window.close()
    assert agency_in(target) == "Badan"
    assert workspace.set_asides(plan) == []


def test_what_the_officer_closed_did_not_break_off(window: MainWindow, plan: Path) -> None:
    type_where_nothing_can_be_written(window, plan)
    said = press_each("Tutup")
    words = notice(window)
    assert any("tetap disimpan di komputer ini" in line for line in said)
    assert "belum tertulis ke berkas" in words
    assert "mendadak" not in words
