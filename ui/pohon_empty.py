"""What the chart says while there is nothing to draw."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.fonts import DETAILS_HEADING
from ui.icons import icon
from ui.note_line import heading


class EmptyPohon(QWidget):
    """`add_wanted(level)`: the first row of the plan."""

    add_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        note = QLabel(
            "Mulailah dari tujuan perangkat daerah, lalu tambahkan sasaran, program dan kegiatan di bawahnya dengan "
            "Shift+Ins. Bagan mengikuti setiap isian, juga yang dibuat di Susun."
        )
        note.setWordWrap(True)
        note.setTextFormat(Qt.TextFormat.PlainText)
        note.setForegroundRole(note.palette().ColorRole.PlaceholderText)
        note.setFixedWidth(440)
        self.first = QPushButton("Tambah tujuan")
        self.first.setIcon(icon("plus"))
        self.first.clicked.connect(lambda: self.add_wanted.emit("tujuan"))
        second = QPushButton("Tambah sasaran strategis")
        self.adding = self.first, second
        second.clicked.connect(lambda: self.add_wanted.emit("sasaran_strategis"))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.first)
        buttons.addWidget(second)
        buttons.addStretch()
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(heading("Pohon kinerja belum ada", DETAILS_HEADING))
        column.addWidget(note)
        column.addLayout(buttons)
        column.addStretch(3)
        layout = QHBoxLayout(self)
        layout.addStretch()
        layout.addLayout(column)
        layout.addStretch()
