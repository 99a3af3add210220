"""Form 3 of forms.md: performance and budget by quarters (Lombok Tengah 2022)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from models.plan import Plan
from models.rows import Anggaran, DeretAnggaran, DeretIndikator, Dokumen, Indikator, Jabatan, Kinerja
from services.angka import decide_style
from services.forms.cells import BAND_FILL, header, key, month_key, numbers, rupiah, target, tied
from services.forms.heading import narrow_signature, note, title_line
from services.forms.parts import Cell, Form, Row, Table, Text
from services.forms.triwulan_susunan import Susunan, named_indicators, own_indicators
from services.periods import (
    Series,
    cash_quarters,
    cash_series,
    note_on_quarters,
    target_quarters,
    target_series,
)
from services.rollup import RollUp
from services.series import QUARTER_ENDS
from services.tahunan import pagu_of, target_of
from services.terms import JENIS

_WIDTHS = (7, 25, 42, 14, 12.5, *(9.5,) * 4, 46, 21.5, *(20.5,) * 3, 19, 23.5)
_LINE = 4.3
_TOTAL_LINE = 5.5
_MONEY = (10, 11, 12, 13, 14)
_QUARTERS = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One row of the form. `span`: rows of its budget line, on the line's first row. `starts`: a block begins."""

    node: Kinerja | None
    indikator: Indikator | None
    line: Anggaran | None
    span: int
    starts: bool
    branch: str
    jabatan_id: str | None


def build(plan: Plan, dokumen: Dokumen, name: str) -> Form:
    """One line per program, kegiatan and sub kegiatan, beside the sasaran that it supports."""
    entries = _Entries(plan, dokumen.id).made
    rollup = RollUp(plan)
    rows = _rows(plan, rollup, dokumen, entries)
    starts = [i for i, entry in enumerate(entries) if entry.starts]
    blocks = [tuple(rows[a:b]) for a, b in pairwise([*starts, len(rows)])]
    printed: list[Series] = []
    for entry in entries:
        printed += target_series(plan, entry.indikator) if entry.indikator is not None else ()
        printed += cash_series(plan, entry.line) if entry.line is not None and entry.span else ()
    remark = note(note_on_quarters(printed))
    table = Table(
        _WIDTHS,
        _header(),
        tuple(blocks),
        total=(_total(entries, rows),),
        title=(
            Text(title_line(plan, dokumen, "RENCANA AKSI KINERJA"), 10, bold=True, align="center"),
            Text(f"TAHUN {dokumen.tahun}", 10, bold=True, align="center", after=2 if remark else 4.2),
            *remark,
        ),
        size=7,
        padding=1.1,
    )
    return Form(name, "Kinerja dan anggaran", (table, narrow_signature(plan, dokumen)))


class _Entries:
    """The rows of the form in order, before they are cells."""

    def __init__(self, plan: Plan, dokumen_id: str) -> None:
        self._plan = plan
        self._susunan = Susunan(plan, dokumen_id)
        self._beside = self._indicators_beside()
        self._owners = {node.id for line in self._susunan.lines if (node := self._susunan.owner(line))}
        self._seen: set[str] = set()
        self.made: list[_Entry] = []
        joins = False
        for node, top in self._susunan.tops():
            if top is not None:
                self._branch(top, None, None, starts=node is None or not joins)
                joins = False
            elif node is not None:
                joins = self._introduce(node, starts=True)

    def _indicators_beside(self) -> dict[str, list[Indikator]]:
        """Line -> indicators of its rows: its own, else those of its sasaran that links name, each beside one line."""
        beside: dict[str, list[Indikator]] = {}
        taken: set[str] = set()
        for line in self._susunan.lines:
            found = list(own_indicators(self._plan, line))
            if not found and (node := self._susunan.owner(line)) is not None:
                links = [link for link in self._susunan.links(line) if link.kinerja_id == node.id]
                found = [one for one in named_indicators(self._plan, links) if one.id not in taken]
                taken |= {one.id for one in found}
            beside[line.id] = found
        self._taken = taken
        return beside

    def _introduce(self, node: Kinerja, *, starts: bool) -> bool:
        """The rows of a sasaran's own, at its first place; False where it has none or had them before."""
        if node.id in self._seen:
            return False
        self._seen.add(node.id)
        own: list[Indikator | None] = [one for one in own_indicators(self._plan, node) if one.id not in self._taken]
        if not own and node.id not in self._owners:
            own = [None]
        for i, indikator in enumerate(own):
            jabatan_id = node.penanggung_jawab_id
            self.made.append(_Entry(node, indikator, None, 0, starts and i == 0, node.id, jabatan_id))
        return bool(own)

    def _branch(self, line: Anggaran, node: Kinerja | None, jabatan_id: str | None, *, starts: bool) -> None:
        """A line and all below it. `node`, `jabatan_id`: of the line above, for what has none of its own."""
        owner = self._susunan.owner(line)
        jabatan_id = line.penanggung_jawab_id or (owner.penanggung_jawab_id if owner else None) or jabatan_id
        node = owner or node
        if node is not None:
            starts = not self._introduce(node, starts=starts) and starts
        branch = self._susunan.top(line).id
        indicators: list[Indikator | None] = [*self._beside[line.id]] or [None]
        for i, indikator in enumerate(indicators):
            span = len(indicators) if i == 0 else 0
            self.made.append(_Entry(node, indikator, line, span, starts and i == 0, branch, jabatan_id))
        for i, child in enumerate(self._susunan.children(line)):
            self._branch(child, node, jabatan_id, starts=i > 0 and line.jenis == "program")


