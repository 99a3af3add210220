"""Entering the years of the Renstra: targets and pagu, or what was reached and spent, of each row as one table.

Nothing here writes: what is typed comes back as changes for one `Document.edit`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import Anggaran, DeretAnggaran, Dokumen, Indikator, Kinerja, TahunAnggaran, TahunIndikator, new_id
from services.capaian_periode import Periods, realisasi_of, year_result
from services.cell_edit import Named, clean, reckoned, step_name
from services.naming import row_text
from services.periods import has_values
from services.realisasi import set_result
from services.realisasi_tutup import assert_open
from services.rupiah import format_rupiah, parse_rupiah
from services.sasaran import in_tree_order
from services.tahunan import MOST_YEARS, Amounts, renstra_years, typed_result

Face = Literal["rencana", "realisasi"]
RENCANA: Face = "rencana"
REALISASI: Face = "realisasi"
Place = tuple[int, int]
"""(line, year), both from 0."""
YEARS = range(1990, 2101)

BY_PERIOD = "Realisasi tahun ini diisi per bulan atau triwulan di sisi Realisasi."
OF_SASARAN = "Sasaran tidak berisi angka; isi indikatornya."


@dataclass(frozen=True, slots=True)
class YearLine:
    """A row of the table: a sasaran, which only heads its indicators, an indicator or a budget line. `dalam`: depth."""

    row: Kinerja | Indikator | Anggaran
    nama: str
    satuan: str
    dalam: int


class YearTable:
    """The rows with the years of a document as they are stored now; made anew after an edit.

    Lines: tujuan and sasaran with their indicators in document order, but for the individual's, then the budget lines
    in their tree, each with its own indicators below it.
    """

    def __init__(self, plan: Plan, dokumen_id: str, face: Face) -> None:
        self._plan = plan
        self.dokumen = plan.get(Dokumen, dokumen_id)
        self.face: Face = face
        self.lines = tuple(_lines(plan, self.dokumen))
        self._stored: dict[tuple[str, str, str], TahunIndikator | TahunAnggaran] = {}
        for of_indicator in plan.where(TahunIndikator, "dokumen_id", dokumen_id):
            self._stored[of_indicator.indikator_id, of_indicator.jenis, of_indicator.tahun] = of_indicator
        for of_line in plan.where(TahunAnggaran, "dokumen_id", dokumen_id):
            self._stored[of_line.anggaran_id, of_line.jenis, of_line.tahun] = of_line
        self._amounts = Amounts(plan, self.dokumen)
        self._last: dict[str, int] = {}
        for (owner, _, _), each in self._stored.items():
            self._last[owner] = max(self._last.get(owner, 0), each.urutan)
        stated = {tahun for _, jenis, tahun in self._stored if jenis != "capaian_tercetak"}
        years = {*renstra_years(self.dokumen, stated), *stated, str(self.dokumen.tahun)}
        self.years: tuple[str, ...] = tuple(sorted(years))

    def text(self, place: Place) -> str:
        """What is stored for the year, rupiah with dots; "" for nothing."""
        row, tahun = self._at(place)
        if isinstance(row, Indikator) and self._is_result_of_now(tahun):
            return typed_result(self._plan, row, self.dokumen.tahun).text
        stored = self._row(row, tahun)
        if stored is None or stored.nilai is None:
            return ""
        return stored.nilai if isinstance(stored.nilai, str) else format_rupiah(stored.nilai)

    def instead(self, place: Place) -> str:
        """What the forms take instead where the year has nothing of its own; "" for nothing.

        Of the plan what the document states, of the results what their periods come to.
        """
        row, tahun = self._at(place)
        if tahun != str(self.dokumen.tahun) or self.text(place):
            return ""
        if self.face == REALISASI:
            return self._of_periods(row)
        if isinstance(row, Anggaran):
            return "" if row.pagu is None else format_rupiah(row.pagu)
        return (row.target or "") if isinstance(row, Indikator) else ""

    def _of_periods(self, row: Kinerja | Indikator | Anggaran) -> str:
        if isinstance(row, Indikator):
            return realisasi_of(self._plan, row, self.dokumen.tahun).text
        if isinstance(row, Anggaran):
            spent = self._amounts.realisasi(row, str(self.dokumen.tahun))
            return "" if spent is None else format_rupiah(spent)
        return ""

    def why_not(self, place: Place) -> str:
        """Why a cell takes no typing; "" where it does."""
        row, tahun = self._at(place)
        if isinstance(row, Kinerja):
            return OF_SASARAN
        if isinstance(row, Anggaran) and self._is_result_of_now(tahun):
            series = self._plan.one(DeretAnggaran, "anggaran_id", row.id, "realisasi")
            return BY_PERIOD if series is not None and has_values(series) else ""
        return ""

    def typed(self, texts: Mapping[Place, str]) -> Named:
        """(name of the action, changes) of texts typed or pasted into cells; "" empties. Cells that take none are left.

        Raises:
            PlanError: no amount where one is wanted, a text that is too long, or a closed period.
        """
        changes: list[Change] = []
        names: dict[str, str] = {}
        years: dict[str, None] = {}
        for place, text in texts.items():
            if self.why_not(place):
                continue
            row, tahun = self._at(place)
            made = self._change(row, tahun, clean(text))
            if made:
                names.setdefault(row.id, row_text(row))
                years.setdefault(tahun)
            changes += made
        what = _what(self.face, [self._at(place)[0] for place in texts])
        when = f" {next(iter(years))}" if len(years) == 1 else " per tahun"
        return step_name(f"ubah {what}{when}", names.values()), assert_open(self._plan, changes)

    def _change(self, row: Kinerja | Indikator | Anggaran, tahun: str, text: str) -> tuple[Change, ...]:
        if isinstance(row, Indikator) and self._is_result_of_now(tahun):
            typed = reckoned(text, money=False)
            if typed == typed_result(self._plan, row, self.dokumen.tahun).text:
                return ()
            year = year_result(self._plan, Periods(self._plan, row), self.dokumen.tahun)
            same = year.gathered and not replace(year, typed=typed).differs
            return set_result(self._plan, row, None, None if same else typed)
        there = self._row(row, tahun)
        value: str | int | None
        if isinstance(row, Anggaran):
            value = parse_rupiah(reckoned(text, money=True))
        else:
            value = reckoned(text, money=False) or None
        if value is None:
            return (Change(there, None),) if there is not None else ()
        if there is not None:
            return () if there.nilai == value else (Change(there, _with(there, value)),)
        return (Change(None, self._new(row, tahun, value)),)

    def _new(self, row: Kinerja | Indikator | Anggaran, tahun: str, value: str | int) -> TahunIndikator | TahunAnggaran:
        order = self._last[row.id] = self._last.get(row.id, 0) + 1
        if isinstance(value, int):
            return TahunAnggaran(
                id=new_id(),
                dokumen_id=self.dokumen.id,
                anggaran_id=row.id,
                urutan=order,
                jenis=self._jenis(row),
                tahun=tahun,
                nilai=value,
            )
        return TahunIndikator(
            id=new_id(),
            dokumen_id=self.dokumen.id,
            indikator_id=row.id,
            urutan=order,
            jenis=self._jenis(row),
            tahun=tahun,
            nilai=value,
        )

    def _at(self, place: Place) -> tuple[Kinerja | Indikator | Anggaran, str]:
        return self.lines[place[0]].row, self.years[place[1]]

    def _is_result_of_now(self, tahun: str) -> bool:
        return self.face == REALISASI and tahun == str(self.dokumen.tahun)

    def _jenis(self, row: Kinerja | Indikator | Anggaran) -> str:
        if self.face == REALISASI:
            return "realisasi"
        return "pagu" if isinstance(row, Anggaran) else "target"

    def _row(self, row: Kinerja | Indikator | Anggaran, tahun: str) -> TahunIndikator | TahunAnggaran | None:
        return self._stored.get((row.id, self._jenis(row), tahun))


def set_renstra(dokumen: Dokumen, first: str, last: str) -> tuple[Change, ...]:
    """The years of the Renstra as typed; both empty for none.

    Raises:
        PlanError: only one of them, no year, the last before the first, or more than MOST_YEARS.
    """
    texts = first.strip(), last.strip()
    if not any(texts):
        years: tuple[int | None, int | None] = (None, None)
    elif not all(text.isdecimal() and int(text) in YEARS for text in texts):
        raise PlanError(f"Isi tahun awal dan tahun akhir Renstra, antara {YEARS[0]} dan {YEARS[-1]}.")
    else:
        years = int(texts[0]), int(texts[1])
        if not 0 <= int(texts[1]) - int(texts[0]) < MOST_YEARS:
            raise PlanError(
                f"Tahun akhir Renstra tidak boleh sebelum tahun awal, dan paling banyak {MOST_YEARS} tahun."
            )
    changed = replace(dokumen, awal_renstra=years[0], akhir_renstra=years[1])
    return () if changed == dokumen else (Change(dokumen, changed),)


def filled_years(plan: Plan, row: Kinerja | Indikator | Anggaran) -> int:
    """How many values a row has among the years, for the words of a link; 0 of a sasaran."""
    if isinstance(row, Indikator):
        own = plan.where(TahunIndikator, "indikator_id", row.id)
        return sum(bool(each.nilai) for each in own if each.jenis != "capaian_tercetak")
    if isinstance(row, Anggaran):
        return sum(each.nilai is not None for each in plan.where(TahunAnggaran, "anggaran_id", row.id))
    return 0


def _lines(plan: Plan, dokumen: Dokumen) -> Iterator[YearLine]:
    for node in plan.where(Kinerja, "dokumen_id", dokumen.id):
        own = plan.where(Indikator, "kinerja_id", node.id)
        if own and node.tingkat != "sasaran_individu":
            yield YearLine(node, row_text(node), "", 0)
            yield from _indicators(own, 1)
    depth: dict[str | None, int] = {}
    for line in in_tree_order(plan, dokumen):
        at = depth[line.id] = depth.get(line.induk_id, -1) + 1
        yield YearLine(line, row_text(line), "Rp", at)
        yield from _indicators(plan.where(Indikator, "anggaran_id", line.id), at + 1)


def _indicators(rows: Sequence[Indikator], dalam: int) -> Iterator[YearLine]:
    for row in rows:
        yield YearLine(row, row_text(row), row.satuan or "", dalam)


def _what(face: Face, rows: Sequence[Kinerja | Indikator | Anggaran]) -> str:
    if face == REALISASI:
        return "realisasi"
    kinds = {type(row) for row in rows} - {Kinerja}
    return "target dan pagu" if len(kinds) > 1 else "pagu" if kinds == {Anggaran} else "target"


def _with(row: TahunIndikator | TahunAnggaran, value: str | int) -> TahunIndikator | TahunAnggaran:
    if isinstance(row, TahunIndikator):
        return replace(row, nilai=str(value))
    return replace(row, nilai=int(value))
