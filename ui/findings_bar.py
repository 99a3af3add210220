"""The bar of the findings dock: counts by level, filters, and the list to print."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from models.plan import Plan
from services.checks.belonging import branches, positions
from services.checks.rules import RULES
from services.terms import LEVELS, Level
from ui.findings_model import Filter
from ui.fonts import LIST_HEADING, SMALL, ui_font
from ui.icons import icon
from ui.marks import mark_icon

_HEIGHT = 24
_HINT_FROM = 1180
_WORDS_FROM = 1000
"""Pixels of width from which the hint, and the levels' names beside their counts, have room."""
_LEAST = 640
_NUMBER, _WIDEST = 60, 160


class FindingsBar(QWidget):
    """`filtered` when another choice of lines is wanted; it is in the filter already."""

    filtered = Signal()
    print_wanted = Signal()
    closed = Signal()

    def __init__(self, chosen: Filter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = chosen
        self._counts: dict[Level, int] = {}
        self.levels: dict[Level, QPushButton] = {}
        self.setFixedHeight(32)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(8)
        self._title = QLabel("Temuan")
        self._title.setFont(ui_font(LIST_HEADING, semibold=True))
        row.addWidget(self._title)
        for level in LEVELS:
            button = _toggle(f"Tampilkan {level}")
            button.setIcon(mark_icon(level))
            button.setChecked(True)
            button.toggled.connect(lambda on, level=level: self._on_level(level, on))
            self.levels[level] = button
            row.addWidget(button)
        self.accepted = _toggle("Tampilkan hanya temuan yang diterima dengan alasan")
        self.accepted.toggled.connect(self._on_accepted)
        row.addWidget(self.accepted)
        self.rule = self._list("Aturan", "kode")
        self.branch = self._list("Cabang", "branch")
        self.position = self._list("Penanggung jawab", "position")
        for combo, most in ((self.rule, 136), (self.branch, 136), (self.position, 204)):
            combo.setMaximumWidth(most)
            row.addWidget(combo, most)
        row.addStretch(1)
        self._hint = QLabel("F8 temuan berikut")
        self._hint.setFont(ui_font(SMALL))
        self._hint.setForegroundRole(self._hint.palette().ColorRole.PlaceholderText)
        row.addWidget(self._hint)
        self.print = QPushButton("Cetak daftar...")
        self.print.setFixedHeight(_HEIGHT)
        self.print.setToolTip("Daftar temuan untuk dicetak atau diekspor")
        self.print.clicked.connect(self.print_wanted)
        row.addWidget(self.print)
        close = QToolButton()
        close.setIcon(icon("x"))
        close.setAutoRaise(True)
        close.setAccessibleName("Tutup daftar temuan")
        close.setToolTip("Tutup daftar temuan")
        close.clicked.connect(self.closed)
        row.addWidget(close)

    def set_counts(self, count: Callable[[Level], int], accepted: int) -> None:
        """How many lines of each level there are, and how many are accepted."""
        self._counts = {level: count(level) for level in LEVELS}
        self._write_counts()
        self.accepted.setText(f"{accepted} diterima")
        self.accepted.setVisible(accepted > 0 or self.accepted.isChecked())

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, self.height())

    def set_choices(self, plan: Plan, dokumen_id: str, rules: Iterable[str]) -> None:
        """Fill the lists anew; a choice that is gone becomes the one of all."""
        there = set(rules)
        _fill(self.rule, "Semua aturan", [(title, kode) for kode, title in RULES.items() if kode in there])
        _fill(self.branch, "Semua cabang", branches(plan, dokumen_id))
        _fill(self.position, "Semua penanggung jawab", positions(plan, dokumen_id))
        chosen = (self.rule.currentData(), self.branch.currentData(), self.position.currentData())
        if chosen != (self._filter.kode, self._filter.branch, self._filter.position):
            self._filter.kode, self._filter.branch, self._filter.position = chosen
            self.filtered.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint.setVisible(self.width() >= _HINT_FROM)
        self._title.setVisible(self.width() >= _WORDS_FROM)
        self._write_counts()

    def _write_counts(self) -> None:
        for level, button in self.levels.items():
            number = self._counts.get(level, 0)
            button.setText(f"{number} {level}" if self.width() >= _WORDS_FROM else str(number))
            button.setAccessibleName(f"{number} {level}")
            button.setMaximumWidth(_WIDEST if self.width() >= _WORDS_FROM else _NUMBER)

    def _list(self, name: str, field: str) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(name)
        combo.setFixedHeight(_HEIGHT)
        combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        combo.setMinimumWidth(84)
        combo.currentIndexChanged.connect(lambda _: self._on_list(combo, field))
        return combo

    def _on_list(self, combo: QComboBox, field: str) -> None:
        combo.setToolTip(combo.currentText())
        setattr(self._filter, field, combo.currentData())
        self.filtered.emit()

    def _on_level(self, level: Level, on: bool) -> None:
        (self._filter.levels.add if on else self._filter.levels.discard)(level)
        self.filtered.emit()

    def _on_accepted(self, on: bool) -> None:
        self._filter.accepted = on
        self.filtered.emit()


def _toggle(tip: str) -> QPushButton:
    button = QPushButton()
    button.setCheckable(True)
    button.setFixedHeight(_HEIGHT)
    button.setToolTip(tip)
    return button


def _fill(combo: QComboBox, all_of_them: str, entries: list[tuple[str, str]]) -> None:
    wanted = [(all_of_them, None), *entries]
    if wanted == [(combo.itemText(i), combo.itemData(i)) for i in range(combo.count())]:
        return
    chosen = combo.currentData()
    combo.blockSignals(True)
    combo.clear()
    for text, data in wanted:
        combo.addItem(text, data)
    combo.setCurrentIndex(max(combo.findData(chosen), 0) if chosen is not None else 0)
    combo.setToolTip(combo.currentText())
    combo.blockSignals(False)
    widest = max(combo.fontMetrics().horizontalAdvance(text) for text, _ in wanted)
    combo.view().setMinimumWidth(min(widest + 32, 480))
