"""The rules for texts, units, numbers, codes and links: each fires where it should and nowhere else."""

from dataclasses import replace

import pytest
from checks_plans import codes, found, indikator, line, node, targets

from models.rows import Dukungan, Jabatan
from services.checks import grouped
from services.checks.units import is_slip, same_unit


def of(kode, *rows):
    return [f.row_id for f in found(*rows) if f.kode == kode]


def test_texts_that_are_missing_are_found():
    assert codes(found(line(nama=" "))) == [("NAMA-KOSONG", "a")]
    assert codes(found(line(nama="(nama tidak tercetak)"))) == [("NAMA-KOSONG", "a")]
    assert codes(found(indikator(uraian=" "))) == [("NAMA-KOSONG", "i")]
    assert of("URAIAN-KOSONG", node("n", uraian=None), node("m", uraian="-")) == ["m", "n"]
    assert codes(found(line(), indikator())) == []


def units(*spelt, target="5"):
    return [
        indikator(target, "posisi", id=f"i{n}", uraian=f"Indikator {n}", satuan=unit, urutan=n)
        for n, unit in enumerate(spelt)
    ]


def test_a_number_without_a_unit_is_found_where_units_are_written():
    assert of("SATUAN-KOSONG", *units("dokumen", None, "-")) == ["i1", "i2"]
    assert of("SATUAN-KOSONG", *units(None, None)) == [], "a plan without units"


@pytest.mark.parametrize("target", ["BB", "25 koperasi 25 orang", "5 dokumen", "80%", None, "-", "Terlaksana"])
def test_a_target_that_names_its_unit_or_is_none_needs_no_unit(target):
    (bare,) = units(None, target=target)
    assert of("SATUAN-KOSONG", bare, *(replace(row, id="x", uraian="Lain") for row in units("dokumen"))) == []


def test_one_unit_is_spelt_as_it_is_most_often():
    findings = [f for f in found(*units("dokumen", "Dokumen", "dokumen", "dok.", "orang")) if f.kode == "SATUAN-BEDA"]
    assert [(f.row_id, f.nilai, f.harusnya) for f in findings] == [
        ("i1", "Dokumen", "dokumen"),
        ("i3", "dok.", "dokumen"),
    ]
    assert len(grouped(findings)) == 1, "one unit is one line"


def test_a_rare_word_may_be_a_slip_of_a_frequent_one():
    assert of("SATUAN-BEDA", *units("kelompok", "kelompok", "kelpmpok")) == ["i2"]
    assert of("SATUAN-BEDA", *units("kelpmpok", "kelompok")) == ["i0"], "a unit that other plans use is surely right"
    assert of("SATUAN-BEDA", *units("kelpmpok", "kelimpok")) == [], "neither is the usual one"
    assert of("SATUAN-BEDA", *units("Unit", "Unit", "Unit Usaha", "UMKM", "Pelaku UMKM")) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Persen", "%", True),
        ("laporan", "Laporan Triwulan", True),
        ("orang/koperasi", "orang", True),
        ("UMKM", "UMKM'", True),
        ("dokumen", "laporan", False),
        ("unit", "%", False),
        ("Nilai", "(BB)", True),
        ("Indeks", "poin", True),
        ("Indeks", "dokumen", False),
        ("orang", "ASN", True),
        ("orang", "peserta pelatihan", True),
        ("peserta", "koperasi", False),
        ("Ha", "hektar", True),
        ("Orang/bulan", "OB", True),
        ("Rupiah", "Milyar", True),
    ],
)
def test_units_are_compared_by_their_words(one, other, same):
    assert same_unit(one, other) is same
    assert same_unit(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("kelompok", "kelpmpok", True),
        ("kelompok", "kelompk", True),
        ("kelompok", "kelopmok", True),
        ("orang", "oranq", False),
        ("produk", "produk", False),
        ("lembaga", "lembaran", False),
    ],
)
def test_a_slip_is_one_letter_of_a_long_word(one, other, slip):
    assert is_slip(one, other) is slip


