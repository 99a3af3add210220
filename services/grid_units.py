"""The units that the Satuan column offers: those of the plan first, then common ones."""

from collections import Counter

from models.plan import Plan
from models.rows import Indikator

COMMON = (
    "%",
    "Persen",
    "Dokumen",
    "Laporan",
    "Orang",
    "Unit",
    "Kegiatan",
    "Paket",
    "Kali",
    "Bulan",
    "Nilai",
    "Poin",
    "Indeks",
    "Predikat",
    "Kelompok",
    "Lembaga",
    "Layanan",
    "Rekomendasi",
    "Desa",
    "Rupiah",
)


def units(plan: Plan, dokumen_id: str) -> list[str]:
    """Units of a document, the most used first, then the common ones that it does not use."""
    texts = ((row.satuan or "").strip() for row in plan.where(Indikator, "dokumen_id", dokumen_id))
    used = [text for text, _ in Counter(text for text in texts if text and text != "-").most_common()]
    return [*used, *(text for text in COMMON if text not in used)]
