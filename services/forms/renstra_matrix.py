"""The matrix of the Renstra: programs and the lines below them, with targets and funds of each year."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.plan import Plan
from models.rows import Anggaran, Dokumen, Dukungan, Kinerja
from services.angka import decide_style
from services.forms.cells import BAND_FILL, header, numbers, rupiah
from services.forms.heading import note
from services.forms.parts import PAPERS, Break, Cell, Page, Part, Row, Table, Text
from services.forms.renstra_cells import described, title_lines, year_target
from services.forms.target_cells import stated, sum_cell, total_words
from services.sasaran import in_tree_order, matrix_indicators
from services.tahunan import Amounts, indicator_years, line_years, renstra_years
from services.terms import TINGKAT

_SIZE = 7.0
_A3_YEARS = 6
_FIRST = 6
"""Column of the first year."""
_NO_FUNDS = "Rencana ini tidak memuat target dan pagu tahunan Renstra; yang dimuat adalah tahun {tahun}."


def matrix(plan: Plan, dokumen: Dokumen) -> tuple[Part, ...]:
    """The programs with all lines below them, on a larger sheet; nothing where the plan has no budget lines."""
    lines = in_tree_order(plan, dokumen)
    if not lines:
        return ()
    found = {year for line in lines for year in line_years(plan, line)}
    for line in lines:
        for indikator in matrix_indicators(plan, line):
            found |= indicator_years(plan, indikator)
    years = tuple(sorted({*renstra_years(dokumen, found), *found})) if found else (str(dokumen.tahun),)
    paper = PAPERS["A3" if len(years) <= _A3_YEARS else "A2"]
    page = replace(Page(), paper=paper)
    title = (
        *title_lines(plan, dokumen, "MATRIKS PROGRAM, KEGIATAN, INDIKATOR, TARGET DAN PENDANAAN", years),
        *note("" if found else _NO_FUNDS.format(tahun=dokumen.tahun)),
    )
    table = _matrix_table(plan, dokumen, lines, years, page, title)
    return Break(page, title="Matriks Renstra", level=1), table


def _matrix_table(
    plan: Plan, dokumen: Dokumen, lines: list[Anggaran], years: Sequence[str], page: Page, title: tuple[Text, ...]
) -> Table:
    amounts = Amounts(plan, dokumen, renstra=True)
    width = page.width - page.left - page.right
    year = min(60.0, (width - 172) / len(years))
    target, money = 0.37 * year, 0.63 * year
    code = 24.0 if any(line.kode for line in lines) else 12.0
    room = width - code - 18 - 20 - year * len(years)
    widths = (code, room * 0.34, room * 0.33, room * 0.33, 18.0, 20.0, *(w for _ in years for w in (target, money)))
    blocks: list[tuple[Row, ...]] = []
    summed: list[tuple[int, Anggaran]] = []
    at = 0
    top = "program" if any(line.jenis == "program" for line in lines) else None
    there = {line.id for line in lines}
    for line in lines:
        rows = tuple(_line_rows(plan, dokumen, amounts, line, years))
        if line.jenis == top or (top is None and line.induk_id not in there):
            summed.append((at, line))
        at += len(rows)
        blocks.append(rows)
    total = _total(amounts, summed, years)
    return Table(widths, _matrix_header(years), tuple(blocks), (total,), title, size=_SIZE)


def _matrix_header(years: Sequence[str]) -> tuple[Row, ...]:
    titles = ("Kode", "Program/Kegiatan", "Sasaran", "Indikator Kinerja", "Satuan", "Kondisi Awal")
    top = [header(col, text, rows=3) for col, text in enumerate(titles)]
    top.append(header(_FIRST, "Target Kinerja dan Pendanaan", cols=2 * len(years)))
    second = tuple(header(_FIRST + 2 * at, year, cols=2) for at, year in enumerate(years))
    third = tuple(header(_FIRST + at, ("Target", "Rp")[at % 2]) for at in range(2 * len(years)))
    labels = [str(n) for n in range(1, _FIRST + 1 + 2 * len(years))]
    return Row(tuple(top), 5), Row(second, 5), Row(third, 5), numbers(labels, 4.4, 6)


def _line_rows(plan: Plan, dokumen: Dokumen, amounts: Amounts, line: Anggaran, years: Sequence[str]) -> Iterator[Row]:
    indicators = matrix_indicators(plan, line)
    span = max(len(indicators), 1)
    bold = line.jenis == "program"
    left = (
        Cell(0, line.kode or "", rows=span, bold=bold, repeat=True, key=f"anggaran/{line.id}/kode"),
        Cell(1, line.nama, rows=span, bold=bold, repeat=True, key=f"anggaran/{line.id}/nama"),
        _sasaran(plan, line, span, bold=bold),
    )
    money = [
        rupiah(_FIRST + 1 + 2 * at, amounts.pagu(line, year), rows=span, bold=bold, key=amounts.pagu_key(line, year))
        for at, year in enumerate(years)
    ]
    for i, indikator in enumerate(indicators or (None,)):
        cells = [*(left if i == 0 else ())]
        if indikator is None:
            cells += [Cell(3), Cell(4), Cell(5), *(Cell(_FIRST + 2 * at) for at in range(len(years)))]
        else:
            values = [year_target(plan, dokumen, indikator, year) for year in years]
            style = decide_style([indikator.kondisi_awal, *(value.text for value in values)])
            cells += [replace(cell, bold=bold) for cell in described(3, indikator, style)]
            cells += [
                replace(stated(_FIRST + 2 * at, value, style), align="center", bold=bold)
                for at, value in enumerate(values)
            ]
        cells += money if i == 0 else []
        yield Row(tuple(sorted(cells, key=lambda cell: cell.col)), 5)


def _sasaran(plan: Plan, line: Anggaran, span: int, *, bold: bool) -> Cell:
    """The sasaran that the line itself supports, as in table 6.1 of Lampung 2019: those of the lowest level."""
    links = plan.where(Dukungan, "anggaran_id", line.id)
    nodes = list(dict.fromkeys(plan.get(Kinerja, link.kinerja_id) for link in links))
    lowest = max((TINGKAT.index(node.tingkat) for node in nodes), default=0)
    nodes = [node for node in nodes if TINGKAT.index(node.tingkat) == lowest]
    text = "\n".join(filter(None, (node.uraian for node in nodes)))
    where = f"kinerja/{nodes[0].id}/uraian" if len(nodes) == 1 else ""
    return Cell(2, text, rows=span, bold=bold, repeat=bool(text), key=where)


def _total(amounts: Amounts, summed: Sequence[tuple[int, Anggaran]], years: Sequence[str]) -> Row:
    """Over the programs; over the highest lines where the plan has no programs."""
    cells = [total_words("JUMLAH", _FIRST)]
    rows = [row for row, _ in summed]
    for at, year in enumerate(years):
        pagu = [amounts.pagu(line, year) for _, line in summed]
        cells += [Cell(_FIRST + 2 * at, fill=BAND_FILL), sum_cell(_FIRST + 1 + 2 * at, pagu, rows)]
    return Row(tuple(cells), 6)
