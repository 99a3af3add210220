"""Cadangan: which backups there are, what differs from now, and the way back."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from answers import press_each
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from models import backups
from models.changes import Change
from models.reading import read_plan
from models.rows import Anggaran, Opd, Row, new_id
from services.backups import own_origin
from ui.backups_dialog import READ_ONLY, BackupsDialog, show_backups
from ui.backups_list import CHECK, DAMAGED, STRANGER, WHOLE
from ui.main_window import MainWindow
from ui.session import Session
from ui.windows import Windows

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|raise|grabbing the keyboard")


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def file_of(window: MainWindow) -> Path:
    return session_of(window).document.file.path


def keep(path: Path, days: int) -> backups.Backup:
    return backups.keep(path, lambda part: shutil.copyfile(path, part), when=datetime.now() - timedelta(days=days))


def raise_a_pagu(window: MainWindow) -> Anggaran:
    session = session_of(window)
    line = next(row for row in session.plan.all(Anggaran) if row.pagu)
    assert line.pagu is not None
    assert session.edit("ubah pagu", [Change(line, replace(line, pagu=line.pagu + 5))])
    return line


def rows(window: MainWindow) -> set[Row]:
    return set(session_of(window).plan.rows())


def compared(dialog: BackupsDialog) -> bool:
    """Whether what differs has been worked out."""
    return dialog.copy_button.isEnabled() or "rusak" in dialog.differs.text()


def test_each_backup_is_checked_and_what_differs_is_shown_with_old_and_new_value(
    window: MainWindow, qtbot: QtBot
) -> None:
    path = file_of(window)
    for days in (0, 1, 5):
        keep(path, days)
    backups.listed(path)[1].path.write_bytes(b"rusak")
    line = raise_a_pagu(window)
    dialog = BackupsDialog(path, backups.listed(path), tuple(session_of(window).plan.rows()), window)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: compared(dialog))
    items = [item for row in range(3) if (item := dialog.list.topLevelItem(row)) is not None]
    qtbot.waitUntil(lambda: [item.text(CHECK) for item in items] == [WHOLE, DAMAGED, WHOLE])
    assert dialog.differs.text() == "Sejak cadangan ini: 1 baris diubah"
    model = dialog.view.differences
    branch = model.index(0, 0)
    shown = [model.index(0, column, branch).data() for column in range(4)]
    assert shown[1:] == ["pagu", f"{line.pagu:,}".replace(",", "."), f"{(line.pagu or 0) + 5:,}".replace(",", ".")]
    dialog.list.choose(1)
    qtbot.waitUntil(lambda: compared(dialog))
    assert not dialog.restore_button.isEnabled()
    assert not dialog.copy_button.isEnabled()


def test_a_backup_comes_back_as_one_step_that_can_be_undone_and_the_present_is_backed_up(
    window: MainWindow, qtbot: QtBot
) -> None:
    path = file_of(window)
    keep(path, 1)
    made = backups.listed(path)[0]
    before = rows(window)
    raise_a_pagu(window)
    after, steps = rows(window), len(session_of(window).document.done)
    said = press_each("Kembalikan...", "Kembalikan")
    show_backups(window)
    assert rows(window) == before
    assert any("diurungkan" in words and "1 baris diubah" in words for words in said)
    document = session_of(window).document
    assert document.undo_label == f"kembalikan cadangan {made.when:%d-%m-%Y %H.%M}"
    assert len(document.done) == steps + 1
    assert set(read_plan(backups.listed(path)[0].path)) == after
    session_of(window).undo()
    assert rows(window) == after


def test_what_was_added_since_is_said_to_go_when_a_backup_comes_back(window: MainWindow) -> None:
    path, session = file_of(window), session_of(window)
    keep(path, 1)
    made = Opd(id=new_id(), urutan=9, nama="Sekretariat")
    assert session.edit("tambah", [Change(None, made)])
    said = press_each("Kembalikan...", "Batal", "Tutup")
    show_backups(window)
    assert any("Isi rencana menjadi seperti saat itu (1 baris dihapus)" in words for words in said)
    assert any("Sejak cadangan ini: 1 baris ditambah" in words for words in said)


def test_a_backup_is_opened_as_a_copy_in_a_window_of_its_own(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, target = file_of(window), tmp_path / "pulih"
    keep(path, 1)
    before = rows(window)
    raise_a_pagu(window)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *arguments: (str(target), ""))

    press_each("Buka sebagai salinan...")
    show_backups(window)
    other = window.windows.all()[-1]
    assert other is not window
    assert file_of(other) == target.with_suffix(".db")
    assert rows(other) == before
    assert rows(window) != before
    other.close()


def test_where_nothing_differs_there_is_nothing_to_bring_back(window: MainWindow, qtbot: QtBot) -> None:
    path = file_of(window)
    keep(path, 1)
    dialog = BackupsDialog(path, backups.listed(path), tuple(session_of(window).plan.rows()), window)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: compared(dialog))
    assert dialog.differs.text() == "Sejak cadangan ini: tidak ada perbedaan"
    assert not dialog.restore_button.isEnabled()


def test_without_backups_it_says_so(window: MainWindow, qtbot: QtBot) -> None:
    dialog = BackupsDialog(file_of(window), [], (), window)
    qtbot.addWidget(dialog)
    assert dialog.chosen is None
    assert not dialog.restore_button.isEnabled()


def test_of_a_plan_that_is_only_read_a_backup_can_only_be_opened_as_a_copy(window: MainWindow, qtbot: QtBot) -> None:
    path = file_of(window)
    keep(path, 1)
    dialog = BackupsDialog(path, backups.listed(path), (), window, read_only=True)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: compared(dialog))
    assert (dialog.restore_button.isEnabled(), dialog.copy_button.isEnabled()) == (False, True)
    assert dialog.note.text() == READ_ONLY


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow(Windows())
    window.show()
    window.show_start()
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture
def plan(published: Callable[[str], Path], tmp_path: Path) -> Path:
    path = tmp_path / "rencana.db"
    shutil.copyfile(published("bone-2023"), path)
    return path


@pytest.mark.parametrize("damage", [b"rusak", b"", None])
def test_a_plan_that_cannot_be_opened_is_offered_its_newest_good_backup(
    start: MainWindow, plan: Path, damage: bytes | None
) -> None:
    keep(plan, 3)
    newest = keep(plan, 1)
    newest.path.write_bytes(b"rusak")
    good = read_plan(plan)
    if damage is None:
        plan.unlink()
    else:
        plan.write_bytes(damage)
    buttons = ["Kembalikan cadangan terbaru yang baik"] + ([] if damage is None else ["Tutup"])
    said = press_each(*buttons)
    assert start.open_plan(plan)
    assert rows(start) == set(good)
    assert any("Cadangan terbaru yang baik dibuat" in words for words in said)
    kept = [path for path in plan.parent.iterdir() if ".rusak-" in path.name]
    assert [path.read_bytes() for path in kept] == ([] if damage is None else [damage])
    assert all(any(str(path) in words for words in said) for path in kept)


def test_another_of_its_backups_can_be_chosen_for_a_plan_that_cannot_be_opened(start: MainWindow, plan: Path) -> None:
    keep(plan, 1)
    plan.write_bytes(b"rusak")
    press_each("Pilih cadangan...", "Kembalikan...", "Kembalikan", "Tutup")
    assert start.open_plan(plan)
    assert rows(start)


def test_a_broken_plan_without_a_good_backup_is_told_and_left(start: MainWindow, plan: Path) -> None:
    keep(plan, 1).path.write_bytes(b"rusak")
    plan.write_bytes(b"rusak")
    said = press_each("Tutup")
    assert not start.open_plan(plan)
    assert any("bukan berkas rencana" in words for words in said)
    assert plan.read_bytes() == b"rusak"


def test_a_file_that_never_was_a_plan_is_only_told(start: MainWindow, plan: Path) -> None:
    other = plan.with_name("lain.db")
    other.write_bytes(b"PK")
    said = press_each("Tutup")
    assert not start.open_plan(other)
    assert len(said) == 1


def test_a_backup_of_another_plan_of_that_name_is_marked_and_can_only_be_opened_as_a_copy(
    window: MainWindow, qtbot: QtBot, published: Callable[[str], Path]
) -> None:
    path, session = file_of(window), session_of(window)
    backups.keep(path, lambda part: shutil.copyfile(published("bone-2023"), part))
    dialog = BackupsDialog(
        path, backups.listed(path), tuple(session.plan.rows()), window, own=own_origin(session.document)
    )
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: compared(dialog))
    item = dialog.list.topLevelItem(0)
    assert item is not None
    qtbot.waitUntil(lambda: item.text(CHECK) == STRANGER)
    assert "milik rencana lain" in dialog.note.text()
    assert (dialog.restore_button.isEnabled(), dialog.copy_button.isEnabled()) == (False, True)
