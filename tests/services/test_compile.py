"""Kompilasi: plans of several agencies in one file, and a report of what did not fit."""

import shutil
from dataclasses import replace

import pytest

from models.changes import Change
from models.errors import PlanError
from models.reading import read_plan
from models.rows import Anggaran, Dokumen, Kop, Opd, PlanRow, Salinan, references
from services import edits
from services.checks import Checks, grouped
from services.compile import compile_plans, look, remarks
from services.compile_overview import overview
from services.copies import send_copy
from services.document import Document
from services.new_plan import NewPlan, create_plan
from services.rollup import RollUp
from services.tahap import new_stage

NAMES = ("bone-2023", "lombok-tengah-2022")


@pytest.fixture
def paths(published, tmp_path):
    made = []
    for name in NAMES:
        path = tmp_path / f"{name}.db"
        shutil.copyfile(published(name), path)
        made.append(path)
    return made


def agency(path, name, **more):
    create_plan(
        path, NewPlan(opd_nama=name, tahun=2027, pemda="Kabupaten Bone", jenis_pemda="kabupaten", **more)
    ).file.close()
    return path


def test_plans_stand_side_by_side_with_every_row(paths, tmp_path):
    document, report = compile_plans(tmp_path / "semua.db", paths)
    with document:
        assert all(one.complete and len(one.documents) == 1 for one in report)
        assert [one.path for one in report] == paths
        wanted = {row.id: row for path in paths for row in read_plan(path)}
        own = {row.id: row for row in document.plan.rows()}
        assert own.keys() == wanted.keys()
        assert all(own[row_id] == row for row_id, row in wanted.items() if isinstance(row, PlanRow))
        assert [row.nama for row in document.plan.all(Opd)] == [
            row.nama for path in paths for row in read_plan(path) if isinstance(row, Opd)
        ]
        numbers = [row.urutan for row in document.plan.all(Dokumen)]
        assert numbers == sorted(set(numbers))
    assert {row.id for row in read_plan(tmp_path / "semua.db")} == own.keys()


def test_each_agency_is_checked_and_summed_as_in_its_own_file(paths, tmp_path):
    document, _ = compile_plans(tmp_path / "semua.db", paths)
    with document:
        together = Checks(document.plan, RollUp(document.plan))
        for path in paths:
            with Document.open(path) as one:
                alone = Checks(one.plan, RollUp(one.plan))
                for dokumen in one.plan.all(Dokumen):
                    mine = [(f.kode, f.row_id) for f in together.of(dokumen.id)]
                    assert mine == [(f.kode, f.row_id) for f in alone.of(dokumen.id)]


def test_the_same_document_twice_is_taken_once_and_said(paths, tmp_path):
    again = tmp_path / "lagi.db"
    shutil.copyfile(paths[0], again)
    document, report = compile_plans(tmp_path / "semua.db", [*paths, again])
    with document:
        assert len(document.plan.all(Opd)) == 2
    assert report[2].documents == ()
    (sentence,) = report[2].left_out
    assert sentence.startswith("lagi.db: ")
    assert "sudah ada (dari bone-2023.db)" in sentence


def test_two_stages_of_one_agency_stand_under_one_agency(paths, tmp_path):
    other = tmp_path / "perubahan.db"
    shutil.copyfile(paths[0], other)
    with Document.open(other) as document:
        origin = document.plan.all(Dokumen)[0]
        document.edit("perubahan", new_stage(document.plan, origin.id)[0])
        document.file.publish()
    document, report = compile_plans(tmp_path / "semua.db", [paths[0], other])
    with document:
        (opd,) = document.plan.all(Opd)
        assert [row.opd_id for row in document.plan.all(Dokumen)] == [opd.id] * 2
    assert len(report[1].documents) == 1
    assert len(report[1].left_out) == 1


def test_an_agency_written_otherwise_is_the_same_agency(tmp_path):
    one = agency(tmp_path / "a.db", "Dinas  Koperasi")
    other = agency(tmp_path / "b.db", "DINAS KOPERASI", tahap="perubahan")
    document, report = compile_plans(tmp_path / "semua.db", [one, other])
    with document:
        assert [row.nama for row in document.plan.all(Opd)] == ["Dinas Koperasi"]
        assert [row.tahap for row in document.plan.all(Dokumen)] == ["murni", "perubahan"]
    assert all(one.complete for one in report)


