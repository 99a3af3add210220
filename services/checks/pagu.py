"""Rules for the pagu: of a line, of the printed totals, and of one level against the next.

Source: architecture.md (levels of the budget), interchange.md (`pagu`, `pagu_tahun`, `total_tercetak`, `sumber`).
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from models.plan import Plan
from models.rows import Anggaran, Dokumen, TahunAnggaran
from services.checks import causes
from services.checks.finding import Finding, plain, words_of
from services.checks.usage import Usage
from services.naming import row_text
from services.rollup import RollUp
from services.rupiah import format_rupiah
from services.terms import JENIS, LEVEL_NAMES

_NAMED = 6
"""How many lines a sentence names."""

_UPTO = r"(?:to|sampai|s\.?/?d\.?|hingga|dan|-|–)"
_PARTIAL = re.compile(
    r"memuat halaman [^.]{1,40}\bsaja|hanya (?:memuat )?(?:halaman|sebagian)|sebagian saja"
    r"|\d+ (?:baris|halaman) pertama|baris[^.]{0,60}tidak dimuat|no\.? ?\d+ to \d+"
    rf"|no\.? ?\d+ {_UPTO} \d+ saja|halaman \d+ ?{_UPTO} ?\d+ (?:saja|dari \d+)"
    r"|pages? \d+[^.]{0,20} (?:only|of \d+)|first \d+ (?:rows|lines|pages)",
    re.IGNORECASE,
)
"""How a transcript says that it holds only a part of its paper."""


def check_pagu(plan: Plan, rollup: RollUp, usage: Usage, line: Anggaran) -> Iterator[Finding]:
    """All findings about the pagu of one budget line."""
    yield from _empty(plan, rollup, usage, line)
    yield from _years_empty(plan, line)
    yield from _against_children(plan, rollup, line)
    yield from _years_of_children(plan, line)


def is_partial(dokumen: Dokumen) -> bool:
    """Whether its source says that only a part of the paper was transcribed."""
    return bool(dokumen.sumber) and _says_partial(dokumen.sumber or "")


def is_cut_off(plan: Plan, line: Anggaran) -> bool:
    """Whether lines below may be missing: the paper was transcribed in part, and the part ends below this line.

    Where each level has a table of its own, only the last table can have been cut.
    """
    dokumen = plan.find(Dokumen, line.dokumen_id)
    if dokumen is None or not is_partial(dokumen):
        return False
    lines = plan.where(Anggaran, "dokumen_id", line.dokumen_id)
    at: Anggaran | None = lines[-1] if lines else None
    seen: set[str] = set()
    while at is not None and at.id not in seen:
        if at.id == line.id:
            return at.id == lines[-1].induk_id or at.id == lines[-1].id or not _by_tables(lines)
        seen.add(at.id)
        at = plan.find(Anggaran, at.induk_id)
    return False


def may_lack(plan: Plan, dokumen: Dokumen, lines: Sequence[Anggaran]) -> bool:
    """Whether lines like these, which stand in one table or are the top of the tree, may be missing at the end."""
    if not is_partial(dokumen):
        return False
    every = plan.where(Anggaran, "dokumen_id", dokumen.id)
    return not _by_tables(every) or any(line.jenis == every[-1].jenis for line in lines)


def _by_tables(lines: Sequence[Anggaran]) -> bool:
    """Each level is listed for itself, so that a line is not followed by the lines below it."""
    parents = {line.induk_id for line in lines}
    return any(line.id in parents and following.induk_id != line.id for line, following in itertools.pairwise(lines))


def check_levels(plan: Plan, dokumen: Dokumen) -> Iterator[Finding]:
    """PAGU-TABEL: two levels add up to different amounts because lines stand under no line of the level above.

    Only where the lower table is there whole: each line above has lines below it, or all but a few of a paper that was
    not cut. Lines that differ from their own children are PAGU-RINCIAN.
    """
    lines = plan.where(Anggaran, "dokumen_id", dokumen.id)
    for upper, lower in itertools.pairwise(JENIS):
        above = [line for line in lines if line.jenis == upper and line.pagu is not None]
        below = [line for line in lines if line.jenis == lower and line.pagu is not None]
        total, parts = sum(a.pagu or 0 for a in above), sum(b.pagu or 0 for b in below)
        astray = [line for line in below if line.pagu and plan.find(Anggaran, line.induk_id) is None]
        if total == parts or not above or not astray:
            continue
        bare = [line for line in above if line.pagu and not plan.where(Anggaran, "induk_id", line.id)]
        if bare and (2 * len(bare) >= len(above) or may_lack(plan, dokumen, below)):
            continue
        one, other = LEVEL_NAMES[upper].lower(), LEVEL_NAMES[lower].lower()
        text = (
            f"Jumlah pagu {one} {format_rupiah(total)}, jumlah pagu {other} {format_rupiah(parts)}. "
            f"Tanpa {one}: {_named(astray)}."
        )
        if bare:
            text += f" Tanpa {other}: {_named(bare)}."
        yield replace(plain("PAGU-TABEL", "peringatan", dokumen, text, total), harusnya=parts)


def _named(lines: Sequence[Anggaran]) -> str:
    names = "; ".join(f"{row_text(line)} ({format_rupiah(line.pagu or 0)})" for line in lines[:_NAMED])
    return names + (f" dan {len(lines) - _NAMED} baris lain" if len(lines) > _NAMED else "")


@lru_cache(maxsize=64)
def _says_partial(sumber: str) -> bool:
    return _PARTIAL.search(sumber) is not None


def _empty(plan: Plan, rollup: RollUp, usage: Usage, line: Anggaran) -> Iterator[Finding]:
    """PAGU-KOSONG: no pagu, and none by years, where other lines of the level have one.

    A note where the lines below have one: their sum stands for it.
    """
    if line.pagu is not None or not usage.used("pagu", line.dokumen_id, line.jenis):
        return
    if plan.where(TahunAnggaran, "anggaran_id", line.id):
        return
    name, total = LEVEL_NAMES[line.jenis].lower(), rollup.line(line.id).pagu
    if total is None:
        yield plain("PAGU-KOSONG", "peringatan", line, f"Pagu {name} belum diisi.")
        return
    text = f"Pagu {name} belum diisi; yang dipakai adalah jumlah baris di bawahnya, {format_rupiah(total)}."
    yield replace(plain("PAGU-KOSONG", "catatan", line, text), harusnya=total)


def _years_empty(plan: Plan, line: Anggaran) -> Iterator[Finding]:
    """PAGU-KOSONG in the years of a Renstra: one between others that have a pagu."""
    missing = years_between(_years(plan, line))
    if missing:
        text = f"Pagu tahun {words_of(missing)} belum diisi; tahun lain sudah."
        yield plain("PAGU-KOSONG", "peringatan", line, text)


def _against_children(plan: Plan, rollup: RollUp, line: Anggaran) -> Iterator[Finding]:
    """PAGU-RINCIAN: the pagu is not the sum of the lines below, where each has one or is the sum of its own."""
    below = plan.where(Anggaran, "induk_id", line.id)
    if not below or line.pagu is None:
        return
    amounts = [rollup.line(child.id).pagu for child in below]
    if None in amounts:
        return
    total = sum(amount for amount in amounts if amount is not None)
    if total == line.pagu or (total < line.pagu and is_cut_off(plan, line)):
        return
    child = LEVEL_NAMES[below[0].jenis].lower()
    short = f"Pagu berbeda dari jumlah {len(below)} {child}nya."
    text = f"Pagu {format_rupiah(line.pagu)}, jumlah {len(below)} {child}nya {format_rupiah(total)}."
    cause = causes.of_pagu(plan, rollup, line, line.pagu - total)
    yield Finding("PAGU-RINCIAN", "galat", Anggaran, line.id, None, line.pagu, total, text, short, cause)


def _years_of_children(plan: Plan, line: Anggaran) -> Iterator[Finding]:
    """PAGU-RINCIAN in the years of a Renstra: where the line and each line below state a pagu for the year."""
    own = _years(plan, line)
    below = plan.where(Anggaran, "induk_id", line.id) if own else ()
    parts = [_years(plan, child) for child in below]
    if not parts or any(not years for years in parts):
        return
    for year, pagu in own.items():
        amounts = [years.get(year) for years in parts]
        if None in amounts or pagu is None:
            continue
        total = sum(amount for amount in amounts if amount is not None)
        if total != pagu and not (total < pagu and is_cut_off(plan, line)):
            child = LEVEL_NAMES[below[0].jenis].lower()
            text = f"Pagu {year} {format_rupiah(pagu)}, jumlah {len(below)} {child}nya {format_rupiah(total)}."
            short = f"Pagu {year} berbeda dari jumlah {len(below)} {child}nya."
            yield Finding("PAGU-RINCIAN", "galat", Anggaran, line.id, None, pagu, total, text, short)


def years_between(stated: Mapping[str, object]) -> list[str]:
    """The years that state nothing, or are left out, in a row whose other years do; none where most are left out."""
    full = sorted(int(year) for year, value in stated.items() if value is not None and year.isdigit())
    if len(full) < 3 or full[-1] - full[0] >= 2 * len(full):
        return []
    there = {str(year) for year in full}
    blank = {year for year, value in stated.items() if value is None}
    return sorted(blank | ({str(year) for year in range(full[0], full[-1])} - there))


def _years(plan: Plan, line: Anggaran) -> dict[str, int | None]:
    rows = plan.where(TahunAnggaran, "anggaran_id", line.id)
    return {row.tahun: row.nilai for row in rows if row.jenis == "pagu"}
