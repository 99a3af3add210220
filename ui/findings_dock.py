"""The findings at the foot of the window: what is wrong, where, and a click goes there, mends or accepts it."""

from datetime import datetime

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QMenu, QTreeView, QVBoxLayout, QWidget

from models.lock import user
from services.checks.finding import Key
from services.terms import LEVELS, Level
from ui.findings_bar import FindingsBar
from ui.findings_delegate import INDENT, FindingsDelegate
from ui.findings_model import (
    ACTION,
    ALASAN,
    BATALKAN,
    DITERIMA,
    HARUSNYA,
    KODE,
    MARK,
    NILAI,
    PERBAIKI,
    PLACE,
    SELISIH,
    TEMUAN,
    TERIMA,
    FindingsModel,
)
from ui.messages import tell
from ui.proxy_style import plain_fusion
from ui.read_only import changing, settle_menu
from ui.session import Session

_WIDTHS = {MARK: 32, NILAI: 112, HARUSNYA: 140, SELISIH: 104, ACTION: 92, KODE: 148, DITERIMA: 200}
_KODE_FROM = 1000
"""Pixels of width from which the codes have room."""
CHECKING = "Rencana sedang diperiksa..."
NO_MEND = "Tidak ada perbaikan yang pasti aman untuk temuan ini. Ubah angkanya sendiri, atau terima dengan alasan."


