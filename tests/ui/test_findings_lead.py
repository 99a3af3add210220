"""Every finding leads to its field: also those about the document, its officials, the narrative and printed totals."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from models.changes import Change
from models.rows import Aksi, Anggaran, Dokumen, Jabatan, Kinerja, Narasi, Pejabat, Row, TotalTercetak, new_id
from services import aksi, edits
from services.checks import Finding
from services.checks.finding import plain
from services.narasi.template import template_changes
from services.pejabat import set_official
from services.terms import LEVEL_NAMES
from ui.faces import AKSI
from ui.findings_dock import FindingsPanel
from ui.findings_go import PRINTED, show_elsewhere
from ui.findings_model import TEMUAN
from ui.main_window import FORMULIR, NASKAH, SUSUN, MainWindow
from ui.positions_dialog import PositionsDialog
from ui.positions_tree import SUPERIOR
from ui.session import Session
from ui.work_page import WorkPage

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|raise|grabbing the keyboard")
SHORT = "1974101419931110"
"""A NIP of 16 digits."""


def parts(window: MainWindow) -> tuple[Session, WorkPage, FindingsPanel]:
    assert window.session is not None
    assert window.work is not None
    return window.session, window.work, window.work.findings


def line_about(dock: FindingsPanel, cls: type[Row], kode: str) -> QModelIndex:
    """The line of the dock about a row of this table."""
    rows = range(dock.model.rowCount())
    found = (i for row in rows if (i := dock.model.index(row, TEMUAN)).isValid())
    return next(i for i in found if (dock.model.group(i).first.tabel, dock.model.group(i).first.kode) == (cls, kode))


def organisation() -> PositionsDialog:
    """The open window of positions."""
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PositionsDialog)
    return dialog


def only_signer(session: Session) -> None:
    """Without positions the document alone says who signs, as in a plan that has just been begun."""
    plan = session.plan
    rows = [row for cls in (Kinerja, Anggaran) for row in plan.all(cls) if row.penanggung_jawab_id]
    changes: list[Change] = [c for row in rows for c in edits.set_field(row, "penanggung_jawab_id", None)]
    changes += [Change(row, None) for row in (*plan.all(Pejabat), *plan.all(Jabatan))]
    session.edit("hapus jabatan", changes)


@pytest.mark.parametrize("way", ["klik", "enter", "menu", "f8"])
def test_the_nip_of_a_document_without_positions_leads_to_tanda_tangan(
    window: MainWindow, qtbot: QtBot, way: str
) -> None:
    session, _, dock = parts(window)
    only_signer(session)
    session.edit("ubah NIP", edits.set_field(session.dokumen, "ttd_nip", SHORT))
    index = line_about(dock, Dokumen, "NIP")
    assert "NIP harus 18 angka" in index.data()
    dock.view.setCurrentIndex(index)
    dock.view.scrollTo(index)
    if way == "klik":
        qtbot.mouseClick(dock.view.viewport(), Qt.MouseButton.LeftButton, pos=dock.view.visualRect(index).center())
    elif way == "enter":
        dock.view.setFocus()
        qtbot.keyClick(dock.view, Qt.Key.Key_Return)
    elif way == "menu":
        dock.menu_of(index).actions()[0].trigger()
    else:
        qtbot.keyClick(window, Qt.Key.Key_F8)
    assert window.bar.view() == FORMULIR
    assert window.forms is not None
    field = window.forms.settings.signatory.fields["ttd_nip"]
    assert field is window.focusWidget()
    assert field.selectedText() == field.text() == SHORT


def test_a_missing_signer_leads_to_his_name_and_then_to_his_position(window: MainWindow, qtbot: QtBot) -> None:
    session, _, dock = parts(window)
    only_signer(session)
    for field in ("ttd_nama", "ttd_jabatan"):
        session.edit("x", edits.set_field(session.dokumen, field, None))
        window.show_view(SUSUN)
        dock.view.setCurrentIndex(line_about(dock, Dokumen, "PENANDATANGAN"))
        dock.view.setFocus()
        qtbot.keyClick(dock.view, Qt.Key.Key_Return)
        assert window.forms is not None
        assert window.forms.settings.signatory.fields[field] is window.focusWidget()
        session.edit("x", edits.set_field(session.dokumen, field, "Made"))


def test_the_head_is_shown_in_organisasi_where_he_has_a_position(window: MainWindow, qtbot: QtBot) -> None:
    session, _, dock = parts(window)
    only_signer(session)
    name = session.dokumen.ttd_jabatan or "Kepala Dinas"
    session.edit("x", edits.set_field(session.dokumen, "ttd_jabatan", name))
    session.edit("jabatan", edits.add_jabatan(session.plan, session.dokumen_id, name))
    session.edit("ubah NIP", edits.set_field(session.dokumen, "ttd_nip", SHORT))
    dock.view.setCurrentIndex(line_about(dock, Dokumen, "NIP"))
    dock.view.setFocus()
    qtbot.keyClick(dock.view, Qt.Key.Key_Return)
    dialog = organisation()
    assert dialog.tree.current_id() == session.plan.all(Jabatan)[0].id
    field = dialog.panel.fields["nip"]
    assert field is dialog.focusWidget()
    qtbot.keyClicks(field, "197410141993111001")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert session.dokumen.ttd_nip == "19741014 199311 1 001"
    assert QApplication.activeModalWidget() is None


@pytest.mark.parametrize("superior", [True, False])
def test_an_official_is_shown_in_organisasi(window: MainWindow, qtbot: QtBot, superior: bool) -> None:
    session, _, dock = parts(window)
    position = edits.add_jabatan(session.plan, session.dokumen_id, "Analis Kebijakan")[-1].row
    session.edit("jabatan", [Change(None, position)])
    at = None if superior else position.id
    session.edit("pejabat", set_official(session.plan, session.dokumen_id, at, nama="Made", nip=SHORT))
    dock.view.setCurrentIndex(line_about(dock, Pejabat, "NIP"))
    dock.view.setFocus()
    qtbot.keyClick(dock.view, Qt.Key.Key_Return)
    dialog = organisation()
    assert dialog.tree.current_id() == (SUPERIOR if superior else position.id)
    field = dialog.panel.fields["nip"]
    assert isinstance(field, QLineEdit)
    assert field is dialog.focusWidget()
    assert field.selectedText() == SHORT
    dialog.close()


def test_positions_without_a_task_lead_to_the_first_of_them(window: MainWindow, qtbot: QtBot) -> None:
    session, _, dock = parts(window)
    for name in ("Pengelola Arsip", "Pengelola"):
        session.edit("jabatan", edits.add_jabatan(session.plan, session.dokumen_id, name))
    index = line_about(dock, Dokumen, "JABATAN-TANPA-TUGAS")
    dock.view.setCurrentIndex(index)
    dock.view.setFocus()
    qtbot.keyClick(dock.view, Qt.Key.Key_Return)
    dialog = organisation()
    shown = session.plan.get(Jabatan, dialog.tree.current_id() or "")
    assert shown.nama in str(dock.model.group(index).first.nilai).split(", ")
    dialog.close()


def about(row: Row, kode: str, nilai: Any = None) -> Finding:
    return plain(kode, "peringatan", row, "x", nilai)


def test_sections_totals_and_whole_levels_are_shown_where_they_are(
    window: MainWindow, line_of: Callable[[str], Anggaran]
) -> None:
    session, work, _ = parts(window)
    plan = session.plan
    session.edit("naskah", template_changes(plan, session.dokumen_id))
    section = plan.all(Narasi)[4]
    assert show_elsewhere(window, about(section, "SKALA"))
    assert window.bar.view() == NASKAH
    assert window.naskah is not None
    assert window.naskah.tree.current_id() == section.id
    total = TotalTercetak(id=new_id(), dokumen_id=session.dokumen_id, urutan=9, tempat="Jumlah sub kegiatan", nilai=5)
    session.edit("total", [Change(None, total)])
    assert show_elsewhere(window, about(total, "PAGU-TOTAL", 5))
    assert window.bar.view() == SUSUN
    row = work.tree.current_row()
    assert isinstance(row, Anggaran)
    assert row.jenis == "sub_kegiatan"
    assert window.status.currentMessage() == PRINTED
    for change in edits.set_field(line_of("a3-03"), "induk_id", None):
        session.edit("lepas", [change])
    assert show_elsewhere(window, about(session.dokumen, "PAGU-TABEL", 5))
    row = work.tree.current_row()
    assert isinstance(row, Anggaran)
    assert (row.induk_id, row.jenis == "program") == (None, False)
    top = plan.all(Kinerja)[0].tingkat
    node = next(n for n in plan.all(Kinerja) if n.tingkat != top)
    said = f"{LEVEL_NAMES[node.tingkat].lower()} (3 baris)"
    assert show_elsewhere(window, about(session.dokumen, "INDUK-KOSONG", said))
    assert work.tree.current_row() == node
    assert not show_elsewhere(window, about(node, "URAIAN-KOSONG"))
    line = next(each for each in plan.all(Anggaran) if each.jenis == "sub_kegiatan")
    session.edit("tambah aksi", aksi.add(plan, line, None, [aksi.PastedLine("Rapat")]))
    assert show_elsewhere(window, about(plan.all(Aksi)[-1], "PJ-KOSONG"))
    assert work.tree.current_row() == line
    assert work.grid.face.index() == AKSI


def test_the_first_f8_goes_to_the_first_finding_and_shift_f8_to_the_last(window: MainWindow, qtbot: QtBot) -> None:
    dock = parts(window)[2]
    count = dock.model.rowCount()
    gone: list[Finding] = []
    dock.go_to.connect(gone.append)

    def first(row: int) -> Finding:
        return dock.model.group(row).first

    qtbot.keyClick(window, Qt.Key.Key_F8)
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert gone == [first(0), first(1)]
    dock.bar.rule.setCurrentIndex(dock.bar.rule.findData("KAS-RINCIAN"))
    gone.clear()
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert gone == [first(0)]
    dock.bar.rule.setCurrentIndex(0)
    gone.clear()
    assert dock.model.rowCount() == count
    dock.view.setCurrentIndex(dock.model.index(0, TEMUAN))
    qtbot.keyClick(window, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert dock.view.currentIndex().row() == count - 1
