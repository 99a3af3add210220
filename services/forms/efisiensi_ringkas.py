"""What the money of the year did as a whole: how many indicators reached which predicate, and what was not spent.

The two tables are 3.12 and 3.13 of the report of Lampung 2019, with the tujuan in the place of its "misi".
"""

from collections.abc import Iterable
from dataclasses import replace

from models.plan import Plan
from models.rows import Anggaran
from services.capaian_rencana import Measured, Reckoning, Spent
from services.capaian_skala import grade_of
from services.forms.capaian_tujuan import goals
from services.forms.cells import BAND_FILL, header, key, numbers, rupiah
from services.forms.parts import Cell, Row, Table, Text
from services.forms.realisasi_sel import Notes, grade, has_predicate, legend_words, percent, spent_cell
from services.forms.target_cells import plain_header
from services.sasaran import in_tree_order, strategic
from services.tahunan import Amounts
from services.terms import JENIS, LEVEL_NAMES

_WIDTH = 310.0
_FIRST, _LAST = (9.0, 24.0), (22.0, 26.0, 34.0, 22.0)
_STEPS = 110.0
"""Of all predicates together."""
_SAVING = (9.0, 46.0, 46.0, 46.0, 28.0, 60.0, 75.0)
_SAVING_TITLES = (
    "No",
    "Nilai Efisiensi (Rp)",
    "Total Anggaran (Rp)",
    "Realisasi (Rp)",
    "Serapan (%)",
    "Program dan Kegiatan yang Berisi Realisasi",
    "Semua Program dan Kegiatan Tahun Ini",
)
_SIZE = 7.5
_LINE = 5.6


def effectiveness(plan: Plan, reckoning: Reckoning) -> tuple[Table, ...]:
    """How many indicators of each tujuan stand on each step of the scale; nothing of a plan without any sasaran."""
    dokumen = reckoning.dokumen
    found = goals(plan, dokumen)
    under = [each for _, below in found for _, indicators in below for each in indicators]
    rest = [each for node in strategic(plan, dokumen) for each in node.indikator]
    every = [reckoning.indicator(each) for each in dict.fromkeys((*under, *rest))]
    if not every:
        return ()
    steps = reckoning.setelan.skala
    width = _STEPS / len(steps)
    widths = (_FIRST[0], _WIDTH - sum(_FIRST) - sum(_LAST) - _STEPS, _FIRST[1], *[width] * len(steps), *_LAST)
    notes = Notes()
    body = []
    for number, (node, below) in enumerate(found, 1):
        measured = [reckoning.indicator(each) for _, indicators in below for each in indicators]
        left = (
            Cell(0, str(number), align="center"),
            Cell(1, node.uraian or "", key=key(node, "uraian")),
        )
        body.append((Row((*left, *_counted(reckoning, measured, reckoning.sasaran(node).uang, notes)), _LINE),))
    words = Cell(0, "Semua tujuan dan sasaran", 2, align="center", bold=True)
    whole = Row((words, *_counted(reckoning, every, reckoning.whole, notes)), 6.0)
    total = Row(tuple(_strong(cell) for cell in whole.cells), 6.0)
    title = (Text("EFEKTIVITAS ANGGARAN TERHADAP CAPAIAN KINERJA", 9, bold=True, before=4, after=1.5),)
    last = notes.row(len(widths), (legend_words(steps) if has_predicate((whole,)) else "",))
    table = Table(widths, _header(reckoning), tuple(body), (total, *last), title, size=_SIZE, padding=1.1)
    return (table,) if body else (replace(table, body=((whole,),), total=last),)


def saving(plan: Plan, reckoning: Reckoning) -> tuple[Table, ...]:
    """Pagu less realisasi of the whole document; nothing where nothing is spent or there is no pagu."""
    whole = reckoning.whole
    if whole.sisa is None:
        return ()
    amounts, year = Amounts(plan, reckoning.dokumen), str(reckoning.dokumen.tahun)
    lines = [line for line in in_tree_order(plan, reckoning.dokumen) if amounts.is_of_year(line, year)]
    spent = [line for line in lines if reckoning.line(line).realisasi is not None]
    row = Row(
        (
            Cell(0, "1", align="center"),
            rupiah(1, whole.sisa, bold=True),
            rupiah(2, whole.pagu),
            spent_cell(3, whole.realisasi),
            percent(4, whole.serapan),
            Cell(5, _how_many(spent), align="center"),
            Cell(6, _how_many(lines), align="center"),
        ),
        _LINE,
    )
    title = (Text("EFISIENSI ANGGARAN", 9, bold=True, before=4, after=1.5),)
    there = {line.id for line in lines}
    tops = [line for line in lines if line.induk_id not in there and amounts.pagu(line, year)]
    silent = [line for line in tops if line not in spent]
    missing = f"{len(silent)} dari {len(tops)} baris anggaran teratas belum berisi realisasi." if silent else ""
    last = Notes().row(len(_SAVING), ("Nilai efisiensi = total anggaran - realisasi.", missing))
    return (Table(_SAVING, plain_header(_SAVING_TITLES), ((row,),), last, title, size=_SIZE, padding=1.1),)


def _header(reckoning: Reckoning) -> tuple[Row, ...]:
    steps = reckoning.setelan.skala
    end = 3 + len(steps)
    top = [header(col, text, rows=2) for col, text in enumerate(("No", "Tujuan", "Indikator Terhitung"))]
    top.append(header(3, "Banyaknya Indikator menurut Predikat", cols=len(steps)))
    titles = ("Rata-rata Capaian (%)", "Predikat", "Realisasi (Rp)", "Serapan (%)")
    top += [header(end + at, text, rows=2) for at, text in enumerate(titles)]
    second = tuple(header(3 + at, step.predikat) for at, step in enumerate(steps))
    labels = [str(number) for number in range(1, end + len(titles) + 1)]
    return Row(tuple(top), 5), Row(second, 5), numbers(labels, 4.4)


def _counted(reckoning: Reckoning, measured: Iterable[Measured], spent: Spent, notes: Notes) -> tuple[Cell, ...]:
    every = list(measured)
    steps = reckoning.setelan.skala
    end = 3 + len(steps)
    mean = reckoning.mean(every)
    on = [grade_of(one.capaian.persen, steps) for one in every if one.capaian.persen is not None]
    counts = [on.count(step) for step in steps]
    reached = percent(end, mean.persen) if mean.persen is not None else notes.missing(end, mean.uraian)
    return (
        Cell(2, f"{mean.banyak} dari {mean.semua}", align="center"),
        *(
            Cell(3 + at, str(n) if n else "-", align="center", value=n or None, format="0")
            for at, n in enumerate(counts)
        ),
        reached,
        grade(end + 1, mean.grade),
        spent_cell(end + 2, spent.realisasi),
        percent(end + 3, spent.serapan) if spent.serapan is not None else notes.missing(end + 3, spent.kurang),
    )


def _strong(cell: Cell) -> Cell:
    return replace(cell, bold=True, middle=True, fill=cell.fill or BAND_FILL)


def _how_many(lines: Iterable[Anggaran]) -> str:
    """ "9 program, 35 kegiatan"."""
    found = [line.jenis for line in lines]
    said = [f"{n} {LEVEL_NAMES[jenis].lower()}" for jenis in JENIS if (n := found.count(jenis))]
    return ", ".join(said) or "-"
