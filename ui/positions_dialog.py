"""Organisasi: the positions of the document as a tree with their officials; each change is one action to be undone."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from models.changes import Change
from models.rows import Dokumen, Jabatan, Pejabat
from services import positions, positions_tree
from services.positions_remarks import LEVELS, Remark, remarks
from ui.dialog_buttons import push_button
from ui.fonts import SMALL
from ui.icons import icon
from ui.messages import confirm
from ui.note_line import NoteLine
from ui.positions_panel import PositionPanel
from ui.positions_tree import SUPERIOR, PositionsTree
from ui.session import Session

_ARROWS = (
    ("chevron-up", "step", -1, "Pindah ke atas (Alt+↑)"),
    ("chevron-down", "step", 1, "Pindah ke bawah (Alt+↓)"),
    ("chevron-left", "shift", -1, "Lepaskan dari atasannya (Alt+←)"),
    ("chevron-right", "shift", 1, "Gantungkan pada jabatan sebelumnya (Alt+→)"),
)


class PositionsDialog(QDialog):
    """The tree, and beside it the fields of the current position; both follow the plan, also while undoing."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._remarks: tuple[Remark, ...] = ()
        self._refused = ""
        self.setWindowTitle("Organisasi")
        self.setSizeGripEnabled(True)
        self.resize(self._room(QSize(1120, 640)))
        self.tree = PositionsTree()
        self.panel = PositionPanel(session)
        self.summary = NoteLine(size=SMALL)
        self.add_button = push_button("&Tambah", lambda: self.add(), "Jabatan baru di bawah baris ini (Ins)")
        self.below_button = push_button(
            "Tambah &bawahan", lambda: self.add(below=True), "Jabatan baru di bawah jabatan ini (Shift+Ins)"
        )
        self.remove_button = push_button("&Hapus...", self.remove, "Del")
        self.merge_button = push_button(
            "&Gabungkan...",
            self.merge,
            "Pilih dua baris (Ctrl+klik): yang terakhir diklik tetap, yang lain dilebur ke dalamnya.",
        )
        self.head_button = push_button(
            "Jadikan &kepala", self.make_head, "Jabatan ini di atas semua jabatan lain, dan menandatangani dokumen."
        )
        self.copy_button = push_button("&Salin dari...", self.copy, "Susunan dan pejabat dari dokumen lain")
        self.next_button = push_button("&Catatan berikut", self.next_remark, "F8")
        self.arrows = [self._arrow(*arrow) for arrow in _ARROWS]
        self._lay_out()
        self.tree.chosen.connect(self._on_chosen)
        self.tree.command.connect(self._on_command)
        self.tree.dropped.connect(self._on_dropped)
        again = (("Ctrl+Y", session.redo), ("Ctrl+Shift+Z", session.redo))
        for keys, do in (("Ctrl+Z", session.undo), *again, ("F8", self.next_remark)):
            QShortcut(QKeySequence(keys), self).activated.connect(do)
        session.changed.connect(self.fill)
        self.fill()
        first = self.tree.topLevelItem(1)
        self.tree.choose(first.data(0, Qt.ItemDataRole.UserRole) if first is not None else SUPERIOR)
        self.tree.setFocus()

    def fill(self) -> None:
        """Show the organisation of today; the caret stays."""
        plan, dokumen = self._session.plan, self._session.plan.find(Dokumen, self._session.dokumen_id)
        if dokumen is None:
            super().reject()
            return
        self._remarks = remarks(plan, dokumen)
        self.tree.fill(plan, dokumen, self._remarks)
        counts = {level: sum(r.level == level for r in self._remarks) for level in LEVELS}
        said = [f"{count} {level}" for level, count in counts.items() if count]
        gravest = next((level for level, count in counts.items() if count), "")
        self.summary.say(", ".join(said) if said else "Tidak ada catatan.", gravest)
        self.summary.update()
        self.next_button.setEnabled(bool(self._remarks))
        self._on_chosen()

    def add(self, *, below: bool = False) -> None:
        """A new position beside the current one, or below it, ready to be named."""
        plan, current = self._session.plan, self._current()
        above = current if below or current is None else plan.find(Jabatan, current.atasan_id)
        changes = positions_tree.add(plan, self._session.dokumen_id, "Jabatan baru", above, None if below else current)
        if self._do("jabatan baru", changes):
            self.tree.choose(changes[-1].row.id)
            self._rename()

    def remove(self) -> None:
        """Take the current position away, after saying what names it."""
        jabatan = self._current()
        if jabatan is None:
            return
        plan = self._session.plan
        used = positions.use_words(plan, jabatan)
        above = plan.find(Jabatan, jabatan.atasan_id)
        said = [f"{used} tidak lagi menunjuk jabatan ini." if used else "Tidak ada yang memakainya."]
        if plan.where(Pejabat, "jabatan_id", jabatan.id):
            said.append("Pejabatnya ikut terhapus.")
        if positions_tree.below(plan, jabatan.dokumen_id, jabatan.id):
            said.append(f"Bawahannya pindah ke {above.nama}." if above else "Bawahannya menjadi tanpa atasan.")
        if confirm(
            self, f"Hapus jabatan “{jabatan.nama}”?", "Hapus", f"{' '.join(said)} Dapat diurungkan dengan Ctrl+Z."
        ):
            self._do("hapus jabatan", positions_tree.remove(plan, jabatan))

    def merge(self) -> None:
        """Make the two selected positions one: the current one stays."""
        plan, stays = self._session.plan, self._current()
        chosen = (plan.find(Jabatan, row_id) for row_id in self.tree.selected_ids())
        gone = [jabatan for jabatan in chosen if jabatan is not None and stays is not None and jabatan.id != stays.id]
        if stays is None or len(gone) != 1:
            return
        used = positions.use_words(plan, gone[0]) or "tidak ada baris"
        question = f"Gabungkan “{gone[0].nama}” ke dalam “{stays.nama}”?"
        note = f"Yang memakai nama pertama ({used}) beralih ke nama kedua. Dapat diurungkan dengan Ctrl+Z."
        if confirm(self, question, "Gabungkan", note):
            self._do("gabungkan jabatan", [*positions.merge(plan, gone[0], stays)])

    def make_head(self) -> None:
        """Put the current position over all others."""
        jabatan = self._current()
        if jabatan is not None:
            self._do("jadikan kepala", positions_tree.make_head(self._session.plan, jabatan))

    def copy(self) -> None:
        """Take over the organisation of another document."""
        from ui.positions_copy_dialog import PositionsCopyDialog

        if self.panel.commit():
            return
        dialog = PositionsCopyDialog(self._session, self)
        dialog.exec()
        dialog.deleteLater()

    def next_remark(self) -> None:
        """Go to the next position that something is to be said about; after the last the first one comes."""
        rows = [remark.jabatan_id or SUPERIOR for remark in self._remarks]
        order = self.tree.ids()
        at = order.index(self.tree.current_id() or SUPERIOR)
        following = next((row_id for row_id in (*order[at + 1 :], *order[: at + 1]) if row_id in rows), None)
        if following is not None:
            self.tree.choose(following)
            self.tree.setFocus()

    def reject(self) -> None:
        """Store what is being typed. What cannot be stored keeps the window open once."""
        refused = self.panel.commit()
        if not refused or refused == self._refused:
            super().reject()
        self._refused = refused

    def _lay_out(self) -> None:
        intro = QLabel(
            "Jabatan dan pejabat dokumen ini. Formulir mencetaknya seperti ditulis di sini; dokumen lain tidak berubah."
        )
        intro.setWordWrap(True)
        bar, moves, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for button in (self.add_button, self.below_button, self.remove_button, self.merge_button):
            bar.addWidget(button)
        bar.addStretch()
        for button in self.arrows:
            moves.addWidget(button)
        moves.addWidget(self.head_button)
        moves.addStretch()
        moves.addWidget(self.copy_button)
        left, scroll, split = QWidget(), QScrollArea(), QSplitter(Qt.Orientation.Horizontal)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(8)
        column.addWidget(self.tree, 1)
        column.addLayout(bar)
        column.addLayout(moves)
        scroll.setWidget(self.panel)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumWidth(320)
        split.addWidget(left)
        split.addWidget(scroll)
        split.setChildrenCollapsible(False)
        split.setSizes([self.width() - 400, 368])
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 0)
        buttons = QDialogButtonBox()
        buttons.addButton("Tutup", QDialogButtonBox.ButtonRole.RejectRole).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        foot.addWidget(self.next_button)
        foot.addWidget(self.summary, 1, Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(intro)
        layout.addWidget(split, 1)
        layout.addLayout(foot)

    def _room(self, wanted: QSize) -> QSize:
        """No larger than the screen leaves room for."""
        free = self.screen().availableSize()
        return wanted.boundedTo(QSize(free.width() - 16, free.height() - 40))

    def _arrow(self, picture: str, command: str, number: int, tip: str) -> QPushButton:
        button = push_button("", lambda: self._on_command(command, number), tip)
        button.setIcon(icon(picture))
        button.setFixedWidth(32)
        button.setAccessibleName(tip.partition(" (")[0])
        return button

    def _do(self, label: str, changes: list[Change]) -> bool:
        return bool(changes) and self._session.edit(label, changes)

    def _current(self) -> Jabatan | None:
        return self._session.plan.find(Jabatan, self.tree.current_id())

    def _rename(self) -> None:
        field = self.panel.fields["nama" if self._current() is not None else "pejabat"]
        field.setFocus()
        if isinstance(field, QLineEdit):
            field.selectAll()

    def _on_command(self, command: str, number: int) -> None:
        current, plan = self._current(), self._session.plan
        if command == "rename":
            self._rename()
        elif command in ("add", "add_below"):
            self.add(below=command == "add_below")
        elif command == "remove":
            self.remove()
        elif current is not None:
            move = positions_tree.step if command == "step" else positions_tree.shift
            self._do("pindahkan jabatan", move(plan, current, number))

    def _on_dropped(self, row_id: str, above_id: str | None, before_id: str | None) -> None:
        jabatan = self._session.plan.find(Jabatan, row_id)
        if jabatan is not None:
            self._do("pindahkan jabatan", positions_tree.move(self._session.plan, jabatan, above_id, before_id))

    def _on_chosen(self) -> None:
        current, count = self.tree.current_id(), len(self.tree.selected_ids())
        if current != self.panel.row_id and self.panel.row_id is not None:
            self.panel.commit()
        own = [remark for remark in self._remarks if (remark.jabatan_id or SUPERIOR) == current]
        self.panel.show_row(current, own)
        jabatan = self._current()
        one = jabatan is not None and count == 1
        for button in (self.remove_button, self.below_button, *self.arrows):
            button.setEnabled(one)
        tops = positions_tree.below(self._session.plan, self._session.dokumen_id, None)
        self.head_button.setEnabled(one and not (self.panel.is_head and tops == [jabatan]))
        self.merge_button.setEnabled(jabatan is not None and count == 2 and SUPERIOR not in self.tree.selected_ids())
