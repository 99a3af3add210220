"""What is done to the selected cells of a grid: the clipboard, emptying, filling. Each is one undo step."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from models.rows import Anggaran, Indikator
from services.angka import Style
from services.grid_fill import continued
from services.grid_numbers import read_number, suffix_of
from services.month_grid import COLUMN_NAMES, FIRST_QUARTER, SATUAN, SETAHUN, URAIAN
from ui.grid_cursor import Block
from ui.grid_model import Cell

if TYPE_CHECKING:
    from services.paste import Target
    from ui.grid_view import GridView

Typed = tuple[Cell, str]


class GridCommands:
    """Commands of one grid."""

    def __init__(self, view: "GridView") -> None:
        self._view = view

    def offered(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        """(text, key, what it does) for the menu; ("", "", ...) is a line."""
        view = self._view
        yield "Potong", "Ctrl+X", self.cut
        yield "Salin", "Ctrl+C", self.copy
        yield "Tempel", "Ctrl+V", self.paste
        yield "Kosongkan", "Del", self.empty_selection
        yield "", "", self.copy
        yield "Isi ke bawah", "Ctrl+D", self.fill_down
        yield "Isi ke kanan", "Ctrl+R", self.fill_right
        yield "Bagi...", "Ctrl+B", view.bagi_wanted.emit
        yield "", "", self.copy
        yield "Cari dan ganti...", "Ctrl+H", view.find_wanted.emit

    def why_not(self, cell: Cell) -> str:
        """Why a cell takes no typing, and what to do."""
        line = self._view.model.line(cell[0])
        if line.kind == "jumlah":
            return "Baris ini jumlah dari baris di bawahnya; ubah baris-baris itu."
        if cell[1] == SATUAN:
            return "Satuan anggaran selalu rupiah."
        if cell[1] >= FIRST_QUARTER:
            return f"Kolom {COLUMN_NAMES[cell[1]]} dihitung dari bulan-bulannya; ubah bulannya."
        return "Rencana baris ini per triwulan; isi bulan penutup triwulan."

    def copy(self) -> None:
        """Put the selected block on the clipboard."""
        from ui import clipboard

        rows = self._rows()
        if rows:
            model = self._view.model
            texts = [[model.text(*cell) for cell in row] for row in rows]
            numbers = [[self._number(cell) for cell in row] for row in rows]
            QGuiApplication.clipboard().setMimeData(clipboard.write(texts, numbers=numbers))

    def cut(self) -> None:
        """Copy, then empty."""
        self.copy()
        self.empty_selection("potong sel")

    def paste(self) -> None:
        """Type the clipboard's block from the selection's first cell on.

        One value fills the selection; a block is repeated where the selection is a multiple of it.
        """
        from ui import clipboard
        from ui.paste_dialog import resolve

        view, block = self._view, self._view.grid_cursor.block
        read: Sequence[Sequence[str]] = clipboard.read(QGuiApplication.clipboard().mimeData())
        if block is None or not any(read) or not view.commit():
            return
        width = max(len(line) for line in read)
        cells = [[*line, *[""] * (width - len(line))] for line in read]
        down, right = self._times(block, len(cells), width)
        cells = [line * right for line in cells] * down
        columns = [column for column in view.grid_cursor.columns if column >= block.left][: len(cells[0])]
        rows = range(block.top, min(block.top + len(cells), view.model.rowCount()))
        targets: list[list[Target | None]] = [[None] * len(line) for line in cells]
        for r, row in enumerate(rows):
            for c, column in enumerate(columns):
                targets[r][c] = self._target((row, column))
        texts = resolve(view, cells, targets)
        if texts is None:
            return
        wanted = [
            ((rows[r], columns[c]), text)
            for r, line in enumerate(texts)
            for c, text in enumerate(line)
            if text is not None and r < len(rows) and c < len(columns) and targets[r][c] is not None
        ]
        places = sum(len(line) for line in cells)
        writable = sum(target is not None for line in targets for target in line)
        if view.model.type_block("tempel", wanted):
            view.grid_cursor.put((block.top, block.left), (rows[-1], columns[-1]))
            if places > writable:
                left_out = places - writable
                view.model.remark(f"{writable} sel ditempel; {left_out} tidak, karena di luar kisi yang diisi.")

    def empty_selection(self, label: str = "kosongkan sel") -> None:
        """Delete: empty the selected cells. A name is emptied only where nothing but names is selected."""
        cells = self._view.grid_cursor.cells()
        names = all(column == URAIAN for _, column in cells)
        self._view.model.type_block(label, [(cell, "") for cell in cells if names or cell[1] != URAIAN])

    def type_all(self, text: str) -> None:
        """Ctrl+Enter: the same into all selected cells."""
        self._view.model.type_block("isi sel", [(cell, text) for cell in self._view.grid_cursor.cells()])

    def fill_down(self) -> None:
        """Ctrl+D: the first row of the selection into the others; of one row, the row above into it."""
        rows, model = self._rows(), self._view.model
        if len(rows) == 1 and rows[0][0][0] > 0:
            above = rows[0][0][0] - 1
            rows = [[(above, column) for _, column in rows[0]], *rows]
        if len(rows) > 1:
            first = [model.text(*cell) for cell in rows[0]]
            cells = [(cell, text) for row in rows[1:] for cell, text in zip(row, first, strict=True)]
            model.type_block("isi ke bawah", cells)

    def fill_right(self) -> None:
        """Ctrl+R: the first column of the selection into the others; of one column, the one to its left into it."""
        view, rows = self._view, self._rows()
        if rows and len(rows[0]) == 1:
            rows = [[view.grid_cursor.beside(row[0], 0, -1), *row] for row in rows]
        cells = [(cell, view.model.text(*row[0])) for row in rows for cell in row[1:] if cell != row[0]]
        if cells:
            view.model.type_block("isi ke kanan", cells)

    def fill_over(self, over: Block) -> None:
        """The fill handle has been pulled from the selection over a block that contains it."""
        view, block = self._view, self._view.grid_cursor.block
        if block is None or over == block:
            return
        down = over.top != block.top or over.bottom != block.bottom
        shown = [column for column in view.grid_cursor.columns if over.left <= column <= over.right]
        rows = range(over.top, over.bottom + 1)
        wanted: list[Typed] = []
        if down:
            back = over.top < block.top
            for column in shown:
                of = [(row, column) for row in range(block.top, block.bottom + 1)]
                into = [(row, column) for row in rows if not block.top <= row <= block.bottom]
                wanted += self._continue(of, into, back=back)
        else:
            back = over.left < block.left
            for row in rows:
                of = [(row, column) for column in shown if block.left <= column <= block.right]
                into = [(row, column) for column in shown if not block.left <= column <= block.right]
                wanted += self._continue(of, into, back=back)
        if view.model.type_block("isi dengan menarik", wanted):
            view.grid_cursor.put((over.top, over.left), (over.bottom, over.right))

    def fill_to_end(self) -> None:
        """A double click on the handle: down to the end of what the neighbouring column holds."""
        view, block = self._view, self._view.grid_cursor.block
        if block is None:
            return
        for beside in (view.grid_cursor.beside((block.top, block.left), 0, -1)[1], self._right_of(block)):
            last = block.bottom
            while last + 1 < view.model.rowCount() and view.model.text(last + 1, beside):
                last += 1
            if last > block.bottom and not block.left <= beside <= block.right:
                self.fill_over(block._replace(bottom=last))
                return

    def _right_of(self, block: Block) -> int:
        return self._view.grid_cursor.beside((block.top, block.right), 0, 1)[1]

    def _continue(self, of: list[Cell], into: list[Cell], *, back: bool) -> list[Typed]:
        """Cells to be filled from those that are selected; grey sums neither give nor take."""
        model = self._view.model
        own = [cell for cell in of if model.takes_typing(*cell)] or of
        into = [cell for cell in (reversed(into) if back else into) if model.takes_typing(*cell)]
        texts = continued([model.text(*cell) for cell in own], len(into), back=back)
        return list(zip(into, texts, strict=True))

    def _rows(self) -> list[list[Cell]]:
        """The selected cells by rows."""
        rows: dict[int, list[Cell]] = {}
        for cell in self._view.grid_cursor.cells():
            rows.setdefault(cell[0], []).append(cell)
        return list(rows.values())

    def _times(self, block: Block, rows: int, columns: int) -> tuple[int, int]:
        """How often a block of the clipboard is repeated downwards and to the right."""
        high = block.bottom - block.top + 1
        wide = len([c for c in self._view.grid_cursor.columns if block.left <= c <= block.right])
        if high % rows == 0 and wide % columns == 0:
            return high // rows, wide // columns
        return 1, 1

    def _number(self, cell: Cell) -> str | None:
        """What another program takes as the number of a cell: plain digits with a dot; None for a text."""
        model = self._view.model
        if cell[1] <= SATUAN:
            return None
        text = model.text(*cell)
        value = read_number(text, Style.INDONESIAN)
        return None if value is None or suffix_of(text) else f"{value:f}"

    def _target(self, cell: Cell) -> "Target | None":
        """What the paste has to know of a cell."""
        from services.paste import Target

        model = self._view.model
        if not model.takes_typing(*cell):
            return None
        line, column = model.line(cell[0]), cell[1]
        plan = model.session.plan
        indikator = plan.find(Indikator, line.row_id) if line.kind == "target" else None
        names = {"row_name": model.text(cell[0], URAIAN), "column_name": COLUMN_NAMES[column]}
        if column < SETAHUN:
            return Target(kind="text", old=model.text(*cell), annual=None, **names)
        if indikator is None:
            line_pagu = plan.get(Anggaran, line.row_id).pagu
            annual = None if line_pagu is None else str(line_pagu)
            return Target(kind="rupiah", old=model.text(*cell), annual=annual, **names)
        annual, old = indikator.target, model.text(*cell)
        return Target(kind="target", old=old, annual=annual, indikator_id=indikator.id, **names)
