"""What the cascade lacks: nodes without a way up, indicators without a budget line, positions without a task."""

from collections import Counter
from dataclasses import replace

import pytest
from checks_plans import checked, found, indikator, line, node

from models.changes import Change
from models.rows import Dokumen, Dukungan, Jabatan, Kinerja
from services.checks import Checks
from services.checks.kekosongan import check_holes, concerns
from services.kekosongan import Mark, holes, marks, on_boxes
from services.pohon.nodes import ORPHANS, Line, Node, cascade, without_parent
from services.rollup import RollUp
from services.samples import sample_plan

LEVEL = "sasaran_kegiatan"


def of(kode: str, *rows: object) -> list[str]:
    return [f.row_id for f in found(*rows) if f.kode == kode]


def sentence(kode: str, *rows: object) -> str:
    (finding,) = [f for f in found(*rows) if f.kode == kode]
    return finding.pesan


def link(row_id: str, kinerja: str, anggaran: str, of: str | None = None) -> Dukungan:
    return Dukungan(id=row_id, dokumen_id="d", urutan=1, kinerja_id=kinerja, anggaran_id=anggaran, indikator_id=of)


TOP = node("top", "sasaran_strategis")


def test_a_node_that_hangs_nowhere_is_found_where_others_hang() -> None:
    assert of("INDUK-KOSONG", TOP, node("n", LEVEL, induk_id="top")) == ["k"]
    assert "belum mempunyai induk" in sentence("INDUK-KOSONG", TOP, node("n", LEVEL, induk_id="top"))


def test_the_first_levels_need_nothing_above_them() -> None:
    assert of("INDUK-KOSONG", node("goal", "tujuan"), TOP, node("n", "sasaran_program", induk_id="top")) == ["k"]
    below = [node(f"n{at}", "sasaran_individu", induk_id="k") for at in range(2)]
    assert of("INDUK-KOSONG", *below) == [], "the plan begins with sasaran kegiatan"


def test_a_plan_that_is_a_list_says_nothing() -> None:
    assert of("INDUK-KOSONG", TOP, node("n", LEVEL), node("m", LEVEL)) == []


def test_a_budget_line_in_the_box_leads_up() -> None:
    lines = (line("p", "program"), line("q", "kegiatan", induk="p"), line("r", "kegiatan"))
    hung = node("n", LEVEL, induk_id="top")
    assert of("INDUK-KOSONG", TOP, hung, *lines, link("1", "k", "q")) == []
    assert of("INDUK-KOSONG", TOP, hung, *lines, link("1", "k", "r")) == ["k"], "it hangs nowhere itself"
    assert of("INDUK-KOSONG", TOP, hung, *lines, link("1", "k", "p")) == ["k"], "a line of another level"


def test_a_whole_level_without_parents_is_said_once() -> None:
    rows = [TOP, node("n", "sasaran_program", induk_id="top"), node("m", LEVEL)]
    rows += [node(f"i{at}", "sasaran_individu") for at in range(3)]
    assert of("INDUK-KOSONG", *rows) == ["d"]
    assert sentence("INDUK-KOSONG", *rows) == (
        "Tidak satu pun sasaran kegiatan (2 baris) dan sasaran individu (3 baris) mempunyai induk."
    )


def test_an_indicator_that_no_line_serves_is_found_where_others_are_served() -> None:
    nodes = [node(f"n{at}", LEVEL, urutan=at + 2) for at in range(4)]
    measured = [indikator(id=f"i{at}", kinerja_id=f"n{at}", urutan=at, uraian=f"Ukuran {at}") for at in range(4)]
    links = [link(f"l{at}", f"n{at}", "a") for at in range(3)]
    assert of("INDIKATOR-TANPA-ANGGARAN", line(), *nodes, *measured, *links, link("k", "k", "a")) == ["i3"]
    assert of("INDIKATOR-TANPA-ANGGARAN", line(), *nodes, *measured) == [], "nothing is linked"


def test_a_line_serves_one_indicator_or_all_of_a_sasaran() -> None:
    both = [indikator(id="i"), indikator(id="j", urutan=2, uraian="Lain")]
    assert of("INDIKATOR-TANPA-ANGGARAN", line(), *both, link("1", "k", "a", "i")) == ["j"]
    assert of("INDIKATOR-TANPA-ANGGARAN", line(), *both, link("1", "k", "a")) == []


def test_a_line_below_serves_what_is_above() -> None:
    other = node("other", LEVEL)
    below = node("n", "sasaran_sub_kegiatan", induk_id="k")
    rows = (line(), indikator(), other, below, link("1", "n", "a"), link("2", "other", "a"))
    assert of("INDIKATOR-TANPA-ANGGARAN", *rows) == []


