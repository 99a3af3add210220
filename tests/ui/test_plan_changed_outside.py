"""The file of an open plan is replaced by someone else, or cannot be written: nothing of either side is lost."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from answers import press_each
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from shared_plan import (
    QT_NOISE,
    Elsewhere,
    a_window,
    agency_in,
    edit_elsewhere,
    pull_out,
    rename,
    session_of,
    shared_plan,
)

from models import backups, workspace
from models.changes import Change
from models.plan_file import PlanFile
from models.reading import read_plan
from models.rows import Anggaran, Konflik, Opd
from services.merge_conflicts import open_conflicts
from services.merge_outside import TITLE
from ui.main_window import MainWindow
from ui.merge_model import MEREKA
from ui.merge_view import MergeView
from ui.windows_outside import show_outside

pytestmark = pytest.mark.qt_log_ignore(QT_NOISE)


@pytest.fixture
def plan(published: Callable[[str], Path], tmp_path: Path) -> Path:
    return shared_plan(published, tmp_path)


@pytest.fixture
def window(qtbot: QtBot, plan: Path) -> Iterator[MainWindow]:
    with a_window() as window:
        assert window.open_plan(plan)
        yield window


@pytest.fixture
def elsewhere(plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Elsewhere:
    return edit_elsewhere(plan, tmp_path, monkeypatch)


def found(window: MainWindow, qtbot: QtBot) -> None:
    """Let the window look at its file until it sees that it is another one."""
    session = session_of(window)

    def seen() -> bool:
        assert session.watch is not None
        session.watch.look()
        return session.outside is not None

    qtbot.waitUntil(seen)


def merge_view(window: MainWindow, qtbot: QtBot) -> MergeView:
    """The preview of the merge that was asked for, as soon as it is shown."""
    control = window.merging
    assert control is not None
    qtbot.waitUntil(lambda: control.view is not None, timeout=20_000)
    assert control.view is not None
    assert window.shows_page(control.view)
    return control.view


def test_it_is_seen_told_and_not_overwritten(
    window: MainWindow, plan: Path, elsewhere: Elsewhere, qtbot: QtBot
) -> None:
    elsewhere("Kantor")
    found(window, qtbot)
    assert window.status.saved.text().startswith("Berkas diubah oleh")
    assert window.status.choose.isVisible()
    assert "belum tertulis" not in window.status.saved.text()
    rename(window, "Badan")
    session_of(window).publish()
    qtbot.waitUntil(lambda: bool(session_of(window).publish_error))
    assert window.status.saved.text().endswith("Isian di sini belum tertulis")
    assert agency_in(plan) == "Kantor"
    assert session_of(window).plan.all(Opd)[0].nama == "Badan"


def test_both_are_merged_as_one_step_and_the_file_holds_both(
    window: MainWindow, plan: Path, elsewhere: Elsewhere, qtbot: QtBot
) -> None:
    rename(window, "Badan")
    elsewhere("Program Baru", line=0)
    found(window, qtbot)
    steps = len(session_of(window).document.done)
    press_each("Gabungkan")
    show_outside(window)
    session = session_of(window)
    assert session.outside is None
    assert session.plan.all(Anggaran)[0].nama == "Program Baru"
    assert len(session.document.done) == steps + 1
    qtbot.waitUntil(lambda: session.published)
    assert agency_in(plan) == "Badan"
    assert next(row.nama for row in read_plan(plan) if row.id == session.plan.all(Anggaran)[0].id) == "Program Baru"  # type: ignore[attr-defined]
    assert any(agency_in(b.path) != "Badan" for b in backups.listed(plan)), "theirs is among the backups"
    assert session.undo()
    assert session.plan.all(Anggaran)[0].nama != "Program Baru"


def test_what_both_changed_becomes_a_conflict_that_waits(
    window: MainWindow, plan: Path, elsewhere: Elsewhere, qtbot: QtBot
) -> None:
    rename(window, "Badan")
    elsewhere("Kantor")
    found(window, qtbot)
    press_each("Gabungkan")
    show_outside(window)
    view = merge_view(window, qtbot)
    session = session_of(window)
    assert not open_conflicts(session.plan), "nothing is written before Gabungkan"
    view.merge_button.click()
    qtbot.waitUntil(lambda: session.outside is None)
    assert session.plan.all(Opd)[0].nama == "Badan"
    (conflict,) = open_conflicts(session.plan)
    assert "Kantor" in (conflict.mereka or "")
    qtbot.waitUntil(lambda: session.published)
    assert any(isinstance(row, Konflik) for row in read_plan(plan))


def test_a_conflict_with_the_file_is_chosen_side_by_side_before_it_is_merged(
    window: MainWindow, plan: Path, elsewhere: Elsewhere, qtbot: QtBot
) -> None:
    rename(window, "Badan")
    elsewhere("Kantor")
    found(window, qtbot)
    who = session_of(window).outside.who  # type: ignore[union-attr]
    press_each("Gabungkan")
    show_outside(window)
    view = merge_view(window, qtbot)
    assert view.preview.title == TITLE
    assert view.model.headerData(MEREKA, Qt.Orientation.Horizontal) == f"Mereka ({who})"
    assert (view.model.lines[0].kita, view.model.lines[0].mereka) == ("Badan", "Kantor")
    view.model.choose(0, "mereka")
    view.merge_button.click()
    session = session_of(window)
    qtbot.waitUntil(lambda: session.outside is None and session.published)
    assert agency_in(plan) == "Kantor"
    assert session.document.undo_label == f"gabung berkas yang diubah {who}"
    assert not open_conflicts(session.plan)
    assert any(agency_in(b.path) == "Kantor" for b in backups.listed(plan)), "theirs is among the backups"


def test_a_merge_with_the_file_that_is_given_up_leaves_the_question_open(
    window: MainWindow, plan: Path, elsewhere: Elsewhere, qtbot: QtBot
) -> None:
    rename(window, "Badan")
    elsewhere("Kantor")
    found(window, qtbot)
    press_each("Gabungkan")
    show_outside(window)
    merge_view(window, qtbot).cancel_button.click()
    session = session_of(window)
    assert session.outside is not None
    assert window.status.choose.isVisible()
    assert session.plan.all(Opd)[0].nama == "Badan"
    assert agency_in(plan) == "Kantor"


def test_theirs_is_taken_and_ours_stays_among_the_backups(
    window: MainWindow, plan: Path, elsewhere: Elsewhere, qtbot: QtBot
) -> None:
    rename(window, "Badan")
    elsewhere("Kantor")
    found(window, qtbot)
    theirs = plan.read_bytes()
    press_each("Pakai yang di berkas")
    show_outside(window)
    assert session_of(window).plan.all(Opd)[0].nama == "Kantor"
    assert session_of(window).outside is None
    assert plan.read_bytes() == theirs
    assert "Badan" in {agency_in(backup.path) for backup in backups.listed(plan)}


def test_what_holds_all_of_ours_is_simply_loaded(
    window: MainWindow, plan: Path, elsewhere: Elsewhere, qtbot: QtBot
) -> None:
    elsewhere("Kantor")
    found(window, qtbot)
    said = press_each("Muat yang di berkas")
    window.status.choose.click()
    assert any("sudah ada di dalamnya" in words for words in said)
    assert session_of(window).plan.all(Opd)[0].nama == "Kantor"
    assert window.status.saved.text().startswith("Tersimpan")
    assert window.status.path.text()


def test_another_plan_under_the_name_is_said_and_not_merged(
    window: MainWindow, plan: Path, published: Callable[[str], Path], qtbot: QtBot
) -> None:
    rename(window, "Badan")
    shutil.copyfile(published("buleleng-2022"), plan)
    found(window, qtbot)
    said = press_each("Nanti")
    show_outside(window)
    assert any("sekarang memuat rencana lain" in words for words in said)
    assert not any("Gabungkan:" in words for words in said)


def test_a_passing_message_hides_the_buttons_and_gives_them_back(
    window: MainWindow, elsewhere: Elsewhere, qtbot: QtBot
) -> None:
    elsewhere("Kantor")
    found(window, qtbot)
    status = window.status
    status.showMessage("Sesuatu terjadi.")
    session_of(window).saved_changed.emit()
    assert not status.choose.isVisible()
    status.clearMessage()
    assert status.choose.isVisible()


def test_both_are_kept_under_two_names(
    window: MainWindow,
    plan: Path,
    elsewhere: Elsewhere,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rename(window, "Badan")
    elsewhere("Kantor")
    found(window, qtbot)
    mine = plan.with_name("milik saya.db")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *arguments: (str(mine), ""))
    press_each("Simpan yang di sini sebagai...")
    show_outside(window)
    assert (agency_in(mine), agency_in(plan)) == ("Badan", "Kantor")
    assert session_of(window).outside is None
    assert not window.status.choose.isVisible()


def test_later_leaves_all_as_it_is_and_closing_keeps_ours_for_the_next_start(
    window: MainWindow, plan: Path, elsewhere: Elsewhere, qtbot: QtBot
) -> None:
    rename(window, "Badan")
    elsewhere("Program Baru", line=0)
    found(window, qtbot)
    press_each("Nanti", "Tutup")
    show_outside(window)
    assert session_of(window).outside is not None
    window.close_plan()
    said = press_each("Gabungkan sekarang")
    assert window.open_plan(plan)
    assert any("tersimpan di komputer ini" in words for words in said)
    plan_now = session_of(window).plan
    assert (plan_now.all(Opd)[0].nama, plan_now.all(Anggaran)[0].nama) == ("Badan", "Program Baru")


def test_rubbish_in_its_place_is_kept_and_ours_is_written_again(window: MainWindow, plan: Path, qtbot: QtBot) -> None:
    rename(window, "Badan")
    plan.write_bytes(b"bukan rencana")
    found(window, qtbot)
    press_each("Tulis kembali")
    show_outside(window)
    qtbot.waitUntil(lambda: session_of(window).published)
    assert agency_in(plan) == "Badan"
    (aside,) = (path for path in plan.parent.iterdir() if ".rusak-" in path.name)
    assert aside.read_bytes() == b"bukan rencana"


def test_a_folder_that_is_gone_is_told_and_a_retry_works(window: MainWindow, plan: Path, qtbot: QtBot) -> None:
    away = plan.parent.with_name("dicabut")
    qtbot.waitUntil(lambda: session_of(window).published)
    os.rename(plan.parent, away)
    rename(window, "Badan")
    session_of(window).publish()
    qtbot.waitUntil(lambda: bool(session_of(window).publish_error))
    status = window.status
    assert status.saved.text().startswith("Belum tertulis: Folder")
    assert (status.retry.isVisible(), status.save_as.isVisible(), status.choose.isVisible()) == (True, True, False)
    os.rename(away, plan.parent)
    status.retry.click()
    qtbot.waitUntil(lambda: session_of(window).published and not session_of(window).publish_error)
    assert not status.retry.isVisible()
    assert agency_in(plan) == "Badan"


def test_where_it_cannot_be_written_it_is_saved_elsewhere(
    window: MainWindow, plan: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    pull_out(plan)
    rename(window, "Badan")
    session_of(window).publish()
    qtbot.waitUntil(lambda: bool(session_of(window).publish_error))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *arguments: (str(tmp_path / "baru.db"), ""))
    window.status.save_as.click()
    assert agency_in(tmp_path / "baru.db") == "Badan"
    assert window.status.saved.text().startswith("Tersimpan")


def test_a_backup_that_cannot_be_made_is_told(window: MainWindow, plan: Path, data_folder: Path, qtbot: QtBot) -> None:
    (data_folder / "cadangan").write_bytes(b"no folder")
    rename(window, "Badan")
    qtbot.waitUntil(lambda: session_of(window).published)
    qtbot.waitUntil(lambda: "cadangannya gagal" in window.status.saved.text())
    assert agency_in(plan) == "Badan"


def test_a_file_that_was_deleted_is_written_anew_only_when_the_officer_says_so(
    window: MainWindow, plan: Path, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: session_of(window).published)
    plan.unlink()
    rename(window, "Badan")
    session_of(window).publish()
    qtbot.waitUntil(lambda: bool(session_of(window).publish_error))
    status = window.status
    assert "tidak ada lagi di foldernya" in status.saved.text()
    assert not plan.exists()
    assert (status.retry.isVisible(), status.retry.text()) == (True, "Tulis kembali")
    status.retry.click()
    qtbot.waitUntil(lambda: session_of(window).published and not session_of(window).publish_error)
    assert agency_in(plan) == "Badan"
    assert not status.retry.isVisible()


def test_closing_does_not_bring_a_file_back_that_was_moved(window: MainWindow, plan: Path, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: session_of(window).published)
    plan.rename(plan.with_name("lain.db"))
    said = press_each("Tutup")
    window.close_plan()
    assert any("tidak ada lagi di foldernya" in words for words in said)
    assert not plan.exists()


def test_a_folder_that_can_only_be_read_is_told_on_opening(
    window: MainWindow, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.show_start()
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert window.open_plan(plan)
    assert "hanya dapat dibaca" in window.status.currentMessage()


def test_a_file_that_was_deleted_is_noticed_without_an_edit_and_written_anew(
    window: MainWindow, plan: Path, qtbot: QtBot
) -> None:
    session, status = session_of(window), window.status
    qtbot.waitUntil(lambda: session.published)
    data = plan.read_bytes()
    plan.unlink()

    def noticed() -> bool:
        assert session.watch is not None
        session.watch.look()
        return session.gone

    qtbot.waitUntil(noticed)
    assert status.saved.text().startswith("Berkas tidak ada lagi di foldernya")
    assert (status.retry.isVisible(), status.retry.text(), status.save_as.isVisible()) == (True, "Tulis kembali", True)
    plan.write_bytes(data)
    qtbot.waitUntil(lambda: not noticed())
    assert not status.retry.isVisible()
    plan.unlink()
    qtbot.waitUntil(noticed)
    status.retry.click()
    qtbot.waitUntil(lambda: plan.exists() and not session.gone)
    assert agency_in(plan) == session.plan.all(Opd)[0].nama


def test_a_file_that_was_deleted_is_written_anew_at_closing_where_that_is_chosen(
    window: MainWindow, plan: Path, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: session_of(window).published)
    plan.unlink()
    rename(window, "Badan")
    said = press_each("Tulis kembali")
    window.close()
    assert any("Pilih Tulis kembali" in words for words in said)
    assert agency_in(plan) == "Badan"
    assert backups.listed(plan)


def test_another_plan_in_our_place_is_called_that(
    window: MainWindow, plan: Path, published: Callable[[str], Path], qtbot: QtBot
) -> None:
    rename(window, "Badan")
    qtbot.waitUntil(lambda: session_of(window).published)
    shutil.copyfile(published("lampung-2019"), plan)
    found(window, qtbot)
    assert window.status.saved.text().startswith("Berkas itu sekarang memuat rencana lain")


def test_what_a_crash_left_of_the_name_that_is_saved_over_is_offered(
    window: MainWindow, tmp_path: Path, published: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "L.db"
    shutil.copyfile(published("lampung-2019"), target)
    with PlanFile.open(target) as file:
        opd = next(row for row in file.rows() if isinstance(row, Opd))
        file.apply([Change(opd, replace(opd, nama="Belum tertulis"))], "ubah nama")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (str(target), ""))
    said = press_each("Nanti")
    window.files.save_as()
    assert any("milik rencana Belum tertulis, jadi tidak digabungkan" in words for words in said)
    (kept,) = workspace.set_asides(target)
    assert agency_in(kept) == "Belum tertulis"
