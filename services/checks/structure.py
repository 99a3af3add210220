"""Rules for how the two trees are built: what stands under what, what measures it and who answers for it.

Source: interchange.md (`dukungan`, `kode`, `penanggung_jawab`), forms.md (which blocks a form sets side by side).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from models.plan import Plan
from models.rows import Anggaran, Dukungan, Indikator, Jabatan, Kinerja
from services.checks.finding import Finding, plain
from services.checks.usage import Usage
from services.terms import LEVEL_NAMES

_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=32768)
def text_key(text: str | None) -> str:
    """A text as it is compared: without capitals, signs and doubled spaces."""
    return " ".join(_WORD.findall(text.casefold())) if text else ""


def check_node(plan: Plan, usage: Usage, node: Kinerja) -> Iterator[Finding]:
    """All findings about the place of one node of the performance tree."""
    yield from _without_indicator(plan, usage, node)
    yield from _said_twice(plan, node)
    yield from _other_unit(plan, node, plan.find(Kinerja, node.induk_id))


def check_line_place(plan: Plan, usage: Usage, line: Anggaran) -> Iterator[Finding]:
    """All findings about the place of one budget line."""
    yield from _without_sasaran(plan, usage, line)
    yield from _other_unit(plan, line, plan.find(Anggaran, line.induk_id))


def _without_indicator(plan: Plan, usage: Usage, node: Kinerja) -> Iterator[Finding]:
    """SASARAN-TANPA-INDIKATOR: neither the sasaran nor a line that supports it has an indicator.

    A sasaran strategis needs one of its own, where others of the document have one.
    """
    if node.tingkat == "tujuan" or not usage.used("indikator", node.dokumen_id):
        return
    if plan.where(Indikator, "kinerja_id", node.id):
        return
    links = plan.where(Dukungan, "kinerja_id", node.id)
    own_needed = node.tingkat == "sasaran_strategis" and usage.used("strategis", node.dokumen_id)
    if own_needed or not any(plan.where(Indikator, "anggaran_id", link.anggaran_id) for link in links):
        name = LEVEL_NAMES[node.tingkat]
        yield plain("SASARAN-TANPA-INDIKATOR", "peringatan", node, f"{name} ini belum mempunyai indikator.")


def _said_twice(plan: Plan, node: Kinerja) -> Iterator[Finding]:
    """SASARAN-SAMA-INDIKATOR: an indicator that repeats its sasaran word for word measures nothing."""
    own = text_key(node.uraian)
    for indikator in plan.where(Indikator, "kinerja_id", node.id) if own else ():
        if text_key(indikator.uraian) == own:
            text = "Indikator mengulang kalimat sasarannya, jadi tidak menyebut apa yang diukur."
            yield plain("SASARAN-SAMA-INDIKATOR", "catatan", node, text, indikator.uraian)
            return


def _without_sasaran(plan: Plan, usage: Usage, line: Anggaran) -> Iterator[Finding]:
    """ANGGARAN-TANPA-SASARAN: neither the line, nor one above or below it, supports any sasaran.

    Said of the topmost line only.
    """
    if not usage.used("dukungan", line.dokumen_id) or plan.find(Anggaran, line.induk_id) is not None:
        return
    queue, seen = [line], {line.id}
    while queue:
        at = queue.pop()
        if plan.where(Dukungan, "anggaran_id", at.id):
            return
        more = [child for child in plan.where(Anggaran, "induk_id", at.id) if child.id not in seen]
        seen |= {child.id for child in more}
        queue += more
    text = f"{LEVEL_NAMES[line.jenis]} ini tidak mendukung sasaran mana pun."
    yield plain("ANGGARAN-TANPA-SASARAN", "peringatan", line, text)


def _other_unit(plan: Plan, row: Kinerja | Anggaran, above: Kinerja | Anggaran | None) -> Iterator[Finding]:
    """PJ-BEDA: the person in charge belongs to another unit than the one of the line above.

    Who stands under that one in the agency belongs there, and the head of the agency is over all units. Of somebody
    lower whose superior is not known nothing can be said.
    """
    own = plan.find(Jabatan, row.penanggung_jawab_id)
    upper = plan.find(Jabatan, above.penanggung_jawab_id) if above is not None else None
    if own is None or upper is None or own.id == upper.id:
        return
    here, there = set(text_key(own.unit).split()), set(text_key(upper.unit).split())
    if not here or not there or here <= there or there <= here:
        return
    if own.atasan_id is None and own.eselon != upper.eselon:
        return
    if _is_under(plan, own, upper) or _is_under(plan, upper, own):
        return
    text = f"Penanggung jawab dari {own.unit}, sedangkan baris di atasnya dari {upper.unit}."
    yield Finding(
        "PJ-BEDA",
        "peringatan",
        type(row),
        row.id,
        None,
        own.nama,
        upper.nama,
        text,
        "Penanggung jawab dari unit lain daripada baris di atasnya.",
    )


def _is_under(plan: Plan, own: Jabatan, upper: Jabatan) -> bool:
    seen: set[str] = set()
    at: Jabatan | None = own
    while at is not None and at.id not in seen:
        if at.id == upper.id:
            return True
        seen.add(at.id)
        at = plan.find(Jabatan, at.atasan_id)
    return False
