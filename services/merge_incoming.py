"""What a merge would bring in, branch by branch, for the preview."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.changes import Change
from models.plan import Plan
from models.rows import Anggaran, Dokumen, Dukungan, Indikator, Kinerja, Row
from services.merge_fold import OWN_BOOKS
from services.naming import document_name, level_name, row_text

_OTHER = {
    "opd": "Perangkat daerah",
    "dokumen": "Dokumen",
    "jabatan": "Jabatan",
    "narasi": "Narasi",
    "total_tercetak": "Total tercetak",
    "pejabat": "Pejabat",
    "kop": "Kop surat",
    "formulir": "Formulir",
    "tutup_periode": "Penutupan periode",
    "pengaturan": "Pengaturan",
}


_OWNERS = ("induk_id", "indikator_id", "kinerja_id", "anggaran_id")


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch that changes: `cls` and `row_id` of its topmost row (None for lists such as the positions).

    `outside`: changes to rows that the copy's office had not been given to edit.
    """

    name: str
    cls: type[Row] | None
    row_id: str | None
    changes: tuple[Change, ...]
    outside: tuple[Change, ...] = ()

    @property
    def added(self) -> int:
        """New rows."""
        return sum(change.before is None for change in self.changes)

    @property
    def removed(self) -> int:
        """Deleted rows."""
        return sum(change.after is None for change in self.changes)

    @property
    def altered(self) -> int:
        """Rows of which some cells change."""
        return len(self.changes) - self.added - self.removed


def branches(before: Plan, after: Plan, changes: Iterable[Change], part: frozenset[str] | None) -> tuple[Branch, ...]:
    """The changes by branch, in the order in which they come. `part`: ids that the office may edit, None for all."""
    named: dict[tuple[str, str | None], tuple[Row, list[Change]]] = {}
    strange: set[int] = set()
    for change in changes:
        if isinstance(change.row, OWN_BOOKS):
            continue
        plan = after if change.after is not None else before
        path = way_up(plan, change.row)
        top = path[-1]
        grouped = isinstance(top, Kinerja | Anggaran)
        named.setdefault((top.TABLE, top.id if grouped else None), (top, []))[1].append(change)
        if part is not None and not any(row.id in part for row in path):
            strange.add(id(change))
    return tuple(
        Branch(
            _name(top),
            type(top) if row_id else None,
            row_id,
            tuple(found),
            tuple(change for change in found if id(change) in strange),
        )
        for (_, row_id), (top, found) in named.items()
    )


def outside(
    plan: Plan, part: frozenset[str], changes: Iterable[Change], gone: Mapping[str, Row] | None = None
) -> tuple[Change, ...]:
    """The changes to rows that are in none of the branches `part`.

    Args:
        plan: as it is after the changes.
        gone: rows that they removed, by id; a row that went with another one counts as that one does.
    """
    known = gone or {}
    found = (change for change in changes if not isinstance(change.row, OWN_BOOKS))
    return tuple(change for change in found if not part & _line(plan, change.row, known))


def _line(plan: Plan, row: Row, gone: Mapping[str, Row]) -> set[str]:
    """The ids of the row and of all above it, of removed ones too."""
    ids: set[str] = set()
    while True:
        path = way_up(plan, row)
        ids |= {each.id for each in path}
        names = (str(getattr(path[-1], field, None)) for field in _OWNERS)
        above = next((gone[name] for name in names if name in gone), None)
        if above is None or above.id in ids:
            return ids
        row = above


def _name(top: Row) -> str:
    if isinstance(top, Kinerja | Anggaran):
        return f"{level_name(top)} {row_text(top)}"
    return f"Dokumen {document_name(top)}" if isinstance(top, Dokumen) else _OTHER.get(top.TABLE, top.TABLE)


def way_up(plan: Plan, row: Row) -> list[Row]:
    """The row, what it belongs to, and the branch above, the topmost last."""
    path: list[Row] = [row]
    seen = {row.id}
    while (above := _owner(plan, path[-1])) is not None and above.id not in seen:
        seen.add(above.id)
        path.append(above)
    return path


def _owner(plan: Plan, row: Row) -> Row | None:
    if isinstance(row, Kinerja | Anggaran):
        return plan.find(type(row), row.induk_id)
    if isinstance(row, Dukungan):
        return plan.find(Kinerja, row.kinerja_id)
    for field, cls in (("indikator_id", Indikator), ("kinerja_id", Kinerja), ("anggaran_id", Anggaran)):
        owner = plan.find(cls, getattr(row, field, None))
        if owner is not None:
            return owner
    return None
