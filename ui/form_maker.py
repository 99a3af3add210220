"""From a form to the pages of its preview, off the GUI thread; only the newest that was asked for counts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO

from PySide6.QtCore import QObject, Signal

from models.errors import PlanError
from services.export import print_remark, render
from services.forms.parts import Page
from ui.form_source import Dressed, Snapshot, dress_form, dressed, snapshot
from ui.newest import Newest, Step
from ui.page_images import Pages, open_pages
from ui.page_layout import View
from ui.session import Session

Subject = tuple[int, str, str]
"""What a preview shows: which session (counted), which document, which form."""


@dataclass(frozen=True, slots=True)
class Made:
    """The pages of a preview; `problem` is a sentence instead of them, `remark` one on characters without a glyph."""

    subject: Subject
    pages: Pages = field(default_factory=Pages)
    empty: bool = True
    remark: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Own:
    """What the settings must know of a form: the page that it has by itself, the size of its tables' body."""

    page: Page
    size: float | None


class FormMaker(QObject):
    """`made(Made)` brings each preview that was finished, `failed` a sentence after a bug.

    A form is built on the GUI thread when it is first asked for, as the settings need its page at once; later off it.
    """

    made = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._own: dict[Subject, Own] = {}
        self._work = Newest(self)
        self._work.finished.connect(self.made)
        self._work.failed.connect(self.failed)

    @property
    def busy(self) -> bool:
        """True while a preview is on its way."""
        return self._work.busy

    def own(self, subject: Subject) -> Own | None:
        """What the form is by itself; None until it could be made."""
        return self._own.get(subject)

    def make(self, session: Session, subject: Subject, view: View) -> None:
        """Begin a preview; one that is still being made is given up.

        Raises:
            PlanError: there is no document, or the form cannot be made of it.
        """
        name = subject[-1]
        build: Callable[[], Dressed]
        if subject in self._own:
            build = partial(_rebuilt, snapshot(session), name)
        else:
            self._work.stop()
            first = dressed(session, name)
            self._own[subject] = Own(first.own, first.size)
            build = partial(_same, first)
        self._work.start(partial(_made, build, subject, view))


def _same(form: Dressed) -> Dressed:
    return form


def _rebuilt(of: Snapshot, name: str) -> Dressed:
    return dress_form(of.plan(), of.dokumen_id, name, of.findings, of.code)


def _made(build: Callable[[], Dressed], subject: Subject, view: View, step: Step) -> Made:
    """The form's PDF and the pictures that are to be seen first."""
    out = BytesIO()
    try:
        form = build().form
        step(0, 1)
        render(form, "pdf", out, step)
    except PlanError as error:
        return Made(subject, problem=str(error))
    step(1, 1)
    return Made(subject, open_pages(out.getvalue(), view), form.empty, print_remark(form, "pdf"))
