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
    """Each unit once: as the document writes it, most used first, then the common ones that it does not use."""
    used = Counter((i.satuan or "").strip() for i in plan.where(Indikator, "dokumen_id", dokumen_id))
    used.pop("", None)
    first = sorted(used, key=lambda unit: (-used[unit], unit.casefold()))
    known = {unit.casefold() for unit in first}
    return [*first, *(unit for unit in COMMON if unit.casefold() not in known)]
