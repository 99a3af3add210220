"""Rules for what the cascade lacks: a way up, a budget line that serves an indicator, a task for a position.

Source: the question with which evaluators of SAKIP begin, whether all work leads up to the agency's goal (Permenpan RB
88/2021, the criteria of planning: cascading down to the individual; Permenpan RB 89/2021, steps of the pohon kinerja);
interchange.md (`dukungan`, `penanggung_jawab`, `atasan`). What leads up is decided as the chart does it
(services/pohon/nodes.py): a node by its induk, or by the budget line in its box where a line stands above that one.
"""

from collections.abc import Iterator
from dataclasses import replace

from models.changes import Change
from models.plan import Plan
from models.rows import Aksi, Anggaran, Dokumen, Dukungan, Indikator, Jabatan, Kinerja, Row
from services import pejabat
from services.checks.finding import Finding, Key, plain, words_of
from services.pohon.nodes import leads_up
from services.terms import LEVEL_NAMES, TINGKAT

_TOP = TINGKAT[:2]
"""Levels that need nothing above them."""
_FEW = 4
"""A blank among so many nodes, or more, is an oversight; among fewer it may be a merged cell."""
_MANY = 3
"""So many nodes of a level without a way up are one line."""
_NAMED = 5
"""Positions that are named in the sentence."""
_MATTERS = {
    Kinerja: ("induk_id", "tingkat", "penanggung_jawab_id", "urutan"),
    Anggaran: ("induk_id", "jenis", "penanggung_jawab_id"),
    Indikator: ("kinerja_id",),
    Aksi: ("penanggung_jawab_id",),
}
"""What these rules read of a row; of all other kinds everything counts."""


def check_holes(plan: Plan, dokumen: Dokumen) -> Iterator[Finding]:
    """All findings of this module about one document; linear in its rows."""
    yield from _without_parent(plan, dokumen)
    yield from _without_budget(plan, dokumen)
    yield from _without_task(plan, dokumen)


def concerns(change: Change) -> str | None:
    """The id of the document that these rules have to look at again after a change; None for none."""
    row = change.row
    if isinstance(row, Dokumen):
        return row.id
    fields = _MATTERS.get(type(row))
    if fields is None:
        return row.dokumen_id if isinstance(row, Dukungan | Jabatan) else None
    if change.before is None or change.after is None or _differ(change.before, change.after, fields):
        return getattr(row, "dokumen_id", None)
    return None


def _without_parent(plan: Plan, dokumen: Dokumen) -> Iterator[Finding]:
    """INDUK-KOSONG: a node below sasaran strategis, and below the plan's own first level, that leads up to nothing.

    Where no node of a level does, the plan does not cascade that far: that is said once, of the document; where none of
    any level does, it is a list and no cascade, and nothing is said. Several of a level are folded under the first.
    """
    nodes = plan.where(Kinerja, "dokumen_id", dokumen.id)
    first = min((TINGKAT.index(node.tingkat) for node in nodes), default=0)
    levels: dict[str, list[Kinerja]] = {}
    for node in nodes:
        if node.tingkat not in (*_TOP, TINGKAT[first]):
            levels.setdefault(node.tingkat, []).append(node)
    if not any(leads_up(plan, node) for node in nodes):
        return
    whole: list[str] = []
    for tingkat in TINGKAT:
        there = levels.get(tingkat, [])
        loose = [node for node in there if not leads_up(plan, node)]
        if len(there) > 1 and len(loose) == len(there):
            whole.append(f"{LEVEL_NAMES[tingkat].lower()} ({len(there)} baris)")
            continue
        cause: Key | None = None
        for node in loose:
            text = f"{LEVEL_NAMES[tingkat]} ini belum mempunyai induk; pekerjaan ini belum menuju ke tujuan mana pun."
            found = replace(plain("INDUK-KOSONG", "peringatan", node, text), sebab=cause)
            yield found
            cause = cause or (found.key if len(loose) >= _MANY else None)
    if whole:
        text = f"Tidak satu pun {words_of(whole)} mempunyai induk."
        yield plain("INDUK-KOSONG", "peringatan", dokumen, text, ", ".join(whole))


