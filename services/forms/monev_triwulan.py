"""Monitoring of a quarter: target, result and capaian of each indicator, what stood in the way and what follows."""

from models.plan import Plan
from models.rows import Dokumen, Indikator
from services.capaian_rencana import Reckoning
from services.forms.cells import header, numbers
from services.forms.heading import note
from services.forms.parts import Cell, Form, Row, Table
from services.forms.realisasi_baris import Entry, groups
from services.forms.realisasi_sampai import title_lines, until_words
from services.forms.realisasi_sel import (
    Notes,
    closing_words,
    compared,
    in_charge,
    named,
    predicate,
    reckoned,
    said_of,
    signed,
    unreported,
)
from services.forms.realisasi_tabel import blocks
from services.periods import Sampai

_WIDTHS = (8.0, 42.0, 48.0, 15.0, 17.0, 17.0, 17.0, 17.0, 20.0, 37.0, 44.0, 28.0)
_SIZE = 7.5
_LINE = 6.0


def build(plan: Plan, dokumen: Dokumen, name: str) -> Form:
    """All indicators of the year: those of the sasaran by level, then those of the budget lines."""
    reckoning, sampai = reckoned(plan, dokumen)
    notes = Notes()

    def cells(entry: Entry, number: int, indikator: Indikator) -> tuple[Cell, ...]:
        return (
            *_measured(plan, reckoning, number, indikator, notes),
            *_told(plan, indikator, sampai),
            Cell(11, in_charge(plan, entry.row.penanggung_jawab_id), align="center"),
        )

    body = blocks(groups(plan, dokumen), len(_WIDTHS), _LINE, cells)
    title = (
        *title_lines(plan, dokumen, "MONITORING DAN EVALUASI CAPAIAN KINERJA", sampai),
        *note(unreported(sampai)),
    )
    last = notes.row(len(_WIDTHS), closing_words(reckoning.setelan, body))
    table = Table(_WIDTHS, _header(sampai), body, last, title, size=_SIZE, padding=1.1)
    filled = sampai is not None and bool(body)
    return Form(name, "Monitoring triwulanan", (table, signed(plan, dokumen)), filled=filled)


def _header(sampai: Sampai | None) -> tuple[Row, ...]:
    until = f"s.d. {until_words(sampai)}" if sampai else "s.d. Periode"
    top = [
        *(header(col, text, rows=2) for col, text in enumerate(("No", "Sasaran", "Indikator Kinerja", "Satuan"))),
        header(4, "Target", cols=2),
        header(6, f"Realisasi {until}", rows=2),
        header(7, "Capaian (%)", rows=2),
        header(8, "Predikat", rows=2),
        header(9, "Kendala", rows=2),
        header(10, "Solusi dan Tindak Lanjut", rows=2),
        header(11, "Penanggung Jawab", rows=2),
    ]
    second = (header(4, "Setahun"), header(5, until))
    labels = [str(number) for number in range(1, len(_WIDTHS) + 1)]
    return Row(tuple(top), 5.2), Row(second, 7.4), numbers(labels, 4.4)


def _measured(plan: Plan, reckoning: Reckoning, number: int, indikator: Indikator, notes: Notes) -> tuple[Cell, ...]:
    one = reckoning.indicator(indikator)
    return (
        *named(2, number, indikator, _SIZE),
        *compared(4, plan, reckoning.dokumen, one),
        notes.reached(7, one.capaian),
        predicate(8, one.capaian),
    )


def _told(plan: Plan, indikator: Indikator, sampai: Sampai | None) -> tuple[Cell, Cell]:
    kendala, follow = said_of(plan, indikator, sampai)
    return Cell(9, kendala), Cell(10, follow)
