"""What opening makes of a plan: every row as its class makes it, and nothing written anew that is known already."""

from models import reading
from models.plan_file import PlanFile
from models.reading import connect
from models.rows import ROWS, columns
from models.workspace import left_overs


def test_rows_made_column_by_column_are_those_made_one_by_one(plan, monkeypatch):
    monkeypatch.setattr(reading, "_PIECE", 7)
    connection = connect(plan)
    try:
        selects = [(cls, f"SELECT {', '.join(columns(cls))} FROM {cls.TABLE}") for cls in ROWS]
        one_by_one = [cls.from_columns(values) for cls, select in selects for values in connection.execute(select)]
    finally:
        connection.close()
    with PlanFile.open(plan) as file:
        assert file.rows() == one_by_one
    assert len(one_by_one) > 100


def test_the_note_whose_the_working_copy_is_is_written_once(plan, data_folder):
    PlanFile.open(plan).close()
    (note,) = (data_folder / "kerja").glob("*.json")
    before = note.stat()
    with PlanFile.open(plan) as file:
        after = note.stat()
        assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
        ((target, _),) = left_overs()
        assert target == file.path
    assert not list(left_overs()), "a note without its working copy stands for nothing"
