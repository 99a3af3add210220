"""Targets, results and capaian of the years of the Renstra, this year against last and against the end target."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from models.plan import Plan
from models.rows import Dokumen, Kinerja
from services.angka import Style, decide_style, format_angka
from services.capaian_setelan import Setelan, read_settings
from services.capaian_tahun import Year, Years, indicator_through
from services.checks.finding import words_of
from services.checks.target_years import others_told
from services.diagram.sumbu import SPACE, titled
from services.diagram.tahun import PER_ROW, Through
from services.diagram.tahun import years as years_figure
from services.forms.cells import header, key, numbers, target
from services.forms.parts import Cell, Figure, Form, Part, Row, Table, Text
from services.forms.realisasi_sampai import as_of, until_words
from services.forms.realisasi_sel import Notes, closing_words, percent, predicate, signed
from services.forms.renstra_cells import title_lines
from services.forms.target_cells import numbered
from services.grid_numbers import read_number
from services.sasaran import highest_nodes, node_indicators
from services.tahunan import texts_of

_WIDTH = 310.0
_FIXED = (8.0, 44.0, 52.0, 18.0, 20.0)
_LAST = (30.0, 24.0)
_SIZE = 7.5
_LINE = 5.0
_ROWS = 4
"""Of an indicator: target, result, percentage, predicate."""
_WORDS = "TARGET, REALISASI DAN CAPAIAN KINERJA TAHUNAN"
_EMPTY = "Rencana ini tidak memuat target atau realisasi tahunan."


@dataclass(frozen=True, slots=True)
class _Entry:
    """A sasaran and what its indicators say through the same years."""

    node: Kinerja
    tahun: tuple[str, ...]
    indikator: tuple[Years, ...]


def build(plan: Plan, dokumen: Dokumen, name: str) -> Form:
    """A table for each Renstra whose years the indicators have, with the charts of those that have results."""
    setelan = read_settings(plan, dokumen.id)
    by_years: dict[tuple[str, ...], list[_Entry]] = {}
    for entry in _entries(plan, dokumen, setelan):
        by_years.setdefault(entry.tahun, []).append(entry)
    parts: list[Part] = []
    for names, entries in by_years.items():
        title = title_lines(plan, dokumen, _WORDS, names)
        if parts:
            title = (Text(f"TAHUN {names[0]}-{names[-1]}", 10, bold=True, align="center", before=5, after=2),)
        parts.append(_table(plan, dokumen, entries, names, setelan, title))
        parts += _charts(plan, entries)
    if not parts:
        parts = [*title_lines(plan, dokumen, _WORDS, ()), Text(_EMPTY, 9, italic=True, after=4)]
    return Form(name, "Capaian lima tahun", (*parts, SPACE, signed(plan, dokumen)), filled=bool(by_years))


def _entries(plan: Plan, dokumen: Dokumen, setelan: Setelan) -> Iterator[_Entry]:
    """Tujuan and the highest sasaran; of a sasaran that has indicators of several Renstra, one for each."""
    tujuan = [node for node in plan.where(Kinerja, "dokumen_id", dokumen.id) if node.tingkat == "tujuan"]
    for node in dict.fromkeys((*tujuan, *highest_nodes(plan, dokumen))):
        found: dict[tuple[str, ...], list[Years]] = {}
        for indikator in node_indicators(plan, node, "program"):
            through = indicator_through(plan, indikator, setelan)
            if any(year.target or year.realisasi for year in through.tahun):
                found.setdefault(tuple(year.tahun for year in through.tahun), []).append(through)
        for names, each in found.items():
            yield _Entry(node, names, tuple(each))


def _table(
    plan: Plan,
    dokumen: Dokumen,
    entries: Sequence[_Entry],
    names: Sequence[str],
    setelan: Setelan,
    title: tuple[Text, ...],
) -> Table:
    year = (_WIDTH - sum(_FIXED) - sum(_LAST)) / len(names)
    widths = (*_FIXED, *[year] * len(names), *_LAST)
    notes = Notes()
    blocks: list[tuple[Row, ...]] = []
    for number, entry in enumerate(entries, 1):
        span = _ROWS * len(entry.indikator)
        left: tuple[Cell, ...] = (
            Cell(0, str(number), rows=span, align="center", repeat=True),
            Cell(1, entry.node.uraian or "", rows=span, repeat=True, key=key(entry.node, "uraian")),
        )
        for place, through in enumerate(entry.indikator, 1):
            blocks.append(tuple(_rows(plan, through, place, left, notes)))
            left = ()
    more = f"Dibanding tahun lalu: {dokumen.tahun} terhadap {dokumen.tahun - 1}."
    told = (_told(plan, through) for entry in entries for through in entry.indikator)
    early = _early(plan, dokumen) if str(dokumen.tahun) in names else ""
    last = notes.row(len(widths), (more, early, *closing_words(setelan, blocks), *told))
    return Table(widths, _header(dokumen, names), tuple(blocks), last, title, size=_SIZE, padding=1.1)


def _header(dokumen: Dokumen, names: Sequence[str]) -> tuple[Row, ...]:
    first = len(_FIXED)
    end = first + len(names)
    titles = ("No", "Sasaran", "Indikator Kinerja", "Satuan", "Uraian")
    top = [header(col, text, rows=2) for col, text in enumerate(titles)]
    top.append(header(first, "Tahun", cols=len(names)))
    top.append(header(end, "Dibanding Tahun Lalu", rows=2))
    top.append(header(end + 1, f"Realisasi {dokumen.tahun} terhadap Target Akhir (%)", rows=2))
    second = tuple(header(first + at, name) for at, name in enumerate(names))
    labels = [str(number) for number in range(1, end + len(_LAST) + 1)]
    return Row(tuple(top), 5), Row(second, 8), numbers(labels, 4.4)


def _rows(plan: Plan, through: Years, number: int, left: tuple[Cell, ...], notes: Notes) -> Iterator[Row]:
    indikator = through.indikator
    style = decide_style(texts_of(plan, indikator))
    first = len(_FIXED)
    end = first + len(through.tahun)
    own = (
        replace(numbered(2, number, indikator.uraian, key(indikator, "uraian"), size=_SIZE), rows=_ROWS),
        Cell(3, indikator.satuan or "", rows=_ROWS, align="center", key=key(indikator, "satuan")),
    )
    compared = (Cell(end, _against_last(through), rows=_ROWS, align="center"), _end(end + 1, through, notes))
    texts = [_text(first + at, year, "target", style) for at, year in enumerate(through.tahun)]
    yield Row((*left, *own, Cell(4, "Target"), *texts, *compared), _LINE)
    texts = [_text(first + at, year, "realisasi", style) for at, year in enumerate(through.tahun)]
    yield Row((Cell(4, "Realisasi"), *texts), _LINE)
    reached = [_reached(first + at, year, notes) for at, year in enumerate(through.tahun)]
    yield Row((Cell(4, "Capaian (%)", bold=True), *reached), _LINE)
    grades = [_predicate(first + at, year) for at, year in enumerate(through.tahun)]
    yield Row((Cell(4, "Predikat"), *grades), _LINE)


def _text(col: int, year: Year, jenis: str, style: Style) -> Cell:
    return target(col, getattr(year, jenis), style, align="center")


def _reached(col: int, year: Year, notes: Notes) -> Cell:
    """A year that nothing was reported of yet stays empty."""
    if not year.realisasi:
        return Cell(col)
    cell = notes.reached(col, year.capaian)
    return replace(cell, align="center", bold=True)


def _predicate(col: int, year: Year) -> Cell:
    if not year.realisasi or year.capaian.persen is None:
        return Cell(col)
    return replace(predicate(col, year.capaian), bold=False, size=6.5)


def _early(plan: Plan, dokumen: Dokumen) -> str:
    """Before the end of the document's year: how far its results go."""
    sampai = as_of(plan, dokumen)
    if sampai is None or sampai.setahun:
        return ""
    until = until_words(sampai)
    return f"Realisasi {dokumen.tahun} baru sampai dengan {until}; capaiannya terhadap target setahun."


