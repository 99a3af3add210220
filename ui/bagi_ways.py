"""The ways of the Bagi dialog: one round button each, with the field that it needs."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from models.rows import Anggaran, Indikator
from services.bagi_banyak import common_places, common_ways
from services.bagi_cara import EVEN, Cara, last_years, line_weights, ways
from services.bagi_isian import Angka, Isian
from services.naming import row_text
from services.series import QUARTER_ENDS
from ui.bagi_lines import LinePicker
from ui.bagi_patterns import PatternBox, SalaryMonths, is_salary
from ui.fonts import SMALL, ui_font
from ui.session import Session

FIELD_WIDTH = 112
_LETTERS = {
    Cara.RATA: "R",
    Cara.SEBANDING: "S",
    Cara.POLA: "M",
    Cara.TAHUN_LALU: "l",
    Cara.SAMA: "a",
    Cara.LANJUT: "I",
    Cara.PERSEN: "2",
    Cara.AKHIR: "H",
}
"""The letter of each way behind Alt; B, C, P, T and U are the dialog's."""


def _with_mnemonic(words: str, letter: str) -> str:
    return words.replace(letter, f"&{letter}", 1)


class Ways(QWidget):
    """`changed` when anything is chosen; `way_changed` when another way or pattern is, which may bring its months."""

    changed = Signal()
    way_changed = Signal()

    def __init__(
        self,
        session: Session,
        rows: Sequence[Anggaran | Indikator],
        isians: Sequence[Isian],
        row_height: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName("Cara")
        self._session, self._rows, self._row_height = session, tuple(rows), row_height
        self._quarters = common_places(isians) == QUARTER_ENDS
        self._other: tuple[int, ...] | None = None
        years = last_years(session.plan, rows)
        self._last_year = {row.id: found for row, (found, _) in zip(rows, years, strict=True) if found is not None}
        reason = "" if self._last_year else years[0][1]
        numbers = any(isinstance(isian, Angka) for isian in isians)
        self.buttons: dict[Cara, QRadioButton] = {}
        self.fields: dict[Cara, QWidget] = {}
        self._group = QButtonGroup(self)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self.pick = QPushButton("Pilih baris...")
        self.patterns = PatternBox(salary=any(isinstance(row, Anggaran) for row in rows))
        self.amount = QLineEdit()
        self.salary = SalaryMonths(session.dokumen.tahun)
        for cara in ways(isians[0]) if len(isians) == 1 else common_ways(isians):
            self._add(cara, self._field(cara, reason, numbers=numbers))
            if cara is Cara.POLA:
                self._box.addWidget(self.salary)
        self.salary.setVisible(False)
        self.salary.setFixedHeight(row_height)
        if Cara.TAHUN_LALU in self.buttons:
            self.buttons[Cara.TAHUN_LALU].setEnabled(bool(self._last_year))
        first = next(iter(self.buttons.values()))
        first.setChecked(True)
        self.setFocusProxy(first)
        self._group.buttonToggled.connect(self._on_way)
        self.pick.clicked.connect(self._on_pick)
        self.patterns.picked.connect(self._on_pattern)
        self.salary.changed.connect(self._on_pattern)
        self.amount.textEdited.connect(self._on_amount)
        self._stop_at_field()

    def cara(self) -> Cara:
        """The way chosen."""
        return next(cara for cara, button in self.buttons.items() if button.isChecked())

    def weights(self) -> tuple[int, ...] | None:
        """The proportions of the way chosen, None as long as no line is picked.

        Where each row has its own, those of the first.
        """
        cara = self.cara()
        if cara is Cara.SEBANDING:
            return self._other
        if cara is Cara.TAHUN_LALU:
            return next(iter(self._last_year.values()), None)
        if cara is not Cara.POLA:
            return EVEN
        pola = self.patterns.pola()
        return self.salary.pola().bobot if is_salary(pola) else pola.bobot

    def own_weights(self) -> dict[str, tuple[int, ...]] | None:
        """By row the proportions that are its own, those of last year; None where all rows take the same."""
        return self._last_year if self.cara() is Cara.TAHUN_LALU else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down go round: behind the last way comes the first."""
        if isinstance(watched, QRadioButton) and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None:
                there = [button for button in self.buttons.values() if button.isEnabled()]
                button = there[(there.index(watched) + step) % len(there)]
                button.setChecked(True)
                button.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def focus_order(self) -> Sequence[QWidget]:
        """The widgets in the order of Tab."""
        order: list[QWidget] = []
        for cara, button in self.buttons.items():
            order.append(button)
            if cara in self.fields:
                order.append(self.fields[cara])
            if cara is Cara.POLA:
                order += [self.salary.thr, self.salary.thirteenth]
        return order

    def _field(self, cara: Cara, reason: str, *, numbers: bool) -> QWidget | None:
        if cara is Cara.SEBANDING:
            self.pick.setAutoDefault(False)
            self.pick.setFixedWidth(FIELD_WIDTH)
            return self.pick
        if cara is Cara.POLA:
            return self.patterns
        if cara is Cara.TAHUN_LALU:
            label = QLabel(reason)
            label.setFont(ui_font(SMALL))
            label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
            return label
        if cara is Cara.SAMA and numbers:
            self.amount.setAlignment(Qt.AlignmentFlag.AlignRight)
            self.amount.setFixedWidth(FIELD_WIDTH)
            self.amount.setAccessibleName("Jumlah tiap bulan")
            self.amount.setPlaceholderText("0")
            return self.amount
        return None

    def _add(self, cara: Cara, field: QWidget | None) -> None:
        words = cara.value.replace("bulan", "triwulan") if self._quarters else cara.value
        button = QRadioButton(_with_mnemonic(words, _LETTERS[cara]))
        button.setAccessibleName(words)
        button.installEventFilter(self)
        self._group.addButton(button)
        self.buttons[cara] = button
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(button, 1)
        holder = QWidget()
        holder.setFixedHeight(self._row_height)
        holder.setLayout(line)
        if field is not None:
            field.setMaximumHeight(24)
            line.addWidget(field)
            if not isinstance(field, QLabel):
                self.fields[cara] = field
        self._box.addWidget(holder)

    def _choose(self, cara: Cara) -> None:
        self.buttons[cara].setChecked(True)

    def _stop_at_field(self) -> None:
        """Tab goes to the field of the way chosen only; a click reaches every field."""
        for cara, field in self.fields.items():
            policy = Qt.FocusPolicy.StrongFocus if cara is self.cara() else Qt.FocusPolicy.ClickFocus
            field.setFocusPolicy(policy)

    def _on_way(self, button: QAbstractButton, on: bool) -> None:
        if not on:
            return
        self._stop_at_field()
        self._show_salary()
        self.way_changed.emit()

    def _show_salary(self) -> None:
        self.salary.setVisible(self.cara() is Cara.POLA and is_salary(self.patterns.pola()))

    def _on_pattern(self) -> None:
        if self.cara() is Cara.POLA:
            self._show_salary()
            self.way_changed.emit()
        else:
            self._choose(Cara.POLA)

    def _on_amount(self) -> None:
        if self.cara() is Cara.SAMA:
            self.changed.emit()
        else:
            self._choose(Cara.SAMA)

    def _on_pick(self) -> None:
        plan, rollup = self._session.plan, self._session.rollup
        lines = plan.where(Anggaran, "dokumen_id", self._rows[0].dokumen_id)
        known = {line.id: weights for line in lines if (weights := line_weights(rollup, line)) is not None}
        if len(self._rows) == 1:
            known.pop(self._rows[0].id, None)
        picker = LinePicker(self._session, list(known), self)
        accepted = picker.exec() == LinePicker.DialogCode.Accepted
        picked = picker.picked()
        picker.deleteLater()
        if not accepted or picked is None:
            return
        self._other = known[picked]
        name = row_text(plan.get(Anggaran, picked))
        self.pick.setText(self.pick.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, FIELD_WIDTH - 24))
        self.pick.setToolTip(name)
        self.pick.setAccessibleName(f"Sebanding dengan {name}")
        if self.cara() is Cara.SEBANDING:
            self.changed.emit()
        else:
            self._choose(Cara.SEBANDING)
