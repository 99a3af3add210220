"""The engine: after a change the findings are those found afresh; groups, reports and what an officer accepts."""

import json
import random
from dataclasses import replace

import pytest
from checks_plans import BASE, FULL, found, indikator, kas, line, targets
from hypothesis import given, settings
from hypothesis import strategies as st
from random_edits import changes_of, sequences

from models.changes import Change
from models.plan import Plan
from models.rows import (
    Anggaran,
    DeretAnggaran,
    Dokumen,
    Dukungan,
    Indikator,
    Jabatan,
    Kinerja,
    Pejabat,
    TotalTercetak,
)
from services.checks import Checks, Finding, acceptance_key, grouped
from services.checks.finding import period_name, period_words
from services.checks.report import as_json, as_text
from services.rollup import RollUp
from services.samples import sample_plan


def test_a_sentence_names_period_and_amounts():
    (finding,) = found(line(pagu=1_200_000), kas(10_000, 5_000, *[1_200_000] * 10))
    assert finding.pesan == "Kas kumulatif Februari 5.000 lebih kecil daripada Januari 10.000."
    assert finding.selisih == -5_000
    assert finding.month == 1


def test_the_month_of_a_quarter_is_the_one_that_closes_it():
    (finding,) = found(line(pagu=40), kas(10, 5, 30, 40, periode="triwulan"))
    assert finding.month == 5
    assert period_name(finding.periode) == "TW II"


def everything(plan, checks):
    at = {(type(row), row.id): checks.at(type(row), row.id) for row in plan.rows()}
    return {place: findings for place, findings in at.items() if findings}


@settings(max_examples=20)
@given(sequences)
def test_after_any_edits_the_findings_are_those_found_afresh(steps):
    plan, dokumen_id = sample_plan()
    rollup = RollUp(plan)
    checks = Checks(plan, rollup)
    for step in steps:
        changes = changes_of(plan, dokumen_id, step)
        before = everything(plan, checks)
        plan.apply(changes)
        others = checks.update(changes, rollup.update(changes))
        after = everything(plan, checks)
        fresh = Checks(plan, RollUp(plan))
        assert after == everything(plan, fresh)
        assert list(checks.of(dokumen_id)) == list(fresh.of(dokumen_id))
        differ = {place for place in {*before, *after} if before.get(place) != after.get(place)}
        gone = {place for place in differ if plan.find(*place) is None}
        assert differ - gone <= others <= differ | gone


def test_a_deleted_row_has_no_findings():
    plan = Plan([*BASE, line(pagu=121), kas(*FULL)])
    rollup = RollUp(plan)
    checks = Checks(plan, rollup)
    assert checks.at(Anggaran, "a")
    changes = [Change(plan.get(DeretAnggaran, "s-a"), None), Change(plan.get(Anggaran, "a"), None)]
    plan.apply(changes)
    assert checks.update(changes, rollup.update(changes)) == {(Anggaran, "a")}
    assert checks.at(Anggaran, "a") == ()


def test_findings_are_listed_with_the_performance_tree_first():
    rows = (
        line(nama=""),
        indikator(uraian=""),
        TotalTercetak(id="t", dokumen_id="d", urutan=1, tempat="Total", nilai=5),
    )
    more = (line("b", pagu=6), *rows)
    assert [f.row_id for f in found(*more)] == ["i", "a", "a", "t"]


def finding(kode, periode, tingkat="galat", row_id="a"):
    return Finding(kode, tingkat, Anggaran, row_id, periode, None, None, "Satu.", f"{kode} {{periode}}.")


def test_equal_findings_of_a_row_are_one_line_and_the_worst_come_first():
    findings = [
        finding("KOSONG", 1, "peringatan"),
        finding("TURUN", 2),
        finding("TURUN", 3),
        finding("TURUN", 3, row_id="b"),
    ]
    groups = grouped(findings)
    assert [g.pesan for g in groups] == ["TURUN Februari dan Maret.", "TURUN Maret.", "KOSONG Januari."]
    assert groups[0].first is findings[1]


@pytest.mark.parametrize(
    ("periods", "words"),
    [
        ([1], "Januari"),
        ([2, 4, 5], "Februari, April dan Mei"),
        ([4, 5, 6, 7], "April sampai Juli"),
        ([11, 12], "November dan Desember"),
        (["TW1", "TW3", "TW4"], "TW I, TW III dan TW IV"),
        ([None], "setahun"),
    ],
)
def test_periods_are_put_into_words(periods, words):
    assert period_words(periods) == words


def test_the_report_names_rows_by_their_interchange_id():
    rows = [*BASE, line(pagu=121), kas(*FULL), indikator(), targets("25", "20", "75", "100")]
    plan = Plan(rows)
    findings = list(Checks(plan, RollUp(plan)).of("d"))
    report = json.loads(json.dumps(as_json(plan, findings)))
    assert [{k: v for k, v in entry.items() if k != "pesan"} for entry in report] == [
        {
            "kode": "TARGET-TURUN",
            "tingkat": "galat",
            "simpul": "i1",
            "periode": "TW2",
            "nilai": "20",
            "harusnya": "25",
        },
        {"kode": "KAS-AKHIR", "tingkat": "galat", "simpul": "a", "periode": 12, "nilai": 120, "harusnya": 121},
    ]
    assert list(report[0]) == ["kode", "tingkat", "simpul", "periode", "nilai", "harusnya", "pesan"]


