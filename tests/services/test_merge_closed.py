"""What we have reported and closed stays through a merge: what a copy says otherwise is disputed, not taken."""

from dataclasses import replace

import pytest

from models.changes import Change
from models.errors import PlanError
from models.merging import read_copy
from models.rows import (
    Anggaran,
    DeretAnggaran,
    Dokumen,
    Indikator,
    Konflik,
    TahunIndikator,
    TutupPeriode,
)
from services import edits
from services.copies import send_copy
from services.document import Document
from services.merge import Merge
from services.merge_conflicts import open_conflicts, solve, values_of
from services.merge_preview import open_copy as open_plan
from services.merge_preview import pending, stored
from services.merge_report import as_json, as_text, merge_files
from services.realisasi import note_of, results, set_counts, set_note, set_result, set_results, set_spending, spending
from services.realisasi_tutup import close_period, closed_months, closed_periods, reopen_period

WORDS = "periode TW I sudah ditutup"


def first(document, cls=Anggaran):
    return min(document.plan.all(cls), key=lambda row: row.asal_id)


def report(document, year=None):
    """Amounts, results, counts and a note of March and June, and the result of the year where one is given."""
    for changes in (
        lambda plan: set_spending(plan, first(document), {2: 100, 5: 200}, kumulatif=True),
        lambda plan: set_results(plan, first(document, Indikator), {2: "5", 5: "9"}),
        lambda plan: set_counts(plan, first(document, Indikator), "pembilang", {2: "3", 5: "4"}),
        lambda plan: set_note(plan, first(document), 3, {"kendala": "Hujan"}),
        lambda plan: set_result(plan, first(document, Indikator), None, year),
    ):
        document.edit("isi", changes(document.plan))


@pytest.fixture
def plan(open_copy):
    """Nothing is reported yet."""
    with open_copy("buleleng-2022") as document:
        yield document


@pytest.fixture
def path(tmp_path):
    return tmp_path / "bidang.db"


def sent(document, path, *edit):
    """A copy that comes back with these edits, each made on the plan as it is then."""
    send_copy(document, "Bidang", path)
    with Document.open(path) as theirs:
        for changes in edit:
            theirs.edit("isi", changes(theirs))
        theirs.file.publish()
    return path


def close(document, bulan=3):
    document.edit("tutup", close_period(document.plan, first(document).dokumen_id, bulan, "sri"))
    document.file.publish()


def merged(document, path):
    merge = Merge(read_copy(document.file.path), [read_copy(path)])
    document.edit(merge.label, merge.changes(), whose=merge.authors)
    document.file.publish()
    return merge


def disputed(merge):
    return sorted((konflik.tabel, konflik.kolom) for konflik in merge.conflicts)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (lambda d: set_results(d.plan, first(d, Indikator), {2: "6", 5: "10"}), ("deret_indikator", "b03")),
        (lambda d: set_spending(d.plan, first(d), {2: 101, 5: 201}, kumulatif=True), ("deret_anggaran", "b03")),
        (lambda d: set_counts(d.plan, first(d, Indikator), "pembilang", {2: "8", 5: "9"}), ("deret_rasio", "b03")),
        (lambda d: set_note(d.plan, first(d), 3, {"kendala": "Dana"}), ("catatan_periode", "kendala")),
        (lambda d: set_note(d.plan, first(d), 3, {"kendala": ""}), ("catatan_periode", None)),
        (
            lambda d: [Change(row, None) for row in d.plan.all(DeretAnggaran) if row.jenis == "realisasi"],
            ("deret_anggaran", None),
        ),
    ],
)
def test_a_figure_of_a_closed_period_that_only_they_changed_is_disputed_and_ours_stays(plan, path, edit, expected):
    report(plan)
    sent(plan, path, edit)
    close(plan)
    before = {row.id: row for row in plan.plan.rows() if row.TABLE in expected}
    merge = merged(plan, path)
    assert disputed(merge) == [expected]
    (konflik,) = merge.conflicts
    row = plan.plan.get(type(before[konflik.baris]), konflik.baris)
    if hasattr(row, "nilai"):
        assert row.nilai[2] == before[row.id].nilai[2]
        taken = {"deret_indikator": "10", "deret_anggaran": 201, "deret_rasio": "9"}
        assert row.nilai[5] == (taken[row.TABLE] if konflik.kolom else 200), "June is open"
    else:
        assert row == before[row.id]
    assert Merge(read_copy(plan.file.path), [read_copy(path)]).changes() == ()


