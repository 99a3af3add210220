"""The face Realisasi of the grid: what was reached and spent, beside the plan of the same months.

An empty month is not yet reported; 0 is zero. The last column but one is the result of the year: as typed, else what
the periods come to so far; the rule is that of `services.capaian_periode.year_result`. The last is what was reached
less what was planned until the last month that is reported, or in the year where its result is typed.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from models.plan import Plan
from models.rows import (
    BULAN,
    Anggaran,
    CatatanPeriode,
    DeretAnggaran,
    DeretIndikator,
    DeretRasio,
    Dokumen,
    Indikator,
    TahunAnggaran,
)
from services.angka import Style, decide_style, decimals_of, format_angka
from services.capaian_periode import Money, Periods, YearResult, gathered, period_result, year_result
from services.grid_cells import Texts, cash_cells, money, target_cells
from services.grid_numbers import read_number
from services.month_grid import FIRST_MONTH, FIRST_QUARTER, JUMLAH, SELISIH, Beside, Kind, Line
from services.periods import Sampai
from services.realisasi import PEMBILANG, PENYEBUT, counts, spending
from services.series import QUARTER_ENDS, Rupiah12, places, quarters, single
from services.tanggal import MONTHS, QUARTERS

PERIODS = (*MONTHS, *QUARTERS)
"""What the columns from FIRST_MONTH on are called."""
UNREPORTED = "Belum dilaporkan."
BELOW = "Jumlah dari baris-baris di bawahnya."


def noted_columns(plan: Plan, line: Line) -> frozenset[int]:
    """The months and quarters of a line that have a note: each by the month that closes it."""
    if line.kind not in ("target", "kas"):
        return frozenset()
    field = "indikator_id" if line.kind == "target" else "anggaran_id"
    months = {note.bulan for note in plan.where(CatatanPeriode, field, line.row_id)}
    closing = {FIRST_QUARTER + number for number, end in enumerate(QUARTER_ENDS) if end + 1 in months}
    return frozenset({FIRST_MONTH + month - 1 for month in months} | closing)


class Results:
    """The lines and cells of this face, as the plan is now; made anew after an edit."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._money: dict[str, Money] = {}

    def lines(self, lines: Iterable[Line]) -> Iterator[Line]:
        """Those of the plan, and below an indicator that is a ratio what is counted above and below its line."""
        for line in lines:
            yield replace(line, face="realisasi")
            if line.kind == "target":
                yield from self._counts(line)

    def cells(self, line: Line, *, kumulatif: bool) -> tuple[Texts, Beside]:
        """A text a column but for the name, and the plan of each period beside it."""
        noted = noted_columns(self._plan, line)
        if line.kind == "jumlah":
            return self._of_sum(line, kumulatif)
        remarks: dict[int, str] = {}
        if line.kind == "kas":
            texts, hints = self._of_money(self._plan.get(Anggaran, line.row_id), kumulatif)
        elif line.kind == "target":
            texts, hints, remarks = self._of_results(self._plan.get(Indikator, line.row_id), kumulatif)
        else:
            texts, hints = self._of_counts(self._plan.get(Indikator, line.row_id), line.kind, kumulatif)
        return texts, Beside(hints, noted=noted, remarks=remarks)

    def money_of(self, line: Anggaran) -> Money:
        """Sums of the document that a budget line belongs to."""
        found = self._money.get(line.dokumen_id)
        if found is None:
            found = self._money[line.dokumen_id] = Money(self._plan, self._plan.get(Dokumen, line.dokumen_id))
        return found

    def _counts(self, line: Line) -> Iterator[Line]:
        indikator = self._plan.get(Indikator, line.row_id)
        if not (
            indikator.pembilang or indikator.penyebut or self._plan.where(DeretRasio, "indikator_id", indikator.id)
        ):
            return
        for jenis in (PEMBILANG, PENYEBUT):
            said = indikator.pembilang if jenis == PEMBILANG else indikator.penyebut
            title = f"{jenis.capitalize()}: {said}" if said else jenis.capitalize()
            kind: Kind = "pembilang" if jenis == PEMBILANG else "penyebut"
            yield replace(line, kind=kind, depth=line.depth + 1, title=title, face="realisasi")

    def _of_results(self, indikator: Indikator, kumulatif: bool) -> tuple[Texts, dict[int, str], dict[int, str]]:
        """Texts, hints, and the remark where the year is typed otherwise than its periods come to."""
        head = [indikator.satuan or "", indikator.target or ""]
        periods = Periods(self._plan, indikator)
        series, planned = periods.realisasi, periods.target
        plans = _text_cells(indikator, planned.nilai, planned.periode, kumulatif) if planned else [""] * (BULAN + 4)
        texts = [""] * (BULAN + 5)
        total: Decimal | None = None
        write: Callable[[Decimal], str] = str
        if series is not None:
            texts, total, write = target_cells(indikator, series.nilai, series.periode, kumulatif=kumulatif)
        hints = _hints(texts, plans)
        self._show_ratio(periods, texts, hints)
        year = year_result(self._plan, periods, self._plan.get(Dokumen, indikator.dokumen_id).tahun)
        texts[-1] = year.text
        hints[JUMLAH] = year_words(year)
        remarks = {JUMLAH: hints.pop(JUMLAH)} if year.differs else {}
        if year.wins:
            return [*head, *texts, _off_year(indikator, year.typed, hints)], hints, remarks
        last = max((at for at in places(series.periode) if series.nilai[at]), default=None) if series else None
        counted = max((at for row in periods.rasio for at, text in enumerate(row.nilai) if text), default=None)
        if counted is not None and periods.is_counted(BULAN):
            text = gathered(periods, counted + 1).text
            last, total, write = counted, read_number(text, Style.INDONESIAN), _two_decimals
        wanted = _planned_until(indikator, planned, last) if planned is not None and last is not None else None
        if total is None or wanted is None or last is None:
            return [*head, *texts, ""], hints, remarks
        hints[SELISIH] = f"Sampai {MONTHS[last]}: realisasi {write(total)}, rencana {write(wanted)}."
        return [*head, *texts, write(total - wanted)], hints, remarks

    def _show_ratio(self, periods: Periods, texts: Texts, hints: dict[int, str]) -> None:
        """In each period that is counted, what its counts come to: capaian is reckoned from that, not from a result."""
        for at in range(BULAN + len(QUARTER_ENDS)):
            end = at if at < BULAN else QUARTER_ENDS[at - BULAN]
            first = end if at < BULAN else end - 2
            if not any(text for row in periods.rasio for text in row.nilai[first : end + 1]):
                continue
            if not periods.is_counted(end + 1, first + 1):
                continue
            ratio = period_result(periods, Sampai(end + 1, triwulan=at >= BULAN))
            own = f" Yang tertulis ({texts[at]}) tidak dipakai." if texts[at] and at < BULAN else ""
            hint = hints[FIRST_MONTH + at].removesuffix(f" {UNREPORTED}")
            said = (ratio.asal or ratio.alasan).removesuffix(".")
            hints[FIRST_MONTH + at] = f"{hint}\nMenurut pembilang dan penyebut: {said}.{own}"
            texts[at] = ratio.text

    def _of_counts(self, indikator: Indikator, jenis: str, kumulatif: bool) -> tuple[Texts, dict[int, str]]:
        series = counts(self._plan, indikator, jenis)
        if series is None:
            texts = [""] * (BULAN + 5)
        else:
            bare = replace(indikator, target=None)
            texts, _, _ = target_cells(bare, series.nilai, series.periode, kumulatif=kumulatif)
        return ["", "", *texts, ""], _hints(texts, [""] * (BULAN + 4))

    def _of_money(self, line: Anggaran, kumulatif: bool) -> tuple[Texts, dict[int, str]]:
        series, cash = spending(self._plan, line), self._plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
        if series is None and self._stated(line) is None and self.last_reported([line]) is not None:
            texts, hints = self._of_lines([line], kumulatif)
            for at, planned in enumerate(cash_cells(cash, kumulatif=kumulatif)[:-1]):
                hints[FIRST_MONTH + at] = f"{BELOW} Rencana {PERIODS[at]}: {planned or 'tidak ada'}."
            return texts, hints
        texts = cash_cells(series, kumulatif=kumulatif)
        last = max((at for at, value in enumerate(series.nilai) if value is not None), default=None) if series else None
        for number, end in enumerate(QUARTER_ENDS):
            if last is None or end - 2 > last:
                texts[BULAN + number] = ""
        hints = _hints(texts, cash_cells(cash, kumulatif=kumulatif))
        off = "" if last is None else self._off([line], last, hints)
        stated = self._stated(line)
        if stated is not None:
            months = f"; menurut bulannya {texts[-1]}" if texts[-1] and texts[-1] != money(stated) else ""
            texts[-1] = money(stated)
            hints[JUMLAH] = f"Realisasi setahun yang tertulis{months}. Yang tertulis yang dipakai."
        return ["Rp", money(line.pagu), *texts, off], hints

    def _stated(self, line: Anggaran) -> int | None:
        """What is stated as spent in the document's year, as one amount."""
        tahun = str(self._plan.get(Dokumen, line.dokumen_id).tahun)
        rows = self._plan.where(TahunAnggaran, "anggaran_id", line.id)
        return next((row.nilai for row in rows if (row.jenis, row.tahun) == ("realisasi", tahun)), None)

    def _of_sum(self, line: Line, kumulatif: bool) -> tuple[Texts, Beside]:
        texts, hints = self._of_lines([self._plan.get(Anggaran, row_id) for row_id in line.of], kumulatif)
        return texts, Beside(hints)

    def _of_lines(self, lines: Sequence[Anggaran], kumulatif: bool) -> tuple[Texts, dict[int, str]]:
        """What lines and those below them have spent together."""
        pagu = _sum(self.money_of(one).pagu(one) for one in lines)
        last = self.last_reported(lines)
        totals = self._totals(lines, "realisasi", last)
        months = totals if kumulatif else single(totals, kumulatif=True)
        reached = quarters(months, kumulatif=kumulatif)
        by_quarter = [
            value if last is not None and end - 2 <= last else None
            for end, value in zip(QUARTER_ENDS, reached, strict=True)
        ]
        hints: dict[int, str] = {}
        off = "" if last is None else self._off(lines, last, hints)
        texts = [money(value) for value in (pagu, *months, *by_quarter, totals[last] if last is not None else None)]
        return ["Rp", *texts, off], hints

    def last_reported(self, lines: Iterable[Anggaran]) -> int | None:
        """The last month, 0 to 11, that any of the lines or of those below them reports money for."""
        months = (self.money_of(line).last_reported(line) for line in lines)
        return max((month - 1 for month in months if month is not None), default=None)

    def _totals(self, lines: Sequence[Anggaran], jenis: str, last: int | None) -> Rupiah12:
        parts = [totals for line in lines if (totals := self.money_of(line).totals(line, jenis)) is not None]
        return tuple(
            _sum(part[place] for part in parts) if last is not None and place <= last else None
            for place in range(BULAN)
        )

    def _off(self, lines: Sequence[Anggaran], last: int, hints: dict[int, str]) -> str:
        """What was spent less the cash plan until a month."""
        spent, wanted = (self._totals(lines, jenis, last)[last] for jenis in ("realisasi", "kas"))
        if spent is None or wanted is None:
            return ""
        hints[SELISIH] = f"Sampai {MONTHS[last]}: realisasi {money(spent)}, rencana kas {money(wanted)}."
        return money(spent - wanted)


