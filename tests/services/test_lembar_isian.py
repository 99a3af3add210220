"""The sheet to fill in: what a Bidang is asked for, what is locked, and how it comes back with what cannot be read."""

import random
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import (
    Anggaran,
    DeretAnggaran,
    DeretIndikator,
    DeretRasio,
    Dokumen,
    Indikator,
    Jabatan,
    Kinerja,
    Opd,
)
from services.document import Document
from services.edits import remove
from services.lembar_isian import without_bidang, write_sheet, write_sheets
from services.lembar_isian_baca import read_sheet
from services.lembar_isian_baris import FIRST, KEYS, SHEET, bidang_of, fill_in_rows
from services.lembar_isian_usulan import LABEL, changes_of
from services.periods import Sampai, read_sampai
from services.realisasi import note_of, results, set_note, set_results, set_spending, spending
from services.realisasi_tutup import close_period
from services.samples import create_from, sample_path, sample_plan

TW2 = Sampai(6, True)
VALUE = 6
"""The column of the first month."""


def indikator(row_id, kinerja_id, urutan=1, **values):
    return Indikator(
        id=row_id, dokumen_id="d", urutan=urutan, kinerja_id=kinerja_id, uraian=f"Indikator {row_id}", **values
    )


def line(row_id, jenis, induk_id=None, pj=None, pagu=1000):
    return Anggaran(
        id=row_id,
        dokumen_id="d",
        urutan=1,
        jenis=jenis,
        nama=f"Baris {row_id}",
        kode=f"2.17.{row_id}",
        pagu=pagu,
        induk_id=induk_id,
        penanggung_jawab_id=pj,
    )


def series(of, cls=DeretIndikator, jenis="target", periode="bulan", **more):
    field = "anggaran_id" if cls is DeretAnggaran else "indikator_id"
    values = {"id": f"{jenis}-{of}", "dokumen_id": "d", field: of, "jenis": jenis, "periode": periode} | more
    return cls(**values)


@pytest.fixture
def plan():
    return Plan(
        [
            Opd(id="o", urutan=1, nama="Dinas Koperasi"),
            Dokumen(id="d", opd_id="o", urutan=1, judul="R", tahun=2024),
            Jabatan(id="ukm", dokumen_id="d", urutan=1, nama="Kepala Bidang UKM", unit="BIDANG UKM"),
            Jabatan(id="seksi", dokumen_id="d", urutan=2, nama="Kepala Seksi", atasan_id="ukm"),
            Jabatan(id="lain", dokumen_id="d", urutan=3, nama="Kepala Bidang Lain"),
            Kinerja(id="k", dokumen_id="d", urutan=1, tingkat="sasaran_program", penanggung_jawab_id="ukm"),
            Kinerja(id="l", dokumen_id="d", urutan=2, tingkat="sasaran_kegiatan", induk_id="k"),
            Kinerja(id="m", dokumen_id="d", urutan=3, tingkat="sasaran_program", penanggung_jawab_id="lain"),
            indikator("bulanan", "k", target="100", satuan="orang", akumulasi="kumulatif"),
            indikator("triwulanan", "l", target="BB", akumulasi="predikat"),
            indikator("rasio", "l", 2, target="50%", pembilang="Koperasi aktif", penyebut="Semua koperasi"),
            indikator("asing", "m", target="5"),
            series("triwulanan", periode="triwulan", nilai=(*(None,) * 11, "BB")),
            line("01", "program", pj="ukm"),
            line("02", "kegiatan", "01"),
            line("03", "sub_kegiatan", "02", "seksi"),
            line("04", "sub_kegiatan", "02", "lain"),
            series("03", DeretAnggaran, "kas", kumulatif=0, nilai=(10,) * 12),
        ]
    )


def ukm(plan):
    return [plan.get(Jabatan, "ukm")]


