"""The "Perbaiki" dialog: what will be changed, cell by cell, before it is done."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from services.checks import Mend
from ui.dialog_buttons import decision
from ui.fonts import LIST_HEADING
from ui.mend_preview import Altered
from ui.note_line import heading

_ROW = 24
_MOST_SHOWN = 12
_WIDTH = 720
HEADERS = ("Baris", "Isian", "Sebelum", "Sesudah")


class MendDialog(QDialog):
    """Asks only; accepted by "Perbaiki"."""

    def __init__(self, fault: str, mend: Mend, lines: Sequence[Altered], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Perbaiki")
        self.setMinimumWidth(_WIDTH)
        title = heading(fault, LIST_HEADING)
        title.setWordWrap(True)
        self.sentence = QLabel(mend.sentence)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.table = _table(lines)
        count = QLabel(f"{len(lines)} sel akan berubah; dapat diurungkan dalam satu langkah.")
        count.setForegroundRole(count.palette().ColorRole.PlaceholderText)
        buttons, self.mend_button, self.cancel_button = decision(self, "&Perbaiki", "Bat&al")
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 16)
        box.setSpacing(8)
        for widget in (title, self.sentence, self.table, count, buttons):
            box.addWidget(widget)
        self.mend_button.setFocus()


def _table(lines: Sequence[Altered]) -> QTableWidget:
    table = QTableWidget(len(lines), len(HEADERS))
    table.setAccessibleName("Yang akan berubah")
    for column, text in enumerate(HEADERS):
        item = QTableWidgetItem(text)
        item.setTextAlignment(_side(column))
        table.setHorizontalHeaderItem(column, item)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(_ROW)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setWordWrap(False)
    for row, line in enumerate(lines):
        for column, text in enumerate((line.row, line.field, line.before, line.after)):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            item.setTextAlignment(_side(column))
            table.setItem(row, column, item)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    height = table.verticalHeader().sectionSize(0) * min(len(lines), _MOST_SHOWN) + header.sizeHint().height() + 2
    table.setMinimumHeight(height)
    if len(lines) <= _MOST_SHOWN:
        table.setMaximumHeight(height)
    return table


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column > 1 else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
