"""The list under the search field. It lies over the window and never takes the focus from the field."""

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLabel, QListView, QVBoxLayout, QWidget

from services.search import SearchIndex
from ui.colours import colours
from ui.find_hits import HitsDelegate, HitsModel
from ui.fonts import SMALL, ui_font
from ui.proxy_style import plain_fusion

WIDTH = 560
FOOT = 26
NOTHING = "Tidak ada yang cocok. Yang dicari: uraian, nama, kode, angka, jabatan dan naskah."
HINT = "Enter membuka  ·  F3 berikut, Shift+F3 sebelumnya  ·  Esc menutup"


class FindPopup(QFrame):
    """`chosen(row)`: the line that was clicked."""

    chosen = Signal(int)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._over = window
        self.setAutoFillBackground(True)
        self.setBackgroundRole(self.palette().ColorRole.Base)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.model = HitsModel(self)
        self.view = QListView()
        self.view.setStyle(plain_fusion())
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setAccessibleName("Hasil pencarian")
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setModel(self.model)
        self.view.setItemDelegate(HitsDelegate(self.view))
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setMouseTracking(True)
        self.view.clicked.connect(lambda index: self.chosen.emit(index.row()))
        self._foot = QLabel()
        self._foot.setFont(ui_font(SMALL))
        self._foot.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self._foot.setContentsMargins(12, 0, 12, 0)
        self._foot.setFixedHeight(FOOT)
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        box.addWidget(self.view)
        box.addWidget(self._foot)
        self.hide()

    def show_found(self, index: SearchIndex | None, text: str, under: QWidget) -> None:
        """List what is found for a text, under a field; the first place is current."""
        self.model.show_found(index, text)
        some = self.model.rowCount() > 0
        self.view.setVisible(some)
        self._foot.setText(HINT if some else NOTHING)
        self._place(under)
        self.show()
        self.raise_()
        self.step(1, first=True)

    def row(self) -> int:
        """The current line."""
        return self.view.currentIndex().row()

    def step(self, by: int, *, first: bool = False) -> None:
        """The next or previous line that is no heading; `first`: from the beginning."""
        at = -1 if first else self.row()
        at += by
        while 0 <= at < self.model.rowCount():
            index = self.model.index(at)
            if index.flags() & Qt.ItemFlag.ItemIsSelectable:
                self.view.setCurrentIndex(index)
                # The heading is seen with the first place under it.
                self.view.scrollTo(self.model.index(at - 1) if at == 1 else index)
                return
            at += by

    def page(self, by: int) -> None:
        """So many lines at once as are seen."""
        for _ in range(max(1, self.view.viewport().height() // 40 - 1)):
            self.step(by)

    def open_group(self) -> bool:
        """List the rest of a group, where the current line stands for it; the first new place is current."""
        row = self.row()
        if row < 0 or not self.model.open_group(row):
            return False
        self.view.setCurrentIndex(self.model.index(row))
        self.view.scrollTo(self.model.index(row))
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours().base)
        painter.setPen(colours().pane_edge)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.drawLine(1, self.height() - FOOT - 1, self.width() - 2, self.height() - FOOT - 1)

    def _place(self, under: QWidget) -> None:
        window = self._over
        corner = under.mapTo(window, QPoint(under.width(), under.height() + 2))
        width = min(WIDTH, window.width() - 16)
        left = max(8, min(corner.x() - width, window.width() - 8 - width))
        wanted = self.model.height() + FOOT + 3 if self.model.rowCount() else FOOT + 2
        height = min(wanted, window.height() - corner.y() - 40)
        self.setGeometry(QRect(left, corner.y(), width, max(height, FOOT + 2)))
