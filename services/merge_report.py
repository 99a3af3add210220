"""What a merge and a compilation say outside the window: a merge of files in one call, and reports as text or JSON."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from models.errors import PlanError
from models.merging import read_copy
from models.plan import Plan
from models.rows import TABLES, Konflik
from services.compile import Compiled
from services.document import Document
from services.merge import Merge, Progress, copy_name, of_copy
from services.merge_conflicts import open_conflicts, values_of
from services.merge_lines import Line
from services.merge_meanwhile import meanwhile
from services.merge_preview import stored
from services.naming import NAMELESS, level_name, row_text

_LISTED = 20
_LONGEST = 100
"""Characters of a value in a line of text."""


def merge_files(
    document: Document, paths: Sequence[Path], *, delete_anyway: bool = False, progress: Progress = lambda *_: None
) -> Merge:
    """Merge copies into an open plan as one undo step, and publish it; disputes are stored in it.

    Raises:
        PlanError: a file cannot be read, is of another plan, or too much would be deleted. The plan is as before.
    """
    document.file.publish()
    merge = Merge(read_copy(document.file.path), [read_copy(path) for path in paths], progress)
    changes = merge.changes(delete_anyway=delete_anyway)
    if not changes:
        return merge
    # The merge is one step to undo, so that no backup can be made does not stop it.
    with suppress(PlanError):
        document.file.back_up()
    document.edit(merge.label, changes, whose=merge.authors)
    document.file.publish()
    return merge


def as_json(plan: Plan, merge: Merge) -> dict[str, Any]:
    """What came in, by branch, and every conflict that is open in the plan; ready for JSON."""
    shown = {line.konflik.id: line for line in stored(plan).lines if line.konflik is not None}
    return {
        "catatan": merge.notes,
        "masuk": [
            {
                "salinan": arrival.name,
                "dari": copy_name(arrival),
                "cabang": branch.name,
                "ditambah": branch.added,
                "diubah": branch.altered,
                "dihapus": branch.removed,
                "di_luar_bagian": len(branch.outside),
            }
            for arrival in merge.arrivals
            for branch in arrival.branches
        ],
        "konflik": [conflict_json(plan, konflik) | _of_line(shown.get(konflik.id)) for konflik in open_conflicts(plan)],
    }


def _of_line(line: Line | None) -> dict[str, Any]:
    """What the window says of a conflict beyond its values: the copies that they come from, and why one cannot be."""
    return {
        "dari_kita": line.dari_kita or None if line else None,
        "dari_mereka": line.dari_mereka or None if line else None,
        "alasan": line.tutup or None if line else None,
    }


def conflict_json(plan: Plan, konflik: Konflik) -> dict[str, Any]:
    """One conflict, its values as columns of the row."""
    return {
        "id": konflik.id,
        "jenis": konflik.jenis,
        "tabel": konflik.tabel,
        "baris": konflik.baris,
        "nama": place_of(plan, konflik),
        "dasar": values_of(konflik, "dasar"),
        "kita": values_of(konflik, "kita"),
        "mereka": values_of(konflik, "mereka"),
        "siapa_kita": of_copy(konflik.siapa_kita or "")[0] or None,
        "waktu_kita": konflik.waktu_kita,
        "siapa_mereka": of_copy(konflik.siapa_mereka or "")[0] or None,
        "waktu_mereka": konflik.waktu_mereka,
    }


def place_of(plan: Plan, konflik: Konflik) -> str:
    """Which row it is about, as the officer knows it; the name is that of the deleted row where it is gone."""
    cls = TABLES.get(konflik.tabel)
    row = plan.find(cls, konflik.baris) if cls else None
    if row is not None and konflik.tabel in ("kinerja", "anggaran", "indikator"):
        return f"{level_name(row)} {row_text(row)}"
    if row is not None:
        owner = next((o for o in _owners(plan, row) if o is not None), None)
        if owner is not None:
            return f"{konflik.tabel.replace('_', ' ').capitalize()} dari {level_name(owner)} {row_text(owner)}"
    name = (values_of(konflik, "kita") or values_of(konflik, "mereka") or {}) if konflik.kolom is None else {}
    text = getattr(row, "nama", None) or getattr(row, "judul", None) or name.get("nama") or name.get("uraian")
    return f"{konflik.tabel.replace('_', ' ').capitalize()} {text or NAMELESS}"


def _owners(plan: Plan, row: Any) -> Iterable[Any]:
    for field, table in (("indikator_id", "indikator"), ("anggaran_id", "anggaran"), ("kinerja_id", "kinerja")):
        yield plan.find(TABLES[table], getattr(row, field, None))


def as_text(plan: Plan, merge: Merge) -> str:
    """The same in lines, at most twenty conflicts written out."""
    lines = list(merge.notes)
    for arrival in merge.arrivals:
        for b in arrival.branches:
            outside = f" ({len(b.outside)} di luar bagiannya)" if b.outside else ""
            counts = f"{b.added} ditambah, {b.altered} diubah, {b.removed} dihapus{outside}"
            lines.append(f"{arrival.name}: {b.name}: {counts}")
        if not arrival.branches and arrival.known:
            lines.append(f"{arrival.name}: tidak ada isian yang masuk.")
    found = open_conflicts(plan)
    shown = {line.konflik.id: line for line in stored(plan).lines if line.konflik is not None}
    lines += [f"Pertentangan: {_sentence(plan, konflik, shown.get(konflik.id))}" for konflik in found[:_LISTED]]
    if len(found) > _LISTED:
        lines.append(f"... dan {len(found) - _LISTED} pertentangan lagi")
    if not found:
        return "\n".join([*lines, "Tidak ada pertentangan."])
    return "\n".join([*lines, f"{len(found)} pertentangan menunggu keputusan. {meanwhile(found)}"])


def _sentence(plan: Plan, konflik: Konflik, line: Line | None) -> str:
    """In the words of the window; `line` None for a row of a kind that it does not show."""
    if line is None:
        return shortened(place_of(plan, konflik))
    if konflik.jenis == "ganda":
        return f"{line.field}: {shortened(line.kita)} dan {shortened(line.mereka)}; keduanya tetap ada"
    kita, mereka = (f" ({name})" if name else "" for name in (line.dari_kita, line.dari_mereka))
    why = f"; {line.tutup}" if line.tutup else ""
    ours, theirs = shortened(line.kita), shortened(line.mereka)
    return f"{shortened(line.place)}, {line.field}: kita{kita} {ours}; mereka{mereka} {theirs}{why}"


def shortened(text: str) -> str:
    """A value on one line, its end left out where it is long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 3].rstrip()}..."


def compiled_text(report: Sequence[Compiled]) -> str:
    """What became of each file, in lines."""
    lines = [f"{one.path.name}: {'; '.join(one.documents)}" for one in report if one.documents]
    lines += [sentence for one in report for sentence in one.left_out]
    complete = sum(one.complete for one in report)
    return "\n".join([*lines, f"{complete} dari {len(report)} berkas masuk seluruhnya."])


def compiled_json(report: Sequence[Compiled]) -> list[dict[str, Any]]:
    """The same, ready for JSON."""
    return [
        {"berkas": str(one.path), "dokumen": list(one.documents), "tidak_masuk": list(one.left_out)} for one in report
    ]
