"""Tables and charts that an officer puts into a narrative: `{tabel:capaian-iku}` on a line of its own.

They are those of the forms, with as many columns as a portrait page holds; what needs more is put on a page across.
Each has a caption as a heading of level TABLE or FIGURE, so that a document can number and list them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from models.plan import Plan
from models.rows import Anggaran, Dokumen
from services.forms.parts import Break, Cell, Figure, Form, Page, Part, Row, Table, Text
from services.forms.realisasi_sampai import as_of, until_words
from services.forms.realisasi_sel import reckoned
from services.narasi.bagan import cash_curve, sasaran_bars
from services.narasi.flow import BELOW_TABLE, FIGURE, LEADING, SIZE, TABLE, WIDTH, caption
from services.narasi.placeholders import INSERTS
from services.narasi.tables import goals, main_indicators, programs

ACROSS = Page(landscape=True, top=25, right=20, bottom=20, left=20)
UPRIGHT = Page(landscape=False, top=25, right=25, bottom=25, left=30)
"""The page of a narrative: portrait, bound on the left."""

_SIZE = 7.5
_REASON = re.compile(r"[0-9]+\)")
_UNREPORTED = "realisasi belum diisi"
_NOTHING = "rencana tidak memuat datanya"


@dataclass(frozen=True, slots=True)
class _Shown:
    """The columns of a form's table that are shown, with their shares of the width, in the order of the form."""

    caption: str
    columns: dict[int, float]
    topmost: bool = False
    """Only the lines that hang under no other, mostly the programs: those that the sum below them adds up."""


_SHOWN: dict[str, _Shown] = {
    "capaian-iku": _Shown("Capaian Indikator Kinerja Utama", {0: 8, 1: 33, 2: 41, 3: 16, 5: 17, 6: 17, 7: 16, 8: 18}),
    "capaian-sasaran": _Shown("Capaian Sasaran Strategis", {0: 8, 1: 41, 2: 19, 3: 16, 4: 18, 5: 25, 6: 25, 7: 15}),
    "pagu-realisasi": _Shown("Pagu dan Realisasi Anggaran", {0: 20, 1: 52, 2: 28, 4: 28, 5: 15, 7: 26}, topmost=True),
    "efisiensi": _Shown("Efisiensi Penggunaan Anggaran", {0: 9, 1: 52, 3: 17, 4: 28, 5: 28, 6: 15, 7: 19}),
}


def placed(name: str, plan: Plan, dokumen: Dokumen) -> Iterator[Part]:
    """What stands in the place of `name`, one of INSERTS; a sentence where the plan has nothing for it."""
    yield from _PLACED[name](plan, dokumen)


def projected(table: Table, columns: dict[int, float]) -> Table:
    """A table with some of its columns (column to share of WIDTH), numbered anew; merged cells become narrower."""
    place = {col: at for at, col in enumerate(columns)}
    share = WIDTH / sum(columns.values())
    return replace(
        table,
        widths=tuple(width * share for width in columns.values()),
        header=tuple(_renumbered(_row(row, place)) for row in table.header),
        body=tuple(tuple(_row(row, place) for row in block) for block in table.body),
        total=tuple(_row(row, place) for row in table.total),
        size=_SIZE,
        padding=1.0,
    )


def _row(row: Row, place: dict[int, int]) -> Row:
    cells: list[Cell] = []
    for cell in row.cells:
        there = [place[col] for col in range(cell.col, cell.col + cell.cols) if col in place]
        if there:
            cells.append(replace(cell, col=there[0], cols=len(there), sum_of=None, sum_from=()))
    return replace(row, cells=tuple(cells))


def _renumbered(row: Row) -> Row:
    """The row of column numbers."""
    if not all(cell.text.isdigit() for cell in row.cells):
        return row
    return replace(row, cells=tuple(replace(cell, text=str(cell.col + 1)) for cell in row.cells))


def _of_form(name: str, plan: Plan, dokumen: Dokumen) -> Iterator[Part]:
    """The first table of a form, upright."""
    shown = _SHOWN[name]
    form = _form(name, plan, dokumen)
    table = next((part for part in form.parts if isinstance(part, Table) and part.body), None)
    if table is None or form.empty:
        yield _missing(f"tabel:{name}", _reason(plan, dokumen))
        return
    if shown.topmost:
        lines = [_line_of(plan, block) for block in table.body]
        there = {line.id for line in lines if line is not None}
        pairs = zip(lines, table.body, strict=True)
        table = _with_body(table, tuple(block for line, block in pairs if line and line.induk_id not in there))
    columns = shown.columns
    if not any(cell.text for block in table.body for row in block for cell in row.cells if cell.col == 0):
        columns = {col: width for col, width in columns.items() if col}
    yield replace(projected(table, columns), title=(caption(_titled(shown.caption, plan, dokumen), TABLE),))
    yield BELOW_TABLE


