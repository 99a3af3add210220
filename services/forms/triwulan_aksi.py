"""Form 4 of forms.md: criteria by quarters, planned actions and their schedule (Bone 2023)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from models.plan import Plan
from models.rows import BULAN, Aksi, Anggaran, Dokumen, Indikator, Jabatan, Kinerja, Opd
from services.forms.cells import header, key
from services.forms.heading import DOTS, narrow_signature, note, title_line
from services.forms.parts import Cell, Cover, Form, Row, Signature, Table, Text
from services.forms.triwulan_susunan import Susunan, named_indicators, own_indicators
from services.periods import note_on_quarters, target_quarters, target_series
from services.rupiah import print_rupiah
from services.series import QUARTER_ENDS
from services.tahunan import pagu_of, target_of

_WIDTHS = (
    *(15.5, 15.5, 24.8),
    *(20.7, 14.5, 24.2),
    *(19.3, 16.3, 24.2),
    *(19.1, 15.7, 24.2),
    *(25.7, *(2.8,) * BULAN, 16.7),
)
_LINE = 3.0
_HANG = 2.6
_KRITERIA = 6.2
_HEADER = 5.8
_TURNED = 5.2
_MARK = 0.35
_AKSI = 12
_MONTHS = 13
_MONTH = {
    (m, marked): Cell(_MONTHS + m, fill=_MARK if marked else None) for m in range(BULAN) for marked in (False, True)
}
_UNIT = 25
_NO_BREAK = "\u00a0"
_JENIS = ("program", "kegiatan", "sub_kegiatan")


@dataclass(frozen=True, slots=True)
class _Block:
    """What stands beside one lowest budget line, or a sasaran strategis by itself.

    `indicators`: of the sasaran strategis, those that go with this line. `path`: the line and those above it, in the
    columns of program, kegiatan and sub kegiatan.
    """

    node: Kinerja | None
    indicators: tuple[Indikator, ...]
    path: tuple[Anggaran | None, Anggaran | None, Anggaran | None]
    line: Anggaran | None


def build(plan: Plan, dokumen: Dokumen, name: str) -> Form:
    """One block per sub kegiatan, with what stands above it in front and one row per planned action."""
    susunan = Susunan(plan, dokumen.id)
    blocks = list(_blocks(plan, susunan))
    body, printed = _Body(plan, susunan, dokumen).rows(blocks)
    series = [one for indikator in printed for one in target_series(plan, indikator)]
    title = title_line(plan, dokumen, "RENCANA AKSI PERJANJIAN KINERJA").removeprefix("RENCANA AKSI ")
    remark = note(note_on_quarters(series))
    table = Table(
        _WIDTHS,
        _header(),
        tuple(body),
        title=(
            Text("RENCANA AKSI", 9, bold=True, align="center"),
            Text(title, 9, bold=True, align="center"),
            Text(f"TAHUN ANGGARAN {dokumen.tahun}", 9, bold=True, align="center", after=1.5 if remark else 3),
            *remark,
        ),
        size=6.5,
        padding=0.6,
        leading=1.15,
    )
    return Form(
        name,
        "Aksi dan jadwal",
        (_cover(plan, dokumen), *_tujuan(plan, dokumen), table, _signature(plan, dokumen)),
    )


def _cover(plan: Plan, dokumen: Dokumen) -> Cover:
    opd = plan.get(Opd, dokumen.opd_id)
    pemda = [Text(f"PEMERINTAH {opd.pemda.upper()}", 20, bold=True, align="center", after=14)] if opd.pemda else []
    return Cover(
        top=(Text(f"TAHUN {dokumen.tahun}", 16, bold=True, align="center"),),
        middle=(
            *pemda,
            Text("RENCANA AKSI", 34, bold=True, align="center", after=14),
            Text(opd.nama.upper(), 20, bold=True, align="center"),
        ),
    )


def _tujuan(plan: Plan, dokumen: Dokumen) -> list[Text]:
    """The numbered list above the table; nothing in a plan without tujuan."""
    nodes = [node for node in plan.where(Kinerja, "dokumen_id", dokumen.id) if node.tingkat == "tujuan"]
    if not nodes:
        return []
    items = [
        Text(node.uraian or "", 7.5, indent=6, label=f"{i}.", hang=3, leading=1.15, after=3 if i == len(nodes) else 0)
        for i, node in enumerate(nodes, 1)
    ]
    return [Text("TUJUAN :", 7.5, bold=True, leading=1.15), *items]


def _signature(plan: Plan, dokumen: Dokumen) -> Signature:
    made = narrow_signature(plan, dokumen)
    return replace(made, pangkat=f"Pangkat : {made.pangkat or DOTS}", nip_label="NIP. : ")


def _header() -> tuple[Row, ...]:
    def kriteria(of: str) -> str:
        return f"KRITERIA KEBERHASILAN {of}\n(TARGET TAHUNAN & TRIWULAN)"

    named = (
        *("SASARAN STRATEGIS", "INDIKATOR SASARAN", kriteria("SASARAN")),
        *("PROGRAM & ANGGARAN", "INDIKATOR PROGRAM", kriteria("PROGRAM")),
        *("KEGIATAN & ANGGARAN", "INDIKATOR KEGIATAN", kriteria("KEGIATAN")),
        *("SUB KEGIATAN & ANGGARAN", "INDIKATOR SUB KEGIATAN", kriteria("SUB KEGIATAN")),
        "AKSI YANG DIRENCANAKAN",
    )
    top = (
        *(header(col, text, rows=3, size=_HEADER) for col, text in enumerate(named)),
        header(_MONTHS, "JADWAL KEGIATAN", cols=BULAN, size=_HEADER),
        header(_UNIT, "UNIT KERJA PENANGGUNG JAWAB", rows=3, size=_HEADER),
    )
    quarters = tuple(
        replace(header(_MONTHS + 3 * i, f"TRIWULAN {i + 1}", cols=3, size=_TURNED), turned=True) for i in range(4)
    )
    months = tuple(header(_MONTHS + m, str(m + 1), size=_TURNED) for m in range(BULAN))
    count = (
        *(header(col, str(col + 1), size=_HEADER) for col in range(_AKSI)),
        *(header(_AKSI, ""), header(_MONTHS, "", cols=BULAN), header(_UNIT, "")),
    )
    return Row(top, 4.1), Row(quarters, 12.8), Row(months, 3.9), Row(count, 3.9)


def _blocks(plan: Plan, susunan: Susunan) -> Iterator[_Block]:
    """The blocks in order; what a sasaran strategis has beside no line follows its lines."""
    found: dict[str | None, list[_Block]] = {}
    shown: set[str] = set()
    for _, top in susunan.tops():
        for leaf in susunan.leaves(top) if top is not None else ():
            path = _columns(susunan.path(leaf))
            node = susunan.strategis(leaf)
            indicators = tuple(_sasaran_indicators(plan, susunan, leaf, node)) if node is not None else ()
            shown |= {indikator.id for indikator in indicators}
            found.setdefault(node.id if node else None, []).append(_Block(node, indicators, path, leaf))
    for node in susunan.nodes:
        if node.tingkat == "sasaran_strategis":
            blocks = found.pop(node.id, [])
            yield from blocks
            rest = tuple(one for one in own_indicators(plan, node) if one.id not in shown)
            if rest or not blocks:
                yield _Block(node, rest, (None, None, None), None)
    for blocks in found.values():
        yield from blocks


def _columns(path: list[Anggaran]) -> tuple[Anggaran | None, Anggaran | None, Anggaran | None]:
    by_jenis = {line.jenis: line for line in path}
    program, kegiatan, sub = (by_jenis.get(jenis) for jenis in _JENIS)
    return program, kegiatan, sub


def _sasaran_indicators(plan: Plan, susunan: Susunan, leaf: Anggaran, node: Kinerja) -> Iterable[Indikator]:
    """The indicators of a sasaran strategis beside a line: those that its branch's links name, else what none names."""
    for line in reversed(susunan.path(leaf)):
        links = [link for link in susunan.links(line) if link.kinerja_id == node.id]
        if named := named_indicators(plan, links):
            return named
    return [one for one in own_indicators(plan, node) if one.id not in susunan.named]


