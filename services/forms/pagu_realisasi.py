"""Pagu and realisasi of the budget lines as of a period, beside the cash that was planned; and as an S-curve."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from models.plan import Plan
from models.rows import BULAN, Anggaran, DeretAnggaran, Dokumen
from services.capaian import percent as percent_of
from services.capaian_periode import Money
from services.capaian_rencana import Reckoning
from services.diagram.kurva_s import s_curve
from services.diagram.sumbu import SPACE, titled
from services.forms.cells import key, rupiah
from services.forms.heading import note
from services.forms.parts import Cell, Figure, Form, Part, Row, Table
from services.forms.realisasi_sampai import title_lines
from services.forms.realisasi_sel import (
    Notes,
    is_bold,
    percent,
    reckoned,
    said_of,
    signed,
    spent_cell,
    total_percent,
    unreported,
    zero_told,
)
from services.forms.target_cells import plain_header, sum_cell, total_words
from services.periods import Sampai, has_values
from services.sasaran import in_tree_order
from services.series import Rupiah12
from services.tahunan import Amounts

_WIDTHS = (27.0, 88.0, 31.0, 31.0, 31.0, 18.0, 20.0, 31.0, 33.0)
_UNCODED = (12.0, 103.0, *_WIDTHS[2:])
"""Of a plan without codes."""
_TITLES = (
    "Kode",
    "Program/Kegiatan/Sub Kegiatan",
    "Pagu (Rp)",
    "Rencana Kas s.d. Periode (Rp)",
    "Realisasi s.d. Periode (Rp)",
    "Serapan (%)",
    "Terhadap Kas (%)",
    "Sisa Pagu (Rp)",
    "Kendala",
)
_SIZE = 7.5
_LINE = 5.2


def build(plan: Plan, dokumen: Dokumen, name: str) -> Form:
    """All lines that have to do with the document's year; sums over the topmost of them."""
    reckoning, sampai = reckoned(plan, dokumen)
    amounts = Amounts(plan, dokumen)
    year = str(dokumen.tahun)
    lines = [line for line in in_tree_order(plan, dokumen) if amounts.is_of_year(line, year)]
    there = {line.id for line in lines}
    tops = [at for at, line in enumerate(lines) if line.induk_id not in there]
    notes = Notes()
    body = tuple((_row(plan, reckoning, amounts, line, sampai, notes),) for line in lines)
    together = reckoning.lines(lines[at] for at in tops)
    total = (_total([row for block in body for row in block], tops, together.terhadap_kas),) if body else ()
    title = (*title_lines(plan, dokumen, "PAGU DAN REALISASI ANGGARAN", sampai), *note(unreported(sampai)))
    how = (
        "Serapan = realisasi / pagu; terhadap kas = realisasi / rencana kas sampai periode yang sama, dari baris yang "
        "mempunyai rencana kas."
    )
    last = notes.row(len(_WIDTHS), (how,))
    widths = _WIDTHS if any(line.kode for line in lines) else _UNCODED
    table = Table(widths, plain_header(_TITLES), body, (*total, *last), title, size=_SIZE, padding=1.1)
    parts: list[Part] = [table]
    if body and sampai is not None:
        curve = curve_of(plan, dokumen, [lines[at] for at in tops], sampai)
        parts += (titled(curve, "KURVA S: RENCANA KAS DAN REALISASI"), SPACE)
    parts.append(signed(plan, dokumen))
    return Form(name, "Pagu dan realisasi", tuple(parts), filled=sampai is not None and bool(body))


def curve_of(plan: Plan, dokumen: Dokumen, lines: Sequence[Anggaran], sampai: Sampai) -> Figure:
    """The S-curve of lines that do not hang under one another."""
    money = Money(plan, dokumen)
    stated = [row for row in plan.where(DeretAnggaran, "dokumen_id", dokumen.id) if has_values(row)]
    quarterly = bool(stated) and all(row.periode == "triwulan" for row in stated)
    kas, spent = (summed(money.totals(line, jenis) for line in lines) for jenis in ("kas", "realisasi"))
    pagu = [amount for line in lines if (amount := money.pagu(line)) is not None]
    reported = max((month for line in lines if (month := money.last_reported(line))), default=0)
    bulan = min(sampai.bulan, reported)
    return s_curve(kas, spent, sum(pagu) if pagu else None, bulan=bulan, quarterly=quarterly)


def summed(totals: Iterable[Rupiah12 | None]) -> Rupiah12 | None:
    """Running totals added up month by month; None where none is stated."""
    stated = [each for each in totals if each is not None]
    if not stated:
        return None
    months = ([each[at] for each in stated] for at in range(BULAN))
    return tuple(sum(v for v in m if v is not None) if any(v is not None for v in m) else None for m in months)


def _row(
    plan: Plan, reckoning: Reckoning, amounts: Amounts, line: Anggaran, sampai: Sampai | None, notes: Notes
) -> Row:
    spent = reckoning.line(line)
    bold = is_bold(line)
    if spent.serapan is not None:
        share = percent(5, spent.serapan, bold=bold)
    elif spent.realisasi is None:
        share = Cell(5)
    else:
        share = notes.missing(5, "Pagu belum diisi." if spent.pagu is None else "Pagu nol.")
    remark, _ = said_of(plan, line, sampai)
    return Row(
        (
            Cell(0, line.kode or "", bold=bold, key=key(line, "kode")),
            Cell(1, line.nama, bold=bold, key=key(line, "nama")),
            rupiah(2, spent.pagu, bold=bold, key=amounts.pagu_key(line, str(reckoning.dokumen.tahun))),
            rupiah(3, spent.kas, bold=bold),
            spent_cell(4, spent.realisasi, bold=bold),
            share,
            percent(6, spent.terhadap_kas, bold=bold),
            rupiah(7, spent.sisa, bold=bold),
            Cell(8, remark),
        ),
        _LINE,
    )


def _total(rows: Sequence[Row], tops: Sequence[int], of_cash: Decimal | None) -> Row:
    sums = {}
    for col in (2, 3, 4, 7):
        values = [next(cell.value for cell in rows[at].cells if cell.col == col) for at in tops]
        sums[col] = sum_cell(col, [None if value is None else int(value) for value in values], tops)
    sums[4] = zero_told(sums[4])
    pagu, spent = sums[2].value, sums[4].value
    share = percent_of(spent, pagu) if spent is not None and pagu else None
    shares = (total_percent(5, share), total_percent(6, of_cash))
    closing = replace(total_words("", 1), col=8)
    return Row((total_words("Jumlah", 2), sums[2], sums[3], sums[4], *shares, sums[7], closing), 6.0)
