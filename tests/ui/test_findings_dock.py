"""The findings dock in the window: folded lines, filters, mending, accepting; with real keys and clicks."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from models.changes import Change
from models.rows import Anggaran, DeretAnggaran, DeretIndikator, Indikator, Kinerja, Row, Terima
from services.accepting import accept
from services.checks import grouped
from services.edits import remove
from services.rupiah import format_rupiah
from ui.findings_accept import AcceptDialog
from ui.findings_dock import NO_MEND, FindingsPanel
from ui.findings_model import (
    ACTION,
    ALASAN,
    BATALKAN,
    DITERIMA,
    KODE,
    NILAI,
    PERBAIKI,
    PLACE,
    TEMUAN,
    TERIMA,
    FindingsModel,
)
from ui.main_window import MainWindow
from ui.mend_dialog import MendDialog
from ui.session import Session

WHEN = "2026-11-22T10:00:00+08:00"


@pytest.fixture
def dock(session: Session, qtbot: QtBot) -> FindingsPanel:
    panel = FindingsPanel(session)
    qtbot.addWidget(panel)
    panel.resize(1366, 260)
    panel.show()
    qtbot.waitUntil(lambda: panel.bar.rule.count() > 1)
    return panel


def lines(model: FindingsModel) -> list[QModelIndex]:
    return [model.index(row, TEMUAN) for row in range(model.rowCount())]


def kinds(model: FindingsModel) -> list[tuple[str, str]]:
    return [(model.group(i).first.kode, model.group(i).first.row_id) for i in lines(model)]


def answer(kind: type[QDialog], do: Callable[[QDialog], None]) -> None:
    """Do something in the dialog that comes next."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            timer.stop()
            timer.deleteLater()
            do(dialog)

    timer = QTimer(QApplication.instance())
    timer.timeout.connect(look)
    timer.start(10)


def click(dock: FindingsPanel, index: QModelIndex, qtbot: QtBot) -> None:
    view = dock.view
    view.scrollTo(index)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())


def sound(model: FindingsModel, session: Session) -> None:
    """Lines, folded lines and counts are those of all findings read anew."""
    opened = [f for f in session.checks.of(session.dokumen_id) if session.checks.accepted(f) is None]
    wanted = grouped(opened)
    assert [model.group(i) for i in lines(model)] == wanted
    for index, group in zip(lines(model), wanted, strict=True):
        top = index.siblingAtColumn(0)
        assert [model.group(model.index(n, TEMUAN, top)) for n in range(model.rowCount(top))] == list(group.lanjutan)
        assert not group.lanjutan or model.columnCount(top) == model.columnCount()
    for level in ("galat", "peringatan", "catatan"):
        assert model.count(level) == sum(group.first.tingkat == level for group in wanted)


def test_what_follows_from_a_finding_is_folded_under_it(dock: FindingsPanel, qtbot: QtBot) -> None:
    model = dock.model
    index = next(i for i in lines(model) if model.group(i).lanjutan)
    group = model.group(index)
    top = index.siblingAtColumn(0)
    assert not dock.view.isExpanded(top)
    count = model.rowCount()
    dock.view.setCurrentIndex(index)
    qtbot.keyClick(dock.view, Qt.Key.Key_Plus)
    assert dock.view.isExpanded(top)
    below = model.index(0, TEMUAN, top)
    assert below.data() == group.lanjutan[0].pesan
    assert below.siblingAtColumn(ACTION).data() == ""
    with qtbot.waitSignal(dock.go_to) as gone:
        click(dock, below, qtbot)
    assert gone.args == [group.lanjutan[0].first]
    dock.next(1)
    assert dock.view.currentIndex() == model.index((index.row() + 1) % count, TEMUAN)


