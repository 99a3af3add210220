"""Rules for the targets of an indicator through the year, by its way of accumulating.

Source: interchange.md, `akumulasi`: kumulatif (each period is the running total, the last equals the annual target),
jumlah (the periods add up to it), posisi (the level at that time), predikat (a grade), null where unclear.
"""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from models.plan import Plan
from models.rows import DeretIndikator, Indikator, TahunIndikator
from services.angka import decimals_of, format_angka, parse_angka
from services.checks.finding import Finding, Period, period_name, period_of, words_of
from services.checks.reading import Known, Row, empty_places, is_unreadable, read_row, strangers
from services.checks.target_form import check_form
from services.checks.target_years import check_years
from services.checks.usage import Usage, is_blank, level_of
from services.checks.wording import check_words
from services.series import places
from services.terms import Level

_DECEMBER = 11
_LAST_QUARTER = 9
"""From this place on a level is that of the year's end."""


def check_targets(plan: Plan, usage: Usage, indikator: Indikator, sound: set[tuple[object, ...]]) -> Iterator[Finding]:
    """All findings about the targets of one indicator.

    `sound`: rows of targets without a fault, as they are written; most rows of a plan are alike, and are read once.
    """
    series = plan.one(DeretIndikator, "indikator_id", indikator.id, "target")
    yield from _years(plan, indikator)
    yield from check_years(plan, indikator)
    if not indikator.target and series is not None:
        yield from _without_year(usage, indikator, series)
    yield from _without_periods(plan, usage, indikator, series)
    yield from check_words(indikator)
    how = (indikator.target, indikator.akumulasi, indikator.arah, indikator.satuan)
    key = (*how, series.periode, series.nilai) if series is not None else how
    if key in sound:
        return
    found = list(_of_series(indikator, series))
    if not found:
        sound.add(key)
    yield from found


def _of_series(indikator: Indikator, series: DeretIndikator | None) -> Iterator[Finding]:
    """What the year's target and the periods alone say."""
    odd = strangers(indikator, series)
    yield from _unreadable(indikator, series, odd)
    if series is None or not any(series.nilai):
        return
    row = read_row(indikator, series)
    found = list(_by_accumulation(indikator, series, row, odd))
    yield from found
    short = next((each.key for each in found if each.kode == "TARGET-JUMLAH" and indikator.akumulasi == "jumlah"), None)
    yield from (replace(each, sebab=short) for each in _empty(indikator, series))
    yield from check_form(indikator, series, row)


def _found(
    kode: str, level: Level, indikator: Indikator, at: Period, values: tuple[str | None, str | None], *texts: str
) -> Finding:
    text, short = texts if len(texts) == 2 else texts * 2
    return Finding(kode, level, Indikator, indikator.id, at, *values, text, short)


def _unreadable(indikator: Indikator, series: DeretIndikator | None, odd: frozenset[str]) -> Iterator[Finding]:
    """TARGET-TAK-TERBACA: a cell that was meant as a number and cannot be one, such as ######; `odd`: a stranger."""
    text = "Target {periode} tidak terbaca sebagai angka."
    if indikator.target and _is_broken(indikator.target, odd):
        own = f"Target setahun ({indikator.target}) tidak terbaca sebagai angka."
        yield _found("TARGET-TAK-TERBACA", "peringatan", indikator, None, (indikator.target, None), own, text)
    for place, typed in enumerate(series.nilai if series else ()):
        if typed and series is not None and _is_broken(typed, odd):
            at = period_of(series.periode, place)
            own = f"Target {period_name(at)} ({typed}) tidak terbaca sebagai angka."
            yield _found("TARGET-TAK-TERBACA", "peringatan", indikator, at, (typed, None), own, text)


def _is_broken(text: str, odd: frozenset[str]) -> bool:
    return text in odd or is_unreadable(text)


def _years(plan: Plan, indikator: Indikator) -> Iterator[Finding]:
    """TARGET-TAK-TERBACA in the years of a Renstra: one finding for all."""
    years = plan.where(TahunIndikator, "indikator_id", indikator.id)
    broken = [row for row in years if row.nilai and row.jenis != "capaian_tercetak" and is_unreadable(row.nilai)]
    if broken:
        names = words_of(list(dict.fromkeys(row.tahun for row in broken)))
        own = f"Angka tahun {names} ({broken[0].nilai}) tidak terbaca."
        short = f"Angka tidak terbaca (tahun {names})."
        yield _found("TARGET-TAK-TERBACA", "peringatan", indikator, None, (broken[0].nilai, None), own, short)


