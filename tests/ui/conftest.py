"""Sessions, rows by their interchange id, and a window of its own for each test."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from plan_window import plan_window
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from models.rows import Anggaran, Row
from services.document import Document
from ui.application import make_application
from ui.clipboard import settle
from ui.main_window import MainWindow
from ui.ringkasan_strip import set_wanted
from ui.session import Session
from ui.tasks import wait_for_tasks

R = TypeVar("R", bound=Row)


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture(autouse=True)
def look(qapp: QApplication, tmp_path: object) -> Iterator[None]:
    """The program's look, and settings that touch nobody's."""
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))
    make_application()
    # The line comes when a worker is ready; where it is no matter of the test, nothing shall move meanwhile.
    set_wanted(False)
    yield
    wait_for_tasks()
    settle()


@pytest.fixture
def session(buleleng: Document, qapp: QApplication) -> Iterator[Session]:
    """The Buleleng sample as a session; gone before a garbage collection in a worker could take it away."""
    session = Session(buleleng, qapp)
    yield session
    wait_for_tasks()
    session.setParent(None)
    session.deleteLater()


@pytest.fixture
def by_id(session: Session) -> Callable[[type[R], str], R]:
    """A row of today by its interchange id."""

    def find(cls: type[R], asal_id: str) -> R:
        return next(row for row in session.plan.all(cls) if getattr(row, "asal_id", None) == asal_id)

    return find


@pytest.fixture
def window(buleleng: Document, qtbot: object) -> Iterator[MainWindow]:
    """The window with the Buleleng plan open, shown."""
    path = buleleng.file.path
    buleleng.file.close()
    with plan_window(path) as window:
        yield window


@pytest.fixture
def line_of(window: MainWindow) -> Callable[[str], Anggaran]:
    """A budget line of the window's plan by its interchange id."""

    def find(asal_id: str) -> Anggaran:
        assert window.session is not None
        return next(line for line in window.session.plan.all(Anggaran) if line.asal_id == asal_id)

    return find
