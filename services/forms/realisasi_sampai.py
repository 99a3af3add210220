"""The period that the forms of the group "Realisasi" are as of, and the title lines that say so.

It is one setting of the plan: the officer picks it, and never the day on which a form happens to be printed.
"""

import json

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import (
    BULAN,
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

_SERIES: tuple[type[DeretIndikator] | type[DeretAnggaran] | type[DeretRasio], ...] = (
    DeretIndikator,
    DeretAnggaran,
    DeretRasio,
)
SAMPAI = "capaian.sampai"
"""The setting of a plan: `isi` is a period as `read_sampai` takes it, such as "TW2"."""

YEAR = Sampai(12, triwulan=True)

DEPENDENT = frozenset(
    (
        "monev-triwulan",
        "capaian-iku",
        "capaian-sasaran",
        "capaian-lima-tahun",
        "pagu-realisasi",
        "efisiensi",
        "e81",
        "lkip",
        "dokumen-lengkap",
    )
)
"""The names of the forms that another period changes."""


def as_of(plan: Plan, dokumen: Dokumen) -> Sampai | None:
    """The period of the plan's setting, else the last one that holds a realisation; None where nothing is reported.

    A month that closes a quarter stands for the quarter. A result that is typed for the year is one of December.
    """
    return picked(plan, dokumen) or last_reported(plan, dokumen)


def choices(plan: Plan, dokumen_id: str) -> tuple[Sampai, ...]:
    """The periods to pick from: the quarters, and behind them the months unless everything is planned by quarters.

    A plan without any series has both. The quarter that a month closes stands for that month, too.
    """
    quarters = tuple(Sampai(month, triwulan=True) for month in range(3, BULAN + 1, 3))
    periods = {row.periode for cls in _SERIES for row in plan.where(cls, "dokumen_id", dokumen_id)}
    if periods == {"triwulan"}:
        return quarters
    return quarters + tuple(Sampai(month) for month in range(1, BULAN + 1) if month % 3)


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


def as_of_words(sampai: Sampai, tahun: int) -> str:
    """ "sampai dengan Triwulan II 2025"."""
    return f"sampai dengan {until_words(sampai)} {tahun}"


def picked(plan: Plan, dokumen: Dokumen) -> Sampai | None:
    """What the plan sets; None where it sets nothing that can be read."""
    for row in plan.where(Pengaturan, "dokumen_id", dokumen.id):
        if row.kunci == SAMPAI:
            try:
                return read_sampai(str(json.loads(row.isi)))
            except (ValueError, RecursionError, PlanError):
                return None
    return None


def last_reported(plan: Plan, dokumen: Dokumen) -> Sampai | None:
    """The last period of the document that holds a realisation; None where nothing is reported."""
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
