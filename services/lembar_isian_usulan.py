"""What a filled-in sheet would change, cell by cell, and the changes of what the officer accepts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import Anggaran, Indikator
from services.lembar_isian_baris import HASIL, UANG
from services.realisasi import set_counts, set_note, set_results, set_spending
from services.rupiah import parse_rupiah

LABEL = "isi realisasi dari lembar isian"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One cell that the sheet would change. `nomor`: its row in the sheet; `kolom`: "Juni" or "Kendala".

    `lama`: what stands in the plan, `baru`: what was filled in, both as typed, "" for nothing. `bentrok`: the plan says
    something else than when the sheet was written. `kosong`: the sheet empties a cell; propose it unticked.
    `place`: the month 0 to 11, or the name in NOTES; `bulan`: the month, 1 to 12, that closes the period.
    `bukan_angka`: it says no number where the target, or a count, is one; propose it unticked. `persen`: what stood in
    the cell, "12%", where Excel shows a number as a percentage; `ragu`: and nothing here is counted in percent, propose
    it unticked.
    """

    nomor: int
    kode: str
    kind: str
    row_id: str
    nama: str
    kolom: str
    lama: str
    baru: str
    bentrok: bool
    place: int | str
    bulan: int
    kumulatif: bool
    bukan_angka: bool = False
    persen: str = ""
    ragu: bool = False

    @property
    def kosong(self) -> bool:
        """Whether it takes a value away."""
        return not self.baru


def changes_of(plan: Plan, proposals: Iterable[Proposal]) -> tuple[Change, ...]:
    """The changes of those that were accepted, for one `Document.edit` under LABEL.

    Raises:
        PlanError: a period was closed, or a row deleted, since the sheet was read.
    """
    return tuple(change for group in grouped(proposals) for change in changes_of_row(plan, group))


def grouped(proposals: Iterable[Proposal]) -> list[list[Proposal]]:
    """Those that alter one row of the plan file together."""
    groups: dict[tuple[str, str, bool], list[Proposal]] = {}
    for one in proposals:
        groups.setdefault((one.kind, one.row_id, isinstance(one.place, str)), []).append(one)
    return list(groups.values())


def found_row(plan: Plan, kind: str, row_id: str) -> Indikator | Anggaran | None:
    """The row of the plan that a row of the sheet is about; None where it is gone."""
    return plan.find(Anggaran, row_id) if kind == UANG else plan.find(Indikator, row_id)


def changes_of_row(plan: Plan, group: Sequence[Proposal]) -> tuple[Change, ...]:
    """The changes of one of `grouped`.

    Raises:
        PlanError: the values do not fit together, the period is closed, or the row is gone.
    """
    first = group[0]
    row = found_row(plan, first.kind, first.row_id)
    if row is None:
        raise PlanError(f"{first.nama} sudah dihapus dari rencana.")
    if isinstance(first.place, str):
        return set_note(plan, row, first.bulan, {str(one.place): one.baru for one in group})
    typed = {int(one.place): one.baru for one in group}
    if isinstance(row, Anggaran):
        amounts = {place: parse_rupiah(text) for place, text in typed.items()}
        return set_spending(plan, row, amounts, kumulatif=first.kumulatif)
    if first.kind == HASIL:
        return set_results(plan, row, typed)
    return set_counts(plan, row, first.kind, typed)
