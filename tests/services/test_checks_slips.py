"""Slips of a hand that types a plan: words among numbers, letters in codes, and what was not filled in at all."""

from dataclasses import replace

import pytest
from checks_plans import BASE, DOKUMEN, FULL, NIP, OPD, found, indikator, kas, line, node, targets

from models.changes import Change
from models.plan import Plan
from models.rows import Aksi, Dokumen, Dukungan, Indikator, Kinerja, Pejabat, TahunIndikator
from services.checks import Checks, grouped
from services.rollup import RollUp

UNREAD, SUM = "TARGET-TAK-TERBACA", "TARGET-JUMLAH"


def brief(*rows: object) -> list[tuple[object, ...]]:
    return [(f.kode, f.periode, f.nilai, f.sebab is not None) for f in found(*rows)]


def of(kode: str, *rows: object) -> list[str]:
    return [f.row_id for f in found(*rows) if f.kode == kode]


@pytest.mark.parametrize(
    ("annual", "how", "periods", "wanted"),
    [
        ("12", "jumlah", ("3", "3", "abc", "3"), [(UNREAD, "TW3", "abc", False), (SUM, None, "9", True)]),
        ("6", "jumlah", ("3", "3", "abc", "3"), [(UNREAD, "TW3", "abc", False), (SUM, None, "9", False)]),
        ("9", "jumlah", ("3", "3", "abc", "3"), [(UNREAD, "TW3", "abc", False)]),
        ("12", "jumlah", ("3", "3", "B", "3"), [(UNREAD, "TW3", "B", False), (SUM, None, "9", True)]),
        ("dua puluh enam", "jumlah", ("6", "6", "7", "7"), [(UNREAD, None, "dua puluh enam", False)]),
        (
            "dua puluh enam",
            "kumulatif",
            ("6", "5", "7", "7"),
            [(UNREAD, None, "dua puluh enam", False), ("TARGET-TURUN", "TW2", "5", False)],
        ),
        ("12", "jumlah", ("3", "3", "nihil", "6"), []),
        ("12", "jumlah", ("3", "sesuai kebutuhan", "-", "3"), []),
        ("A", "predikat", ("BB", "BB", "A", "A"), []),
        ("A", None, ("BB", "BB", "A", "A"), []),
        ("WTP", "posisi", ("-", "-", "-", "WTP"), []),
        ("Baik", "posisi", ("Cukup", "Baik", "Baik", "Baik"), []),
        ("Baik", "posisi", ("80", "82", "85", "85"), []),
        ("80", "posisi", ("BB", "80", "80", "80"), []),
        ("Sangat Baik", None, ("Kurang", "Lumayan", "Oke", "Sip"), []),
    ],
)
def test_a_word_among_numbers_is_found_and_the_rest_is_judged(annual, how, periods, wanted):
    assert brief(indikator(annual, how), targets(*periods)) == wanted


def test_an_indicator_without_any_period_is_found_once_where_others_of_its_level_have_some():
    other = (indikator("4", "jumlah", id="j", uraian="Lain"), targets("1", "1", "1", "1", of="j"))
    bare = indikator("12", "jumlah")
    assert brief(bare) == []
    assert brief(bare, *other) == [("TARGET-KOSONG", None, None, False)]
    assert brief(bare, targets(None, None, None, None), *other) == [("TARGET-KOSONG", None, None, False)]
    assert brief(bare, targets("-", "-", "-", "12"), *other) == []
    higher = node("up", "sasaran_strategis")
    assert brief(replace(bare, kinerja_id="up"), higher, *other)[:1] != [("TARGET-KOSONG", None, None, False)]
    year = TahunIndikator(id="y", dokumen_id="d", indikator_id="i", urutan=1, jenis="target", tahun="2022", nilai="12")
    assert brief(bare, year, *other) == []


@pytest.mark.parametrize(
    ("uraian", "satuan", "target", "kode"),
    [
        ("Jumlah Paket", "Persen", "4", "SATUAN-BEDA"),
        ("Persentase koperasi aktif", "Dokumen", "80", "SATUAN-BEDA"),
        ("Persentase koperasi aktif", "%", "80", None),
        ("Persentase koperasi aktif", "Persen", "80", None),
        ("Persentase koperasi aktif", "Nilai", "80", None),
        ("Persentase koperasi aktif", None, "80", None),
        ("Jumlah persentase koperasi aktif", "%", "80", None),
        ("Jumlah paket", "Paket", "4", None),
        ("Rasio koperasi", "Rasio", "4", None),
        ("Persentase koperasi aktif", "%", "250", "TARGET-LEBIH"),
        ("Persentase koperasi aktif", "%", "200", None),
    ],
)
def test_the_first_word_of_an_indicator_fits_its_unit_and_target(uraian, satuan, target, kode):
    rows = found(indikator(target, "posisi", uraian=uraian, satuan=satuan))
    assert [(f.kode, f.tingkat) for f in rows] == ([(kode, "catatan")] if kode else [])


PROGRAM = line("p", "program", kode="2.17.03")
KEGIATAN = line("k", "kegiatan", None, "p", kode="2.17.03.2.01")


