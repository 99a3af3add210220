"""The forms: list, preview that follows the plan, page, signatory, export and print."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import shiboken6
from openpyxl import load_workbook
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from models.changes import Change
from models.rows import Anggaran, Dokumen, Formulir
from services.document import Document
from services.edits import set_field
from services.export import make_form, write_form
from services.forms import FORMS
from services.render.layout import lay_out
from tests.ui.forms import in_dialog, text_of, wait_for_count
from tests.ui.wheel import turn_wheel
from ui.form_list import NO_CONTENT
from ui.form_source import dressed
from ui.forms_view import FormsView
from ui.printing import printer_for
from ui.session import Session
from ui.tasks import wait_for_tasks

FIRST = "bulanan-eselon-ii"
MONTHLY = [name for name in FORMS if name.startswith("bulanan")]
Show = Callable[..., FormsView]


@pytest.fixture
def session(buleleng: Document, qtbot: QtBot) -> Iterator[Session]:
    """Goes in the GUI thread: left to the garbage collector it might go, with its timer, in a worker's."""
    session = Session(buleleng)
    yield session
    assert wait_for_tasks()
    shiboken6.delete(session)


@pytest.fixture
def show(session: Session, qtbot: QtBot) -> Iterator[Show]:
    """The view in a window, on screen, with its first preview."""
    windows: list[QWidget] = []

    def shown(of: Session = session) -> FormsView:
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(1366, 700)
        view = FormsView(of, window)
        view.resize(window.size())
        window.show()
        qtbot.waitActive(window)
        qtbot.waitUntil(lambda: bool(view.preview.count or view.preview.message))
        return view

    yield shown
    assert wait_for_tasks()
    for window in windows:
        if shiboken6.isValid(window):
            shiboken6.delete(window)


@pytest.fixture
def view(show: Show) -> FormsView:
    return show()


