"""The action schedule: months are marked by Space, click and drag, bars moved and stretched, actions typed."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPixmap
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from models.changes import Change
from models.rows import Aksi, Anggaran, Jabatan, Kinerja
from services import aksi as actions
from services import edits
from services.aksi import months_of
from services.document import Document
from ui.schedule_model import COLUMNS, FIRST, NOMOR, PERSON, URAIAN, ScheduleModel, month_at
from ui.schedule_panel import NO_ACTIONS, NO_LINES, SchedulePanel
from ui.schedule_view import ScheduleView
from ui.session import Session

KEY, CTRL, SHIFT, ALT = (
    Qt.Key,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
LEFT = Qt.MouseButton.LeftButton
MIDDLE, NEAR_START, NEAR_END = 0.5, 0.12, 0.88


@pytest.fixture
def buleleng(open_copy: Callable[..., AbstractContextManager[Document]]) -> Iterator[Document]:
    """The Bone plan, which has actions, in place of the usual one."""
    with open_copy("bone-2023") as document:
        yield document


@pytest.fixture
def line(by_id: Callable) -> Anggaran:
    return by_id(Anggaran, "P1.1.1")


@pytest.fixture
def panel(session: Session, qtbot: QtBot, line: Anggaran) -> SchedulePanel:
    """The seven actions of one sub kegiatan: row 0 is the group."""
    panel = SchedulePanel(session)
    qtbot.addWidget(panel)
    panel.resize(1038, 420)
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.show_branch(line)
    panel.view.setFocus()
    return panel


def marked(panel: SchedulePanel, row: int) -> list[int]:
    return sorted(panel.model.months(row))


def mark(session: Session, panel: SchedulePanel, row: int, *months: int) -> None:
    aksi = panel.model.action(row)
    assert aksi is not None
    session.edit("jadwal", actions.set_months(aksi, set(months)))


def at(view: ScheduleView, row: int, month: int, part: float = MIDDLE) -> QPoint:
    """A place in the cell of a month, `part` of its width from the left."""
    rect = view.visualRect(view.model().index(row, FIRST + month - 1))
    return QPoint(rect.left() + round(rect.width() * part), rect.top() + 10)


def drag(
    qtbot: QtBot,
    view: ScheduleView,
    row: int,
    start: tuple[int, float],
    end: tuple[int, float],
    held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press in a month, move over, let go in another one."""
    port = view.viewport()
    a, b = at(view, row, *start), at(view, row, *end)
    qtbot.mousePress(port, LEFT, held, a)
    for i in range(1, 5):
        qtbot.mouseMove(port, a + (b - a) * i / 4)
    qtbot.mouseRelease(port, LEFT, held, b)


def names(panel: SchedulePanel) -> list[str]:
    return [aksi.uraian for row in range(panel.model.rowCount()) if (aksi := panel.model.action(row)) is not None]


def editor_of(panel: SchedulePanel) -> QWidget | None:
    """What is open for typing in the cell of the caret."""
    return panel.view.indexWidget(panel.view.currentIndex())


def caret(panel: SchedulePanel) -> tuple[int, int]:
    return panel.view.currentIndex().row(), panel.view.currentIndex().column()


def test_space_marks_and_unmarks_the_month_of_the_caret(session: Session, panel: SchedulePanel, qtbot: QtBot) -> None:
    panel.view.go_to(2, FIRST)
    for key in (KEY.Key_Right, KEY.Key_Right, KEY.Key_Space):
        qtbot.keyClick(panel.view, key)
    assert marked(panel, 2) == [3]
    assert session.document.undo_label == "ubah jadwal aksi, Melakukan persiapan kegiatan"
    assert session.plan.where(Aksi, "anggaran_id", panel.model.line(2).id)[1].bulan == "3"
    qtbot.keyClick(panel.view, KEY.Key_Space)
    assert marked(panel, 2) == []


