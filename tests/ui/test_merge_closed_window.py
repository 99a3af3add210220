"""A merge with figures of a closed period in the window: the line says why, and theirs is refused with the reason."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from plan_window import plan_window
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from models.rows import Anggaran, Konflik
from services.copies import send_copy
from services.document import Document
from services.realisasi import set_spending, spending
from services.realisasi_tutup import close_period, reopen_period
from ui.main_window import MainWindow
from ui.merge_model import KITA, MARK, MEREKA, TEMPAT
from ui.merge_view import MergeView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|raise|grabbing the keyboard")
WORDS = "periode TW I sudah ditutup"


@pytest.fixture
def window(tmp_path: Path, published: Callable[[str], Path], qtbot: QtBot) -> Iterator[MainWindow]:
    """The window with a small plan open, shown."""
    path = tmp_path / "rencana.db"
    shutil.copyfile(published("bone-2023"), path)
    with plan_window(path) as window:
        yield window


@pytest.fixture
def line(window: MainWindow) -> Anggaran:
    """A sub kegiatan with an amount spent until March and June."""
    assert window.session is not None
    plan = window.session.plan
    found = min((row for row in plan.all(Anggaran) if row.jenis == "sub_kegiatan"), key=lambda row: row.kode or "")
    window.session.edit("isi", set_spending(plan, found, {2: 100, 5: 200}, kumulatif=True))
    return found


@pytest.fixture
def merging(window: MainWindow, line: Anggaran, tmp_path: Path, qtbot: QtBot) -> MergeView:
    """The preview of a copy that says something else of March, which was closed meanwhile, and of June."""
    assert window.session is not None
    assert window.merging is not None
    document, path = window.session.document, tmp_path / "Salinan Bidang.db"
    send_copy(document, "Bidang Koperasi", path)
    with Document.open(path) as theirs:
        theirs.edit("isi", set_spending(theirs.plan, line, {2: 150, 5: 250}, kumulatif=True))
        theirs.file.publish()
    window.session.edit("isi", set_spending(document.plan, line, {5: 300}, kumulatif=True))
    window.session.edit("tutup", close_period(document.plan, line.dokumen_id, 3, "sri"))
    return shown(window, lambda: window.merging is not None and window.merging.start([path]), qtbot)


def shown(window: MainWindow, do: Callable[[], object], qtbot: QtBot) -> MergeView:
    do()
    qtbot.waitUntil(lambda: window.merging is not None and window.merging.view is not None, timeout=20_000)
    assert window.merging is not None
    assert window.merging.view is not None
    return window.merging.view


def values(window: MainWindow, line: Anggaran) -> tuple[int | None, int | None]:
    assert window.session is not None
    series = spending(window.session.plan, line)
    assert series is not None
    return series.nilai[2], series.nilai[5]


def row_of(view: MergeView, kolom: str) -> int:
    return next(at for at, line in enumerate(view.model.lines) if line.kolom == kolom)


def test_the_line_says_that_the_period_is_closed(merging: MergeView) -> None:
    march, june = (merging.model.index(row_of(merging, name), TEMPAT) for name in ("b03", "b06"))
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        assert WORDS.casefold() in march.data(role).casefold()
        assert WORDS.casefold() not in june.data(role).casefold()


def test_theirs_is_refused_by_key_and_by_mouse_and_ours_may_be_chosen(merging: MergeView, qtbot: QtBot) -> None:
    table, row = merging.table, row_of(merging, "b03")
    refused: list[str] = []
    table.unfit.connect(refused.append)
    table.setCurrentIndex(merging.model.index(row, TEMPAT))
    qtbot.keyClick(table, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert QToolTip.text().startswith("Periode TW I sudah ditutup, jadi pilihan ini belum dapat dipakai.")
    place = table.visualRect(merging.model.index(row, MEREKA)).topLeft() + QPoint(20, 20)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert refused == ["mereka", "mereka"]
    assert merging.open_count() == 2
    place = table.visualRect(merging.model.index(row, KITA)).topLeft() + QPoint(20, 20)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert merging.open_count() == 1


def test_all_theirs_leaves_what_is_closed_and_says_so_until_it_is_opened_again(
    merging: MergeView, window: MainWindow, line: Anggaran, qtbot: QtBot
) -> None:
    session, control = window.session, window.merging
    assert session is not None
    assert control is not None
    merging.keep_theirs.click()
    assert QToolTip.text() == "1 baris dilewati: realisasinya sudah ditutup. Buka kembali dahulu periodenya."
    assert merging.open_count() == 1
    merging.merge_button.click()
    qtbot.waitUntil(lambda: not control.running, timeout=20_000)
    assert values(window, line) == (100, 250)
    waiting = shown(window, control.show_conflicts, qtbot)
    assert WORDS in waiting.model.index(0, MARK).data(Qt.ItemDataRole.AccessibleTextRole)
    assert not waiting.model.choose(0, "mereka")
    window.show_view(0)
    session.edit("buka", reopen_period(session.plan, line.dokumen_id, 3, "koreksi bidang", "sri"))
    control.resume()
    qtbot.waitUntil(lambda: not control.running, timeout=20_000)
    waiting = shown(window, lambda: None, qtbot)
    assert waiting.model.choose(0, "mereka")
    waiting.merge_button.click()
    qtbot.waitUntil(lambda: not control.running, timeout=20_000)
    assert values(window, line) == (150, 250)
    assert not session.plan.all(Konflik)
