"""The page viewer: all pages, lazily drawn, at every zoom, from the place that was looked at."""

from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from services.export import make_form, render
from services.samples import sample_plan
from tests.ui.wheel import turn_wheel
from ui import page_images
from ui.page_images import open_pages
from ui.page_layout import MARGIN, PageLayout, View
from ui.pdf_pages import draw_page, page_sizes
from ui.preview import STEPS, Preview
from ui.preview_bar import PreviewBar
from ui.tasks import wait_for_tasks
from ui.theme import apply_theme

Show = Callable[..., Preview]


@cache
def pdf_of(name: str = "bulanan-eselon-ii", paper: str = "F4") -> bytes:
    plan, dokumen_id = sample_plan()
    out = BytesIO()
    render(make_form(plan, dokumen_id, name, paper), "pdf", out)
    return out.getvalue()


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    """A preview in a window of its own, on screen and with its first pages drawn."""
    windows = []

    def shown(pdf: bytes = b"", width: int = 800, height: int = 600) -> Preview:
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(width, height)
        preview = Preview(window)
        preview.resize(window.size())
        window.show()
        qtbot.waitActive(window)
        preview.setFocus()
        preview.show_pages(open_pages(pdf or pdf_of(), preview.view()), keep_place=False)
        return preview

    yield shown
    assert wait_for_tasks()


def look(preview: Preview) -> QImage:
    return preview.viewport().grab().toImage()


def ink(image: QImage) -> int:
    """How many pixels are dark."""
    pixels = (image.pixelColor(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2))
    return sum(1 for pixel in pixels if pixel.lightness() < 100)


def test_all_pages_are_there_and_counted(show: Show) -> None:
    preview = show()
    assert (preview.page, preview.count) == (1, len(page_sizes(pdf_of())))
    assert preview.count == 8


def test_what_is_shown_is_the_page_itself(show: Show, qtbot: QtBot) -> None:
    preview = show(width=2600, height=800)
    preview.set_zoom(200)
    rect = preview.page_rect(1)
    qtbot.waitUntil(lambda: preview._images.at(0).width() == rect.width())
    seen = rect.intersected(preview.viewport().rect())
    shown = look(preview).copy(seen).convertToFormat(QImage.Format.Format_RGB32)
    page = draw_page(pdf_of(), 0, rect.width(), rect.height())
    assert shown == page.copy(seen.translated(-rect.topLeft()))


@pytest.mark.parametrize("dark", [False, True])
def test_pages_are_white_in_both_palettes(show: Show, qapp: QApplication, dark: bool) -> None:
    apply_theme(qapp, dark)
    preview = show()
    image = look(preview)
    assert image.pixelColor(preview.page_rect(1).topLeft() + QPoint(4, 4)) == QColor("white")
    assert image.pixelColor(2, 2) != QColor("white")
    apply_theme(qapp, False)


def test_the_page_fills_the_width_and_goes_on_doing_so(show: Show, qtbot: QtBot) -> None:
    preview = show()
    assert preview.page_rect(1).width() == preview.viewport().width() - 2 * MARGIN
    preview.resize(640, 500)
    assert preview.page_rect(1).width() == preview.viewport().width() - 2 * MARGIN


def test_keys_go_through_the_pages(show: Show, qtbot: QtBot) -> None:
    preview = show()
    qtbot.keyClick(preview, Qt.Key.Key_PageDown)
    assert 0 < preview.verticalScrollBar().value() < preview.viewport().height()
    qtbot.keyClick(preview, Qt.Key.Key_End)
    assert preview.page == 8
    assert preview.verticalScrollBar().value() == preview.verticalScrollBar().maximum()
    qtbot.keyClick(preview, Qt.Key.Key_PageUp)
    assert preview.verticalScrollBar().value() < preview.verticalScrollBar().maximum()
    qtbot.keyClick(preview, Qt.Key.Key_Home)
    assert (preview.page, preview.verticalScrollBar().value()) == (1, 0)


def test_a_page_at_a_time_where_one_fills_the_window(show: Show, qtbot: QtBot) -> None:
    preview = show()
    preview.set_zoom("page")
    assert preview.viewport().rect().contains(preview.page_rect(1))
    for page in (2, 3):
        qtbot.keyClick(preview, Qt.Key.Key_PageDown)
        assert preview.page == page
        assert preview.viewport().rect().contains(preview.page_rect(page))


def test_every_page_can_be_gone_to_even_where_several_are_seen_whole(show: Show) -> None:
    preview = show(width=900, height=1100)
    preview.set_zoom(50)
    for page in range(1, 9):
        preview.go_to(page)
        assert preview.page == page
        assert preview.viewport().rect().contains(preview.page_rect(page))


def test_only_pages_in_sight_and_their_neighbours_are_drawn(show: Show, qtbot: QtBot) -> None:
    preview = show(pdf_of("bulanan-eselon-iv"))
    with qtbot.waitSignal(preview._images.drawn):
        preview.go_to(10)
    qtbot.waitUntil(lambda: preview._images.at(8) is not None and preview._images.at(11) is not None)
    assert [page for page in range(preview.count) if preview._images.at(page)] == [0, 1, 8, 9, 10, 11]


def test_pictures_far_from_sight_are_forgotten_when_they_are_many(
    show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_images, "KEPT_BYTES", 6_000_000)
    preview = show(pdf_of("bulanan-eselon-iv"))
    for page in range(1, 15):
        preview.go_to(page)
        qtbot.waitUntil(lambda page=page: preview._images.at(page) is not None)
    assert preview._images.at(0) is None


