"""A plan file of an older program: opened, brought up to date in the working copy, and read by commands as it lies."""

import shutil
import sqlite3

import pytest
from older import as_version

from models.backups import listed
from models.changes import Change
from models.errors import PlanError
from models.header import check_header
from models.plan_file import PlanFile
from models.reading import check, read_plan, read_published
from models.rows import Dokumen, Formulir, Narasi, new_id
from models.schema import VERSION, migrate, statements


@pytest.fixture(params=range(1, VERSION))
def old(request, published, tmp_path):
    """A published plan as an older version wrote it."""
    path = tmp_path / "lama.db"
    shutil.copyfile(published("bone-2023"), path)
    as_version(path, request.param)
    return path


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_each_version_has_its_tables_to_the_letter(version):
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for sql in statements(version):
        connection.execute(sql)
    check(connection, version)
    connection.close()


def test_what_the_steps_make_is_what_the_newest_version_says():
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection)
    check(connection, VERSION)
    connection.close()


def test_an_older_plan_is_opened_with_every_row_and_published_as_the_newest(old, published):
    assert check_header(old) < VERSION
    with PlanFile.open(old) as file:
        rows = file.rows()
        assert {row.id: row for row in rows} == {row.id: row for row in read_plan(published("bone-2023"))}
        assert file.published, "nothing was edited yet, so the officer's file is not touched"
        dokumen = next(row for row in rows if isinstance(row, Dokumen))
        added = [
            Formulir(id=new_id(), dokumen_id=dokumen.id, nama="bulanan-staf", kertas="A3", huruf=85),
            Narasi(id=new_id(), dokumen_id=dokumen.id, urutan=1, judul="Penutup", tingkat=1),
        ]
        file.apply([Change(None, row) for row in added], "Ubah halaman")
        file.publish()
    assert check_header(old) == VERSION
    assert {row for row in read_plan(old) if isinstance(row, Formulir | Narasi)} == set(added)


def test_an_older_plan_that_was_only_looked_at_stays_as_it_is_and_leaves_no_working_copy(old, data_folder):
    before = old.read_bytes()
    PlanFile.open(old).close()
    assert old.read_bytes() == before
    assert not list((data_folder / "kerja").glob("*.db"))


def test_commands_read_an_older_plan_without_touching_it(old, published):
    before = old.read_bytes()
    assert read_published(old) == read_published(published("bone-2023"))
    assert old.read_bytes() == before


def test_before_an_older_plan_is_brought_up_to_date_it_is_backed_up_as_it_was(old):
    before = old.read_bytes()
    PlanFile.open(old).close()
    (backup,) = listed(old)
    assert backup.path.read_bytes() == before


def test_without_a_backup_it_is_not_brought_up_to_date(old, data_folder):
    before = old.read_bytes()
    data_folder.mkdir()
    (data_folder / "cadangan").write_bytes(b"no folder")
    with pytest.raises(PlanError):
        PlanFile.open(old)
    assert old.read_bytes() == before
    (data_folder / "cadangan").unlink()
    with PlanFile.open(old) as file:
        assert file.rows()
