"""Rules for what was reached and spent: against the pagu, against itself, against a closed period, against sense.

Source: issue 7 of the plan (an empty cell is not yet reported, a closed period is reported), services/capaian.py.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from models.plan import Plan
from models.rows import (
    BULAN,
    Anggaran,
    DeretAnggaran,
    DeretIndikator,
    DeretRasio,
    Dokumen,
    Indikator,
    TahunAnggaran,
    TahunIndikator,
    TotalTercetak,
)
from services.angka import decide_style, is_strip
from services.capaian import exact, say_percent
from services.capaian_periode import Periods, result_until, target_until
from services.capaian_setelan import Setelan, read_settings
from services.checks.finding import Finding, Period, period_name, period_of, words_of
from services.checks.target_years import others_told
from services.grid_numbers import read_number
from services.periods import Sampai
from services.realisasi_tutup import closed_periods
from services.rollup import RollUp
from services.rupiah import format_rupiah
from services.series import places, running
from services.tahunan import Amounts, realisasi_of, target_of
from services.terms import LEVEL_NAMES

ODD = 200
"""Percent above which a result is more often a slip than a success."""

_SAVING = re.compile(r"\bnilai\s+efisiensi\b", re.IGNORECASE)


def check_spending(plan: Plan, rollup: RollUp, line: Anggaran) -> Iterator[Finding]:
    """All findings about what was spent of one budget line."""
    series = plan.one(DeretAnggaran, "anggaran_id", line.id, "realisasi")
    if series is not None:
        yield from _beyond(rollup, line, series)
        yield from _falling(line, series)
    yield from _beyond_years(plan, line)
    yield from _unreported_money(plan, rollup, line)


def check_reached(plan: Plan, indikator: Indikator) -> Iterator[Finding]:
    """All findings about what was reached of one indicator."""
    series = plan.one(DeretIndikator, "indikator_id", indikator.id, "realisasi")
    if series is not None:
        yield from _falling_results(indikator, series)
    yield from _unreported(plan, indikator, series)
    yield from _odd(plan, indikator, series)


def check_saving(plan: Plan, total: TotalTercetak) -> Iterator[Finding]:
    """PAGU-TOTAL of a printed "nilai efisiensi": the pagu less what was spent, of all lines that state the year's.

    Not said where a line that has a pagu states no realisasi, as the paper may know more.
    """
    dokumen = plan.find(Dokumen, total.dokumen_id)
    if dokumen is None or total.nilai is None or not _SAVING.search(total.tempat or ""):
        return
    amounts, year = Amounts(plan, dokumen), str(dokumen.tahun)
    lines = plan.where(Anggaran, "dokumen_id", dokumen.id)
    tops = [line for line in lines if plan.find(Anggaran, line.induk_id) is None]
    pairs = [(amounts.pagu(line, year), amounts.realisasi(line, year)) for line in tops]
    known = [(pagu, spent) for pagu, spent in pairs if pagu]
    if not known or any(spent is None for _, spent in known):
        return
    saved = sum(pagu - (spent or 0) for pagu, spent in known)
    if saved != total.nilai:
        text = f"Tercetak {format_rupiah(total.nilai)}, pagu dikurangi realisasi {format_rupiah(saved)}."
        short = "Nilai efisiensi tercetak bukan pagu dikurangi realisasi."
        yield Finding("PAGU-TOTAL", "peringatan", TotalTercetak, total.id, None, total.nilai, saved, text, short)


def _beyond(rollup: RollUp, line: Anggaran, series: DeretAnggaran) -> Iterator[Finding]:
    """REALISASI-LEBIH: spent until a period more than the pagu."""
    pagu = rollup.line(line.id).pagu
    if pagu is None:
        return
    totals = running(series.nilai, kumulatif=bool(series.kumulatif))
    for place in places(series.periode):
        total = totals[place]
        if series.nilai[place] is not None and total is not None and total > pagu:
            at = period_of(series.periode, place)
            said = f"{format_rupiah(total)} melebihi pagu {format_rupiah(pagu)}."
            text = f"Realisasi sampai {period_name(at)} {said}"
            short = "Realisasi sampai {periode} melebihi pagu."
            yield Finding("REALISASI-LEBIH", "galat", Anggaran, line.id, at, total, pagu, text, short)


def _beyond_years(plan: Plan, line: Anggaran) -> Iterator[Finding]:
    """REALISASI-LEBIH: spent in a year more than the pagu of that year."""
    years = {(row.jenis, row.tahun): row.nilai for row in plan.where(TahunAnggaran, "anggaran_id", line.id)}
    dokumen = plan.find(Dokumen, line.dokumen_id)
    for (jenis, tahun), spent in years.items():
        own = line.pagu if dokumen is not None and tahun == str(dokumen.tahun) else None
        pagu = years.get(("pagu", tahun)) if own is None else own
        if jenis == "realisasi" and spent is not None and pagu is not None and spent > pagu:
            said = f"{format_rupiah(spent)} melebihi pagu {format_rupiah(pagu)}."
            short = f"Realisasi tahun {tahun} melebihi pagu."
            text = f"Realisasi tahun {tahun} {said}"
            yield Finding("REALISASI-LEBIH", "galat", Anggaran, line.id, None, spent, pagu, text, _plain(short))


def _falling(line: Anggaran, series: DeretAnggaran) -> Iterator[Finding]:
    """REALISASI-TURUN: a running total of money is below the one before it; money that came back may do that."""
    if not series.kumulatif:
        return
    known = [(place, value) for place in places(series.periode) if (value := series.nilai[place]) is not None]
    for (_, old), (place, value) in itertools.pairwise(known):
        if value < old:
            yield _fallen(Anggaran, line.id, series.periode, place, format_rupiah(value), format_rupiah(old))


def _falling_results(indikator: Indikator, series: DeretIndikator) -> Iterator[Finding]:
    """REALISASI-TURUN: a running total of results is below the one before it, but where lower is better."""
    if indikator.akumulasi != "kumulatif" or indikator.arah == "turun":
        return
    style = decide_style([indikator.target, *series.nilai])
    known: list[tuple[int, Decimal, str]] = []
    for place in places(series.periode):
        text = series.nilai[place] or ""
        value = read_number(text, style)
        if value is not None:
            known.append((place, value, text))
    for (_, old, was), (place, value, text) in itertools.pairwise(known):
        if value < old:
            yield _fallen(Indikator, indikator.id, series.periode, place, text, was)


def _fallen(
    cls: type[Anggaran] | type[Indikator], row_id: str, periode: str, place: int, new: str, old: str
) -> Finding:
    at = period_of(periode, place)
    text = f"Realisasi kumulatif {period_name(at)} ({new}) lebih kecil daripada periode sebelumnya ({old})."
    short = "Realisasi kumulatif {periode} lebih kecil daripada periode sebelumnya."
    return Finding("REALISASI-TURUN", "peringatan", cls, row_id, at, new, old, text, short)


def _unreported(plan: Plan, indikator: Indikator, series: DeretIndikator | None) -> Iterator[Finding]:
    """REALISASI-KOSONG: a closed period for which an indicator has a target, and nothing that was reached."""
    closed = closed_periods(plan, indikator.dokumen_id)
    if not closed:
        return
    target = plan.one(DeretIndikator, "indikator_id", indikator.id, "target")
    counts = plan.where(DeretRasio, "indikator_id", indikator.id)
    reported = [row.nilai for row in (*counts, series) if row is not None]
    dokumen = plan.find(Dokumen, indikator.dokumen_id)
    for first, last in closed:
        planned = target is not None and any(_says(text) for text in target.nilai[first - 1 : last])
        if last == BULAN and dokumen is not None:
            planned = planned or bool(target_of(plan, indikator, dokumen.tahun).text)
            if indikator.realisasi or (planned and realisasi_of(plan, indikator, dokumen.tahun).text):
                continue
        if planned and not any((text or "").strip() for nilai in reported for text in nilai[first - 1 : last]):
            yield _unsaid(Indikator, indikator.id, last, "realisasi indikator")


def _unreported_money(plan: Plan, rollup: RollUp, line: Anggaran) -> Iterator[Finding]:
    """REALISASI-KOSONG: a closed period without an amount of a line that has a pagu, and of all lines below it.

    Said of the topmost line of a branch; a line whose cash plan is 0 until then has nothing to spend.
    """
    closed = closed_periods(plan, line.dokumen_id)
    if not closed:
        return
    sums = rollup.line(line.id)
    if not sums.pagu:
        return
    above = plan.find(Anggaran, line.induk_id)
    for first, last in closed:
        if sums.kas is not None and sums.kas[last - 1] == 0:
            continue
        if _is_reported(plan, line, first, last, set()):
            continue
        chain = list(_up(plan, line))
        if any(_own_report(plan, each, first, last) for each in chain):
            continue
        if above is None or not rollup.line(above.id).pagu or _is_reported(plan, above, first, last, set()):
            yield _unsaid(Anggaran, line.id, last, f"realisasi {LEVEL_NAMES[line.jenis].lower()}")


def _unsaid(cls: type[Anggaran] | type[Indikator], row_id: str, last: int, what: str) -> Finding:
    at: Period = f"TW{last // 3}" if last % 3 == 0 else last
    text = f"Periode {period_name(at)} sudah ditutup, {what} ini belum diisi."
    short = f"Periode {{periode}} sudah ditutup, {what} ini belum diisi."
    return Finding("REALISASI-KOSONG", "peringatan", cls, row_id, at, None, None, text, short)


def _odd(plan: Plan, indikator: Indikator, series: DeretIndikator | None) -> Iterator[Finding]:
    """CAPAIAN-ANEH: of the year, or of a period that states a result, more than twice the target was reached."""
    if series is None and not indikator.realisasi and not plan.where(TahunIndikator, "indikator_id", indikator.id):
        return
    dokumen = plan.find(Dokumen, indikator.dokumen_id)
    if dokumen is None:
        return
    setelan: Setelan | None = None
    result = realisasi_of(plan, indikator, dokumen.tahun).text
    if result:
        setelan = read_settings(plan, dokumen.id)
        target = target_of(plan, indikator, dokumen.tahun).text
        yield from _too_much(indikator, target, result, None, (), setelan)
    yield from _odd_years(plan, indikator, dokumen)
    if series is None:
        return
    setelan = setelan or read_settings(plan, dokumen.id)
    periods = Periods(plan, indikator)
    for place in places(series.periode)[:-1]:
        if not _says(series.nilai[place]):
            continue
        sampai = Sampai(place + 1, series.periode == "triwulan")
        target = target_until(plan, periods, sampai, dokumen.tahun).text
        reached = result_until(plan, periods, sampai, dokumen.tahun).text
        at = period_of(series.periode, place)
        yield from _too_much(indikator, target, reached, at, periods.texts(), setelan)


def _odd_years(plan: Plan, indikator: Indikator, dokumen: Dokumen) -> Iterator[Finding]:
    """CAPAIAN-ANEH of the other years of the Renstra, as one finding; it follows from targets that differ in tables."""
    rows = plan.where(TahunIndikator, "indikator_id", indikator.id)
    years = {(row.jenis, row.tahun): row.nilai or "" for row in rows}
    said: dict[str, str] = {}
    for (jenis, tahun), result in sorted(years.items()):
        target = years.get(("target", tahun), "")
        if jenis != "realisasi" or tahun == str(dokumen.tahun) or not target or not result:
            continue
        setelan = read_settings(plan, dokumen.id)
        counted, _ = exact(target, result, indikator.arah, metode=indikator.metode, setelan=setelan)
        if counted.persen is not None and counted.persen > ODD:
            said[tahun] = f"{tahun} ({counted.hitungan} = {say_percent(counted.persen)})"
    if not said:
        return
    other = said.keys() <= others_told(plan, indikator).keys()
    cause = ("TARGET-BEDA", Indikator, indikator.id, None) if other else None
    text = f"Capaian tahun {words_of(list(said.values()))} lebih dari {ODD} %. Periksa target, realisasi dan satuannya."
    short = f"Capaian tahun {words_of(list(said))} lebih dari {ODD} %. Periksa target, realisasi dan satuannya."
    yield Finding("CAPAIAN-ANEH", "catatan", Indikator, indikator.id, None, None, None, text, _plain(short), cause)


def _too_much(
    indikator: Indikator, target: str, result: str, at: Period, others: Sequence[str | None], setelan: Setelan
) -> Iterator[Finding]:
    counted, _ = exact(target, result, indikator.arah, others=others, metode=indikator.metode, setelan=setelan)
    if counted.persen is not None and counted.persen > ODD:
        when = f"sampai {period_name(at)}" if at is not None else "setahun"
        said = f"{counted.hitungan} = {say_percent(counted.persen)}"
        text = f"Capaian {when} {said}, lebih dari {ODD} %. Periksa target, realisasi dan satuannya."
        short = "Capaian sampai {periode}" if at is not None else "Capaian setahun"
        short = f"{short} lebih dari {ODD} %. Periksa target, realisasi dan satuannya."
        yield Finding("CAPAIAN-ANEH", "catatan", Indikator, indikator.id, at, result, target, text, short)


def _says(text: str | None) -> bool:
    return bool(text) and not (text or "").isspace() and not is_strip(text or "")


def _own_report(plan: Plan, line: Anggaran, first: int, last: int) -> bool:
    series = plan.one(DeretAnggaran, "anggaran_id", line.id, "realisasi")
    if series is not None and any(value is not None for value in series.nilai[first - 1 : last]):
        return True
    dokumen = plan.find(Dokumen, line.dokumen_id)
    if last < BULAN or dokumen is None:
        return False
    years = plan.where(TahunAnggaran, "anggaran_id", line.id)
    return any((y.jenis, y.tahun) == ("realisasi", str(dokumen.tahun)) and y.nilai is not None for y in years)


def _is_reported(plan: Plan, line: Anggaran, first: int, last: int, seen: set[str]) -> bool:
    """Whether the line, or any below it, states an amount in the period."""
    if line.id in seen:
        return False
    seen.add(line.id)
    if _own_report(plan, line, first, last):
        return True
    return any(_is_reported(plan, child, first, last, seen) for child in plan.where(Anggaran, "induk_id", line.id))


def _up(plan: Plan, line: Anggaran) -> Iterator[Anggaran]:
    seen = {line.id}
    above = plan.find(Anggaran, line.induk_id)
    while above is not None and above.id not in seen:
        seen.add(above.id)
        yield above
        above = plan.find(Anggaran, above.induk_id)


def _plain(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
