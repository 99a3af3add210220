"""Names and codes of the nomenclature put into a plan, as changes: one row filled, or whole branches added."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from models.changes import Change
from models.plan import Plan
from models.rows import Anggaran, Dokumen, Indikator, Opd, new_id
from services import edits
from services.nomenclature import Entry, Nomenclature, key_of, nomenclature
from services.order import GAP
from services.placing import insert_branch, numbered
from services.terms import JENIS

_SUPPORT = 1
"""The program of a bidang that every agency has: "2.17.01"."""


def bidang_of(plan: Plan, dokumen_id: str) -> str:
    """The agency's own bidang, such as "2.17": that of its supporting program, else of most coded lines; "" without."""
    keys = [key_of(line.kode) for line in plan.where(Anggaran, "dokumen_id", dokumen_id) if line.kode]
    whole = [key for key in keys if len(key) >= 3 and min(key[:2]) >= 0]
    counts = Counter(key[:2] for key in whole if key[2] == _SUPPORT) or Counter(key[:2] for key in whole)
    if not counts:
        return ""
    (urusan, bidang), _ = counts.most_common(1)[0]
    return f"{urusan}.{bidang:02d}"


def list_for(plan: Plan, dokumen_id: str) -> Nomenclature | None:
    """The nomenclature for a document: of its kind of region, with the agency's own bidang; None without an import."""
    dokumen = plan.find(Dokumen, dokumen_id)
    opd = plan.find(Opd, dokumen.opd_id) if dokumen is not None else None
    return nomenclature(opd.jenis_pemda if opd is not None else None, bidang_of(plan, dokumen_id))


def fill(plan: Plan, line: Anggaran, entry: Entry) -> tuple[Change, ...]:
    """Name and code of a line; a sub kegiatan that has no indicator yet gets the one of the list, with its satuan."""
    named = replace(line, kode=entry.kode, nama=entry.nama)
    changes: tuple[Change, ...] = (Change(line, named),) if named != line else ()
    if entry.indikator and not plan.where(Indikator, "anggaran_id", line.id):
        *renumbered, added = edits.add_indikator(plan, line)
        assert isinstance(added.after, Indikator)
        filled = replace(added.after, uraian=entry.indikator, satuan=entry.satuan or None)
        changes = (*changes, *renumbered, Change(None, filled))
    return changes


class There:
    """Which lines of a document are entries already: by code, or by name where a line has no code.

    Ask from the top down, in the order of the codes: a line that has been found by its name is found once.
    """

    def __init__(self, plan: Plan, dokumen_id: str) -> None:
        self._by_code: dict[tuple[str, tuple[int, ...]], Anggaran] = {}
        self._by_name: dict[tuple[str | None, str, str], Anggaran] = {}
        for line in reversed(plan.where(Anggaran, "dokumen_id", dokumen_id)):
            if key := key_of(line.kode):
                self._by_code[line.jenis, key] = line
            else:
                self._by_name[line.induk_id, line.jenis, _folded(line.nama)] = line

    def find(self, entry: Entry, parent_id: str | None) -> Anggaran | None:
        """The line that an entry is, where it would hang under a row."""
        coded = self._by_code.get((entry.jenis, key_of(entry.kode)))
        return coded or self._by_name.pop((parent_id, entry.jenis, _folded(entry.nama)), None)

    def lines(self, listed: Nomenclature) -> dict[str, Anggaran]:
        """Code as in the list -> line, of all entries that the document has."""
        found: dict[str, Anggaran] = {}
        for jenis in JENIS:
            for entry in listed.entries(jenis):
                parent = found.get(entry.above)
                if (parent is not None or not entry.above) and (
                    line := self.find(entry, parent.id if parent is not None else None)
                ):
                    found[entry.kode] = line
        return found


@dataclass(frozen=True, slots=True)
class Added:
    """What adding entries does. `roots`: ids of the new rows that hang under rows of the plan, or at the top."""

    changes: tuple[Change, ...]
    roots: tuple[str, ...]
    counts: dict[str, int]
    """Level -> new rows."""


