"""Whatever is done with a plan: nothing of it, nor its name, gets into the log."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from answers import press_each
from pytestqt.qtbot import QtBot

from models import backups
from models.changes import Change
from models.errors import PlanError
from models.rows import Anggaran, Opd, Row
from services import export
from services.log import log_file
from services.merge_report import merge_files
from ui.backups_dialog import show_backups
from ui.crash_report import CrashReporter, install_excepthook
from ui.main_window import MainWindow
from ui.windows import Windows

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|raise|grabbing the keyboard")
WORD, AMOUNT = "zqmarka", 271_678_613
MARKS = (WORD, str(AMOUNT), "271.678.613", WORD.upper())


@pytest.fixture
def reporter() -> Iterator[CrashReporter]:
    made = install_excepthook(lambda text: None, version="0.1")
    yield made
    made.uninstall()


@pytest.fixture
def window(qtbot: QtBot, published: Callable[[str], Path], tmp_path: Path) -> Iterator[MainWindow]:
    path = tmp_path / WORD / f"{WORD}.db"
    path.parent.mkdir()
    shutil.copyfile(published("bone-2023"), path)
    window = MainWindow(Windows())
    window.show()
    assert window.open_plan(path)
    yield window
    window.close()
    window.deleteLater()


def fail(reporter: CrashReporter, error: Exception) -> None:
    try:
        raise error
    except type(error) as caught:
        reporter.caught(type(caught), caught, caught.__traceback__)


def test_no_word_and_no_amount_of_a_plan_is_in_the_log(
    window: MainWindow, reporter: CrashReporter, qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    session = window.session
    assert session is not None
    path = session.document.file.path

    def edit(row: Row, **values: object) -> None:
        assert session.edit(f"ubah {WORD}", [Change(row, replace(row, **values))])  # type: ignore[arg-type]

    edit(session.plan.all(Opd)[0], nama=f"Dinas {WORD}")
    edit(session.plan.all(Anggaran)[0], nama=WORD.upper(), pagu=AMOUNT)
    qtbot.waitUntil(lambda: session.published)
    copy = Path(shutil.copyfile(path, tmp_path / "kembali.db"))
    merge_files(session.document, [copy])
    form = export.make_form(session.plan, session.dokumen_id, "bulanan-staf", code=session.document.file.revision)
    export.write_form(form, "pdf", tmp_path / f"{WORD}.pdf")
    backups.keep_file(path)
    edit(session.plan.all(Opd)[0], nama=WORD)
    press_each("Kembalikan...", "Kembalikan")
    show_backups(window)
    away = path.parent.with_name("dicabut")
    os.rename(path.parent, away)
    edit(session.plan.all(Opd)[0], nama=f"Badan {WORD}")
    session.publish()
    qtbot.waitUntil(lambda: bool(session.publish_error))
    os.rename(away, path.parent)
    bad = path.with_name(f"{WORD} rusak.db")
    bad.write_bytes(b"SQLite format 3\0" + WORD.encode() * 50)
    press_each("Tutup")
    assert not window.open_plan(bad)
    for error in (
        RuntimeError(f"{WORD} {AMOUNT}"),
        TypeError(f"cannot add {AMOUNT} to {WORD!r}"),
        ValueError(f"invalid literal: '{WORD}'"),
        KeyError(WORD),
        PlanError(f"{WORD}.db rusak"),
        FileNotFoundError(2, "No such file or directory", str(path)),
        UnicodeEncodeError("ascii", WORD, 0, 1, f"{AMOUNT}"),
    ):
        fail(reporter, error)
    window.show_start()
    written = "".join(file.read_text(encoding="utf-8") for file in log_file().parent.iterdir())
    for event in (
        "rencana dibuka",
        "diterbitkan",
        "gagal diterbitkan",
        "cadangan dipulihkan",
        "berkas ditolak",
        "ditutup",
    ):
        assert event in written
    assert "TypeError: cannot" in written
    said = capsys.readouterr()
    for mark in MARKS:
        assert mark not in written
        assert mark not in said.err
    assert sys.excepthook == reporter.caught