def test_levels_rules_branches_and_positions_filter(dock: FindingsPanel, session: Session, qtbot: QtBot) -> None:
    model, bar = dock.model, dock.bar
    every = kinds(model)
    qtbot.mouseClick(bar.levels["catatan"], Qt.MouseButton.LeftButton)
    assert model.rowCount() == model.count("galat") + model.count("peringatan") < len(every)
    assert bar.levels["catatan"].text() == f"{model.count('catatan')} catatan"
    qtbot.mouseClick(bar.levels["catatan"], Qt.MouseButton.LeftButton)
    bar.rule.setCurrentIndex(bar.rule.findData("KAS-RINCIAN"))
    assert bar.rule.currentText() == "Kas berbeda dari jumlah rincian"
    assert kinds(model) == [each for each in every if each[0] == "KAS-RINCIAN"]
    bar.rule.setCurrentIndex(0)
    assert [bar.rule.currentText(), bar.branch.currentText()] == ["Semua aturan", "Semua cabang"]
    assert bar.position.currentText() == "Semua penanggung jawab"
    shares = []
    for combo in (bar.branch, bar.position):
        seen: list[tuple[str, str]] = []
        for at in range(1, combo.count()):
            combo.setCurrentIndex(at)
            seen += kinds(model)
        combo.setCurrentIndex(0)
        assert len(seen) == len(set(seen)), "a line belongs to one branch and one position"
        assert set(seen) <= set(every)
        shares.append(len(seen))
    assert min(shares) > len(every) / 2
    assert kinds(model) == every


def test_a_filter_without_a_line_says_so(dock: FindingsPanel, qtbot: QtBot) -> None:
    for button in dock.bar.levels.values():
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert dock.view.isHidden()
    assert "saringan" in dock._none.text()
    dock.next(1)
    qtbot.mouseClick(dock.bar.levels["galat"], Qt.MouseButton.LeftButton)
    assert not dock.view.isHidden()


def test_a_mend_is_shown_cell_by_cell_and_is_one_step(dock: FindingsPanel, session: Session, qtbot: QtBot) -> None:
    model = dock.model
    index = next(i for i in lines(model) if i.siblingAtColumn(ACTION).data() == PERBAIKI)
    group, steps = model.group(index), len(session.document.done)
    mend = session.checks.mend(*group.findings)
    assert mend is not None
    seen: list[list[str]] = []

    def cancel(dialog: QDialog) -> None:
        assert isinstance(dialog, MendDialog)
        table = dialog.table
        for row in range(table.rowCount()):
            seen.append([table.item(row, column).text() for column in range(4)])
        assert dialog.sentence.text() == mend.sentence
        qtbot.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)

    answer(MendDialog, cancel)
    click(dock, index.siblingAtColumn(ACTION), qtbot)
    assert len(session.document.done) == steps
    assert seen
    assert all(before != after for _, _, before, after in seen)
    answer(MendDialog, lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return))
    dock.mend(index)
    assert len(session.document.done) == steps + 1
    assert all(session.plan.get(type(c.row), c.row.id) == c.after for c in mend.changes)
    assert group.key not in {model.group(i).key for i in lines(model)}
    sound(model, session)
    session.undo()
    sound(model, session)
    assert model.group(index) == group


def test_a_line_without_a_safe_mend_says_so_once_and_can_be_accepted(
    dock: FindingsPanel, session: Session, qtbot: QtBot
) -> None:
    model = dock.model
    index = next(i for i in lines(model) if model.may_mend(i) and not session.checks.mend(*model.group(i).findings))
    said: list[str] = []

    def close(box: QDialog) -> None:
        assert isinstance(box, QMessageBox)
        said.append(box.text())
        box.buttons()[0].click()

    answer(QMessageBox, close)
    click(dock, index.siblingAtColumn(ACTION), qtbot)
    assert said == [NO_MEND]
    assert index.siblingAtColumn(ACTION).data() == TERIMA
    row = session.plan.all(Anggaran)[0]
    session.edit("ubah pagu", [Change(row, replace(row, pagu=(row.pagu or 0) + 1))])
    assert index.siblingAtColumn(ACTION).data() == PERBAIKI


