"""A dialog with a list to tick, filtered as one types; for the links between sasaran and budget lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.dialog_buttons import decision
from ui.proxy_style import plain_fusion


@dataclass(frozen=True, slots=True)
class Choice:
    """One line to tick."""

    row_id: str
    text: str
    depth: int = 0
    ticked: bool = False


class CheckList(QDialog):
    """`ticked()` gives the ids in the order of the list."""

    def __init__(self, title: str, explanation: str, choices: Sequence[Choice], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(640, 480)
        note = QLabel(explanation)
        note.setWordWrap(True)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Saring daftar")
        self.search.setAccessibleName("Saring daftar")
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setStyle(plain_fusion())
        self.list.setAccessibleName(title)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for choice in choices:
            item = QListWidgetItem("    " * choice.depth + choice.text)
            item.setData(Qt.ItemDataRole.UserRole, choice.row_id)
            item.setToolTip(choice.text)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if choice.ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        buttons = decision(self, "Kaitkan")[0]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        for widget in (note, self.search, self.list, buttons):
            layout.addWidget(widget)
        self.search.textChanged.connect(self._filter)
        self.list.setFocus()

    def ticked(self) -> list[str]:
        """The ids of the ticked lines."""
        items = (self.list.item(i) for i in range(self.list.count()))
        return [i.data(Qt.ItemDataRole.UserRole) for i in items if i.checkState() == Qt.CheckState.Checked]

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        for i in range(self.list.count()):
            item = self.list.item(i)
            item.setHidden(not all(word in item.text().casefold() for word in words))
