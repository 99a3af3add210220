"""Capaian of the indicators that are marked as IKU, with the sum that each percentage came from."""

from models.plan import Plan
from models.rows import Dokumen, Indikator
from services.forms.heading import note
from services.forms.parts import Cell, Form, Table
from services.forms.realisasi_baris import Entry, Group, groups
from services.forms.realisasi_sampai import title_lines
from services.forms.realisasi_sel import (
    Notes,
    closing_words,
    compared,
    named,
    predicate,
    reckoned,
    signed,
    unreported,
)
from services.forms.realisasi_tabel import blocks
from services.forms.target_cells import plain_header
from services.sasaran import highest_nodes, node_indicators

_WIDTHS = (9.0, 56.0, 70.0, 20.0, 22.0, 22.0, 22.0, 20.0, 24.0, 45.0)
_TITLES = (
    "No",
    "Sasaran",
    "Indikator Kinerja Utama",
    "Satuan",
    "Target Setahun",
    "Target s.d. Periode",
    "Realisasi",
    "Capaian (%)",
    "Predikat",
    "Perhitungan",
)
_SIZE = 8.0
_LINE = 6.0
_UNMARKED = "Belum ada indikator yang ditandai sebagai IKU; yang dimuat adalah indikator sasaran strategis."


def build(plan: Plan, dokumen: Dokumen, name: str) -> Form:
    """The marked indicators; those of the sasaran strategis where none is marked."""
    reckoning, sampai = reckoned(plan, dokumen)
    marked = groups(plan, dokumen, lambda indikator: bool(indikator.iku))
    found = marked or _strategic(plan, dokumen)
    notes = Notes()

    def cells(_: Entry, number: int, indikator: Indikator) -> tuple[Cell, ...]:
        one = reckoning.indicator(indikator)
        reached = one.capaian
        told = [reached.uraian, one.realisasi.asal if " / " in one.realisasi.asal else ""]
        return (
            *named(2, number, indikator, _SIZE),
            *compared(4, plan, dokumen, one),
            notes.reached(7, reached),
            predicate(8, reached),
            Cell(9, "\n".join(filter(None, told)) if reached.persen is not None else "", size=7),
        )

    body = blocks(found, len(_WIDTHS), _LINE, cells)
    title = (
        *title_lines(plan, dokumen, "CAPAIAN INDIKATOR KINERJA UTAMA", sampai),
        *note(" ".join(filter(None, ("" if marked or not found else _UNMARKED, unreported(sampai))))),
    )
    last = notes.row(len(_WIDTHS), closing_words(reckoning.setelan, body))
    table = Table(_WIDTHS, plain_header(_TITLES), body, last, title, size=_SIZE)
    return Form(name, "Capaian IKU", (table, signed(plan, dokumen)), filled=sampai is not None and bool(body))


def _strategic(plan: Plan, dokumen: Dokumen) -> tuple[Group, ...]:
    there = {each.id for node in highest_nodes(plan, dokumen) for each in node_indicators(plan, node, "program")}
    return groups(plan, dokumen, lambda indikator: indikator.id in there)
