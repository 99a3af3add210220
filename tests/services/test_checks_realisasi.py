"""The rules for what was reached and spent: each fires, each keeps still, and an edit finds what a full check finds."""

from dataclasses import replace

import pytest
from checks_plans import DOKUMEN, Shape, by_quarter, checked, found, indikator, kas, line, node, sound_plan, targets
from hypothesis import given, settings
from hypothesis import strategies as st

from models.changes import Change
from models.rows import (
    Anggaran,
    DeretAnggaran,
    DeretIndikator,
    DeretRasio,
    Indikator,
    Pengaturan,
    TahunAnggaran,
    TotalTercetak,
    TutupPeriode,
)
from services.checks import Checks
from services.rollup import RollUp
from services.samples import sample_plan

RULES = {"REALISASI-LEBIH", "REALISASI-TURUN", "REALISASI-KOSONG", "CAPAIAN-ANEH"}


def ours(*rows):
    return [(f.kode, f.row_id, f.periode) for f in found(*rows) if f.kode in RULES]


def spent(*values, of="a", kumulatif=1, periode="bulan"):
    values = (*values, *(None,) * ((12 if periode == "bulan" else 4) - len(values)))
    return replace(kas(*values, of=of, kumulatif=kumulatif, periode=periode), id=f"r-{of}", jenis="realisasi")


def reached(*values, of="i", periode="triwulan"):
    values = (*values, *(None,) * ((12 if periode == "bulan" else 4) - len(values)))
    return replace(targets(*values, of=of, periode=periode), id=f"r-{of}", jenis="realisasi")


def closed(*months, opened=()):
    return [
        TutupPeriode(id=f"c{month}", dokumen_id="d", bulan=month, tutup=int(month not in opened)) for month in months
    ]


def year(jenis, nilai, tahun="2022", of="a"):
    return TahunAnggaran(
        id=f"{jenis}{tahun}{of}", dokumen_id="d", anggaran_id=of, urutan=1, jenis=jenis, tahun=tahun, nilai=nilai
    )


@pytest.mark.parametrize(
    ("rows", "periods"),
    [
        ([line(pagu=100), spent(50, 100)], []),
        ([line(pagu=100), spent(50, 101)], [2]),
        ([line(pagu=100), spent(101, None, 120)], [1, 3]),
        ([line(pagu=100), spent(60, 60, kumulatif=0)], [2]),
        ([line(pagu=100), spent(50, 50, kumulatif=0)], []),
        ([line(pagu=100), spent(60, 110, periode="triwulan")], ["TW2"]),
        ([line(pagu=0), spent(0)], []),
        ([line(pagu=0), spent(1)], [1]),
        ([line(pagu=None), spent(500)], []),
        ([line("p", "program"), line("a", pagu=100, induk="p"), spent(101, of="p")], [1]),
        ([line(pagu=100), year("realisasi", 100)], []),
        ([line(pagu=100), year("realisasi", 101)], [None]),
        ([line(pagu=100), year("realisasi", 150, "2020"), year("pagu", 150, "2020")], []),
        ([line(pagu=100), year("realisasi", 151, "2020"), year("pagu", 150, "2020")], [None]),
        ([line(pagu=100), year("realisasi", 151, "2020")], []),
    ],
)
def test_more_spent_than_there_is(rows, periods):
    assert [f[2] for f in ours(*rows) if f[0] == "REALISASI-LEBIH"] == periods


