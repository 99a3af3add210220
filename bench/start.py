"""Start: the whole process from its begin until the window is painted and closed again, beside an empty window's.

Both run from byte code, as an installed program does; it is kept in the folder of the run, by the start that does not
count.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.child import run_child, use_folder
from bench.figures import Figure, Measurement, Scale, ratio
from services.samples import own_sample

OVER_BARE = 1.5
_PROGRAM = "bench.start_window"
_BARE = "bench.bare_window"
NAMES = ("start_over_bare", "start_painted_over_bare", "start_sample_over_bare", "start_sample_painted_over_bare")


def measurements() -> Iterator[Measurement]:
    """One: all kinds of start in turns."""
    yield Measurement(NAMES, _measure)


def _measure(scale: Scale) -> Iterator[Figure]:
    with TemporaryDirectory() as folder:
        use_folder(Path(folder))
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "kode")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        own_sample()
        starts = {"bare": (_BARE,), "page": (_PROGRAM,), "sample": (_PROGRAM, "--contoh")}
        whole: dict[str, list[float]] = {name: [] for name in starts}
        painted: dict[str, list[float]] = {name: [] for name in starts}
        for number in range(scale.starts + 1):
            for name, command in starts.items():
                ended = run_child(*command)
                if number or scale.is_smoke:
                    whole[name].append(ended.seconds)
                    painted[name].append(ended.said["painted"] - ended.begun)
        for name, figure in (("page", "start"), ("sample", "start_sample")):
            aim = OVER_BARE if name == "page" else None
            yield ratio(f"{figure}_over_bare", median(whole[name]), median(whole["bare"]), aim)
            yield ratio(f"{figure}_painted_over_bare", median(painted[name]), median(painted["bare"]), aim)
