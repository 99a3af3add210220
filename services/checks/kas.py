"""Rules for the cash of a line: against itself, and against the lines below it.

Source: forms.md (months are cumulative, December is the annual budget), interchange.md (`kas`, `kumulatif`).
"""

import itertools
from collections.abc import Iterator
from dataclasses import replace

from models.plan import Plan
from models.rows import Anggaran, DeretAnggaran
from services.checks import causes
from services.checks.finding import Finding, Period, period_name, period_of
from services.checks.pagu import is_cut_off
from services.checks.usage import Usage
from services.rollup import RollUp
from services.rupiah import format_rupiah
from services.series import QUARTER_ENDS, places, running
from services.terms import Level

CHILD = {"program": "kegiatan", "kegiatan": "sub kegiatan", "sub_kegiatan": "rincian"}


def check_cash(plan: Plan, rollup: RollUp, usage: Usage, line: Anggaran) -> Iterator[Finding]:
    """All findings about the cash of one budget line."""
    series = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    if series is None or all(value is None for value in series.nilai):
        yield from _without_cash(rollup, usage, line, series)
        return
    totals = running(series.nilai, kumulatif=bool(series.kumulatif))
    ended = _at_end(plan, rollup, line, series, totals)
    yield from _falling(line, series, ended)
    for found in _empty_or_beyond(line, series, totals, ended):
        if found.kode == "KAS-LEBIH":
            place = found.month or 0
            yield replace(found, sebab=causes.of_excess(plan, rollup, line, series, place))
        else:
            yield found
    if ended is not None:
        yield ended
    yield from _against_children(plan, rollup, line, series)


def _found(
    kode: str, level: Level, line: Anggaran, at: Period, nilai: int | None, harusnya: int | None, text: str, short: str
) -> Finding:
    return Finding(kode, level, Anggaran, line.id, at, nilai, harusnya, text, short)


def _name(series: DeretAnggaran, place: int) -> str:
    return period_name(period_of(series.periode, place))


def _without_cash(rollup: RollUp, usage: Usage, line: Anggaran, series: DeretAnggaran | None) -> Iterator[Finding]:
    """KAS-TIDAK-ADA: a pagu and no cash plan, where other lines of the level have one.

    A note where the line leaves its cash open and those below it have all: their sum stands for it.
    """
    if not line.pagu or not usage.used("kas", line.dokumen_id, line.jenis):
        return
    if series is None and rollup.line(line.id).kas is not None:
        short = f"Rencana kas belum diisi; yang dipakai adalah jumlah {CHILD[line.jenis]}nya."
        yield _found("KAS-TIDAK-ADA", "catatan", line, None, None, line.pagu, short, short)
        return
    short = "Pagu ada, rencana kas belum diisi sama sekali."
    text = f"Pagu {format_rupiah(line.pagu)} ada, rencana kas belum diisi sama sekali."
    yield _found("KAS-TIDAK-ADA", "peringatan", line, None, None, line.pagu, text, short)


def _falling(line: Anggaran, series: DeretAnggaran, ended: Finding | None) -> Iterator[Finding]:
    """KAS-TURUN: a running total is below the one before it.

    Where the last one falls and is not the pagu, it goes away with KAS-AKHIR. Where it falls only because the one
    before is above the pagu, with KAS-LEBIH.
    """
    if not series.kumulatif:
        return
    known = [(place, value) for place in places(series.periode) if (value := series.nilai[place]) is not None]
    for (before, old), (place, value) in itertools.pairwise(known):
        if value < old:
            name, previous = _name(series, place), _name(series, before)
            text = f"Kas kumulatif {name} {format_rupiah(value)} lebih kecil daripada {previous} {format_rupiah(old)}."
            short = "Kas kumulatif {periode} lebih kecil daripada periode sebelumnya."
            at = period_of(series.periode, place)
            found = _found("KAS-TURUN", "galat", line, at, value, old, text, short)
            follows = ended is not None and ended.sebab is None and ended.periode == at and old <= (line.pagu or 0)
            if line.pagu is not None and value <= line.pagu < old and _within(known, line.pagu, place) <= value:
                beyond = ("KAS-LEBIH", Anggaran, line.id, period_of(series.periode, before))
                yield replace(found, sebab=beyond)
            else:
                yield replace(found, sebab=ended.key) if ended is not None and follows else found


def _within(known: list[tuple[int, int]], pagu: int, upto: int) -> int:
    """The last running total before a place that is not above the pagu; 0 for none."""
    return next((value for place, value in reversed(known) if place < upto and value <= pagu), 0)