def _without_year(usage: Usage, indikator: Indikator, series: DeretIndikator) -> Iterator[Finding]:
    """TARGET-KOSONG for the year: periods are stated, and other rows of the document have a target of the year."""
    if usage.used("target", indikator.dokumen_id) and not all(is_blank(text) for text in series.nilai):
        text = "Target setahun belum diisi; target periodenya sudah."
        yield _found("TARGET-KOSONG", "peringatan", indikator, None, (None, None), text)


def _without_periods(
    plan: Plan, usage: Usage, indikator: Indikator, series: DeretIndikator | None
) -> Iterator[Finding]:
    """TARGET-KOSONG for all periods: a target of the year alone, where other indicators of the level have periods.

    An indicator with figures by years is from another table.
    """
    if is_blank(indikator.target) or (series is not None and any(series.nilai)):
        return
    level = level_of(plan, indikator)
    if not usage.used("periode", indikator.dokumen_id, level) or plan.where(
        TahunIndikator, "indikator_id", indikator.id
    ):
        return
    text = "Target setahun ada, target periodenya belum diisi sama sekali; indikator lain setingkat sudah."
    yield _found("TARGET-KOSONG", "peringatan", indikator, None, (None, None), text)


def _empty(indikator: Indikator, series: DeretIndikator) -> Iterator[Finding]:
    """TARGET-KOSONG: a period without a target, and without a dash, in a row that has others."""
    for place in empty_places(series):
        at = period_of(series.periode, place)
        text = f"Target {period_name(at)} belum diisi; periode lain sudah. Tulis - bila memang tidak ada."
        short = "Target {periode} belum diisi; periode lain sudah."
        yield _found("TARGET-KOSONG", "peringatan", indikator, at, (None, None), text, short)


def _by_accumulation(indikator: Indikator, series: DeretIndikator, row: Row, odd: frozenset[str]) -> Iterator[Finding]:
    if indikator.akumulasi == "kumulatif" and indikator.arah == "turun":
        yield from _at_end(indikator, series, row)
    elif indikator.akumulasi == "kumulatif":
        for unit in row.units:
            known = row.known(unit)
            yield from _falling(indikator, series, known)
            annual = row.year(unit)
            if annual is not None and known:
                yield from _against_year(indikator, series, row, known, annual)
        yield from _never(indikator, series, row, "TARGET-AKHIR")
    elif indikator.akumulasi == "jumlah":
        yield from _adding(indikator, series, row, odd)
        yield from _never(indikator, series, row, "TARGET-JUMLAH")
    elif indikator.akumulasi is None:
        yield from _unclear(indikator, series, row)
    else:
        yield from _at_end(indikator, series, row)


def _never(indikator: Indikator, series: DeretIndikator, row: Row, kode: str) -> Iterator[Finding]:
    """TARGET-AKHIR and TARGET-JUMLAH: a target of the year, and a dash in every period."""
    number = row.annual[0][0] if row.annual else None
    if number and not row.stated and all(series.nilai[place] for place in places(series.periode)):
        text = f"Semua periode bertanda -, sedangkan target setahun {indikator.target}."
        yield _found(kode, "galat", indikator, None, (None, indikator.target), text)


def _at_end(indikator: Indikator, series: DeretIndikator, row: Row) -> Iterator[Finding]:
    """TARGET-AKHIR of a level or a grade: the one at the end of the year, or the only one, is not the year's target.

    Of a running total whose result is better the lower it is, the same is asked and no more.
    """
    if not row.stated or (row.stated[-1][0] < _LAST_QUARTER and len(row.stated) > 1):
        return
    place, last, parts = row.stated[-1]
    target = indikator.target or ""
    if len(parts) == 1 and len(row.annual) == 1:
        differs = parts[0][0] != row.annual[0][0]
    else:
        here, there = (parse_angka(text, row.style) for text in (last, target))
        differs = bool(here and there and here.grade and there.grade) and last.strip().upper() != target.strip().upper()
    if differs:
        at = period_of(series.periode, place)
        pesan = f"Target terakhir, {period_name(at)} ({last}), tidak sama dengan target setahun ({target})."
        short = "Target terakhir ({periode}) tidak sama dengan target setahun."
        yield _found("TARGET-AKHIR", "peringatan", indikator, at, (last, target), pesan, short)


def _falling(indikator: Indikator, series: DeretIndikator, known: Known) -> Iterator[Finding]:
    """TARGET-TURUN: a running total is below the one before it."""
    for (_, before, old), (place, text, value) in itertools.pairwise(known):
        if value < old:
            at = period_of(series.periode, place)
            pesan = f"Target kumulatif {period_name(at)} ({text}) lebih kecil daripada periode sebelumnya ({before})."
            short = "Target kumulatif {periode} lebih kecil daripada periode sebelumnya."
            yield _found("TARGET-TURUN", "galat", indikator, at, (text, before), pesan, short)