def numbered(*numbers, level="sasaran_sub_kegiatan", **more):
    """Nodes in a row, "3b" of the owner b."""
    nodes = []
    for at, text in enumerate(numbers):
        bare, owner = text.rstrip("ab"), text[-1:] if text[-1:] in "ab" and text else ""
        nodes.append(node(f"n{at}", level, nomor=bare or None, urutan=at, kelompok=owner or None, **more))
    return nodes


@pytest.mark.parametrize(
    ("numbers", "missing", "twice", "left_out"),
    [
        (("1", "2", "3"), [], [], []),
        (("1", "2.", "3)"), [], [], []),
        (("1", "2", "2", "3"), [], ["n2"], []),
        (("1", "1", "2", "3"), [], ["n1"], []),
        (("1", "2", "4"), [], [], ["n2"]),
        (("1", "2", "", "4"), ["n2"], [], []),
        (("1", "", "", ""), [], [], []),
        (("7", "", "", "", ""), [], [], []),
        (("7", "8", "9"), [], [], []),
        (("1", "2", "1", "2", "3"), [], [], []),
        (("1a", "2a", "1b", "2b"), [], [], []),
        (("1a", "2a", "2b", "3b"), [], ["n2"], []),
        (("1a", "2a", "3a", "2b", "3b"), [], [], []),
        (("2a", "3a", "1a"), [], [], []),
        (("1", "3", "2"), [], [], []),
        (("1a", "2a", "4b"), [], [], ["n2"]),
        (("1a", "2a", "9b"), [], [], []),
        (("1.1", "1.2", "2.1", "2.2"), [], [], []),
        (("1.1", "1.1", "2.1"), [], ["n1"], []),
        (("a.", "a.", "b."), [], ["n1"], []),
        (("I", "II", "I", "II"), [], [], []),
        (("-", "-", "-"), [], [], []),
        (("1a", "2a", "2b"), [], ["n2"], []),
        (("1", "9", "3"), [], [], ["n1"]),
        (("31", "2", "3"), [], [], ["n0"]),
        (("1a", "32b", "3b"), [], [], ["n1"]),
        (("1a", "b", "3b"), ["n1"], [], []),
        (("1a", "2a", "b"), [], [], []),
        (("1", ""), ["n1"], [], []),
        (("a", "2b", "3b"), ["n0"], [], []),
        (("61", "62", "63"), [], [], []),
        ((), [], [], []),
    ],
)
def test_numbers_run_through_a_list_or_begin_again(numbers, missing, twice, left_out):
    nodes = numbered(*numbers)
    assert of("NOMOR-KOSONG", *nodes) == missing
    assert of("NOMOR-GANDA", *nodes) == twice
    assert of("NOMOR-LOMPAT", *nodes) == left_out


def test_a_number_left_out_behind_one_used_twice_follows_from_it():
    findings = found(*numbered("1", "2", "2", "4"))
    assert codes(findings) == [("NOMOR-GANDA", "n2"), ("NOMOR-LOMPAT", "n3")]
    assert len(grouped(findings)) == 1


def test_a_list_that_begins_again_and_again_may_hold_the_number_one_alone():
    assert of("NOMOR-GANDA", *numbered("1", "2", "1", "1", "2")) == []


def test_each_level_and_each_document_counts_for_itself():
    other = node("m", "sasaran_kegiatan", nomor="1", urutan=9)
    assert of("NOMOR-GANDA", *numbered("1", "2"), other) == []


def test_a_sasaran_that_a_level_states_again_is_found():
    rows = (node("n", uraian="Koperasi sehat"), node("m", uraian="KOPERASI  SEHAT.", urutan=2))
    assert of("SASARAN-GANDA", *rows) == ["m"]
    assert of("SASARAN-GANDA", rows[0], replace(rows[1], tingkat="sasaran_program")) == []
    assert of("SASARAN-GANDA", node("n", uraian=None), node("m", uraian="")) == []


