"""The "Tempel" dialog: opened only when something in a pasted block cannot be read or can be read two ways."""

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from services.angka import Style
from services.paste import Problem, Question, Reading, Target, read
from services.paste_cells import Block, is_missing
from services.tanggal import MONTHS
from ui.colours import colours
from ui.fonts import LIST_HEADING, SMALL, ui_font
from ui.icons import icon
from ui.indicators import paint_frame
from ui.marks import mark_icon, paint_mark
from ui.paste_lines import LINES, PasteLines
from ui.paste_table import PasteModel, PasteTable, column_name
from ui.segments import Segments

WIDTH = 998
_MARGIN = 16
_MOST_ROWS, _MOST_QUESTIONS = 8, 3
_BAR_HEIGHT = 40
_LOW = 640
"""Below this height of the screen fewer lines are shown at a time: 150 % on 768 px leaves 512."""

Cells = Sequence[Sequence[str]]
Targets = Sequence[Sequence[Target | None]]


def resolve(parent: QWidget | None, cells: Cells, targets: Targets) -> list[list[str | None]] | None:
    """What is to be typed for a pasted block; asks only where something cannot be read or is ambiguous.

    Args:
        targets: where each cell goes to, None where nothing may be typed; the shape of `cells`.
    Returns:
        A text for each cell, None to leave the old one; None altogether when the user calls it off.
    """
    reading = read(cells, targets)
    if not reading.unreadable and not reading.questions:
        return reading.texts
    dialog = PasteDialog(cells, targets, reading, parent)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.texts() if accepted else None


class PasteDialog(QDialog):
    """Shows the block as pasted; `texts()` gives what is to be typed after `accepted`."""

    def __init__(self, cells: Cells, targets: Targets, reading: Reading, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells, self._targets, self._reading = cells, targets, reading
        source = cells.source if isinstance(cells, Block) else ""
        self.setWindowTitle(f"Tempel dari {source}" if source else "Tempel")
        self.table = PasteTable(PasteModel(cells, targets, reading.unreadable, reading.questions, self))
        self.bars = [_QuestionBar(q, column_name(targets, q.column), self) for q in reading.questions]
        room = self.screen().availableGeometry()
        self._low = room.height() < _LOW
        self._widest = min(WIDTH, room.width() - _MARGIN)
        self.lines = PasteLines(reading.unreadable, self._target_of, most=LINES - self._low)
        self._unread = _Count("galat")
        self._ready = _Count("")
        self.paste_button = QPushButton()
        self.paste_button.setDefault(True)
        self.cancel_button = QPushButton("&Batal")
        self.cancel_button.setAutoDefault(False)
        self._arrange(source)
        self._connect()
        self._count()

    def texts(self) -> list[list[str | None]]:
        """What is to be typed, as answered; None: the old text stays."""
        answers = {bar.question.column: bar.answer() for bar in self.bars}
        proposed = {q.column: q.proposal for q in self._reading.questions}
        reading = self._reading if answers == proposed else read(self._cells, self._targets, answers)
        texts = [list(row) for row in reading.texts]
        for number, text in self.lines.fixes.items():
            problem = self._reading.unreadable[number]
            texts[problem.row][problem.column] = text
        return texts

    def sizeHint(self) -> QSize:
        return QSize(self._widest, super().sizeHint().height())

    def _target_of(self, problem: Problem) -> Target:
        target = self._targets[problem.row][problem.column]
        assert target is not None
        return target

    def _arrange(self, source: str) -> None:
        inside = QVBoxLayout()
        inside.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, 8)
        inside.setSpacing(12)
        inside.addLayout(self._head(source))
        if self.bars:
            inside.addWidget(self._questions())
        rows = min(_MOST_ROWS, len(self._cells))
        self.table.setMinimumHeight(self.table.height_for(min(3, rows)))
        self.table.setMaximumHeight(self.table.height_for(len(self._cells)))
        inside.addWidget(self.table, 1)
        inside.addWidget(self.lines)
        self.lines.setVisible(bool(self._reading.unreadable))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(inside, 1)
        edge = QFrame()
        edge.setFrameShape(QFrame.Shape.HLine)
        layout.addWidget(edge)
        layout.addLayout(self._foot())
        spare = self.table.height_for(rows) - min(self.table.sizeHint().height(), self.table.maximumHeight())
        height = min(self.sizeHint().height() + spare, self.screen().availableGeometry().height() - 2 * _MARGIN)
        self.resize(self._widest, height)

    def _head(self, source: str) -> QHBoxLayout:
        columns = len(self._cells[0]) if self._cells else 0
        names = [column_name(self._targets, column) for column in range(columns)]
        unit = "bulan" if names and all(name in MONTHS for name in names) else "kolom"
        title = QLabel(f"{len(self._cells)} baris × {columns} {unit}{f' dari {source}' if source else ''}")
        title.setFont(ui_font(LIST_HEADING, semibold=True))
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(title)
        head.addWidget(self._ready)
        head.addWidget(self._unread)
        pairs = (pair for row in zip(self._cells, self._targets, strict=True) for pair in zip(*row, strict=True))
        lacking = sum(target is not None and is_missing(cell) for cell, target in pairs)
        if lacking:
            shorter = _Count("catatan")
            shorter.say(f"{lacking} tetap, barisnya lebih pendek")
            head.addWidget(shorter)
        if self.bars:
            asked = _Count("peringatan")
            asked.say(f"{len(self.bars)} kolom perlu dipastikan")
            head.addWidget(asked)
        head.addStretch()
        return head

    def _questions(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for bar in self.bars:
            column.addWidget(bar)
            bar.for_all.setVisible(len(self.bars) > 1)
            bar.hint.setVisible(len(self.bars) == 1)
        most = _MOST_QUESTIONS - self._low
        if len(self.bars) <= most:
            return inside
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedHeight(most * (_BAR_HEIGHT + 4) - 4)
        return area

    def _foot(self) -> QHBoxLayout:
        words = "Satu langkah; dapat diurungkan (Ctrl+Z)"
        if self._reading.unreadable:
            words = f"Sel yang tidak terbaca tidak diubah. {words}"
        hint = QLabel(words)
        hint.setFont(ui_font(SMALL))
        hint.setForegroundRole(hint.palette().ColorRole.PlaceholderText)
        foot = QHBoxLayout()
        foot.setContentsMargins(_MARGIN, 10, _MARGIN, 10)
        foot.setSpacing(8)
        foot.addWidget(hint)
        foot.addStretch()
        self.cancel_button.setMinimumWidth(96)
        self.paste_button.setMinimumWidth(112)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.paste_button)
        return foot

    def _connect(self) -> None:
        self.paste_button.clicked.connect(self.accept)
        self.cancel_button.clicked.connect(self.reject)
        self.lines.current.connect(lambda problem: self.table.set_current((problem.row, problem.column)))
        self.lines.changed.connect(self._on_changed)
        self.lines.finished.connect(self.paste_button.setFocus)
        self.table.clicked.connect(self._on_clicked)
        for bar in self.bars:
            bar.for_all.clicked.connect(lambda _=False, bar=bar: self._on_for_all(bar))
        stops: list[QWidget] = []
        for bar in self.bars:
            stops += [*(bar.segments.button(i) for i in (0, 1)), bar.for_all]
        for line in self.lines.lines:
            stops += [line.field, line.replace, line.keep]
        stops += [self.paste_button, self.cancel_button, self.table]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        if self._reading.unreadable:
            first = self._reading.unreadable[0]
            self.table.set_current((first.row, first.column))
        if self.bars:
            self.bars[0].segments.button(self.bars[0].segments.index()).setFocus()
        else:
            self.lines.go_to(0)

    def _count(self) -> None:
        fixed, all_bad = len(self.lines.fixes), len(self._reading.unreadable)
        ready, bad = self._reading.count + fixed, all_bad - fixed
        self._ready.say(f"{ready} sel terbaca")
        self._unread.say(f"{bad} tidak terbaca" if bad else "")
        self.paste_button.setText(f"&Tempel {ready} sel, lewati {bad}" if bad else f"&Tempel {ready} sel")
        self.paste_button.setEnabled(ready > 0)

    def _on_changed(self, number: int) -> None:
        problem = self._reading.unreadable[number]
        model = self.table.model()
        assert isinstance(model, PasteModel)
        model.fix((problem.row, problem.column), self.lines.fixes.get(number))
        self._count()

    def _on_clicked(self, index: QModelIndex) -> None:
        number = self.lines.number_of(index.row(), index.column())
        if number is not None:
            self.lines.go_to(number)

    def _on_for_all(self, chosen: "_QuestionBar") -> None:
        """The same reading, thousands or decimals, in every column that is asked about."""
        for bar in self.bars:
            bar.segments.set_index(chosen.segments.index())


