"""One position beside the tree: the position itself, and its official; each field that is left is one undo step."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from models.changes import Change
from models.errors import PlanError
from models.rows import Jabatan, Opd
from services import edits, pejabat, positions, positions_tree
from services.cell_edit import clean
from services.nip import format_nip
from services.pangkat import PANGKAT, rank_of
from services.pejabat import Official
from services.positions_remarks import Remark
from services.tanggal import format_tanggal, parse_tanggal
from ui.fonts import LIST_HEADING, SMALL, ui_font
from ui.note_line import NoteLine, heading
from ui.page_settings import field_label, fields_layout
from ui.positions_tree import SUPERIOR
from ui.quiet_fields import QuietComboBox
from ui.session import Session

ESELONS = ("I", "II", "III", "IV", "Fungsional", "Pelaksana")
DEFINITIF, PLT, PLH = "Definitif", "Plt. (pelaksana tugas)", "Plh. (pelaksana harian)"
TOP = "(tidak ada)"
_LINES = 3
"""For which room is kept above the fields."""


def _day(text: str) -> str:
    """ISO text of one day, "" for nothing.

    Raises:
        PlanError: not a date, or a month without its day.
    """
    found = parse_tanggal(text) or ""
    if found and found.count("-") != 2:
        raise PlanError(f"{format_tanggal(found)} belum memuat tanggalnya. Tulis seperti 31 Januari 2023.")
    return found


@dataclass(frozen=True, slots=True)
class _Field:
    """A field: its label, the name of the undo step, how it is read and shown. `read` may raise PlanError."""

    label: str
    step: str
    read: Callable[[str], str] = clean
    show: Callable[[str], str] = str


_OF_POSITION = {
    "nama": _Field("Nama &jabatan", "ubah nama jabatan"),
    "unit": _Field("&Unit", "ubah unit jabatan"),
    "eselon": _Field("&Eselon", "ubah eselon jabatan"),
    "atasan": _Field("&Atasan", "ubah atasan jabatan"),
}
_OF_OFFICIAL = {
    "pejabat": _Field("&Nama", "ubah nama pejabat"),
    "nip": _Field("N&IP", "ubah NIP pejabat", lambda text: format_nip(clean(text)), format_nip),
    "pangkat": _Field("&Pangkat", "ubah pangkat pejabat", lambda text: rank_of(clean(text))),
    "kedudukan": _Field("Ke&dudukan", "ubah kedudukan pejabat"),
    "mulai": _Field("Mu&lai", "ubah masa jabatan", _day, format_tanggal),
    "sampai": _Field("Sa&mpai", "ubah masa jabatan", _day, format_tanggal),
    "sebagai": _Field("Te&rtulis", "ubah jabatan tertulis"),
}
_FIELDS = _OF_POSITION | _OF_OFFICIAL
_COMBOS = ("unit", "eselon", "atasan", "pangkat", "kedudukan")
_CHOSEN_ONLY = ("atasan", "kedudukan")


class PositionPanel(QWidget):
    """`show_row(id)` turns to a position; what is still being typed in the one before is stored first."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.row_id: str | None = None
        self._stored: dict[str, str] = {}
        self.fields: dict[str, QLineEdit | QComboBox] = {}
        self.title = heading("", LIST_HEADING)
        self.title.setWordWrap(True)
        self.about = QLabel()
        self.about.setWordWrap(True)
        self.about.setFont(ui_font(SMALL))
        self.about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.refusal = NoteLine(size=SMALL)
        self.notes: list[NoteLine] = []
        self._said = QWidget()
        # So that the fields stay where they are when a remark comes or goes.
        self._said.setMinimumHeight(_LINES * self.refusal.fontMetrics().lineSpacing() + 4)
        self._notes = QVBoxLayout(self._said)
        self._notes.setContentsMargins(0, 0, 0, 0)
        self._notes.setSpacing(4)
        self._notes.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._notes.addWidget(self.refusal)
        self._position, self._official = (self._group(group) for group in (_OF_POSITION, _OF_OFFICIAL))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(8)
        for widget in (self.title, self.about):
            layout.addWidget(widget)
        layout.addWidget(self._said)
        layout.addWidget(self._position)
        layout.addWidget(heading("Pejabat", LIST_HEADING))
        layout.addWidget(self._official)
        layout.addStretch()

    def show_row(self, row_id: str | None, remarks: Sequence[Remark]) -> None:
        """Turn to a position, SUPERIOR or (None) nothing; the same one takes over what the plan says now."""
        if row_id != self.row_id:
            self.row_id = row_id
            self._stored.clear()
            self.refusal.say("")
        self.setEnabled(row_id is not None and (row_id == SUPERIOR or self._jabatan() is not None))
        if self.isEnabled():
            self._fill_lists()
            self._say(remarks)
            for name, value in self._values().items():
                if self._stored.get(name) != value:
                    self._stored[name] = value
                    self._show(name)

    def commit(self) -> str:
        """Store what is still being typed; the sentence about what cannot be stored, or ""."""
        names = [name for name in self.fields if self.isEnabled() and self.fields[name].isVisibleTo(self)]
        refused = [sentence for name in names if (sentence := self._store(name))]
        self.refusal.say(refused[0] if refused else "", "galat")
        return self.refusal.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Z and Ctrl+Y in a field where nothing is being typed are the window's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            again = event.matches(keys.Undo) or event.matches(keys.Redo)
            if again and isinstance(watched, QLineEdit) and not self._is_typed_in(watched):
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def _is_typed_in(self, line: QLineEdit) -> bool:
        name = next(name for name, edit in self.fields.items() if line in (edit, _line_of(edit)))
        return name in self._stored and line.text() != _FIELDS[name].show(self._stored[name])

    def _group(self, fields: dict[str, _Field]) -> QWidget:
        group = QWidget()
        layout = fields_layout(group)
        for name, field in fields.items():
            edit = self.fields[name] = self._combo(name) if name in _COMBOS else QLineEdit()
            label = "Nama pejabat" if name == "pejabat" else ""
            layout.addRow(field_label(field.label, edit, label), edit)
            if isinstance(edit, QLineEdit):
                edit.editingFinished.connect(partial(self._store, name))
            line = _line_of(edit)
            if line is not None:
                line.installEventFilter(self)
        return group

    def _combo(self, name: str) -> QComboBox:
        box = QuietComboBox()
        if name not in _CHOSEN_ONLY:
            box.setEditable(True)
            box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            box.setCompleter(None)  # type: ignore[arg-type]
            line = box.lineEdit()
            assert line is not None
            line.editingFinished.connect(partial(self._store, name))
        if name == "pangkat":
            for rank, golongan in PANGKAT:
                box.addItem(f"{rank} ({golongan})", rank)
        if name == "eselon":
            box.addItems(ESELONS)
        if name == "kedudukan":
            box.addItems((DEFINITIF, PLT, PLH))
        box.activated.connect(lambda index: self._on_chosen(name, box))
        return box

    def _on_chosen(self, name: str, box: QComboBox) -> None:
        if name == "pangkat":
            box.setEditText(box.currentData())
        if name == "kedudukan":
            # Chosen anew, it also ends that both are ticked.
            self._stored[name] = ""
        self._store(name)

    def _fill_lists(self) -> None:
        plan, dokumen_id, jabatan = self._session.plan, self._session.dokumen_id, self._jabatan()
        places = positions_tree.listed(plan, dokumen_id)
        above = [(TOP, "")]
        if jabatan is not None:
            above += [(name, p.id) for name, p in places if positions.may_be_over(plan, p.id, jabatan)]
        units = [("", "")] + [(unit, unit) for unit in dict.fromkeys(p.unit for _, p in places) if unit]
        for name, entries in (("atasan", above), ("unit", units)):
            box = self.fields[name]
            assert isinstance(box, QComboBox)
            if [(box.itemText(i), box.itemData(i)) for i in range(box.count())] != entries:
                typed = box.currentText()
                box.clear()
                for text, value in entries:
                    box.addItem(text, value)
                if box.isEditable():
                    box.setEditText(typed)
                self._stored.pop(name, None) if name == "atasan" else None

    def _say(self, remarks: Sequence[Remark]) -> None:
        jabatan, plan = self._jabatan(), self._session.plan
        self._position.setVisible(jabatan is not None)
        if jabatan is None:
            self.title.setText("Atasan kepala perangkat daerah")
            self.about.setText("Pihak kedua pada perjanjian kinerja kepala.")
        else:
            self.title.setText(jabatan.nama)
            used = positions.use_words(plan, jabatan)
            words = f"Dipakai {used}." if used else "Belum dipakai."
            self.about.setText(f"Kepala: menandatangani dokumen. {words}" if self.is_head else words)
        sebagai = self.fields["sebagai"]
        assert isinstance(sebagai, QLineEdit)
        sebagai.setPlaceholderText(self._by_default())
        while len(self.notes) < len(remarks):
            self.notes.append(NoteLine(size=SMALL))
            self._notes.addWidget(self.notes[-1])
        for note, remark in zip(self.notes, remarks, strict=False):
            note.say(remark.text, remark.level)
            note.update()
        for note in self.notes[len(remarks) :]:
            note.say("")
        self.setAccessibleDescription(" ".join(remark.text for remark in remarks))

    def _values(self) -> dict[str, str]:
        jabatan, who = self._jabatan(), self._who()
        acting = PLT if who.plt else PLH if who.plh else DEFINITIF
        signed = who.jabatan if who.jabatan != self._by_default() else ""
        values = {"pejabat": who.nama, "nip": who.nip, "pangkat": who.pangkat, "kedudukan": acting}
        values |= {"mulai": who.mulai, "sampai": who.sampai, "sebagai": signed}
        if jabatan is not None:
            values |= {"nama": jabatan.nama, "unit": jabatan.unit or "", "eselon": jabatan.eselon or ""}
            values["atasan"] = jabatan.atasan_id or ""
        return values

    def _show(self, name: str) -> None:
        edit, text = self.fields[name], _FIELDS[name].show(self._stored[name])
        if isinstance(edit, QLineEdit):
            edit.setText(text)
            edit.setToolTip(text)
            if not edit.hasFocus():
                edit.setCursorPosition(0)
        elif name == "atasan":
            edit.setCurrentIndex(max(edit.findData(text), 0))
        elif name == "kedudukan":
            edit.setCurrentText(text)
        else:
            line = edit.lineEdit()
            assert line is not None
            line.setText(text)
            line.setToolTip(text)
            if not line.hasFocus():
                line.setCursorPosition(0)

    def _typed(self, name: str) -> str:
        edit = self.fields[name]
        if isinstance(edit, QLineEdit):
            return edit.text()
        return str(edit.currentData()) if name == "atasan" else edit.currentText()

    def _store(self, name: str) -> str:
        """Store a field that was changed; the sentence about what cannot be stored, or ""."""
        field = _FIELDS[name]
        if name not in self._stored or self._typed(name) == field.show(self._stored[name]):
            return ""
        try:
            value = self._typed(name) if name == "atasan" else field.read(self._typed(name))
            changes = self._changes(name, value) if value != self._stored[name] else []
        except PlanError as error:
            self.refusal.say(f"{field.label.replace('&', '')}: {error}", "galat")
            return self.refusal.text()
        self.refusal.say("")
        self._stored.pop(name)
        if not changes or not self._session.edit(field.step, changes):
            self._stored[name] = self._values()[name]
            self._show(name)
        return ""

    def _changes(self, name: str, value: str) -> list[Change]:
        plan, jabatan = self._session.plan, self._jabatan()
        if name not in _OF_POSITION:
            return self._of_official(name, value)
        assert jabatan is not None
        if name == "atasan":
            return positions_tree.move(plan, jabatan, value or None)
        if name == "nama":
            if not value:
                raise PlanError("tidak boleh kosong.")
            return positions_tree.rename(plan, jabatan, value)
        changes = edits.set_field(jabatan, name, value or None)
        return pejabat.keep_signer(plan, self._session.dokumen, changes)

    def _of_official(self, name: str, value: str) -> list[Change]:
        who, dokumen, plan = self._who(), self._session.dokumen, self._session.plan
        if name == "sebagai" and self.is_head:
            return list(edits.set_field(dokumen, "ttd_jabatan", value or None))
        if name == "kedudukan":
            now = replace(who, plt=value == PLT, plh=value == PLH)
        elif name == "sebagai":
            now = replace(who, jabatan=value or self._by_default())
        else:
            values: dict[str, str] = {{"pejabat": "nama"}.get(name, name): value}
            now = replace(who, **values)  # type: ignore[arg-type]
        default = who.jabatan if self.is_head else self._by_default()
        return pejabat.name(plan, dokumen.id, self.row_id or None, now, default)

    def _jabatan(self) -> Jabatan | None:
        return self._session.plan.find(Jabatan, self.row_id)

    @property
    def is_head(self) -> bool:
        """Whether the position is that of the agency's head."""
        top = pejabat.head_position(self._session.plan, self._session.dokumen)
        return top is not None and top.id == self.row_id

    def _who(self) -> Official:
        plan, dokumen, jabatan = self._session.plan, self._session.dokumen, self._jabatan()
        return pejabat.superior(plan, dokumen) if jabatan is None else pejabat.official(plan, dokumen, jabatan)

    def _by_default(self) -> str:
        """How the position is signed where nothing else is written."""
        plan, dokumen, jabatan = self._session.plan, self._session.dokumen, self._jabatan()
        if jabatan is None:
            return pejabat.region_head(plan.get(Opd, dokumen.opd_id))
        return f"Kepala {pejabat.agency(plan, dokumen)}" if self.is_head else jabatan.nama


def _line_of(edit: QLineEdit | QComboBox) -> QLineEdit | None:
    return edit if isinstance(edit, QLineEdit) else edit.lineEdit()