def test_one_letterhead_for_each_agency(tmp_path):
    files = [agency(tmp_path / f"{stage}.db", "Dinas", tahap=stage) for stage in ("murni", "perubahan")]
    for path in files:
        with Document.open(path) as document:
            opd = document.plan.all(Opd)[0]
            document.edit("kop", [Change(None, Kop(id=f"kop-{path.stem}", opd_id=opd.id, baris=path.stem))])
            document.file.publish()
    document, _ = compile_plans(tmp_path / "semua.db", files)
    with document:
        assert [row.baris for row in document.plan.all(Kop)] == ["murni"]


def test_a_copy_of_a_document_under_another_name_is_to_be_merged_first(paths, tmp_path):
    copy = tmp_path / "salinan.db"
    with Document.open(paths[0]) as document:
        send_copy(document, "Bidang", copy)
    with Document.open(copy) as document:
        document.edit("isi", edits.set_field(document.plan.all(Dokumen)[0], "tahun", 2031))
        document.file.publish()
    document, report = compile_plans(tmp_path / "semua.db", [paths[0], copy])
    with document:
        assert document.plan.all(Salinan) == ()
    assert "Gabungkan lebih dahulu" in report[1].left_out[0]


def test_broken_and_foreign_files_are_reported_and_the_rest_is_taken(paths, tmp_path):
    broken, foreign, gone = tmp_path / "rusak.db", tmp_path / "asing.db", tmp_path / "hilang.db"
    broken.write_bytes(paths[0].read_bytes()[:5000])
    foreign.write_bytes(b"bukan rencana")
    document, report = compile_plans(tmp_path / "semua.db", [broken, paths[0], foreign, gone])
    with document:
        assert len(document.plan.all(Opd)) == 1
    assert [one.complete for one in report] == [False, True, False, False]
    assert [
        words in one.left_out[0]
        for one, words in zip((report[0], *report[2:]), ("rusak", "bukan berkas", "tidak ditemukan"), strict=True)
    ] == [True] * 3


def test_nothing_is_left_behind_where_nothing_could_be_taken(tmp_path):
    target = tmp_path / "semua.db"
    with pytest.raises(PlanError, match="Tidak ada rencana yang dapat dikompilasi"):
        compile_plans(target, [tmp_path / "hilang.db"])
    with pytest.raises(PlanError, match="Tidak ada berkas yang dipilih"):
        compile_plans(target, [])
    assert not target.exists()


def test_a_file_that_is_there_is_not_written_over(paths):
    before = paths[0].read_bytes()
    with pytest.raises(PlanError, match="sudah ada"):
        compile_plans(paths[0], paths)
    assert paths[0].read_bytes() == before


def test_progress_names_each_file_and_may_stop_without_a_trace(paths, tmp_path):
    seen = []
    compile_plans(tmp_path / "semua.db", paths, lambda *at: seen.append(at))[0].file.close()
    assert seen == [(0, 2, "bone-2023.db"), (1, 2, "lombok-tengah-2022.db"), (2, 2, "semua.db"), (2, 2, "semua.db")]

    class Stopped(Exception):  # noqa: N818 - as the window stops a task
        pass

    for last in range(1, len(seen) + 1):
        calls = []

        def stop(*at, calls=calls, last=last):
            calls.append(at)
            if len(calls) == last:
                raise Stopped

        with pytest.raises(Stopped):
            compile_plans(tmp_path / "lain.db", paths, stop)
        assert sorted(path.name for path in tmp_path.glob("*.db*")) == [
            "bone-2023.db",
            "lombok-tengah-2022.db",
            "semua.db",
        ]


def test_what_a_file_holds_is_looked_at_beforehand(paths, tmp_path):
    found = look(paths[0])
    with Document.open(paths[0]) as document:
        (dokumen,) = document.plan.all(Dokumen)
        checks = Checks(document.plan, RollUp(document.plan))
        groups = grouped(f for f in checks.of(dokumen.id) if checks.accepted(f) is None)
        assert found.galat == sum(group.first.tingkat == "galat" for group in groups) > 0
    assert [(one.agency, one.year, one.stage) for one in found.documents] == [
        ("Dinas Koperasi, Usaha Kecil dan Menengah", 2023, "Murni")
    ]
    missing = look(tmp_path / "tidak-ada.db")
    assert missing.problem
    assert missing.documents == ()