PARENT = [line("p", "program", 100), line("g", "kegiatan", None, "p", urutan=2)]
PARTS = [
    line("p", "program", 1000),
    line("g", "kegiatan", 600, "p", urutan=2),
    line("h", "kegiatan", 400, "p", urutan=3),
]


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        # The line below has no pagu: it begins at the program.
        ([*PARENT, spent(200, of="g")], [("p", 1, None)]),
        ([*PARENT, spent(60, 100, of="g")], []),
        ([*PARENT, line("s", induk="g", urutan=3), spent(60, 120, of="s")], [("p", 2, None)]),
        ([*PARENT, spent(60, 60, of="g", kumulatif=0)], [("p", 2, None)]),
        ([*PARENT, spent(60, 120, of="g", periode="triwulan")], [("p", "TW2", None)]),
        # Each line below is within its own, but the program has less than they have.
        ([line("p", "program", 900), *PARTS[1:], spent(600, of="g"), spent(400, of="h")], [("p", 1, None)]),
        # It begins at the line below, and the program follows.
        ([*PARTS, spent(750, of="g"), spent(400, of="h")], [("g", 1, None), ("p", 1, "g")]),
        ([*PARTS, spent(750, of="g"), spent(200, 400, of="h")], [("g", 1, None), ("p", 2, "g")]),
        ([*PARTS, spent(750, of="g"), spent(100, of="h")], [("g", 1, None)]),
        ([*PARTS, spent(1150, of="p"), spent(750, of="g"), spent(400, of="h")], [("g", 1, None), ("p", 1, "g")]),
        # A program that is only the sum of those below says nothing itself.
        ([line("p", "program"), *PARTS[1:], spent(750, of="g"), spent(400, of="h")], [("g", 1, None)]),
        # The excess below explains only a part of it.
        ([line("p", "program", 900), *PARTS[1:], spent(610, of="g"), spent(400, of="h")],
         [("g", 1, None), ("p", 1, None)]),
        # Years.
        ([*PARENT, year("realisasi", 200, of="g")], [("p", None, None)]),
        ([*PARENT, year("realisasi", 200, of="g"), year("realisasi", 90, of="p")], []),
        ([*PARTS, year("realisasi", 750, of="g"), year("realisasi", 400, of="h")],
         [("g", None, None), ("p", None, "g")]),
    ],
)  # fmt: skip
def test_more_spent_below_than_there_is_above(rows, wanted):
    made = [f for f in found(*rows) if f.kode == "REALISASI-LEBIH"]
    said = [(f.row_id, f.periode, f.sebab[2] if f.sebab else None) for f in made]
    assert sorted(said, key=str) == sorted(wanted, key=str)
    keys = {f.key for f in made}
    assert all(f.sebab in keys for f in made if f.sebab)


def counts(jenis, *values):
    nilai = by_quarter((*values, *(None,) * (4 - len(values))))
    return DeretRasio(id=jenis, dokumen_id="d", indikator_id="i", jenis=jenis, periode="triwulan", nilai=nilai)


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ([indikator("50"), counts("pembilang", "20", "15")], [("TW2", "peringatan", "Pembilang kumulatif TW II (15)")]),
        ([indikator("50"), counts("penyebut", "20", "15")], [("TW2", "peringatan", "Penyebut kumulatif TW II (15)")]),
        (
            [indikator("50"), counts("pembilang", "20", "15"), counts("penyebut", "40", "30")],
            [("TW2", "peringatan", "Pembilang dan penyebut kumulatif TW II (15 dan 30)")],
        ),
        ([indikator("50", "posisi"), counts("pembilang", "20", "15")], []),
        ([indikator("50", arah="turun"), counts("pembilang", "20", "15")], []),
        ([indikator("50"), counts("pembilang", "20", "25"), reached("30", "20")], []),
        (
            [indikator("50", None, metode="/terakhir"), reached("25", "20")],
            [("TW2", "catatan", "Realisasi TW II (20)")],
        ),
        ([indikator("50", None, metode="/rata"), reached("25", "20")], []),
        ([indikator("50", "posisi", metode="/terakhir"), reached("25", "20")], []),
    ],
)
def test_counts_and_last_values_do_not_fall_either(rows, wanted):
    made = [f for f in found(*rows) if f.kode == "REALISASI-TURUN"]
    assert [(f.periode, f.tingkat) for f in made] == [each[:2] for each in wanted]
    assert all(f.pesan.startswith(each[2]) for f, each in zip(made, wanted, strict=True))


def test_the_sentence_names_both_amounts():
    (finding,) = (f for f in found(line(pagu=100_000), spent(120_000)) if f.kode == "REALISASI-LEBIH")
    assert finding.pesan == "Realisasi sampai Januari 120.000 melebihi pagu 100.000."
    assert (finding.tingkat, finding.nilai, finding.harusnya) == ("galat", 120_000, 100_000)


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ([line(pagu=100), spent(10, 9)], [("a", 2)]),
        ([line(pagu=100), spent(10, None, 9)], [("a", 3)]),
        ([line(pagu=100), spent(10, 10)], []),
        ([line(pagu=100), spent(10, 9, kumulatif=0)], []),
        ([indikator("100"), reached("25", "20")], [("i", "TW2")]),
        ([indikator("100"), reached("25", "-", "25")], []),
        ([indikator("100"), reached("25", "baik", "24,9")], [("i", "TW3")]),
        ([indikator("100", arah="turun"), reached("25", "20")], []),
        ([indikator("100", "posisi"), reached("25", "20")], []),
        ([indikator("100", "jumlah"), reached("25", "20")], []),
        ([indikator("100", None), reached("25", "20")], []),
    ],
)
def test_a_running_total_does_not_fall(rows, wanted):
    assert [f[1:] for f in ours(*rows) if f[0] == "REALISASI-TURUN"] == wanted


