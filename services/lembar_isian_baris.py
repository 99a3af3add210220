"""The rows of a sheet to fill in: what a Bidang is asked for, and what stands there now."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from models.plan import Plan
from models.rows import (
    Anggaran,
    CatatanPeriode,
    DeretAnggaran,
    DeretIndikator,
    DeretRasio,
    Dokumen,
    Indikator,
    Jabatan,
    Kinerja,
)
from services.capaian_periode import Money, Periods, target_until
from services.capaian_setelan import read_settings
from services.capaian_skala import place_of
from services.naming import level_name, row_text
from services.periods import Sampai
from services.realisasi import NOTES, PEMBILANG, PENYEBUT, counts, note_of, results, spending
from services.rupiah import format_rupiah
from services.sasaran import in_tree_order
from services.series import places
from services.tahunan import is_of_year

MARK, VERSION = "renaksi-lembar-isian", 1
"""The first cells of the sheet that cannot be seen."""
SHEET, KEYS = "Isian", "Kunci"

TITLES = ("Kode", "Uraian", "Satuan", "Target atau kas", "Cara mengisi")
"""Headings of the columns in front of those to fill in."""
KODE, URAIAN = TITLES[:2]

HASIL, UANG = "hasil", "uang"
"""Kinds of rows, with `pembilang` and `penyebut`."""

FIRST = 7
"""The number of the first row to fill in."""


@dataclass(frozen=True, slots=True)
class FillIn:
    """A row of the sheet. `kind`: hasil, pembilang, penyebut or uang; `row` is the indicator or budget line.

    `nilai`: the text of each month 0 to 11 that may be filled in, as it is now. `catatan`: the texts of NOTES, None
    where this row has none. `kumulatif`: of money, whether running totals are typed. `pilihan`: grades to choose from.
    """

    kode: str
    kind: str
    row: Indikator | Anggaran
    nama: str
    satuan: str
    target: str
    cara: str
    nilai: dict[int, str]
    catatan: dict[str, str] | None = None
    kumulatif: bool = True
    pilihan: tuple[str, ...] = field(default=())


def months_of(sampai: Sampai) -> range:
    """The months, 0 to 11, that a sheet of this period has columns for."""
    return range(sampai.bulan - (3 if sampai.triwulan else 1), sampai.bulan)


def fill_in_rows(
    plan: Plan,
    dokumen_id: str,
    sampai: Sampai,
    jabatan: Iterable[Jabatan] | None = None,
    *,
    below: bool = True,
) -> tuple[FillIn, ...]:
    """What a Bidang is asked for: its indicators, then the lines that money is spent on. `jabatan`: None for all.

    Its rows are those that its positions, or those below them (`below`), answer for; a row that names nobody belongs to
    who answers for the row above it. Money is asked for on lines with none below, and where a line has it of its own.
    """
    positions = None
    if jabatan is not None:
        positions = _with_below(plan, jabatan) if below else {row.id for row in jabatan}
    return tuple(_Rows(plan, plan.get(Dokumen, dokumen_id), sampai, positions).made())


def bidang_of(plan: Plan, dokumen_id: str) -> dict[str, tuple[Jabatan, ...]]:
    """The unit of each position, in the order of the plan: its own, else that of the position above, else its name."""
    found: dict[str, list[Jabatan]] = {}
    for row in plan.where(Jabatan, "dokumen_id", dokumen_id):
        found.setdefault(_bidang(plan, row), []).append(row)
    return {name: tuple(rows) for name, rows in found.items()}


def _bidang(plan: Plan, row: Jabatan) -> str:
    seen: set[str] = set()
    at: Jabatan | None = row
    while at is not None and at.id not in seen:
        if name := " ".join((at.unit or "").split()):
            return name
        seen.add(at.id)
        at = plan.find(Jabatan, at.atasan_id)
    return " ".join(row.nama.split())


class _Rows:
    def __init__(self, plan: Plan, dokumen: Dokumen, sampai: Sampai, positions: set[str] | None) -> None:
        self._plan, self._dokumen, self._sampai = plan, dokumen, sampai
        self._positions = positions
        self._money = Money(plan, dokumen)
        self._settings = read_settings(plan, dokumen.id)
        self._number = 0

    def made(self) -> Iterator[FillIn]:
        nodes = self._plan.where(Kinerja, "dokumen_id", self._dokumen.id)
        lines = in_tree_order(self._plan, self._dokumen)
        owners: list[tuple[Kinerja | Anggaran, str]] = [(node, "kinerja_id") for node in nodes]
        owners += [(line, "anggaran_id") for line in lines]
        for owner, link in owners:
            if self._is_asked(owner):
                for indikator in self._plan.where(Indikator, link, owner.id):
                    if is_of_year(self._plan, indikator, self._dokumen.tahun):
                        yield from self._indicator(indikator)
        for line in lines:
            below = self._plan.where(Anggaran, "induk_id", line.id)
            if self._is_asked(line) and (not below or spending(self._plan, line) is not None):
                yield self._line(line)

    def _is_asked(self, row: Kinerja | Anggaran) -> bool:
        if self._positions is None:
            return True
        seen: set[str] = set()
        at: Kinerja | Anggaran | None = row
        while at is not None and at.id not in seen:
            if at.penanggung_jawab_id is not None:
                return at.penanggung_jawab_id in self._positions
            seen.add(at.id)
            at = self._plan.find(type(at), at.induk_id)
        return False

    def _code(self) -> str:
        self._number += 1
        return f"R{self._number:04}"

    def _indicator(self, row: Indikator) -> Iterator[FillIn]:
        periods = Periods(self._plan, row)
        target = target_until(self._plan, periods, self._sampai, self._dokumen.tahun).text
        series = results(self._plan, row)
        kind = series.periode if series else (periods.target.periode if periods.target else "bulan")
        found = place_of(target or row.target or "", self._settings.urutan)
        grades = tuple(grade for grade, _ in found[0].nilai) if found else ()
        cara = "predikat" if grades else _HOW_OF.get(row.akumulasi or "", "")
        name, unit = row_text(row), row.satuan or ""
        notes = _notes(note_of(self._plan, row, self._sampai.bulan))
        values = self._values(series, kind)
        asked = [
            (jenis, counted, said)
            for jenis, said in ((PEMBILANG, row.pembilang), (PENYEBUT, row.penyebut))
            if (counted := counts(self._plan, row, jenis)) is not None or said
        ]
        how = _OF_COUNTS if asked else cara
        yield FillIn(self._code(), HASIL, row, name, unit, target, how, values, notes, pilihan=grades)
        for jenis, counted, said in asked:
            text = f"{jenis.capitalize()}: {said or name}"
            values = self._values(counted, counted.periode if counted else kind)
            yield FillIn(self._code(), jenis, row, text, "", "", cara, values)

    def _line(self, row: Anggaran) -> FillIn:
        series = spending(self._plan, row)
        cash = self._plan.one(DeretAnggaran, "anggaran_id", row.id, "kas")
        like = series or cash
        runs = like is None or bool(like.kumulatif)
        kind = like.periode if like else "bulan"
        kas = self._money.upto(row, "kas", self._sampai)
        cara = "rupiah, kumulatif sejak Januari" if runs else "rupiah, periode itu saja"
        name = f"{row.kode} {row.nama}" if row.kode else row.nama
        target = "" if kas is None else format_rupiah(kas)
        notes = _notes(note_of(self._plan, row, self._sampai.bulan))
        return FillIn(
            self._code(),
            UANG,
            row,
            f"{level_name(row)} {name}",
            "Rp",
            target,
            cara,
            self._values(series, kind),
            notes,
            runs,
        )

    def _values(self, series: DeretIndikator | DeretRasio | DeretAnggaran | None, kind: str) -> dict[int, str]:
        """The months to fill in, each with what stands there; a series of quarters has only those that close them."""
        wanted = [place for place in months_of(self._sampai) if place in places(kind)]
        values: Sequence[object] = series.nilai if series is not None else (None,) * 12
        return {place: "" if values[place] is None else str(values[place]) for place in wanted}


_OF_COUNTS = "kosongkan; dihitung dari pembilang dan penyebut di bawahnya"
_HOW_OF = {
    "kumulatif": "kumulatif sejak Januari",
    "jumlah": "periode itu saja",
    "posisi": "keadaan pada akhir periode",
    "predikat": "predikat",
}


def _notes(note: CatatanPeriode | None) -> dict[str, str]:
    return {name: (getattr(note, name) or "") if note is not None else "" for name in NOTES}


def _with_below(plan: Plan, jabatan: Iterable[Jabatan]) -> set[str]:
    found = {row.id for row in jabatan}
    queue = list(found)
    while queue:
        for below in plan.where(Jabatan, "atasan_id", queue.pop()):
            if below.id not in found:
                found.add(below.id)
                queue.append(below.id)
    return found
