"""The period that the forms of the group "Realisasi" are as of, and the title lines that say so."""

import json

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import (
    DeretAnggaran,
    DeretIndikator,
    DeretRasio,
    Dokumen,
    Indikator,
    Pengaturan,
    TahunAnggaran,
    TahunIndikator,
    new_id,
)
from services.forms.heading import agency_line
from services.forms.parts import Text
from services.periods import Sampai, read_sampai
from services.tanggal import MONTHS

SAMPAI = "capaian.sampai"
"""The setting of a plan: `isi` is a period as `read_sampai` takes it, such as "TW2"."""

YEAR = Sampai(12, triwulan=True)


def as_of(plan: Plan, dokumen: Dokumen) -> Sampai | None:
    """The period of the plan's setting, else the last one that holds a realisation; None where nothing is reported.

    A month that closes a quarter stands for the quarter. A result that is typed for the year is one of December.
    """
    return _set(plan, dokumen) or _last_reported(plan, dokumen)


def set_as_of(plan: Plan, dokumen_id: str, sampai: Sampai | None) -> tuple[Change, ...]:
    """Another period; None for the last one that holds a realisation."""
    there = next((row for row in plan.where(Pengaturan, "dokumen_id", dokumen_id) if row.kunci == SAMPAI), None)
    if sampai is None:
        return (Change(there, None),) if there is not None else ()
    isi = json.dumps(f"TW{sampai.bulan // 3}" if sampai.triwulan else str(sampai.bulan))
    if there is not None and there.isi == isi:
        return ()
    row = Pengaturan(id=there.id if there else new_id(), dokumen_id=dokumen_id, kunci=SAMPAI, isi=isi)
    return (Change(there, row),)


def until_words(sampai: Sampai) -> str:
    """ "Triwulan II", "Mei"."""
    return sampai.nama.replace("TW", "Triwulan") if sampai.triwulan else MONTHS[sampai.bulan - 1]


def title_lines(plan: Plan, dokumen: Dokumen, words: str, sampai: Sampai | None) -> tuple[Text, ...]:
    """The words, the agency and the period; only the year where nothing is reported."""
    period = (
        f"SAMPAI DENGAN {until_words(sampai).upper()} TAHUN {dokumen.tahun}" if sampai else f"TAHUN {dokumen.tahun}"
    )
    return (
        Text(words, 10, bold=True, align="center"),
        Text(agency_line(plan, dokumen), 10, bold=True, align="center"),
        Text(period, 10, bold=True, align="center", after=3),
    )


def _set(plan: Plan, dokumen: Dokumen) -> Sampai | None:
    """What the plan sets; None where it sets nothing that can be read."""
    for row in plan.where(Pengaturan, "dokumen_id", dokumen.id):
        if row.kunci == SAMPAI:
            try:
                return read_sampai(str(json.loads(row.isi)))
            except (ValueError, RecursionError, PlanError):
                return None
    return None


def _last_reported(plan: Plan, dokumen: Dokumen) -> Sampai | None:
    if _has_yearly(plan, dokumen):
        return YEAR
    series: list[DeretIndikator | DeretAnggaran | DeretRasio] = [
        *(row for row in plan.where(DeretIndikator, "dokumen_id", dokumen.id) if row.jenis == "realisasi"),
        *(row for row in plan.where(DeretAnggaran, "dokumen_id", dokumen.id) if row.jenis == "realisasi"),
        *plan.where(DeretRasio, "dokumen_id", dokumen.id),
    ]
    stated = [month for row in series for month, value in enumerate(row.nilai, 1) if value not in (None, "")]
    last = max(stated, default=0)
    return Sampai(last, triwulan=last % 3 == 0) if last else None


def _has_yearly(plan: Plan, dokumen: Dokumen) -> bool:
    """Whether anything is reported for the document's year as a whole."""
    if any(row.realisasi for row in plan.where(Indikator, "dokumen_id", dokumen.id)):
        return True
    this = ("realisasi", str(dokumen.tahun))
    of_indicators = plan.where(TahunIndikator, "dokumen_id", dokumen.id)
    of_lines = plan.where(TahunAnggaran, "dokumen_id", dokumen.id)
    if any((row.jenis, row.tahun) == this and row.nilai for row in of_indicators):
        return True
    return any((row.jenis, row.tahun) == this and row.nilai is not None for row in of_lines)
