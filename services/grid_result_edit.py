"""What is typed into the face Realisasi of the grid, as changes; closed periods refuse it.

The last but one column holds the result of the year: of an indicator it may be typed, and wins over the periods
(`services.capaian_periode.year_result` says why). A typed result that is what the periods come to is not stored, so
that it goes on following them.
"""

from dataclasses import replace
from typing import Any

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import BULAN, Anggaran, DeretAnggaran, DeretIndikator, DeretRasio, Dokumen, Indikator, new_id
from services.capaian_periode import Periods, year_result
from services.cell_edit import clean, reckoned
from services.month_grid import FIRST_MONTH, JUMLAH, Line, month_of
from services.naming import row_text
from services.realisasi import counts, results, set_counts, set_result, set_results, set_spending, spending
from services.realisasi_tutup import closed_months
from services.rupiah import parse_rupiah
from services.series import places, with_target_months
from services.tanggal import MONTHS

ELSEWHERE = "Nama, satuan, target dan pagu diubah di sisi Rencana (Ctrl+J)."
BY_QUARTER = "Realisasi baris ini per triwulan; isi bulan penutup triwulan."
OF_BELOW = "Realisasi baris ini jumlah dari baris-baris di bawahnya; ubah baris-baris itu."
BY_COUNTS = "Dihitung dari pembilang dan penyebut di bawahnya; ubah keduanya."
REOPEN = "Buka lagi periodenya lewat menu Susun, Realisasi dan capaian."

_KINDS: tuple[type[DeretIndikator] | type[DeretRasio], ...] = (DeretIndikator, DeretRasio)


def result_series(plan: Plan, line: Line) -> DeretIndikator | DeretAnggaran | DeretRasio | None:
    """What was reported of a line; None where nothing was, and for a sum."""
    if line.kind == "kas":
        return spending(plan, plan.get(Anggaran, line.row_id))
    if line.kind == "jumlah":
        return None
    indikator = plan.get(Indikator, line.row_id)
    return results(plan, indikator) if line.kind == "target" else counts(plan, indikator, line.kind)


def periode_of(plan: Plan, line: Line) -> str:
    """Months or quarters: of what was reported, else of the plan."""
    series = result_series(plan, line)
    if series is not None:
        return series.periode
    if line.kind == "kas":
        cash = plan.one(DeretAnggaran, "anggaran_id", line.row_id, "kas")
        return cash.periode if cash else "bulan"
    return next((row.periode for cls in _KINDS for row in plan.where(cls, "indikator_id", line.row_id)), "bulan")


def why_not(plan: Plan, line: Line, column: int) -> str:
    """Why a cell of this face takes no typing; "" where it does."""
    month = month_of(column)
    if line.kind == "jumlah":
        return "Baris ini jumlah dari baris di bawahnya; ubah baris-baris itu."
    if column == JUMLAH and line.kind == "target":
        closed = BULAN in closed_months(plan, _row(plan, line).dokumen_id)
        return f"Desember sudah ditutup, dan realisasi setahun dengannya. {REOPEN}" if closed else ""
    if month is None:
        return ELSEWHERE if column < FIRST_MONTH else "Kolom ini dihitung dari bulan-bulannya; ubah bulannya."
    if month + 1 in closed_months(plan, _row(plan, line).dokumen_id):
        return f"{MONTHS[month]} sudah ditutup. {REOPEN}"
    if line.kind == "kas" and is_from_below(plan, plan.get(Anggaran, line.row_id)):
        return OF_BELOW
    if line.kind == "target" and any(row.nilai[month] for row in plan.where(DeretRasio, "indikator_id", line.row_id)):
        return BY_COUNTS
    return BY_QUARTER if month not in places(periode_of(plan, line)) else ""


def is_from_below(plan: Plan, line: Anggaran) -> bool:
    """Whether a line says nothing itself of what was spent, but those below it do: then it is their sum."""
    if spending(plan, line) is not None:
        return False
    below = plan.where(Anggaran, "induk_id", line.id)
    return any(spending(plan, child) is not None or is_from_below(plan, child) for child in below)


class ResultEdit:
    """What is typed into cells of one line: an indicator, what is counted for it, or a budget line."""

    def __init__(self, plan: Plan, line: Line, *, kumulatif: bool) -> None:
        self._plan, self._line, self._kumulatif = plan, line, kumulatif
        self._row = _row(plan, line)
        self._typed: dict[int, Any] = {}
        self._year: str | None = None

    @property
    def name(self) -> str:
        """What the row is called."""
        return row_text(self._row)

    def type(self, column: int, text: str) -> str:
        """Type a text into a cell; returns the name of the action.

        Raises:
            PlanError: no amount of rupiah where one is wanted, a text that is too long, or no month.
        """
        month = month_of(column)
        cash = isinstance(self._row, Anggaran)
        if month is None and (column != JUMLAH or self._line.kind != "target"):
            raise PlanError(ELSEWHERE)
        text = reckoned(clean(text), money=cash)
        if month is None:
            self._year = text
            return "ubah realisasi setahun"
        self._typed[month] = parse_rupiah(text) if cash else text or None
        what = self._line.kind if self._line.kind in ("pembilang", "penyebut") else "realisasi"
        return f"ubah {what} {MONTHS[month]}"

    def changes(self) -> tuple[Change, ...]:
        """What has been typed, as changes.

        Raises:
            PlanError: a closed period would change, a month would become negative, or has no place in quarters.
        """
        plan, row = self._plan, self._row
        if isinstance(row, Anggaran):
            if spending(plan, row) is None and not any(value is not None for value in self._typed.values()):
                return ()
            return set_spending(plan, row, self._typed, kumulatif=self._kumulatif)
        series, periode = result_series(plan, self._line), periode_of(plan, self._line)
        before = tuple(series.nilai) if isinstance(series, DeretIndikator | DeretRasio) else (None,) * 12
        if any(text is not None and place not in places(periode) for place, text in self._typed.items()):
            raise PlanError(BY_QUARTER)
        ratio = self._line.kind != "target"
        # A count through the year is turned from one view into the other as the results are.
        like = DeretIndikator(
            id=new_id(),
            dokumen_id=row.dokumen_id,
            indikator_id=row.id,
            jenis="realisasi",
            periode=periode,
            nilai=before,
        )
        annual = None if ratio else row.target
        how = row.akumulasi
        now = with_target_months(like, self._typed, akumulasi=how, kumulatif=self._kumulatif, annual=annual).nilai
        typed = {place: text for place, text in enumerate(now) if text != before[place]}
        if ratio:
            return set_counts(plan, row, self._line.kind, typed) if typed else ()
        months = set_results(plan, row, typed) if typed else ()
        return (*months, *self._of_year(row, replace(like, nilai=now)))

    def _of_year(self, row: Indikator, series: DeretIndikator) -> tuple[Change, ...]:
        """The result of the year; none where it is what the periods, as they are then, come to."""
        if self._year is None:
            return ()
        periods = Periods(self._plan, row)
        periods.realisasi = series
        year = year_result(self._plan, periods, self._plan.get(Dokumen, row.dokumen_id).tahun)
        same = not replace(year, typed=self._year).differs and year.gathered
        return set_result(self._plan, row, None, None if same else self._year)


def _row(plan: Plan, line: Line) -> Anggaran | Indikator:
    return plan.get(Anggaran, line.row_id) if line.kind == "kas" else plan.get(Indikator, line.row_id)
