"""The merge view: what comes in by branch, what is disputed side by side, and the choice between ours and theirs."""

from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from services.merge_conflicts import Side
from services.merge_meanwhile import meanwhile
from services.merge_preview import Pending, Stored, is_double
from ui.fonts import SMALL, ui_font
from ui.marks import paint_mark
from ui.merge_head import MergeHead
from ui.merge_model import KINDS, TEMPAT, MergeModel
from ui.merge_table import MergeTable
from ui.merge_tree import WIDTH, MergeTree
from ui.note_line import NoteLine
from ui.segments import Segments

BAR, FOOT = 36, 52
NARROW, NARROW_TREE = 1100, 260
KINDS_WIDTH = 136
KEEP = "Tanpa pilihan di sini: baris yang ditambah, dihapus, atau dipindah diurungkan setelah digabung."
TIP_BELOW = 16
"""So far below a place Qt shows a tooltip."""
ONLY_ONE = "Alt+1 hanya untuk kode yang ditambah dua kali, atau isian yang tidak diubah di rencana ini sendiri."
_MERGED = "Penggabungan dapat diurungkan dalam satu langkah"


class MergeView(QWidget):
    """`accepted()`: Gabungkan; `cancelled()`: Batal; `left()`: Kembali, the preview stays as it is."""

    accepted = Signal()
    cancelled = Signal()
    left = Signal()

    def __init__(self, preview: Pending | Stored, ours: str = "", parent: QWidget | None = None) -> None:
        """`ours`: what our side is called, "" where nobody says."""
        super().__init__(parent)
        self.preview = preview
        mereka = f"Mereka ({preview.mereka})" if preview.mereka else "Mereka"
        self.model = MergeModel(preview, (f"Kita ({ours})" if ours else "Kita", mereka), self)
        self._pending = isinstance(preview, Pending)
        self.table, self.tree = MergeTable(self.model), MergeTree(preview.tree, incoming=self._pending)
        self.head = MergeHead(preview.title, preview.about)
        self.notes, self.foot_note = NoteLine(inset=8), _FootNote()
        self.which = Segments(["Bertentangan", "Semua perubahan"], name="Yang ditampilkan")
        self.kinds = QComboBox()
        self.shown = QLabel()
        self.keep_ours, self.keep_theirs = QPushButton("Pakai &kita"), QPushButton("Pakai &mereka")
        self.keep_both = QPushButton("Biarkan ke&duanya")
        self.cancel_button = QPushButton("Ba&tal")
        self.merge_button = QPushButton("&Gabungkan" if self._pending else "T&erapkan pilihan")
        self._add_counts()
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self._connect()
        self._show_counts()
        self._show_shown()

    def panes(self) -> tuple[QWidget, ...]:
        """Where F6 goes round: table, bulk buttons, branches, Gabungkan."""
        return self.table, self.keep_ours, self.tree, self.merge_button

    def open_count(self) -> int:
        """How many conflicts are not chosen yet."""
        return sum(line.konflik is not None and self.preview.side(line) is None for line in self.preview.lines)

    def set_busy(self, busy: bool) -> None:
        """While the merge is being made nothing else may be chosen."""
        for widget in (self._split, self.merge_button, self.cancel_button, self.head.button):
            widget.setEnabled(not busy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        tree = WIDTH if self.width() >= NARROW else NARROW_TREE
        if self._split.sizes()[0] != tree:
            self._split.setSizes([tree, self.width() - tree])
        wide = self.width() >= NARROW
        self.keys.setVisible(wide)
        self.which.button(1).setText("Semua perubahan" if wide else "Semua")
        self.which.updateGeometry()
        self.which.resizeEvent(event)
        self.tree.set_narrow(not wide)
        self._show_both()

    def _add_counts(self) -> None:
        lines = self.preview.lines
        disputed = sum(line.konflik is not None for line in lines)
        if self._pending:
            self.head.add_count("masuk dari mereka").say(len(lines) - disputed)
            self.head.add_count("tetap milik kita").say(self.preview.kept or 0)
        self.head.add_count("bertentangan", level="peringatan").say(disputed)
        self.undecided = self.head.add_count("belum dipilih")

    def _lay_out(self) -> None:
        if not any(line.konflik is not None for line in self.preview.lines):
            self.which.set_index(1)
            self.which.button(0).setEnabled(False)
        self.which.setVisible(self._pending)
        self._fill_kinds()
        self.keys = QLabel()
        self._show_keys()
        self.table.selectionModel().currentRowChanged.connect(self._show_keys)
        self.model.modelReset.connect(self._show_keys)
        self.keys.setFont(ui_font(SMALL))
        self.keys.setForegroundRole(self.keys.palette().ColorRole.PlaceholderText)
        self.shown.setForegroundRole(self.shown.palette().ColorRole.PlaceholderText)
        for button in (self.keep_ours, self.keep_theirs, self.keep_both):
            button.setFixedHeight(24)
        self.merge_button.setDefault(True)
        self.merge_button.setMinimumWidth(120)
        self.cancel_button.setMinimumWidth(96)
        self.notes.setTextFormat(Qt.TextFormat.PlainText)
        self.notes.say("\n".join(self.preview.notes), "catatan")
        right = QWidget()
        column = _column(right)
        for part in (self.notes, self._bar(), self.table):
            column.addWidget(part)
        self.tree.setMinimumWidth(NARROW_TREE * 3 // 4)
        self._split.addWidget(self.tree)
        self._split.addWidget(right)
        self._split.setStretchFactor(1, 1)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        whole = _column(self)
        for part in (self.head, self._split, _rule(), self._foot()):
            whole.addWidget(part)
        whole.setStretch(1, 1)
        self.setFocusProxy(self.table)
        order = [self.table, self.keep_ours, self.keep_theirs, self.tree, self.merge_button, self.cancel_button]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _bar(self) -> QWidget:
        bar = QWidget()
        bar.setFixedHeight(BAR)
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self.which)
        row.addWidget(self.kinds)
        row.addStretch(1)
        for widget in (self.shown, self.keep_both, self.keep_ours, self.keep_theirs):
            row.addWidget(widget)
        return bar

    def _foot(self) -> QWidget:
        foot = QWidget()
        foot.setFixedHeight(FOOT)
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self.foot_note, 1)
        for widget in (self.keys, self.cancel_button, self.merge_button):
            row.addWidget(widget)
        return foot

    def _fill_kinds(self) -> None:
        there = {line.kind for line in self.preview.lines}
        outside = sum(line.outside for line in self.preview.lines)
        for kind, text in KINDS.items():
            if kind == "luar" and outside:
                self.kinds.addItem(f"{text} ({outside})", kind)
            elif not kind or kind in there:
                self.kinds.addItem(text, kind)
        self.kinds.setFixedSize(KINDS_WIDTH, 24)
        self.kinds.view().setMinimumWidth(self.kinds.view().sizeHintForColumn(0) + 24)
        self.kinds.setAccessibleName("Jenis perubahan")

    def _connect(self) -> None:
        self.head.back.connect(self.left)
        self.which.chosen.connect(lambda index: self.model.show_all(index == 1))
        self.kinds.activated.connect(lambda index: self.model.show_kind(self.kinds.itemData(index)))
        self.tree.chosen.connect(self.model.show_branch)
        self.model.modelReset.connect(self._show_shown)
        self.model.chosen.connect(self._show_counts)
        self.table.unfit.connect(self._on_unfit)
        self.keep_ours.clicked.connect(lambda: self._choose_shown("kita"))
        self.keep_theirs.clicked.connect(lambda: self._choose_shown("mereka"))
        self.keep_both.clicked.connect(lambda: self._choose_shown("keduanya"))
        self.merge_button.clicked.connect(self.accepted)
        self.cancel_button.clicked.connect(self.cancelled)

    def _choose_shown(self, side: Side) -> None:
        self.model.choose_shown(side)
        self.table.setFocus()
        if refused := self.model.refused(side):
            words = f"{refused} baris dilewati: realisasinya sudah ditutup. Buka kembali dahulu periodenya."
            QToolTip.showText(self.shown.mapToGlobal(self.shown.rect().bottomLeft()), words, self.table)

    def _show_shown(self) -> None:
        count, fit = len(self.model.lines), self.model.choosable()
        can = f", {fit} dapat dipilih" if fit != count else ""
        self.shown.setText(f"{count} yang tampil{can}:")
        for button, words in ((self.keep_ours, "Pakai kita"), (self.keep_theirs, "Pakai mereka")):
            button.setEnabled(bool(fit))
            button.setAccessibleName(f"{words} untuk {fit} baris yang tampil")
        self._show_both()

    def _show_both(self) -> None:
        """In a narrow window Alt+1 is the only way."""
        doubles = sum(is_double(line) for line in self.model.lines)
        self.keep_both.setVisible(bool(doubles) and self.width() >= NARROW)
        self.keep_both.setAccessibleName(f"Biarkan keduanya untuk {doubles} kode yang ditambah dua kali")
        self.keep_both.setToolTip("Kode yang sama ditambah di kedua berkas: kedua baris tetap ada (Alt+1)")

    def _show_counts(self) -> None:
        open_count = self.open_count()
        self.undecided.say(open_count)
        chosen = sum(line.konflik is not None for line in self.preview.lines) - open_count
        if not self._pending:
            self.merge_button.setEnabled(bool(chosen))
        if open_count:
            found = [line.konflik for line in self.preview.lines if line.konflik and self.preview.side(line) is None]
            later = "Pilihan lainnya tersimpan dan dapat dipilih kapan saja."
            self.foot_note.say(f"{open_count} belum dipilih. {meanwhile(found)} {later}", "peringatan")
        else:
            self.foot_note.say(f"Semua sudah dipilih. {_MERGED}.", "")

    def _show_keys(self) -> None:
        """The keys that do something in the current row."""
        index = self.table.currentIndex()
        line = self.model.lines[index.row()] if 0 <= index.row() < len(self.model.lines) else None
        both = line is not None and is_double(line)
        first = "Alt+1 keduanya   " if both else "Alt+1 dasar   " if line is not None and line.may_go_back else ""
        self.keys.setText(f"{first}Alt+2 kita   Alt+3 mereka")

    def _on_unfit(self, side: Side) -> None:
        index = self.table.currentIndex()
        line = self.model.lines[index.row()] if index.isValid() else None
        tie = self.preview.tied(line) if line is not None else ""
        words = KEEP if line is not None and line.konflik is None else ONLY_ONE
        if tie:
            words = f"Baris ini {tie}. Ubah pilihan di sana, atau pilih nilai yang lain di sini."
        if line is not None and side and (refusal := self.preview.refusal(line, side)):
            words = refusal
        # Over the row itself: below it the text would hide the choices of the next one.
        place = self.table.visualRect(index.siblingAtColumn(TEMPAT)).topLeft() + QPoint(0, -TIP_BELOW)
        QToolTip.showText(self.table.viewport().mapToGlobal(place), words, self.table)


class _FootNote(QLabel):
    """A sentence in the middle of the foot, with the mark of its level."""

    def __init__(self) -> None:
        super().__init__()
        self.level = ""
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def say(self, text: str, level: str) -> None:
        """Show a text; "" for no mark."""
        self.level = level
        self.setContentsMargins(20 if level else 0, 0, 0, 0)
        self.setText(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.level:
            paint_mark(QPainter(self), QRect(0, self.height() // 2 - 6, 12, 12), self.level)


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column


def _rule() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Plain)
    line.setFixedHeight(1)
    return line
