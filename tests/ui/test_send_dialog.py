"""The "Kirim salinan" dialog: for whom, which part, what the copy holds, and what happens when it cannot be written."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.merging import read_copy
from models.rows import Anggaran, Dokumen, Jabatan, Kinerja
from services import edits
from services.copies import part_of, positions_of, sent
from services.document import Document
from services.merge import own_sending
from ui.send_dialog import SendDialog
from ui.send_parts import PartTree
from ui.session import Session
from ui.tasks import wait_for_tasks

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|raise|grabbing the keyboard")
NIP = "197001011990031001"


@pytest.fixture
def session(tmp_path: Path, published: Callable[[str], Path], qapp: QApplication) -> Iterator[Session]:
    """A plan whose first signer has a NIP."""
    path = tmp_path / "Rencana 2022.db"
    shutil.copyfile(published("lombok-tengah-2022"), path)
    with Document.open(path) as document:
        document.edit("isi", edits.set_field(document.plan.all(Dokumen)[0], "ttd_nip", NIP))
        session = Session(document, qapp)
        yield session
        wait_for_tasks()
        session.setParent(None)
        session.deleteLater()


@pytest.fixture
def dialog(session: Session, qtbot: QtBot) -> SendDialog:
    dialog = SendDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def written(dialog: SendDialog, qtbot: QtBot) -> Path:
    qtbot.waitUntil(lambda: dialog.written is not None, timeout=20_000)
    assert dialog.written is not None
    return dialog.written


def test_a_copy_of_the_whole_plan_is_noted_written_and_told(
    dialog: SendDialog, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    assert session.plan.all(Jabatan)[0].nama in [dialog.untuk.itemText(i) for i in range(dialog.untuk.count())]
    dialog.untuk.setCurrentText("Bidang Koperasi")
    assert Path(dialog.place.text()) == tmp_path / "Rencana-2022-Bidang-Koperasi.db"
    assert dialog.nips.text().startswith("Rencana ini memuat 1 NIP penanda tangan.")
    dialog.send_button.click()
    path = written(dialog, qtbot)
    sending = own_sending(read_copy(path))
    assert sending is not None
    assert (sending.untuk, sending.bagian) == ("Bidang Koperasi", None)
    assert sent(session.plan) == (sending,)
    assert NIP.encode() in path.read_bytes()
    assert "ditulis dan diperiksa: Rencana-2022-Bidang-Koperasi.db" in dialog.progress.done.text()
    dialog.send_button.click()
    assert not dialog.isVisible()


def test_without_nip_the_copy_holds_none(dialog: SendDialog, qtbot: QtBot) -> None:
    dialog.untuk.setCurrentText("Bidang")
    dialog.without_nip.click()
    dialog.send_button.click()
    assert NIP.encode() not in written(dialog, qtbot).read_bytes()


def test_an_office_that_answers_for_something_gets_that_part(
    dialog: SendDialog, session: Session, qtbot: QtBot
) -> None:
    plan = session.plan
    head = next(row for row in plan.all(Jabatan) if part_of(plan, positions_of(plan, row.nama)))
    wanted = part_of(plan, positions_of(plan, head.nama))
    dialog.untuk.setCurrentIndex(dialog.untuk.findText(head.nama))
    dialog.untuk.activated.emit(dialog.untuk.currentIndex())
    assert dialog.partly.isChecked()
    assert dialog.tree.isEnabled()
    ticked = dialog.tree.part()
    assert set(ticked) == {i for i in wanted if plan.find(Kinerja, i) or plan.find(Anggaran, i)}
    dialog.send_button.click()
    sending = own_sending(read_copy(written(dialog, qtbot)))
    assert sending is not None
    assert sending.bagian == ",".join(sorted(ticked))


def test_a_tick_counts_for_all_below_and_shows_above(session: Session, qtbot: QtBot) -> None:
    tree = PartTree(session.plan)
    qtbot.addWidget(tree)
    child = next(row for row in session.plan.all(Anggaran) if row.induk_id)
    tree.tick([child.id])
    assert tree.part() == (child.id,)
    above = tree._rows[child.induk_id or ""]
    assert above.checkState() is Qt.CheckState.PartiallyChecked
    above.setCheckState(Qt.CheckState.Checked)
    assert tree.part() == (above.data(Qt.ItemDataRole.UserRole + 1),)
    tree._rows[child.id].setCheckState(Qt.CheckState.Unchecked)
    below = session.plan.where(Anggaran, "induk_id", child.induk_id)
    assert set(tree.part()) == {row.id for row in below} - {child.id}


@pytest.mark.parametrize(("untuk", "partly", "words"), [("", False, "Tujuan salinan"), ("Bidang", True, "Bagian yang")])
def test_what_is_missing_is_said_and_nothing_is_noted(
    dialog: SendDialog, session: Session, untuk: str, partly: bool, words: str
) -> None:
    dialog.untuk.setCurrentText(untuk)
    dialog.partly.setChecked(partly)
    dialog.send_button.click()
    assert dialog.note.text().startswith(words)
    assert dialog.written is None
    assert sent(session.plan) == ()


def test_a_copy_that_cannot_be_written_is_not_noted_and_may_be_tried_again(
    dialog: SendDialog, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog.untuk.setCurrentText("Bidang")
    dialog.place.setText(str(tmp_path / "tidak ada" / "salinan.db"))
    dialog.send_button.click()
    qtbot.waitUntil(lambda: bool(dialog.note.text()), timeout=20_000)
    assert "tidak ada" in dialog.note.text()
    assert sent(session.plan) == ()
    dialog.place.setText(str(tmp_path / "salinan"))
    dialog.send_button.click()
    assert written(dialog, qtbot) == tmp_path / "salinan.db"
    assert len(sent(session.plan)) == 1


def test_every_field_has_a_name(dialog: SendDialog) -> None:
    assert dialog.untuk.accessibleName() == "Untuk"
    assert dialog.place.accessibleName() == "Disimpan di"
    assert dialog.tree.accessibleName() == "Bagian yang boleh diubah"
