"""How many pages each form has, counted one after another while the officer looks at one of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from models.errors import PlanError
from models.plan import Plan
from models.rows import Row
from services.export import make_form
from services.forms.parts import Form
from ui.newest import Newest, Step


@dataclass(slots=True)
class _Round:
    """What is counted: the rows as they were; their plan is made where it is needed, off the GUI thread."""

    rows: tuple[Row, ...] = ()
    dokumen_id: str = ""
    left: tuple[str, ...] = ()
    plan: Plan | None = None


@dataclass(frozen=True, slots=True)
class _Count:
    """A form as it was counted, without what changes no page; None where it cannot be made."""

    form: Form | None = None
    pages: int = 0


class PageCounter(QObject):
    """`counted(name, pages, empty)` comes once for each form, or `failed(name)`. A new count takes its place.

    A form that is the same as when it was last counted is not laid out again.
    """

    counted = Signal(str, int, bool)
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._round = _Round()
        self._name = ""
        self._known: dict[str, _Count] = {}
        self._work = Newest(self)
        self._work.finished.connect(self._on_finished)
        self._work.failed.connect(self._on_failed)

    def count(self, names: Iterable[str], rows: Iterable[Row], dokumen_id: str) -> None:
        """Count the pages of these forms of a document, in this order; one that cannot be made counts as empty."""
        self._round = _Round(tuple(rows), dokumen_id, tuple(names))
        self._next()

    def stop(self) -> None:
        """Make room for something more urgent."""
        self._round = _Round()
        self._work.stop()

    def _next(self) -> None:
        if self._round.left:
            self._name, *left = self._round.left
            self._round.left = tuple(left)
            self._work.start(partial(_counted, self._round, self._name, self._known.get(self._name)))

    def _on_finished(self, result: tuple[_Round, str, _Count]) -> None:
        of, name, count = result
        self._known[name] = count
        if of is self._round:
            self.counted.emit(name, count.pages, count.form is None or count.form.empty)
            self._next()

    def _on_failed(self) -> None:
        self.failed.emit(self._name)
        self._next()


def _counted(of: _Round, name: str, known: _Count | None, step: Step) -> tuple[_Round, str, _Count]:
    from services.render.layout import lay_out

    if of.plan is None:
        of.plan = Plan(of.rows)
    try:
        form = replace(make_form(of.plan, of.dokumen_id, name, findings=()), draft=False)
        if known is not None and known.form == form:
            return of, name, known
        return of, name, _Count(form, 0 if form.empty else len(lay_out(form, lambda count: step(0, count))))
    except PlanError:
        return of, name, _Count()
