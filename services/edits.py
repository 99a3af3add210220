"""What an officer does to a plan, as changes: nothing here writes; `Document.edit` does."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from models.changes import Change
from models.plan import Plan
from models.rows import (
    ROWS,
    TABLES,
    Anggaran,
    DeretAnggaran,
    DeretIndikator,
    Dokumen,
    Dukungan,
    Indikator,
    Jabatan,
    Kinerja,
    Row,
    new_id,
    owners,
    references,
)
from services.order import GAP, between, spaced
from services.series import places, with_month
from services.terms import JENIS, TINGKAT

N = TypeVar("N", Kinerja, Anggaran)


def set_field(row: Row, field: str, value: Any) -> tuple[Change, ...]:
    """One field of one row."""
    return (Change(row, replace(row, **{field: value})),)


def set_target(plan: Plan, indikator: Indikator, place: int, text: str | None) -> tuple[Change, ...]:
    """The target of one month as typed; None empties the cell. A first value begins a monthly series.

    Raises:
        ValueError: a quarterly series has no room for that month.
    """
    series = plan.one(DeretIndikator, "indikator_id", indikator.id, "target")
    if series is not None and text is not None and place not in places(series.periode):
        raise ValueError("a quarterly series holds the months that close the quarters")
    if series is None:
        fresh = DeretIndikator(
            id=new_id(), dokumen_id=indikator.dokumen_id, indikator_id=indikator.id, jenis="target", periode="bulan"
        )
        return (Change(None, replace(fresh, nilai=_with(fresh.nilai, place, text))),)
    return (Change(series, replace(series, nilai=_with(series.nilai, place, text))),)


def set_cash(plan: Plan, line: Anggaran, place: int, value: int | None, *, kumulatif: bool) -> tuple[Change, ...]:
    """The cash of one month, typed in a view. A first value begins a monthly series of running totals.

    Raises:
        ValueError: the plan would hold a negative or too large amount, or has no room for that month.
    """
    series = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    if series is not None:
        return (Change(series, with_month(series, place, value, kumulatif=kumulatif)),)
    fresh = DeretAnggaran(
        id=new_id(),
        dokumen_id=line.dokumen_id,
        anggaran_id=line.id,
        jenis="kas",
        periode="bulan",
        kumulatif=int(kumulatif),
    )
    return (Change(None, with_month(fresh, place, value, kumulatif=kumulatif)),)


def _with(values: tuple[str | None, ...], place: int, value: str | None) -> tuple[str | None, ...]:
    return (*values[:place], value, *values[place + 1 :])


def add_kinerja(plan: Plan, dokumen_id: str, tingkat: str, induk: Kinerja | None) -> tuple[Change, ...]:
    """A new node under `induk`, last among its siblings; the newest change is the one that adds it."""
    same = [k for k in plan.where(Kinerja, "dokumen_id", dokumen_id) if k.tingkat == tingkat]
    after = _place_after(plan, Kinerja, induk, same)
    nomor = str(max((int(k.nomor) for k in same if k.nomor and k.nomor.isdecimal()), default=0) + 1)
    pj = induk.penanggung_jawab_id if induk else None
    node = Kinerja(
        id=new_id(),
        dokumen_id=dokumen_id,
        urutan=0,
        tingkat=tingkat,
        induk_id=induk.id if induk else None,
        nomor=nomor,
        uraian="",
        kelompok=induk.kelompok if induk and tingkat == induk.tingkat else None,
        penanggung_jawab_id=pj,
    )
    return _insert(plan.where(Kinerja, "dokumen_id", dokumen_id), node, after)


def add_anggaran(plan: Plan, dokumen_id: str, jenis: str, induk: Anggaran | None) -> tuple[Change, ...]:
    """A new budget line under `induk`, last among its siblings; the newest change is the one that adds it."""
    same = [a for a in plan.where(Anggaran, "dokumen_id", dokumen_id) if a.jenis == jenis]
    line = Anggaran(
        id=new_id(),
        dokumen_id=dokumen_id,
        urutan=0,
        jenis=jenis,
        induk_id=induk.id if induk else None,
        nama="",
        penanggung_jawab_id=induk.penanggung_jawab_id if induk else None,
    )
    after = _place_after(plan, Anggaran, induk, same)
    return _insert(plan.where(Anggaran, "dokumen_id", dokumen_id), line, after)


def add_indikator(plan: Plan, owner: Kinerja | Anggaran) -> tuple[Change, ...]:
    """A new indicator, last of its owner; the newest change is the one that adds it."""
    field = "kinerja_id" if isinstance(owner, Kinerja) else "anggaran_id"
    there = plan.where(Indikator, field, owner.id)
    link: dict[str, Any] = {field: owner.id}
    fresh = Indikator(
        id=new_id(), dokumen_id=owner.dokumen_id, urutan=0, uraian="", akumulasi="kumulatif", arah="naik", **link
    )
    everyone = plan.where(Indikator, "dokumen_id", owner.dokumen_id)
    return _insert(everyone, fresh, there[-1] if there else None)


def add_jabatan(plan: Plan, dokumen_id: str, nama: str) -> tuple[Change, ...]:
    """A new position, last in the list."""
    there = plan.where(Jabatan, "dokumen_id", dokumen_id)
    return _insert(
        there, Jabatan(id=new_id(), dokumen_id=dokumen_id, urutan=0, nama=nama), there[-1] if there else None
    )


def link(plan: Plan, node: Kinerja, indikator: Indikator | None, line: Anggaran) -> tuple[Change, ...]:
    """The budget line supports the node, or one indicator of it; last on the form."""
    return _links(plan, [(node, indikator, line)])


def supports(plan: Plan, node: Kinerja, indikator: Indikator | None) -> list[Dukungan]:
    """The links of a node, or those of one indicator of it, in the order of the form."""
    links = plan.where(Dukungan, "kinerja_id", node.id)
    return [d for d in links if indikator is None or d.indikator_id == indikator.id]


def set_support(
    plan: Plan, node: Kinerja, indikator: Indikator | None, lines: Sequence[Anggaran]
) -> tuple[Change, ...]:
    """Exactly these budget lines support the node, through any of its indicators, or the one indicator of it.

    Links that stay keep their place and indicator.
    """
    wanted = {line.id for line in lines}
    there = supports(plan, node, indikator)
    gone = [Change(d, None) for d in there if d.anggaran_id not in wanted]
    known = {d.anggaran_id for d in there}
    return (*gone, *_links(plan, [(node, indikator, line) for line in lines if line.id not in known]))


def set_supported(plan: Plan, line: Anggaran, nodes: Sequence[Kinerja]) -> tuple[Change, ...]:
    """Exactly these nodes are supported by the budget line; links that stay keep their place and indicator."""
    wanted = {node.id for node in nodes}
    there = plan.where(Dukungan, "anggaran_id", line.id)
    gone = [Change(d, None) for d in there if d.kinerja_id not in wanted]
    known = {d.kinerja_id for d in there}
    return (*gone, *_links(plan, [(node, None, line) for node in nodes if node.id not in known]))


def _links(plan: Plan, wanted: Sequence[tuple[Kinerja, Indikator | None, Anggaran]]) -> tuple[Change, ...]:
    """New links at the end of the document's list: the form reads them node by node, so that is last of each node."""
    if not wanted:
        return ()
    there = plan.where(Dukungan, "dokumen_id", wanted[0][0].dokumen_id)
    last = there[-1].urutan if there else 0
    return tuple(
        Change(
            None,
            Dukungan(
                id=new_id(),
                dokumen_id=node.dokumen_id,
                urutan=last + GAP * i,
                kinerja_id=node.id,
                indikator_id=indikator.id if indikator else None,
                anggaran_id=line.id,
            ),
        )
        for i, (node, indikator, line) in enumerate(wanted, 1)
    )