def _against_year(
    indikator: Indikator, series: DeretIndikator, row: Row, known: Known, annual: Decimal
) -> Iterator[Finding]:
    """TARGET-LEBIH: a period above the year's target; TARGET-AKHIR: the last one stated is not the year's target.

    Behind the last number words, an empty or an unreadable cell may say the rest.
    """
    target = indikator.target
    for place, text, value in known:
        if value > annual:
            at = period_of(series.periode, place)
            pesan = f"Target {period_name(at)} ({text}) melebihi target setahun ({target})."
            short = "Target {periode} melebihi target setahun."
            yield _found("TARGET-LEBIH", "galat", indikator, at, (text, target), pesan, short)
    place, last, at_end = known[-1]
    behind = row.stated[-1][0] > place and not row.stated[-1][2]
    if at_end != annual and not behind and not any(empty > place for empty in empty_places(series)):
        at = period_of(series.periode, place)
        pesan = f"Target terakhir, {period_name(at)} ({last}), tidak sama dengan target setahun ({target})."
        short = "Target terakhir ({periode}) tidak sama dengan target setahun."
        found = _found("TARGET-AKHIR", "galat", indikator, at, (last, target), pesan, short)
        beyond = ("TARGET-LEBIH", Indikator, indikator.id, at)
        yield replace(found, sebab=beyond) if at_end > annual else found


def _adding(indikator: Indikator, series: DeretIndikator, row: Row, odd: frozenset[str]) -> Iterator[Finding]:
    """TARGET-JUMLAH: the periods do not add up to the year's target; of several units, each by itself.

    Numbers with decimals may be off by half a unit of the last one for each period. What an unreadable cell lacks is
    no fault of its own, but those that can be read may be too much already.
    """
    lost = [(place, text) for place, text, parts in row.stated if not parts]
    if any(not _is_broken(text, odd) for _, text in lost):
        return
    unread = ("TARGET-TAK-TERBACA", Indikator, indikator.id, period_of(series.periode, lost[0][0])) if lost else None
    for unit in row.units:
        annual, known = row.year(unit), row.known(unit)
        if annual is None or not known or (len(row.units) == 1 and len(known) + len(lost) < len(row.stated)):
            continue
        total = sum((value for _, _, value in known), Decimal())
        if not _is_rounding(total - annual, [text for _, text, _ in known], row):
            words = f"{format_angka(total)} {unit}".strip() if unit != "%" else f"{format_angka(total)}%"
            which = "periode yang terbaca" if lost else "semua periode"
            text = f"Jumlah target {which} {words}, target setahun {indikator.target}."
            short = f"Jumlah target {which} tidak sama dengan target setahun."
            found = _found("TARGET-JUMLAH", "galat", indikator, None, (words, indikator.target), text, short)
            yield replace(found, sebab=unread) if total < annual else found


def _is_rounding(off: Decimal, texts: list[str], row: Row) -> bool:
    if not off:
        return True
    decimals = max(decimals_of(text, row.style) for text in texts)
    return decimals > 0 and 2 * abs(off) <= len(texts) * Decimal(1).scaleb(-decimals)


def _unclear(indikator: Indikator, series: DeretIndikator, row: Row) -> Iterator[Finding]:
    """TARGET-JUMLAH where nothing says how the periods accumulate: only where no way of reading them would do.

    All periods together stay below the year's target, with every period stated, so that it is reached neither as a
    total, nor as a sum, nor as a level. Or they are more together, and neither one of them, nor their mean, is the
    target: probably wrong.
    """
    annual, known = row.year(row.units[0]), row.known(row.units[0])
    if len(row.units) > 1 or annual is None or indikator.arah == "turun" or len(known) < len(row.stated):
        return
    total = sum((value for _, _, value in known), Decimal())
    whole = not empty_places(series)
    if not known or _is_rounding(total - annual, [t for _, t, _ in known], row):
        return
    words = format_angka(total)
    if total > annual and (whole or known[-1][0] == _DECEMBER):
        if any(value == annual for _, _, value in known) or total == annual * len(known):
            return
        text = (
            f"Jumlah target semua periode {words}, periode terakhir {known[-1][1]}; target setahun {indikator.target}."
        )
        short = "Target periode, dijumlah atau tidak, tidak ada yang sama dengan target setahun."
        yield _found("TARGET-JUMLAH", "peringatan", indikator, None, (words, indikator.target), text, short)
    elif total < annual and whole:
        text = f"Target semua periode bersama hanya {words}; target setahun {indikator.target}."
        short = "Target semua periode bersama tidak mencapai target setahun."
        yield _found("TARGET-JUMLAH", "galat", indikator, None, (words, indikator.target), text, short)
