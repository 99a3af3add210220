"""Words in braces, and the template that uses them."""

from dataclasses import replace

import pytest

from models.changes import inverse
from models.plan import Plan
from models.rows import Anggaran, Dokumen, Narasi, Opd
from services.forms.heading import DOTS
from services.forms.parts import Run
from services.narasi.markup import parse, write
from services.narasi.placeholders import PLACEHOLDERS, fill, fill_runs, unknown
from services.narasi.sections import is_closing, is_preface, level_of, sections
from services.narasi.template import template_changes, template_rows
from services.samples import sample_plan

OPD = Opd(id="o", urutan=1, nama="Dinas Koperasi", pemda="Kabupaten Bone", ibu_kota="Watampone")
DOKUMEN = Dokumen(
    id="d",
    opd_id="o",
    urutan=1,
    judul="RENCANA AKSI",
    tahun=2027,
    tahap="perubahan",
    nomor_perubahan=2,
    tanggal="2027-01-31",
    ttd_jabatan="Kepala Dinas",
    ttd_nama="Ni Made Sri",
    ttd_pangkat="Pembina",
    ttd_nip="197410141993111001",
    ttd_plt=1,
    awal_renstra=2025,
    akhir_renstra=2029,
)
SMALL = Plan([OPD, DOKUMEN])


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{opd}", "Dinas Koperasi Kabupaten Bone"),
        ("{OPD}", "DINAS KOPERASI KABUPATEN BONE"),
        ("{pemda} di {ibu_kota}, {tempat}", "Kabupaten Bone di Watampone, Watampone"),
        ("Tahun {tahun} {tahap}", "Tahun 2027 perubahan ke-2"),
        ("{kepala.jabatan} {kepala.nama}", "Plt. Kepala Dinas Ni Made Sri"),
        ("{kepala.pangkat} {kepala.nip}", "Pembina 19741014 199311 1 001"),
        ("{tanggal}", "31 Januari 2027"),
        ("{awal_renstra}-{akhir_renstra}", "2025-2029"),
        ("{jumlah.program} {pagu}", f"{DOTS} {DOTS}"),
        ("{tidak_ada} {} { opd } {opd", "{tidak_ada} {} { opd } {opd"),
    ],
)
def test_the_plan_fills_in_its_words(text, filled):
    assert fill(text, SMALL, DOKUMEN) == filled


def test_every_placeholder_prints_something_for_a_bare_plan():
    bare = Dokumen(id="d", opd_id="o", urutan=1, judul="J", tahun=2027)
    plan = Plan([Opd(id="o", urutan=1, nama="Dinas"), bare])
    for name in PLACEHOLDERS:
        printed = fill(f"{{{name}}}", plan, bare)
        assert printed
        assert "{" not in printed


def test_numbers_of_a_real_plan():
    plan, dokumen_id = sample_plan("bone-2023")
    dokumen = plan.get(Dokumen, dokumen_id)
    counts = "{jumlah.sasaran} {jumlah.indikator} {jumlah.program} {jumlah.kegiatan} {jumlah.sub_kegiatan}"
    assert fill(counts, plan, dokumen) == "3 4 4 6 9"
    assert fill("{pagu}", plan, dokumen) == "Rp 4.111.656.976"


def test_a_program_that_is_printed_twice_counts_once():
    plan, dokumen_id = sample_plan("buleleng-2022")
    dokumen = plan.get(Dokumen, dokumen_id)
    before = fill("{jumlah.program}", plan, dokumen)
    line = next(a for a in plan.where(Anggaran, "dokumen_id", dokumen_id) if a.jenis == "program")
    again = Plan([*plan.rows(), replace(line, id="lagi", nama=line.nama.upper())])
    assert fill("{jumlah.program}", again, dokumen) == before


def test_the_words_take_the_style_of_their_braces_and_are_no_markup():
    plan = Plan([replace(OPD, nama="*Dinas*", pemda=None), DOKUMEN])
    found = fill_runs((Run("{opd}", bold=True), Run(" x")), plan, DOKUMEN)
    assert found == (Run("*Dinas*", bold=True), Run(" x"))


def test_unknown_names_are_told_once():
    assert unknown("{opd} {apa} {itu.ini} {apa} {Opd}") == ["apa", "itu.ini", "Opd"]


def test_the_template_is_whole_and_knows_its_placeholders():
    rows = template_rows("d")
    levels = [level_of(row) for row in rows]
    assert levels.count(1) == 4
    assert [row.judul for row in rows if row.tingkat == 1] == [
        "KATA PENGANTAR",
        "BAB I PENDAHULUAN",
        "BAB II RENCANA AKSI ATAS PERJANJIAN KINERJA",
        "BAB III PENUTUP",
    ]
    keys = [row.kunci for row in rows]
    assert {"kata_pengantar", "dasar_hukum", "tujuan_sasaran", "indikator_kinerja_utama", "penutup"} <= set(keys)
    assert len(set(keys)) == len(keys)
    for row in rows:
        assert unknown(f"{row.judul} {row.isi}") == []
        assert write(parse(row.isi)) == row.isi
        assert row.isi or row.tingkat == 1


def test_the_template_goes_into_a_plan_without_narrative_only():
    plan = Plan([OPD, DOKUMEN, Narasi(id="kosong", dokumen_id="d", urutan=1, isi=" ")])
    changes = template_changes(plan, "d")
    plan.apply(changes)
    there = sections(plan, "d")
    assert [section.row.kunci for section in there] == [row.kunci for row in template_rows("d")]
    assert is_preface(there[0])
    assert is_closing(there[-1])
    assert template_changes(plan, "d") == []
    plan.apply(inverse(changes))
    assert [row.id for row in plan.all(Narasi)] == ["kosong"]
