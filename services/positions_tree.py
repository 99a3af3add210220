"""The tree of positions: its order, and what an officer does to it. Gives changes only.

`urutan` is the order of the tree from top to bottom, so that each list of positions is in that order, too.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import Dokumen, Jabatan, new_id
from services import edits
from services.order import GAP, spaced
from services.pejabat import folded, head, head_position, keep_signer, name, official_below, people
from services.positions import may_be_over


@dataclass(frozen=True, slots=True)
class Place:
    """A position in the tree; `depth` is 0 at its top."""

    jabatan: Jabatan
    depth: int


def tree(plan: Plan, dokumen_id: str) -> tuple[Place, ...]:
    """The positions of a document from top to bottom, each before those below it."""
    return _walked(plan.where(Jabatan, "dokumen_id", dokumen_id))


def listed(plan: Plan, dokumen_id: str) -> list[tuple[str, Jabatan]]:
    """(what a list calls a position, the position), in the order of the tree.

    Positions of one name are told apart by their official, else by their unit, else by their number.
    """
    dokumen = plan.get(Dokumen, dokumen_id)
    top = head_position(plan, dokumen)
    twins: dict[str, list[Jabatan]] = defaultdict(list)
    rows = [place.jabatan for place in tree(plan, dokumen_id)]
    for row in rows:
        twins[row.nama.casefold()].append(row)
    names = {row.id: row.nama for row in rows}
    for group in twins.values():
        if len(group) > 1:
            people_ = [(head(plan, dokumen) if row == top else official_below(plan, row)).nama for row in group]
            units = [row.unit or "" for row in group]
            words = next((w for w in (people_, units) if all(w) and len(set(w)) == len(w)), None)
            told = words or [str(number) for number in range(1, len(group) + 1)]
            names |= {row.id: f"{row.nama} ({word})" for row, word in zip(group, told, strict=True)}
    return [(names[row.id], row) for row in rows]


def below(plan: Plan, dokumen_id: str, above_id: str | None) -> list[Jabatan]:
    """The positions directly below one, or those at the top, in order."""
    positions = plan.where(Jabatan, "dokumen_id", dokumen_id)
    there = {position.id for position in positions}
    return [p for p in positions if (p.atasan_id if p.atasan_id in there else None) == above_id]


def add(plan: Plan, dokumen_id: str, nama: str, above: Jabatan | None, after: Jabatan | None = None) -> list[Change]:
    """A new position below `above`, behind `after`, or last; the last change adds it. Its unit is its neighbour's."""
    unit = (after or above).unit if above is not None else None
    above_id = above.id if above is not None else None
    fresh = Jabatan(id=new_id(), dokumen_id=dokumen_id, urutan=0, nama=nama, unit=unit, atasan_id=above_id)
    siblings = below(plan, dokumen_id, above_id)
    at = next((i for i, p in enumerate(siblings, 1) if after is not None and p.id == after.id), len(siblings))
    return _placed(plan, fresh, [*siblings[:at], fresh, *siblings[at:]])


def move(plan: Plan, jabatan: Jabatan, above_id: str | None, before_id: str | None = None) -> list[Change]:
    """Hang a position with all below it under another, before one that is there, or last.

    Raises:
        PlanError: it would stand below itself.
    """
    if not may_be_over(plan, above_id, jabatan):
        raise PlanError("Sebuah jabatan tidak dapat berada di bawah dirinya sendiri. Pilih tempat lain.")
    there = below(plan, jabatan.dokumen_id, above_id)
    siblings = [p for p in there if p.id != jabatan.id]
    at = next((i for i, p in enumerate(siblings) if p.id == before_id), len(siblings))
    siblings.insert(at, replace(jabatan, atasan_id=above_id))
    if [p.id for p in siblings] == [p.id for p in there]:
        return []
    changes = _placed(plan, siblings[at], siblings)
    return keep_signer(plan, plan.get(Dokumen, jabatan.dokumen_id), changes)


def step(plan: Plan, jabatan: Jabatan, steps: int) -> list[Change]:
    """One place up (-1) or down (1) among those below the same position; nothing at either end."""
    listed = below(plan, jabatan.dokumen_id, jabatan.atasan_id)
    at = next(i for i, p in enumerate(listed) if p.id == jabatan.id)
    if not 0 <= at + steps < len(listed):
        return []
    behind = at + steps + (1 if steps > 0 else 0)
    return move(plan, jabatan, jabatan.atasan_id, listed[behind].id if behind < len(listed) else None)


def shift(plan: Plan, jabatan: Jabatan, steps: int) -> list[Change]:
    """Below the position before it (1), or beside the one above it (-1); nothing where there is none."""
    listed = below(plan, jabatan.dokumen_id, jabatan.atasan_id)
    at = next(i for i, p in enumerate(listed) if p.id == jabatan.id)
    if steps > 0:
        return move(plan, jabatan, listed[at - 1].id) if at else []
    above = plan.find(Jabatan, jabatan.atasan_id)
    if above is None:
        return []
    beside = below(plan, jabatan.dokumen_id, above.atasan_id)
    behind = next(i for i, p in enumerate(beside, 1) if p.id == above.id)
    return move(plan, jabatan, above.atasan_id, beside[behind].id if behind < len(beside) else None)


def rename(plan: Plan, jabatan: Jabatan, nama: str) -> list[Change]:
    """Another name; the document's signatory is renamed along where it had the same name."""
    dokumen = plan.get(Dokumen, jabatan.dokumen_id)
    changes = [*edits.set_field(jabatan, "nama", nama)]
    position = head_position(plan, dokumen)
    if position is not None and position.id == jabatan.id and dokumen.ttd_jabatan == jabatan.nama:
        changes += edits.set_field(dokumen, "ttd_jabatan", nama)
    return keep_signer(plan, dokumen, changes)


