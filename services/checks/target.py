"""Rules for the targets of indicators that accumulate through the year.

Source: interchange.md, `akumulasi` kumulatif: each period is the running total, the last equals the annual target.
"""

import itertools
from collections.abc import Iterator
from decimal import Decimal

from models.plan import Plan
from models.rows import DeretIndikator, Indikator
from services.angka import Style, decide_style, parse_angka
from services.checks.finding import Finding, Period, period_name
from services.series import places


def check_indicator(plan: Plan, indikator: Indikator) -> Iterator[Finding]:
    """All findings of one indicator."""
    if not indikator.uraian.strip():
        text = "Uraian indikator belum diisi."
        yield Finding("NAMA-KOSONG", "peringatan", Indikator, indikator.id, None, None, None, text, text)
    series = plan.one(DeretIndikator, "indikator_id", indikator.id, "target")
    if series is None or indikator.akumulasi != "kumulatif" or indikator.arah == "turun":
        return
    style = decide_style([indikator.target, *series.nilai])
    typed = [(place, series.nilai[place] or "") for place in places(series.periode)]
    known = [(place, text, value) for place, text in typed if (value := _value(text, style)) is not None]
    yield from _falling(indikator, series, known)
    annual = _value(indikator.target or "", style)
    if annual is not None and known:
        yield from _against_year(indikator, series, known, annual)


def _value(text: str, style: Style) -> Decimal | None:
    read = parse_angka(text, style)
    return read.value if read else None


def _period(series: DeretIndikator, place: int) -> Period:
    return f"TW{place // 3 + 1}" if series.periode == "triwulan" else place + 1


def _falling(indikator: Indikator, series: DeretIndikator, known: list[tuple[int, str, Decimal]]) -> Iterator[Finding]:
    for (_, before, old), (place, text, value) in itertools.pairwise(known):
        if value < old:
            at = _period(series, place)
            pesan = f"Target kumulatif {period_name(at)} ({text}) lebih kecil daripada periode sebelumnya ({before})."
            short = "Target kumulatif {periode} lebih kecil daripada periode sebelumnya."
            yield Finding("TARGET-TURUN", "galat", Indikator, indikator.id, at, text, before, pesan, short)


def _against_year(
    indikator: Indikator, series: DeretIndikator, known: list[tuple[int, str, Decimal]], annual: Decimal
) -> Iterator[Finding]:
    for place, text, value in known:
        if value > annual:
            at = _period(series, place)
            pesan = f"Target {period_name(at)} ({text}) melebihi target setahun ({indikator.target})."
            short = "Target {periode} melebihi target setahun."
            yield Finding("TARGET-LEBIH", "galat", Indikator, indikator.id, at, text, indikator.target, pesan, short)
    place, last, at_end = known[-1]
    if at_end != annual:
        at = _period(series, place)
        pesan = f"Target terakhir, {period_name(at)} ({last}), tidak sama dengan target setahun ({indikator.target})."
        short = "Target terakhir ({periode}) tidak sama dengan target setahun."
        yield Finding("TARGET-AKHIR", "galat", Indikator, indikator.id, at, last, indikator.target, pesan, short)
