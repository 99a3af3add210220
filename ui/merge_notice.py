"""A line over the plan: conflicts that wait, a merge that was begun, an edit outside the part that one was given."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QToolButton, QWidget

from ui.colours import colours
from ui.elided_label import ElidedLabel
from ui.icons import icon
from ui.marks import paint_mark

if TYPE_CHECKING:
    from models.plan import Plan
    from models.rows import Salinan

HEIGHT = 36
_BAR = (160, 6)
_LABEL = 220
"""The most that the status line gives to whose copy this is."""
_NAMED = 20


class MergeNotice(QWidget):
    """Hidden while there is nothing to say. `words`: what it says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.words = ElidedLabel(Qt.TextElideMode.ElideRight)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(*_BAR)
        self.bar.setAccessibleName("Kemajuan")
        self.button, self.other = QPushButton(), QPushButton()
        self.close_button = QToolButton()
        self.close_button.setIcon(icon("x"))
        self.close_button.setAutoRaise(True)
        self.close_button.setToolTip("Tutup pemberitahuan ini")
        self.close_button.setAccessibleName("Tutup pemberitahuan")
        self._do: Callable[[], object] = bool
        self._do_other: Callable[[], object] = bool
        self._plain = False
        self.button.clicked.connect(lambda: self._do())
        self.other.clicked.connect(lambda: self._do_other())
        self.close_button.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(36, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        for widget in (self.bar, self.button, self.other):
            row.addWidget(widget)
        row.addWidget(self.close_button)
        for button in (self.button, self.other):
            button.setFixedHeight(24)
        self.hide()

    def say(
        self,
        words: str,
        button: str,
        do: Callable[[], object],
        other: str = "",
        do_other: Callable[[], object] = bool,
    ) -> None:
        """Say something, with what can be done about it."""
        self._show(words, button, do, other, do_other, busy=False)

    def busy(self, words: str, cancel: Callable[[], object]) -> None:
        """Say that work is being done."""
        self.bar.setRange(0, 0)
        self._show(words, "Batal", cancel, "", bool, busy=True)

    def show_step(self, done: int, total: int, text: str) -> None:
        """How far the work is."""
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        if text:
            self.words.say(f"Membaca dan membandingkan {text}...")

    def _show(
        self,
        words: str,
        button: str,
        do: Callable[[], object],
        other: str,
        do_other: Callable[[], object],
        *,
        busy: bool,
    ) -> None:
        self._plain, self._do, self._do_other = busy, do, do_other
        self.words.say(words)
        self.button.setText(button)
        self.button.setAccessibleDescription(words)
        self.other.setText(other)
        self.other.setVisible(bool(other))
        self.bar.setVisible(busy)
        self.close_button.setVisible(not busy)
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        c = colours()
        painter = QPainter(self)
        painter.fillRect(self.rect(), c.window if self._plain else c.peringatan_ground)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), c.pane_edge if self._plain else c.peringatan)
        if not self._plain:
            paint_mark(painter, QRect(14, self.rect().center().y() - 6, 12, 12), "peringatan")


def salinan_label(plan: "Plan", salinan: "Salinan") -> QLabel:
    """For the status line: whose copy this is, and in the tooltip what may be edited in it."""
    from services.copies import part_names

    names = part_names(plan, salinan)
    part = "" if not names else f", bagian {names[0]}" if len(names) == 1 else f", {len(names)} bagian"
    label = ElidedLabel(Qt.TextElideMode.ElideRight)
    label.setMaximumWidth(_LABEL)
    label.setText(f"Salinan untuk {salinan.untuk}{part}")
    whole = "Boleh diubah: seluruh rencana." if not names else "Boleh diubah:\n" + "\n".join(names[:_NAMED])
    label.setToolTip(f"{label.text()}\n{whole}\nKembalikan berkas ini kepada pengirimnya untuk digabung.")
    return label
