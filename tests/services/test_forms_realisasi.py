"""The forms of what was reached and spent: beside the data of Lampung, and in a plan that is filled in here."""

from collections import Counter
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO

import pypdfium2
import pytest
from plan_json import LAMPUNG, assert_sound, at, body, dots, name_of, opened, tables, texts

from models.changes import Change
from models.plan import Plan
from models.rows import (
    Anggaran,
    DeretAnggaran,
    DeretIndikator,
    Dokumen,
    Dukungan,
    Indikator,
    Kinerja,
    Opd,
    Pengaturan,
    TahunAnggaran,
    TahunIndikator,
    new_id,
)
from services.capaian_setelan import SELISIH, set_bounds, set_efficiency
from services.capaian_skala import SCALES
from services.edits import set_field
from services.export import make_form, render
from services.forms import FORMS, build_form
from services.forms.parts import Figure, Signatures
from services.forms.realisasi_sampai import SAMPAI, as_of, set_as_of
from services.forms.realisasi_sel import legend_words
from services.periods import Sampai
from services.realisasi import set_counts, set_note, set_result, set_results, set_spending
from services.samples import sample_plan
from services.series import running
from services.tahunan_isian import set_renstra

NAMES = [name for name, entry in FORMS.items() if entry.group == "Realisasi"]
GRADES = [(90, "Sangat Tinggi"), (75, "Tinggi"), (65, "Sedang"), (50, "Rendah"), (-1, "Sangat Rendah")]
REPORTS = [name for name in NAMES if name not in ("capaian-lima-tahun", "renstra-matriks")]


def number(text):
    """Of "18,98 %" the number; the data has no thousands in what is compared here."""
    return Decimal(text.split()[0].rstrip("%").replace(",", "."))


def cents(value):
    return Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)


def said(value):
    return f"{cents(value):.2f}".replace(".", ",")


def predicate(text):
    """The word for a printed percentage, after the bounds of Permendagri 86/2017."""
    if not text:
        return ""
    return next(word for bound, word in GRADES if number(text) > bound)


def of(plan, cls):
    return plan.where(cls, "dokumen_id", the(plan).id)


def the(plan):
    return plan.all(Dokumen)[0]


def made(plan, name):
    form = build_form(plan, the(plan).id, name)
    assert_sound(form)
    return form


def found(form, words, table=0):
    """The row of a table, as texts, that has these words in some cell."""
    shown = tables(form)[table]
    return next(row for row in texts(body(shown), len(shown.widths)) if any(words in text for text in row))


def titles(form):
    return [line.plain for line in tables(form)[0].title]


