"""PAGU-TOTAL: a total that the paper prints against the sum of its lines.

Source: interchange.md (`total_tercetak`); forms.md (Eselon II prints programs, III kegiatan, IV sub kegiatan; the last
row of the quarterly form sums the programs).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.plan import Plan
from models.rows import Anggaran, DeretAnggaran, Dokumen, TahunAnggaran, TotalTercetak
from services.checks.finding import Finding, Key, Period, period_name
from services.checks.pagu import may_lack
from services.rollup import RollUp
from services.rupiah import format_rupiah
from services.series import running
from services.tahunan import Amounts
from services.tanggal import MONTHS

_WORD = re.compile(r"[^\W\d_]+|%")
_WORDS = """
    akhir aksi anggaran apbd atas baris bawah belanja bulan daerah dan dari di dinas dokumen dpa eksekutif eselon
    formulir ikhtisar jumlah kas kegiatan keseluruhan keuangan kinerja kolom kumulatif langsung murni opd pada pagu
    penutup per perangkat perjanjian perubahan program realisasi rencana rp rupiah sampai sebesar seluruh semua
    setahun skpd sub tabel tahun tahunan target total triwulan tw untuk i ii iii iv
"""
_KNOWN = frozenset(_WORDS.split()) | {name.lower() for name in MONTHS}
"""The words of a place that names a sum of whole levels; any other word may name a part of them."""

_PART = re.compile(
    r"\b(?:program|kegiatan)\s+[0-9]|\bsub[\s-]*(?:total|jumlah)\b|\b(?:jumlah|total)\s+(?:[0-9]{1,2}|[IVX]+|[A-Z])\b",
    re.IGNORECASE,
)
"""A total of a part: of program 1, or the first of several."""

_SPENT = re.compile(r"realisasi", re.IGNORECASE)
_YEAR = re.compile(r"\b(20\d\d)\b")
_QUARTER = re.compile(r"\b(?:triwulan|tw)\.?\s*(IV|III|II|I|[1-4])\b", re.IGNORECASE)
_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})\b", re.IGNORECASE)
_LEVELS = (
    (re.compile(r"\bsub[\s-]?kegiatan\b|\beselon\s+IV\b", re.IGNORECASE), "sub_kegiatan"),
    (re.compile(r"\bkegiatan\b|\beselon\s+III\b", re.IGNORECASE), "kegiatan"),
    (re.compile(r"\bprogram\b|\beselon\s+II\b", re.IGNORECASE), "program"),
)
_QUARTERS = {"I": 0, "II": 1, "III": 2, "IV": 3}


@dataclass(frozen=True, slots=True)
class _Named:
    """What a total is of: lines of one level ("" where it is not said), one year, one period, spent or planned."""

    jenis: str
    year: str
    place: int | None
    quarter: bool
    spent: bool


def check_total(plan: Plan, rollup: RollUp, total: TotalTercetak) -> Iterator[Finding]:
    """A printed total that is not the sum which its place names; none where the place names no sum that is known."""
    named = _read(total.tempat or "")
    dokumen = plan.find(Dokumen, total.dokumen_id)
    if named is None or dokumen is None or total.nilai is None:
        return
    sums = [
        (lines, found) for lines in _lines(plan, dokumen, named) for found in _sums(plan, rollup, dokumen, named, lines)
    ]
    if not sums or any(found == total.nilai for _, found in sums):
        return
    lines, wanted = sums[0]
    if wanted < total.nilai and may_lack(plan, dokumen, lines):
        return
    at: Period = None
    if named.place is not None:
        at = f"TW{named.place // 3 + 1}" if named.quarter else named.place + 1
    when = f" ({period_name(at)})" if at is not None else ""
    text = f"Tercetak {format_rupiah(total.nilai)}, jumlah baris{when} {format_rupiah(wanted)}."
    short = "Total tercetak berbeda dari jumlah barisnya."
    cause = _cause(plan, rollup, lines, wanted - total.nilai) if at is None and not named.spent else None
    yield Finding("PAGU-TOTAL", "peringatan", TotalTercetak, total.id, at, total.nilai, wanted, text, short, cause)


def _read(tempat: str) -> _Named | None:
    if not tempat or _PART.search(tempat) or not {word.lower() for word in _WORD.findall(tempat)} <= _KNOWN:
        return None
    jenis = next((jenis for pattern, jenis in _LEVELS if pattern.search(tempat)), "")
    years = _YEAR.findall(tempat)
    quarter, month = _QUARTER.search(tempat), _MONTH.search(tempat)
    place: int | None = None
    if quarter:
        word = quarter[1].upper()
        place = 3 * (int(word) - 1 if word.isdigit() else _QUARTERS[word]) + 2
    elif month:
        place = [name.lower() for name in MONTHS].index(month[1].lower())
    year = years[-1] if len(set(years)) == 1 else ""
    if len(set(years)) > 1:
        return None
    return _Named(jenis, year, place, quarter is not None, _SPENT.search(tempat) is not None)


def _lines(plan: Plan, dokumen: Dokumen, named: _Named) -> Iterator[list[Anggaran]]:
    """The lines that may be summed, the likeliest first: of the named level, or the top of the tree, or any level."""
    lines = plan.where(Anggaran, "dokumen_id", dokumen.id)
    if named.jenis:
        yield [line for line in lines if line.jenis == named.jenis]
        return
    yield [line for line in lines if plan.find(Anggaran, line.induk_id) is None]
    for jenis in ("program", "kegiatan", "sub_kegiatan"):
        yield [line for line in lines if line.jenis == jenis]


def _sums(plan: Plan, rollup: RollUp, dokumen: Dokumen, named: _Named, lines: list[Anggaran]) -> Iterator[int]:
    """What the lines add up to; none where they state nothing of the kind."""
    if named.place is not None:
        if not named.spent and named.year in ("", str(dokumen.tahun)):
            yield from _of_period(plan, rollup, lines, named)
        return
    amounts = Amounts(plan, dokumen)
    year = named.year or str(dokumen.tahun)
    of = amounts.realisasi if named.spent else amounts.pagu
    stated = [amount for line in lines if (amount := of(line, year)) is not None]
    if stated:
        yield sum(stated)


def _of_period(plan: Plan, rollup: RollUp, lines: list[Anggaran], named: _Named) -> Iterator[int]:
    """The period alone and the running total, first what the lines themselves hold."""
    kas = rollup.of(lines).kas
    if kas is None or named.place is None:
        return
    upto = kas[named.place] or 0
    width = 3 if named.quarter else 1
    before = (kas[named.place - width] or 0) if named.place >= width else 0
    series = [plan.one(DeretAnggaran, "anggaran_id", line.id, "kas") for line in lines]
    runs = any(each is not None and each.kumulatif for each in series)
    yield from (upto, upto - before) if runs else (upto - before, upto)


def _cause(plan: Plan, rollup: RollUp, lines: list[Anggaran], more: int) -> Key | None:
    """A line without a pagu, or one whose own is `more` rupiah above the sum below it, or above its cash."""
    for line in lines:
        empty = rollup.line(line.id).pagu is None and not plan.where(TahunAnggaran, "anggaran_id", line.id)
        if empty and any(each.pagu is not None for each in lines if each.jenis == line.jenis):
            return "PAGU-KOSONG", Anggaran, line.id, None
    for line in lines:
        below = plan.where(Anggaran, "induk_id", line.id)
        if below and line.pagu is not None and line.pagu - sum(child.pagu or 0 for child in below) == more:
            return "PAGU-RINCIAN", Anggaran, line.id, None
    for line in lines:
        series = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
        if series is None or line.pagu is None:
            continue
        last = running(series.nilai, kumulatif=bool(series.kumulatif))[-1]
        if last is not None and line.pagu - last == more:
            end = ("TW4" if series.periode == "triwulan" else 12) if series.kumulatif else None
            return "KAS-AKHIR", Anggaran, line.id, end
    return None
