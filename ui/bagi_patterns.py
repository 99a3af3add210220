"""The patterns of the Bagi dialog: a list to choose from, with the months of a salary's extra payments."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QLabel, QWidget

from models.errors import PlanError
from services import patterns
from services.patterns import GAJI, GAJI_13, MULAI_FEBRUARI, TRIWULAN, Pola, gaji_14, thr_month
from services.tanggal import MONTHS, MONTHS_SHORT
from ui.messages import tell
from ui.quiet_fields import QuietComboBox

SAVE, FORGET = "Simpan pola...", "Hapus pola ini"
_WIDTH = 136


class PatternBox(QuietComboBox):
    """The patterns by name, the officer's own behind those of the program; the last entries keep and take away.

    `picked` when another pattern is chosen; `wants_saving` when the proportions in hand are to be kept.
    """

    picked = Signal()
    wants_saving = Signal()

    def __init__(self, *, salary: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Pola")
        self.setFixedWidth(_WIDTH)
        self._salary = salary
        self._at = 0
        self.fill("")
        self.activated.connect(self._on_activated)

    def fill(self, wanted: str) -> None:
        """Read the officer's patterns again; choose the one of this name, or the first."""
        own = patterns.stored()
        self._own = {pola.nama for pola in own}
        known = ([gaji_14(0)] if self._salary else []) + [TRIWULAN, MULAI_FEBRUARI]
        self._polas: list[Pola] = [*known, *own]
        names = [pola.nama for pola in self._polas]
        self.clear()
        self.addItems(names)
        self._at = names.index(wanted) if wanted in names else 0
        self.setCurrentIndex(self._at)
        self._add_commands()

    def pola(self) -> Pola:
        """The pattern chosen; of the salary only its name counts."""
        return self._polas[self._at]

    def keep(self, bobot: tuple[int, ...], parent: QWidget) -> bool:
        """Ask for a name and keep the proportions under it."""
        box = QInputDialog(parent)
        box.setWindowTitle("Simpan pola")
        box.setLabelText("Nama pola")
        box.setOkButtonText("Simpan")
        box.setCancelButtonText("Batal")
        if box.exec() != QInputDialog.DialogCode.Accepted:
            return False
        try:
            pola = patterns.save(box.textValue(), bobot)
        except PlanError as error:
            tell(parent, str(error))
            return False
        self.fill(pola.nama)
        return True

    def _add_commands(self) -> None:
        while self.count() > len(self._polas):
            self.removeItem(self.count() - 1)
        self.insertSeparator(self.count())
        self.addItem(SAVE)
        if self.pola().nama in self._own:
            self.addItem(FORGET)

    def _on_activated(self, index: int) -> None:
        if index < len(self._polas):
            self._at = index
            self._add_commands()
            self.picked.emit()
            return
        command = self.itemText(index)
        self.setCurrentIndex(self._at)
        if command == SAVE:
            self.wants_saving.emit()
        elif command == FORGET:
            try:
                patterns.forget(self.pola().nama)
            except PlanError as error:
                tell(self, str(error))
            self.fill("")
            self.picked.emit()


class SalaryMonths(QWidget):
    """When the two extra salaries are paid. `changed` when either month is another."""

    changed = Signal()

    def __init__(self, tahun: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 0, 0, 0)
        layout.setSpacing(8)
        self.thr, self.thirteenth = QuietComboBox(), QuietComboBox()
        layout.addStretch(1)
        for box, words, place in ((self.thr, "THR", thr_month(tahun)), (self.thirteenth, "Ke-13", GAJI_13)):
            label = QLabel(words)
            label.setBuddy(box)
            box.setAccessibleName("Bulan THR" if words == "THR" else "Bulan gaji ke-13")
            box.setMinimumContentsLength(3)
            box.setFixedSize(68, 24)
            for short, name in zip(MONTHS_SHORT, MONTHS, strict=True):
                box.addItem(short)
                box.setItemData(box.count() - 1, name, Qt.ItemDataRole.AccessibleTextRole)
            box.setCurrentIndex(place)
            box.currentIndexChanged.connect(self.changed)
            layout.addWidget(label)
            layout.addWidget(box)

    def pola(self) -> Pola:
        """The salary's pattern with these months."""
        return gaji_14(self.thr.currentIndex(), self.thirteenth.currentIndex())


def is_salary(pola: Pola) -> bool:
    """Whether the months of the extra payments are to be asked."""
    return pola.nama == GAJI
