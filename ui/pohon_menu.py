"""The menu of a box: all that can be done to its row, with the keys."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu

from models.rows import Anggaran, Kinerja
from services.branches import natural_child
from services.naming import level_name
from services.terms import LEVEL_NAMES
from ui.icons import icon
from ui.read_only import settle_menu

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.pohon_view import PohonView

_MEASURES = 8
"""Indicators that the menu names."""
_SHORT = 48


def box_menu(view: "PohonView") -> QMenu:
    """The menu for the chosen box."""
    menu = QMenu(view)
    menu.setToolTipsVisible(True)
    menu.aboutToHide.connect(menu.deleteLater)
    commands, session = view.commands, view.session
    number = view.canvas.current
    spot = view.canvas.chart.spots[number] if number is not None else None
    key = view.canvas.current_key()
    row = session.plan.find(Kinerja, key) or session.plan.find(Anggaran, key)

    def put(
        text: str,
        do: "Callable[[], object]",
        shortcut: str = "",
        picture: str = "",
        to: QMenu = menu,
        *,
        changes: bool = False,
    ) -> None:
        words = f"{text}\t{shortcut}" if shortcut else text
        action = to.addAction(QIcon(icon(picture)) if picture else QIcon(), words)
        action.triggered.connect(lambda: do())
        settle_menu(session, action, do, changes=changes)

    if row is None:
        put("Tambah &sasaran strategis", lambda: commands.add("sasaran_strategis"), "Ins", "plus", changes=True)
        put("Tambah &tujuan", lambda: commands.add("tujuan"), changes=True)
    else:
        child = natural_child(session.plan, row)
        put(f"Tambah &anak: {LEVEL_NAMES.get(child, 'Indikator').lower()}", commands.add_child, "Shift+Ins", "plus")
        put(f"Tambah {level_name(row).lower()} di &sebelahnya", commands.add_like_current, "Ins")
        if child != "indikator":
            put("Tambah &indikator", lambda: commands.add("indikator"), "Ctrl+I", changes=True)
        menu.addSeparator()
        put("&Ganti nama", commands.rename_current, "F2")
        measures = spot.node.measures if spot is not None else ()
        if measures:
            below = menu.addMenu("&Ubah indikator")
            for measure in measures[:_MEASURES]:
                text = measure.text if len(measure.text) <= _SHORT else f"{measure.text[: _SHORT - 3]}..."
                name, do = text.replace("&", "&&") or "(belum bernama)", partial(view.edit_measure, measure.row_id)
                put(name, do, to=below, changes=True)
        put("Po&tong", lambda: commands.run("cut"), "Ctrl+X", changes=True)
        put("Sali&n", lambda: commands.run("copy"), "Ctrl+C", "copy")
        put("Te&mpel", lambda: commands.run("paste"), "Ctrl+V", changes=True)
        put("&Hapus...", lambda: commands.run("delete_current"), "Del", "trash-2", changes=True)
        menu.addSeparator()
        back, on = ("atas", "bawah") if spot is not None and spot.listed else ("kiri", "kanan")
        put(f"Pin&dah ke {back}", lambda: commands.run("move_current", -1), "Alt+↑", "arrow-up", changes=True)
        put(f"Pindah k&e {on}", lambda: commands.run("move_current", 1), "Alt+↓", "arrow-down", changes=True)
        put("&Lepaskan dari induknya", lambda: commands.run("shift_current", -1), "Alt+←", changes=True)
        put("&Kaitkan...", commands.link)
        put("&Buka di Susun", view.open_in_trees)
    menu.addSeparator()
    if spot is not None and spot.node.children:
        words, way = ("Bentangkan &cabang", -1) if spot.hidden else ("Lipat &cabang", 1)
        put(words, lambda: view.fold(way), "+" if spot.hidden else "-")
        put("Mulai dari sini", view.start_here, "Ctrl+Home")
    if view.sight.start:
        put("Kembali ke atas", view.start_above, "Backspace")
    put("Muat semua", view.canvas.fit, "Ctrl+9")
    return menu
