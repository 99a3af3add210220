"""Tables that the plan puts into its narrative: goals with their targets, main indicators, programs with their pagu."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from models.plan import Plan
from models.rows import Anggaran, Dokumen, Indikator, Kinerja
from services.forms.cells import BAND_FILL, header, rupiah
from services.forms.parts import Cell, Row, Table, Text
from services.narasi.flow import WIDTH
from services.narasi.placeholders import chief_goals, lines_of_year, same_line
from services.narasi.sections import CHAPTER, Section
from services.pagu_total import PaguTotal, pagu_total
from services.sasaran import goal_of
from services.tahunan import pagu_of, target_of
from services.terms import LEVEL_NAMES

_SIZE = 9.0
_HEIGHT = 6.0
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def table_of(section: Section, plan: Plan, dokumen: Dokumen) -> Table | None:
    """The table that belongs below the text of a section, None where the plan has nothing for it."""
    key = section.row.kunci
    if key is None and section.level != CHAPTER:
        key = next((key for words, key in _BY_TITLE.items() if words in section.title.lower()), None)
    make = _TABLES.get(key or "")
    table = make(plan, dokumen) if make is not None else None
    return table if table is not None and table.body else None


def goals(plan: Plan, dokumen: Dokumen) -> Table:
    """Tujuan and the sasaran that cascade from each, with indicators and the year's targets."""
    nodes = plan.where(Kinerja, "dokumen_id", dokumen.id)
    aims = [node for node in nodes if node.tingkat == "tujuan"]
    below: dict[str | None, list[Kinerja]] = {}
    for goal in chief_goals(plan, dokumen.id):
        below.setdefault(goal_of(plan, goal), []).append(goal)
    blocks: list[tuple[Row, ...]] = []
    number = 0
    for i, aim in enumerate([*aims, None]):
        if aim is not None:
            blocks.append(_node(plan, dokumen, aim, _ROMAN[i] if i < len(_ROMAN) else "", bold=True))
        for goal in below.get(aim.id if aim is not None else None, []):
            number += 1
            blocks.append(_node(plan, dokumen, goal, str(number)))
    titles = ("No", "Tujuan dan Sasaran" if aims else "Sasaran", "Indikator Kinerja", "Satuan", "Target")
    return _table(titles, (9, 58, 55, 18, 20), blocks, f"Tujuan, Sasaran, Indikator, dan Target Tahun {dokumen.tahun}")


def main_indicators(plan: Plan, dokumen: Dokumen) -> Table:
    """The indikator kinerja utama with the year's targets; where none is marked, the indicators of the sasaran."""
    found = [one for one in plan.where(Indikator, "dokumen_id", dokumen.id) if one.iku]
    if not found:
        found = [one for goal in chief_goals(plan, dokumen.id) for one in plan.where(Indikator, "kinerja_id", goal.id)]
    explained = any(one.formula or one.sumber_data for one in found)
    blocks = []
    for number, one in enumerate(found, 1):
        cells = [
            Cell(0, str(number), align="center"),
            Cell(1, one.uraian),
            Cell(2, one.satuan or "", align="center"),
            Cell(3, target_of(plan, one, dokumen.tahun).text, align="center"),
        ]
        if explained:
            cells += [Cell(4, one.formula or ""), Cell(5, one.sumber_data or "")]
        blocks.append((Row(tuple(cells), _HEIGHT),))
    titles: tuple[str, ...] = ("No", "Indikator Kinerja Utama", "Satuan", f"Target {dokumen.tahun}")
    widths: tuple[float, ...] = (9, 105, 22, 24)
    if explained:
        titles, widths = (*titles, "Formulasi", "Sumber Data"), (9, 44, 17, 18, 46, 26)
    return _table(titles, widths, blocks, f"Indikator Kinerja Utama Tahun {dokumen.tahun}")


