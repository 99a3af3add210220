"""The table of changes, as the history and the matching of a print show it."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.history_delegate import HistoryDelegate
from ui.history_model import ISIAN, MENJADI, SEMULA, SIAPA, TEMPAT, TINDAKAN, WAKTU, HistoryModel
from ui.list_rows import plain_table

_WIDTHS = {WAKTU: 116, SIAPA: 88, TINDAKAN: 144, ISIAN: 116, SEMULA: 112, MENJADI: 112}

_ACTIONS_FROM = 960
"""Pixels of width from which the names of the actions have room."""


class HistoryTable(QTableView):
    """One line a row, whole rows chosen; `activated` when a change is double-clicked or entered."""

    def __init__(self, model: HistoryModel, name: str, *, actions: bool = True, parent: QWidget | None = None) -> None:
        """`actions`: say which action made each change, where there is room."""
        super().__init__(parent)
        self._actions = actions
        self.setModel(model)
        plain_table(self, name, HistoryDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(TEMPAT, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setColumnHidden(TINDAKAN, not self._actions or self.width() < _ACTIONS_FROM)