def written(plan, folder, sampai=TW2, jabatan=None, untuk=""):
    path = folder / "isian.xlsx"
    count = write_sheet(plan, "d", sampai, path, ukm(plan) if jabatan is None else jabatan, untuk=untuk)
    return path, count


def filled(path, cells, sheet=SHEET):
    """The workbook with these cells typed into, as (code or row number, column) -> value."""
    book = openpyxl.load_workbook(path)
    rows = {row[0].value: row[0].row for row in book[SHEET].iter_rows(min_row=FIRST)}
    for (code, column), value in cells.items():
        book[sheet].cell(rows.get(code, code), column).value = value
    book.save(path)
    return path


def told(preview):
    return [(p.kode, p.kolom, p.lama, p.baru) for p in preview.usulan]


def test_a_bidang_is_asked_for_what_its_positions_answer_for(plan):
    rows = fill_in_rows(plan, "d", TW2, ukm(plan))
    assert [(row.kode, row.kind, row.row.id) for row in rows] == [
        ("R0001", "hasil", "bulanan"),
        ("R0002", "hasil", "triwulanan"),
        ("R0003", "hasil", "rasio"),
        ("R0004", "pembilang", "rasio"),
        ("R0005", "penyebut", "rasio"),
        ("R0006", "uang", "03"),
    ]
    assert [sorted(row.nilai) for row in rows] == [[3, 4, 5], [5], [3, 4, 5], [3, 4, 5], [3, 4, 5], [3, 4, 5]]
    assert [row.catatan is not None for row in rows] == [True, True, True, False, False, True]
    assert rows[1].pilihan == ("D", "C", "CC", "B", "BB", "A", "AA")
    assert (rows[5].kumulatif, rows[5].cara, rows[5].target) == (False, "rupiah, periode itu saja", "60")
    everybody = fill_in_rows(plan, "d", TW2)
    assert {row.row.id for row in everybody} == {"bulanan", "triwulanan", "rasio", "asing", "03", "04"}


def test_money_that_stands_on_a_line_above_is_asked_for_there(plan):
    plan.apply(set_spending(plan, plan.get(Anggaran, "01"), {0: 5}, kumulatif=True))
    assert "01" in {row.row.id for row in fill_in_rows(plan, "d", TW2, ukm(plan))}


def test_all_is_locked_but_the_cells_to_fill_in(plan, tmp_path):
    path, count = written(plan, tmp_path, untuk="BIDANG UKM")
    book = openpyxl.load_workbook(path)
    sheet, keys = book[SHEET], book[KEYS]
    assert (count, keys.sheet_state, sheet.protection.sheet) == (6, "veryHidden", True)
    assert [sheet.cell(n, 1).value for n in (1, 3)] == ["LEMBAR ISIAN REALISASI", "BIDANG UKM, TW II 2024"]
    unlocked = {c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked}
    notes = {f"{column}{row}" for row in (7, 8, 9, 12) for column in "IJKLM"}
    months = {f"{column}{row}" for row in (7, 9, 10, 11, 12) for column in "FGH"} | {"H8"}
    assert unlocked == notes | months
    kinds = {v.type: sorted(str(v.sqref).split()) for v in sheet.data_validations.dataValidation}
    assert set(kinds) == {"whole", "list", "textLength"}
    assert (kinds["whole"], kinds["list"]) == (["F12", "G12", "H12"], ["H8"])
    assert sheet["H8"].number_format == "@"
    assert sheet["F12"].number_format == "#,##0"


def test_a_text_that_begins_like_a_formula_stays_a_text(plan, tmp_path):
    old = plan.get(Indikator, "bulanan")
    plan.apply([Change(old, replace(old, uraian='=cmd|"/c calc"!A1', satuan="+orang", target="@100"))])
    path, _ = written(plan, tmp_path)
    sheet = openpyxl.load_workbook(path)[SHEET]
    assert [(sheet.cell(FIRST, n).data_type, sheet.cell(FIRST, n).value) for n in (2, 3)] == [
        ("s", '=cmd|"/c calc"!A1'),
        ("s", "+orang"),
    ]