def remove(plan: Plan, jabatan: Jabatan) -> list[Change]:
    """Take a position away with its official; those below it go to the position above."""
    changes = []
    for change in edits.remove(plan, jabatan):
        before, after = change.before, change.after
        if isinstance(before, Jabatan) and isinstance(after, Jabatan) and before.atasan_id == jabatan.id:
            changes.append(Change(before, replace(after, atasan_id=jabatan.atasan_id)))
        else:
            changes.append(change)
    return keep_signer(plan, plan.get(Dokumen, jabatan.dokumen_id), changes)


def make_head(plan: Plan, jabatan: Jabatan) -> list[Change]:
    """Put a position over all others, and let the document be signed in it.

    Who has been the head keeps his own position; where nobody is named in the new one, nobody signs yet.
    """
    dokumen = plan.get(Dokumen, jabatan.dokumen_id)
    trial = people(plan, dokumen)
    tops = [top for top in below(plan, dokumen.id, None) if top.id != jabatan.id]
    raised = [(jabatan, replace(jabatan, atasan_id=None))] if jabatan.atasan_id is not None else []
    changes = [Change(*pair) for pair in (*raised, *((top, replace(top, atasan_id=jabatan.id)) for top in tops))]
    trial.apply(changes)
    order = [place.jabatan for place in tree(trial, dokumen.id)]
    numbered = _numbered(order, {p.id: p for p in order}, set())
    trial.apply(numbered)
    changes += numbered
    found = head_position(trial, dokumen)
    if found is None or found.id != jabatan.id:
        changes += edits.set_field(dokumen, "ttd_jabatan", jabatan.nama)
    return _former_kept(plan, dokumen, jabatan, keep_signer(plan, dokumen, folded(changes)))


def _former_kept(plan: Plan, dokumen: Dokumen, jabatan: Jabatan, changes: list[Change]) -> list[Change]:
    """The changes, and what leaves the former head in his position where the new one has no official."""
    before, former = head_position(plan, dokumen), head(plan, dokumen)
    if before is None or before.id == jabatan.id or not former.nama or official_below(plan, jabatan).nama:
        return changes
    trial = people(plan, dokumen)
    trial.apply(changes)
    now = trial.get(Dokumen, dokumen.id)
    more = [Change(now, replace(now, ttd_nama=None, ttd_pangkat=None, ttd_nip=None, ttd_plt=None))]
    trial.apply(more)
    more += name(trial, dokumen.id, before.id, replace(former, jabatan=before.nama), before.nama)
    return folded([*changes, *more])


def _placed(plan: Plan, row: Jabatan, siblings: Sequence[Jabatan]) -> list[Change]:
    """A position, new or moved, among those below its superior in the order given; its own change is the last."""
    before = {p.id: p for p in plan.where(Jabatan, "dokumen_id", row.dokumen_id)}
    at = {p.id: i for i, p in enumerate(siblings)}
    others = [p for p in before.values() if p.id not in at]
    order = [place.jabatan for place in _walked([*others, *siblings])]
    branch = {place.jabatan.id for place in _walked(order, row.id)}
    changes = _numbered(order, before, branch)
    return sorted(changes, key=lambda change: change.row.id == row.id)


def _numbered(order: Sequence[Jabatan], before: Mapping[str, Jabatan], branch: Set[str]) -> list[Change]:
    """Changes that make `urutan` the order of the tree: numbers for the branch, or for all where there is no room."""
    numbers = _in_gap(order, branch)
    rows = [replace(p, urutan=numbers.get(p.id, p.urutan)) for p in order]
    pairs = ((before.get(row.id), row) for row in rows)
    return [Change(old, new) for old, new in pairs if old != new]


def _in_gap(order: Sequence[Jabatan], branch: Set[str]) -> dict[str, int]:
    ids = [p.id for p in order]
    rest = [p.urutan for p in order if p.id not in branch]
    at = next((i for i, row_id in enumerate(ids) if row_id in branch), 0)
    low = rest[at - 1] if at else None
    high = rest[at] if at < len(rest) else None
    if low is None:
        low = (high if high is not None else GAP) - GAP * (len(branch) + 1)
    apart = (high - low) // (len(branch) + 1) if high is not None else GAP
    if apart < 1 or any(a >= b for a, b in pairwise(rest)):
        return dict(zip(ids, spaced(len(ids)), strict=True))
    return {row_id: low + apart * i for i, row_id in enumerate(ids[at : at + len(branch)], 1)}


def _walked(positions: Sequence[Jabatan], top_id: str | None = None) -> tuple[Place, ...]:
    """From top to bottom, or one branch; positions that stand over each other in a circle are at the top."""
    there = {position.id for position in positions}
    children: dict[str | None, list[Jabatan]] = defaultdict(list)
    for position in positions:
        children[position.atasan_id if position.atasan_id in there else None].append(position)
    seen: set[str] = set()
    found: list[Place] = []
    tops = children[None] if top_id is None else [p for p in positions if p.id == top_id]
    for top in [*tops, *(positions if top_id is None else ())]:
        stack = [Place(top, 0)]
        while stack:
            place = stack.pop()
            if place.jabatan.id not in seen:
                seen.add(place.jabatan.id)
                found.append(place)
                stack += [Place(p, place.depth + 1) for p in reversed(children[place.jabatan.id])]
    return tuple(found)
