"""Merging two copies of a large plan that were both edited, and compiling the plans of 40 agencies into one file.

The plan of a merge has 4,000 sub kegiatan with twelve months of cash; in both copies a tenth of the lines and a fifth
of the series are edited, one in ten of them in both. Beside it: reading the rows of both files with sqlite3 alone; and
for the compilation reading the 40 files so, and copying as many bytes as come out.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.child import use_folder
from bench.clock import Side, medians
from bench.figures import Figure, Measurement, Scale, ratio
from bench.opening import reading
from bench.plans import agency_file
from bench.publishing import copying
from models.changes import Change
from models.merging import PlanCopy, read_copy
from models.rows import Anggaran, DeretAnggaran, Opd
from services.compile import compile_plans
from services.copies import send_copy
from services.document import Document
from services.merge import Merge

LARGE, AGENCIES, OF_ONE = 4_000, 40, 60
MERGE_AIM_S = 1.0
_LINES, _SERIES, _SHARED = 10, 5, 10


def measurements() -> Iterator[Measurement]:
    """Two: a merge, and a compilation."""
    yield Measurement(("merge_4000_s", "merge_4000_over_sqlite"), _merging)
    yield Measurement(("compile_40_s", "compile_40_over_sqlite", "compile_40_over_copy"), _compiling)


def _merging(scale: Scale) -> Iterator[Figure]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        use_folder(folder)
        ours = agency_file(folder / "a.db", 8 if scale.is_smoke else LARGE)
        theirs = folder / "b.db"
        with Document.open(ours) as document:
            send_copy(document, "Bidang", theirs)
            _edit(document, 1)
        with Document.open(theirs) as document:
            _edit(document, 2)
        copies = read_copy(ours), read_copy(theirs)
        sides = {
            "merge": Side(lambda: _merged(copies[0], copies[1])),
            "sqlite": Side(lambda: (reading(ours)(), reading(theirs)())),
        }
        took = medians(sides, scale)
        yield Figure("merge_4000_s", took["merge"], "s", MERGE_AIM_S)
        yield ratio("merge_4000_over_sqlite", took["merge"], took["sqlite"])


def _merged(ours: PlanCopy, theirs: PlanCopy) -> object:
    merge = Merge(ours, [theirs])
    return merge, merge.changes(delete_anyway=True)


def _edit(document: Document, side: int) -> None:
    """A tenth of the lines and a fifth of the series, most of them not those of the other side."""
    random, changes = Random(side), []
    for cls, share in ((Anggaran, _LINES), (DeretAnggaran, _SERIES)):
        for number, row in enumerate(document.plan.all(cls)):
            mine = number % share == side or (number % share == 0 and number % (share * _SHARED) == 0)
            if mine and isinstance(row, Anggaran):
                changes.append(Change(row, replace(row, lokasi=f"Desa {random.randrange(10**6)}")))
            elif mine and isinstance(row, DeretAnggaran):
                month = random.randrange(11)
                values = (*row.nilai[:month], random.randrange(10**9), *row.nilai[month + 1 :])
                changes.append(Change(row, replace(row, nilai=values)))
    document.edit("ubah banyak", changes)
    document.file.publish()


def _compiling(scale: Scale) -> Iterator[Figure]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        use_folder(folder)
        paths = [_agency(folder, number, scale) for number in range(3 if scale.is_smoke else AGENCIES)]
        target = folder / "Kompilasi.db"

        def compiled() -> None:
            target.unlink(missing_ok=True)
            compile_plans(target, paths)

        compiled()
        sides = {
            "compile": Side(compiled),
            "sqlite": Side(lambda: [reading(path)() for path in paths]),
            "copy": Side(copying(target, folder / "salin.db")),
        }
        took = medians(sides, replace(scale, times=(1, 5)))
        yield Figure("compile_40_s", took["compile"], "s")
        yield ratio("compile_40_over_sqlite", took["compile"], took["sqlite"])
        yield ratio("compile_40_over_copy", took["compile"], took["copy"])


def _agency(folder: Path, number: int, scale: Scale) -> Path:
    path = agency_file(folder / f"{number}.db", 2 if scale.is_smoke else OF_ONE)
    with Document.open(path) as document:
        opd = document.plan.all(Opd)[0]
        document.edit("nama", [Change(opd, replace(opd, nama=f"Dinas {number}"))])
        document.file.publish()
    return path
