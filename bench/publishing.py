"""Publishing one edit into the officer's file, beside copying the same bytes to disk (write, fsync)."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.child import use_folder
from bench.clock import Side, medians
from bench.figures import Figure, Measurement, Scale, ratio
from bench.plans import agency_file
from models.rows import Anggaran, DeretAnggaran
from services.document import Document
from services.edits import set_cash


def measurements() -> Iterator[Measurement]:
    """One: both agencies in turns."""
    yield Measurement(("publish_100_over_copy", "publish_2500_over_copy"), _measure)


def _measure(scale: Scale) -> Iterator[Figure]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        use_folder(folder)
        sides = {}
        documents = []
        for size, count in scale.sub_kegiatan.items():
            path = agency_file(folder / f"{size}.db", count)
            document = Document.open(path)
            documents.append(document)
            sides[f"ours {size}"] = Side(document.file.publish, before=_editing(document))
            sides[f"copy {size}"] = Side(copying(path, folder / f"{size}.copy"))
        took = medians(sides, scale)
        for document in documents:
            document.file.close()
        for size in scale.sub_kegiatan:
            yield ratio(f"publish_{size}_over_copy", took[f"ours {size}"], took[f"copy {size}"])


def _editing(document: Document) -> Callable[[], None]:
    """One more rupiah in December, so that there is something to publish."""
    plan = document.plan
    line = next(a for a in plan.all(Anggaran) if a.jenis == "sub_kegiatan")

    def edit() -> None:
        series = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
        last = (series.nilai[-1] if series else 0) or 0
        document.edit("ubah kas Desember", set_cash(plan, line, 11, last + 1, kumulatif=True))

    return edit


def copying(source: Path, target: Path) -> Callable[[], None]:
    """What copies the bytes of a file to disk."""

    def copy() -> None:
        with target.open("wb") as file:
            file.write(source.read_bytes())
            file.flush()
            os.fsync(file.fileno())

    return copy
