"""The menu of a row: all that can be done to it, with the keys."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu

from models.rows import Anggaran, Indikator, Kinerja
from services.branches import natural_child
from services.naming import level_name
from services.terms import LEVEL_NAMES
from ui.icons import icon
from ui.linking import link_row
from ui.read_only import settle_menu

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.tree_panel import TreePanel


def _history(panel: "TreePanel") -> None:
    from ui.history_dialog import show_cell_history

    show_cell_history(panel)


def tree_menu(panel: "TreePanel") -> QMenu:
    """The menu for the current row of the shown tree."""
    menu = QMenu(panel)
    menu.setToolTipsVisible(True)
    menu.aboutToHide.connect(menu.deleteLater)
    row = panel.current_node()

    def put(text: str, do: "Callable[[], object]", key: str = "", picture: str = "", *, changes: bool = False) -> None:
        action = menu.addAction(QIcon(icon(picture)) if picture else QIcon(), f"{text}\t{key}" if key else text)
        action.triggered.connect(lambda: do())
        settle_menu(panel.session, action, do, changes=changes)

    if row is None:
        put("Tambah baris &setingkat", panel.add_like_current, "Ins", "plus")
        put("&Tempel", panel.paste, "Ctrl+V")
    else:
        put(f"Tambah {level_name(row).lower()} di &bawahnya", panel.add_like_current, "Ins", "plus")
        child = natural_child(panel.session.plan, row)
        if not isinstance(row, Indikator):
            put(f"Tambah &anak: {LEVEL_NAMES.get(child, 'Indikator').lower()}", panel.add_child, "Shift+Ins")
            if child != "indikator":
                put("Tambah &indikator", lambda: panel.add("indikator"), "Ctrl+I", changes=True)
        menu.addSeparator()
        put("&Ganti nama", panel.rename_current, "F2")
        put("Po&tong", panel.cut, "Ctrl+X")
        put("&Salin", panel.copy, "Ctrl+C", "copy")
        put("&Tempel", panel.paste, "Ctrl+V")
        put("Gan&dakan", panel.duplicate_current, "Ctrl+Shift+D")
        put("&Hapus...", panel.delete_current, "Del", "trash-2")
        menu.addSeparator()
        put("Pindah ke &atas", lambda: panel.move_current(-1), "Alt+↑", "arrow-up", changes=True)
        put("Pindah ke ba&wah", lambda: panel.move_current(1), "Alt+↓", "arrow-down", changes=True)
        if isinstance(row, Kinerja):
            put("&Nomori ulang...", panel.renumber)
        if isinstance(row, Kinerja | Anggaran) or row.kinerja_id:
            put("&Kaitkan...", lambda: link_row(panel.session, row, panel), changes=True)
        put("Ri&wayat baris ini...", lambda: _history(panel), "Ctrl+Alt+H")
    menu.addSeparator()
    menu.addMenu(expand_menu(panel, menu))
    columns = panel.view.menu()
    columns.setTitle("Kolo&m")
    columns.setParent(menu, columns.windowFlags())
    menu.addMenu(columns)
    return menu


def expand_menu(panel: "TreePanel", parent: QMenu) -> QMenu:
    """Bentangkan sampai: the levels that the shown tree has."""
    menu = QMenu("&Bentangkan sampai", parent)
    for number, (_, name) in enumerate(panel.levels(), 1):
        key = f"\tCtrl+{number}" if number <= 6 else ""
        menu.addAction(name + key).triggered.connect(partial(_expand, panel, number))
    return menu


def _expand(panel: "TreePanel", number: int, _checked: bool = False) -> None:
    panel.expand_to(number)
