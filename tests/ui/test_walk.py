"""A page of a real form typed into an empty plan by keys alone, each press counted, beside a spreadsheet's.

docs/ketikan.md explains both counts. RENAKSI_JALAN names a folder for pictures of the stages.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import pytest
from plan_window import plan_window
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.plan import Plan
from models.rows import BULAN, Anggaran
from services.forms import build_form
from services.forms.parts import Table
from services.new_plan import NewPlan, create_plan
from services.nomenclature import keep
from services.nomenclature_import import read_nomenclature
from services.samples import sample_plan
from ui.main_window import MainWindow

FORM = "bulanan-eselon-ii"
BLOCKS = 2
COPIED, SPREAD = 446, 255
"""Presses that the page takes, with the cash typed month by month, and spread by Bagi; more is a step back."""
LISTED, LISTED_SPREAD = 401, 210
"""The same where the names of both programs are taken from the nomenclature."""
PICTURES = "RENAKSI_JALAN"
Key, Mod = Qt.Key, Qt.KeyboardModifier
PLAIN, CTRL, ALT = Mod.NoModifier, Mod.ControlModifier, Mod.AltModifier
SHIFTED = set('~!@#$%^&*()_+{}|:"<>?')


def presses(text: str) -> int:
    """Keys that a text takes: one a character, and Shift once for each run of capitals and upper signs."""
    runs = [shifted for shifted, _ in groupby(text.replace(" ", ""), lambda c: c.isupper() or c in SHIFTED)]
    return len(text) + sum(runs)


class Keyboard:
    """Presses go to the window in front, and from there to whatever has the focus; `count` holds all of them."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self._window, self._qtbot = window, qtbot
        self.count = 0

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN, times: int = 1) -> None:
        """A key, with Ctrl or Alt held: that is a press more."""
        for _ in range(times):
            self.count += 1 if held == PLAIN else 2
            QTest.keyClick(QGuiApplication.focusWindow(), key, held)

    def type(self, text: str, end: Qt.Key | None = None) -> None:
        """A text, and the key that ends it."""
        self.count += presses(text)
        for character in text:
            QTest.keyClick(QGuiApplication.focusWindow(), character)
        if end is not None:
            self.press(end)

    def in_dialog(self, opens: Callable[[], None], answers: Callable[[], None]) -> None:
        """Open a dialog and answer it, which must close it."""
        problems: list[BaseException] = []
        timer = QTimer(interval=5)

        def answer() -> None:
            dialog = QApplication.activeModalWidget()
            if dialog is None or not dialog.isActiveWindow():
                return
            timer.stop()
            try:
                answers()
                assert QApplication.activeModalWidget() is None, f"{dialog.windowTitle()} is still open"
            except BaseException as problem:  # noqa: BLE001  # Qt would swallow it, and wait for ever
                problems.append(problem)
                dialog.close()

        timer.timeout.connect(answer)
        timer.start()
        opens()
        opened = not timer.isActive()
        timer.stop()
        assert opened, "no dialog has come"
        # What a window manager does when a dialog is gone.
        self._window.activateWindow()
        self._qtbot.waitUntil(self._window.isActiveWindow)
        if problems:
            raise problems[0]


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window with a new plan that holds no row yet."""
    path = tmp_path / "Dinas Perdagangan 2022.db"
    agency = "Dinas Perdagangan, Perindustrian dan Koperasi, Usaha Kecil dan Menengah"
    new = NewPlan(opd_nama=agency, tahun=2022, pemda="Kabupaten Buleleng", jenis_pemda="kabupaten")
    create_plan(path, new).file.close()
    with plan_window(path) as window:
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        yield window


def page(plan: Plan, dokumen_id: str) -> list[list[tuple[int, str]]]:
    """(column, text) of all cells of the first blocks of the form, line by line."""
    table = build_form(plan, dokumen_id, FORM).parts[0]
    assert isinstance(table, Table)
    return [[(cell.col, cell.text) for cell in row.cells] for block in table.body[:BLOCKS] for row in block]


WANTED = page(*sample_plan())
HEADING = WANTED[0][0][1]
FIRST = dict(WANTED[1])
TARGETS = [dict(line)[6] for line in WANTED[1 : 1 + BULAN]]
PROGRAMS = [dict(WANTED[1]), dict(WANTED[1 + BULAN])]
CASH = [[dict(line)[10] for line in WANTED[at : at + BULAN]] for at in (1, 1 + BULAN)]


UNNAMED, SECOND = PROGRAMS[1][7], "Program Pengawasan dan Pemeriksaan Koperasi"
"""The sample's page does not print the name of its second program; with a nomenclature it is this one."""
FOUND = ("izin usaha", "pengawasan kop")
"""What is typed to find them, as it would be in the ministry's list, where each of the words stands in many names."""
NOMENCLATURE = f"""\ufeffKODE;NOMENKLATUR
2.17.02;{FIRST[7]}
2.17.03;{SECOND}
2.17.04;Program Penilaian Kesehatan KSP/USP Koperasi
2.17.05;Program Pendidikan dan Latihan Perkoperasian
2.17.06;Program Pemberdayaan dan Perlindungan Koperasi
2.09.05;Program Pengawasan Keamanan Pangan
2.10.07;Program Pengelolaan Izin Membuka Tanah
3.25.05;Program Pengawasan Sumber Daya Kelautan dan Perikanan
3.27.06;Program Perizinan Usaha Pertanian
3.31.03;Program Pengendalian Izin Usaha Industri
8.01.04;Program Pemberdayaan dan Pengawasan Organisasi Kemasyarakatan
"""