def test_accepting_needs_a_reason_and_is_shown_apart_and_undone(
    dock: FindingsPanel, session: Session, qtbot: QtBot
) -> None:
    model = dock.model
    index = next(i for i in lines(model) if model.group(i).lanjutan and not model.may_mend(i))
    assert index.siblingAtColumn(ACTION).data() == TERIMA
    group, galat, rows = model.group(index), model.count("galat"), model.rowCount()
    assert dock.bar.accepted.isHidden()

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, AcceptDialog)
        assert not dialog.accept_button.isEnabled()
        qtbot.keyClicks(dialog.field, "  ")
        assert not dialog.accept_button.isEnabled()
        qtbot.keyClicks(dialog.field, "sesuai dokumen")
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)

    answer(AcceptDialog, fill)
    click(dock, index.siblingAtColumn(ACTION), qtbot)
    assert {row.alasan for row in session.plan.all(Terima)} == {"sesuai dokumen"}
    assert len(session.plan.all(Terima)) == len(group.findings) + sum(len(g.findings) for g in group.lanjutan)
    assert (model.count("galat"), model.rowCount()) == (galat - 1, rows - 1)
    assert dock.bar.levels["galat"].text() == f"{galat - 1} galat"
    sound(model, session)
    assert dock.bar.accepted.text() == "1 diterima"
    qtbot.mouseClick(dock.bar.accepted, Qt.MouseButton.LeftButton)
    (line,) = lines(model)
    assert model.group(line) == group
    assert line.siblingAtColumn(ALASAN).data() == "sesuai dokumen"
    assert line.siblingAtColumn(DITERIMA).data()
    assert (dock.view.isColumnHidden(NILAI), dock.view.isColumnHidden(ALASAN)) == (True, False)
    assert line.siblingAtColumn(ACTION).data() == BATALKAN
    click(dock, line.siblingAtColumn(ACTION), qtbot)
    assert session.plan.all(Terima) == ()
    assert model.rowCount() == 0
    session.undo()
    assert model.rowCount() == 1
    session.undo()
    qtbot.mouseClick(dock.bar.accepted, Qt.MouseButton.LeftButton)
    assert (model.count("galat"), model.rowCount()) == (galat, rows)
    sound(model, session)


def test_an_accepted_finding_comes_back_with_another_value(dock: FindingsPanel, session: Session) -> None:
    model = dock.model
    group = model.group(next(i for i in lines(model) if model.group(i).first.kode == "KAS-LEBIH"))
    galat = model.count("galat")
    follow = sum(each.first.tingkat == "galat" for each in group.lanjutan)
    session.edit("terima temuan", accept(session.plan, session.dokumen_id, group.findings, "benar", "sri", WHEN))
    assert model.count("galat") == galat - 1 + follow, "what followed from it stands for itself now"
    assert "KAS-LEBIH" not in [model.group(index).first.kode for index in lines(model)]
    series = session.plan.one(DeretAnggaran, "anggaran_id", group.first.row_id, "kas")
    assert series is not None
    assert group.first.month is not None
    values = [v if at != group.first.month else (v or 0) + 1 for at, v in enumerate(series.nilai)]
    session.edit("ubah kas", [Change(series, replace(series, nilai=tuple(values)))])
    assert model.count("galat") == galat
    sound(model, session)


@pytest.mark.parametrize("seed", range(3))
def test_after_any_edit_the_lines_are_those_of_all_findings_read_anew(
    dock: FindingsPanel, session: Session, qtbot: QtBot, seed: int
) -> None:
    picked, plan, model = random.Random(seed), session.plan, dock.model
    for number in range(14):
        kind = (DeretAnggaran, DeretIndikator, Anggaran, Indikator, Kinerja)[number % 5]
        session.edit("ubah", [_altered(picked.choice(plan.all(kind)), picked)])
        sound(model, session)
    line = next(row for row in plan.all(Anggaran) if plan.where(Anggaran, "induk_id", row.id))
    session.edit("hapus", remove(plan, line))
    qtbot.wait(1)
    sound(model, session)
    for _ in range(15):
        session.undo()
    qtbot.wait(1)
    sound(model, session)


