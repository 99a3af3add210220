"""Ringkasan in the window: what it lists, that each line leads to its place, and that it follows the plan."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.changes import Change
from models.rows import DeretIndikator
from services.forms.parts import Figure, Label, Shape
from services.month_grid import FIRST_MONTH
from ui.colours import colours
from ui.faces import CAPAIAN, REALISASI
from ui.figure_view import FigureView
from ui.main_window import MainWindow
from ui.ringkasan_dialog import SummaryDialog, show_summary
from ui.theme import apply_theme
from ui.toolbar import FORMULIR, SUSUN


def opened(window: MainWindow, qtbot: QtBot) -> SummaryDialog:
    show_summary(window)
    (dialog,) = window.findChildren(SummaryDialog)
    qtbot.waitUntil(lambda: not dialog.busy and dialog.list.count() > 0)
    return dialog


def choose(dialog: SummaryDialog, words: str) -> None:
    (found,) = dialog.list.findItems(words, Qt.MatchFlag.MatchContains)
    dialog.list.setCurrentItem(found)


def test_a_line_leads_to_its_row_in_the_realisasi(window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(window, qtbot)
    window.show_view(FORMULIR)
    choose(dialog, "Triwulan II terlambat")
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert window.bar.view() == SUSUN
    assert window.work is not None
    assert window.work.grid.face.index() == REALISASI
    caret = window.work.grid.view.grid_cursor.caret
    assert caret is not None
    assert caret[1] == FIRST_MONTH + 5


def test_the_findings_are_shown(window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(window, qtbot)
    assert window.work is not None
    window.work.findings.setVisible(False)
    choose(dialog, "peringatan")
    qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    assert window.work.findings.isVisible()


def test_the_lowest_capaian_lead_to_their_face(window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(window, qtbot)
    choose(dialog, "Belum ada capaian")
    dialog.go()
    assert window.work is not None
    assert window.work.grid.face.index() == CAPAIAN


def test_headings_cannot_be_chosen_and_the_first_line_is(window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(window, qtbot)
    assert dialog.list.currentRow() == 1
    assert not dialog.list.item(0).flags() & Qt.ItemFlag.ItemIsSelectable
    assert dialog.open_button.isEnabled()


def test_it_follows_the_plan(window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(window, qtbot)
    session = window.session
    assert session is not None
    (before,) = dialog.list.findItems("Triwulan I terlambat", Qt.MatchFlag.MatchContains)
    told = before.text()
    rows = [row for row in session.plan.all(DeretIndikator) if row.dokumen_id == session.dokumen_id]
    assert session.edit("hapus target", [Change(row, None) for row in rows])
    qtbot.waitUntil(lambda: not dialog.busy)
    (after,) = dialog.list.findItems("Triwulan I terlambat", Qt.MatchFlag.MatchContains)
    assert after.text() != told


def test_it_stands_aside_for_the_place_and_comes_back_as_it_was(window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(window, qtbot)
    choose(dialog, "Triwulan II terlambat")
    at = dialog.list.currentRow()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    session = window.session
    assert session is not None
    told = dialog.list.item(at).text()
    rows = [row for row in session.plan.all(DeretIndikator) if row.dokumen_id == session.dokumen_id]
    assert session.edit("hapus target", [Change(row, None) for row in rows])
    show_summary(window)
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: not dialog.busy)
    assert dialog.list.currentRow() == at
    assert dialog.list.item(at).text() != told


def test_asked_for_twice_it_is_one_window(window: MainWindow, qtbot: QtBot) -> None:
    opened(window, qtbot)
    show_summary(window)
    assert len(window.findChildren(SummaryDialog)) == 1


def test_a_figure_is_painted_in_the_colours_of_the_window(qtbot: QtBot) -> None:
    area = Shape(((0, 0), (40, 0), (40, 20), (0, 20)), "#1F5FA8", None)
    view = FigureView("Bagan")
    qtbot.addWidget(view)
    view.resize(300, 160)
    view.show_figure(Figure(40, 20, (area,), (Label(1, 4, "x", 7),), "Kata-kata bagan"))
    assert view.accessibleDescription() == "Kata-kata bagan"
    assert _painted(view).pixelColor(QPoint(150, 80)).name() == "#1f5fa8"
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, True)
    try:
        image = _painted(view)
        assert image.pixelColor(QPoint(150, 80)).lightness() > 120
        assert image.pixelColor(QPoint(1, 1)) == colours().base
    finally:
        apply_theme(app, False)


def _painted(view: FigureView) -> QImage:
    return view.grab().toImage()
