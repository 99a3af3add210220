"""Timing in turns: every peer once, then every peer again, so that a busy machine slows all of them alike."""

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from bench.figures import Scale


@dataclass(frozen=True, slots=True)
class Side:
    """One of the peers: `run` is timed, `before` and `after` are not."""

    run: Callable[[], object]
    before: Callable[[], object] = lambda: None
    after: Callable[[], object] = lambda: None


def medians(sides: Mapping[str, Side], scale: Scale) -> dict[str, float]:
    """Median wall seconds of each side, run in turns after a warm-up of each, which a smoke run leaves out.

    The collector stays on, as in the program, but what the measurement itself has laid ready is frozen: it would be
    walked over and over, at the cost of whoever happens to allocate.
    """
    for side in sides.values() if not scale.is_smoke else ():
        once(side)
    gc.collect()
    gc.freeze()
    try:
        taken: dict[str, list[float]] = {name: [] for name in sides}
        least, most = scale.times
        begun, rounds = perf_counter(), 0
        while rounds < least or (rounds < most and perf_counter() - begun < scale.seconds):
            for name, side in sides.items():
                taken[name].append(once(side))
            rounds += 1
    finally:
        gc.unfreeze()
    return {name: median(seconds) for name, seconds in taken.items()}


def once(side: Side) -> float:
    """Seconds of one run, begun with nothing left to collect."""
    side.before()
    gc.collect()
    begun = perf_counter()
    result = side.run()
    seconds = perf_counter() - begun
    del result
    side.after()
    return seconds


def percentile(values: list[float], share: float) -> float:
    """The value that `share` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
