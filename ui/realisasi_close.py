"""Closing a period of the realisasi, and opening it again for a reason."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from models.changes import Change
from models.errors import PlanError
from models.lock import user
from models.rows import BULAN
from services.cell_edit import shortened
from services.realisasi_belum import counted_words, period_until, unreported
from services.realisasi_tutup import (
    close_period,
    closed_months,
    closed_periods,
    closing_words,
    closings,
    reopen_period,
)
from services.tanggal import MONTHS, QUARTERS
from ui.fonts import SMALL, ui_font
from ui.note_line import NoteLine
from ui.session import Session

WIDTH = 480
TOLD = 76
"""Pixels of the list of closings: four lines."""
_REASON = 40
"""Letters of a reason in the name of a step."""
CLOSING = (
    "Realisasi dan catatan periode yang ditutup tidak dapat diubah, juga tidak lewat lembar isian, sampai dibuka lagi "
    "dengan alasan."
)
OPENING = "Alasan tersimpan bersama rencana, dengan nama dan waktunya, dan tampil di riwayat."


def period_title(bulan: int) -> str:
    """ "Maret (TW I)" for a month, 1 to 12, that closes a quarter, else "Februari"."""
    name = MONTHS[bulan - 1]
    return name if bulan % 3 else f"{name} ({QUARTERS[bulan // 3 - 1]})"


def span_title(first: int, last: int) -> str:
    """ "Januari sampai Maret (TW I)"."""
    return period_title(last) if first == last else f"{MONTHS[first - 1]} sampai {period_title(last)}"


class _PeriodDialog(QDialog):
    """One period chosen from a list, and one step."""

    def __init__(self, session: Session, title: str, do: str, said: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.session = session
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH)
        self.period = QComboBox()
        self.period.setAccessibleName("Periode")
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(8)
        self.form.setVerticalSpacing(8)
        self.form.addRow("&Periode", self.period)
        self.note = NoteLine(size=SMALL)
        self.told = QListWidget()
        self._tell_closings()
        hint = QLabel(said)
        hint.setWordWrap(True)
        hint.setFont(ui_font(SMALL))
        hint.setForegroundRole(hint.palette().ColorRole.PlaceholderText)
        buttons = QDialogButtonBox()
        self.do_button = buttons.addButton(do, QDialogButtonBox.ButtonRole.AcceptRole)
        self.do_button.setDefault(True)
        cancel = buttons.addButton("&Batal", QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(self.form)
        layout.addWidget(self.note)
        layout.addWidget(hint)
        layout.addWidget(self.told)
        layout.addWidget(buttons)

    def _tell_closings(self) -> None:
        """Who has closed and opened which period, when and why, the last month first; hidden where nobody has."""
        self.told.setAccessibleName("Penutupan sampai sekarang")
        self.told.setWordWrap(True)
        self.told.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.told.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.told.setFixedHeight(TOLD)
        rows = closings(self.session.plan, self.session.dokumen_id)
        for row in reversed(rows):
            self.told.addItem(f"Sampai {period_title(row.bulan)}: {closing_words(row)}")
        self.told.setVisible(bool(rows))

    def edit(self, label: str, make: Callable[[], tuple[Change, ...]]) -> None:
        """Do the step, and close; what is refused is said."""
        try:
            done = self.session.edit(label, make())
        except PlanError as error:
            self.note.say(str(error), "galat")
            return
        if done:
            super().accept()


class CloseDialog(_PeriodDialog):
    """Proposes the first quarter that is not closed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "Tutup periode", "&Tutup periode", CLOSING, parent)
        closed = closed_months(session.plan, session.dokumen_id)
        ends = {last for _, last in closed_periods(session.plan, session.dokumen_id)}
        for bulan in range(1, BULAN + 1):
            there = bulan in closed
            self.period.addItem(f"sampai {period_title(bulan)}{', sudah ditutup' if there else ''}", bulan)
            items = self.period.model()
            assert isinstance(items, QStandardItemModel)
            items.item(bulan - 1).setEnabled(bulan not in ends)
        following = next((bulan for bulan in (3, 6, 9, 12) if bulan not in closed), None)
        self.do_button.setEnabled(following is not None)
        self.period.setCurrentIndex((following or BULAN) - 1)
        self.period.currentIndexChanged.connect(self._tell)
        self._tell()

    def accept(self) -> None:
        """Close the chosen period."""
        bulan, session = self.period.currentData(), self.session
        label = f"tutup periode sampai {MONTHS[bulan - 1]}"
        self.edit(label, lambda: close_period(session.plan, session.dokumen_id, bulan, user()))

    def _tell(self) -> None:
        """How many rows have something due in the period and have not reported it."""
        session = self.session
        period = period_until(session.plan, session.dokumen_id, int(self.period.currentData()))
        missing = counted_words(unreported(session.plan, session.dokumen, *period))
        if not self.do_button.isEnabled():
            self.note.say("Semua periode sudah ditutup.", "catatan")
        elif missing:
            self.note.say(f"{missing} belum melaporkan periode ini.", "peringatan")
        else:
            self.note.say("Semua yang direncanakan untuk periode ini sudah dilaporkan.")


class ReopenDialog(_PeriodDialog):
    """Only with a reason."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "Buka lagi periode", "B&uka lagi", OPENING, parent)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("Alasan")
        self.reason.setPlaceholderText("Misalnya: koreksi angka Bidang UKM")
        self.form.addRow("&Alasan", self.reason)
        for first, last in reversed(closed_periods(session.plan, session.dokumen_id)):
            self.period.addItem(span_title(first, last), last)
        self.reason.textChanged.connect(self._allow)
        self._allow()
        if not self.period.count():
            self.period.setEnabled(False)
            self.note.say("Belum ada periode yang ditutup.", "catatan")
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Open the chosen period again."""
        if not self.do_button.isEnabled():
            return
        bulan, session = self.period.currentData(), self.session
        reason = self.reason.text().strip()
        label = f"buka lagi periode sampai {MONTHS[bulan - 1]}: {shortened(reason, _REASON)}"
        self.edit(label, lambda: reopen_period(session.plan, session.dokumen_id, bulan, reason, user()))

    def _allow(self) -> None:
        self.do_button.setEnabled(self.period.count() > 0 and bool(self.reason.text().strip()))