def test_shift_and_arrows_then_space_mark_a_run_in_several_actions_as_one_step(
    session: Session, panel: SchedulePanel, qtbot: QtBot
) -> None:
    mark(session, panel, 1, 4)
    panel.view.go_to(1, FIRST + 2)
    for key in (KEY.Key_Right, KEY.Key_Right, KEY.Key_Down):
        qtbot.keyClick(panel.view, key, SHIFT)
    qtbot.keyClick(panel.view, KEY.Key_Space)
    assert [marked(panel, row) for row in (1, 2, 3)] == [[3, 4, 5], [3, 4, 5], []]
    qtbot.keyClick(panel.view, KEY.Key_Space)
    assert [marked(panel, row) for row in (1, 2)] == [[], []]
    session.undo()
    session.undo()
    assert [marked(panel, row) for row in (1, 2)] == [[4], []]


def test_a_click_marks_and_a_click_unmarks(session: Session, panel: SchedulePanel, qtbot: QtBot) -> None:
    port = panel.view.viewport()
    qtbot.mouseClick(port, LEFT, pos=at(panel.view, 1, 6))
    assert marked(panel, 1) == [6]
    assert caret(panel) == (1, FIRST + 5)
    qtbot.mouseClick(port, LEFT, pos=at(panel.view, 1, 7))
    qtbot.mouseClick(port, LEFT, pos=at(panel.view, 1, 6))
    assert marked(panel, 1) == [7]
    qtbot.mouseDClick(port, LEFT, pos=at(panel.view, 1, 2))
    assert editor_of(panel) is None


def test_a_drag_over_months_marks_a_run_in_one_step(session: Session, panel: SchedulePanel, qtbot: QtBot) -> None:
    before = session.document.undo_label
    drag(qtbot, panel.view, 3, (2, MIDDLE), (6, MIDDLE))
    assert marked(panel, 3) == [2, 3, 4, 5, 6]
    drag(qtbot, panel.view, 3, (11, MIDDLE), (9, MIDDLE))
    assert marked(panel, 3) == [2, 3, 4, 5, 6, 9, 10, 11]
    session.undo()
    session.undo()
    assert marked(panel, 3) == []
    assert session.document.undo_label == before


def test_a_bar_is_moved_by_its_middle(session: Session, panel: SchedulePanel, qtbot: QtBot) -> None:
    mark(session, panel, 2, 3, 4, 5, 12)
    drag(qtbot, panel.view, 2, (3, MIDDLE), (6, MIDDLE))
    assert marked(panel, 2) == [6, 7, 8, 12]
    drag(qtbot, panel.view, 2, (7, MIDDLE), (1, MIDDLE))
    assert marked(panel, 2) == [1, 2, 3, 12]
    mark(session, panel, 2, 8)
    drag(qtbot, panel.view, 2, (8, MIDDLE), (10, MIDDLE))
    assert marked(panel, 2) == [10]


def test_a_bar_is_stretched_by_its_ends(session: Session, panel: SchedulePanel, qtbot: QtBot) -> None:
    mark(session, panel, 2, 4, 5, 6)
    drag(qtbot, panel.view, 2, (6, NEAR_END), (9, MIDDLE))
    assert marked(panel, 2) == [4, 5, 6, 7, 8, 9]
    drag(qtbot, panel.view, 2, (4, NEAR_START), (2, MIDDLE))
    assert marked(panel, 2) == [2, 3, 4, 5, 6, 7, 8, 9]
    drag(qtbot, panel.view, 2, (9, NEAR_END), (4, MIDDLE))
    assert marked(panel, 2) == [2, 3, 4]


def test_a_drag_with_ctrl_from_a_marked_month_unmarks(session: Session, panel: SchedulePanel, qtbot: QtBot) -> None:
    mark(session, panel, 2, *range(1, 13))
    drag(qtbot, panel.view, 2, (4, MIDDLE), (7, MIDDLE), CTRL)
    assert marked(panel, 2) == [1, 2, 3, 8, 9, 10, 11, 12]


def test_escape_in_the_middle_of_a_drag_leaves_all_as_it_was(
    session: Session, panel: SchedulePanel, qtbot: QtBot
) -> None:
    mark(session, panel, 2, 3)
    label = session.document.undo_label
    qtbot.mousePress(panel.view.viewport(), LEFT, pos=at(panel.view, 2, 3))
    qtbot.mouseMove(panel.view.viewport(), at(panel.view, 2, 8))
    qtbot.keyClick(panel.view, KEY.Key_Escape)
    qtbot.mouseRelease(panel.view.viewport(), LEFT, pos=at(panel.view, 2, 8))
    assert marked(panel, 2) == [3]
    assert session.document.undo_label == label


