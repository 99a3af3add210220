"""`urutan`: numbers with gaps, so that a row put between two others changes no other row."""

from collections.abc import Sequence

GAP = 1 << 20


def between(before: int | None, after: int | None) -> int | None:
    """A number after `before` and before `after` (None: no neighbour), or None where no room is left."""
    if before is None:
        return GAP if after is None else after - GAP
    if after is None:
        return before + GAP
    middle = (before + after) // 2
    return middle if before < middle < after else None


def spaced(count: int) -> Sequence[int]:
    """Fresh numbers for a whole list."""
    return range(GAP, GAP * (count + 1), GAP)
