"""The menu bar: every command of the window with its key, enabled when it can be done."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QMenu

from services.forms import FORMS
from services.terms import JENIS, LEVEL_NAMES, TINGKAT
from ui.faces import AKSI, CAPAIAN, REALISASI
from ui.history_menu import HistoryMenu
from ui.icons import icon
from ui.plan_tools import PlanTools
from ui.read_only import bring_back, is_changing, put_out, refused
from ui.toolbar import FORMULIR, NASKAH, POHON, SUSUN
from ui.windows import WindowMenu

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.work_page import WorkPage

Do = Callable[[], object]


class Actions:
    """All actions; `refresh` says which can be done now and what undo would take back."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._tools = PlanTools(window)
        self._of_plan: list[QAction] = []
        self._of_row: list[QAction] = []
        self._of_work: list[QAction] = []
        self._read_only = False
        self.changing: list[QAction] = []
        """What changes the plan: cannot be done where that is only read."""
        self._berkas()
        self._sunting()
        self._susun()
        self._periksa()
        self._formulir()
        self._jendela()
        self._bantuan()
        self.refresh()

    def refresh(self) -> None:
        """After every change and every move of the caret."""
        session, work = self._window.session, self._window.work
        read_only = session is not None and session.read_only
        if self._read_only and not read_only:
            for action in self.changing:
                bring_back(action)
        self._read_only = read_only
        for action in self._of_plan:
            action.setEnabled(session is not None)
        row = work.tree.current_row() if work is not None else None
        for action in self._of_row:
            action.setEnabled(row is not None)
        self.add_indicator.setEnabled(row is not None)
        undo = session.document.undo_label if session is not None else None
        redo = session.document.redo_label if session is not None else None
        self.undo.setText("&Urungkan" + (f" {undo}".replace("&", "&&") if undo else ""))
        self.redo.setText("U&langi" + (f" {redo}".replace("&", "&&") if redo else ""))
        self.undo.setIconText("Urungkan")
        self.redo.setIconText("Ulangi")
        self.undo.setToolTip(f"Urungkan {undo} (Ctrl+Z)" if undo else "Urungkan")
        self.redo.setToolTip(f"Ulangi {redo} (Ctrl+Y)" if redo else "Ulangi")
        self.undo.setEnabled(undo is not None)
        self.redo.setEnabled(redo is not None)
        for action in self.changing if read_only else ():
            put_out(action)

    def _menu(self, title: str) -> QMenu:
        menu = self._window.menuBar().addMenu(title)
        menu.setToolTipsVisible(True)
        return menu

    def _add(
        self,
        menu: QMenu,
        text: str,
        do: Do,
        key: str = "",
        picture: str = "",
        *,
        needs: str = "plan",
        changes: bool = False,
    ) -> QAction:
        """`needs`: "plan" or "row" must be there, "" is always possible. `changes`: the plan, if `do` does not say."""
        action = QAction(QIcon(icon(picture)) if picture else QIcon(), text, self._window)
        if key:
            action.setShortcuts([QKeySequence(k) for k in key.split("|")])
        action.triggered.connect(lambda: do())
        menu.addAction(action)
        if needs:
            (self._of_row if needs == "row" else self._of_plan).append(action)
        if changes or is_changing(do):
            self.changing.append(action)
        return action

    def _berkas(self) -> None:
        window, menu = self._window, self._menu("&Berkas")
        self._add(menu, "Rencana &baru...", window.new_plan, "Ctrl+N", "file-plus", needs="")
        self._add(menu, "Bu&ka...", window.files.open, "Ctrl+O", "folder-open", needs="")
        self._fill_later(menu.addMenu("Buka te&rakhir"), self._fill_recent)
        self._fill_later(menu.addMenu(QIcon(icon("book-open")), "Buka &contoh"), self._fill_samples)
        self._add(menu, "&Impor dokumen...", window.files.import_document, needs="", changes=True)
        self._add(menu, "Impor nomenklat&ur...", self._tools.import_nomenclature, needs="")
        menu.addSeparator()
        self._add(menu, "&Simpan sekarang", self._save, "Ctrl+S", changes=True)
        self._add(menu, "Simpan seba&gai...", window.files.save_as, "Ctrl+Shift+S")
        self._add(menu, "I&dentitas rencana...", window.edit_identity, changes=True)
        self._add(menu, "Dokumen &perubahan...", window.dialogs.new_stage)
        self._add(menu, "Tahun b&erikut...", window.dialogs.new_year)
        self._add(menu, "Eksp&or data (renaksi-json)...", window.files.export_data)
        menu.addSeparator()
        self._add(menu, "Kiri&m salinan...", self._tools.send, changes=True)
        self._add(menu, "Gabung sali&nan...", self._tools.merge, "", "git-merge", changes=True)
        self._add(menu, "Kompilasi rencana...", self._tools.compile, needs="")
        self._add(menu, "Perangkat daera&h dalam berkas ini...", self._tools.agencies)
        self._add(menu, "C&adangan...", self._tools.backups)
        menu.addSeparator()
        self._add(menu, "&Tutup rencana", window.close_plan_or_window, "Ctrl+W")
        self._add(menu, "Ke&luar", window.windows.close_all, "Ctrl+Q", needs="")

    def _sunting(self) -> None:
        menu = self._menu("&Sunting")
        self.undo = self._add(menu, "&Urungkan", lambda: self.undo_steps(1), "Ctrl+Z", "undo-2", needs="")
        self.redo = self._add(menu, "U&langi", lambda: self.redo_steps(1), "Ctrl+Y|Ctrl+Shift+Z", "redo-2", needs="")
        self.undo_list = HistoryMenu(self._window, "Urungkan", self.undo_steps, redo=False, parent=self._window)
        self.redo_list = HistoryMenu(self._window, "Ulangi", self.redo_steps, redo=True, parent=self._window)
        for title, steps in (("Urungkan &sampai", self.undo_list), ("Ulangi sa&mpai", self.redo_list)):
            steps.setTitle(title)
            menu.addMenu(steps)
        self._add(menu, "&Riwayat...", self._tools.history, "Ctrl+Shift+H")
        self._add(menu, "Riwayat sel ini...", self._tools.cell_history, "Ctrl+Alt+H")
        menu.addSeparator()
        self._add(menu, "&Cari...", self._window.begin_find, "Ctrl+F", "search", needs="")
        self._add(menu, "Hasil &berikut", lambda: self._window.bar.finder.next(1), "F3")
        self._add(menu, "Hasil s&ebelumnya", lambda: self._window.bar.finder.next(-1), "Shift+F3")
        self._in_work(menu, "Cari dan ga&nti...", self._find_and_replace, "Ctrl+H")
        menu.addSeparator()
        self._in_work(
            menu, "Bag&i...", lambda: self._grid("open_bagi"), "Ctrl+B", "between-vertical-start", changes=True
        )
        menu.addSeparator()
        self._add(menu, "&Ganti nama\tF2", lambda: self._row("rename_current"), needs="row", changes=True)
        delete = partial(self._row, "delete_current")
        self._add(menu, "&Hapus baris...\tDel", delete, "", "trash-2", needs="row", changes=True)
        self._in_work(menu, "Gan&dakan", lambda: self._tree("duplicate_current"), "Ctrl+Shift+D", changes=True)
        self._add(menu, "S&alin cabang", lambda: self._tree("copy"), "", "copy", needs="row")
        self._add(menu, "P&otong cabang", lambda: self._tree("cut"), needs="row", changes=True)
        self._add(menu, "&Tempel cabang", lambda: self._tree("paste"), changes=True)

    def _susun(self) -> None:
        menu = self._menu("S&usun")
        alike, indicator = partial(self._tree, "add_like_current"), partial(self._tree, "add", "indikator")
        self._add(menu, "Tambah baris &setingkat\tIns", alike, "", "plus", changes=True)
        self._add(menu, "Tambah anak\tShift+Ins", lambda: self._tree("add_child"), needs="row", changes=True)
        self.add_indicator = self._add(menu, "Tambah &indikator", indicator, "Ctrl+I", changes=True)
        below = menu.addMenu("&Tambah")
        below.setToolTipsVisible(True)
        for levels in (TINGKAT, JENIS):
            for level in levels:
                self._add(below, LEVEL_NAMES[level], partial(self._add_level, level), changes=True)
            below.addSeparator()
        self._add(menu, "Tambah dari n&omenklatur...", self._tools.add_from_nomenclature)
        menu.addSeparator()
        for text, method, step, picture in (
            ("Pindah ke &atas\tAlt+↑", "move_current", -1, "arrow-up"),
            ("Pindah ke &bawah\tAlt+↓", "move_current", 1, "arrow-down"),
            ("&Gantungkan pada baris di atasnya\tAlt+→", "shift_current", 1, ""),
            ("&Lepaskan dari induknya\tAlt+←", "shift_current", -1, ""),
        ):
            self._add(menu, text, partial(self._row, method, step), "", picture, needs="row", changes=True)
        self._add(menu, "Nomo&ri ulang", lambda: self._tree("renumber"), changes=True)
        self._fill_later(menu.addMenu("Bentangkan sam&pai"), self._fill_levels)
        self._of_grid = menu.addSeparator()
        self._grid_menu = menu
        menu.addSeparator()
        self._add(menu, "Organisasi dan pe&jabat...", self.edit_positions, changes=True)
        self._add(menu, "Aksi &dan jadwal", self._show_schedule)
        self._add(menu, "Target dan pagu per tahun...", self._show_years)
        self._realisasi(menu.addMenu("Realisasi dan &capaian"))
        views = (("Tampilan Sus&un", SUSUN), ("Po&hon", POHON), ("&Naskah", NASKAH), ("&Formulir", FORMULIR))
        for title, view in views:
            self._add(menu, title, partial(self._window.show_view, view))
        self._add(menu, "Tampilan beri&kutnya", lambda: self._turn(1), "Ctrl+PgDown")
        self._add(menu, "Tampilan sebelumn&ya", lambda: self._turn(-1), "Ctrl+PgUp")
        self._add(menu, "Bagian b&erikut", lambda: self._window.cycle_focus(1), "F6")
        self._add(menu, "Bagian sebelu&mnya", lambda: self._window.cycle_focus(-1), "Shift+F6")

    def _realisasi(self, menu: QMenu) -> None:
        menu.setToolTipsVisible(True)
        for title, face in (("&Realisasi di kisi", REALISASI), ("&Capaian di kisi", CAPAIAN)):
            self._add(menu, title, partial(self._show_face, face))
        self._add(menu, "Catatan p&eriode...", lambda: self._grid("open_notes"), changes=True)
        menu.addSeparator()
        self._add(menu, "&Tutup periode...", self._tools.close_period)
        self._add(menu, "B&uka lagi periode...", self._tools.reopen_period)
        menu.addSeparator()
        self._add(menu, "&Lembar isian untuk Bidang (XLSX)...", self._tools.write_sheet, "", "file-spreadsheet")
        self._add(menu, "&Baca lembar isian...", self._tools.read_sheet)
        menu.addSeparator()
        self._add(menu, "&Setelan capaian...", self._tools.capaian_settings)

    def _show_face(self, face: int) -> None:
        """The grid with what was reached, or how far that reaches."""
        if self._window.work is not None:
            self._window.show_view(SUSUN)
            self._window.work.grid.face.set_index(face)
            self._window.work.grid.setFocus()

    def edit_positions(self) -> None:
        """The positions of the shown document."""
        from ui.positions_dialog import PositionsDialog

        self._window.commit()
        session = self._window.session
        if session is not None and session.dokumen_id and not refused(session):
            dialog = PositionsDialog(session, self._window)
            dialog.exec()
            dialog.deleteLater()

    def _periksa(self) -> None:
        menu = self._menu("&Periksa")
        self._add(menu, "&Ringkasan...", self._tools.summary, "F7")
        self.findings = self._add(menu, "&Daftar temuan", self._toggle_findings, "Ctrl+T", "list-checks")
        self._add(menu, "Temuan &berikut", lambda: self._finding(1), "F8")
        self._add(menu, "Temuan &sebelumnya", lambda: self._finding(-1), "Shift+F8")
        menu.addSeparator()
        self._add(menu, "&Cocokkan cetakan...", self._tools.match_print, needs="")

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

    def _jendela(self) -> None:
        window, menu = self._window, self._menu("&Jendela")
        self._add(menu, "Jendela &baru", lambda: window.windows.fresh(window).show_start(), "Ctrl+Shift+N", needs="")
        self._add(menu, "Jendela beri&kut", lambda: window.windows.step(window, 1), "Ctrl+F6", needs="")
        self._add(menu, "Jendela &sebelumnya", lambda: window.windows.step(window, -1), "Ctrl+Shift+F6", needs="")
        menu.addSeparator()
        self.window_list = WindowMenu(window, menu)

    def _bantuan(self) -> None:
        menu = self._menu("Ba&ntuan")
        self._add(menu, "&Panduan", self._guide, "F1", needs="")
        self._add(menu, "&Tentang Renaksi", self._about, needs="")

    def _fill_later(self, menu: QMenu, fill: Callable[[QMenu], None]) -> None:
        """A menu that is filled each time it opens."""

        def refill() -> None:
            menu.clear()
            fill(menu)

        menu.aboutToShow.connect(refill)

    def _fill_recent(self, menu: QMenu) -> None:
        from ui.recent import RecentPlans

        plans = RecentPlans().all()[:9]
        for number, plan in enumerate(plans, 1):
            name = f"{plan.path.stem}, {plan.agency}".replace("&", "&&")
            menu.addAction(f"&{number} {name}", partial(self._window.open_plan, plan.path)).setToolTip(str(plan.path))
        if not plans:
            menu.addAction("Belum ada rencana").setEnabled(False)

    def _fill_samples(self, menu: QMenu) -> None:
        from ui.start_samples import fill_samples

        fill_samples(menu, self._window.open_sample)

    def _fill_levels(self, menu: QMenu) -> None:
        """The levels that the shown tree has; the tree counts them from 1."""
        work = self._window.work
        levels = work.tree.levels() if work is not None else []
        for number, (_, name) in enumerate(levels, 1):
            menu.addAction(f"&{number} {name}", partial(self._tree, "expand_to", number))

    def _in_work(self, menu: QMenu, text: str, do: Do, key: str, picture: str = "", *, changes: bool = False) -> None:
        """A command whose key counts in Susun only: elsewhere it is another's."""
        action = self._add(menu, text, do, key, picture, changes=changes)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._of_work.append(action)

    def set_work(self, work: "WorkPage") -> None:
        """Listen for the keys of Susun in the page of the plan that has been opened."""
        turns = [work.grid.turn_mode, work.grid.turn_face]
        work.addActions([*self._of_work, *turns])
        self._grid_menu.insertActions(self._of_grid, turns)

    def _save(self) -> None:
        self._window.commit()
        if self._window.session is not None:
            self._window.session.publish()

    def undo_steps(self, steps: int) -> None:
        """Take back so many steps, and show what the last of them has changed."""
        self._travel(steps, redo=False)

    def redo_steps(self, steps: int) -> None:
        """Do so many steps again."""
        self._travel(steps, redo=True)

    def _travel(self, steps: int, *, redo: bool) -> None:
        from ui.history_place import show_step

        self._window.commit()
        session = self._window.session
        if session is None:
            return
        there = session.document.undone if redo else session.document.done
        if there[:steps] and (session.redo if redo else session.undo)(min(steps, len(there))):
            show_step(self._window, there[min(steps, len(there)) - 1])

    def _grid(self, method: str) -> None:
        """Something that the grid can do."""
        if self._window.work is not None:
            self._window.show_view(SUSUN)
            getattr(self._window.work.grid, method)()

    def _find_and_replace(self) -> None:
        if self._window.work is not None:
            self._window.show_view(SUSUN)
            self._window.work.grid.find_bar.open()

    def _show_schedule(self) -> None:
        if self._window.work is not None:
            self._window.show_view(SUSUN)
            self._window.work.grid.face.set_index(AKSI)

    def _show_years(self) -> None:
        """The years of the Renstra, at the row of the tree."""
        if self._window.work is not None:
            self._window.show_view(SUSUN)
            self._window.work.details.open_years()

    def _turn(self, step: int) -> None:
        """The next or previous view, as the sheets of a spreadsheet."""
        self._window.show_view((self._window.bar.view() + step) % (FORMULIR + 1))

    def _in_chart(self, method: str, *arguments: object) -> bool:
        """Do it in the chart, where that is shown and can."""
        pohon = self._window.pohon
        return pohon is not None and pohon.isVisible() and pohon.run(method, *arguments)

    def _tree(self, method: str, *arguments: object) -> None:
        """Something that the trees can do, or the chart where it is shown."""
        if self._in_chart(method, *arguments):
            return
        if self._window.work is not None:
            self._window.show_view(SUSUN)
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
        if self._window.work is not None and not self._in_chart("add", level):
            self._window.work.tree.tabs.setCurrentIndex(0 if level in TINGKAT else 1)
            self._tree("add", level)

    def _toggle_findings(self) -> None:
        if self._window.work is not None:
            findings = self._window.work.findings
            here = self._window.bar.view() == SUSUN
            self._window.show_view(SUSUN)
            findings.setVisible(not (findings.isVisible() and here))

    def _finding(self, step: int) -> None:
        if self._window.work is not None:
            self._window.show_view(SUSUN)
            self._window.work.findings.setVisible(True)
            self._window.work.findings.next(step)

    def _form(self, method: str) -> None:
        self._window.show_view(FORMULIR)
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