def year_words(year: YearResult) -> str:
    """What the result of the year is, and what counts where the periods say something else."""
    if year.differs and not year.wins:
        return (
            f'Realisasi setahun tertulis "{year.typed}"; {year.words} {year.gathered}. Yang dipakai: periodenya, '
            "karena strip berarti tidak ada hasil. Kosongkan bila keliru."
        )
    if year.differs:
        return (
            f"Realisasi setahun tertulis {year.typed}; {year.words} {year.gathered}. Yang dipakai: yang tertulis. "
            "Kosongkan untuk kembali ke periodenya."
        )
    if year.typed:
        return "Realisasi setahun yang tertulis; dipakai untuk capaian akhir tahun."
    if year.gathered:
        return f"Dari periodenya: {year.words}. Yang ditulis di sini menggantikannya, misalnya hasil survei atau audit."
    return "Tulis hasil setahun di sini bila tidak dilaporkan per periode."


def _two_decimals(number: Decimal) -> str:
    return format_angka(number, 2)


def _off_year(indikator: Indikator, typed: str, hints: dict[int, str]) -> str:
    """The result of the year less its target; "" where one of them is no number."""
    style = decide_style([indikator.target, typed])
    reached, wanted = read_number(typed, style), read_number(indikator.target, style)
    if reached is None or wanted is None:
        return ""
    hints[SELISIH] = f"Setahun: realisasi {typed}, target {indikator.target}."
    return format_angka(reached - wanted, max(decimals_of(text, style) for text in (typed, indikator.target or "")))