def test_an_untouched_sheet_proposes_nothing(plan, tmp_path):
    plan.apply(set_results(plan, plan.get(Indikator, "bulanan"), {3: "10", 5: "-"}))
    plan.apply(set_spending(plan, plan.get(Anggaran, "03"), {4: 1_500_000}, kumulatif=False))
    plan.apply(set_note(plan, plan.get(Indikator, "rasio"), 6, {"kendala": "Hujan\nderas"}))
    path, _ = written(plan, tmp_path)
    preview = read_sheet(path, plan)
    assert (preview.usulan, preview.tak_terbaca) == ((), ())
    assert (preview.dokumen_id, preview.sampai) == ("d", TW2)
    assert preview.tetap == 4


def test_what_was_filled_in_comes_back_as_one_edit(plan, tmp_path):
    path, _ = written(plan, tmp_path)
    filled(
        path,
        {
            ("R0001", VALUE): "10",
            ("R0001", VALUE + 2): 17.3,
            ("R0002", VALUE + 2): "BB",
            ("R0003", VALUE + 3): "Hujan",
            ("R0004", VALUE): 12,
            ("R0005", VALUE): "40",
            ("R0006", VALUE): 1500000,
            ("R0006", VALUE + 1): "Rp 2.500.000,-",
            ("R0006", VALUE + 2): 0,
        },
    )
    preview = read_sheet(path, plan)
    assert preview.tak_terbaca == ()
    assert told(preview) == [
        ("R0001", "April", "", "10"),
        ("R0001", "Juni", "", "17,3"),
        ("R0002", "Juni", "", "BB"),
        ("R0003", "Kendala", "", "Hujan"),
        ("R0004", "April", "", "12"),
        ("R0005", "April", "", "40"),
        ("R0006", "April", "", "1500000"),
        ("R0006", "Mei", "", "2500000"),
        ("R0006", "Juni", "", "0"),
    ]
    assert not any(p.bentrok or p.kosong for p in preview.usulan)
    plan.apply(changes_of(plan, preview.usulan))
    assert results(plan, plan.get(Indikator, "bulanan")).nilai[3:6] == ("10", None, "17,3")
    assert results(plan, plan.get(Indikator, "triwulanan")).periode == "triwulan"
    spent = spending(plan, plan.get(Anggaran, "03"))
    assert (spent.nilai[3:6], spent.kumulatif) == ((1_500_000, 2_500_000, 0), 0)
    assert note_of(plan, plan.get(Indikator, "rasio"), 6).kendala == "Hujan"
    assert {row.jenis: row.nilai[3] for row in plan.all(DeretRasio)} == {"pembilang": "12", "penyebut": "40"}
    assert read_sheet(path, plan).usulan == ()
    assert read_sheet(path, plan).tetap == 9


def test_only_what_is_accepted_is_changed(plan, tmp_path):
    path, _ = written(plan, tmp_path)
    filled(path, {("R0001", VALUE): "10", ("R0001", VALUE + 1): "20"})
    first, _ = read_sheet(path, plan).usulan
    plan.apply(changes_of(plan, [first]))
    assert results(plan, plan.get(Indikator, "bulanan")).nilai[3:6] == ("10", None, None)


def test_what_was_entered_meanwhile_is_not_taken_back(plan, tmp_path):
    row = plan.get(Indikator, "bulanan")
    plan.apply(set_results(plan, row, {3: "10"}))
    path, _ = written(plan, tmp_path)
    plan.apply(set_results(plan, row, {3: "11", 4: "20", 5: "30"}))
    filled(path, {("R0001", VALUE + 1): "20", ("R0001", VALUE + 2): "31"})
    preview = read_sheet(path, plan)
    assert [(p.kolom, p.lama, p.baru, p.bentrok) for p in preview.usulan] == [("Juni", "30", "31", True)]