def test_a_blank_below_a_filled_row_may_be_a_merged_cell() -> None:
    nodes = [node(f"n{at}", LEVEL, urutan=at + 2) for at in range(2)]
    measured = [indikator(id=f"i{at}", kinerja_id=f"n{at}", urutan=at, uraian=f"Ukuran {at}") for at in range(2)]
    assert of("INDIKATOR-TANPA-ANGGARAN", line(), *nodes, *measured, link("1", "k", "a")) == []


def test_indicators_below_follow_from_the_one_above() -> None:
    rows = (
        line(),
        node("served", LEVEL, urutan=0, induk_id="top"),
        node("sub", "sasaran_sub_kegiatan", induk_id="served"),
        node("lone", "sasaran_sub_kegiatan", induk_id="k", urutan=2),
        TOP,
        indikator(id="i", urutan=1),
        indikator(id="j", kinerja_id="lone", urutan=2, uraian="Lain"),
        link("1", "served", "a"),
        link("2", "sub", "a"),
    )
    found_here = {f.row_id: f for f in found(*rows) if f.kode == "INDIKATOR-TANPA-ANGGARAN"}
    assert set(found_here) == {"i", "j"}
    assert found_here["j"].sebab == found_here["i"].key
    assert found_here["i"].sebab is None


def position(row_id: str, above: str | None = None, **more: object) -> Jabatan:
    return Jabatan(id=row_id, dokumen_id="d", urutan=1, nama=f"Jabatan {row_id}", atasan_id=above, **more)


def test_a_position_without_a_task_is_found_where_others_have_one() -> None:
    busy = node("n", LEVEL, penanggung_jawab_id="busy", urutan=2)
    staff = [position("head"), position("busy", "head"), position("idle", "busy"), position("free")]
    assert sentence("JABATAN-TANPA-TUGAS", busy, *staff) == (
        "2 jabatan belum menjadi penanggung jawab baris mana pun: Jabatan free dan Jabatan idle."
    )
    assert of("JABATAN-TANPA-TUGAS", *staff) == [], "nobody answers for anything"


def test_the_head_answers_for_all_of_it() -> None:
    staff = [position("head", eselon="II"), position("busy")]
    assert of("JABATAN-TANPA-TUGAS", line(penanggung_jawab_id="busy"), *staff) == []


def test_many_positions_are_not_all_named() -> None:
    staff = [position("busy"), *(position(f"p{at}") for at in range(7))]
    text = sentence("JABATAN-TANPA-TUGAS", line(penanggung_jawab_id="busy"), *staff)
    assert text.endswith("Jabatan p4 dan 2 lainnya.")


@pytest.mark.parametrize(
    ("change", "matters"),
    [
        (Change(node("n"), node("n", uraian="Lain")), False),
        (Change(node("n"), node("n", induk_id="k")), True),
        (Change(None, node("n")), True),
        (Change(line(), line(pagu=5)), False),
        (Change(line(), line(induk="p")), True),
        (Change(indikator("1"), indikator("2")), False),
        (Change(indikator(), indikator(kinerja_id="n")), True),
        (Change(position("p"), position("p", "q")), True),
        (Change(link("1", "k", "a"), None), True),
    ],
)
def test_only_what_these_rules_read_concerns_them(change: Change, matters: bool) -> None:
    assert concerns(change) == ("d" if matters else None)


SAMPLES = {
    "bekasi-2024": {},
    "bone-2023": {},
    "buleleng-2022": {"INDUK-KOSONG": 14, "INDIKATOR-TANPA-ANGGARAN": 4},
    "lampung-2019": {"INDIKATOR-TANPA-ANGGARAN": 3},
    "lombok-tengah-2022": {},
}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_are_not_flooded(name: str) -> None:
    plan, dokumen_id = sample_plan(name)
    assert Counter(f.kode for f in check_holes(plan, plan.get(Dokumen, dokumen_id))) == SAMPLES[name]


def test_holes_are_marks_of_the_row_that_shows_them() -> None:
    both = [indikator(id="i"), indikator(id="j", urutan=2, uraian="Lain"), indikator(id="l", urutan=3, uraian="Tiga")]
    rows = (line(), *both, TOP, node("n", LEVEL, induk_id="top"), link("1", "k", "a", "i"))
    checks = checked(*rows)
    there = holes(checks._plan, checks, "d")
    of_node = marks(there)["k"]
    assert [(mark.tingkat, mark.words) for mark in of_node] == [
        ("peringatan", "Tanpa induk"),
        ("catatan", "2 indikator tanpa anggaran"),
    ]
    assert {hole.kode for hole in there} >= {"INDUK-KOSONG", "INDIKATOR-TANPA-ANGGARAN", "SASARAN-TANPA-INDIKATOR"}