def test_what_they_only_added_to_a_closed_period_is_disputed_and_the_open_months_come_in(plan, path):
    sent(
        plan,
        path,
        lambda d: set_spending(d.plan, first(d), {2: 100, 5: 200}, kumulatif=True),
        lambda d: set_results(d.plan, first(d, Indikator), {2: "5"}),
        lambda d: set_note(d.plan, first(d), 3, {"kendala": "Hujan"}),
        lambda d: set_note(d.plan, first(d), 6, {"kendala": "Dana"}),
    )
    close(plan)
    merge = merged(plan, path)
    assert disputed(merge) == [("catatan_periode", None), ("deret_anggaran", "b03"), ("deret_indikator", None)]
    assert spending(plan.plan, first(plan)).nilai[2:6] == (None, None, None, 200)
    assert results(plan.plan, first(plan, Indikator)) is None
    assert (note_of(plan.plan, first(plan), 3), note_of(plan.plan, first(plan), 6).kendala) == (None, "Dana")
    shown = {(line.field, line.mereka) for line in stored(plan.plan).lines}
    assert shown == {("Catatan periode", "Hujan"), ("Realisasi Maret", "100"), ("Realisasi setahun", "Mar 5")}


def test_a_result_of_the_year_is_decembers(plan, path):
    report(plan, "27")
    tahun = plan.plan.get(Dokumen, first(plan).dokumen_id).tahun

    def years(document):
        indikator = first(document, Indikator)
        fresh = TahunIndikator(
            id="", dokumen_id=indikator.dokumen_id, indikator_id=indikator.id, urutan=9, jenis="realisasi", tahun=""
        )
        return [Change(None, replace(fresh, id=f"y{t}", tahun=str(t), nilai="1")) for t in (tahun, tahun - 1)]

    sent(plan, path, lambda d: edits.set_field(first(d, Indikator), "realisasi", "28"), years)
    close(plan, 12)
    assert disputed(merged(plan, path)) == [("indikator", "realisasi"), ("tahun_indikator", None)]
    assert first(plan, Indikator).realisasi == "27"
    assert (plan.plan.find(TahunIndikator, f"y{tahun}"), plan.plan.get(TahunIndikator, f"y{tahun - 1}").nilai) == (
        None,
        "1",
    )


@pytest.mark.parametrize(
    ("meaning", "values", "whole"),
    [
        ({"periode": "triwulan"}, {2: 100, 5: 250}, False),
        ({"periode": "triwulan"}, {2: 101, 5: 250}, True),
        ({"kumulatif": 0}, {2: 100, 5: 100}, True),
    ],
)
def test_a_series_counted_otherwise_is_disputed_whole_where_a_closed_month_differs(plan, path, meaning, values, whole):
    report(plan)
    series = spending(plan.plan, first(plan))
    now = replace(series, nilai=tuple(values.get(i) for i in range(12)), **meaning)
    sent(plan, path, lambda d: [Change(series, now)])
    close(plan)
    merge = merged(plan, path)
    assert spending(plan.plan, first(plan)) == (series if whole else now)
    assert [(konflik.kolom or "").split(",")[::13] for konflik in merge.conflicts] == [["periode", "b12"]] * whole


def test_a_series_that_they_put_another_in_the_place_of_is_ours_but_for_the_open_months(plan, path):
    report(plan)
    own = results(plan.plan, first(plan, Indikator))

    def anew(document):
        old = results(document.plan, first(document, Indikator))
        return [Change(old, None), Change(None, replace(old, id="baru", nilai=("1", "2", "3", "4", *[None] * 8)))]

    sent(plan, path, anew)
    close(plan)
    merge = merged(plan, path)
    assert {(k.baris, k.kolom) for k in merge.conflicts} == {(own.id, f"b{m:02}") for m in (1, 2, 3)}
    assert results(plan.plan, first(plan, Indikator)).nilai == (None, None, "5", "4", *[None] * 8)


