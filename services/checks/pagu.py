"""Rules for the pagu: of a line, of the printed totals, and of one level against the next.

Source: architecture.md (levels of the budget), interchange.md (`pagu`, `pagu_tahun`, `total_tercetak`, `sumber`).
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from models.plan import Plan
from models.rows import Anggaran, Dokumen, TahunAnggaran
from services.checks import causes
from services.checks.finding import Finding, plain
from services.checks.usage import Usage
from services.naming import row_text
from services.rollup import RollUp
from services.rupiah import format_rupiah
from services.terms import JENIS, LEVEL_NAMES

_NAMED = 6
"""How many lines a sentence names."""

_PARTIAL = re.compile(
    r"memuat halaman [^.]{1,40}\bsaja|hanya (?:memuat )?halaman|baris[^.]{0,60}tidak dimuat|no\.? ?\d+ to \d+"
    r"|no\.? ?\d+ (?:sampai|s\.?d\.?) \d+ saja|pages? \d+[^.]{0,20} only",
    re.IGNORECASE,
)
"""How a transcript says that it holds only a part of its paper."""


def check_pagu(plan: Plan, rollup: RollUp, usage: Usage, line: Anggaran) -> Iterator[Finding]:
    """All findings about the pagu of one budget line."""
    yield from _empty(plan, rollup, usage, line)
    yield from _against_children(plan, rollup, line)
    yield from _years_of_children(plan, line)


def is_partial(dokumen: Dokumen) -> bool:
    """Whether its source says that only a part of the paper was transcribed."""
    return bool(dokumen.sumber) and _says_partial(dokumen.sumber or "")


def is_cut_off(plan: Plan, line: Anggaran) -> bool:
    """Whether lines below may be missing: the paper was transcribed in part, and the part ends below this line."""
    dokumen = plan.find(Dokumen, line.dokumen_id)
    if dokumen is None or not is_partial(dokumen):
        return False
    lines = plan.where(Anggaran, "dokumen_id", line.dokumen_id)
    at: Anggaran | None = lines[-1] if lines else None
    seen: set[str] = set()
    while at is not None and at.id not in seen:
        if at.id == line.id:
            return True
        seen.add(at.id)
        at = plan.find(Anggaran, at.induk_id)
    return False


def check_levels(plan: Plan, dokumen: Dokumen) -> Iterator[Finding]:
    """PAGU-TABEL: two levels add up to different amounts because lines stand under no line of the level above.

    Only where each line above has lines below it, so that the lower table is there whole. Lines that differ from their
    own children are PAGU-RINCIAN.
    """
    lines = plan.where(Anggaran, "dokumen_id", dokumen.id)
    for upper, lower in itertools.pairwise(JENIS):
        above = [line for line in lines if line.jenis == upper and line.pagu is not None]
        below = [line for line in lines if line.jenis == lower and line.pagu is not None]
        total, parts = sum(a.pagu or 0 for a in above), sum(b.pagu or 0 for b in below)
        if total == parts or not all(plan.where(Anggaran, "induk_id", line.id) for line in above if line.pagu):
            continue
        astray = [line for line in below if line.pagu and plan.find(Anggaran, line.induk_id) is None]
        if not above or not astray:
            continue
        names = "; ".join(f"{row_text(line)} ({format_rupiah(line.pagu or 0)})" for line in astray[:_NAMED])
        more = f" dan {len(astray) - _NAMED} baris lain" if len(astray) > _NAMED else ""
        text = (
            f"Jumlah pagu {LEVEL_NAMES[upper].lower()} {format_rupiah(total)}, jumlah pagu "
            f"{LEVEL_NAMES[lower].lower()} {format_rupiah(parts)}. Tanpa {LEVEL_NAMES[upper].lower()}: {names}{more}."
        )
        yield replace(plain("PAGU-TABEL", "peringatan", dokumen, text, total), harusnya=parts)


@lru_cache(maxsize=64)
def _says_partial(sumber: str) -> bool:
    return _PARTIAL.search(sumber) is not None


def _empty(plan: Plan, rollup: RollUp, usage: Usage, line: Anggaran) -> Iterator[Finding]:
    """PAGU-KOSONG: no pagu, none below it to add up and none by years, where other lines of the level have one."""
    if line.pagu is not None or not usage.used("pagu", line.dokumen_id, line.jenis):
        return
    if rollup.line(line.id).pagu is None and not plan.where(TahunAnggaran, "anggaran_id", line.id):
        yield plain("PAGU-KOSONG", "peringatan", line, f"Pagu {LEVEL_NAMES[line.jenis].lower()} belum diisi.")


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


def _years(plan: Plan, line: Anggaran) -> dict[str, int | None]:
    rows = plan.where(TahunAnggaran, "anggaran_id", line.id)
    return {row.tahun: row.nilai for row in rows if row.jenis == "pagu"}
