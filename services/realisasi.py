"""Entering what was reached and spent, as changes for one `Document.edit`: nothing here writes.

An empty cell is "not yet reported", "-" is "none in this period", 0 is zero. What a closed period holds is not altered,
see `realisasi_tutup`.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import (
    Anggaran,
    CatatanPeriode,
    DeretAnggaran,
    DeretIndikator,
    DeretRasio,
    Dokumen,
    Indikator,
    TahunIndikator,
    new_id,
)
from services.cell_edit import clean
from services.edits import set_field
from services.realisasi_tutup import assert_open
from services.series import places, with_months

PEMBILANG, PENYEBUT = "pembilang", "penyebut"

NOTES: dict[str, str] = {
    "kendala": "Kendala",
    "solusi": "Solusi",
    "tindak_lanjut": "Tindak lanjut",
    "bukti": "Bukti dukung",
    "berkas": "Nama berkas bukti",
}
"""The texts of a period -> what they are called."""

S = TypeVar("S", DeretIndikator, DeretRasio)


def results(plan: Plan, indikator: Indikator) -> DeretIndikator | None:
    """What was reached through the year."""
    return plan.one(DeretIndikator, "indikator_id", indikator.id, "realisasi")


def spending(plan: Plan, line: Anggaran) -> DeretAnggaran | None:
    """What was spent through the year."""
    return plan.one(DeretAnggaran, "anggaran_id", line.id, "realisasi")


def counts(plan: Plan, indikator: Indikator, jenis: str) -> DeretRasio | None:
    """The counts above or below the line of a ratio. jenis: pembilang or penyebut."""
    return plan.one(DeretRasio, "indikator_id", indikator.id, jenis)


def set_result(plan: Plan, indikator: Indikator, place: int | None, text: str | None) -> tuple[Change, ...]:
    """What was reached of an indicator in a month, 0 to 11, or in the year (None), as typed; "" or None empties it.

    A first value begins a series of the periods that the targets have. What is emptied for the year is emptied among
    the years, too, so that the periods count again.

    Raises:
        PlanError: the period is closed, a series of quarters has no such month, or the text is too long.
    """
    if place is not None:
        return set_results(plan, indikator, {place: text})
    typed = clean(text or "") or None
    changes = set_field(indikator, "realisasi", typed)
    if typed is None:
        tahun = str(plan.get(Dokumen, indikator.dokumen_id).tahun)
        years = plan.where(TahunIndikator, "indikator_id", indikator.id)
        changes += tuple(Change(row, None) for row in years if (row.jenis, row.tahun) == ("realisasi", tahun))
    return assert_open(plan, _real(changes))


def set_results(plan: Plan, indikator: Indikator, typed: Mapping[int, str | None]) -> tuple[Change, ...]:
    """Several months at once, as a paste does; arguments and errors as of `set_result`."""
    series = results(plan, indikator)
    fresh = series or DeretIndikator(
        id=new_id(),
        dokumen_id=indikator.dokumen_id,
        indikator_id=indikator.id,
        jenis="realisasi",
        periode=_periode(plan, indikator),
    )
    return assert_open(plan, _typed(series, fresh, {at: clean(text or "") or None for at, text in typed.items()}))


def set_counts(plan: Plan, indikator: Indikator, jenis: str, typed: Mapping[int, str | None]) -> tuple[Change, ...]:
    """The counts above or below the line by month, 0 to 11, as typed. jenis: pembilang or penyebut.

    Raises:
        PlanError: as of `set_result`.
    """
    series = counts(plan, indikator, jenis)
    fresh = series or DeretRasio(
        id=new_id(),
        dokumen_id=indikator.dokumen_id,
        indikator_id=indikator.id,
        jenis=jenis,
        periode=_periode(plan, indikator),
    )
    return assert_open(plan, _typed(series, fresh, {at: clean(text or "") or None for at, text in typed.items()}))


def set_spending(plan: Plan, line: Anggaran, typed: Mapping[int, int | None], *, kumulatif: bool) -> tuple[Change, ...]:
    """What was spent, whole rupiah by month 0 to 11, in a view of running totals or of single months; None empties it.

    A first value begins a series of running totals in the periods of the cash plan, as in that view.

    Raises:
        PlanError: the period is closed, a series of quarters has no such month, or a month would become negative.
    """
    series = spending(plan, line)
    cash = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    fresh = series or DeretAnggaran(
        id=new_id(),
        dokumen_id=line.dokumen_id,
        anggaran_id=line.id,
        jenis="realisasi",
        periode=cash.periode if cash else "bulan",
        kumulatif=int(kumulatif),
    )
    _assert_places(fresh.periode, typed)
    try:
        now = with_months(fresh, typed, kumulatif=kumulatif)
    except ValueError:
        raise PlanError("Realisasi satu bulan akan menjadi negatif atau terlalu besar. Periksa angkanya.") from None
    if all(value is None for value in now.nilai):
        return assert_open(plan, (Change(series, None),) if series is not None else ())
    return assert_open(plan, _real((Change(series, now),)))


def note_of(plan: Plan, row: Indikator | Anggaran, bulan: int) -> CatatanPeriode | None:
    """What is said of a row for the period that a month, 1 to 12, closes."""
    field = "indikator_id" if isinstance(row, Indikator) else "anggaran_id"
    return next((note for note in plan.where(CatatanPeriode, field, row.id) if note.bulan == bulan), None)


def set_note(plan: Plan, row: Indikator | Anggaran, bulan: int, typed: Mapping[str, str | None]) -> tuple[Change, ...]:
    """Texts of a period, by the names in NOTES; a note without any text is taken away.

    `berkas` is the name of a file, without its folder.

    Raises:
        PlanError: the period is closed, or a text is too long.
    """
    unknown = typed.keys() - NOTES.keys()
    if unknown:
        raise ValueError(f"no such note: {unknown}")
    said: dict[str, Any] = {name: clean(text or "") or None for name, text in typed.items()}
    if said.get("berkas"):
        said["berkas"] = said["berkas"].replace("\\", "/").rpartition("/")[2] or None
    there = note_of(plan, row, bulan)
    link = {"indikator_id" if isinstance(row, Indikator) else "anggaran_id": row.id}
    fresh = there or CatatanPeriode(id=new_id(), dokumen_id=row.dokumen_id, bulan=bulan, **link)
    now = replace(fresh, **said)
    if not any(getattr(now, name) for name in NOTES):
        return assert_open(plan, (Change(there, None),) if there is not None else ())
    return assert_open(plan, _real((Change(there, now),)))


def _periode(plan: Plan, indikator: Indikator) -> str:
    """The periods of whatever series the indicator has, months for one without."""
    kinds: tuple[type[DeretIndikator] | type[DeretRasio], ...] = (DeretIndikator, DeretRasio)
    for cls in kinds:
        for row in plan.where(cls, "indikator_id", indikator.id):
            return row.periode
    return "bulan"


def _typed(before: S | None, series: S, typed: Mapping[int, str | None]) -> tuple[Change, ...]:
    """The series with texts at some places; one that holds nothing any more goes."""
    _assert_places(series.periode, typed)
    now = replace(series, nilai=tuple(typed.get(place, text) for place, text in enumerate(series.nilai)))
    if not any(now.nilai):
        return (Change(before, None),) if before is not None else ()
    return _real((Change(before, now),))


def _assert_places(periode: str, typed: Mapping[int, object]) -> None:
    if any(value is not None and place not in places(periode) for place, value in typed.items()):
        raise PlanError("Baris ini diisi per triwulan: nilainya berdiri pada Maret, Juni, September dan Desember.")


def _real(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    return tuple(change for change in changes if change.before != change.after)


assert set(NOTES) <= {field.name for field in fields(CatatanPeriode)}
