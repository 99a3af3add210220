"""The action schedule of the branch in hand: its actions, who answers for them, and in which months they are done."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from models.rows import Row
from ui.schedule_model import ScheduleModel
from ui.schedule_view import ScheduleView
from ui.session import Session

NO_ACTIONS = "Belum ada aksi. Ins menambah."
NO_LINES = "Baris ini belum punya sub kegiatan. Aksi dicatat di bawah sub kegiatan."
NO_ROW = "Pilih satu baris di pohon; aksi dan jadwalnya tampil di sini."


class SchedulePanel(QWidget):
    """A sub kegiatan, kegiatan or program with its actions, or a sasaran with those of the lines that support it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ScheduleModel(session, self)
        self.view = ScheduleView(self.model, self)
        self.hint = QLabel(NO_ROW)
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setForegroundRole(self.hint.palette().ColorRole.PlaceholderText)
        self.hint.setContentsMargins(16, 12, 16, 12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.hint)
        layout.addWidget(self.view, 1)
        layout.addStretch()
        self.setFocusProxy(self.view)
        self._branch: Row | None = None
        self.model.modelReset.connect(self._say_if_empty)
        self._say_if_empty()

    def show_branch(self, row: Row | None) -> None:
        """Show the actions of the branch of the row that the tree has chosen."""
        self.commit()
        same = row is not None and self._branch is not None and row.id == self._branch.id
        self._branch = row
        if not same:
            self.view.forget_caret()
        self.model.show_branch(row)

    def commit(self) -> None:
        """Store what is being typed."""
        self.view.commit()

    def panes(self) -> tuple[QWidget, ...]:
        """Where F6 stops."""
        return (self.view,)

    def _say_if_empty(self) -> None:
        rows = self.model.rowCount() > 0
        self.view.setVisible(rows)
        self.hint.setVisible(not self.model.has_actions())
        self.hint.setText(NO_ACTIONS if rows else NO_LINES if self._branch is not None else NO_ROW)