def test_the_report_names_a_row_of_our_own_by_our_id():
    plan = Plan([*BASE, replace(line(pagu=121), asal_id=None), kas(*FULL)])
    (entry,) = as_json(plan, list(Checks(plan, RollUp(plan)).of("d")))
    assert entry["simpul"] == "a"


def test_the_text_counts_the_levels_and_names_the_rows():
    plan = Plan([*BASE, line(pagu=121), kas(None, *FULL[1:])])
    text = as_text(plan, list(Checks(plan, RollUp(plan)).of("d")))
    assert text.splitlines()[0] == "1 galat, 1 peringatan, 0 catatan"
    assert "KAS-AKHIR" in text.splitlines()[1]
    assert "Sub kegiatan Pelatihan: " in text.splitlines()[1]
    assert "KAS-KOSONG" in text.splitlines()[2]


def test_a_row_without_a_name_is_called_so_in_the_text():
    plan = Plan([*BASE, line(nama="")])
    text = as_text(plan, list(Checks(plan, RollUp(plan)).of("d")))
    assert "Sub kegiatan (belum bernama): Nama sub kegiatan belum diisi." in text


def test_no_findings_are_said_to_be_none():
    assert as_text(Plan(BASE), []) == "Tidak ada temuan."


def test_a_name_with_braces_is_no_trouble():
    plan = Plan([*BASE, line(nama="Rapat {0} {periode}", pagu=121), kas(*FULL)])
    text = as_text(plan, list(Checks(plan, RollUp(plan)).of("d")))
    assert "Rapat {0} {periode}" in text


FIELDS = {
    Kinerja: ("nomor", "uraian", "kelompok", "penanggung_jawab_id", "induk_id", "tingkat", "urutan"),
    Anggaran: ("kode", "nama", "penanggung_jawab_id", "induk_id", "urutan", "pagu", "jenis"),
    Indikator: ("uraian", "satuan", "target", "akumulasi", "arah", "capaian_tercetak", "realisasi"),
    Jabatan: ("unit", "atasan_id", "eselon"),
    Dokumen: ("ttd_nama", "ttd_nip", "tahun", "sumber"),
    TotalTercetak: ("tempat", "nilai"),
    Dukungan: ("kinerja_id", "anggaran_id"),
}
"""What rules read, beside the series that `random_edits` changes."""

SUMBER = "Berkas ini memuat halaman 1 dan 2 saja."


def copied(plan, picked, cls, field):
    """One field of one row as another row of the table has it, or empty where it may be."""
    rows = plan.all(cls)
    row, other = picked.choice(rows), picked.choice(rows)
    value = getattr(other, field)
    if field in ("ttd_nama", "ttd_nip", "sumber"):
        value = picked.choice((None, "Sri", "1974", SUMBER))
    if field == "induk_id" and value == row.id:
        value = None
    optional = field not in ("uraian", "tingkat", "urutan", "jenis", "nama", "tahun", "kinerja_id", "anggaran_id")
    return Change(row, replace(row, **{field: None if optional and picked.random() < 0.2 else value}))


@settings(max_examples=25)
@given(st.sampled_from(("buleleng-2022", "lombok-tengah-2022", "lampung-2019", "bekasi-2024")), st.integers(0, 10**6))
def test_after_any_field_is_changed_the_findings_are_those_found_afresh(name, seed):
    plan, dokumen_id = sample_plan(name)
    rollup = RollUp(plan)
    checks = Checks(plan, rollup)
    picked = random.Random(seed)
    for _ in range(8):
        cls = picked.choice([each for each in FIELDS if plan.all(each)])
        changes = [copied(plan, picked, cls, picked.choice(FIELDS[cls]))]
        plan.apply(changes)
        checks.update(changes, rollup.update(changes))
    fresh = Checks(plan, RollUp(plan))
    assert everything(plan, checks) == everything(plan, fresh)
    assert list(checks.of(dokumen_id)) == list(fresh.of(dokumen_id))


def test_findings_of_other_tables_have_no_id_in_the_interchange_file():
    official = Pejabat(id="x", dokumen_id="d", nip="1974")
    total = TotalTercetak(id="t", dokumen_id="d", urutan=1, tempat="Total", nilai=5)
    plan = Plan([*BASE, official, total, line(pagu=6)])
    entries = as_json(plan, list(Checks(plan, RollUp(plan)).of("d")))
    assert [(entry["kode"], entry["simpul"]) for entry in entries] == [("NIP", None), ("PAGU-TOTAL", None)]


def test_what_follows_from_a_finding_stands_under_it_however_deep():
    top, middle, deep = finding("SATU", 1, row_id="a"), finding("DUA", 1, row_id="b"), finding("TIGA", 1, row_id="c")
    rows = [replace(top, sebab=middle.key), replace(middle, sebab=deep.key), deep]
    (only,) = grouped(rows)
    assert only.first is deep
    assert [group.first.kode for group in only.lanjutan] == ["SATU", "DUA"]
    assert [group.first.kode for group in grouped(rows[:2])] == ["DUA"], "without its cause it stands for itself"


def test_findings_that_name_each_other_are_not_lost():
    one, two = finding("SATU", 1, row_id="a"), finding("DUA", 1, row_id="b")
    assert len(grouped([replace(one, sebab=two.key), replace(two, sebab=one.key)])) == 2


def test_an_acceptance_no_longer_fits_once_the_value_has_changed():
    (before,) = found(line(pagu=121), kas(*FULL))
    (after,) = found(line(pagu=122), kas(*FULL))
    assert acceptance_key(before) == ("KAS-AKHIR", "anggaran", "a", "12", "120|121")
    assert acceptance_key(after) != acceptance_key(before)
