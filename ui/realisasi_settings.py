"""The "Setelan capaian" dialog: predicates, cap and floor, order of grades, and how efficiency is meant."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from models.changes import Change
from models.errors import PlanError
from services.capaian_setelan import (
    KELUARAN,
    SELISIH,
    read_settings,
    set_bounds,
    set_efficiency,
    set_orders,
    set_predicates,
)
from services.capaian_skala import SCALES, Scale
from ui.fonts import SMALL, ui_font
from ui.note_line import NoteLine
from ui.realisasi_scale import ScaleTable
from ui.realisasi_words import number_text, orders_text, read_orders, read_percent
from ui.session import Session

LABEL = "ubah setelan capaian"
WIDTH, ORDERS_HEIGHT = 640, 58
OWN = "Disesuaikan"
EFFICIENCIES = (
    ("Hemat untuk hasil yang sama: (pagu x capaian - realisasi) / (pagu x capaian)", KELUARAN),
    ("Selisih: capaian dikurangi serapan, dalam poin", SELISIH),
)
READINGS = (("lebih dari batas", False), ("paling sedikit batas", True))
HINT = "Setelan ini milik dokumen yang tampil. Rumus capaian tiap indikator dipilih di rincian indikator, Lainnya."
ORDERS_HELP = "Satu urutan per baris, dari yang terendah; nilai selain nomor urutnya ditulis A\u00a0=\u00a03,5."


class CapaianSettings(QDialog):
    """Simpan stores everything as one step."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        now = read_settings(session.plan, session.dokumen_id)
        self.setWindowTitle("Setelan capaian")
        self.setMinimumWidth(WIDTH)
        self.cap, self.floor = QLineEdit(number_text(now.atas)), QLineEdit(number_text(now.bawah))
        self.efficiency, self.known, self.reading = QComboBox(), QComboBox(), QComboBox()
        self.scale = ScaleTable()
        self.orders = QPlainTextEdit(orders_text(now.urutan))
        self.note = NoteLine(size=SMALL)
        self._fill(now.efisiensi)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(self._form())
        hint = QLabel(HINT)
        hint.setWordWrap(True)
        hint.setFont(ui_font(SMALL))
        hint.setForegroundRole(hint.palette().ColorRole.PlaceholderText)
        buttons = QDialogButtonBox()
        self.save = buttons.addButton("&Simpan", QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setDefault(True)
        cancel = buttons.addButton("&Batal", QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        for widget in (hint, self.note, buttons):
            layout.addWidget(widget)
        self.note.say(" ".join(now.cacat), "peringatan" if now.cacat else "")
        self._show(now.skala)
        self.known.activated.connect(self._on_known)
        self.reading.activated.connect(lambda _: self._name_scale())
        self.scale.edited.connect(self._name_scale)
        self.cap.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Store what has been changed; what cannot be read stays open with its reason."""
        try:
            changes = self._changes()
        except PlanError as error:
            self.note.say(str(error), "galat")
            return
        if not changes or self._session.edit(LABEL, changes):
            super().accept()

    def _changes(self) -> tuple[Change, ...]:
        plan, dokumen_id = self._session.plan, self._session.dokumen_id
        upper, lower = read_percent(self.cap.text(), "Batas atas"), read_percent(self.floor.text(), "Batas bawah")
        made = (
            *set_bounds(plan, dokumen_id, upper, lower),
            *set_efficiency(plan, dokumen_id, self.efficiency.currentData()),
            *set_predicates(plan, dokumen_id, self._scale()),
            *set_orders(plan, dokumen_id, read_orders(self.orders.toPlainText())),
        )
        return tuple(change for change in made if change.before != change.after)

    def _scale(self) -> Scale:
        return self.scale.scale(inclusive=bool(self.reading.currentData()))

    def _show(self, scale: Scale) -> None:
        self.reading.setCurrentIndex(int(scale[0].inclusive))
        self.scale.show_scale(scale)
        self._name_scale()

    def _on_known(self, index: int) -> None:
        name = self.known.itemData(index)
        if name is not None:
            self._show(SCALES[name][1])

    def _name_scale(self) -> None:
        """Which of the known scales the table shows now, if any."""
        try:
            scale = self._scale()
        except PlanError:
            scale = ()
        names = [name for name, (_, known) in SCALES.items() if known == scale]
        self.known.setCurrentIndex(self.known.findData(names[0]) if names else self.known.findText(OWN))

    def _fill(self, efficiency: str) -> None:
        for text, value in EFFICIENCIES:
            self.efficiency.addItem(text, value)
        self.efficiency.setCurrentIndex(self.efficiency.findData(efficiency))
        for name, (title, _) in SCALES.items():
            self.known.addItem(title, name)
        self.known.addItem(OWN, None)
        for text, inclusive in READINGS:
            self.reading.addItem(text, inclusive)
        for box in (self.efficiency, self.known):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(24)
        for field in (self.cap, self.floor):
            field.setPlaceholderText("tanpa batas")
            field.setMaximumWidth(112)
        self.orders.setTabChangesFocus(True)
        self.orders.setFixedHeight(ORDERS_HEIGHT)
        self.orders.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.orders.setToolTip(ORDERS_HELP)

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(8)
        bounds = QHBoxLayout()
        bounds.setSpacing(8)
        below = QLabel("Batas &bawah (%)")
        below.setBuddy(self.floor)
        bounds.addWidget(self.cap)
        bounds.addSpacing(16)
        bounds.addWidget(below)
        bounds.addWidget(self.floor)
        bounds.addStretch()
        above = QLabel("Batas &atas (%)")
        above.setBuddy(self.cap)
        form.addRow(above, bounds)
        form.addRow("&Efisiensi", self.efficiency)
        scales = QHBoxLayout()
        scales.setSpacing(8)
        known, read = QLabel("S&kala"), QLabel("&Dibaca")
        known.setBuddy(self.known)
        read.setBuddy(self.reading)
        scales.addWidget(self.known, 1)
        scales.addSpacing(8)
        scales.addWidget(read)
        scales.addWidget(self.reading)
        form.addRow(known, scales)
        form.addRow("&Predikat", self.scale)
        form.addRow("&Urutan nilai huruf", self.orders)
        help_line = QLabel(ORDERS_HELP)
        help_line.setWordWrap(True)
        help_line.setFont(ui_font(SMALL))
        help_line.setForegroundRole(help_line.palette().ColorRole.PlaceholderText)
        form.addRow("", help_line)
        names: tuple[tuple[QWidget, str], ...] = (
            (self.cap, "Batas atas capaian, persen"),
            (self.floor, "Batas bawah capaian, persen"),
            (self.efficiency, "Efisiensi"),
            (self.known, "Skala predikat"),
            (self.reading, "Batas dibaca"),
            (self.orders, "Urutan nilai huruf"),
        )
        for widget, name in names:
            widget.setAccessibleName(name)
        return form
