"""The preview of a filled-in sheet: what it would change, ticked line by line, and what could not be read."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QListWidget,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from models.errors import PlanError
from models.plan import Plan
from services.lembar_isian_baca import Preview, read_sheet
from services.lembar_isian_usulan import LABEL, changes_of
from ui.fonts import LIST_HEADING, SMALL, ui_font
from ui.isian_proposals import NAMA, Proposals
from ui.note_line import NoteLine
from ui.progress_line import ProgressLine
from ui.proxy_style import plain_fusion
from ui.session import Session
from ui.tasks import Progress, Task
from ui.tree_delegate import ROW

WIDTH, HEIGHT, UNREAD = 900, 560, 110
_WIDTHS = {0: 64, NAMA: 260, 2: 96, 3: 104, 4: 104, 5: 80}


class ProposalTable(QTableView):
    """The space bar ticks the selected lines, or unticks them."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        model = self.model()
        if event.key() == Qt.Key.Key_Space and isinstance(model, Proposals):
            rows = [index.row() for index in self.selectionModel().selectedRows()]
            model.turn(rows or [self.currentIndex().row()])
        else:
            super().keyPressEvent(event)


class PreviewDialog(QDialog):
    """Reads the sheet off the GUI thread as soon as it opens. Terapkan does all ticked lines as one step."""

    def __init__(self, session: Session, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(f"Baca lembar isian: {path.name}")
        room = self.screen().availableSize()
        self.resize(min(WIDTH, room.width() - 24), min(HEIGHT, room.height() - 56))
        self.setSizeGripEnabled(True)
        self.heading, self.unread_heading = QLabel(), QLabel()
        self.heading.setFont(ui_font(LIST_HEADING, semibold=True))
        self.unread_heading.setFont(ui_font(semibold=True))
        self.hint = QLabel()
        self.hint.setFont(ui_font(SMALL))
        self.hint.setForegroundRole(self.hint.palette().ColorRole.PlaceholderText)
        for label in (self.heading, self.hint, self.unread_heading):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.proposals = Proposals((), self)
        self.table = ProposalTable()
        self.table.setAccessibleName("Perubahan dari lembar isian; spasi mencentang")
        self.unread = QListWidget()
        self.unread.setStyle(plain_fusion())
        self.unread.setAccessibleName("Yang tidak terbaca")
        self.unread.setWordWrap(True)
        self.unread.setFixedHeight(UNREAD)
        self.unread.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.note, self.line = NoteLine(size=SMALL), ProgressLine()
        self.line.cancel.setAutoDefault(False)
        self._set_up_table()
        buttons = QDialogButtonBox()
        self.apply = buttons.addButton("&Terapkan", QDialogButtonBox.ButtonRole.AcceptRole)
        self.apply.setDefault(True)
        self.all, self.none = QPushButton("Centang &semua"), QPushButton("&Kosongkan centang")
        for button, ticked in ((self.all, True), (self.none, False)):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, ticked=ticked: self.proposals.tick_all(ticked))
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ResetRole)
        cancel = buttons.addButton("&Batal", QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self.heading)
        layout.addWidget(self.hint)
        layout.addWidget(self.table, 1)
        below: tuple[QWidget, ...] = (self.unread_heading, self.unread, self.note, self.line, buttons)
        for widget in below:
            layout.addWidget(widget)
        self.proposals.ticked_changed.connect(self._allow)
        self.line.cancelled.connect(self.reject)
        self.unread_heading.hide()
        self.unread.hide()
        self._allow()
        self._read(path)

    def accept(self) -> None:
        """Do what is ticked, as one step."""
        chosen = self.proposals.chosen()
        if not chosen:
            return
        try:
            changes = changes_of(self._session.plan, chosen)
        except PlanError as error:
            self.note.say(str(error), "galat")
            return
        if self._session.edit(LABEL, changes):
            super().accept()

    def done(self, result: int) -> None:
        """What is still being read is given up."""
        self._task.cancel()
        super().done(result)

    def _read(self, path: Path) -> None:
        rows = list(self._session.plan.rows())

        def work(progress: Progress) -> Preview:
            return read_sheet(path, Plan(rows), progress)

        self.heading.setText("Membaca lembar isian...")
        self.line.begin("Membaca lembar isian")
        task = self._task = Task(work, self)
        task.progressed.connect(self.line.show_step)
        task.finished.connect(self._show)
        task.failed.connect(self._on_failed)
        task.crashed.connect(lambda _: self._on_failed("Lembar isian tidak dapat dibaca."))
        task.start()

    def _on_failed(self, sentence: str) -> None:
        self.line.end()
        self.heading.setText("Lembar isian tidak terbaca")
        self.note.say(sentence, "galat")

    def _show(self, preview: Preview) -> None:
        self.line.end()
        whom = f" dari {preview.untuk}" if preview.untuk else ""
        count = len(preview.usulan)
        self.heading.setText(
            f"{count} perubahan untuk {preview.sampai.nama}{whom}" if count else f"Tidak ada perubahan{whom}"
        )
        said = ["Yang dicentang masuk ke rencana sebagai satu langkah; Urungkan mengembalikan semuanya."]
        said += [f"{preview.tetap} sel berisi sama dengan rencana."] if preview.tetap else []
        if preview.dokumen_id != self._session.dokumen_id:
            said.append("Lembar ini milik dokumen lain dalam berkas ini.")
        self.hint.setText(" ".join(said) if count or preview.tetap else "")
        self.proposals.set_rows(preview.usulan)
        for one in preview.tak_terbaca:
            self.unread.addItem(f"Baris {one.nomor}: {one.kalimat}" if one.nomor else one.kalimat)
        missing = len(preview.tak_terbaca)
        self.unread_heading.setText(f"{missing} tidak terbaca, jadi tidak diubah")
        self.unread_heading.setVisible(bool(missing))
        self.unread.setVisible(bool(missing))
        if count:
            self.table.setCurrentIndex(self.proposals.index(0, 0))
            self.table.setFocus()
        self._allow()

    def _allow(self) -> None:
        count = len(self.proposals.chosen())
        self.apply.setEnabled(count > 0)
        self.apply.setText(f"&Terapkan {count}" if count else "&Terapkan")
        there = self.proposals.rowCount() > 0
        for button in (self.all, self.none):
            button.setEnabled(there)

    def _set_up_table(self) -> None:
        table = self.table
        table.setStyle(plain_fusion())
        table.setModel(self.proposals)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows, heads = table.verticalHeader(), table.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(ROW)
        rows.setDefaultSectionSize(ROW)
        heads.setHighlightSections(False)
        heads.setStretchLastSection(True)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in _WIDTHS.items():
            table.setColumnWidth(column, width)
