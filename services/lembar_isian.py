"""A workbook to fill in what was reached and spent, for a Bidang that does not have the program.

One sheet can be seen: a row for each indicator, each count of a ratio and each budget line, the cells to fill in yellow
and all others locked. A sheet that cannot be seen names the rows by their ids and keeps what stood in the cells, so
that `lembar_isian_baca` knows what was changed, here and in the plan, since the sheet was written.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.errors import PlanError
from models.files import write_whole
from models.plan import Plan
from models.rows import Dokumen, Jabatan
from services.cell_edit import shortened
from services.lembar_isian_baris import FIRST, FillIn, bidang_of, fill_in_rows, months_of
from services.lembar_isian_buku import Book
from services.periods import Sampai
from services.realisasi_tutup import closed_months
from services.safe_names import safe_name

_NAMED, _NAME = 3, 48
"""Rows that are named, and characters of a name."""


def write_sheet(
    plan: Plan,
    dokumen_id: str,
    sampai: Sampai,
    target: Path,
    jabatan: Iterable[Jabatan] | None = None,
    *,
    untuk: str = "",
    below: bool = True,
) -> int:
    """Write the workbook; returns how many rows it asks for. `untuk`: whom it is for, such as "Bidang UKM".

    `below`: with what the positions below these answer for.

    Raises:
        PlanError: nothing to ask for, a closed period, or the file cannot be written.
    """
    closed = _assert_open(plan, dokumen_id, sampai)
    rows = fill_in_rows(plan, dokumen_id, sampai, jabatan, below=below)
    if not rows:
        raise PlanError("Tidak ada indikator atau baris anggaran yang menjadi tanggung jawab jabatan itu.")
    book = Book(plan, plan.get(Dokumen, dokumen_id), sampai, untuk, closed)
    for number, row in enumerate(rows, FIRST):
        book.add(number, row)
    write_whole(target, book.save)
    return len(rows)


@dataclass(frozen=True, slots=True)
class Written:
    """A sheet that was written: for whom, where, and how many rows it asks for."""

    untuk: str
    path: Path
    rows: int


def write_sheets(plan: Plan, dokumen_id: str, sampai: Sampai, folder: Path) -> tuple[Written, ...]:
    """A sheet for each Bidang that answers for something, in a folder that is there; each row stands on one of them.

    Raises:
        PlanError: nobody answers for anything, a closed period, or a file cannot be written.
    """
    made: list[Written] = []
    for untuk, positions in bidang_of(plan, dokumen_id).items():
        if fill_in_rows(plan, dokumen_id, sampai, positions, below=False):
            name = f"isian-{safe_name(sampai.nama)}-{safe_name(untuk)}"
            same = sum(one.path.stem.startswith(name) for one in made)
            path = folder / f"{name}{f'-{same + 1}' if same else ''}.xlsx"
            count = write_sheet(plan, dokumen_id, sampai, path, positions, untuk=untuk, below=False)
            made.append(Written(untuk, path, count))
    if not made:
        # A closed period is the better reason.
        _assert_open(plan, dokumen_id, sampai)
        raise PlanError("Belum ada jabatan yang menjadi penanggung jawab. Isi penanggung jawab dahulu.")
    return tuple(made)


def without_bidang(plan: Plan, dokumen_id: str, sampai: Sampai) -> tuple[FillIn, ...]:
    """The rows that stand on no sheet of `write_sheets`, as nobody answers for them."""
    everybody = [row for rows in bidang_of(plan, dokumen_id).values() for row in rows]
    asked = {(one.kind, one.row.id) for one in fill_in_rows(plan, dokumen_id, sampai, everybody, below=False)}
    return tuple(one for one in fill_in_rows(plan, dokumen_id, sampai) if (one.kind, one.row.id) not in asked)


def without_bidang_words(rows: Sequence[FillIn]) -> str:
    """ "12 baris tidak masuk lembar mana pun karena belum ada penanggung jawabnya: A, B, C dan 9 lagi."

    "" for none.
    """
    if not rows:
        return ""
    names = [shortened(row.nama, _NAME) for row in rows[:_NAMED]]
    more = f" dan {len(rows) - _NAMED} lagi" if len(rows) > _NAMED else ""
    return (
        f"{len(rows)} baris tidak masuk lembar mana pun karena belum ada penanggung jawabnya: {', '.join(names)}{more}."
    )


def _assert_open(plan: Plan, dokumen_id: str, sampai: Sampai) -> frozenset[int]:
    """The closed months, where not all of the period are."""
    closed = closed_months(plan, dokumen_id)
    if closed.issuperset(month + 1 for month in months_of(sampai)):
        raise PlanError(f"Periode {sampai.nama} sudah ditutup, jadi tidak ada yang dapat diisi. Buka kembali dahulu.")
    return closed
