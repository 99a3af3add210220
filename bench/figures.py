"""Figures: what a measurement gives, how large it is, and how all of them are printed."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Unit = Literal["x", "ms", "s", "MB"]

LINEAR = 11.0
"""Ten times the work may take at most eleven times as long."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How large a run is. Names of figures always say the sizes of FULL.

    `small`, `large`: blocks of a form. `sub_kegiatan`: size in a figure's name -> sub kegiatan in the plan.
    `times`: least and most repetitions; `seconds`: repeat for so long between them.
    """

    small: int
    large: int
    sub_kegiatan: dict[int, int]
    times: tuple[int, int]
    seconds: float
    edits: int
    starts: int
    memory_runs: int
    is_smoke: bool = False


FULL = Scale(63, 630, {100: 100, 2500: 2500}, (5, 40), 4.0, edits=200, starts=11, memory_runs=3)
SMOKE = Scale(2, 5, {100: 4, 2500: 12}, (1, 1), 0.0, edits=5, starts=1, memory_runs=1, is_smoke=True)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `ours` and `peer`: the two medians that a ratio comes from, in `unit_of` them, None without."""

    name: str
    value: float
    unit: Unit = "x"
    aim: float | None = None
    ours: float | None = None
    peer: float | None = None
    unit_of: Unit = "ms"

    @property
    def is_met(self) -> bool:
        """Whether the value is at most its aim; True where there is none."""
        return self.aim is None or self.value <= self.aim


def ratio(name: str, ours: float, peer: float, aim: float | None = None) -> Figure:
    """Ours over the peer's, both in seconds."""
    return Figure(name, ours / peer, "x", aim, ours * 1000, peer * 1000)


@dataclass(frozen=True, slots=True)
class Measurement:
    """One run that gives several figures; `names` are all that it may give, `run` yields them."""

    names: tuple[str, ...]
    run: Callable[[Scale], Iterable[Figure]]


def as_json(figures: Sequence[Figure]) -> str:
    """A dict of name -> number."""
    return json.dumps({figure.name: round(figure.value, 4) for figure in figures}, indent=1)


HEAD = ("figure", "value", "aim", "", "ours", "peer")
_WIDTHS = (55, 11, 7, 6, 13, 13)


def table_head() -> str:
    """Names of the columns, underlined."""
    return f"{_line(HEAD)}\n{_line(['-' * width for width in _WIDTHS])}"


def table_line(figure: Figure) -> str:
    """One figure with both medians, the ratio and the aim."""
    verdict = "" if figure.aim is None else "ok" if figure.is_met else "MISSED"
    aim = "" if figure.aim is None else f"{figure.aim:g}"
    sides = [_amount(side, figure.unit_of) if side is not None else "" for side in (figure.ours, figure.peer)]
    return _line([figure.name, _amount(figure.value, figure.unit), aim, verdict, *sides])


def _amount(value: float, unit: Unit) -> str:
    return f"{value:,.{2 if abs(value) < 100 else 0}f} {unit}"


def _line(cells: Sequence[str]) -> str:
    first, *rest = [
        cell.ljust(width) if i in (0, 3) else cell.rjust(width)
        for i, (cell, width) in enumerate(zip(cells, _WIDTHS, strict=True))
    ]
    return "  ".join([first, *rest]).rstrip()
