"""The rules for people who sign, for printed percentages and for scales of predicates."""

from dataclasses import replace

import pytest
from checks_plans import BASE, DOKUMEN, NIP, indikator

from models.plan import Plan
from models.rows import Dokumen, Jabatan, Narasi, Pejabat, TahunIndikator
from services.checks import Checks
from services.rollup import RollUp
from services.samples import sample_plan


def found(*rows, **of_document):
    plan = Plan([BASE[0], replace(DOKUMEN, **of_document), BASE[2], *rows])
    return [(f.kode, f.tingkat, f.row_id) for f in Checks(plan, RollUp(plan)).of("d")]


def official(nama=None, nip=None, jabatan_id="j"):
    return Pejabat(id="x", dokumen_id="d", jabatan_id=jabatan_id, nama=nama, nip=nip)


@pytest.mark.parametrize(
    ("nip", "level"),
    [
        (NIP, None),
        (None, None),
        ("-", None),
        ("196707271995031006", None),
        ("19741314 199311 1 001", "galat"),
        ("19741014 199311 3 001", "galat"),
        ("19741014 199311 1 01", "galat"),
        ("19741014 199321 1 001", "catatan"),
    ],
)
def test_a_nip_is_checked_for_whoever_signs(nip, level):
    assert found(ttd_nip=nip) == ([("NIP", level, "d")] if level else [])
    assert found(official("Budi", nip), ttd_nip=None) == ([("NIP", level, "x")] if level else [])


def test_somebody_has_to_sign():
    assert found(ttd_nama=None) == [("PENANDATANGAN", "peringatan", "d")]
    assert found(ttd_nama=" - ") == [("PENANDATANGAN", "peringatan", "d")]
    assert found(ttd_jabatan=None) == [("PENANDATANGAN", "peringatan", "d")]


def test_the_head_may_be_named_with_the_positions():
    head = Jabatan(id="j", dokumen_id="d", urutan=1, nama="Kepala Dinas", eselon="II")
    assert found(head, official("Sri"), ttd_nama=None, ttd_nip=None, ttd_jabatan=None) == []


NAME = "Drs. Dewa Made Sudiarta, M.Si"


@pytest.mark.parametrize(
    ("other", "nip", "differs"),
    [
        ("DRS DEWA MADE SUDIARTA M.SI.", NIP, False),
        ("Drs. Dewa Made Sudiartha, M.Si", NIP, True),
        ("Drs. Dewa Made Sudiartha, M.Si", None, True),
        ("Dewa Sudiarta", NIP, True),
        ("Budi Santoso", None, False),
        ("Budi Santoso", "197010101990101001", False),
        (None, NIP, False),
    ],
)
def test_one_person_is_spelt_in_one_way(other, nip, differs):
    findings = [f for f in found(official(other, nip), ttd_nama=NAME) if f[0] == "PENANDATANGAN"]
    assert findings == ([("PENANDATANGAN", "peringatan", "d")] if differs else [])


def test_an_earlier_document_of_the_agency_spells_the_name_too():
    earlier = replace(DOKUMEN, id="d0", urutan=0, ttd_nama="Srie")
    assert found(earlier) == [("PENANDATANGAN", "peringatan", "d")]
    assert found(replace(earlier, ttd_nama="SRI")) == []
    plan = Plan([BASE[0], earlier, DOKUMEN])
    assert list(Checks(plan, RollUp(plan)).of("d0")) == [], "what was signed before is not wrong for it"
    assert plan.get(Dokumen, "d0")


def result(target, realisasi, printed, arah=None, akumulasi="posisi"):
    return indikator(target, akumulasi, realisasi=realisasi, capaian_tercetak=printed, arah=arah)


