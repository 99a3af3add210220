"""The findings at the foot of the window: what is wrong, where, and a click goes there."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from services.terms import LEVELS, Level
from ui import roles
from ui.colours import colours
from ui.findings_model import FindingsModel
from ui.fonts import LIST_HEADING, SMALL, ui_font
from ui.icons import icon
from ui.marks import mark_icon, paint_mark
from ui.proxy_style import plain_fusion
from ui.session import Session

Index = QModelIndex | QPersistentModelIndex
_WIDTHS = {0: 32, 3: 112, 4: 140, 5: 104, 6: 136}


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, 24)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        c = colours()
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            focused = option.widget is None or option.widget.hasFocus()  # type: ignore[attr-defined]
            painter.fillRect(rect, c.selection if focused else c.selection_inactive)
        painter.setPen(c.grid_line)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if index.column() == 0:
            paint_mark(painter, QRect(rect.left() + 10, rect.top() + 6, 12, 12), index.data(roles.LEVEL))
            return
        muted = index.column() in (2, 6)
        painter.setPen(c.muted if muted else c.text)
        painter.setFont(ui_font(SMALL) if index.column() == 6 else ui_font())
        box = rect.adjusted(4, 0, -4, 0)
        text = painter.fontMetrics().elidedText(index.data() or "", Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, index.data(Qt.ItemDataRole.TextAlignmentRole), text)


class FindingsPanel(QWidget):
    """`go_to(finding)` when a line is clicked, entered or reached by F8; `closed` when it is put away."""

    go_to = Signal(object)
    closed = Signal()
    counted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = FindingsModel(session, self)
        self.view = QTreeView()
        self._levels: dict[Level, QPushButton] = {}
        self._none = QLabel("Tidak ada temuan.")
        self._none.setContentsMargins(12, 8, 12, 8)
        self._none.setForegroundRole(self._none.palette().ColorRole.PlaceholderText)
        self._make_view()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._make_bar())
        layout.addWidget(self._none)
        layout.addWidget(self.view, 1)
        self.model.modelReset.connect(self._on_reset)
        self._on_reset()
        self.setMinimumHeight(104)

    def sizeHint(self) -> QSize:
        return QSize(600, 128)

    def next(self, step: int) -> None:
        """F8 and Shift+F8: the next or previous line, round at the end."""
        count = self.model.rowCount()
        if not count:
            return
        current = self.view.currentIndex()
        row = (current.row() + step) % count if current.isValid() else (0 if step > 0 else count - 1)
        self.view.setCurrentIndex(self.model.index(row, 1))
        self._go(self.view.currentIndex())

    def worst(self) -> tuple[Level, int] | None:
        """The worst level there is, and its count; for the button in the bar."""
        return next(((level, n) for level in LEVELS if (n := self.model.count(level))), None)

    def _make_view(self) -> None:
        view = self.view
        view.setStyle(plain_fusion())
        view.setAccessibleName("Temuan")
        view.setModel(self.model)
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setFrameShape(QTreeView.Shape.NoFrame)
        view.setItemDelegate(_Delegate(view))
        view.setAllColumnsShowFocus(True)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = view.header()
        header.setStretchLastSection(False)
        header.setFixedHeight(20)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            view.setColumnWidth(column, width)
        view.clicked.connect(self._go)
        view.activated.connect(self._go)

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        bar.setFixedHeight(32)
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(8)
        title = QLabel("Temuan")
        title.setFont(ui_font(LIST_HEADING, semibold=True))
        row.addWidget(title)
        for level in LEVELS:
            button = QPushButton(mark_icon(level), "")
            button.setCheckable(True)
            button.setChecked(True)
            button.setFixedHeight(24)
            button.setToolTip(f"Tampilkan {level}")
            button.toggled.connect(lambda on, level=level: self._on_level(level, on))
            self._levels[level] = button
            row.addWidget(button)
        row.addStretch()
        hint = QLabel("F8 temuan berikut")
        hint.setFont(ui_font(SMALL))
        hint.setForegroundRole(hint.palette().ColorRole.PlaceholderText)
        row.addWidget(hint)
        close = QToolButton()
        close.setIcon(icon("x"))
        close.setAutoRaise(True)
        close.setAccessibleName("Tutup daftar temuan")
        close.setToolTip("Tutup daftar temuan")
        close.clicked.connect(self.closed)
        row.addWidget(close)
        return bar

    def _on_level(self, level: Level, on: bool) -> None:
        (self.model.shown_levels.add if on else self.model.shown_levels.discard)(level)
        self.model.rebuild()

    def _on_reset(self) -> None:
        for level, button in self._levels.items():
            button.setText(f"{self.model.count(level)} {level}")
        there = self.model.rowCount() > 0
        self._none.setVisible(not there)
        self.view.setVisible(there)
        if there:
            self.view.setCurrentIndex(self.model.index(0, 1))
        self.counted.emit()

    def _go(self, index: QModelIndex) -> None:
        if index.isValid():
            self.go_to.emit(self.model.group(index.row()).first)
