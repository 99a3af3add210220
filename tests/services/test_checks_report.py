"""The text of `periksa` and the printed list: each row by a name of its own, and the figures beside the sentence."""

from checks_plans import BASE, FULL, indikator, kas, line, node, targets

from models.plan import Plan
from models.rows import Dokumen, Jabatan, Pejabat
from services.checks import Checks
from services.checks.report import as_text
from services.checks.where import Places
from services.forms.daftar_temuan import build
from services.rollup import RollUp
from services.samples import sample_plan


def text(*rows: object) -> list[str]:
    plan = Plan([*BASE, *rows])
    return as_text(plan, list(Checks(plan, RollUp(plan)).of("d"))).splitlines()


def test_what_follows_is_listed_indented_with_its_row_and_amounts():
    rows = [line("p", "program", 120), line("k", "kegiatan", 120, "p")]
    wrong = (*FULL[:3], 90, *FULL[4:])
    said = text(*rows, kas(*FULL, of="p"), kas(*wrong, of="k"))
    assert said[0] == "1 galat, 0 peringatan, 0 catatan"
    assert said[1].endswith("lebih kecil daripada April 90. (selisih -40) Diikuti 1 temuan lain:")
    assert said[2] == (
        "    KAS-RINCIAN     Program Pelatihan p: Kas sampai April 40, jumlah kegiatannya 90. (selisih -50)"
    )
    assert len(said) == 3


def test_the_amounts_of_several_periods_stand_below():
    said = text(line(pagu=100), kas(*FULL))
    assert said[1].endswith(
        "Sub kegiatan Pelatihan: Kas sampai November dan Desember melebihi pagu. Diikuti 1 temuan lain:"
    )
    assert said[2:4] == [
        "    November: nilai 110, seharusnya maks. 100, selisih 10",
        "    Desember: nilai 120, seharusnya maks. 100, selisih 20",
    ]


def test_a_new_error_in_a_month_that_differs_already_changes_the_text():
    rows = [line("p", "program", 120), line("k", "kegiatan", 120, "p"), kas(*FULL, of="k")]
    once = text(*rows, kas(10, 15, 35, *FULL[3:], of="p"))
    again = text(*rows, kas(10, 15, 36, *FULL[3:], of="p"))
    assert once[1] == again[1]
    assert once != again


def test_rows_of_one_name_are_told_apart():
    rows = [
        node("up", "sasaran_program", uraian="Atas"),
        node("n1", nomor="1", uraian="Maju"),
        node("n2", nomor="2", uraian="Maju"),
        line("a1", "program", 5, nama="PROGRAM X", kode="2.17.03"),
        line("a2", "program", 7, nama="PROGRAM X", kode="2.17.04"),
        line("b1", "program", 5, nama="Y"),
        line("b2", "program", 7, nama="Y"),
        line("c1", "kegiatan", None, "a1", nama="Z"),
        line("c2", "kegiatan", None, "a2", nama="Z"),
        line("e1", "kegiatan", nama="W"),
        line("e2", "kegiatan", nama="W"),
        indikator(id="i1", kinerja_id="k", uraian="Aktif"),
        indikator(id="i2", kinerja_id="up", uraian="Aktif"),
    ]
    plan = Plan([*BASE, *rows])
    places = Places(plan)
    names = {row.id: places.name(type(row), row.id) for row in rows}
    assert names == {
        "up": "Sasaran program Atas",
        "n1": "Sasaran kegiatan Maju (nomor 1)",
        "n2": "Sasaran kegiatan Maju (nomor 2)",
        "a1": "Program X (kode 2.17.03)",
        "a2": "Program X (kode 2.17.04)",
        "b1": "Program Y (pagu 5)",
        "b2": "Program Y (pagu 7)",
        "c1": "Kegiatan Z (di bawah program 2.17.03 PROGRAM X)",
        "c2": "Kegiatan Z (di bawah program 2.17.04 PROGRAM X)",
        "e1": "Kegiatan W (yang ke-1 dari 2)",
        "e2": "Kegiatan W (yang ke-2 dari 2)",
        "i1": "Indikator Aktif (pada sasaran kegiatan Koperasi maju)",
        "i2": "Indikator Aktif (pada sasaran program Atas)",
    }


def test_an_official_without_a_name_is_told_by_the_position():
    rows = [
        Jabatan(id="j", dokumen_id="d", urutan=1, nama="Kepala Bidang UKM"),
        Pejabat(id="x", dokumen_id="d", jabatan_id="j", nip="1"),
        Pejabat(id="y", dokumen_id="d", jabatan="Bupati Buleleng", nip="1"),
        Pejabat(id="z", dokumen_id="d", nip="1"),
        Pejabat(id="n", dokumen_id="d", jabatan_id="j", nama="Sri"),
    ]
    places = Places(Plan([*BASE, *rows]))
    assert [places.name(Pejabat, row_id) for row_id in "xyzn"] == [
        "Pejabat Kepala Bidang UKM (belum bernama)",
        "Pejabat Bupati Buleleng (belum bernama)",
        "Atasan kepala perangkat daerah (belum bernama)",
        "Pejabat Sri",
    ]


def test_the_printed_list_says_that_a_figure_is_a_bound():
    plan = Plan([*BASE, line(pagu=120), kas(*FULL[:5], 40, *FULL[6:]), indikator(), targets("25", "50", "110", "120")])
    form = build(plan, plan.get(Dokumen, "d"), "daftar-temuan")
    cells = [cell for part in form.parts for block in part.body for row in block for cell in row.cells]
    wanted = {str(cell.text) for cell in cells if cell.col == 5}
    assert {"min. 50", "maks. 100"} <= wanted


def test_of_several_years_each_sentence_is_told():
    plan, dokumen_id = sample_plan("lampung-2019")
    said = as_text(plan, list(Checks(plan, RollUp(plan)).of(dokumen_id))).splitlines()
    told = [each.strip() for each in said]
    assert any(each.startswith("Capaian 2017 tercetak") and each.endswith("adalah 31,42%.") for each in told)
    assert not [each for each in said if "setahun: nilai" in each]