def _header() -> tuple[Row, ...]:
    top = (
        header(0, "No", rows=3),
        header(1, "Sasaran Strategis", rows=3),
        header(2, "Indikator Kinerja", rows=3),
        header(3, "Satuan", rows=3),
        header(4, "Target Kinerja", rows=3),
        header(5, "Rencana Aksi per Triwulan", cols=4, rows=2),
        header(9, "Program/Kegiatan", rows=3),
        header(10, "ANGGARAN APBD", cols=5),
        header(15, "Penanggung Jawab", rows=3),
    )
    second = (header(10, "(Rp)", rows=2), header(11, "Rencana Aksi per Triwulan", cols=4))
    third = [header(start + i, quarter) for start in (5, 11) for i, quarter in enumerate(_QUARTERS)]
    return Row(top, 5), Row(second, 5), Row(tuple(third), 5), numbers([str(n) for n in range(1, 17)], 4.4, 6.2)


def _rows(plan: Plan, rollup: RollUp, dokumen: Dokumen, entries: list[_Entry]) -> list[Row]:
    nodes = _spans(entries, lambda entry: entry.node and entry.node.id)
    posts = _spans(entries, lambda entry: (entry.branch, entry.jabatan_id))
    rows = []
    for at, (entry, node_span, post_span) in enumerate(zip(entries, nodes, posts, strict=True)):
        cells: list[Cell] = []
        if node_span:
            cells += _sasaran_cells(entry.node, node_span)
        cells += _indicator_cells(plan, dokumen, entry.indikator)
        if entry.line is None:
            cells += [Cell(col) for col in range(9, 15)]
        elif entry.span:
            cells += _line_cells(plan, rollup, dokumen, entry.line, at, entry.span)
        if post_span:
            jabatan = plan.find(Jabatan, entry.jabatan_id)
            cells.append(Cell(15, jabatan.nama if jabatan else "", rows=post_span, repeat=True))
        rows.append(Row(tuple(cells), _LINE))
    return rows


def _spans(entries: list[_Entry], what: Callable[[_Entry], object]) -> Iterator[int]:
    """For each row how many rows its merged cell has, 0 where it began above."""
    for _, group in groupby(entries, what):
        count = sum(1 for _ in group)
        yield from (count, *(0,) * (count - 1))


def _sasaran_cells(node: Kinerja | None, span: int) -> list[Cell]:
    if node is None:
        return [Cell(0, rows=span), Cell(1, rows=span)]
    return [
        Cell(0, node.nomor or "", rows=span, align="center", repeat=True, key=key(node, "nomor")),
        Cell(1, node.uraian or "", rows=span, repeat=True, key=key(node, "uraian")),
    ]


def _indicator_cells(plan: Plan, dokumen: Dokumen, indikator: Indikator | None) -> list[Cell]:
    """Columns 3 to 9."""
    if indikator is None:
        return [Cell(col) for col in range(2, 9)]
    series = plan.one(DeretIndikator, "indikator_id", indikator.id, "target")
    year = target_of(plan, indikator, dokumen.tahun)
    four = target_quarters(plan, indikator)
    style = decide_style([year.text, *(series.nilai if series else ())])
    typed = series is not None and series.periode == "triwulan"
    keys = [month_key(indikator, "target", end) if typed else "" for end in QUARTER_ENDS]
    quarters = [target(5 + i, four[i], style, align="center", key=keys[i]) for i in range(4)]
    return [
        Cell(2, indikator.uraian, key=key(indikator, "uraian")),
        Cell(3, indikator.satuan or "", align="center", key=key(indikator, "satuan")),
        target(4, year.text, style, align="center", key=year.key or key(indikator, "target")),
        *quarters,
    ]


def _line_cells(plan: Plan, rollup: RollUp, dokumen: Dokumen, line: Anggaran, at: int, span: int) -> list[Cell]:
    """Columns 10 to 15 of a budget line, which begins in row `at` of the body."""
    program = line.jenis == "program"
    series = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    typed = series is not None and series.periode == "triwulan" and not series.kumulatif
    four = cash_quarters(plan, rollup, line)
    keys = [month_key(line, "kas", end) if typed else "" for end in QUARTER_ENDS]
    quarters = [rupiah(11 + i, four[i], rows=span, bold=program, repeat=span > 1, key=keys[i]) for i in range(4)]
    amount = pagu_of(plan, dokumen, line)
    own = key(line, "pagu") if amount == line.pagu else ""
    pagu = rupiah(10, amount, rows=span, bold=program, repeat=span > 1, key=own)
    text = line.nama.upper() if program else line.nama
    told = key(line, "nama") if text == line.nama else ""
    return [
        Cell(9, text, rows=span, bold=program, repeat=span > 1, key=told),
        tied(pagu, quarters, (at,), _MONEY[1:]),
        *quarters,
    ]


def _total(entries: list[_Entry], rows: list[Row]) -> Row:
    """The sums over the programs; in a plan without any, over the lines of its highest level (forms.md, section 3)."""
    lines = {i: entry.line for i, entry in enumerate(entries) if entry.line and entry.span}
    highest = next((jenis for jenis in JENIS if any(line.jenis == jenis for line in lines.values())), None)
    tops = [i for i, line in lines.items() if line.jenis == highest]
    cells = [Cell(0, "Jumlah", 10, align="center", bold=True, fill=BAND_FILL, middle=True)]
    for col in _MONEY:
        values = [cell.value for i in tops for cell in rows[i].cells if cell.col == col and cell.value is not None]
        total = rupiah(col, sum(int(value) for value in values) if values else None, bold=True)
        cells.append(replace(total, fill=BAND_FILL, middle=True, sum_of=tuple(tops) if values else None))
    return Row((*cells, Cell(15, fill=BAND_FILL)), _TOTAL_LINE)
