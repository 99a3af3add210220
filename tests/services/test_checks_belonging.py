"""Where a finding belongs: up the tree to its branch, and to the nearest position in charge."""

from checks_plans import BASE, line, node

from models.plan import Plan
from models.rows import Aksi, Anggaran, Dokumen, Indikator, Jabatan, Kinerja
from services.checks.belonging import branch_of, branches, in_charge, positions
from services.checks.finding import plain

PLAN = Plan(
    [
        *BASE,
        Jabatan(id="j", dokumen_id="d", urutan=1, nama="Kepala Bidang"),
        Jabatan(id="j2", dokumen_id="d", urutan=2, nama="Kepala Seksi"),
        line("p", "program", nama="Pelatihan", kode="2.17", penanggung_jawab_id="j"),
        line("k", "kegiatan", induk="p"),
        line("s", "sub_kegiatan", induk="k", penanggung_jawab_id="j2"),
        line("x", "kegiatan", nama="Pelatihan", induk="gone"),
        node("n", "sasaran_program", induk_id="k", nomor="4."),
        Indikator(id="i", dokumen_id="d", urutan=1, anggaran_id="k", uraian="Koperasi aktif"),
        Aksi(id="a", dokumen_id="d", urutan=1, anggaran_id="s", uraian="Rapat"),
    ]
)


def of(cls, row_id):
    finding = plain("URAIAN-KOSONG", "catatan", PLAN.get(cls, row_id), "Kosong.")
    return branch_of(PLAN, finding), in_charge(PLAN, finding)


def test_rows_belong_to_the_top_of_their_tree_and_the_nearest_position():
    assert of(Anggaran, "s") == ("p", "j2")
    assert of(Anggaran, "k") == ("p", "j")
    assert of(Indikator, "i") == ("p", "j")
    assert of(Aksi, "a") == ("p", "j2")
    assert of(Kinerja, "n") == ("k", None)
    assert of(Anggaran, "x") == ("x", None)


def test_what_is_about_the_document_belongs_to_no_branch_and_a_position_to_itself():
    assert of(Dokumen, "d") == (None, None)
    assert of(Jabatan, "j2") == (None, "j2")


def test_a_row_in_a_ring_ends_somewhere():
    plan = Plan([*BASE, line("p", "program", induk="k"), line("k", "kegiatan", induk="p")])
    finding = plain("NAMA-KOSONG", "peringatan", plan.get(Anggaran, "p"), "Kosong.")
    assert branch_of(plan, finding) == "k"
    assert in_charge(plan, finding) is None


def test_the_choices_are_named_with_number_or_code():
    assert branches(PLAN, "d") == [("Koperasi maju", "k"), ("2.17 Pelatihan", "p"), ("Pelatihan", "x")]
    assert positions(PLAN, "d") == [("Kepala Bidang", "j"), ("Kepala Seksi", "j2")]
