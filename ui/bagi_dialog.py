"""The "Bagi setahun ke bulan" dialog: a year's sum over chosen months, seen before it is done."""

import itertools

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from models.errors import PlanError
from models.rows import BULAN, Anggaran, Indikator
from services.bagi import folded
from services.bagi_cara import Answer, Ask, Cara, answer, now_texts, now_total, place_names
from services.bagi_isian import Angka, Kas, read_isian
from services.naming import row_text
from services.patterns import MULAI_FEBRUARI, TRIWULAN
from ui.bagi_months import MonthTicks
from ui.bagi_table import ResultModel, ResultTable
from ui.bagi_ways import Ways
from ui.colours import colours
from ui.elided_label import ElidedLabel
from ui.fonts import LIST_HEADING, SMALL, ui_font
from ui.icons import icon
from ui.marks import mark_icon
from ui.session import Session

LEFT_WIDTH = 284
HEIGHT, TIGHT, ROOMY = 490, 430, 560
EDGES = 98
"""Pixels of the heading and the foot."""
BUTTON_WIDTH = 96
HINT = "Satu langkah; dapat diurungkan (Ctrl+Z)"
PICK_FIRST = "Pilih baris yang pembagiannya diikuti."
_LINKS = {"semua": (1,) * BULAN, "februari": MULAI_FEBRUARI.bobot, "triwulan": TRIWULAN.bobot}


