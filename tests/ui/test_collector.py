"""Garbage is collected in the GUI thread only, and what has been there for a while not while somebody works."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.collector import Collector, collect_all, set_aside


class Knot:
    """An object that names itself, so that only the collector takes it away."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture
def collector(qapp: QApplication) -> Iterator[Collector]:
    """What there is already is set aside, so that only what a test makes is looked at."""
    owner = QObject()
    made = Collector(owner)
    gc.collect()
    gc.freeze()
    yield made
    made.young.stop()
    made.idle.stop()
    gc.unfreeze()
    gc.enable()


def test_a_new_knot_is_untied_at_the_next_turn_and_in_this_thread(collector: Collector) -> None:
    threads: list[int] = []
    knot = weakref.ref(Knot())

    def note(phase: str, info: dict[str, int]) -> None:
        threads.append(threading.get_ident())

    gc.callbacks.append(note)
    try:
        assert knot() is not None, "nothing is collected by itself"
        collector.young.timeout.emit()
    finally:
        gc.callbacks.remove(note)
    assert knot() is None
    assert set(threads) == {threading.get_ident()}


def test_what_has_been_there_for_a_while_waits_until_nobody_works(collector: Collector, qtbot: QtBot) -> None:
    held = Knot()
    knot = weakref.ref(held)
    for _ in range(3):
        collector.young.timeout.emit()
    del held
    collector.young.timeout.emit()
    assert knot() is not None, "the rows of a large plan are not gone through at each turn"
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert collector.idle.isActive()
    app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert not collector.idle.isActive(), "the officer is back already"
    app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    collector.idle.timeout.emit()
    assert knot() is None


def test_a_plan_that_is_open_is_looked_through_once_it_is_closed(collector: Collector) -> None:
    held = Knot()
    knot = weakref.ref(held)
    set_aside()
    del held
    collector.young.timeout.emit()
    collector.idle.timeout.emit()
    assert knot() is not None
    collect_all()
    assert knot() is None


def test_without_the_collector_python_goes_on_as_ever(qapp: QApplication) -> None:
    frozen = gc.get_freeze_count()
    assert gc.isenabled()
    set_aside()
    assert gc.get_freeze_count() == frozen
