"""What is checked together, and what a change concerns: each scope is a rule or several over one row or one list.

A task is (scope, key). A check of all tasks finds everything; after a change only the tasks that it concerns are done
again. Lists that rules look through (texts, units) are kept current beside the plan.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from models.changes import Change
from models.plan import Plan
from models.rows import (
    Anggaran,
    Dokumen,
    Indikator,
    Kinerja,
    Narasi,
    Pejabat,
    Row,
    TotalTercetak,
)
from services.checks import (
    belum,
    codes,
    doubles,
    kas,
    kekosongan,
    names,
    numbering,
    pagu,
    people,
    realisasi,
    results,
    spelling,
    structure,
    target,
    totals,
)
from services.checks.concern import TREES, Concern, Task
from services.checks.finding import Finding
from services.checks.usage import Usage
from services.rollup import RollUp

SCOPES = (
    "indikator",
    "indikator-sama",
    "satuan",
    "simpul",
    "sasaran-sama",
    "nomor",
    "pj",
    "garis",
    "letak",
    "dokumen",
    "pejabat",
    "total",
    "skala",
    "kekosongan",
    "belum",
)
"""In the order in which the findings of one row stand."""

_ONE_ROW: tuple[tuple[str, type[Row]], ...] = (
    ("indikator", Indikator),
    ("simpul", Kinerja),
    ("garis", Anggaran),
    ("letak", Anggaran),
    ("dokumen", Dokumen),
    ("pejabat", Pejabat),
    ("total", TotalTercetak),
    ("skala", Narasi),
    ("kekosongan", Dokumen),
    ("belum", Dokumen),
)


class Scopes:
    """All tasks of a plan, and what has to be kept for them."""

    def __init__(self, plan: Plan, rollup: RollUp, usage: Usage) -> None:
        self._plan = plan
        self._rollup = rollup
        self._usage = usage
        self._sound: set[tuple[object, ...]] = set()
        indicators = plan.all(Indikator)
        self._spellings = spelling.Spellings(indicators)
        self._sasaran = doubles.Texts(plan.all(Kinerja))
        self._indicators = doubles.Texts(indicators)
        self._concern = Concern(plan, self._indicators)
        self._checks: dict[str, Callable[[Any], Iterable[Finding]]] = {
            "indikator": self._check_indicator,
            "indikator-sama": lambda text: doubles.check_same_indicator(plan, self._indicators.of(text)),
            "satuan": lambda key: spelling.check_spelling(plan, self._spellings, *key),
            "simpul": self._check_node,
            "sasaran-sama": lambda text: doubles.check_same_sasaran(plan, self._sasaran.of(text)),
            "nomor": lambda key: numbering.check_numbers(plan, *key),
            "pj": lambda key: people.check_in_charge(plan, *key),
            "garis": self._check_money,
            "letak": self._check_place,
            "dokumen": self._check_document,
            "pejabat": lambda row_id: _of(plan, Pejabat, row_id, lambda row: people.check_official(plan, row)),
            "total": lambda row_id: _of(plan, TotalTercetak, row_id, self._check_total),
            "skala": lambda row_id: _of(plan, Narasi, row_id, results.check_scale),
            "kekosongan": lambda row_id: _of(plan, Dokumen, row_id, lambda row: kekosongan.check_holes(plan, row)),
            "belum": lambda row_id: _of(plan, Dokumen, row_id, lambda row: belum.check_unfilled(plan, usage, row)),
        }

    def check(self, task: Task) -> tuple[Finding, ...]:
        """What is found now."""
        return tuple(self._checks[task[0]](task[1]))

    def all(self) -> Iterator[Task]:
        """Every task of the plan that can find something."""
        for scope, cls in _ONE_ROW:
            yield from ((scope, row.id) for row in self._plan.all(cls))
        yield from (("indikator-sama", text) for text in self._indicators.doubled())
        yield from (("sasaran-sama", text) for text in self._sasaran.doubled())
        yield from (("satuan", key) for key in self._spellings.groups())
        yield from {("nomor", (node.dokumen_id, node.tingkat)) for node in self._plan.all(Kinerja)}
        for table in TREES:
            yield from {("pj", (row.dokumen_id, table, _level(row))) for row in self._plan.all(table)}

    def concerned(self, changes: Iterable[Change], touched_lines: Iterable[str]) -> set[Task]:
        """Take over changes of the plan; returns the tasks to do again, with those of rows that are gone."""
        changes = tuple(changes)
        tasks: set[Task] = {("garis", line_id) for line_id in touched_lines}
        tasks |= {("kekosongan", dokumen_id) for each in changes if (dokumen_id := kekosongan.concerns(each))}
        tasks |= {("belum", dokumen_id) for each in changes if (dokumen_id := belum.concerns(each))}
        for change in changes:
            self._keep(change, tasks)
        for column in self._usage.update(changes):
            tasks |= set(self._concern.of_column(*column))
        for change in changes:
            for row in (change.before, change.after):
                if row is not None:
                    tasks |= set(self._concern.of_row(change, row))
        return tasks

    def _check_indicator(self, row_id: str) -> Iterator[Finding]:
        row = self._plan.find(Indikator, row_id)
        if row is not None:
            yield from names.check_indicator_texts(self._plan, self._usage, row)
            yield from target.check_targets(self._plan, self._usage, row, self._sound)
            yield from results.check_results(self._plan, row)
            yield from realisasi.check_reached(self._plan, row)

    def _check_total(self, row: TotalTercetak) -> Iterator[Finding]:
        yield from totals.check_total(self._plan, self._rollup, row)
        yield from realisasi.check_saving(self._plan, row)

    def _check_node(self, row_id: str) -> Iterator[Finding]:
        row = self._plan.find(Kinerja, row_id)
        if row is not None:
            yield from names.check_statement(row)
            yield from structure.check_node(self._plan, self._usage, row)

    def _check_money(self, row_id: str) -> Iterator[Finding]:
        row = self._plan.find(Anggaran, row_id)
        if row is not None:
            yield from names.check_name(row)
            yield from pagu.check_pagu(self._plan, self._rollup, self._usage, row)
            yield from kas.check_cash(self._plan, self._rollup, self._usage, row)
            yield from realisasi.check_spending(self._plan, self._rollup, row)

    def _check_place(self, row_id: str) -> Iterator[Finding]:
        row = self._plan.find(Anggaran, row_id)
        if row is not None:
            yield from structure.check_line_place(self._plan, self._usage, row)

    def _check_document(self, row_id: str) -> Iterator[Finding]:
        row = self._plan.find(Dokumen, row_id)
        if row is not None:
            yield from people.check_signer(self._plan, row)
            yield from pagu.check_levels(self._plan, row)
            yield from codes.check_codes(self._plan, row)

    def _keep(self, change: Change, tasks: set[Task]) -> None:
        """The lists, as they are after the change."""
        row = change.row
        if isinstance(row, Indikator):
            now = self._plan.find(Indikator, row.id)
            tasks |= {("indikator-sama", text) for text in self._indicators.put(row.id, now)}
            for key in self._spellings.put(row.id, now):
                tasks |= {("satuan", near) for near in self._spellings.related(*key)}
        elif isinstance(row, Kinerja):
            tasks |= {("sasaran-sama", text) for text in self._sasaran.put(row.id, self._plan.find(Kinerja, row.id))}


def _of(plan: Plan, cls: Any, row_id: str, check: Callable[[Any], Iterable[Finding]]) -> Iterable[Finding]:
    row = plan.find(cls, row_id)
    return check(row) if row is not None else ()


def _level(row: Kinerja | Anggaran) -> str:
    return row.tingkat if isinstance(row, Kinerja) else row.jenis
