"""Rules for what was reached and spent: against the pagu, against itself, against a closed period, against sense.

Source: issue 7 of the plan (an empty cell is not yet reported, a closed period is reported), services/capaian.py.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from models.plan import Plan
from models.rows import (
    BULAN,
    Anggaran,
    DeretAnggaran,
    DeretIndikator,
    DeretRasio,
    Dokumen,
    Indikator,
    TahunIndikator,
    TotalTercetak,
)
from services.angka import decide_style
from services.capaian import exact, say_percent
from services.capaian_metode import TERAKHIR, read_metode
from services.capaian_periode import Periods, realisasi_of, result_until, target_until
from services.capaian_setelan import Setelan, read_settings
from services.checks.finding import Finding, Period, period_name, period_of, words_of
from services.checks.realisasi_lebih import check_excess
from services.checks.target_years import others_told
from services.grid_numbers import read_number
from services.periods import Sampai
from services.realisasi_belum import Spending, result_missing, says
from services.realisasi_tutup import closed_periods
from services.rollup import RollUp
from services.rupiah import format_rupiah
from services.series import places
from services.tahunan import Amounts, target_of
from services.terms import LEVEL_NAMES

ODD = 200
"""Percent above which a result is more often a slip than a success."""

_SAVING = re.compile(r"\bnilai\s+efisiensi\b", re.IGNORECASE)


def check_spending(plan: Plan, rollup: RollUp, line: Anggaran) -> Iterator[Finding]:
    """All findings about what was spent of one budget line."""
    series = plan.one(DeretAnggaran, "anggaran_id", line.id, "realisasi")
    yield from check_excess(plan, rollup, line)
    if series is not None:
        yield from _falling(line, series)
    yield from _unreported_money(plan, rollup, line)


def check_reached(plan: Plan, indikator: Indikator) -> Iterator[Finding]:
    """All findings about what was reached of one indicator."""
    yield from _falling_results(plan, indikator)
    yield from _unreported(plan, indikator)
    yield from _odd(plan, indikator)


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


def _falling(line: Anggaran, series: DeretAnggaran) -> Iterator[Finding]:
    """REALISASI-TURUN: a running total of money is below the one before it; money that came back may do that."""
    if not series.kumulatif:
        return
    known = [(place, value) for place in places(series.periode) if (value := series.nilai[place]) is not None]
    for (_, old), (place, value) in itertools.pairwise(known):
        if value < old:
            at = period_of(series.periode, place)
            yield _fallen(Anggaran, line.id, at, format_rupiah(value), format_rupiah(old))


def _falling_results(plan: Plan, indikator: Indikator) -> Iterator[Finding]:
    """REALISASI-TURUN: a running total of results, or of their counts, is below the one before it.

    Not where lower is better. A note where just the way of gathering says that the last value counts, as that may be a
    position, too.
    """
    kumulatif = indikator.akumulasi == "kumulatif"
    last = not indikator.akumulasi and read_metode(indikator.metode).himpun == TERAKHIR
    if indikator.arah == "turun" or not (kumulatif or last):
        return
    counts = plan.where(DeretRasio, "indikator_id", indikator.id)
    counted = {at for row in counts for at, text in enumerate(row.nilai) if says(text)}
    series = plan.one(DeretIndikator, "indikator_id", indikator.id, "realisasi")
    rows: list[tuple[str, str, list[str | None]]] = []
    if series is not None:
        typed = [None if at in counted else text for at, text in enumerate(series.nilai)]
        rows.append(("Realisasi", series.periode, typed))
    rows += [(row.jenis.capitalize(), row.periode, list(row.nilai)) for row in counts]
    falls: dict[Period, list[tuple[str, str, str]]] = {}
    for name, periode, nilai in rows:
        style = decide_style([indikator.target if name == "Realisasi" else None, *nilai])
        known = [
            (place, value, nilai[place] or "")
            for place in places(periode)
            if (value := read_number(nilai[place], style)) is not None
        ]
        for (_, old, was), (place, value, text) in itertools.pairwise(known):
            if value < old:
                falls.setdefault(period_of(periode, place), []).append((name, text, was))
    for at, found in falls.items():
        names, new, old_texts = (words_of([each[part] for each in found]) for part in range(3))
        yield _fallen(Indikator, indikator.id, at, new, old_texts, names.capitalize(), kumulatif=kumulatif)


def _fallen(
    cls: type[Anggaran] | type[Indikator],
    row_id: str,
    at: Period,
    new: str,
    old: str,
    name: str = "Realisasi",
    *,
    kumulatif: bool = True,
) -> Finding:
    what = f"{name} kumulatif" if kumulatif else name
    end = "" if kumulatif else "; yang dipakai adalah nilai terakhir"
    text = f"{what} {period_name(at)} ({new}) lebih kecil daripada periode sebelumnya ({old}){end}."
    short = f"{what} {{periode}} lebih kecil daripada periode sebelumnya{end}."
    return Finding("REALISASI-TURUN", "peringatan" if kumulatif else "catatan", cls, row_id, at, new, old, text, short)


def _unreported(plan: Plan, indikator: Indikator) -> Iterator[Finding]:
    """REALISASI-KOSONG: a closed period that an indicator has something due in, and nothing that was reached."""
    closed = closed_periods(plan, indikator.dokumen_id)
    dokumen = plan.find(Dokumen, indikator.dokumen_id)
    if dokumen is None:
        return
    for first, last in closed:
        if result_missing(plan, indikator, dokumen.tahun, first, last):
            yield _unsaid(Indikator, indikator.id, last, "realisasi indikator")


def _unreported_money(plan: Plan, rollup: RollUp, line: Anggaran) -> Iterator[Finding]:
    """REALISASI-KOSONG: a closed period without an amount of a line that should have one, and of all lines below it.

    Said of the topmost line of a branch.
    """
    for first, last in closed_periods(plan, line.dokumen_id):
        if Spending(plan, rollup, first, last).is_missing(line):
            yield _unsaid(Anggaran, line.id, last, f"realisasi {LEVEL_NAMES[line.jenis].lower()}")


def _unsaid(cls: type[Anggaran] | type[Indikator], row_id: str, last: int, what: str) -> Finding:
    at: Period = f"TW{last // 3}" if last % 3 == 0 else last
    text = f"Periode {period_name(at)} sudah ditutup, {what} ini belum diisi."
    short = f"Periode {{periode}} sudah ditutup, {what} ini belum diisi."
    return Finding("REALISASI-KOSONG", "peringatan", cls, row_id, at, None, None, text, short)


def _odd(plan: Plan, indikator: Indikator) -> Iterator[Finding]:
    """CAPAIAN-ANEH: of the year, or of a period that states a result, more than twice the target was reached."""
    periods = Periods(plan, indikator)
    rows = [row for row in (periods.realisasi, *periods.rasio) if row is not None]
    if not rows and not indikator.realisasi and not plan.where(TahunIndikator, "indikator_id", indikator.id):
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
    stated = {place: row.periode for row in rows for place in places(row.periode) if says(row.nilai[place])}
    for place, periode in sorted(stated.items()):
        if place == BULAN - 1:
            continue
        setelan = setelan or read_settings(plan, dokumen.id)
        sampai = Sampai(place + 1, periode == "triwulan")
        target = target_until(plan, periods, sampai, dokumen.tahun).text
        reached = result_until(plan, periods, sampai, dokumen.tahun).text
        yield from _too_much(indikator, target, reached, period_of(periode, place), periods.texts(), setelan)


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


def _plain(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
