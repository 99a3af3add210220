"""What both Bagi dialogs share: the ways and months on the left, what comes of them on the right, the foot."""

import itertools
from abc import abstractmethod
from collections.abc import Sequence

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

from models.rows import BULAN, Anggaran, Indikator
from services.bagi import folded
from services.bagi_banyak import common_places, read_rows
from services.bagi_cara import Ask, Cara
from services.patterns import MULAI_FEBRUARI, TRIWULAN
from ui.bagi_months import MonthTicks
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


class BagiFrame(QDialog):
    """`tight`: with lower rows, as on a screen of 1366 x 768 at 150 %; None looks at the screen."""

    def __init__(
        self,
        session: Session,
        rows: Sequence[Anggaran | Indikator],
        parent: QWidget | None = None,
        *,
        tight: bool | None = None,
    ) -> None:
        super().__init__(parent)
        if tight is None:
            tight = self.screen().availableGeometry().height() < ROOMY
        self._height, self._row_height, self._table_row = (TIGHT, 24, 20) if tight else (HEIGHT, 28, 24)
        self._session = session
        self._rows = tuple(rows)
        self._isians = read_rows(session.plan, rows)
        self._places = common_places(self._isians)
        self.setWindowTitle("Bagi setahun ke bulan")
        self.ways = Ways(session, rows, self._isians, self._row_height)
        self.months = MonthTicks(self._places, self._row_height)
        self.keep = QCheckBox()
        self._mark = QLabel()
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setMinimumHeight(32)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.cancel_button, self.divide_button = QPushButton("Ba&tal"), QPushButton("&Bagi")
        self.cancel_button.setAutoDefault(False)
        self.divide_button.setDefault(True)

    @abstractmethod
    def refresh(self) -> None:
        """What comes of the choice: the result, the sentence, and whether it can be done."""

    def ask(self) -> Ask | None:
        """What has been chosen; None as long as no line is picked to follow."""
        weights = self.ways.weights()
        if weights is None:
            return None
        cara, amount = self.ways.cara(), self.ways.amount.text()
        return Ask(cara, self.months.months(), self.keep.isChecked(), weights, amount)

    def say(self, sentence: str, level: str) -> None:
        """What comes of it, in words; with a `level` of mark it cannot be done."""
        picture = mark_icon(level) if level else icon("check", role="in_order")
        self._mark.setPixmap(picture.pixmap(16, 16))
        self.sentence.setText(sentence)
        self.sentence.setAccessibleName(sentence)
        self.divide_button.setEnabled(not level)
        self.divide_button.setAccessibleDescription(sentence)

    def lay_out(self, name: str, noun: str, total: str, result: QWidget) -> None:
        """The heading, both sides and the foot; then the choice may change."""
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 12, 16, 4)
        inner.setSpacing(12)
        inner.addLayout(_head(name, noun, total))
        inner.addWidget(self._middle(result), 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        # As high as its rows need, at any moment.
        box.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        box.addLayout(inner, 1)
        box.addWidget(_Foot(self.cancel_button, self.divide_button))
        self._connect()

    def _middle(self, result: QWidget) -> QWidget:
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(_heading("&Cara", self.ways))
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
        right.addWidget(result)
        right.addSpacing(8)
        words = QHBoxLayout()
        words.setSpacing(6)
        self._mark.setFixedSize(16, 16)
        self.sentence.setFixedWidth(result.width() - 22)
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
        return middle

    def _months_head(self) -> QHBoxLayout:
        words = {"semua": "Semua"}
        if len(self._places) == BULAN:
            words |= {"februari": "Mulai Februari", "triwulan": "Triwulan"}
        links = QLabel(
            " &nbsp; ".join(f'<a href="{key}" style="text-decoration:none">{text}</a>' for key, text in words.items())
        )
        links.setFont(ui_font(SMALL))
        links.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        links.linkActivated.connect(lambda key: self._tick(_LINKS[key]))
        line = QHBoxLayout()
        line.addWidget(_heading("B&ulan", self.months))
        line.addStretch(1)
        line.addWidget(links)
        self.links = links
        return line

    def _connect(self) -> None:
        self.ways.changed.connect(self.refresh)
        self.ways.way_changed.connect(self._on_way)
        self.months.changed.connect(self.refresh)
        self.keep.toggled.connect(self.refresh)
        self.divide_button.clicked.connect(self.accept)
        self.cancel_button.clicked.connect(self.reject)
        order = [*self.ways.focus_order(), *self.months.boxes, self.keep, self.divide_button, self.cancel_button]
        for before, after in itertools.pairwise(order):
            QWidget.setTabOrder(before, after)

    def _tick(self, weights: tuple[int, ...]) -> None:
        shares = folded(weights, self._places)
        self.months.set_months({place for place in self._places if shares[place]})

    def _on_way(self) -> None:
        """A pattern and the quarters bring their months; other ways leave the ticks as they are."""
        cara = self.ways.cara()
        weights = TRIWULAN.bobot if cara is Cara.PERSEN else self.ways.weights() if cara is Cara.POLA else None
        if weights is None:
            self.refresh()
        else:
            self._tick(weights)


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


def _head(name: str, noun: str, total: str) -> QHBoxLayout:
    title = ElidedLabel(Qt.TextElideMode.ElideRight)
    title.setFont(ui_font(LIST_HEADING, semibold=True))
    title.say(" ".join(name.split()))
    title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    amount = QLabel(total)
    amount.setFont(ui_font(semibold=True))
    head = QHBoxLayout()
    head.setSpacing(6)
    head.addWidget(title, 1)
    head.addSpacing(12)
    head.addWidget(_muted(noun))
    head.addWidget(amount)
    return head


def _heading(text: str, buddy: QWidget | None = None) -> QLabel:
    label = QLabel(text)
    label.setFont(ui_font(semibold=True))
    if buddy is not None:
        label.setBuddy(buddy)
    return label


def _muted(text: str, px: int = 12) -> QLabel:
    label = QLabel(text)
    label.setFont(ui_font(px))
    label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
    return label
