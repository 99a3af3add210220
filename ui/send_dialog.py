"""The "Kirim salinan" dialog: for whom, the whole plan or a part of it, where to, and what the copy holds."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from models.errors import PlanError
from models.merging import Sent
from models.rows import Salinan
from services.copies import (
    keep_note,
    nip_count,
    nips_in_texts,
    noted,
    offices,
    part_of,
    positions_of,
    prepared,
    proposed_name,
    sent,
    waiting,
    write_sent,
)
from ui.choose_plan import choose_new_plan
from ui.fonts import SMALL, ui_font
from ui.messages import tell
from ui.note_line import NoteLine
from ui.progress_line import ProgressLine
from ui.send_parts import PartTree
from ui.session import Session
from ui.tasks import Task

if TYPE_CHECKING:
    from ui.main_window import MainWindow

WIDTH, HEIGHT, TREE_HEIGHT = 600, 620, 96
HOLDS = (
    "Salinan memuat semua isian. Tidak ikut: riwayat, teks yang sudah dihapus, catatan salinan lain, dan pertentangan "
    "yang belum diputuskan."
)
READ_ONLY = (
    "Rencana ini dibuka hanya untuk dibaca. Simpan dengan nama lain (Berkas, Simpan sebagai), lalu kirim salinannya."
)
ELSEWHERE = "Berkas rencana ini diganti dari luar. Putuskan dahulu yang mana yang dipakai, lalu kirim lagi."
PART_HINT = "Bagian lain tetap terbaca. Bila diubah juga, penerima diberi tahu dan perubahannya ditandai saat digabung."


def send_copy(window: "MainWindow") -> None:
    """Ask for whom, and write the copy."""
    session = window.session
    if session is None:
        return
    if session.read_only:
        tell(window, READ_ONLY)
        return
    dialog = SendDialog(session, window)
    dialog.exec()
    dialog.deleteLater()


class SendDialog(QDialog):
    """`written`: the copy that was written and checked, None while there is none."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.written: Path | None = None
        self._session = session
        self._task: Task | None = None
        self._typed_place = False
        self._sending: tuple[Salinan, Path] | None = None
        plan = session.plan
        self.setWindowTitle("Kirim salinan")
        self.setMinimumWidth(WIDTH)
        self.untuk = QComboBox()
        self.untuk.setEditable(True)
        self.untuk.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.untuk.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.untuk.setMinimumContentsLength(30)
        known: dict[str, str] = {}
        for name in (*offices(plan), *(row.untuk for row in sent(plan))):
            known.setdefault(name.casefold(), name)
        self.untuk.addItems(list(known.values()))
        self.untuk.setCurrentIndex(-1)
        field = QLineEdit()
        field.setPlaceholderText("Nama bidang atau kantor yang menerima")
        self.untuk.setLineEdit(field)
        self.whole, self.partly = QRadioButton("&Seluruh rencana"), QRadioButton("Hanya &bagian ini:")
        self.whole.setChecked(True)
        self.tree = PartTree(plan)
        self.tree.setMinimumHeight(TREE_HEIGHT)
        self.place = QLineEdit()
        self.browse = QPushButton("Pili&h...")
        self.without_nip = QCheckBox("Tan&pa NIP")
        self.note, self.nips, self.progress = NoteLine(), NoteLine(), ProgressLine()
        self._buttons = QDialogButtonBox()
        self.send_button = self._buttons.addButton("&Kirim", QDialogButtonBox.ButtonRole.AcceptRole)
        self.cancel_button = self._buttons.addButton("Bat&al", QDialogButtonBox.ButtonRole.RejectRole)
        self.send_button.setDefault(True)
        for button in (self.browse, self.cancel_button):
            button.setAutoDefault(False)
        self._lay_out(nip_count(plan), nips_in_texts(plan), waiting(plan))
        self._connect()
        self._on_part(False)
        self._propose()
        room = (parent.screen() if parent is not None else self.screen()).availableSize()
        self.resize(WIDTH, min(HEIGHT, room.height() - 60))
        self.untuk.setFocus()

    def accept(self) -> None:
        """Write the plan, then the copy off the GUI thread, and note the sending in the plan."""
        if self._task is not None or self._sending is not None:
            return
        if self.written is not None:
            super().accept()
            return
        self.note.say("")
        text = self.place.text().strip().strip('"')
        path = Path(text if text.lower().endswith(".db") else f"{text}.db").absolute()
        part = self.tree.part() if self.partly.isChecked() else None
        try:
            row = prepared(self._session.document, self.untuk.currentText(), path, part)
        except PlanError as error:
            self.note.say(str(error), "galat")
            return
        self._sending = row, path
        self._set_busy(True)
        self.progress.begin("Menulis salinan...")
        self._session.saved_changed.connect(self._on_saved)
        self._session.publish()
        self._on_saved()

    def reject(self) -> None:
        """Close, but not while the copy is being written."""
        if self._sending is None:
            super().reject()

    def _on_saved(self) -> None:
        """The plan is written, or cannot be: only then is there something to make the copy of."""
        if self._sending is None or self._task is not None:
            return
        if self._session.publish_error or self._session.outside is not None:
            self._failed(self._session.publish_error or ELSEWHERE)
        elif self._session.published:
            source, (row, target) = self._session.document.file.path, self._sending
            without_nip = self.without_nip.isChecked()
            note = noted(self._session.document, row)

            def work(progress: object) -> int:
                write_sent(source, target, note, without_nip=without_nip)
                return target.stat().st_size

            self._task = Task(work, self)
            self._task.finished.connect(partial(self._on_written, note))
            self._task.failed.connect(self._failed)
            self._task.crashed.connect(lambda: self._failed("Salinan belum ditulis karena kesalahan program."))
            self._task.start()

    def _on_written(self, note: Sent, size: int) -> None:
        if self._sending is None:
            return
        row, path = self._sending
        try:
            keep_note(self._session.document, note, path)
        except PlanError as error:
            self._failed(str(error))
            return
        self._end()
        self._session.publish()
        self.written = path
        self.send_button.setText("&Tutup")
        self.cancel_button.hide()
        self._buttons.setEnabled(True)
        kilobytes = f"{max(size // 1024, 1):,}".replace(",", ".")
        sentence = f"Salinan untuk {row.untuk} ditulis dan diperiksa: {path.name}, {kilobytes} KB."
        self.progress.end(sentence, path.parent)
        self.send_button.setFocus()

    def _failed(self, sentence: str) -> None:
        """Nothing of the sending is in the plan."""
        self._end()
        self._set_busy(False)
        self.progress.end()
        self.note.say(sentence, "galat")

    def _end(self) -> None:
        self._session.saved_changed.disconnect(self._on_saved)
        self._task, self._sending = None, None

    def _lay_out(self, signers: int, in_texts: int, conflicts: int) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        where = QHBoxLayout()
        where.addWidget(self.place, 1)
        where.addWidget(self.browse)
        place_label = QLabel("&Disimpan di")
        place_label.setBuddy(self.place)
        form.addRow("&Untuk", self.untuk)
        form.addRow(place_label, where)
        self.untuk.setAccessibleName("Untuk")
        self.place.setAccessibleName("Disimpan di")
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 16)
        box.setSpacing(8)
        box.addLayout(form)
        box.addSpacing(4)
        box.addWidget(QLabel("Yang boleh diubah penerima"))
        box.addWidget(self.whole)
        box.addWidget(self.partly)
        for widget in (self.tree, _hint(PART_HINT), _hint(HOLDS)):
            box.addWidget(widget, 1 if widget is self.tree else 0)
        if conflicts:
            waits = NoteLine()
            waits.say(f"{conflicts} pertentangan belum diputuskan; salinan memuat nilai kita.", "catatan")
            box.addWidget(waits)
        counts = (signers, "NIP penanda tangan"), (in_texts, "NIP di dalam teks")
        nips = " dan ".join(f"{count} {what}" for count, what in counts if count)
        if nips:
            blanked = " Di dalam teks ditulis “NIP ...”." if in_texts else ""
            self.nips.say(
                f"Rencana ini memuat {nips}. Penerima akan membacanya, kecuali dikirim tanpa NIP.{blanked}",
                "peringatan",
            )
            box.addWidget(self.nips)
            box.addWidget(self.without_nip)
        self.without_nip.setVisible(bool(nips))
        self.without_nip.setToolTip("NIP di rencana ini tetap ada, juga setelah salinan digabung kembali.")
        box.addWidget(self.note)
        box.addWidget(self.progress)
        box.addWidget(self._buttons)

    def _connect(self) -> None:
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.untuk.editTextChanged.connect(self._propose)
        self.untuk.activated.connect(self._on_office)
        self.partly.toggled.connect(self._on_part)
        self.tree.ticked_changed.connect(lambda: self.note.say(""))
        self.place.textEdited.connect(self._on_place)
        self.browse.clicked.connect(self._browse)

    def _on_office(self) -> None:
        """An office that answers for something gets just that, unless other boxes are ticked."""
        plan = self._session.plan
        part = part_of(plan, positions_of(plan, self.untuk.currentText()))
        if part:
            self.tree.tick(part)
            self.partly.setChecked(True)

    def _on_part(self, partly: bool) -> None:
        self.tree.setEnabled(partly)

    def _on_place(self) -> None:
        self._typed_place = True

    def _propose(self) -> None:
        if not self._typed_place:
            folder = self._session.document.file.path.parent
            untuk = self.untuk.currentText().strip() or "Salinan"
            self.place.setText(str(folder / proposed_name(self._session.document, untuk)))

    def _browse(self) -> None:
        def chosen(path: Path) -> None:
            self._typed_place = True
            self.place.setText(str(path))

        choose_new_plan(self, "Simpan salinan", Path(self.place.text()), chosen)

    def _set_busy(self, busy: bool) -> None:
        for widget in (self.untuk, self.whole, self.partly, self.place, self.browse, self.without_nip, self._buttons):
            widget.setEnabled(not busy)
        self.tree.setEnabled(not busy and self.partly.isChecked())


def _hint(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setFont(ui_font(SMALL))
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
