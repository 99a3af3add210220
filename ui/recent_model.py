"""The table behind the list of recent plans; a row is a RecentPlan, found again by its path."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from services.terms import LEVELS
from ui.recent import RecentPlan, opened_words

Index = QModelIndex | QPersistentModelIndex

COLUMNS = ("Rencana", "Tahun", "Tahap", "Temuan", "Terakhir dibuka")
AGENCY, YEAR, STAGE, FINDINGS, OPENED = range(len(COLUMNS))

NONE_FOUND = "tidak ada"
NOT_FOUND = "tidak ditemukan"

_DISPLAY = Qt.ItemDataRole.DisplayRole


class RecentModel(QAbstractTableModel):
    """Shows the plans that hold every word of the filter."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plans: tuple[RecentPlan, ...] = ()
        self._shown: tuple[RecentPlan, ...] = ()
        self._missing: frozenset[Path] = frozenset()
        self._words: list[str] = []

    @property
    def plans(self) -> tuple[RecentPlan, ...]:
        """All of them, whatever the filter."""
        return self._plans

    def set_plans(self, plans: Iterable[RecentPlan]) -> None:
        """Show another list."""
        self._plans = tuple(plans)
        self._filter()

    def set_missing(self, paths: Iterable[Path]) -> None:
        """Say which files are not where they were."""
        missing = frozenset(paths)
        if missing != self._missing:
            self._missing = missing
            if self._shown:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(COLUMNS) - 1))

    def set_filter(self, text: str) -> None:
        """Show only what holds all these words, in any case."""
        self._words = text.casefold().split()
        self._filter()

    def plan(self, index: Index) -> RecentPlan | None:
        """The plan of a row."""
        return self._shown[index.row()] if index.isValid() else None

    def is_missing(self, index: Index) -> bool:
        """Whether the row's file is not there."""
        plan = self.plan(index)
        return plan is not None and self.is_lost(plan)

    def is_lost(self, plan: RecentPlan) -> bool:
        """Whether a plan's file is not there."""
        return plan.path in self._missing

    def row_of(self, path: Path | None) -> int | None:
        """Where a file is listed now."""
        return next((row for row, plan in enumerate(self._shown) if plan.path == path), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == _DISPLAY:
            return COLUMNS[section]
        return None

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        plan = self.plan(index)
        if plan is None:
            return None
        if role == _DISPLAY:
            return self._texts(plan)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{plan.agency}\n{plan.path}" if index.column() == AGENCY else self._texts(plan)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            texts = self._texts(plan)
            if index.column() != AGENCY:
                return f"{COLUMNS[index.column()]} {texts[index.column()]}"
            found = texts[FINDINGS].replace(NONE_FOUND, "tidak ada temuan").replace(NOT_FOUND, f"berkas {NOT_FOUND}")
            parts = (plan.agency, plan.pemda, texts[YEAR], plan.stage, found, texts[OPENED], str(plan.path))
            return ", ".join(part for part in parts if part)
        return None

    def _texts(self, plan: RecentPlan) -> tuple[str, ...]:
        counts = [f"{getattr(plan, level)} {level}" for level in LEVELS if getattr(plan, level)]
        found = NOT_FOUND if self.is_lost(plan) else ", ".join(counts) or NONE_FOUND
        year = "" if plan.year is None else str(plan.year)
        return plan.agency, year, plan.stage, found, opened_words(plan.opened, date.today())

    def _filter(self) -> None:
        self.beginResetModel()
        self._shown = tuple(plan for plan in self._plans if all(word in _searched(plan) for word in self._words))
        self.endResetModel()


def _searched(plan: RecentPlan) -> str:
    return f"{plan.agency} {plan.pemda} {plan.year or ''} {plan.stage} {plan.path}".casefold()
