"""The left side: the two trees as tabs, with a filter, and what can be done to their rows."""

from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from models.rows import Anggaran, Indikator, Kinerja, Row
from services import edits
from services.naming import level_name, row_text
from services.outline import Accept, Tree
from services.terms import JENIS, LEVEL_NAMES, TINGKAT
from ui.icons import icon
from ui.messages import confirm
from ui.session import Session
from ui.tree_model import TreeModel
from ui.tree_view import TreeView

N = TypeVar("N", Kinerja, Anggaran)

_LEVELS: dict[Tree, tuple[str, ...]] = {"kinerja": TINGKAT, "anggaran": JENIS}


class TreePanel(QWidget):
    """`chosen(row)` says which row the window is about; the tree alone decides that."""

    chosen = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Pohon")
        self.tabs.setDrawBase(False)
        self._stack = QStackedWidget()
        self.views: dict[Tree, TreeView] = {}
        self.filters: dict[Tree, tuple[QLineEdit, QComboBox]] = {}
        self._empty: dict[Tree, QLabel] = {}
        for tree, title in (("kinerja", "&Kinerja"), ("anggaran", "Program && An&ggaran")):
            self.tabs.addTab(title)
            self._stack.addWidget(
                self._page("kinerja" if tree == "kinerja" else "anggaran", title.replace("&&", "dan").replace("&", ""))
            )
        self.tabs.currentChanged.connect(self._on_tab)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tabs)
        layout.addWidget(self._stack)
        session.changed.connect(self._say_if_empty)
        session.switched.connect(self._say_if_empty)
        self._say_if_empty()

    @property
    def tree(self) -> Tree:
        """Which tree is shown."""
        return "kinerja" if self.tabs.currentIndex() == 0 else "anggaran"

    @property
    def view(self) -> TreeView:
        """The tree that is shown."""
        return self.views[self.tree]

    def current_row(self) -> Row | None:
        """The row that the caret is on."""
        return self._model(self.tree).row_of(self.view.currentIndex())

    def show_row(self, row: Row) -> None:
        """Turn to a row's tree and make the row current, without the filter if that hides it."""
        owner = row
        if isinstance(row, Indikator):
            owner = self._session.plan.find(Kinerja, row.kinerja_id) or row
        tree: Tree = "kinerja" if isinstance(owner, Kinerja) else "anggaran"
        self.tabs.setCurrentIndex(0 if tree == "kinerja" else 1)
        if not self.view.select(row.id):
            text, level = self.filters[tree]
            text.clear()
            level.setCurrentIndex(0)
            self.view.select(row.id)

    def add(self, level: str) -> None:
        """A new row of a level (tingkat, jenis, or "indikator") at the caret, ready to be named."""
        session, row = self._session, self.current_row()
        if level == "indikator":
            owner = self._owner(row)
            if owner is None:
                return
            changes = edits.add_indikator(session.plan, owner)
        elif level in TINGKAT:
            parent = self._parent_for(Kinerja, level, row)
            changes = edits.add_kinerja(session.plan, session.dokumen_id, level, parent)
        else:
            parent_line = self._parent_for(Anggaran, level, row)
            changes = edits.add_anggaran(session.plan, session.dokumen_id, level, parent_line)
        name = LEVEL_NAMES.get(level, "indikator").lower()
        if session.edit(f"tambah {name}", changes):
            self.show_row(changes[-1].row)
            self.view.setFocus()
            self.view.edit(self.view.currentIndex())

    def add_like_current(self) -> None:
        """Ins: another row of the level that the caret is on."""
        row = self.current_row()
        if isinstance(row, Indikator):
            self.add("indikator")
        elif isinstance(row, Kinerja):
            self.add(row.tingkat)
        else:
            self.add(row.jenis if isinstance(row, Anggaran) else _LEVELS[self.tree][1 if self.tree == "kinerja" else 0])

    def delete_current(self) -> None:
        """Take away the current row with all that hangs under it; what that is, is said beforehand."""
        row = self.current_row()
        if row is None:
            return
        below = [r for r in edits.branch(self._session.plan, row) if isinstance(r, Kinerja | Anggaran | Indikator)]
        more = f" beserta {len(below) - 1} baris di bawahnya" if len(below) > 1 else ""
        name = f"{level_name(row)} “{row_text(row)[:80]}”"
        if not confirm(self, f"Hapus {name}{more}?", "Hapus", "Dapat diurungkan dengan Ctrl+Z."):
            return
        after = self._neighbour(row.id)
        if self._session.edit(f"hapus {level_name(row).lower()}", edits.remove(self._session.plan, row)):
            self.view.select(after)
            self.view.select_first()

    def move_current(self, step: int) -> None:
        """One place up or down among its siblings."""
        row = self.current_row()
        if isinstance(row, Kinerja | Anggaran | Indikator):
            self._session.edit(f"pindah {level_name(row).lower()}", edits.move(self._session.plan, row, step))

    def shift_current(self, step: int) -> None:
        """Move the branch under the nearest row above that may hold it (1), or out of its parent (-1)."""
        row, model = self.current_row(), self._model(self.tree)
        if not isinstance(row, Kinerja | Anggaran):
            return
        level = row.tingkat if isinstance(row, Kinerja) else row.jenis
        if step > 0:
            candidates = model.rows_above(row.id)
        else:
            candidates = model.ancestors_of(row.id)[1:]
        fits = (
            c for c in candidates if isinstance(c, type(row)) and edits.fits_under(level, c) and c.id != row.induk_id
        )
        parent = next(fits, None)
        if parent is None and (step > 0 or row.induk_id is None):
            return
        if self._session.edit(f"pindah cabang {level_name(row).lower()}", edits.hang_under(row, parent)):
            self.view.select(row.id)

    def rename_current(self) -> None:
        """Edit the name in place."""
        self.view.setFocus()
        self.view.edit(self.view.currentIndex().siblingAtColumn(0))

    def _page(self, tree: Tree, name: str) -> QWidget:
        page = QWidget()
        text, level = QLineEdit(), QComboBox()
        text.setPlaceholderText("Saring pohon")
        text.setAccessibleName("Saring pohon")
        text.setClearButtonEnabled(True)
        text.addAction(QIcon(icon("filter", role="muted")), QLineEdit.ActionPosition.LeadingPosition)
        level.setAccessibleName("Tingkat yang ditampilkan")
        level.addItem("Semua tingkat", "")
        for value in _LEVELS[tree]:
            level.addItem(LEVEL_NAMES[value], value)
        level.setFixedWidth(128)
        view = TreeView(TreeModel(self._session, tree, self), name)
        self.views[tree], self.filters[tree] = view, (text, level)
        text.textChanged.connect(lambda: self._apply_filter(tree))
        level.currentIndexChanged.connect(lambda: self._apply_filter(tree))
        view.chosen.connect(lambda node: self._on_chosen(tree))
        view.insert_requested.connect(self.add_like_current)
        view.delete_requested.connect(self.delete_current)
        view.move_requested.connect(self.move_current)
        view.shift_requested.connect(self.shift_current)
        self._empty[tree] = QLabel("Belum ada baris. Tekan Ins, atau menu Susun, untuk menambah yang pertama.")
        self._empty[tree].setWordWrap(True)
        self._empty[tree].setContentsMargins(12, 12, 12, 12)
        self._empty[tree].setForegroundRole(self._empty[tree].palette().ColorRole.PlaceholderText)
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 4, 8, 4)
        bar.setSpacing(4)
        bar.addWidget(text)
        bar.addWidget(level)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self._empty[tree])
        layout.addWidget(view)
        return page

    def _model(self, tree: Tree) -> TreeModel:
        model = self.views[tree].model()
        assert isinstance(model, TreeModel)
        return model

    def _apply_filter(self, tree: Tree) -> None:
        text, level = self.filters[tree]
        words, wanted = text.text().casefold().split(), level.currentData()

        def accept(row: Row) -> bool:
            if wanted and getattr(row, "tingkat", getattr(row, "jenis", None)) != wanted:
                return False
            there = f"{row_text(row)} {getattr(row, 'kode', '') or ''} {getattr(row, 'nomor', '') or ''}".casefold()
            return all(word in there for word in words)

        chosen: Accept | None = accept if words or wanted else None
        self._model(tree).set_filter(chosen)
        if chosen is not None:
            self.views[tree].expandAll()

    def _say_if_empty(self) -> None:
        for tree, label in self._empty.items():
            label.setVisible(self._model(tree).rowCount() == 0)
            self.views[tree].select_first()

    def _on_tab(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self.view.setFocus()
        self._on_chosen(self.tree)

    def _on_chosen(self, tree: Tree) -> None:
        if tree == self.tree:
            self.chosen.emit(self.current_row())

    def _owner(self, row: Row | None) -> Kinerja | Anggaran | None:
        if isinstance(row, Indikator):
            plan = self._session.plan
            return plan.find(Kinerja, row.kinerja_id) or plan.find(Anggaran, row.anggaran_id)
        return row if isinstance(row, Kinerja | Anggaran) else None

    def _parent_for(self, cls: type[N], level: str, row: Row | None) -> N | None:
        """The nearest row at or above the caret that a new row of the level may hang under."""
        at = self._owner(row)
        while isinstance(at, cls):
            if edits.fits_under(level, at):
                return at
            at = self._session.plan.find(cls, at.induk_id)
        return None

    def _neighbour(self, node: str) -> str | None:
        """Where the caret goes when the row is gone: the next sibling, else the one before, else the parent."""
        model = self._model(self.tree)
        index = model.index_of(node)
        for other in (index.siblingAtRow(index.row() + 1), index.siblingAtRow(index.row() - 1), index.parent()):
            if other.isValid():
                return model.node(other)
        return None