def digits(amount: str) -> str:
    """An amount as one types it, without the dots; the dash of an empty month stays."""
    return amount.replace(".", "")


def type_page(keys: Keyboard, *, evenly: bool = False, listed: bool = False) -> Iterator[str]:
    """All of the page, from the first key in the empty plan; yields the name of each stage.

    `evenly`: the cash is not copied month by month, but spread over the year by Bagi. `listed`: the names of the
    programs are not typed, but found and taken from the nomenclature.
    """
    yield "kosong"
    keys.press(Key.Key_G, ALT)
    for program, words in zip(PROGRAMS, FOUND, strict=True):
        keys.press(Key.Key_Insert)
        if listed:
            keys.type(words)
            yield f"nomenklatur-{words.split()[0]}"
            keys.press(Key.Key_Down)
            keys.press(Key.Key_Return)
        else:
            keys.type(program[7], Key.Key_Return)
    keys.press(Key.Key_K, ALT)
    keys.press(Key.Key_Insert)
    keys.type(FIRST[1], Key.Key_Return)
    keys.press(Key.Key_L, ALT)
    keys.type(HEADING, Key.Key_Tab)
    keys.press(Key.Key_Tab)
    keys.in_dialog(lambda: keys.type("j"), lambda: keys.type(FIRST[11], Key.Key_Return))
    keys.press(Key.Key_Tab)
    keys.in_dialog(lambda: keys.press(Key.Key_Return), lambda: tick(keys, len(PROGRAMS)))
    yield "sasaran"
    keys.press(Key.Key_I, CTRL)
    keys.type(FIRST[2], Key.Key_Return)
    keys.press(Key.Key_T, ALT)
    keys.type(FIRST[3], Key.Key_Tab)
    keys.type(FIRST[4], Key.Key_F6)
    keys.in_dialog(lambda: keys.press(Key.Key_B, CTRL), lambda: take_quarters(keys))
    yield "bagi"
    keys.press(Key.Key_Down, times=2)
    keys.press(Key.Key_Left)
    for program, months in zip(PROGRAMS, CASH, strict=True):
        if evenly:
            keys.type(digits(program[8]), Key.Key_Tab)
            keys.in_dialog(lambda: keys.press(Key.Key_B, CTRL), lambda: keys.press(Key.Key_Return))
            keys.press(Key.Key_Down)
            keys.press(Key.Key_Left)
            continue
        for amount in (program[8], *months[:-1]):
            keys.type(digits(amount), Key.Key_Tab)
        keys.type(digits(months[-1]), Key.Key_Return)
    yield "kas"


def tick(keys: Keyboard, count: int) -> None:
    """The first lines of the list, and Kaitkan."""
    for number in range(count):
        keys.press(Key.Key_Down, times=min(number, 1))
        keys.press(Key.Key_Space)
    keys.press(Key.Key_Return)


def take_quarters(keys: Keyboard) -> None:
    """25 / 50 / 75 / 100 %, the last of the ways, and Bagi."""
    keys.press(Key.Key_Down, times=5)
    keys.press(Key.Key_Return)


