"""The Bagi dialog: keys and clicks choose, the table shows what comes of it, one step does it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QInputDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from models.changes import Change
from models.rows import Anggaran, DeretAnggaran, DeretIndikator, Indikator
from services import patterns
from services.bagi_cara import Cara
from ui.bagi_dialog import BagiDialog
from ui.bagi_lines import LinePicker
from ui.bagi_patterns import FORGET, SAVE
from ui.bagi_table import KUMULATIF, MENJADI, SEKARANG
from ui.session import Session

Open = Callable[[Anggaran | Indikator], BagiDialog]
KEY = Qt.Key


@pytest.fixture
def opened(qtbot: QtBot, session: Session) -> Open:
    """The dialog over a row, shown and active."""

    def show(row: Anggaran | Indikator) -> BagiDialog:
        dialog = BagiDialog(session, row)
        qtbot.addWidget(dialog)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return show


@pytest.fixture
def line(session: Session) -> Anggaran:
    """The line of the drawing."""
    return next(a for a in session.plan.all(Anggaran) if a.pagu == 7_065_200)


def kas(session: Session, line: Anggaran) -> tuple[int | None, ...]:
    series = session.plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    assert series is not None
    return series.nilai


def press(qtbot: QtBot, *keys: Qt.Key) -> None:
    """Keys to whatever has the focus."""
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def column(dialog: BagiDialog, which: int) -> list[str]:
    return [dialog.model.text(row, which) for row in range(dialog.model.rowCount())]


def while_open(kind: type, act: Callable) -> None:
    """Do something with the dialog that opens next; it must be there."""

    def do() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, kind):
            act(box)
        else:
            QTimer.singleShot(20, do)

    QTimer.singleShot(0, do)


def test_the_year_of_the_drawing_by_keys_alone_is_one_step_back_and_forth(
    qtbot: QtBot, session: Session, opened: Open, line: Anggaran
) -> None:
    before = kas(session, line)
    dialog = opened(line)
    press(qtbot, KEY.Key_Tab, KEY.Key_Space)
    assert column(dialog, MENJADI) == ["0", *["642.290"] * 10, "642.300", "7.065.200"]
    assert column(dialog, SEKARANG)[:3] == ["0", "1.177.533", "588.767"]
    assert column(dialog, KUMULATIF)[10:] == ["6.422.900", "7.065.200", ""]
    assert [dialog.model.is_changed(row) for row in range(13)] == [False, *[True] * 11, False]
    assert dialog.sentence.text() == "Jumlah tepat sama dengan pagu. Sisa Rp 10 masuk ke Desember."
    with qtbot.waitSignal(dialog.accepted):
        press(qtbot, KEY.Key_Return)
    assert session.document.undo_label == "bagi pagu ke bulan, Penyediaan Komponen Instala..."
    after = kas(session, line)
    assert (after[0], after[1], after[11]) == (0, 642_290, 7_065_200)
    session.undo()
    assert kas(session, line) == before
    session.redo()
    assert kas(session, line) == after


def test_tab_goes_way_field_months_keep_and_bagi(qtbot: QtBot, opened: Open, line: Anggaran) -> None:
    dialog = opened(line)
    press(qtbot, KEY.Key_Down, KEY.Key_Down)
    assert dialog.ways.cara() is Cara.POLA
    expected = [dialog.ways.patterns, dialog.ways.salary.thr, dialog.ways.salary.thirteenth]
    expected += [dialog.months.boxes[0], dialog.keep, dialog.divide_button, dialog.cancel_button]
    for widget in expected:
        press(qtbot, KEY.Key_Tab)
        assert widget.hasFocus()
    press(qtbot, KEY.Key_Tab)
    assert dialog.ways.buttons[Cara.POLA].hasFocus()


def test_arrows_go_round_the_months_and_space_ticks(qtbot: QtBot, opened: Open, line: Anggaran) -> None:
    dialog = opened(line)
    press(qtbot, KEY.Key_Tab, KEY.Key_Down, KEY.Key_Right, KEY.Key_Space)
    assert dialog.months.months() == set(range(12)) - {5}
    press(qtbot, KEY.Key_Up, KEY.Key_Left, KEY.Key_Left, KEY.Key_Space)
    assert dialog.months.months() == set(range(1, 12)) - {5}
    assert column(dialog, MENJADI)[5] == "0"


def test_bagi_is_grey_until_the_same_amount_fits(qtbot: QtBot, session: Session, opened: Open, line: Anggaran) -> None:
    dialog = opened(line)
    dialog._tick(patterns.TRIWULAN.bobot)
    qtbot.mouseClick(dialog.ways.amount, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(dialog.ways.amount, "1.766.30")
    assert dialog.ways.cara() is Cara.SAMA
    assert not dialog.divide_button.isEnabled()
    press(qtbot, KEY.Key_Return)
    assert dialog.isVisible()
    qtbot.keyClicks(dialog.ways.amount, "0")
    assert dialog.sentence.text() == "Jumlah tepat sama dengan pagu."
    press(qtbot, KEY.Key_Return)
    assert not dialog.isVisible()
    assert kas(session, line)[2::3] == (1_766_300, 3_532_600, 5_298_900, 7_065_200)


def test_escape_changes_nothing(qtbot: QtBot, session: Session, opened: Open, line: Anggaran) -> None:
    before, label = kas(session, line), session.document.undo_label
    dialog = opened(line)
    press(qtbot, KEY.Key_Escape)
    assert not dialog.isVisible()
    assert (kas(session, line), session.document.undo_label) == (before, label)


def test_months_kept_are_said_and_stay(qtbot: QtBot, session: Session, opened: Open, line: Anggaran) -> None:
    session.edit("pagu", [Change(line, replace(line, pagu=8_065_203))])
    dialog = opened(session.plan.get(Anggaran, line.id))
    assert dialog.keep.text() == "&Pertahankan 7 bulan yang sudah diisi"
    qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton, pos=dialog.keep.rect().center() / 4)
    assert dialog.keep.isChecked()
    assert column(dialog, MENJADI)[:7] == column(dialog, SEKARANG)[:7]
    assert column(dialog, MENJADI)[7:] == ["200.000"] * 4 + ["200.003", "8.065.203"]


def test_fourteen_salaries_ask_for_the_two_months(qtbot: QtBot, opened: Open, line: Anggaran) -> None:
    dialog = opened(line)
    assert not dialog.ways.salary.isVisible()
    press(qtbot, KEY.Key_Down, KEY.Key_Down)
    assert dialog.ways.salary.isVisible()
    assert column(dialog, MENJADI)[2:6] == ["504.657", "1.009.314", "504.657", "1.009.314"]
    qtbot.keyClick(dialog.ways.salary.thirteenth, KEY.Key_Down)
    assert column(dialog, MENJADI)[5:7] == ["504.657", "1.009.314"]
    qtbot.keyClick(dialog.ways.patterns, KEY.Key_Down)
    assert not dialog.ways.salary.isVisible()
    assert dialog.months.months() == {2, 5, 8, 11}


def test_an_own_pattern_is_saved_chosen_and_taken_away(qtbot: QtBot, opened: Open, line: Anggaran) -> None:
    dialog = opened(line)
    dialog.months.set_months({0, 6})

    def name(box: QInputDialog) -> None:
        qtbot.keyClicks(box.findChild(QLineEdit), "Semester")
        qtbot.keyClick(box.findChild(QLineEdit), KEY.Key_Return)

    box = dialog.ways.patterns
    while_open(QInputDialog, name)
    box.activated.emit(box.findText(SAVE))
    assert [pola.nama for pola in patterns.stored()] == ["Semester"]
    assert box.currentText() == "Semester"
    assert box.findText(FORGET) > 0
    dialog.months.set_months(range(12))
    qtbot.mouseClick(dialog.ways.buttons[Cara.POLA], Qt.MouseButton.LeftButton)
    assert dialog.months.months() == {0, 6}
    box.activated.emit(box.findText(FORGET))
    assert patterns.stored() == ()
    assert box.findText("Semester") == -1


def test_another_line_is_picked_from_a_filtered_list(
    qtbot: QtBot, session: Session, opened: Open, line: Anggaran
) -> None:
    dialog = opened(line)
    press(qtbot, KEY.Key_Down)
    assert dialog.sentence.text() == "Pilih baris yang pembagiannya diikuti."
    assert not dialog.divide_button.isEnabled()

    def pick(picker: LinePicker) -> None:
        assert picker.list.topLevelItemCount() > 40
        qtbot.keyClicks(picker.search, "bahan bacaan")
        qtbot.keyClick(picker.search, KEY.Key_Return)

    while_open(LinePicker, pick)
    press(qtbot, KEY.Key_Tab, KEY.Key_Space)
    assert "Bacaan" in dialog.ways.pick.toolTip()
    assert dialog.divide_button.isEnabled()
    assert column(dialog, MENJADI)[12] == "7.065.200"


def test_last_year_that_is_not_there_is_greyed_and_said(opened: Open, line: Anggaran) -> None:
    dialog = opened(line)
    assert not dialog.ways.buttons[Cara.TAHUN_LALU].isEnabled()
    assert "2021 belum ada" in [label.text() for label in dialog.findChildren(QLabel)]


def test_a_target_goes_by_quarters_in_percent(qtbot: QtBot, session: Session, opened: Open, by_id: Callable) -> None:
    indikator = by_id(Indikator, "k2-03-i1")
    session.edit("target", [Change(indikator, replace(indikator, target="60,00"))])
    dialog = opened(session.plan.get(Indikator, indikator.id))
    assert dialog.windowTitle() == "Bagi setahun ke bulan"
    press(qtbot, *[KEY.Key_Down] * 5)
    assert dialog.ways.cara() is Cara.PERSEN
    press(qtbot, KEY.Key_Return)
    series = session.plan.one(DeretIndikator, "indikator_id", indikator.id, "target")
    assert series is not None
    assert series.nilai == ("-", "-", "15,00", "-", "-", "30,00", "-", "-", "45,00", "-", "-", "60,00")
    assert session.document.undo_label == "bagi target ke bulan, Persentase PKL/Pasar Tata K..."


def test_a_grade_has_neither_sum_nor_running_total(opened: Open, by_id: Callable) -> None:
    dialog = opened(by_id(Indikator, "k3-01-i1"))
    assert dialog.table.isColumnHidden(KUMULATIF)
    assert column(dialog, MENJADI) == ["A"] * 12
    assert list(dialog.ways.buttons) == [Cara.SAMA, Cara.AKHIR, Cara.LANJUT]


def test_a_line_without_pagu_says_so_and_does_nothing(
    qtbot: QtBot, session: Session, opened: Open, line: Anggaran
) -> None:
    session.edit("pagu", [Change(line, replace(line, pagu=None))])
    dialog = opened(session.plan.get(Anggaran, line.id))
    assert dialog.sentence.text() == "Pagu belum diisi. Isi pagu baris ini dahulu."
    for widget in (dialog.divide_button, dialog.ways, dialog.months, dialog.keep):
        assert not widget.isEnabled()
    assert dialog.cancel_button.hasFocus()


def test_all_that_is_shown_fits_and_is_named(session: Session, opened: Open, line: Anggaran, by_id: Callable) -> None:
    long = replace(line, id="panjang", nama="Penyediaan komponen dan peralatan " * 20)
    session.edit("tambah", [Change(None, long)])
    for row in (line, long, by_id(Indikator, "k2-02-i2"), by_id(Indikator, "k3-01-i1")):
        dialog = opened(row)
        assert dialog.width() == 752
        assert dialog.height() <= 520
        tight = BagiDialog(session, row, dialog, tight=True)
        last = list(tight.ways.buttons)[-1] if Cara.POLA not in tight.ways.buttons else Cara.POLA
        tight.open()
        tight.ways.buttons[last].setChecked(True)
        assert tight.sizeHint().height() <= 450
        tight.close()
        for label in dialog.findChildren(QLabel):
            if label.isVisible() and label.text() and not label.wordWrap() and "..." not in label.text():
                assert label.width() >= label.sizeHint().width() or label.toolTip() == label.text()
        assert dialog.table.accessibleName()
        assert all(box.accessibleName() for box in dialog.months.boxes)
        model = dialog.model
        assert model.index(0, MENJADI).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Januari, Menjadi: ")
        assert QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, dialog)
        dialog.close()
