"""Naskah: the narrative of the plan that is open, section by section, beside the tree of its sections."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from models.rows import Narasi
from services.narasi.sections import LKIP, naskah_of
from services.narasi.template import template_changes
from ui.fonts import DETAILS_HEADING
from ui.icons import icon
from ui.narasi_editor import NarasiEditor
from ui.narasi_sections import NarasiSections
from ui.note_line import heading
from ui.read_only import changing, lock
from ui.session import Session, Update

TREE_WIDTH = 328


class NarasiView(QWidget):
    """The tree alone decides which section is shown. Why something could not be stored, `session.not_written` says."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.editor = NarasiEditor(session)
        self.sections = NarasiSections(session, lambda: not self.commit())
        self.tree = self.sections.tree
        self.from_template = QPushButton("Mulai dari templat")
        self.add_first = QPushButton("Tambah bagian")
        split = QSplitter(Qt.Orientation.Horizontal)
        self._heading = heading("", DETAILS_HEADING)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty_page())
        self._stack.addWidget(self.editor)
        split.addWidget(self.sections)
        split.addWidget(self._stack)
        split.setSizes([TREE_WIDTH, 1366 - TREE_WIDTH])
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)
        lock(session, self.from_template, self.add_first)
        self.from_template.clicked.connect(self.begin_from_template)
        self.add_first.clicked.connect(self._on_add_first)
        self.sections.chosen.connect(self._on_chosen)
        self.sections.turned.connect(self._on_turned)
        self.sections.named.connect(self.editor.text.setFocus)
        self.editor.text.left.connect(self.tree.setFocus)
        session.changed.connect(self._on_changed)
        session.switched.connect(self._on_switched)
        for before, after in ((self.tree, self.editor.title), (self.editor.title, self.editor.text)):
            QWidget.setTabOrder(before, after)
        self._on_switched()

    def panes(self) -> tuple[QWidget, ...]:
        """Where F6 goes round: tree, title, text; without sections the first button."""
        if self._stack.currentIndex() == 0:
            return (self.from_template,)
        shown = self.editor.result if self.editor.bar.result.isChecked() else self.editor.text
        return self.tree, self.editor.title, shown

    def commit(self) -> str:
        """Store what is still being typed; the sentence about why it cannot be, or ""."""
        return self.editor.commit()

    def show_section(self, section_id: str) -> None:
        """Make a section current, as for a finding or a hit of a search."""
        row = self._session.plan.find(Narasi, section_id)
        if row is not None:
            self.sections.turn_to(naskah_of(row))
        self.tree.select(section_id)

    @changing
    def begin_from_template(self) -> None:
        """The sections of the template, in one undo step."""
        session = self._session
        if session.dokumen_id and session.edit(
            "mulai naskah dari templat",
            template_changes(session.plan, session.dokumen_id, self.sections.naskah),
        ):
            self.tree.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        self.commit()
        super().hideEvent(event)

    def _empty_page(self) -> QWidget:
        page = QWidget()
        note = QLabel(
            "Templat memuat susunan bab yang lazim beserta teks awalnya; isian seperti {tahun} diambil dari rencana. "
            "Semuanya dapat diubah, dan diurungkan dengan Ctrl+Z."
        )
        note.setWordWrap(True)
        note.setTextFormat(Qt.TextFormat.PlainText)
        note.setForegroundRole(note.palette().ColorRole.PlaceholderText)
        note.setFixedWidth(440)
        self.from_template.setIcon(icon("book-open"))
        self.add_first.setIcon(icon("plus"))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.from_template)
        buttons.addWidget(self.add_first)
        buttons.addStretch()
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(self._heading)
        column.addWidget(note)
        column.addLayout(buttons)
        column.addStretch(3)
        layout = QHBoxLayout(page)
        layout.addStretch()
        layout.addLayout(column)
        layout.addStretch()
        return page

    @changing
    def _on_add_first(self) -> None:
        self._stack.setCurrentIndex(1)
        self.sections.add()
        self._show_page()

    def _show_page(self) -> None:
        some = bool(self.tree.current_id())
        for button in (self.from_template, self.add_first):
            button.setEnabled(bool(self._session.dokumen_id))
        lkip = self.sections.naskah == LKIP
        self._heading.setText("Naskah LKIP belum dimulai" if lkip else "Naskah belum ada")
        self.tree.setVisible(some)
        self._stack.setCurrentIndex(1 if some else 0)
        self.setFocusProxy(self.tree if some else self.from_template)

    def _on_chosen(self, section_id: str) -> None:
        shown = self.editor.section_id
        if section_id == shown:
            return
        if self.editor.commit():
            QTimer.singleShot(0, self, lambda: self.tree.select(shown))
        else:
            self.editor.show_section(section_id)

    def _on_turned(self) -> None:
        self._on_chosen(self.tree.current_id())
        self._show_page()

    def _on_changed(self, update: Update) -> None:
        self.sections.follow()
        self.editor.follow(update)
        self._show_page()

    def _on_switched(self) -> None:
        self.editor.commit()
        self.sections.follow()
        self._on_chosen(self.tree.current_id())
        self._show_page()
