"""The capaian of all indicators of a large document as of a quarter: seconds for 12,000 series."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice

from bench.clock import Side, medians
from bench.figures import Figure, Measurement, Scale
from models.plan import Plan
from models.rows import DeretIndikator, Indikator, Row
from services.capaian_rencana import Reckoning
from services.periods import Sampai
from services.samples import sample_plan

SERIES = 12_000
MOST = 0.2
"""Seconds."""


def measurements() -> Iterator[Measurement]:
    """One, as nobody else reckons a plan that a peer could be timed with."""
    yield Measurement(("capaian_all_s",), _measure)


def reported_plan(series: int) -> tuple[Plan, str]:
    """A document in which half of so many series are targets and half what was reached of them; and its id.

    The targets are those of a sample, each indicator with numbers of its own; what was reached is near them.
    """
    sample, dokumen_id = sample_plan()
    rows: list[Row] = [row for row in sample.rows() if not isinstance(row, DeretIndikator | Indikator)]
    targets = [row for row in sample.all(DeretIndikator) if row.jenis == "target"]
    for number, like in enumerate(islice(cycle(targets), series // 2)):
        indikator = sample.get(Indikator, like.indikator_id)
        row_id = f"i{number}"
        rows.append(replace(indikator, id=row_id, urutan=number, target=_own(indikator.target, number)))
        planned = tuple(_own(text, number) for text in like.nilai)
        reached = tuple(_own(text, number % 7) for text in planned)
        rows.append(replace(like, id=f"t{number}", indikator_id=row_id, nilai=planned))
        rows.append(replace(like, id=f"r{number}", indikator_id=row_id, jenis="realisasi", nilai=reached))
    return Plan(rows), dokumen_id


def _own(text: str | None, number: int) -> str | None:
    """A plain whole number and so much more, any other text as it is."""
    return str(int(text) + number) if text and text.isdecimal() else text


def _measure(scale: Scale) -> Iterator[Figure]:
    plan, dokumen_id = reported_plan(SERIES // 20 if scale.is_smoke else SERIES)
    # The indexes of the plan are there as soon as a window shows it.
    Reckoning(plan, dokumen_id, Sampai(3, True)).indicators()
    side = Side(lambda: Reckoning(plan, dokumen_id, Sampai(6, True)).indicators())
    took = medians({"all": side}, scale)["all"]
    yield Figure("capaian_all_s", took, "s", MOST, took * 1000)