def _with_body(table: Table, body: tuple[tuple[Row, ...], ...]) -> Table:
    """The table with some of its lines; below it only the numbered reasons that these name."""
    marks = {cell.text for block in body for row in block for cell in row.cells}

    def kept(line: str) -> bool:
        number = _REASON.match(line)
        return number is None or f"- {number[0]}" in marks

    total = tuple(
        replace(
            row,
            cells=tuple(replace(cell, text="\n".join(filter(kept, cell.text.split("\n")))) for cell in row.cells),
        )
        for row in table.total
    )
    return replace(table, body=body, total=total)


def _across(name: str, plan: Plan, dokumen: Dokumen) -> Iterator[Part]:
    """Tables and charts of a form on a page across."""
    form = _form(name, plan, dokumen)
    if form.empty:
        yield _missing(f"tabel:{name}", _reason(plan, dokumen))
        return
    yield Break(ACROSS)
    years = ""
    for _, group in groupby(form.parts, type):
        parts = tuple(group)
        for table in parts:
            if isinstance(table, Table):
                last = table.title[-1].plain.removeprefix("TAHUN ").strip() if table.title else ""
                years = f" Tahun {last}" if last[:4].isdigit() else ""
                yield replace(table, title=(caption(f"Target, Realisasi, dan Capaian Kinerja{years}", TABLE),))
        charts = [_untitled(part) for part in parts if isinstance(part, Figure)]
        yield from _charts(f"Grafik Target dan Realisasi{years}", charts)
    yield Break(UPRIGHT)


def _charts(words: str, figures: Sequence[Figure]) -> Iterator[Part]:
    """Each with a caption of its own, as each may stand on another page."""
    for number, figure in enumerate(figures, 1):
        part = f" (Bagian {number} dari {len(figures)})" if len(figures) > 1 else ""
        yield caption(f"{words}{part}", FIGURE)
        yield figure


def _of_plan(make: Callable[[Plan, Dokumen], Table], name: str, plan: Plan, dokumen: Dokumen) -> Iterator[Part]:
    table = make(plan, dokumen)
    if not table.body:
        yield _missing(name, _reason(plan, dokumen))
        return
    yield replace(table, title=tuple(caption(line.plain, TABLE) for line in table.title))
    yield BELOW_TABLE


def _bars(plan: Plan, dokumen: Dokumen) -> Iterator[Part]:
    reckoning, sampai = reckoned(plan, dokumen)
    charts: Sequence[Figure] = sasaran_bars(plan, reckoning, WIDTH) if sampai else ()
    if not charts:
        yield _missing("bagan:capaian-sasaran", _reason(plan, dokumen))
        return
    yield from _charts(_titled("Capaian Menurut Sasaran", plan, dokumen), charts)


def _curve(plan: Plan, dokumen: Dokumen) -> Iterator[Part]:
    curve = cash_curve(plan, dokumen, WIDTH, 82.0)
    if not curve.shapes:
        yield _missing("bagan:kurva-s", "rencana kas dan realisasi per bulan belum diisi")
        return
    yield caption(f"Kurva S Rencana Kas dan Realisasi Anggaran Tahun {dokumen.tahun}", FIGURE)
    yield curve


def _form(name: str, plan: Plan, dokumen: Dokumen) -> Form:
    from services.forms import build_form

    return build_form(plan, dokumen.id, name)


def _titled(words: str, plan: Plan, dokumen: Dokumen) -> str:
    sampai = as_of(plan, dokumen)
    until = f" sampai dengan {until_words(sampai)}" if sampai and sampai.bulan < 12 else ""
    return f"{words}{until} Tahun {dokumen.tahun}"


def _untitled(figure: Figure) -> Figure:
    """A chart without the title that stands above its upper edge, as the caption says it."""
    above = -figure.origin[1]
    if above <= 0:
        return figure
    labels = tuple(label for label in figure.labels if label.y >= 0)
    return replace(figure, height=figure.height - above, labels=labels, origin=(figure.origin[0], 0.0))


def _reason(plan: Plan, dokumen: Dokumen) -> str:
    return _NOTHING if as_of(plan, dokumen) else _UNREPORTED


def _missing(name: str, reason: str) -> Text:
    text = f"{INSERTS[name]} belum dapat dimuat: {reason}."
    return Text(text, SIZE, italic=True, align="center", before=2, after=4, leading=LEADING)


def _line_of(plan: Plan, block: tuple[Row, ...]) -> Anggaran | None:
    """The budget line that a block shows."""
    keys = (cell.key.split("/") for row in block for cell in row.cells)
    return next((plan.find(Anggaran, key[1]) for key in keys if key[0] == "anggaran"), None)


_PLACED: dict[str, Callable[[Plan, Dokumen], Iterator[Part]]] = {
    "tabel:tujuan-sasaran": partial(_of_plan, goals, "tabel:tujuan-sasaran"),
    "tabel:iku": partial(_of_plan, main_indicators, "tabel:iku"),
    "tabel:program": partial(_of_plan, programs, "tabel:program"),
    **{f"tabel:{name}": partial(_of_form, name) for name in _SHOWN},
    "tabel:capaian-lima-tahun": partial(_across, "capaian-lima-tahun"),
    "bagan:capaian-sasaran": _bars,
    "bagan:kurva-s": _curve,
}