def test_the_same_sasaran_in_two_renstra_or_of_two_staff_is_none_too_many():
    for level in ("tujuan", "sasaran_strategis", "sasaran_individu"):
        rows = [node(name, level, uraian="Sama", kelompok=f"Renstra {name}") for name in "nm"]
        assert of("SASARAN-GANDA", *rows) == []


def test_an_indicator_stands_once_below_the_same_row():
    up = node("up", "sasaran_program")
    rows = [node(name, induk_id="up", urutan=n) for n, name in enumerate("nm")]
    same = [indikator(id=f"i{row.id}", kinerja_id=row.id, urutan=n) for n, row in enumerate(rows)]
    assert of("INDIKATOR-GANDA", up, *rows, *same) == ["im"]
    assert of("INDIKATOR-GANDA", up, rows[0], replace(rows[1], induk_id=None), *same) == []
    assert of("INDIKATOR-GANDA", up, *rows, same[0], replace(same[1], kinerja_id="up")) == [], "carried down"
    assert of("INDIKATOR-GANDA", up, *rows, same[0], replace(same[1], kinerja_id="n")) == ["im"], "twice on one row"


def test_an_indicator_says_more_than_its_sasaran():
    assert of("SASARAN-SAMA-INDIKATOR", indikator(uraian="koperasi MAJU")) == ["k"]
    assert of("SASARAN-SAMA-INDIKATOR", indikator(uraian="Jumlah koperasi maju")) == []


def test_a_sasaran_is_measured_by_itself_or_by_a_line_that_supports_it():
    on_line = indikator(id="il", kinerja_id=None, anggaran_id="a", uraian="Lain")
    link = Dukungan(id="x", dokumen_id="d", urutan=1, kinerja_id="n", anggaran_id="a")
    assert of("SASARAN-TANPA-INDIKATOR", indikator(), node("n"), line(), on_line) == ["n"]
    assert of("SASARAN-TANPA-INDIKATOR", indikator(), node("n"), line(), on_line, link) == []
    assert of("SASARAN-TANPA-INDIKATOR", indikator(), node("n", "tujuan")) == []
    assert of("SASARAN-TANPA-INDIKATOR", node("n")) == [], "a plan without indicators"


def test_a_sasaran_strategis_has_an_indicator_of_its_own_where_others_have():
    on_line = indikator(id="il", kinerja_id=None, anggaran_id="a", uraian="Lain")
    link = Dukungan(id="x", dokumen_id="d", urutan=1, kinerja_id="n", anggaran_id="a")
    rows = (indikator(), node("n", "sasaran_strategis"), node("m", "sasaran_strategis"), line(), on_line, link)
    own = indikator(id="im", kinerja_id="m", uraian="Nilai SAKIP")
    assert of("SASARAN-TANPA-INDIKATOR", *rows) == ["m"]
    assert of("SASARAN-TANPA-INDIKATOR", *rows, own) == ["n"]


def test_a_branch_of_the_budget_supports_something():
    rows = (line("p", "program", urutan=1), line("s", "kegiatan", None, "p", urutan=2), line("q", "program", urutan=3))
    link = Dukungan(id="x", dokumen_id="d", urutan=1, kinerja_id="k", anggaran_id="s")
    assert of("ANGGARAN-TANPA-SASARAN", *rows, link) == ["q"]
    assert of("ANGGARAN-TANPA-SASARAN", *rows, replace(link, anggaran_id="p")) == ["q"]
    assert of("ANGGARAN-TANPA-SASARAN", *rows) == [], "a plan without links"


