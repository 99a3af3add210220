"""What reports, closings and settings are called in the history."""

import pytest

from models.plan import Plan
from models.rows import Anggaran, CatatanPeriode, DeretRasio, Indikator, Pengaturan, TutupPeriode
from services.row_words import field_name, row_name, value_text

LINE = Anggaran(id="a", dokumen_id="d", urutan=1, jenis="sub_kegiatan", nama="Pendataan koperasi")
OWNER = Indikator(id="i", dokumen_id="d", urutan=1, anggaran_id="a", uraian="Koperasi aktif")
RATIO = DeretRasio(id="r", dokumen_id="d", indikator_id="i", jenis="pembilang", periode="triwulan")


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (
            CatatanPeriode(id="c", dokumen_id="d", anggaran_id="a", bulan=6),
            "Catatan periode Juni, Sub kegiatan Pendataan",
        ),
        (TutupPeriode(id="t", dokumen_id="d", bulan=3, tutup=1), "Penutupan periode sampai Maret"),
        (Pengaturan(id="p", dokumen_id="d", kunci="capaian.batas", isi="{}"), "Pengaturan batas atas dan bawah"),
        (RATIO, "Indikator Koperasi aktif"),
    ],
)
def test_rows_are_called_by_what_they_are_about(row, name):
    assert row_name(Plan([LINE, OWNER]), row).startswith(name)


def test_months_and_flags_have_words():
    assert field_name("deret_rasio", "b06", RATIO) == "pembilang TW II"
    assert field_name("catatan_periode", "tindak_lanjut") == "tindak lanjut"
    assert [value_text(Plan(), "tutup_periode", "tutup", value) for value in (1, 0)] == ["ya", "tidak"]
