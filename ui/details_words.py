"""The words of the details: what can be chosen, and the help of each field."""

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
