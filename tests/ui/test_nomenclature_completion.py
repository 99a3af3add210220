"""Names and codes of the nomenclature as one types them, with real keys; who types on notices nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from models.rows import Anggaran, Indikator
from services.new_plan import NewPlan, create_plan
from services.nomenclature import BOTH, MOST, Entry, keep
from ui.details_panel import DetailsPanel
from ui.nomenclature_popup import NomenclaturePopup
from ui.session import Session
from ui.tasks import wait_for_tasks
from ui.tree_panel import TreePanel

LIST = (
    Entry("2.17.03", "PROGRAM PENGAWASAN KOPERASI"),
    Entry("2.17.03.2.01", "Pengawasan Koperasi"),
    Entry("2.17.03.2.01.0001", "Penguatan Tata Kelola", "Jumlah koperasi dikuatkan", "Unit Usaha"),
    Entry("2.17.07", "PROGRAM PEMBERDAYAAN USAHA MIKRO"),
    Entry("2.17.07.2.01", "Pemberdayaan Usaha Mikro"),
    Entry("2.17.07.2.01.0001", "Pendataan Usaha", "Jumlah usaha terdata", "Unit Usaha"),
    Entry("2.17.07.2.01.0002", "Penguatan Kemitraan", "Jumlah kemitraan", "Dokumen"),
)
Key = Qt.Key


class Pane(QWidget):
    """The tree and the details, as they stand beside each other in the window."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.tree, self.details = TreePanel(session), DetailsPanel(session)
        self.tree.chosen.connect(self.details.show_row)
        box = QHBoxLayout(self)
        box.addWidget(self.tree)
        box.addWidget(self.details)


@pytest.fixture
def pane(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Pane]:
    """A new plan without rows, the tree of the budget in front, and a nomenclature on this PC."""
    keep("daftar.csv", 2026, {BOTH: LIST})
    path = tmp_path / "Dinas Koperasi 2026.db"
    document = create_plan(path, NewPlan(opd_nama="Dinas Koperasi", tahun=2026, jenis_pemda="kabupaten"))
    session = Session(document, qapp)
    pane = Pane(session)
    pane.resize(1100, 500)
    pane.show()
    pane.activateWindow()
    qtbot.waitUntil(pane.isActiveWindow)
    pane.tree.tabs.setCurrentIndex(1)
    pane.tree.view.setFocus()
    yield pane
    wait_for_tasks()
    pane.close()
    pane.deleteLater()
    document.file.close()
    session.setParent(None)
    session.deleteLater()


@pytest.fixture
def session(pane: Pane) -> Session:
    return pane.session


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(*keys: Qt.Key) -> None:
    """Keys go to the window in front; an editor that ends has gone when the next one comes."""
    for key in keys:
        QTest.keyClick(QGuiApplication.focusWindow(), key)
        QApplication.processEvents()


def type_(text: str) -> None:
    for character in text:
        QTest.keyClick(QGuiApplication.focusWindow(), character)


def popup(pane: Pane) -> NomenclaturePopup | None:
    """The list that is in sight."""
    shown = [p for p in pane.findChildren(NomenclaturePopup) if p.isVisible()]
    assert len(shown) <= 1
    return shown[0] if shown else None


def offered(pane: Pane) -> list[str]:
    there = popup(pane)
    return [entry.kode for entry in there.model.entries] if there is not None else []


def only_line(session: Session, jenis: str = "program") -> Anggaran:
    (line,) = (line for line in session.plan.all(Anggaran) if line.jenis == jenis)
    return line


def editing(pane: Pane) -> bool:
    return pane.tree.view.findChild(QLineEdit) is not None


def add_child(pane: Pane) -> None:
    pane.tree.add_child()


def test_a_program_is_taken_while_it_is_named(pane: Pane, session: Session, qtbot: QtBot) -> None:
    press(Key.Key_Insert)
    type_("usaha pemberd")
    assert offered(pane) == ["2.17.07"]
    press(Key.Key_Down, Key.Key_Return)
    line = only_line(session)
    assert (line.kode, line.nama) == ("2.17.07", "PROGRAM PEMBERDAYAAN USAHA MIKRO")
    assert popup(pane) is None
    qtbot.waitUntil(lambda: not editing(pane))
    assert focus() is pane.tree.view
    assert session.document.undo_label == "isi program dari nomenklatur"
    session.undo()
    assert only_line(session).nama == ""


def test_a_code_is_enough_and_tab_takes(pane: Pane, session: Session) -> None:
    press(Key.Key_Insert)
    type_("217")
    assert offered(pane) == ["2.17.03", "2.17.07"]
    press(Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_Tab)
    assert only_line(session).kode == "2.17.03"


def test_who_types_on_keeps_what_was_typed(pane: Pane, session: Session, qtbot: QtBot) -> None:
    press(Key.Key_Insert)
    type_("Program Pengawasan Koperasi")
    assert offered(pane) == ["2.17.03"]
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: not editing(pane))
    line = only_line(session)
    assert (line.nama, line.kode) == ("Program Pengawasan Koperasi", None)
    assert popup(pane) is None