def programs(plan: Plan, dokumen: Dokumen) -> Table:
    """The programs of the year with their pagu and its sum, in rupiah; one that is printed twice has one number.

    Where lines outside of programs make the whole pagu more, both sums are there, each under its name.
    """
    twins: dict[str, list[Anggaran]] = {}
    for line in lines_of_year(plan, dokumen, "program"):
        twins.setdefault(same_line(line), []).append(line)
    blocks = [_program(plan, dokumen, number, lines) for number, lines in enumerate(twins.values(), 1)]
    return _table(
        ("No", "Program", "Anggaran (Rp)"),
        (9, 113, 38),
        blocks,
        f"Program dan Anggaran Tahun {dokumen.tahun}",
        tuple(_program_totals(pagu_total(plan, dokumen))),
    )


def _program(plan: Plan, dokumen: Dokumen, number: int, lines: Sequence[Anggaran]) -> tuple[Row, ...]:
    left = (
        Cell(0, str(number), rows=len(lines), align="center", repeat=True),
        Cell(1, lines[0].nama, rows=len(lines), repeat=True),
    )
    amounts = (rupiah(2, pagu_of(plan, dokumen, line)) for line in lines)
    return tuple(Row((*(() if at else left), amount), _HEIGHT) for at, amount in enumerate(amounts))


def _program_totals(total: PaguTotal) -> Iterator[Row]:
    if not total.di_luar:
        yield _sum_row("Jumlah", total.program)
        return
    counts = Counter(LEVEL_NAMES[line.jenis].lower() for line in total.di_luar)
    said = " dan ".join(f"{count} {jenis}" for jenis, count in counts.items())
    yield _sum_row("Jumlah program", total.program)
    yield _sum_row(f"Di luar program di atas: {said}", total.luar)
    yield _sum_row("Jumlah seluruh anggaran", total.semua)


def _sum_row(words: str, amount: int | None) -> Row:
    left = Cell(0, words, 2, align="center", bold=True, fill=BAND_FILL)
    return Row((left, rupiah(2, amount or 0, bold=True)), _HEIGHT)


def _node(plan: Plan, dokumen: Dokumen, node: Kinerja, number: str, *, bold: bool = False) -> tuple[Row, ...]:
    """The rows of a tujuan or sasaran, one for each indicator."""
    found = plan.where(Indikator, "kinerja_id", node.id)
    fill = BAND_FILL if bold else None
    rows = []
    for i in range(max(len(found), 1)):
        one = found[i] if found else None
        cells: list[Cell] = []
        if i == 0:
            cells.append(Cell(0, number, rows=max(len(found), 1), align="center", bold=bold, fill=fill, repeat=True))
            text = node.uraian or ""
            cells.append(Cell(1, text, rows=max(len(found), 1), bold=bold, fill=fill, repeat=True))
        cells += [
            Cell(2, one.uraian if one else "", fill=fill),
            Cell(3, (one.satuan or "") if one else "", align="center", fill=fill),
            Cell(4, target_of(plan, one, dokumen.tahun).text if one else "", align="center", fill=fill),
        ]
        rows.append(Row(tuple(cells), _HEIGHT))
    return tuple(rows)


def _table(
    titles: Sequence[str],
    widths: Sequence[float],
    blocks: Sequence[tuple[Row, ...]],
    title: str,
    foot: tuple[Row, ...] = (),
) -> Table:
    share = WIDTH / sum(widths)
    return Table(
        tuple(width * share for width in widths),
        (Row(tuple(header(col, text) for col, text in enumerate(titles)), 8),),
        tuple(blocks),
        total=foot,
        title=(Text(title, 10, bold=True, align="center", before=2, after=1.5),),
        size=_SIZE,
    )


_TABLES: dict[str, Callable[[Plan, Dokumen], Table]] = {
    "tujuan_sasaran": goals,
    "indikator_kinerja_utama": main_indicators,
    "program_anggaran": programs,
}
_BY_TITLE = {
    "tujuan dan sasaran": "tujuan_sasaran",
    "indikator kinerja utama": "indikator_kinerja_utama",
    "program dan anggaran": "program_anggaran",
}
"""For sections that an officer has added."""
