"""A whole agency: two trees of any size whose sums are right, with the texts of a sample."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import cycle
from typing import Any

from models.plan import Plan
from models.rows import (
    Anggaran,
    DeretAnggaran,
    DeretIndikator,
    Dokumen,
    Dukungan,
    Indikator,
    Jabatan,
    Kinerja,
    Opd,
    Row,
    new_id,
)
from services.order import GAP

KEGIATAN_OF = 5
"""Sub kegiatan in a kegiatan."""
PROGRAM_OF = 10
"""Sub kegiatan in a program."""
STRATEGIC_OF = 30
"""Sub kegiatan under a sasaran strategis."""

Money12 = tuple[int, ...]


def agency_rows(sample: Plan, sub_kegiatan: int) -> list[Row]:
    """All rows of a plan with so many sub kegiatan; every line has its cash, every node an indicator."""
    return list(_Agency(sample).rows(sub_kegiatan))


class _Agency:
    """Takes names, indicators and amounts from the sample in turn, level by level."""

    def __init__(self, sample: Plan) -> None:
        self._sample = sample
        self._dokumen = sample.all(Dokumen)[0]
        self._number = 0
        self._lines = {
            jenis: cycle([a for a in sample.all(Anggaran) if a.jenis == jenis])
            for jenis in ("program", "kegiatan", "sub_kegiatan")
        }
        self._nodes = {
            tingkat: cycle([k for k in sample.all(Kinerja) if k.tingkat == tingkat])
            for tingkat in ("sasaran_strategis", "sasaran_kegiatan", "sasaran_sub_kegiatan", "sasaran_individu")
        }

    def rows(self, sub_kegiatan: int) -> Iterator[Row]:
        yield from (*self._sample.all(Opd), self._dokumen, *self._sample.all(Jabatan))
        for start in range(0, sub_kegiatan, STRATEGIC_OF):
            sizes = _parts(min(STRATEGIC_OF, sub_kegiatan - start), PROGRAM_OF)
            node, rows = self._node("sasaran_strategis", None)
            yield from rows
            for size in sizes:
                yield from self._program(node, size)

    def _program(self, strategic: Kinerja, size: int) -> Iterator[Row]:
        program = self._line("program", None)
        amounts: list[Money12] = []
        rows: list[Row] = []
        for part in _parts(size, KEGIATAN_OF):
            total, below = self._kegiatan(strategic, program, part)
            amounts.append(total)
            rows += below
        yield from self._with_cash(program, _sum(amounts))
        yield self._link(strategic, program)
        yield from rows

    def _kegiatan(self, above: Kinerja, program: Anggaran, size: int) -> tuple[Money12, list[Row]]:
        """(cash of the months, rows) of a kegiatan with its sub kegiatan."""
        kegiatan = self._line("kegiatan", program.id)
        node, rows = self._node("sasaran_kegiatan", above.id)
        amounts = []
        for _ in range(size):
            sub = self._line("sub_kegiatan", kegiatan.id)
            cash = self._cash()
            under, more = self._node("sasaran_sub_kegiatan", node.id)
            _, individual = self._node("sasaran_individu", under.id)
            amounts.append(cash)
            rows += [*self._with_cash(sub, cash), *more, self._link(under, sub), *individual]
        total = _sum(amounts)
        return total, [*self._with_cash(kegiatan, total), self._link(node, kegiatan), *rows]

    def _next(self) -> int:
        self._number += 1
        return self._number * GAP

    def _line(self, jenis: str, above: str | None) -> Anggaran:
        old = next(self._lines[jenis])
        return replace(old, id=new_id(), induk_id=above, urutan=self._next())

    def _node(self, tingkat: str, above: str | None) -> tuple[Kinerja, list[Row]]:
        """(node, the node with its indicators and their targets)."""
        old = next(self._nodes[tingkat])
        node = replace(old, id=new_id(), induk_id=above, urutan=self._next())
        rows: list[Row] = [node]
        for indikator in self._sample.where(Indikator, "kinerja_id", old.id):
            fresh = replace(indikator, id=new_id(), kinerja_id=node.id, urutan=self._next())
            rows.append(fresh)
            for series in self._sample.where(DeretIndikator, "indikator_id", indikator.id):
                rows.append(replace(series, id=new_id(), indikator_id=fresh.id))
        return node, rows

    def _link(self, node: Kinerja, line: Anggaran) -> Dukungan:
        return Dukungan(
            id=new_id(), dokumen_id=self._dokumen.id, urutan=self._next(), kinerja_id=node.id, anggaran_id=line.id
        )

    def _cash(self) -> Money12:
        """Running totals of twelve months, other ones for every line."""
        month = 1_000_000 + self._number * 7_919 % 40_000_000
        return tuple(month * m for m in range(1, 13))

    def _with_cash(self, line: Anggaran, cash: Money12) -> tuple[Row, ...]:
        values: dict[str, Any] = {"dokumen_id": self._dokumen.id, "jenis": "kas", "periode": "bulan", "kumulatif": 1}
        series = DeretAnggaran(id=new_id(), anggaran_id=line.id, nilai=cash, **values)
        return replace(line, pagu=cash[-1]), series


def _parts(whole: int, size: int) -> list[int]:
    """`whole` in parts of `size`, the last one smaller."""
    return [min(size, whole - start) for start in range(0, whole, size)]


def _sum(parts: Sequence[Money12]) -> Money12:
    return tuple(sum(months) for months in zip(*parts, strict=True))
