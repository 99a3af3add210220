"""Rules for what a plan of budget lines has not been given at all: said once of the document, and not row by row.

A column that nobody fills in is a choice of the form. But budget lines of which none has a pagu, or a plan that states
neither targets nor cash by periods, is not done yet. Charts of indicators without budget lines have no figures, and
plans with figures by years are other papers.
Source: interchange.md (`target`, `target_periode`, `pagu`, `kas`, `aksi`); forms.md (what a Rencana Aksi prints).
"""

from collections.abc import Iterator

from models.changes import Change
from models.plan import Plan
from models.rows import Aksi, Anggaran, Dokumen, Dukungan, Indikator, Kinerja, TahunAnggaran, TahunIndikator
from services.checks.finding import Finding, plain
from services.checks.usage import Usage, is_blank
from services.terms import JENIS, LEVEL_NAMES, TINGKAT, Level

_SEVERAL = 5
"""Fewer rows than these are one that has just been begun."""
_NAMED = 3
_MATTERS = {
    Anggaran: ("induk_id", "jenis"),
    Indikator: ("kinerja_id", "anggaran_id"),
    Aksi: ("bulan", "uraian"),
}
"""What these rules read of a row; of years and links everything counts."""


def check_unfilled(plan: Plan, usage: Usage, dokumen: Dokumen) -> Iterator[Finding]:
    """All findings of this module about one document; linear in its rows."""
    lines = plan.where(Anggaran, "dokumen_id", dokumen.id)
    yield from _without_indicator(plan, lines)
    by_years = any(plan.where(cls, "dokumen_id", dokumen.id) for cls in (TahunIndikator, TahunAnggaran))
    planned = any(usage.used("periode", dokumen.id, level) for level in (*TINGKAT, *JENIS, ""))
    if len(lines) >= _SEVERAL and not by_years:
        yield from _no_figures(plan, usage, dokumen, planned=planned)
    yield from _without_month(plan, dokumen, planned=planned)


def concerns(change: Change) -> str | None:
    """The id of the document that these rules have to look at again after a change; None for none."""
    row = change.row
    if isinstance(row, Dukungan | TahunIndikator | TahunAnggaran):
        return row.dokumen_id
    fields = _MATTERS.get(type(row))
    if fields is None:
        return row.dokumen_id if isinstance(row, Kinerja) and None in (change.before, change.after) else None
    before, after = change.before, change.after
    if before is None or after is None or any(getattr(before, each) != getattr(after, each) for each in fields):
        return getattr(row, "dokumen_id", None)
    return None


def _no_figures(plan: Plan, usage: Usage, dokumen: Dokumen, *, planned: bool) -> Iterator[Finding]:
    """TARGET-KOSONG, PAGU-KOSONG and KAS-TIDAK-ADA of a whole document.

    Where the year's targets and the pagu are there, a paper without cash is a Perjanjian Kinerja.
    """
    rows, lines = (len(plan.where(cls, "dokumen_id", dokumen.id)) for cls in (Indikator, Anggaran))
    bare = rows >= _SEVERAL and not planned and not usage.used("target", dokumen.id)
    if bare:
        yield _of_all("TARGET-KOSONG", dokumen, f"Target setahun belum diisi pada semua indikator ({rows}).")
    unpaid = not any(usage.used("pagu", dokumen.id, jenis) for jenis in JENIS)
    if unpaid:
        yield _of_all("PAGU-KOSONG", dokumen, f"Pagu belum diisi pada semua baris anggaran ({lines}).")
    if (bare or unpaid) and not planned and not any(usage.used("kas", dokumen.id, jenis) for jenis in JENIS):
        yield _of_all("KAS-TIDAK-ADA", dokumen, f"Rencana kas belum diisi pada semua baris anggaran ({lines}).")


def _of_all(kode: str, dokumen: Dokumen, text: str, tingkat: Level = "peringatan") -> Finding:
    return plain(kode, tingkat, dokumen, text)


def _without_month(plan: Plan, dokumen: Dokumen, *, planned: bool) -> Iterator[Finding]:
    """AKSI-TANPA-BULAN: actions without a marked month, where others have one, or nothing is planned by periods."""
    actions = plan.where(Aksi, "dokumen_id", dokumen.id)
    bare = [each for each in actions if is_blank(each.bulan)]
    if not bare or (len(bare) == len(actions) and planned):
        return
    if len(bare) == len(actions):
        text = f"Bulan pelaksanaan belum ditandai pada semua aksi ({len(bare)})."
    else:
        named = [each.uraian.strip() for each in bare[:_NAMED]]
        more = f", {len(bare) - _NAMED} lainnya" if len(bare) > _NAMED else ""
        names = f"{'; '.join(named)}{more}"
        text = f"{len(bare)} aksi belum ditandai bulannya: {names}."
    yield _of_all("AKSI-TANPA-BULAN", dokumen, text, "catatan")


def _without_indicator(plan: Plan, lines: tuple[Anggaran, ...]) -> Iterator[Finding]:
    """SASARAN-TANPA-INDIKATOR of a budget line: none on it, nor on a sasaran that it supports, where most beside it do.

    Where the sasaran itself has none, that is said there. A program without lines below may be a printed total.
    """
    families: dict[tuple[str | None, str], list[Anggaran]] = {}
    for line in lines:
        families.setdefault((line.induk_id, line.jenis), []).append(line)
    for family in families.values():
        bare = [line for line in family if not plan.where(Indikator, "anggaran_id", line.id)]
        if 2 * len(bare) > len(family) or len(bare) == len(family):
            continue
        for line in bare:
            counts = line.induk_id is not None or plan.where(Anggaran, "induk_id", line.id)
            if counts and not plan.where(Dukungan, "anggaran_id", line.id):
                level = LEVEL_NAMES[line.jenis]
                text = f"{level} ini belum mempunyai indikator; {level.lower()} lain di sampingnya sudah."
                yield plain("SASARAN-TANPA-INDIKATOR", "catatan", line, text)
