"""The status line: where the plan is, whether it is written, the selection, and the totals or the pages."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStatusBar, QWidget

from services.terms import JENIS, LEVEL_NAMES
from ui.colours import colours
from ui.elided_label import ElidedLabel
from ui.icons import icon
from ui.marks import paint_mark

if TYPE_CHECKING:
    from ui.forms_view import FormsView
    from ui.session import Session

HEIGHT = 24
SAME = "Tampilan sama dengan PDF yang diekspor"
NONE_YET = "belum ada"


class StatusLine(QStatusBar):
    """Left: the file and its saving; right: the selection and the totals of the document, or the pages of the forms."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._session: Session | None = None
        self._forms: FormsView | None = None
        self.path, self.saved = ElidedLabel(Qt.TextElideMode.ElideMiddle), ElidedLabel(Qt.TextElideMode.ElideRight)
        self.selection, self.pages = ElidedLabel(Qt.TextElideMode.ElideRight), QLabel()
        self.totals = [_Figure(), _Figure("Kas Desember"), _Figure("Selisih")]
        self._mark = _Mark()
        self._same = ElidedLabel(Qt.TextElideMode.ElideRight)
        self._same.say(SAME)
        self.path.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.setContentsMargins(8, 0, 8, 0)
        self._before: dict[QWidget, QWidget] = {}
        self.addWidget(self.path)
        self.addWidget(_Edge())
        self.addWidget(self._mark)
        self.addWidget(self.saved, 1)
        for widget in (self.selection, *self.totals, self._same, self.pages):
            self._before[widget] = _Edge()
            self.addPermanentWidget(self._before[widget])
            self.addPermanentWidget(widget)
        self.show_view(None)

    def set_session(self, session: "Session | None") -> None:
        """Follow another session, or none."""
        self._session = session
        for label in (self.path, self.saved):
            label.clear()
        self.show_view(None)
        self.show_selection("")
        self._show_totals()
        if session is not None:
            session.saved_changed.connect(self._show_saved)
            session.changed.connect(self._show_totals)
            session.switched.connect(self._show_totals)
            self._show_saved()

    def show_view(self, forms: "FormsView | None") -> None:
        """Say what belongs to the forms, or to the plan where None is given."""
        if forms is not None and forms is not self._forms:
            forms.list.model().dataChanged.connect(self._show_pages)
            forms.list.chosen.connect(self._show_pages)
        self._forms = forms
        self._show_pages()
        self.show_selection(self.selection.text())
        self._show_totals()

    def show_selection(self, text: str) -> None:
        """How many cells are selected, and what they add up to."""
        self.selection.say(text)
        self._set_visible(self.selection, bool(text) and self._forms is None)

    def _show_saved(self) -> None:
        session = self._session
        if session is None or self.sender() not in (None, session):
            return
        self.path.say(str(session.document.file.path))
        self._mark.good = session.published
        self._mark.bad = bool(session.publish_error)
        self._mark.update()
        if session.publish_error:
            self.saved.say(f"Belum tertulis: {session.publish_error}")
        elif not session.published:
            self.saved.say("Tersimpan di komputer ini, sedang ditulis ke berkas")
        else:
            at = f" {session.saved_at:%H.%M}" if session.saved_at else ""
            self.saved.say(f"Tersimpan{at}")

    def _show_totals(self) -> None:
        from services.rupiah import format_rupiah

        session = self._session
        sums, jenis = None, ""
        if session is not None and session.dokumen_id and self._forms is None:
            for jenis in JENIS:
                sums = session.rollup.total(session.dokumen_id, jenis)
                if sums.pagu is not None:
                    break
        for figure in self.totals:
            self._set_visible(figure, sums is not None and sums.pagu is not None)
        if sums is None or sums.pagu is None:
            return
        pagu, kas, off = self.totals
        level = "" if jenis == JENIS[0] else f" {LEVEL_NAMES[jenis].lower()}"
        pagu.say(format_rupiah(sums.pagu), f"Pagu{level}")
        kas.say(format_rupiah(sums.kas[-1] or 0) if sums.kas else NONE_YET)
        off.say(format_rupiah(sums.selisih) if sums.selisih is not None else NONE_YET)

    def _show_pages(self) -> None:
        forms = self._forms
        pages = (forms.list.summary() or forms.list.pages_text(forms.name)) if forms is not None else ""
        self.pages.setText(pages.replace("hlm.", "halaman"))
        self._set_visible(self.pages, bool(pages))
        self._set_visible(self._same, forms is not None)

    def _set_visible(self, widget: QWidget, on: bool) -> None:
        widget.setVisible(on)
        self._before[widget].setVisible(on)


class _Figure(QWidget):
    """A name in grey and a figure."""

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.name, self.value = QLabel(name), QLabel()
        self.name.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        line = QHBoxLayout(self)
        line.setContentsMargins(4, 0, 4, 0)
        line.setSpacing(6)
        line.addWidget(self.name)
        line.addWidget(self.value)

    def text(self) -> str:
        """Both, as they are read."""
        return f"{self.name.text()} {self.value.text()}"

    def say(self, value: str, name: str = "") -> None:
        """Show a figure, under another name where one is given."""
        self.name.setText(name or self.name.text())
        self.value.setText(value)
        self.setAccessibleName(self.text())


class _Edge(QWidget):
    """The line between two parts."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(9, HEIGHT - 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(4, 0, 1, self.height(), colours().pane_edge)


class _Mark(QWidget):
    """A tick where the file is written, the mark of a peringatan where it could not be; the words stand beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(16, 16)
        self.good, self.bad = False, False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.bad:
            paint_mark(painter, QRect(2, 2, 12, 12), "peringatan")
        elif self.good:
            icon("check", role="in_order").paint(painter, QRect(1, 1, 14, 14))
