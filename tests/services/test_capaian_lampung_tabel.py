"""The tables of the report of Lampung 2019 beside the workbooks of our forms: figure by figure, or a finding.

| table | form, table of it |
| --- | --- |
| 2.1, 2.4, 2.5 tujuan, sasaran, targets by year | `renstra` 1 (2015-2019) and 2 (2019-2024) |
| 2.2 IKU sheet | `iku` 1 |
| 2.3, 2.6 perjanjian kinerja | `perjanjian-kinerja` |
| 3.1 predicates | below the tables of `pengukuran`, `capaian-iku`, `capaian-sasaran` |
| 3.2, 3.5 capaian of the tujuan | `capaian-sasaran` 2 |
| 3.7, 3.8 (and the second 3.7) five years | `capaian-lima-tahun` 1 |
| 3.9, 3.10 capaian of the year | `capaian-iku` 1, `pengukuran` 1 |
| 3.11 pagu and realisasi | `pagu-realisasi` 1, `pengukuran` 2 |
| 3.12 effectiveness | `efisiensi` 3 |
| 3.13 efficiency | `efisiensi` 4 |
| 6.1 matrix of programs | `renstra-matriks` 1 |

Of tables 3.3, 3.4 and 3.6 the data has nothing.
"""

from collections import Counter
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from plan_json import LAMPUNG, name_of, opened

from models.rows import Indikator, Narasi, TotalTercetak
from services.checks import Checks
from services.export import make_form, render
from services.forms.printed import printed_rows
from services.rollup import RollUp

FULL = [path for path in LAMPUNG if path.parent.name == "data"]


class Report:
    """The plan, what the JSON prints, the findings, and the sheets of the forms as grids of displayed values."""

    def __init__(self, path):
        self.data, self.plan, self.dokumen_id = opened(path)
        self.findings = list(Checks(self.plan, RollUp(self.plan)).of(self.dokumen_id))
        self._sheets = {}

    def rows(self, name):
        """The rows of all sheets of a form; what is merged stands in each of its cells."""
        if name not in self._sheets:
            out = BytesIO()
            render(make_form(self.plan, self.dokumen_id, name), "xlsx", out)
            book = openpyxl.load_workbook(out, data_only=True)
            self._sheets[name] = [row for sheet in book if sheet.sheet_state == "visible" for row in grid(sheet)]
        return self._sheets[name]

    def found(self, name, *words):
        """The rows of a form that hold all these words, each at the end of some cell."""
        rows = [r for r in self.rows(name) if all(any(str(c or "").endswith(w) for c in r) for w in words)]
        assert rows, (name, words)
        return rows

    def said_of(self, row_id, *kode):
        return [f for f in self.findings if f.row_id == row_id and f.kode in kode]

    def indicators(self):
        return [i for node in self.data["kinerja"] for i in node.get("indikator") or []]

    def row_of(self, indikator):
        return next(row for row in self.plan.all(Indikator) if row.asal_id == indikator["id"])


def grid(sheet):
    merged = {}
    for area in sheet.merged_cells.ranges:
        for row in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, area.max_col + 1):
                merged[row, column] = sheet.cell(area.min_row, area.min_col).value
    for r in range(1, sheet.max_row + 1):
        yield [merged.get((r, c), sheet.cell(r, c).value) for c in range(1, sheet.max_column + 1)]


def same(printed, cell):
    """Whether a cell holds what the paper prints: the very text, or the number that it stands for."""
    text = str(printed or "").strip()
    if cell is None or text in ("", "-"):
        return (cell or "") == text
    if isinstance(cell, str):
        return " ".join(cell.split()) == " ".join(text.split())
    return Decimal(str(cell)) == figure(text)


def figure(text):
    """Of "1.365", "18,98", "122.00" and "6.319.911.000,-" the number, each written in its own way."""
    text = text.removesuffix(",-").rstrip("%").strip()
    if "," not in text and text.count(".") == 1 and len(text.partition(".")[2]) == 2:
        return Decimal(text)
    return Decimal(text.replace(".", "").replace(",", "."))


def rounded(cell, printed):
    return Decimal(str(cell)).quantize(Decimal(1).scaleb(-len(printed.replace(",", ".").partition(".")[2])))


