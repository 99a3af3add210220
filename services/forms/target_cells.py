"""Cells of the forms that set sasaran, indicators and their targets beside one another."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from models.rows import Indikator, Kinerja
from services.angka import Style, parse_number
from services.forms.cells import BAND_FILL, band, header, numbers, rupiah, target
from services.forms.parts import Align, Cell, Row
from services.sasaran import Sasaran
from services.tahunan import Stated

_DIGIT = 0.556
_MM = 25.4 / 72


def numbered(col: int, number: int, text: str, key: str, *, size: float, rows: int = 1) -> Cell:
    """An indicator with its number in front; later lines begin under the text."""
    label = f"{number}. "
    return Cell(col, label + text, rows=rows, hang=label_width(label, size), repeat=rows > 1, key=key)


def label_width(label: str, size: float) -> float:
    """Of "12. " in mm: its digits, and the dot and the space, which are half as wide."""
    return round(_DIGIT * (len(label) - 1) * size * _MM, 2)


def stated(col: int, value: Stated, style: Style, *, rows: int = 1, align: Align = "right") -> Cell:
    """A target or result as typed, with the key of its place."""
    cell = target(col, value.text, style, rows=rows, align=align, repeat=rows > 1)
    return replace(cell, key=value.key)


def with_unit(cell: Cell, satuan: str | None, style: Style) -> Cell:
    """The same target where no column names the unit: "21,76 %", "150 orang"; one that says its unit stays as it is."""
    unit = {"persen": "%", "persentase": "%"}.get((satuan or "").strip().casefold(), (satuan or "").strip())
    if not unit or unit == "-" or parse_number(cell.text, style) is None:
        return cell
    plain = cell.value is None or '"' in unit
    form = "General" if plain else f'{cell.format}" {unit}"'
    return replace(cell, text=f"{cell.text} {unit}", value=None if plain else cell.value, format=form, key="")


def needs_groups(sasaran: Sequence[Sasaran]) -> bool:
    """Whether two sasaran have one number, so that only their headings (`kelompok`) tell them apart."""
    numbers = [each.node.nomor for each in sasaran if each.node is not None and each.node.nomor]
    return len(set(numbers)) < len(numbers)


def sasaran_blocks(
    sasaran: Sequence[Sasaran],
    columns: int,
    height: float,
    cells: Callable[[Kinerja | None, int, Indikator | None], Sequence[Cell]],
    *,
    anew: bool = False,
) -> tuple[tuple[Row, ...], ...]:
    """A row for each indicator, with the number of its sasaran and the sasaran itself merged in front of them.

    Args:
        cells: from column 2 on, of (node, number of the indicator from 1, indicator or None where there is none).
        anew: number the sasaran from 1, as they are only some of the plan; else one without a number follows the last.
    """
    groups = not anew and needs_groups(sasaran)
    blocks: list[tuple[Row, ...]] = []
    group = None
    last = 0
    for each in sasaran:
        node = each.node
        span = max(len(each.indikator), 1)
        nomor = ((node.nomor if node and not anew else None) or str(last + 1)).rstrip(".")
        last = int(nomor) if nomor.isdecimal() else last + 1
        left = [Cell(0, nomor, rows=span, align="center", repeat=True), _statement(node, span)]
        rows = []
        for i, indikator in enumerate(each.indikator or (None,), 1):
            rows.append(Row((*left, *cells(node, i, indikator)), height))
            left = []
        kelompok = node.kelompok if node else None
        if groups and kelompok and kelompok != group:
            blocks.append((band(kelompok, columns, height), rows.pop(0)))
        group = kelompok
        blocks += [(row,) for row in rows]
    return tuple(blocks)


def _statement(node: Kinerja | None, span: int) -> Cell:
    if node is None:
        return Cell(1, rows=span)
    return Cell(1, node.uraian or "", rows=span, repeat=True, key=f"kinerja/{node.id}/uraian")


def sum_cell(col: int, values: Sequence[int | None], rows: Sequence[int] | None = None) -> Cell:
    """The live sum at the foot of a column. `rows`: of the body, where the values do not stand in all of them."""
    stated_rows = [
        (row, value) for row, value in zip(rows or range(len(values)), values, strict=True) if value is not None
    ]
    total = sum(value for _, value in stated_rows) if stated_rows else None
    sum_of = tuple(row for row, _ in stated_rows) or None
    return replace(rupiah(col, total, bold=True), fill=BAND_FILL, middle=True, sum_of=sum_of)


def total_words(text: str, cols: int) -> Cell:
    """ "Jumlah" in front of the sums."""
    return Cell(0, text, cols, align="center", bold=True, fill=BAND_FILL, middle=True)


def plain_header(
    titles: Sequence[str], height: float = 8.6, *, label: str = "{}", size: float = 6.5
) -> tuple[Row, ...]:
    """One line of column titles, and the column numbers below it."""
    labels = [label.format(n) for n in range(1, len(titles) + 1)]
    return Row(tuple(header(col, title) for col, title in enumerate(titles)), height), numbers(labels, 4.8, size)
