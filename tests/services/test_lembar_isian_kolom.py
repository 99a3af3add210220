"""A sheet that was worked on in Excel: columns moved, put in and taken out, rows sorted, cells of other formats."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from models.errors import PlanError
from models.plan import Plan
from models.rows import Anggaran, DeretAnggaran, DeretIndikator, Dokumen, Indikator, Kinerja, Opd
from services.lembar_isian import write_sheet
from services.lembar_isian_baca import Preview, read_sheet
from services.lembar_isian_baris import FIRST, KEYS, SHEET
from services.periods import Sampai

TW2 = Sampai(6, True)
HEAD = FIRST - 1
APRIL, MEI, JUNI, KENDALA = "FGHI"


@pytest.fixture
def plan() -> Plan:
    goals = [
        Indikator(
            id=name, dokumen_id="d", urutan=at, kinerja_id="k", uraian=f"Indikator {name}", satuan=satuan, target=target
        )
        for at, (name, satuan, target) in enumerate(
            [("persen", "Persen", "80"), ("tanda", "%", "80,50%"), ("orang", "orang", "100")]
        )
    ]
    return Plan(
        [
            Opd(id="o", urutan=1, nama="Dinas Koperasi"),
            Dokumen(id="d", opd_id="o", urutan=1, judul="R", tahun=2024),
            Kinerja(id="k", dokumen_id="d", urutan=1, tingkat="sasaran_program"),
            *goals,
            Anggaran(id="a", dokumen_id="d", urutan=1, jenis="program", nama="Baris", kode="2.17", pagu=100),
            DeretAnggaran(
                id="s", dokumen_id="d", anggaran_id="a", jenis="kas", periode="bulan", kumulatif=0, nilai=(10,) * 12
            ),
            DeretIndikator(
                id="t", dokumen_id="d", indikator_id="orang", jenis="target", periode="bulan", nilai=("9",) * 12
            ),
        ]
    )


@pytest.fixture
def path(plan: Plan, tmp_path: Path) -> Path:
    """Rows 7 to 10: persen, tanda, orang, the budget line; April to June in F to H."""
    path = tmp_path / "isian.xlsx"
    assert write_sheet(plan, "d", TW2, path) == 4
    return path


class Excel:
    """The sheet in the hands of an officer."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.book = openpyxl.load_workbook(path)
        self.sheet: Worksheet = self.book[SHEET]

    def save(self) -> None:
        self.book.save(self._path)


def told(preview: Preview) -> list[tuple[str, str, str]]:
    return [(one.row_id, one.kolom, one.baru) for one in preview.usulan]


def sentences(preview: Preview) -> list[str]:
    return [one.kalimat for one in preview.tak_terbaca]


def test_a_column_put_in_shifts_no_month(plan: Plan, path: Path) -> None:
    excel = Excel(path)
    excel.sheet["F9"], excel.sheet["H9"] = "4", "6"
    excel.sheet.insert_cols(7)
    excel.save()
    preview = read_sheet(path, plan)
    assert told(preview) == [("orang", "April", "4"), ("orang", "Juni", "6")]
    assert sentences(preview) == []


def test_what_stands_in_a_column_of_theirs_is_said(plan: Plan, path: Path) -> None:
    excel = Excel(path)
    excel.sheet.insert_cols(2)
    excel.sheet["B6"], excel.sheet["B9"], excel.sheet["G9"] = "Petugas", "Sri", "4"
    excel.save()
    preview = read_sheet(path, plan)
    assert told(preview) == [("orang", "April", "4")]
    assert sentences(preview) == ["Kolom B tidak berjudul kolom lembar isian, jadi tidak dibaca."]


def test_columns_that_changed_places_are_read_by_their_headings(plan: Plan, path: Path) -> None:
    excel = Excel(path)
    excel.sheet["F9"], excel.sheet["H9"] = "4", "6"
    for row in range(HEAD, HEAD + 5):
        left, right = excel.sheet[f"F{row}"], excel.sheet[f"H{row}"]
        left.value, right.value = right.value, left.value
    excel.save()
    assert sorted(told(read_sheet(path, plan))) == [("orang", "April", "4"), ("orang", "Juni", "6")]


def test_a_column_that_is_gone_is_said_and_empties_nothing(plan: Plan, path: Path) -> None:
    excel = Excel(path)
    excel.sheet["H9"] = "6"
    excel.sheet.delete_cols(7)
    excel.save()
    preview = read_sheet(path, plan)
    assert told(preview) == [("orang", "Juni", "6")]
    assert sentences(preview) == ['Kolom "Mei" tidak ada lagi di lembar ini, jadi tidak dibaca.']


def test_lines_above_the_headings_are_no_rows(plan: Plan, path: Path) -> None:
    excel = Excel(path)
    excel.sheet["F9"] = "4"
    excel.sheet.insert_rows(1, 3)
    excel.save()
    preview = read_sheet(path, plan)
    assert told(preview) == [("orang", "April", "4")]
    assert [one.nomor for one in preview.usulan] == [12]
    assert sentences(preview) == []


