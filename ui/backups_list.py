"""The backups of a plan as a list: when each was made, how old and large it is, and whether it is whole."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from models.backups import Backup
from services.backups import age_words, size_words
from ui.backups_rows import RowDelegate
from ui.colours import colours
from ui.proxy_style import plain_fusion
from ui.recent import clock, opened_words

HEADERS = ("Dibuat", "Umur", "Ukuran", "Revisi", "Pemeriksaan")
MADE, AGE, SIZE, REVISION, CHECK = range(5)
UNCHECKED, WHOLE, DAMAGED, STRANGER = "belum", "utuh", "rusak", "rencana lain"


class BackupsList(QTreeWidget):
    """The newest first."""

    def __init__(self, backups: Sequence[Backup], left_over: int = 0) -> None:
        """`left_over`: how many at the beginning are no backups, but edits that the plan lacks."""
        super().__init__()
        self._backups = backups
        self.setStyle(plain_fusion())
        self.setItemDelegate(RowDelegate(self))
        self.setAccessibleName("Cadangan")
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHeaderLabels(list(HEADERS))
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(MADE, QHeaderView.ResizeMode.Stretch)
        now = datetime.now()
        for row, backup in enumerate(backups):
            made = opened_words(backup.when, now.date())
            texts = [made if made.endswith(clock(backup.when)) else f"{made}, {clock(backup.when)}"]
            if row < left_over:
                texts = [f"Sisa isian, {backup.when:%d-%m-%Y %H.%M}"]
            texts += [age_words(backup.when, now), size_words(backup.size), backup.revision, UNCHECKED]
            item = QTreeWidgetItem(self, texts)
            item.setTextAlignment(SIZE, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setToolTip(MADE, f"{backup.when:%d-%m-%Y %H.%M.%S}")

    def chosen(self) -> Backup | None:
        """The current one."""
        row = self.indexOfTopLevelItem(self.currentItem()) if self.currentItem() is not None else -1
        return self._backups[row] if row >= 0 else None

    def choose(self, row: int) -> None:
        """Make one the current one, if there is one."""
        item = self.topLevelItem(row)
        if item is not None:
            self.setCurrentItem(item)

    def set_checked(self, row: int, *, whole: bool, stranger: str | None = None) -> None:
        """Say of one that it is whole, damaged, or of another plan (`stranger`: whose)."""
        item = self.topLevelItem(row)
        if item is None:
            return
        good, fair, bad = colours().in_order, colours().peringatan, colours().galat
        item.setText(CHECK, DAMAGED if not whole else WHOLE if stranger is None else STRANGER)
        item.setForeground(CHECK, bad if not whole else good if stranger is None else fair)
        item.setToolTip(CHECK, f"Milik rencana lain: {stranger}" if stranger is not None else "")
