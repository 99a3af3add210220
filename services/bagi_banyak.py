"""Bagi over several rows at once: each is spread by its own year; those that the way does not fit are left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import BULAN, Anggaran, Indikator
from services.bagi_cara import Ask, Cara, answer, ways
from services.bagi_isian import Isian, Kas, Target, Teks, read_isian
from services.naming import row_text
from services.series import QUARTER_ENDS

_OTHER_WAY = "Cara ini tidak berlaku untuk baris ini."
_ORDER = tuple(Cara)


@dataclass(frozen=True, slots=True)
class Hasil:
    """What comes of one row. `total`: its year as written; `problem`: why it is left out, "" where it is spread."""

    row_id: str
    name: str
    total: str
    problem: str
    changes: tuple[Change, ...] = ()


def read_rows(plan: Plan, rows: Sequence[Anggaran | Indikator]) -> list[Kas | Target | Teks]:
    """The years of the rows, in their order."""
    return [read_isian(plan, row) for row in rows]


def common_ways(isians: Sequence[Isian]) -> tuple[Cara, ...]:
    """The ways that fit any of the rows, in their usual order."""
    found = {cara for isian in isians for cara in ways(isian)}
    return tuple(cara for cara in _ORDER if cara in found)


def common_places(isians: Sequence[Isian]) -> tuple[int, ...]:
    """The periods to choose from: quarters where all rows have nothing else, otherwise months."""
    return QUARTER_ENDS if all(isian.places == QUARTER_ENDS for isian in isians) else tuple(range(BULAN))


def spread_rows(
    rows: Sequence[Anggaran | Indikator],
    isians: Sequence[Kas | Target | Teks],
    ask: Ask,
    weights: Mapping[str, tuple[int, ...]] | None = None,
) -> list[Hasil]:
    """What the choice gives for each row; nothing is written.

    Args:
        weights: proportions of a row's own, by its id, as those of last year; a row without any is left out. None: all
            rows take those of `ask`.
    """
    return [_one(row, isian, ask, weights) for row, isian in zip(rows, isians, strict=True)]


def _one(
    row: Anggaran | Indikator, isian: Kas | Target | Teks, ask: Ask, weights: Mapping[str, tuple[int, ...]] | None
) -> Hasil:
    left = Hasil(row.id, row_text(row), isian.total, isian.problem)
    if isian.problem:
        return left
    if ask.cara not in ways(isian):
        return replace(left, problem=_OTHER_WAY)
    if weights is not None and row.id not in weights:
        return replace(left, problem="Tidak ada isinya pada tahun lalu.")
    try:
        found = answer(isian, ask if weights is None else replace(ask, weights=weights[row.id]))
    except PlanError as error:
        return replace(left, problem=str(error))
    if not found.fits:
        return replace(left, problem=found.sentence)
    return replace(left, changes=found.changes)
