"""Forms 1 and 2 of forms.md: the monthly Rencana Aksi per eselon, and of the staff (Buleleng 2022)."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.plan import Plan
from models.rows import BULAN, Anggaran, DeretAnggaran, DeretIndikator, Dokumen, Dukungan, Indikator, Jabatan, Kinerja
from services.angka import decide_style
from services.forms.cells import BAND_FILL, RUPIAH, band, header, key, month_key, numbers, rupiah, target, tied
from services.forms.heading import agency_line, note, signature
from services.forms.parts import Cell, Form, Row, Table, Text
from services.periods import Series, cash_months, cash_series, note_on_months, target_series
from services.rollup import RollUp
from services.rupiah import print_rupiah
from services.series import places
from services.tanggal import MONTHS


@dataclass(frozen=True, slots=True)
class Level:
    """One of the three tables: which nodes and lines it holds, and what its columns are called."""

    eselon: str
    tingkat: tuple[str, ...]
    jenis: str
    sasaran: str
    anggaran: str


LEVELS = {
    "bulanan-eselon-ii": Level(
        "II", ("sasaran_strategis", "sasaran_program"), "program", "Sasaran Strategis (Program)", "Program"
    ),
    "bulanan-eselon-iii": Level("III", ("sasaran_kegiatan",), "kegiatan", "Sasaran Kegiatan", "Kegiatan"),
    "bulanan-eselon-iv": Level("IV", ("sasaran_sub_kegiatan",), "sub_kegiatan", "Sasaran Sub Kegiatan", "Sub Kegiatan"),
}

_WIDTHS = (9.0, 38.0, 42.0, 13.0, 18.0, 19.0, 15.0, 54.0, 26.0, 19.0, 25.0, 32.0)
_LINE = 5.9
_STAFF_WIDTHS = (9.0, 68.0, 72.0, 24.0, 24.0, 28.0, 22.0, 63.0)
_STAFF_LINE = 4.2

Pair = tuple[Indikator | None, Anggaran | None]


def eselon(plan: Plan, dokumen: Dokumen, name: str) -> Form:
    """The table of one eselon."""
    level = LEVELS[name]
    nodes = [k for k in plan.where(Kinerja, "dokumen_id", dokumen.id) if k.tingkat in level.tingkat]
    rollup = RollUp(plan)
    blocks: list[tuple[Row, ...]] = []
    amounts: list[int] = []
    printed: list[Series] = []
    at, total, group = 0, 0, None
    for node in nodes:
        pairs = _pairs(plan, node, level.jenis)
        heading = band(node.kelompok, len(_WIDTHS), _LINE) if node.kelompok and node.kelompok != group else None
        group = node.kelompok
        at += heading is not None
        for i, (indikator, line) in enumerate(pairs):
            rows = tuple(_lines(plan, rollup, node, indikator, line, at, first=len(pairs) if i == 0 else 0))
            printed += (*_targets(plan, indikator), *(cash_series(plan, line) if line is not None else ()))
            pagu = rollup.line(line.id).pagu if line is not None else None
            if pagu is not None:
                amounts.append(at)
                total += pagu
            at += BULAN
            blocks.append((heading, *rows) if heading is not None and i == 0 else rows)
    table = Table(
        _WIDTHS,
        _header(level),
        tuple(blocks),
        total=(_total(total, tuple(amounts)),),
        title=_title(plan, dokumen, level) + note(note_on_months(printed)),
        repeat_title=True,
    )
    return Form(name, f"Eselon {level.eselon}", (table, signature(plan, dokumen)))


def _title(plan: Plan, dokumen: Dokumen, level: Level) -> tuple[Text, ...]:
    return (
        Text("RENCANA AKSI ATAS PERJANJIAN KINERJA", 9.5, bold=True, align="center"),
        Text(agency_line(plan, dokumen), 9.5, bold=True, align="center"),
        Text(f"TAHUN {dokumen.tahun}", 9.5, bold=True, align="center", after=3),
        Text(f"ESELON {level.eselon}", 9, bold=True, after=1.5),
    )


def _header(level: Level) -> tuple[Row, ...]:
    top = (
        header(0, "No", rows=2),
        header(1, level.sasaran, rows=2),
        header(2, "Indikator Kinerja", rows=2),
        header(3, "Satuan", rows=2),
        header(4, "Kinerja", cols=3),
        header(7, "Anggaran (Rp)", cols=4),
        header(11, "Penanggung jawab", rows=2),
    )
    below = ("Target Kinerja Tahunan", "Bulan", "Target", level.anggaran, "Target Anggaran Tahunan", "Bulan", "Target")
    second = tuple(header(col, text) for col, text in enumerate(below, 4))
    return Row(top, 5.6), Row(second, 10.6), numbers([str(n) for n in range(1, 13)], 4.6)


def _total(total: int, amounts: tuple[int, ...]) -> Row:
    text = Cell(0, "TOTAL", 8, align="center", bold=True, fill=BAND_FILL, middle=True)
    money = Cell(
        8,
        print_rupiah(total),
        align="right",
        bold=True,
        fill=BAND_FILL,
        middle=True,
        value=total,
        format=RUPIAH,
        sum_of=amounts,
    )
    return Row((text, money, Cell(9, cols=3, fill=BAND_FILL)), _LINE)


def _pairs(plan: Plan, node: Kinerja, jenis: str) -> list[Pair]:
    """Indicators beside budget lines, one pair a block.

    A link that names its indicator makes the pair, and the order of the links is that of the form; indicators that no
    link names follow without a line. Where no link names one, first stands beside first.
    """
    indicators = plan.where(Indikator, "kinerja_id", node.id)
    links = [
        (link.indikator_id, line)
        for link in plan.where(Dukungan, "kinerja_id", node.id)
        if (line := plan.get(Anggaran, link.anggaran_id)).jenis == jenis
    ]
    named = {indikator_id for indikator_id, _ in links}
    if named <= {None}:
        count = max(len(indicators), len(links), 1)
        lines = [line for _, line in links]
        return [
            (indicators[i] if i < len(indicators) else None, lines[i] if i < len(lines) else None) for i in range(count)
        ]
    pairs: list[Pair] = [(plan.find(Indikator, indikator_id), line) for indikator_id, line in links]
    return pairs + [(indikator, None) for indikator in indicators if indikator.id not in named]


def _lines(
    plan: Plan, rollup: RollUp, node: Kinerja, indikator: Indikator | None, line: Anggaran | None, at: int, first: int
) -> Iterator[Row]:
    """The twelve lines of a block. `at`: its first row; `first`: how many blocks the sasaran has, on its first one."""
    left = _sasaran_cells(node, BULAN * first) if first else []
    months = _indicator_cells(plan, indikator, at)
    money = _money_cells(plan, rollup, line)
    pj = (line.penanggung_jawab_id if line else None) or node.penanggung_jawab_id
    jabatan = plan.find(Jabatan, pj)
    right = Cell(11, jabatan.nama if jabatan else "", rows=BULAN, align="center", repeat=True)
    for m in range(BULAN):
        cells = [*(left if m == 0 else ()), *months[m], *money[m], *((right,) if m == 0 else ())]
        yield Row(tuple(cells), _LINE)


def _targets(plan: Plan, indikator: Indikator | None) -> Iterator[Series]:
    return target_series(plan, indikator) if indikator is not None else iter(())


def _sasaran_cells(node: Kinerja, span: int) -> list[Cell]:
    return [
        Cell(0, node.nomor or "", rows=span, align="center", repeat=True, key=key(node, "nomor")),
        Cell(1, node.uraian or "", rows=span, repeat=True, key=key(node, "uraian")),
    ]


def _indicator_cells(plan: Plan, indikator: Indikator | None, at: int) -> list[list[Cell]]:
    if indikator is None:
        return [[Cell(2, cols=5, rows=BULAN)], *([] for _ in range(BULAN - 1))]
    return _target_months(plan, indikator, at)


def _target_months(plan: Plan, indikator: Indikator, at: int) -> list[list[Cell]]:
    """Columns 3 to 7 of a block: indicator, unit and year, merged; the months and their targets."""
    series = plan.one(DeretIndikator, "indikator_id", indikator.id, "target")
    nilai = series.nilai if series else (None,) * BULAN
    style = decide_style([indikator.target, *nilai])
    typed = places(series.periode if series else "bulan")
    keys = [month_key(indikator, "target", m) if m in typed else "" for m in range(BULAN)]
    months = [target(6, nilai[m], style, key=keys[m]) for m in range(BULAN)]
    year = target(4, indikator.target, style, rows=BULAN, repeat=True, key=key(indikator, "target"))
    if indikator.akumulasi == "jumlah":
        year = tied(year, months, tuple(range(at, at + BULAN)), (6,))
    first = [
        Cell(2, indikator.uraian, rows=BULAN, repeat=True, key=key(indikator, "uraian")),
        Cell(3, indikator.satuan or "", rows=BULAN, align="center", repeat=True, key=key(indikator, "satuan")),
        year,
    ]
    return [[*(first if m == 0 else ()), Cell(5, MONTHS[m]), months[m]] for m in range(BULAN)]


def _money_cells(plan: Plan, rollup: RollUp, line: Anggaran | None) -> list[list[Cell]]:
    """Columns 8 to 11 of a block. A line that says nothing itself prints the sum of the lines below it."""
    if line is None:
        return [[Cell(7, cols=4, rows=BULAN)], *([] for _ in range(BULAN - 1))]
    series = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    sums = rollup.line(line.id)
    kas = cash_months(plan, rollup, line)
    typed = places(series.periode) if series and series.kumulatif else ()
    keys = [month_key(line, "kas", m) if m in typed else "" for m in range(BULAN)]
    own = line.pagu is not None or sums.pagu is None
    first = [
        Cell(7, line.nama, rows=BULAN, repeat=True, key=key(line, "nama")),
        rupiah(8, sums.pagu, rows=BULAN, repeat=True, key=key(line, "pagu") if own else ""),
    ]
    return [[*(first if m == 0 else ()), Cell(9, MONTHS[m]), rupiah(10, kas[m], key=keys[m])] for m in range(BULAN)]


def staf(plan: Plan, dokumen: Dokumen, name: str) -> Form:
    """The staff table: no budget, the job titles as headings, no total."""
    blocks: list[tuple[Row, ...]] = []
    printed: list[Series] = []
    at, group = 0, None
    for node in plan.where(Kinerja, "dokumen_id", dokumen.id):
        if node.tingkat != "sasaran_individu":
            continue
        indicators = plan.where(Indikator, "kinerja_id", node.id)
        span = BULAN * max(len(indicators), 1)
        for i, indikator in enumerate(indicators or (None,)):
            new = i == 0 and node.kelompok and node.kelompok != group
            heading = [band(node.kelompok or "", len(_STAFF_WIDTHS), 4.8)] if new else []
            at += len(heading)
            blocks.append((*heading, *_staff_lines(plan, node, indikator, at, span if i == 0 else 0)))
            printed += _targets(plan, indikator)
            at += BULAN
        group = node.kelompok
    table = Table(
        _STAFF_WIDTHS,
        _staff_header(),
        tuple(blocks),
        title=_staff_title(plan, dokumen) + note(note_on_months(printed)),
        repeat_title=True,
        size=7.5,
        padding=1.2,
    )
    return Form(name, "Staf", (table, signature(plan, dokumen)))


def _staff_title(plan: Plan, dokumen: Dokumen) -> tuple[Text, ...]:
    return (
        Text("CAPAIAN RENCANA AKSI ATAS PERJANJIAN KINERJA", 9, bold=True, align="center"),
        Text(agency_line(plan, dokumen), 9, bold=True, align="center"),
        Text(f"TAHUN {dokumen.tahun}", 9, bold=True, align="center", after=2.5),
        Text("Capaian Kinerja Atas Perjanjian Kinerja Staff", 9, bold=True, align="center", after=2),
    )


def _staff_header() -> tuple[Row, ...]:
    top = (
        header(0, "No", rows=2),
        header(1, "Sasaran Kerja", rows=2),
        header(2, "Indikator Kinerja", rows=2),
        header(3, "Satuan", rows=2),
        header(4, "Kinerja", cols=3),
        header(7, "Keterangan", rows=2),
    )
    second = (header(4, "Target Kinerja Tahunan", size=6.5), header(5, "Bulan"), header(6, "Target"))
    return Row(top, 5), Row(second, 6.6), numbers(["1", "2", "3", "4", "5", "6", "7", "10"], 4, 6.2)


def _staff_lines(plan: Plan, node: Kinerja, indikator: Indikator | None, at: int, span: int) -> Iterator[Row]:
    left = _sasaran_cells(node, span) if span else []
    months = _indicator_cells(plan, indikator, at)
    for m in range(BULAN):
        right = [Cell(7, rows=BULAN)] if m == 0 else []
        yield Row((*(left if m == 0 else ()), *months[m], *right), _STAFF_LINE)
