"""Indikator kerja individu: a sheet for each position, after the chart of that name (Bekasi 2024)."""

import math
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import Final

from models.plan import Plan
from models.rows import Anggaran, Dokumen, Indikator, Jabatan
from services.angka import decide_style
from services.forms.cells import rupiah
from services.forms.heading import DOTS, agency_line, signature
from services.forms.parts import Break, Cell, Form, Page, Part, Row, Signature, Signatures, Table, Text
from services.forms.perjanjian import signed_by
from services.forms.target_cells import plain_header, stated
from services.nip import format_nip
from services.pejabat import Official
from services.pohon.answers import Answer, Parties, answers
from services.pohon.nodes import Node
from services.tahunan import Amounts, target_of
from services.terms import LEVEL_NAMES

NOTHING: Final = "Belum ada sasaran, kegiatan, atau sub kegiatan yang menjadi tanggung jawab jabatan ini."
NO_GOAL: Final = "Belum punya induk sampai tujuan"

_HIGHEST = ("tujuan", "sasaran_strategis")
_WIDTHS = (9.0, 24.0, 60.0, 58.0, 19.0, 19.0, 26.0, 42.0, 53.0)
_TITLES = (
    "No",
    "Tingkat",
    "Sasaran / Program / Kegiatan",
    "Indikator Kinerja",
    "Target",
    "Satuan",
    "Anggaran (Rp)",
    "Mendukung",
    "sampai Tujuan",
)
_LINE = 6.0
_LETTER = 1.6
"""Width of a letter with its share of the ends of lines, mm."""
_NAMED = 3
_SIZE = 8.0


def build(plan: Plan, dokumen: Dokumen, name: str) -> Form:
    """A sheet for every position that answers for something; the others are told in the remark."""
    found = answers(plan, dokumen)
    printer = _Printer(plan, dokumen)
    parts: list[Part] = []
    for jabatan in plan.where(Jabatan, "dokumen_id", dokumen.id):
        if jabatan.id in found:
            parts += [Break()] if parts else []
            parts += printer.sheet(jabatan, found[jabatan.id])
    remark = _left_out(plan, dokumen, found) if found else ""
    return Form(name, "Indikator Kerja Individu", tuple(parts), Page(), filled=bool(found), remark=remark)


def _left_out(plan: Plan, dokumen: Dokumen, found: Collection[str]) -> str:
    """Which positions have no sheet."""
    names = [each.nama for each in plan.where(Jabatan, "dokumen_id", dokumen.id) if each.id not in found]
    if not names:
        return ""
    more = f", dan {len(names) - _NAMED} lainnya" if len(names) > _NAMED else ""
    told = ", ".join(names[:_NAMED])
    return f"{len(names)} jabatan tanpa lembar karena belum mempunyai tanggung jawab: {told}{more}."


def of_position(plan: Plan, dokumen: Dokumen, name: str, jabatan: Jabatan) -> Form:
    """The sheet of one position."""
    mine = answers(plan, dokumen).get(jabatan.id, [])
    parts = tuple(_Printer(plan, dokumen).sheet(jabatan, mine))
    return Form(name, f"Indikator Kerja Individu {jabatan.nama}", parts, Page(), filled=bool(mine))