def test_an_emptied_cell_is_proposed_as_such(plan, tmp_path):
    plan.apply(set_results(plan, plan.get(Indikator, "bulanan"), {3: "10"}))
    path, _ = written(plan, tmp_path)
    filled(path, {("R0001", VALUE): None})
    (proposal,) = read_sheet(path, plan).usulan
    assert (proposal.kosong, proposal.lama, proposal.baru) == (True, "10", "")
    plan.apply(changes_of(plan, [proposal]))
    assert results(plan, plan.get(Indikator, "bulanan")) is None


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        (("R0006", VALUE), "banyak", "April:"),
        (("R0006", VALUE), -5, "negatif"),
        (("R0006", VALUE), 10.5, "April:"),
        (("R0006", VALUE), 10**16, "April:"),
        (("R0006", VALUE), "#DIV/0!", "galat dari rumus"),
        (("R0001", VALUE), "#REF!", "galat dari rumus"),
        (("R0001", VALUE + 3), "x" * 4001, "terlalu panjang"),
        (("R0002", VALUE), "BB", "per triwulan"),
        ((FIRST + 7, 1), "R0099", 'Kode "R0099" tidak dikenal'),
        ((FIRST + 7, 2), "tanpa kode", 'Kode "" tidak dikenal'),
        ((FIRST + 7, 1), "R0001", "sudah ada di atasnya"),
    ],
)
def test_what_cannot_be_read_is_said_by_line_and_the_rest_is_read(plan, tmp_path, cell, value, words):
    path, _ = written(plan, tmp_path)
    filled(path, {("R0001", VALUE + 1): "20", cell: value})
    preview = read_sheet(path, plan)
    assert ("R0001", "Mei", "", "20") in told(preview)
    assert len(preview.usulan) == 1
    (unread,) = preview.tak_terbaca
    assert words in unread.kalimat
    assert unread.nomor == (cell[0] if isinstance(cell[0], int) else FIRST + int(cell[0][1:]) - 1)
    assert "\n" not in unread.kalimat


