"""The rules for figures of several years: of a Renstra, of the year itself, and of the tables of the narrative."""

from dataclasses import replace

import pytest
from checks_plans import BASE, DOKUMEN, altered, found, indikator, line, targets

from models.changes import Change
from models.plan import Plan
from models.rows import Indikator, Narasi, TahunAnggaran, TahunIndikator
from services.checks import Checks, grouped
from services.rollup import RollUp

HEADER = "Indikator Kinerja | Satuan | Tahun 2021 Target | Tahun 2021 Realisasi | Tahun 2021 % | Tahun 2022 Target"
TABLE = f"Seperti tabel ini:\n\n{HEADER}\nKoperasi  aktif | % | 5 | 6,14 | 122.00 | 80\n\nSelesai."


def years(jenis="target", **values):
    return [
        TahunIndikator(
            id=f"{jenis}{y}", dokumen_id="d", indikator_id="i", urutan=1, jenis=jenis, tahun=y[1:], nilai=text
        )
        for y, text in values.items()
    ]


def section(isi=TABLE):
    return Narasi(id="n", dokumen_id="d", urutan=1, judul="Analisis sasaran 1", isi=isi)


def said(*rows):
    return [(f.kode, f.nilai, f.harusnya) for f in found(*rows)]


def test_a_table_of_the_narrative_that_states_another_target_is_named():
    (finding,) = found(indikator("80", "posisi"), *years(y2021="17%", y2022="80"), section())
    assert (finding.kode, finding.tingkat, finding.row_id) == ("TARGET-BEDA", "peringatan", "i")
    assert finding.pesan == "Target tahun 2021 adalah 17%; tabel pada naskah Analisis sasaran 1 menyebut 5."


def test_the_target_of_the_document_stands_for_its_own_year():
    assert said(indikator("75", "posisi"), section()) == [("TARGET-BEDA", "75", "80")]
    assert said(indikator("80,00", "posisi"), section()) == []


@pytest.mark.parametrize(
    "isi",
    [
        None,
        "",
        TABLE.replace("Koperasi  aktif", "Koperasi sehat"),
        TABLE.replace("| 5 |", "| - |"),
        TABLE.replace("| 5 |", "| 17 |"),
        TABLE.replace("| 5 |", "| lima |"),
        TABLE.replace("Tahun 2021 Target", "Sasaran"),
        TABLE.replace("|", ";"),
    ],
)
def test_a_table_that_says_nothing_else_is_no_fault(isi):
    assert said(indikator("80", "posisi"), *years(y2021="17%", y2022="80"), section(isi)) == []


def test_a_percentage_that_follows_from_the_other_target_is_folded_under_it():
    rows = (*years(y2021="17%"), *years("realisasi", y2021="6,14"), *years("capaian_tercetak", y2021="122.00"))
    (only,) = grouped(found(indikator(None), *rows, section()))
    assert (only.first.kode, [each.first.kode for each in only.lanjutan]) == ("TARGET-BEDA", ["CAPAIAN-HITUNG"])
    wrong = replace(rows[-1], nilai="150.00")
    heads = grouped(found(indikator(None), *rows[:-1], wrong, section()))
    assert sorted(head.first.kode for head in heads) == ["CAPAIAN-HITUNG", "TARGET-BEDA"]


@pytest.mark.parametrize(
    ("target", "year", "differs"),
    [
        ("125 orang", "125", False),
        ("18,98 %", "18,98", False),
        ("1.000", "1000", False),
        ("125 orang", "150", True),
        ("A", "BB", True),
        ("a", "A", False),
        ("12 dokumen", "13 orang", False),
        ("Sangat baik", "80", False),
        ("######", "80", False),
    ],
)
def test_the_target_of_the_year_is_that_among_the_years(target, year, differs):
    findings = [f for f in found(indikator(target, "posisi"), *years(y2022=year)) if f.kode == "TARGET-BEDA"]
    assert [(f.nilai, f.harusnya) for f in findings] == ([(target, year)] if differs else [])


@pytest.mark.parametrize(
    ("stated", "missing"),
    [
        ({"y2020": "1", "y2021": "2", "y2023": "4"}, "2022"),
        ({"y2020": "1", "y2021": "2", "y2022": "3", "y2023": None}, "2023"),
        ({"y2020": "1", "y2021": "-", "y2022": "3"}, None),
        ({"y2019": "1", "y2024": "4"}, None),
        ({"y2015": "1", "y2019": "2", "y2024": "4"}, None),
        ({"y2020": "1", "y2021": "2", "y2022": "3"}, None),
    ],
)
def test_a_year_between_others_is_not_left_out(stated, missing):
    rows = said(indikator(None), *years(**stated))
    assert rows == ([("TARGET-KOSONG", None, None)] if missing else [])
    amounts = [
        TahunAnggaran(
            id=y, dokumen_id="d", anggaran_id="a", urutan=1, jenis="pagu", tahun=y[1:], nilai=text and ord(text)
        )
        for y, text in stated.items()
    ]
    (finding, *more) = found(line(), *amounts) or (None,)
    assert more == []
    assert (finding.pesan if finding else None) == (
        f"Pagu tahun {missing} belum diisi; tahun lain sudah." if missing else None
    )


def test_the_years_and_the_value_at_the_start_are_in_the_unit_of_the_column():
    assert said(indikator(None, satuan="Kop"), *years(y2020="20 koperasi", y2021="22")) == []
    assert said(indikator(None, satuan="Kop"), *years(y2020="20 orang")) == [("TARGET-SATUAN", "20 orang", "Kop")]
    start = indikator(None, satuan="Kop", kondisi_awal="16 %")
    assert said(start, *years(y2020="20")) == [("TARGET-SATUAN", "16 %", "Kop")]


def test_periods_without_a_target_of_the_year_are_found_where_others_have_one():
    rows = (indikator(None, "jumlah"), targets("1", "2", "-", "-"))
    assert said(*rows) == [], "no row of the plan has a target of the year"
    other = (indikator("4", "jumlah", id="i2", uraian="Lain", urutan=2), targets("1", "1", "1", "1", of="i2"))
    assert said(*rows, *other) == [("TARGET-KOSONG", None, None)]
    assert said(indikator(None), targets("-", "-", "-", "-"), *other) == []


def test_after_the_narrative_or_a_year_has_changed_the_findings_are_those_found_afresh():
    plan = Plan([*BASE, indikator("80", "posisi"), *years(y2021="17%", y2022="80")])
    rollup = RollUp(plan)
    checks = Checks(plan, rollup)
    steps = [
        Change(None, section()),
        Change(section(), section(TABLE.replace("| 5 |", "| 17 |"))),
        Change(section(TABLE.replace("| 5 |", "| 17 |")), section()),
        altered(plan, Indikator, "i", uraian="Koperasi sehat"),
        Change(replace(plan.get(Indikator, "i"), uraian="Koperasi sehat"), plan.get(Indikator, "i")),
        altered(plan, TahunIndikator, "targety2021", nilai="5"),
        Change(DOKUMEN, replace(DOKUMEN, tahun=2021)),
        Change(replace(DOKUMEN, tahun=2021), DOKUMEN),
        Change(section(), None),
    ]
    counts = []
    for change in steps:
        plan.apply([change])
        checks.update([change], rollup.update([change]))
        findings = list(checks.of("d"))
        assert findings == list(Checks(plan, RollUp(plan)).of("d"))
        counts.append(len(findings))
    assert counts == [1, 0, 1, 0, 1, 0, 1, 0, 0]