def _altered(row: Row, picked: random.Random) -> Change:
    place = picked.randrange(12)
    if isinstance(row, DeretAnggaran):
        nilai = tuple(picked.choice((None, 0, 5)) if m == place else v for m, v in enumerate(row.nilai))
        return Change(row, replace(row, nilai=nilai))
    if isinstance(row, DeretIndikator):
        return Change(row, replace(row, nilai=tuple("7" if m == place else v for m, v in enumerate(row.nilai))))
    if isinstance(row, Anggaran):
        return Change(row, replace(row, pagu=(row.pagu or 0) + 1))
    if isinstance(row, Indikator):
        return Change(row, replace(row, satuan=picked.choice(("dokumen", "Dokumen", ""))))
    assert isinstance(row, Kinerja)
    return Change(row, replace(row, nomor=picked.choice(("1", "99", None))))


def test_what_is_chosen_and_unfolded_stays_after_an_edit(dock: FindingsPanel, session: Session) -> None:
    model = dock.model
    index = next(i for i in lines(model) if model.group(i).lanjutan)
    key = model.group(index).key
    dock.view.expand(index.siblingAtColumn(0))
    dock.view.setCurrentIndex(index)
    row = next(r for r in session.plan.all(Anggaran) if r.id != key[2] and r.jenis == "program")
    session.edit("ubah pagu", [Change(row, replace(row, pagu=1))])
    assert model.group(dock.view.currentIndex()).key == key
    assert dock.view.isExpanded(dock.view.currentIndex().siblingAtColumn(0))


def test_the_menu_offers_what_may_be_done(dock: FindingsPanel) -> None:
    model = dock.model
    mendable = next(i for i in lines(model) if model.may_mend(i))
    other = next(i for i in lines(model) if not model.may_mend(i))
    texts = [[a.text().replace("&", "") for a in dock.menu_of(i).actions()] for i in (mendable, other)]
    assert texts == [["Buka selnya", "Perbaiki...", "Terima..."], ["Buka selnya", "Terima..."]]


def test_a_narrow_dock_leaves_the_words_of_levels_and_the_codes_away(dock: FindingsPanel, qtbot: QtBot) -> None:
    dock.resize(910, 160)
    qtbot.waitUntil(lambda: dock.view.isColumnHidden(KODE))
    assert dock.bar.levels["galat"].text() == str(dock.model.count("galat"))
    assert dock.bar.levels["galat"].accessibleName() == f"{dock.model.count('galat')} galat"
    assert dock.bar.print.geometry().right() < dock.width()


def test_the_tooltip_tells_two_rows_of_one_name_apart(dock: FindingsPanel, session: Session, qtbot: QtBot) -> None:
    model = dock.model
    firsts = [model.group(index).first for index in lines(model)]
    line = session.plan.get(Anggaran, next(first.row_id for first in firsts if first.tabel is Anggaran))
    twin = next(row for row in session.plan.all(Anggaran) if row.jenis == line.jenis and row.id != line.id)
    session.edit("ubah nama", [Change(twin, replace(twin, nama=line.nama))])
    qtbot.waitUntil(lambda: any(model.group(index).first.row_id == line.id for index in lines(model)))
    index = next(index for index in lines(model) if model.group(index).first.row_id == line.id)
    place, *_ = str(index.data(Qt.ItemDataRole.ToolTipRole)).split("\n")
    assert line.pagu != twin.pagu
    assert place == f"{index.siblingAtColumn(PLACE).data()} (pagu {format_rupiah(line.pagu or 0)})"


def test_the_list_to_print_is_asked_for(dock: FindingsPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dock.print_wanted):
        qtbot.mouseClick(dock.bar.print, Qt.MouseButton.LeftButton)


def test_the_arrow_of_a_line_unfolds_it_in_the_window(window: MainWindow, qtbot: QtBot) -> None:
    assert window.work is not None
    dock = window.work.findings
    index = next(i for i in lines(dock.model) if dock.model.group(i).lanjutan)
    view = dock.view
    view.scrollTo(index)
    at = QPoint(view.columnViewportPosition(TEMUAN) + 8, view.visualRect(index).center().y())
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert view.isExpanded(index.siblingAtColumn(0))
