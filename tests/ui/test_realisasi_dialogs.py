"""The dialogs of the realisasi: closing periods, the sheet of a Bidang out and back in, the settings of capaian."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from models.changes import Change
from models.lock import user
from models.rows import Anggaran, Indikator, Kinerja, TutupPeriode
from services.capaian_setelan import DEFAULT, SELISIH, read_settings
from services.capaian_skala import SCALES
from services.lembar_isian import without_bidang
from services.lembar_isian_baris import FIRST, HASIL
from services.lembar_isian_usulan import LABEL, Proposal
from services.realisasi import note_of, set_results
from services.realisasi_tutup import close_period, closed_months
from ui.details_more import OTHERS, MoreDialog
from ui.isian_preview import PreviewDialog
from ui.isian_proposals import NO_NUMBER, OF_PERCENT, Proposals
from ui.isian_sheet import EACH, SheetDialog
from ui.main_window import MainWindow
from ui.realisasi_close import CloseDialog, ReopenDialog
from ui.realisasi_scale import BATAS, PREDIKAT
from ui.realisasi_settings import OWN, CapaianSettings
from ui.realisasi_words import orders_text, read_orders
from ui.session import Session
from ui.tasks import wait_for_tasks

Key = Qt.Key


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Callable]:
    def show(dialog: object) -> object:
        qtbot.addWidget(dialog)
        dialog.show()  # type: ignore[attr-defined]
        dialog.activateWindow()  # type: ignore[attr-defined]
        return dialog

    yield show
    wait_for_tasks()


def test_a_period_is_closed_with_what_is_missing_said_and_opened_for_a_reason(
    session: Session, shown: Callable
) -> None:
    dialog = shown(CloseDialog(session))
    assert dialog.period.currentText() == "sampai Maret (TW I)"
    assert not dialog.told.isVisible()
    assert "belum melaporkan periode ini" in dialog.note.text()
    QTest.keyClick(dialog.period, Key.Key_Return)
    assert closed_months(session.plan, session.dokumen_id) == {1, 2, 3}
    assert session.document.undo_label == "tutup periode sampai Maret"
    following = shown(CloseDialog(session))
    assert following.period.currentText() == "sampai Juni (TW II)"
    entries = following.period.model()
    assert isinstance(entries, QStandardItemModel)
    assert not entries.item(2).isEnabled()
    again = shown(ReopenDialog(session))
    assert again.period.currentText() == "Januari sampai Maret (TW I)"
    QTest.keyClick(again.reason, Key.Key_Return)
    assert closed_months(session.plan, session.dokumen_id)
    QTest.keyClicks(again.reason, "koreksi angka")
    QTest.keyClick(again.reason, Key.Key_Return)
    assert closed_months(session.plan, session.dokumen_id) == frozenset()
    (closing,) = session.plan.all(TutupPeriode)
    assert (closing.alasan, closing.siapa) == ("koreksi angka", user())
    assert session.document.undo_label != "tutup periode sampai Maret"
    after = shown(CloseDialog(session))
    assert after.told.isVisible()
    assert after.told.item(0).text().startswith("Sampai Maret (TW I): dibuka lagi ")
    assert after.told.item(0).text().endswith("alasan: koreksi angka")


def test_without_a_closed_period_there_is_nothing_to_open(session: Session, shown: Callable) -> None:
    dialog = shown(ReopenDialog(session))
    QTest.keyClicks(dialog.reason, "koreksi")
    assert not dialog.do_button.isEnabled()
    assert dialog.note.text() == "Belum ada periode yang ditutup."


def filled_in(session: Session, dialog: SheetDialog, path: Path) -> Path:
    """The sheet of the second quarter, its first three rows filled in for June."""
    dialog.period.setCurrentIndex(1)
    dialog.write(path)
    assert wait_for_tasks()
    book = openpyxl.load_workbook(path)
    sheet = book["Isian"]
    titles = [cell.value for cell in sheet[FIRST - 1]]
    june, kendala = titles.index("Juni") + 1, titles.index("Kendala") + 1
    for row, text in zip(range(FIRST, FIRST + 3), ("12", "15", "18"), strict=True):
        sheet.cell(row, june).value = text
    sheet.cell(FIRST, kendala).value = "Hujan"
    money = next(row for row in range(FIRST, sheet.max_row + 1) if sheet.cell(row, june).number_format == "#,##0")
    sheet.cell(money, june).value = "banyak"
    book.save(path)
    return path


def test_a_sheet_goes_out_and_comes_back_with_a_preview_as_one_step(
    session: Session, shown: Callable, tmp_path: Path, qtbot: QtBot
) -> None:
    out = shown(SheetDialog(session))
    path = filled_in(session, out, tmp_path / "isian.xlsx")
    qtbot.waitUntil(lambda: out.written == path)
    assert path.name in out.line.done.text()
    dialog = shown(PreviewDialog(session, path))
    qtbot.waitUntil(lambda: dialog.proposals.rowCount() > 0)
    assert dialog.heading.text() == "4 perubahan untuk TW II"
    assert dialog.unread.count() == 1
    assert "banyak" in dialog.unread.item(0).text()
    dialog.table.setCurrentIndex(dialog.proposals.index(3, 0))
    QTest.keyClick(dialog.table, Key.Key_Space)
    assert [one.baru for one in dialog.proposals.chosen()] == ["12", "Hujan", "15"]
    QTest.mouseClick(dialog.apply, Qt.MouseButton.LeftButton)
    assert session.document.undo_label == LABEL
    first = session.plan.get(Indikator, dialog.proposals.chosen()[0].row_id)
    note = note_of(session.plan, first, 6)
    assert note is not None
    assert note.kendala == "Hujan"
    session.undo()
    assert note_of(session.plan, first, 6) is None


def test_each_bidang_gets_a_sheet_of_its_own(session: Session, shown: Callable, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "lembar"
    folder.mkdir()
    dialog = shown(SheetDialog(session))
    dialog.whom.setCurrentIndex(dialog.whom.findData(EACH))
    dialog.write_each(folder)
    qtbot.waitUntil(lambda: dialog.written == folder)
    made = sorted(path.name for path in folder.iterdir())
    assert len(made) > 1
    assert all(name.startswith("isian-") and name.endswith(".xlsx") for name in made)
    said = dialog.line.done.text()
    assert said.startswith(f"{len(made)} lembar ditulis ke lembar.")
    left = without_bidang(session.plan, session.dokumen_id, dialog.period.currentData())
    assert bool(left) == ("tidak masuk lembar mana pun" in said)
    session.edit("lepas", [Change(row, replace(row, penanggung_jawab_id=None)) for row in owned(session)[1:]])
    dialog.write_each(folder)
    qtbot.waitUntil(lambda: dialog.line.done.text() not in ("", said))
    left = without_bidang(session.plan, session.dokumen_id, dialog.period.currentData())
    assert len(left) > 3
    words = dialog.line.done.text()
    assert f"{len(left)} baris tidak masuk lembar mana pun karena belum ada penanggung jawabnya: " in words
    assert f" dan {len(left) - 3} lagi." in words
    assert left[0].nama[:30] in words


def owned(session: Session) -> list[Kinerja | Anggaran]:
    """The rows that name who answers for them, in the order of the plan."""
    kinds: tuple[type[Kinerja] | type[Anggaran], ...] = (Kinerja, Anggaran)
    found = [row for cls in kinds for row in session.plan.where(cls, "dokumen_id", session.dokumen_id)]
    return [row for row in found if row.penanggung_jawab_id]


def test_what_was_entered_meanwhile_is_not_ticked(
    session: Session, shown: Callable, tmp_path: Path, qtbot: QtBot
) -> None:
    path = filled_in(session, shown(SheetDialog(session)), tmp_path / "isian.xlsx")
    early = shown(PreviewDialog(session, path))
    qtbot.waitUntil(lambda: early.proposals.rowCount() > 0)
    first = session.plan.get(Indikator, early.proposals.chosen()[0].row_id)
    session.edit("isi", set_results(session.plan, first, {5: "99"}))
    dialog = shown(PreviewDialog(session, path))
    qtbot.waitUntil(lambda: dialog.proposals.rowCount() > 0)
    assert dialog.proposals.index(0, 5).data() == "rencana berubah sejak lembar dibuat"
    assert dialog.proposals.index(0, 0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    assert dialog.proposals.index(0, 3).data() == "99"
    QTest.mouseClick(dialog.none, Qt.MouseButton.LeftButton)
    assert not dialog.apply.isEnabled()
    QTest.mouseClick(dialog.all, Qt.MouseButton.LeftButton)
    assert dialog.apply.text() == "&Terapkan 4"


def test_a_word_where_the_target_is_a_number_is_said_and_not_ticked(
    session: Session, shown: Callable, tmp_path: Path, qtbot: QtBot
) -> None:
    path = filled_in(session, shown(SheetDialog(session)), tmp_path / "isian.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["Isian"]
    june = [cell.value for cell in sheet[FIRST - 1]].index("Juni") + 1
    sheet.cell(FIRST, june).value = "banyak"
    sheet.cell(FIRST + 1, june).value = "-"
    sheet.cell(FIRST + 2, june).value = 0
    book.save(path)
    dialog = shown(PreviewDialog(session, path))
    qtbot.waitUntil(lambda: dialog.proposals.rowCount() > 0)
    assert dialog.proposals.index(0, 5).data() == NO_NUMBER
    assert [one.baru for one in dialog.proposals.chosen() if one.kolom == "Juni"] == ["-", "0"]


def test_a_file_that_is_no_sheet_is_said_so(session: Session, shown: Callable, tmp_path: Path, qtbot: QtBot) -> None:
    openpyxl.Workbook().save(tmp_path / "lain.xlsx")
    dialog = shown(PreviewDialog(session, tmp_path / "lain.xlsx"))
    qtbot.waitUntil(lambda: "bukan lembar isian" in dialog.note.text())
    assert not dialog.apply.isEnabled()


def test_a_closed_period_has_no_sheet(session: Session, shown: Callable, tmp_path: Path, qtbot: QtBot) -> None:
    session.edit("tutup", close_period(session.plan, session.dokumen_id, 12))
    dialog = shown(SheetDialog(session))
    dialog.write(tmp_path / "isian.xlsx")
    qtbot.waitUntil(lambda: "sudah ditutup" in dialog.line.done.text())
    assert not (tmp_path / "isian.xlsx").exists()


def test_settings_are_stored_as_one_step_and_only_where_they_are_others(session: Session, shown: Callable) -> None:
    dialog = shown(CapaianSettings(session))
    before = session.document.undo_label
    QTest.keyClick(dialog.cap, Key.Key_Return)
    assert session.document.undo_label == before
    dialog = shown(CapaianSettings(session))
    QTest.keyClicks(dialog.cap, "120")
    dialog.efficiency.setCurrentIndex(1)
    dialog.known.setCurrentIndex(list(SCALES).index("sakip"))
    dialog.known.activated.emit(dialog.known.currentIndex())
    QTest.keyClick(dialog.cap, Key.Key_Return)
    now = read_settings(session.plan, session.dokumen_id)
    assert (now.atas, now.bawah, now.efisiensi, now.skala) == (Decimal(120), None, SELISIH, SCALES["sakip"][1])
    session.undo()
    assert read_settings(session.plan, session.dokumen_id) == DEFAULT


def test_a_scale_is_edited_and_a_faulty_one_is_refused_with_its_reason(session: Session, shown: Callable) -> None:
    dialog = shown(CapaianSettings(session))
    table = dialog.scale.table
    table.item(1, BATAS).setText("80")
    assert dialog.known.currentText() == OWN
    table.item(2, BATAS).setText("85")
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert dialog.note.text() == "Batas predikat harus menurun dari yang tertinggi."
    table.item(2, BATAS).setText("x")
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert dialog.note.text() == "Batas Sedang: 'x' bukan angka."
    table.setCurrentCell(2, PREDIKAT)
    QTest.mouseClick(dialog.scale.remove, Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    scale = read_settings(session.plan, session.dokumen_id).skala
    assert [(grade.predikat, str(grade.above)) for grade in scale[:3]] == [
        ("Sangat Tinggi", "90"),
        ("Tinggi", "80"),
        ("Rendah", "50"),
    ]


def test_orders_of_grades_are_read_as_they_are_written(session: Session, shown: Callable) -> None:
    assert read_orders(orders_text(DEFAULT.urutan)) == DEFAULT.urutan
    own = read_orders("Mutu: D < C < A = 3,5\n\n")
    assert own[0].nilai == (("D", Decimal(1)), ("C", Decimal(2)), ("A", Decimal("3.5")))
    assert read_orders(orders_text(own)) == own
    dialog = shown(CapaianSettings(session))
    dialog.orders.setPlainText("tanpa nama")
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert dialog.note.text().startswith("'tanpa nama': tulis nama urutan")


def test_the_way_of_reckoning_is_chosen_in_the_details(session: Session, shown: Callable, qtbot: QtBot) -> None:
    row_id = session.plan.all(Indikator)[0].id

    def row() -> Indikator:
        return session.plan.get(Indikator, row_id)

    parent = shown(CloseDialog(session))
    dialog = MoreDialog(session, row, OTHERS[Indikator], "Indikator: isian lain", parent)
    dialog.show()
    way, gathered = dialog.methods
    for stored in ("naik", "turun", "balik"):
        QTest.keyClick(way, Key.Key_Down)
        assert row().metode == stored
    QTest.keyClick(gathered, Key.Key_End)
    assert row().metode == "balik/rata"
    QTest.keyClick(way, Key.Key_Home)
    assert row().metode == "/rata"
    session.undo(5)
    assert row().metode is None
    assert (way.currentIndex(), gathered.currentIndex()) == (0, 0)


def test_the_result_of_the_year_is_typed_in_the_details_beside_its_periods(session: Session, shown: Callable) -> None:
    first = min(session.plan.all(Indikator), key=lambda one: one.asal_id or "")
    session.edit("isi", set_results(session.plan, first, {2: "8"}))
    parent = shown(CloseDialog(session))
    dialog = MoreDialog(session, lambda: session.plan.get(Indikator, first.id), OTHERS[Indikator], "Isian lain", parent)
    dialog.show()
    field = dialog.fields["realisasi"]
    assert field.placeholderText().endswith(": 8")
    QTest.keyClicks(field, "9")
    QTest.keyClick(field, Key.Key_Return)
    assert session.plan.get(Indikator, first.id).realisasi == "9"
    assert field.toolTip().endswith(": 8.")
    session.undo()
    assert session.plan.get(Indikator, first.id).realisasi is None
    dialog.reject()


def test_the_menu_leads_to_all_of_it(window: MainWindow) -> None:
    assert window.session is not None
    menu = next(menu for menu in window.findChildren(QMenu) if menu.title() == "Realisasi dan &capaian")
    by_text = {action.text().replace("&", ""): action for action in menu.actions() if action.text()}
    assert window.work is not None
    grid = window.work.grid
    by_text["Realisasi di kisi"].trigger()
    assert (grid.model.face, grid.view.isVisible()) == ("realisasi", True)
    by_text["Capaian di kisi"].trigger()
    assert grid.model.face == "capaian"
    assert list(by_text)[2:] == [
        "Catatan periode...",
        "Tutup periode...",
        "Buka lagi periode...",
        "Lembar isian untuk Bidang (XLSX)...",
        "Baca lembar isian...",
        "Setelan capaian...",
    ]


def test_a_percentage_is_remarked_and_ticked_only_where_percent_is_counted() -> None:
    one = Proposal(7, "R0001", HASIL, "i", "Koperasi aktif", "Juni", "", "12", False, 5, 6, False, persen="12%")
    rows = Proposals([one, replace(one, baru="12%", ragu=True)])
    assert [rows.index(at, 5).data() for at in (0, 1)] == [OF_PERCENT.format("12%")] * 2
    assert rows.chosen() == [one]
