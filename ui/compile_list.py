"""The files of a compilation as a table: what each holds, and what is wrong with it beside the others."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from services.compile import Looked, remarks
from ui.list_rows import RowDelegate, plain_table
from ui.marks import mark_icon

BERKAS, PERANGKAT, TAHUN, TAHAP, TEMUAN, KETERANGAN = range(6)
_TITLES = ("Berkas", "Perangkat daerah", "Tahun", "Tahap", "Temuan", "Keterangan")
_WIDTHS = {BERKAS: 152, PERANGKAT: 200, TAHUN: 52, TAHAP: 92, TEMUAN: 144}

_STAGES_FROM = 900
"""Pixels of width from which the stages have room."""


class CompileList(QTableWidget):
    """One line a file, in the order in which the agencies will stand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, len(_TITLES), parent)
        self._paths: list[Path] = []
        self._looked: dict[Path, Looked] = {}
        plain_table(self, "Berkas yang dikompilasi", RowDelegate(self))
        self.setHorizontalHeaderLabels(list(_TITLES))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = self.horizontalHeader()
        header.setSectionResizeMode(KETERANGAN, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)

    @property
    def paths(self) -> list[Path]:
        """The files, in this order."""
        return list(self._paths)

    @property
    def unread(self) -> list[Path]:
        """The files that were not looked into yet."""
        return [path for path in self._paths if path not in self._looked]

    @property
    def looked(self) -> list[Looked]:
        """What the files hold that were looked into."""
        return [self._looked[path] for path in self._paths if path in self._looked]

    def add(self, paths: Sequence[Path]) -> int:
        """List more files, each once; returns how many were new."""
        new = [path for path in dict.fromkeys(paths) if path not in self._paths]
        self._paths += new
        self._fill()
        return len(new)

    def remove_selected(self) -> None:
        """Leave the chosen files out."""
        gone = {index.row() for index in self.selectionModel().selectedRows()}
        self._paths = [path for at, path in enumerate(self._paths) if at not in gone]
        self._fill()
        if self._paths:
            self.selectRow(min(min(gone, default=0), len(self._paths) - 1))

    def take(self, looked: Sequence[Looked]) -> None:
        """Show what files hold."""
        self._looked |= {one.path: one for one in looked}
        self._fill()

    def wrong(self) -> int:
        """How many files have something in them that will stay out."""
        return sum(level == "galat" for level, _ in remarks(self.looked))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setColumnHidden(TAHAP, self.width() < _STAGES_FROM)

    def _fill(self) -> None:
        self.setRowCount(len(self._paths))
        said = dict(zip((one.path for one in self.looked), remarks(self.looked), strict=True))
        for row, path in enumerate(self._paths):
            one = self._looked.get(path)
            level, sentence = said.get(path, (None, "membaca..."))
            texts = (path.name, *_facts(one), sentence)
            for column, text in enumerate(texts):
                item = self.item(row, column) or QTableWidgetItem()
                item.setText(text)
                item.setToolTip(str(path) if column == BERKAS else text)
                if column == KETERANGAN:
                    item.setIcon(mark_icon(level) if level else QIcon())
                if self.item(row, column) is None:
                    self.setItem(row, column, item)


def _facts(one: Looked | None) -> tuple[str, str, str, str]:
    """Agencies, years, stages and findings of a file."""
    if one is None or not one.documents:
        return "", "", "", ""
    agencies, years, stages = (
        "; ".join(dict.fromkeys(texts))
        for texts in (
            [document.agency for document in one.documents],
            [str(document.year) for document in one.documents],
            [document.stage for document in one.documents],
        )
    )
    counts = ((one.galat, "galat"), (one.peringatan, "peringatan"))
    return agencies, years, stages, ", ".join(f"{count} {name}" for count, name in counts if count) or "tidak ada"