class _Body:
    """Turns blocks into rows."""

    def __init__(self, plan: Plan, susunan: Susunan, dokumen: Dokumen) -> None:
        self._plan = plan
        self._susunan = susunan
        self._dokumen = dokumen
        self._printed: list[Indikator] = []

    def rows(self, blocks: list[_Block]) -> tuple[list[tuple[Row, ...]], list[Indikator]]:
        """(the rows of each block, the indicators that they print)"""
        actions = [self._actions(block) for block in blocks]
        heights = [max(len(rows), 1) for rows in actions]
        merged = [self._merged(blocks, heights, level) for level in range(5)]
        made = []
        for i, block in enumerate(blocks):
            left = [cell for level in merged for cell in level[i]]
            made.append(tuple(self._lines(block, actions[i], heights[i], left)))
        return made, self._printed

    def _merged(self, blocks: list[_Block], heights: list[int], level: int) -> list[list[Cell]]:
        """For each block the cells of one level that begin there: 0 sasaran, 1 its indicators, 2 to 4 the lines."""
        made: list[list[Cell]] = []
        for _, group in groupby(range(len(blocks)), lambda i: _identity(blocks[i], level, i)):
            places = list(group)
            cells = self._level_cells(blocks[places[0]], level, sum(heights[i] for i in places))
            made += [cells, *([] for _ in places[1:])]
        return made

    def _level_cells(self, block: _Block, level: int, rows: int) -> list[Cell]:
        if level == 0:
            node = block.node
            text, place = (node.uraian or "", key(node, "uraian")) if node else ("", "")
            return [Cell(0, text, rows=rows, repeat=True, key=place)]
        if level == 1:
            return self._criteria(1, block.indicators, rows)
        line = block.path[level - 2]
        col = 3 * (level - 1)
        if line is None:
            return [Cell(col, rows=rows), *self._criteria(col + 1, (), rows)]
        pagu = pagu_of(self._plan, self._dokumen, line)
        foot = "" if pagu is None else f"Rp{_NO_BREAK}{print_rupiah(pagu)}"
        name = Cell(col, line.nama, rows=rows, repeat=True, foot=foot, key=key(line, "nama"))
        return [name, *self._criteria(col + 1, self._line_indicators(line), rows)]

    def _line_indicators(self, line: Anggaran) -> tuple[Indikator, ...]:
        """A line's own indicators, else those of the sasaran of its level that it supports."""
        own = own_indicators(self._plan, line)
        node = None if own else self._susunan.owner(line)
        if node is None or node.tingkat == "sasaran_strategis":
            return own
        links = [link for link in self._susunan.links(line) if link.kinerja_id == node.id]
        return tuple(named_indicators(self._plan, links)) or own_indicators(self._plan, node)

    def _criteria(self, col: int, indicators: tuple[Indikator, ...], rows: int) -> list[Cell]:
        """The cells of indicators and of their criteria; several are numbered, with an empty line between them."""
        self._printed += indicators
        names = [indikator.uraian for indikator in indicators]
        if len(names) > 1:
            names = [f"{i}. {name}" for i, name in enumerate(names, 1)]
        lines = "\n\n".join("\n".join(self._five(indikator)) for indikator in indicators)
        place = key(indicators[0], "uraian") if len(indicators) == 1 else ""
        return [
            Cell(col, "\n\n".join(names), rows=rows, repeat=True, key=place),
            Cell(col + 1, lines, rows=rows, repeat=True, size=_KRITERIA, hang=_HANG),
        ]

    def _five(self, indikator: Indikator) -> Iterator[str]:
        """The five lines of an indicator's criteria."""
        yield f"Target Tahunan : {target_of(self._plan, indikator, self._dokumen.tahun).text}".rstrip()
        four = target_quarters(self._plan, indikator)
        for i, (end, text) in enumerate(zip(QUARTER_ENDS, four, strict=True), 1):
            yield f"TW {i} (B{end + 1:02}) : {text or ''}".rstrip()

    def _actions(self, block: _Block) -> tuple[Aksi, ...]:
        return self._plan.where(Aksi, "anggaran_id", block.line.id) if block.line is not None else ()

    def _lines(self, block: _Block, actions: tuple[Aksi, ...], height: int, left: list[Cell]) -> Iterator[Row]:
        jabatan = self._jabatan(block)
        posts = [aksi.penanggung_jawab_id or jabatan for aksi in actions] or [jabatan]
        units = list(_unit_cells(self._plan, posts))
        for i in range(height):
            aksi = actions[i] if actions else None
            marked = _marked(aksi)
            text, place = (aksi.uraian, key(aksi, "uraian")) if aksi else ("", "")
            months = [_MONTH[m, m + 1 in marked] for m in range(BULAN)]
            cells = (*(left if i == 0 else ()), Cell(_AKSI, text, middle=True, key=place), *months, *units[i])
            yield Row(cells, _LINE)

    def _jabatan(self, block: _Block) -> str | None:
        """Who answers for a block: for its line, for one above it, or for its sasaran."""
        for line in reversed(self._susunan.path(block.line) if block.line is not None else ()):
            owner = self._susunan.owner(line)
            if found := line.penanggung_jawab_id or (owner and owner.penanggung_jawab_id):
                return found
        return block.node.penanggung_jawab_id if block.node is not None else None


def _identity(block: _Block, level: int, place: int) -> tuple[object, ...]:
    """What blocks share whose cells of a level are merged; what is empty is merged with nothing but its own."""
    parts: tuple[object, ...] = (
        block.node.id if block.node else None,
        tuple(indikator.id for indikator in block.indicators),
        *(line.id if line else None for line in block.path),
    )
    shared = parts[: level + 1]
    return shared if level < 2 or parts[level] is not None else (*shared, place)


def _marked(aksi: Aksi | None) -> set[int]:
    """The months of an action's schedule, 1 to 12."""
    parts = (aksi.bulan or "").split(",") if aksi else ()
    return {int(part) for part in parts if part.strip().isdecimal()}


def _unit_cells(plan: Plan, posts: list[str | None]) -> Iterator[list[Cell]]:
    """For each row of a block the cell of its unit kerja, merged over rows of the same."""
    for jabatan_id, group in groupby(posts):
        count = sum(1 for _ in group)
        jabatan = plan.find(Jabatan, jabatan_id)
        yield [Cell(_UNIT, jabatan.nama if jabatan else "", rows=count, repeat=True)]
        yield from ([] for _ in range(count - 1))
