"""The details of the row that the tree has chosen: a form of three lines, and the help of the field in hand."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from models.rows import Anggaran, Dukungan, Indikator, Jabatan, Kinerja, Row
from services import edits
from services.naming import level_name, row_text
from services.rupiah import format_rupiah
from services.terms import LEVEL_NAMES
from ui.fields import ChoiceField, Field, LineField, TickField
from ui.fonts import DETAILS_HEADING, SMALL, ui_font
from ui.linking import link_row
from ui.proxy_style import FIELD_HEIGHT
from ui.session import Session

LABEL = 112
_CARA = (
    ("belum ditentukan", None),
    ("Kumulatif", "kumulatif"),
    ("Jumlah", "jumlah"),
    ("Posisi", "posisi"),
    ("Predikat", "predikat"),
)
_CARA_HELP = (
    "Kumulatif: tiap bulan berisi jumlah sejak Januari; Desember sama dengan target setahun. "
    "Jumlah: bulan dijumlahkan. Posisi: keadaan saat itu. Predikat: nilai huruf."
)
_ARAH = (("Naik lebih baik", "naik"), ("Turun lebih baik", "turun"))
_PAGU_HELP = "Pagu setahun sesuai DPA. Rupiah bulat; boleh ditulis 271.678.600 atau Rp 271.678.600,-"
_TARGET_HELP = "Target setahun seperti tertulis di Perjanjian Kinerja: 27,00 atau A atau 3 laporan."


class DetailsPanel(QWidget):
    """One page a kind of row; fields show the row of today and edit it through the session."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._kind: type[Row] | None = None
        self._row_id = ""
        self._fields: dict[type[Row], list[Field]] = {Kinerja: [], Indikator: [], Anggaran: []}
        self._links: dict[type[Row], QLabel] = {}
        self._people: list[ChoiceField] = []
        self._heading, self._crumb, self._help, self._sum = QLabel(), QLabel(), QLabel(), QLabel()
        self._heading.setFont(ui_font(DETAILS_HEADING, semibold=True))
        self._heading.setMinimumWidth(80)
        for small in (self._crumb, self._help):
            small.setFont(ui_font(SMALL))
            small.setForegroundRole(small.palette().ColorRole.PlaceholderText)
        self._pages = QStackedWidget()
        self._pages.addWidget(QWidget())
        for page in (self._kinerja_page(), self._indikator_page(), self._anggaran_page()):
            self._pages.addWidget(page)
        top = QHBoxLayout()
        top.setSpacing(12)
        self._crumb.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        top.addWidget(self._heading)
        top.addWidget(self._crumb, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 12, 2)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self._pages)
        layout.addWidget(self._help)
        self._help.setContentsMargins(LABEL + 8, 0, 0, 0)
        self.setFixedHeight(156)
        session.changed.connect(self._refresh)
        self.show_row(None)

    def row(self) -> Row | None:
        """The row of today."""
        return self._session.plan.find(self._kind, self._row_id) if self._kind is not None else None

    def show_row(self, row: Row | None) -> None:
        """Turn to another row; what is still being typed is stored first."""
        self.commit()
        self._kind, self._row_id = (type(row), row.id) if row is not None else (None, "")
        self._help.clear()
        self._refresh()

    def commit(self) -> None:
        """Store what is being typed."""
        for field in self._fields.get(self._kind, []) if self._kind else []:
            if isinstance(field, LineField):
                field.commit()

    def first_field(self) -> QWidget:
        """Where the focus goes on F6."""
        return self._fields[self._kind][0] if self._kind in self._fields else self

    def _refresh(self) -> None:
        row = self.row()
        pages: list[type[Row]] = [Kinerja, Indikator, Anggaran]
        self._pages.setCurrentIndex(pages.index(type(row)) + 1 if row is not None else 0)
        if row is None:
            self._heading.setText("Belum ada baris yang dipilih")
            self._crumb.clear()
            return
        choices: list[tuple[str, str | None]] = [("belum ditentukan", None)]
        choices += [(j.nama, j.id) for j in self._session.plan.where(Jabatan, "dokumen_id", self._session.dokumen_id)]
        for people in self._people:
            people.set_choices(choices, more="Jabatan baru...")
        for field in self._fields[type(row)]:
            if not (isinstance(field, LineField) and field.hasFocus() and field.isModified()):
                field.show_row()
        self._show_heading(row)
        self._links[type(row)].setText(self._link_text(row))
        if isinstance(row, Anggaran):
            self._sum.setText(self._sum_text(row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        row = self.row()
        if row is not None:
            self._show_heading(row)
            self._links[type(row)].setText(self._link_text(row))

    def _show_heading(self, row: Row) -> None:
        """Name and trail in one line: the name takes two thirds at most, the trail what is left."""
        right = Qt.TextElideMode.ElideRight
        room = max(self.width() - 40, 300)
        name = self._heading.fontMetrics().elidedText(row_text(row), right, room * 2 // 3)
        self._heading.setText(name)
        self._heading.setToolTip(row_text(row))
        left = room - self._heading.fontMetrics().horizontalAdvance(name) - 12
        self._crumb.setText(self._crumb.fontMetrics().elidedText(self._trail(row), right, left))

    def _trail(self, row: Row) -> str:
        plan = self._session.plan
        above: Row | None
        if isinstance(row, Indikator):
            above = plan.find(Kinerja, row.kinerja_id) or plan.find(Anggaran, row.anggaran_id)
        else:
            above = plan.find(type(row), getattr(row, "induk_id", None))
        name = level_name(row)
        if above is None:
            return name
        number = f" {above.nomor}" if isinstance(above, Kinerja) and above.nomor else ""
        return f"{name}  ‹  {level_name(above)}{number} {row_text(above)}"

    def _link_text(self, row: Row) -> str:
        plan = self._session.plan
        if isinstance(row, Anggaran):
            nodes = [plan.get(Kinerja, d.kinerja_id) for d in plan.where(Dukungan, "anggaran_id", row.id)]
            said = "; ".join(f"{n.nomor or ''} {row_text(n)}".strip() for n in nodes) or "belum dikaitkan"
            room = max(self._links[Anggaran].width() - 72, 60)
            said = self.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, room)
        elif isinstance(row, Indikator) and row.anggaran_id:
            return ""
        else:
            node_id = row.kinerja_id if isinstance(row, Indikator) else row.id
            lines = [plan.get(Anggaran, d.anggaran_id) for d in plan.where(Dukungan, "kinerja_id", node_id or "")]
            kinds = {LEVEL_NAMES[line.jenis].lower() for line in lines}
            what = kinds.pop() if len(kinds) == 1 else "baris anggaran"
            total = self._session.rollup.of(lines).pagu
            said = f"{len(lines)} {what}, Rp {format_rupiah(total or 0)}" if lines else "belum dikaitkan"
        escaped = said.replace("&", "&amp;").replace("<", "&lt;")
        return f'{escaped} &nbsp;<a href="kaitkan" style="text-decoration:none">Kaitkan...</a>'

    def _sum_text(self, line: Anggaran) -> str:
        children = self._session.plan.where(Anggaran, "induk_id", line.id)
        total = self._session.rollup.children(line.id).pagu
        if not children or total is None:
            return ""
        what = LEVEL_NAMES[children[0].jenis].lower()
        off = "" if line.pagu is None else f"     Selisih  {format_rupiah(line.pagu - total)}"
        return f"Jumlah {len(children)} {what}  {format_rupiah(total)}{off}"

    def _kinerja_page(self) -> QWidget:
        uraian = self._line(Kinerja, "uraian", "Pernyataan sasaran, seperti tercetak di formulir.")
        nomor = self._line(Kinerja, "nomor", "Nomor di kolom No pada formulir.", 64)
        kelompok = self._line(Kinerja, "kelompok", "Judul selebar tabel di atas baris ini, misalnya BIDANG KOPERASI.")
        people = self._person(Kinerja)
        return _page(
            [("Ur&aian", uraian), ("N&o", nomor)],
            [("Ke&lompok", kelompok)],
            [("Penanggung &jawab", people), ("Didukung", self._link(Kinerja))],
        )

    def _indikator_page(self) -> QWidget:
        uraian = self._line(Indikator, "uraian", "Nama indikator, seperti tercetak di formulir.")
        iku = TickField(self._session, self.row, "iku", "IKU")
        self._fields[Indikator].append(iku)
        cara = ChoiceField(self._session, self.row, "akumulasi", _CARA, help_text=_CARA_HELP)
        arah = ChoiceField(self._session, self.row, "arah", _ARAH, help_text="Arah yang lebih baik.")
        for choice, width in ((cara, 152), (arah, 144)):
            _at_most(choice, width)
            choice.focused.connect(self._help.setText)
            self._fields[Indikator].append(choice)
        satuan = self._line(Indikator, "satuan", "Satuan: %, dokumen, orang, laporan.", 112)
        target = self._line(Indikator, "target", _TARGET_HELP, 112)
        return _page(
            [("&Indikator", uraian), ("", iku)],
            [("&Cara hitung", cara), ("Sa&tuan", satuan), ("Ta&rget", target), ("Ara&h", arah)],
            [("Didukung", self._link(Indikator))],
        )

    def _anggaran_page(self) -> QWidget:
        nama = self._line(Anggaran, "nama", "Nama sesuai nomenklatur, seperti tercetak di formulir.")
        kode = self._line(Anggaran, "kode", "Kode resmi, misalnya 2.17.03.2.01.0001.", 160)
        kode.setMinimumWidth(144)
        kode.setPlaceholderText("belum diisi")
        pagu = self._line(Anggaran, "pagu", _PAGU_HELP, 168)
        return _page(
            [("Na&ma", nama), ("Kod&e", kode)],
            [("P&agu (Rp)", pagu), ("", self._sum)],
            [("Penanggung &jawab", self._person(Anggaran)), ("Mendukung", self._link(Anggaran))],
        )

    def _line(self, cls: type[Row], field: str, help_text: str, width: int = 0) -> LineField:
        edit = LineField(self._session, self.row, field, help_text=help_text)
        if width:
            _at_most(edit, width)
        edit.focused.connect(self._help.setText)
        edit.refused.connect(self._on_refused)
        self._fields[cls].append(edit)
        return edit

    def _person(self, cls: type[Row]) -> ChoiceField:
        people = ChoiceField(self._session, self.row, "penanggung_jawab_id", ())
        _at_most(people, 300)
        people.focused.connect(lambda: self._help.setText("Jabatan yang bertanggung jawab atas baris ini."))
        people.more_chosen.connect(self._on_new_person)
        self._fields[cls].append(people)
        self._people.append(people)
        return people

    def _link(self, cls: type[Row]) -> QLabel:
        label = self._links[cls] = QLabel()
        label.setMinimumWidth(40)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        label.linkActivated.connect(lambda _: self._on_link())
        return label

    def _on_link(self) -> None:
        row = self.row()
        if row is not None:
            link_row(self._session, row, self)

    def _on_refused(self, sentence: str) -> None:
        self._help.setText(sentence)
        if sentence:
            self._session.failed.emit(sentence)

    def _on_new_person(self) -> None:
        name, given = QInputDialog.getText(self, "Jabatan baru", "Nama jabatan, seperti tercetak di formulir:")
        row = self.row()
        if not given or not name.strip() or row is None:
            return
        changes = edits.add_jabatan(self._session.plan, self._session.dokumen_id, name.strip())
        person = changes[-1].row
        self._session.edit("jabatan baru", (*changes, *edits.set_field(row, "penanggung_jawab_id", person.id)))


def _at_most(field: QWidget, width: int) -> None:
    """A width that gives way, to less than two thirds, where the window is narrow."""
    field.setMinimumWidth(width * 3 // 5)
    field.setMaximumWidth(width)
    field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


def _page(*lines: Sequence[tuple[str, QWidget]]) -> QWidget:
    """Lines of labelled fields; the first label of each line has one width, the last field takes the rest."""
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    for line in lines:
        row = QHBoxLayout()
        row.setSpacing(8)
        for i, (text, field) in enumerate(line):
            if text:
                label = QLabel(text)
                label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
                label.setBuddy(field)
                field.setAccessibleName(text.replace("&", ""))
                if i == 0:
                    label.setFixedWidth(LABEL)
                else:
                    row.addSpacing(8)
                row.addWidget(label)
            stretches = isinstance(field, LineField) and field.maximumWidth() > 4000
            row.addWidget(field, 1 if stretches or isinstance(field, QLabel) else 0)
        if not isinstance(line[-1][1], QLabel) and not any(row.stretch(i) for i in range(row.count())):
            row.addStretch()
        row.itemAt(0).widget().setMinimumHeight(FIELD_HEIGHT)
        layout.addLayout(row)
    layout.addStretch()
    return page
