"""Targets as they are typed every day: bounds, rupiah, places, grades with their word in brackets."""

import pytest

from services.capaian import capaian

LOWER = ", karena target {} adalah batas atas: makin rendah makin baik"


@pytest.mark.parametrize(
    ("target", "realisasi", "arah", "persen", "uraian"),
    [
        ("≥ 80", "85", None, "106.25", "85 / 80 = 106,25 %"),
        (">= 80", "60", None, "75.00", "60 / 80 = 75 %"),
        (">80%", "85%", None, "106.25", "85 / 80 = 106,25 %"),
        ("> 80", "80", None, "100.00", "80 / 80 = 100 %"),
        ("min. 80", "80", None, "100.00", "80 / 80 = 100 %"),
        ("Minimal 80 %", "76 %", None, "95.00", "76 / 80 = 95 %"),
        ("minimum 3 dokumen", "3 dokumen", None, "100.00", "3 / 3 = 100 %"),
        ("paling sedikit 4", "3", None, "75.00", "3 / 4 = 75 %"),
        ("≥ 3,5", "3.5", None, "100.00", "3,5 / 3,5 = 100 %"),
        ("≤ 5", "3", "turun", "140.00", "(2 x 5 - 3) / 5 = 140 %"),
        ("≤ 5", "3", None, "140.00", "(2 x 5 - 3) / 5 = 140 %" + LOWER.format('"≤ 5"')),
        ("≤ 5", "3", "naik", "60.00", "3 / 5 = 60 %"),
        ("<5%", "6%", None, "80.00", "(2 x 5 - 6) / 5 = 80 %" + LOWER.format('"<5%"')),
        ("maks. 5", "4", None, "120.00", "(2 x 5 - 4) / 5 = 120 %" + LOWER.format('"maks. 5"')),
        ("Maksimal 5 hari", "5 hari", None, "100.00", "(2 x 5 - 5) / 5 = 100 %" + LOWER.format('"Maksimal 5 hari"')),
        ("paling lama 3 hari", "3", "turun", "100.00", "(2 x 3 - 3) / 3 = 100 %"),
        ("Rp 1.000.000", "950000", None, "95.00", "950.000 / 1.000.000 = 95 %"),
        ("Rp1.000.000,-", "Rp. 950.000", None, "95.00", "950.000 / 1.000.000 = 95 %"),
        ("Rp 1,5 miliar", "Rp 1.200.000.000", None, "80.00", "1.200.000.000 / 1.500.000.000 = 80 %"),
        ("≥ Rp 2 juta", "Rp 1 juta", None, "50.00", "1.000.000 / 2.000.000 = 50 %"),
        (
            "Peringkat 5",
            "3",
            None,
            "140.00",
            '(2 x 5 - 3) / 5 = 140 %, karena target "Peringkat 5" adalah peringkat: makin rendah makin baik',
        ),
        ("Peringkat 5", "Peringkat 6", "turun", "80.00", "(2 x 5 - 6) / 5 = 80 %"),
        ("Ranking 2", "1", "turun", "150.00", "(2 x 2 - 1) / 2 = 150 %"),
        ("B (Baik)", "A", None, "150.00", "A = 6, B = 4; 6 / 4 = 150 %"),
        ("B (Baik)", "B", None, "100.00", "B = 4, B = 4; 4 / 4 = 100 %"),
        ("B (Baik)", "Sangat Baik", None, "133.33", "Sangat Baik = 4, Baik = 3; 4 / 3 = 133,33 %"),
        ("WTP (Wajar Tanpa Pengecualian)", "WDP", None, "75.00", "WDP = 3, WTP = 4; 3 / 4 = 75 %"),
        ("Baik (B)", "Baik", None, "100.00", "Baik = 3, Baik = 3; 3 / 3 = 100 %"),
        ("75,5 (BB)", "81 (A)", None, "107.28", "81 / 75,5 = 107,28 %"),
        # What stays unread.
        ("≥", "5", None, None, "Target tidak terbaca sebagai satu angka."),
        ("maksimal", "5", None, None, "Target tidak terbaca sebagai satu angka."),
        ("Rp", "5", None, None, "Target tidak terbaca sebagai satu angka."),
        ("minggu 5", "5", None, None, "Target tidak terbaca sebagai satu angka."),
        ("Rp 10O", "5", None, None, "Target tidak terbaca sebagai satu angka."),
        ("Ada (baru)", "Ada", None, None, "Target tidak terbaca sebagai satu angka."),
        ("≥ 80", "banyak", None, None, "Realisasi tidak terbaca sebagai satu angka."),
    ],
)
def test_everyday_targets(target, realisasi, arah, persen, uraian):
    reached = capaian(target, realisasi, arah)
    assert (None if reached.persen is None else str(reached.persen), reached.uraian) == (persen, uraian)


def test_a_grade_with_its_word_is_the_same_grade():
    assert capaian("B (Baik)", "b").sama is True
    assert capaian("B (Baik)", "BB").sama is False


def test_the_chosen_way_comes_before_what_a_bound_suggests():
    assert capaian("≤ 5", "4", None, metode="balik").uraian == "5 / 4 = 125 %"
    assert capaian("≤ 5", "4", None, metode="turun").uraian == "(2 x 5 - 4) / 5 = 120 %"
