"""The left side of the narrative: the tree of sections, and what can be done to them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from models.changes import Change
from services.narasi.sections import (
    NASKAH,
    Section,
    add_section,
    move_section,
    remove_section,
    sections,
    set_level,
    set_title,
)
from ui.form_settings import edge
from ui.icons import icon
from ui.messages import confirm
from ui.narasi_tree import LEVEL_NAMES, UNTITLED, NarasiTree
from ui.preview_bar import HEIGHT
from ui.read_only import changing, lock
from ui.session import Session

_FIELD = 24


class NarasiSections(QWidget):
    """`chosen(id)` says which section is current, `named()` that a new one has its title and waits for its text,
    `turned()` that another narrative of the document is shown.

    `ready` stores what is being typed; False where it cannot be.
    """

    chosen = Signal(str)
    named = Signal()
    turned = Signal()

    def __init__(self, session: Session, ready: Callable[[], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._ready = session, ready
        self._fresh = ""
        self.tree = NarasiTree()
        self.buttons: dict[str, QToolButton] = {}
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 0, 8, 0)
        bar.setSpacing(0)
        self.which = QComboBox()
        self.which.setAccessibleName("Naskah")
        self.which.setToolTip("Naskah yang ditulis: rencana aksi, atau laporan kinerja (LKIP)")
        for naskah, words in NASKAH.items():
            self.which.addItem(f"Naskah {words}", naskah)
        bar.addWidget(self.which)
        bar.addStretch()
        for name, picture, tip, do in (
            ("add", "plus", "Tambah bagian setingkat (Ins)", self.add),
            ("remove", "trash-2", "Hapus bagian (Del)", self.remove),
            ("up", "arrow-up", "Pindah ke atas (Alt+Panah atas)", lambda: self.move_current(-1)),
            ("down", "arrow-down", "Pindah ke bawah (Alt+Panah bawah)", lambda: self.move_current(1)),
            ("out", "chevron-left", "Naikkan tingkat (Alt+Panah kiri)", lambda: self.shift_current(-1)),
            ("in", "chevron-right", "Turunkan tingkat (Alt+Panah kanan)", lambda: self.shift_current(1)),
        ):
            self.buttons[name] = _button(picture, tip, do)
            bar.addWidget(self.buttons[name])
        lock(session, *self.buttons.values())
        if session.read_only:
            self.tree.setEditTriggers(NarasiTree.EditTrigger.NoEditTriggers)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        head = QWidget()
        head.setLayout(bar)
        head.setFixedHeight(HEIGHT)
        layout.addWidget(head)
        layout.addWidget(edge())
        layout.addWidget(self.tree, 1)
        layout.addStretch()
        self.setFocusProxy(self.tree)
        self.tree.chosen.connect(self.chosen)
        self.tree.insert_requested.connect(self.add)
        self.tree.delete_requested.connect(self.remove)
        self.tree.move_requested.connect(self.move_current)
        self.tree.shift_requested.connect(self.shift_current)
        self.tree.sections.renamed.connect(self._on_renamed)
        self._naskah = self.naskah
        self.which.currentIndexChanged.connect(self._on_turned)
        self.follow()

    @property
    def naskah(self) -> str:
        """The narrative that is shown, one of NASKAH."""
        return str(self.which.currentData())

    def turn_to(self, naskah: str) -> None:
        """Show another narrative of the document, once what is being typed is stored."""
        self.which.setCurrentIndex(self.which.findData(naskah))

    def follow(self) -> None:
        """Show the sections as the plan has them now."""
        self.tree.show_sections(self._all())
        self._enable()

    def current(self) -> Section | None:
        """The section that the caret is on."""
        section_id = self.tree.current_id()
        return next((section for section in self._all() if section.row.id == section_id), None)

    @changing
    def add(self) -> None:
        """A new section below the current one, on its level, ready to be named; the first is a bab."""
        if not self._ready():
            return
        session, current = self._session, self.current()
        after, level = (current.row.id, current.level) if current is not None else (None, 1)
        changes, section_id = add_section(session.plan, session.dokumen_id, after, level, "", self.naskah)
        if session.edit("tambah bagian naskah", changes) and self.tree.select(section_id):
            self._fresh = section_id
            self.rename()

    @changing
    def remove(self) -> None:
        """Take away the current section with those below it; what that is, is said beforehand."""
        current = self.current()
        if current is None or not self._ready():
            return
        changes = remove_section(self._session.plan, current.row.id)
        more = f" beserta {len(changes) - 1} bagian di bawahnya" if len(changes) > 1 else ""
        name = f"{LEVEL_NAMES[current.level - 1].lower()} “{(current.title or UNTITLED)[:80]}”"
        if confirm(self, f"Hapus {name}{more}?", "Hapus", "Dapat diurungkan dengan Ctrl+Z."):
            self._session.edit("hapus bagian naskah", changes)

    @changing
    def move_current(self, step: int) -> None:
        """One place up or down among its siblings."""
        self._do("pindah bagian naskah", lambda section: move_section(self._session.plan, section.row.id, step))

    @changing
    def shift_current(self, step: int) -> None:
        """One level down (1) or up (-1)."""
        self._do(
            "ubah tingkat bagian naskah",
            lambda section: set_level(self._session.plan, section.row.id, section.level + step),
        )

    @changing
    def rename(self) -> None:
        """Edit the title in place."""
        self.tree.setFocus()
        self.tree.edit(self.tree.currentIndex())

    def _do(self, label: str, changes: Callable[[Section], Sequence[Change]]) -> None:
        current = self.current()
        if current is not None and self._ready():
            self._session.edit(label, changes(current))

    def _on_renamed(self, section_id: str, title: str) -> None:
        if self._ready():
            self._session.edit("ubah judul bagian", set_title(self._session.plan, section_id, title))
        if section_id == self._fresh:
            # The editor of the title gives the focus back to the tree first.
            QTimer.singleShot(0, self, self.named.emit)
        self._fresh = ""

    def _all(self) -> tuple[Section, ...]:
        session = self._session
        return sections(session.plan, session.dokumen_id, self.naskah) if session.dokumen_id else ()

    def _on_turned(self) -> None:
        if self.naskah == self._naskah:
            return
        if not self._ready():
            self.turn_to(self._naskah)
            return
        self._naskah = self.naskah
        self.follow()
        self.turned.emit()

    def _enable(self) -> None:
        some = bool(self.tree.current_id())
        for name, button in self.buttons.items():
            button.setEnabled(some or name == "add")


def _button(picture: str, tip: str, do: Callable[[], None]) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(picture))
    button.setAutoRaise(True)
    button.setFixedSize(_FIELD, _FIELD)
    button.setToolTip(tip)
    button.setAccessibleName(tip.split(" (")[0])
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.clicked.connect(lambda: do())
    return button
