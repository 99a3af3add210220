"""The months of the Bagi dialog as ticks: one stop for Tab, arrows go round, Space ticks."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from services.bagi_cara import place_names
from services.series import QUARTER_ENDS
from services.tanggal import MONTHS_SHORT

ACROSS = 4
_STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -ACROSS, Qt.Key.Key_Down: ACROSS}


class MonthTicks(QWidget):
    """One box for each period that a series has room for. `changed` when the officer or `set_months` alters a tick."""

    changed = Signal()

    def __init__(self, places: Sequence[int], row_height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Bulan")
        self._places = tuple(places)
        quarters = self._places == QUARTER_ENDS
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(0)
        layout.setVerticalSpacing(0)
        self.boxes: list[_Box] = []
        for i, (place, name) in enumerate(zip(self._places, place_names(self._places), strict=True)):
            box = _Box(self, i, name if quarters else MONTHS_SHORT[place])
            box.setAccessibleName(name)
            box.setChecked(True)
            box.toggled.connect(self.changed)
            layout.addWidget(box, i // ACROSS, i % ACROSS)
            layout.setRowMinimumHeight(i // ACROSS, row_height)
            self.boxes.append(box)
        self._stop_at(0)
        self.setFocusProxy(self.boxes[0])

    def months(self) -> frozenset[int]:
        """The places that are ticked."""
        return frozenset(place for place, box in zip(self._places, self.boxes, strict=True) if box.isChecked())

    def set_months(self, months: Collection[int]) -> None:
        """Tick exactly these."""
        for place, box in zip(self._places, self.boxes, strict=True):
            box.blockSignals(True)
            box.setChecked(place in months)
            box.blockSignals(False)
        self.changed.emit()

    def go(self, at: int, step: int) -> None:
        """Move the focus from one box to another."""
        to = at + step
        if 0 <= to < len(self.boxes):
            self._stop_at(to)
            self.boxes[to].setFocus(Qt.FocusReason.TabFocusReason)

    def _stop_at(self, at: int) -> None:
        for i, box in enumerate(self.boxes):
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus if i == at else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.boxes[at])


class _Box(QCheckBox):
    def __init__(self, owner: MonthTicks, at: int, text: str) -> None:
        super().__init__(text)
        self._owner, self._at = owner, at

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(event.key())
        if step is None:
            super().keyPressEvent(event)
        else:
            self._owner.go(self._at, step)