def test_what_they_deleted_around_a_closed_report_stays_with_it(plan, path):
    report(plan)
    sent(plan, path, lambda d: edits.remove(d.plan, first(d)))
    line = first(plan)
    close(plan)
    merge = merged(plan, path)
    assert {("anggaran", line.id)} <= {(k.tabel, k.baris) for k in merge.conflicts if k.kolom is None}
    assert (first(plan), spending(plan.plan, line).nilai[2]) == (line, 100)
    preview = stored(plan.plan)
    (shown,) = [each for each in preview.lines if each.key == ("anggaran", line.id)]
    assert preview.choose([shown], "mereka") == 0
    assert preview.refusal(shown, "mereka").startswith("Periode TW I sudah ditutup, jadi ")
    assert preview.choose([shown], "kita") == 1


def test_a_document_that_goes_takes_its_closings_along(plan, path):
    report(plan)
    close(plan)
    dokumen = plan.plan.get(Dokumen, first(plan).dokumen_id)
    sent(plan, path, lambda d: edits.remove(d.plan, d.plan.get(Dokumen, dokumen.id)))
    plan.file.publish()
    merge = Merge(read_copy(plan.file.path), [read_copy(path)])
    assert merge.conflicts == ()
    assert not any(isinstance(row, TutupPeriode | DeretAnggaran) for row in merge.after.values())


def test_a_document_that_we_closed_meanwhile_does_not_go_silently(plan, path):
    report(plan)
    dokumen = plan.plan.get(Dokumen, first(plan).dokumen_id)
    sent(plan, path, lambda d: edits.remove(d.plan, d.plan.get(Dokumen, dokumen.id)))
    close(plan)
    merge = Merge(read_copy(plan.file.path), [read_copy(path)])
    assert {"dokumen", "deret_anggaran", "deret_indikator"} <= {k.tabel for k in merge.conflicts}
    assert spending(plan.plan, first(plan)) in merge.after.values()


def test_a_period_that_they_closed_comes_in_with_its_figures(plan, path):
    report(plan)
    sent(
        plan,
        path,
        lambda d: set_results(d.plan, first(d, Indikator), {2: "6"}),
        lambda d: close_period(d.plan, first(d).dokumen_id, 3, "bidang"),
    )
    plan.file.publish()
    assert merged(plan, path).conflicts == ()
    assert closed_periods(plan.plan, first(plan).dokumen_id) == ((1, 3),)
    assert results(plan.plan, first(plan, Indikator)).nilai[2] == "6"
    plan.undo()
    assert closed_months(plan.plan, first(plan).dokumen_id) == frozenset()
    assert results(plan.plan, first(plan, Indikator)).nilai[2] == "5"


@pytest.fixture
def conflict(plan, path):
    """The plan after a merge with one figure of a closed period disputed, and one of an open one."""
    report(plan)
    sent(plan, path, lambda d: set_results(d.plan, first(d, Indikator), {2: "6", 5: "10"}))
    plan.edit("isi", set_results(plan.plan, first(plan, Indikator), {5: "11"}))
    close(plan)
    merged(plan, path)
    by_column = {konflik.kolom: konflik for konflik in open_conflicts(plan.plan)}
    assert set(by_column) == {"b03", "b06"}
    return by_column["b03"]


def test_theirs_is_refused_with_the_reason_until_the_period_is_opened_again(plan, conflict):
    dokumen_id = first(plan).dokumen_id
    preview = stored(plan.plan)
    assert preview.choose(preview.lines, "mereka") == 1, "the open month"
    by_column = {line.kolom: line for line in preview.lines}
    assert preview.refusal(by_column["b03"], "mereka") == (
        "Periode TW I sudah ditutup, jadi pilihan ini belum dapat dipakai. Buka kembali periodenya dengan alasan (menu "
        "Susun, Realisasi dan capaian), lalu pilih lagi."
    )
    assert [by_column[name].tutup for name in ("b03", "b06")] == [WORDS, ""]
    with pytest.raises(PlanError, match="Periode TW I sudah ditutup"):
        preview.choices.choose(conflict, "mereka")
    with pytest.raises(PlanError, match="Realisasi Maret sudah ditutup"):
        plan.edit("putuskan", solve(plan.plan, conflict, "mereka"))
    plan.edit("buka", reopen_period(plan.plan, dokumen_id, 3, "koreksi bidang", "sri"))
    preview = stored(plan.plan)
    assert preview.choose(preview.lines, "mereka") == 2
    changes, left = preview.changes(plan.plan)
    plan.edit(preview.label, changes)
    assert left == 0
    assert results(plan.plan, first(plan, Indikator)).nilai[2:6] == ("6", None, None, "10")


