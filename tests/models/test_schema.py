"""The schema of the plan file: what the rows say, and nothing that SQLite would let slip."""

import re
import sqlite3
import types
import typing

import pytest

from models.rows import NILAI_MAKS, ROWS, columns, references
from models.schema import APPLICATION_ID, VERSION, migrate


@pytest.fixture
def empty():
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    migrate(connection)
    yield connection
    connection.close()


def insert(connection, table, **values):
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))


@pytest.mark.parametrize("cls", ROWS)
def test_the_columns_are_those_of_the_row_in_order(empty, cls):
    described = [row[1] for row in empty.execute(f"PRAGMA table_info({cls.TABLE})")]
    assert tuple(described) == columns(cls)


def test_every_table_of_ours_is_strict(empty):
    strict = {row[1]: row[5] for row in empty.execute("PRAGMA table_list") if row[0] == "main"}
    ours = {cls.TABLE for cls in ROWS} | {"riwayat"}
    assert {name for name in ours if not strict[name]} == set()


@pytest.mark.parametrize("cls", ROWS)
def test_a_column_is_integer_text_and_not_null_as_the_field_says(empty, cls):
    hints = typing.get_type_hints(cls)
    for _, name, kind, not_null, _, key in empty.execute(f"PRAGMA table_info({cls.TABLE})"):
        hint = typing.get_args(hints["nilai"])[0] if re.fullmatch(r"b\d\d", name) else hints[name]
        parts = set(typing.get_args(hint) or (hint,))
        assert kind == ("INTEGER" if int in parts else "TEXT"), name
        assert bool(not_null or key) == (types.NoneType not in parts), name


@pytest.mark.parametrize("cls", ROWS)
def test_each_reference_is_a_foreign_key_checked_at_commit(empty, cls):
    keys = {row[3]: row[2] for row in empty.execute(f"PRAGMA foreign_key_list({cls.TABLE})")}
    assert keys == references(cls)
    sql = empty.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (cls.TABLE,)).fetchone()[0]
    deferred = re.findall(r"(\w+) TEXT(?: NOT NULL)? REFERENCES (\w+) DEFERRABLE INITIALLY DEFERRED", sql)
    assert dict(deferred) == references(cls)


def test_a_child_may_be_written_before_its_parent_in_one_transaction(empty):
    empty.execute("BEGIN")
    insert(empty, "dokumen", id="d", opd_id="o", urutan=1, judul="Rencana", tahun=2022)
    insert(empty, "opd", id="o", urutan=1, nama="Dinas")
    empty.execute("COMMIT")
    assert empty.execute("SELECT count(*) FROM dokumen").fetchone() == (1,)


def test_a_reference_to_nothing_cannot_be_committed(empty):
    empty.execute("BEGIN")
    insert(empty, "dokumen", id="d", opd_id="o", urutan=1, judul="Rencana", tahun=2022)
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        empty.execute("COMMIT")


@pytest.fixture
def with_document(empty):
    insert(empty, "opd", id="o", urutan=1, nama="Dinas")
    insert(empty, "dokumen", id="d", opd_id="o", urutan=1, judul="Rencana", tahun=2022)
    return empty


@pytest.mark.parametrize("pagu", [None, 0, 1, NILAI_MAKS])
def test_pagu_within_the_bounds_is_kept(with_document, pagu):
    insert(with_document, "anggaran", id="a", dokumen_id="d", urutan=1, jenis="program", nama="P", pagu=pagu)
    assert with_document.execute("SELECT pagu FROM anggaran").fetchone() == (pagu,)


@pytest.mark.parametrize("pagu", [-1, NILAI_MAKS + 1, 1.5, "banyak"])
def test_pagu_out_of_bounds_or_no_whole_number_is_refused(with_document, pagu):
    with pytest.raises(sqlite3.IntegrityError):
        insert(with_document, "anggaran", id="a", dokumen_id="d", urutan=1, jenis="program", nama="P", pagu=pagu)


@pytest.mark.parametrize("month", [f"b{m:02}" for m in range(1, 13)])
def test_a_month_of_cash_is_never_negative(with_document, month):
    insert(with_document, "anggaran", id="a", dokumen_id="d", urutan=1, jenis="program", nama="P")
    series = {"id": "s", "dokumen_id": "d", "anggaran_id": "a", "jenis": "kas", "periode": "bulan"}
    with pytest.raises(sqlite3.IntegrityError):
        insert(with_document, "deret_anggaran", **series, **{month: -1})
    insert(with_document, "deret_anggaran", **series, **{month: 0})


@pytest.mark.parametrize("owners", [{}, {"kinerja_id": "k", "anggaran_id": "a"}], ids=["none", "both"])
def test_an_indicator_has_exactly_one_owner(with_document, owners):
    insert(with_document, "kinerja", id="k", dokumen_id="d", urutan=1, tingkat="tujuan")
    insert(with_document, "anggaran", id="a", dokumen_id="d", urutan=1, jenis="program", nama="P")
    with pytest.raises(sqlite3.IntegrityError):
        insert(with_document, "indikator", id="i", dokumen_id="d", urutan=1, uraian="U", **owners)


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("kinerja", {"tingkat": "sasaran"}),
        ("anggaran", {"jenis": "belanja", "nama": "P"}),
        ("indikator", {"uraian": "U", "kinerja_id": "k", "akumulasi": "rata"}),
        ("indikator", {"uraian": "U", "kinerja_id": "k", "arah": "datar"}),
        ("indikator", {"uraian": "U", "kinerja_id": "k", "iku": 2}),
    ],
)
def test_a_word_outside_the_list_is_refused(with_document, table, values):
    insert(with_document, "kinerja", id="k", dokumen_id="d", urutan=1, tingkat="tujuan")
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        insert(with_document, table, id="x", dokumen_id="d", urutan=2, **values)


def test_an_indicator_has_one_series_of_a_kind(with_document):
    insert(with_document, "kinerja", id="k", dokumen_id="d", urutan=1, tingkat="tujuan")
    insert(with_document, "indikator", id="i", dokumen_id="d", urutan=1, uraian="U", kinerja_id="k")
    series = {"dokumen_id": "d", "indikator_id": "i", "jenis": "target", "periode": "bulan"}
    insert(with_document, "deret_indikator", id="s1", **series)
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        insert(with_document, "deret_indikator", id="s2", **series)


def test_the_file_says_whose_it_is_and_which_version(empty):
    assert empty.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert APPLICATION_ID.to_bytes(4, "big") == b"RNKS"
    assert empty.execute("PRAGMA user_version").fetchone() == (VERSION,)


def test_migrating_twice_changes_nothing(with_document):
    before = list(with_document.iterdump())
    migrate(with_document)
    assert list(with_document.iterdump()) == before


def test_the_schema_has_no_triggers_and_no_views(empty):
    kinds = {row[0] for row in empty.execute("SELECT DISTINCT type FROM sqlite_schema")}
    assert kinds == {"table", "index"}
