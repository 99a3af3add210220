"""The bar under the menus: which document, which view, undo and redo, search, findings, print and export."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QToolBar, QToolButton, QWidget

from ui.find_field import FindField
from ui.icons import icon
from ui.marks import mark_icon
from ui.segments import Segments

if TYPE_CHECKING:
    from ui.actions import Actions
    from ui.session import Session
    from ui.work_page import WorkPage

SUSUN, POHON, NASKAH, FORMULIR = range(4)
"""The views of an open plan, in the order of the bar."""
NARROW = 1160
DOCUMENTS = (120, 412)
"""Width of the list of documents, least and most."""
FIND = (148, 200)
"""Width of the search field in a narrow window and otherwise."""
MARGIN = 32


class ToolBar(QToolBar):
    """`document_chosen(id)`, `view_chosen(SUSUN | POHON | NASKAH | FORMULIR)`."""

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
        self._names: list[tuple[str, str]] = []
        self._documents.setAccessibleName("Dokumen rencana")
        self._documents.activated.connect(lambda i: self.document_chosen.emit(self._documents.itemData(i)))
        self._view = Segments(["Susun", "Pohon", "Naskah", "Formulir"], name="Tampilan")
        self._view.chosen.connect(self.view_chosen)
        self.finder = FindField()
        self._findings = QToolButton()
        self._findings.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._findings.setAutoRaise(True)
        self._findings.setToolTip("Daftar temuan (Ctrl+T)")
        self._findings.clicked.connect(actions.findings.trigger)
        room = QWidget()
        room.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        for widget in (_gap(8), self._documents, _gap(12), self._view, _gap(8)):
            self.addWidget(widget)
        for action, menu in ((actions.undo, actions.undo_list), (actions.redo, actions.redo_list)):
            self.addAction(action)
            button = self._button(action)
            button.setMenu(menu)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        for widget in (room, self.finder, _gap(8), self._findings):
            self.addWidget(widget)
        self.addActions([actions.print, actions.export])
        self._wordy = [self._button(a) for a in (actions.undo, actions.redo, actions.print, actions.export)]

    def set_documents(self, session: "Session") -> None:
        """The documents of the file, year and stage first."""
        from models.rows import Dokumen, Opd
        from services.naming import document_name

        names = []
        for dokumen in session.plan.all(Dokumen):
            opd = session.plan.get(Opd, dokumen.opd_id)
            several = len(session.plan.all(Opd)) > 1
            agency = " ".join(part for part in (opd.nama, opd.pemda if several else "") if part)
            parts = (agency, document_name(dokumen)) if several else (document_name(dokumen), agency)
            names.append(("  ".join(parts), dokumen.id))
        if names != self._names:
            self._names = names
            self._list_documents()
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
        """The worst level and its count, as far as all is checked."""
        ready = work is not None and work.findings.model.ready
        worst = work.findings.worst() if work is not None and ready else None
        if worst is not None:
            picture, text = mark_icon(worst[0]), f"Periksa  {worst[1]} {worst[0]}"
        elif ready:
            picture, text = icon("check", role="in_order"), "Periksa: tidak ada temuan"
        else:
            picture, text = icon("list-checks"), "Sedang memeriksa..."
        if text != self._findings.text():
            self._findings.setIcon(picture)
            self._findings.setText(text)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a narrow window the commands are pictures; the list of documents gets what is left."""
        style = Qt.ToolButtonStyle
        for button in self._wordy:
            button.setToolButtonStyle(
                style.ToolButtonIconOnly if self.width() < NARROW else style.ToolButtonTextBesideIcon
            )
        self.finder.setFixedWidth(FIND[0] if self.width() < NARROW else FIND[1])
        between = self.style().pixelMetric(QStyle.PixelMetric.PM_ToolBarItemSpacing, None, self)
        others = sum(max(w.sizeHint().width(), w.minimumWidth()) + between for w in self._others())
        width = max(DOCUMENTS[0], min(DOCUMENTS[1], self.width() - others - MARGIN))
        if self._documents.width() != width:
            self._documents.setFixedWidth(width)
            self._list_documents()

    def _others(self) -> list[QWidget]:
        widgets = [self.widgetForAction(action) for action in self.actions()]
        return [w for w in widgets if w is not None and w is not self._documents]

    def _button(self, action: QAction) -> QToolButton:
        button = self.widgetForAction(action)
        if not isinstance(button, QToolButton):
            raise TypeError(action.text())
        return button

    def _list_documents(self) -> None:
        """The names, cut to the width of the list."""
        chosen = self._documents.currentData()
        self._documents.clear()
        metrics, room = self._documents.fontMetrics(), max(self._documents.width() - 42, 60)
        for name, dokumen_id in self._names:
            self._documents.addItem(metrics.elidedText(name, Qt.TextElideMode.ElideRight, room), dokumen_id)
            self._documents.setItemData(self._documents.count() - 1, name, Qt.ItemDataRole.ToolTipRole)
        self._documents.setCurrentIndex(self._documents.findData(chosen))


def _gap(width: int) -> QWidget:
    gap = QWidget()
    gap.setFixedWidth(width)
    return gap
