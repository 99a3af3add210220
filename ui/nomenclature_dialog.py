"""Tambah dari nomenklatur: entries found and ticked in the list, added with all that stands above them."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from services.nomenclature import KABKOT, PROV, Nomenclature, Source
from services.nomenclature_add import Added, There, add, bidang_of
from services.tanggal import format_tanggal
from services.terms import JENIS, LEVEL_NAMES
from ui.dialog_buttons import decision
from ui.fonts import SMALL, ui_font
from ui.nomenclature_tree import HEADERS, KODE, NAMA, SATUAN, NomenclatureModel
from ui.session import Session

OPENED = 60
"""Entries up to which a filter opens all that it leaves."""
_REGIONS = {PROV: "provinsi", KABKOT: "kabupaten/kota"}
_NOTHING_TICKED = (
    "Belum ada yang dicentang. Spasi mencentang; kotak program atau kegiatan mencentang semua di bawahnya."
)


class NomenclatureDialog(QDialog):
    """After `accepted`: `added` holds what the ticked entries make of the plan."""

    def __init__(self, session: Session, listed: Nomenclature, source: Source, region: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Tambah dari nomenklatur")
        room = parent.window().size()
        self.resize(min(880, room.width() - 24), min(560, room.height() - 24))
        self.setSizeGripEnabled(True)
        self._session, self._listed = session, listed
        there = There(session.plan, session.dokumen_id).lines(listed)
        self.model = NomenclatureModel(listed, there, self)
        self.added = Added((), (), {})
        self.search = QLineEdit()
        self.search.setPlaceholderText("Kode atau kata, misalnya 2.17.03 atau pemberd mikro")
        self.search.setAccessibleName("Cari di nomenklatur")
        self.search.setClearButtonEnabled(True)
        self.level = QComboBox()
        for jenis in reversed(JENIS):
            self.level.addItem(LEVEL_NAMES[jenis], jenis)
        self.view = QTreeView()
        self.view.setAccessibleName("Nomenklatur")
        self.view.setUniformRowHeights(True)
        self.view.setAllColumnsShowFocus(True)
        self.view.setModel(self.model)
        self.view.setIndentation(16)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.view.header()
        header.setStretchLastSection(False)
        for column, mode in ((KODE, "Fixed"), (NAMA, "Stretch"), (SATUAN, "Fixed")):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode[mode])
        self.view.setColumnWidth(KODE, 216)
        self.view.setColumnWidth(SATUAN, 112)
        assert header.count() == len(HEADERS)
        self.about, self.sum, self.origin = QLabel(), QLabel(), QLabel(_origin(source, region))
        for label in (self.about, self.sum, self.origin):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setFont(ui_font(SMALL))
        for label in (self.about, self.origin):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.about.setWordWrap(True)
        self.about.setFixedHeight(3 * self.about.fontMetrics().lineSpacing())
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._buttons, self.ok, _ = decision(self, "&Tambahkan")
        self._lay_out()
        self.search.textChanged.connect(lambda: self.apply_filter())
        self.search.installEventFilter(self)
        self.level.activated.connect(lambda: self._on_level())
        self.model.ticked_changed.connect(self._on_ticked)
        self.view.selectionModel().currentChanged.connect(self._say_about)
        self._stand_at_own()
        self._on_ticked()
        self.search.setFocus()

    def accept(self) -> None:
        """Close with what was ticked."""
        if self.added.changes:
            super().accept()

    def apply_filter(self) -> None:
        """Show what the typed text leaves."""
        self.model.set_filter(self.search.text())
        if not self.search.text().strip():
            self._stand_at_own()
        elif self.model.shown() <= OPENED:
            self.view.expandAll()
            self._stand_at(self.model.index(0, 0))
        else:
            self.view.expandToDepth(0 if self.level.currentData() != JENIS[0] else -1)
            self._stand_at(self.model.index(0, 0))
        if not self.model.rowCount():
            self.about.setText("Tidak ada yang cocok. Yang dicari: awal kode, atau kata-kata dalam nama.")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the search field into the list."""
        is_press = watched is self.search and event.type() == QEvent.Type.KeyPress
        if is_press and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down:
            self.view.setFocus()
            return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        found, level = QLabel("&Cari"), QLabel("&Sampai tingkat")
        found.setBuddy(self.search)
        level.setBuddy(self.level)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(found)
        top.addWidget(self.search, 1)
        top.addSpacing(8)
        top.addWidget(level)
        top.addWidget(self.level)
        foot = QHBoxLayout()
        foot.addWidget(self.sum, 1)
        foot.addWidget(self._buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.about)
        layout.addWidget(self.origin)
        layout.addLayout(foot)

    def _on_level(self) -> None:
        self.model.set_level(self.level.currentData())
        self.apply_filter()

    def _on_ticked(self) -> None:
        session = self._session
        self.added = add(session.plan, session.dokumen_id, self._listed, self.model.ticked())
        self.ok.setEnabled(bool(self.added.changes))
        said = [f"{n} {LEVEL_NAMES[jenis].lower()}" for jenis, n in self.added.counts.items() if n]
        self.sum.setText(f"Ditambahkan: {', '.join(said)}." if said else _NOTHING_TICKED)
        self.view.viewport().update()

    def _say_about(self, current: QModelIndex) -> None:
        """The whole name of the line in hand, and what is added with it."""
        entry = self.model.entry(current)
        if entry is None:
            self.about.clear()
            return
        text = f"{LEVEL_NAMES[entry.jenis]} {entry.kode}: {entry.nama}"
        if entry.indikator:
            text += f"\nIndikator: {entry.indikator} ({entry.satuan or 'tanpa satuan'})"
        self.about.setText(text)

    def _stand_at_own(self) -> None:
        """At first the list stands at the agency's own bidang."""
        bidang = f"{bidang_of(self._session.plan, self._session.dokumen_id)}."
        entries = [e for e in self._listed.children() if e.kode.startswith(bidang)] or self._listed.children()[:1]
        for entry in entries[:1]:
            self._stand_at(self.model.index_of(entry.kode))

    def _stand_at(self, index: QModelIndex) -> None:
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index, QTreeView.ScrollHint.PositionAtTop)


def _origin(source: Source, region: str) -> str:
    """ "Nomenklatur 2026 kabupaten/kota dari daftar.csv, diimpor 31 Januari 2026"."""
    year = f" {source.tahun}" if source.tahun else ""
    return f"Nomenklatur{year} {_REGIONS[region]} dari {source.berkas}, diimpor {format_tanggal(source.diimpor)}."
