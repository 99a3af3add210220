"""Plans for the grid: all sub kegiatan of an agency hang under one kegiatan, so that one branch shows them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bench.agency import agency_rows
from models.changes import Change
from models.rows import Anggaran, Row
from services.document import Document
from services.samples import sample_plan


def wide_file(path: Path, sub_kegiatan: int, wide: int) -> Path:
    """A published plan file with so many sub kegiatan, the first `wide` of them under its first kegiatan."""
    sample, _ = sample_plan()
    with Document.create(path) as document:
        document.edit("impor", [Change(None, row) for row in _widened(agency_rows(sample, sub_kegiatan), wide)])
        document.file.publish()
    return path


def _widened(rows: list[Row], wide: int) -> Iterator[Row]:
    first = next(row for row in rows if isinstance(row, Anggaran) and row.jenis == "kegiatan")
    moved = 0
    for row in rows:
        if isinstance(row, Anggaran) and row.jenis == "sub_kegiatan" and moved < wide:
            moved += 1
            yield replace(row, induk_id=first.id)
        else:
            yield row
