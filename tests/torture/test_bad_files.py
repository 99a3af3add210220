"""Files that a bad disk, stick or person made: refused or laundered, never a crash, never another figure."""

import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from dose import chance, dose

from models.changes import Change
from models.errors import PlanError
from models.looking import look
from models.plan_file import PlanFile
from models.reading import check, connect, read_plan
from models.rows import Anggaran
from models.seal import seal_of, unseal

PAGE = 4096


def flipped(raw: bytearray, random: Random) -> None:
    for _ in range(random.randint(1, 3)):
        raw[random.randrange(len(raw))] ^= 1 << random.randrange(8)


def flipped_at_the_start(raw: bytearray, random: Random) -> None:
    for _ in range(random.randint(1, 3)):
        raw[random.randrange(200)] ^= 1 << random.randrange(8)


def cut_off(raw: bytearray, random: Random) -> None:
    del raw[random.choice([random.randrange(len(raw)), random.randrange(len(raw) // PAGE) * PAGE]) :]


def made_longer(raw: bytearray, random: Random) -> None:
    raw += random.randbytes(random.choice([1, 40, PAGE, PAGE + 40]))


def a_page_of_noise(raw: bytearray, random: Random) -> None:
    at = random.randrange(len(raw) // PAGE) * PAGE
    raw[at : at + PAGE] = random.choice([random.randbytes(PAGE), bytes(PAGE), b"\xff" * PAGE])


def pages_changed_places(raw: bytearray, random: Random) -> None:
    one, other = (random.randrange(len(raw) // PAGE) * PAGE for _ in range(2))
    raw[one : one + PAGE], raw[other : other + PAGE] = raw[other : other + PAGE], raw[one : one + PAGE]


def bytes_of_noise(raw: bytearray, random: Random) -> None:
    at, length = random.randrange(len(raw)), random.choice([1, 4, 64, 1000])
    raw[at : at + length] = random.randbytes(len(raw[at : at + length]))


def bytes_went_missing(raw: bytearray, random: Random) -> None:
    at = random.randrange(len(raw))
    del raw[at : at + random.choice([1, 17, PAGE])]


def the_lengths_in_a_page(raw: bytearray, random: Random) -> None:
    """The head of a page: its kind, its cells, where they lie."""
    at = random.randrange(len(raw) // PAGE) * PAGE
    raw[at + random.randrange(16)] = random.randrange(256)


MUTATIONS: tuple[Callable[[bytearray, Random], None], ...] = (
    flipped,
    flipped,
    flipped_at_the_start,
    cut_off,
    made_longer,
    a_page_of_noise,
    pages_changed_places,
    bytes_of_noise,
    bytes_went_missing,
    the_lengths_in_a_page,
)


def read_in_earnest(path: Path) -> list[object]:
    with PlanFile.open(path) as file:
        return list(file.rows())


def test_a_damaged_file_is_refused_or_the_same(published, tmp_path, figures) -> None:
    random, seed = chance("berkas rusak")
    whole = published("bone-2023").read_bytes()
    good, times = sorted(map(repr, read_plan(published("bone-2023")))), dose(2_000, 100_000)
    path, refused, longest = tmp_path / "rencana.db", 0, 0.0
    for number in range(times):
        raw, mutate = bytearray(whole), random.choice(MUTATIONS)
        mutate(raw, random)
        path.write_bytes(raw)
        for read in (read_plan, read_in_earnest) if number % 10 == 0 else (read_plan,):
            at = time.perf_counter()
            try:
                found = sorted(map(repr, read(path)))
            except PlanError:
                refused += read is read_plan
            else:
                assert found == good, f"{seed}, file {number}: {mutate.__name__}"
            longest = max(longest, time.perf_counter() - at)
        if number % 10 == 0:
            assert path.read_bytes() == raw, "a file from elsewhere was written to"
            look(path)
    figures(f"damaged files opened: {times}, refused {refused}, the others the same; longest {longest:.2f} s")
    assert refused > times // 2


def resealed(path: Path) -> None:
    """What a clever person does: the seal is no signature."""
    raw = path.read_bytes()
    path.write_bytes(raw + seal_of(raw))


def rewrite_schema(table: str, old: str, new: str) -> tuple[str, ...]:
    """Change the text of a table where it is stored."""
    return (
        "PRAGMA writable_schema = ON",
        f"UPDATE sqlite_schema SET sql = replace(sql, '{old}', '{new}') WHERE name = '{table}'",
        "PRAGMA writable_schema = OFF",
    )


FUSE = "UPDATE anggaran SET pagu = pagu * 2"
HOSTILE: dict[str, tuple[str, ...]] = {
    "doubles an amount when it is edited": (f"CREATE TRIGGER t AFTER UPDATE ON anggaran BEGIN {FUSE}; END",),
    "before it is edited": (f"CREATE TRIGGER t BEFORE UPDATE ON anggaran BEGIN {FUSE}; END",),
    "when a line is added": (f"CREATE TRIGGER t AFTER INSERT ON anggaran BEGIN {FUSE}; END",),
    "when a line is removed": (f"CREATE TRIGGER t AFTER DELETE ON anggaran BEGIN {FUSE}; END",),
    "when the history grows": (f"CREATE TRIGGER t AFTER INSERT ON riwayat BEGIN {FUSE}; END",),
    "swallows every edit": ("CREATE TRIGGER t BEFORE UPDATE ON anggaran BEGIN SELECT raise(IGNORE); END",),
    "refuses every edit": ("CREATE TRIGGER t BEFORE UPDATE ON anggaran BEGIN SELECT raise(ABORT, 'x'); END",),
    "empties the plan": ("CREATE TRIGGER t AFTER UPDATE ON anggaran BEGIN DELETE FROM kinerja; END",),
    "calls itself for ever": (
        "PRAGMA recursive_triggers = ON",
        f"CREATE TRIGGER t AFTER UPDATE ON anggaran BEGIN {FUSE}; END",
    ),
    "a trigger named like a table of ours": (f"CREATE TRIGGER opd2 AFTER UPDATE ON opd BEGIN {FUSE}; END",),
    "a trigger on a view": (
        "CREATE VIEW v AS SELECT * FROM anggaran",
        f"CREATE TRIGGER t INSTEAD OF UPDATE ON v BEGIN {FUSE}; END",
    ),
    "a view": ("CREATE VIEW v AS SELECT * FROM opd",),
    "a view that never ends": (
        "CREATE VIEW v AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c",
    ),
    "a view in place of a table": ("ALTER TABLE narasi RENAME TO n", "CREATE VIEW narasi AS SELECT * FROM n"),
    "a view over the schema": ("CREATE VIEW v AS SELECT sql FROM sqlite_schema",),
    "one more table": ("CREATE TABLE tamu (id)",),
    "one table less": ("DROP TABLE narasi",),
    "no history": ("DROP TABLE riwayat",),
    "one more column": ("ALTER TABLE anggaran ADD COLUMN x INTEGER",),
    "a column less": ("ALTER TABLE opd DROP COLUMN ibu_kota",),
    "a computed column": ("ALTER TABLE anggaran ADD COLUMN x INTEGER AS (pagu * 2)",),
    "a column that is computed by a heavy function": (
        "ALTER TABLE anggaran ADD COLUMN x TEXT AS (hex(zeroblob(100000000)))",
    ),
    "one more index": ("CREATE INDEX i ON anggaran (pagu)",),
    "an index on an expression": ("CREATE INDEX i ON anggaran (abs(pagu))",),
    "an index on some rows": ("CREATE INDEX i ON anggaran (pagu) WHERE pagu > 1",),
    "a unique index that stops every second line": ("CREATE UNIQUE INDEX i ON anggaran (id, pagu)",),
    "a full-text table": ("CREATE VIRTUAL TABLE v USING fts5 (x)",),
    "a tree table": ("CREATE VIRTUAL TABLE v USING rtree (id, a, b)",),
    "a table with a default that runs": ("CREATE TABLE tamu (id DEFAULT (randomblob(1000000)))",),
    "statistics that mislead": ("ANALYZE",),
    "a sequence table": ("CREATE TABLE tamu (id INTEGER PRIMARY KEY AUTOINCREMENT)", "DROP TABLE tamu"),
    "a table whose text names another type": rewrite_schema("anggaran", "INTEGER", "TEXT"),
    "a table that is strict no more": rewrite_schema("anggaran", "STRICT", ""),
    "a table without its foreign keys": rewrite_schema("dukungan", "REFERENCES", "CHECK (1) --"),
    "a table with a check that refuses": rewrite_schema("opd", "nama", "nama CHECK (0), nama2"),
    "two tables on one root page": (
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'opd') "
        "WHERE name = 'narasi'",
        "PRAGMA writable_schema = OFF",
    ),
    "a table on a page that is not there": (
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET rootpage = 99999 WHERE name = 'narasi'",
        "PRAGMA writable_schema = OFF",
    ),
    "a schema that is no SQL": (
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE' WHERE name = 'narasi'",
        "PRAGMA writable_schema = OFF",
    ),
    "an index whose text is stored as bytes": (
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = CAST(sql AS BLOB) WHERE name = 'dukungan_anggaran_id'",
        "PRAGMA writable_schema = OFF",
    ),
    "a line that hangs on itself": ("UPDATE anggaran SET induk_id = id WHERE rowid = 1",),
    "two lines that hang on each other": (
        "UPDATE anggaran SET induk_id = (SELECT max(id) FROM anggaran) WHERE id = (SELECT min(id) FROM anggaran)",
        "UPDATE anggaran SET induk_id = (SELECT min(id) FROM anggaran) WHERE id = (SELECT max(id) FROM anggaran)",
    ),
    "a row that names one that is not there": ("PRAGMA foreign_keys = OFF", "DELETE FROM opd"),
    "a text that is none": ("UPDATE opd SET nama = CAST(x'C328' AS TEXT)",),
    "a text of a hundred million letters": ("UPDATE opd SET nama = hex(zeroblob(50000000))",),
    "a journal beside the file that is asked for": ("PRAGMA journal_mode = WAL",),
    "larger pages": ("PRAGMA page_size = 65536", "VACUUM"),
    "pages that move by themselves": ("PRAGMA auto_vacuum = FULL", "VACUUM"),
    "another encoding": ("PRAGMA encoding = 'UTF-16le'",),
}


@pytest.mark.parametrize("seals", [False, True], ids=["unsealed", "resealed"])
@pytest.mark.parametrize("statements", HOSTILE.values(), ids=HOSTILE)
def test_what_a_person_put_into_a_file_never_runs(statements, seals, published, tmp_path) -> None:
    path = tmp_path / "rencana.db"
    shutil.copyfile(published("lombok-tengah-2022"), path)
    good = sorted(map(repr, read_plan(path)))
    unseal(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
    if seals:
        resealed(path)
    raw = path.read_bytes()
    look(path)
    try:
        assert sorted(map(repr, read_plan(path))) == good
    except PlanError:
        with pytest.raises(PlanError):
            read_in_earnest(path)
        assert path.read_bytes() == raw
        return
    with PlanFile.open(path) as file:
        line = next(row for row in file.rows() if isinstance(row, Anggaran))
        edited = replace(line, pagu=123)
        file.apply([Change(line, edited)], "isi pagu")
        file.publish()
    wanted = sorted(
        repr(row) for row in [*read_plan(published("lombok-tengah-2022")), edited] if repr(row) != repr(line)
    )
    assert sorted(map(repr, read_plan(path))) == wanted
    with closing(connect(path)) as connection:
        check(connection)


def test_there_are_forty_kinds_of_hostile_files() -> None:
    assert len(HOSTILE) >= 40
