"""Section kinerja of the page semula and menjadi: sasaran with their indicators, and those of the budget lines."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from models.plan import Plan
from models.rows import BULAN, Anggaran, DeretIndikator, Dokumen, Indikator, Kinerja
from services.angka import decide_style
from services.forms.cells import band, header, key, month_key, target
from services.forms.parts import Cell, Row, Table, Text
from services.forms.semula_sel import (
    KETERANGAN,
    LINE,
    PADDING,
    SIZE,
    WIDTHS,
    both,
    header_rows,
    is_other,
    marked,
    remark,
)
from services.matching import Pairs, is_moved
from services.periods import target_quarters
from services.series import QUARTER_ENDS
from services.tahap import Matching
from services.tahunan import target_of
from services.terms import JENIS, LEVEL_NAMES, TINGKAT

_SASARAN, _INDIKATOR, _SATUAN, _TARGET = 1, 3, 5, 6

Pair = tuple[Indikator | None, Indikator | None]
Lines = Iterable[tuple[tuple[Anggaran | None, Anggaran | None], str]]
"""(before, after) of budget lines, and their numbers."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A sasaran or budget line with its indicators. `group`: the heading that it stands under."""

    group: str
    order: int
    nomor: str
    name: Cell
    remarks: Sequence[str]
    pairs: Sequence[Pair]
    whole: bool
    """New or removed with all its indicators, so that none of them says so again."""


def kinerja_table(
    plan: Plan,
    before: Dokumen,
    after: Dokumen,
    matching: Matching,
    lines: Lines,
) -> Table:
    """The table, without rows where neither stage has a sasaran or indicator.

    `lines`: the budget lines of both stages, in the order of the section of the budget.
    """
    blocks = [*_nodes(plan, before, after, matching), *_lines(plan, matching, lines)]
    body = []
    for _, group in groupby(sorted(blocks, key=lambda block: block.order), key=lambda block: block.order):
        for i, block in enumerate(group):
            rows = list(_rows(plan, matching, block))
            body.append((band(block.group, len(WIDTHS), LINE), *rows) if i == 0 else tuple(rows))
    return Table(WIDTHS, _header(), tuple(body), title=(Text("KINERJA", 8.5),), size=SIZE, padding=PADDING)


def _header() -> tuple[Row, ...]:
    left = (
        header(0, "No", rows=3),
        header(_SASARAN, "Sasaran / Program / Kegiatan / Sub Kegiatan", cols=2, rows=3),
        header(_INDIKATOR, "Indikator Kinerja", cols=2, rows=3),
        header(_SATUAN, "Satuan", rows=3),
        header(_TARGET, "Target", cols=2, rows=2),
    )
    below = [header(_TARGET, "Semula"), header(_TARGET + 1, "Menjadi")]
    return header_rows(left, below, "Target per triwulan")


def _nodes(plan: Plan, before: Dokumen, after: Dokumen, matching: Matching) -> Iterator[_Block]:
    listed = (plan.where(Kinerja, "dokumen_id", dokumen.id) for dokumen in (before, after))
    for was, now in matching.kinerja.merged(*listed):
        node = now or was
        assert node is not None
        old, new = (plan.where(Indikator, "kinerja_id", row.id) if row else () for row in (was, now))
        uraian, old_uraian = ((row.uraian or "") if row else None for row in (now, was))
        yield _Block(
            LEVEL_NAMES[node.tingkat].upper(),
            TINGKAT.index(node.tingkat),
            node.nomor or "",
            both(_SASARAN, old_uraian, uraian, cols=2, key=key(now, "uraian") if now else ""),
            _node_remarks(matching.kinerja, was, now),
            matching.indikator.merged(old, new),
            whole=was is None or now is None,
        )