def spreadsheet(cash: Sequence[Sequence[str]], *, formulas: bool = False, second: str = UNNAMED) -> int:
    """Presses for the same page in a spreadsheet whose form is drawn, with month names and number formats in place.

    Each cell takes its characters, as few as its format allows, and one key to leave it; a drawn column that is passed
    over takes one more. A text that stands above in the same column is completed after its first letter. `formulas`:
    one for a twelfth of the year is filled down over the months. `second`: the name of the second program.
    """
    count, known = 0, set[tuple[int, str]]()

    def cell(column: int, text: str) -> None:
        nonlocal count
        count += presses(text[:1] if (column, text) in known else text) + 1
        if not text[:1].isdigit() and text != "-":
            known.add((column, text))

    cell(0, HEADING)
    for column in (0, 1, 2, 3):
        cell(column, FIRST[column])
    for target in (FIRST[4], *TARGETS):
        cell(6, target.rstrip("0").rstrip(",") if "," in target else target)
    passed = 1  # "Bulan", on the way from the year's target to Januari
    for number, (program, months) in enumerate(zip(PROGRAMS, cash, strict=True)):
        cell(7, second if number else program[7])
        cell(8, digits(program[8]))
        passed += 1 + (4 if number else 0)
        if formulas:
            # The cell again, Shift and eleven times down, Ctrl+D, and down out of the block.
            count += presses("=I$9*ROW(A1)/12") + 1 + 1 + 12 + 2 + 12
        else:
            for amount in months:
                cell(10, digits(amount))
        cell(11, program[11])
    return count + passed


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_the_first_page_is_typed_by_keys_alone(window: MainWindow, qtbot: QtBot) -> None:
    keys = Keyboard(window, qtbot)
    for stage in type_page(keys):
        take_picture(window, stage)
    session = window.session
    assert session is not None
    assert page(session.plan, session.dokumen_id) == WANTED
    show_form(window, qtbot)
    assert keys.count <= COPIED
    assert keys.count <= spreadsheet(CASH)


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_cash_spread_by_bagi_takes_far_fewer_keys(window: MainWindow, qtbot: QtBot) -> None:
    keys = Keyboard(window, qtbot)
    assert list(type_page(keys, evenly=True))[-1] == "kas"
    session = window.session
    assert session is not None
    lines = page(session.plan, session.dokumen_id)
    cash = [[dict(line)[10] for line in lines[at : at + BULAN]] for at in (1, 1 + BULAN)]
    for program, months in zip(PROGRAMS, cash, strict=True):
        year = int(digits(program[8]))
        assert [int(digits(m)) for m in months] == [*(year // 12 * m for m in range(1, 12)), year]
    assert keys.count <= SPREAD
    assert keys.count <= spreadsheet(cash, formulas=True)


@pytest.mark.parametrize(("evenly", "bound"), [(False, LISTED), (True, LISTED_SPREAD)])
@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_names_from_the_nomenclature_take_fewer_keys(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, evenly: bool, bound: int
) -> None:
    table = tmp_path / "nomenklatur 2022.csv"
    table.write_text(NOMENCLATURE, encoding="utf-8")
    read = read_nomenclature(table)
    keep(read.berkas, read.tahun, read.daftar)
    keys = Keyboard(window, qtbot)
    for stage in type_page(keys, evenly=evenly, listed=True):
        if stage.startswith("nomenklatur"):
            take_picture(window, stage)
    session = window.session
    assert session is not None
    lines = page(session.plan, session.dokumen_id)
    assert [line.kode for line in session.plan.all(Anggaran)] == ["2.17.02", "2.17.03"]
    if not evenly:
        assert lines == [[(at, SECOND if text == UNNAMED else text) for at, text in line] for line in WANTED]
    cash = [[dict(line)[10] for line in lines[at : at + BULAN]] for at in (1, 1 + BULAN)]
    typed = (SPREAD if evenly else COPIED) - presses(UNNAMED) + presses(SECOND)
    assert keys.count <= bound
    assert keys.count < typed
    assert keys.count <= spreadsheet(cash, formulas=evenly, second=SECOND)


def show_form(window: MainWindow, qtbot: QtBot) -> None:
    """The form that has come of it, where pictures are wanted."""
    if not os.environ.get(PICTURES):
        return
    window.show_form(FORM)
    assert window.forms is not None
    qtbot.wait(1500)
    take_picture(window, "formulir")


def take_picture(window: MainWindow, stage: str) -> None:
    """A picture of the window, where pictures are wanted."""
    folder = os.environ.get(PICTURES)
    if folder:
        QApplication.processEvents()
        window.grab().save(str(Path(folder) / f"jalan-{stage}.png"))
