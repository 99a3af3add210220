"""Search: what is typed finds texts, codes and numbers, grouped, with the way there, and follows every edit."""

import pytest
from hypothesis import given, settings
from random_edits import changes_of, sequences

from models.changes import Change
from models.plan import Plan
from models.rows import Anggaran, DeretAnggaran, DeretIndikator, Dokumen, Indikator, Jabatan, Kinerja, Narasi, new_id
from services import edits
from services.narasi.template import template_changes
from services.samples import sample_plan
from services.search import Hit, SearchIndex, place_of


@pytest.fixture(scope="module")
def plan() -> tuple[Plan, str]:
    """Buleleng with a narrative; tests do not change it."""
    made, dokumen_id = sample_plan()
    made.apply(template_changes(made, dokumen_id))
    return made, dokumen_id


def hits(plan: tuple[Plan, str], text: str) -> list[Hit]:
    index = SearchIndex(*plan)
    return [hit for found in index.find(text) if (hit := index.hit(found, text)) is not None]


@pytest.mark.parametrize(
    "text", ["75144905", "75.144.905", "Rp 75.144.905", "Rp75.144.905,-", "75.144", "rp. 75.144.9"]
)
def test_an_amount_is_found_however_it_is_typed(plan: tuple[Plan, str], text: str) -> None:
    found = hits(plan, text)
    assert {hit.group for hit in found} == {"Angka"}
    labels = {hit.label for hit in found if hit.text == "75.144.905"}
    assert "Pagu" in labels
    assert "Kas Desember" in labels


def test_an_amount_is_found_by_its_beginning_only(plan: tuple[Plan, str]) -> None:
    assert not [hit for hit in hits(plan, "144.905") if hit.text == "75.144.905"]


def test_a_month_says_which_and_where(plan: tuple[Plan, str]) -> None:
    (hit,) = [h for h in hits(plan, "1.596.771.884") if h.label == "Kas November"]
    assert (hit.table, hit.month, hit.kumulatif) == (DeretAnggaran, 10, True)
    assert hit.path.startswith("Kegiatan Pemberdayaan Usaha Mikro")


def test_a_single_month_is_found_in_a_plan_of_running_totals(plan: tuple[Plan, str]) -> None:
    rows = [row for row in plan[0].all(DeretAnggaran) if row.kumulatif and None not in row.nilai]
    row = next(r for r in rows if r.nilai[5] - r.nilai[4] > 1_000_000)  # type: ignore[operator]
    step = row.nilai[5] - row.nilai[4]  # type: ignore[operator]
    found = [h for h in hits(plan, str(step)) if h.row_id == row.id]
    assert found
    assert "(per bulan)" in found[0].label
    assert found[0].kumulatif is False


def test_words_are_found_in_any_case_and_all_of_them(plan: tuple[Plan, str]) -> None:
    found = hits(plan, "UMKM mandiri")
    assert [hit.text for hit in found if hit.table is Kinerja] == ["Terwujudnya UMKM yang Mandiri"]
    assert all("mandiri" in hit.text.casefold() or "mandiri" in hit.path.casefold() for hit in found)


def test_groups_come_in_their_order_and_the_plans(plan: tuple[Plan, str]) -> None:
    found = hits(plan, "koperasi")
    groups = list(dict.fromkeys(hit.group for hit in found))
    assert groups == [
        g for g in ("Kinerja", "Program & Anggaran", "Jabatan dan pejabat", "Naskah", "Identitas") if g in groups
    ]
    nodes = [hit.row_id for hit in found if hit.table is Kinerja]
    order = [node.id for node in plan[0].where(Kinerja, "dokumen_id", plan[1])]
    assert nodes == sorted(nodes, key=order.index)


def test_targets_are_found_as_typed(plan: tuple[Plan, str]) -> None:
    found = hits(plan, "27,00")
    assert any(hit.table is Indikator and hit.label == "Target" for hit in found)
    months = [hit for hit in found if hit.table is DeretIndikator]
    assert {hit.label for hit in months} == {"Target Desember"}


def test_the_narrative_is_found_with_the_words_around(plan: tuple[Plan, str]) -> None:
    row = max(plan[0].all(Narasi), key=lambda r: len(r.isi or ""))
    word = next(w for w in (row.isi or "").split()[30:] if len(w) > 8 and w.isalpha())
    found = [hit for hit in hits(plan, word) if hit.row_id == row.id]
    assert found
    assert word in found[0].text
    assert found[0].path == row.judul


def test_nothing_is_found_for_nothing(plan: tuple[Plan, str]) -> None:
    assert hits(plan, "  ") == []
    assert hits(plan, "kata yang tidak ada di mana pun") == []


def test_a_position_leads_to_the_first_row_that_it_answers_for(plan: tuple[Plan, str]) -> None:
    (hit,) = [h for h in hits(plan, "kepala dinas") if h.table is Jabatan][:1]
    row = plan[0].get(Jabatan, hit.row_id)
    place = place_of(plan[0], row)
    assert isinstance(place, Kinerja | Anggaran)
    assert place.penanggung_jawab_id == row.id


def test_only_the_shown_document_is_searched() -> None:
    plan, dokumen_id = sample_plan()
    other = Dokumen(id=new_id(), opd_id=plan.get(Dokumen, dokumen_id).opd_id, urutan=99, judul="Lain", tahun=2030)
    node = Kinerja(id=new_id(), dokumen_id=other.id, urutan=1, tingkat="tujuan", uraian="Hanya di dokumen lain")
    index = SearchIndex(plan, dokumen_id)
    changes = [Change(None, other), Change(None, node)]
    plan.apply(changes)
    index.update(changes)
    assert index.find("hanya di dokumen lain") == []
    assert len(SearchIndex(plan, other.id).find("hanya di dokumen lain")) == 1


def test_an_edit_while_the_index_is_being_built_is_not_lost() -> None:
    plan, dokumen_id = sample_plan()
    index = SearchIndex(plan, dokumen_id)
    index.advance(1)
    line = plan.where(Anggaran, "dokumen_id", dokumen_id)[-1]
    changes = edits.set_field(line, "nama", "Nama baru sekali")
    plan.apply(changes)
    index.update(changes)
    assert [found.row_id for found in index.find("baru sekali")] == [line.id]


@settings(max_examples=15)
@given(sequences)
def test_the_index_follows_any_edits(open_copy, steps):  # type: ignore[no-untyped-def]
    with open_copy("buleleng-2022") as document:
        dokumen_id = document.plan.all(Dokumen)[0].id
        index = SearchIndex(document.plan, dokumen_id)
        index.find("x")
        document.changed.connect(lambda edit: index.update(edit.changes))
        for step in steps:
            document.edit(step.kind, changes_of(document.plan, dokumen_id, step))
        document.undo()
        fresh = SearchIndex(document.plan, dokumen_id)
        for text in ("a", "1", "koperasi", "27,00"):
            assert {f.row_id for f in index.find(text)} == {f.row_id for f in fresh.find(text)}
