"""Atur kop: lines and logo, stored as one action; only a small PNG or JPEG picture is taken."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from models.errors import PlanError
from models.rows import Kop
from services.forms.settings import logo_of
from tests.ui.forms import in_dialog, shown_forms, text_of
from ui.letterhead_dialog import MOST_BYTES, MOST_PIXELS, LetterheadDialog, read_logo
from ui.session import Session


@pytest.fixture
def dialog(session: Session, qtbot: QtBot) -> Iterator[LetterheadDialog]:
    dialog = LetterheadDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    dialog.close()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    image = QImage(1200, 900, QImage.Format.Format_RGB32)
    image.fill(QColor("#1F6B3A"))
    path = tmp_path / "logo.jpg"
    assert image.save(str(path))
    return path


def kop(session: Session) -> Kop:
    return session.plan.all(Kop)[0]


def test_it_begins_with_government_and_agency_and_stores_one_action(dialog: LetterheadDialog, session: Session) -> None:
    assert dialog.text()[0] == "PEMERINTAH KABUPATEN BULELENG"
    before = session.document.undo_label
    dialog.lines.appendPlainText("  Jalan Ngurah Rai   1, Singaraja \n\n")
    dialog.accept()
    assert kop(session).baris.splitlines()[2:] == ["Jalan Ngurah Rai 1, Singaraja"]
    assert session.document.undo_label == "ubah kop surat"
    session.undo()
    assert session.plan.all(Kop) == ()
    assert session.document.undo_label == before


def test_a_picture_is_kept_small_as_png_and_shown(dialog: LetterheadDialog, session: Session, picture: Path) -> None:
    bare = dialog.sample.grab().toImage()
    dialog.take_logo(picture)
    assert dialog.sample.grab().toImage() != bare
    dialog.accept()
    stored = logo_of(kop(session))
    assert stored is not None
    assert stored.startswith(b"\x89PNG")
    image = QImage.fromData(stored)
    assert (image.width(), image.height()) == (MOST_PIXELS, MOST_PIXELS * 3 // 4)


def test_a_logo_can_be_taken_away(dialog: LetterheadDialog, session: Session, picture: Path, qtbot: QtBot) -> None:
    dialog.take_logo(picture)
    dialog.accept()
    again = LetterheadDialog(session)
    qtbot.addWidget(again)
    assert again.remove.isEnabled()
    again.remove.click()
    assert not again.remove.isEnabled()
    again.accept()
    assert kop(session).logo is None


def test_what_is_no_picture_is_refused(dialog: LetterheadDialog, tmp_path: Path, picture: Path) -> None:
    for name, data, said in (
        ("surat.png", b"bukan gambar", "surat.png bukan gambar PNG atau JPEG."),
        ("besar.jpg", picture.read_bytes() + b"\0" * MOST_BYTES, "besar.jpg lebih besar dari 1 MB"),
        ("kosong.png", b"", "kosong.png lebih besar dari 1 MB atau kosong."),
        ("rusak.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "rusak.png"),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        dialog.take_logo(path)
        assert dialog.note.text().startswith(said)
        assert dialog.note.level == "galat"
        assert dialog.logo is None
    with pytest.raises(PlanError, match="tidak ada"):
        read_logo(tmp_path / "hilang" / "logo.png")


def test_without_a_line_nothing_is_stored(dialog: LetterheadDialog, session: Session) -> None:
    dialog.lines.setPlainText("  \n ")
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.note.text().startswith("Tulis sedikitnya satu baris")
    dialog.reset.click()
    assert dialog.text()[0] == "PEMERINTAH KABUPATEN BULELENG"


def test_the_form_prints_it(session: Session, qtbot: QtBot) -> None:
    def fill(dialog: LetterheadDialog) -> None:
        dialog.lines.setPlainText("PEMERINTAH KABUPATEN BULELENG\nDINAS YANG BARU")
        dialog.accept()

    with shown_forms(session, qtbot) as view:
        in_dialog(fill)
        view.settings.page.set_kop.click()
        view.settings.page.kop.click()
        qtbot.waitUntil(lambda: "DINAS YANG BARU" in text_of(view.preview.pdf), timeout=3000)
