"""The small pages beside the preview: drawn where they are seen, a click goes there, the page looked at is marked."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from services.forms.parts import PAPERS, Break, Form, Page, Text
from services.render.pdf import render_pdf
from tests.ui.forms import shown_forms
from ui.forms_view import FormsView
from ui.newest import Newest
from ui.page_images import Pages
from ui.page_thumbs import WIDTH, PageThumbs
from ui.pdf_pages import page_sizes
from ui.session import Session


@pytest.fixture
def view(session: Session, qtbot: QtBot) -> Iterator[FormsView]:
    with shown_forms(session, qtbot) as view:
        view.show_form("bulanan-eselon-iv")
        qtbot.waitUntil(lambda: view.shown_pages() == 21)
        yield view


def test_nothing_is_drawn_while_they_are_hidden(view: FormsView, qtbot: QtBot) -> None:
    view.preview.go_to(9)
    QApplication.processEvents()
    assert not view.thumbs.isVisible()
    assert view.thumbs.drawn() == []


def test_only_those_in_sight_are_drawn_and_the_page_looked_at_is_among_them(view: FormsView, qtbot: QtBot) -> None:
    view.preview.go_to(12)
    view.bar.thumbs.trigger()
    thumbs = view.thumbs
    assert thumbs.isVisible()
    assert thumbs.page == 12
    qtbot.waitUntil(lambda: 12 in thumbs.drawn())
    assert thumbs.viewport().rect().contains(thumbs.thumb_rect(12))
    assert 1 not in thumbs.drawn()
    assert QSettings().value("formulir/halaman-kecil") == "ya"


def test_a_click_and_the_keys_go_to_a_page(view: FormsView, qtbot: QtBot) -> None:
    view.bar.thumbs.trigger()
    thumbs = view.thumbs
    at = thumbs.thumb_rect(3).center()
    qtbot.mouseClick(thumbs.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert (view.preview.page, thumbs.page) == (3, 3)
    qtbot.keyClick(thumbs, Qt.Key.Key_Down)
    assert (view.preview.page, thumbs.page) == (4, 4)
    qtbot.keyClick(thumbs, Qt.Key.Key_End)
    assert (view.preview.page, thumbs.page) == (21, 21)
    assert thumbs.viewport().rect().contains(thumbs.thumb_rect(21))
    view.preview.go_to(2)
    assert thumbs.page == 2


def test_pages_of_every_shape_fit_the_list(qtbot: QtBot) -> None:
    upright, lying = Page(PAPERS["A4"], landscape=False), Page(PAPERS["A3"])
    form = Form("iku", "IKU", (Text("satu", 10), Break(lying, "dua"), Text("dua", 10)), upright)
    out = BytesIO()
    render_pdf(form, out)
    thumbs = PageThumbs()
    qtbot.addWidget(thumbs)
    thumbs.resize(WIDTH, 400)
    thumbs.show_pages(Pages(out.getvalue(), page_sizes(out.getvalue())))
    thumbs.show()
    one, other = thumbs.thumb_rect(1), thumbs.thumb_rect(2)
    assert one.height() > one.width()
    assert other.width() > other.height()
    assert other.width() / one.width() == pytest.approx(2, abs=0.05)
    room = thumbs.viewport().rect()
    assert room.left() < other.left() < one.left()
    assert one.right() < other.right() < room.right()


def test_work_that_is_not_wanted_any_more_stops(qtbot: QtBot) -> None:
    newest = Newest()
    results: list[str] = []
    newest.finished.connect(results.append)
    begun: list[str] = []

    def endless(step) -> str:
        begun.append("lama")
        while True:
            step(0, 1)

    newest.start(endless)
    qtbot.waitUntil(lambda: bool(begun))
    newest.start(lambda step: "baru")
    qtbot.waitUntil(lambda: results == ["baru"])
    newest.start(endless)
    newest.stop()
    qtbot.waitUntil(lambda: not newest.busy)
    assert results == ["baru"]
