"""What the forms of the group "Realisasi" share: cells of percentages and predicates, reasons and ways as notes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from models.plan import Plan
from models.rows import Anggaran, Dokumen, Indikator, Jabatan
from services.angka import decide_style, format_angka
from services.capaian import Capaian, way_words
from services.capaian_cara import WAYS
from services.capaian_rencana import Measured, Reckoning
from services.capaian_setelan import SELISIH, Setelan
from services.capaian_skala import Grade, Scale
from services.forms.cells import BAND_FILL, key, rupiah, target
from services.forms.heading import signature
from services.forms.parts import Cell, Row, Signature
from services.forms.realisasi_sampai import YEAR, as_of
from services.forms.target_cells import numbered
from services.periods import Sampai
from services.realisasi import note_of
from services.tahunan import target_of, texts_of

PERCENT = "[$-421]#,##0.00"
SPENT = "[$-421]#,##0"
_NOTE_SIZE = 7.0
_UNREPORTED = "Realisasi belum diisi; kolomnya dikosongkan."


def reckoned(plan: Plan, dokumen: Dokumen) -> tuple[Reckoning, Sampai | None]:
    """The document as of the period of its forms; of the year where nothing is reported."""
    sampai = as_of(plan, dokumen)
    return Reckoning(plan, dokumen.id, sampai or YEAR), sampai


@dataclass(slots=True)
class Notes:
    """The reasons that percentages lack, numbered as they are met, and the ways that the others were reckoned in."""

    reasons: dict[str, int] = field(default_factory=dict)
    ways: dict[str, None] = field(default_factory=dict)

    def reached(self, col: int, reached: Capaian, *, rows: int = 1) -> Cell:
        """The percentage; "-" and the number of the reason where there is none."""
        if reached.persen is None:
            return self.missing(col, reached.alasan, rows=rows)
        self.ways.setdefault(reached.cara)
        return percent(col, reached.persen, rows=rows)

    def missing(self, col: int, reason: str, *, rows: int = 1) -> Cell:
        """ "- 1)" for a number that there is not."""
        number = self.reasons.setdefault(reason, len(self.reasons) + 1)
        return Cell(col, f"- {number})", rows=rows, align="right")

    def row(self, columns: int, more: Iterable[str] = ()) -> tuple[Row, ...]:
        """All of it as the last line of a table of so many columns, so that it stays on its page."""
        lines = [f"{number}) {reason}" for reason, number in self.reasons.items()]
        lines += [f"Cara hitung capaian: {said}" for cara in WAYS if cara in self.ways and (said := self._said(cara))]
        lines += [line for line in more if line]
        text = "\n".join(lines)
        return (Row((Cell(0, text, columns, size=_NOTE_SIZE),), 5),) if lines else ()

    def _said(self, cara: str) -> str:
        return f"{way_words(cara)}; sumber: {WAYS[cara].sumber}."


def percent(col: int, persen: Decimal | None, *, rows: int = 1, bold: bool = False) -> Cell:
    """Two decimals, empty for None."""
    if persen is None:
        return Cell(col, rows=rows, bold=bold)
    text = format_angka(persen, 2)
    return Cell(col, text, rows=rows, align="right", bold=bold, value=persen, format=PERCENT)


def spent_cell(col: int, value: int | None, *, rows: int = 1, bold: bool = False) -> Cell:
    """What was spent, in rupiah: 0 prints "0", as a dash would not tell it from what is not reported."""
    return zero_told(rupiah(col, value, rows=rows, bold=bold))


def zero_told(cell: Cell) -> Cell:
    """A cell of rupiah that prints 0 as such."""
    return replace(cell, text="0", format=SPENT) if cell.value is not None and not cell.value else cell


def total_percent(col: int, persen: Decimal | None) -> Cell:
    """The same in a row of sums."""
    return replace(percent(col, persen, bold=True), fill=BAND_FILL, middle=True)


def grade(col: int, step: Grade | None, *, rows: int = 1) -> Cell:
    """The predicate in words on its colour."""
    if step is None:
        return Cell(col, rows=rows)
    return Cell(col, step.predikat, rows=rows, align="center", bold=True, fill=step.warna)


def predicate(col: int, reached: Capaian) -> Cell:
    """The predicate of an indicator."""
    return Cell(col, reached.predikat, align="center", bold=True, fill=reached.warna or None)


def named(col: int, number: int, indikator: Indikator, size: float) -> tuple[Cell, Cell]:
    """Two columns: the indicator with its number, and its unit."""
    unit = Cell(col + 1, indikator.satuan or "", align="center", key=key(indikator, "satuan"))
    return numbered(col, number, indikator.uraian, key(indikator, "uraian"), size=size), unit


def compared(col: int, plan: Plan, dokumen: Dokumen, one: Measured) -> tuple[Cell, Cell, Cell]:
    """Three columns: the target of the year, the target and the result until the period."""
    year = target_of(plan, one.indikator, dokumen.tahun)
    style = decide_style(texts_of(plan, one.indikator))
    return (
        target(col, year.text, style, key=year.key),
        target(col + 1, one.target.text, style),
        target(col + 2, one.realisasi.text, style),
    )


def signed(plan: Plan, dokumen: Dokumen) -> Signature:
    """The block that is signed, with room for the date: that of the plan is not that of a report on it."""
    made = signature(plan, replace(dokumen, tanggal=None))
    return replace(made, tempat_tanggal=made.tempat_tanggal.removesuffix(f" {dokumen.tahun}"))


def in_charge(plan: Plan, jabatan_id: str | None) -> str:
    """The name of a position, "" for none."""
    jabatan = plan.find(Jabatan, jabatan_id)
    return jabatan.nama if jabatan else ""


def said_of(plan: Plan, row: Indikator | Anggaran, sampai: Sampai | None) -> tuple[str, str]:
    """(obstacle, solution and follow-up) of the period; of a quarter, the last of its months that says something."""
    if sampai is None:
        return "", ""
    first = sampai.bulan - (2 if sampai.triwulan else 0)
    found = (note_of(plan, row, bulan) for bulan in range(sampai.bulan, first - 1, -1))
    said = next((each for each in found if each is not None), None)
    if said is None:
        return "", ""
    return said.kendala or "", "\n".join(text for text in (said.solusi, said.tindak_lanjut) if text)


def is_bold(line: Anggaran) -> bool:
    """Programs stand out."""
    return line.jenis == "program"


def unreported(sampai: Sampai | None) -> str:
    """What a form says where nothing is reported at all."""
    return "" if sampai else _UNREPORTED


def legend_words(scale: Scale) -> str:
    """The predicates with their bounds in words, highest first, so that none is told by its colour alone."""
    said = []
    for higher, step in zip((None, *scale), scale, strict=False):
        low = format_angka(step.above) if step.above.is_finite() else ""
        high = format_angka(higher.above) if higher is not None else ""
        if step.inclusive:
            words = (f"{low} % ke atas", f"{low} % sampai di bawah {high} %", f"di bawah {high} %")
        else:
            words = (f"di atas {low} %", f"di atas {low} % sampai {high} %", f"{high} % ke bawah")
        said.append(f"{step.predikat} {words[0] if not high else words[1] if low else words[2]}")
    return f"Predikat: {'; '.join(said)}."


def bounds_words(setelan: Setelan) -> Iterable[str]:
    """Cap and floor of the plan, and what of its settings could not be read."""
    said = [
        f"{word} {format_angka(bound)} %"
        for word, bound in (("paling tinggi", setelan.atas), ("paling rendah", setelan.bawah))
        if bound is not None
    ]
    if said:
        yield f"Capaian dibatasi {' dan '.join(said)} menurut pengaturan rencana."
    yield from setelan.cacat


def closing_words(setelan: Setelan, body: Iterable[Sequence[Row]]) -> Iterable[str]:
    """What stands below a table: the bounds of the capaian, and the predicates where some row prints one."""
    yield from bounds_words(setelan)
    if has_predicate(row for block in body for row in block):
        yield legend_words(setelan.skala)


def has_predicate(rows: Iterable[Row]) -> bool:
    """Whether a cell has the colour of a predicate."""
    return any(isinstance(cell.fill, str) for row in rows for cell in row.cells)


def efficiency_words(setelan: Setelan) -> str:
    """How efficiency is meant, with its source."""
    if setelan.efisiensi == SELISIH:
        return "Efisiensi = capaian - serapan, dalam poin; di atas nol berarti efisien."
    return (
        "Efisiensi = ((pagu x capaian) - realisasi) / (pagu x capaian), dalam persen; di atas nol berarti efisien. "
        "Sumber: PMK 214/PMK.02/2017 dan 22/PMK.02/2021."
    )
