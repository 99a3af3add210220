"""The list of forms: the row is shown, the box chooses for the bundle, and the buttons follow."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.ui.forms import shown_forms, wait_for_count
from ui.forms_view import FormsView
from ui.session import Session

FIRST, SECOND, STAFF, EMPTY = "bulanan-eselon-ii", "bulanan-eselon-iii", "bulanan-staf", "semula-menjadi"


@pytest.fixture
def view(session: Session, qtbot: QtBot) -> Iterator[FormsView]:
    with shown_forms(session, qtbot) as view:
        yield view


def click(view: FormsView, qtbot: QtBot, name: str, x: int) -> None:
    """On a row of the list, so many pixels from the left."""
    rect = view.list.visualRect(view.list._items[name].index())
    qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, rect.center().y()))


def test_space_ticks_and_says_how_many_pages(view: FormsView, qtbot: QtBot) -> None:
    wait_for_count(qtbot, view)
    assert view.summary.text() == ""
    view.list.setFocus()
    qtbot.keyClick(view.list, Qt.Key.Key_Space)
    assert view.list.ticked() == (FIRST,)
    assert view.summary.text() == "1 dipilih, 8 hlm."
    qtbot.keyClick(view.list, Qt.Key.Key_Down)
    qtbot.keyClick(view.list, Qt.Key.Key_Space)
    assert view.list.ticked() == (FIRST, SECOND)
    assert view.summary.text() == "2 dipilih, 25 hlm."
    assert view.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole).endswith(", dipilih")
    qtbot.keyClick(view.list, Qt.Key.Key_Space)
    assert view.list.ticked() == (FIRST,)


def test_a_click_on_a_box_ticks_and_leaves_what_is_shown(view: FormsView, qtbot: QtBot) -> None:
    click(view, qtbot, STAFF, 19)
    assert (view.name, view.list.ticked()) == (FIRST, (STAFF,))
    click(view, qtbot, STAFF, 60)
    assert (view.name, view.list.ticked()) == (STAFF, (STAFF,))


def test_a_form_without_content_cannot_be_ticked(view: FormsView, qtbot: QtBot) -> None:
    wait_for_count(qtbot, view)
    assert view.list.is_empty(EMPTY)
    click(view, qtbot, EMPTY, 19)
    view.list.actions()[0].trigger()
    assert EMPTY not in view.list.ticked()
    assert set(view.list.ticked()) >= {FIRST, SECOND, STAFF}
    view.list.actions()[1].trigger()
    assert view.list.ticked() == ()


def test_the_first_tick_turns_the_buttons_to_what_is_chosen(view: FormsView, qtbot: QtBot) -> None:
    box = view.settings.export
    assert (box.targets(), box.ticked.isEnabled()) == ((FIRST,), False)
    view.list.toggle(SECOND)
    view.list.toggle(STAFF)
    assert box.targets() == (SECOND, STAFF)
    assert box.ticked.text().replace("&", "") == "2 yang dipilih"
    assert box.notice.text().startswith("Eselon III masih memuat 2 galat.")
    box.this.click()
    assert box.targets() == (FIRST,)
    box.ticked.click()
    view.list.tick(())
    assert (box.targets(), box.this.isChecked()) == ((FIRST,), True)


def test_the_buttons_follow_the_formats_of_what_is_meant(view: FormsView, qtbot: QtBot) -> None:
    box = view.settings.export
    assert (box.xlsx.isEnabled(), box.docx.isVisible()) == (True, False)
    view.show_form("dokumen-lengkap")
    assert (box.xlsx.isEnabled(), box.docx.isVisible()) == (False, True)
    assert box.xlsx.toolTip() == "Formulir ini berupa naskah; tidak ada bentuk Excel-nya"
    view.list.tick((FIRST, "dokumen-lengkap"))
    assert box.targets_for("xlsx") == (FIRST,)
    assert box.xlsx.toolTip() == "1 dari 2 formulir yang dipilih ada bentuk Excel-nya"


def test_only_agreements_ask_for_the_other_party(view: FormsView) -> None:
    assert not view.settings.officials.isVisible()
    view.show_form("perjanjian-kinerja")
    assert view.settings.officials.isVisible()
    assert view.bar.title.text() == "Perjanjian kinerja, Eselon II"


def test_f6_goes_round_the_panes_from_left_to_right(view: FormsView) -> None:
    def places() -> list[int]:
        return [pane.mapTo(view, QPoint()).x() for pane in view.panes() if pane.isVisible()]

    assert len(places()) == 4
    view.bar.thumbs.trigger()
    assert len(places()) == 5
    assert places()[:4] == sorted(places()[:4])
    assert view.panes()[-1] is view.settings.export.pdf
