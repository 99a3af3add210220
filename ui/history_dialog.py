"""Riwayat: who changed what and when, beside the plan; a double click goes there, an old value can be put back."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSettings, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from models.errors import PlanError
from models.history_reading import ChainCheck, HistoryReader
from services.history_search import HistorySearch, Wanted
from services.history_view import Happened, path_text, whole
from services.rupiah import format_rupiah
from ui.dialog_buttons import push_button
from ui.fonts import SMALL, ui_font
from ui.history_bar import HistoryBar
from ui.history_export import HistoryExport
from ui.history_go import go_to
from ui.history_model import TEMPAT, HistoryModel
from ui.history_restoring import put_back
from ui.history_slices import Slices
from ui.history_table import HistoryTable
from ui.note_line import NoteLine
from ui.progress_line import ProgressLine
from ui.session import Session

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_SIZE = "riwayat"
_BROKEN = (
    "Riwayat tidak utuh: perubahan nomor {number} ({day}) tidak cocok dengan yang sebelumnya. Berkas ini pernah diubah "
    "di luar program; riwayat sampai di situ tidak dapat dipercaya. Isi rencana sekarang tidak terpengaruh."
)
_NONE, _NONE_SUCH = "Belum ada perubahan.", "Tidak ada perubahan yang cocok dengan saringan."


def show_history(window: "MainWindow") -> None:
    """The history of the plan of a window, in a window of its own; the one that is there comes forward."""
    _dialog(window)


def show_cell_history(inside: QWidget) -> None:
    """The same of the window that a widget is in, narrowed down to the cell, field or row in hand."""
    from ui.history_cell import cell_in_hand
    from ui.main_window import MainWindow

    window = inside.window()
    if not isinstance(window, MainWindow):
        return
    wanted = cell_in_hand(window)
    dialog = _dialog(window)
    if dialog is not None and wanted is not None:
        dialog.bar.choose(wanted)
        dialog.view.setFocus()


def _dialog(window: "MainWindow") -> "HistoryDialog | None":
    if window.session is None:
        return None
    there = next((d for d in window.findChildren(HistoryDialog) if d.session is window.session), None)
    dialog = there or HistoryDialog(window, window.session)
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
    return dialog


class HistoryDialog(QDialog):
    """Not modal, so that the plan can be looked at and edited beside it; the list follows what is edited."""

    def __init__(self, window: "MainWindow", session: Session) -> None:
        super().__init__(window)
        self.session, self._window = session, window
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Riwayat")
        self.setSizeGripEnabled(True)
        self.resize(min(1180, window.width() - 40), min(620, window.height() - 40))
        size = QSettings().value(_SIZE)
        if size is not None:
            self.restoreGeometry(size)
        self._reader = HistoryReader(session.document.file)
        self._search = HistorySearch(self._reader, session.plan, Wanted())
        self.model = HistoryModel(self._words, self._path, self)
        self.bar = HistoryBar(session.plan)
        self.view = HistoryTable(self.model, "Perubahan")
        self.broken, self.note = NoteLine(size=SMALL), NoteLine(size=SMALL)
        self.count = QLabel()
        self.old, self.new = QPlainTextEdit(), QPlainTextEdit()
        self.progress = ProgressLine()
        self.restore_button = push_button("&Kembalikan nilai ini", self.restore)
        self.go_button = push_button("&Buka tempatnya", self.go)
        self.export_button = push_button("&Ekspor XLSX...", self.export)
        self.close_button = push_button("&Tutup", self.close)
        self._searching, self._checking = Slices(self), Slices(self)
        self.exporting = HistoryExport(self, self.progress)
        self.view.activated.connect(lambda: self.go())
        self._lay_out()
        self.bar.changed.connect(self.refresh)
        self.bar.refused.connect(lambda sentence: self.note.say(sentence, "galat"))
        self._searching.ended.connect(self._say_count)
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self.model.modelReset.connect(lambda: self._on_current(QModelIndex()))
        session.changed.connect(self._on_changed)
        session.destroyed.connect(self.close)
        if window.work is not None:
            window.work.row_changed.connect(self._on_row)
        self._on_row()
        self.bar.set_people(self._reader.people())
        self.refresh()
        self._check_chain()
        self.view.setFocus()
        for keys, do in (("Ctrl+Z", window.actions_.undo_steps), ("Ctrl+Y", window.actions_.redo_steps)):
            QShortcut(QKeySequence(keys), self, lambda do=do: do(1))
        QShortcut(QKeySequence("Ctrl+F"), self, lambda: self.bar.text.setFocus())

    @property
    def searching(self) -> bool:
        """Whether the history is still being looked through."""
        return self._searching.running

    def current(self) -> Happened | None:
        """The change that the caret is on."""
        return self.model.happened(self.view.currentIndex().row())

    def refresh(self) -> None:
        """List what the filters say, from the newest entry on."""
        wanted = self.bar.wanted()
        if not self._guarded(lambda: self._begin(wanted)):
            return
        self._say_count()

    def go(self) -> None:
        """Show the place of the current change in the plan."""
        happened = self.current()
        if happened is not None:
            self.note.say(go_to(self._window, happened), "catatan")

    def restore(self) -> None:
        """Put the value from before the current change back, as one step; a deleted row after asking."""
        happened = self.current()
        if happened is not None:
            self._window.commit()
            self.note.say(*put_back(self, self.session, self._reader, happened))

    def export(self) -> None:
        """Write the list as a workbook."""
        path = self.session.document.file.path
        proposed = f"Riwayat {path.stem}.xlsx"
        search, numbers = self._search, self.model.numbers
        self.exporting.ask(numbers, search.words_of, self.bar.about(), Path(path.parent), proposed)

    def done(self, result: int) -> None:
        QSettings().setValue(_SIZE, self.saveGeometry())
        self._searching.stop()
        self._checking.stop()
        self.exporting.stop()
        super().done(result)

    def _begin(self, wanted: Wanted) -> None:
        self._searching.stop()
        self._search = HistorySearch(self._reader, self.session.plan, wanted)
        if wanted.everything:
            self.model.show(range(self._search.last, self._search.first - 1, -1))
        else:
            self.model.show([])
            self._searching.start(self._look_on)
        if self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(0, TEMPAT))

    def _look_on(self) -> bool:
        try:
            found, more = self._search.advance(200)
        except PlanError:
            return False
        first = not self.model.rowCount()
        self.model.append(found)
        if first and found:
            self.view.setCurrentIndex(self.model.index(0, TEMPAT))
        if found:
            self._say_count()
        return more

    def _words(self, numbers: Sequence[int]) -> list[Happened]:
        try:
            return self._search.words_of(numbers)
        except PlanError:
            return []

    def _path(self, happened: Happened) -> str:
        return path_text(self._search.names, happened)

    def _check_chain(self) -> None:
        check = ChainCheck(self._reader)

        def step() -> bool:
            try:
                return check.advance(300)
            except PlanError:
                return False

        def say() -> None:
            if check.broken is not None:
                number, when = check.broken[0], check.broken[7]
                day = "-".join(reversed(when[:10].split("-")))
                self.broken.say(_BROKEN.format(number=format_rupiah(number), day=day), "galat")

        self._checking.ended.connect(say)
        self._checking.start(step)

    def _on_changed(self) -> None:
        """Something was edited: the new entries come in at the top, and names may be others."""

        def take() -> None:
            newer = self._reader.after(self._search.last)
            self.model.prepend(self._search.take(newer)[::-1])
            self.bar.set_people(self._reader.people())

        self._guarded(take)
        self.model.forget()
        self._say_count()
        self._on_current(self.view.currentIndex())

    def _on_row(self) -> None:
        work = self._window.work
        if work is not None and self._window.session is self.session:
            self.bar.set_row(work.tree.current_row(), self.session.dokumen_id)

    def _on_current(self, index: QModelIndex) -> None:
        happened = self.model.happened(index.row())
        old, new = whole(self._search.names, happened) if happened is not None else ("", "")
        for field, text in ((self.old, old), (self.new, new)):
            if field.toPlainText() != text:
                field.setPlainText(text)
        self.restore_button.setEnabled(happened is not None and happened.entry[5] is not None)
        self.restore_button.setText(
            "&Kembalikan baris ini" if happened is not None and happened.column is None else "&Kembalikan nilai ini"
        )
        self.go_button.setEnabled(happened is not None)

    def _say_count(self) -> None:
        count = self.model.rowCount()
        found = f"{format_rupiah(count)} perubahan"
        nothing = _NONE if self.bar.wanted().everything else _NONE_SUCH
        self.count.setText(f"{found}, mencari..." if self.searching else found if count else nothing)
        self.export_button.setEnabled(count > 0)

    def _guarded(self, do: Callable[[], None]) -> bool:
        try:
            do()
        except PlanError as error:
            self.note.say(str(error), "galat")
            return False
        return True

    def _lay_out(self) -> None:
        texts = QHBoxLayout()
        texts.setSpacing(12)
        for name, field in (("Sem&ula", self.old), ("Men&jadi", self.new)):
            field.setReadOnly(True)
            field.setTabChangesFocus(True)
            field.setFixedHeight(72)
            field.setAccessibleName(name.replace("&", ""))
            label = QLabel(name)
            label.setFont(ui_font(SMALL))
            label.setBuddy(field)
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(label)
            column.addWidget(field)
            texts.addLayout(column, 1)
        self.count.setForegroundRole(self.count.palette().ColorRole.PlaceholderText)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.export_button)
        foot.addWidget(self.count)
        foot.addStretch(1)
        for button in (self.go_button, self.restore_button, self.close_button):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        parts: tuple[QWidget, ...] = (self.bar, self.broken, self.view)
        for part in parts:
            layout.addWidget(part, 1 if part is self.view else 0)
        layout.addLayout(texts)
        layout.addWidget(self.note)
        layout.addWidget(self.progress)
        layout.addLayout(foot)
