"""The plan file: nothing acknowledged is lost, and the officer's file is whole at every moment."""

import hashlib
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from naming_plans import name_of, rename

from models import plan_file
from models.changes import Change
from models.errors import PlanError
from models.files import part_name
from models.plan_file import PlanFile
from models.publish import content_hash
from models.reading import read_plan
from models.rows import NILAI_MAKS, Anggaran, Dokumen, Narasi, Opd

ROOT = Path(__file__).resolve().parents[2]
OPD = Opd(id="o", urutan=1, nama="Dinas Koperasi", pemda="Kabupaten Bone")
DOKUMEN = Dokumen(id="d", opd_id="o", urutan=1, judul="Rencana Aksi", tahun=2023)
TEMPORARY = r"\.rencana\.db.*\.tmp(-journal)?"
"""What stands beside the officer's file while it is being published, and after a kill in that moment."""

CHILD = """
import os, sys
from dataclasses import replace
from pathlib import Path
from models.changes import Change
from models.plan_file import PlanFile
from models.rows import Opd

def name(file, text):
    old = next(row for row in file.rows() if isinstance(row, Opd))
    file.apply([Change(old, replace(old, nama=text))], "ubah nama")

"""


def child(code, *arguments, **options):
    """Python code in a process of its own, with the program's modules."""
    return subprocess.Popen(
        [sys.executable, "-c", CHILD + code, *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        **options,
    )


def run(code, *arguments):
    """The exit status of such a process."""
    process = child(code, *arguments)
    process.communicate(timeout=60)
    return process.returncode


def query(path, sql):
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def alter(path, *statements):
    """Change a file as another program would."""
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def names(folder):
    return sorted(p.name for p in folder.iterdir())


@pytest.fixture
def stick(tmp_path):
    """The officer's folder."""
    folder = tmp_path / "stik"
    folder.mkdir()
    return folder


@pytest.fixture
def plan(stick):
    """A published plan with one agency and one document, closed."""
    path = stick / "rencana.db"
    with PlanFile.create(path) as file:
        file.apply([Change(None, OPD), Change(None, DOKUMEN)], "rencana baru")
        file.publish()
    return path


def test_a_new_plan_appears_with_the_first_publish_and_holds_its_rows(stick):
    path = stick / "baru.db"
    with PlanFile.create(path) as file:
        file.apply([Change(None, OPD)], "instansi baru")
        assert names(stick) == []
        assert not file.published
        file.publish()
        assert file.published
        assert names(stick) == ["baru.db"]
    assert read_plan(path) == [OPD]
    with PlanFile.open(path) as file:
        assert file.rows() == [OPD]
        assert file.published
        assert not file.recovered


def test_creating_over_a_file_is_refused(plan):
    before = plan.read_bytes()
    with pytest.raises(PlanError, match="sudah ada"):
        PlanFile.create(plan)
    assert plan.read_bytes() == before


def test_a_row_is_added_altered_and_removed(plan):
    prose = Narasi(id="n", dokumen_id="d", urutan=1, judul="Bab I")
    with PlanFile.open(plan) as file:
        file.apply([Change(None, prose)], "tambah bab")
        assert prose in file.rows()
        file.apply([Change(prose, replace(prose, judul="Bab II", isi=""))], "ubah bab")
        assert replace(prose, judul="Bab II", isi="") in file.rows()
        file.apply([Change(replace(prose, judul="Bab II", isi=""), None)], "hapus bab")
        assert file.rows() == [OPD, DOKUMEN]


def test_closing_a_published_plan_leaves_no_working_copy(plan, data_folder):
    with PlanFile.open(plan) as file:
        assert list((data_folder / "kerja").glob("*.db"))
        rename(file, "Badan")
        file.publish()
    assert list((data_folder / "kerja").glob("*.db")) == []


def test_an_edit_is_in_the_working_copy_at_once_and_not_yet_in_the_officers_file(plan, data_folder):
    before = plan.read_bytes()
    with PlanFile.open(plan) as file:
        rename(file, "Badan")
        (work,) = (data_folder / "kerja").glob("*.db")
        assert query(work, "SELECT nama FROM opd") == [("Badan",)]
        assert plan.read_bytes() == before


def test_the_officers_file_never_has_a_companion(plan):
    seen = set()
    done = threading.Event()

    def look():
        while not done.is_set():
            seen.update(names(plan.parent))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        with PlanFile.open(plan) as file:
            for n in range(30):
                rename(file, f"Dinas {n}")
                file.publish()
    finally:
        done.set()
        watcher.join()
    assert plan.name in seen
    assert {name for name in seen if name.startswith(plan.name)} == {plan.name}
    assert {name for name in seen if not re.fullmatch(TEMPORARY, name)} == {plan.name}
    assert names(plan.parent) == [plan.name]


def test_what_a_publish_killed_yesterday_left_beside_the_officers_file_goes_with_the_next_one(plan):
    part = part_name(plan)
    for litter in (part, part.with_name(f"{part.name}-journal")):
        litter.write_bytes(b"separuh")
        os.utime(litter, (time.time() - 86_400,) * 2)
    with PlanFile.open(plan) as file:
        rename(file, "Badan")
        file.publish()
    assert names(plan.parent) == [plan.name]


def test_publishing_twice_writes_once(plan):
    with PlanFile.open(plan) as file:
        rename(file, "Badan")
        file.publish()
        before = plan.stat()
        file.publish()
        assert plan.stat().st_mtime_ns == before.st_mtime_ns
        assert plan.stat().st_ino == before.st_ino


def test_a_published_file_has_the_content_of_the_working_copy(plan, data_folder):
    with PlanFile.open(plan) as file:
        rename(file, "Badan")
        (work,) = (data_folder / "kerja").glob("*.db")
        file.publish()
        hashes = []
        for path in (work, plan):
            connection = sqlite3.connect(path)
            hashes.append(content_hash(connection))
            connection.close()
        assert hashes[0] == hashes[1]


def test_the_content_hash_tells_any_value_apart(plan):
    def hashed():
        connection = sqlite3.connect(plan)
        try:
            return content_hash(connection)
        finally:
            connection.close()

    seen = [hashed()]
    for value in ("''", "'0'", "'-'", "NULL"):
        alter(plan, f"UPDATE opd SET singkatan = {value}")
        seen.append(hashed())
    assert seen[0] == seen[-1]
    assert len(set(seen)) == 4


# A crash


def test_an_edit_before_a_crash_is_there_at_the_next_start(plan):
    assert run("file = PlanFile.open(Path(sys.argv[1])); name(file, 'Badan'); os._exit(1)", plan) == 1
    assert name_of(read_plan(plan)) == "Dinas Koperasi"
    with PlanFile.open(plan) as file:
        assert file.recovered
        assert not file.published
        assert name_of(file.rows()) == "Badan"
        file.publish()
    assert name_of(read_plan(plan)) == "Badan"
    with PlanFile.open(plan) as file:
        assert not file.recovered


def test_a_plan_that_was_never_published_survives_a_crash(stick):
    path = stick / "baru.db"
    code = """
file = PlanFile.create(Path(sys.argv[1]))
file.apply([Change(None, Opd(id="o", urutan=1, nama="Dinas"))], "instansi baru")
os._exit(1)
"""
    assert run(code, path) == 1
    with PlanFile.open(path) as file:
        assert file.recovered
        assert name_of(file.rows()) == "Dinas"
        file.publish()
    assert name_of(read_plan(path)) == "Dinas"


HALF_AN_ACTION = """
file.apply([Change(None, Opd(id="p", urutan=2, nama="Sekretariat"))], "tambah")
file._connection.execute("PRAGMA cache_size = 5")
file._connection.execute("BEGIN IMMEDIATE")
for n in range(2000):
    file._connection.execute("INSERT INTO opd (id, urutan, nama) VALUES (?, ?, ?)", (str(n), n, "x" * 500))
os._exit(1)
"""


def test_a_crash_in_the_middle_of_a_large_action_keeps_all_before_it(plan):
    assert run("file = PlanFile.open(Path(sys.argv[1]))" + HALF_AN_ACTION, plan) == 1
    with PlanFile.open(plan) as file:
        assert file.recovered
        assert [row.nama for row in file.rows() if isinstance(row, Opd)] == ["Dinas Koperasi", "Sekretariat"]


def test_a_crash_in_the_middle_of_a_large_action_keeps_a_plan_that_was_never_published(stick):
    path = stick / "baru.db"
    assert run("file = PlanFile.create(Path(sys.argv[1]))" + HALF_AN_ACTION, path) == 1
    with PlanFile.open(path) as file:
        assert file.recovered
        assert [row.nama for row in file.rows()] == ["Sekretariat"]


def test_edits_that_could_not_be_published_wait_for_the_next_start(plan):
    with PlanFile.open(plan) as file:
        rename(file, "Badan")
    with PlanFile.open(plan) as file:
        assert file.recovered
        assert name_of(file.rows()) == "Badan"


def test_what_a_crash_left_is_listed_until_it_is_opened(plan):
    assert list(plan_file.left_overs()) == []
    assert run("file = PlanFile.open(Path(sys.argv[1])); name(file, 'Badan'); os._exit(1)", plan) == 1
    assert [path for path, _ in plan_file.left_overs()] == [plan]
    with PlanFile.open(plan) as file:
        assert list(plan_file.left_overs()) == []
        file.publish()
    assert list(plan_file.left_overs()) == []


def test_a_damaged_note_beside_a_working_copy_does_not_stop_the_start(plan, data_folder):
    assert run("file = PlanFile.open(Path(sys.argv[1])); name(file, 'Badan'); os._exit(1)", plan) == 1
    (data_folder / "kerja" / "lain.db").touch()
    (data_folder / "kerja" / "lain.json").touch()
    assert [path for path, _ in plan_file.left_overs()] == [plan]


def test_a_left_over_is_kept_aside_when_the_officers_file_is_another_one_now(plan, data_folder, stick):
    with PlanFile.open(plan) as file:
        rename(file, "Badan")
    plan.unlink()
    other = stick / "lain.db"
    with PlanFile.create(other) as file:
        file.apply([Change(None, replace(OPD, nama="Kecamatan"))], "lain")
        file.publish()
    os.replace(other, plan)
    with PlanFile.open(plan) as file:
        assert not file.recovered
        assert name_of(file.rows()) == "Kecamatan"
        assert file.set_aside is not None
        assert query(file.set_aside, "SELECT nama FROM opd") == [("Badan",)]


def test_a_left_over_stays_when_the_officers_file_is_broken(plan, data_folder):
    whole = plan.read_bytes()
    with PlanFile.open(plan) as file:
        rename(file, "Badan")
    plan.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(PlanError):
        PlanFile.open(plan)
    plan.write_bytes(whole)
    with PlanFile.open(plan) as file:
        assert file.recovered
        assert name_of(file.rows()) == "Badan"


def test_a_plan_closed_before_its_first_edit_leaves_nothing(stick):
    path = stick / "baru.db"
    PlanFile.create(path).close()
    assert list(plan_file.left_overs()) == []
    with pytest.raises(PlanError, match="tidak ditemukan"):
        PlanFile.open(path)


def test_a_plan_that_crashed_before_its_first_edit_is_not_found(stick):
    path = stick / "baru.db"
    assert run("file = PlanFile.create(Path(sys.argv[1])); os._exit(1)", path) == 1
    with pytest.raises(PlanError, match="tidak ditemukan"):
        PlanFile.open(path)
    with PlanFile.create(path) as file:
        assert file.rows() == []


# Two programs


def test_a_plan_that_is_open_is_refused_a_second_time(plan):
    with PlanFile.open(plan) as file:
        with pytest.raises(PlanError, match="sedang terbuka"):
            PlanFile.open(plan)
        rename(file, "Badan")
        file.publish()
    with PlanFile.open(plan) as file:
        assert name_of(file.rows()) == "Badan"


def test_a_plan_that_is_open_in_another_program_is_refused(plan):
    process = child(
        "file = PlanFile.open(Path(sys.argv[1])); print('buka', flush=True); sys.stdin.read()", plan, stdin=-1
    )
    assert process.stdout.readline() == "buka\n"
    with pytest.raises(PlanError, match="sedang terbuka"):
        PlanFile.open(plan)
    assert list(plan_file.left_overs()) == []
    process.communicate("")
    PlanFile.open(plan).close()


def test_a_plan_that_is_open_can_be_read(plan):
    with PlanFile.open(plan) as file:
        rename(file, "Badan")
        assert name_of(read_plan(plan)) == "Dinas Koperasi"
        file.publish()
        assert name_of(read_plan(plan)) == "Badan"


def test_a_refused_file_is_not_left_locked(plan):
    whole = plan.read_bytes()
    alter(plan, "CREATE VIEW v AS SELECT 1")
    with pytest.raises(PlanError):
        PlanFile.open(plan)
    plan.write_bytes(whole)
    PlanFile.open(plan).close()


def test_a_file_that_someone_else_replaced_is_not_overwritten(plan, stick):
    theirs = stick / "mereka.db"
    with PlanFile.open(plan) as file:
        shutil.copyfile(plan, theirs)
        with PlanFile.open(theirs) as other:
            rename(other, "Kecamatan")
            other.publish()
        rename(file, "Badan")
        os.replace(theirs, plan)
        before = plan.read_bytes()
        with pytest.raises(PlanError, match="telah diganti"):
            file.publish()
        assert plan.read_bytes() == before
        assert name_of(file.rows()) == "Badan"
        file.save_as(stick / "milik-saya.db")
    assert name_of(read_plan(stick / "milik-saya.db")) == "Badan"
    assert name_of(read_plan(plan)) == "Kecamatan"


def test_the_same_file_put_back_after_a_journey_is_still_ours(plan, stick):
    with PlanFile.open(plan) as file:
        rename(file, "Badan")
        shutil.copyfile(plan, stick / "cadangan.db")
        plan.unlink()
        shutil.copyfile(stick / "cadangan.db", plan)
        file.publish()
    assert name_of(read_plan(plan)) == "Badan"


def test_a_plan_opened_through_a_link_is_published_to_the_file_itself(plan, stick):
    link = stick / "pintasan.db"
    try:
        link.symlink_to(plan)
    except OSError:
        return
    with PlanFile.open(link) as file:
        rename(file, "Badan")
        file.publish()
    assert name_of(read_plan(plan)) == "Badan"
    assert name_of(read_plan(link)) == "Badan"


PUBLISH_AND_CLOSE = """
from models.errors import PlanError
for n in range(12):
    try:
        with PlanFile.open(Path(sys.argv[1])) as file:
            name(file, f"Dinas {n}")
            file.publish()
    except PlanError as error:
        print(error, flush=True)
"""


def test_two_computers_that_publish_one_file_never_leave_a_broken_one(plan, tmp_path):
    computers = [
        child(PUBLISH_AND_CLOSE, plan, env={**os.environ, "RENAKSI_DATA": str(tmp_path / str(n))}) for n in range(2)
    ]
    reads = 0
    while any(computer.poll() is None for computer in computers):
        assert read_plan(plan)
        reads += 1
    said = {line for computer in computers for line in computer.communicate()[0].splitlines()}
    assert [computer.returncode for computer in computers] == [0, 0]
    assert {line for line in said if "telah diganti" not in line} == set()
    assert reads
    with PlanFile.open(plan) as file:
        assert re.fullmatch(r"Dinas \d+", name_of(file.rows()))


# When writing fails


def test_a_vanished_folder_loses_nothing_and_a_later_publish_works(plan, stick, tmp_path):
    with PlanFile.open(plan) as file:
        rename(file, "Badan")
        stick.rename(tmp_path / "dilepas")
        with pytest.raises(PlanError, match="tidak ada"):
            file.publish()
        assert not file.published
        rename(file, "Badan Koperasi")
        with pytest.raises(PlanError):
            file.publish()
        (tmp_path / "dilepas").rename(stick)
        file.publish()
        assert file.published
    assert name_of(read_plan(plan)) == "Badan Koperasi"
    assert names(stick) == [plan.name]


def test_a_vanished_folder_is_no_hindrance_to_close_and_to_go_on_later(plan, stick, tmp_path):
    with PlanFile.open(plan) as file:
        rename(file, "Badan")
        stick.rename(tmp_path / "dilepas")
    with PlanFile.open(plan) as file:
        assert file.recovered
        assert name_of(file.rows()) == "Badan"
        (tmp_path / "dilepas").rename(stick)
        file.publish()
    assert name_of(read_plan(plan)) == "Badan"


def test_a_folder_that_became_a_file_is_a_sentence(plan, stick, tmp_path):
    with PlanFile.open(plan) as file:
        rename(file, "Badan")
        stick.rename(tmp_path / "dilepas")
        stick.touch()
        with pytest.raises(PlanError):
            file.publish()
        stick.unlink()
        (tmp_path / "dilepas").rename(stick)
        file.publish()
    assert name_of(read_plan(plan)) == "Badan"


def test_a_full_disk_at_publishing_leaves_the_old_file_whole(plan, full_disk):
    before = plan.read_bytes()
    with PlanFile.open(plan) as file:
        rename(file, "Badan")
        with full_disk(), pytest.raises(PlanError, match=r"penuh|ditulis"):
            file.publish()
        assert plan.read_bytes() == before
        assert names(plan.parent) == [plan.name]
        assert not file.published
        file.publish()
    assert name_of(read_plan(plan)) == "Badan"


def test_a_full_disk_at_an_edit_keeps_nothing_of_it_and_all_before_it(plan, full_disk):
    with PlanFile.open(plan) as file:
        rename(file, "Badan")
        revision = file.revision
        with full_disk(), pytest.raises(PlanError, match="tidak dapat disimpan"):
            rename(file, "Kantor")
        assert name_of(file.rows()) == "Badan"
        assert file.revision == revision
        rename(file, "Kantor")
        file.publish()
    assert name_of(read_plan(plan)) == "Kantor"


@pytest.mark.parametrize(
    "bad",
    [
        [Change(None, Anggaran(id="a", dokumen_id="d", urutan=1, jenis="program", nama="P", pagu=-1))],
        [Change(None, Anggaran(id="a", dokumen_id="d", urutan=1, jenis="program", nama="P", pagu=NILAI_MAKS + 1))],
        [Change(None, Anggaran(id="a", dokumen_id="d", urutan=1, jenis="program", nama="P", pagu=2**63))],
        [Change(None, Anggaran(id="a", dokumen_id="tidak-ada", urutan=1, jenis="program", nama="P"))],
        [Change(None, OPD)],
        [Change(Narasi(id="n", dokumen_id="d", urutan=1), None)],
        [Change(OPD, None)],
    ],
    ids=["negative", "too large", "beyond 64 bits", "no parent", "there already", "not there", "still named"],
)
def test_an_action_that_the_schema_refuses_is_undone_whole(plan, bad):
    good = Change(DOKUMEN, replace(DOKUMEN, judul="Lain"))
    with PlanFile.open(plan) as file:
        revision = file.revision
        with pytest.raises((sqlite3.Error, LookupError, OverflowError)):
            file.apply([good, *bad], "gagal")
        assert file.rows() == [OPD, DOKUMEN]
        assert file.revision == revision
        file.apply([good], "berhasil")
        file.publish()
    assert replace(DOKUMEN, judul="Lain") in read_plan(plan)


def test_a_data_folder_that_cannot_be_made_is_a_sentence(plan, tmp_path, monkeypatch):
    (tmp_path / "berkas").touch()
    monkeypatch.setenv("RENAKSI_DATA", str(tmp_path / "berkas"))
    with pytest.raises(PlanError):
        PlanFile.open(plan)


def test_a_data_folder_that_is_full_is_a_sentence(plan, full_disk):
    with full_disk(), pytest.raises(PlanError):
        PlanFile.open(plan)
    with PlanFile.open(plan) as file:
        assert name_of(file.rows()) == "Dinas Koperasi"


def test_a_new_plan_on_a_full_disk_is_a_sentence(stick, full_disk):
    with full_disk(), pytest.raises(PlanError):
        PlanFile.create(stick / "baru.db")
    with PlanFile.create(stick / "baru.db") as file:
        assert file.rows() == []


def test_edits_go_on_while_another_thread_publishes(plan):
    failed = []
    done = threading.Event()

    def publish():
        while not done.is_set():
            try:
                file.publish()
            except PlanError as error:
                failed.append(str(error))

    with PlanFile.open(plan) as file:
        publisher = threading.Thread(target=publish)
        publisher.start()
        try:
            for n in range(150):
                rename(file, f"Dinas {n}")
        finally:
            done.set()
            publisher.join()
        assert failed == []
        file.publish()
    assert name_of(read_plan(plan)) == "Dinas 149"


# Under another name


def test_saving_as_goes_on_under_the_new_name_and_leaves_the_old_file(plan, stick, data_folder):
    before = plan.read_bytes()
    with PlanFile.open(plan) as file:
        rename(file, "Badan")
        file.save_as(stick / "salinan.db")
        assert file.path == stick / "salinan.db"
        assert file.published
        rename(file, "Kantor")
        file.publish()
        PlanFile.open(plan).close()
        with pytest.raises(PlanError, match="sedang terbuka"):
            PlanFile.open(stick / "salinan.db")
    assert plan.read_bytes() == before
    assert name_of(read_plan(stick / "salinan.db")) == "Kantor"
    assert list((data_folder / "kerja").glob("*.db")) == []


def test_saving_under_the_same_name_publishes(plan):
    with PlanFile.open(plan) as file:
        rename(file, "Badan")
        file.save_as(plan)
        assert file.published
    assert name_of(read_plan(plan)) == "Badan"


@pytest.mark.parametrize("place", ["tidak-ada/salinan.db", "terbuka.db"])
def test_a_failed_save_as_goes_on_in_the_old_file(plan, stick, place):
    shutil.copyfile(plan, stick / "terbuka.db")
    with PlanFile.open(stick / "terbuka.db"), PlanFile.open(plan) as file:
        rename(file, "Badan")
        with pytest.raises(PlanError):
            file.save_as(stick / place)
        assert file.path == plan
        rename(file, "Kantor")
        file.publish()
    assert name_of(read_plan(plan)) == "Kantor"
    assert name_of(read_plan(stick / "terbuka.db")) == "Dinas Koperasi"


# A file from elsewhere


BREAKS = {
    "view": ["CREATE VIEW v AS SELECT * FROM opd"],
    "trigger": ["CREATE TRIGGER t AFTER UPDATE ON opd BEGIN UPDATE opd SET nama = 'X'; END"],
    "reference to nothing": ["PRAGMA foreign_keys = OFF", "DELETE FROM opd"],
    "no history": ["DROP TABLE riwayat"],
    "a table less": ["DROP TABLE narasi"],
    "a column less": ["ALTER TABLE opd DROP COLUMN ibu_kota"],
    "no text": ["UPDATE opd SET nama = CAST(x'C328' AS TEXT)"],
}


@pytest.mark.parametrize("statements", BREAKS.values(), ids=BREAKS)
def test_a_file_that_is_not_what_we_wrote_is_refused_and_kept(plan, statements):
    whole = plan.read_bytes()
    alter(plan, *statements)
    broken = plan.read_bytes()
    for _ in range(2):
        with pytest.raises(PlanError, match="rusak"), PlanFile.open(plan) as file:
            file.rows()
    assert plan.read_bytes() == broken
    plan.write_bytes(whole)
    with PlanFile.open(plan) as file:
        assert file.rows() == [OPD, DOKUMEN]


@pytest.mark.parametrize("statements", [BREAKS[key] for key in BREAKS if key != "no history"])
def test_a_file_that_is_not_what_we_wrote_is_not_read(plan, statements):
    alter(plan, *statements)
    with pytest.raises(PlanError, match="rusak"):
        read_plan(plan)


def test_a_page_of_rubbish_in_the_middle_is_refused(tmp_path, published):
    whole = published().read_bytes()
    for page in range(1, len(whole) // 4096, 5):
        path = tmp_path / f"rusak-{page}.db"
        path.write_bytes(whole[: page * 4096] + random.Random(page).randbytes(4096) + whole[(page + 1) * 4096 :])
        broken = path.read_bytes()
        for opener in (PlanFile.open, read_plan):
            with pytest.raises(PlanError, match="rusak"):
                opener(path)
        assert path.read_bytes() == broken


# The history


def test_each_edit_has_its_rows_in_the_history_chained_from_the_first(plan):
    with PlanFile.open(plan) as file:
        rename(file, "Badan")
        rename(file, "")
        file.publish()
        revision = file.revision
    history = query(plan, "SELECT * FROM riwayat ORDER BY id")
    assert [row[:2] for row in history] == [(1, 1), (2, 1), (3, 2), (4, 3)]
    assert [row[2:7] for row in history[2:]] == [
        ("opd", "o", "nama", '"Dinas Koperasi"', '"Badan"'),
        ("opd", "o", "nama", '"Badan"', '""'),
    ]
    assert [row[9] for row in history] == ["rencana baru"] * 2 + ["ubah nama"] * 2
    seal = ""
    for *body, own in history:
        seal = hashlib.sha256((seal + json.dumps(body, ensure_ascii=False, separators=(",", ":"))).encode()).hexdigest()
        assert own == seal
    assert seal.startswith(revision)
    assert len(revision) == 10


def test_the_chain_goes_on_after_the_plan_was_closed(plan):
    for n in range(3):
        with PlanFile.open(plan) as file:
            rename(file, str(n))
            file.publish()
    assert [row[0] for row in query(plan, "SELECT langkah FROM riwayat ORDER BY id")] == [1, 1, 2, 3, 4]


def test_nothing_changed_is_no_step(plan):
    with PlanFile.open(plan) as file:
        revision = file.revision
        file.apply([Change(OPD, OPD)], "tidak ada")
        file.apply([], "tidak ada")
        assert file.revision == revision
        assert file.published


# When the officer's file is no longer the one that was written


def test_a_plan_whose_file_was_emptied_meanwhile_is_not_let_go(plan):
    with PlanFile.open(plan) as file:
        rename(file, "Badan")
        file.publish()
        plan.write_bytes(b"")
    assert [path for path, _ in plan_file.left_overs()] == [plan]
    with pytest.raises(PlanError, match="kosong"):
        PlanFile.open(plan)
    with PlanFile.open_left_over(plan) as file:
        assert name_of(file.rows()) == "Badan"
        with pytest.raises(PlanError, match="diganti"):
            file.publish()
        file.save_as(plan.with_name("selamat.db"))
    assert name_of(read_plan(plan.with_name("selamat.db"))) == "Badan"
    assert plan.read_bytes() == b""


def test_a_plan_that_was_touched_but_is_the_same_is_let_go(plan):
    with PlanFile.open(plan) as file:
        rename(file, "Badan")
        file.publish()
        os.utime(plan, (0, 0))
    assert list(plan_file.left_overs()) == []


def test_a_left_over_whose_edits_are_all_in_the_officers_file_is_not_kept(plan, data_folder):
    assert run("file = PlanFile.open(Path(sys.argv[1])); name(file, 'Badan'); file.publish(); os._exit(1)", plan) == 1
    work = next((data_folder / "kerja").glob("*.db"))
    left = work.read_bytes()
    with PlanFile.open(plan) as file:
        rename(file, "Kantor")
        file.publish()
    work.write_bytes(left)
    with PlanFile.open(plan) as file:
        assert (file.recovered, file.set_aside) == (False, None)
        assert name_of(file.rows()) == "Kantor"
