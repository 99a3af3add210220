"""The right side of the narrative: title and text of one section, stored while they are being typed."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QShowEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from models.rows import Dokumen, Narasi
from services.forms.heading import DOTS
from services.narasi.markup import Paragraph, parse, write
from services.narasi.placed import places, shown
from services.narasi.placeholders import INSERTS, PLACEHOLDERS, RECKONED, fill
from services.narasi.sections import naskah_of, set_text, set_title, title_of
from ui.form_settings import edge
from ui.narasi_bar import NarasiBar
from ui.narasi_foot import NarasiFoot
from ui.narasi_text import NarasiText
from ui.narasi_title import TitleField
from ui.read_only import lock
from ui.session import Session, Update

REST = 900
"""Milliseconds without a key after which what was typed is stored: one undo step."""
LONGEST = 20_000
"""Milliseconds after which it is stored although keys go on."""
COUNT_AFTER = 250
"""Milliseconds after a key at which the words are counted anew."""


class NarasiEditor(QWidget):
    """Shows one section at a time. What cannot be stored stays in the fields, and `commit` says so."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._section_id = ""
        self._typed = False
        self._own = False
        self._problem = ""
        self._parsed: tuple[str | None, tuple[Paragraph, ...]] = (None, ())
        self._written: str | None = None
        self.title, self.text, self.result = TitleField(), NarasiText(), NarasiText(read_only=True)
        self.bar = NarasiBar(self.text, self._offers)
        self.foot = NarasiFoot()
        self._pages = QStackedWidget()
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._longest = QTimer(self, singleShot=True, interval=LONGEST)
        self._counting = QTimer(self, singleShot=True, interval=COUNT_AFTER)
        self._lay_out()
        if session.read_only:
            self.title.setReadOnly(True)
            self.text.setReadOnly(True)
            self.text.setTabChangesFocus(True)
        lock(session, *self.bar.writing())
        for text in (self.text, self.result):
            text.value_of = self._value
        self.text.textChanged.connect(self._on_typed)
        self.title.textEdited.connect(self._on_typed)
        self.title.editingFinished.connect(self.commit)
        self.bar.chosen.connect(self._on_placeholder)
        self.bar.result_wanted.connect(self._on_result)
        self._rest.timeout.connect(self.commit)
        self._longest.timeout.connect(self.commit)
        self._counting.timeout.connect(self._count)
        self.text.installEventFilter(self)
        session.not_written.connect(self._on_not_written)

    @property
    def section_id(self) -> str:
        """The section that is shown, or ""."""
        return self._section_id

    def show_section(self, section_id: str) -> None:
        """Turn to another section, whose text has been stored: `commit`."""
        self._section_id = section_id
        self._load()

    def commit(self) -> str:
        """Store what is being typed; the sentence about why it cannot be, or ""."""
        self._rest.stop()
        self._longest.stop()
        row = self._row()
        if not self._typed or self._own or row is None:
            return ""
        self._problem, self._own = "", True
        try:
            stored = self._store(row)
        finally:
            self._own = False
        if not stored:
            return self._problem or "Teks bagian ini belum dapat disimpan."
        self._typed = False
        if self._row() is not row:
            self.text.document().clearUndoRedoStacks()
            self.title.forget()
        return ""

    def follow(self, update: Update) -> None:
        """Take over what an edit did to the section, unless it was what is typed here."""
        changed = {change.row.id for change in update.edit.changes if isinstance(change.row, Narasi)}
        row = self._row()
        if row is not None and row.id in changed and not self._own:
            self._take_over(row)
        if self.isVisible():
            scrolled = self.result.verticalScrollBar().value()
            self._refresh()
            self.result.verticalScrollBar().setValue(scrolled)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Store at once when the focus leaves the text, but not for its own menu."""
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        label = QLabel("&Judul")
        label.setBuddy(self.title)
        self.title.setAccessibleName("Judul bagian")
        self.title.setPlaceholderText("Judul bagian, misalnya BAB I PENDAHULUAN")
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        head.setSpacing(12)
        head.addWidget(label)
        head.addWidget(self.title)
        self._pages.addWidget(self.text)
        self._pages.addWidget(self.result)
        self.text.setPlaceholderText("Tulis di sini. Awali paragraf dengan 1. atau a. atau - untuk membuat daftar.")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(edge())
        layout.addLayout(head)
        layout.addWidget(edge())
        layout.addWidget(self._pages, 1)
        layout.addWidget(edge())
        layout.addWidget(self.foot)
        self.setFocusProxy(self.text)

    def _row(self) -> Narasi | None:
        return self._session.plan.find(Narasi, self._section_id)

    def _store(self, row: Narasi) -> bool:
        plan, edit = self._session.plan, self._session.edit
        title, isi = self.title.words(), write(self.text.paragraphs())
        if title != title_of(row) and not edit("ubah judul bagian", set_title(plan, row.id, title)):
            return False
        if isi == self._stored_text(row):
            return True
        self._written = isi
        return edit("ketik teks bagian", set_text(plan, row.id, isi))

    def _load(self) -> None:
        row = self._row()
        self._rest.stop()
        self._longest.stop()
        self.setEnabled(row is not None)
        self.title.show_title(title_of(row) if row is not None else "")
        self.text.blockSignals(True)
        self.text.set_paragraphs(self._parsed_text(row))
        self.text.blockSignals(False)
        self._typed = False
        self.bar.follow()
        self._refresh()

    def _take_over(self, row: Narasi) -> None:
        """Show what is stored now, with the caret where it differs from what stood here; typing goes first."""
        if self._typed:
            return
        before, here = self.text.toPlainText(), self.text.textCursor().position()
        scrolled = self.text.verticalScrollBar().value()
        self._load()
        self.text.verticalScrollBar().setValue(scrolled)
        cursor = QTextCursor(self.text.document())
        after = self.text.toPlainText()
        cursor.setPosition(min(_caret(before, after, here), self.text.document().characterCount() - 1))
        self.text.setTextCursor(cursor)

    def _stored_text(self, row: Narasi) -> str:
        """The stored text as it would be written from here, which an imported one need not be."""
        if row.isi is not None and row.isi is self._written:
            return row.isi
        return write(self._parsed_text(row))

    def _parsed_text(self, row: Narasi | None) -> tuple[Paragraph, ...]:
        isi = row.isi if row is not None else None
        if self._parsed[0] is not isi:
            self._parsed = isi, parse(isi)
        return self._parsed[1]

    def _on_typed(self) -> None:
        if self._row() is None:
            return
        self._typed = True
        self._rest.start()
        if not self._longest.isActive():
            self._longest.start()
        if not self._counting.isActive():
            self._counting.start()

    def _on_not_written(self, sentence: str) -> None:
        self._problem = sentence

    def _on_placeholder(self, name: str) -> None:
        if name in INSERTS:
            self.text.insert_line(f"{{{name}}}")
        else:
            self.text.insert_words(f"{{{name}}}")
        self.text.setFocus()

    def _on_result(self, on: bool) -> None:
        self.commit()
        self._show_result()
        self.result.verticalScrollBar().setValue(self.text.verticalScrollBar().value())
        self.title.setReadOnly(on or self._session.read_only)
        self._pages.setCurrentWidget(self.result if on else self.text)
        self._pages.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_result(self) -> None:
        row = self._row()
        if not self.bar.result.isChecked() or row is None:
            return
        plan, dokumen = self._session.plan, self._session.plan.get(Dokumen, row.dokumen_id)
        filled = [shown(paragraph, plan, dokumen) for paragraph in self._parsed_text(row)]
        self.result.set_paragraphs(filled)

    def _value(self, name: str) -> str:
        """What a placeholder prints in this plan; "" where the plan does not say."""
        session = self._session
        value = fill(f"{{{name}}}", session.plan, session.dokumen) if session.dokumen_id else ""
        return "" if value == DOTS else value

    def _offers(self) -> Iterable[tuple[str, str, str]]:
        for name, description in PLACEHOLDERS.items():
            yield name, description, "dihitung dari realisasi" if name in RECKONED else self._value(name)
        row = self._row()
        placed = places(self._session.plan, row.dokumen_id, naskah_of(row)) if row is not None else {}
        for name, description in INSERTS.items():
            yield name, description, f"sudah di {placed[name]}" if name in placed else ""

    def _count(self) -> None:
        row = self._row()
        if row is None:
            self.foot.clear()
        else:
            self.foot.count(self._session.plan, row, self.text.toPlainText())

    def _refresh(self) -> None:
        """Show anew what the plan, and not the text, decides."""
        row = self._row()
        if row is not None:
            self.foot.look_for_table(self._session.plan, row)
        self._show_result()
        self._count()


def _caret(before: str, after: str, here: int) -> int:
    """Behind the part of a text that is another than before; where it stood if there is none."""
    if before == after:
        return here
    first = _alike(before, after)
    return len(after) - min(_alike(before[::-1], after[::-1]), min(len(before), len(after)) - first)


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
