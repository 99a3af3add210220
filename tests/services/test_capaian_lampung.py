"""Every capaian that Lampung printed is ours to its last digit, or a finding says why it is not."""

import re
from collections import Counter
from decimal import Decimal

import pytest
from plan_json import LAMPUNG, name_of, opened

from models.rows import Anggaran, Dokumen, Indikator, Kinerja, Narasi, TahunIndikator, TotalTercetak
from services.angka import decide_style, decimals_of, parse_number
from services.capaian import capaian, percent
from services.capaian_laporan import as_text
from services.capaian_rencana import Reckoning
from services.capaian_tahun import indicator_through, line_through
from services.checks import Checks
from services.periods import read_sampai
from services.rollup import RollUp
from services.tahunan import Amounts

YEAR_END = read_sampai("TW4")


@pytest.fixture(params=LAMPUNG, ids=name_of)
def lampung(request):
    """(the plan, its document, its findings by row)."""
    _, plan, dokumen_id = opened(request.param)
    found = {}
    for finding in Checks(plan, RollUp(plan)).of(dokumen_id):
        found.setdefault((finding.tabel, finding.row_id), []).append(finding)
    return plan, dokumen_id, found


def as_printed(persen, text):
    """Our percentage with as many decimals as the paper has; None where there is none."""
    if persen is None:
        return None
    decimals = decimals_of(text, decide_style([text]))
    return persen.quantize(Decimal(1).scaleb(-decimals))


def printed_of(text):
    """Such as "122.00" and "99,77", each written in its own way."""
    return Decimal(text.replace(",", "."))


def test_each_printed_percentage_is_reproduced_or_is_a_finding(lampung):
    plan, _, found = lampung
    counts = Counter()
    for row in plan.all(TahunIndikator):
        if row.jenis != "capaian_tercetak":
            continue
        indikator = plan.get(Indikator, row.indikator_id)
        (year,) = (y for y in indicator_through(plan, indikator).tahun if y.tahun == row.tahun)
        assert year.tercetak == row.nilai
        said = [
            f for f in found.get((Indikator, indikator.id), ()) if f.kode == "CAPAIAN-HITUNG" and f.nilai == row.nilai
        ]
        if as_printed(year.capaian.persen, row.nilai) == printed_of(row.nilai):
            assert said == []
            counts["reproduced"] += 1
        else:
            assert len(said) == 1, (indikator.uraian, row.tahun)
            counts[said[0].tingkat] += 1
    assert counts == {"reproduced": 7, "catatan": 3, "peringatan": 9}


def test_what_was_cut_is_the_number_before_the_last_digit_was_rounded(lampung):
    _plan, _, found = lampung
    cut = [f for each in found.values() for f in each if f.kode == "CAPAIAN-HITUNG" and f.tingkat == "catatan"]
    assert [(f.nilai, f.harusnya) for f in cut] == [("91,14", "91,15"), ("211,08", "211,09"), ("112,38", "112,39")]


def tables(plan):
    """Tables 3.7 and 3.8 of the narrative: (indicator, year, target, result, percentage) as they stand there."""
    for section in plan.all(Narasi):
        for line in (section.isi or "").splitlines():
            cells = [cell.strip() for cell in line.split("|")]
            if len(cells) == 17 and cells[0] not in ("", "Indikator Kinerja"):
                for at in range(5):
                    yield cells[0], str(2015 + at), *cells[2 + 3 * at : 5 + 3 * at]


@pytest.mark.parametrize("path", [path for path in LAMPUNG if path.parent.name == "data"], ids=name_of)
def test_the_tables_of_the_narrative_are_whole_percents_of_their_own_targets(path):
    """The paper reckons 2015 to 2017 from targets of its own: TARGET-BEDA says so, and its numbers follow from them."""
    _, plan, dokumen_id = opened(path)
    rows = list(tables(plan))
    assert len(rows) == 15
    for name, year, target, result, printed in rows:
        exact = capaian(target, result).persen
        assert abs(exact - printed_of(printed)) < 1, (name, year)
        if year >= "2018":
            assert exact == printed_of(printed)
    found = [f for f in Checks(plan, RollUp(plan)).of(dokumen_id) if f.kode == "TARGET-BEDA"]
    assert len([f for f in found if "2015, 2016 dan 2017" in f.pesan]) == 3
    wrong = [
        f for f in Checks(plan, RollUp(plan)).of(dokumen_id) if f.kode == "CAPAIAN-HITUNG" and f.tingkat != "catatan"
    ]
    assert {f.sebab[0] for f in wrong} == {"TARGET-BEDA"}


def test_this_year_against_the_last_is_what_the_paper_says_in_words(lampung):
    """Tables 3.7 and 3.8: "menurun 5,14 Point dari capaian tahun sebelumnya yang mencapai 104,91"."""
    plan, _, _ = lampung
    years = [indicator_through(plan, row) for row in plan.all(Indikator)]
    compared = [y for y in years if y.poin is not None]
    assert [(y.lalu.capaian.persen, y.poin) for y in compared] == [
        (Decimal("104.91"), Decimal("-5.14")),
        (Decimal("103.49"), Decimal("-4.11")),
        (Decimal("100.00"), Decimal("-3.29")),
    ]
    assert [y.selisih for y in compared] == [Decimal("17.94"), Decimal("19.69"), Decimal("21.71")]