@pytest.fixture(scope="module", params=LAMPUNG, ids=name_of)
def report(request):
    return Report(request.param)


@pytest.fixture(scope="module", params=FULL, ids=name_of)
def full(request):
    return Report(request.param)


def told(full, columns):
    """The rows of the narrative's tables that have so many cells, without the heads."""
    for section in full.plan.all(Narasi):
        for line in (section.isi or "").splitlines():
            cells = [cell.strip() for cell in line.split("|")]
            if len(cells) == columns and cells[0] not in ("No", "NO", "No.", "Indikator Kinerja"):
                yield cells


def test_tables_2_1_2_4_and_2_5_every_target_of_every_year(report):
    compared = 0
    heads = [row for row in report.rows("renstra") if any(str(c) in ("2015", "2020") for c in row)]
    for indikator in report.indicators():
        years = indikator.get("target_tahun") or {}
        if not years:
            continue
        head = next(row for row in heads if all(year in [str(c) for c in row] for year in years))
        (row,) = report.found("renstra", indikator["uraian"])[:1]
        for year, printed in years.items():
            assert same(printed, row[[str(c) for c in head].index(year)]), (indikator["uraian"], year)
            compared += 1
    assert compared == 3 * 5 + 4 * 6


def test_table_2_2_the_iku_sheet(report):
    marked = [i for i in report.indicators() if i.get("iku")]
    for indikator in marked:
        (row,) = report.found("iku", indikator["uraian"])
        for column in ("satuan", "alasan", "formula", "sumber_data"):
            assert indikator.get(column) is None or any(same(indikator[column], cell) for cell in row), column
    assert len(marked) == 7


def test_tables_2_3_and_2_6_the_agreement(report):
    promised = [i for i in report.indicators() if i.get("target")]
    for indikator in promised:
        (row,) = report.found("perjanjian-kinerja", indikator["uraian"])
        assert any(same(indikator["target"], cell) for cell in row), indikator["uraian"]
    assert len(promised) == 7


def test_table_3_1_the_predicates_stand_in_words(report):
    words = "Predikat: Sangat Tinggi di atas 90 %; Tinggi di atas 75 % sampai 90 %; Sedang di atas 65 % sampai 75 %"
    for name in ("pengukuran", "capaian-iku", "capaian-sasaran", "monev-triwulan", "capaian-lima-tahun", "e81"):
        assert any(words in str(cell) for row in report.rows(name) for cell in row), name


def test_table_3_1_leaves_a_gap_and_that_is_said(full):
    (section,) = (row for row in full.plan.all(Narasi) if row.kunci == "kerangka_pengukuran_kinerja")
    (finding,) = full.said_of(section.id, "SKALA")
    assert "antara Sangat Rendah dan Rendah" in finding.pesan
    assert "90 ada pada Tinggi dan juga Sangat Tinggi" in finding.pesan


def test_table_3_5_the_tujuan_with_their_sasaran(report):
    own = {i["id"]: i for i in report.indicators()}
    goals = {node["id"]: node for node in report.data["kinerja"] if node["tingkat"] == "tujuan"}
    for node in report.data["kinerja"]:
        for indikator in node.get("indikator") or []:
            if node["tingkat"] != "sasaran_strategis" or not indikator.get("realisasi"):
                continue
            rows = report.found("capaian-sasaran", goals[node["induk"]]["uraian"], node["uraian"], indikator["uraian"])
            (row,) = rows
            assert any(same(own[indikator["id"]]["target"], cell) for cell in row)
            assert any(same(indikator["realisasi"], cell) for cell in row)


def test_table_3_5_as_the_narrative_prints_it(full):
    printed = [cells for cells in told(full, 7) if cells[3] == "%" and cells[4] == "100"]
    assert [cells[5:] for cells in printed] == [["99,77"] * 2, ["99,38"] * 2, ["96,71"] * 2]
    for _, _, sasaran, _, target, result, reached in printed:
        rows = [row for row in full.rows("capaian-sasaran") if sasaran in row]
        (row,) = (row for row in rows if any(same(target, cell) for cell in row))
        assert any(same(result, cell) for cell in row)
        assert any(same(reached, cell) for cell in row if isinstance(cell, float))


