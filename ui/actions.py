"""The menu bar: every command of the window with its key, enabled when it can be done."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QMenu

from services.forms import FORMS
from services.terms import JENIS, LEVEL_NAMES, TINGKAT
from ui.icons import icon

if TYPE_CHECKING:
    from ui.main_window import MainWindow

Do = Callable[[], object]


class Actions:
    """All actions; `refresh` says which can be done now and what undo would take back."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._of_plan: list[QAction] = []
        self._of_row: list[QAction] = []
        self._berkas()
        self._sunting()
        self._susun()
        self._periksa()
        self._formulir()
        self._bantuan()
        self.refresh()

    def refresh(self) -> None:
        """After every change and every move of the caret."""
        session, work = self._window.session, self._window.work
        for action in self._of_plan:
            action.setEnabled(session is not None)
        row = work.tree.current_row() if work is not None else None
        for action in self._of_row:
            action.setEnabled(row is not None)
        self.add_indicator.setEnabled(row is not None)
        undo = session.document.undo_label if session is not None else None
        redo = session.document.redo_label if session is not None else None
        self.undo.setText(f"&Urungkan {undo}" if undo else "&Urungkan")
        self.redo.setText(f"U&langi {redo}" if redo else "U&langi")
        self.undo.setIconText("Urungkan")
        self.redo.setIconText("Ulangi")
        self.undo.setToolTip(f"Urungkan {undo} (Ctrl+Z)" if undo else "Urungkan")
        self.redo.setToolTip(f"Ulangi {redo} (Ctrl+Y)" if redo else "Ulangi")
        self.undo.setEnabled(undo is not None)
        self.redo.setEnabled(redo is not None)

    def _menu(self, title: str) -> QMenu:
        return self._window.menuBar().addMenu(title)

    def _add(self, menu: QMenu, text: str, do: Do, key: str = "", picture: str = "", *, needs: str = "plan") -> QAction:
        """`needs`: "plan" or "row" must be there, "" is always possible."""
        action = QAction(QIcon(icon(picture)) if picture else QIcon(), text, self._window)
        if key:
            action.setShortcuts([QKeySequence(k) for k in key.split("|")])
        action.triggered.connect(lambda: do())
        menu.addAction(action)
        if needs:
            (self._of_row if needs == "row" else self._of_plan).append(action)
        return action

    def _berkas(self) -> None:
        window, menu = self._window, self._menu("&Berkas")
        self._add(menu, "Rencana &baru...", window.new_plan, "Ctrl+N", "file-plus", needs="")
        self._add(menu, "Bu&ka...", window.files.open, "Ctrl+O", "folder-open", needs="")
        self._add(menu, "Buka &contoh", window.open_sample, "", "book-open", needs="")
        self._add(menu, "&Impor dokumen...", window.files.import_document, needs="")
        menu.addSeparator()
        self._add(menu, "&Simpan sekarang", self._save, "Ctrl+S")
        self._add(menu, "Simpan seba&gai...", window.files.save_as, "Ctrl+Shift+S")
        self._add(menu, "I&dentitas rencana...", window.edit_identity)
        self._add(menu, "Dokumen &perubahan...", window.new_stage)
        self._add(menu, "E&kspor data (renaksi-json)...", window.files.export_data)
        menu.addSeparator()
        self._add(menu, "&Tutup rencana", window.show_start, "Ctrl+W")
        self._add(menu, "Ke&luar", window.close, "Ctrl+Q", needs="")

    def _sunting(self) -> None:
        menu = self._menu("&Sunting")
        self.undo = self._add(menu, "&Urungkan", self._undo, "Ctrl+Z", "undo-2", needs="")
        self.redo = self._add(menu, "U&langi", self._redo, "Ctrl+Y|Ctrl+Shift+Z", "redo-2", needs="")
        menu.addSeparator()
        self._add(menu, "&Ganti nama", lambda: self._row("rename_current"), needs="row")
        self._add(menu, "&Hapus baris...", lambda: self._row("delete_current"), "", "trash-2", needs="row")

    def _susun(self) -> None:
        menu = self._menu("S&usun")
        self._add(menu, "Tambah baris &setingkat", lambda: self._tree("add_like_current"), "", "plus")
        self.add_indicator = self._add(menu, "Tambah &indikator", lambda: self._tree("add", "indikator"), "Ctrl+I")
        menu.addSeparator()
        for levels in (TINGKAT, JENIS):
            for level in levels:
                self._add(menu, f"Tambah {LEVEL_NAMES[level].lower()}", partial(self._add_level, level))
            menu.addSeparator()
        self._add(menu, "Pindah ke &atas", lambda: self._row("move_current", -1), "", "arrow-up", needs="row")
        self._add(menu, "Pindah ke &bawah", lambda: self._row("move_current", 1), "", "arrow-down", needs="row")
        self._add(menu, "Gantungkan pada baris di atasnya (Alt+→)", lambda: self._row("shift_current", 1), needs="row")
        self._add(menu, "Lepaskan dari induknya (Alt+←)", lambda: self._row("shift_current", -1), needs="row")
        menu.addSeparator()
        self._add(menu, "&Naskah", lambda: self._window.show_view(1))
        self._add(menu, "Bagian &berikut", lambda: self._window.cycle_focus(1), "F6")
        self._add(menu, "Bagian se&belumnya", lambda: self._window.cycle_focus(-1), "Shift+F6")

    def _periksa(self) -> None:
        menu = self._menu("&Periksa")
        self.findings = self._add(menu, "&Daftar temuan", self._toggle_findings, "Ctrl+T", "list-checks")
        self._add(menu, "Temuan &berikut", lambda: self._finding(1), "F8")
        self._add(menu, "Temuan &sebelumnya", lambda: self._finding(-1), "Shift+F8")

    def _formulir(self) -> None:
        menu = self._menu("&Formulir")
        groups: dict[str, QMenu] = {}
        for entry in FORMS.values():
            group = groups.get(entry.group)
            if group is None:
                group = groups[entry.group] = menu.addMenu(entry.group)
            self._add(group, entry.title, partial(self._window.show_form, entry.name))
        menu.addSeparator()
        self.print = self._add(menu, "&Cetak...", lambda: self._form("print"), "Ctrl+P", "printer")
        self.export = self._add(menu, "&Ekspor PDF...", lambda: self._form("export"), "Ctrl+E", "file-output")
        self.print.setIconText("Cetak")
        self.export.setIconText("Ekspor")

    def _bantuan(self) -> None:
        menu = self._menu("Ba&ntuan")
        self._add(menu, "&Panduan", self._guide, "F1", needs="")
        self._add(menu, "&Tentang Renaksi", self._about, needs="")

    def _save(self) -> None:
        self._window.commit()
        if self._window.session is not None:
            self._window.session.publish()

    def _undo(self) -> None:
        self._window.commit()
        if self._window.session is not None:
            self._window.session.undo()

    def _redo(self) -> None:
        self._window.commit()
        if self._window.session is not None:
            self._window.session.redo()

    def _tree(self, method: str, *arguments: object) -> None:
        if self._window.work is not None:
            self._window.show_view(0)
            getattr(self._window.work.tree, method)(*arguments)

    def _row(self, method: str, *arguments: object) -> None:
        """Do something with the current row of the tree, or with the section where the narrative is shown."""
        naskah = self._window.naskah
        if naskah is not None and naskah.isVisible():
            of_sections = {"rename_current": "rename", "delete_current": "remove"}
            getattr(naskah.sections, of_sections.get(method, method))(*arguments)
        else:
            self._tree(method, *arguments)

    def _add_level(self, level: str) -> None:
        if self._window.work is not None:
            self._window.work.tree.tabs.setCurrentIndex(0 if level in TINGKAT else 1)
            self._tree("add", level)

    def _toggle_findings(self) -> None:
        if self._window.work is not None:
            findings = self._window.work.findings
            here = self._window.bar.view() == 0
            self._window.show_view(0)
            findings.setVisible(not (findings.isVisible() and here))

    def _finding(self, step: int) -> None:
        if self._window.work is not None:
            self._window.show_view(0)
            self._window.work.findings.setVisible(True)
            self._window.work.findings.next(step)

    def _form(self, method: str) -> None:
        self._window.show_view(2)
        if self._window.forms is not None:
            getattr(self._window.forms, method)()

    def _guide(self) -> None:
        from ui.guide import show_guide

        show_guide(self._window)

    def _about(self) -> None:
        from ui.messages import tell

        tell(
            self._window, "Renaksi 0.1. Menyusun, memeriksa dan mencetak Rencana Aksi perangkat daerah, tanpa internet."
        )