def family(*codes: str | None) -> list[object]:
    return [PROGRAM, KEGIATAN, *(line(f"s{n}", induk="k", kode=kode, urutan=n) for n, kode in enumerate(codes))]


def fixed(*codes: str | None) -> list[tuple[object, ...]]:
    wanted = ("KODE-BEDA", "NOMOR-KOSONG")
    return [(f.kode, f.row_id, f.harusnya) for f in found(*family(*codes)) if f.kode in wanted]


FIRST, SECOND = "2.17.03.2.01.0001", "2.17.03.2.01.0002"


@pytest.mark.parametrize(
    ("codes", "wanted"),
    [
        ((FIRST, SECOND), []),
        ((FIRST, "2.17.03.2.O1.0002"), [("KODE-BEDA", "s1", SECOND)]),
        ((FIRST, "2.17.03.2.0l.0002"), [("KODE-BEDA", "s1", SECOND)]),
        ((FIRST, "2.17.03.2.01"), [("KODE-BEDA", "s1", None)]),
        ((FIRST, None), [("NOMOR-KOSONG", "s1", None)]),
        ((None, None), []),
        ((FIRST, None, None), []),
        ((FIRST, "2.17.03.2.01.2"), [("KODE-BEDA", "s1", SECOND)]),
        (("2.17.03.2.01.1", "2.17.03.2.01.2", "2.17.03.2.01.10"), []),
        (("2.17.03.2.01.10", "2.17.03.2.01.2"), []),
        (("01", "02"), []),
    ],
)
def test_codes_are_compared_with_those_beside_them(codes, wanted):
    assert fixed(*codes) == wanted


def test_a_letter_in_the_code_above_is_said_once():
    rows = [PROGRAM, replace(KEGIATAN, kode="2.17.O3.2.01"), line("s", induk="k", kode=FIRST)]
    assert of("KODE-BEDA", *rows) == ["k"]
    assert (
        of("KODE-BEDA", replace(PROGRAM, kode="X.XX.01"), line("k", "kegiatan", None, "p", kode="X.XX.01.2.01")) == []
    )


def test_a_sub_kegiatan_has_a_name_of_its_own_under_its_kegiatan():
    rows = family(FIRST, SECOND)
    alike = [replace(row, nama="Pelatihan") if row.id in ("s0", "s1") else row for row in rows]
    assert of("SASARAN-GANDA", *rows) == []
    assert of("SASARAN-GANDA", *alike) == ["s1"]
    assert of("SASARAN-GANDA", *alike[:3], replace(alike[3], induk_id=None)) == []


def official(row_id: str, nama: str | None, nip: str | None) -> Pejabat:
    return Pejabat(id=row_id, dokumen_id="d", nama=nama, nip=nip)


def test_one_number_belongs_to_one_person():
    other = "19800101 200501 2 001"
    assert of("NIP", official("x", "Made Ayu", NIP)) == ["x"], "the head of the agency has it"
    assert of("NIP", official("x", "Drs. Sri, M.Si", NIP)) == []
    assert of("NIP", official("x", "Made Ayu", other), official("y", "Ketut Rai", other)) == ["y"]
    assert of("NIP", official("x", "Made Ayu, S.E., M.M.", other), official("y", "Made  Ayu", other)) == []
    assert of("NIP", official("x", None, NIP), official("y", "Ketut Rai", None)) == []


@pytest.mark.parametrize(
    ("tanggal", "odd"),
    [
        ("2022-01-05", False),
        ("2022-10", False),
        ("2021-12-30", False),
        ("2021-01-05", True),
        ("2023-01-05", True),
        (None, False),
        ("awal tahun", False),
    ],
)
def test_a_document_is_dated_in_its_year(tanggal, odd):
    plan = Plan([OPD, replace(DOKUMEN, tanggal=tanggal)])
    rows = [f.kode for f in Checks(plan, RollUp(plan)).of("d")]
    assert rows == (["PENANDATANGAN"] if odd else [])


def test_a_report_is_signed_after_its_year():
    plan = Plan([OPD, replace(DOKUMEN, tanggal="2023-01-05"), BASE[2], indikator("1", "posisi")])
    checks, rollup = Checks(plan, RollUp(plan)), RollUp(plan)
    assert [f.kode for f in checks.of("d")] == ["PENANDATANGAN"]
    row = plan.get(Indikator, "i")
    change = Change(row, replace(row, realisasi="1"))
    plan.apply([change])
    checks.update([change], rollup.update([change]))
    assert list(checks.of("d")) == []


LINES = [line(f"a{n}", urutan=n) for n in range(5)]
INDICATORS = [indikator(None, "jumlah", id=f"i{n}", urutan=n, uraian=f"Jumlah {n}") for n in range(5)]


def told(*rows: object) -> list[tuple[str, str]]:
    wanted = ("TARGET-KOSONG", "PAGU-KOSONG", "KAS-TIDAK-ADA", "AKSI-TANPA-BULAN")
    return [(f.kode, f.row_id) for f in found(*rows) if f.kode in wanted]


