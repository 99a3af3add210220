"""One cell edit until file, totals, findings and window are right: milliseconds, and over the plain commit."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.child import run_child, use_folder
from bench.clock import percentile
from bench.figures import Figure, Measurement, Scale
from bench.plans import agency_file

MOST = {100: 16.0, 2500: 50.0}
"""Milliseconds by size of plan: a frame at 60 Hz, and what still feels immediate."""


def measurements() -> Iterator[Measurement]:
    """One for each size of plan."""
    for size in (100, 2500):
        names = (f"edit_{size}_ms", f"edit_{size}_p99_ms", f"edit_{size}_cpu_p99_ms", f"edit_{size}_over_plain")
        yield Measurement(names, lambda scale, size=size: _measure(size, scale))  # type: ignore[misc]


def _measure(size: int, scale: Scale) -> Iterator[Figure]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        use_folder(folder)
        path = agency_file(folder / f"{size}.db", scale.sub_kegiatan[size])
        said = run_child("bench.edit_window", str(path), str(scale.edits)).said
    ours, plain = said["ours"], said["plain"]
    middle, floor = median(ours), median(plain)
    yield Figure(f"edit_{size}_ms", middle, "ms", MOST[size], middle, floor)
    worst, floor_worst = percentile(ours, 0.99), percentile(plain, 0.99)
    yield Figure(f"edit_{size}_p99_ms", worst, "ms", MOST[size], worst, floor_worst)
    # Without what other programs and the disk took: tells on a busy machine whether it was us.
    worked = percentile(said["worked"], 0.99)
    yield Figure(f"edit_{size}_cpu_p99_ms", worked, "ms", None, worked)
    yield Figure(f"edit_{size}_over_plain", middle / floor, "x", None, middle, floor)