def test_what_is_wrong_beside_the_others_is_said_of_each_file(paths, tmp_path):
    twice, renamed = tmp_path / "dua-kali.db", tmp_path / "diganti.db"
    shutil.copyfile(paths[0], twice)
    shutil.copyfile(paths[0], renamed)
    with Document.open(renamed) as document:
        document.edit("ubah", edits.set_field(document.plan.all(Opd)[0], "nama", "Badan"))
        document.file.publish()
    others = [agency(tmp_path / f"{n}.db", f"Dinas {n}") for n in range(3)]
    files = [look(path) for path in (*others, *paths, twice, renamed, tmp_path / "hilang.db")]
    said = remarks(files)
    assert [level for level, _ in said] == [None] * 3 + ["peringatan"] * 2 + ["galat"] * 3
    assert said[3][1] == "Tahun 2023; kebanyakan berkas 2027."
    assert said[5][1] == "Dokumen ini sudah ada di bone-2023.db."
    assert "Gabungkan lebih dahulu" in said[6][1]
    assert "hilang.db" in said[7][1]
    document, report = compile_plans(tmp_path / "semua.db", [one.path for one in files])
    document.file.close()
    assert [one.complete for one in report] == [level != "galat" for level, _ in said], "it says what will come of it"
    assert remarks([look(tmp_path / "semua.db")])[0][1].startswith("Memuat 5 perangkat daerah")


def test_the_overview_has_the_figures_of_each_agency(paths, tmp_path):
    document, _ = compile_plans(tmp_path / "semua.db", paths)
    with document:
        rollup = RollUp(document.plan)
        listed = list(overview(document.plan, rollup, Checks(document.plan, rollup)))
        assert [(one.agency, one.pemda) for one in listed] == [(o.nama, o.pemda) for o in document.plan.all(Opd)]
    for one, path in zip(listed, paths, strict=True):
        found = look(path)
        assert (one.galat, one.peringatan) == (found.galat, found.peringatan)
    assert listed[1].pagu == 9_361_664_774
    assert listed[1].selisih == listed[1].pagu - listed[1].kas


def test_forty_files_come_in_one_go(published, tmp_path):
    rows = read_plan(published("bone-2023"))
    paths = []
    for at in range(40):
        path = tmp_path / f"opd-{at:02}.db"
        with Document.create(path) as document:
            document.edit("isi", [Change(None, _renamed(row, at)) for row in rows])
            document.file.publish()
        paths.append(path)
    document, report = compile_plans(tmp_path / "semua.db", paths)
    with document:
        assert all(one.complete for one in report)
        assert len(document.plan.all(Opd)) == 40
        assert len(document.plan.all(Anggaran)) == 40 * sum(isinstance(row, Anggaran) for row in rows)


def _renamed(row, at):
    """The row as that of another agency: all ids its own."""
    ids = {
        name: f"{value}-{at}"
        for name in ("id", "opd_id", "dokumen_id", *references(type(row)))
        if (value := getattr(row, name, None))
    }
    more = {"nama": f"{row.nama} {at}"} if isinstance(row, Opd) else {}
    return replace(row, **ids, **more)


def test_a_year_that_is_there_twice_as_one_plan_is_not_that_of_most(tmp_path):
    one = agency(tmp_path / "a.db", "Dinas A")
    other = agency(tmp_path / "b.db", "Dinas B")
    with Document.open(other) as document:
        document.edit("ubah", edits.set_field(document.plan.all(Dokumen)[0], "tahun", 2023))
        document.file.publish()
    again = tmp_path / "c.db"
    shutil.copyfile(other, again)
    said = remarks([look(path) for path in (one, other, again)])
    assert [level for level, _ in said] == [None, "peringatan", "galat"]
    assert said[1][1] == "Tahun 2023; tahun berkasnya 2023, 2027."


def test_agencies_of_one_name_are_told_with_their_region(paths, tmp_path):
    document, report = compile_plans(tmp_path / "semua.db", paths)
    with document:
        regions = [opd.pemda for opd in document.plan.all(Opd)]
    assert all(pemda and pemda in one.documents[0] for pemda, one in zip(regions, report, strict=True))
