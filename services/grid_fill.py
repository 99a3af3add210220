"""What a fill handle writes: copies, or the numbers that continue an arithmetic progression."""

import itertools
from collections.abc import Sequence

from services.angka import Style, decide_style
from services.grid_numbers import read_number, suffix_of, write_like


def continued(texts: Sequence[str], count: int, *, back: bool = False) -> list[str]:
    """The next `count` texts behind these, or before them (`back`, nearest first).

    Two numbers or more with equal steps and one unit are continued ("1", "3": "5", "7"); all else is repeated.
    """
    ordered = list(reversed(texts)) if back else list(texts)
    style = decide_style(ordered)
    style = Style.INDONESIAN if style is Style.UNKNOWN else style
    numbers = [value for text in ordered if (value := read_number(text, style)) is not None]
    steps = {second - first for first, second in itertools.pairwise(numbers)}
    if len(numbers) == len(ordered) > 1 and len(steps) == 1 and len({suffix_of(text) for text in ordered}) == 1:
        step = steps.pop()
        return [write_like(numbers[-1] + step * i, ordered[-1], style) for i in range(1, count + 1)]
    repeated = list(texts)
    return [repeated[-1 - i % len(texts)] if back else repeated[i % len(texts)] for i in range(count)]
