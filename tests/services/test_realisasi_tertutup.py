"""What a closed period holds stays, whichever way a figure would be changed; who closed it, when and why is noted."""

from dataclasses import replace
from pathlib import Path

import pytest

from models.changes import Change
from models.errors import PlanError
from models.rows import Anggaran, DeretAnggaran, Dokumen, Indikator, TahunIndikator, TutupPeriode
from services.document import Document
from services.edits import remove, set_field
from services.realisasi import results, set_note, set_result, set_results, set_spending, spending
from services.realisasi_tutup import close_period, closed_months, closing_words, reopen_period


@pytest.fixture
def document(buleleng: Document) -> Document:
    """Reported until June; the first quarter is closed."""
    line, indikator = first(buleleng, Anggaran), first(buleleng, Indikator)
    buleleng.edit("isi", set_spending(buleleng.plan, line, {2: 100, 5: 200}, kumulatif=True))
    buleleng.edit("isi", set_results(buleleng.plan, indikator, {2: "5", 5: "9"}))
    buleleng.edit("tutup", close_period(buleleng.plan, line.dokumen_id, 3, "sri"))
    return buleleng


def first(document: Document, cls: type) -> object:
    return min(document.plan.all(cls), key=lambda row: row.asal_id)


def test_no_edit_passes_whatever_made_it(document: Document) -> None:
    series = spending(document.plan, first(document, Anggaran))
    assert series is not None
    changed = DeretAnggaran(
        id=series.id,
        dokumen_id=series.dokumen_id,
        anggaran_id=series.anggaran_id,
        jenis="realisasi",
        periode=series.periode,
        kumulatif=series.kumulatif,
        nilai=(None, None, 101, *series.nilai[3:]),
    )
    label = document.undo_label
    for change in (Change(series, changed), Change(series, None)):
        with pytest.raises(PlanError, match=r"Realisasi Maret sudah ditutup.*Buka kembali"):
            document.edit("pulihkan", [change])
    assert document.undo_label == label
    assert spending(document.plan, first(document, Anggaran)) == series


def test_a_row_with_a_closed_report_is_not_deleted_but_one_without_is(document: Document) -> None:
    line = first(document, Anggaran)
    with pytest.raises(PlanError, match="sudah ditutup"):
        document.edit("hapus", remove(document.plan, line))
    silent = max((one for one in document.plan.all(Indikator)), key=lambda one: one.asal_id or "")
    assert results(document.plan, silent) is None
    document.edit("hapus", remove(document.plan, silent))
    assert document.plan.find(Indikator, silent.id) is None


def test_open_periods_and_plans_go_on(document: Document) -> None:
    line = first(document, Anggaran)
    document.edit("isi", set_spending(document.plan, line, {6: 300}, kumulatif=True))
    document.edit("pagu", set_field(document.plan.get(Anggaran, line.id), "pagu", 7))
    document.edit("catat", set_note(document.plan, line, 6, {"kendala": "Hujan"}))


def test_a_closing_is_not_undone_but_opened_again_with_a_reason(document: Document) -> None:
    line = first(document, Anggaran)
    with pytest.raises(PlanError, match=r"sampai Maret tidak diurungkan.*perlu alasan.*Buka lagi periode"):
        document.undo()
    assert closed_months(document.plan, line.dokumen_id) == {1, 2, 3}
    document.edit("buka", reopen_period(document.plan, line.dokumen_id, 3, "salah periode", "sri"))
    assert closed_months(document.plan, line.dokumen_id) == frozenset()


def test_after_a_period_was_opened_again_undo_goes_on_with_what_was_before(document: Document) -> None:
    line = first(document, Anggaran)
    first_step = document.done[-1].label
    before = [edit.label for edit in document.done if edit.label != first_step]
    document.edit("isi", set_field(line, "pagu", 7))
    document.edit("tutup", close_period(document.plan, line.dokumen_id, 6, "sri"))
    document.edit("buka", reopen_period(document.plan, line.dokumen_id, 6, "salah periode", "sri"))
    labels = ["isi", *before]
    assert [edit.label for edit in document.done] == [*labels, first_step]
    document.file.publish()
    path = document.file.path
    document.file.close()
    with Document.open(path) as again:
        assert [edit.label for edit in again.done] == labels
        again.undo()
        assert again.plan.get(Anggaran, line.id).pagu == line.pagu
        assert closed_months(again.plan, line.dokumen_id) == {1, 2, 3}


