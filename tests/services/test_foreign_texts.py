"""Texts of a file that another program wrote, on their way into a compilation or a merge: cut, cleaned, and said."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from models.cleaning import TEXT_MAX
from models.rows import Kinerja
from models.seal import unseal
from services.compile import compile_plans
from services.copies import send_copy
from services.document import Document
from services.merge_conflicts import values_of
from services.merge_preview import open_copy, pending

LONG = "x" * (TEXT_MAX + 500)
SAID = "1 teks terlalu panjang dan dipotong menjadi 4.000 karakter: uraian "


@pytest.fixture
def plan(published: Callable[[str], Path], tmp_path: Path) -> Path:
    path = tmp_path / "rencana.db"
    shutil.copyfile(published("bone-2023"), path)
    return path


def write_long(path: Path) -> str:
    """As another program does it; returns the id of the node."""
    unseal(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        (node,) = connection.execute("SELECT min(id) FROM kinerja").fetchone()
        connection.execute("UPDATE kinerja SET uraian = ? WHERE id = ?", (LONG, node))
    return str(node)


def test_a_compilation_cuts_it_and_its_report_says_so(plan: Path, tmp_path: Path) -> None:
    node = write_long(plan)
    document, (report,) = compile_plans(tmp_path / "semua.db", [plan])
    with document:
        assert document.plan.get(Kinerja, node).uraian == "x" * TEXT_MAX
    assert report.documents
    (said,) = report.left_out
    assert said.startswith(f"rencana.db: {SAID}")
    assert said.endswith("Teks semula tetap ada di berkas asalnya.")


def test_a_merge_takes_it_cut_and_its_preview_says_so(plan: Path, tmp_path: Path) -> None:
    copy = tmp_path / "Salinan.db"
    with Document.open(plan) as document:
        send_copy(document, "Bidang", copy)
        node = write_long(copy)
        ours = open_copy(plan.name, document.plan.rows(), document.file.history())
        made, refused = pending(ours, [copy], plan)
    assert refused == ()
    assert made is not None
    (conflict,) = made.merge.conflicts
    assert values_of(conflict, "mereka") == {"uraian": "x" * TEXT_MAX}
    assert (conflict.tabel, conflict.baris) == ("kinerja", node)
    assert any(note.startswith(f"Salinan.db: {SAID}") for note in made.notes)