def _told(plan: Plan, through: Years) -> str:
    """The years whose target a table of the narrative states otherwise, and what it printed of them; "" for none."""
    years = {year.tahun for year in through.tahun}
    others = {year: other for year, other in others_told(plan, through.indikator).items() if year in years}
    if not others:
        return ""
    name = " ".join((through.indikator.uraian or "").split())
    stated = words_of([other.told for other in others.values()])
    printed = [year.tercetak for year in through.tahun if year.tahun in others and year.tercetak]
    then = f" dan mencetak capaian {words_of(printed)}" if printed else ""
    titles = words_of(list(dict.fromkeys(other.judul for other in others.values())))
    return f"{name}: untuk tahun {words_of(list(others))} tabel pada naskah {titles} menyebut target {stated}{then}."


def _end(col: int, through: Years, notes: Notes) -> Cell:
    if through.ini is None or not through.ini.realisasi:
        return Cell(col, rows=_ROWS)
    if through.akhir.persen is None:
        return notes.missing(col, through.akhir.alasan, rows=_ROWS)
    notes.ways.setdefault(through.akhir.cara)
    return replace(percent(col, through.akhir.persen, rows=_ROWS), align="center")


def _against_last(through: Years) -> str:
    """ "naik 1,25; capaian turun 3,4 poin"."""
    said = []
    if through.selisih is not None:
        said.append(_moved("realisasi", through.selisih))
    if through.poin is not None:
        said.append(f"{_moved('capaian', through.poin)}{' poin' if through.poin else ''}")
    return "\n".join(said)


def _moved(what: str, by: Decimal) -> str:
    if not by:
        return f"{what} tetap"
    return f"{what} {'naik' if by > 0 else 'turun'} {format_angka(abs(by))}"


def _charts(plan: Plan, entries: Sequence[_Entry]) -> Iterator[Figure]:
    """Of the indicators that have results, up to PER_ROW side by side and as many in each row."""
    found = [_through(plan, through) for entry in entries for through in entry.indikator]
    found = [one for one in found if one.drawable and any(value is not None for value in one.realisasi)]
    rows = -(-len(found) // PER_ROW)
    each = -(-len(found) // rows) if rows else PER_ROW
    for start in range(0, len(found), each):
        figure = years_figure(found[start : start + each])
        yield figure if start else titled(figure, "GRAFIK TARGET DAN REALISASI")


def _through(plan: Plan, through: Years) -> Through:
    style = decide_style(texts_of(plan, through.indikator))
    unit = (through.indikator.satuan or "").strip()
    return Through(
        f"{through.indikator.uraian}{f' ({unit})' if unit not in ('', '-') else ''}",
        tuple(year.tahun for year in through.tahun),
        tuple(read_number(year.target, style) for year in through.tahun),
        tuple(read_number(year.realisasi, style) for year in through.tahun),
    )
