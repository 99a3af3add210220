"""The words of the details: what can be chosen, and the help of each field."""

from models.plan import Plan
from models.rows import Anggaran, Indikator, Kinerja, Row
from services.tahunan_isian import filled_years

CARA = (
    ("belum ditentukan", None),
    ("Kumulatif", "kumulatif"),
    ("Jumlah", "jumlah"),
    ("Posisi", "posisi"),
    ("Predikat", "predikat"),
)
CARA_HELP = (
    "Kumulatif: tiap bulan berisi jumlah sejak Januari; Desember sama dengan target setahun. "
    "Jumlah: bulan dijumlahkan. Posisi: keadaan saat itu. Predikat: nilai huruf."
)
SATUAN_HELP = "Satuan target: %, dokumen, orang, laporan. Alt+↓ membuka daftar; satuan lain boleh ditulis."
KELOMPOK_HELP = "Judul selebar tabel di atas baris ini, misalnya BIDANG KOPERASI."
TINGKAT_HELP = "Tingkat sasaran; yang ditawarkan hanya yang cocok dengan induk dan anaknya."
NEW_PERSON, ALL_PEOPLE = "Jabatan baru...", "Organisasi dan pejabat..."
ARAH = (("Naik lebih baik", "naik"), ("Turun lebih baik", "turun"))
PAGU_HELP = "Pagu setahun sesuai DPA. Rupiah bulat; boleh ditulis 271.678.600 atau Rp 271.678.600,-"
TARGET_HELP = "Target setahun seperti tertulis di Perjanjian Kinerja: 27,00 atau A atau 3 laporan."

YEARS = "tahunan"
"""The link to the years of the Renstra."""


def years_words(plan: Plan, row: Row) -> str:
    """The link to the years, with how many values the row has among them."""
    if not isinstance(row, Kinerja | Indikator | Anggaran):
        return ""
    filled = filled_years(plan, row)
    said = f"Per tahun ({filled} terisi)..." if filled else "Per tahun..."
    return f'<a href="{YEARS}" style="text-decoration:none">{said}</a>'
