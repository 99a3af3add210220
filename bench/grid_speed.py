"""What an officer waits for in a large plan: pasting, scrolling, opening, and each key of a filter or a search."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.child import run_child, use_folder
from bench.clock import percentile
from bench.figures import Figure, Measurement, Scale
from bench.grid_plans import wide_file
from bench.plans import agency_file

PASTE_MOST = 100.0
FRAME_MOST = 16.7
"""Milliseconds of a frame at 60 Hz."""
OPEN_MOST = 1.0
"""Seconds."""
KEY_MOST = 50.0


WIDE = 100
"""Sub kegiatan in the branch that is pasted into; the one that is scrolled has all."""


def measurements() -> Iterator[Measurement]:
    """Pasting on both sizes, the others on the large one."""
    yield Measurement(("paste_64x12_ms",), lambda scale: _paste("paste_64x12_ms", 100, scale))
    yield Measurement(("paste_64x12_2500_ms",), lambda scale: _paste("paste_64x12_2500_ms", 2500, scale))
    yield Measurement(("scroll_frame_ms", "scroll_frame_p99_ms"), _scroll)
    keys = ("filter_key_2500_ms", "filter_key_2500_p99_ms", "find_key_2500_ms", "find_key_2500_p99_ms")
    yield Measurement(("open_2500_first_edit_s", "open_2500_findings_s", *keys), _keys)


def _paste(name: str, size: int, scale: Scale) -> Iterator[Figure]:
    yield _ms(name, median(_in_grid("paste", size, WIDE, scale.edits // 8 + 2, scale)), PASTE_MOST)


def _scroll(scale: Scale) -> Iterator[Figure]:
    took = _in_grid("scroll", 2500, 2500, scale.edits, scale)
    yield _ms("scroll_frame_ms", median(took), FRAME_MOST)
    yield _ms("scroll_frame_p99_ms", percentile(took, 0.99), FRAME_MOST)


def _keys(scale: Scale) -> Iterator[Figure]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        use_folder(folder)
        path = agency_file(folder / "2500.db", scale.sub_kegiatan[2500])
        said = [run_child("bench.window_keys", str(path), str(scale.edits)).said for _ in range(scale.memory_runs)]
    opening = median(run["first_edit"] for run in said)
    yield Figure("open_2500_first_edit_s", opening / 1000, "s", OPEN_MOST, opening)
    findings = median(run["findings"] for run in said)
    yield Figure("open_2500_findings_s", findings / 1000, "s", None, findings)
    for key in ("filter", "find"):
        took = [value for run in said for value in run[key]]
        yield _ms(f"{key}_key_2500_ms", median(took), KEY_MOST)
        yield _ms(f"{key}_key_2500_p99_ms", percentile(took, 0.99), KEY_MOST)


def _in_grid(what: str, size: int, wide: int, count: int, scale: Scale) -> list[float]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        use_folder(folder)
        path = wide_file(folder / f"{size}.db", scale.sub_kegiatan[size], wide)
        said: list[float] = run_child("bench.grid_window", what, str(path), str(count)).said
    return said


def _ms(name: str, value: float, aim: float) -> Figure:
    return Figure(name, value, "ms", aim, value)
