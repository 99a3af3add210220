"""Kirim salinan: a copy of the plan for a named office or Bidang, noted in the plan so that it can come back."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from models.changes import Change
from models.cleaning import typed_texts
from models.errors import PlanError
from models.files import is_there, same_file
from models.history import Entry
from models.merging import Sent, first_entry, first_seal, sending, write_copy
from models.plan import Plan
from models.reading import revision_of
from models.rows import Dokumen, Jabatan, Pejabat, Row, Salinan, new_id
from services.document import Document
from services.merge_conflicts import open_conflicts
from services.merge_incoming import outside, way_up
from services.naming import row_text
from services.nip import count_in, without_nips
from services.receiving import received
from services.safe_names import safe_name

LABEL = "kirim salinan untuk {untuk}"
LONGEST_NAME = 120
_SIGNERS = ((Dokumen, "ttd_nip"), (Pejabat, "nip"))


def send_copy(
    document: Document,
    untuk: str,
    target: Path,
    part: Sequence[str] | None = None,
    *,
    overwrite: bool = False,
    without_nip: bool = False,
) -> Salinan:
    """Publish the plan, write the copy to `target`, and note the sending in the plan.

    Args:
        untuk: the office or Bidang, as the officer writes it.
        part: ids of the branches (or other rows) that it may edit; None for the whole plan.
        overwrite: whether a file that is there may go: it could be a copy that has come back.
        without_nip: leave out the NIP of those who sign, and write "NIP ..." for those in texts; they stay in the plan,
            also when the copy comes back.
    Raises:
        PlanError: as of `prepared`, or a file that cannot be written. The plan is unchanged then.
    """
    row = prepared(document, untuk, target, part, overwrite=overwrite)
    document.file.publish()
    note = noted(document, row)
    write_sent(document.file.path, target, note, without_nip=without_nip)
    keep_note(document, note, target)
    document.file.publish()
    return row


def noted(document: Document, row: Salinan) -> Sent:
    """The sending as the plan's next step, which is not in it yet."""
    changes = (Change(None, row),)
    (entry,) = document.file.draft(changes, LABEL.format(untuk=row.untuk))
    return Sent(row, entry)


def write_sent(source: Path, target: Path, note: Sent, *, without_nip: bool) -> None:
    """Write the copy of a published plan, in any thread; the plan is as it was where that fails.

    Raises:
        PlanError: it cannot be written.
    """
    write_copy(source, target, note=note, without_nip=without_nip, blank=without_nips if without_nip else None)


def keep_note(document: Document, note: Sent, target: Path) -> None:
    """Note the sending in the plan, now that the copy is written; a copy of which there is no note is taken away.

    Raises:
        PlanError: it cannot be noted, since the disk is full or the plan was changed meanwhile.
    """
    try:
        document.edit(LABEL.format(untuk=note.row.untuk), [Change(None, note.row)])
        if document.file.revision != revision_of(note.entry[10]):
            document.undo()
            raise PlanError("Rencana ini berubah selagi salinannya ditulis. Kirim lagi.")
    except PlanError:
        with suppress(OSError):
            target.unlink(missing_ok=True)
        raise


def prepared(
    document: Document, untuk: str, target: Path, part: Sequence[str] | None = None, *, overwrite: bool = False
) -> Salinan:
    """The note of a sending, not yet in the plan; arguments as of `send_copy`.

    Raises:
        PlanError: no name, a part that is not in the plan, or a target that is the plan itself, a folder or a file.
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
    return Salinan(
        id=new_id(),
        untuk=name,
        bagian=",".join(sorted(set(part))) if part is not None else None,
        asal=_origin(document),
        waktu=datetime.now().astimezone().isoformat(timespec="seconds"),
    )


def _origin(document: Document) -> str:
    """The first seal of the plan; a copy that is sent on knows it from its own sending."""
    own = received(document)
    for row in document.plan.all(Salinan) if own is None else (own,):
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


def part_for(plan: Plan, untuk: str) -> tuple[str, ...]:
    """What the Bidang of that name may edit, as `part_of`.

    Raises:
        PlanError: no position is of that name (the names are told), or nothing in the plan is theirs.
    """
    positions = positions_of(plan, untuk)
    if not positions:
        names = "; ".join(offices(plan)) or "belum ada; isi dahulu bidang pada jabatannya"
        raise PlanError(f"Tidak ada Bidang atau jabatan bernama {untuk!r} di rencana ini. Yang ada: {names}.")
    part = part_of(plan, positions)
    if not part:
        raise PlanError(f"Belum ada baris yang menjadi tanggung jawab {untuk}. Isi dahulu penanggung jawabnya.")
    return part


def offices(plan: Plan) -> tuple[str, ...]:
    """Whom a copy may be for, as a list to choose from: the units of the positions, then those without a unit."""
    positions = plan.all(Jabatan)
    names = [row.unit or "" for row in positions] + [row.nama for row in positions if not (row.unit or "").strip()]
    return tuple(dict.fromkeys(name for name in (" ".join(name.split()) for name in names) if name))


def _above(plan: Plan, row: Row) -> set[str]:
    return {above.id for above in way_up(plan, row)[1:]}


def sent(plan: Plan) -> tuple[Salinan, ...]:
    """The copies that were sent from this plan, the newest first."""
    return tuple(sorted(plan.all(Salinan), key=lambda row: row.waktu, reverse=True))


def part_names(plan: Plan, salinan: Salinan) -> tuple[str, ...]:
    """What the branches are called that the copy's office may edit; () for the whole plan."""
    roots = set((salinan.bagian or "").split(","))
    return tuple(row_text(row) for row in plan.rows() if row.id in roots)


def outside_part(plan: Plan, salinan: Salinan, changes: Sequence[Change]) -> tuple[Change, ...]:
    """Which of these changes, just done in `plan`, are to rows that the copy's office was not given to edit."""
    if salinan.bagian is None:
        return ()
    gone = {change.row.id: change.row for change in changes if change.after is None}
    return outside(plan, frozenset(salinan.bagian.split(",")), changes, gone)


def is_copy_of(document: Document, path: Path) -> bool:
    """Whether a file says that it is another copy of this plan, or the plan that this is a copy of; False on doubt."""
    try:
        if same_file(path, document.file.path):
            return False
        entry, own = first_entry(path), first_entry(document.file.path)
    except PlanError:
        return False
    return entry is not None and own is not None and _origin_in(entry) == _origin_in(own)


def _origin_in(entry: Entry) -> str:
    sent = sending(entry)
    return sent.asal if sent is not None else str(entry[10])


def nip_count(plan: Plan) -> int:
    """How many NIPs the plan holds, which the officer is told before a copy goes out."""
    signers = [row.ttd_nip for row in plan.all(Dokumen)] + [row.nip for row in plan.all(Pejabat)]
    return sum(bool((nip or "").strip()) for nip in signers)


def nips_in_texts(plan: Plan) -> int:
    """How many NIPs stand elsewhere: in the narrative, notes and other texts."""
    found = ((type(row), name, text) for row in plan.rows() for name, text in typed_texts(row))
    return sum(count_in(text) for cls, name, text in found if (cls, name) not in _SIGNERS)


def waiting(plan: Plan) -> int:
    """How many conflicts wait in the plan; a copy goes out with our values and without them."""
    return len(open_conflicts(plan))