def test_a_hole_of_a_line_that_stands_in_a_box_is_said_there() -> None:
    inside = Line("a", "kegiatan", "Pelatihan", None)
    of_rows = {"a": (Mark("Tanpa penanggung jawab", "peringatan"),), "k": (Mark("Tanpa induk", "peringatan"),)}
    box = Node("k", "kinerja", LEVEL, "Sasaran kegiatan", "Koperasi maju", lines=(inside,))
    assert [mark.words for mark in on_boxes([box], of_rows)["k"]] == [
        "Tanpa induk",
        "Kegiatan: tanpa penanggung jawab",
    ]


def test_what_concerns_the_document_is_a_hole_without_a_box() -> None:
    checks = checked(line(penanggung_jawab_id="busy"), position("busy"), position("idle"))
    (hole,) = [h for h in holes(checks._plan, checks, "d") if h.kode == "JABATAN-TANPA-TUGAS"]
    assert not hole.is_box
    assert "d" not in marks((hole,))


def test_findings_follow_an_edit() -> None:
    plan, dokumen_id = sample_plan("buleleng-2022")
    rollup = RollUp(plan)
    checks = Checks(plan, rollup)

    def loose() -> set[str]:
        return {f.row_id for f in checks.of(dokumen_id) if f.kode == "INDUK-KOSONG" and f.tabel is Kinerja}

    before = loose()
    row = plan.get(Kinerja, next(iter(sorted(before))))
    above = next(k for k in plan.all(Kinerja) if k.tingkat == "sasaran_strategis")
    changes = [Change(row, replace(row, induk_id=above.id))]
    plan.apply(changes)
    checks.update(changes, rollup.update(changes))
    assert loose() == before - {row.id}


def holes_of(name: str) -> list[tuple[str, bool, int]]:
    plan, dokumen_id = sample_plan(name)
    there = holes(plan, Checks(plan, RollUp(plan)), dokumen_id)
    return [(hole.kode, hole.is_box, len(hole.boxes)) for hole in there]


def test_every_box_without_a_person_is_a_hole_and_a_level_without_any_is_one() -> None:
    assert Counter(holes_of("buleleng-2022")) == {
        ("INDUK-KOSONG", True, 0): 44,
        ("PJ-KOSONG", True, 0): 25,
        ("PJ-KOSONG", False, 31): 1,
        ("INDIKATOR-TANPA-ANGGARAN", True, 0): 4,
    }
    persons = [each for each in holes_of("lampung-2019") if each[0] == "PJ-KOSONG"]
    assert Counter(persons) == {
        ("PJ-KOSONG", False, 11): 1,
        ("PJ-KOSONG", False, 65): 1,
        ("PJ-KOSONG", True, 0): 1,
    }, "the head answers for tujuan and sasaran strategis"


def test_boxes_without_a_parent_are_those_under_the_root_for_them() -> None:
    for name in SAMPLES:
        plan, dokumen_id = sample_plan(name)
        nodes = plan.where(Kinerja, "dokumen_id", dokumen_id)
        under = {
            node.row_id for root in cascade(plan, dokumen_id).roots if root.text == ORPHANS for node in root.children
        }
        assert {node.id for node in without_parent(plan, nodes)} == under


def test_the_count_of_boxes_without_a_parent_goes_down_by_one_with_each_that_is_hung() -> None:
    plan, dokumen_id = sample_plan("buleleng-2022")
    rollup = RollUp(plan)
    checks = Checks(plan, rollup)

    def loose() -> list[str]:
        return [hole.row_id for hole in holes(plan, checks, dokumen_id) if hole.kode == "INDUK-KOSONG"]

    before = loose()
    row = next(plan.get(Kinerja, each) for each in before if plan.get(Kinerja, each).tingkat == "sasaran_individu")
    above = next(k for k in plan.all(Kinerja) if k.tingkat == "sasaran_sub_kegiatan")
    changes = [Change(row, replace(row, induk_id=above.id))]
    plan.apply(changes)
    checks.update(changes, rollup.update(changes))
    assert sorted(loose()) == sorted(set(before) - {row.id})


def test_a_hole_of_a_level_is_seen_where_any_of_its_boxes_is() -> None:
    plan, dokumen_id = sample_plan("buleleng-2022")
    there = holes(plan, Checks(plan, RollUp(plan)), dokumen_id)
    (whole,) = [hole for hole in there if hole.boxes]
    assert whole.is_in({whole.boxes[-1]: 1}.get)
    assert not whole.is_in({dokumen_id: 1}.get)