def test_a_period_closed_while_the_choices_were_made_is_kept_all_the_same(plan, conflict):
    plan.edit("buka", reopen_period(plan.plan, first(plan).dokumen_id, 3, "koreksi", "sri"))
    preview = stored(plan.plan)
    preview.choose(preview.lines, "mereka")
    plan.edit("tutup", close_period(plan.plan, first(plan).dokumen_id, 3, "sri"))
    changes, left = preview.changes(plan.plan)
    plan.edit(preview.label, changes)
    assert left == 1
    assert plan.plan.find(Konflik, conflict.id) == conflict
    assert results(plan.plan, first(plan, Indikator)).nilai[2:6] == ("5", None, None, "10")


def test_before_the_merge_theirs_is_refused_too(plan, path):
    report(plan)
    sent(plan, path, lambda d: set_results(d.plan, first(d, Indikator), {2: "6"}))
    close(plan)
    ours = open_plan(plan.file.path.name, plan.plan.rows(), plan.file.history())
    made, refused = pending(ours, [path], plan.file.path)
    assert (refused, [(line.kolom, line.tutup) for line in made.lines]) == ((), [("b03", WORDS)])
    assert made.choose(made.lines, "mereka") == 0
    made.merge.choose_all("mereka")
    plan.edit("gabung", made.merge.changes(), whose=made.merge.authors)
    assert results(plan.plan, first(plan, Indikator)).nilai[2] == "5"
    assert [k.kolom for k in open_conflicts(plan.plan)] == ["b03"]


def test_where_both_changed_and_they_closed_either_side_may_be_chosen_in_the_merge(plan, path):
    report(plan)
    sent(
        plan,
        path,
        lambda d: set_results(d.plan, first(d, Indikator), {2: "6"}),
        lambda d: close_period(d.plan, first(d).dokumen_id, 3, "bidang"),
    )
    plan.edit("isi", set_results(plan.plan, first(plan, Indikator), {2: "7"}))
    plan.file.publish()
    merge = Merge(read_copy(plan.file.path), [read_copy(path)])
    merge.choose_all("mereka")
    plan.edit("gabung", merge.changes(), whose=merge.authors)
    assert results(plan.plan, first(plan, Indikator)).nilai[2] == "6"
    assert open_conflicts(plan.plan) == ()


def test_the_merge_of_disputed_closed_figures_is_undone_in_one_step(plan, conflict):
    before = results(plan.plan, first(plan, Indikator))
    plan.undo()
    assert results(plan.plan, first(plan, Indikator)) == before
    assert not plan.plan.all(Konflik)


def test_the_command_says_that_the_period_is_closed(plan, path):
    report(plan)
    sent(plan, path, lambda d: set_results(d.plan, first(d, Indikator), {2: "6", 5: "10"}))
    close(plan)
    merge = merge_files(plan, [path])
    assert f"Realisasi Maret: kita 5; mereka (Bidang) 6; {WORDS}\n" in as_text(plan.plan, merge)
    (one,) = as_json(plan.plan, merge)["konflik"]
    assert (one["alasan"], one["mereka"]) == (WORDS, {"b03": "6"})


def test_a_closing_of_ours_that_they_opened_again_does_not_let_their_figures_in_silently(plan, path):
    report(plan)
    close(plan)
    sent(
        plan,
        path,
        lambda d: reopen_period(d.plan, first(d).dokumen_id, 3, "keliru", "bidang"),
        lambda d: set_results(d.plan, first(d, Indikator), {2: "6"}),
    )
    plan.file.publish()
    merge = merged(plan, path)
    assert disputed(merge) == [("deret_indikator", "b03")]
    assert values_of(merge.conflicts[0], "kita") == {"b03": "5"}
    assert (closed_months(plan.plan, first(plan).dokumen_id), open_conflicts(plan.plan)) == (
        frozenset(),
        merge.conflicts,
    )
