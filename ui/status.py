"""The status line: where the plan is, whether it is written, and the totals."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from services.terms import JENIS, LEVEL_NAMES
from ui.elided_label import ElidedLabel

if TYPE_CHECKING:
    from ui.session import Session


class StatusLine(QStatusBar):
    """Left: the file and its saving; right: the selection and the totals of the document."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._session: Session | None = None
        self.path, self.saved = ElidedLabel(Qt.TextElideMode.ElideMiddle), ElidedLabel(Qt.TextElideMode.ElideRight)
        self.selection, self.totals = QLabel(), ElidedLabel(Qt.TextElideMode.ElideRight)
        self.path.setForegroundRole(self.path.palette().ColorRole.PlaceholderText)
        self.setContentsMargins(8, 0, 8, 0)
        self.addWidget(self.path, 1)
        self.addWidget(self.saved, 1)
        self.addPermanentWidget(self.selection)
        self.addPermanentWidget(self.totals)

    def set_session(self, session: "Session | None") -> None:
        """Follow another session, or none."""
        self._session = session
        self.selection.clear()
        for label in (self.path, self.saved, self.totals):
            label.clear()
        if session is not None:
            session.saved_changed.connect(self._show_saved)
            session.changed.connect(self._show_totals)
            session.switched.connect(self._show_totals)
            self._show_saved()
            self._show_totals()

    def _show_saved(self) -> None:
        session = self._session
        if session is None or self.sender() not in (None, session):
            return
        self.path.say(str(session.document.file.path))
        if session.publish_error:
            self.saved.say(f"Belum tertulis: {session.publish_error}")
        elif not session.published:
            self.saved.say("Tersimpan di komputer ini, sedang ditulis ke berkas")
        else:
            at = f" {session.saved_at:%H.%M}" if session.saved_at else ""
            self.saved.say(f"Tersimpan{at}")

    def _show_totals(self) -> None:
        from services.rupiah import format_rupiah

        session = self._session
        if session is None or self.sender() not in (None, session):
            return
        for jenis in JENIS:
            sums = session.rollup.total(session.dokumen_id, jenis)
            if sums.pagu is not None:
                kas = format_rupiah(sums.kas[-1] or 0) if sums.kas else "belum ada"
                off = format_rupiah(sums.selisih) if sums.selisih is not None else "belum ada"
                name = LEVEL_NAMES[jenis].lower()
                self.totals.say(f"Pagu {name}  {format_rupiah(sums.pagu)}    Kas Desember  {kas}    Selisih  {off}")
                return
        self.totals.clear()