def test_rows_may_be_sorted_and_missing_ones_are_named(plan, tmp_path):
    path, _ = written(plan, tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    sheet.cell(FIRST, VALUE).value = "10"
    sheet.move_range(f"A{FIRST}:M{FIRST}", rows=20)
    sheet.delete_rows(FIRST + 5)
    book.save(path)
    preview = read_sheet(path, plan)
    assert told(preview) == [("R0001", "April", "", "10")]
    assert [(u.nomor, u.kalimat) for u in preview.tak_terbaca] == [(0, "1 baris tidak ada lagi di lembar ini: R0006.")]


def test_a_row_that_was_deleted_from_the_plan_is_said(plan, tmp_path):
    path, _ = written(plan, tmp_path)
    filled(path, {("R0001", VALUE): "10", ("R0003", VALUE): "7"})
    preview = read_sheet(path, plan)
    plan.apply(remove(plan, plan.get(Indikator, "bulanan")))
    again = read_sheet(path, plan)
    assert [u.kalimat for u in again.tak_terbaca] == ["Barisnya sudah dihapus dari rencana."]
    assert told(again) == [("R0003", "April", "", "7")]
    with pytest.raises(PlanError, match="sudah dihapus"):
        changes_of(plan, preview.usulan)


def test_a_period_that_was_closed_since_is_said(plan, tmp_path):
    path, _ = written(plan, tmp_path)
    filled(path, {("R0001", VALUE): "10", ("R0001", VALUE + 2): "20", ("R0003", VALUE): "7"})
    preview = read_sheet(path, plan)
    plan.apply(close_period(plan, "d", 4))
    again = read_sheet(path, plan)
    assert told(again) == [("R0001", "Juni", "", "20")]
    assert [u.nomor for u in again.tak_terbaca] == [FIRST, FIRST + 2]
    assert all(u.kalimat.startswith("April: Realisasi April sudah ditutup") for u in again.tak_terbaca)
    with pytest.raises(PlanError, match="sudah ditutup"):
        changes_of(plan, preview.usulan)


def test_closed_months_are_locked_and_a_closed_period_has_no_sheet(plan, tmp_path):
    plan.apply(close_period(plan, "d", 5))
    path, _ = written(plan, tmp_path)
    sheet = openpyxl.load_workbook(path)[SHEET]
    assert [sheet.cell(FIRST, VALUE + n).protection.locked for n in range(3)] == [True, True, False]
    plan.apply(close_period(plan, "d", 6))
    with pytest.raises(PlanError, match="sudah ditutup"):
        written(plan, tmp_path)


def test_each_row_stands_on_the_sheet_of_one_bidang(plan, tmp_path):
    assert {name: [row.id for row in rows] for name, rows in bidang_of(plan, "d").items()} == {
        "BIDANG UKM": ["ukm", "seksi"],
        "Kepala Bidang Lain": ["lain"],
    }
    written_sheets = write_sheets(plan, "d", TW2, tmp_path)
    assert [(one.untuk, one.path.name, one.rows) for one in written_sheets] == [
        ("BIDANG UKM", "isian-TW-II-BIDANG-UKM.xlsx", 6),
        ("Kepala Bidang Lain", "isian-TW-II-Kepala-Bidang-Lain.xlsx", 2),
    ]
    assert without_bidang(plan, "d", TW2) == ()
    assert read_sheet(written_sheets[1].path, plan).untuk == "Kepala Bidang Lain"
    free = replace(plan.get(Kinerja, "m"), penanggung_jawab_id=None)
    plan.apply([Change(plan.get(Kinerja, "m"), free)])
    assert [one.row.id for one in without_bidang(plan, "d", TW2)] == ["asing"]


@pytest.mark.parametrize("name", ["buleleng-2022", "lombok-tengah-2022", "bekasi-2024"])
def test_the_sheets_of_a_real_plan_hold_each_row_once(name, tmp_path):
    plan, dokumen_id = sample_plan(name)
    made = write_sheets(plan, dokumen_id, read_sampai("TW1"), tmp_path)
    everything = fill_in_rows(plan, dokumen_id, read_sampai("TW1"))
    assert sum(one.rows for one in made) + len(without_bidang(plan, dokumen_id, read_sampai("TW1"))) == len(everything)
    assert len({one.path for one in made}) == len(made) == len(list(tmp_path.iterdir()))


def test_two_units_of_one_name_on_disk_are_two_files(plan, tmp_path):
    for row_id, unit in (("ukm", "Bidang A/B"), ("lain", "Bidang A:B")):
        old = plan.get(Jabatan, row_id)
        plan.apply([Change(old, replace(old, unit=unit))])
    names = [one.path.name for one in write_sheets(plan, "d", TW2, tmp_path)]
    assert names == ["isian-TW-II-Bidang-A-B.xlsx", "isian-TW-II-Bidang-A-B-2.xlsx"]


def test_a_plan_in_which_nobody_answers_has_no_sheets(tmp_path):
    plan, dokumen_id = sample_plan("bone-2023")
    for row in (*plan.all(Kinerja), *plan.all(Anggaran)):
        plan.apply([Change(row, replace(row, penanggung_jawab_id=None))])
    with pytest.raises(PlanError, match="penanggung jawab"):
        write_sheets(plan, dokumen_id, TW2, tmp_path)


def test_a_bidang_that_answers_for_nothing_has_no_sheet(plan, tmp_path):
    stranger = Jabatan(id="x", dokumen_id="d", urutan=9, nama="Staf")
    with pytest.raises(PlanError, match="tanggung jawab"):
        written(plan, tmp_path, jabatan=[stranger])
    with pytest.raises(PlanError, match="tidak-ada tidak ada"):
        write_sheet(plan, "d", TW2, tmp_path / "tidak-ada" / "isian.xlsx")


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({(1, 1): "lain"}, "lembar kuncinya sudah dihapus"),
        ({(1, 2): 2}, "versi program yang lebih baru"),
        ({(1, 3): "x"}, "milik rencana lain"),
        ({(1, 5): "enam"}, "rusak"),
        ({(1, 5): 13}, "milik rencana lain"),
        ({(1, 6): "1", (1, 5): 5}, "milik rencana lain"),
    ],
)
def test_a_sheet_of_something_else_is_refused(plan, tmp_path, cells, words):
    path, _ = written(plan, tmp_path)
    filled(path, cells, KEYS)
    with pytest.raises(PlanError, match=words):
        read_sheet(path, plan)