class FindingsPanel(QWidget):
    """`go_to(finding)` when a line is clicked, entered or reached by F8; `closed` when it is put away.

    What no row of the trees shows is gone to from here, where the panel stands in the main window. `print_wanted`: the
    list is to be shown as a form.
    """

    go_to = Signal(object)
    closed = Signal()
    counted = Signal()
    print_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = FindingsModel(session, self)
        self.bar = FindingsBar(self.model.filter)
        self.view = QTreeView()
        self._none = QLabel()
        self._none.setContentsMargins(12, 8, 12, 8)
        self._none.setForegroundRole(self._none.palette().ColorRole.PlaceholderText)
        self._make_view()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self._none)
        layout.addWidget(self.view, 1)
        self._step_wanted = 0
        self._visited: Key | None = None
        """The finding that was gone to last."""
        self.bar.filtered.connect(self._on_filtered)
        self.bar.closed.connect(self.closed)
        self.bar.print_wanted.connect(self.print_wanted)
        self._choosing = QTimer(self, singleShot=True, interval=0)
        self._choosing.timeout.connect(self._set_choices)
        self.model.modelReset.connect(self._on_reset)
        session.changed.connect(self._count)
        self._on_reset()
        self.setMinimumHeight(104)

    def sizeHint(self) -> QSize:
        return QSize(600, 128)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._set_choices()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view.setColumnHidden(KODE, self.width() < _KODE_FROM)

    def next(self, step: int) -> None:
        """F8 and Shift+F8: the next or previous line, round at the end; in a large plan as soon as it is checked."""
        if not self.model.ready:
            self._step_wanted = step
            return
        count = self.model.rowCount()
        if not count:
            return
        current = self.view.currentIndex()
        at = current.parent() if current.parent().isValid() else current
        row = (at.row() + step) % count if at.isValid() else (0 if step > 0 else count - 1)
        if step > 0 and at.isValid() and self._visited != self.model.group(current).first.key:
            # Current by itself, as the first one of a list and the one below a line that is gone.
            row = at.row()
        self.view.setCurrentIndex(self.model.index(row, TEMUAN))
        self._go(self.view.currentIndex())

    def worst(self) -> tuple[Level, int] | None:
        """The worst level there is, and its count; for the button in the bar."""
        return next(((level, n) for level in LEVELS if (n := self.model.count(level))), None)

    @changing
    def mend(self, index: QModelIndex) -> None:
        """Show what the mend of a line would change, and do it as one step where the officer agrees."""
        from ui.mend_dialog import MendDialog
        from ui.mend_preview import altered

        group = self.model.group(index)
        mend = self._session.checks.mend(*group.findings)
        if mend is None:
            self.model.set_unmendable(index)
            tell(self, NO_MEND)
            return
        dialog = MendDialog(group.pesan, mend, altered(self._session.plan, mend.changes), self)
        if dialog.exec():
            self._session.edit(mend.label, mend.changes)
        dialog.deleteLater()

    @changing
    def accept(self, index: QModelIndex) -> None:
        """Accept a line, and what follows from it, for a reason that is asked for."""
        from services.accepting import accept
        from ui.findings_accept import AcceptDialog

        line = self.model.line(index)
        more = len(line.findings) - len(line.group.findings)
        place = self.model.index(index.row(), PLACE, index.parent()).data()
        dialog = AcceptDialog(line.group.pesan, place, more, self)
        if dialog.exec():
            plan, now = self._session.plan, datetime.now().astimezone().isoformat(timespec="seconds")
            changes = accept(plan, self._session.dokumen_id, line.findings, dialog.reason, user(), now)
            self._session.edit("terima temuan", changes)
        dialog.deleteLater()

    @changing
    def withdraw(self, index: QModelIndex) -> None:
        """Take the acceptance of a line back."""
        from services.accepting import withdraw

        changes = withdraw(self._session.plan, self.model.line(index).findings)
        if changes:
            self._session.edit("batalkan penerimaan temuan", changes)

    def _make_view(self) -> None:
        view = self.view
        view.setStyle(plain_fusion())
        view.setAccessibleName("Temuan")
        view.setModel(self.model)
        view.setTreePosition(TEMUAN)
        view.setIndentation(INDENT)
        view.setUniformRowHeights(True)
        view.setFrameShape(QTreeView.Shape.NoFrame)
        view.setItemDelegate(FindingsDelegate(view))
        view.setAllColumnsShowFocus(True)
        view.setExpandsOnDoubleClick(False)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._menu)
        header = view.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setFixedHeight(20)
        for column in (TEMUAN, PLACE, ALASAN):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            view.setColumnWidth(column, width)
        view.clicked.connect(self._on_clicked)
        view.activated.connect(self._go)

    def _on_filtered(self) -> None:
        self._visited = None
        self.model.show()

    def _on_reset(self) -> None:
        accepted = self.model.filter.accepted
        for column in (NILAI, HARUSNYA, SELISIH):
            self.view.setColumnHidden(column, accepted)
        for column in (ALASAN, DITERIMA):
            self.view.setColumnHidden(column, not accepted)
        if self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(0, TEMUAN))
        self._count()
        if self.model.ready and self._step_wanted:
            step, self._step_wanted = self._step_wanted, 0
            self.next(step)

    def _count(self) -> None:
        model, there = self.model, self.model.rowCount() > 0
        self.bar.set_counts(model.count, model.accepted_count())
        nothing = not any(model.count(level) for level in LEVELS) and not model.filter.accepted
        checked = "Tidak ada temuan." if nothing else "Tidak ada temuan yang cocok dengan saringan."
        self._none.setText(checked if model.ready else CHECKING)
        self._none.setVisible(not there)
        self.view.setVisible(there)
        self._choosing.start()
        self.counted.emit()

    def _set_choices(self) -> None:
        if self.isVisible():
            self.bar.set_choices(self._session.plan, self._session.dokumen_id, self.model.rules())

    def _on_clicked(self, index: QModelIndex) -> None:
        action = index.data() if index.column() == ACTION else ""
        if action:
            self._do(action, index)
        else:
            self._go(index)

    def _do(self, action: str, index: QModelIndex) -> None:
        {PERBAIKI: self.mend, TERIMA: self.accept, BATALKAN: self.withdraw}[action](index)

    def _menu(self, at: QPoint) -> None:
        index = self.view.indexAt(at)
        index = index if index.isValid() else self.view.currentIndex()
        if index.isValid():
            menu = self.menu_of(index)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.view.viewport().mapToGlobal(at))

    def menu_of(self, index: QModelIndex) -> QMenu:
        """What may be done with a line."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.addAction("&Buka selnya", lambda: self._go(index))
        if index.parent().isValid():
            return menu
        if self.model.filter.accepted:
            changes = [menu.addAction("Batalkan &penerimaan", lambda: self.withdraw(index))]
        else:
            changes = [menu.addAction("&Terima...", lambda: self.accept(index))]
            if self.model.may_mend(index):
                changes.insert(0, menu.addAction("&Perbaiki...", lambda: self.mend(index)))
                menu.insertAction(changes[1], changes[0])
        for action in changes:
            settle_menu(self._session, action, None, changes=True)
        return menu

    def _go(self, index: QModelIndex) -> None:
        from ui.findings_go import show_elsewhere
        from ui.main_window import MainWindow

        if not index.isValid():
            return
        finding, window = self.model.group(index).first, self.window()
        self._visited = finding.key
        if not (isinstance(window, MainWindow) and show_elsewhere(window, finding)):
            self.go_to.emit(finding)
