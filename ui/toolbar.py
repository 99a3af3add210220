"""The bar under the menus: which document, which view, undo and redo, findings, print and export."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QToolBar, QToolButton, QWidget

from ui.icons import icon
from ui.marks import mark_icon
from ui.segments import Segments

if TYPE_CHECKING:
    from ui.actions import Actions
    from ui.session import Session
    from ui.work_page import WorkPage


class ToolBar(QToolBar):
    """`document_chosen(id)`, `view_chosen(0 Susun | 1 Naskah | 2 Formulir)`."""

    document_chosen = Signal(str)
    view_chosen = Signal(int)

    def __init__(self, actions: "Actions", parent: QWidget | None = None) -> None:
        super().__init__("Bilah alat", parent)
        self.setObjectName("bilah")
        self.setMovable(False)
        self.setIconSize(QSize(16, 16))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setFixedHeight(36)
        self._documents = QComboBox()
        self._documents.setFixedHeight(24)
        self._documents.setMinimumWidth(120)
        self._documents.setMaximumWidth(412)
        self._documents.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._documents.setAccessibleName("Dokumen rencana")
        self._documents.activated.connect(lambda i: self.document_chosen.emit(self._documents.itemData(i)))
        self._view = Segments(["Susun", "Naskah", "Formulir"], name="Tampilan")
        self._view.chosen.connect(self.view_chosen)
        self._findings = QToolButton()
        self._findings.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._findings.setAutoRaise(True)
        self._findings.setToolTip("Daftar temuan (Ctrl+T)")
        self._findings.clicked.connect(actions.findings.trigger)
        room = QWidget()
        room.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        for widget in (_gap(8), self._documents, _gap(16), self._view, _gap(16)):
            self.addWidget(widget)
        self.addActions([actions.undo, actions.redo])
        for widget in (room, self._findings):
            self.addWidget(widget)
        self.addActions([actions.print, actions.export])

    def set_documents(self, session: "Session") -> None:
        """The documents of the file, year and stage first."""
        from models.rows import Dokumen, Opd
        from services.naming import document_name

        names = []
        for dokumen in session.plan.all(Dokumen):
            opd = session.plan.get(Opd, dokumen.opd_id)
            name = f"{document_name(dokumen)}  {opd.nama}"
            metrics = self._documents.fontMetrics()
            names.append((metrics.elidedText(name, Qt.TextElideMode.ElideRight, 370), dokumen.id))
        if names != [
            (self._documents.itemText(i), self._documents.itemData(i)) for i in range(self._documents.count())
        ]:
            self._documents.clear()
            for name, dokumen_id in names:
                self._documents.addItem(name, dokumen_id)
        self._documents.setCurrentIndex(self._documents.findData(session.dokumen_id))

    def set_view(self, index: int) -> None:
        """Show which view is there, without saying chosen again."""
        self._view.blockSignals(True)
        self._view.set_index(index)
        self._view.blockSignals(False)

    def view(self) -> int:
        """Which view is there."""
        return self._view.index()

    def show_findings(self, work: "WorkPage | None") -> None:
        """The worst level and its count."""
        worst = work.findings.worst() if work is not None else None
        self._findings.setIcon(mark_icon(worst[0]) if worst else icon("check", role="in_order"))
        self._findings.setText(f"Periksa  {worst[1]} {worst[0]}" if worst else "Periksa: tidak ada temuan")


def _gap(width: int) -> QWidget:
    gap = QWidget()
    gap.setFixedWidth(width)
    return gap