@pytest.mark.parametrize(
    ("target", "realisasi", "printed", "arah", "wrong"),
    [
        ("18,98", "17,30", "91,15", None, None),
        ("18,98", "17,30", "91,14", None, "catatan"),
        ("18,98", "17,30", "91,16", None, True),
        ("1000", "500,01", "50,01", None, "catatan"),
        ("125 orang", "128", "102,4", None, None),
        ("654 UMKM", "735", "112,38", None, "catatan"),
        ("100", "99,77", "99,8%", None, False),
        ("100", "99,77", "99,75", None, True),
        ("80", "70", "88", None, False),
        ("80", "70", "87", None, "catatan"),
        ("80", "70", "86", None, True),
        ("10", "8", "120", "turun", False),
        ("10", "8", "80", "turun", True),
        ("10", "8", "125", "turun", False),
        ("10", "8", "120", None, False),
        ("10", "8", "125", None, False),
        ("10", "8", "120", "naik", True),
        ("80", "90", "100", None, False),
        ("80", "90", "101", None, True),
        ("BB", "A", "100", None, False),
        ("0", "5", "100", None, False),
        ("-", "5", "100", None, False),
        ("80", "70", None, None, False),
        ("80", None, "87,5", None, False),
    ],
)
def test_a_printed_percentage_is_the_computed_one_to_its_last_digit(target, realisasi, printed, arah, wrong):
    findings = found(result(target, realisasi, printed, arah))
    level = "peringatan" if wrong is True else wrong
    odd = [("CAPAIAN-ANEH", "catatan", "i")] if (target, realisasi) == ("4,42 %", "9,33") else []
    assert findings == ([("CAPAIAN-HITUNG", level, "i")] if level else []) + odd


def test_a_chosen_way_is_the_only_one_that_a_printed_percentage_may_follow():
    upside_down = replace(result("10", "8", "125", "turun"), metode="balik")
    assert found(upside_down) == []
    assert found(replace(upside_down, capaian_tercetak="120")) == [("CAPAIAN-HITUNG", "peringatan", "i")]


def of_year(tahun, **values):
    return [
        TahunIndikator(
            id=f"{jenis}{tahun}", dokumen_id="d", indikator_id="i", urutan=1, jenis=jenis, tahun=tahun, nilai=nilai
        )
        for jenis, nilai in values.items()
    ]


def test_each_year_is_computed_for_itself():
    rows = [
        *of_year("2018", target="78%", realisasi="81,83", capaian_tercetak="104,91"),
        *of_year("2017", target="57%", realisasi="17,91", capaian_tercetak="138,00"),
    ]
    plan = Plan([*BASE, indikator(None, None), *rows])
    (finding,) = Checks(plan, RollUp(plan)).of("d")
    assert finding.pesan == "Capaian 2017 tercetak 138,00; 17,91 dari target 57% adalah 31,42%."
    assert (finding.nilai, finding.harusnya, finding.periode) == ("138,00", "31,42", None)


def test_percentages_with_commas_and_points_in_one_row_are_noted():
    rows = [
        *of_year("2018", target="77", realisasi="79,69", capaian_tercetak="103.49"),
        *of_year("2019", target="100", realisasi="99,38", capaian_tercetak="99,38"),
    ]
    assert found(indikator(None, None), *rows) == [("TARGET-BENTUK", "catatan", "i")]


def scale(*steps):
    names = ("Sangat Tinggi", "Tinggi", "Sedang", "Rendah", "Sangat Rendah")
    rows = [f"{n} | {name} | {step}" for n, (name, step) in enumerate(zip(names, steps, strict=False), 1)]
    text = "\n".join(["No | Kategori | Capaian", *rows])
    return Narasi(id="n", dokumen_id="d", urutan=1, isi=f"Predikat sebagai berikut:\n\n{text}\n\nSelesai.")


