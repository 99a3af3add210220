"""The list under the search field."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget

from services.search import SearchIndex
from ui.find_hits import PAD, HitsDelegate, HitsModel
from ui.list_popup import ListPopup

WIDTH = 560
FOOT = 26
NOTHING = "Tidak ada yang cocok. Yang dicari: uraian, nama, kode, angka, catatan, jabatan dan naskah."
HINT = "Enter membuka  ·  F3 berikut, Shift+F3 sebelumnya  ·  Esc menutup"


class FindPopup(ListPopup):
    """What is found, group by group."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "Hasil pencarian", FOOT, PAD, 1)
        self.model = HitsModel(self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(HitsDelegate(self.view))
        self.view.setMouseTracking(True)

    def show_found(self, index: SearchIndex | None, text: str, under: QWidget) -> None:
        """List what is found for a text, under a field; the first place is current."""
        self.model.show_found(index, text)
        some = self.model.rowCount() > 0
        self.view.setVisible(some)
        self.foot.setText(HINT if some else NOTHING)
        self._place(under)
        self.show()
        self.raise_()
        self.step(1, first=True)

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

    def _place(self, under: QWidget) -> None:
        window = self._over
        corner = under.mapTo(window, QPoint(under.width(), under.height() + 2))
        width = min(WIDTH, window.width() - 16)
        left = max(8, min(corner.x() - width, window.width() - 8 - width))
        wanted = self.model.height() + FOOT + 3 if self.model.rowCount() else FOOT + 2
        height = min(wanted, window.height() - corner.y() - 40)
        self.setGeometry(QRect(left, corner.y(), width, max(height, FOOT + 2)))
