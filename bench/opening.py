"""Opening a published plan, beside reading the same rows with sqlite3 alone.

Ours locks, checks and copies the file, verifies the copy, and makes rows and indexes of what it holds. The peer
connects, fetches all rows of all plan tables, and closes.
"""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.child import use_folder
from bench.clock import Side, medians
from bench.figures import Figure, Measurement, Scale, ratio
from bench.plans import agency_file
from models.rows import ROWS
from services.document import Document
from services.samples import create_from, sample_path

PER_SUB_KEGIATAN = 1.1
"""Opening twenty-five times as much may take this much more than twenty-five times as long."""


def measurements() -> Iterator[Measurement]:
    """One: the sample and both agencies in turns."""
    names = ("open_buleleng_over_sqlite", "open_100_over_sqlite", "open_2500_over_sqlite", "open_2500_over_100")
    yield Measurement(names, _measure)


def _measure(scale: Scale) -> Iterator[Figure]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        use_folder(folder)
        files = {"buleleng": folder / "buleleng.db"}
        create_from(sample_path(), files["buleleng"]).file.close()
        for size, count in scale.sub_kegiatan.items():
            files[str(size)] = agency_file(folder / f"{size}.db", count)
        sides = {}
        for plan, path in files.items():
            sides[f"ours {plan}"] = _ours(path)
            sides[f"sqlite {plan}"] = Side(reading(path))
        took = medians(sides, scale)
        for plan in files:
            yield ratio(f"open_{plan}_over_sqlite", took[f"ours {plan}"], took[f"sqlite {plan}"])
        small, large = scale.sub_kegiatan.values()
        aim = large / small * PER_SUB_KEGIATAN
        yield ratio("open_2500_over_100", took["ours 2500"], took["ours 100"], aim)


def _ours(path: Path) -> Side:
    opened: list[Document] = []
    return Side(lambda: opened.append(Document.open(path)), after=lambda: opened.pop().file.close())


def reading(path: Path) -> Callable[[], list[list[tuple[object, ...]]]]:
    """What reads all rows of all plan tables with sqlite3 alone."""

    def read() -> list[list[tuple[object, ...]]]:
        connection = sqlite3.connect(path)
        rows = [connection.execute(f"SELECT * FROM {cls.TABLE}").fetchall() for cls in ROWS]
        connection.close()
        return rows

    return read
