"""The status line: where the plan is, whether it is written, the selection, and the totals or the pages."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStatusBar, QWidget

from services.terms import JENIS, LEVEL_NAMES
from ui.colours import colours
from ui.elided_label import ElidedLabel
from ui.icons import icon
from ui.marks import paint_mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.forms_view import FormsView
    from ui.session import Session, Update

HEIGHT = 24
CROWDED = 1200
"""Width under which a trouble takes the room of the totals."""
SAME = "Tampilan sama dengan PDF yang diekspor"
NONE_YET = "belum ada"
GONE = "Berkas tidak ada lagi di foldernya (dihapus atau dipindahkan). Isian Anda aman di komputer ini"


class StatusLine(QStatusBar):
    """Left: the file and its saving; right: the selection and the totals of the document, or the pages of the forms."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._session: Session | None = None
        self._forms: FormsView | None = None
        self._adding = QTimer(self, singleShot=True, interval=0)
        self._adding.timeout.connect(self._show_totals)
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
        self.retry = self._button("Coba lagi", self._retry)
        self.save_as = self._button("Simpan sebagai...", self._save_as)
        self.choose = self._button("Pilih...", self._choose)
        for widget in (self.selection, *self.totals, self._same, self.pages):
            self._before[widget] = _Edge()
            self.addPermanentWidget(self._before[widget])
            self.addPermanentWidget(widget)
        self.messageChanged.connect(self._show_buttons)
        self.show_view(None)

    def set_session(self, session: "Session | None") -> None:
        """Follow another session, or none."""
        self._session = session
        for label in (self.path, self.saved):
            label.clear()
        for button in (self.retry, self.save_as, self.choose):
            button.hide()
        self.show_view(None)
        self.show_selection("")
        self._show_totals()
        if session is not None:
            session.saved_changed.connect(self._show_saved)
            session.changed.connect(self._on_changed)
            session.switched.connect(self._show_totals)
            self._say_saved(session)

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
        """A session that is being closed may still speak."""
        session = self._session
        if session is not None and self.sender() in (None, session):
            self._say_saved(session)

    def _say_saved(self, session: "Session") -> None:
        self.path.say(str(session.document.file.path))
        failed = _failed(session)
        self._mark.bad = failed or session.outside is not None or bool(session.backup_problem)
        self._mark.good = session.published and not self._mark.bad and not session.read_only
        self._mark.update()
        self.saved.say(_saved_words(session))
        self.saved.setAccessibleName(self.saved.text())
        self._show_buttons()
        if not self._adding.isActive():
            self._show_totals()

    def _show_buttons(self) -> None:
        """A message that passes takes the place of the line; the buttons come back after it."""
        session = self._session
        free = session is not None and not self.currentMessage()
        failed = session is not None and _failed(session)
        self.retry.setText("Tulis kembali" if session is not None and session.gone else "Coba lagi")
        self.retry.setAccessibleName(self.retry.text())
        self.retry.setVisible(free and failed)
        self.save_as.setVisible(free and (failed or (session is not None and session.read_only)))
        self.choose.setVisible(free and session is not None and session.outside is not None)

    def _button(self, words: str, do: "Callable[[], None]") -> QPushButton:
        button = QPushButton(words)
        button.setFixedHeight(HEIGHT - 4)
        button.setAccessibleName(words.removesuffix("..."))
        # A click must not take the focus from what is being done; the button is gone a moment later.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(do)
        button.hide()
        self.addWidget(button)
        return button

    def _retry(self) -> None:
        if self._session is not None:
            self._session.publish(anew=self._session.gone)

    def _save_as(self) -> None:
        window: Any = self.window()
        window.files.save_as()

    def _choose(self) -> None:
        from ui.windows_outside import show_outside

        window: Any = self.window()
        show_outside(window)

    def _on_changed(self, update: "Update") -> None:
        """The totals of a large step are added up when the rows are shown."""
        from ui.session import LARGE

        if len(update.edit.changes) > LARGE:
            self._adding.start()
        else:
            self._show_totals()

    def _show_totals(self) -> None:
        session = self._session
        sums, jenis = None, ""
        if session is not None and session.dokumen_id and self._forms is None:
            for jenis in JENIS:
                sums = session.rollup.total(session.dokumen_id, jenis)
                if sums.pagu is not None:
                    break
        # What stands in the way of saving is more than the totals, where there is no room for both.
        crowded = self._mark.bad and self.width() < CROWDED
        for figure in self.totals:
            self._set_visible(figure, sums is not None and sums.pagu is not None and not crowded)
        if sums is None or sums.pagu is None or crowded:
            return
        from services.rupiah import format_rupiah

        pagu, kas, off = self.totals
        whole = session.rollup.whole(session.dokumen_id).pagu if session is not None else None
        level = "" if sums.pagu == whole else f" {LEVEL_NAMES[jenis].lower()}"
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


def _failed(session: "Session") -> bool:
    """Whether the officer's file could not be written, or is not there any more."""
    return (bool(session.publish_error) or session.gone) and session.outside is None


def _saved_words(session: "Session") -> str:
    """Where the edits are, and what stands in the way."""
    if session.writing:
        from services.rupiah import format_rupiah

        return f"Menulis {format_rupiah(session.writing)} perubahan, mohon tunggu..."
    if session.outside is not None:
        from services.backups import own_origin
        from ui.windows_outside import short

        unwritten = "" if session.published or session.read_only else ". Isian di sini belum tertulis"
        return f"{short(session.outside, own_origin(session.document))}{unwritten}"
    if session.read_only:
        return "Hanya untuk dibaca, tidak dapat diubah"
    if session.publish_error:
        return f"Belum tertulis: {session.publish_error}"
    if session.gone:
        return GONE
    if not session.published:
        return "Tersimpan di komputer ini, sedang ditulis ke berkas"
    at = f" {session.saved_at:%H.%M}" if session.saved_at else ""
    if session.backup_problem:
        return f"Tersimpan{at}, tetapi cadangannya gagal: {session.backup_problem}"
    other = session.watch.other if session.watch is not None else None
    if other is not None:
        names = ", ".join(name for name in (other.holder.who, other.holder.computer) if name)
        return f"Tersimpan{at}. Juga dibuka oleh {names or 'orang lain'}"
    return f"Tersimpan{at}"


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