def _lines(plan: Plan, matching: Matching, lines: Lines) -> Iterator[_Block]:
    """The budget lines that have indicators; what became of a line itself is said in the section of the budget."""
    for (was, now), number in lines:
        line = now or was
        assert line is not None
        old, new = (plan.where(Indikator, "anggaran_id", row.id) if row else () for row in (was, now))
        pairs = matching.indikator.merged(old, new)
        if pairs:
            group, order = f"INDIKATOR {LEVEL_NAMES[line.jenis].upper()}", len(TINGKAT) + JENIS.index(line.jenis)
            yield _Block(group, order, number, Cell(_SASARAN, line.nama, 2), (), pairs, whole=False)


def _node_remarks(pairs: Pairs[Kinerja], before: Kinerja | None, after: Kinerja | None) -> list[str]:
    if before is None or after is None:
        return ["sasaran baru" if before is None else "sasaran dihapus"]
    found = {
        "sasaran berubah": is_other(before.uraian or "", after.uraian or ""),
        "sasaran pindah": is_moved(pairs, before.induk_id, after.induk_id),
    }
    return [text for text, there in found.items() if there]


def _rows(plan: Plan, matching: Matching, block: _Block) -> Iterator[Row]:
    span = max(len(block.pairs), 1)
    left = [
        Cell(0, block.nomor, rows=span, align="center", repeat=span > 1),
        replace(block.name, rows=span, repeat=span > 1),
    ]
    if not block.pairs:
        yield Row((*left, Cell(_INDIKATOR, cols=KETERANGAN - _INDIKATOR), remark(block.remarks)), LINE)
    for i, pair in enumerate(block.pairs):
        remarks = [*(block.remarks if i == 0 else ()), *_indicator_remarks(matching, pair, block.whole)]
        cells = (*(left if i == 0 else ()), *_indicator_cells(plan, pair), remark(remarks))
        yield Row(cells, LINE)


def _indicator_remarks(matching: Matching, pair: Pair, whole: bool) -> list[str]:
    before, after = pair
    if before is None or after is None:
        return [] if whole else ["indikator baru" if before is None else "indikator dihapus"]
    found = {
        "indikator berubah": is_other(before.uraian, after.uraian),
        "satuan berubah": is_other(before.satuan or "", after.satuan or ""),
        "indikator pindah": is_moved(matching.kinerja, before.kinerja_id, after.kinerja_id)
        or is_moved(matching.anggaran, before.anggaran_id, after.anggaran_id),
    }
    return [text for text, there in found.items() if there]


def _indicator_cells(plan: Plan, pair: Pair) -> Iterator[Cell]:
    before, after = pair
    uraian, old_uraian = (row.uraian if row else None for row in (after, before))
    yield both(_INDIKATOR, old_uraian, uraian, cols=2, key=key(after, "uraian") if after else "")
    satuan, old_satuan = ((row.satuan or "") if row else None for row in (after, before))
    unit = both(_SATUAN, old_satuan, satuan, key=key(after, "satuan") if after else "")
    yield replace(unit, align="center")
    sides = [_targets(plan, indikator) for indikator in pair]
    for place in range(5):
        col = _TARGET + 2 * place
        was, now = (cells[place] for cells in sides)
        yield replace(was, col=col, key="")
        yield marked(replace(now, col=col + 1), is_other(was.text, now.text))


def _targets(plan: Plan, indikator: Indikator | None) -> list[Cell]:
    """The target of the year and of each quarter; a key only where the plan stores that very text."""
    if indikator is None:
        return [Cell(0)] * 5
    series = plan.one(DeretIndikator, "indikator_id", indikator.id, "target")
    nilai = series.nilai if series else (None,) * BULAN
    year = target_of(plan, indikator, plan.get(Dokumen, indikator.dokumen_id).tahun).text or None
    places = [key(indikator, "target"), *(month_key(indikator, "target", end) for end in QUARTER_ENDS)]
    stored = (indikator.target, *(nilai[end] for end in QUARTER_ENDS))
    texts = (year, *target_quarters(plan, indikator))
    style = decide_style([year, *nilai])
    return [
        target(0, text, style, align="center", key=place if text == own else "")
        for text, own, place in zip(texts, stored, places, strict=True)
    ]