def test_tables_3_7_and_3_8_the_five_years_or_a_finding(report):
    counts = Counter()
    rows = report.rows("capaian-lima-tahun")
    for indikator in (i for i in report.indicators() if i.get("capaian_tercetak")):
        mine = [row for row in rows if any(str(c or "").endswith(f". {indikator['uraian']}") for c in row)]
        by_label = {next(c for c in row if c in LABELS): row for row in mine if any(c in LABELS for c in row)}
        at = rows.index(mine[0])
        head = next([str(c) for c in row] for row in reversed(rows[:at]) if "2019" in [str(c) for c in row])
        for year, printed in indikator["capaian_tercetak"].items():
            column = head.index(year)
            assert same(indikator["realisasi_tahun"][year], by_label["Realisasi"][column])
            assert same(indikator["target_tahun"][year], by_label["Target"][column])
            ours = by_label["Capaian (%)"][column]
            found = [f for f in report.said_of(report.row_of(indikator).id, "CAPAIAN-HITUNG") if f.nilai == printed]
            if rounded(ours, printed) == figure(printed):
                assert found == []
                counts["sama"] += 1
            else:
                (finding,) = found
                assert figure(finding.harusnya) == rounded(ours, finding.harusnya)
                counts[finding.tingkat] += 1
    assert counts == {"sama": 7, "peringatan": 9, "catatan": 3}


LABELS = ("Target", "Realisasi", "Capaian (%)", "Predikat")


def test_tables_3_7_and_3_8_say_which_targets_the_narrative_has_instead(full):
    """Neither the form nor the findings hide that the paper reckons 2015 to 2017 from other targets."""
    below = "\n".join({str(cell) for row in full.rows("capaian-lima-tahun") for cell in row if "naskah" in str(cell)})
    compared = 0
    for cells in told(full, 17):
        row = next(i for i in full.indicators() if i["uraian"] == cells[0])
        found = full.said_of(full.row_of(row).id, "TARGET-BEDA")
        for at in range(5):
            target, result, reached = cells[2 + 3 * at : 5 + 3 * at]
            year = str(2015 + at)
            assert same(result, row["realisasi_tahun"][year])
            assert reached == row["capaian_tercetak"][year]
            compared += 3
            if figure(target) == figure(row["target_tahun"][year]):
                assert year >= "2018"
                continue
            assert target in below
            assert reached in below
            assert any(year in f.pesan and target in f.pesan for f in found)
    assert compared == 45


def test_what_follows_from_the_other_target_is_said_with_how_it_was_shortened(full):
    said = {f.nilai: f.pesan.partition("Dari target ")[2] for f in full.findings if f.kode == "CAPAIAN-HITUNG"}
    assert said["122.00"] == "5 pada naskah: 122,80%, dipotong ke persen utuh."
    assert said["126.00"] == "10 pada naskah: 126,60%, dipotong ke persen utuh."
    assert said["138.00"] == "13 pada naskah: 137,77%, dibulatkan ke persen utuh."
    assert said["135.00"] == "50 pada naskah: 135,00%."
    assert said["91,14"] == ""


def test_tables_3_9_and_3_10_the_year_itself(report):
    compared = 0
    for indikator in (i for i in report.indicators() if i.get("realisasi")):
        printed = indikator["capaian_tercetak"]["2019"]
        for name in ("capaian-iku", "pengukuran", "monev-triwulan"):
            row = report.found(name, indikator["uraian"])[0]
            assert any(same(indikator["target"], cell) for cell in row)
            assert any(same(indikator["realisasi"], cell) for cell in row)
            found = [f for f in report.said_of(report.row_of(indikator).id, "CAPAIAN-HITUNG") if f.nilai == printed]
            wanted = figure(found[0].harusnya) if found else figure(printed)
            assert any(isinstance(c, int | float) and rounded(c, printed) == wanted for c in row), (name, printed)
            compared += 1
    assert compared == 21


