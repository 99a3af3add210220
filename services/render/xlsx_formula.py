"""Live sums: which cells a SUM names, and whether it may be written."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

_MOST_ARGUMENTS = 200
_LONGEST_FORMULA = 8_000


def sum_terms(first: str, last: str, wanted: Iterable[int], numbers: Sequence[int]) -> list[str]:
    """The wanted rows of the columns from `first` to `last`, as few ranges as leave out other numbers.

    Args:
        numbers: all rows of these columns that hold a number, ascending.
    """
    ranges: list[list[int]] = []
    for row in sorted(set(wanted)):
        if ranges and bisect_left(numbers, row) == bisect_right(numbers, ranges[-1][1]):
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
    return [
        f"{first}{top}" if (first, top) == (last, bottom) else f"{first}{top}:{last}{bottom}" for top, bottom in ranges
    ]


def sum_formula(terms: Sequence[str]) -> str:
    """SUM over the terms; "" if it would be too long.

    Source: Excel takes 8,192 characters in a formula and 255 arguments in a function.
    """
    if len(terms) > _MOST_ARGUMENTS:
        chunks = (terms[start : start + _MOST_ARGUMENTS] for start in range(0, len(terms), _MOST_ARGUMENTS))
        terms = [f"SUM({','.join(chunk)})" for chunk in chunks]
    formula = f"SUM({','.join(terms)})"
    return formula if len(formula) <= _LONGEST_FORMULA else ""