def test_the_wheel_with_ctrl_zooms_and_what_is_under_it_stays(show: Show) -> None:
    preview = show()
    preview.set_zoom(100)
    preview.go_to(3)
    at, ctrl = (300, 200), Qt.KeyboardModifier.ControlModifier
    before = preview.page_rect(3)
    share = (at[1] - before.top()) / before.height()
    turn_wheel(preview.viewport(), 1, at, ctrl)
    after = preview.page_rect(3)
    assert preview.zoom == 125
    assert after.top() + share * after.height() == pytest.approx(at[1], abs=1)
    turn_wheel(preview.viewport(), -1, at, ctrl)
    assert preview.page_rect(3) == before


def test_the_wheel_alone_scrolls(show: Show) -> None:
    preview = show()
    turn_wheel(preview.viewport(), -1)
    assert preview.zoom == "width"
    assert preview.verticalScrollBar().value() > 0


def test_zoom_steps_end_at_both_ends(show: Show) -> None:
    preview = show()
    for _ in range(len(STEPS) + 2):
        preview.zoom_by(1)
    assert preview.zoom == STEPS[-1]
    for _ in range(len(STEPS) + 2):
        preview.zoom_by(-1)
    assert preview.zoom == STEPS[0]


def test_a_sharper_picture_follows_a_zoom(show: Show, qtbot: QtBot) -> None:
    preview = show()
    preview.set_zoom(200)
    qtbot.waitUntil(lambda: preview._images.at(0).width() == preview.page_rect(1).width())


def test_another_size_of_the_window_keeps_the_place(show: Show) -> None:
    preview = show()
    preview.verticalScrollBar().setValue(1234)
    place = preview.place
    preview.resize(500, 600)
    preview.resize(800, 600)
    assert preview.place.page == place.page
    assert preview.verticalScrollBar().value() == pytest.approx(1234, abs=2)


def test_new_pages_come_without_a_blank_moment(show: Show) -> None:
    preview = show()
    preview.go_to(5)
    before = ink(look(preview))
    preview.show_pages(open_pages(pdf_of(paper="A4"), preview.view()), keep_place=True)
    assert ink(look(preview)) > before / 2
    assert preview.page == 5


def test_fewer_pages_than_before_show_the_last_ones(show: Show) -> None:
    preview = show(pdf_of("bulanan-eselon-iv"))
    preview.go_to(20)
    preview.show_pages(open_pages(pdf_of(), preview.view()), keep_place=True)
    assert (preview.page, preview.count) == (8, 8)


def test_a_sentence_stands_in_place_of_the_pages(show: Show) -> None:
    preview = show()
    preview.show_message("Formulir ini tidak dapat disusun.")
    assert (preview.page, preview.count) == (0, 0)
    assert preview.message == "Formulir ini tidak dapat disusun."
    assert ink(look(preview)) > 0


@pytest.fixture
def bar(show: Show, qtbot: QtBot) -> PreviewBar:
    preview = show()
    bar = PreviewBar(preview, preview.window())
    bar.resize(800, bar.height())
    bar.show()
    bar._on_page_changed(preview.page, preview.count)
    return bar


def test_the_page_field_goes_to_a_page_and_follows(bar: PreviewBar, qtbot: QtBot) -> None:
    bar.page.setFocus()
    bar.page.selectAll()
    qtbot.keyClicks(bar.page, "6")
    qtbot.keyClick(bar.page, Qt.Key.Key_Return)
    assert bar._preview.page == 6
    bar._preview.go_to(2)
    assert (bar.page.value(), bar.count.text()) == (2, "dari 8")


def test_the_keys_of_the_bar_turn_pages_and_zoom(bar: PreviewBar, qtbot: QtBot) -> None:
    preview, ctrl, alt = bar._preview, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(preview, Qt.Key.Key_PageDown, alt)
    assert preview.page == 2
    qtbot.keyClick(preview, Qt.Key.Key_PageUp, alt)
    assert preview.page == 1
    qtbot.keyClick(preview, Qt.Key.Key_Plus, ctrl)
    assert bar.zoom.currentText() == "75%"
    qtbot.keyClick(preview, Qt.Key.Key_Minus, ctrl)
    assert bar.zoom.currentText() == "50%"
    qtbot.keyClick(preview, Qt.Key.Key_0, ctrl)
    assert bar.zoom.currentText() == "Selebar halaman"


def test_the_buttons_are_dead_at_the_ends(bar: PreviewBar, qtbot: QtBot) -> None:
    back, on = bar.actions()[:2]
    assert not back.isEnabled()
    qtbot.keyClick(bar._preview, Qt.Key.Key_End)
    assert back.isEnabled()
    assert not on.isEnabled()


sizes = st.lists(st.tuples(st.floats(50, 900), st.floats(50, 900)), min_size=1, max_size=12).map(tuple)
views = st.builds(
    View, st.integers(1, 2000), st.integers(1, 1500), st.just(1.0), st.sampled_from(["width", "page", *STEPS])
)


@given(sizes, views, st.integers(-50, 20_000))
def test_visible_pages_are_those_that_meet_the_window(
    sizes: tuple[tuple[float, float], ...], view: View, top: int
) -> None:
    layout = PageLayout(sizes, view)
    met = [
        page
        for page, rect in enumerate(layout.rects)
        if rect.top() < top + view.height and rect.top() + rect.height() > top
    ]
    assert list(layout.visible(top, view.height)) == met


@given(sizes, views, st.integers(0, 20_000))
def test_a_place_is_found_again(sizes: tuple[tuple[float, float], ...], view: View, y: int) -> None:
    layout = PageLayout(sizes, view)
    y = min(y, layout.height - 1)
    assert layout.y_of(layout.place_at(y)) == y
