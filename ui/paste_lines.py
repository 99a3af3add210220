"""The cells of a pasted block that cannot be read, four lines at a time: what is wrong, and what it should be."""

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QScrollBar, QSizePolicy, QWidget

from models.errors import PlanError
from services.paste import Problem, Target, correct
from services.paste_cell import short
from ui.icons import icon
from ui.marks import paint_mark

LINES = 4
LINE_HEIGHT = 36
_FIELD_WIDTH = 112


class _Field(QLineEdit):
    """Enter is the line's, not the dialog's main button."""

    entered = Signal()
    focused = Signal()
    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()


class _Mark(QWidget):
    """The disc of what cannot be read, or the tick of what has been settled."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(16, 16)
        self.settled = False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.settled:
            icon("check", role="in_order").paint(painter, self.rect())
        else:
            paint_mark(painter, QRect(0, 2, 12, 12), "galat")


class _Line:
    """One line of widgets in the grid."""

    def __init__(self, grid: QGridLayout, row: int) -> None:
        self.mark = _Mark()
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.label = QLabel("Seharusnya")
        self.label.setForegroundRole(self.label.palette().ColorRole.PlaceholderText)
        self.field = _Field()
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.setFixedWidth(_FIELD_WIDTH)
        self.field.setMaxLength(8000)
        self.label.setBuddy(self.field)
        self.replace = QPushButton("Ganti")
        self.keep = QPushButton("Biarkan isi lama")
        for button in (self.replace, self.keep):
            button.setAutoDefault(False)
        for column, widget in enumerate((self.mark, self.words, self.label, self.field, self.replace, self.keep)):
            grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignVCenter if column != 1 else Qt.AlignmentFlag(0))
        self.widgets = (self.mark, self.words, self.label, self.field, self.replace, self.keep)


class PasteLines(QWidget):
    """`current(problem)` when a line gets the focus; `changed` after every answer; `finished` behind the last.

    `fixes`: what is to be typed for the problems that were mended, by their place in the list.
    """

    current = Signal(object)
    changed = Signal(int)
    finished = Signal()

    def __init__(
        self,
        problems: Sequence[Problem],
        target_of: Callable[[Problem], Target],
        parent: QWidget | None = None,
        *,
        most: int = LINES,
    ) -> None:
        """`most`: the lines in sight."""
        super().__init__(parent)
        self.setAccessibleName("Sel yang tidak terbaca")
        self._problems = problems
        self._target_of = target_of
        self._drafts: dict[int, str] = {i: p.proposal or "" for i, p in enumerate(problems)}
        self._refused: dict[int, str] = {}
        self.fixes: dict[int, str] = {}
        self._kept: set[int] = set()
        self.lines: list[_Line] = []
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for row in range(min(most, len(problems))):
            grid.setRowMinimumHeight(row, LINE_HEIGHT)
            self.lines.append(self._made(grid, row))
        self._bar = QScrollBar(Qt.Orientation.Vertical)
        self._bar.setAccessibleName("Gulir sel yang tidak terbaca")
        self._bar.setRange(0, len(problems) - len(self.lines))
        self._bar.setPageStep(max(1, len(self.lines)))
        self._bar.setVisible(len(problems) > len(self.lines))
        self._bar.valueChanged.connect(self._fill)
        row_layout = QHBoxLayout(self)
        row_layout.setContentsMargins(0, 0, 0, 0)
        row_layout.setSpacing(8)
        row_layout.addLayout(grid, 1)
        row_layout.addWidget(self._bar)
        self.setFixedHeight(LINE_HEIGHT * len(self.lines))
        self._fill()

    def go_to(self, number: int) -> None:
        """Show a problem and put the caret into its field."""
        first = self._bar.value()
        if not first <= number < first + len(self.lines):
            self._bar.setValue(number if number < first else number - len(self.lines) + 1)
        field = self.lines[number - self._bar.value()].field
        field.setFocus()
        field.selectAll()
        self.current.emit(self._problems[number])

    def number_of(self, row: int, column: int) -> int | None:
        """Which problem a cell of the block is."""
        return next((i for i, p in enumerate(self._problems) if (p.row, p.column) == (row, column)), None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._bar.event(event)

    def _made(self, grid: QGridLayout, row: int) -> _Line:
        line = _Line(grid, row)
        line.field.textEdited.connect(lambda text: self._on_edited(row, text))
        line.field.entered.connect(lambda: self._on_entered(row))
        line.field.focused.connect(lambda: self.current.emit(self._problems[self._bar.value() + row]))
        line.field.moved.connect(lambda step: self._move(row, step))
        line.replace.clicked.connect(lambda: self._on_replace(row))
        line.keep.clicked.connect(lambda: self._keep(row))
        return line

    def _fill(self) -> None:
        for row, line in enumerate(self.lines):
            self._show(row, line)

    def _show(self, row: int, line: _Line) -> None:
        number = self._bar.value() + row
        problem = self._problems[number]
        target = self._target_of(problem)
        where = f"Baris {problem.row + 1}, {target.column_name}"
        fixed, kept = self.fixes.get(number), number in self._kept
        refused = self._refused.get(number)
        if fixed is not None:
            words = f"{escape(where)}: menjadi <b>{escape(short(fixed)) or 'kosong'}</b>."
        elif kept:
            words = f"{escape(where)}: isi lama dibiarkan (<b>{escape(short(target.old)) or 'kosong'}</b>)."
        elif refused:
            words = f"{escape(where)}: {escape(refused)}"
        else:
            words = f"{escape(where)}: {_bold(problem)}"
        line.mark.settled = fixed is not None or kept
        line.mark.update()
        line.words.setText(words)
        line.words.setToolTip(f"{where}, {target.row_name}\n{problem.reason}")
        if line.field.text() != self._drafts[number]:
            line.field.setText(self._drafts[number])
        line.field.setPlaceholderText("ketik teks" if target.kind == "text" else "ketik angka")
        line.field.setAccessibleName(f"Seharusnya, {where}")
        line.field.setAccessibleDescription(problem.reason)
        line.replace.setEnabled(bool(self._drafts[number].strip()))
        line.replace.setAccessibleName(f"Ganti, {where}")
        line.keep.setAccessibleName(f"Biarkan isi lama, {where}")
        line.keep.setToolTip(f"Isi lama: {target.old or 'kosong'}")

    def _on_edited(self, row: int, text: str) -> None:
        number = self._bar.value() + row
        self._drafts[number] = text
        self._refused.pop(number, None)
        if self.fixes.pop(number, None) is not None or number in self._kept:
            self._kept.discard(number)
            self.changed.emit(number)
        self._show(row, self.lines[row])

    def _on_replace(self, row: int) -> None:
        if self._replace(row):
            self._next(row)

    def _on_entered(self, row: int) -> None:
        if not self._drafts[self._bar.value() + row].strip() or self._replace(row):
            self._next(row)

    def _replace(self, row: int) -> bool:
        """Take what is typed; when it cannot be read, say why in its place."""
        number = self._bar.value() + row
        problem = self._problems[number]
        try:
            self.fixes[number] = correct(self._drafts[number], self._target_of(problem))
        except PlanError as error:
            self._refused[number] = str(error)
            self._show(row, self.lines[row])
            self.lines[row].field.setFocus()
            self.lines[row].field.selectAll()
            return False
        self._kept.discard(number)
        self._drafts[number] = self.fixes[number]
        self._show(row, self.lines[row])
        self.changed.emit(number)
        return True

    def _keep(self, row: int) -> None:
        number = self._bar.value() + row
        self.fixes.pop(number, None)
        self._refused.pop(number, None)
        self._kept.add(number)
        self._show(row, self.lines[row])
        self.changed.emit(number)
        self._next(row)

    def _next(self, row: int) -> None:
        """The field of the next problem that is open; behind the last, `finished`."""
        number = self._bar.value() + row
        settled = self.fixes.keys() | self._kept
        following = next((i for i in range(number + 1, len(self._problems)) if i not in settled), None)
        if following is None:
            self.finished.emit()
        else:
            self.go_to(following)

    def _move(self, row: int, step: int) -> None:
        number = self._bar.value() + row + step
        if 0 <= number < len(self._problems):
            self.go_to(number)


def _bold(problem: Problem) -> str:
    """The reason with the cell's text in bold."""
    text = short(problem.text)
    text = text[:4] if text.strip("#") == "" else text
    return (
        f"<b>{escape(text)}</b>{escape(problem.reason[len(text) :])}"
        if problem.reason.startswith(text)
        else escape(problem.reason)
    )
