"""The chart in the window, with the mouse and the keys of an officer."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from answers import press_each
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QNativeGestureEvent, QPixmap, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolTip
from pytestqt.qtbot import QtBot

from models.rows import Anggaran, Dukungan, Indikator, Kinerja
from services import edits
from services.bagan import key_of
from services.document import Document
from services.search import Hit
from ui import pohon_maker
from ui.main_window import FORMULIR, POHON, SUSUN, MainWindow
from ui.pohon_canvas import Canvas
from ui.pohon_menu import box_menu
from ui.pohon_paint import PX
from ui.pohon_view import PohonView
from ui.session import Session
from ui.tasks import wait_for_tasks
from ui.theme import DARK, LIGHT, apply_theme

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
NONE, CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
Key = Qt.Key


def settle(view: PohonView) -> None:
    """Let a chart that is on its way arrive."""
    while view._maker.busy:
        wait_for_tasks()
        QApplication.processEvents()
    QApplication.processEvents()


@pytest.fixture
def view(window: MainWindow) -> Iterator[PohonView]:
    window.show_view(POHON)
    assert window.pohon is not None
    settle(window.pohon)
    window.pohon.canvas.setFocus()
    yield window.pohon
    if window.pohon is not None:
        settle(window.pohon)


@pytest.fixture
def plan_session(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def number(view: PohonView, key: str) -> int:
    found = view.canvas.chart.spot_of(key)
    assert found is not None
    return found


def bring(view: PohonView, key: str) -> QRectF:
    """Scroll a box into sight; where it is."""
    view.canvas.show_box(number(view, key))
    return view.canvas.rect_of(number(view, key))


def middle(view: PohonView, key: str) -> QPoint:
    return bring(view, key).center().toPoint()


def click(view: PohonView, at: QPoint, button: Qt.MouseButton = LEFT) -> None:
    QTest.mouseClick(view.canvas.viewport(), button, NONE, at)
    settle(view)


def press(view: PohonView, key: Any, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(view.canvas, key, modifiers)
    settle(view)


def drag(view: PohonView, start: QPoint, end: QPoint, button: Qt.MouseButton = LEFT) -> None:
    ground = view.canvas.viewport()
    QTest.mousePress(ground, button, NONE, start)
    for share in (0.1, 0.5, 0.9, 1.0):
        QTest.mouseMove(ground, start + (end - start) * share)
        QApplication.processEvents()
    QTest.mouseRelease(ground, button, NONE, end)
    settle(view)


def pair_in_sight(view: PohonView, one: str, other: str) -> tuple[QPoint, QPoint]:
    """Zoom until two boxes are both in sight; where they are."""
    canvas = view.canvas
    canvas.fit()
    QApplication.processEvents()
    return canvas.rect_of(number(view, one)).center().toPoint(), canvas.rect_of(number(view, other)).center().toPoint()


def parent_and_child(view: PohonView, session: Session) -> tuple[Kinerja, Kinerja]:
    for spot in view.canvas.chart.spots:
        child = session.plan.find(Kinerja, spot.node.row_id)
        above = session.plan.find(Kinerja, child.induk_id) if child is not None else None
        if child is not None and above is not None and above.id in view.canvas.chart.at:
            return above, child
    raise AssertionError


def test_every_row_of_the_trees_is_seen_in_a_box(view: PohonView, plan_session: Session) -> None:
    for cls in (Kinerja, Anggaran, Indikator):
        for each in plan_session.plan.where(cls, "dokumen_id", plan_session.dokumen_id):
            assert view.canvas.chart.spot_of(each.id) is not None


def test_the_status_line_says_boxes_and_holes(view: PohonView, window: MainWindow) -> None:
    assert window.status.selection.text() == "106 kotak, 74 kekosongan"
    window.show_view(SUSUN)
    assert window.status.selection.text() == ""


def test_a_click_selects_in_the_trees_and_the_reverse(
    view: PohonView, window: MainWindow, plan_session: Session, qtbot: QtBot
) -> None:
    assert window.work is not None
    target = plan_session.plan.all(Kinerja)[8]
    click(view, middle(view, target.id))
    assert view.canvas.current_key() == target.id
    qtbot.waitUntil(lambda: window.work.tree.current_row() == target)
    assert view.canvas.hasFocus()
    line = next(each for each in plan_session.plan.all(Anggaran) if each.id in view.canvas.chart.at)
    window.work.show_row(line)
    assert view.canvas.current == number(view, line.id)


def test_an_indicator_is_followed_to_the_box_that_shows_it(view: PohonView, window: MainWindow) -> None:
    assert window.work is not None
    assert window.session is not None
    indikator = next(each for each in window.session.plan.all(Indikator) if each.kinerja_id)
    window.work.show_row(indikator)
    assert view.canvas.current_key() == indikator.kinerja_id


def test_the_arrows_go_along_the_branches(view: PohonView) -> None:
    chart = view.canvas.chart
    press(view, Key.Key_Home)
    assert view.canvas.current == 0
    press(view, Key.Key_Down)
    first = chart.spots[0].children[0]
    assert view.canvas.current == first
    press(view, Key.Key_Right)
    assert view.canvas.current == chart.spots[0].children[1]
    press(view, Key.Key_Left)
    press(view, Key.Key_Up)
    assert view.canvas.current == 0
    press(view, Key.Key_Right)
    assert chart.spots[view.canvas.current or 0].parent is None, "the next sasaran strategis"


def test_in_a_list_up_and_down_go_along_the_list(view: PohonView) -> None:
    chart = view.canvas.chart
    above = next(n for n, spot in enumerate(chart.spots) if spot.lists and len(spot.children) > 2)
    one, two, *_ = chart.spots[above].children
    view.canvas.choose(key_of(chart.spots[one].node))
    press(view, Key.Key_Down)
    assert view.canvas.current == two
    press(view, Key.Key_Up)
    press(view, Key.Key_Up)
    assert view.canvas.current == above
    press(view, Key.Key_Down)
    press(view, Key.Key_Left)
    assert view.canvas.current == above


def test_the_chosen_box_is_in_sight_and_read_out(view: PohonView) -> None:
    press(view, Key.Key_End)
    last = len(view.canvas.chart.spots) - 1
    assert view.canvas.current == last
    assert view.canvas.viewport().rect().contains(view.canvas.rect_of(last).topLeft().toPoint())
    assert view.canvas.chart.spots[last].node.text in view.canvas.accessibleDescription()


@pytest.mark.parametrize("how", ["double click", "F2", "Enter"])
def test_a_statement_is_edited_in_its_box(view: PohonView, plan_session: Session, how: str) -> None:
    target = plan_session.plan.all(Kinerja)[3]
    at = middle(view, target.id)
    if how == "double click":
        click(view, at)
        QTest.mouseDClick(view.canvas.viewport(), LEFT, NONE, at)
    else:
        click(view, at)
        press(view, Key.Key_F2 if how == "F2" else Key.Key_Return)
    assert view.editor.active
    assert view.editor.toPlainText() == target.uraian
    QTest.keyClicks(view.editor, "Usaha mikro naik kelas")
    QTest.keyClick(view.editor, Key.Key_Return)
    settle(view)
    assert plan_session.plan.get(Kinerja, target.id).uraian == "Usaha mikro naik kelas"
    assert plan_session.document.undo_label is not None
    assert not view.editor.active
    assert view.canvas.hasFocus()
    spot = view.canvas.chart.spots[number(view, target.id)]
    assert spot.node.text == "Usaha mikro naik kelas"
    QTest.keyClick(view.canvas, Key.Key_Z, CTRL)
    settle(view)
    assert plan_session.plan.get(Kinerja, target.id) == target


def test_esc_leaves_a_statement_as_it_was(view: PohonView, plan_session: Session) -> None:
    target = plan_session.plan.all(Kinerja)[3]
    click(view, middle(view, target.id))
    press(view, Key.Key_F2)
    QTest.keyClicks(view.editor, "Salah")
    QTest.keyClick(view.editor, Key.Key_Escape)
    assert not view.editor.active
    assert plan_session.document.undo_label is None


def test_what_is_typed_is_stored_when_another_view_is_shown(
    view: PohonView, window: MainWindow, plan_session: Session
) -> None:
    target = plan_session.plan.all(Kinerja)[3]
    click(view, middle(view, target.id))
    press(view, Key.Key_F2)
    QTest.keyClicks(view.editor, "Terisi")
    window.show_view(FORMULIR)
    assert plan_session.plan.get(Kinerja, target.id).uraian == "Terisi"


def test_a_text_that_is_too_long_is_refused_with_a_sentence(view: PohonView, plan_session: Session) -> None:
    said: list[str] = []
    plan_session.failed.connect(said.append)
    target = plan_session.plan.all(Kinerja)[3]
    click(view, middle(view, target.id))
    press(view, Key.Key_F2)
    view.editor.setPlainText("x" * 5000)
    QTest.keyClick(view.editor, Key.Key_Return)
    assert "terlalu panjang" in said[0]
    assert plan_session.plan.get(Kinerja, target.id) == target


def test_the_small_box_folds_a_branch(view: PohonView) -> None:
    before = len(view.canvas.chart.spots)
    first = view.canvas.chart.spots[0]
    key = key_of(first.node)
    bring(view, key)
    click(view, view.canvas.knob_of(0).center().toPoint())
    folded = view.canvas.chart.spots[0]
    assert folded.hidden > 0
    assert len(view.canvas.chart.spots) == before - folded.hidden
    assert "terlipat" in view.canvas.accessibleDescription()
    click(view, view.canvas.knob_of(0).center().toPoint())
    assert len(view.canvas.chart.spots) == before


def test_plus_and_minus_fold_by_key_and_ctrl_and_a_number_to_a_level(view: PohonView) -> None:
    before = len(view.canvas.chart.spots)
    press(view, Key.Key_Home)
    press(view, Key.Key_Minus)
    assert view.canvas.chart.spots[0].hidden > 0
    press(view, Key.Key_Plus)
    assert len(view.canvas.chart.spots) == before
    press(view, Key.Key_1, CTRL)
    assert all(spot.parent is None for spot in view.canvas.chart.spots)
    press(view, Key.Key_6, CTRL)
    assert len(view.canvas.chart.spots) == before


def test_a_row_in_a_folded_branch_is_unfolded_when_it_is_looked_for(view: PohonView, window: MainWindow) -> None:
    child = view.canvas.chart.spots[view.canvas.chart.spots[0].children[0]]
    view.canvas.choose(key_of(view.canvas.chart.spots[0].node))
    press(view, Key.Key_Minus)
    assert view.canvas.chart.spot_of(child.node.row_id) == 0
    table = Kinerja if child.node.table == "kinerja" else Anggaran
    window._on_found(Hit("Kinerja", table, child.node.row_id, child.node.text))
    settle(view)
    assert window.bar.view() == POHON, "the search leads into the chart"
    assert view.canvas.current_key() == child.node.row_id


def test_a_chart_may_begin_anywhere_and_go_back(view: PohonView) -> None:
    before = len(view.canvas.chart.spots)
    child = view.canvas.chart.spots[view.canvas.chart.spots[0].children[0]]
    click(view, middle(view, child.node.row_id))
    press(view, Key.Key_Home, CTRL)
    assert view.sight.start == child.node.row_id
    assert key_of(view.canvas.chart.spots[0].node) == child.node.row_id
    texts = [label.text() for label in view.bar.crumbs.findChildren(object) if hasattr(label, "text")]
    assert "Seluruh rencana" in texts
    press(view, Key.Key_Backspace)
    assert view.canvas.chart.spots[0].node.row_id == view.sight.start != child.node.row_id
    press(view, Key.Key_Escape)
    assert view.sight.start == ""
    assert len(view.canvas.chart.spots) == before


def test_a_search_leaves_a_part_of_the_chart(view: PohonView, plan_session: Session) -> None:
    press(view, Key.Key_Home)
    press(view, Key.Key_Home, CTRL)
    hidden = next(each for each in plan_session.plan.all(Kinerja) if each.id not in view.canvas.chart.at)
    view.show_row(hidden)
    settle(view)
    assert view.sight.start == ""
    assert view.canvas.current_key() == hidden.id


def test_a_drag_of_the_ground_pans_and_so_does_the_space_bar(view: PohonView) -> None:
    canvas = view.canvas
    canvas.set_zoom(1.5)
    across = canvas.horizontalScrollBar()
    across.setValue(across.maximum() // 2)
    ground = next(
        QPoint(x, y)
        for x in range(5, canvas.viewport().width(), 10)
        for y in range(5, canvas.viewport().height(), 10)
        if canvas.spot_at(QPointF(x, y)) is None and canvas.knob_at(QPointF(x, y)) is None
    )
    for how in ("ground", "middle", "space"):
        before, chosen = across.value(), canvas.current_key()
        at = ground if how == "ground" else canvas.rect_of(_any_in_sight(canvas)).center().toPoint()
        if how == "space":
            QTest.keyPress(canvas, Key.Key_Space)
        drag(view, at, at + QPoint(-60, 0), MIDDLE if how == "middle" else LEFT)
        if how == "space":
            QTest.keyRelease(canvas, Key.Key_Space)
        assert across.value() == before + 60, how
        assert canvas.current_key() == chosen, how


def _any_in_sight(canvas: Canvas) -> int:
    room = QRectF(canvas.viewport().rect()).adjusted(80, 40, -80, -40)
    return next(n for n in range(len(canvas.chart.spots)) if room.contains(canvas.rect_of(n).center()))


def test_the_wheel_zooms_about_the_pointer_with_ctrl_and_scrolls_without(view: PohonView) -> None:
    canvas = view.canvas
    canvas.set_zoom(1.0)
    at = QPointF(canvas.viewport().rect().center())
    origin = canvas.origin()
    point = (at.x() - origin.x()) / canvas.scale
    wheel(canvas, at, 120, CTRL)
    assert canvas.zoom == pytest.approx(1.2)
    assert view.bar.zoom.text() == "120%"
    assert abs(canvas.origin().x() + point * canvas.scale - at.x()) <= 2
    down = canvas.verticalScrollBar()
    before = down.value()
    wheel(canvas, at, -120, NONE)
    assert down.value() > before


def wheel(canvas: Canvas, at: QPointF, delta: int, modifiers: Qt.KeyboardModifier) -> None:
    event = QWheelEvent(
        at,
        QPointF(canvas.viewport().mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas.viewport(), event)


def test_the_zoom_has_keys_and_all_fits_into_the_window(view: PohonView) -> None:
    press(view, Key.Key_0, CTRL)
    assert view.canvas.zoom == 1.0
    press(view, Key.Key_Plus, CTRL)
    assert view.canvas.zoom > 1.0
    press(view, Key.Key_Minus, CTRL)
    press(view, Key.Key_Minus, CTRL)
    assert view.canvas.zoom < 1.0
    press(view, Key.Key_9, CTRL)
    room = QRectF(view.canvas.viewport().rect())
    assert all(room.contains(view.canvas.rect_of(n)) for n in range(len(view.canvas.chart.spots)))
    assert not view.canvas.horizontalScrollBar().maximum()


def test_a_box_that_cannot_be_read_tells_its_text(view: PohonView, qtbot: QtBot) -> None:
    from PySide6.QtGui import QHelpEvent

    view.canvas.fit()
    at = view.canvas.rect_of(0).center().toPoint()
    ground = view.canvas.viewport()
    QApplication.sendEvent(ground, QHelpEvent(QEvent.Type.ToolTip, at, ground.mapToGlobal(at)))
    qtbot.waitUntil(lambda: view.canvas.chart.spots[0].node.text in QToolTip.text())
    QToolTip.hideText()


def test_a_branch_is_carried_to_another_parent(view: PohonView, plan_session: Session) -> None:
    above, child = parent_and_child(view, plan_session)
    other = next(
        each
        for each in plan_session.plan.all(Kinerja)
        if each.tingkat == above.tingkat and each.id != above.id and each.id in view.canvas.chart.at
    )
    start, end = pair_in_sight(view, child.id, other.id)
    drag(view, start, end)
    assert plan_session.plan.get(Kinerja, child.id).induk_id == other.id
    assert (plan_session.document.undo_label or "").startswith("pindah ")
    assert view.canvas.current_key() == child.id
    press(view, Key.Key_Z, CTRL)
    assert plan_session.plan.get(Kinerja, child.id) == child


def test_a_refused_place_is_said_and_nothing_moves(view: PohonView, plan_session: Session) -> None:
    said: list[str] = []
    plan_session.failed.connect(said.append)
    above, child = parent_and_child(view, plan_session)
    start, end = pair_in_sight(view, above.id, child.id)
    drag(view, start, end)
    assert plan_session.document.undo_label is None
    assert said
    assert "tidak dapat diletakkan" in said[0]


def test_esc_lets_go_of_a_carried_branch(view: PohonView, plan_session: Session) -> None:
    above, child = parent_and_child(view, plan_session)
    other = next(e for e in plan_session.plan.all(Kinerja) if e.tingkat == above.tingkat and e.id != above.id)
    start, end = pair_in_sight(view, child.id, other.id)
    ground = view.canvas.viewport()
    QTest.mousePress(ground, LEFT, NONE, start)
    QTest.mouseMove(ground, start + QPoint(30, 0))
    QTest.mouseMove(ground, end)
    assert view.canvas.mouse.carried == child.id
    assert "Pindah ke bawah" in view.commands.judge(child.id, other.id).words
    view.grab()
    press(view, Key.Key_Escape)
    QTest.mouseRelease(ground, LEFT, NONE, end)
    assert not view.canvas.mouse.carried
    assert plan_session.document.undo_label is None


def test_a_budget_line_dropped_on_a_sasaran_is_linked(view: PohonView, plan_session: Session) -> None:
    plan = plan_session.plan
    boxed = {spot.node.row_id for spot in view.canvas.chart.spots}
    line = next(each for each in plan.all(Anggaran) if each.jenis == "program" and each.id in boxed)
    linked = {link.kinerja_id for link in plan.where(Dukungan, "anggaran_id", line.id)}
    node = next(k for k in plan.all(Kinerja) if k.tingkat == "sasaran_strategis" and k.id not in linked)
    start, end = pair_in_sight(view, line.id, node.id)
    drag(view, start, end)
    assert any(link.kinerja_id == node.id for link in plan_session.plan.where(Dukungan, "anggaran_id", line.id))
    assert (plan_session.document.undo_label or "").startswith("kaitkan ")
    assert len(view.canvas.chart.side) == 1, "it serves two now"


def test_a_branch_dropped_on_the_root_of_orphans_is_let_loose(view: PohonView, plan_session: Session) -> None:
    _, child = parent_and_child(view, plan_session)
    root = next(key_of(s.node) for s in view.canvas.chart.spots if not s.node.row_id)
    start, end = pair_in_sight(view, child.id, root)
    drag(view, start, end)
    assert plan_session.plan.get(Kinerja, child.id).induk_id is None


def test_a_child_is_added_and_named_in_the_chart(view: PohonView, window: MainWindow, plan_session: Session) -> None:
    press(view, Key.Key_Home)
    top = view.canvas.current_key()
    press(view, Key.Key_Insert, SHIFT)
    assert view.editor.active
    QTest.keyClicks(view.editor, "Sasaran baru")
    QTest.keyClick(view.editor, Key.Key_Return)
    settle(view)
    fresh = next(each for each in plan_session.plan.all(Kinerja) if each.uraian == "Sasaran baru")
    assert fresh.induk_id == top
    assert view.canvas.current_key() == fresh.id
    assert window.bar.view() == POHON
    QTest.keyClick(view.canvas, Key.Key_I, CTRL)
    settle(view)
    QTest.keyClicks(view.editor, "Ukuran baru")
    QTest.keyClick(view.editor, Key.Key_Return)
    settle(view)
    (measure,) = plan_session.plan.where(Indikator, "kinerja_id", fresh.id)
    assert measure.uraian == "Ukuran baru"
    assert window.bar.view() == POHON


def test_the_menus_of_the_window_work_on_the_chart(view: PohonView, window: MainWindow, plan_session: Session) -> None:
    above, child = parent_and_child(view, plan_session)
    click(view, middle(view, child.id))
    window.actions_._row("move_current", 1)
    settle(view)
    assert window.bar.view() == POHON
    window.actions_._add_level("sasaran_individu")
    settle(view)
    assert window.bar.view() == POHON
    assert view.editor.active
    view.editor.cancel()
    assert plan_session.plan.all(Kinerja)[-1].dokumen_id == above.dokumen_id


def test_the_menu_of_a_box_names_what_can_be_done(view: PohonView, plan_session: Session) -> None:
    above, _ = parent_and_child(view, plan_session)
    asked: list[object] = []
    view.canvas.menu_wanted.disconnect()
    view.canvas.command.disconnect()
    view.canvas.menu_wanted.connect(asked.append)
    view.canvas.command.connect(lambda name, number: asked.append(name))
    at = middle(view, above.id)
    ground = view.canvas.viewport()
    QApplication.sendEvent(ground, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, ground.mapToGlobal(at), NONE))
    assert asked == [ground.mapToGlobal(at)]
    assert view.canvas.current_key() == above.id
    press(view, Key.Key_Menu)
    assert asked[-1] == "menu"
    menu = box_menu(view)
    texts = [action.text().replace("&", "").split("\t")[0] for action in menu.actions()]
    assert {"Ganti nama", "Tambah indikator", "Kaitkan...", "Mulai dari sini", "Lipat cabang", "Hapus..."} <= set(texts)
    next(each for each in menu.actions() if "Lipat" in each.text()).trigger()
    settle(view)
    assert view.canvas.chart.spots[number(view, above.id)].hidden
    menu.deleteLater()


def test_an_indicator_is_renamed_from_the_menu(view: PohonView, plan_session: Session) -> None:
    owner = next(spot.node for spot in view.canvas.chart.spots if spot.node.measures)
    click(view, middle(view, owner.row_id))
    view.edit_measure(owner.measures[0].row_id)
    assert view.editor.toPlainText() == owner.measures[0].text
    QTest.keyClicks(view.editor, "Persentase lain")
    QTest.keyClick(view.editor, Key.Key_Return)
    settle(view)
    assert plan_session.plan.get(Indikator, owner.measures[0].row_id).uraian == "Persentase lain"


def test_holes_are_marked_listed_and_led_to(view: PohonView, plan_session: Session) -> None:
    loose = next(hole for hole in view._holes if hole.kode == "INDUK-KOSONG" and hole.is_box)
    spot = view.canvas.chart.spots[number(view, loose.row_id)]
    assert "Tanpa induk" in spot.box.marks
    assert view.bar.holes.text() == "74 kekosongan"
    menu = view.bar.holes_menu()
    titles = [action.text() for action in menu.actions()]
    assert titles == ["Tanpa induk (44)", "Tanpa penanggung jawab (26)", "Indikator tanpa anggaran (4)"]
    menu.findChildren(QMenu)[0].actions()[0].trigger()
    settle(view)
    assert view.canvas.current is not None
    assert "Tanpa induk" in view.canvas.chart.spots[view.canvas.current].box.marks
    view.bar.marks.click()
    settle(view)
    assert not any(each.box.marks for each in view.canvas.chart.spots)
    assert view.bar.holes.text() == "74 kekosongan"


def test_a_hole_that_is_filled_goes_from_the_chart(view: PohonView, plan_session: Session) -> None:
    loose = next(hole for hole in view._holes if hole.kode == "INDUK-KOSONG" and hole.is_box)
    top = next(each for each in plan_session.plan.all(Kinerja) if each.tingkat == "sasaran_strategis")
    start, end = pair_in_sight(view, loose.row_id, top.id)
    drag(view, start, end)
    assert plan_session.plan.get(Kinerja, loose.row_id).induk_id == top.id
    assert not any(hole.row_id == loose.row_id and hole.kode == "INDUK-KOSONG" for hole in view._holes)
    assert view.summary().endswith(f"{len(view._holes)} kekosongan")


def test_an_edit_elsewhere_is_seen_when_the_chart_is_shown_again(
    view: PohonView, window: MainWindow, plan_session: Session
) -> None:
    target = plan_session.plan.all(Kinerja)[2]
    window.show_view(SUSUN)
    chart = view.canvas.chart
    plan_session.edit("ubah uraian", edits.set_field(target, "uraian", "Diubah di Susun"))
    assert view.canvas.chart is chart, "nothing is made while it is hidden"
    window.show_view(POHON)
    settle(view)
    assert view.canvas.chart.spots[number(view, target.id)].node.text == "Diubah di Susun"


def test_only_the_box_that_changes_is_set_anew(view: PohonView, plan_session: Session) -> None:
    target = plan_session.plan.all(Kinerja)[2]
    before = {spot.node.row_id: spot.box for spot in view.canvas.chart.spots if spot.node.row_id}
    plan_session.edit("ubah uraian", edits.set_field(target, "uraian", "Lain"))
    settle(view)
    after = {spot.node.row_id: spot.box for spot in view.canvas.chart.spots if spot.node.row_id}
    assert {key for key in after if after[key] is not before.get(key)} == {target.id}


def test_the_box_in_hand_stays_where_it_is_while_the_chart_grows(view: PohonView, plan_session: Session) -> None:
    view.canvas.set_zoom(1.0)
    above, child = parent_and_child(view, plan_session)
    click(view, middle(view, child.id))
    there = view.canvas.rect_of(number(view, child.id)).topLeft()
    for _ in range(3):
        plan_session.edit("tambah", edits.add_kinerja(plan_session.plan, above.dokumen_id, child.tingkat, above))
    settle(view)
    moved = view.canvas.rect_of(number(view, child.id)).topLeft() - there
    assert abs(moved.x()) <= 1
    assert abs(moved.y()) <= 1


def test_printing_leads_to_the_form(view: PohonView, window: MainWindow) -> None:
    view.bar.print.click()
    assert window.bar.view() == FORMULIR
    assert window.forms is not None
    assert window.forms.name == "pohon-kinerja"


def test_from_a_box_to_its_row_in_susun(view: PohonView, window: MainWindow, plan_session: Session) -> None:
    target = plan_session.plan.all(Kinerja)[4]
    click(view, middle(view, target.id))
    view.open_in_trees()
    assert window.bar.view() == SUSUN
    assert window.work is not None
    assert window.work.tree.current_row() == target


def test_f6_goes_round_the_chart_and_its_bar(view: PohonView, window: MainWindow) -> None:
    window.cycle_focus(1)
    assert view.bar.marks.hasFocus()
    window.cycle_focus(1)
    assert view.canvas.hasFocus()


def test_every_control_of_the_bar_has_a_name(view: PohonView) -> None:
    bar = view.bar
    for button in (bar.holes, bar.nearer, bar.farther, bar.zoom, bar.fit, bar.print):
        assert button.accessibleName()
    assert view.canvas.accessibleName() == "Bagan pohon kinerja"


@pytest.mark.parametrize("dark", [False, True])
def test_boxes_are_drawn_in_both_palettes_at_every_zoom(view: PohonView, qapp: QApplication, dark: bool) -> None:
    apply_theme(qapp, dark)
    palette = DARK if dark else LIGHT
    try:
        for zoom in (1.0, 0.5, 0.2):
            view.canvas.set_zoom(zoom)
            view.canvas.show_box(0)
            picture = view.canvas.viewport().grab().toImage()
            rect = view.canvas.rect_of(0).toRect()
            inside = {picture.pixelColor(x, rect.bottom() - 3).name() for x in range(rect.left() + 3, rect.right() - 3)}
            assert (
                palette.text.name()
                in {
                    picture.pixelColor(x, y).name()
                    for x in range(rect.left(), rect.right())
                    for y in range(rect.top(), rect.bottom())
                }
                or zoom == 0.2
            )
            assert inside, zoom
            assert picture.pixelColor(2, picture.height() - 3).name() == palette.window.name()
    finally:
        apply_theme(qapp, False)


def test_text_is_readable_on_every_band() -> None:
    from services.pohon.scene import COLOURS
    from ui.pohon_colours import band_colour

    for level in COLOURS:
        for dark, palette in ((False, LIGHT), (True, DARK)):
            assert contrast(palette.text, band_colour(level, dark=dark)) >= 4.5, (level, dark)


def contrast(one: Any, other: Any) -> float:
    def light(colour: Any) -> float:
        parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.getRgbF()[:3]]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    a, b = sorted((light(one), light(other)), reverse=True)
    return (a + 0.05) / (b + 0.05)


def test_no_text_runs_out_of_its_box(view: PohonView) -> None:
    for spot in view.canvas.chart.spots:
        for text in spot.box.texts:
            assert text.x + text.font.width(text.text) <= spot.box.width + 0.01
            assert text.y <= spot.box.height


def test_pictures_are_kept_until_the_zoom_changes(view: PohonView) -> None:
    view.canvas.set_zoom(1.0)
    view.canvas.viewport().grab()
    pictures = view.canvas._pictures
    before = {key: value[2].cacheKey() for key, value in pictures._kept.items()}
    assert before
    view.canvas.pan(-1, 0)
    view.canvas.viewport().grab()
    after = {key: value[2].cacheKey() for key, value in pictures._kept.items()}
    assert before.items() <= after.items()
    spot = view.canvas.chart.spots[0]
    picture = pictures.of(spot, (), pictures._look)  # type: ignore[arg-type]
    assert isinstance(picture, QPixmap)
    assert picture.width() == round(spot.box.width * PX * view.canvas.devicePixelRatioF())


def test_an_empty_plan_says_how_to_begin(window: MainWindow, tmp_path: Path) -> None:
    with Document.create(tmp_path / "baru.db") as document:
        plan = document.plan
        from models.changes import Change
        from models.rows import Opd

        opd = Opd(id="opd", urutan=1, nama="Dinas")
        document.edit("mulai", [Change(None, opd)])
        document.edit("mulai", edits.new_dokumen(plan, "opd", judul="Rencana", tahun=2026))
        document.file.publish()
    window.close_plan()
    assert window.open_plan(tmp_path / "baru.db")
    window.show_view(POHON)
    view = window.pohon
    assert view is not None
    settle(view)
    assert view.empty.isVisible()
    assert view.panes() == (view.empty.first,)
    QTest.mouseClick(view.empty.first, LEFT)
    settle(view)
    assert view.canvas.isVisible()
    assert view.editor.active
    QTest.keyClicks(view.editor, "Rakyat sejahtera")
    QTest.keyClick(view.editor, Key.Key_Return)
    settle(view)
    assert [spot.node.text for spot in view.canvas.chart.spots] == ["Rakyat sejahtera"]


def test_a_large_chart_is_made_beside_the_window(
    view: PohonView, plan_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pohon_maker, "AT_ONCE", 0)
    begun: list[bool] = []
    view._maker.begun.connect(lambda: begun.append(view._maker.busy))
    target = plan_session.plan.all(Kinerja)[3]
    chart = view.canvas.chart
    plan_session.edit("ubah uraian", edits.set_field(target, "uraian", "Satu"))
    plan_session.edit("ubah uraian", edits.set_field(plan_session.plan.get(Kinerja, target.id), "uraian", "Dua"))
    assert begun
    assert view.canvas.chart is chart, "the old one is shown meanwhile"
    settle(view)
    assert view.canvas.chart.spots[number(view, target.id)].node.text == "Dua"
    press(view, Key.Key_Home)
    press(view, Key.Key_Minus)
    assert view.canvas.chart.spots[0].hidden
    press(view, Key.Key_Plus)
    press(view, Key.Key_Insert, SHIFT)
    assert view.editor.active, "the editor opens as soon as the new box is there"
    QTest.keyClicks(view.editor, "Baru")
    QTest.keyClick(view.editor, Key.Key_Return)
    settle(view)
    assert any(spot.node.text == "Baru" for spot in view.canvas.chart.spots)


def test_the_plan_may_be_closed_while_a_chart_is_made(
    view: PohonView, window: MainWindow, plan_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pohon_maker, "AT_ONCE", 0)
    target = plan_session.plan.all(Kinerja)[3]
    plan_session.edit("ubah uraian", edits.set_field(target, "uraian", "Satu"))
    window.close_plan()
    wait_for_tasks()
    QApplication.processEvents()
    assert window.pohon is None


def test_a_branch_is_deleted_after_a_question(
    view: PohonView, window: MainWindow, plan_session: Session, qtbot: QtBot
) -> None:
    above, child = parent_and_child(view, plan_session)
    click(view, middle(view, child.id))
    said = press_each("Hapus")
    press(view, Key.Key_Delete)
    assert said
    assert plan_session.plan.find(Kinerja, child.id) is None
    assert child.id not in view.canvas.chart.at
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press(view, Key.Key_Z, CTRL)
    assert view.canvas.current_key() == child.id
    assert plan_session.plan.get(Kinerja, child.id).induk_id == above.id


def test_a_branch_is_cut_and_pasted_below_another(view: PohonView, plan_session: Session) -> None:
    above, child = parent_and_child(view, plan_session)
    other = next(k for k in plan_session.plan.all(Kinerja) if k.tingkat == above.tingkat and k.id != above.id)
    click(view, middle(view, child.id))
    press(view, Key.Key_X, CTRL)
    click(view, middle(view, other.id))
    press(view, Key.Key_V, CTRL)
    assert plan_session.plan.get(Kinerja, child.id).induk_id == other.id
    assert view.canvas.current_key() == child.id


def test_a_branch_let_go_where_it_stands_stays(view: PohonView, plan_session: Session) -> None:
    above, child = parent_and_child(view, plan_session)
    start, end = pair_in_sight(view, child.id, above.id)
    drag(view, start, end)
    assert plan_session.document.undo_label is None


def test_siblings_change_places_by_key(view: PohonView, plan_session: Session) -> None:
    above, child = parent_and_child(view, plan_session)
    before = [k.id for k in plan_session.plan.where(Kinerja, "induk_id", above.id)]
    click(view, middle(view, child.id))
    at = before.index(child.id)
    press(view, Key.Key_Down if at == 0 else Key.Key_Up, ALT)
    after = [k.id for k in plan_session.plan.where(Kinerja, "induk_id", above.id)]
    assert after != before
    assert sorted(after) == sorted(before)
    assert view.canvas.current_key() == child.id


def test_ctrl_f_leads_to_a_box(view: PohonView, window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, Key.Key_F, CTRL)
    finder = window.bar.finder
    qtbot.waitUntil(finder.hasFocus)
    QTest.keyClicks(finder, "Legalitas Formal Koperasi")
    qtbot.waitUntil(lambda: finder.popup is not None and finder.popup.isVisible())
    QTest.keyClick(finder, Key.Key_Return)
    settle(view)
    number = view.canvas.current
    assert number is not None
    assert "Legalitas Formal Koperasi" in view.canvas.chart.spots[number].node.text
    assert window.bar.view() == POHON
    assert view.canvas.hasFocus()


def test_a_pinch_zooms(view: PohonView) -> None:
    at = QPointF(view.canvas.viewport().rect().center())
    view.canvas.set_zoom(1.0)
    pinch = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        at,
        at,
        QPointF(view.canvas.viewport().mapToGlobal(at.toPoint())),
        0.25,
        QPointF(),
    )
    QApplication.sendEvent(view.canvas.viewport(), pinch)
    assert view.canvas.zoom == pytest.approx(1.25)


def test_holes_of_the_part_that_is_shown_are_counted(view: PohonView, window: MainWindow) -> None:
    whole = len(view._holes)
    spots = view.canvas.chart.spots
    start = next(s.node for s in spots if s.node.row_id and s.parent is None and s.node.children)
    view.show_key(start.row_id)
    view.start_here()
    settle(view)
    shown = view.shown_holes()
    assert 0 < len(shown) < whole
    assert all(view.canvas.chart.spot_of(hole.row_id) is not None for hole in shown if hole.is_box)
    assert window.status.selection.text().endswith(f"kotak, {len(shown)} kekosongan")
    assert view.bar.holes.text() == f"{len(shown)} kekosongan"
    view.start_above()
    settle(view)
    assert view.bar.holes.text() == f"{whole} kekosongan"


def test_the_place_under_the_pointer_stays_while_zooming_from_all_of_it(view: PohonView) -> None:
    canvas = view.canvas
    canvas.fit()
    QApplication.processEvents()
    for spot in (0, len(canvas.chart.spots) - 1):
        canvas.fit()
        QApplication.processEvents()
        at = canvas.rect_of(spot).center()
        for turns in (1, 1, 3, -2, -1):
            canvas.zoom_by(turns, at)
            QApplication.processEvents()
            assert (canvas.rect_of(spot).center() - at).manhattanLength() <= 4
    canvas.fit()
    QApplication.processEvents()
    assert all(canvas.viewport().rect().contains(canvas.rect_of(n).toRect()) for n in range(len(canvas.chart.spots)))


def test_undo_and_redo_of_a_text_show_where(view: PohonView, plan_session: Session) -> None:
    boxes = [spot.node.row_id for spot in view.canvas.chart.spots if plan_session.plan.find(Kinerja, spot.node.row_id)]
    first, last = boxes[0], boxes[-1]
    row = plan_session.plan.get(Kinerja, last)
    plan_session.edit("ubah uraian", edits.set_field(row, "uraian", "Lain"))
    settle(view)
    for again in (plan_session.undo, plan_session.redo):
        view.show_key(first)
        settle(view)
        again()
        settle(view)
        assert view.canvas.current_key() == last


def test_esc_in_a_new_box_takes_it_back(view: PohonView, plan_session: Session) -> None:
    before = len(plan_session.document.done)
    for command in (view.commands.add_like_current, view.commands.add_child):
        command()
        settle(view)
        assert view.editor.active
        assert len(plan_session.document.done) == before + 1
        QTest.keyClick(view.editor, Key.Key_Escape)
        settle(view)
        assert len(plan_session.document.done) == before
    view.commands.rename_current()
    QTest.keyClick(view.editor, Key.Key_Escape)
    settle(view)
    assert len(plan_session.document.done) == before
    view.commands.add_like_current()
    settle(view)
    QTest.keyClicks(view.editor, "Kotak baru")
    QTest.keyClick(view.editor, Key.Key_Return)
    settle(view)
    view.commands.rename_current()
    QTest.keyClick(view.editor, Key.Key_Escape)
    settle(view)
    assert len(plan_session.document.done) == before + 2
