"""Satuan: the units of the plan, most used first, then those that other plans use."""

from collections import Counter

from models.plan import Plan
from models.rows import Indikator

COMMON = (
    "%",
    "Dokumen",
    "Laporan",
    "Orang",
    "Nilai",
    "Indeks",
    "Predikat",
    "Unit",
    "Paket",
    "Bulan",
    "Kegiatan",
    "Kelompok",
    "Lokasi",
    "Kali",
    "Berkas",
    "Layanan",
    "Lembaga",
    "Desa",
    "Kelurahan",
    "Kecamatan",
    "Rumah tangga",
    "Rupiah",
    "Rekomendasi",
    "Peraturan",
    "Buah",
    "Hari",
    "Jam",
    "Hektare",
    "Km",
    "Ton",
)
"""Source: the target columns of official plans of several agencies."""


def units(plan: Plan, dokumen_id: str) -> list[str]:
    """Each unit once: as the document writes it most, most used first, then the common ones that it does not use.

    "dokumen" and "Dokumen" are one unit, so that choosing from the list never makes a second spelling.
    """
    spelt = Counter((i.satuan or "").strip() for i in plan.where(Indikator, "dokumen_id", dokumen_id))
    spelt.pop("", None)
    used: Counter[str] = Counter()
    for unit, count in spelt.items():
        used[unit.casefold()] += count
    usual = {unit.casefold(): unit for unit in sorted(spelt, key=lambda unit: (spelt[unit], unit))}
    first = [usual[unit] for unit in sorted(used, key=lambda unit: (-used[unit], unit))]
    known = set(used)
    return [*first, *(unit for unit in COMMON if unit.casefold() not in known)]
