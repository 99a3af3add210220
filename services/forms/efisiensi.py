"""Efficiency: how much less was spent than the results were worth, by sasaran, by budget line and as a whole."""

from models.plan import Plan
from models.rows import Anggaran, Dokumen
from services.capaian_rencana import Efficiency, Mean, Reckoning, Spent, efficiency
from services.capaian_setelan import SELISIH
from services.forms.capaian_sasaran import Reached, measured
from services.forms.cells import key, rupiah
from services.forms.efisiensi_ringkas import effectiveness, saving
from services.forms.heading import note
from services.forms.parts import Cell, Form, Part, Row, Table, Text
from services.forms.realisasi_sampai import title_lines
from services.forms.realisasi_sel import (
    Notes,
    efficiency_words,
    is_bold,
    percent,
    reckoned,
    signed,
    spent_cell,
    unreported,
)
from services.forms.target_cells import plain_header
from services.sasaran import in_tree_order, matrix_indicators
from services.tahunan import Amounts

_WIDTHS = (20.0, 78.0, 20.0, 20.0, 32.0, 32.0, 19.0, 20.0, 69.0)
_SIZE = 7.5
_LINE = 5.6
_EARLY = (
    "Sebelum akhir tahun capaian adalah terhadap target periode, sedangkan pagu adalah untuk setahun; efisiensi baru "
    "dapat dinilai pada akhir tahun."
)
_ABOVE, _BELOW, _EVEN = "efisien", "tidak efisien", "berimbang"


def build(plan: Plan, dokumen: Dokumen, name: str) -> Form:
    """The sasaran of the agreement, the lines of the year that have indicators or have spent something, the sums."""
    reckoning, sampai = reckoned(plan, dokumen)
    notes = Notes()
    of_sasaran = tuple((_of_sasaran(one, notes, whole=reckoning.sampai.setahun),) for one in measured(plan, reckoning))
    how = efficiency_words(reckoning.setelan)
    title = (*title_lines(plan, dokumen, "EFISIENSI PENGGUNAAN ANGGARAN", sampai), *note(unreported(sampai)))
    early = "" if reckoning.sampai.setahun else _EARLY
    last = notes.row(len(_WIDTHS), (how, early))
    parts: list[Part] = []
    if of_sasaran:
        head = _header(reckoning, "No", "Sasaran")
        parts.append(Table(_WIDTHS, head, of_sasaran, last, title, size=_SIZE, padding=1.1))
        title = (Text("MENURUT PROGRAM, KEGIATAN DAN SUB KEGIATAN", 9, bold=True, before=4, after=1.5),)
    notes = Notes()
    of_lines = tuple((_of_line(plan, reckoning, line, notes),) for line in _lines(plan, dokumen, reckoning))
    if of_lines:
        head = _header(reckoning, "Kode", "Program/Kegiatan/Sub Kegiatan")
        last = notes.row(len(_WIDTHS), (how, early))
        parts.append(Table(_WIDTHS, head, of_lines, last, title, size=_SIZE, padding=1.1))
    if sampai is not None:
        parts += [*effectiveness(plan, reckoning), *saving(plan, reckoning)]
    if not parts:
        parts = [*title, Text("Rencana ini tidak memuat sasaran atau anggaran.", 9, italic=True, after=4)]
    filled = sampai is not None and bool(of_sasaran or of_lines)
    return Form(name, "Efisiensi", (*parts, signed(plan, dokumen)), filled=filled)


def _header(reckoning: Reckoning, first: str, second: str) -> tuple[Row, ...]:
    unit = "poin" if reckoning.setelan.efisiensi == SELISIH else "%"
    return plain_header(
        (
            first,
            second,
            "Indikator Terhitung",
            "Capaian (%)",
            "Pagu (Rp)",
            "Realisasi (Rp)",
            "Serapan (%)",
            f"Efisiensi ({unit})",
            "Perhitungan",
        )
    )


def _lines(plan: Plan, dokumen: Dokumen, reckoning: Reckoning) -> list[Anggaran]:
    amounts = Amounts(plan, dokumen)
    year = str(dokumen.tahun)
    return [
        line
        for line in in_tree_order(plan, dokumen)
        if amounts.is_of_year(line, year)
        and (matrix_indicators(plan, line) or reckoning.line(line).realisasi is not None)
    ]


def _of_sasaran(one: Reached, notes: Notes, *, whole: bool) -> Row:
    left = (
        Cell(0, one.nomor, align="center"),
        Cell(1, one.node.uraian or "", key=f"kinerja/{one.node.id}/uraian"),
    )
    return Row((*left, *_cells(one.capaian, one.uang, one.efisiensi, notes, whole=whole)), _LINE)


def _of_line(plan: Plan, reckoning: Reckoning, line: Anggaran, notes: Notes) -> Row:
    """A line without indicators of its own is measured by those of the sasaran that it supports."""
    spent, whole = reckoning.line(line), reckoning.sampai.setahun
    mean = reckoning.mean(map(reckoning.indicator, matrix_indicators(plan, line)))
    worth = efficiency(spent.pagu, spent.realisasi, mean.persen, reckoning.setelan)
    bold = is_bold(line)
    left = (
        Cell(0, line.kode or "", bold=bold, key=key(line, "kode")),
        Cell(1, line.nama, bold=bold, key=key(line, "nama")),
    )
    return Row((*left, *_cells(mean, spent, worth, notes, whole=whole)), _LINE)


def _cells(mean: Mean, spent: Spent, worth: Efficiency, notes: Notes, *, whole: bool) -> tuple[Cell, ...]:
    """Columns 3 to 9. `whole`: of the whole year, so that capaian and pagu are about the same time."""
    if worth.nilai is None:
        reached, told = notes.missing(7, worth.alasan), ""
    else:
        reached = percent(7, worth.nilai, bold=True)
        word = _ABOVE if worth.nilai > 0 else _BELOW if worth.nilai < 0 else _EVEN
        told = f"{worth.hitungan}: {word}" if whole else worth.hitungan
    return (
        Cell(2, f"{mean.banyak} dari {mean.semua}" if mean.semua else "", align="center"),
        percent(3, mean.persen),
        rupiah(4, spent.pagu),
        spent_cell(5, spent.realisasi),
        percent(6, spent.serapan),
        reached,
        Cell(8, told.replace(" %", "\u00a0%"), size=6.5),
    )