def test_the_pointer_says_what_a_bar_can_do(session: Session, panel: SchedulePanel, qtbot: QtBot) -> None:
    mark(session, panel, 2, 4, 5, 6)
    port = panel.view.viewport()
    shapes = []
    for month, part in ((5, MIDDLE), (4, NEAR_START), (6, NEAR_END), (9, MIDDLE)):
        qtbot.mouseMove(port, at(panel.view, 2, month, part))
        shapes.append(port.cursor().shape())
    cursor = Qt.CursorShape
    assert shapes == [cursor.OpenHandCursor, cursor.SizeHorCursor, cursor.SizeHorCursor, cursor.ArrowCursor]


def test_ins_adds_below_and_what_is_typed_is_its_text(session: Session, panel: SchedulePanel, qtbot: QtBot) -> None:
    before = names(panel)
    panel.view.go_to(2, FIRST + 3)
    for text in ("Rapat persiapan", "Pelaksanaan"):
        qtbot.keyClick(panel.view, KEY.Key_Insert)
        editor = editor_of(panel)
        assert editor is not None
        qtbot.keyClicks(editor, text)
        qtbot.keyClick(editor, KEY.Key_Return)
        qtbot.waitUntil(lambda text=text: text in names(panel))
    assert names(panel) == [*before[:2], "Rapat persiapan", "Pelaksanaan", *before[2:]]
    assert [panel.model.index(row, NOMOR).data() for row in range(1, 10)] == [str(i) for i in range(1, 10)]
    for _ in range(4):
        session.undo()
    assert names(panel) == before
    assert caret(panel)[0] == 2


def test_typing_replaces_enter_goes_down_and_escape_leaves_the_text(
    session: Session, panel: SchedulePanel, qtbot: QtBot
) -> None:
    panel.view.go_to(1, URAIAN)
    qtbot.keyClicks(panel.view, "S")
    editor = editor_of(panel)
    qtbot.keyClicks(editor, "urvei lapangan")
    qtbot.keyClick(editor, KEY.Key_Return)
    qtbot.waitUntil(lambda: names(panel)[0] == "Survei lapangan")
    assert caret(panel) == (2, URAIAN)
    assert session.document.undo_label == "ubah aksi, Inventarisasi UKM"
    panel.view.go_to(3, FIRST + 5)
    qtbot.keyClick(panel.view, KEY.Key_F2)
    editor = editor_of(panel)
    assert editor.text() == names(panel)[2]
    qtbot.keyClicks(editor, "!")
    qtbot.keyClick(editor, KEY.Key_Escape)
    assert names(panel)[2] == "Melaksanakan kegiatan pameran"


def test_commit_stores_what_is_being_typed(panel: SchedulePanel, qtbot: QtBot) -> None:
    panel.view.go_to(1, URAIAN)
    qtbot.keyClick(panel.view, KEY.Key_F2)
    editor = editor_of(panel)
    editor.selectAll()
    qtbot.keyClicks(editor, "Baru")
    panel.commit()
    assert names(panel)[0] == "Baru"


def test_del_removes_the_selected_actions_in_one_step_and_the_caret_survives(
    session: Session, panel: SchedulePanel, qtbot: QtBot
) -> None:
    before = names(panel)
    panel.view.go_to(2, URAIAN)
    qtbot.keyClick(panel.view, KEY.Key_Down, SHIFT)
    qtbot.keyClick(panel.view, KEY.Key_Delete)
    assert names(panel) == [before[0], *before[3:]]
    assert caret(panel) == (3, URAIAN)
    session.undo()
    assert names(panel) == before


def test_del_in_the_months_takes_the_marks_and_leaves_the_action(
    session: Session, panel: SchedulePanel, qtbot: QtBot
) -> None:
    mark(session, panel, 2, 3, 4, 5)
    before = names(panel)
    panel.view.go_to(2, FIRST + 3)
    qtbot.keyClick(panel.view, KEY.Key_Delete)
    assert marked(panel, 2) == [3, 5]
    assert names(panel) == before
    qtbot.keyClick(panel.view, KEY.Key_Delete, CTRL)
    assert names(panel) == [before[0], *before[2:]]


