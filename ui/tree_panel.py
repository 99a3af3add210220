"""The left side: the two trees as tabs, with a filter, and what can be done to their rows."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.rows import Anggaran, Indikator, Kinerja, Row
from services.branches import Node, Scope, level_of
from services.outline import Tree
from services.terms import JENIS, LEVEL_NAMES, TINGKAT
from ui.icons import icon
from ui.read_only import changing
from ui.session import Session
from ui.tree_carry import TreeCarry
from ui.tree_commands import TreeCommands
from ui.tree_filter import RowFilter, words_of
from ui.tree_filter_field import FilterField
from ui.tree_menu import tree_menu
from ui.tree_model import PAGU, SELISIH, TreeModel
from ui.tree_tabs import TreeTabs
from ui.tree_view import TreeView

_LEVELS: dict[Tree, tuple[str, ...]] = {"kinerja": TINGKAT, "anggaran": JENIS}
NARROW = 264
"""Pixels below which no column of amounts is shown."""
_TREES: tuple[Tree, ...] = ("kinerja", "anggaran")


class TreePanel(QWidget):
    """`chosen(row)` says which row the window is about; the tree alone decides that."""

    chosen = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.tabs = TreeTabs()
        self.tabs.setAccessibleName("Pohon")
        self.tabs.setDrawBase(False)
        self._stack = QStackedWidget()
        self.views: dict[Tree, TreeView] = {}
        self.filters: dict[Tree, tuple[QLineEdit, QComboBox]] = {}
        self._empty: dict[Tree, QLabel] = {}
        self._accepts: dict[Tree, RowFilter] = {tree: RowFilter() for tree in _TREES}
        self._cut: list[str] = []
        self._narrow = False
        self._hidden: dict[TreeView, list[int]] = {}
        self._commands = TreeCommands(self)
        self._carry = TreeCarry(self, self._commands)
        for tree, title in zip(_TREES, ("&Kinerja", "Program && An&ggaran"), strict=True):
            self.tabs.addTab(title)
            self._stack.addWidget(self._page(tree, title.replace("&&", "dan").replace("&", "")))
        self.tabs.currentChanged.connect(self._on_tab)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tabs)
        layout.addWidget(self._stack)
        session.changed.connect(self._on_changed)
        session.switched.connect(self._say_if_empty)
        self._say_if_empty()

    @property
    def tree(self) -> Tree:
        """Which tree is shown."""
        return _TREES[self.tabs.currentIndex()]

    @property
    def view(self) -> TreeView:
        """The tree that is shown."""
        return self.views[self.tree]

    @property
    def model(self) -> TreeModel:
        """The model of the tree that is shown."""
        return self._model(self.tree)

    def current_row(self) -> Row | None:
        """The row that the caret is on."""
        return self.model.row_of(self.view.currentIndex())

    def current_node(self) -> Node | None:
        """The row that the caret is on, if it is one of a tree."""
        row = self.current_row()
        return row if isinstance(row, Kinerja | Anggaran | Indikator) else None

    def selected_nodes(self) -> list[Node]:
        """The selected rows, from top to bottom."""
        return [row for row in self.view.selected_rows() if isinstance(row, Kinerja | Anggaran | Indikator)]

    def show_row(self, row: Row) -> None:
        """Turn to a row's tree and make the row current, without the filter if that hides it."""
        owner = row
        if isinstance(row, Indikator):
            owner = self.session.plan.find(Kinerja, row.kinerja_id) or row
        tree: Tree = "kinerja" if isinstance(owner, Kinerja) else "anggaran"
        self.tabs.setCurrentIndex(_TREES.index(tree))
        if not self.view.select(row.id):
            text, level = self.filters[tree]
            text.clear()
            level.setCurrentIndex(0)
            self.view.select(row.id)

    @changing
    def add(self, level: str) -> None:
        """A new row of a level (tingkat, jenis, or "indikator") at the caret, ready to be named."""
        self._commands.add(level)

    @changing
    def add_like_current(self) -> None:
        """Ins: another row of the level that the caret is on, right below it."""
        self._commands.add_like_current()

    @changing
    def add_child(self) -> None:
        """Shift+Ins or Ctrl+Enter: a row of the next level under the current one."""
        self._commands.add_child()

    @changing
    def delete_current(self) -> None:
        """Del: the selected rows with all that hangs under them; what that is, is said beforehand."""
        self._commands.delete_current()

    @changing
    def move_current(self, step: int) -> None:
        """Alt+Up and Alt+Down: one place up or down among the siblings."""
        self._commands.move_current(step)

    @changing
    def shift_current(self, step: int) -> None:
        """Alt+Right: under the nearest row above that may hold it (1); Alt+Left: out of its parent (-1)."""
        self._commands.shift_current(step)

    @changing
    def duplicate_current(self) -> None:
        """Ctrl+Shift+D: the selected branches once more, right behind them."""
        self._commands.duplicate_current()

    def copy(self) -> None:
        """Ctrl+C: the selected branches to the clipboard."""
        self._commands.copy()

    @changing
    def cut(self) -> None:
        """Ctrl+X: mark the selected branches to be moved by Ctrl+V."""
        self._commands.cut()

    @changing
    def paste(self) -> None:
        """Ctrl+V: what was copied or cut, at the caret."""
        self._commands.paste()

    @changing
    def renumber(self, scope: Scope | None = None) -> None:
        """Nomori ulang: "seinduk", "tingkat", or what the officer chooses."""
        self._commands.renumber(scope)

    @changing
    def rename_current(self) -> None:
        """F2: edit the name in place."""
        self.view.setFocus()
        self.view.edit(self.view.currentIndex().siblingAtColumn(0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow pane the names take the room of the amounts, which the details show, too."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for view in self.views.values():
            if narrow:
                self._hidden[view] = [c for c in (PAGU, SELISIH) if not view.isColumnHidden(c)]
            for column in self._hidden.get(view, ()):
                view.setColumnHidden(column, narrow)
            view.scheduleDelayedItemsLayout()

    def commit(self) -> None:
        """Store the name that is being typed in place."""
        editor = self.view.indexWidget(self.view.currentIndex().siblingAtColumn(0))
        if self._editing() and editor is not None:
            self.view.commitData(editor)
            self.view.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def levels(self) -> list[tuple[str, str]]:
        """(level, its name) of the shown tree as far as the plan uses them, top first, "indikator" last."""
        used = {level_of(row) for row in self.model.rows() if isinstance(row, Kinerja | Anggaran | Indikator)}
        found = [(level, LEVEL_NAMES[level]) for level in _LEVELS[self.tree] if level in used]
        return [*found, ("indikator", "Indikator")] if "indikator" in used else found

    def expand_to(self, level: int) -> None:
        """Ctrl+1 to Ctrl+6: open the branches until the rows of the level-th of `levels` are in sight."""
        above = {name for name, _ in self.levels()[: level - 1]}
        everything = level >= len(self.levels())
        outline, opened = self.model.outline, []
        for node in outline.nodes():
            row = outline.row(node)
            is_above = level > 1 if row is None else isinstance(row, Kinerja | Anggaran) and level_of(row) in above
            if outline.children(node) and (everything or is_above):
                opened.append(node)
        self.view.expand_only(opened)

    def menu(self) -> None:
        """The menu of the current row, beside it."""
        tree_menu(self).popup(self.view.menu_place())

    def escape(self) -> None:
        """Esc: let go of what was cut, else empty the filter."""
        if not self._commands.escape():
            text, level = self.filters[self.tree]
            text.clear()
            level.setCurrentIndex(0)

    def cut_rows(self) -> list[Node]:
        """The rows that wait to be pasted elsewhere, as far as they are still in the shown document."""
        return self.rows_of(self._cut)

    def set_cut(self, roots: list[str], nodes: frozenset[str]) -> None:
        """Show these branches as waiting to be pasted elsewhere."""
        self._cut = roots
        for tree in _TREES:
            self._model(tree).set_cut(nodes)

    def neighbour(self, rows: Sequence[Node]) -> str | None:
        """Where the caret goes when rows are gone: the next sibling, else the one before, else the parent."""
        gone = {row.id for row in rows}
        start = self.model.index_of(rows[0].id)
        count = self.model.rowCount(start.parent())
        for place in (*range(start.row() + 1, count), *range(start.row() - 1, -1, -1)):
            node = self.model.node(start.siblingAtRow(place))
            if node is not None and node not in gone:
                return node
        return self.model.node(start.parent())

    def _page(self, tree: Tree, name: str) -> QWidget:
        page = QWidget()
        text, level = FilterField(), QComboBox()
        text.addAction(QIcon(icon("filter", role="muted")), QLineEdit.ActionPosition.LeadingPosition)
        text.left.connect(lambda: self.view.setFocus(Qt.FocusReason.OtherFocusReason))
        level.setAccessibleName("Tingkat yang ditampilkan")
        level.addItem("Semua tingkat", "")
        for value in _LEVELS[tree]:
            level.addItem(LEVEL_NAMES[value], value)
        level.setFixedWidth(128)
        view = TreeView(TreeModel(self.session, tree, self), name)
        view.complete_from(self.session)
        self.views[tree], self.filters[tree] = view, (text, level)
        text.textChanged.connect(lambda: self._apply_filter(tree))
        level.currentIndexChanged.connect(lambda: self._apply_filter(tree))
        view.chosen.connect(lambda node: self._on_chosen(tree))
        view.command.connect(self._on_command)
        self._carry.listen_to(view)
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
        words = words_of(text.text())
        accept = self._accepts[tree].accept(words, level.currentData())
        self._model(tree).set_filter(accept, words)
        if accept is not None:
            self.views[tree].expand_matches()
        self._say_if_empty()

    def _say_if_empty(self) -> None:
        for tree, label in self._empty.items():
            text, level = self.filters[tree]
            filtered = bool(text.text().strip() or level.currentData())
            label.setText(
                "Tidak ada baris yang cocok. Tekan Esc untuk menampilkan semua."
                if filtered
                else "Belum ada baris. Tekan Ins, atau menu Susun, untuk menambah yang pertama."
            )
            label.setVisible(self._model(tree).rowCount() == 0)
            self.views[tree].select_first()

    def _on_changed(self) -> None:
        if self._cut and len(self.cut_rows()) != len(self._cut):
            self.set_cut([], frozenset())
        self._say_if_empty()

    def _on_tab(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self.view.setFocus()
        self._on_chosen(self.tree)

    def _on_chosen(self, tree: Tree) -> None:
        if tree == self.tree:
            self.chosen.emit(self.current_row())

    def _editing(self) -> bool:
        return self.view.state() == QAbstractItemView.State.EditingState

    def _on_command(self, name: str, number: int) -> None:
        if self._editing():
            # A key that the editor of a name has not taken is meant for the text, not for the row.
            return
        method = getattr(self, name)
        if number:
            method(number)
        else:
            method()

    def rows_of(self, ids: Sequence[str]) -> list[Node]:
        """The rows with these ids, as far as they are in the shown document."""
        plan, found = self.session.plan, []
        for row_id in ids:
            row = plan.find(Kinerja, row_id) or plan.find(Anggaran, row_id) or plan.find(Indikator, row_id)
            if row is not None and row.dokumen_id == self.session.dokumen_id:
                found.append(row)
        return found
