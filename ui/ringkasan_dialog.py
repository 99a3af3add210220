"""Ringkasan: what the plan asks for today, each line leading to its place, above the S-curve of its money."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
)

from services.naming import document_name
from services.pejabat import agency
from services.ringkasan import Line, Ringkasan, summary
from services.search import place_of
from ui.colours import colours
from ui.elided_label import ElidedLabel
from ui.faces import CAPAIAN, REALISASI, RENCANA
from ui.figure_view import FigureView
from ui.fonts import ui_font
from ui.form_source import Snapshot, snapshot
from ui.newest import Newest, Step
from ui.realisasi_period import PeriodField
from ui.ringkasan_strip import is_wanted, set_wanted
from ui.toolbar import SUSUN

if TYPE_CHECKING:
    from ui.main_window import MainWindow

WAITING = "Ringkasan sedang disusun..."
HINT = "Enter atau klik ganda membuka tempatnya; F7 kembali ke sini."
_FACES = {"rencana": RENCANA, "realisasi": REALISASI, "capaian": CAPAIAN}
_LEAST = 176
"""Pixels of the list, so that it shows some lines in a small window, too."""
_PERIOD = 248
_LINE = Qt.ItemDataRole.UserRole


def show_summary(window: "MainWindow") -> None:
    """The summary over the plan; the one that was put aside comes back as it was."""
    if window.session is None or not window.session.dokumen_id:
        return
    there = next((d for d in window.findChildren(SummaryDialog) if d.session is window.session), None)
    dialog = there or SummaryDialog(window)
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
    dialog.list.setFocus()


def show_line(window: "MainWindow", line: Line) -> None:
    """Show the place of a line."""
    window.commit()
    session, work = window.session, window.work
    if session is None or work is None:
        return
    if line.ke == "temuan":
        window.show_findings()
        return
    window.show_view(SUSUN)
    row = session.plan.find(line.tabel, line.row_id) if line.tabel is not None else None
    place = place_of(session.plan, row) if row is not None else None
    if place is not None:
        work.show_row(place)
    work.grid.face.set_index(_FACES[line.ke])
    work.grid.setFocus()
    if place is not None and line.kolom is not None:
        work.grid.go_to(place.id, line.kolom, _FACES[line.ke])


class SummaryDialog(QDialog):
    """Not modal; it is made anew, off the GUI thread, after each edit.

    Going to a place puts it aside, as it would stand over the place; F7 brings it back on the same line.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        assert window.session is not None
        self._window, self.session = window, window.session
        self._is_old = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Ringkasan")
        self.setSizeGripEnabled(True)
        self.resize(min(900, window.width() - 40), min(620, window.height() - 60))
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName("Ringkasan rencana")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.itemActivated.connect(lambda _: self.go())
        self.list.currentItemChanged.connect(lambda: self._enable())
        self.curve = FigureView("Kurva S rencana kas dan realisasi")
        self.period = PeriodField(self.session)
        self.at_opening = QCheckBox("Tampilkan saat &membuka")
        self.at_opening.setToolTip("Saat rencana dibuka, satu baris menyebut periode yang jatuh tempo atau terlambat")
        self.at_opening.setChecked(is_wanted())
        self.at_opening.toggled.connect(set_wanted)
        self.open_button = QPushButton("&Buka tempatnya")
        self.open_button.setAutoDefault(False)
        self.open_button.clicked.connect(self.go)
        close = QPushButton("T&utup")
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        self._lay_out(close)
        self._work = Newest(self)
        self._work.finished.connect(self._show)
        self._work.failed.connect(self.title.setText)
        self.session.changed.connect(self.fill)
        self.session.switched.connect(self.fill)
        self.session.destroyed.connect(self.close)
        self._enable()
        self.fill()

    @property
    def busy(self) -> bool:
        """True while the summary is being made."""
        return self._work.busy

    def fill(self) -> None:
        """Make the summary anew."""
        if not self.session.dokumen_id:
            return
        self._is_old = self.isHidden() and self.list.count() > 0
        if self._is_old:
            return
        if not self.list.count():
            self.title.setText(WAITING)
        self._work.start(partial(_made, snapshot(self.session), date.today()))

    def go(self) -> None:
        """Show the place of the line in hand in the window."""
        line = self._current()
        if line is not None and self._window.session is self.session:
            self.hide()
            self._window.activateWindow()
            show_line(self._window, line)

    def showEvent(self, event: QShowEvent) -> None:
        """What was edited meanwhile is told."""
        super().showEvent(event)
        if self._is_old:
            self.fill()

    def done(self, result: int) -> None:
        self._work.stop()
        super().done(result)

    def _lay_out(self, close: QPushButton) -> None:
        split = QSplitter(Qt.Orientation.Vertical)
        self.list.setMinimumHeight(_LEAST)
        split.addWidget(self.list)
        split.addWidget(self.curve)
        split.setSizes([310, 260])
        split.setStretchFactor(0, 1)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        hint = ElidedLabel(Qt.TextElideMode.ElideRight)
        hint.say(HINT)
        hint.setAlignment(Qt.AlignmentFlag.AlignRight)
        hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        head, foot = QHBoxLayout(), QHBoxLayout()
        for bar in (head, foot):
            bar.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.period.label("Capaian sampai &dengan"))
        self.period.setMinimumWidth(_PERIOD)
        head.addWidget(self.period)
        foot.addWidget(self.at_opening)
        foot.addWidget(hint, 1)
        foot.addWidget(self.open_button)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(split, 1)
        layout.addLayout(foot)

    def _show(self, made: Ringkasan) -> None:
        """Take over a summary; the caret stays on its line number."""
        at = self.list.currentRow()
        plan, dokumen = self.session.plan, self.session.dokumen
        self.title.setText(f"{agency(plan, dokumen)}, {document_name(dokumen)}")
        self.list.clear()
        heading = ""
        for line in made.baris:
            if line.judul != heading:
                heading = line.judul
                self._add_heading(heading)
            self._add(line)
        self.list.setCurrentRow(at if 0 < at < self.list.count() else 1)
        self.curve.show_figure(made.kurva)

    def _add_heading(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(ui_font(semibold=True))
        item.setForeground(colours().muted)
        self.list.addItem(item)

    def _add(self, line: Line) -> None:
        item = QListWidgetItem(f"    {line.teks}")
        item.setData(_LINE, line)
        item.setToolTip(line.teks)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{line.judul}: {line.teks}")
        if line.terlambat:
            item.setForeground(colours().peringatan)
        self.list.addItem(item)

    def _current(self) -> Line | None:
        item = self.list.currentItem()
        line = item.data(_LINE) if item is not None else None
        return line if isinstance(line, Line) else None

    def _enable(self) -> None:
        self.open_button.setEnabled(self._current() is not None)


def _made(of: Snapshot, today: date, step: Step) -> Ringkasan:
    step(0, 1)
    return summary(of.plan(), of.dokumen_id, of.findings, today)
