"""The seal: a published file whose bytes changed is found out, whatever SQLite says of it."""

import random
import shutil
import sqlite3
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.changes import Change
from models.errors import PlanError
from models.plan_file import PlanFile
from models.reading import read_plan
from models.rows import Opd
from models.seal import SEAL, check_seal, unseal


@pytest.fixture
def plan(published, tmp_path):
    path = tmp_path / "rencana.db"
    shutil.copyfile(published(), path)
    return path


def opened_rows(path):
    with PlanFile.open(path) as file:
        return file.rows()


def test_a_published_file_is_sealed_and_sqlite_reads_it_as_it_is(plan):
    assert check_seal(plan) is True
    assert plan.stat().st_size % 4096 == SEAL
    connection = sqlite3.connect(f"{plan.as_uri()}?mode=ro", uri=True)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


@given(at=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_any_flipped_bit_is_refused_by_all_who_read(published, tmp_path_factory, at, bit):
    path = tmp_path_factory.mktemp("bit") / "rencana.db"
    raw = bytearray(published().read_bytes())
    raw[int(at * len(raw))] ^= 1 << bit
    path.write_bytes(raw)
    for reader in (read_plan, opened_rows):
        with pytest.raises(PlanError):
            reader(path)
    assert path.read_bytes() == raw


def test_without_a_seal_a_silent_change_is_not_found(plan):
    """The control: it is the seal that finds it, not SQLite."""
    unseal(plan)
    raw = bytearray(plan.read_bytes())
    name = next(row.nama for row in read_plan(plan) if isinstance(row, Opd)).encode()
    raw[raw.index(name)] ^= 1
    plan.write_bytes(raw)
    assert next(row.nama for row in read_plan(plan) if isinstance(row, Opd)).encode() != name


def test_mutated_files_without_a_seal_are_refused_or_read_but_never_a_crash(published, tmp_path):
    path = tmp_path / "rencana.db"
    shutil.copyfile(published(), path)
    unseal(path)
    whole, chance, said = path.read_bytes(), random.Random(9), {"refused": 0, "read": 0}
    for n in range(300):
        raw = bytearray(whole)
        if n % 3 == 0:
            del raw[chance.randrange(len(raw)) :]
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(min(len(raw), chance.choice([100, 8192, 10**9])) or 1)
            raw[at : at + 1] = chance.choice([b"", b"\xff", chance.randbytes(1), chance.randbytes(40)])
        path.write_bytes(raw)
        began = time.perf_counter()
        for reader in (read_plan, opened_rows):
            try:
                reader(path)
                said["read"] += 1
            except PlanError:
                said["refused"] += 1
        assert time.perf_counter() - began < 2
        assert path.read_bytes() == raw
    assert said["refused"] > 100
    assert said["read"]


def test_what_another_program_wrote_into_a_sealed_file_is_refused(plan):
    connection = sqlite3.connect(plan)
    connection.execute("UPDATE opd SET nama = 'Dinas Lain'")
    connection.commit()
    connection.close()
    with pytest.raises(PlanError, match="rusak"):
        read_plan(plan)


def test_a_file_that_nobody_sealed_is_written_anew_into_tables_of_our_own(plan, data_folder):
    sealed = read_plan(plan)
    unseal(plan)
    connection = sqlite3.connect(plan)
    connection.execute("PRAGMA page_size = 8192")
    connection.execute("VACUUM")
    connection.close()
    with PlanFile.open(plan) as file:
        assert {row.id: row for row in file.rows()} == {row.id: row for row in sealed}
        (work,) = (data_folder / "kerja").glob("*.db")
        assert work.read_bytes()[16:18] == (4096).to_bytes(2, "big"), "no byte of theirs is in the working copy"
        seals = [entry[10] for entry in file.history()]
        file.apply([Change(None, Opd(id="baru", urutan=9, nama="Sekretariat"))], "tambah")
        assert [entry[10] for entry in file.history()][1:] == seals
        file.publish()
    assert check_seal(plan) is True


TWICE = "BEGIN UPDATE anggaran SET pagu = pagu * 2; END"
STEPS = "DROP TABLE _sqlite_migrations; "
SCHEMA = "PRAGMA writable_schema = ON; "

HOSTILE = {
    "view": "CREATE VIEW v AS SELECT * FROM opd",
    "view named as ours": "CREATE VIEW riwayat_lama AS SELECT 1",
    "endless view": "CREATE VIEW v AS WITH t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT * FROM t",
    "view of a pragma": "CREATE VIEW v AS SELECT * FROM pragma_table_info('opd')",
    **{
        f"trigger {when} {what}": f"CREATE TRIGGER t {when} {what} ON anggaran {TWICE}"
        for when in ("BEFORE", "AFTER")
        for what in ("INSERT", "UPDATE", "DELETE", "UPDATE OF pagu")
    },
    **{
        f"trigger on {table}": f"CREATE TRIGGER t AFTER INSERT ON {table} BEGIN DELETE FROM opd; END"
        for table in ("opd", "dokumen", "riwayat", "narasi", "formulir", "_sqlite_migrations")
    },
    "extra table": "CREATE TABLE lain (a)",
    "extra table without rowid": "CREATE TABLE lain (a PRIMARY KEY) WITHOUT ROWID",
    "generated column": "ALTER TABLE opd ADD COLUMN x TEXT AS (upper(nama))",
    "extra column": "ALTER TABLE opd ADD COLUMN x TEXT DEFAULT 'y'",
    "renamed column": "ALTER TABLE opd RENAME COLUMN ibu_kota TO ibukota",
    "renamed table": "ALTER TABLE kop RENAME TO kop_surat",
    "index": "CREATE INDEX i ON opd (nama)",
    "index on an expression": "CREATE INDEX i ON opd (hex(zeroblob(length(nama))))",
    "partial index": "CREATE INDEX i ON anggaran (pagu) WHERE pagu > 5",
    "unique index": "CREATE UNIQUE INDEX i ON opd (nama)",
    "index on the steps": "CREATE INDEX i ON _sqlite_migrations (lower(name))",
    "statistics": "ANALYZE",
    "sequence": "CREATE TABLE lain (a INTEGER PRIMARY KEY AUTOINCREMENT)",
    "full text": "CREATE VIRTUAL TABLE lain USING fts5(a)",
    "full text in place of the steps": f"{STEPS}CREATE VIRTUAL TABLE _sqlite_migrations USING fts5(a)",
    "r-tree": "CREATE VIRTUAL TABLE lain USING rtree(id, a, b)",
    "steps of another shape": f"{STEPS}CREATE TABLE _sqlite_migrations (id, x CHECK (x <> randomblob(9)))",
    "table without types": "DROP TABLE kop; CREATE TABLE kop (id, sisa, opd_id, baris, logo)",
    "table without STRICT": "DROP TABLE kop; CREATE TABLE kop (id TEXT PRIMARY KEY, sisa TEXT, opd_id TEXT)",
    "history that forgets": "DROP TABLE riwayat; CREATE VIEW riwayat AS SELECT 1 AS id, 1 AS langkah",
    "table that is a view": "DROP TABLE total_tercetak; CREATE VIEW total_tercetak AS SELECT * FROM opd",
    "types taken out": f"{SCHEMA}UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '')",
    "a check taken out": f"{SCHEMA}UPDATE sqlite_schema SET sql = replace(sql, 'pagu BETWEEN 0', 'pagu BETWEEN -9')",
    "two names for one table": f"{SCHEMA}INSERT INTO sqlite_schema SELECT type, 'lain', 'lain', rootpage, sql "
    "FROM sqlite_schema WHERE name = 'opd'",
    "a table of no pages": f"{SCHEMA}UPDATE sqlite_schema SET rootpage = 99999 WHERE name = 'opd'",
    "rows in a circle": "UPDATE anggaran SET induk_id = id",
    "a reference to nothing": "PRAGMA foreign_keys = OFF; DELETE FROM opd",
    "text that is none": "UPDATE opd SET nama = CAST(x'C328' AS TEXT)",
}


@pytest.mark.parametrize("sql", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_schema_is_refused_and_nothing_of_it_runs(plan, sql, data_folder):
    unseal(plan)
    connection = sqlite3.connect(plan, isolation_level=None)
    connection.executescript(sql)
    connection.close()
    theirs = plan.read_bytes()
    for reader in (read_plan, opened_rows, lambda path: PlanFile.open(path, read_only=True).rows()):
        with pytest.raises(PlanError):
            reader(plan)
    assert plan.read_bytes() == theirs
    assert not list((data_folder / "kerja").glob("*.db"))


def test_there_are_forty_hostile_schemas():
    assert len(HOSTILE) >= 40