def test_an_empty_plan_says_once_what_it_lacks():
    empty = [("TARGET-KOSONG", "d"), ("PAGU-KOSONG", "d"), ("KAS-TIDAK-ADA", "d")]
    assert told(*LINES, *INDICATORS) == empty
    assert found(*LINES, *INDICATORS)[0].pesan == "Target setahun belum diisi pada semua indikator (5)."
    assert told(*LINES[:4], *INDICATORS) == [], "just begun"
    assert told(*INDICATORS) == [], "a chart of indicators has no figures"


def test_a_column_that_the_form_does_not_have_is_no_fault():
    paid = [replace(row, pagu=100) for row in LINES]
    aimed = [replace(row, target="4") for row in INDICATORS]
    assert told(*paid, *aimed) == [], "a Perjanjian Kinerja"
    assert told(*LINES, *aimed) == [("PAGU-KOSONG", "d"), ("KAS-TIDAK-ADA", "d")]
    assert told(*paid, *INDICATORS) == [("TARGET-KOSONG", "d"), ("KAS-TIDAK-ADA", "d")]
    years = TahunIndikator(id="y", dokumen_id="d", indikator_id="i0", urutan=1, jenis="target", tahun="2020", nilai="4")
    assert told(*LINES, *INDICATORS, years) == [], "a Renstra"


def test_a_plan_that_is_filled_in_loses_what_it_lacked():
    plan = Plan([*BASE, *LINES, *INDICATORS])
    rollup = RollUp(plan)
    checks = Checks(plan, rollup)
    for change in (
        Change(LINES[0], replace(LINES[0], pagu=120)),
        Change(None, kas(*FULL, of="a0")),
        Change(INDICATORS[0], replace(INDICATORS[0], target="4")),
        Change(None, targets("1", "1", "1", "1", of="i0")),
    ):
        plan.apply([change])
        checks.update([change], rollup.update([change]))
        assert list(checks.of("d")) == list(Checks(plan, RollUp(plan)).of("d"))
    assert [f for f in checks.of("d") if f.tabel is Dokumen] == []


def test_actions_without_a_month_are_one_finding():
    one, two = (Aksi(id=f"x{n}", dokumen_id="d", urutan=n, anggaran_id="a0", uraian=f"Rapat {n}") for n in range(2))
    planned = (indikator("4", "jumlah"), targets("1", "1", "1", "1"))
    assert told(LINES[0], one, two, *planned) == [], "a form without months"
    assert told(LINES[0], one, two) == [("AKSI-TANPA-BULAN", "d")]
    (finding,) = [f for f in found(LINES[0], one, replace(two, bulan="3"), *planned) if f.tabel is Dokumen]
    assert (finding.kode, finding.pesan) == ("AKSI-TANPA-BULAN", "1 aksi belum ditandai bulannya: Rapat 0.")


def test_a_line_without_an_indicator_is_found_where_those_beside_it_have_one():
    rows = family(FIRST, SECOND)
    one = indikator("4", "posisi", kinerja_id=None, anggaran_id="s0")
    assert of("SASARAN-TANPA-INDIKATOR", *rows) == []
    assert of("SASARAN-TANPA-INDIKATOR", *rows, one, indikator("4", "posisi", id="j")) == ["s1"]
    both = indikator("4", "posisi", id="j2", uraian="Lain", kinerja_id=None, anggaran_id="s1")
    assert of("SASARAN-TANPA-INDIKATOR", *rows, one, both, indikator("4", "posisi", id="j")) == []
    link = Dukungan(id="l", dokumen_id="d", urutan=1, kinerja_id="k", anggaran_id="s1")
    assert of("SASARAN-TANPA-INDIKATOR", *rows, one, link, indikator("4", "posisi", id="j")) == []


def test_a_fall_behind_a_month_above_the_pagu_follows_from_that_month():
    def lines(*values: int) -> list[tuple[str, object, int]]:
        groups = grouped(found(line(pagu=120), kas(*values)))
        return [(g.first.kode, g.first.periode, len(g.lanjutan)) for g in groups]

    assert lines(*FULL[:10], 130, 120) == [("KAS-LEBIH", 11, 1)]
    assert lines(*FULL[:9], 130, 95, 120) == [("KAS-LEBIH", 10, 1)]
    assert lines(*FULL[:9], 130, 80, 120) == [("KAS-TURUN", 11, 0), ("KAS-LEBIH", 10, 0)]
    assert lines(*FULL[:9], 85, 110, 120) == [("KAS-TURUN", 10, 0)]


def test_nodes_that_hang_nowhere_are_one_line_for_a_level():
    top = node("top", "sasaran_strategis")
    loose = [node(f"n{n}", urutan=n + 2) for n in range(3)]
    rows = (top, node("hung", induk_id="top", urutan=9), *loose)
    of_level = [f for f in found(*rows) if f.kode == "INDUK-KOSONG"]
    assert len(of_level) == 4
    (group,) = grouped(of_level)
    assert sum(len(each.findings) for each in group.lanjutan) == 3
    assert {f.tabel for f in of_level} == {Kinerja}