@pytest.mark.parametrize(
    ("steps", "wrong"),
    [
        (("91 - 100", "76 - 90", "66 - 75", "51 - 65", "< 51"), False),
        (("91 – 100", "76 – 90", "66 – 75", "51 – 65", "≤ 50"), False),
        (("> 90", "76 s.d. 90", "66 sampai 75", "51-65", "0 - 50"), False),
        (("90 – 100", "76 – 90", "66 – 75", "51 – 65", "≤ 50"), True),
        (("91 - 100", "76 - 90", "66 - 75", "51 - 65", "< 50"), True),
        (("91 - 100", "80 - 90", "66 - 75", "51 - 65", "≤ 50"), True),
        (("91 - 100", "70 - 90", "66 - 75", "51 - 65", "≤ 50"), True),
        (("> 90 - 100", "> 80 - 90", "> 70 - 80", "> 60 - 70", "0 - 60"), False),
        (("> 90 - 100", "> 80 - 90", "> 70 - 80", "> 60 - 70", "0 - 50"), True),
        (("90,01 - 100", "75,01 - 90,00", "65 - 75,00"), False),
        (("91 - 100", "76 - 90", "baik sekali", "51 - 65", "≤ 50"), False),
        (("91 - 100", "76 - 90"), False),
        # The scales that the program offers: LAN 2003 and PermenPANRB 88/2021, and the words that its forms print.
        (("85 ≤ x ≤ 100", "70 ≤ x < 85", "55 ≤ x < 70", "< 55"), False),
        (("100 ≥ x ≥ 85", "85 > x >= 70", "70 > x >= 55", "x < 55"), False),
        (("85 % ke atas", "70 % sampai di bawah 85 %", "55 % sampai di bawah 70 %", "di bawah 55 %"), False),
        (("di atas 90 %", "di atas 75 % sampai 90 %", "di atas 65 % sampai 75 %", "65 % ke bawah"), False),
        (("85 ≤ x ≤ 100", "70 ≤ x ≤ 85", "55 ≤ x < 70", "< 55"), True),
        (("85 ≤ x ≤ 100", "70 ≤ x < 85", "55 ≤ x < 69", "< 55"), True),
        (("85 < x ≤ 100", "70 ≤ x < 85", "55 ≤ x < 70", "< 55"), True),
        # Permendagri 86/2017 as it stands there: whole percents, so that 90 and 91 leave nothing out.
        (("91% ≤ 100%", "76% ≤ 90%", "66% ≤ 75%", "51% ≤ 65%", "≤ 50%"), False),
        (("91% ≤ 100%", "76% ≤ 90%", "66% ≤ 70%", "51% ≤ 65%", "≤ 50%"), True),
        (("91% ≤ 100%", "76% ≤ 91%", "66% ≤ 75%", "51% ≤ 65%", "≤ 50%"), True),
        (("91% ≤ 100%", "76% < 91%", "66% ≤ 75%", "51% ≤ 65%", "≤ 50%"), False),
    ],
)
def test_a_scale_leaves_nothing_out_and_holds_nothing_twice(steps, wrong):
    assert found(scale(*steps)) == ([("SKALA", "peringatan", "n")] if wrong else [])


def test_a_scale_is_described_by_its_faults():
    plan = Plan([*BASE, scale("90 – 100", "76 – 90", "66 – 75", "51 – 65", "< 50")])
    (finding,) = Checks(plan, RollUp(plan)).of("d")
    assert "90 ada pada Tinggi dan juga Sangat Tinggi" in finding.pesan
    assert "antara Sangat Rendah dan Rendah ada yang tidak termasuk (50 sampai 51)" in finding.pesan


def test_the_percentages_of_lampung_that_follow_from_its_targets_are_right():
    plan, dokumen_id = sample_plan("lampung-2019")
    wrong = [f for f in Checks(plan, RollUp(plan)).of(dokumen_id) if f.kode == "CAPAIAN-HITUNG"]
    assert {f.pesan.split()[1] for f in wrong if f.tingkat == "peringatan"} == {"2015", "2016", "2017"}
    cut = [f for f in wrong if f.tingkat == "catatan"]
    assert [(f.nilai, f.harusnya) for f in cut] == [("91,14", "91,15"), ("211,08", "211,09"), ("112,38", "112,39")]
    assert all(f.pesan.endswith("bukan dipotong.") for f in cut)
