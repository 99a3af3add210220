"""Rules for pagu and cash: a line against itself, and against the lines below it.

Source: forms.md (months are cumulative, December is the annual budget), architecture.md (levels of the budget).
"""

import itertools
from collections.abc import Iterator

from models.plan import Plan
from models.rows import Anggaran, DeretAnggaran
from services.checks.finding import Finding, Period, period_name
from services.rollup import RollUp
from services.rupiah import format_rupiah
from services.series import places, running
from services.terms import Level

CHILD = {"program": "kegiatan", "kegiatan": "sub kegiatan", "sub_kegiatan": "rincian"}
NO_NAME = "(nama tidak tercetak)"
"""How a transcript marks a line that its paper left without a name."""


def check_line(plan: Plan, rollup: RollUp, line: Anggaran) -> Iterator[Finding]:
    """All findings of one budget line."""
    if not line.nama.strip() or line.nama.strip() == NO_NAME:
        text = f"Nama {line.jenis.replace('_', ' ')} belum diisi."
        yield Finding("NAMA-KOSONG", "peringatan", Anggaran, line.id, None, line.nama or None, None, text, text)
    yield from _pagu_of_children(plan, rollup, line)
    series = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    if series is not None and any(value is not None for value in series.nilai):
        yield from _own_cash(line, series)
        yield from _cash_of_children(plan, rollup, line, series)


def _found(
    kode: str, level: Level, line: Anggaran, at: Period, nilai: int | None, harusnya: int | None, text: str, short: str
) -> Finding:
    return Finding(kode, level, Anggaran, line.id, at, nilai, harusnya, text, short)


def _period(series: DeretAnggaran, place: int) -> Period:
    return f"TW{place // 3 + 1}" if series.periode == "triwulan" else place + 1


def _pagu_of_children(plan: Plan, rollup: RollUp, line: Anggaran) -> Iterator[Finding]:
    """PAGU-RINCIAN: the pagu is not the sum of the lines below, where each has one or is the sum of its own."""
    below = plan.where(Anggaran, "induk_id", line.id)
    amounts = [rollup.line(child.id).pagu for child in below]
    if not below or line.pagu is None or None in amounts:
        return
    total = sum(amount for amount in amounts if amount is not None)
    if total != line.pagu:
        short = f"Pagu berbeda dari jumlah {len(below)} {CHILD[line.jenis]}nya."
        text = f"Pagu {format_rupiah(line.pagu)}, jumlah {len(below)} {CHILD[line.jenis]}nya {format_rupiah(total)}."
        yield _found("PAGU-RINCIAN", "galat", line, None, line.pagu, total, text, short)


def _own_cash(line: Anggaran, series: DeretAnggaran) -> Iterator[Finding]:
    at = places(series.periode)
    typed = [(place, series.nilai[place]) for place in at]
    totals = running(series.nilai, kumulatif=bool(series.kumulatif))
    yield from _falling(line, series, typed)
    for place, value in typed:
        total = totals[place]
        if value is None:
            name = _name(series, place)
            text, short = (
                f"Kas {name} belum diisi; periode lain sudah.",
                "Kas {periode} belum diisi; periode lain sudah.",
            )
            yield _found("KAS-KOSONG", "peringatan", line, _period(series, place), None, None, text, short)
        elif line.pagu is not None and total is not None and total > line.pagu:
            text = f"Kas sampai {_name(series, place)} {format_rupiah(total)} melebihi pagu {format_rupiah(line.pagu)}."
            short = "Kas sampai {periode} melebihi pagu."
            yield _found("KAS-LEBIH", "galat", line, _period(series, place), total, line.pagu, text, short)
    last = totals[-1]
    if line.pagu is not None and last is not None and last != line.pagu:
        what = "Kas akhir tahun" if series.kumulatif else "Jumlah kas setahun"
        text = f"{what} {format_rupiah(last)} tidak sama dengan pagu {format_rupiah(line.pagu)}."
        at_end = _period(series, 11) if series.kumulatif else None
        yield _found("KAS-AKHIR", "galat", line, at_end, last, line.pagu, text, f"{what} tidak sama dengan pagu.")


def _falling(line: Anggaran, series: DeretAnggaran, typed: list[tuple[int, int | None]]) -> Iterator[Finding]:
    """KAS-TURUN: a running total is below the one before it."""
    if not series.kumulatif:
        return
    known = [(place, value) for place, value in typed if value is not None]
    for (before, old), (place, value) in itertools.pairwise(known):
        if value < old:
            name, previous = _name(series, place), _name(series, before)
            text = f"Kas kumulatif {name} {format_rupiah(value)} lebih kecil daripada {previous} {format_rupiah(old)}."
            short = "Kas kumulatif {periode} lebih kecil daripada periode sebelumnya."
            yield _found("KAS-TURUN", "galat", line, _period(series, place), value, old, text, short)


def _cash_of_children(plan: Plan, rollup: RollUp, line: Anggaran, series: DeretAnggaran) -> Iterator[Finding]:
    """KAS-RINCIAN: a period differs from the sum of the lines below; KAS-PEMBULATAN: by at most a rupiah for each."""
    below = plan.where(Anggaran, "induk_id", line.id)
    sums = [rollup.line(child.id).kas for child in below]
    if not below or None in sums:
        return
    total = rollup.children(line.id).kas
    own = running(series.nilai, kumulatif=bool(series.kumulatif))
    assert total is not None
    for place in places(series.periode):
        value, wanted = own[place], total[place] or 0
        if series.nilai[place] is None or value is None or value == wanted:
            continue
        name, child = _name(series, place), CHILD[line.jenis]
        off = abs(value - wanted)
        if off <= len(below):
            text = f"Kas sampai {name} berselisih Rp {off} dengan jumlah {child}nya (pembulatan)."
            short = f"Kas {{periode}} berselisih Rp {off} (pembulatan)."
            yield _found("KAS-PEMBULATAN", "catatan", line, _period(series, place), value, wanted, text, short)
        else:
            text = f"Kas sampai {name} {format_rupiah(value)}, jumlah {child}nya {format_rupiah(wanted)}."
            short = f"Kas {{periode}} berbeda dari jumlah {child}nya."
            yield _found("KAS-RINCIAN", "peringatan", line, _period(series, place), value, wanted, text, short)


def _name(series: DeretAnggaran, place: int) -> str:
    return period_name(_period(series, place))