def add(plan: Plan, dokumen_id: str, listed: Nomenclature, codes: Iterable[str]) -> Added:
    """Rows for these entries and for what stands above them, with the indicators of the sub kegiatan.

    A line that the document has already stays what it is; where it was found by its name it gets its code. New rows
    stand where their code belongs among coded siblings, else last. `codes` that the list does not hold are left out.
    """
    there = There(plan, dokumen_id)
    rows: dict[str, Anggaran] = {}
    new: list[Anggaran] = []
    coded: dict[str, Anggaran] = {}
    indicators: list[Indikator] = []
    known = plan.where(Indikator, "dokumen_id", dokumen_id)
    last = known[-1].urutan if known else 0
    for entry in _with_above(listed, codes):
        parent = rows.get(entry.above)
        line = there.find(entry, parent.id if parent is not None else None)
        if line is None:
            line = Anggaran(
                id=new_id(),
                dokumen_id=dokumen_id,
                urutan=0,
                jenis=entry.jenis,
                induk_id=parent.id if parent is not None else None,
                kode=entry.kode,
                nama=entry.nama,
                penanggung_jawab_id=parent.penanggung_jawab_id if parent is not None else None,
            )
            new.append(line)
            if entry.indikator:
                last += GAP
                indicators.append(_indicator(line, entry, last))
        elif not line.kode:
            coded[line.id] = replace(line, kode=entry.kode)
        rows[entry.kode] = line
    everyone = [coded.get(line.id, line) for line in plan.where(Anggaran, "dokumen_id", dokumen_id)]
    ids = {line.id for line in new}
    _place(everyone, new, ids)
    named = (Change(plan.get(Anggaran, line.id), line) for line in coded.values())
    changes = (*named, *numbered(everyone, ids), *(Change(None, indicator) for indicator in indicators))
    return Added(
        changes if new else (),
        tuple(line.id for line in new if line.induk_id not in ids),
        {jenis: sum(line.jenis == jenis for line in new) for jenis in JENIS},
    )


def _with_above(listed: Nomenclature, codes: Iterable[str]) -> list[Entry]:
    """The entries and all above them, each before what hangs under it."""
    found: dict[tuple[int, ...], Entry] = {}
    for kode in codes:
        entry = listed.entry(kode)
        while entry is not None and key_of(entry.kode) not in found:
            found[key_of(entry.kode)] = entry
            entry = listed.entry(entry.above)
    return [found[key] for key in sorted(found)]


def _indicator(line: Anggaran, entry: Entry, urutan: int) -> Indikator:
    return Indikator(
        id=new_id(),
        dokumen_id=line.dokumen_id,
        urutan=urutan,
        anggaran_id=line.id,
        uraian=entry.indikator,
        satuan=entry.satuan or None,
        akumulasi="kumulatif",
        arah="naik",
    )


def _place(everyone: list[Anggaran], new: list[Anggaran], ids: set[str]) -> None:
    """Put the new rows into the document's list: branches that go to one place together."""
    by_id = {line.id: line for line in everyone}
    siblings: dict[tuple[str, str | None], list[Anggaran]] = {}
    for line in everyone:
        siblings.setdefault((line.jenis, line.induk_id), []).append(line)
    groups: dict[tuple[str | None, str | None], list[Anggaran]] = {}
    group_of: dict[str, list[Anggaran]] = {}
    for line in new:
        group = group_of.get(line.induk_id or "")
        if line.induk_id not in ids:
            before = _next(siblings.get((line.jenis, line.induk_id), []), line)
            group = groups.setdefault((line.induk_id, before.id if before is not None else None), [])
        assert group is not None
        group.append(line)
        group_of[line.id] = group
    for (parent_id, before_id), group in groups.items():
        insert_branch(everyone, group, by_id.get(parent_id or ""), by_id.get(before_id or ""))


def _next(siblings: list[Anggaran], line: Anggaran) -> Anggaran | None:
    """The first of the siblings with a greater code, where their codes ascend."""
    keys = [key_of(sibling.kode) for sibling in siblings]
    if not all(keys) or keys != sorted(keys):
        return None
    own = key_of(line.kode)
    return next((sibling for sibling, key in zip(siblings, keys, strict=True) if key > own), None)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