def test_escape_closes_the_list_only(pane: Pane, session: Session) -> None:
    press(Key.Key_Insert)
    type_("koperasi")
    press(Key.Key_Escape)
    assert popup(pane) is None
    assert isinstance(focus(), QLineEdit)
    assert focus().property("text") == "koperasi"
    press(Key.Key_Down)
    type_(" x")
    press(Key.Key_Return)
    assert only_line(session).nama == "koperasi x"


def test_up_before_the_first_line_gives_enter_back(pane: Pane, session: Session) -> None:
    press(Key.Key_Insert)
    type_("koperasi")
    press(Key.Key_Down, Key.Key_Up, Key.Key_Return)
    assert only_line(session).nama == "koperasi"


def test_only_the_level_and_the_own_branch_first(pane: Pane, session: Session, qtbot: QtBot) -> None:
    press(Key.Key_Insert)
    type_("2.17.07")
    press(Key.Key_Down, Key.Key_Return)
    qtbot.waitUntil(lambda: not editing(pane))
    add_child(pane)
    type_("usaha")
    assert offered(pane) == ["2.17.07.2.01"]
    press(Key.Key_Down, Key.Key_Return)
    qtbot.waitUntil(lambda: not editing(pane))
    add_child(pane)
    type_("penguatan")
    assert offered(pane) == ["2.17.07.2.01.0002", "2.17.03.2.01.0001"]
    press(Key.Key_Down, Key.Key_Return)
    line = only_line(session, "sub_kegiatan")
    (indicator,) = session.plan.where(Indikator, "anggaran_id", line.id)
    assert (indicator.uraian, indicator.satuan) == ("Jumlah kemitraan", "Dokumen")
    session.undo()
    assert only_line(session, "sub_kegiatan").nama == ""
    assert session.plan.where(Indikator, "anggaran_id", line.id) == ()


def test_a_line_is_taken_with_the_mouse(pane: Pane, session: Session, qtbot: QtBot) -> None:
    press(Key.Key_Insert)
    type_("koperasi")
    there = popup(pane)
    assert there is not None
    place = there.view.visualRect(there.model.index(0)).center()
    qtbot.mouseClick(there.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert only_line(session).kode == "2.17.03"


@pytest.mark.parametrize(("name", "typed"), [("Nama", "mikro"), ("Kode", "2.17.07")])
def test_the_fields_of_the_details_offer_it_too(pane: Pane, session: Session, name: str, typed: str) -> None:
    press(Key.Key_Insert)
    type_("Sementara")
    press(Key.Key_Return)
    (field,) = (f for f in pane.findChildren(QLineEdit) if f.accessibleName() == name and f.isVisible())
    field.setFocus()
    field.selectAll()
    type_(typed)
    assert offered(pane) == ["2.17.07"]
    press(Key.Key_Down, Key.Key_Return)
    line = only_line(session)
    assert (line.kode, line.nama) == ("2.17.07", "PROGRAM PEMBERDAYAAN USAHA MIKRO")
    assert field.text() == (line.nama if name == "Nama" else line.kode)
    assert session.document.undo_label == "isi program dari nomenklatur"


def test_leaving_the_field_closes_the_list_and_stores_what_was_typed(pane: Pane, session: Session) -> None:
    press(Key.Key_Insert)
    type_("Sementara")
    press(Key.Key_Return)
    (field,) = (f for f in pane.findChildren(QLineEdit) if f.accessibleName() == "Nama" and f.isVisible())
    field.setFocus()
    field.selectAll()
    type_("Mikro")
    assert offered(pane) == ["2.17.07"]
    press(Key.Key_Tab)
    assert popup(pane) is None
    assert (only_line(session).nama, only_line(session).kode) == ("Mikro", None)


def test_a_sasaran_is_offered_nothing(pane: Pane, session: Session) -> None:
    pane.tree.tabs.setCurrentIndex(0)
    pane.tree.view.setFocus()
    press(Key.Key_Insert)
    type_("koperasi")
    assert popup(pane) is None
    press(Key.Key_Escape)


def test_another_import_is_offered_at_the_next_name(pane: Pane, session: Session) -> None:
    press(Key.Key_Insert)
    type_("koperasi")
    press(Key.Key_Return)
    keep("lain.csv", None, {BOTH: tuple(Entry(f"1.01.{n:02}", f"PROGRAM KOPERASI {n}") for n in range(1, 20))})
    press(Key.Key_F2)
    type_("koperasi")
    assert len(offered(pane)) == MOST
    press(Key.Key_Escape, Key.Key_Escape)


def test_without_an_import_nothing_is_offered(pane: Pane, session: Session, data_folder: object) -> None:
    from services.nomenclature import _file

    _file().unlink()
    press(Key.Key_Insert)
    type_("koperasi")
    assert popup(pane) is None
    press(Key.Key_Return)
    assert only_line(session).nama == "koperasi"
