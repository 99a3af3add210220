"""Pengukuran kinerja: target and result of each indicator in percent with its predicate, pagu and realisasi below."""

from dataclasses import replace
from decimal import Decimal

from models.plan import Plan
from models.rows import Anggaran, Dokumen, Indikator, Kinerja
from services.angka import decide_style, format_angka
from services.capaian import Capaian, capaian, percent
from services.capaian_periode import realisasi_of
from services.capaian_setelan import read_settings
from services.forms.cells import BAND_FILL, rupiah
from services.forms.heading import agency_line
from services.forms.parts import Cell, Form, Part, Row, Table, Text
from services.forms.realisasi_sel import has_predicate, legend_words, signed, spent_cell, zero_told
from services.forms.target_cells import numbered, plain_header, sasaran_blocks, stated, sum_cell, total_words
from services.sasaran import in_tree_order, strategic
from services.tahunan import Amounts, target_of, texts_of

_WIDTHS = (10.0, 66.0, 86.0, 24.0, 28.0, 28.0, 30.0, 38.0)
_TITLES = ("No", "Sasaran", "Indikator Kinerja", "Satuan", "Target", "Realisasi", "Capaian (%)", "Predikat")
_MONEY_WIDTHS = (10.0, 152.0, 52.0, 52.0, 44.0)
_MONEY_TITLES = ("No", "Program", "Pagu (Rp)", "Realisasi (Rp)", "Realisasi (%)")
_LINE = 6.0
_SIZE = 8.0
_PERCENT = "[$-421]#,##0.00"


def build(plan: Plan, dokumen: Dokumen, name: str) -> Form:
    """The sasaran strategis with their indicators; the programs where the plan says what was spent."""
    notes: dict[str, int] = {}

    def cells(node: Kinerja | None, number: int, indikator: Indikator | None) -> tuple[Cell, ...]:
        return _measured(plan, dokumen, number, indikator, notes)

    blocks = sasaran_blocks(strategic(plan, dokumen), len(_WIDTHS), _LINE, cells)
    title = (
        Text(f"PENGUKURAN KINERJA TAHUN {dokumen.tahun}", 10, bold=True, align="center"),
        Text(agency_line(plan, dokumen), 10, bold=True, align="center", after=3),
    )
    graded = has_predicate(row for block in blocks for row in block)
    legend = legend_words(read_settings(plan, dokumen.id).skala) if graded else ""
    table = Table(_WIDTHS, plain_header(_TITLES), blocks, _remarks(notes, legend), title, size=_SIZE)
    parts: tuple[Part, ...] = (table, *_budget(plan, dokumen), signed(plan, dokumen))
    return Form(name, "Pengukuran Kinerja", parts)


def _remarks(notes: dict[str, int], legend: str) -> tuple[Row, ...]:
    """The reasons and the predicates in words, as the last line of the table, so that they stay on its page."""
    reasons = (f"{number}) {reason}" for reason, number in notes.items())
    lines = "\n".join(filter(None, (*reasons, legend)))
    return (Row((Cell(0, lines, len(_WIDTHS), size=7),), 5),) if notes else ()


def _measured(
    plan: Plan, dokumen: Dokumen, number: int, indikator: Indikator | None, notes: dict[str, int]
) -> tuple[Cell, ...]:
    """Columns 3 to 8 of a row. A percent that cannot be given prints "-" and the number of the reason."""
    if indikator is None:
        return tuple(Cell(col) for col in range(2, len(_WIDTHS)))
    target = target_of(plan, indikator, dokumen.tahun)
    result = realisasi_of(plan, indikator, dokumen.tahun)
    texts = texts_of(plan, indikator)
    style = decide_style(texts)
    setelan = read_settings(plan, dokumen.id)
    reached = capaian(target.text, result.text, indikator.arah, others=texts, metode=indikator.metode, setelan=setelan)
    return (
        numbered(2, number, indikator.uraian, f"indikator/{indikator.id}/uraian", size=_SIZE),
        Cell(3, indikator.satuan or "", align="center", key=f"indikator/{indikator.id}/satuan"),
        stated(4, target, style),
        stated(5, result, style),
        _reached(reached, notes),
        Cell(7, reached.predikat, align="center", bold=True, fill=reached.warna or None),
    )


def _reached(reached: Capaian, notes: dict[str, int]) -> Cell:
    if reached.persen is None:
        return Cell(6, f"- {notes.setdefault(reached.alasan, len(notes) + 1)})", align="right")
    return _percent(6, reached.persen)


def _percent(col: int, persen: Decimal | None) -> Cell:
    if persen is None:
        return Cell(col)
    return Cell(col, format_angka(persen, 2), align="right", value=persen, format=_PERCENT)


def _budget(plan: Plan, dokumen: Dokumen) -> tuple[Part, ...]:
    """Pagu and realisasi of the programs of the year, where at least one of them has spent something."""
    year = str(dokumen.tahun)
    amounts = Amounts(plan, dokumen)
    programs = [line for line in in_tree_order(plan, dokumen) if line.jenis == "program"]
    programs = [line for line in programs if amounts.is_of_year(line, year)]
    spent = [amounts.realisasi(line, year) for line in programs]
    if all(value is None for value in spent):
        return ()
    pagu = [amounts.pagu(line, year) for line in programs]
    rows = tuple(
        (_money(amounts, year, at, *each),) for at, each in enumerate(zip(programs, pagu, spent, strict=True), 1)
    )
    sums = sum_cell(2, pagu), zero_told(sum_cell(3, spent))
    persen = _percent(4, _of(sums[1].value, sums[0].value))
    total = Row((total_words("Jumlah", 2), *sums, replace(persen, bold=True, fill=BAND_FILL, middle=True)), 6.5)
    title = (Text("PAGU DAN REALISASI ANGGARAN", 9, bold=True, after=1.5),)
    table = Table(_MONEY_WIDTHS, plain_header(_MONEY_TITLES), rows, (total,), title, size=_SIZE)
    return Text("", _SIZE, after=3), table


def _money(amounts: Amounts, year: str, number: int, line: Anggaran, pagu: int | None, spent: int | None) -> Row:
    return Row(
        (
            Cell(0, str(number), align="center"),
            Cell(1, line.nama, key=f"anggaran/{line.id}/nama"),
            rupiah(2, pagu, key=amounts.pagu_key(line, year)),
            spent_cell(3, spent),
            _percent(4, _of(spent, pagu)),
        ),
        _LINE,
    )


def _of(part: int | Decimal | None, whole: int | Decimal | None) -> Decimal | None:
    return percent(part, whole) if part is not None and whole is not None else None
