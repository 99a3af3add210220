"""The two commands for the nomenclature: put a list on this PC, and take rows from it into the plan."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from models.rows import Anggaran, Dokumen, Opd
from services.nomenclature import region_of, source
from services.nomenclature_add import list_for
from ui.nomenclature_dialog import NomenclatureDialog
from ui.nomenclature_import_dialog import NomenclatureImportDialog

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def import_nomenclature(parent: QWidget) -> bool:
    """Ask for a table and keep it; False where nothing was kept."""
    dialog = NomenclatureImportDialog(parent)
    kept = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return kept


def add_from_nomenclature(window: "MainWindow") -> None:
    """Ask for entries and add them as one step; where this PC has no list yet, that is asked for first."""
    session, work = window.session, window.work
    if session is None or work is None or not session.dokumen_id:
        return
    if source() is None and not import_nomenclature(window):
        return
    listed, origin = list_for(session.plan, session.dokumen_id), source()
    if listed is None or origin is None:
        return
    opd = session.plan.find(Opd, session.plan.get(Dokumen, session.dokumen_id).opd_id)
    dialog = NomenclatureDialog(session, listed, origin, region_of(opd.jenis_pemda if opd else None), window)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    added = dialog.added
    dialog.deleteLater()
    count = sum(added.counts.values())
    if accepted and session.edit(f"tambah {count} baris dari nomenklatur", added.changes):
        first = session.plan.get(Anggaran, added.roots[0])
        work.tree.show_row(first)
        work.tree.view.select_all_of(added.roots)
        work.tree.view.setFocus()
        window.status.showMessage(f"{count} baris ditambahkan dari nomenklatur.", 8000)