STEPS = targets("25", "50", "75", "100")


@pytest.mark.parametrize(
    ("rows", "periods"),
    [
        ([STEPS], []),
        ([STEPS, *closed(3)], ["TW1"]),
        ([STEPS, *closed(3), reached("0")], []),
        ([STEPS, *closed(3), reached("-")], []),
        ([STEPS, *closed(3), reached(" ")], ["TW1"]),
        ([STEPS, *closed(3, 6), reached("20")], ["TW2"]),
        ([STEPS, *closed(3, 6, opened=(3,))], ["TW2"]),
        ([STEPS, *closed(6), reached(None, "20")], []),
        ([STEPS, *closed(2)], []),
        ([targets("-", "50", "75", "100"), *closed(3)], []),
        ([*closed(3)], []),
        ([*closed(12)], ["TW4"]),
        ([STEPS, *closed(12), reached(None, None, None, "9")], []),
        ([targets(*["9"] * 12, periode="bulan"), *closed(1, 2), reached("5", periode="bulan")], [2]),
        (
            [
                STEPS,
                *closed(3),
                DeretRasio(
                    id="n",
                    dokumen_id="d",
                    indikator_id="i",
                    jenis="pembilang",
                    periode="triwulan",
                    nilai=(None, None, "5", *[None] * 9),
                ),
            ],
            [],
        ),
    ],
)
def test_a_closed_period_says_what_was_reached(rows, periods):
    assert [f[2] for f in ours(indikator("100"), *rows) if f[0] == "REALISASI-KOSONG"] == periods


def test_the_year_may_be_reported_at_the_indicator():
    assert ours(indikator("100", realisasi="90"), *closed(12)) == []


TREE = [
    line("p", "program", 300),
    line("g", "kegiatan", 200, "p", urutan=2),
    line("h", "kegiatan", 100, "p", urutan=3),
]


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ([], []),
        ([*closed(3)], [("p", "TW1")]),
        ([*closed(2)], [("p", 2)]),
        ([*closed(3), spent(1, of="p")], []),
        ([*closed(3), spent(0, of="g"), spent(5, of="h")], []),
        ([*closed(3), spent(5, of="g")], [("h", "TW1")]),
        ([*closed(3, 6), spent(5, of="p")], [("p", "TW2")]),
        ([*closed(3), kas(*[0] * 3, *[9] * 9, of="p")], []),
        ([*closed(12), year("realisasi", 5, of="p")], []),
        ([*closed(9), year("realisasi", 5, of="p")], [("p", "TW3")]),
    ],
)
def test_a_closed_period_says_what_was_spent_at_the_topmost_line_that_is_silent(rows, wanted):
    assert [f[1:] for f in ours(*TREE, *rows) if f[0] == "REALISASI-KOSONG"] == wanted


@pytest.mark.parametrize(
    ("target", "realisasi", "more", "odd"),
    [
        ("100", "200", {}, False),
        ("100", "200,1", {}, True),
        ("100", "250", {"metode": "turun"}, False),
        ("100", "40", {"metode": "balik"}, True),
        ("BB", "AA", {}, False),
        ("D", "A", {}, True),
        ("0", "500", {}, False),
        ("100", "", {}, False),
        ("100", "orang", {}, False),
    ],
)
def test_more_than_twice_the_target_is_odd(target, realisasi, more, odd):
    rows = [indikator(target, "posisi", realisasi=realisasi, **more)]
    assert ours(*rows) == ([("CAPAIAN-ANEH", "i", None)] if odd else [])


def test_a_cap_does_not_hide_what_is_odd():
    cap = Pengaturan(id="s", dokumen_id="d", kunci="capaian.batas", isi='{"atas": "120", "bawah": null}')
    (finding,) = (f for f in found(indikator("10", realisasi="50"), cap) if f.kode == "CAPAIAN-ANEH")
    assert (
        finding.pesan == "Capaian setahun 50 / 10 = 500 %, lebih dari 200 %. Periksa target, realisasi dan satuannya."
    )
    assert finding.tingkat == "catatan"


def test_each_period_is_looked_at_and_the_last_one_as_the_year():
    rows = [indikator("100"), STEPS, reached("60", "80", "120", "300")]
    assert [f for f in ours(*rows) if f[0] == "CAPAIAN-ANEH"] == [
        ("CAPAIAN-ANEH", "i", None),
        ("CAPAIAN-ANEH", "i", "TW1"),
    ]