class _Count(QWidget):
    """A mark and a few words; hidden while it has nothing to say."""

    def __init__(self, level: str) -> None:
        super().__init__()
        sign = QLabel()
        drawn = mark_icon(level) if level else icon("check", role="in_order")
        self._sign, self._icon = sign, drawn
        self.words = QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(sign)
        row.addWidget(self.words)

    def say(self, text: str) -> None:
        """Show the words."""
        self._sign.setPixmap(self._icon.pixmap(QSize(16, 16), self.devicePixelRatio()))
        self.words.setText(text)
        self.setVisible(bool(text))


class _QuestionBar(QWidget):
    """One column that can be read two ways; `answer()` is the style chosen."""

    def __init__(self, question: Question, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.question = question
        self.setFixedHeight(_BAR_HEIGHT)
        labels = [choice.label for choice in question.choices]
        first, second = (label.partition(" ")[0] for label in labels)
        meaning = f"<b>{question.example}</b> dapat berarti {first} atau {second}"
        words = QLabel(f"Kolom <b>{escape(name)}</b>: {meaning}. Baca sebagai")
        words.setTextFormat(Qt.TextFormat.RichText)
        self.segments = Segments(labels, name=f"Kolom {name}: baca {question.example} sebagai")
        for i, label in enumerate(labels):
            self.segments.button(i).setAccessibleName(f"Kolom {name}: {label}")
        self.segments.set_index(next(i for i, c in enumerate(question.choices) if c.style is question.proposal))
        self.hint = QLabel("ditanya sekali untuk kolom ini")
        self.hint.setFont(ui_font(SMALL))
        self.hint.setForegroundRole(self.hint.palette().ColorRole.PlaceholderText)
        self.for_all = QPushButton("Sama untuk semua kolom")
        self.for_all.setAutoDefault(False)
        self.for_all.setFixedHeight(24)
        row = QHBoxLayout(self)
        row.setContentsMargins(34, 0, 12, 0)
        row.setSpacing(8)
        for widget in (words, self.segments):
            row.addWidget(widget)
        row.addStretch()
        row.addWidget(self.hint)
        row.addWidget(self.for_all)

    def answer(self) -> Style:
        """How the column's doubtful numbers are meant."""
        return self.question.choices[self.segments.index()].style

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_frame(painter, self.rect(), colours().peringatan_ground, colours().peringatan)
        paint_mark(painter, QRect(12, 0, 12, self.height()), "peringatan")