def _empty_or_beyond(
    line: Anggaran, series: DeretAnggaran, totals: tuple[int | None, ...], ended: Finding | None
) -> Iterator[Finding]:
    """KAS-KOSONG: a period without an amount in a line that has others; KAS-LEBIH: a total above the pagu.

    In a line of months whose amounts all stand where a quarter closes, those places alone may be empty.
    """
    stated = {place for place, value in enumerate(series.nilai) if value is not None}
    by_quarter = len(stated) > 1 and stated <= set(QUARTER_ENDS)
    short_of = ended is not None and not series.kumulatif and (ended.selisih or 0) < 0
    for place in places(series.periode):
        total, at = totals[place], period_of(series.periode, place)
        if series.nilai[place] is None:
            if by_quarter and place not in QUARTER_ENDS:
                continue
            text = f"Kas {_name(series, place)} belum diisi; periode lain sudah."
            short = "Kas {periode} belum diisi; periode lain sudah."
            found = _found("KAS-KOSONG", "peringatan", line, at, None, None, text, short)
            yield replace(found, sebab=ended.key) if ended is not None and short_of else found
        elif line.pagu is not None and total is not None and total > line.pagu:
            text = f"Kas sampai {_name(series, place)} {format_rupiah(total)} melebihi pagu {format_rupiah(line.pagu)}."
            short = "Kas sampai {periode} melebihi pagu."
            yield _found("KAS-LEBIH", "galat", line, at, total, line.pagu, text, short)


def _at_end(
    plan: Plan, rollup: RollUp, line: Anggaran, series: DeretAnggaran, totals: tuple[int | None, ...]
) -> Finding | None:
    """KAS-AKHIR: the last running total, or the sum of the single periods, is not the pagu.

    A running total that is not there says nothing. The last total above the pagu is KAS-LEBIH already.
    """
    last = totals[-1]
    if line.pagu is None or last is None or last == line.pagu or (series.kumulatif and series.nilai[-1] is None):
        return None
    what = "Kas akhir tahun" if series.kumulatif else "Jumlah kas setahun"
    text = f"{what} {format_rupiah(last)} tidak sama dengan pagu {format_rupiah(line.pagu)}."
    end = period_of(series.periode, 11)
    found = _found(
        "KAS-AKHIR",
        "galat",
        line,
        end if series.kumulatif else None,
        last,
        line.pagu,
        text,
        f"{what} tidak sama dengan pagu.",
    )
    if causes.pagu_of_children(plan, line) == last and not (last < line.pagu and is_cut_off(plan, line)):
        return replace(found, sebab=("PAGU-RINCIAN", Anggaran, line.id, None))
    beyond = last > line.pagu and series.nilai[-1] is not None
    if beyond:
        return replace(found, sebab=("KAS-LEBIH", Anggaran, line.id, end))
    return replace(found, sebab=causes.of_end(plan, rollup, line, series))


def _against_children(plan: Plan, rollup: RollUp, line: Anggaran, series: DeretAnggaran) -> Iterator[Finding]:
    """KAS-RINCIAN: a period differs from the sum of the lines below; KAS-PEMBULATAN: by at most a rupiah for each.

    Running totals are compared as such, single periods by what they add since the period before that says something.
    """
    compared = causes.compare(plan, rollup, line, series)
    if compared is None:
        return
    missing = is_cut_off(plan, line)
    upto = "sampai " if series.kumulatif else ""
    for place, (value, wanted) in compared.cells.items():
        off = abs(value - wanted)
        if not off or (missing and wanted < value):
            continue
        name, child = _name(series, place), CHILD[line.jenis]
        at = period_of(series.periode, place)
        if off <= compared.children:
            text = f"Kas {upto}{name} berselisih Rp {off} dengan jumlah {child}nya (pembulatan)."
            short = f"Kas {{periode}} berselisih Rp {off} (pembulatan)."
            yield _found("KAS-PEMBULATAN", "catatan", line, at, value, wanted, text, short)
        else:
            text = f"Kas {upto}{name} {format_rupiah(value)}, jumlah {child}nya {format_rupiah(wanted)}."
            short = f"Kas {{periode}} berbeda dari jumlah {child}nya."
            found = _found("KAS-RINCIAN", "peringatan", line, at, value, wanted, text, short)
            yield replace(found, sebab=causes.of_cash(plan, rollup, line, series, place, value - wanted))
