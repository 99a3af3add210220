"""The period that capaian and its forms are as of: one setting of the plan, picked wherever it matters."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from models.rows import (
    DeretAnggaran,
    DeretIndikator,
    DeretRasio,
    Dokumen,
    Indikator,
    Pengaturan,
    TahunAnggaran,
    TahunIndikator,
)
from services.forms.realisasi_sampai import choices, last_reported, picked, set_as_of, until_words
from services.periods import Sampai
from ui.read_only import lock
from ui.session import Session, Update

LABEL = "Sampai &dengan"
LONG_LABEL = "Sampai dengan tri&wulan atau bulan"
NAME = "Capaian sampai dengan"
NONE_YET = "Belum ada realisasi"
LAST = "(terakhir)"
"""Behind the period that was taken because none is picked."""
HELP = (
    "Satu setelan untuk seluruh rencana; dipakai kisi Capaian, Ringkasan, dan semua formulir realisasi.\n"
    "Tanpa pilihan dipakai periode terakhir yang berisi realisasi; tanggal hari ini tidak pernah dipakai."
)
WIDTH = 264
_ROWS = (DeretIndikator, DeretAnggaran, DeretRasio, TahunIndikator, TahunAnggaran, Indikator, Pengaturan, Dokumen)


class PeriodField(QComboBox):
    """Its first entry picks nothing and says which period is taken then. A choice is one step of the session.

    `picked(str)`: the name of the step that was done.
    """

    picked = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(NAME)
        self.setAccessibleDescription(HELP)
        self.setToolTip(HELP)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setMaximumWidth(WIDTH)
        self.setMaxVisibleItems(16)
        self._stale = True
        self._session = session
        self._listen()
        self.activated.connect(self._on_activated)

    def set_session(self, session: Session) -> None:
        """Turn to another plan file."""
        if session is self._session:
            return
        self._session.changed.disconnect(self._on_changed)
        self._session.switched.disconnect(self.refresh)
        self._session = session
        self._listen()
        self.refresh()

    def label(self, text: str = LABEL) -> QLabel:
        """A label for it, with its key."""
        label = QLabel(text)
        label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
        label.setBuddy(self)
        return label

    def refresh(self) -> None:
        """Show what the plan has; later, where it cannot be seen."""
        self._stale = not self.isVisible()
        plan, dokumen = self._session.plan, self._session.plan.find(Dokumen, self._session.dokumen_id)
        if self._stale or dokumen is None:
            return
        last, own = last_reported(plan, dokumen), picked(plan, dokumen)
        offered = choices(plan, dokumen.id)
        entries: list[tuple[str, Sampai | None]] = [
            (f"{_said(last, dokumen.tahun)} {LAST}" if last is not None else NONE_YET, None),
            *((_said(sampai, dokumen.tahun), sampai) for sampai in offered),
        ]
        if own is not None and own not in offered:
            entries.append((_said(own, dokumen.tahun), own))
        there = [(self.itemText(at), self.itemData(at)) for at in range(self.count()) if self.itemText(at)]
        if entries != there:
            self.clear()
            for text, sampai in entries:
                if self.count() == 1 or (sampai is not None and sampai.bulan == 1):
                    self.insertSeparator(self.count())
                self.addItem(text, sampai)
        self.setCurrentIndex(
            next((at for at in range(self.count()) if self.itemData(at) == own and self.itemText(at)), 0)
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel over the page must not change a value."""
        event.ignore()

    def _listen(self) -> None:
        self._session.changed.connect(self._on_changed)
        self._session.switched.connect(self.refresh)
        lock(self._session, self)

    def _on_changed(self, update: Update) -> None:
        if any(isinstance(change.row, _ROWS) for change in update.edit.changes):
            self.refresh()

    def _on_activated(self, index: int) -> None:
        session, sampai = self._session, self.itemData(index)
        words = _said(sampai, session.dokumen.tahun) if sampai is not None else "yang terakhir diisi"
        step = f"ubah periode capaian ke {words}"
        if session.edit(step, set_as_of(session.plan, session.dokumen_id, sampai)):
            self.picked.emit(step)
        self.refresh()


def _said(sampai: Sampai, tahun: int) -> str:
    return f"{until_words(sampai)} {tahun}"