def test_alt_and_arrows_reorder_and_the_caret_goes_with_the_action(
    session: Session, panel: SchedulePanel, qtbot: QtBot
) -> None:
    before = names(panel)
    panel.view.go_to(3, FIRST + 1)
    qtbot.keyClick(panel.view, KEY.Key_Up, ALT)
    assert names(panel)[:3] == [before[0], before[2], before[1]]
    assert caret(panel) == (2, FIRST + 1)
    qtbot.keyClick(panel.view, KEY.Key_Down, ALT)
    assert names(panel) == before
    assert caret(panel) == (3, FIRST + 1)
    session.undo()
    assert caret(panel) == (2, FIRST + 1)


def test_actions_are_copied_and_pasted_as_lines_of_text(session: Session, panel: SchedulePanel, qtbot: QtBot) -> None:
    before = names(panel)
    panel.view.go_to(1, URAIAN)
    qtbot.keyClick(panel.view, KEY.Key_Down, SHIFT)
    qtbot.keyClick(panel.view, KEY.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == f"{before[0]}\n{before[1]}"
    QGuiApplication.clipboard().setText("satu\r\ndua\r\ntiga\r\nempat\r\nlima\r\n")
    panel.view.go_to(7, URAIAN)
    qtbot.keyClick(panel.view, KEY.Key_V, CTRL)
    assert names(panel) == [*before, "satu", "dua", "tiga", "empat", "lima"]
    assert caret(panel)[0] == 12
    assert session.document.undo_label == "tempel aksi"
    session.undo()
    assert names(panel) == before
    assert caret(panel)[0] == 7


def test_cut_takes_the_actions_along(panel: SchedulePanel, qtbot: QtBot) -> None:
    before = names(panel)
    panel.view.go_to(1, URAIAN)
    qtbot.keyClick(panel.view, KEY.Key_X, CTRL)
    panel.view.go_to(2, URAIAN)
    qtbot.keyClick(panel.view, KEY.Key_V, CTRL)
    assert names(panel) == [before[1], before[2], before[0], *before[3:]]


def test_ctrl_d_copies_the_schedule_of_the_row_above(session: Session, panel: SchedulePanel, qtbot: QtBot) -> None:
    mark(session, panel, 1, 2, 3)
    panel.view.go_to(2, FIRST + 8)
    qtbot.keyClick(panel.view, KEY.Key_D, CTRL)
    assert marked(panel, 2) == [2, 3]
    panel.view.go_to(2, URAIAN)
    for _ in range(2):
        qtbot.keyClick(panel.view, KEY.Key_Down, SHIFT)
    qtbot.keyClick(panel.view, KEY.Key_D, CTRL)
    assert [marked(panel, row) for row in (2, 3, 4, 5)] == [[2, 3], [2, 3], [2, 3], []]


def test_alt_and_arrows_move_and_stretch_the_bar_of_the_caret(
    session: Session, panel: SchedulePanel, qtbot: QtBot
) -> None:
    mark(session, panel, 2, 9, 10)
    panel.view.go_to(2, FIRST + 8)
    for _ in range(3):
        qtbot.keyClick(panel.view, KEY.Key_Right, ALT)
    assert (marked(panel, 2), caret(panel)) == ([11, 12], (2, FIRST + 10))
    qtbot.keyClick(panel.view, KEY.Key_Left, ALT)
    qtbot.keyClick(panel.view, KEY.Key_Right, ALT | SHIFT)
    assert (marked(panel, 2), caret(panel)) == ([10, 11, 12], (2, FIRST + 9))
    for _ in range(4):
        qtbot.keyClick(panel.view, KEY.Key_Left, ALT | SHIFT)
    assert marked(panel, 2) == [10]


def test_a_click_elsewhere_stores_what_is_typed_and_keeps_the_focus_there(panel: SchedulePanel, qtbot: QtBot) -> None:
    other = QLineEdit(panel)
    other.show()
    panel.view.go_to(1, URAIAN)
    qtbot.keyClick(panel.view, KEY.Key_F2)
    editor = editor_of(panel)
    editor.selectAll()
    qtbot.keyClicks(editor, "Baru")
    other.setFocus()
    qtbot.waitUntil(lambda: names(panel)[0] == "Baru")
    assert editor_of(panel) is None
    assert other.hasFocus()


def test_the_position_is_chosen_from_the_list(session: Session, panel: SchedulePanel, qtbot: QtBot) -> None:
    jabatan = session.plan.all(Jabatan)[2]
    panel.view.go_to(1, PERSON)
    inherited = panel.model.index(1, PERSON).data()
    qtbot.keyClick(panel.view, KEY.Key_F2)
    box = editor_of(panel)
    assert box.currentIndex() == 0
    for _ in range(3):
        qtbot.keyClick(box, KEY.Key_Down)
    qtbot.keyClick(box, KEY.Key_Return)
    qtbot.waitUntil(lambda: panel.model.index(1, PERSON).data() == jabatan.nama)
    assert session.document.undo_label == "ubah penanggung jawab aksi, Inventarisasi UKM"
    panel.view.go_to(1, PERSON)
    panel.view.setFocus()
    qtbot.keyClick(panel.view, KEY.Key_Delete)
    assert panel.model.index(1, PERSON).data() == inherited
    assert len(names(panel)) == 7


def test_tab_runs_over_a_row_to_the_text_of_the_next(panel: SchedulePanel, qtbot: QtBot) -> None:
    panel.view.go_to(1, URAIAN)
    for _ in range(COLUMNS - URAIAN):
        qtbot.keyClick(panel.view, KEY.Key_Tab)
    assert caret(panel) == (2, URAIAN)
    qtbot.keyClick(panel.view, KEY.Key_Backtab)
    assert caret(panel) == (1, COLUMNS - 1)


def test_letters_in_the_months_change_and_move_nothing(panel: SchedulePanel, qtbot: QtBot) -> None:
    panel.view.go_to(1, FIRST + 4)
    qtbot.keyClicks(panel.view, "Mel")
    assert caret(panel) == (1, FIRST + 4)
    assert editor_of(panel) is None


def test_a_line_without_actions_says_how_to_begin_and_ins_begins(
    session: Session, panel: SchedulePanel, qtbot: QtBot, line: Anggaran
) -> None:
    session.edit("hapus", actions.remove(session.plan, session.plan.where(Aksi, "anggaran_id", line.id)))
    assert panel.hint.isVisible()
    assert panel.hint.text() == NO_ACTIONS
    qtbot.keyClick(panel.view, KEY.Key_Insert)
    panel.commit()
    assert not panel.hint.isVisible()
    assert panel.model.rowCount() == 2
    program = edits.add_anggaran(session.plan, session.dokumen_id, "program", None)
    session.edit("tambah program", program)
    panel.show_branch(program[-1].row)
    assert (panel.view.isVisible(), panel.hint.text()) == (False, NO_LINES)


def test_a_sasaran_shows_the_actions_of_the_lines_that_support_it(session: Session, panel: SchedulePanel) -> None:
    node = next(k for k in session.plan.all(Kinerja) if len(actions.lines_of(session.plan, k)) > 1)
    panel.show_branch(node)
    heads = [panel.model.group(row) for row in range(panel.model.rowCount())]
    assert [head.id for head in heads if head] == [line.id for line in actions.lines_of(session.plan, node)]
    first = panel.model.index(0, URAIAN)
    assert first.data() == heads[0].nama.strip()
    assert not first.flags() & Qt.ItemFlag.ItemIsEditable


def test_what_others_change_shows_and_the_caret_stays(session: Session, panel: SchedulePanel, line: Anggaran) -> None:
    panel.view.go_to(4, FIRST + 6)
    session.edit("tambah", actions.add(session.plan, line, None, [actions.PastedLine("Awal")]))
    assert names(panel)[0] == "Awal"
    assert caret(panel) == (5, FIRST + 6)
    session.undo()
    assert caret(panel) == (4, FIRST + 6)
    session.edit("hapus", edits.remove(session.plan, line))
    assert panel.model.rowCount() == 0
    panel.show_branch(line)
    assert panel.model.rowCount() == 0
    session.undo()
    panel.show_branch(session.plan.get(Anggaran, line.id))
    assert len(names(panel)) == 7


def test_each_cell_is_read_out(session: Session, panel: SchedulePanel) -> None:
    mark(session, panel, 2, 3)
    role = Qt.ItemDataRole.AccessibleTextRole
    spoken = [panel.model.index(2, column).data(role) for column in (URAIAN, FIRST + 2, FIRST + 3)]
    assert spoken == [
        "Aksi 2, Aksi: Melakukan persiapan kegiatan",
        "Aksi 2, Maret, dijadwalkan",
        "Aksi 2, April, tidak dijadwalkan",
    ]
    assert panel.model.index(0, URAIAN).data(role) == "Sub kegiatan Pemberdayaan melalui Kemitraan Usaha Mikro"


def test_the_model_keeps_the_contract_around_edits(session: Session, line: Anggaran) -> None:
    model = ScheduleModel(session)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.show_branch(line)
    model.add(1)
    model.move(1, 1)
    model.set_months({1: frozenset({2})})
    model.remove([1, 2])
    for _ in range(4):
        session.undo()
    assert model.rowCount() == 8
    assert tester


@pytest.mark.parametrize("width", [660, 1038, 1400])
def test_all_columns_are_in_sight_and_month_names_fit(panel: SchedulePanel, width: int) -> None:
    panel.resize(width, 420)
    view = panel.view
    QApplication.processEvents()
    last = view.columnViewportPosition(COLUMNS - 1) + view.columnWidth(COLUMNS - 1)
    assert last <= view.viewport().width()
    metrics = view.horizontalHeader().fontMetrics()
    for column in range(FIRST, COLUMNS):
        name = panel.model.headerData(column, Qt.Orientation.Horizontal)
        assert metrics.horizontalAdvance(name) <= view.columnWidth(column)
        assert month_at(column) == column - FIRST + 1


def test_a_bar_reads_in_grey(session: Session, panel: SchedulePanel) -> None:
    """A marked cell differs from an empty one in lightness and has edges, not only in hue."""
    mark(session, panel, 2, 5)
    image = panel.view.viewport().grab().toImage()

    def greys(month: int) -> set[int]:
        rect = panel.view.visualRect(panel.model.index(2, FIRST + month - 1)).adjusted(4, 4, -4, -4)
        inside = [
            image.pixelColor(x, y) for x in range(rect.left(), rect.right()) for y in range(rect.top(), rect.bottom())
        ]
        return {round(0.3 * c.red() + 0.59 * c.green() + 0.11 * c.blue()) for c in inside}

    assert max(greys(6)) - min(greys(6)) == 0
    assert max(greys(5)) - min(greys(5)) > 80


def test_a_mark_among_five_hundred_actions_concerns_its_own_row_and_its_group_only(
    session: Session, panel: SchedulePanel, line: Anggaran, qtbot: QtBot
) -> None:
    session.edit(
        "tempel", actions.paste_lines(session.plan, line, None, "\n".join(f"Aksi nomor {i}" for i in range(500)))
    )
    assert panel.model.rowCount() == 508
    changed: list[tuple[int, int]] = []
    panel.model.dataChanged.connect(lambda a, b: changed.append((a.row(), b.row())))
    resets: list[int] = []
    panel.model.modelReset.connect(lambda: resets.append(1))
    panel.view.go_to(250, FIRST + 3)
    qtbot.keyClick(panel.view, KEY.Key_Space)
    assert marked(panel, 250) == [4]
    assert resets == []
    assert changed == [(0, 0), (250, 250)]


def test_the_window_can_be_painted_cell_by_cell(panel: SchedulePanel) -> None:
    """The delegate needs nothing of a view but the option."""
    pixmap = QPixmap(100, 40)
    painter = QPainter(pixmap)
    option = QStyleOptionViewItem()
    option.rect = pixmap.rect()
    for column in range(COLUMNS):
        for row in (0, 1):
            panel.view.itemDelegate().paint(painter, option, panel.model.index(row, column))
    painter.end()
    assert not pixmap.isNull()


def test_selected_block_over_group_rows_marks_actions_only(
    session: Session, panel: SchedulePanel, qtbot: QtBot
) -> None:
    node = next(k for k in session.plan.all(Kinerja) if len(actions.lines_of(session.plan, k)) > 1)
    panel.show_branch(node)
    model = panel.model
    panel.view.go_to(1, FIRST)
    block = QItemSelection(model.index(0, FIRST), model.index(model.rowCount() - 1, FIRST))
    panel.view.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    qtbot.keyClick(panel.view, KEY.Key_Space)
    assert all(months_of(aksi) == {1} for row in range(model.rowCount()) if (aksi := model.action(row)) is not None)


def test_a_text_too_long_is_refused_with_a_sentence(session: Session, panel: SchedulePanel) -> None:
    said: list[str] = []
    session.failed.connect(said.append)
    assert not panel.model.setData(panel.model.index(1, URAIAN), "x" * 5000)
    assert len(said) == 1
    assert session.edit("apa", [Change(None, actions.add(session.plan, panel.model.line(1), None)[-1].row)])


def test_copied_month_cells_carry_their_marks(panel: SchedulePanel, session: Session, qtbot: QtBot) -> None:
    view = panel.view
    mark(session, panel, 1, 2, 3, 5)
    mark(session, panel, 2, 1, 4)
    mark(session, panel, 5, 1, 6, 12)
    mark(session, panel, 6, 7)
    view.go_to(1, FIRST + 1)
    for _ in range(4):
        qtbot.keyClick(view, KEY.Key_Right, SHIFT)
    qtbot.keyClick(view, KEY.Key_Down, SHIFT)
    qtbot.keyClick(view, KEY.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "x\tx\t-\tx\t-\n-\t-\tx\t-\t-"
    count = panel.model.rowCount()
    view.go_to(5, FIRST + 4)
    qtbot.keyClick(view, KEY.Key_V, CTRL)
    assert panel.model.rowCount() == count
    assert (marked(panel, 5), marked(panel, 6)) == ([1, 5, 6, 8, 12], [7])
    session.undo()
    assert (marked(panel, 5), marked(panel, 6)) == ([1, 6, 12], [7])
    view.go_to(5, URAIAN)
    qtbot.keyClick(view, KEY.Key_V, CTRL)
    assert panel.model.rowCount() == count


def test_one_mark_fills_the_selected_months(panel: SchedulePanel, session: Session, qtbot: QtBot) -> None:
    view = panel.view
    for row, months in ((1, [3]), (2, []), (3, [12])):
        mark(session, panel, row, *months)
    view.go_to(1, FIRST + 2)
    qtbot.keyClick(view, KEY.Key_C, CTRL)
    view.go_to(2, FIRST + 5)
    qtbot.keyClick(view, KEY.Key_Right, SHIFT)
    qtbot.keyClick(view, KEY.Key_Down, SHIFT)
    qtbot.keyClick(view, KEY.Key_V, CTRL)
    assert (marked(panel, 2), marked(panel, 3)) == ([6, 7], [6, 7, 12])
    view.go_to(2, FIRST + 5)
    qtbot.keyClick(view, KEY.Key_X, CTRL)
    assert marked(panel, 2) == [7]


def test_whole_rows_keep_their_schedule(panel: SchedulePanel, session: Session, qtbot: QtBot) -> None:
    view = panel.view
    mark(session, panel, 1, 2, 3)
    mark(session, panel, 2, 11)
    names = [panel.model.text(row, URAIAN) for row in (1, 2)]
    view.go_to(1, URAIAN)
    for _ in range(COLUMNS - URAIAN - 1):
        qtbot.keyClick(view, KEY.Key_Right, SHIFT)
    qtbot.keyClick(view, KEY.Key_Down, SHIFT)
    qtbot.keyClick(view, KEY.Key_C, CTRL)
    view.go_to(7, URAIAN)
    qtbot.keyClick(view, KEY.Key_V, CTRL)
    assert [panel.model.text(row, URAIAN) for row in (8, 9)] == names
    assert (marked(panel, 8), marked(panel, 9)) == ([2, 3], [11])
    view.go_to(8, URAIAN)
    qtbot.keyClick(view, KEY.Key_X, CTRL)
    assert panel.model.rowCount() == 9
    qtbot.keyClick(view, KEY.Key_V, CTRL)
    row = view.currentIndex().row()
    assert (panel.model.text(row, URAIAN), marked(panel, row)) == (names[0], [2, 3])