def test_the_reason_of_an_earlier_opening_is_none_for_an_undo(document: Document) -> None:
    dokumen_id = first(document, Anggaran).dokumen_id
    document.edit("buka", reopen_period(document.plan, dokumen_id, 3, "salah periode", "sri"))
    document.edit("tutup", close_period(document.plan, dokumen_id, 3, "sri"))
    with pytest.raises(PlanError, match="perlu alasan"):
        document.undo()


def test_a_closing_is_not_put_back_from_the_history_without_a_reason(document: Document) -> None:
    (row,) = document.plan.all(TutupPeriode)
    for after in (None, replace(row, tutup=0)):
        with pytest.raises(PlanError, match="perlu alasan"):
            document.edit("pulihkan", [Change(row, after)])


def test_a_step_that_brought_a_closing_with_other_things_is_undone_whole(document: Document) -> None:
    line = first(document, Anggaran)
    dokumen_id = line.dokumen_id
    changes = [*close_period(document.plan, dokumen_id, 6, "sri"), *set_field(line, "pagu", 7)]
    document.edit("gabung", changes, whose={})
    document.undo()
    assert closed_months(document.plan, dokumen_id) == {1, 2, 3}


def test_a_step_that_changed_a_closed_figure_by_a_merge_is_not_undone_but_refused_with_its_reason(
    document: Document,
) -> None:
    indikator = first(document, Indikator)
    series = results(document.plan, indikator)
    assert series is not None
    merged = type(series)(
        id=series.id,
        dokumen_id=series.dokumen_id,
        indikator_id=series.indikator_id,
        jenis="realisasi",
        periode=series.periode,
        nilai=(*series.nilai[:2], "6", *series.nilai[3:]),
    )
    document.edit("gabung", [Change(series, merged)], whose={})
    with pytest.raises(PlanError, match="Realisasi Maret sudah ditutup"):
        document.undo()
    assert results(document.plan, indikator) == merged
    document.edit("buka", reopen_period(document.plan, indikator.dokumen_id, 3, "salah gabung", "sri"))
    document.edit("isi", set_results(document.plan, indikator, {2: "5"}))
    now = results(document.plan, indikator)
    assert now is not None
    assert now.nilai == series.nilai


def test_the_result_of_the_year_belongs_to_december(document: Document) -> None:
    indikator = first(document, Indikator)
    document.edit("tahun", set_result(document.plan, indikator, None, "27"))
    tahun = document.plan.get(Dokumen, indikator.dokumen_id).tahun
    years = [
        TahunIndikator(
            id=f"y{year}",
            dokumen_id=indikator.dokumen_id,
            indikator_id=indikator.id,
            urutan=90,
            jenis="realisasi",
            tahun=str(year),
            nilai="1",
        )
        for year in (tahun, tahun - 1)
    ]
    document.edit("tutup", close_period(document.plan, indikator.dokumen_id, 12, "sri"))
    now = document.plan.get(Indikator, indikator.id)
    with pytest.raises(PlanError, match="Realisasi Desember sudah ditutup"):
        document.edit("rincian", set_field(now, "realisasi", "28"))
    with pytest.raises(PlanError, match="Realisasi Desember sudah ditutup"):
        document.edit("tahun ini", [Change(None, years[0])])
    document.edit("tahun lalu", [Change(None, years[1])])


def test_a_document_goes_with_its_closings(document: Document, tmp_path: Path) -> None:
    dokumen = document.plan.all(Dokumen)[-1]
    closing = document.plan.all(TutupPeriode)
    document.edit("hapus", [*(Change(row, None) for row in closing), *_all_of(document, dokumen.id)])
    assert not document.plan.all(DeretAnggaran)


def _all_of(document: Document, dokumen_id: str) -> list[Change]:
    return [Change(row, None) for row in document.plan.all(DeretAnggaran) if row.dokumen_id == dokumen_id]


def test_who_closed_and_opened_again_is_said_with_time_and_reason(document: Document) -> None:
    dokumen_id = document.plan.all(TutupPeriode)[0].dokumen_id
    (closing,) = document.plan.all(TutupPeriode)
    assert closing_words(closing).startswith("ditutup ")
    assert closing_words(closing).endswith(" oleh sri")
    document.edit("buka", reopen_period(document.plan, dokumen_id, 3, "koreksi angka", "wayan"))
    (closing,) = document.plan.all(TutupPeriode)
    assert closing_words(closing).startswith("dibuka lagi ")
    assert closing_words(closing).endswith(" oleh wayan, alasan: koreksi angka")