@pytest.mark.parametrize(
    ("tempat", "nilai", "wanted"),
    [
        ("Tabel 3.13: NILAI EFISIENSI", 250, []),
        ("Tabel 3.13: NILAI EFISIENSI", 249, [("PAGU-TOTAL", 249, 250)]),
        ("Tabel 3.13: TINGKAT EFISIENSI", 249, []),
    ],
)
def test_a_printed_saving_is_the_pagu_less_what_was_spent(tempat, nilai, wanted):
    total = TotalTercetak(id="t", dokumen_id="d", urutan=1, tempat=tempat, nilai=nilai)
    rows = [line("p", "program", 300), line("q", "program", None, urutan=2), year("realisasi", 50, of="p"), total]
    assert [(f.kode, f.nilai, f.harusnya) for f in found(*rows) if f.row_id == "t"] == wanted
    assert [f for f in found(*rows, line("r", "program", 5, urutan=3)) if f.row_id == "t"] == []


@pytest.mark.parametrize(
    ("name", "count"),
    [("buleleng-2022", 0), ("lombok-tengah-2022", 0), ("bone-2023", 0), ("bekasi-2024", 0), ("lampung-2019", 3)],
)
def test_the_real_plans_are_not_flooded(name, count):
    plan, dokumen_id = sample_plan(name)
    assert sum(f.kode in RULES for f in Checks(plan, RollUp(plan)).of(dokumen_id)) == count


# An edit finds what a full check finds.

edits = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 40), st.integers(0, 11)), min_size=1, max_size=14)


def edited(plan, kind, at, place):
    """One change of what these rules look at; None where there is nothing to change."""
    indicators, lines = plan.all(Indikator), plan.all(Anggaran)
    owner = indicators[at % len(indicators)]
    of = lines[at % len(lines)]
    if kind in (0, 1):
        old = plan.one(DeretIndikator, "indikator_id", owner.id, "realisasi")
        row = old or reached(of=owner.id, periode="bulan")
        text = (None, "5", "3000", "-")[(at + place) % 4]
        return Change(old, replace(row, nilai=(*row.nilai[:place], text, *row.nilai[place + 1 :])))
    if kind in (2, 3):
        old = plan.one(DeretAnggaran, "anggaran_id", of.id, "realisasi")
        row = old or spent(of=of.id)
        value = (None, 5, 10**14, 0)[(at + place) % 4]
        return Change(old, replace(row, nilai=(*row.nilai[:place], value, *row.nilai[place + 1 :])))
    if kind in (4, 5):
        old = next((row for row in plan.all(TutupPeriode) if row.bulan == place + 1), None)
        if old is not None and at % 3 == 0:
            return Change(old, None)
        return Change(old, replace(old or closed(place + 1)[0], tutup=at % 2))
    if kind == 6:
        old = plan.one(DeretRasio, "indikator_id", owner.id, "pembilang")
        row = old or DeretRasio(
            id=f"n{owner.id}", dokumen_id="d", indikator_id=owner.id, jenis="pembilang", periode="bulan"
        )
        return Change(old, replace(row, nilai=(*row.nilai[:place], "4", *row.nilai[place + 1 :])))
    if kind == 7:
        return Change(
            owner, replace(owner, metode=("turun", "balik", None)[at % 3], realisasi=("300", None)[place % 2])
        )
    if kind == 8:
        return Change(of, replace(of, pagu=(None, 0, 50)[at % 3]))
    tops = [row for row in lines if row.jenis == "program"]
    return Change(of, replace(of, induk_id=tops[at % len(tops)].id)) if of.jenis == "kegiatan" else None


@settings(max_examples=80)
@given(edits)
def test_an_edit_finds_what_a_full_check_finds(steps):
    plan = sound_plan(Shape(programs=2, kegiatan=1, subs=2, periode="bulan", kumulatif=True, seed=1))
    rollup = RollUp(plan)
    checks = Checks(plan, rollup)
    for step in steps:
        change = edited(plan, *step)
        if change is None:
            continue
        plan.apply([change])
        checks.update([change], rollup.update([change]))
    again = Checks(plan, RollUp(plan))

    def told(of):
        return sorted((f.kode, f.row_id, str(f.periode), str(f.nilai)) for f in of.of("d") if f.kode in RULES)

    assert told(checks) == told(again)


def test_the_small_plan_of_these_tests_is_of_the_year_2022():
    assert DOKUMEN.tahun == 2022
    assert checked(node("x")).complete
