"""Perubahan: a plan document beside the stage before it, its budget and its performance, what differs marked.

Source: the matrix that regional rules on changed plans ask for ("semula" and "menjadi"). No seed document holds one;
columns and wording are our judgement.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from models.plan import Plan
from models.rows import Anggaran, DeretAnggaran, DeretIndikator, Dokumen
from services.forms.cells import BAND_FILL, RUPIAH, header, key, month_key, rupiah
from services.forms.heading import agency_line, signature
from services.forms.parts import Cell, Form, Part, Row, Table, Text
from services.forms.semula_kinerja import kinerja_table
from services.forms.semula_sel import (
    KETERANGAN,
    LINE,
    PADDING,
    SIZE,
    TRIWULAN,
    WIDTHS,
    both,
    header_rows,
    is_other,
    marked,
    remark,
)
from services.matching import Pairs, is_moved
from services.periods import cash_quarters, has_values, note_on_quarters
from services.rollup import RollUp
from services.rupiah import format_rupiah, print_rupiah
from services.series import QUARTER_ENDS
from services.tahap import earlier_stage, matches, stage_number, stage_title
from services.tahunan import pagu_of
from services.terms import JENIS

ONE_STAGE: Final = "Rencana ini baru memuat satu tahap. Buat dokumen perubahan lewat menu Berkas."
FIRST_STAGE: Final = "Dokumen ini tahap pertama. Buka dokumen perubahannya untuk membandingkan semula dan menjadi."

SELISIH: Final = '[$-421]#,##0;[$-421](#,##0);"-"'
"""Whole rupiah, less than zero in parentheses, zero as "-"."""

PERSEN: Final = '[$-421]#,##0.00;[$-421](#,##0.00);"-"'

_TITLE = "PERUBAHAN RENCANA AKSI (SEMULA - MENJADI)"
_NAMA, _SEMULA, _MENJADI, _SELISIH, _PERSEN = 2, 4, 5, 6, 7
_INDENT = "\u00a0" * 3
_STEP = 1.91
"""Width of `_INDENT` at the size of the body, mm."""

Pair = tuple[Anggaran | None, Anggaran | None]
Amounts = tuple[int | None, ...]
"""Pagu and cash of the four quarters."""


def build(plan: Plan, dokumen: Dokumen, name: str) -> Form:
    """The document beside the stage before it; without one a form that says what to do."""
    title = [
        Text(_TITLE, 10, bold=True, align="center"),
        Text(agency_line(plan, dokumen), 10, bold=True, align="center"),
        Text(f"TAHUN {dokumen.tahun}", 10, bold=True, align="center", after=1),
    ]
    before = earlier_stage(plan, dokumen)
    if before is None:
        note = Text(_why_alone(plan, dokumen), 10, align="center", before=6)
        return Form(name, "Semula dan menjadi", (*title, note), filled=False)
    matching = matches(plan, before.id, dokumen.id)
    lines = list(_tree(plan, before, dokumen, matching.anggaran))
    title.append(Text(_small_line(plan, before, dokumen), 7.5, align="center", after=2))
    tables = [
        table
        for table in (
            _anggaran_table(plan, lines, matching.anggaran),
            kinerja_table(plan, before, dokumen, matching, lines),
        )
        if table.body
    ]
    parts: list[Part] = [
        replace(table, title=(*(title if i == 0 else ()), _section(i, table.title))) for i, table in enumerate(tables)
    ]
    return Form(name, "Semula dan menjadi", (*(parts or title), signature(plan, dokumen)))


def _small_line(plan: Plan, before: Dokumen, after: Dokumen) -> str:
    """Which stages stand side by side, what the marks mean, and where the quarters come from."""
    series: list[DeretIndikator | DeretAnggaran] = []
    for dokumen in (before, after):
        series += plan.where(DeretIndikator, "dokumen_id", dokumen.id)
        series += plan.where(DeretAnggaran, "dokumen_id", dokumen.id)
    sentences = (
        f"Semula: {stage_title(before)}. Menjadi: {stage_title(after)}.",
        "Yang berubah dicetak tebal dengan latar kuning.",
        note_on_quarters(row for row in series if row.jenis != "realisasi" and has_values(row)),
    )
    return " ".join(filter(None, sentences))


def _section(number: int, title: tuple[Text, ...]) -> Text:
    """ "A. ANGGARAN": the sections are lettered in the order in which they are there."""
    return Text(f"{'AB'[number]}. {title[0].plain}", 8.5, bold=True, after=1.5, level=1)


def _why_alone(plan: Plan, dokumen: Dokumen) -> str:
    same = [d for d in plan.where(Dokumen, "opd_id", dokumen.opd_id) if d.tahun == dokumen.tahun]
    return FIRST_STAGE if len(same) > 1 and stage_number(dokumen) is not None else ONE_STAGE


def _anggaran_table(plan: Plan, lines: Sequence[tuple[Pair, str]], pairs: Pairs[Anggaran]) -> Table:
    rollup = RollUp(plan)
    top = min((JENIS.index(_one(pair).jenis) for pair, _ in lines), default=0)
    blocks: list[list[Row]] = []
    summed: list[int] = []
    above = -1
    for at, (pair, number) in enumerate(lines):
        level = JENIS.index(_one(pair).jenis)
        if level == top:
            summed.append(at)
        row = Row(tuple(_cells(plan, rollup, pairs, pair, number)), LINE)
        if blocks and above < level:
            blocks[-1].append(row)
        else:
            blocks.append([row])
        above = level
    rows = [row for block in blocks for row in block]
    return Table(
        WIDTHS,
        _header(),
        tuple(tuple(block) for block in blocks),
        total=(_total(rows, summed),) if rows else (),
        title=(Text("ANGGARAN", 8.5),),
        size=SIZE,
        padding=PADDING,
    )


def _header() -> tuple[Row, ...]:
    left = (
        header(0, "No / Kode", cols=2, rows=3),
        header(_NAMA, "Program / Kegiatan / Sub Kegiatan", cols=2, rows=3),
        header(_SEMULA, "Pagu (Rp)", cols=2, rows=2),
        header(_SELISIH, "Bertambah / (Berkurang)", cols=2, rows=2),
    )
    below = [header(col, text) for col, text in enumerate(("Semula", "Menjadi", "Rp", "%"), _SEMULA)]
    return header_rows(left, below, "Rencana kas per triwulan (Rp)")


def _one(pair: Pair) -> Anggaran:
    """The line as it is now, or as it was."""
    row = pair[1] or pair[0]
    assert row is not None
    return row


def _tree(plan: Plan, before: Dokumen, after: Dokumen, pairs: Pairs[Anggaran]) -> Iterator[tuple[Pair, str]]:
    """The lines of both stages as one tree, parents first, and their numbers; what was removed has none."""

    def tops(dokumen: Dokumen) -> list[Anggaran]:
        return [line for line in plan.where(Anggaran, "dokumen_id", dokumen.id) if line.induk_id is None]

    def below(row: Anggaran | None) -> Sequence[Anggaran]:
        return plan.where(Anggaran, "induk_id", row.id) if row else ()

    stack = list(_numbered(pairs.merged(tops(before), tops(after)), ""))[::-1]
    while stack:
        pair, number = stack.pop()
        yield pair, number
        children = pairs.merged(below(pair[0]), below(pair[1]))
        stack += list(_numbered(children, number and f"{number}."))[::-1]


def _numbered(pairs: list[Pair], above: str) -> Iterator[tuple[Pair, str]]:
    number = 0
    for pair in pairs:
        number += pair[1] is not None
        yield pair, f"{above}{number}" if pair[1] else ""


def _cells(plan: Plan, rollup: RollUp, pairs: Pairs[Anggaran], pair: Pair, number: str) -> Iterator[Cell]:
    before, after = pair
    line = _one(pair)
    level = JENIS.index(line.jenis)
    was, now = (_amounts(plan, rollup, row) for row in pair)
    keys = _keys(plan, after, now)
    kode, old_kode = ((row.kode or number) if row else None for row in (after, before))
    yield both(0, old_kode, kode, cols=2, key=key(after, "kode") if after and after.kode else "")
    nama, old_nama = (row.nama if row else None for row in (after, before))
    name = both(_NAMA, old_nama, nama, cols=2, prefix=_INDENT * level, key=key(after, "nama") if after else "")
    yield replace(name, bold=name.bold or level == 0, hang=_STEP * level)
    yield rupiah(_SEMULA, was[0])
    yield marked(rupiah(_MENJADI, now[0], key=keys[0]), was[0] != now[0])
    yield _difference(was[0], now[0])
    yield _percent(was[0], now[0])
    for quarter in range(1, 5):
        yield rupiah(TRIWULAN + 2 * quarter - 2, was[quarter])
        cell = rupiah(TRIWULAN + 2 * quarter - 1, now[quarter], key=keys[quarter])
        yield marked(cell, was[quarter] != now[quarter])
    yield remark(_remarks(pairs, before, after))


def _amounts(plan: Plan, rollup: RollUp, line: Anggaran | None) -> Amounts:
    if line is None:
        return (None,) * 5
    return pagu_of(plan, plan.get(Dokumen, line.dokumen_id), line), *cash_quarters(plan, rollup, line)


def _keys(plan: Plan, line: Anggaran | None, amounts: Amounts) -> tuple[str, ...]:
    """Where the amounts stand in the plan; "" for one that was worked out from others."""
    if line is None:
        return ("",) * len(amounts)
    pagu = key(line, "pagu") if line.pagu == amounts[0] else ""
    series = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    if series is None or series.kumulatif or series.periode != "triwulan":
        return pagu, "", "", "", ""
    months = [
        month_key(line, "kas", end) if series.nilai[end] == amount else ""
        for end, amount in zip(QUARTER_ENDS, amounts[1:], strict=True)
    ]
    return pagu, *months


def _difference(before: int | None, after: int | None) -> Cell:
    if before is None and after is None:
        return Cell(_SELISIH)
    value = (after or 0) - (before or 0)
    text = f"({format_rupiah(-value)})" if value < 0 else print_rupiah(value)
    return Cell(_SELISIH, text, align="right", value=value, format=SELISIH)


def _percent(before: int | None, after: int | None) -> Cell:
    """What is added, in hundredths of what there was; nothing where there was nothing."""
    if not before:
        return Cell(_PERSEN)
    value = (Decimal((after or 0) - before) * 100 / before).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    shown = f"{abs(value).quantize(Decimal('0.01'), ROUND_HALF_UP):,}".translate(str.maketrans(",.", ".,"))
    text = f"({shown})" if value < 0 else shown if value else "-"
    return Cell(_PERSEN, text, align="right", value=value, format=PERSEN)


def _remarks(pairs: Pairs[Anggaran], before: Anggaran | None, after: Anggaran | None) -> list[str]:
    if before is None or after is None:
        return ["baru" if before is None else "dihapus"]
    found = {
        "nama berubah": is_other(before.nama, after.nama),
        "kode berubah": is_other(before.kode or "", after.kode or ""),
        "jenjang berubah": before.jenis != after.jenis,
        "pindah": is_moved(pairs, before.induk_id, after.induk_id),
    }
    return [text for text, there in found.items() if there]


def _total(rows: Sequence[Row], summed: Sequence[int]) -> Row:
    """The sums over the top lines, live; the share is a plain number."""
    grid = {(at, cell.col): cell for at in summed for cell in rows[at].cells}

    def total(col: int) -> Cell:
        parts = tuple(at for at in summed if (cell := grid.get((at, col))) is not None and cell.value is not None)
        value = sum(int(grid[at, col].value or 0) for at in parts)
        style = Cell(col, align="right", bold=True, fill=BAND_FILL, middle=True)
        if not parts:
            return style
        text = f"({format_rupiah(-value)})" if col == _SELISIH and value < 0 else print_rupiah(value)
        return replace(style, text=text, value=value, format=SELISIH if col == _SELISIH else RUPIAH, sum_of=parts)

    sums = {col: total(col) for col in (_SEMULA, _MENJADI, _SELISIH, *range(TRIWULAN, KETERANGAN))}
    before, after = (int(sums[col].value or 0) for col in (_SEMULA, _MENJADI))
    share = replace(_percent(before, after), bold=True, fill=BAND_FILL, middle=True)
    label = Cell(0, "Jumlah", _SEMULA, align="center", bold=True, fill=BAND_FILL, middle=True)
    last = Cell(KETERANGAN, fill=BAND_FILL)
    return Row(tuple(sorted((label, *sums.values(), share, last), key=lambda cell: cell.col)), LINE)
