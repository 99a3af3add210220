"""Capaian by tujuan: the sasaran of each with their indicators, target and result, as in table 3.5 of Lampung 2019."""

from collections.abc import Iterator, Sequence

from models.plan import Plan
from models.rows import Dokumen, Indikator, Kinerja
from services.capaian_rencana import Reckoning
from services.forms.cells import key
from services.forms.parts import Cell, Row, Table, Text
from services.forms.realisasi_sel import Notes, closing_words, compared, named, predicate
from services.forms.target_cells import plain_header
from services.sasaran import goal_of, strategic
from services.tahunan import is_of_year

_WIDTHS = (9.0, 60.0, 60.0, 65.0, 18.0, 24.0, 24.0, 22.0, 28.0)
_TITLES = (
    "No",
    "Tujuan",
    "Sasaran",
    "Indikator Kinerja",
    "Satuan",
    "Target",
    "Realisasi",
    "Capaian (%)",
    "Predikat",
)
_SIZE = 8.0
_LINE = 6.0


Goal = tuple[Kinerja, list[tuple[Kinerja | None, tuple[Indikator, ...]]]]
"""A tujuan with the sasaran below it and the indicators of each; None: its own indicators."""


def goals(plan: Plan, dokumen: Dokumen) -> list[Goal]:
    """The tujuan of the document in its order, without those that no indicator of the year hangs under."""
    nodes = plan.where(Kinerja, "dokumen_id", dokumen.id)
    below: dict[str, list[tuple[Kinerja | None, tuple[Indikator, ...]]]] = {}
    for node in nodes:
        if node.tingkat == "tujuan":
            own = plan.where(Indikator, "kinerja_id", node.id)
            shown = tuple(each for each in own if is_of_year(plan, each, dokumen.tahun))
            below[node.id] = [(None, shown)] if shown else []
    for each in strategic(plan, dokumen):
        above = goal_of(plan, each.node) if each.node is not None and each.node.tingkat != "tujuan" else None
        if above is not None and each.indikator:
            below[above].append((each.node, each.indikator))
    return [(node, below[node.id]) for node in nodes if below.get(node.id)]


def by_goal(plan: Plan, reckoning: Reckoning) -> tuple[Table, ...]:
    """The table, target and result as of the period; none of a plan without tujuan."""
    found = goals(plan, reckoning.dokumen)
    if not found:
        return ()
    notes = Notes()
    body = tuple(tuple(_rows(plan, reckoning, number, each, notes)) for number, each in enumerate(found, 1))
    title = (Text("CAPAIAN MENURUT TUJUAN", 9, bold=True, before=4, after=1.5),)
    last = notes.row(len(_WIDTHS), closing_words(reckoning.setelan, body))
    return (Table(_WIDTHS, plain_header(_TITLES), body, last, title, size=_SIZE),)


def _rows(plan: Plan, reckoning: Reckoning, number: int, goal: Goal, notes: Notes) -> Iterator[Row]:
    node, below = goal
    total = sum(len(indicators) for _, indicators in below)
    left: Sequence[Cell] = (
        Cell(0, str(number), rows=total, align="center", repeat=True),
        Cell(1, node.uraian or "", rows=total, repeat=True, key=key(node, "uraian")),
    )
    for sasaran, indicators in below:
        text = (sasaran.uraian or "") if sasaran is not None else ""
        where = key(sasaran, "uraian") if sasaran is not None else ""
        middle: Sequence[Cell] = (Cell(2, text, rows=len(indicators), repeat=bool(text), key=where),)
        for at, indikator in enumerate(indicators, 1):
            one = reckoning.indicator(indikator)
            cells = (
                *named(3, at, indikator, _SIZE),
                *compared(4, plan, reckoning.dokumen, one)[1:],
                notes.reached(7, one.capaian),
                predicate(8, one.capaian),
            )
            yield Row((*left, *middle, *cells), _LINE)
            left = middle = ()
