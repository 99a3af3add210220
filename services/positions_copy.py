"""The organisation of another document, taken over into this one. Gives changes only."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.changes import Change
from models.plan import Plan
from models.rows import Dokumen, Jabatan, Opd, new_id
from services.order import spaced
from services.pejabat import (
    folded,
    head,
    head_position,
    keep_signer,
    name,
    official_below,
    people,
    region_head,
    superior,
)
from services.positions_tree import tree


@dataclass(frozen=True, slots=True)
class Copy:
    """The changes, and the positions that were there already, that are new, and that only this document has."""

    changes: tuple[Change, ...]
    same: tuple[str, ...]
    new: tuple[str, ...]
    kept: tuple[str, ...]


def copied(plan: Plan, dokumen: Dokumen, source: Plan, origin: Dokumen, *, officials: bool = True) -> Copy:
    """Take over the tree of `origin` with eselon and unit, and its officials where they are wanted.

    A position is the same by name and unit, else by a name that both have once; it stays the one that rows of this
    document name. Positions that only this document has stay, behind the others. Nothing of the origin is changed, and
    nothing changed there later comes here.
    """
    theirs = [place.jabatan for place in tree(source, origin.id)]
    ours = [place.jabatan for place in tree(plan, dokumen.id)]
    pairs = _pairs(theirs, ours)
    ids = {their.id: pairs[their.id].id if their.id in pairs else new_id() for their in theirs}
    same = {ours_.id for ours_ in pairs.values()}
    kept = [position for position in ours if position.id not in same]
    rows: list[tuple[Jabatan | None, Jabatan]] = []
    for their in theirs:
        before = pairs.get(their.id)
        start = before or Jabatan(id=ids[their.id], dokumen_id=dokumen.id, urutan=0, nama=their.nama)
        above = ids.get(their.atasan_id or "")
        rows.append((before, replace(start, eselon=their.eselon, unit=their.unit, atasan_id=above)))
    rows += [(position, position) for position in kept]
    if [(p.id, p.atasan_id) for p in ours] != [(after.id, after.atasan_id) for _, after in rows]:
        numbers = spaced(len(rows))
        rows = [(before, replace(after, urutan=n)) for (before, after), n in zip(rows, numbers, strict=True)]
    changes = keep_signer(plan, dokumen, folded([Change(before, after) for before, after in rows]))
    if officials:
        trial = people(plan, dokumen)
        trial.apply(changes)
        changes += _officials(trial, dokumen.id, source, origin, ids)
    new = tuple(their.nama for their in theirs if their.id not in pairs)
    there = tuple(position.nama for position in pairs.values())
    return Copy(tuple(folded(changes)), there, new, tuple(position.nama for position in kept))


def _officials(plan: Plan, dokumen_id: str, source: Plan, origin: Dokumen, ids: dict[str, str]) -> list[Change]:
    """Each official that the origin names; where it names none, ours stays."""
    over, top = superior(source, origin), head_position(source, origin)
    changes: list[Change] = []
    if over.nama:
        region = region_head(plan.get(Opd, plan.get(Dokumen, dokumen_id).opd_id))
        changes += name(plan, dokumen_id, None, over, region)
    for their_id, our_id in ids.items():
        their = source.get(Jabatan, their_id)
        who = head(source, origin) if top is not None and top.id == their_id else official_below(source, their)
        if who.nama:
            named = name(plan, dokumen_id, our_id, who, plan.get(Jabatan, our_id).nama)
            plan.apply(named)
            changes += named
    return changes


def _pairs(theirs: Sequence[Jabatan], ours: Sequence[Jabatan]) -> dict[str, Jabatan]:
    """Their id -> our position of the same name and unit, twins in their order, or of the same name where it is one."""
    pairs: dict[str, Jabatan] = {}
    there, here = _grouped(theirs, by_unit=True), _grouped(ours, by_unit=True)
    for words, group in there.items():
        pairs.update({their.id: our for their, our in zip(group, here.get(words, ()), strict=False)})
    taken = {our.id for our in pairs.values()}
    there = _grouped([p for p in theirs if p.id not in pairs], by_unit=False)
    here = _grouped([p for p in ours if p.id not in taken], by_unit=False)
    for words, group in there.items():
        if len(group) == len(here.get(words, ())) == 1:
            pairs[group[0].id] = here[words][0]
    return pairs


def _grouped(positions: Sequence[Jabatan], *, by_unit: bool) -> dict[tuple[str, ...], list[Jabatan]]:
    found: dict[tuple[str, ...], list[Jabatan]] = defaultdict(list)
    for position in positions:
        said = (position.nama, position.unit or "") if by_unit else (position.nama,)
        found[tuple(" ".join(text.casefold().split()) for text in said)].append(position)
    return found
