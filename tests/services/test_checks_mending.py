"""Mends: after the one undo step the finding is gone, no galat is there that was not, and nothing else has changed."""

from collections import Counter

import pytest
from checks_plans import Shape, altered, checked, heads, indikator, kas, line, node, sound_plan
from hypothesis import given, settings
from hypothesis import strategies as st

from models.plan import Plan
from models.rows import Anggaran, DeretAnggaran, Indikator, Kinerja
from services.checks import Checks, grouped, is_mendable
from services.rollup import RollUp
from services.samples import sample_plan

SAMPLES = ("buleleng-2022", "lombok-tengah-2022", "bone-2023", "lampung-2019", "bekasi-2024")


def mended(*rows):
    """What the first proposal for the first mendable finding writes."""
    checks = checked(*rows)
    finding = next(f for f in checks.of("d") if is_mendable(f))
    mend = checks.mend(finding)
    return mend.changes if mend is not None else None


def nilai(changes):
    (change,) = changes
    return change.after.nilai


@pytest.mark.parametrize("name", SAMPLES)
def test_every_mend_of_a_sample_takes_its_findings_away_and_brings_no_galat(name):
    plan, dokumen_id = sample_plan(name)
    rollup = RollUp(plan)
    checks = Checks(plan, rollup)
    before = list(checks.of(dokumen_id))
    rows = list(plan.rows())
    tried = Counter()
    for group in grouped(before):
        mend = checks.mend(*group.findings)
        assert list(checks.of(dokumen_id)) == before, "asking changes nothing"
        if mend is None or tried[group.first.kode] > 5:
            continue
        tried[group.first.kode] += 1
        other = Plan(rows)
        other.apply(mend.changes)
        after = list(Checks(other, RollUp(other)).of(dokumen_id))
        assert not {f.key for f in group.findings} & {f.key for f in after}
        galat = {f.key for f in before if f.tingkat == "galat"}
        assert {f.key for f in after if f.tingkat == "galat"} <= galat
        assert mend.label == mend.label.lower()
        assert mend.sentence.endswith(".")
    assert tried
    assert set(plan.rows()) == set(rows)


def of_kind(kode, *rows):
    """What mends the first finding of a rule."""
    checks = checked(*rows)
    mend = checks.mend(next(f for f in checks.of("d") if f.kode == kode))
    return mend.changes if mend is not None else None


def test_a_line_without_cash_takes_that_of_the_lines_below():
    rows = (line("p", "program", 120, urutan=1), line("k", "kegiatan", 120, "p"), line("q", "program", 4, urutan=9))
    below = kas(*range(10, 130, 10), of="k")
    singles = kas(1, 1, 1, 1, of="q", kumulatif=0, periode="triwulan")
    (change,) = of_kind("KAS-TIDAK-ADA", *rows, below, singles)
    assert change.before is None
    assert (change.after.anggaran_id, change.after.periode, change.after.kumulatif) == ("p", "triwulan", 0)
    assert [change.after.nilai[at] for at in (2, 5, 8, 11)] == [30, 30, 30, 30]
    empty = kas(*[None] * 12, of="p")
    (change,) = of_kind("KAS-TIDAK-ADA", *rows, below, singles, empty)
    assert (change.before, change.after.nilai) == (empty, below.nilai)


def test_a_line_without_pagu_takes_the_sum_of_the_lines_below():
    rows = (
        line("p", "program"),
        line("q", "program", 5),
        line("k", "kegiatan", 70, "p"),
        line("l", "kegiatan", 50, "p"),
    )
    (change,) = of_kind("PAGU-KOSONG", *rows)
    assert (change.after.id, change.after.pagu) == ("p", 120)


def test_a_missing_running_total_rises_evenly_between_its_neighbours():
    values = (10, None, None, 40, 50, 60, 70, 80, 90, 100, 110, 120)
    assert nilai(mended(line(pagu=120), kas(*values))) == (10, 20, 30, *values[3:])


def test_missing_totals_at_the_end_rise_to_the_pagu():
    values = (*range(10, 100, 10), None, None, None)
    assert nilai(mended(line(pagu=120), kas(*values))) == tuple(range(10, 130, 10))


def test_what_is_missing_to_the_pagu_is_shared_by_the_empty_quarters():
    changes = mended(line(pagu=101), kas(40, None, 10, None, kumulatif=0, periode="triwulan"))
    assert [nilai(changes)[at] for at in (2, 5, 8, 11)] == [40, 25, 10, 26]


def test_an_empty_quarter_of_a_full_year_becomes_nothing():
    changes = mended(line(pagu=50), kas(40, None, 10, None, kumulatif=0, periode="triwulan"))
    assert [nilai(changes)[at] for at in (2, 5, 8, 11)] == [40, 0, 10, 0]


def test_an_empty_period_is_taken_from_the_lines_below_where_they_have_it():
    rows = (line("p", "program", 120), line("s", "kegiatan", 120, "p"), kas(*[30] * 11, 120, of="s"))
    assert nilai(mended(*rows, kas(30, None, *[30] * 9, 120, of="p"))) == (*[30] * 11, 120)