class _Printer:
    """What all sheets of one document share."""

    def __init__(self, plan: Plan, dokumen: Dokumen) -> None:
        self._plan, self._dokumen = plan, dokumen
        self._amounts = Amounts(plan, dokumen)
        self._parties = Parties(plan, dokumen)

    def sheet(self, jabatan: Jabatan, mine: Sequence[Answer]) -> Iterator[Part]:
        """Title, who it is, what this position answers for, signatures."""
        who, above = self._parties.of(jabatan)
        yield Text("INDIKATOR KERJA INDIVIDU", 12, bold=True, align="center")
        yield Text(jabatan.nama.upper(), 11, bold=True, align="center", level=1)
        yield Text(agency_line(self._plan, self._dokumen), 11, bold=True, align="center")
        yield Text(f"TAHUN {self._dokumen.tahun}", 11, bold=True, align="center", after=3)
        yield self._person(jabatan, who, above)
        yield Text("", 5, after=2.5)
        yield Table(_WIDTHS, plain_header(_TITLES), tuple(self._blocks(mine)), size=_SIZE)
        yield self._signatures(who, above)

    def _person(self, jabatan: Jabatan, who: Official, above: Official) -> Table:
        told = (
            ("Nama", who.nama or DOTS),
            ("NIP", format_nip(who.nip) or DOTS),
            ("Jabatan", who.signed),
            ("Unit kerja", jabatan.unit or ""),
            ("Atasan langsung", above.signed),
        )
        rows = tuple(Row((Cell(0, label), Cell(1, ":"), Cell(2, text)), 4.5) for label, text in told if text)
        return Table((34, 4, 272), (), (rows,), size=9, padding=0.2, ruled=False)

    def _blocks(self, mine: Sequence[Answer]) -> Iterator[tuple[Row, ...]]:
        """What several answers support, and lead up to, stands beside them once.

        A block for each, and one for those that such a text needs beside it, so that no page ends in the text.
        """
        if not mine:
            yield (Row((Cell(0, NOTHING, len(_WIDTHS), italic=True),), _LINE),)
        blocks = [list(self._rows(number, answer)) for number, answer in enumerate(mine, 1)]
        held = set[int]()
        for col, key, told in ((7, _nearest, _supported), (8, _further, _sight)):
            at = 0
            for _, group in groupby(mine, key=key):
                same = list(group)
                text = told(same[0])
                count = sum(len(block) for block in blocks[at : at + len(same)])
                first = blocks[at][0]
                cell = Cell(col, text, rows=count, repeat=count > 1 and text != "-")
                blocks[at][0] = Row((*first.cells, cell), first.height)
                held |= set(range(at + 1, at + _needed(text, _WIDTHS[col], same)))
                at += len(same)
        whole: list[list[Row]] = []
        for number, block in enumerate(blocks):
            if number in held:
                whole[-1] += block
            else:
                whole.append(block)
        yield from map(tuple, whole)

    def _rows(self, number: int, answer: Answer) -> Iterator[Row]:
        node = answer.node
        measures = node.measures
        count = max(1, len(measures))
        again = count > 1
        text = node.text if answer.whole else f"(pada {node.title}: {node.text})"
        text = "\n".join([text, *(f"{LEVEL_NAMES[line.level]}: {line.name}" for line in node.lines)])
        for at in range(count):
            told = self._measured(measures[at].row_id if measures else "")
            if at:
                yield Row(told, _LINE)
                continue
            front = (
                Cell(0, str(number), align="center", rows=count, repeat=again),
                Cell(1, node.title, rows=count, repeat=again),
                Cell(2, text, rows=count, repeat=again, key=_text_key(answer)),
            )
            yield Row((*front, *told, self._money(node, count)), _LINE)

    def _measured(self, row_id: str) -> tuple[Cell, Cell, Cell]:
        indikator = self._plan.find(Indikator, row_id)
        if indikator is None:
            return Cell(3), Cell(4), Cell(5)
        target = target_of(self._plan, indikator, self._dokumen.tahun)
        return (
            Cell(3, indikator.uraian, key=f"indikator/{indikator.id}/uraian"),
            stated(4, target, decide_style([target.text])),
            Cell(5, indikator.satuan or "", align="center", key=f"indikator/{indikator.id}/satuan"),
        )

    def _money(self, node: Node, rows: int) -> Cell:
        if node.table == "anggaran":
            line = self._plan.get(Anggaran, node.row_id)
            return rupiah(6, node.pagu, rows=rows, key=self._amounts.pagu_key(line, str(self._dokumen.tahun)))
        known = [line.pagu for line in node.lines if line.pagu is not None]
        return rupiah(6, sum(known) if known else None, rows=rows)

    def _signatures(self, who: Official, above: Official) -> Signatures:
        block = signature(self._plan, self._dokumen)
        left = Signature("", (), width=block.width, size=block.size, gap=block.gap, align="center")
        right = Signature(block.tempat_tanggal, (), width=block.width, size=block.size, gap=block.gap, align="center")
        return Signatures((signed_by(left, "Atasan langsung,", above), signed_by(right, "Pegawai,", who)))


def _needed(text: str, width: float, same: Sequence[Answer]) -> int:
    """Beside how many of the answers a text stands."""
    lines = sum(_lines(line, width) for line in text.split("\n"))
    for count, answer in enumerate(same, 1):
        indicators = sum(_lines(measure.text, _WIDTHS[3]) for measure in answer.node.measures)
        lines -= max(1, _lines(answer.node.text, _WIDTHS[2]), indicators)
        if lines <= 0:
            return count
    return len(same)


def _lines(text: str, width: float) -> int:
    """About how many lines a text takes in so many mm."""
    return math.ceil(len(text) * _LETTER / width)


def _nearest(answer: Answer) -> tuple[str, ...]:
    """The box above, or whether there need be none."""
    return tuple(node.row_id for node in answer.path[:1]) or (str(answer.node.level in _HIGHEST),)


def _further(answer: Answer) -> tuple[str, ...]:
    """The boxes above that one."""
    return tuple(node.row_id for node in answer.path[1:])


def _supported(answer: Answer) -> str:
    if not answer.path:
        return "-" if answer.node.level in _HIGHEST else NO_GOAL
    return f"{answer.path[0].title}: {answer.path[0].text}"


def _sight(answer: Answer) -> str:
    """The rest of the line of sight, from the nearest box up to the tujuan."""
    return "\n".join(f"\u2191 {node.title}: {node.text}" for node in answer.path[1:]) or "-"


def _text_key(answer: Answer) -> str:
    """Of a cell that shows the text of a node and nothing else."""
    node = answer.node
    return f"kinerja/{node.row_id}/uraian" if answer.whole and not node.lines and node.table == "kinerja" else ""