class BagiDialog(QDialog):
    """Divides the pagu of a budget line or the target of an indicator; Bagi is one `session.edit`.

    `tight`: with lower rows, as on a screen of 1366 x 768 at 150 %; None looks at the screen.
    """

    def __init__(
        self,
        session: Session,
        row: Anggaran | Indikator,
        parent: QWidget | None = None,
        *,
        tight: bool | None = None,
    ) -> None:
        super().__init__(parent)
        if tight is None:
            tight = self.screen().availableGeometry().height() < ROOMY
        self._height, row_height, table_row = (TIGHT, 24, 20) if tight else (HEIGHT, 28, 24)
        self._session = session
        self._isian = read_isian(session.plan, row)
        self._answer: Answer | None = None
        self.setWindowTitle("Bagi setahun ke bulan")
        isian = self._isian
        self.ways = Ways(session, row, isian, row_height)
        self.months = MonthTicks(isian.places, row_height)
        self.keep = QCheckBox(self._keep_words())
        self.keep.setVisible(bool(isian.filled))
        numbers, now = isinstance(isian, Angka), now_texts(isian)
        total = now_total(isian) if numbers else None
        self.model = ResultModel(place_names(isian.places), [now[place] for place in isian.places], total, self)
        self.table = ResultTable(self.model, table_row, running=numbers)
        self._mark = QLabel()
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setMinimumHeight(32)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.cancel_button, self.divide_button = QPushButton("Ba&tal"), QPushButton("&Bagi")
        self.cancel_button.setAutoDefault(False)
        self.divide_button.setDefault(True)
        self._lay_out(row_text(row))
        self._connect()
        self._refresh()
        (self.cancel_button if isian.problem else self.ways.buttons[self.ways.cara()]).setFocus()

    def accept(self) -> None:
        """Divide and close; nothing happens as long as the sum does not fit."""
        if self._answer is None or not self._answer.fits:
            return
        kind = "pagu" if isinstance(self._isian, Kas) else "target"
        if self._session.edit(f"bagi {kind} ke bulan", self._answer.changes):
            super().accept()

    def _keep_words(self) -> str:
        what = "triwulan" if len(self._isian.places) < BULAN else "bulan"
        return f"&Pertahankan {len(self._isian.filled)} {what} yang sudah diisi"

    def _lay_out(self, name: str) -> None:
        title = ElidedLabel(Qt.TextElideMode.ElideRight)
        title.setFont(ui_font(LIST_HEADING, semibold=True))
        title.say(" ".join(name.split()))
        title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        total = QLabel(self._isian.total)
        total.setFont(ui_font(semibold=True))
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(title, 1)
        head.addSpacing(12)
        head.addWidget(_muted(self._isian.NOUN.capitalize()))
        head.addWidget(total)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(_heading("Cara"))
        left.addSpacing(4)
        left.addWidget(self.ways)
        left.addSpacing(12)
        left.addLayout(self._months_head())
        left.addSpacing(4)
        left.addWidget(self.months)
        left.addSpacing(8)
        left.addWidget(self.keep)
        left.addStretch(1)
        holder = QWidget()
        holder.setFixedWidth(LEFT_WIDTH)
        holder.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(_heading("Hasil"))
        right.addSpacing(4)
        right.addWidget(self.table)
        right.addSpacing(8)
        words = QHBoxLayout()
        words.setSpacing(6)
        self._mark.setFixedSize(16, 16)
        self.sentence.setFixedWidth(self.table.width() - 22)
        words.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        words.addWidget(self.sentence, 1)
        right.addLayout(words)
        right.addStretch(1)
        middle = QWidget()
        middle.setMinimumHeight(self._height - EDGES)
        body = QHBoxLayout(middle)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(24)
        body.addWidget(holder)
        body.addLayout(right)
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 12, 16, 4)
        inner.setSpacing(12)
        inner.addLayout(head)
        inner.addWidget(middle, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        # As high as its rows need, at any moment.
        box.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        box.addLayout(inner, 1)
        box.addWidget(_Foot(self.cancel_button, self.divide_button))

    def _months_head(self) -> QHBoxLayout:
        words = {"semua": "Semua"}
        if len(self._isian.places) == BULAN:
            words |= {"februari": "Mulai Februari", "triwulan": "Triwulan"}
        links = QLabel(
            " &nbsp; ".join(f'<a href="{key}" style="text-decoration:none">{text}</a>' for key, text in words.items())
        )
        links.setFont(ui_font(SMALL))
        links.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        links.linkActivated.connect(lambda key: self._tick(_LINKS[key]))
        line = QHBoxLayout()
        line.addWidget(_heading("Bulan"))
        line.addStretch(1)
        line.addWidget(links)
        self.links = links
        return line

    def _connect(self) -> None:
        self.ways.changed.connect(self._refresh)
        self.ways.way_changed.connect(self._on_way)
        self.ways.patterns.wants_saving.connect(self._on_save_pattern)
        self.months.changed.connect(self._refresh)
        self.keep.toggled.connect(self._refresh)
        self.divide_button.clicked.connect(self.accept)
        self.cancel_button.clicked.connect(self.reject)
        order = [*self.ways.focus_order(), *self.months.boxes, self.keep, self.divide_button, self.cancel_button]
        for before, after in itertools.pairwise(order):
            QWidget.setTabOrder(before, after)

    def _tick(self, weights: tuple[int, ...]) -> None:
        shares = folded(weights, self._isian.places)
        self.months.set_months({place for place in self._isian.places if shares[place]})

    def _on_way(self) -> None:
        """A pattern and the quarters bring their months; other ways leave the ticks as they are."""
        cara = self.ways.cara()
        weights = TRIWULAN.bobot if cara is Cara.PERSEN else self.ways.weights() if cara is Cara.POLA else None
        if weights is None:
            self._refresh()
        else:
            self._tick(weights)

    def _on_save_pattern(self) -> None:
        weights = self._answer.weights if self._answer is not None else ()
        self.ways.patterns.keep(weights, self)

    def _refresh(self) -> None:
        """What comes of the choice: the table, the sentence, and whether it can be done."""
        cara, weights = self.ways.cara(), self.ways.weights()
        self._answer = None
        self.keep.setEnabled(cara is not Cara.LANJUT and not self._isian.problem)
        self.months.setEnabled(cara is not Cara.AKHIR and not self._isian.problem)
        self.links.setEnabled(self.months.isEnabled())
        self.ways.setEnabled(not self._isian.problem)
        try:
            if weights is None and not self._isian.problem:
                raise PlanError(PICK_FIRST)
            ask = Ask(cara, self.months.months(), self.keep.isChecked(), weights or (), self.ways.amount.text())
            found = self._answer = answer(self._isian, ask)
        except PlanError as error:
            self.model.show([""] * len(self._isian.places), [""] * len(self._isian.places), "")
            self._say(str(error), "peringatan")
            return
        places = self._isian.places
        self.model.show([found.menjadi[p] for p in places], [found.kumulatif[p] for p in places], found.jumlah)
        self._say(found.sentence, "" if found.fits else "peringatan")

    def _say(self, sentence: str, level: str) -> None:
        picture = mark_icon(level) if level else icon("check", role="in_order")
        self._mark.setPixmap(picture.pixmap(16, 16))
        self.sentence.setText(sentence)
        self.sentence.setAccessibleName(sentence)
        self.divide_button.setEnabled(not level)
        self.divide_button.setAccessibleDescription(sentence)


class _Foot(QWidget):
    """A hint and the buttons, under a line across the dialog."""

    def __init__(self, *buttons: QPushButton) -> None:
        super().__init__()
        box = QHBoxLayout(self)
        box.setContentsMargins(16, 11, 16, 10)
        box.setSpacing(8)
        box.addWidget(_muted(HINT, SMALL), 1)
        for button in buttons:
            button.setMinimumWidth(BUTTON_WIDTH)
            box.addWidget(button)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, 0, self.width(), 1, colours().pane_edge)


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setFont(ui_font(semibold=True))
    return label


def _muted(text: str, px: int = 12) -> QLabel:
    label = QLabel(text)
    label.setFont(ui_font(px))
    label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
    return label
