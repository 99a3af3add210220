"""The details of the row that the tree has chosen: a form of three lines, and the help of the field in hand."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from models.rows import Anggaran, Indikator, Jabatan, Kinerja, Row
from services import edits
from services.branches import fitting_levels
from services.naming import level_name, row_text
from services.rupiah import format_rupiah
from services.terms import LEVEL_NAMES
from services.units import units
from ui.details_layout import LABEL, PERSON, at_most, page
from ui.details_more import OTHERS, MoreDialog, more_words
from ui.fields import ChoiceField, Field, LineField, RowOf, Suggest, TickField
from ui.fonts import DETAILS_HEADING, SMALL, ui_font
from ui.link_line import LINK_FLAGS, LinkLine
from ui.linking import link_row
from ui.session import Session

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
_SATUAN_HELP = "Satuan target: %, dokumen, orang, laporan. Alt+↓ membuka daftar; satuan lain boleh ditulis."
_KELOMPOK_HELP = "Judul selebar tabel di atas baris ini, misalnya BIDANG KOPERASI."
_TINGKAT_HELP = "Tingkat sasaran; yang ditawarkan hanya yang cocok dengan induk dan anaknya."
_NEW_PERSON, _ALL_PEOPLE = "Jabatan baru...", "Kelola jabatan..."
_ARAH = (("Naik lebih baik", "naik"), ("Turun lebih baik", "turun"))
_PAGU_HELP = "Pagu setahun sesuai DPA. Rupiah bulat; boleh ditulis 271.678.600 atau Rp 271.678.600,-"
_TARGET_HELP = "Target setahun seperti tertulis di Perjanjian Kinerja: 27,00 atau A atau 3 laporan."


class DetailsPanel(QWidget):
    """One page a kind of row; fields show the row of today and edit it through the session.

    `go_to(row)`: the officer wants to see a row on the other side of a link.
    """

    go_to = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._kind: type[Row] | None = None
        self._row_id = ""
        self._fields: dict[type[Row], list[Field]] = {Kinerja: [], Indikator: [], Anggaran: []}
        self._links: dict[type[Row], LinkLine] = {}
        self._people: list[ChoiceField] = []
        self._heading, self._crumb, self._help, self._sum = QLabel(), QLabel(), QLabel(), QLabel()
        self._heading.setFont(ui_font(DETAILS_HEADING, semibold=True))
        self._heading.setMinimumWidth(80)
        for label in (self._heading, self._crumb, self._help):
            label.setTextFormat(Qt.TextFormat.PlainText)
        for small in (self._crumb, self._help):
            small.setFont(ui_font(SMALL))
            small.setForegroundRole(small.palette().ColorRole.PlaceholderText)
        self._pages = QStackedWidget()
        self._pages.addWidget(QWidget())
        for kind in (self._kinerja_page(), self._indikator_page(), self._anggaran_page()):
            self._pages.addWidget(kind)
        top = QHBoxLayout()
        top.setSpacing(12)
        self._crumb.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._more = QLabel()
        self._more.setFont(ui_font(SMALL))
        self._more.setTextInteractionFlags(LINK_FLAGS)
        self._more.setAccessibleName("Isian lain")
        self._more.linkActivated.connect(lambda _: self.open_more())
        top.addWidget(self._heading)
        top.addWidget(self._crumb, 1)
        top.addWidget(self._more)
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
            self._more.clear()
            return
        choices: list[tuple[str, str | None]] = [("belum ditentukan", None)]
        choices += [(j.nama, j.id) for j in self._session.plan.where(Jabatan, "dokumen_id", self._session.dokumen_id)]
        for people in self._people:
            people.set_choices(choices, more=(_NEW_PERSON, _ALL_PEOPLE))
        if isinstance(row, Kinerja):
            levels = fitting_levels(self._session.plan, row)
            self._tingkat.set_choices([(LEVEL_NAMES[level], level) for level in levels])
        for field in self._fields[type(row)]:
            if not (isinstance(field, LineField) and field.being_typed()):
                field.show_row()
        self._show_heading(row)
        self._links[type(row)].show_row(row)
        if isinstance(row, Anggaran):
            self._sum.setText(self._sum_text(row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        row = self.row()
        if row is not None:
            self._show_heading(row)
            self._links[type(row)].show_row(row)

    def open_more(self) -> None:
        """Lainnya: the fields of the row that have no place in the pane."""
        row = self.row()
        if row is not None and OTHERS[type(row)]:
            dialog = MoreDialog(self._session, self.row, OTHERS[type(row)], f"{level_name(row)}: isian lain", self)
            dialog.exec()
            dialog.deleteLater()

    def _show_heading(self, row: Row) -> None:
        """Name and trail in one line: the name takes two thirds at most, the trail what is left."""
        right = Qt.TextElideMode.ElideRight
        self._more.setText(more_words(row))
        room = max(self.width() - 40 - self._more.sizeHint().width() - 12, 300)
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

    def _sum_text(self, line: Anggaran) -> str:
        children = self._session.plan.where(Anggaran, "induk_id", line.id)
        total = self._session.rollup.children(line.id).pagu
        if not children or total is None:
            return ""
        what = LEVEL_NAMES[children[0].jenis].lower()
        off = "" if line.pagu is None else f"     Selisih  {format_rupiah(line.pagu - total)}"
        return f"Jumlah {len(children)} {what}  {format_rupiah(total)}{off}"

    def _kinerja_page(self) -> QWidget:
        uraian = self._line(Kinerja, "uraian", "Pernyataan sasaran, seperti tercetak di formulir.", long=True)
        nomor = self._line(Kinerja, "nomor", "Nomor di kolom No pada formulir.", 64)
        kelompok = self._line(Kinerja, "kelompok", _KELOMPOK_HELP, long=True)
        self._tingkat = ChoiceField(self._session, self.row, "tingkat", (), help_text=_TINGKAT_HELP)
        at_most(self._tingkat, 176)
        self._tingkat.setMinimumWidth(168)
        self._tingkat.focused.connect(self._help.setText)
        self._fields[Kinerja].append(self._tingkat)
        people = self._person(Kinerja, self.row)
        return page(
            [("Ur&aian", uraian), ("N&o", nomor)],
            [("Ke&lompok", kelompok), ("Tingka&t", self._tingkat)],
            [("Penanggung ja&wab", people), ("Didukung", self._link(Kinerja))],
        )

    def _indikator_page(self) -> QWidget:
        uraian = self._line(Indikator, "uraian", "Nama indikator, seperti tercetak di formulir.", long=True)
        iku = TickField(self._session, self.row, "iku", "IKU")
        self._fields[Indikator].append(iku)
        cara = ChoiceField(self._session, self.row, "akumulasi", _CARA, help_text=_CARA_HELP)
        arah = ChoiceField(self._session, self.row, "arah", _ARAH, help_text="Arah yang lebih baik.")
        for choice, width in ((cara, 152), (arah, 144)):
            at_most(choice, width)
            choice.focused.connect(self._help.setText)
            self._fields[Indikator].append(choice)
        satuan = self._line(Indikator, "satuan", _SATUAN_HELP, 112, suggest=self._units)
        target = self._line(Indikator, "target", _TARGET_HELP, 112)
        return page(
            [("&Indikator", uraian), ("", iku)],
            [("&Cara hitung", cara), ("Sa&tuan", satuan), ("Ta&rget", target), ("Ara&h", arah)],
            [("Penanggung ja&wab", self._person(Indikator, self._owner)), ("Didukung", self._link(Indikator))],
        )

    def _anggaran_page(self) -> QWidget:
        nama = self._line(Anggaran, "nama", "Nama sesuai nomenklatur, seperti tercetak di formulir.", long=True)
        kode = self._line(Anggaran, "kode", "Kode resmi, misalnya 2.17.03.2.01.0001.", 160)
        kode.setMinimumWidth(144)
        kode.setPlaceholderText("belum diisi")
        pagu = self._line(Anggaran, "pagu", _PAGU_HELP, 168)
        return page(
            [("Na&ma", nama), ("Kod&e", kode)],
            [("P&agu (Rp)", pagu), ("", self._sum)],
            [("Penanggung ja&wab", self._person(Anggaran, self.row)), ("Mendukung", self._link(Anggaran))],
        )

    def _owner(self) -> Row | None:
        """The row of an indicator, whose penanggung jawab is the indicator's, too."""
        row = self.row()
        plan = self._session.plan
        if not isinstance(row, Indikator):
            return row
        return plan.find(Kinerja, row.kinerja_id) or plan.find(Anggaran, row.anggaran_id)

    def _units(self) -> list[str]:
        return units(self._session.plan, self._session.dokumen_id)

    def _line(
        self,
        cls: type[Row],
        field: str,
        help_text: str,
        width: int = 0,
        *,
        long: bool = False,
        suggest: Suggest | None = None,
    ) -> LineField:
        edit = LineField(self._session, self.row, field, help_text=help_text, long=long, suggest=suggest)
        if width:
            at_most(edit, width)
        edit.focused.connect(self._help.setText)
        edit.refused.connect(self._on_refused)
        self._fields[cls].append(edit)
        return edit

    def _person(self, cls: type[Row], row: RowOf) -> ChoiceField:
        people = ChoiceField(self._session, row, "penanggung_jawab_id", ())
        at_most(people, PERSON)
        said = "Jabatan yang bertanggung jawab atas baris ini."
        if cls is Indikator:
            said = "Penanggung jawab indikator adalah penanggung jawab sasarannya; diubah untuk keduanya."
        people.focused.connect(lambda: self._help.setText(said))
        people.more_chosen.connect(lambda text: self._on_more_people(text, row))
        self._fields[cls].append(people)
        self._people.append(people)
        return people

    def _link(self, cls: type[Row]) -> "LinkLine":
        line = self._links[cls] = LinkLine(self._session)
        line.go_to.connect(self.go_to)
        line.link_wanted.connect(self._on_link)
        return line

    def _on_link(self) -> None:
        row = self.row()
        if row is not None:
            link_row(self._session, row, self)

    def _on_refused(self, sentence: str) -> None:
        self._help.setText(sentence)
        if sentence:
            self._session.failed.emit(sentence)

    def _on_more_people(self, text: str, row: RowOf) -> None:
        if text == _ALL_PEOPLE:
            from ui.positions_dialog import PositionsDialog

            dialog = PositionsDialog(self._session, self)
            dialog.exec()
            dialog.deleteLater()
        else:
            self._on_new_person(row)

    def _on_new_person(self, row_of: RowOf) -> None:
        name, given = QInputDialog.getText(self, "Jabatan baru", "Nama jabatan, seperti tercetak di formulir:")
        row = row_of()
        if not given or not name.strip() or row is None:
            return
        changes = edits.add_jabatan(self._session.plan, self._session.dokumen_id, name.strip())
        person = changes[-1].row
        self._session.edit("jabatan baru", (*changes, *edits.set_field(row, "penanggung_jawab_id", person.id)))
