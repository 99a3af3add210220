"""Several forms at once: into one folder, or each as a print job of its own; with progress, and called off at will."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtCore import QSettings, Qt, QThreadPool
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from services.export import file_name
from services.forms import FORMS
from services.forms.parts import PAPERS, Break, Form, Page, Text
from tests.ui.forms import in_dialog, shown_forms, text_of, wait_for_count
from ui.bundle import bundle_of
from ui.form_export import Outcome
from ui.forms_view import FormsView
from ui.printing import printer_for, printer_like
from ui.session import Session

SECOND, STAFF = "bulanan-eselon-iii", "bulanan-staf"


@pytest.fixture
def view(session: Session, qtbot: QtBot) -> Iterator[FormsView]:
    with shown_forms(session, qtbot) as view:
        yield view


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "keluaran"
    folder.mkdir()
    return folder


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def choose(folder: Path, asked: list[Path] | None = None):
    def accept(dialog: QDialog) -> None:
        if asked is not None:
            asked.append(Path(dialog.directory().absolutePath()))
        dialog.setDirectory(str(folder.parent))
        dialog.selectFile(str(folder))
        dialog.accept()

    return accept


def test_the_chosen_forms_go_into_a_folder_that_is_remembered(
    view: FormsView, session: Session, qtbot: QtBot, folder: Path
) -> None:
    view.list.tick((SECOND, STAFF))
    in_dialog(choose(folder))
    with qtbot.waitSignal(view.message, timeout=20_000) as said:
        qtbot.mouseClick(view.settings.export.pdf, Qt.MouseButton.LeftButton)
    names = [file_name(session.plan, session.dokumen_id, name, "pdf") for name in (SECOND, STAFF)]
    assert files(folder) == sorted(names)
    assert said.args[0] == f"2 berkas disimpan di {folder}"
    assert "ESELON III" in text_of(folder / names[0])
    done = view.settings.export.progress.done
    assert done.isVisible()
    assert done.text().startswith("2 berkas disimpan di keluaran. <a href=")
    assert QSettings().value("formulir/folder") == str(folder)
    view.show_form(STAFF)
    assert not done.isVisible()


def test_all_that_has_content_goes_out_in_every_format(view: FormsView, qtbot: QtBot, folder: Path) -> None:
    wait_for_count(qtbot, view)
    steps: list[str] = []
    view.exporter.progressed.connect(lambda done, total, text: steps.append(text))
    in_dialog(choose(folder))
    with qtbot.waitSignal(view.message, timeout=60_000):
        qtbot.mouseClick(view.settings.export.all, Qt.MouseButton.LeftButton)
    there = files(folder)
    full = [name for name in FORMS if not view.list.is_empty(name)]
    assert sum(name.endswith(".pdf") for name in there) == len(full)
    assert {Path(name).suffix for name in there} >= {".pdf", ".xlsx"}
    assert not any("Semula" in name for name in there)
    assert f"3 dari {len(full)}: Eselon IV" in steps


def test_files_that_are_there_are_asked_about_once(
    view: FormsView, session: Session, folder: Path, qtbot: QtBot
) -> None:
    names = (SECOND, STAFF)
    there = [folder / file_name(session.plan, session.dokumen_id, name, "pdf") for name in names]
    for path in there:
        path.write_bytes(b"lama")
    questions: list[str] = []

    def answer(which: int):
        def press(dialog: QDialog) -> None:
            assert isinstance(dialog, QMessageBox)
            questions.append(dialog.text())
            dialog.buttons()[which].click()

        return press

    no = next(i for i, text in enumerate(("Timpa", "Batal")) if text == "Batal")
    in_dialog(answer(no))
    view.out.write_into(folder, names, ("pdf",))
    assert not view.exporter.busy
    assert [path.read_bytes() for path in there] == [b"lama"] * 2
    in_dialog(answer(1 - no))
    with qtbot.waitSignal(view.message, timeout=20_000):
        view.out.write_into(folder, names, ("pdf",))
    assert all(path.read_bytes().startswith(b"%PDF") for path in there)
    assert questions == [f"2 berkas sudah ada di {folder}. Timpa?"] * 2


def test_calling_off_leaves_whole_files_only(view: FormsView, qtbot: QtBot, folder: Path) -> None:
    steps: list[str] = []

    def stop_at_the_third(done: int, total: int, text: str) -> None:
        steps.append(text)
        if text.startswith("3 dari"):
            view.settings.export.progress.cancelled.emit()

    view.exporter.progressed.connect(stop_at_the_third)
    names = [name for name in FORMS if name.startswith("bulanan")] * 3
    with qtbot.waitSignal(view.message, timeout=20_000) as said:
        view.out.write_into(folder, tuple(names), ("pdf",))
    assert said.args[0].startswith("Ekspor dibatalkan. ")
    assert not any(step.startswith("12 dari") for step in steps)
    assert not view.exporter.busy
    assert not view.settings.export.progress._running.isVisible()
    assert all(path.suffix == ".pdf" and path.read_bytes().rstrip().endswith(b"%%EOF") for path in folder.iterdir())


def test_a_folder_that_goes_is_said(view: FormsView, qtbot: QtBot, folder: Path) -> None:
    folder.rmdir()
    with qtbot.waitSignal(view.failed, timeout=20_000) as said:
        view.out.write_into(folder, (STAFF,), ("pdf",))
    assert "tidak ada" in said.args[0]


def test_a_file_that_cannot_be_written_is_told_and_keeps_no_other_back(
    view: FormsView, session: Session, qtbot: QtBot, folder: Path
) -> None:
    in_the_way = folder / file_name(session.plan, session.dokumen_id, SECOND, "pdf")
    in_the_way.mkdir()
    with qtbot.waitSignal(view.exporter.ended, timeout=20_000) as said:
        view.exporter.write_bundle(bundle_of(session, (SECOND, STAFF), ("pdf",), folder))
    assert "1 berkas disimpan di keluaran. 1 tidak dapat ditulis: " in said.args[0].short
    assert in_the_way.name in said.args[0].short
    assert (folder / file_name(session.plan, session.dokumen_id, STAFF, "pdf")).read_bytes().startswith(b"%PDF")


def test_the_pressed_button_has_the_focus_again_when_all_is_written(
    view: FormsView, qtbot: QtBot, folder: Path
) -> None:
    button = view.settings.export.all
    button.setFocus()
    in_dialog(choose(folder))
    with qtbot.waitSignal(view.exporter.ended, timeout=30_000):
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert button.window().focusWidget() is button


def test_a_form_without_content_is_named(view: FormsView, qtbot: QtBot, folder: Path) -> None:
    with qtbot.waitSignal(view.exporter.ended, timeout=20_000) as said:
        view.out.write_into(folder, (STAFF, "semula-menjadi"), ("pdf",))
    outcome = said.args[0]
    assert isinstance(outcome, Outcome)
    assert outcome.short == "1 berkas disimpan di keluaran. Belum ada isi: Perubahan, Semula dan menjadi."
    assert len(files(folder)) == 1


def pdf_printer(page: Page, path: Path) -> QPrinter:
    printer = printer_for(page, "uji")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(150)
    return printer


def sizes(path: Path) -> list[tuple[int, int]]:
    """Of the pages, in mm."""
    document = PdfDocument(path)
    points = [document.get_page_size(number) for number in range(len(document))]
    document.close()
    return [(round(w / 72 * 25.4), round(h / 72 * 25.4)) for w, h in points]


def turning_form() -> Form:
    """Upright, lying, upright."""
    upright, lying = Page(PAPERS["A4"], landscape=False), Page(PAPERS["A4"])
    parts = (Text("satu", 10), Break(lying, "dua"), Text("dua", 10), Break(upright, "tiga"), Text("tiga", 10))
    return Form("dokumen-lengkap", "Naskah lengkap", parts, upright)


def test_sheets_turn_as_their_pages_do(view: FormsView, qtbot: QtBot, tmp_path: Path) -> None:
    form = turning_form()
    with qtbot.waitSignal(view.message, timeout=20_000) as said:
        view.exporter.print_on(form, pdf_printer(form.page, tmp_path / "cetak.pdf"))
    assert said.args[0] == "Naskah lengkap dikirim ke pencetak, 3 halaman"
    assert sizes(tmp_path / "cetak.pdf") == [(210, 297), (297, 210), (210, 297)]


@contextmanager
def no_free_worker() -> Iterator[None]:
    """Work that is begun inside starts behind it, however fast or slow the machine is."""
    pool = QThreadPool.globalInstance()
    most = pool.maxThreadCount()
    for _ in range(most):
        pool.reserveThread()
    try:
        yield
    finally:
        for _ in range(most):
            pool.releaseThread()


def test_printing_can_be_called_off(view: FormsView, qtbot: QtBot, tmp_path: Path) -> None:
    pages = tuple(part for number in range(200) for part in (Text(str(number), 10), Break()))
    with qtbot.waitSignal(view.message, timeout=20_000) as said, no_free_worker():
        view.exporter.print_on(Form("iku", "IKU", pages), pdf_printer(Page(), tmp_path / "cetak.pdf"))
        view.exporter.cancel()
    assert said.args[0] == "Pencetakan dibatalkan"
    assert not view.exporter.busy


def test_each_form_is_a_job_on_its_own_paper(view: FormsView, qtbot: QtBot, tmp_path: Path) -> None:
    lying = Page()
    first = pdf_printer(lying, tmp_path / "cetak.pdf")
    one = Form("iku", "IKU", (Text("satu", 10),), lying)
    other = Form("renstra", "Renstra", (Text("dua", 10),), Page(PAPERS["A3"], landscape=False))
    second = printer_like(first, lying, other.page, "Kinerja Renstra")
    with qtbot.waitSignal(view.message, timeout=20_000) as said:
        view.exporter.print_all([(one, first), (other, second)])
    assert said.args[0] == "2 formulir dikirim ke pencetak, 2 halaman"
    assert sizes(tmp_path / "cetak.pdf") == [(330, 215)]
    assert sizes(tmp_path / "cetak Kinerja Renstra.pdf") == [(297, 420)]


def test_paper_that_was_chosen_in_the_dialog_is_for_all(tmp_path: Path) -> None:
    first = pdf_printer(Page(PAPERS["A4"]), tmp_path / "cetak.pdf")
    second = printer_like(first, Page(), Page(PAPERS["A3"], landscape=False), "x")
    sheet = second.pageLayout().fullRect(second.pageLayout().Unit.Millimeter)
    assert (round(sheet.width()), round(sheet.height())) == (210, 297)