def type_into(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    """As a person does: into the field, over what stands there, Enter."""
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def wait_for_text(qtbot: QtBot, view: FormsView, text: str) -> None:
    qtbot.waitUntil(lambda: text in text_of(view.preview.pdf), timeout=1000)


def test_the_list_tells_pages_and_the_worst_finding_of_each_form(view: FormsView, qtbot: QtBot) -> None:
    wait_for_count(qtbot, view)
    assert [view.list.pages_text(name) for name in MONTHLY] == ["8 hlm.", "17 hlm.", "21 hlm.", "11 hlm."]
    assert [view.list.level(name) for name in MONTHLY] == ["peringatan", "galat", "peringatan", "catatan"]
    index = view.list.currentIndex()
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Eselon II, 8 halaman, peringatan"


def test_other_forms_are_counted_again_after_an_edit(view: FormsView, session: Session, qtbot: QtBot) -> None:
    wait_for_count(qtbot, view)
    row = Formulir(id="staf", dokumen_id=session.dokumen_id, nama="bulanan-staf", kertas="A3")
    session.edit("kertas staf", [Change(None, row)])
    fewer = len(lay_out(dressed(session, "bulanan-staf").form))
    assert fewer < 11
    qtbot.waitUntil(lambda: view.list.pages_text("bulanan-staf") == f"{fewer} hlm.")
    assert view.list.pages_text(FIRST) == "8 hlm."


def test_counting_goes_on_where_it_was_left(view: FormsView, qtbot: QtBot) -> None:
    view.hide()
    assert not all(view.list.pages_text(name) for name in FORMS)
    wait_for_tasks()
    view.show()
    wait_for_count(qtbot, view)
    assert view.list.pages_text("bulanan-staf") == "11 hlm."


def test_a_form_without_rows_says_so(view: FormsView, session: Session, qtbot: QtBot) -> None:
    new = Dokumen(id="baru", opd_id=session.dokumen.opd_id, urutan=9, judul="Baru", tahun=2023)
    session.edit("tambah dokumen", [Change(None, new)])
    session.show_document("baru")
    qtbot.waitUntil(lambda: all(view.list.pages_text(name) == NO_CONTENT for name in MONTHLY), timeout=20_000)
    assert view.preview.count == 1


def test_the_preview_is_the_very_pdf_that_is_exported(
    view: FormsView, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    form = make_form(session.plan, session.dokumen_id, FIRST, code=session.document.file.revision)
    write_form(form, "pdf", tmp_path / "lain.pdf")
    assert view.preview.pdf == (tmp_path / "lain.pdf").read_bytes()
    assert view.preview.count == len(lay_out(form))
    with qtbot.waitSignal(view.message):
        view.export_to("pdf", tmp_path / "ini.pdf")
    assert (tmp_path / "ini.pdf").read_bytes() == view.preview.pdf


def test_the_row_chosen_with_the_keyboard_is_shown(view: FormsView, qtbot: QtBot) -> None:
    view.list.setFocus()
    qtbot.keyClick(view.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: view.preview.count == 17)
    assert view.name == "bulanan-eselon-iii"
    assert view.bar.title.text() == "Eselon III"
    assert view.preview.page == 1


def test_headings_of_the_list_cannot_be_chosen(view: FormsView, qtbot: QtBot) -> None:
    view.list.setFocus()
    qtbot.keyClick(view.list, Qt.Key.Key_Home)
    qtbot.keyClick(view.list, Qt.Key.Key_Up)
    assert view.name == FIRST


def test_of_several_forms_asked_for_quickly_the_last_is_shown(view: FormsView, qtbot: QtBot) -> None:
    for name in (*MONTHLY, FIRST, "bulanan-staf"):
        view.show_form(name)
    qtbot.waitUntil(lambda: view.preview.count == 11)
    assert "Capaian Kinerja Atas Perjanjian Kinerja Staff" in text_of(view.preview.pdf)


def test_an_edit_changes_the_pages_within_a_second_and_keeps_the_place(
    view: FormsView, session: Session, qtbot: QtBot
) -> None:
    view.preview.set_zoom(125)
    view.preview.go_to(4)
    view.preview.verticalScrollBar().setValue(view.preview.verticalScrollBar().value() + 77)
    value, before = view.preview.verticalScrollBar().value(), view.preview.viewport().grab().toImage()
    line = next(a for a in session.plan.all(Anggaran) if a.nama.upper().startswith("PROGRAM PENGEMBANGAN UMKM"))
    session.edit("ubah nama", set_field(line, "nama", "PROGRAM PASAR MODERN"))
    wait_for_text(qtbot, view, "PROGRAM PASAR MODERN")
    assert (view.preview.verticalScrollBar().value(), view.preview.zoom, view.preview.page) == (value, 125, 4)
    assert view.preview.viewport().grab().toImage() != before


def test_what_is_hidden_is_laid_out_only_when_it_is_shown(view: FormsView, session: Session, qtbot: QtBot) -> None:
    view.hide()
    before = view.preview.pdf
    session.edit("ubah tempat", set_field(session.dokumen, "tempat", "Tejakula"))
    assert not view._rest.isActive()
    assert view.preview.pdf is before
    view.show()
    wait_for_text(qtbot, view, "Tejakula")


def test_other_paper_changes_the_pages_and_is_kept_for_its_form(view: FormsView, qtbot: QtBot) -> None:
    paper = view.settings.page.paper
    assert paper.currentText() == "F4 (215 × 330 mm)"
    paper.setFocus()
    qtbot.keyClick(paper, Qt.Key.Key_Home)
    qtbot.keyClicks(paper, "A4")
    qtbot.waitUntil(lambda: view.preview._pages.sizes[0] == pytest.approx((297, 210), abs=0.1))
    view.show_form("bulanan-staf")
    assert paper.currentData() == "F4"
    view.show_form(FIRST)
    assert paper.currentData() == "A4"


def test_direction_turns_the_sheet(view: FormsView, qtbot: QtBot) -> None:
    direction = view.settings.page.direction
    direction.setFocus()
    qtbot.keyClick(direction, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: view.preview._pages.sizes[0] == pytest.approx((215, 330), abs=0.1))


def test_margins_keep_to_their_bounds(view: FormsView, qtbot: QtBot) -> None:
    left = view.settings.page.margins["left"]
    for typed, kept in (("90", 40), ("1", 5)):
        left.setFocus()
        left.selectAll()
        qtbot.keyClicks(left, typed)
        view.list.setFocus()
        assert left.value() in (kept, 9)
    assert 5 <= dressed(view.session, FIRST).form.page.left <= 40


@pytest.mark.parametrize("paper", ["F4", "F4-210", "A4", "Legal"])
@pytest.mark.parametrize("name", MONTHLY)
def test_the_widest_margins_leave_room_on_every_paper(session: Session, name: str, paper: str) -> None:
    form = make_form(session.plan, session.dokumen_id, name, paper)
    page = replace(form.page, landscape=False, top=40, right=40, bottom=40, left=40)
    assert len(lay_out(form.on(page))) > 0


def test_the_wheel_over_a_field_without_focus_changes_nothing(view: FormsView, qtbot: QtBot) -> None:
    for field in (view.settings.page.paper, view.settings.page.margins["top"]):
        turn_wheel(field, 1)
        turn_wheel(field, -1)
    assert not view.session.plan.all(Formulir)


def test_a_signatory_is_one_undo_step_and_stands_in_the_pdf(view: FormsView, session: Session, qtbot: QtBot) -> None:
    name, before = view.settings.signatory.fields["ttd_nama"], session.document.undo_label
    type_into(qtbot, name, "Drs. Dewa Made Sudiarta, M.Si")
    assert session.document.undo_label == "ubah penanda tangan"
    wait_for_text(qtbot, view, "Drs. Dewa Made Sudiarta, M.Si")
    session.undo()
    assert name.text() == ""
    assert session.document.undo_label == before
    qtbot.waitUntil(lambda: "Sudiarta" not in text_of(view.preview.pdf), timeout=1000)


def test_leaving_a_field_unchanged_is_no_step(view: FormsView, session: Session, qtbot: QtBot) -> None:
    before = session.document.undo_label
    for field in view.settings.signatory.fields.values():
        field.setFocus()
        qtbot.keyClick(field, Qt.Key.Key_Return)
    view.list.setFocus()
    assert session.document.undo_label == before


def test_a_date_is_read_in_many_ways_and_shown_in_one(view: FormsView, session: Session, qtbot: QtBot) -> None:
    date = view.settings.signatory.fields["tanggal"]
    assert date.text() == "12 Oktober 2022"
    type_into(qtbot, date, "5-11-2022")
    assert (date.text(), session.dokumen.tanggal) == ("5 November 2022", "2022-11-05")
    type_into(qtbot, date, "Maret 2022")
    assert (date.text(), session.dokumen.tanggal) == ("Maret 2022", "2022-03")


def test_a_wrong_date_is_said_and_nothing_is_stored(view: FormsView, session: Session, qtbot: QtBot) -> None:
    signatory, before = view.settings.signatory, session.document.undo_label
    date, note = signatory.fields["tanggal"], signatory.notes["tanggal"]
    type_into(qtbot, date, "31 Februari 2022")
    assert note.text() == "Tanggal 31 Februari 2022 tidak ada di kalender. Periksa harinya."
    assert note.isVisible()
    assert (date.text(), session.dokumen.tanggal) == ("31 Februari 2022", "2022-10-12")
    assert session.document.undo_label == before
    type_into(qtbot, signatory.fields["tempat"], "Seririt")
    assert date.text() == "31 Februari 2022"
    type_into(qtbot, date, "28 Februari 2022")
    assert not note.isVisible()
    assert session.dokumen.tanggal == "2022-02-28"


def test_nothing_is_exported_while_the_date_is_wrong(view: FormsView, qtbot: QtBot, tmp_path: Path) -> None:
    view.settings.signatory.fields["tanggal"].setText("kemarin")
    with qtbot.waitSignal(view.failed) as said:
        view.export_to("pdf", tmp_path / "x.pdf")
    assert "bukan tanggal" in said.args[0]
    assert not (tmp_path / "x.pdf").exists()


def test_a_nip_is_grouped_and_remarked_upon(view: FormsView, session: Session, qtbot: QtBot) -> None:
    nip, note = view.settings.signatory.fields["ttd_nip"], view.settings.signatory.notes["ttd_nip"]
    type_into(qtbot, nip, "1974101419931110")
    assert note.text() == "NIP harus 18 angka; yang tertulis 16 angka."
    type_into(qtbot, nip, "197410141993111001")
    assert nip.text() == "19741014 199311 1 001"
    assert not note.isVisible()
    wait_for_text(qtbot, view, "NIP. 19741014 199311 1 001")


def test_the_export_holds_what_is_still_being_typed(
    view: FormsView, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    rank = view.settings.signatory.fields["ttd_pangkat"]
    rank.setFocus()
    qtbot.keyClicks(rank, "Pembina Utama Muda")
    box = view.settings.export
    with qtbot.waitSignal(view.message) as said:
        view.export_to("pdf", tmp_path / "hasil.pdf")
        assert not box.pdf.isEnabled()
        assert not box.print.isEnabled()
    assert said.args[0] == f"Eselon II disimpan ke {tmp_path / 'hasil.pdf'}"
    assert box.pdf.isEnabled()
    assert "Pembina Utama Muda" in text_of(tmp_path / "hasil.pdf")


def test_a_workbook_is_written_too(view: FormsView, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(view.message):
        view.export_to("xlsx", tmp_path / "hasil.xlsx")
    sheet = load_workbook(tmp_path / "hasil.xlsx").active
    assert sheet["A1"].value == "RENCANA AKSI ATAS PERJANJIAN KINERJA"


def test_a_file_that_cannot_be_written_is_said(view: FormsView, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(view.failed) as said:
        view.export_to("pdf", tmp_path / "tidak-ada" / "hasil.pdf")
    assert "tidak ada" in said.args[0]
    assert view.settings.export.pdf.isEnabled()


def test_the_dialog_proposes_a_name_and_remembers_the_folder(view: FormsView, qtbot: QtBot, tmp_path: Path) -> None:
    asked: list[Path] = []

    def accept_in(folder: Path) -> Callable[[QDialog], None]:
        def accept(dialog: QDialog) -> None:
            asked.append(Path(dialog.selectedFiles()[0]))
            dialog.selectFile(str(folder / "laporan"))
            dialog.accept()

        return accept

    other = tmp_path / "lain"
    other.mkdir()
    for kind in ("pdf", "xlsx"):
        in_dialog(accept_in(other))
        with qtbot.waitSignal(view.message):
            qtbot.mouseClick(getattr(view.settings.export, kind), Qt.MouseButton.LeftButton)
        assert (other / f"laporan.{kind}").exists()
    names = [path.name for path in asked]
    assert names[0].startswith("RENAKSI_2022_Bulanan-Eselon-II_")
    assert [path.parent for path in asked] == [tmp_path, other]


def test_a_dialog_that_is_called_off_writes_nothing(view: FormsView, qtbot: QtBot, tmp_path: Path) -> None:
    in_dialog(lambda dialog: dialog.reject())
    view.export("pdf")
    in_dialog(lambda dialog: dialog.reject())
    view.print()
    assert not view.exporter.busy
    assert list(tmp_path.glob("*.pdf")) == []


def test_the_notice_counts_galat_and_goes_when_there_are_none(view: FormsView, session: Session, qtbot: QtBot) -> None:
    notice = view.settings.export.notice
    assert notice.isVisible()
    assert notice.text().startswith("Rencana ini masih memuat 2 galat.")
    with qtbot.waitSignal(view.findings_wanted):
        notice.linkActivated.emit("temuan")
    new = Dokumen(id="baru", opd_id=session.dokumen.opd_id, urutan=9, judul="Baru", tahun=2023)
    session.edit("tambah dokumen", [Change(None, new)])
    session.show_document("baru")
    assert not notice.isVisible()


def test_a_file_without_a_document_says_what_to_do(show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    with Document.create(tmp_path / "kosong.db") as document:
        view = show(Session(document))
        assert "Buat dokumen" in view.preview.message
        assert not view.settings.export.pdf.isEnabled()
        assert not view.settings.signatory.isEnabled()
        qtbot.waitUntil(lambda: {view.list.pages_text(name) for name in FORMS} == {NO_CONTENT})
        with qtbot.waitSignal(view.failed):
            view.export()


def test_another_file_takes_the_place_of_the_first(
    view: FormsView, session: Session, qtbot: QtBot, open_copy: Callable
) -> None:
    view.settings.page.direction.setCurrentIndex(1)
    with open_copy("lombok-tengah-2022") as document:
        other = Session(document)
        view.set_session(other)
        qtbot.waitUntil(lambda: "LOMBOK TENGAH" in text_of(view.preview.pdf))
        assert view.settings.page.direction.currentData() is True
        session.edit("ubah tempat", set_field(session.dokumen, "tempat", "Tejakula"))
        assert not view._rest.isActive()
        wait_for_tasks()
        other._timer.stop()


def test_a_view_that_goes_while_it_is_laid_out_does_no_harm(show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    view = show()
    view.export_to("pdf", tmp_path / "hasil.pdf")
    view.show_form("bulanan-eselon-iv")
    with qtbot.waitSignal(view.destroyed):
        view.deleteLater()
    assert wait_for_tasks()
    QApplication.processEvents()
    assert (tmp_path / "hasil.pdf").exists()


def test_all_fields_have_names(view: FormsView) -> None:
    fields = [*view.settings.findChildren(QLineEdit), view.settings.page.paper, view.bar.page, view.bar.zoom]
    named = [f for f in fields if not f.objectName().startswith("qt_")]
    assert all(field.accessibleName() for field in named)
    assert all(pane.focusPolicy() & Qt.FocusPolicy.TabFocus for pane in view.panes())


def test_no_two_fields_share_a_letter(view: FormsView) -> None:
    labelled = (*view.findChildren(QLabel), *view.findChildren(QAbstractButton))
    texts = [w.text() for w in labelled if "&" in w.text() and "<a" not in w.text()]
    letters = [text[text.index("&") + 1].upper() for text in texts]
    menus = list("BSUPFN")
    assert len(set(letters + menus)) == len(letters + menus)
    assert len(letters) == 17


@pytest.fixture
def pdf_printer(view: FormsView, tmp_path: Path) -> QPrinter:
    printer = printer_for(dressed(view.session, FIRST).form.page, "Eselon II")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "cetak.pdf"))
    return printer


def test_print_gives_every_page_at_its_true_size(
    view: FormsView, qtbot: QtBot, pdf_printer: QPrinter, tmp_path: Path
) -> None:
    with qtbot.waitSignal(view.message, timeout=20_000) as said:
        view.exporter.print_on(dressed(view.session, FIRST).form, pdf_printer)
    assert said.args[0] == "Eselon II dikirim ke pencetak, 8 halaman"
    document = PdfDocument(tmp_path / "cetak.pdf")
    try:
        assert len(document) == 8
        assert document.get_page_size(0) == pytest.approx((330 / 25.4 * 72, 215 / 25.4 * 72), abs=1)
        drawn = document[3].render(scale=1).to_pil().convert("L")
        shown = PdfDocument(view.preview.pdf)
        meant = shown[3].render(scale=1).to_pil().convert("L")
        shown.close()
    finally:
        document.close()
    assert drawn.point(lambda p: 255 * (p < 200)).getbbox() == pytest.approx(
        meant.point(lambda p: 255 * (p < 200)).getbbox(), abs=2
    )


def test_print_keeps_to_the_chosen_pages(view: FormsView, qtbot: QtBot, pdf_printer: QPrinter, tmp_path: Path) -> None:
    pdf_printer.setFromTo(2, 3)
    with qtbot.waitSignal(view.message, timeout=20_000):
        view.exporter.print_on(dressed(view.session, FIRST).form, pdf_printer)
    document = PdfDocument(tmp_path / "cetak.pdf")
    count = len(document)
    document.close()
    assert count == 2


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_fails_is_said(view: FormsView, qtbot: QtBot, pdf_printer: QPrinter, tmp_path: Path) -> None:
    pdf_printer.setOutputFileName(str(tmp_path / "tidak-ada" / "cetak.pdf"))
    with qtbot.waitSignal(view.failed) as said:
        view.exporter.print_on(dressed(view.session, FIRST).form, pdf_printer)
    assert "tidak-ada tidak ada" in said.args[0]
    pdf_printer.setFromTo(1, 1)
    with qtbot.waitSignal(view.failed) as said:
        view.exporter.print_on(dressed(view.session, FIRST).form, pdf_printer)
    assert said.args[0].startswith("Pencetak tidak dapat dipakai.")


def test_printed_into_a_file_a_form_is_the_very_pdf_on_its_own_paper(
    view: FormsView, qtbot: QtBot, pdf_printer: QPrinter, tmp_path: Path
) -> None:
    with qtbot.waitSignal(view.message, timeout=20_000):
        view.exporter.print_on(dressed(view.session, FIRST).form, pdf_printer)
    assert (tmp_path / "cetak.pdf").read_bytes() == view.preview.pdf
