"""--self-test, for the built program: open the sample, edit, undo, check, export every form and read it back."""

import os
import sys
import tempfile
from pathlib import Path

from models.rows import Anggaran, DeretAnggaran
from services import edits, export
from services.checks import Checks
from services.document import Document
from services.forms import FORMS
from services.narasi.template import template_changes
from services.rollup import RollUp
from services.samples import create_from, sample_path


def run_self_test() -> int:
    """0 where every step did what it should; a failing step raises and names itself."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RENAKSI_DATA"] = str(Path(folder, "data"))
        path = Path(folder, "contoh.db")
        create_from(sample_path(), path).file.close()
        with Document.open(path) as document:
            _edit_and_undo(document)
            _export_and_read(document, Path(folder))
        _show_window(path)
    if sys.stdout is not None:
        sys.stdout.write("self-test: semua langkah berhasil\n")
    return 0


def _must(true: bool, step: str) -> None:
    if not true:
        raise AssertionError(f"self-test: {step}")


def _edit_and_undo(document: Document) -> None:
    plan = document.plan
    line = next(a for a in plan.all(Anggaran) if a.asal_id == "a2-01")
    before = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    document.edit("ubah kas Maret", edits.set_cash(plan, line, 2, 1, kumulatif=True))
    kodes = {finding.kode for finding in Checks(plan, RollUp(plan)).at(Anggaran, line.id)}
    _must("KAS-TURUN" in kodes, "a falling running total is found")
    document.undo()
    _must(plan.one(DeretAnggaran, "anggaran_id", line.id, "kas") == before, "undo restores the month")
    document.file.publish()


def _export_and_read(document: Document, folder: Path) -> None:
    import docx
    import openpyxl
    import pypdfium2

    dokumen_id = next(iter(document.plan.all(Anggaran))).dokumen_id
    document.edit("mulai naskah dari templat", template_changes(document.plan, dokumen_id))
    for name, entry in FORMS.items():
        for kind in entry.kinds:
            form = export.make_form(document.plan, dokumen_id, name, kind=kind, code=document.file.revision)
            if not form.empty:
                export.write_form(form, kind, folder / f"{name}.{kind}")
    for path in sorted(folder.glob("*.pdf")):
        pdf = pypdfium2.PdfDocument(path)
        _must("BULELENG" in pdf[0].get_textpage().get_text_range(), f"{path.name} can be read back")
        pdf.close()
    for path in sorted(folder.glob("*.xlsx")):
        book = openpyxl.load_workbook(path)
        _must(book.active.max_row > 5, f"{path.name} can be read back")
        book.close()
    _must(len(docx.Document(str(folder / "dokumen-lengkap.docx")).paragraphs) > 5, "the text can be read back")


def _show_window(path: Path) -> None:
    from ui.application import make_application
    from ui.main_window import FORMULIR, NASKAH, MainWindow

    app = make_application()
    window = MainWindow()
    window.show()
    _must(window.open_plan(path), "the window opens the plan")
    for view in (NASKAH, FORMULIR):
        window.show_view(view)
        app.processEvents()
    window.close()