def test_a_year_that_is_spent_already_has_no_safe_answer():
    assert mended(line(pagu=40), kas(40, None, 10, None, kumulatif=0, periode="triwulan")) is None


def test_a_line_takes_the_sum_of_those_below():
    rows = (line("p", "program", 300), line("s", "kegiatan", 300, "p"), kas(*[97] * 11, 300, of="s"))
    checks = checked(*rows, kas(*[100] * 11, 300, of="p"))
    (group,) = grouped(checks.of("d"))
    assert len(group.findings) == 11
    one = checks.mend(group.first)
    assert nilai(one.changes) == (97, *[100] * 10, 300)
    every = checks.mend(*group.findings)
    assert nilai(every.changes) == (*[97] * 11, 300)


def test_a_sum_below_that_would_make_a_total_fall_is_not_offered():
    rows = (line("p", "program", 300), line("s", "kegiatan", 300, "p"), kas(100, 20, *[100] * 9, 300, of="s"))
    checks = checked(*rows, kas(*[100] * 11, 300, of="p"))
    (finding,) = [f for f in checks.of("d") if f.kode == "KAS-RINCIAN"]
    assert checks.mend(finding) is None


def test_a_pagu_becomes_the_sum_below_unless_that_breaks_the_line_above():
    rows = (line("p", "program", 10), line("k1", "kegiatan", 10, "p"), line("s", "sub_kegiatan", 7, "k1"))
    checks = checked(*rows)
    (finding,) = checks.of("d")
    assert (finding.row_id, checks.mend(finding)) == ("k1", None)
    (change,) = mended(*rows[1:])
    assert change.after.pagu == 7


def test_a_list_is_counted_through_in_its_own_way_of_writing():
    nodes = [
        node(f"n{at}", "sasaran_program", nomor=text, urutan=at) for at, text in enumerate(("3.", "4.", "4.", "", "7."))
    ]
    checks = checked(*nodes)
    mends = {f.kode: checks.mend(f).changes for f in heads(checks.of("d"))}
    numbers = {kode: [(c.after.id, c.after.nomor) for c in changes] for kode, changes in mends.items()}
    assert numbers == {"NOMOR-KOSONG": [("n2", "5."), ("n3", "6.")], "NOMOR-GANDA": [("n2", "5.")]}


def test_a_unit_is_spelt_alike_in_all_rows_at_once():
    rows = [
        indikator("5", "posisi", id=f"i{n}", uraian=f"Indikator {n}", satuan=unit, urutan=n)
        for n, unit in enumerate(("dokumen", "Dokumen", "dokumen", "dok.", "orang"))
    ]
    changes = mended(*rows)
    assert [(c.after.id, c.after.satuan) for c in changes] == [("i1", "dokumen"), ("i3", "dokumen")]


def test_most_findings_have_no_mend():
    checks = checked(line(nama=""), kas(20, *[10] * 11), node("n", uraian=None))
    assert not [f for f in checks.of("d") if is_mendable(f) or checks.mend(f)]


shapes = st.builds(
    Shape,
    programs=st.integers(1, 2),
    kegiatan=st.integers(1, 2),
    subs=st.integers(2, 3),
    periode=st.sampled_from(("bulan", "triwulan")),
    kumulatif=st.booleans(),
    seed=st.integers(0, 1000),
)


@settings(max_examples=30)
@given(shapes, st.sampled_from(("kosong", "rincian", "akhir", "pagu", "satuan", "nomor")), st.data())
def test_a_mend_of_one_planted_fault_leaves_no_galat_and_not_the_finding(shape, fault, data):
    plan = sound_plan(shape)
    lines = [row for row in plan.all(Anggaran) if fault != "pagu" or row.jenis != "sub_kegiatan"]
    row = data.draw(st.sampled_from(lines))
    series = plan.get(DeretAnggaran, f"s-{row.id}")
    place = data.draw(st.sampled_from([at for at, value in enumerate(series.nilai) if value is not None]))
    values = list(series.nilai)
    values[place] = {"kosong": None, "rincian": (values[place] or 0) + 5000}.get(fault, (values[place] or 0) - 5000)
    if fault == "pagu":
        changes = [altered(plan, Anggaran, row.id, pagu=row.pagu + 7)]
    elif fault == "satuan":
        changes = [altered(plan, Indikator, "i-top-jumlah", satuan="Dokumen")]
    elif fault == "nomor":
        changes = [altered(plan, Kinerja, "n-p0.0.1", nomor="1")]
    else:
        changes = [altered(plan, DeretAnggaran, series.id, nilai=tuple(values))]
    plan.apply(changes)
    rollup = RollUp(plan)
    checks = Checks(plan, rollup)
    for finding in list(checks.of("d")):
        mend = checks.mend(finding)
        if mend is None:
            continue
        before = {f.key for f in checks.of("d") if f.tingkat == "galat"}
        other = Plan(plan.rows())
        other.apply(mend.changes)
        after = {f.key: f for f in Checks(other, RollUp(other)).of("d")}
        assert finding.key not in after
        assert {key for key, f in after.items() if f.tingkat == "galat"} <= before
