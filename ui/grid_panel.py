"""The grid with its bar: which face, which view, which columns; and what the selection adds up to."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from models.rows import Anggaran, Indikator, Row
from services.angka import Style, format_angka
from services.grid_numbers import read_number
from services.month_grid import COLUMNS, FIRST_MONTH, FIRST_QUARTER, SELISIH, Face, Kind
from ui.faces import AKSI, CAPAIAN, REALISASI, RENCANA
from ui.grid_faces import FACES, FaceSegments, period_column
from ui.grid_filter import FilterNote
from ui.grid_find import FindBar
from ui.grid_model import GridModel
from ui.grid_view import GridView
from ui.icons import icon
from ui.read_only import changing, lock
from ui.segments import Segments
from ui.session import Session

if TYPE_CHECKING:
    from ui.realisasi_period import PeriodField

BAR = 36
MOST_SUMMED = 20_000
"""Cells of a selection that are added up; of more only their number is said."""

_CHOOSE = "Pilih satu baris di pohon; indikator dan kasnya tampil di sini."
_NOTHING = "Baris ini belum punya indikator atau anggaran. Tambahkan lewat menu Susun, atau Kaitkan di atas."


class GridPanel(QWidget):
    """`selection_text(str)`: how many cells are selected, and what they come to.

    `turn_mode` and `turn_face` are the actions of Ctrl+K and Ctrl+J, for a menu.
    """

    selection_text = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._row: Row | None = None
        self._aksi: QWidget | None = None
        self._period_label: QLabel | None = None
        self.period: PeriodField | None = None
        """What capaian is as of; there once that face was shown."""
        self.model = GridModel(session, self)
        self.view = GridView(self.model, self)
        self.face = FaceSegments()
        self.mode = Segments(["Kumulatif", "Per bulan"], name="Tampilan bulan")
        self.bagi, self.kolom = QPushButton("Bagi..."), QPushButton("Kolom")
        self.catatan = QPushButton("Catatan...")
        self.note, self.find_bar = FilterNote(self.view), FindBar(self.view)
        self._empty = QLabel(_CHOOSE)
        self._stack = QStackedWidget()
        self._lay_out()
        lock(session, self.bagi)
        self.face.chosen.connect(self._on_face)
        self.mode.chosen.connect(lambda index: self._on_mode(index == 0))
        self.bagi.clicked.connect(self.open_bagi)
        self.catatan.clicked.connect(self.open_notes)
        self.view.bagi_wanted.connect(self.open_bagi)
        self.view.notes_wanted.connect(self.open_notes)
        self.view.find_wanted.connect(self.find_bar.open)
        self.view.selection_changed.connect(self._on_selection)
        self.turn_mode = self._add_action("Kumulatif atau per bulan", "Ctrl+K", self._turn_mode)
        self.turn_face = self._add_action("Rencana, realisasi, capaian, aksi", "Ctrl+J", self._turn_face)

    def show_branch(self, row: Row | None) -> None:
        """Show the branch of the row that the tree has chosen."""
        self._row = row
        self.view.set_branch(row.id if row is not None else None)
        self.model.show_branch(row)
        self._show_emptiness()
        if self._aksi is not None and self.face.index() == AKSI:
            self._aksi.show_branch(row)  # type: ignore[attr-defined]

    def go_to(self, row_id: str, column: int, face: int = RENCANA, kind: Kind | None = None) -> bool:
        """Make the cell of a budget line or an indicator current, in a face of the grid.

        `kind`: the line of one of its counts. False where the branch does not hold it, or the face stays as what is
        being typed is refused.
        """
        self.model.unfold_to(row_id)
        if self.model.row_of(row_id) is None:
            return False
        self.face.set_index(face)
        row = self.model.row_of(row_id, kind=kind)
        if row is None or self.face.index() != face:
            return False
        self.view.go_to(row, column)
        return True

    def commit(self) -> bool:
        """Take over what is being typed; False where it is refused, and stays in its cell."""
        if self._aksi is not None:
            self._aksi.commit()  # type: ignore[attr-defined]
        return self.view.commit()

    @changing
    def open_bagi(self) -> None:
        """Spread the year of the caret's line, or of each selected one, over its months."""
        block = self.view.grid_cursor.block
        if block is None or not self.view.commit():
            return
        if self.face.index() in (REALISASI, CAPAIAN):
            self.model.remark("Bagi mengisi rencana; realisasi diisi seperti yang dilaporkan.")
            return
        lines = [self.model.line(row) for row in self.model.counted(block.top, block.bottom)]
        plan = self._session.plan
        rows: list[Anggaran | Indikator] = [
            plan.get(Anggaran, line.row_id) if line.kind == "kas" else plan.get(Indikator, line.row_id)
            for line in lines
            if line.kind != "jumlah"
        ]
        if not rows:
            self.model.remark("Pilih baris kas atau indikator yang akan dibagi; baris jumlah mengikuti isinya.")
            return
        from ui.bagi_dialog import BagiDialog
        from ui.bagi_rows import BagiRowsDialog

        one = len(rows) == 1
        dialog = BagiDialog(self._session, rows[0], self) if one else BagiRowsDialog(self._session, rows, self)
        dialog.exec()
        dialog.deleteLater()

    @changing
    def open_notes(self) -> None:
        """What is said of the caret's line for the period of its column."""
        from ui.isian_notes import show_notes

        if self.view.commit():
            show_notes(self)

    def _add_action(self, text: str, key: str, do: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: do())
        self.addAction(action)
        return action

    def _turn_mode(self) -> None:
        """Running totals or single months; the actions know neither."""
        if self.face.index() in (RENCANA, REALISASI):
            self.mode.set_index(1 - self.mode.index())

    def _turn_face(self) -> None:
        self.face.turn()
        self.setFocus()

    def _lay_out(self) -> None:
        for index in (0, 1):
            self.mode.button(index).setToolTip("Tampilan bulan: Ctrl+K berganti")
        self._empty.setForegroundRole(self._empty.palette().ColorRole.PlaceholderText)
        self._empty.setContentsMargins(16, 12, 16, 12)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setWordWrap(True)
        for button, picture, says in (
            (self.bagi, "between-vertical-start", "Bagi setahun ke bulan-bulan (Ctrl+B)"),
            (self.catatan, "", "Kendala, solusi, tindak lanjut dan bukti periode sel ini (Shift+F2)"),
            (self.kolom, "columns-3", "Kolom yang ditampilkan"),
        ):
            if picture:
                button.setIcon(icon(picture))
            button.setIconSize(QSize(16, 16))
            button.setFixedHeight(24)
            button.setAutoDefault(False)
            button.setToolTip(says)
        self.columns_menu = self.view.columns.menu(self)
        self.kolom.clicked.connect(self._on_kolom)
        self._divider = QFrame()
        self._divider.setFrameShape(QFrame.Shape.VLine)
        self._divider.setFrameShadow(QFrame.Shadow.Plain)
        self._divider.setFixedHeight(20)
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 4, 12, 4)
        bar.setSpacing(8)
        bar.addWidget(self.face)
        bar.addSpacing(4)
        bar.addWidget(self._divider)
        bar.addSpacing(4)
        bar.addWidget(self.mode)
        self._period_at = bar
        bar.addStretch()
        bar.addWidget(self.bagi)
        bar.addWidget(self.catatan)
        self.catatan.hide()
        bar.addWidget(self.kolom)
        holder = QWidget()
        holder.setLayout(bar)
        holder.setFixedHeight(BAR)
        plan = QWidget()
        column = QVBoxLayout(plan)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.note)
        column.addWidget(self._empty, 1)
        column.addWidget(self.view, 1)
        column.addWidget(self.find_bar)
        self._stack.addWidget(plan)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(holder)
        layout.addWidget(self._stack, 1)
        self.model.modelReset.connect(self._show_emptiness)

    def _show_emptiness(self) -> None:
        there = self.model.rowCount() > 0 or self.model.of > 0
        self.view.setVisible(there)
        self._empty.setVisible(not there)
        self._empty.setText(_NOTHING if self._row is not None else _CHOOSE)

    def _on_face(self, index: int) -> None:
        if index == AKSI and self._aksi is None:
            from ui.schedule_panel import SchedulePanel

            self._aksi = SchedulePanel(self._session)
            self._stack.addWidget(self._aksi)
        if index == AKSI and self._aksi is not None:
            self.view.commit()
            self._aksi.show_branch(self._row)  # type: ignore[attr-defined]
        elif self._aksi is not None:
            self._aksi.commit()  # type: ignore[attr-defined]
        if index in FACES and not self._turn_grid(FACES[index]):
            return
        self._stack.setCurrentIndex(1 if index == AKSI else 0)
        self.setFocusProxy(self._aksi if index == AKSI and self._aksi is not None else self.view.months)
        if index == CAPAIAN and self.period is None:
            self._add_period()
        for widget in (self.period, self._period_label):
            if widget is not None:
                widget.setVisible(index == CAPAIAN)
        self._divider.setVisible(index != AKSI)
        self.mode.setVisible(index in (RENCANA, REALISASI))
        self.bagi.setVisible(index == RENCANA)
        self.catatan.setVisible(index == REALISASI)
        self.kolom.setVisible(index != AKSI)
        if index == CAPAIAN:
            self._reveal_period()

    def _reveal_period(self) -> None:
        """Scroll to the period that the capaian is as of, and to its predicate at the end where there is room."""
        at = period_column(self._session.plan, self._session.dokumen_id)
        if at is not None and self.model.rowCount():
            row = self.view.months.rowAt(0)
            for column in (SELISIH, at):
                if not self.view.months.isColumnHidden(column):
                    self.view.months.scrollTo(self.model.index(max(row, 0), column))

    def _add_period(self) -> None:
        """What the capaian is as of, beside the faces."""
        from ui.realisasi_period import PeriodField

        self.period = PeriodField(self._session)
        self.period.setFixedHeight(24)
        self._period_label = self.period.label()
        at = self._period_at.indexOf(self.mode) + 1
        self._period_at.insertWidget(at, self._period_label)
        self._period_at.insertWidget(at + 1, self.period, 1)

    def _turn_grid(self, face: Face) -> bool:
        """Show a face of the grid; False where what is being typed is refused, and the face stays."""
        if face != self.model.face and not self.view.commit():
            self.face.set_index(next(index for index, one in FACES.items() if one == self.model.face))
            return False
        self.model.set_face(face)
        return True

    def _on_kolom(self) -> None:
        self.columns_menu.popup(self.kolom.mapToGlobal(QPoint(0, self.kolom.height())))

    def _on_mode(self, kumulatif: bool) -> None:
        if self.view.commit():
            self.model.set_kumulatif(kumulatif)
        else:
            self.mode.set_index(0 if self.model.kumulatif else 1)

    def _on_selection(self) -> None:
        block = self.view.grid_cursor.block
        if block is None or block.single:
            self.selection_text.emit("")
            return
        columns = [column for column in self.view.grid_cursor.columns if block.left <= column <= block.right]
        count = len(columns) * (block.bottom - block.top + 1)
        said = f"{count} sel dipilih"
        if count <= MOST_SUMMED:
            said += self._summed(block.top, columns)
        self.selection_text.emit(said)

    def _summed(self, row: int, columns: list[int]) -> str:
        if self.model.face == "capaian":
            return ""
        return self._rise(row, columns) if self.model.kumulatif else self._sum()

    def _sum(self) -> str:
        """In single months: what the selected numbers add up to."""
        cells = self.view.grid_cursor.cells()
        read = [read_number(self.model.text(*c), Style.INDONESIAN) for c in cells if c[1] >= FIRST_MONTH]
        numbers = [number for number in read if number is not None]
        return f"   Jumlah  {format_angka(sum(numbers, Decimal()))}" if numbers else ""

    def _rise(self, row: int, columns: list[int]) -> str:
        """In running totals: by how much the first line rises from the first month to the last one."""
        months = [column for column in columns if FIRST_MONTH <= column < FIRST_QUARTER]
        if len(months) < 2:
            return ""
        first, last = (read_number(self.model.text(row, c), Style.INDONESIAN) for c in (months[0], months[-1]))
        if first is None or last is None:
            return ""
        sign = "+" if last >= first else ""
        return f"   Baris {row + 1}, {COLUMNS[months[0]]} ke {COLUMNS[months[-1]]}  {sign}{format_angka(last - first)}"