def branch(plan: Plan, row: Row) -> list[Row]:
    """The row and all that hangs under it: children, indicators, series, links, actions."""
    found: dict[str, Row] = {row.id: row}
    queue = [row]
    while queue:
        at = queue.pop()
        for cls in ROWS:
            below = [*owners(cls), "induk_id"] if cls is type(at) else owners(cls)
            for field in below:
                if references(cls).get(field) == type(at).TABLE:
                    for child in plan.where(cls, field, at.id):
                        if child.id not in found:
                            found[child.id] = child
                            queue.append(child)
    return list(found.values())


def remove(plan: Plan, *rows: Row) -> tuple[Change, ...]:
    """Take rows away with all that hangs under them; what only names them names nothing afterwards."""
    gone = {r.id: r for row in rows for r in branch(plan, row)}
    freed: dict[str, tuple[Row, Row]] = {}
    for old in gone.values():
        for cls in ROWS:
            for field, table in references(cls).items():
                if TABLES[table] is not type(old):
                    continue
                for user in plan.where(cls, field, old.id):
                    if user.id not in gone:
                        first, now = freed.get(user.id, (user, user))
                        nothing: dict[str, Any] = {field: None}
                        freed[user.id] = first, replace(now, **nothing)
    removed = [Change(r, None) for r in reversed(gone.values())]
    return (*(Change(old, new) for old, new in freed.values()), *removed)