@pytest.mark.parametrize(
    ("upper", "lower", "fits"),
    [
        ("2.17.03", "2.17.03.2.01", True),
        ("2.17.03", "2.17.04.2.01", False),
        ("2.17.3", "2.17.03.2.01", True),
        ("X.XX.01", "2.17.01.2.01", True),
        ("X.XX.01", "2.17.02.2.01", False),
        ("17.03", "2.17.03.2.01", True),
        ("2.17.03", "2.01", True),
        ("2.17.03", "2.17.04", False),
        ("2.17.03", "2.17.03", False),
        ("2.17.03.2.01", "2.17.03.2.02", False),
        ("03", "2.01", True),
        ("2.01", "2.01.05", True),
        ("2.17.03.2.01", "0005", True),
        ("2.17.03.", " 2.17.03.2.01 ", True),
        (None, "2.17.04.2.01", True),
        ("2.17.03", None, True),
    ],
)
def test_a_code_begins_with_that_of_the_line_above(upper, lower, fits):
    rows = (line("p", "program", kode=upper), line("s", "kegiatan", None, "p", kode=lower))
    assert of("KODE-BEDA", *rows) == ([] if fits else ["s"])


def test_a_code_is_compared_over_a_line_that_has_none():
    rows = (line("p", "program", kode="2.17.03"), line("k1", "kegiatan", None, "p"))
    assert of("KODE-BEDA", *rows, line("s", "sub_kegiatan", None, "k1", kode="2.17.04.2.01.0001")) == ["s"]


def people(*units):
    """Positions by unit; those after the first stand below the first."""
    return [
        Jabatan(
            id=f"j{n}",
            dokumen_id="d",
            urutan=n,
            nama=f"Kepala {n}",
            unit=unit,
            eselon="III",
            atasan_id="j9" if n else None,
        )
        for n, unit in enumerate(units)
    ]


def test_the_line_below_belongs_to_the_same_unit():
    rows = (
        line("p", "program", penanggung_jawab_id="j1"),
        line("s", "kegiatan", None, "p", penanggung_jawab_id="j2"),
    )
    assert of("PJ-BEDA", *rows, *people(None, "BIDANG KOPERASI", "BIDANG INDUSTRI")) == ["s"]
    assert of("PJ-BEDA", *rows, *people(None, "BIDANG KOPERASI", "Bidang Koperasi dan UKM")) == []
    assert of("PJ-BEDA", *rows, *people(None, None, "BIDANG INDUSTRI")) == [], "the head is over all units"


def test_who_stands_below_the_person_above_belongs_there():
    rows = (node("p", penanggung_jawab_id="j1"), node("s", induk_id="p", penanggung_jawab_id="j2"))
    positions = people(None, "SEKRETARIAT", "SUB BAGIAN UMUM")
    assert of("PJ-BEDA", *rows, *positions) == ["s"]
    below = replace(positions[2], atasan_id="j1", eselon="IV")
    assert of("PJ-BEDA", *rows, *positions[:2], below) == []
    assert of("PJ-BEDA", *rows, *positions[:2], replace(below, atasan_id=None)) == [], "nothing says where it belongs"


def in_charge(*people):
    return [
        line(f"l{n}", urutan=n, penanggung_jawab_id=None if who == "." else who) for n, who in enumerate(people)
    ] + [Jabatan(id=who, dokumen_id="d", urutan=1, nama=who) for who in {*people} - {"."}]


@pytest.mark.parametrize(
    ("row", "blank"),
    [
        ("....", []),
        ("abcd", []),
        ("a.abbcd", ["l1"]),
        ("abc.efgh", ["l3"]),
        ("a..b..c.", []),
        (".a..b..c", ["l0"]),
        ("ab.", []),
    ],
)
def test_a_row_without_a_person_is_found_unless_the_cell_may_be_merged(row, blank):
    assert of("PJ-KOSONG", *in_charge(*row)) == blank


def test_targets_of_a_plan_without_units_say_nothing_of_units():
    assert codes(found(indikator("10", "jumlah"), targets("4", "-", "6", "-"))) == []
