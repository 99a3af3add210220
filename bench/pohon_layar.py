"""What an officer feels of the chart: a frame while it is moved, and an edit until the chart shows it."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.child import run_child, use_folder
from bench.clock import percentile
from bench.figures import Figure, Measurement, Scale
from bench.plans import agency_file

SIZE = 130
"""Sub kegiatan of an agency whose chart has 304 boxes."""
FEW = 30
FRAME_MOST = 16.7
"""Milliseconds of a frame at 60 Hz."""
EDIT_MOST = 50.0


def measurements() -> Iterator[Measurement]:
    """Of one chart."""
    yield Measurement(("pohon_frame_ms", "pohon_edit_ms"), _chart)


def _chart(scale: Scale) -> Iterator[Figure]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        use_folder(folder)
        path = agency_file(folder / "bagan.db", FEW if scale.is_smoke else SIZE)
        said = run_child("bench.pohon_window", str(path), str(scale.edits)).said
    yield Figure("pohon_frame_ms", percentile(said["frame"], 0.99), "ms", FRAME_MOST, median(said["frame"]))
    yield Figure("pohon_edit_ms", median(said["edit"]), "ms", EDIT_MOST, median(said["edit"]))
