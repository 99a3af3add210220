"""The trees: the model keeps Qt's contract around edits, and says what the plan says."""

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from random_edits import changes_of, sequences
from tree_edits import numbers, tree_step

from models.rows import Anggaran, Indikator, Kinerja
from services import edits
from services.outline import NO_PROGRAM
from ui import roles
from ui.session import Session
from ui.tasks import wait_for_tasks
from ui.tree_model import TreeModel


def checked(model: TreeModel) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sequences, numbers, st.booleans())
def test_any_work_on_the_trees_keeps_the_contract_and_the_model_says_what_the_plan_says(
    open_copy: Callable, qapp: QApplication, steps: list, pairs: list, filtered: bool
) -> None:
    with open_copy("bone-2023") as document:
        session = Session(document, qapp)
        models = [TreeModel(session, "kinerja"), TreeModel(session, "anggaran")]
        testers = [checked(model) for model in models]
        if filtered:
            for model in models:
                model.set_filter(lambda row: row.id < "b")
        for step in steps:
            session.edit(step.kind, changes_of(session.plan, session.dokumen_id, step))
        for number, other in pairs:
            session.edit("pohon", tree_step(session.plan, session.dokumen_id, number, other))
        for _ in range(3):
            session.undo()
        for model in models:
            shown = [(model.parent(model.index_of(n)), n) for n in model.outline.nodes()]
            model.rebuild()
            assert [(model.parent(model.index_of(n)), n) for n in model.outline.nodes()] == shown
            assert shown or filtered or not session.plan.all(Kinerja)
        assert testers
        session._timer.stop()
        wait_for_tasks()
        session.setParent(None)
        session.deleteLater()


def texts(model: TreeModel, parent: QModelIndex | None = None) -> list[str]:
    parent = parent or QModelIndex()
    return [model.index(row, 0, parent).data() for row in range(model.rowCount(parent))]


def test_models_keep_the_contract_around_edits_undo_and_redo(session: Session, by_id: Callable) -> None:
    models = [TreeModel(session, "kinerja"), TreeModel(session, "anggaran")]
    testers = [checked(model) for model in models]
    plan, dokumen_id = session.plan, session.dokumen_id
    session.edit("tambah", edits.add_kinerja(plan, dokumen_id, "sasaran_kegiatan", by_id(Kinerja, "k2-01")))
    session.edit("indikator", edits.add_indikator(plan, by_id(Kinerja, "k2-01")))
    session.edit("kas", edits.set_cash(plan, by_id(Anggaran, "a2-01"), 2, 5, kumulatif=True))
    session.edit("nama", edits.set_field(by_id(Anggaran, "a2-01"), "nama", "Nama lain"))
    session.edit("pindah", edits.move(plan, by_id(Anggaran, "a2-02"), -1))
    session.edit("hapus", edits.remove(plan, by_id(Anggaran, "a2-04")))
    for _ in range(6):
        session.undo()
    for _ in range(6):
        session.redo()
    session.undo()
    assert all(model.rowCount() > 0 for model in models)
    assert testers


def test_kinerja_lists_indicators_before_the_sasaran_below(session: Session, by_id: Callable) -> None:
    model = TreeModel(session, "kinerja")
    below = texts(model, model.index_of(by_id(Kinerja, "k2-01").id))
    assert below == [
        "Persentase Koperasi Aktif dan Sehat",
        "Terwujudnya Legalitas Formal Koperasi",
        "Meningkatnya Tata Kelola Usaha Koperasi yang sesuai Ketentuan",
        "Meningkatnya Kepatuhan Koperasi terhadap Peraturan",
    ]


def test_lines_without_a_program_stand_under_a_heading_with_their_sum(session: Session) -> None:
    model = TreeModel(session, "anggaran")
    heading = model.index_of(NO_PROGRAM)
    assert heading.row() == model.rowCount() - 1
    assert heading.data() == "Tanpa program"
    assert model.index_of(NO_PROGRAM, 1).data() == "8.577.372.274"
    assert model.rowCount(heading) == 6
    assert not model.flags(heading) & Qt.ItemFlag.ItemIsEditable


def test_a_badge_counts_the_findings_of_the_branch_and_of_the_lines_that_support_it(
    session: Session, by_id: Callable
) -> None:
    model = TreeModel(session, "kinerja")
    second = model.index_of(by_id(Kinerja, "k2-02").id)
    assert (second.data(roles.LEVEL), second.data(roles.COUNT)) == ("galat", 3)
    below = model.index_of(by_id(Kinerja, "k3-10").id)
    assert (below.data(roles.LEVEL), below.data(roles.COUNT)) == ("galat", 1)


def test_badges_follow_an_edit_up_the_branch(session: Session, by_id: Callable, qtbot: object) -> None:
    model = TreeModel(session, "anggaran")
    program = by_id(Anggaran, "a2-03")
    assert model.index_of(program.id).data(roles.LEVEL) is None
    told: list[str] = []
    model.dataChanged.connect(lambda first, last: told.append(first.data(roles.ROW_ID)))
    session.edit("kas", edits.set_cash(session.plan, program, 5, 1, kumulatif=True))
    assert model.index_of(program.id).data(roles.LEVEL) == "galat"
    assert program.id in told


def test_a_rename_goes_through_the_session_and_can_be_undone(session: Session, by_id: Callable) -> None:
    model = TreeModel(session, "anggaran")
    index = model.index_of(by_id(Anggaran, "a2-01").id)
    before = index.data()
    assert model.setData(index, "  Program Baru ")
    assert by_id(Anggaran, "a2-01").nama == "Program Baru"
    assert session.document.undo_label == "ubah nama"
    session.undo()
    assert model.index_of(by_id(Anggaran, "a2-01").id).data() == before


def test_the_filter_shows_matches_with_what_stands_above_them(session: Session, by_id: Callable) -> None:
    model = TreeModel(session, "kinerja")
    checked(model)
    model.set_filter(lambda row: isinstance(row, Indikator) and "Aktif dan Sehat" in row.uraian)
    assert texts(model) == ["Meningkatnya Koperasi yang Berkualitas"]
    assert texts(model, model.index(0, 0)) == ["Persentase Koperasi Aktif dan Sehat"]
    model.set_filter(None)
    assert model.rowCount() > 5
