"""The forms in a window of their own, for tests."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import shiboken6
from pypdfium2 import PdfDocument
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from services.forms import FORMS
from ui import pdf_pages
from ui.forms_view import FormsView
from ui.session import Session
from ui.tasks import wait_for_tasks


@contextmanager
def shown_forms(session: Session, qtbot: QtBot) -> Iterator[FormsView]:
    """The view on screen, with its first preview."""
    window = QWidget()
    window.resize(1366, 700)
    view = FormsView(session, window)
    view.resize(window.size())
    window.show()
    qtbot.waitActive(window)
    qtbot.waitUntil(lambda: bool(view.preview.count or view.preview.message))
    yield view
    assert wait_for_tasks()
    QApplication.processEvents()
    shiboken6.delete(window)


def wait_for_count(qtbot: QtBot, view: FormsView) -> None:
    """Until the pages of every form are known."""
    qtbot.waitUntil(lambda: all(view.list.pages_text(name) for name in FORMS), timeout=20_000)


def text_of(pdf: bytes | Path) -> str:
    """The text of all pages, with pypdfium2 as nobody else uses it meanwhile."""
    with pdf_pages._pdfium:
        document = PdfDocument(BytesIO(pdf) if isinstance(pdf, bytes) else pdf)
        words = []
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            words.append(text.get_text_range())
            text.close()
            page.close()
        document.close()
    return "\n".join(words)


def in_dialog(do: Callable[[QDialog], None]) -> None:
    """Do something in the next modal dialog as soon as it is there."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            do(dialog)
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)