def _without_budget(plan: Plan, dokumen: Dokumen) -> Iterator[Finding]:
    """INDIKATOR-TANPA-ANGGARAN: no budget line serves the indicator, in a level where others are served.

    A line that supports the whole sasaran serves each of its indicators; so does one that supports a node below it.
    Forms merge the cell of a line over the rows that it serves: where many nodes of a level have none, one below a
    filled row under the same node says nothing.
    """
    nodes = plan.where(Kinerja, "dokumen_id", dokumen.id)
    linked = {link.kinerja_id for link in plan.where(Dukungan, "dokumen_id", dokumen.id)}
    used = {node.tingkat for node in nodes if node.id in linked}
    if not used:
        return
    led_to: set[str] = set()
    for node in nodes:
        if node.id in linked:
            above = plan.find(Kinerja, node.induk_id)
            while above is not None and above.id not in led_to:
                led_to.add(above.id)
                above = plan.find(Kinerja, above.induk_id)
    told: dict[str, Key] = {}
    for tingkat in TINGKAT:
        level = [node for node in nodes if node.tingkat == tingkat] if tingkat in used else []
        blanks = [node for node in level if node.id not in linked and node.id not in led_to]
        merged = _FEW * len(blanks) > len(level)
        filled: set[str | None] = set()
        for node in level:
            if node.id in led_to:
                continue
            if node.id in linked:
                filled.add(node.induk_id)
            if node.id in linked or not merged or node.induk_id not in filled:
                above = plan.find(Kinerja, node.induk_id)
                found = list(_unserved(plan, node, told.get(above.id) if above is not None else None))
                if found and node.id not in linked:
                    told[node.id] = found[0].key
                yield from found


def _unserved(plan: Plan, node: Kinerja, cause: Key | None) -> Iterator[Finding]:
    """The indicators of a node that nothing serves; the first follows from the node above, the others from it."""
    served = {link.indikator_id for link in plan.where(Dukungan, "kinerja_id", node.id)}
    for indikator in plan.where(Indikator, "kinerja_id", node.id) if None not in served else ():
        if indikator.id not in served:
            text = "Indikator ini belum didukung baris anggaran; indikator lain setingkat sudah."
            found = replace(plain("INDIKATOR-TANPA-ANGGARAN", "catatan", indikator, text), sebab=cause)
            cause = found.key if not served else cause
            yield found


def _without_task(plan: Plan, dokumen: Dokumen) -> Iterator[Finding]:
    """JABATAN-TANPA-TUGAS: positions that answer for nothing, where others do; said once, with their names.

    A superior answers for what those below him do, the head of the agency for all of it.
    """
    positions = plan.where(Jabatan, "dokumen_id", dokumen.id)
    busy: set[str] = set()
    for position in positions:
        if any(plan.where(cls, "penanggung_jawab_id", position.id) for cls in (Kinerja, Anggaran, Aksi)):
            at: Jabatan | None = position
            while at is not None and at.id not in busy:
                busy.add(at.id)
                at = plan.find(Jabatan, at.atasan_id)
    head = pejabat.head_position(plan, dokumen)
    if not busy:
        return
    idle = [each.nama for each in positions if each.id not in busy and (head is None or each.id != head.id)]
    if idle:
        more = f" dan {len(idle) - _NAMED} lainnya" if len(idle) > _NAMED else ""
        names = ", ".join(idle[:_NAMED]) + more if more else words_of(idle)
        text = f"{len(idle)} jabatan belum menjadi penanggung jawab baris mana pun: {names}."
        yield plain("JABATAN-TANPA-TUGAS", "catatan", dokumen, text, ", ".join(sorted(idle)))


def _differ(before: Row, after: Row, fields: tuple[str, ...]) -> bool:
    return any(getattr(before, field) != getattr(after, field) for field in fields)