def siblings(plan: Plan, row: Kinerja | Anggaran | Indikator) -> Sequence[Kinerja | Anggaran | Indikator]:
    """The rows that it is listed among, in order."""
    if isinstance(row, Indikator):
        field = "kinerja_id" if row.kinerja_id else "anggaran_id"
        return plan.where(Indikator, field, getattr(row, field))
    rows: Sequence[Kinerja | Anggaran]
    if row.induk_id is not None:
        rows = plan.where(type(row), "induk_id", row.induk_id)
    else:
        rows = [r for r in plan.where(type(row), "dokumen_id", row.dokumen_id) if r.induk_id is None]
    return rows


def move(plan: Plan, row: Kinerja | Anggaran | Indikator, step: int) -> tuple[Change, ...]:
    """One place up (-1) or down (+1) among the siblings; nothing at either end."""
    there = siblings(plan, row)
    at = next(i for i, r in enumerate(there) if r.id == row.id) + step
    if not 0 <= at < len(there):
        return ()
    other = there[at]
    return (
        Change(row, replace(row, urutan=other.urutan)),
        Change(other, replace(other, urutan=row.urutan)),
    )


def fits_under(level: str, parent: Kinerja | Anggaran) -> bool:
    """Whether a row of a level (tingkat or jenis) may hang under `parent`.

    A sasaran cascades from any level above its own; a budget line hangs under the level directly above.
    """
    if isinstance(parent, Kinerja):
        return level in TINGKAT and TINGKAT.index(parent.tingkat) < TINGKAT.index(level)
    return level in JENIS and JENIS.index(parent.jenis) == JENIS.index(level) - 1


def new_dokumen(plan: Plan, opd_id: str, **values: Any) -> tuple[Change, ...]:
    """A new plan document of the agency."""
    urutan = max((d.urutan for d in plan.all(Dokumen)), default=0) + GAP
    return (Change(None, Dokumen(id=new_id(), opd_id=opd_id, urutan=urutan, **values)),)


def _place_after(plan: Plan, cls: type[N], parent: N | None, same: Sequence[N]) -> N | None:
    """The row that a new last child of `parent` follows in the document.

    Its last sibling; else the last row of its level whose parent stands before `parent`; else the parent itself.
    """
    parent_id = parent.id if parent else None
    own = [r for r in same if r.induk_id == parent_id]
    if own:
        return own[-1]
    if parent is None:
        everyone = plan.where(cls, "dokumen_id", same[0].dokumen_id) if same else ()
        return everyone[-1] if everyone else None
    earlier = [r for r in same if (up := plan.find(cls, r.induk_id)) is not None and up.urutan < parent.urutan]
    return earlier[-1] if earlier and earlier[-1].urutan > parent.urutan else parent


def _insert(everyone: Sequence[Row], row: Row, after: Row | None) -> tuple[Change, ...]:
    """Add `row` behind `after` (None: at the end); where no number is free, the whole list is numbered anew."""
    listed: list[Any] = list(everyone)
    at = next((i + 1 for i, r in enumerate(listed) if after is not None and r.id == after.id), len(listed))
    before = listed[at - 1].urutan if at else None
    free = between(before, listed[at].urutan if at < len(listed) else None)
    changeable: Any = row
    if free is not None:
        return (Change(None, replace(changeable, urutan=free)),)
    numbers = list(spaced(len(listed) + 1))
    moved = [*listed[:at], row, *listed[at:]]
    renumbered = [
        Change(r, replace(r, urutan=n)) for r, n in zip(moved, numbers, strict=True) if r is not row and r.urutan != n
    ]
    return (*renumbered, Change(None, replace(changeable, urutan=numbers[at])))
