"""Impor nomenklatur and Tambah dari nomenklatur, by keys, in the program's window."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from plan_window import plan_window
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from models.rows import Anggaran, Indikator
from services.new_plan import NewPlan, create_plan
from services.nomenclature import BOTH, KABKOT, Entry, Source, keep, nomenclature, source
from services.nomenclature_add import list_for
from services.terms import JENIS
from ui.main_window import MainWindow
from ui.nomenclature_dialog import NomenclatureDialog
from ui.nomenclature_import_dialog import NomenclatureImportDialog
from ui.nomenclature_tree import NAMA, NomenclatureModel

LIST = (
    Entry("2.17.03", "PROGRAM PENGAWASAN KOPERASI"),
    Entry("2.17.03.2.01", "Pengawasan Koperasi"),
    Entry("2.17.03.2.01.0001", "Penguatan Tata Kelola", "Jumlah koperasi dikuatkan", "Unit Usaha"),
    Entry("2.17.07", "PROGRAM PEMBERDAYAAN USAHA MIKRO"),
    Entry("2.17.07.2.01", "Pemberdayaan Usaha Mikro"),
    Entry("2.17.07.2.01.0001", "Pendataan Usaha", "Jumlah usaha terdata", "Unit Usaha"),
    Entry("2.17.07.2.01.0002", "Penguatan Kemitraan", "Jumlah kemitraan", "Dokumen"),
    *(Entry(f"2.17.07.2.01.{n:04}", f"Pelatihan ke-{n}", "Jumlah peserta", "Orang") for n in range(10, 48)),
)
Key, State = Qt.Key, Qt.CheckState


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    path = tmp_path / "Dinas Koperasi 2026.db"
    create_plan(path, NewPlan(opd_nama="Dinas Koperasi", tahun=2026, jenis_pemda="kabupaten")).file.close()
    with plan_window(path) as window:
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        yield window


@pytest.fixture
def model() -> NomenclatureModel:
    keep("daftar.csv", 2026, {BOTH: LIST})
    listed = nomenclature("kabupaten")
    assert listed is not None
    return NomenclatureModel(listed, {"2.17.07", "2.17.07.2.01", "2.17.07.2.01.0001"})


def command(window: MainWindow, text: str) -> QAction:
    return next(a for a in window.findChildren(QAction) if a.text().replace("&", "") == text)


def answer(wanted: type[QDialog], keys: Callable[[QDialog], None]) -> list[bool]:
    """Answer the dialog of a kind that is about to open; whether that was done is put into the list."""
    done: list[bool] = []
    timer = QTimer(QApplication.instance(), interval=10)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, wanted) and dialog.isActiveWindow():
            timer.stop()
            timer.deleteLater()
            try:
                keys(dialog)
                done.append(not dialog.isVisible())
            finally:
                dialog.close()

    timer.timeout.connect(look)
    timer.start()
    return done


def press(*keys: Qt.Key) -> None:
    for key in keys:
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key)


def type_(text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)


def state(model: NomenclatureModel, kode: str) -> Qt.CheckState | None:
    return model.index_of(kode).data(Qt.ItemDataRole.CheckStateRole)


def tick(model: NomenclatureModel, kode: str, on: bool = True) -> None:
    model.setData(model.index_of(kode), State.Checked if on else State.Unchecked, Qt.ItemDataRole.CheckStateRole)


def test_forty_sub_kegiatan_in_a_handful_of_keys(window: MainWindow) -> None:
    keep("daftar.csv", 2026, {BOTH: LIST})
    session = window.session
    assert session is not None

    def keys(dialog: QDialog) -> None:
        type_("2.17.07")
        press(Key.Key_Down, Key.Key_Space, Key.Key_Return)

    done = answer(NomenclatureDialog, keys)
    command(window, "Tambah dari nomenklatur...").trigger()
    assert done == [True]
    lines = session.plan.all(Anggaran)
    assert [sum(line.jenis == jenis for line in lines) for jenis in JENIS] == [1, 1, 40]
    assert {(i.uraian, i.satuan) for i in session.plan.all(Indikator)} == {
        ("Jumlah usaha terdata", "Unit Usaha"),
        ("Jumlah kemitraan", "Dokumen"),
        ("Jumlah peserta", "Orang"),
    }
    assert session.document.undo_label == "tambah 42 baris dari nomenklatur"
    assert window.work is not None
    assert window.work.tree.current_row() == lines[0]
    session.undo()
    assert session.plan.all(Anggaran) == ()


def test_a_filter_ticks_only_what_it_shows(window: MainWindow, qtbot: QtBot) -> None:
    keep("daftar.csv", 2026, {BOTH: LIST})
    session = window.session
    assert session is not None
    listed, origin = list_for(session.plan, session.dokumen_id), source()
    assert listed is not None
    assert origin is not None
    dialog = NomenclatureDialog(session, listed, origin, KABKOT, window)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert not dialog.ok.isEnabled()
    dialog.search.setFocus()
    type_("penguatan mitra")
    press(Key.Key_Down)
    for ticked in ({"2.17.07.2.01.0002"}, set(), {"2.17.07.2.01.0002"}):
        press(Key.Key_Space)
        assert dialog.model.ticked() == ticked
    assert dialog.sum.text() == "Ditambahkan: 1 program, 1 kegiatan, 1 sub kegiatan."
    dialog.search.clear()
    dialog.apply_filter()
    assert state(dialog.model, "2.17.07") == State.PartiallyChecked
    assert dialog.ok.isEnabled()
    dialog.search.setText("tidak ada yang begini")
    dialog.apply_filter()
    assert dialog.about.text().startswith("Tidak ada yang cocok.")
    assert "daftar.csv" in dialog.origin.text()
    dialog.reject()
    dialog.deleteLater()


def test_what_the_plan_has_cannot_be_ticked_and_says_so(model: NomenclatureModel) -> None:
    there = model.index_of("2.17.07.2.01.0001")
    assert not there.flags() & Qt.ItemFlag.ItemIsUserCheckable
    assert there.siblingAtColumn(NAMA).data() == "Pendataan Usaha (sudah ada)"
    tick(model, "2.17.07")
    assert len(model.ticked()) == 39
    assert "2.17.07.2.01.0001" not in model.ticked()
    assert state(model, "2.17.07") == State.Checked
    assert state(model, "2.17.03") == State.Unchecked


def test_a_box_above_stands_for_what_is_shown_under_it(model: NomenclatureModel) -> None:
    model.set_filter("penguatan")
    tick(model, "2.17.07")
    assert model.ticked() == {"2.17.07.2.01.0002"}
    assert state(model, "2.17.07") == State.Checked
    model.set_filter("")
    assert state(model, "2.17.07") == State.PartiallyChecked
    tick(model, "2.17.07")
    tick(model, "2.17.07", on=False)
    assert model.ticked() == set()


def test_the_model_keeps_to_the_rules_of_qt(model: NomenclatureModel) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    tick(model, "2.17.07")
    model.set_filter("penguatan")
    model.set_level("program")
    model.set_filter("")
    assert tester.model() is model


def test_down_to_kegiatan_only(model: NomenclatureModel) -> None:
    tick(model, "2.17.03.2.01.0001")
    model.set_level("kegiatan")
    assert model.ticked() == set()
    assert model.rowCount(model.index_of("2.17.03.2.01")) == 0
    tick(model, "2.17.03")
    assert model.ticked() == {"2.17.03.2.01"}
    assert model.shown() == 2


@pytest.mark.parametrize(
    ("text", "programs", "leaves"),
    [("", 2, 41), ("koperasi", 1, 1), ("2.17.07", 1, 40), ("kemitraan", 1, 1), ("q", 0, 0)],
)
def test_a_filter_shows_what_stands_above_and_below(
    model: NomenclatureModel, text: str, programs: int, leaves: int
) -> None:
    model.set_filter(text)
    assert (model.rowCount(), model.shown()) == (programs, leaves)


def test_a_table_is_read_shown_and_kept(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    table = tmp_path / "nomenklatur 2026.csv"
    table.write_text("KODE;NAMA\n2.17.03;PROGRAM PENGAWASAN KOPERASI\n2.17.0x;SALAH\n", encoding="utf-8")
    dialog = NomenclatureImportDialog(window)
    dialog.show()
    assert dialog.kept.text() == "Komputer ini belum mempunyai nomenklatur."
    assert not dialog.use.isEnabled()
    dialog.read(table)
    qtbot.waitUntil(dialog.use.isEnabled)
    assert dialog.note.text().startswith("Terbaca dari nomenklatur 2026.csv: 1 program, 0 kegiatan, 0 sub kegiatan.")
    assert dialog.said.toPlainText().startswith("Baris 3: “2.17.0x” bukan kode")
    assert source() is None
    dialog.use.click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    kept = source()
    assert isinstance(kept, Source)
    assert (kept.berkas, kept.tahun) == ("nomenklatur 2026.csv", 2026)
    dialog.deleteLater()
    again = NomenclatureImportDialog(window)
    assert again.kept.text().startswith("Di komputer ini: nomenklatur 2026 dari nomenklatur 2026.csv, diimpor ")
    again.deleteLater()


def test_a_file_that_is_no_table_is_refused_with_a_sentence(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    table = tmp_path / "surat.csv"
    table.write_text("Yth. Kepala Dinas", encoding="utf-8")
    dialog = NomenclatureImportDialog(window)
    dialog.show()
    dialog.read(table)
    qtbot.waitUntil(lambda: dialog.note.level == "galat")
    assert dialog.note.text().startswith("Judul kolom tidak ditemukan di surat.csv.")
    assert not dialog.use.isEnabled()
    assert dialog.choose.isEnabled()
    dialog.reject()
    dialog.deleteLater()


def test_without_a_list_it_is_imported_first(window: MainWindow) -> None:
    done = answer(NomenclatureImportDialog, lambda dialog: press(Key.Key_Escape))
    command(window, "Tambah dari nomenklatur...").trigger()
    assert done == [True]
