"""Where a finding belongs: the branch of the plan that it is in, and the position that answers for it."""

from collections.abc import Iterator

from models.plan import Plan
from models.rows import Aksi, Anggaran, Indikator, Jabatan, Kinerja, Row
from services.checks.finding import Finding
from services.naming import row_text

Node = Kinerja | Anggaran


def branch_of(plan: Plan, finding: Finding) -> str | None:
    """The id of the node at the top of its tree; None for what is about the document as a whole."""
    nodes = list(_upwards(plan, plan.find(finding.tabel, finding.row_id)))
    return nodes[-1].id if nodes else None


def in_charge(plan: Plan, finding: Finding) -> str | None:
    """The id of the position that answers for the row; where it names none, that of the nearest line above."""
    row = plan.find(finding.tabel, finding.row_id)
    own = getattr(row, "penanggung_jawab_id", None)
    if isinstance(row, Jabatan):
        own = row.id
    return own or next((n.penanggung_jawab_id for n in _upwards(plan, row) if n.penanggung_jawab_id), None)


def branches(plan: Plan, dokumen_id: str) -> list[tuple[str, str]]:
    """(name, id) of the nodes at the top of both trees, numbers and codes in front."""
    nodes: tuple[Node, ...] = (
        *plan.where(Kinerja, "dokumen_id", dokumen_id),
        *plan.where(Anggaran, "dokumen_id", dokumen_id),
    )
    return [(_name(node), node.id) for node in nodes if plan.find(type(node), node.induk_id) is None]


def positions(plan: Plan, dokumen_id: str) -> list[tuple[str, str]]:
    """(name, id) of the positions of the document."""
    return [(row.nama, row.id) for row in plan.where(Jabatan, "dokumen_id", dokumen_id)]


def _name(node: Node) -> str:
    mark = (node.nomor if isinstance(node, Kinerja) else node.kode) or ""
    return f"{mark} {row_text(node)}".strip()


def _upwards(plan: Plan, row: Row | None) -> Iterator[Node]:
    """The node or line of a row, and those above it."""
    if isinstance(row, Indikator):
        row = plan.find(Kinerja, row.kinerja_id) or plan.find(Anggaran, row.anggaran_id)
    elif isinstance(row, Aksi):
        row = plan.find(Anggaran, row.anggaran_id)
    seen: set[str] = set()
    while isinstance(row, Kinerja | Anggaran) and row.id not in seen:
        seen.add(row.id)
        yield row
        row = plan.find(type(row), row.induk_id)
