"""Renstra: tujuan and sasaran with their yearly targets, then the matrix of programs with targets and funds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from models.plan import Plan
from models.rows import Dokumen, Indikator, Kinerja
from services.angka import decide_style
from services.forms.cells import header, numbers
from services.forms.heading import note, signature
from services.forms.parts import Cell, Form, Part, Row, Table, Text
from services.forms.renstra_cells import described, title_lines, year_target
from services.forms.renstra_matrix import matrix
from services.forms.target_cells import label_width, stated
from services.sasaran import goal_of, highest_nodes, node_indicators
from services.tahunan import indicator_years, renstra_years

_SIZE = 8.0
_LINE = 5.6
_WIDTH = 310.0
_NO_YEARS = "Rencana ini tidak memuat target tahunan Renstra; yang dimuat adalah target tahun {tahun}."


@dataclass(frozen=True, slots=True)
class _Goal:
    """A tujuan, None where none is known, its own indicators, and the sasaran below it with theirs."""

    tujuan: Kinerja | None
    own: tuple[Indikator, ...]
    sasaran: tuple[tuple[Kinerja, tuple[Indikator, ...]], ...]

    @property
    def indicators(self) -> Iterator[Indikator]:
        yield from self.own
        for _, indicators in self.sasaran:
            yield from indicators


def build(plan: Plan, dokumen: Dokumen, name: str) -> Form:
    """Both tables. Tujuan whose targets lie outside the document's Renstra stand in a table with their own years."""
    goals = _goals(plan, dokumen)
    stated_years = {year for goal in goals for i in goal.indicators for year in indicator_years(plan, i)}
    main = renstra_years(dokumen, stated_years) if stated_years else ()
    groups: dict[tuple[str, ...], list[_Goal]] = {}
    for goal in goals:
        found = {year for i in goal.indicators for year in indicator_years(plan, i)}
        own = main if found <= set(main) else tuple(sorted(found))
        groups.setdefault(own or (str(dokumen.tahun),), []).append(goal)
    remark = note("" if stated_years or not goals else _NO_YEARS.format(tahun=dokumen.tahun))
    parts: list[Part] = []
    for years, of_years in groups.items() or [((str(dokumen.tahun),), [])]:
        title = title_lines(plan, dokumen, "TUJUAN, SASARAN DAN TARGET KINERJA", years) if not parts else _period(years)
        parts.append(_targets(plan, dokumen, of_years, years, (*title, *(remark if not parts else ()))))
    return Form(name, "Renstra", (*parts, *matrix(plan, dokumen), signature(plan, dokumen)))


def _goals(plan: Plan, dokumen: Dokumen) -> list[_Goal]:
    """In the order of the plan; sasaran without a tujuan that follow one another stand together."""
    below: dict[str | None, list[Kinerja]] = {}
    nodes = plan.where(Kinerja, "dokumen_id", dokumen.id)
    order: list[Kinerja | None] = []
    shown = {node.id for node in highest_nodes(plan, dokumen) if node.tingkat != "tujuan"}
    for node in nodes:
        if node.tingkat == "tujuan":
            order.append(node)
        elif node.id in shown:
            above = goal_of(plan, node)
            below.setdefault(above, []).append(node)
            if above is None and None not in order:
                order.append(None)
    return [
        _Goal(
            goal,
            plan.where(Indikator, "kinerja_id", goal.id) if goal else (),
            tuple((node, node_indicators(plan, node, "program")) for node in below.get(goal.id if goal else None, ())),
        )
        for goal in order
    ]


def _period(years: Sequence[str]) -> tuple[Text, ...]:
    span = f"{years[0]}-{years[-1]}" if len(years) > 1 else years[0]
    return (Text(f"TAHUN {span}", 10, bold=True, align="center", before=5, after=2),)


def _targets(
    plan: Plan, dokumen: Dokumen, goals: Iterable[_Goal], years: Sequence[str], title: tuple[Text, ...]
) -> Table:
    year = max(16.0, min(34.0, 120 / len(years)))
    room = _WIDTH - 18 - 22 - year * len(years)
    widths = (room * 0.28, room * 0.32, room * 0.40, 18.0, 22.0, *[year] * len(years))
    blocks = [(row,) for goal in goals for row in _goal_rows(plan, dokumen, goal, years)]
    titles = ("Tujuan", "Sasaran", "Indikator Kinerja", "Satuan", "Kondisi Awal")
    top = [header(col, text, rows=2) for col, text in enumerate(titles)]
    top.append(header(5, "Target Kinerja Tahun", cols=len(years)))
    second = tuple(header(5 + at, text) for at, text in enumerate(years))
    labels = [str(n) for n in range(1, len(widths) + 1)]
    head = (Row(tuple(top), 5.6), Row(second, 5.6), numbers(labels, 4.6))
    return Table(widths, head, tuple(blocks), title=title, size=_SIZE)


def _goal_rows(plan: Plan, dokumen: Dokumen, goal: _Goal, years: Sequence[str]) -> Iterator[Row]:
    groups: list[tuple[Kinerja | None, tuple[Indikator, ...]]] = list(goal.sasaran)
    if goal.own or not groups:
        groups.insert(0, (None, goal.own))
    total = sum(max(len(indicators), 1) for _, indicators in groups)
    first = [_node_cell(0, goal.tujuan, total)]
    for node, indicators in groups:
        left = [_node_cell(1, node, max(len(indicators), 1))]
        for indikator in indicators or (None,):
            yield Row((*first, *left, *_yearly(plan, dokumen, indikator, years)), _LINE)
            first, left = [], []


def _node_cell(col: int, node: Kinerja | None, rows: int) -> Cell:
    text = (node.uraian if node else None) or ""
    nomor = (node.nomor if node else None) or ""
    label = f"{nomor.rstrip('.')}. " if nomor and text else ""
    return Cell(
        col,
        label + text,
        rows=rows,
        repeat=bool(text),
        hang=label_width(label, _SIZE) if label else 0,
        key=f"kinerja/{node.id}/uraian" if node else "",
    )


def _yearly(plan: Plan, dokumen: Dokumen, indikator: Indikator | None, years: Sequence[str]) -> list[Cell]:
    """Indicator, unit, starting value and the target of each year, in columns 3 and up."""
    if indikator is None:
        return [Cell(col) for col in range(2, 5 + len(years))]
    values = [year_target(plan, dokumen, indikator, year) for year in years]
    style = decide_style([indikator.kondisi_awal, *(value.text for value in values)])
    return [
        *described(2, indikator, style),
        *(replace(stated(5 + at, value, style), align="center") for at, value in enumerate(values)),
    ]
