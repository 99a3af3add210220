"""A quiet line over the plan that has just been opened: which periods are due or late, and the way to Ringkasan.

It is reckoned off the GUI thread, some time after the plan is shown, and takes no room where nothing waits; in a low
window the status line says it instead. Closed, it stays away from that document until another quarter falls due;
Ringkasan has the box that keeps it away for good.
"""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSettings, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from models.rows import Row
from ui.colours import colours
from ui.elided_label import ElidedLabel
from ui.icons import icon
from ui.marks import paint_mark

if TYPE_CHECKING:
    from services.ringkasan import Due
    from ui.main_window import MainWindow
    from ui.newest import Step
    from ui.session import Update

HEIGHT = 36
LOW = 560
"""Pixels of a window that has no row to give away: there the status line says it, for a while."""
_SAID = 15_000
AFTER = 400
"""Milliseconds after the plan is shown, so that its first second is not shared."""
REST = 1_500
"""Milliseconds without an edit before the line follows."""
_BUSY = 250
_SHOWN, _CLOSED = "ringkasan/saat-membuka", "ringkasan/ditutup"
_KEPT = 40
"""Documents whose closed lines are remembered."""


def is_wanted() -> bool:
    """Whether the line is shown when a plan is opened; it is, unless the officer has switched it off."""
    return QSettings().value(_SHOWN, "ya") != "tidak"


def set_wanted(wanted: bool) -> None:
    """Show it when a plan is opened, or not."""
    QSettings().setValue(_SHOWN, "ya" if wanted else "tidak")


def offer_summary(window: "MainWindow") -> None:
    """Put the line, hidden until something waits, over the page of the plan that has just been opened."""
    layout = window.work.layout() if window.work is not None else None
    if is_wanted() and isinstance(layout, QVBoxLayout):
        layout.insertWidget(0, SummaryStrip(window))


class SummaryStrip(QWidget):
    """Hidden while nothing waits. `words`: what it says."""

    def __init__(self, window: "MainWindow") -> None:
        from ui.newest import Newest

        super().__init__()
        assert window.session is not None
        self._window, self._session = window, window.session
        self._due: Due | None = None
        self._told = False
        self.setFixedHeight(HEIGHT)
        self.words = ElidedLabel(Qt.TextElideMode.ElideRight)
        self.report, self.more = QPushButton("Isi realisasi"), QPushButton("Ringkasan...")
        self.report.setToolTip("Baris pertama yang belum berisi realisasi")
        self.more.setToolTip("Yang jatuh tempo, kurva S, capaian terendah dan temuan (F7)")
        self.close_button = QToolButton()
        self.close_button.setIcon(icon("x"))
        self.close_button.setIconSize(QSize(16, 16))
        self.close_button.setAutoRaise(True)
        self.close_button.setToolTip("Tutup sampai ada triwulan lain yang jatuh tempo")
        self.close_button.setAccessibleName("Tutup pemberitahuan")
        row = QHBoxLayout(self)
        row.setContentsMargins(36, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        for button in (self.report, self.more):
            button.setFixedHeight(24)
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addWidget(self.close_button)
        self.report.clicked.connect(self._go)
        self.more.clicked.connect(self._open)
        self.close_button.clicked.connect(self._put_away)
        self.hide()
        self._work = Newest(self)
        self._work.finished.connect(self._take)
        self._rest = QTimer(self, singleShot=True, interval=AFTER)
        self._rest.timeout.connect(self._reckon)
        self._calm = QTimer(self, singleShot=True, interval=_BUSY)
        self._calm.timeout.connect(self._show)
        self._session.changed.connect(self._on_changed)
        self._session.switched.connect(self._reckon)
        self._session.checked.connect(self._rest.start)
        if self._session.checks.complete:
            self._rest.start()

    @property
    def busy(self) -> bool:
        """True while it is being reckoned."""
        return self._work.busy or self._rest.isActive() or self._calm.isActive()

    def _reckon(self) -> None:
        session = self._session
        if session.dokumen_id and not self._is_put_away(self._window):
            rows, dokumen_id = tuple(session.plan.rows()), session.dokumen_id
            self._work.start(partial(_made, rows, dokumen_id, date.today()))
        else:
            self.hide()

    def _take(self, made: "tuple[str, Due | None]") -> None:
        dokumen_id, found = made
        if dokumen_id == self._session.dokumen_id:
            self._due = found
            self._show()

    def _show(self) -> None:
        """Show what was found; not under a mouse button that is down, which would then be let go elsewhere."""
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._calm.start()
            return
        found = self._due
        if found is not None:
            self.words.say(found.kalimat)
            for button in (self.report, self.more):
                button.setAccessibleDescription(found.kalimat)
            self.report.setVisible(bool(found.line.row_id) and not self._session.read_only)
        wanted = found is not None and not self._is_closed(found)
        if wanted and found is not None and self._window.height() < LOW:
            wanted = False
            if not self._told:
                self._told = True
                self._window.status.showMessage(f"{found.singkat}. Ringkasan: F7", _SAID)
        if wanted == self.isHidden():
            self.setVisible(wanted)
        self.update()

    def _on_changed(self, update: "Update") -> None:
        # Also the first reckoning waits until the officer rests: its worker would share the processor with the typing.
        if not self.isHidden() or self._rest.isActive():
            self._rest.start(REST)

    def _go(self) -> None:
        from ui.ringkasan_dialog import show_line

        if self._due is not None:
            show_line(self._window, self._due.line)

    def _open(self) -> None:
        from ui.ringkasan_dialog import show_summary

        self._window.commit()
        show_summary(self._window)

    def _put_away(self) -> None:
        """Hide it, until another quarter of the document falls due."""
        if self._due is not None:
            settings = QSettings()
            others = [one for one in _texts(settings.value(_CLOSED)) if not one.startswith(self._session.dokumen_id)]
            settings.setValue(_CLOSED, [*others, self._key(self._due)][-_KEPT:])
        focus = self.isAncestorOf(QApplication.focusWidget() or self._window)
        self.hide()
        if focus and self._window.work is not None:
            self._window.work.tree.view.setFocus()

    def _is_closed(self, found: "Due") -> bool:
        return self._key(found) in _texts(QSettings().value(_CLOSED))

    def _is_put_away(self, window: "MainWindow") -> bool:
        """Whether the line is not wanted any more since the plan was opened."""
        return not is_wanted() or window.session is not self._session

    def _key(self, found: "Due") -> str:
        """The document, and the last of its quarters that has ended."""
        return f"{self._session.dokumen_id}:{max((*found.terlambat, *found.jatuh_tempo))}"

    def paintEvent(self, event: QPaintEvent) -> None:
        c = colours()
        painter = QPainter(self)
        painter.fillRect(self.rect(), c.window)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), c.pane_edge)
        late = self._due is not None and bool(self._due.terlambat)
        mark = QRect(14, self.rect().center().y() - 6, 12, 12)
        paint_mark(painter, mark, "peringatan" if late else "catatan")


def _made(rows: tuple[Row, ...], dokumen_id: str, today: date, step: "Step") -> "tuple[str, Due | None]":
    from models.plan import Plan
    from services.ringkasan import due

    step(0, 1)
    return dokumen_id, due(Plan(rows), dokumen_id, today)


def _texts(value: object) -> list[str]:
    """A stored list; QSettings gives one entry as a text, and none as None."""
    if isinstance(value, str):
        return [value]
    return [str(entry) for entry in value] if isinstance(value, list) else []
