"""The bar below the grid that finds and replaces."""

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from ui.grid_model import Cell
from ui.icons import icon
from ui.proxy_style import BAR_HEIGHT
from ui.read_only import lock

if TYPE_CHECKING:
    from ui.grid_view import GridView

_FIELD = 150
_ONE_LINE = 900
"""Pixels from which on everything fits on one line."""


class FindBar(QWidget):
    """Looks in the cells that are shown. Letters are found large or small; only cells that take typing are replaced."""

    def __init__(self, view: "GridView") -> None:
        super().__init__()
        self._view = view
        self.what, self.new = QLineEdit(), QLineEdit()
        self.whole, self.selected = QCheckBox("Seluruh sel"), QCheckBox("Dalam pilihan")
        self.note = QLabel()
        self.note.setForegroundRole(self.note.palette().ColorRole.PlaceholderText)
        self.next = QPushButton("Berikut")
        self.one, self.all = QPushButton("Ganti"), QPushButton("Ganti semua")
        close = QToolButton()
        close.setIcon(icon("x"))
        close.setAutoRaise(True)
        close.setToolTip("Tutup (Esc)")
        close.setAccessibleName("Tutup cari dan ganti")
        fields, rest = QHBoxLayout(), QHBoxLayout()
        for words, field in (("&Cari", self.what), ("Gan&ti", self.new)):
            label = QLabel(words)
            label.setBuddy(field)
            field.setAccessibleName(words.replace("&", ""))
            field.setMinimumWidth(72)
            field.setMaximumWidth(_FIELD)
            field.setFixedHeight(BAR_HEIGHT)
            fields.addWidget(label)
            fields.addWidget(field, 1)
        for button in (self.next, self.one, self.all):
            button.setFixedHeight(BAR_HEIGHT)
            fields.addWidget(button)
        for widget in (self.whole, self.selected):
            rest.addWidget(widget)
        rest.addWidget(self.note, 1)
        rest.addWidget(close)
        self._lines = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._lines.setContentsMargins(16, 4, 12, 4)
        self._lines.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for line in (fields, rest):
            line.setSpacing(8)
            self._lines.addLayout(line)
        self._lines.setSpacing(4)
        for button in (self.next, self.one, self.all):
            button.setAutoDefault(False)
        self.next.clicked.connect(lambda: self.find_next())
        self.one.clicked.connect(self.replace_one)
        self.all.clicked.connect(self.replace_all)
        close.clicked.connect(self.leave)
        self.what.returnPressed.connect(lambda: self.find_next())
        self.new.returnPressed.connect(self.replace_one)
        lock(view.model.session, self.one, self.all, self.new)
        self.hide()

    def open(self) -> None:
        """Show the bar; several selected cells are what it looks in."""
        block = self._view.grid_cursor.block
        self.selected.setChecked(block is not None and not block.single)
        self.note.clear()
        self.show()
        self.what.setFocus()
        self.what.selectAll()

    def leave(self) -> None:
        """Hide it; the grid goes on."""
        self.hide()
        self._view.months.setFocus()

    def find_next(self) -> bool:
        """Go to the next cell that holds the text, from the caret on and round; False where there is none."""
        found = self._found()
        caret = self._view.grid_cursor.caret
        if not found or caret is None:
            self.note.setText("Tidak ditemukan." if self.what.text() else "")
            return False
        target = next((cell for cell in found if cell > caret), found[0])
        if self.selected.isChecked():
            self._view.grid_cursor.walk(target)
        else:
            self._view.grid_cursor.put(target)
        self._view.reveal(target)
        self.note.setText(f"{found.index(target) + 1} dari {len(found)}")
        return True

    def replace_one(self) -> None:
        """Replace in the caret's cell where it holds the text, and go on to the next one."""
        caret = self._view.grid_cursor.caret
        if caret is not None and self._replaced(caret) is not None:
            self._view.model.type_block("ganti teks", [(caret, self._replaced(caret) or "")])
        self.find_next()

    def replace_all(self) -> None:
        """Replace in all cells, as one action."""
        cells = [(cell, text) for cell in self._found() if (text := self._replaced(cell)) is not None]
        if self._view.commit() and self._view.model.type_block("ganti semua", cells):
            self.note.setText(f"{len(cells)} sel diganti." if cells else "Tidak ditemukan.")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the boxes stand below the fields."""
        way = QBoxLayout.Direction
        self._lines.setDirection(way.TopToBottom if self.width() < _ONE_LINE else way.LeftToRight)
        self.setFixedHeight(self._lines.minimumSize().height())
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _found(self) -> list[Cell]:
        """The cells that hold the text, row by row."""
        cursor, model = self._view.grid_cursor, self._view.model
        if not self.what.text():
            return []
        if self.selected.isChecked():
            return [cell for cell in cursor.cells() if self._holds(model.text(*cell))]
        rows = range(model.rowCount())
        return [(r, c) for r in rows for c in cursor.columns if self._holds(model.text(r, c))]

    def _holds(self, text: str) -> bool:
        what, text = self.what.text().casefold(), text.casefold()
        return text == what if self.whole.isChecked() else what in text

    def _replaced(self, cell: Cell) -> str | None:
        """The text of a cell after replacing; None where it does not hold the text or takes no typing."""
        text = self._view.model.text(*cell)
        if not self.what.text() or not self._holds(text) or not self._view.model.takes_typing(*cell):
            return None
        if self.whole.isChecked():
            return self.new.text()
        return re.sub(re.escape(self.what.text()), lambda _: self.new.text(), text, flags=re.IGNORECASE)
