"""The filters of the history: words, which rows, who, and when."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from models.errors import PlanError
from models.plan import Plan
from models.rows import Anggaran, Dokumen, Indikator, Kinerja, Row
from services.history_search import Wanted
from services.naming import document_name
from services.row_words import field_name, row_name
from services.tanggal import parse_tanggal

EVERYWHERE, EVERYBODY = "Seluruh rencana", "Siapa saja"
WHEN = ("Kapan saja", "Hari ini", "7 hari terakhir", "30 hari terakhir", "Pilih tanggal...")
_DAYS = {1: 0, 2: 6, 3: 29}
_CHOOSE = 4
_REST = 250
"""Milliseconds without typing after which the words count."""
_LONGEST = 64


class HistoryBar(QWidget):
    """`changed` when other changes are wanted; `wanted` says which. `refused(sentence)`: what is no date."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self.text, self.since, self.until = QLineEdit(), QLineEdit(), QLineEdit()
        self.place, self.person, self.when = QComboBox(), QComboBox(), QComboBox()
        self._dates = QWidget()
        self._soon = QTimer(self, singleShot=True, interval=_REST)
        self._soon.timeout.connect(self.changed)
        self._lay_out()
        self.place.addItem(EVERYWHERE, Wanted())
        self.person.addItem(EVERYBODY, None)
        self.when.addItems(WHEN)
        self.text.setClearButtonEnabled(True)
        self.text.setPlaceholderText("uraian, isian, angka")
        for date_field in (self.since, self.until):
            date_field.setPlaceholderText("31-12-2026")
            date_field.editingFinished.connect(self._on_dates)
        self.text.textChanged.connect(lambda: self._soon.start())
        for combo in (self.place, self.person, self.when):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(10)
            combo.activated.connect(self._on_combo)
        self._dates.hide()

    def wanted(self) -> Wanted:
        """Which changes are wanted. A date that cannot be read does not restrict, and is said."""
        chosen: Wanted = self.place.currentData() or Wanted()
        since, until = self._days()
        return replace(
            chosen, who=self.person.currentData(), since=since, until=until, text=" ".join(self.text.text().split())
        )

    def about(self) -> str:
        """The same in words, for a head."""
        who = self.person.currentText() if self.person.currentIndex() > 0 else ""
        since, until = self._days()
        days = " sampai ".join(f"{day:%d-%m-%Y}" for day in (since, until) if day is not None)
        said = (self.place.currentText(), who, days, f"“{self.text.text()}”" if self.text.text().strip() else "")
        return ", ".join(part for part in said if part)

    def set_people(self, names: list[str]) -> None:
        """Who can be chosen."""
        if names != [self.person.itemData(at) for at in range(1, self.person.count())]:
            chosen = self.person.currentData()
            self.person.clear()
            self.person.addItem(EVERYBODY, None)
            for name in names:
                self.person.addItem(name, name)
            self.person.setCurrentIndex(max(self.person.findData(chosen), 0) if chosen else 0)

    def set_row(self, row: Row | None, dokumen_id: str) -> None:
        """Offer the row that the tree stands on, and its branch; what is chosen stays."""
        offered = [Wanted()]
        if len(self._plan.all(Dokumen)) > 1 and (dokumen := self._plan.find(Dokumen, dokumen_id)) is not None:
            offered.append(Wanted(row=dokumen, branch=True))
        if row is not None:
            offered += [Wanted(row=row), *([Wanted(row=row, branch=True)] if not isinstance(row, Indikator) else [])]
        self._offer(offered, self.place.currentData())

    def choose(self, wanted: Wanted) -> None:
        """Narrow the list down to a row or a cell."""
        offered = [self.place.itemData(at) for at in range(self.place.count())]
        self._offer([*(each for each in offered if each != wanted), wanted], wanted)
        self.text.clear()
        self._soon.stop()
        self.person.setCurrentIndex(0)
        self.when.setCurrentIndex(0)
        self._on_combo()

    def _offer(self, offered: list[Wanted], chosen: Wanted) -> None:
        if chosen not in offered:
            offered.append(chosen)
        self.place.clear()
        for wanted in offered:
            name = self._name(wanted)
            self.place.addItem(name if len(name) <= _LONGEST else f"{name[: _LONGEST - 3]}...", wanted)
        self.place.setCurrentIndex(offered.index(chosen))
        self.place.setToolTip(self._name(chosen))
        widest = max(self.fontMetrics().horizontalAdvance(self.place.itemText(at)) for at in range(len(offered)))
        self.place.view().setMinimumWidth(min(widest + 32, 520))

    def _name(self, wanted: Wanted) -> str:
        row = wanted.row
        if row is None:
            return EVERYWHERE
        if isinstance(row, Dokumen):
            return f"Dokumen {document_name(row)}"
        name = row_name(self._plan, row)
        if wanted.column is not None:
            table = row.TABLE if wanted.jenis is None else f"deret_{row.TABLE}"
            field = field_name(table, wanted.column)
            return f"Sel {wanted.jenis} {field}: {name}" if wanted.jenis else f"Isian {field}: {name}"
        return f"Cabang: {name}" if wanted.branch and isinstance(row, Kinerja | Anggaran) else f"Baris: {name}"

    def _days(self) -> tuple[date | None, date | None]:
        at = self.when.currentIndex()
        if at in _DAYS:
            return date.today() - timedelta(days=_DAYS[at]), date.today()
        if at != _CHOOSE:
            return None, None
        return self._day(self.since, last=False), self._day(self.until, last=True)

    def _day(self, field: QLineEdit, *, last: bool) -> date | None:
        try:
            iso = parse_tanggal(field.text())
        except PlanError:
            return None
        if iso is None:
            return None
        if len(iso) == len("2026-12"):
            year, month = int(iso[:4]), int(iso[5:])
            return date(year, month, monthrange(year, month)[1] if last else 1)
        return date.fromisoformat(iso)

    def _on_dates(self) -> None:
        for field in (self.since, self.until):
            try:
                parse_tanggal(field.text())
            except PlanError as error:
                self.refused.emit(str(error))
                return
        self.refused.emit("")
        self.changed.emit()

    def _on_combo(self) -> None:
        self._dates.setVisible(self.when.currentIndex() == _CHOOSE)
        if self.when.currentIndex() == _CHOOSE and not self.since.text():
            self.since.setFocus()
        self.place.setToolTip(self._name(self.place.currentData()))
        self.changed.emit()

    def _lay_out(self) -> None:
        rows = (
            (
                self,
                (
                    ("&Cari", self.text, 3),
                    ("Di &mana", self.place, 4),
                    ("S&iapa", self.person, 2),
                    ("Kap&an", self.when, 2),
                ),
            ),
            (self._dates, (("&Dari tanggal", self.since, 0), ("&sampai", self.until, 0))),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for holder, fields in rows:
            line = QHBoxLayout()
            line.setSpacing(6)
            for at, (name, field, stretch) in enumerate(fields):
                line.addSpacing(6 if at else 0)
                label = QLabel(name)
                label.setBuddy(field)
                field.setAccessibleName(name.replace("&", ""))
                line.addWidget(label)
                line.addWidget(field, stretch)
            if holder is self._dates:
                line.setContentsMargins(0, 0, 0, 0)
                for field in (self.since, self.until):
                    field.setFixedWidth(112)
                line.addStretch(1)
                self._dates.setLayout(line)
                column.addWidget(self._dates)
            else:
                column.addLayout(line)