@pytest.fixture
def half_year():
    """Buleleng with what was reached and spent until June: 50 of 78 for the first indicator, 0,7 of all cash."""
    plan, _ = sample_plan()
    for indikator in of(plan, Indikator):
        series = plan.one(DeretIndikator, "indikator_id", indikator.id, "target")
        typed = {place: text for place, text in enumerate(series.nilai[:6]) if text and text != "-"}
        if typed:
            plan.apply(set_results(plan, indikator, typed))
    first = of(plan, Indikator)[0]
    plan.apply(set_results(plan, first, {2: "10,00", 5: "31,20"}))
    plan.apply(set_note(plan, first, 6, {"kendala": "Hujan", "solusi": "Daring", "tindak_lanjut": "Jadwal ulang"}))
    plan.apply(set_note(plan, first, 3, {"kendala": "Sudah selesai"}))
    for line in of(plan, Anggaran):
        cash = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
        if cash and not plan.where(Anggaran, "induk_id", line.id):
            typed = {place: value * 7 // 10 for place, value in enumerate(cash.nilai[:6]) if value is not None}
            plan.apply(set_spending(plan, line, typed, kumulatif=True))
    return plan


# The period


def test_the_period_is_the_last_one_that_holds_something(half_year):
    assert as_of(half_year, the(half_year)) == Sampai(6, triwulan=True)
    line = next(row for row in of(half_year, Anggaran) if not half_year.where(Anggaran, "induk_id", row.id))
    half_year.apply(set_spending(half_year, line, {6: 10**9}, kumulatif=True))
    assert as_of(half_year, the(half_year)) == Sampai(7)
    assert titles(made(half_year, "monev-triwulan"))[-1] == "SAMPAI DENGAN JULI TAHUN 2022"
    half_year.apply(set_result(half_year, of(half_year, Indikator)[0], None, "70"))
    assert as_of(half_year, the(half_year)) == Sampai(12, triwulan=True)


def test_counts_of_a_ratio_and_amounts_of_the_year_are_reports_too():
    plan, _ = sample_plan()
    assert as_of(plan, the(plan)) is None
    plan.apply(set_counts(plan, of(plan, Indikator)[0], "pembilang", {1: "12"}))
    assert as_of(plan, the(plan)) == Sampai(2)
    row = TahunAnggaran(
        id=new_id(),
        dokumen_id=the(plan).id,
        anggaran_id=of(plan, Anggaran)[0].id,
        urutan=1,
        jenis="realisasi",
        tahun="2022",
        nilai=0,
    )
    plan.apply([Change(None, row)])
    assert as_of(plan, the(plan)) == Sampai(12, triwulan=True)


@pytest.mark.parametrize("sampai", [Sampai(3, triwulan=True), Sampai(5), Sampai(12)])
def test_the_setting_of_the_plan_comes_first(half_year, sampai):
    half_year.apply(set_as_of(half_year, the(half_year).id, sampai))
    assert as_of(half_year, the(half_year)) == sampai
    assert set_as_of(half_year, the(half_year).id, sampai) == ()
    half_year.apply(set_as_of(half_year, the(half_year).id, None))
    assert as_of(half_year, the(half_year)) == Sampai(6, triwulan=True)


@pytest.mark.parametrize("isi", ["", "{", '"TW9"', "null", "[1]", "13"])
def test_a_setting_that_cannot_be_read_counts_for_nothing(half_year, isi):
    row = Pengaturan(id=new_id(), dokumen_id=the(half_year).id, kunci=SAMPAI, isi=isi)
    half_year.apply([Change(None, row)])
    assert as_of(half_year, the(half_year)) == Sampai(6, triwulan=True)


@pytest.mark.parametrize("name", REPORTS)
def test_every_form_says_its_period_and_is_empty_without_a_report(half_year, name):
    form = made(half_year, name)
    assert not form.empty
    renja = "PERIODE PELAKSANAAN TAHUN 2022" if name == "e81" else ""
    period = f"{renja} SAMPAI DENGAN TRIWULAN II" if renja else "SAMPAI DENGAN TRIWULAN II TAHUN 2022"
    assert period in titles(form)
    plan, _ = sample_plan()
    blank = made(plan, name)
    assert blank.empty
    assert (renja or "TAHUN 2022") in titles(blank)
    assert any(line.endswith("Realisasi belum diisi; kolomnya dikosongkan.") for line in titles(blank))


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_without_anything_makes_every_form(name):
    plan = Plan()
    _empty_plan(plan)
    form = made(plan, name)
    out = BytesIO()
    render(form, "pdf", out)
    assert form.empty
    assert len(pypdfium2.PdfDocument(out.getvalue())) == 1


@pytest.mark.parametrize("name", REPORTS)
def test_the_pages_hold_the_title_and_the_date_is_left_open(half_year, name):
    form = make_form(half_year, the(half_year).id, name)
    out = BytesIO()
    render(form, "pdf", out)
    document = pypdfium2.PdfDocument(out.getvalue())
    last = document[len(document) - 1].get_textpage().get_text_range()
    assert "Singaraja, ......" in last
    assert "12 Oktober" not in last
    assert "NIP" in last
    assert "TRIWULAN II" in document[0].get_textpage().get_text_range()


# Lampung


@pytest.mark.parametrize("path", LAMPUNG, ids=name_of)
def test_the_iku_of_lampung_are_those_of_the_data(path):
    data, plan, _ = opened(path)
    form = made(plan, "capaian-iku")
    table = tables(form)[0]
    rows = [row for row in texts(body(table), 10) if row[2]]
    wanted = []
    for node in data["kinerja"]:
        marked = [i for i in node.get("indikator") or [] if i.get("iku")]
        for place, i in enumerate(marked, 1):
            target, result = i["target"], i["realisasi"]
            persen = said(number(result) * 100 / number(target))
            wanted.append([f"{place}. {i['uraian']}", i["satuan"], target, target, result, persen, "Sangat Tinggi"])
    assert [row[2:9] for row in rows] == wanted
    assert len(wanted) == 7
    assert rows[3][9] == "17,30 / 18,98 = 91,15 %"
    assert "SAMPAI DENGAN TRIWULAN IV TAHUN 2019" in titles(form)
    assert "Makin tinggi makin baik (realisasi / target)" in table.total[-1].cells[0].text


@pytest.mark.parametrize("path", LAMPUNG, ids=name_of)
def test_a_sasaran_is_the_mean_of_its_indicators(path):
    data, plan, _ = opened(path)
    form = made(plan, "capaian-sasaran")
    rows = texts(body(tables(form)[0]), 9)
    wanted = []
    for node in (node for node in data["kinerja"] if node["tingkat"] == "sasaran_strategis"):
        own = node["indikator"]
        known = [cents(number(i["realisasi"]) * 100 / number(i["target"])) for i in own if i.get("realisasi")]
        persen = said(sum(known) / len(known)) if known else "- 3)"
        wanted.append([node["uraian"], f"{len(known)} dari {len(own)}", persen, "Sangat Tinggi" if known else ""])
    assert [row[1:5] for row in rows] == wanted
    assert rows[3][3] == "151,12"
    chart = next(part for part in form.parts if isinstance(part, Figure))
    there = [label.text for label in chart.labels]
    assert {f"{row[3]} {row[4]}" for row in rows[:5]} <= set(there)
    assert "belum dapat dihitung" in there


@pytest.mark.parametrize("path", LAMPUNG, ids=name_of)
def test_the_years_of_lampung_are_those_of_the_data(path):
    data, plan, _ = opened(path)
    form = made(plan, "capaian-lima-tahun")
    first, second = tables(form)
    assert texts(first.header, 12)[1][5:10] == ["2015", "2016", "2017", "2018", "2019"]
    assert texts(second.header, 13)[1][5:11] == ["2019", "2020", "2021", "2022", "2023", "2024"]
    for table, start, years in ((first, "iku15", range(2015, 2020)), (second, "iku19", range(2019, 2025))):
        rows = texts(body(table), len(table.widths))
        own = [i for node in data["kinerja"] for i in node.get("indikator") or [] if i["id"].startswith(start)]
        assert len(rows) == 4 * len(own)
        for place, i in enumerate(own):
            shown = (row[4 : 5 + len(years)] for row in rows[4 * place : 4 * place + 4])
            of_target, of_result, reached, grades = shown
            results = i["realisasi_tahun"]
            assert of_target == ["Target", *(i["target_tahun"][str(year)] for year in years)]
            assert of_result == ["Realisasi", *(results.get(str(year), "") for year in years)]
            assert reached[1:] == [
                said(number(results[str(year)]) * 100 / number(i["target_tahun"][str(year)]))
                if str(year) in results
                else ""
                for year in years
            ]
            assert grades == ["Predikat", *(predicate(text) for text in reached[1:])]
    assert texts(body(first), 12)[0][10:] == ["realisasi naik 17,94\ncapaian turun 5,14 poin", "99,77"]
    assert texts(body(second), 13)[0][11:] == ["", "46,13"]
    assert sum(isinstance(part, Figure) for part in form.parts) == 3


@pytest.mark.parametrize("path", LAMPUNG, ids=name_of)
def test_the_money_of_lampung(path):
    _, plan, _ = opened(path)
    money = tables(made(plan, "pagu-realisasi"))[0]
    amounts = [dots(6_319_911_000), "", dots(5_922_027_846), "93,70", "", dots(397_883_154)]
    assert texts(body(money), 9) == [["", "Belanja Langsung (Misi 1)", *amounts, ""]]
    assert texts(money.total, 9)[0] == ["Jumlah", "", *amounts, ""]
    row = found(made(plan, "e81"), "Belanja Langsung")
    assert row[9] == dots(6_319_911_000)
    assert (row[19], row[21], row[23]) == (dots(5_922_027_846), dots(5_922_027_846), "93,70")


def test_results_of_half_a_year_are_said_to_be_that(half_year):
    plan = half_year
    plan.apply(set_renstra(the(plan), "2021", "2026"))
    words = "Realisasi 2022 baru sampai dengan Triwulan II; capaiannya terhadap target setahun."
    below = [part.total[-1].cells[0].text for part in tables(made(plan, "capaian-lima-tahun")) if part.total]
    assert any(words in text for text in below)
    lampung, _ = sample_plan("lampung-2019")
    below = [part.total[-1].cells[0].text for part in tables(made(lampung, "capaian-lima-tahun")) if part.total]
    assert not any("baru sampai" in text for text in below)


# A plan with reports


def test_monitoring_shows_target_and_result_until_the_period_and_what_was_said(half_year):
    row = found(made(half_year, "monev-triwulan"), "Persentase Koperasi Aktif dan Sehat")
    assert row[2:9] == [
        "1. Persentase Koperasi Aktif dan Sehat",
        "%",
        "78,00",
        "39,00",
        "31,20",
        "80,00",
        "Tinggi",
    ]
    assert row[9:11] == ["Hujan", "Daring\nJadwal ulang"]
    half_year.apply(set_as_of(half_year, the(half_year).id, Sampai(3, triwulan=True)))
    row = found(made(half_year, "monev-triwulan"), "Persentase Koperasi Aktif dan Sehat")
    assert row[4:11] == ["78,00", "19,50", "10,00", "51,28", "Rendah", "Sudah selesai", ""]


def test_monitoring_prints_every_indicator_but_the_individual_s_once(half_year):
    own = [row for row in of(half_year, Indikator) if row.kinerja_id or row.anggaran_id]
    nodes = {row.id: row.tingkat for row in of(half_year, Kinerja)}
    wanted = sorted(row.uraian for row in own if nodes.get(row.kinerja_id) != "sasaran_individu")
    rows = texts(body(tables(made(half_year, "monev-triwulan"))[0]), 12)
    assert sorted(row[2].partition(". ")[2] for row in rows if row[2]) == wanted


def test_a_percentage_that_there_is_not_has_its_reason_below_the_table(half_year):
    first = of(half_year, Indikator)[0]
    half_year.apply(set_field(first, "metode", "entah"))
    table = tables(made(half_year, "monev-triwulan"))[0]
    row = found(made(half_year, "monev-triwulan"), first.uraian)
    assert row[7:9] == ["- 1)", ""]
    assert table.total[-1].cells[0].text.startswith('1) Cara hitung "entah" tidak dikenal program ini.\n')


def test_cap_and_floor_are_told(half_year):
    half_year.apply(set_bounds(half_year, the(half_year).id, Decimal(60), Decimal(0)))
    form = made(half_year, "capaian-iku")
    row = found(form, "Persentase Koperasi Aktif dan Sehat")
    assert row[7:9] == ["60,00", "Rendah"]
    assert row[9].startswith("31,20 / 39,00 = ")
    assert row[9].endswith(" dibatasi 60 %")
    assert "Capaian dibatasi paling tinggi 60 % dan paling rendah 0 %" in tables(form)[0].total[-1].cells[0].text


def test_the_indicators_of_the_sasaran_strategis_stand_for_iku_that_are_not_marked(half_year):
    form = made(half_year, "capaian-iku")
    assert len([row for row in texts(body(tables(form)[0]), 10) if row[2]]) == 7
    assert "Belum ada indikator yang ditandai sebagai IKU" in titles(form)[-1]
    first = of(half_year, Indikator)[20]
    half_year.apply(set_field(first, "iku", 1))
    form = made(half_year, "capaian-iku")
    assert [row[2] for row in texts(body(tables(form)[0]), 10) if row[2]] == [f"1. {first.uraian}"]


def test_pagu_and_realisasi_add_up_over_the_highest_lines(half_year):
    table = tables(made(half_year, "pagu-realisasi"))[0]
    lines = of(half_year, Anggaran)
    assert len(body(table)) == len(lines)
    june = {}
    for line in lines:
        series = half_year.one(DeretAnggaran, "anggaran_id", line.id, "realisasi")
        june[line.id] = series.nilai[5] if series else None

    def spent(line):
        below = half_year.where(Anggaran, "induk_id", line.id)
        return june[line.id] if not below else sum(spent(child) or 0 for child in below)

    tops = [line for line in lines if line.induk_id is None]
    total = at(table.total)
    assert total[0, 2].value == sum(line.pagu for line in tops)
    assert total[0, 4].value == sum(spent(line) for line in tops)
    assert total[0, 5].text == said(Decimal(total[0, 4].value) * 100 / total[0, 2].value)
    order = list(_in_order(half_year))
    assert total[0, 4].sum_of == tuple(order.index(line) for line in tops)
    for row, line in zip(body(table), order, strict=True):
        assert row.cells[1].text == line.nama
        assert row.cells[4].value == spent(line)


def _in_order(plan):
    def below(line):
        yield line
        for child in plan.where(Anggaran, "induk_id", line.id):
            yield from below(child)

    for line in of(plan, Anggaran):
        if line.induk_id is None:
            yield from below(line)


def test_the_curve_ends_with_the_last_report(half_year):
    curve = next(part for part in made(half_year, "pagu-realisasi").parts if isinstance(part, Figure))
    months = texts(body(curve.table), 3)
    cash = [running(_kas(half_year, line), kumulatif=True) for line in of(half_year, Anggaran) if line.induk_id is None]
    assert [row[1] for row in months] == [dots(sum(value[place] or 0 for value in cash)) for place in range(12)]
    assert all(row[2] for row in months[:6])
    assert not any(row[2] for row in months[6:])
    half_year.apply(set_as_of(half_year, the(half_year).id, Sampai(3, triwulan=True)))
    curve = next(part for part in made(half_year, "pagu-realisasi").parts if isinstance(part, Figure))
    assert [bool(row[2]) for row in texts(body(curve.table), 3)] == [True] * 3 + [False] * 9


def _kas(plan, line):
    return plan.one(DeretAnggaran, "anggaran_id", line.id, "kas").nilai


def test_efficiency_is_told_with_its_sum_and_only_judged_at_the_end_of_the_year(half_year):
    plan = half_year
    early = made(plan, "efisiensi")
    assert "efisiensi baru dapat dinilai pada akhir tahun" in tables(early)[0].total[-1].cells[0].text
    assert found(early, "Meningkatnya Koperasi yang Berkualitas")[8].endswith("\u00a0%")
    node = next(row for row in of(plan, Kinerja) if row.uraian == "Meningkatnya Koperasi yang Berkualitas")
    for indikator in plan.where(Indikator, "kinerja_id", node.id):
        plan.apply(set_result(plan, indikator, None, "39"))
    links = [plan.get(Anggaran, link.anggaran_id) for link in plan.where(Dukungan, "kinerja_id", node.id)]
    for line in links:
        row = TahunAnggaran(
            id=new_id(),
            dokumen_id=line.dokumen_id,
            anggaran_id=line.id,
            urutan=1,
            jenis="realisasi",
            tahun="2022",
            nilai=line.pagu * 2 // 5,
        )
        plan.apply([Change(None, row)])
    pagu, spent = sum(line.pagu for line in links), sum(line.pagu * 2 // 5 for line in links)
    row = found(made(plan, "efisiensi"), "Meningkatnya Koperasi yang Berkualitas")
    assert row[2:7] == ["1 dari 1", "50,00", dots(pagu), dots(spent), said(Decimal(spent) * 100 / pagu)]
    assert row[7] == said((Decimal(pagu) / 2 - spent) * 100 / (Decimal(pagu) / 2))
    assert row[8].endswith(f"= {row[7].rstrip('0').rstrip(',')}\u00a0%: efisien")
    program = found(made(plan, "efisiensi"), links[0].nama, table=1)
    assert program[2:5] == ["1 dari 1", "50,00", dots(links[0].pagu)], "by the indicators of its sasaran"
    plan.apply(set_efficiency(plan, the(plan).id, SELISIH))
    form = made(plan, "efisiensi")
    row = found(form, "Meningkatnya Koperasi yang Berkualitas")
    assert row[7] == said(50 - cents(Decimal(spent) * 100 / pagu))
    assert "Efisiensi (poin)" in [cell.text for cell in tables(form)[0].header[0].cells]


def test_predicates_are_counted_and_savings_are_those_of_the_whole_document(half_year):
    plan = half_year
    effects, saved = tables(made(plan, "efisiensi"))[2:]
    (whole,) = texts(body(effects), 12)
    assert whole[0] == "Semua tujuan dan sasaran", "the sample has no tujuan with indicators"
    assert whole[2] == "7 dari 7"
    assert sum(int(text) for text in whole[3:8] if text != "-") == 7
    assert effects.header[1].cells[0].text == "Sangat Tinggi"
    tops = [line for line in of(plan, Anggaran) if line.induk_id is None]
    pagu = sum(line.pagu for line in tops)
    spent = at(tables(made(plan, "pagu-realisasi"))[0].total)[0, 4].value
    row = texts(body(saved), 7)[0]
    assert row[1:5] == [dots(pagu - spent), dots(pagu), dots(spent), said(Decimal(spent) * 100 / pagu)]
    kinds = Counter(line.jenis for line in of(plan, Anggaran))
    lines = f"{kinds['program']} program, {kinds['kegiatan']} kegiatan, {kinds['sub_kegiatan']} sub kegiatan"
    assert row[6] == lines


def test_a_scale_that_counts_its_bounds_is_told_so():
    inclusive = legend_words(SCALES["tiga-warna"][1])
    assert inclusive == (
        "Predikat: Tercapai 100 % ke atas; Hampir Tercapai 80 % sampai di bawah 100 %; Belum Tercapai di bawah 80 %."
    )


def test_e81_has_the_columns_of_the_regulation(half_year):
    """Columns 1 to 15 with their numbers above K and Rp, as in the copies that agencies publish."""
    form = made(half_year, "e81")
    table = tables(form)[0]
    top, quarters, labels, kinds = texts(table.header, 25)
    assert top[:4] == [
        "No",
        "Sasaran",
        "Program/Kegiatan",
        "Indikator Kinerja Program (outcome)/Kegiatan (output)",
    ]
    assert [quarters[col] for col in (10, 12, 14, 16)] == ["I", "II", "III", "IV"]
    assert [text for text in labels if text] == [
        *(str(number) for number in range(1, 13)),
        "13 = 6+12",
        "14 = 13/5 x 100%",
        "15",
    ]
    assert kinds[4:24] == ["K", "Rp"] * 10
    assert titles(form)[0] == "Formulir E.81"
    assert titles(form)[1].endswith(" LINGKUP KABUPATEN BULELENG")
    assert "mengacu pada sasaran RKPD: Persentase Koperasi Aktif dan Sehat 78,00 %; " in titles(form)[-1]
    lampung, _ = sample_plan("lampung-2019")
    assert "Formulir E.81" not in titles(made(lampung, "e81")), "that is the form of regencies and cities"


def test_e81_means_each_quarter_against_the_target_of_the_year(half_year):
    plan = half_year
    table = tables(made(plan, "e81"))[0]
    rows = texts(body(table), 25)
    means, grades = texts(table.total, 25)[:2]
    assert (means[0], grades[0]) == ("Rata-rata capaian kinerja (%)", "Predikat kinerja")
    for col in (11, 13):
        tops = [line.id for line in of(plan, Anggaran) if line.induk_id is None]
        order = list(_in_order(plan))
        shares = []
        at_row = {}
        for row in rows:
            name = row[2]
            if name:
                at_row.setdefault(name, []).append(row)
        for line in order:
            row = at_row[line.nama].pop(0)
            if line.id in tops and line.pagu:
                shares.append(cents(Decimal(row[col].replace(".", "").replace("-", "0")) * 100 / line.pagu))
        assert means[col] == said(sum(shares) / len(shares))
    assert Decimal(means[18].replace(",", ".")) < 60, "half of the year is not the whole target"
    assert not any(means[col] for col in (14, 15, 16, 17))
    assert not any(grades[10:18]), "a quarter by itself has no predicate"
    assert grades[18]


def test_e81_puts_each_quarter_in_its_column(half_year):
    plan = half_year
    line = next(row for row in of(plan, Anggaran) if row.nama == "Program Pelayanan Izin Usaha Simpan Pinjam")
    leaf = line
    while below := plan.where(Anggaran, "induk_id", leaf.id):
        leaf = below[0]
    values = plan.one(DeretAnggaran, "anggaran_id", leaf.id, "realisasi").nilai
    row = found(made(plan, "e81"), line.nama)
    assert row[3] == "Persentase Koperasi Aktif dan Sehat (%)"
    assert (row[8], row[10], row[12], row[14], row[16]) == ("78,00", "10,00", "31,20", "", "")
    assert [row[col] for col in (11, 13, 15, 17)] == [dots(values[2]), dots(values[5] - values[2]), "", ""]
    assert (row[18], row[19]) == ("31,20", dots(values[5]))
    table = tables(made(plan, "e81"))[0]
    texts_below = [cells[0] for cells in texts(table.total, 25)]
    assert "Faktor penghambat pencapaian kinerja:\n- Hujan" in texts_below
    assert "Tindak lanjut yang diperlukan dalam triwulan berikutnya:\n- Daring Jadwal ulang" in texts_below
    blocks = next(part for part in made(plan, "e81").parts if isinstance(part, Signatures)).blocks
    assert [block.tempat_tanggal.partition(",")[0] for block in blocks] == ["Disusun", "Dievaluasi"]
    assert blocks[1].jabatan == ("Kepala Bappeda Kabupaten Buleleng",)


@pytest.mark.parametrize(
    ("metode", "end", "past", "until", "level"),
    [("naik/jumlah", "390", "65", "90", "23,08"), (None, "100", "35", "25", "25,00")],
    ids=["summed", "last"],
)
def test_e81_adds_years_only_where_periods_are_summed(metode, end, past, until, level):
    plan = Plan()
    dokumen = _empty_plan(plan)
    line = Anggaran(id="a", dokumen_id=dokumen.id, urutan=1, jenis="program", nama="Program A", pagu=1000)
    indikator = Indikator(
        id="i", dokumen_id=dokumen.id, urutan=1, anggaran_id="a", uraian="Orang dilatih", target="90", metode=metode
    )
    rows = [line, indikator]
    years = (("2020", "80", "30", 800, 700), ("2021", "85", "35", 900, 850), ("2022", "90", None, 1000, None))
    for year, target, result, pagu, spent in (
        *years,
        ("2023", "35", None, 1100, None),
        ("2024", "100", None, 1200, None),
    ):
        pair = {"target": target, "realisasi": result}
        rows += [
            TahunIndikator(
                id=new_id(), dokumen_id=dokumen.id, indikator_id="i", urutan=1, jenis=jenis, tahun=year, nilai=text
            )
            for jenis, text in pair.items()
            if text
        ]
        money = {"pagu": pagu, "realisasi": spent}
        rows += [
            TahunAnggaran(
                id=new_id(), dokumen_id=dokumen.id, anggaran_id="a", urutan=1, jenis=jenis, tahun=year, nilai=value
            )
            for jenis, value in money.items()
            if value
        ]
    plan.apply([Change(None, row) for row in rows])
    plan.apply(set_results(plan, indikator, {1: "10", 4: "15"} if metode else {1: "10", 4: "25"}))
    plan.apply(set_spending(plan, line, {1: 100, 4: 300}, kumulatif=True))
    row = found(made(plan, "e81"), "Program A")
    assert [row[col] for col in (4, 6, 18, 20, 22)] == [end, past, "25", until, level]
    assert [row[col] for col in (5, 7, 9, 11, 13, 19, 21, 23)] == [
        "5.000",
        "1.550",
        "1.000",
        "100",
        "200",
        "300",
        "1.850",
        "37,00",
    ]
    assert (row[10], row[12]) == ("10", "15" if metode else "25")


def _empty_plan(plan):
    base, _ = sample_plan()
    dokumen = replace(the(base), awal_renstra=2020, akhir_renstra=2024)
    plan.apply([Change(None, base.all(Opd)[0]), Change(None, dokumen)])
    return dokumen


def test_the_matrix_is_that_of_the_renstra():
    plan, dokumen_id = sample_plan("lampung-2019")
    form = made(plan, "renstra-matriks")
    whole = build_form(plan, dokumen_id, "renstra")
    assert tables(form) == [tables(whole)[-1]]
    assert form.page.paper.name == "A3"


def test_the_data_that_is_kept_is_named_in_the_workbook():
    plan, _ = sample_plan("lampung-2019")
    table = tables(made(plan, "capaian-iku"))[0]
    keys = {cell.key for row in body(table) for cell in row.cells if cell.key}
    first = next(row for row in of(plan, Indikator) if row.iku)
    assert {f"indikator/{first.id}/{column}" for column in ("uraian", "satuan", "target")} <= keys
