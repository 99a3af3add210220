"""A file for each position, and the chart as a picture, from the view of the forms."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from models.rows import Jabatan
from services.export import position_file_name
from tests.ui.forms import in_dialog, shown_forms, text_of
from ui.forms_view import FormsView
from ui.session import Session

AGREEMENT, SHEETS, CHART = "perjanjian-kinerja", "indikator-individu", "pohon-kinerja"


@pytest.fixture
def view(session: Session, qtbot: QtBot) -> Iterator[FormsView]:
    with shown_forms(session, qtbot) as view:
        yield view


def choose(folder: Path):
    def accept(dialog: QDialog) -> None:
        dialog.setDirectory(str(folder.parent))
        dialog.selectFile(str(folder))
        dialog.accept()

    return accept


@pytest.mark.parametrize("name", [AGREEMENT, SHEETS])
def test_the_button_writes_a_file_for_each_position(
    view: FormsView, session: Session, qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "jabatan"
    folder.mkdir()
    view.show_form(name)
    button = view.settings.export.positions
    assert button.isVisible()
    in_dialog(choose(folder))
    with qtbot.waitSignal(view.message, timeout=20_000) as said:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    positions = session.plan.where(Jabatan, "dokumen_id", session.dokumen_id)
    wanted = sorted(position_file_name(session.plan, each, name) for each in positions)
    assert sorted(path.name for path in folder.iterdir()) == wanted
    assert said.args[0] == f"{len(wanted)} berkas disimpan di {folder}"
    assert positions[1].nama in text_of(folder / position_file_name(session.plan, positions[1], name))


def test_only_forms_that_are_made_so_offer_it(view: FormsView) -> None:
    box = view.settings.export
    offered = {}
    for name in (AGREEMENT, SHEETS, CHART, "iku"):
        view.show_form(name)
        offered[name] = (box.positions.isVisible(), box.svg.isVisible(), box.png.isVisible())
    assert offered == {
        AGREEMENT: (True, False, False),
        SHEETS: (True, False, False),
        CHART: (False, True, True),
        "iku": (False, False, False),
    }
    view.show_form(AGREEMENT)
    view.list.tick((AGREEMENT,))
    assert not box.positions.isVisible(), "those that are ticked are meant, not this one"


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_the_chart_is_saved_as_a_picture(view: FormsView, qtbot: QtBot, tmp_path: Path, kind: str) -> None:
    view.show_form(CHART)
    path = tmp_path / f"bagan.{kind}"

    def save(dialog: QDialog) -> None:
        dialog.selectFile(str(path))
        dialog.accept()

    in_dialog(save)
    with qtbot.waitSignal(view.message, timeout=20_000) as said:
        qtbot.mouseClick(getattr(view.settings.export, kind), Qt.MouseButton.LeftButton)
    assert said.args[0].startswith(f"Pohon kinerja disimpan ke {path}")
    assert path.read_bytes()[:5] in (b"<svg ", b"\x89PNG\r")
