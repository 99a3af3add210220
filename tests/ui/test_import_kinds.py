"""Impor dokumen says of a file that it cannot take what it is for, and how another agency's is brought in."""

import re
from pathlib import Path

import pytest
from answers import press_each
from pytestqt.qtbot import QtBot

from models.rows import Dokumen
from services.samples import sample_path
from ui.choose_plan import documents_folder
from ui.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("pagu.csv", "pagu.csv adalah tabel"),
        ("Pagu 2026.XLSX", "Pagu 2026.XLSX adalah tabel"),
        ("rencana.db", "Buka dengan Berkas, Buka"),
        ("surat.docx", "surat.docx bukan data rencana"),
    ],
)
def test_of_another_kind_of_file_it_is_said_what_is_wanted(
    window: MainWindow, tmp_path: Path, name: str, words: str
) -> None:
    source = tmp_path / name
    source.write_text("kode,nama\n1,a\n")
    said = press_each("Tutup")
    assert not window.files.import_file(source)
    assert words in said[0]
    assert name.endswith(".db") or ".renaksi.json" in said[0]


def test_another_agencys_document_is_refused_with_the_two_ways(window: MainWindow) -> None:
    said = press_each("Tutup")
    assert not window.files.import_file(sample_path("bone-2023"))
    assert re.search(r"milik Dinas .* Bone.*Buleleng.*jendela lain.*Kompilasi rencana", said[0])
    session = window.session
    assert session is not None
    count = len(session.plan.all(Dokumen))
    assert window.files.import_file(sample_path("buleleng-2022"))
    assert len(session.plan.all(Dokumen)) == count + 1


def test_without_a_folder_of_documents_dialogs_begin_at_home(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    if not documents_folder().is_relative_to(tmp_path):
        pytest.skip("this system does not let Documents be elsewhere")
    assert documents_folder() == tmp_path
    (tmp_path / "Documents").mkdir()
    assert documents_folder() == tmp_path / "Documents"
