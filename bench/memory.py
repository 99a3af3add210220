"""Memory: how much more than with the plan in memory a process needs at most to export a large form of it.

The peak is that of the kernel (VmHWM), which begins anew with each program; `getrusage` goes on from the parent's.
"""

import sys
from collections.abc import Iterator
from statistics import median

from bench.child import run_child
from bench.figures import Figure, Measurement, Scale
from bench.plans import PAPERS

MOST = 150.0


def measurements() -> Iterator[Measurement]:
    """One for each form and each of its formats, on Linux only."""
    if not sys.platform.startswith("linux"):
        return
    for form, entry in PAPERS.items():
        for kind in entry.kinds:
            name = f"memory_630_{kind}_mb.{form}"
            yield Measurement(
                (name,),
                lambda scale, name=name, form=form, kind=kind: _measure(scale, name, form, kind),  # type: ignore[misc]
            )


def _measure(scale: Scale, name: str, form: str, kind: str) -> Iterator[Figure]:
    runs = [run_child("bench.memory_export", form, str(scale.large), kind).said for _ in range(scale.memory_runs)]
    before = median(run["before_kb"] for run in runs) / 1024
    after = median(run["after_kb"] for run in runs) / 1024
    yield Figure(name, after - before, "MB", MOST, after, before, "MB")
