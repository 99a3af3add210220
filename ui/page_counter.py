"""How many pages each form has, counted one after another while the officer looks at one of them."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from models.errors import PlanError
from services.forms.parts import Form
from ui.newest import Newest


class PageCounter(QObject):
    """`counted(name, pages, empty)` comes once for each form. A new count takes the place of one that still runs."""

    counted = Signal(str, int, bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left: list[str] = []
        self._build: Callable[[str], Form] | None = None
        self._work = Newest(self)
        self._work.finished.connect(self._on_finished)
        # Between two forms the GUI thread is free: building one takes up to 20 ms.
        self._pause = QTimer(self, singleShot=True, interval=20)
        self._pause.timeout.connect(self._next)

    def count(self, names: Iterable[str], build: Callable[[str], Form]) -> None:
        """Count the pages of these forms; `build` makes them, on the GUI thread. It ends at the first PlanError."""
        self._left = list(names)
        self._build = build
        self._pause.start()

    def _next(self) -> None:
        if not self._left or self._build is None or self._work.busy:
            return
        try:
            form = self._build(self._left.pop(0))
        except PlanError:
            self._left.clear()
            return
        self._work.start(partial(_counted, form))

    def _on_finished(self, result: tuple[str, int, bool]) -> None:
        self.counted.emit(*result)
        self._pause.start()


def _counted(form: Form) -> tuple[str, int, bool]:
    from services.render.pdf import page_count

    return form.name, page_count(form), form.empty
