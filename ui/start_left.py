"""The left side of the start page: what the program is, and the ways to begin."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QVBoxLayout, QWidget

from ui.colours import colours
from ui.fonts import PROGRAM_NAME, SMALL, TEXT, ui_font
from ui.icons import program_icon
from ui.start_button import PAD, StartButton

WIDTH = 376
NARROW = 320
"""Its width in a small window."""
MARK = 32

DROP = "Berkas juga dapat diseret ke jendela ini."


def plain_label(words: str, px: int = TEXT, *, semibold: bool = False, muted: bool = False) -> QLabel:
    """A label in a size of ours; muted follows the palette."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(ui_font(px, semibold))
    if muted:
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return label


class StartLeft(QWidget):
    """Four large buttons between the program's name and its version."""

    def __init__(self, version: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.samples = QMenu(self)
        self.open = StartButton("folder-open", "Buka berkas...", "Dari komputer, flashdisk, folder kantor", "Ctrl+O")
        self.new = StartButton("file-plus", "Rencana baru...", "Kosong, atau dari tahun lalu", "Ctrl+N")
        self.merge = StartButton("git-merge", "Gabung salinan...", "Satukan kembali salinan yang diisi tiap Bidang")
        self.sample = StartButton("book-open", "Buka contoh...", "Lima rencana terisi, bebas dicoba")
        box = QVBoxLayout(self)
        # One pixel more at the right for the pane's edge.
        box.setContentsMargins(32, 40, 33, 16)
        box.setSpacing(0)
        box.addLayout(_program_name())
        box.addSpacing(24)
        for button in (self.open, self.new, self.merge, self.sample):
            box.addWidget(button)
        box.addSpacing(16)
        box.addWidget(_Line())
        box.addSpacing(14)
        box.addLayout(_indented(plain_label(DROP, muted=True)))
        box.addStretch(1)
        box.addLayout(_indented(plain_label(f"Versi {version}  ·  Tidak memerlukan internet", SMALL, muted=True)))

    def set_narrow(self, narrow: bool) -> None:
        """Leave more room for the list."""
        self.setFixedWidth(NARROW if narrow else WIDTH)
        side = 12 if narrow else 32
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(side, 40, side + 1, 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(QRect(self.width() - 1, 0, 1, self.height()), colours().pane_edge)


def _program_name() -> QHBoxLayout:
    words = QVBoxLayout()
    words.setSpacing(0)
    name = plain_label("Renaksi", PROGRAM_NAME, semibold=True)
    name.setFixedHeight(24)
    about = plain_label("Rencana Aksi perangkat daerah", muted=True)
    about.setFixedHeight(16)
    words.addWidget(name)
    words.addWidget(about)
    box = QHBoxLayout()
    box.setContentsMargins(PAD, 0, PAD, 0)
    box.setSpacing(12)
    box.addWidget(_Mark())
    box.addLayout(words, 1)
    return box


def _indented(label: QLabel) -> QHBoxLayout:
    label.setFixedHeight(16)
    box = QHBoxLayout()
    box.setContentsMargins(PAD, 0, PAD, 0)
    box.addWidget(label)
    return box


class _Mark(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(MARK, MARK)

    def paintEvent(self, event: QPaintEvent) -> None:
        program_icon().paint(QPainter(self), self.rect())


class _Line(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect().adjusted(PAD, 0, -PAD, 0), colours().pane_edge)