def _hints(texts: Sequence[str], plans: Sequence[str]) -> dict[int, str]:
    """What was planned for each period, and whether it is reported."""
    hints = {}
    for at, name in enumerate(PERIODS):
        unreported = "" if texts[at] else f" {UNREPORTED}"
        hints[FIRST_MONTH + at] = f"Rencana {name}: {plans[at] or 'tidak ada'}.{unreported}"
    return hints


def _text_cells(indikator: Indikator, nilai: Sequence[str | None], periode: str, kumulatif: bool) -> Texts:
    return target_cells(indikator, nilai, periode, kumulatif=kumulatif)[0]


def _planned_until(indikator: Indikator, planned: DeretIndikator, last: int) -> Decimal | None:
    """The target until the end of a month, 0 to 11, as a number."""
    until = tuple(text if at <= last else None for at, text in enumerate(planned.nilai))
    style = decide_style([indikator.target, *planned.nilai])
    known = [n for text in until if (n := read_number(text, style)) is not None]
    if not known or indikator.akumulasi == "predikat":
        return None
    return sum(known, Decimal()) if indikator.akumulasi == "jumlah" else known[-1]


def _sum(amounts: Iterable[int | None]) -> int | None:
    stated = [amount for amount in amounts if amount is not None]
    return sum(stated) if stated else None
