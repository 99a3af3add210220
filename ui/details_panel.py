"""The details of the row that the tree has chosen: a form of three lines, and the help of the field in hand."""

from textwrap import shorten

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from models.rows import Anggaran, Indikator, Kinerja, Row
from services import edits
from services.branches import fitting_levels
from services.naming import level_name, row_text
from services.positions_tree import listed
from services.rupiah import format_rupiah
from services.terms import LEVEL_NAMES
from services.units import units
from ui.details_layout import LABEL, PERSON, at_most, page
from ui.details_more import OTHERS, MoreDialog, more_words
from ui.details_words import (
    ALL_PEOPLE,
    ARAH,
    CARA,
    CARA_HELP,
    KELOMPOK_HELP,
    NEW_PERSON,
    PAGU_HELP,
    SATUAN_HELP,
    TARGET_HELP,
    TINGKAT_HELP,
    YEARS,
    years_words,
)
from ui.fields import ChoiceField, Field, LineField, RowOf, Suggest, TickField
from ui.fonts import DETAILS_HEADING, SMALL, ui_font
from ui.link_line import LinkLabel, LinkLine
from ui.linking import link_row
from ui.nomenclature_completion import attach_completion
from ui.note_line import NoteLine
from ui.session import Session

NAMED = 48
"""Letters of a row's name in a sentence about it."""


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
        self._heading, self._crumb, self._sum = QLabel(), QLabel(), QLabel()
        self._help = NoteLine(size=SMALL)
        self._help.setWordWrap(False)
        self._help.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._said = ""
        self._heading.setFont(ui_font(DETAILS_HEADING, semibold=True))
        self._heading.setMinimumWidth(80)
        for label in (self._heading, self._crumb, self._help):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._crumb.setFont(ui_font(SMALL))
        self._crumb.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._pages = QStackedWidget()
        self._pages.addWidget(QWidget())
        for kind in (self._kinerja_page(), self._indikator_page(), self._anggaran_page()):
            self._pages.addWidget(kind)
        top = QHBoxLayout()
        top.setSpacing(12)
        self._crumb.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._more = LinkLabel()
        self._more.setFont(ui_font(SMALL))
        self._more.setAccessibleName("Isian lain")
        self._more.linkActivated.connect(lambda link: self.open_years() if link == YEARS else self.open_more())
        top.addWidget(self._heading)
        top.addWidget(self._crumb, 1)
        top.addWidget(self._more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 12, 2)
        layout.setSpacing(4)
        # Tab goes through the fields first, then to what else there is.
        layout.addWidget(self._pages)
        layout.insertLayout(0, top)
        help_line = QHBoxLayout()
        help_line.setContentsMargins(LABEL + 8, 0, 0, 0)
        help_line.addWidget(self._help)
        layout.addLayout(help_line)
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
        self._said = ""
        self._refresh()
        self._say_help()

    def commit(self) -> None:
        """Store what is being typed."""
        for field in self._fields.get(self._kind, []) if self._kind else []:
            if isinstance(field, LineField):
                field.commit()

    def refused(self) -> str:
        """Why a text that stands in a field cannot be stored, with the name of the field; "" where there is none."""
        texts = [field for fields in self._fields.values() for field in fields if isinstance(field, LineField)]
        return next((f"{field.accessibleName()}: {why}" for field in texts if (why := field.any_refusal())), "")

    def first_field(self) -> QWidget:
        """Where the focus goes on F6."""
        return self._fields[self._kind][0] if self._kind in self._fields else self._pages

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
        choices += [(label, j.id) for label, j in listed(self._session.plan, self._session.dokumen_id)]
        for people in self._people:
            people.set_choices(choices, more=(NEW_PERSON, ALL_PEOPLE))
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

    def open_years(self) -> None:
        """Per tahun: the targets, pagu and results of the years of the Renstra, at this row."""
        from ui.tahunan_dialog import YearsDialog

        self.commit()
        dialog = YearsDialog(self._session, self._row_id, self)
        dialog.exec()
        dialog.deleteLater()

    def _show_heading(self, row: Row) -> None:
        """Name and trail in one line: the name takes two thirds at most, the trail what is left."""
        right = Qt.TextElideMode.ElideRight
        words = (years_words(self._session.plan, row), more_words(row))
        self._more.setText("&nbsp;&nbsp;&nbsp;".join(filter(None, words)))
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
        kelompok = self._line(Kinerja, "kelompok", KELOMPOK_HELP, long=True)
        self._tingkat = ChoiceField(self._session, self.row, "tingkat", (), help_text=TINGKAT_HELP)
        at_most(self._tingkat, 176)
        self._tingkat.setMinimumWidth(168)
        self._tingkat.focused.connect(self._on_focused)
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
        cara = ChoiceField(self._session, self.row, "akumulasi", CARA, help_text=CARA_HELP)
        arah = ChoiceField(self._session, self.row, "arah", ARAH, help_text="Arah yang lebih baik.")
        for choice, width in ((cara, 152), (arah, 144)):
            at_most(choice, width)
            choice.focused.connect(self._on_focused)
            self._fields[Indikator].append(choice)
        arah.setMinimumWidth(132)
        satuan = self._line(Indikator, "satuan", SATUAN_HELP, 112, suggest=self._units)
        target = self._line(Indikator, "target", TARGET_HELP, 112)
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
        for named in (nama, kode):
            attach_completion(named, self._session, self.row)
        pagu = self._line(Anggaran, "pagu", PAGU_HELP, 168)
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
        edit.focused.connect(self._on_focused)
        edit.refused.connect(lambda sentence: self._on_refused(edit, sentence))
        self._fields[cls].append(edit)
        return edit

    def _person(self, cls: type[Row], row: RowOf) -> ChoiceField:
        people = ChoiceField(self._session, row, "penanggung_jawab_id", ())
        at_most(people, PERSON)
        said = "Jabatan yang bertanggung jawab atas baris ini."
        if cls is Indikator:
            said = "Penanggung jawab indikator adalah penanggung jawab sasarannya; diubah untuk keduanya."
        people.focused.connect(lambda: self._on_focused(said))
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

    def _on_refused(self, field: LineField, sentence: str) -> None:
        self._say_help()
        row = self.row()
        if sentence and row is not None:
            # Another row may be shown while this is read.
            name = shorten(row_text(row), NAMED, placeholder="…")
            where = f"{field.accessibleName()} pada {level_name(row).lower()} “{name}”"
            self._session.failed.emit(f"{where} belum tersimpan. {sentence}")

    def _on_focused(self, help_text: str) -> None:
        self._said = help_text
        self._say_help()

    def _say_help(self) -> None:
        """What a field of the row was refused for, that of the field in hand first; else the help of that field."""
        fields = [f for f in self._fields.get(self._kind, []) if isinstance(f, LineField)] if self._kind else []
        refused = sorted((f for f in fields if f.refusal), key=lambda f: not f.hasFocus())
        text = f"{refused[0].accessibleName()}: {refused[0].refusal}" if refused else self._said
        self._help.say(text, "galat" if refused else "")
        role = QPalette.ColorRole.WindowText if refused else QPalette.ColorRole.PlaceholderText
        self._help.setForegroundRole(role)
        self._help.setToolTip(text)

    def _on_more_people(self, text: str, row: RowOf) -> None:
        if text == ALL_PEOPLE:
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
