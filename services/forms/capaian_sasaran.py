"""Capaian of each sasaran, the mean of its indicators, beside the money that it was given; by tujuan; and as bars."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.plan import Plan
from models.rows import Dokumen, Kinerja
from services.capaian_rencana import Efficiency, Mean, Reckoning, Spent, efficiency
from services.diagram.batang import Bar, bars
from services.diagram.sumbu import SPACE, titled
from services.forms.capaian_tujuan import by_goal
from services.forms.cells import rupiah
from services.forms.heading import note
from services.forms.parts import Cell, Figure, Form, Part, Row, Table
from services.forms.realisasi_sampai import title_lines
from services.forms.realisasi_sel import Notes, closing_words, grade, percent, reckoned, signed, spent_cell, unreported
from services.forms.target_cells import plain_header
from services.sasaran import strategic

_WIDTHS = (9.0, 82.0, 22.0, 22.0, 26.0, 33.0, 33.0, 21.0, 62.0)
_TITLES = (
    "No",
    "Sasaran",
    "Indikator Terhitung",
    "Capaian (%)",
    "Predikat",
    "Pagu (Rp)",
    "Realisasi (Rp)",
    "Serapan (%)",
    "Perhitungan",
)
_SIZE = 8.0
_LINE = 6.5
_BARS = 12
"""Of one chart, so that its texts stay readable."""
_HOW = "Capaian sasaran adalah rata-rata capaian indikatornya yang dapat dihitung, masing-masing berbobot sama."


@dataclass(frozen=True, slots=True)
class Reached:
    """A sasaran with the mean of the indicators that are shown beside it, and its money."""

    node: Kinerja
    nomor: str
    capaian: Mean
    uang: Spent
    efisiensi: Efficiency


def measured(plan: Plan, reckoning: Reckoning) -> Iterator[Reached]:
    """The sasaran of the agency's agreement; one without indicators of its own has those of its programs."""
    for number, each in enumerate(strategic(plan, reckoning.dokumen), 1):
        if each.node is None:
            continue
        mean = reckoning.mean(reckoning.indicator(indikator) for indikator in each.indikator)
        found = reckoning.sasaran(each.node)
        spent = found.uang
        worth = efficiency(spent.pagu, spent.realisasi, mean.persen, reckoning.setelan, lines=bool(found.garis))
        yield Reached(each.node, str(number), mean, spent, worth)


def build(plan: Plan, dokumen: Dokumen, name: str) -> Form:
    """The table, the same by tujuan with targets and results, then the chart of what has a percentage."""
    reckoning, sampai = reckoned(plan, dokumen)
    found = list(measured(plan, reckoning))
    notes = Notes()
    body = tuple((_row(each, notes),) for each in found)
    title = (*title_lines(plan, dokumen, "CAPAIAN SASARAN STRATEGIS", sampai), *note(unreported(sampai)))
    last = notes.row(len(_WIDTHS), (_HOW if body else "", *closing_words(reckoning.setelan, body)))
    table = Table(_WIDTHS, plain_header(_TITLES), body, last, title, size=_SIZE)
    charts = tuple(_charts(found)) if sampai is not None and found else ()
    goals = by_goal(plan, reckoning) if sampai is not None else ()
    parts: tuple[Part, ...] = (table, *goals, *charts, SPACE, signed(plan, dokumen))
    return Form(name, "Capaian sasaran", parts, filled=sampai is not None and bool(body))


def _charts(found: Sequence[Reached]) -> Iterator[Figure]:
    made = [Bar(f"{one.nomor}. {one.node.uraian or ''}", one.capaian.persen, one.capaian.grade) for one in found]
    for start in range(0, len(made), _BARS):
        figure = bars(made[start : start + _BARS])
        yield figure if start else titled(figure, "CAPAIAN MENURUT SASARAN (%)")


def _row(one: Reached, notes: Notes) -> Row:
    mean, spent = one.capaian, one.uang
    reached = percent(3, mean.persen) if mean.persen is not None else notes.missing(3, mean.uraian)
    share = percent(7, spent.serapan) if spent.serapan is not None else notes.missing(7, spent.kurang)
    return Row(
        (
            Cell(0, one.nomor, align="center"),
            Cell(1, one.node.uraian or "", key=f"kinerja/{one.node.id}/uraian"),
            Cell(2, f"{mean.banyak} dari {mean.semua}", align="center"),
            reached,
            grade(4, mean.grade),
            rupiah(5, spent.pagu),
            spent_cell(6, spent.realisasi),
            share,
            Cell(8, mean.uraian if mean.persen is not None else "", size=7),
        ),
        _LINE,
    )