@pytest.mark.parametrize(("column", "value"), [(2, "kas"), (2, "uang"), (3, "x"), (3, "03")])
def test_a_key_that_was_tampered_with_is_a_row_that_cannot_be_read(plan, tmp_path, column, value):
    path, _ = written(plan, tmp_path)
    filled(path, {("R0001", VALUE): "10", ("R0003", VALUE): "7"})
    filled(path, {(FIRST, column): value}, KEYS)
    preview = read_sheet(path, plan)
    assert told(preview) == [("R0003", "April", "", "7")]
    assert [unread.nomor for unread in preview.tak_terbaca] == [FIRST]


def test_a_workbook_that_is_no_sheet_of_ours_is_refused(plan, tmp_path):
    path, _ = written(plan, tmp_path)
    book = openpyxl.load_workbook(path)
    del book[KEYS]
    book.save(path)
    with pytest.raises(PlanError, match="lembar kuncinya sudah dihapus"):
        read_sheet(path, plan)
    path.write_bytes(b"bukan buku kerja")
    with pytest.raises(PlanError, match="tidak dapat dibaca"):
        read_sheet(path, plan)


def test_a_mutated_workbook_ends_in_a_preview_or_a_sentence(plan, tmp_path):
    path, _ = written(plan, tmp_path)
    whole, pick = path.read_bytes(), random.Random(7)
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(pick.randrange(1, 6)):
            data[pick.randrange(len(data))] = pick.randrange(256)
        path.write_bytes(bytes(data[: pick.choice((len(data), len(data) // 2))]))
        sentence = refusal(plan, path)
        assert sentence is None or "\n" not in sentence


def refusal(plan, path):
    """The sentence with which a sheet is refused; None where it is read and taken."""
    try:
        changes_of(plan, read_sheet(path, plan).usulan)
    except PlanError as error:
        return str(error)
    return None


def test_a_sheet_of_a_real_plan_goes_out_and_comes_back_into_the_file(tmp_path):
    with create_from(sample_path("buleleng-2022"), tmp_path / "rencana.db") as document:
        plan, dokumen_id = document.plan, document.plan.all(Dokumen)[0].id
        path = tmp_path / "isian.xlsx"
        count = write_sheet(plan, dokumen_id, read_sampai("Maret"), path)
        book = openpyxl.load_workbook(path)
        for number in range(FIRST, FIRST + count):
            book[SHEET].cell(number, VALUE).value = number
        book.save(path)
        preview = read_sheet(path, plan)
        assert (len(preview.usulan), preview.tak_terbaca) == (count, ())
        document.edit(LABEL, changes_of(plan, preview.usulan))
        document.file.publish()
        filled_in = set(plan.rows())
        with Document.open(tmp_path / "rencana.db", read_only=True) as again:
            assert set(again.plan.rows()) == filled_in
        document.undo()
        assert read_sheet(path, plan).usulan == preview.usulan


def test_every_row_of_the_samples_can_be_asked_for(tmp_path):
    for name in ("lombok-tengah-2022", "bone-2023", "lampung-2019"):
        plan, dokumen_id = sample_plan(name)
        path = Path(tmp_path / f"{name}.xlsx")
        assert write_sheet(plan, dokumen_id, read_sampai("TW4"), path) > 10
        preview = read_sheet(path, plan)
        assert (preview.usulan, preview.tak_terbaca) == ((), ())
