"""Target dan pagu per tahun: the matrix of the Renstra to type into, and the results of its years."""

from PySide6.QtCore import QItemSelectionModel, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from models.errors import PlanError
from models.rows import Dokumen
from services.tahunan_isian import REALISASI, RENCANA, Face, set_renstra
from ui.colours import colours
from ui.fonts import SMALL, ui_font
from ui.note_line import NoteLine
from ui.proxy_style import plain_fusion
from ui.read_only import REASON, changing
from ui.segments import Segments
from ui.session import Session
from ui.tahunan_model import YearsModel
from ui.tree_delegate import ROW

_FACES: tuple[Face, ...] = (RENCANA, REALISASI)
_YEAR_WIDTH, _NAME_WIDTH, _STEP = 106, 380, 14
_KEYS = QKeySequence.StandardKey
_HELP = (
    "Ketik di sel tahun; Ctrl+C dan Ctrl+V menyalin dan menempel banyak sel, juga dari Excel; Delete mengosongkan. "
    "Angka pudar berasal dari dokumen tahun ini, atau dari periodenya."
)


class _Names(QHeaderView):
    """What the lines are called, those below others further in; it stays in sight when the years are scrolled."""

    def __init__(self, model: YearsModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._model = model
        self.setFixedWidth(_NAME_WIDTH)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        c = colours()
        line = self._model.table.lines[logicalIndex]
        painter.fillRect(rect, c.base)
        painter.setPen(c.grid_line)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.fillRect(QRect(rect.right() - 1, rect.top(), 2, rect.height()), c.pane_edge)
        painter.setFont(ui_font(semibold=self._model.is_head(logicalIndex)))
        painter.setPen(c.text)
        box = rect.adjusted(8 + _STEP * line.dalam, 0, -8, 0)
        text = str(self._model.headerData(logicalIndex, Qt.Orientation.Vertical))
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


class YearsTable(QTableView):
    """Type, copy, paste and empty cells; Enter goes down."""

    def __init__(self, model: YearsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setStyle(plain_fusion())
        self.setAccessibleName("Target dan pagu per tahun")
        self.setTabKeyNavigation(True)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalHeader(_Names(model, self))
        rows, heads = self.verticalHeader(), self.horizontalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(ROW)
        rows.setDefaultSectionSize(ROW)
        heads.setHighlightSections(False)
        heads.setMinimumSectionSize(56)
        self.settle()
        model.modelReset.connect(self.settle)

    @property
    def session(self) -> Session:
        """The plan that is shown."""
        return self._model.session

    def settle(self) -> None:
        """The widths of the columns."""
        for column in range(self._model.columnCount()):
            self.setColumnWidth(column, _YEAR_WIDTH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if event.matches(_KEYS.Copy):
            self.copy()
        elif event.matches(_KEYS.Paste):
            self.paste()
        elif plain and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.empty()
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # What is being typed is stored first, as soon as the key has been dealt with.
            QTimer.singleShot(0, self, lambda: self.step(1, 0))
        else:
            super().keyPressEvent(event)

    def step(self, down: int, right: int) -> None:
        """Go to a neighbour, where there is one."""
        at = self.currentIndex()
        to = self._model.index(at.row() + down, at.column() + right)
        if to.isValid():
            self.setCurrentIndex(to)

    def copy(self) -> None:
        """The smallest block around the selected cells, as it is shown."""
        from ui import clipboard

        chosen = self.selectedIndexes()
        if chosen:
            rows = range(min(i.row() for i in chosen), max(i.row() for i in chosen) + 1)
            columns = range(min(i.column() for i in chosen), max(i.column() for i in chosen) + 1)
            texts = [[str(self._model.data(self._model.index(r, c)) or "").strip() for c in columns] for r in rows]
            QGuiApplication.clipboard().setMimeData(clipboard.write(texts))

    @changing
    def paste(self) -> None:
        """The clipboard's block, from the selection's first cell on, as one step; cells that take nothing stay."""
        from services.paste_cells import is_missing
        from ui import clipboard

        places = self._model.places(self.selectedIndexes())
        block = clipboard.read(QGuiApplication.clipboard().mimeData())
        if not places or not block:
            return
        top, left = min(row for row, _ in places), min(year for _, year in places)
        texts = {}
        rows, years = self._model.rowCount(), len(self._model.table.years)
        filled = [(top, left)] if len(places) == 1 else places
        if len(block) == 1 and len(block[0]) == 1:
            texts = {place: str(block[0][0]) for place in filled}
        else:
            for down, cells in enumerate(block):
                for right, text in enumerate(cells):
                    if top + down < rows and left + right < years and not is_missing(text):
                        texts[top + down, left + right] = str(text)
        self._model.type(texts)

    @changing
    def empty(self) -> None:
        """Empty the selected cells as one step."""
        self._model.type(dict.fromkeys(self._model.places(self.selectedIndexes()), ""))


class YearsDialog(QDialog):
    """Each cell is stored as soon as it is left; Tutup only closes."""

    def __init__(self, session: Session, row_id: str, parent: QWidget) -> None:
        """`row_id`: the row to begin at; "" for the first."""
        super().__init__(parent)
        self.setWindowTitle("Target dan pagu per tahun (Renstra)")
        room = parent.window().size()
        self.resize(min(1080, max(room.width(), 640)), min(560, max(room.height(), 360)))
        self.setSizeGripEnabled(True)
        self._session = session
        self.face = Segments(("Target dan pagu", "Realisasi"), name="Yang diisi")
        self.first, self.last = QLineEdit(), QLineEdit()
        top = QHBoxLayout()
        top.setSpacing(8)
        for text, field in (("&Renstra tahun", self.first), ("sampa&i", self.last)):
            label = QLabel(text)
            label.setBuddy(field)
            field.setFixedWidth(64)
            field.setMaxLength(4)
            field.setReadOnly(session.read_only)
            field.editingFinished.connect(self._store_renstra)
            top.addWidget(label)
            top.addWidget(field)
        self.first.setAccessibleName("Tahun awal Renstra")
        self.last.setAccessibleName("Tahun akhir Renstra")
        top.addStretch()
        top.addWidget(self.face)
        self.model = YearsModel(session, RENCANA, self)
        self.table = YearsTable(self.model, self)
        self.note = NoteLine(size=SMALL)
        help_line = QLabel(_HELP)
        help_line.setWordWrap(True)
        help_line.setFont(ui_font(SMALL))
        help_line.setForegroundRole(help_line.palette().ColorRole.PlaceholderText)
        buttons = QDialogButtonBox()
        close = buttons.addButton("Tutup", QDialogButtonBox.ButtonRole.AcceptRole)
        close.setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
        for widget in (help_line, self.note, buttons):
            layout.addWidget(widget)
        self.face.chosen.connect(lambda at: self._show_face(_FACES[at]))
        self.model.refused.connect(lambda sentence: self.note.say(sentence, "galat"))
        session.changed.connect(self._show_renstra)
        self._show_renstra()
        if session.read_only:
            self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
            self.note.say(REASON)
        self.go_to(row_id)
        self.table.setFocus()

    def go_to(self, row_id: str) -> None:
        """Choose the first year of the Renstra in a row."""
        years = self.model.table.years
        first = str(self.model.table.dokumen.awal_renstra)
        column = years.index(first) if first in years else 0
        at = self.model.index(max(self.model.line_of(row_id), 0), column)
        self.table.selectionModel().setCurrentIndex(at, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.table.scrollTo(at, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _show_face(self, face: Face) -> None:
        at = self.table.currentIndex()
        self.model.show_face(face)
        self.table.setAccessibleName("Realisasi per tahun" if face == REALISASI else "Target dan pagu per tahun")
        self.table.setCurrentIndex(self.model.index(at.row(), at.column()))
        self.note.say("")

    def _show_renstra(self) -> None:
        dokumen = self._session.plan.find(Dokumen, self._session.dokumen_id)
        if dokumen is None:
            return
        for field, year in ((self.first, dokumen.awal_renstra), (self.last, dokumen.akhir_renstra)):
            if not field.hasFocus():
                field.setText("" if year is None else str(year))

    def _store_renstra(self) -> None:
        """Once both years are there, or neither."""
        dokumen = self._session.plan.find(Dokumen, self._session.dokumen_id)
        if dokumen is None or self._session.read_only or bool(self.first.text()) != bool(self.last.text()):
            return
        try:
            changes = set_renstra(dokumen, self.first.text(), self.last.text())
        except PlanError as error:
            self.note.say(str(error), "galat")
            return
        self.note.say("")
        if changes:
            self._session.edit("ubah tahun Renstra", changes)
