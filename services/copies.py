"""Kirim salinan: a copy of the plan for a named office or Bidang, noted in the plan so that it can come back."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from models.changes import Change
from models.errors import PlanError
from models.files import is_there, same_file
from models.merging import first_seal, write_copy
from models.plan import Plan
from models.rows import Dokumen, Jabatan, Pejabat, Row, Salinan, new_id
from services.document import Document
from services.edits import branch
from services.export import safe_name
from services.merge_incoming import way_up

LABEL = "kirim salinan untuk {untuk}"
LONGEST_NAME = 120


def send_copy(
    document: Document, untuk: str, target: Path, part: Sequence[str] | None = None, *, overwrite: bool = False
) -> Salinan:
    """Publish the plan, note the sending in it, and write the copy to `target`.

    Args:
        untuk: the office or Bidang, as the officer writes it.
        part: ids of the branches (or other rows) that it may edit; None for the whole plan.
        overwrite: whether a file that is there may go: it could be a copy that has come back.
    Raises:
        PlanError: no name, a part that is not in the plan, a target that is the plan itself or a folder, or a file that
            cannot be written. The plan is unchanged then.
    """
    name = " ".join(untuk.split())[:LONGEST_NAME]
    if not name:
        raise PlanError("Tujuan salinan belum diisi. Tulis nama bidang atau kantor yang akan menerimanya.")
    if is_there(target) and (target.is_dir() or same_file(target, document.file.path)):
        raise PlanError(f"{target} adalah folder atau rencana ini sendiri. Pilih nama berkas lain untuk salinannya.")
    if is_there(target) and not overwrite:
        raise PlanError(f"{target} sudah ada. Pilih nama lain, agar salinan yang sudah kembali tidak tertimpa.")
    if part is not None and not part:
        raise PlanError("Bagian yang boleh diubah belum dipilih. Pilih sedikitnya satu cabang, atau kirim seluruhnya.")
    ids = {row.id for row in document.plan.rows()}
    if part is not None and not ids.issuperset(part):
        raise PlanError("Bagian yang dipilih tidak ada lagi di rencana ini. Pilih lagi bagiannya.")
    row = Salinan(
        id=new_id(),
        untuk=name,
        bagian=",".join(sorted(set(part))) if part is not None else None,
        asal=_origin(document),
        waktu=datetime.now().astimezone().isoformat(timespec="seconds"),
    )
    document.edit(LABEL.format(untuk=name), [Change(None, row)])
    try:
        document.file.publish()
        write_copy(document.file.path, target)
    except PlanError:
        document.undo()
        raise
    return row


def _origin(document: Document) -> str:
    """The first seal of the plan; a copy that is sent on knows it from its own sending."""
    for row in document.plan.all(Salinan):
        return row.asal
    if not document.file.revision:
        raise PlanError("Rencana ini masih kosong. Isi dahulu, lalu kirim salinannya.")
    if not is_there(document.file.path):
        document.file.publish()
    return first_seal(document.file.path)


def proposed_name(document: Document, untuk: str) -> str:
    """Such as "Dinas Koperasi 2027 Bidang UKM.db", in letters that every system takes."""
    return f"{safe_name(f'{document.file.path.stem} {untuk}')[:LONGEST_NAME]}.db"


def part_of(plan: Plan, jabatan: Iterable[Jabatan]) -> tuple[str, ...]:
    """The topmost rows for which these positions, or those below them, answer: what their Bidang may edit."""
    answering = {row.id for row in jabatan}
    queue = list(answering)
    while queue:
        for below in plan.where(Jabatan, "atasan_id", queue.pop()):
            if below.id not in answering:
                answering.add(below.id)
                queue.append(below.id)
    rows = [row for row in plan.rows() if getattr(row, "penanggung_jawab_id", None) in answering]
    found = {row.id for row in rows}
    return tuple(row.id for row in rows if not found & _above(plan, row))


def positions_of(plan: Plan, untuk: str) -> tuple[Jabatan, ...]:
    """The positions that `untuk` names: those of that unit, else the one that heads it ("Kepala Bidang UKM")."""
    wanted = untuk.casefold().strip()
    units = tuple(row for row in plan.all(Jabatan) if (row.unit or "").casefold().strip() == wanted)
    names = (f"kepala {wanted}", wanted)
    return units or tuple(row for row in plan.all(Jabatan) if row.nama.casefold().strip() in names)


def _above(plan: Plan, row: Row) -> set[str]:
    return {above.id for above in way_up(plan, row)[1:]}


def sent(plan: Plan) -> tuple[Salinan, ...]:
    """The copies that were sent from this plan, the newest first."""
    return tuple(sorted(plan.all(Salinan), key=lambda row: row.waktu, reverse=True))


def editable(plan: Plan, salinan: Salinan) -> frozenset[str] | None:
    """The ids of all rows that the copy's office may edit; None for the whole plan."""
    if salinan.bagian is None:
        return None
    roots = set(salinan.bagian.split(","))
    return frozenset(row.id for root in plan.rows() if root.id in roots for row in branch(plan, root))


def holds_nip(plan: Plan) -> bool:
    """Whether the plan holds a NIP, which the officer is told before a copy goes out."""
    signers = [row.ttd_nip for row in plan.all(Dokumen)] + [row.nip for row in plan.all(Pejabat)]
    return any(signers)
