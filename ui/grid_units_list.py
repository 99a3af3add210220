"""The list of units that Alt+Down opens in the Satuan column."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from services.grid_units import units
from services.month_grid import SATUAN
from ui.proxy_style import plain_fusion
from ui.tree_delegate import ROW

if TYPE_CHECKING:
    from ui.grid_view import GridView

_MOST = 12
"""Lines that are shown at once."""
_WIDTH = 168


class UnitsList(QListWidget):
    """Enter or a click takes a unit, Esc none; a letter goes to the next unit that begins with it."""

    def __init__(self, view: "GridView") -> None:
        super().__init__(view)
        self._view = view
        self.setStyle(plain_fusion())
        self.setWindowFlags(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName("Daftar satuan")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        session = view.model.session
        for unit in units(session.plan, session.dokumen_id):
            item = QListWidgetItem(unit, self)
            item.setSizeHint(QSize(0, ROW))
        self.itemClicked.connect(self._take)

    def drop_down(self) -> None:
        """Open below the caret's cell, on the unit that it has."""
        table, index = self._view.frozen, self._view.current()
        there = self.findItems(index.data() or "", Qt.MatchFlag.MatchExactly)
        self.setCurrentItem(there[0] if there else self.item(0))
        rect = table.visualRect(index)
        self.resize(_WIDTH, min(self.count(), _MOST) * self.sizeHintForRow(0) + 2 * self.frameWidth())
        at = table.viewport().mapToGlobal(rect.bottomLeft())
        room = self.screen().availableGeometry()
        if at.y() + self.height() > room.bottom():
            at.setY(at.y() - max(rect.height(), ROW) - self.height())
        self.move(at)
        self.show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self._take(self.currentItem())
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _take(self, item: QListWidgetItem | None) -> None:
        view = self._view
        text = item.text() if item is not None else None
        self.close()
        if text is not None:
            # In all lines of the selection, as a list that is opened over several cells would.
            cells = [cell for cell in view.grid_cursor.cells() if cell[1] == SATUAN]
            view.model.type_block("ubah satuan", [(cell, text) for cell in cells])
        view.frozen.setFocus()
