"""Who signs, where and when: the fields of the plan document that end every form."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from models.errors import PlanError
from models.rows import Opd
from services.edits import set_field
from services.nip import check_nip, format_nip
from services.pejabat import agency, head, head_position, set_acting
from services.tanggal import format_tanggal, parse_tanggal
from ui.fonts import SMALL
from ui.note_line import NoteLine
from ui.page_settings import field_label, fields_layout
from ui.positions_panel import DEFINITIF, PLH, PLT
from ui.quiet_fields import QuietComboBox
from ui.session import Session


def _as_typed(text: str) -> str | None:
    return text.strip() or None


def _as_stored(value: str | None) -> str:
    return value or ""


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of Dokumen: its label, the name of the undo step, and how it is read and shown.

    `read` may raise PlanError.
    """

    label: str
    step: str
    read: Callable[[str], str | None] = _as_typed
    show: Callable[[str | None], str] = _as_stored


_FIELDS = {
    "tempat": _Field("Te&mpat", "ubah tempat tanda tangan"),
    "tanggal": _Field("Tangga&l", "ubah tanggal tanda tangan", parse_tanggal, format_tanggal),
    "ttd_nama": _Field("N&ama", "ubah penanda tangan"),
    "ttd_jabatan": _Field("&Jabatan", "ubah jabatan penanda tangan"),
    "ttd_pangkat": _Field("Pan&gkat", "ubah pangkat penanda tangan"),
    "ttd_nip": _Field("N&IP", "ubah NIP penanda tangan", show=lambda value: format_nip(value or "")),
}
_NAMES = {"ttd_nama": "Nama penanda tangan"}


class SignatoryFields(QWidget):
    """Each field that is left or confirmed with Enter is one undo step."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._stored: dict[str, str | None] = {}
        self.fields: dict[str, QLineEdit] = {}
        self.standing = QuietComboBox()
        self.notes: dict[str, NoteLine] = {}
        layout = fields_layout(self)
        for name, field in _FIELDS.items():
            edit = self.fields[name] = QLineEdit()
            edit.editingFinished.connect(self._store_focused(name))
            layout.addRow(field_label(field.label, edit, _NAMES.get(name, "")), edit)
            if name == "ttd_jabatan":
                layout.addRow(field_label("Kedudukan", self.standing), self.standing)
            if name in ("tanggal", "ttd_nip"):
                self.notes[name] = NoteLine(size=SMALL)
                layout.addRow(self.notes[name])
        self.standing.activated.connect(self._on_standing)
        self.set_session(session)

    def set_session(self, session: Session) -> None:
        """Show the signatory of another plan, or of another of its documents."""
        self._session = session
        self._stored.clear()
        self.follow()

    def follow(self) -> None:
        """Take over what the document says now; a field that it does not contradict keeps what is being typed."""
        session = self._session
        self.setEnabled(bool(session.dokumen_id))
        for name, edit in self.fields.items():
            value = getattr(session.dokumen, name) if session.dokumen_id else None
            if name not in self._stored or self._stored[name] != value:
                self._stored[name] = value
                self._show(name, value)
            edit.setPlaceholderText(self._by_default(name))
        self._show_standing()

    def commit(self) -> str:
        """Store what is still being typed; the sentence about what cannot be stored, or ""."""
        for name in self.fields:
            self._store(name)
        return self.notes["tanggal"].text()

    def _store_focused(self, name: str) -> Callable[[], None]:
        return lambda: self._store(name)

    def _store(self, name: str) -> None:
        edit, field = self.fields[name], _FIELDS[name]
        if not self._session.dokumen_id or edit.text() == field.show(self._stored[name]):
            if name in self._stored:
                self._remark(name, "")
            return
        try:
            value = field.read(edit.text())
        except PlanError as error:
            self._remark(name, str(error))
            return
        if value == self._stored[name] or self._session.edit(field.step, set_field(self._session.dokumen, name, value)):
            self._stored[name] = value
            self._show(name, value)

    def _show(self, name: str, value: str | None) -> None:
        edit = self.fields[name]
        edit.setText(_FIELDS[name].show(value))
        edit.setToolTip(edit.text())
        if not edit.hasFocus():
            edit.setCursorPosition(0)
        self._remark(name, "")

    def _show_standing(self) -> None:
        """Who signs may act for the head; Plh. where the organisation says which position is the head's."""
        if not self._session.dokumen_id:
            return
        plan, dokumen = self._session.plan, self._session.dokumen
        who = head(plan, dokumen)
        known = [DEFINITIF, PLT, *([PLH] if who.plh or head_position(plan, dokumen) is not None else [])]
        if [self.standing.itemText(i) for i in range(self.standing.count())] != known:
            self.standing.clear()
            self.standing.addItems(known)
        self.standing.setCurrentText(PLT if who.plt else PLH if who.plh else DEFINITIF)

    def _on_standing(self) -> None:
        session, chosen = self._session, self.standing.currentText()
        changes = set_acting(session.plan, session.dokumen, plt=chosen == PLT, plh=chosen == PLH)
        if changes:
            session.edit("ubah kedudukan penanda tangan", changes)

    def _remark(self, name: str, error: str) -> None:
        """Say under a field what is wrong with it."""
        note = self.notes.get(name)
        if note is None:
            return
        level = "galat" if error else ""
        if name == "ttd_nip":
            for remark in check_nip(self._stored[name] or "", date.today().year)[:1]:
                error, level = remark.text, remark.level
        note.say(error, level)
        self.fields[name].setAccessibleDescription(error)

    def _by_default(self, name: str) -> str:
        """What the form prints where the field is empty."""
        session = self._session
        if not session.dokumen_id:
            return ""
        dokumen = session.dokumen
        if name == "tempat":
            return session.plan.get(Opd, dokumen.opd_id).ibu_kota or ""
        return f"Kepala {agency(session.plan, dokumen)}" if name == "ttd_jabatan" else ""
