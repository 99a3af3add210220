"""The Susun page of one session: tree, details, grid and findings, and how they lead to each other."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from models.rows import Indikator, Row
from services.checks import Finding
from services.month_grid import column_of, face_of
from ui.details_panel import DetailsPanel
from ui.faces import REALISASI, RENCANA
from ui.findings_dock import FindingsPanel
from ui.grid_panel import GridPanel
from ui.session import Session
from ui.tree_panel import TreePanel

TREE_WIDTH = 328


class WorkPage(QWidget):
    """The tree alone decides which branch details and grid show."""

    row_changed = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.tree = TreePanel(session)
        self.details = DetailsPanel(session)
        self.grid = GridPanel(session)
        self.findings = FindingsPanel(session)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.details, _rule(), self.grid):
            column.addWidget(widget)
        upper = QSplitter(Qt.Orientation.Horizontal)
        upper.addWidget(self.tree)
        upper.addWidget(right)
        upper.setSizes([TREE_WIDTH, 1366 - TREE_WIDTH])
        upper.setStretchFactor(1, 1)
        upper.setChildrenCollapsible(False)
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.addWidget(upper)
        self._split.addWidget(self.findings)
        self._split.setSizes([600, 128])
        self._split.setStretchFactor(0, 1)
        self._split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._split)
        self.grid.setFocusProxy(self.grid.view.months)
        self.findings.setFocusProxy(self.findings.view)
        self.tree.chosen.connect(self._on_chosen)
        self.details.go_to.connect(self.show_row)
        self.findings.go_to.connect(self.go_to)
        self.findings.closed.connect(lambda: self.findings.setVisible(False))
        session.checked.connect(self._on_checked)
        session.switched.connect(lambda: self._on_chosen(self.tree.current_row()))
        self._on_chosen(self.tree.current_row())

    def go_to(self, finding: Finding) -> None:
        """Show the cell that a finding is about."""
        row = self._session.plan.find(finding.tabel, finding.row_id)
        if row is None:
            return
        self.show_row(row)
        face = REALISASI if face_of(finding) == "realisasi" else RENCANA
        self.grid.go_to(row.id, column_of(finding), face)

    def show_row(self, row: Row) -> None:
        """Make a row current in its tree."""
        if not isinstance(row, Indikator) or self.tree.current_row() != row:
            self.tree.show_row(row)
        self._on_chosen(self.tree.current_row())

    def panes(self) -> tuple[QWidget, ...]:
        """Where F6 goes round: tree, details, grid, findings."""
        self.tree.setFocusProxy(self.tree.view)
        self.details.setFocusProxy(self.details.first_field())
        return self.tree, self.details, self.grid, self.findings

    def commit(self) -> None:
        """Store what is being typed in a field or cell."""
        self.details.commit()
        self.grid.commit()

    def _on_checked(self) -> None:
        """Write the lines of the grid anew, with their marks."""
        self.grid.model.set_kumulatif(self.grid.model.kumulatif)

    def _on_chosen(self, row: Row | None) -> None:
        self.details.show_row(row)
        self.grid.show_branch(row)
        self.row_changed.emit(row)


def _rule() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Plain)
    line.setFixedHeight(1)
    return line
