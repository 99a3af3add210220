"""The details pane and what it opens: long texts, lists, seldom fields, and the way along a link."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from models.rows import Anggaran, Dukungan, Indikator, Jabatan, Kinerja
from services import edits
from services.terms import LEVEL_NAMES
from services.units import units
from ui.details_panel import DetailsPanel
from ui.fields import ChoiceField, LineField
from ui.long_text_dialog import LongTextDialog
from ui.session import Session

Key, Mod = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def details(session: Session, qtbot: QtBot) -> Iterator[DetailsPanel]:
    details = DetailsPanel(session)
    details.resize(1030, 156)
    details.show()
    qtbot.waitExposed(details)
    yield details
    details.setParent(None)
    details.deleteLater()


def field(details: Any, name: str, kind: type = LineField) -> Any:
    """The visible field of this name."""
    return next(f for f in details.findChildren(kind) if f.accessibleName() == name and f.isVisible())


def in_dialog(kind: type[QDialog], do: Callable[[Any], None]) -> None:
    """Do something in the dialog that is about to open, whenever that is."""
    timer = QTimer(QApplication.instance())

    def work() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            timer.stop()
            timer.deleteLater()
            do(dialog)

    timer.timeout.connect(work)
    timer.start(10)


def press(button: str, said: list[str] | None = None) -> None:
    def do(box: QMessageBox) -> None:
        if said is not None:
            said.extend([box.text(), box.informativeText()])
        next(b for b in box.findChildren(QPushButton) if b.text().replace("&", "") == button).click()

    in_dialog(QMessageBox, do)


def indicator(session: Session, by_id: Any) -> Indikator:
    return session.plan.where(Indikator, "kinerja_id", by_id(Kinerja, "k2-02").id)[0]


# Long texts


def test_f4_opens_an_editor_that_stores_with_ctrl_enter(
    details: DetailsPanel, session: Session, by_id: Any, qtbot: QtBot
) -> None:
    node = by_id(Kinerja, "k2-02")
    details.show_row(node)
    uraian = field(details, "Uraian")

    def write(dialog: LongTextDialog) -> None:
        assert dialog.text() == node.uraian
        assert dialog.count.text() == f"{len(node.uraian)} dari 4.000 karakter"
        qtbot.keyClick(dialog.edit, Key.Key_End, Mod.ControlModifier)
        qtbot.keyClick(dialog.edit, Key.Key_Return)
        qtbot.keyClicks(dialog.edit, "baris kedua")
        qtbot.keyClick(dialog.edit, Key.Key_Return, Mod.ControlModifier)

    in_dialog(LongTextDialog, write)
    qtbot.keyClick(uraian, Key.Key_F4)
    assert session.plan.get(Kinerja, node.id).uraian == f"{node.uraian}\nbaris kedua"
    assert session.document.undo_label == "ubah uraian sasaran strategis Terwujudnya UMKM yang Mandiri"
    session.undo()
    assert session.plan.get(Kinerja, node.id) == node


def test_a_text_of_several_lines_is_not_flattened_by_looking_at_it(
    details: DetailsPanel, session: Session, by_id: Any, qtbot: QtBot
) -> None:
    node = by_id(Kinerja, "k2-02")
    session.edit("x", edits.set_field(node, "uraian", "satu\ndua"))
    details.show_row(session.plan.get(Kinerja, node.id))
    uraian = field(details, "Uraian")
    uraian.setFocus()
    qtbot.keyClick(uraian, Key.Key_End)
    qtbot.keyClicks(uraian, "!")
    qtbot.keyClick(uraian, Key.Key_Return)
    assert session.plan.get(Kinerja, node.id).uraian == "satu\ndua!"


@pytest.mark.parametrize(("button", "open_after"), [("Tutup", False), ("Batal", True)])
def test_esc_keeps_what_was_stored_and_asks_where_something_was_typed(
    details: DetailsPanel, session: Session, by_id: Any, qtbot: QtBot, button: str, open_after: bool
) -> None:
    node = by_id(Kinerja, "k2-02")
    details.show_row(node)
    left_open: list[bool] = []

    def write(dialog: LongTextDialog) -> None:
        qtbot.keyClicks(dialog.edit, "x")
        press(button)
        qtbot.keyClick(dialog.edit, Key.Key_Escape)
        left_open.append(dialog.isVisible())
        if dialog.isVisible():
            dialog.edit.setPlainText(node.uraian)
            qtbot.keyClick(dialog.edit, Key.Key_Escape)

    in_dialog(LongTextDialog, write)
    field(details, "Uraian").open_editor()
    assert left_open == [open_after]
    assert session.plan.get(Kinerja, node.id) == node


def test_a_text_that_is_too_long_cannot_be_stored(details: DetailsPanel, qtbot: QtBot) -> None:
    dialog = LongTextDialog("Uraian", "", "", details)
    dialog.show()
    dialog.edit.setPlainText("x" * 4001)
    assert not dialog.store.isEnabled()
    assert "Terlalu panjang 1 karakter" in dialog.note.text()
    qtbot.keyClick(dialog.edit, Key.Key_Return, Mod.ControlModifier)
    assert dialog.isVisible()
    dialog.edit.setPlainText("x" * 4000)
    assert dialog.count.text() == "4.000 dari 4.000 karakter"
    qtbot.keyClick(dialog.edit, Key.Key_Return, Mod.ControlModifier)
    assert not dialog.isVisible()
    dialog.deleteLater()


# Lists


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_alt_down_offers_the_units_of_the_plan_first(
    details: DetailsPanel, session: Session, by_id: Any, qtbot: QtBot
) -> None:
    row = indicator(session, by_id)
    details.show_row(row)
    satuan = field(details, "Satuan")
    satuan.setFocus()
    qtbot.keyClick(satuan, Key.Key_Down, Mod.AltModifier)
    popup = satuan.completer().popup()
    assert popup.isVisible()
    assert popup.model().index(0, 0).data() == units(session.plan, session.dokumen_id)[0]
    assert popup.model().rowCount() > 30
    target = next(i for i in range(popup.model().rowCount()) if popup.model().index(i, 0).data() == "UMKM")
    popup.setCurrentIndex(popup.model().index(target, 0))
    qtbot.keyClick(popup, Key.Key_Return)
    assert session.plan.get(Indikator, row.id).satuan == "UMKM"
    assert satuan.text() == "UMKM"


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_a_unit_of_ones_own_keeps_its_letters(
    details: DetailsPanel, session: Session, by_id: Any, qtbot: QtBot
) -> None:
    row = indicator(session, by_id)
    details.show_row(row)
    satuan = field(details, "Satuan")
    satuan.setFocus()
    satuan.selectAll()
    qtbot.keyClicks(satuan, "koperasi")
    satuan.completer().popup().hide()
    qtbot.keyClick(satuan, Key.Key_Return)
    assert session.plan.get(Indikator, row.id).satuan == "koperasi"


def test_only_levels_that_fit_are_offered(details: DetailsPanel, session: Session, by_id: Any) -> None:
    node = by_id(Kinerja, "k2-02")
    details.show_row(node)
    tingkat = field(details, "Tingkat", ChoiceField)
    offered = [tingkat.itemText(i) for i in range(tingkat.count())]
    assert offered == [LEVEL_NAMES[level] for level in ("tujuan", "sasaran_strategis", "sasaran_program")]
    tingkat.setCurrentIndex(2)
    tingkat.activated.emit(2)
    assert session.plan.get(Kinerja, node.id).tingkat == "sasaran_program"


def test_the_person_of_an_indicator_is_that_of_its_sasaran(details: DetailsPanel, session: Session, by_id: Any) -> None:
    row = indicator(session, by_id)
    details.show_row(row)
    people = field(details, "Penanggung jawab", ChoiceField)
    assert people.currentText() == "KEPALA DINAS"
    index = people.findText("SEKRETARIS DINAS")
    people.setCurrentIndex(index)
    people.activated.emit(index)
    owner = session.plan.get(Kinerja, row.kinerja_id or "")
    assert session.plan.get(Jabatan, owner.penanggung_jawab_id or "").nama == "SEKRETARIS DINAS"
    assert [people.itemText(i) for i in range(people.count())][-2:] == ["Jabatan baru...", "Organisasi dan pejabat..."]


# Lainnya


def test_seldom_fields_are_stored_from_their_own_dialog(
    details: DetailsPanel, session: Session, by_id: Any, qtbot: QtBot
) -> None:
    row = by_id(Anggaran, "a2-01")
    details.show_row(row)
    assert "Lainnya..." in details._more.text()

    def fill(dialog: Any) -> None:
        assert list(dialog.fields) == ["lokasi", "kelompok_sasaran", "sumber_dana"]
        qtbot.keyClicks(dialog.fields["lokasi"], "Singaraja")
        qtbot.keyClick(dialog.fields["lokasi"], Key.Key_Tab)
        qtbot.keyClicks(dialog.fields["sumber_dana"], "DAU")
        dialog.accept()

    in_dialog(QDialog, fill)
    details.open_more()
    stored = session.plan.get(Anggaran, row.id)
    assert (stored.lokasi, stored.sumber_dana) == ("Singaraja", "DAU")
    assert session.document.undo_label.startswith("ubah sumber dana ")
    assert "Lainnya (2 terisi)..." in details._more.text()


def test_every_column_of_a_row_can_be_edited_somewhere(details: DetailsPanel) -> None:
    from ui.details_more import OTHERS

    wanted = {
        Kinerja: {"nomor", "uraian", "tingkat", "kelompok", "penanggung_jawab_id"},
        Indikator: {"uraian", "satuan", "iku", "akumulasi", "arah", "target", "kondisi_awal", "formula", "alasan"}
        | {"sumber_data", "penanggung_jawab_id", "pembilang", "penyebut", "realisasi"},
        Anggaran: {"kode", "nama", "pagu", "penanggung_jawab_id", "lokasi", "kelompok_sasaran", "sumber_dana"},
    }
    for cls, fields in wanted.items():
        shown = {f._field for f in details._fields[cls]} | {other.field for other in OTHERS[cls]}
        assert shown == fields


# Links


def test_a_sasaran_says_what_supports_it_and_each_can_be_gone_to(
    details: DetailsPanel, session: Session, by_id: Any, qtbot: QtBot
) -> None:
    node = by_id(Kinerja, "k2-02")
    details.show_row(node)
    line = details._links[Kinerja]
    assert "3 program</a>, Rp 10.348.836.794" in line.text()
    entries = line.menu().actions()
    assert len(entries) == 3
    with qtbot.waitSignal(details.go_to) as gone:
        entries[1].trigger()
    links = session.plan.where(Dukungan, "kinerja_id", node.id)
    assert gone.args[0].id == links[1].anggaran_id


def test_a_budget_line_goes_to_the_sasaran_that_it_supports(
    details: DetailsPanel, session: Session, by_id: Any, qtbot: QtBot
) -> None:
    line = by_id(Anggaran, "a3-03")
    details.show_row(line)
    label = details._links[Anggaran]
    assert "Terwujudnya" in label.text()
    with qtbot.waitSignal(details.go_to) as gone:
        qtbot.mouseClick(label, Qt.MouseButton.LeftButton, pos=QPoint(12, label.height() // 2))
    assert isinstance(gone.args[0], Kinerja)
