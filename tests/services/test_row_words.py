"""What rows are called in the name of a step and in a list."""

from dataclasses import replace

import pytest

from models.rows import Anggaran, Kinerja
from services.row_words import NAME_MAX, called, step_of

LINE = Anggaran(id="a", dokumen_id="d", urutan=1, jenis="kegiatan", induk_id=None, nama="")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "hapus kegiatan"),
        ("Pendataan koperasi", "hapus kegiatan Pendataan koperasi"),
        ("Kegiatan Pendataan", "hapus kegiatan Pendataan"),
        ("dua\nbaris", "hapus kegiatan dua baris"),
        ("Pendataan Potensi dan Pengembangan Usaha Mikro", "hapus kegiatan Pendataan Potensi dan..."),
        ("x" * 60, f"hapus kegiatan {'x' * (NAME_MAX - 3)}..."),
    ],
)
def test_a_step_names_the_row_on_one_line_cut_between_words(name, said):
    assert step_of("hapus", replace(LINE, nama=name)) == said
    assert len(said.removeprefix("hapus kegiatan")) <= NAME_MAX + 1


def test_a_name_that_begins_with_its_level_does_not_say_it_twice():
    assert called(replace(LINE, jenis="program", nama="PROGRAM PENGEMBANGAN UMKM")) == "Program PENGEMBANGAN UMKM"
    node = Kinerja(id="k", dokumen_id="d", urutan=1, tingkat="sasaran_program", induk_id=None, uraian="Meningkatnya")
    assert called(node) == "Sasaran program Meningkatnya"