def test_tables_3_11_and_3_13_the_money(report):
    (line,) = report.found("pagu-realisasi", "Belanja Langsung (Misi 1)")
    (total,) = report.found("pagu-realisasi", "Jumlah")
    (saving,) = (row for row in report.rows("efisiensi") if 397_883_154 in row and 6_319_911_000 in row)
    for row in (line, total, saving):
        assert 5_922_027_846 in row
        assert any(isinstance(cell, float) and rounded(cell, "93,70") == Decimal("93.70") for cell in row)
    shown = {cell for row in (line, total, saving) for cell in row if isinstance(cell, int)}
    for printed in report.plan.all(TotalTercetak):
        if "6.1" not in (printed.tempat or ""):
            said = report.said_of(printed.id, "PAGU-TOTAL")
            assert (printed.nilai in shown) == (said == []), printed.tempat
            assert [f.harusnya for f in said] == ([] if printed.nilai in shown else [397_883_154])


def test_table_3_12_four_indicators_of_the_new_renstra_and_all_money(report):
    rows = report.rows("efisiensi")
    head = next(row for row in rows if "Rata-rata Capaian (%)" in row)
    goal = "Meningkatkan Daya Saing Koperasi dan UMKM untuk mendukung pertumbuhan ekonomi"
    steps = next(row for row in rows if "Sangat Tinggi" in row and "Tinggi" in row)
    (row,) = (row for row in rows if goal in row)
    assert row[head.index("Indikator Terhitung")] == "4 dari 8"
    assert [row[steps.index(word)] for word in ("Sangat Tinggi", "Tinggi", "Sangat Rendah")] == [4, "-", "-"]
    assert row[head.index("Predikat")] == "Sangat Tinggi"
    (whole,) = (row for row in rows if "Semua tujuan dan sasaran" in row)
    assert whole[head.index("Indikator Terhitung")] == "7 dari 11"
    assert whole[head.index("Realisasi (Rp)")] == 5_922_027_846
    assert rounded(whole[head.index("Serapan (%)")], "93,70") == Decimal("93.70")


def test_table_6_1_every_target_pagu_unit_start_and_sasaran(report):
    data = report.data
    rows = report.rows("renstra-matriks")
    head = next([str(c) for c in row] for row in rows if "2020" in [str(c) for c in row])
    nodes = {node["id"]: node for node in data["kinerja"]}
    counts = Counter()
    for line in data["anggaran"]:
        for indikator in line["indikator"] or [{"uraian": ""}]:
            (row,) = (r for r in rows if r[1] == line["nama"] and (r[3] or "") == indikator["uraian"])
            for year, printed in (line.get("pagu_tahun") or {}).items():
                assert same(str(printed) if printed else "", row[head.index(year) + 1]) or printed == 0
                counts["pagu"] += 1
            for year, printed in (indikator.get("target_tahun") or {}).items():
                assert same(printed, row[head.index(year)]), (line["nama"], year)
                counts["target"] += 1
            for at, column in ((4, "satuan"), (5, "kondisi_awal")):
                assert same(indikator.get(column), row[at])
        linked = [nodes[d["kinerja"]] for d in data["dukungan"] if d["anggaran"] == line["id"]]
        for node in linked:
            if node["kelompok"] == "Tabel 6.1":
                assert node["uraian"] in row[2].split("\n")
                counts["sasaran"] += 1
    assert counts == {"pagu": 381, "target": 380, "sasaran": 76}
    (total,) = (row for row in rows if row[0] == "JUMLAH")
    for entry in data["total_tercetak"]:
        if entry["tempat"].startswith("Tabel 6.1"):
            assert total[head.index(entry["tempat"][-4:]) + 1] == entry["nilai"]


def test_the_findings_lead_to_rows_of_the_forms_that_print_them(report):
    """CAPAIAN-HITUNG, CAPAIAN-ANEH and TARGET-BEDA are about indicators that `capaian-lima-tahun` prints."""
    there = printed_rows(report.plan, report.dokumen_id, "capaian-lima-tahun")
    about = [f for f in report.findings if f.kode in ("CAPAIAN-HITUNG", "CAPAIAN-ANEH", "TARGET-BEDA")]
    assert about
    assert {(f.tabel, f.row_id) for f in about} <= there
