"""A double click on a cell of the preview leads to the place in Susun that it shows."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from models.rows import Anggaran, Kinerja
from services.cell_places import CellPlace, PagePlaces, cell_places
from services.month_grid import FIRST_MONTH
from ui.form_source import dressed
from ui.forms_view import FormsView
from ui.main_window import FORMULIR, SUSUN, MainWindow
from ui.preview_cells import HINT, NOT_STORED

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
Click = Callable[[str], None]
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def forms(window: MainWindow, qtbot: QtBot) -> FormsView:
    """The monthly form, drawn."""
    window.show_form("bulanan-eselon-ii")
    assert window.forms is not None
    forms = window.forms
    qtbot.waitUntil(lambda: forms.shown_pages() > 0, timeout=30_000)
    return forms


def point_of(forms: FormsView, page: PagePlaces, cell: CellPlace) -> QPoint:
    """The middle of a cell's first line on the first page, in the viewport."""
    rect = forms.preview.page_rect(1)
    x = (cell.x + cell.width / 2) / page.width * rect.width()
    y = (cell.y + min(cell.height / 2, 8)) / page.height * rect.height()
    return rect.topLeft() + QPoint(round(x), round(y))


@pytest.fixture
def click(forms: FormsView, qtbot: QtBot) -> Click:
    """Double-click the first cell whose key ends so."""
    page = cell_places(dressed(forms.session, forms.name).form)[0]

    def do(ending: str) -> None:
        cell = next(c for c in page.cells if c.key.endswith(ending))
        with qtbot.waitSignal(forms.cell_wanted, timeout=30_000) as wanted:
            qtbot.mouseDClick(forms.preview.viewport(), LEFT, NONE, point_of(forms, page, cell))
        assert wanted.args == [cell.key]

    return do


def test_an_amount_leads_to_its_month_in_the_grid(window: MainWindow, click: Click) -> None:
    click("/kas.b03")
    assert window.bar.view() == SUSUN
    assert window.work is not None
    row = window.work.tree.current_row()
    assert isinstance(row, Anggaran)
    caret = window.work.grid.view.grid_cursor.caret
    assert caret is not None
    assert window.work.grid.model.line(caret[0]).row_id == row.id
    assert caret[1] == FIRST_MONTH + 2


def test_a_name_leads_to_its_row_in_the_tree(window: MainWindow, forms: FormsView, click: Click) -> None:
    assert forms.bar.rest.text() == HINT
    click("/uraian")
    assert window.work is not None
    assert window.work.tree.view.hasFocus()
    assert isinstance(window.work.tree.current_row(), Kinerja)


def test_the_margin_leads_nowhere_and_says_so(window: MainWindow, forms: FormsView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(forms.cell_wanted, timeout=30_000) as wanted:
        corner = forms.preview.page_rect(1).topLeft() + QPoint(4, 4)
        qtbot.mouseDClick(forms.preview.viewport(), LEFT, NONE, corner)
    assert wanted.args == [""]
    assert window.bar.view() == FORMULIR
    assert window.status.currentMessage() == NOT_STORED
