"""A process that opens a plan until its first cell is being edited, then filters the tree and searches, key by key.

Prints milliseconds of each key until what it changed is painted, of the opening, and from its begin until the findings
are there.
"""

import json
import sys
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from bench.window_base import Paints, checked, new_window, opened, timed
from services.month_grid import FIRST_MONTH
from ui.main_window import MainWindow

WORDS = ("koperasi", "laporan kinerja", "pengawasan", "2022", "zzz")


def first_edit(window: MainWindow, path: Path) -> tuple[float, float]:
    """Milliseconds from the wish to open until a key stands in the editor of the first cell that takes it.

    And until the findings are there, which come after that in a large plan.

    Raises:
        RuntimeError: the key does not stand there.
    """
    begun = perf_counter()
    _, work = opened(window, path)
    view = work.grid.view
    row = next(row for row in range(work.grid.model.rowCount()) if work.grid.model.takes_typing(row, FIRST_MONTH))
    view.go_to(row, FIRST_MONTH)
    QTest.keyClicks(view.months, "7")
    QCoreApplication.sendPostedEvents()
    took = (perf_counter() - begun) * 1000
    editor = view.months.editor()
    if editor is None or editor.text() != "7":
        raise RuntimeError("the key is not in the cell")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    checked(work)
    return took, (perf_counter() - begun) * 1000


def typed(field: QLineEdit, shown: QWidget, words: tuple[str, ...]) -> list[float]:
    """Milliseconds of each key of each word; what a pause in typing sets off is not in it."""
    paints, took = Paints(shown), []
    for word in words:
        for letter in word:
            took.append(timed(lambda letter=letter: QTest.keyClicks(field, letter), paints))  # type: ignore[misc]
        field.clear()
        QTest.qWait(400)
    return took


def run(path: Path, count: int) -> None:
    """Open, filter and search, and print the times; `count` says how many of the words are typed."""
    window = new_window()
    opening, findings = first_edit(window, path)
    work = window.work
    assert work is not None
    words = WORDS[: max(count // 20, 1)]
    field = work.tree.filters["kinerja"][0]
    field.setFocus()
    QApplication.processEvents()
    filtering = typed(field, field, words)
    window.begin_find()
    QApplication.processEvents()
    finding = typed(window.bar.finder, window.bar.finder, words)
    window.close()
    sys.stdout.write(json.dumps({"first_edit": opening, "findings": findings, "filter": filtering, "find": finding}))


if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]))
