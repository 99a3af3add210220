"""The note `~$NAMA.db` beside an open plan is never offered as a plan; and a list of recent plans that is broken."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from answers import press_each
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QTreeView
from pytestqt.qtbot import QtBot
from shared_plan import QT_NOISE, a_window, shared_plan

from main import main
from models.presence import Presence, note_path
from services.compile import plans_in
from ui.choose_plan import HIDE, PLANS, choose_plan, plans_among
from ui.main_window import FORMULIR, MainWindow
from ui.recent import NOT_KEPT, NOT_READ, RecentPlans

pytestmark = pytest.mark.qt_log_ignore(QT_NOISE)
SENTENCE = "~$rencana.db bukan rencana, melainkan tanda bahwa rencana.db sedang dibuka. Bukalah rencana.db."


@pytest.fixture
def plan(published: Callable[[str], Path], tmp_path: Path) -> Path:
    """A plan with the note of another PC, and one whose name has the signs of notes in its midst."""
    path = shared_plan(published, tmp_path)
    shutil.copyfile(path, path.with_name("a~$b.db"))
    Presence(path).beat()
    return path


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with a_window() as window:
        yield window


def names(model: QAbstractItemModel, view: QTreeView) -> set[str]:
    root = view.rootIndex()
    return {str(model.index(row, 0, root).data()) for row in range(model.rowCount(root))}


@pytest.mark.skipif(PLANS == "Rencana Renaksi (*.db)", reason="Windows hides the notes itself")
def test_the_file_dialog_shows_plans_and_no_notes(plan: Path, qtbot: QtBot) -> None:
    assert note_path(plan).exists()
    dialog = QFileDialog(None, "Buka", str(plan.parent), PLANS)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setOption(HIDE)
    dialog.setViewMode(QFileDialog.ViewMode.Detail)
    qtbot.addWidget(dialog)
    dialog.show()
    view = dialog.findChild(QTreeView)
    assert view is not None
    model = view.model()
    qtbot.waitUntil(lambda: names(model, view) == {"rencana.db", "a~$b.db"})
    assert "Rencana Renaksi" in [box.currentText() for box in dialog.findChildren(QComboBox)]


def test_the_dialogs_of_the_program_use_that_filter(window: MainWindow, plan: Path) -> None:
    dialog = choose_plan(window, "Buka", plan.parent, lambda path: None)
    assert dialog.testOption(HIDE)
    assert dialog.nameFilters() == ["Rencana Renaksi"] or PLANS in dialog.nameFilters()
    dialog.close()


def test_opened_by_name_it_is_called_what_it_is(
    window: MainWindow, plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = press_each("Tutup")
    assert not window.open_plan(note_path(plan))
    assert said == [SENTENCE]
    assert RecentPlans().all() == ()
    assert main(["periksa", str(note_path(plan))]) == 2
    assert capsys.readouterr().err.strip() == SENTENCE


def test_dropped_or_in_a_folder_it_is_no_plan(plan: Path) -> None:
    note = note_path(plan)
    assert plans_among([plan, note]) == ([plan], SENTENCE)
    assert note not in plans_in(plan.parent)


@pytest.mark.parametrize("content", ["", "[1, 2", '{"a": 1}', None])
def test_a_broken_list_is_told_on_the_start_page_and_stops_nothing(
    window: MainWindow, plan: Path, data_folder: Path, content: str | None
) -> None:
    listed = data_folder / "terakhir.json"
    listed.parent.mkdir(parents=True, exist_ok=True)
    if content is None:
        # Neither read nor replaced, whoever the user is.
        (listed / "isi").mkdir(parents=True)
    else:
        listed.write_text(content, encoding="utf-8")
    window.show_start()
    assert window.start is not None
    assert window.start._empty.text() == NOT_READ
    note_path(plan).unlink()
    assert window.open_plan(plan)
    assert QApplication.activeModalWidget() is None
    if content is None:
        assert window.status.currentMessage() == NOT_KEPT
        window.show_start()
        assert window.session is None
        assert window.start._empty.text() == NOT_READ
    else:
        assert [each.path for each in RecentPlans().all()] == [plan]


def test_a_plan_that_was_left_in_the_forms_is_opened_there(window: MainWindow, plan: Path) -> None:
    note_path(plan).unlink()
    assert window.open_plan(plan)
    window.show_view(FORMULIR)
    window.show_start()
    assert window.open_plan(plan)
    assert window.bar.view() == FORMULIR