def test_the_targets_of_two_renstra_stand_in_their_own_years(lampung):
    """Tables 2.1, 2.4 and 2.5."""
    plan, _, _ = lampung
    years = {y.indikator.asal_id: y for y in (indicator_through(plan, row) for row in plan.all(Indikator))}
    assert [y.tahun for y in years["iku15-1"].tahun] == ["2015", "2016", "2017", "2018", "2019"]
    assert [y.target for y in years["iku15-1"].tahun] == ["17%", "37%", "57%", "78%", "100%"]
    first = years["iku19-1"]
    assert [y.tahun for y in first.tahun] == ["2019", "2020", "2021", "2022", "2023", "2024"]
    assert [y.target for y in first.tahun] == ["18,98", "21,76", "25,00", "28,70", "32,87", "37,50"]
    assert (first.target_akhir, first.tahun_akhir) == ("37,50", "2024")
    assert first.akhir.uraian == "17,30 / 37,50 = 46,13 %"
    assert [year.capaian.alasan for year in first.tahun[1:]] == ["Realisasi belum diisi."] * 5
    assert first.lalu is None


def test_the_goals_and_their_sasaran_reach_what_is_printed(lampung):
    """Tables 3.5, 3.9 and 3.10, and the mean of 3.1 with how many indicators it is of."""
    plan, dokumen_id, _ = lampung
    reckoning = Reckoning(plan, dokumen_id, YEAR_END)
    nodes = [node for node in plan.where(Kinerja, "dokumen_id", dokumen_id) if node.tingkat == "sasaran_strategis"]
    means = [reckoning.sasaran(node).capaian for node in nodes]
    assert [(m.persen, m.banyak, m.semua) for m in means] == [
        (Decimal("99.77"), 1, 1),
        (Decimal("99.38"), 1, 1),
        (Decimal("96.71"), 1, 1),
        (Decimal("151.12"), 2, 2),
        (Decimal("107.40"), 2, 2),
        (None, 0, 3),
    ]
    assert means[3].uraian == "rata-rata 2 dari 2 indikator = 151,12 %"


def test_pagu_and_realisasi_give_the_serapan_that_is_printed(lampung):
    """Tables 3.11, 3.12 and 3.13: 93,70 %; but the printed efficiency is not the pagu less what was spent."""
    plan, dokumen_id, found = lampung
    (line,) = (row for row in plan.all(Anggaran) if row.asal_id == "bl-2019")
    spent = Reckoning(plan, dokumen_id, YEAR_END).line(line)
    assert (spent.pagu, spent.realisasi, spent.serapan) == (6_319_911_000, 5_922_027_846, Decimal("93.70"))
    assert spent.sisa == 397_883_154
    assert next((y.tahun, y.serapan) for y in line_through(plan, plan.get(Dokumen, dokumen_id), line)) == (
        "2019",
        Decimal("93.70"),
    )
    (saving,) = (row for row in plan.all(TotalTercetak) if "EFISIENSI" in (row.tempat or ""))
    (finding,) = found[TotalTercetak, saving.id]
    assert (finding.kode, finding.nilai, finding.harusnya) == ("PAGU-TOTAL", 595_947_000, 397_883_154)


def test_the_sums_of_table_6_1_are_ours_or_a_finding(lampung):
    plan, dokumen_id, found = lampung
    dokumen = plan.get(Dokumen, dokumen_id)
    amounts = Amounts(plan, dokumen)
    programs = [row for row in plan.where(Anggaran, "dokumen_id", dokumen_id) if row.jenis == "program"]
    compared = 0
    for total in plan.all(TotalTercetak):
        year = re.fullmatch(r"Tabel 6\.1: jumlah (20\d\d)", total.tempat or "")
        if year is None:
            continue
        sums = sum(amounts.pagu(row, year[1]) or 0 for row in programs)
        assert (sums == total.nilai) == ((TotalTercetak, total.id) not in found), year[1]
        compared += 1
    assert compared == 5


def test_more_than_twice_the_target_is_odd_in_every_year(lampung):
    """Of this year by itself; of the others together, as what follows from targets that differ between tables."""
    plan, _, found = lampung
    odd = [f for each in found.values() for f in each if f.kode == "CAPAIAN-ANEH"]
    told = bool(plan.all(Narasi))
    assert [(f.pesan.partition(" lebih dari")[0].rstrip(","), f.sebab is not None) for f in odd] == [
        (
            "Capaian tahun 2015 (67,5 / 17 = 397,06 %), 2016 (117 / 33 = 354,55 %) dan 2017 (320 / 53 = 603,77 %)",
            told,
        ),
        ("Capaian tahun 2017 (108,33 / 52 = 208,33 %)", told),
        ("Capaian setahun 9,33 / 4,42 = 211,09 %", False),
    ]


def test_the_words_of_the_command_leave_out_what_is_of_other_years(lampung):
    plan, dokumen_id, _ = lampung
    told = as_text(plan, Reckoning(plan, dokumen_id, YEAR_END))
    assert "Jumlah wirausaha pemula: 128 / 125 = 102,4 % (Sangat Tinggi)" in told
    assert "Nilai kuntabilitas Kinerja Dinas: Target belum diisi." in told
    assert "Jumlah Pra Koperasi" not in told


def test_the_numbers_are_read_as_they_are_meant():
    assert parse_number("122.00", decide_style(["122.00"])) == 122
    assert percent(5_922_027_846, 6_319_911_000) == Decimal("93.70")