def test_a_heading_that_is_there_twice_is_refused(plan: Plan, path: Path) -> None:
    excel = Excel(path)
    excel.sheet["I6"] = "Mei"
    excel.save()
    with pytest.raises(PlanError, match='Judul kolom "Mei" ada dua kali, di kolom G dan I'):
        read_sheet(path, plan)


def test_rows_sorted_without_their_codes_are_refused_and_renamed_ones_are_read(plan: Plan, path: Path) -> None:
    excel = Excel(path)
    for row, value in ((7, "7"), (8, "8"), (9, "9")):
        excel.sheet[f"F{row}"] = value
    excel.sheet["B7"], excel.sheet["B8"] = excel.sheet["B8"].value, excel.sheet["B7"].value
    excel.sheet["B9"] = "Indikator yang kami namai lain"
    excel.save()
    preview = read_sheet(path, plan)
    assert told(preview) == [("orang", "April", "9")]
    assert [one.nomor for one in preview.tak_terbaca] == [7, 8]
    assert "kodenya r0001, tetapi uraiannya milik r0002" in sentences(preview)[0].lower()


def test_a_percentage_of_excel_is_read_as_it_is_shown(plan: Plan, path: Path) -> None:
    excel = Excel(path)
    for row, form in ((7, "0%"), (8, "0.00%"), (9, "0%")):
        excel.sheet[f"F{row}"], excel.sheet[f"F{row}"].number_format = 0.12, form
    excel.sheet["G7"], excel.sheet["G7"].number_format = 1 / 3, "0%"
    excel.sheet["H7"], excel.sheet["H7"].number_format = 12, '0" %"'
    excel.save()
    found = {(one.row_id, one.kolom): one for one in read_sheet(path, plan).usulan}
    assert {place: one.baru for place, one in found.items()} == {
        ("persen", "April"): "12",
        ("persen", "Mei"): "33,33",
        ("persen", "Juni"): "12",
        ("tanda", "April"): "12,00%",
        ("orang", "April"): "12%",
    }
    assert {place: one.persen for place, one in found.items()} == {
        ("persen", "April"): "12%",
        ("persen", "Mei"): "33,33%",
        ("persen", "Juni"): "",
        ("tanda", "April"): "12%",
        ("orang", "April"): "12%",
    }
    assert [place for place, one in found.items() if one.ragu] == [("orang", "April")]


def test_amounts_in_words_are_taken_as_in_the_grid(plan: Plan, path: Path) -> None:
    excel = Excel(path)
    excel.sheet["F9"], excel.sheet["F10"], excel.sheet["G10"] = "2 ribu", "1,5 juta", "1,5 jt lebih"
    excel.save()
    preview = read_sheet(path, plan)
    assert told(preview) == [("orang", "April", "2000"), ("a", "April", "1500000")]
    assert len(preview.tak_terbaca) == 1
    assert "1,5 jt lebih" in preview.tak_terbaca[0].kalimat


def test_a_formula_that_nobody_worked_out_is_said(plan: Plan, path: Path) -> None:
    excel = Excel(path)
    excel.sheet["F9"].number_format = "General"
    excel.sheet["F9"], excel.sheet["G9"] = "=2+3", "5"
    excel.save()
    preview = read_sheet(path, plan)
    assert told(preview) == [("orang", "Mei", "5")]
    (unread,) = preview.tak_terbaca
    assert unread.nomor == 9
    assert "April" in unread.kalimat
    assert "rumus yang belum dihitung" in unread.kalimat


def test_a_sheet_of_another_name_is_found(plan: Plan, path: Path) -> None:
    excel = Excel(path)
    excel.sheet["F9"] = "4"
    excel.sheet.title = "TW II Bidang UKM"
    excel.book[KEYS].title = "Sheet2"
    excel.save()
    assert told(read_sheet(path, plan)) == [("orang", "April", "4")]


def test_what_is_missing_is_named(plan: Plan, path: Path) -> None:
    excel = Excel(path)
    excel.sheet.title = "Asli"
    excel.book.copy_worksheet(excel.sheet).title = "Salinan"
    excel.save()
    with pytest.raises(PlanError, match="beberapa lembar yang berbentuk lembar isian: Asli, Salinan"):
        read_sheet(path, plan)
    excel.book.remove(excel.book["Asli"])
    excel.book.remove(excel.book["Salinan"])
    excel.book.create_sheet("Kosong")
    excel.save()
    with pytest.raises(PlanError, match='Lembar "Isian" tidak ada'):
        read_sheet(path, plan)
    book = openpyxl.Workbook()
    book.save(path)
    with pytest.raises(PlanError, match="bukan lembar isian"):
        read_sheet(path, plan)
