"""What is done to the selected cells of a grid: the clipboard, emptying, filling. Each is one undo step."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from models.rows import Anggaran, Indikator
from services.angka import Style
from services.grid_fill import continued
from services.grid_numbers import read_number, suffix_of
from services.month_grid import COLUMN_NAMES, SATUAN, SETAHUN, URAIAN
from services.paste_cells import Block as Cells
from services.paste_cells import is_missing
from services.values import is_worked_out
from ui.grid_cursor import Block
from ui.grid_model import Cell
from ui.read_only import changing
from ui.session import Session

if TYPE_CHECKING:
    from services.paste import Target
    from ui.grid_view import GridView

Typed = tuple[Cell, str]


class GridCommands:
    """Commands of one grid."""

    def __init__(self, view: "GridView") -> None:
        self._view = view

    @property
    def session(self) -> Session:
        """The plan that is shown."""
        return self._view.model.session

    def offered(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        """(text, key, what it does) for the menu; ("", "", ...) is a line."""
        view = self._view
        yield "Po&tong", "Ctrl+X", self.cut
        yield "&Salin", "Ctrl+C", self.copy
        yield "Tem&pel", "Ctrl+V", self.paste
        yield "K&osongkan", "Del", self.empty_selection
        yield "", "", self.copy
        yield "Isi ke &bawah", "Ctrl+D", self.fill_down
        yield "Isi ke k&anan", "Ctrl+R", self.fill_right
        if view.model.face == "rencana":
            yield "Ba&gi...", "Ctrl+B", view.bagi_wanted.emit
        else:
            yield "Catatan &periode...", "Shift+F2", view.notes_wanted.emit
        yield "", "", self.copy
        yield "&Cari dan ganti...", "Ctrl+H", view.find_wanted.emit
        yield "&Urutkan dan saring...", "Ctrl+Shift+L", lambda: view.show_filter(view.current().column())
        yield "&Kolom...", "", view.show_columns
        yield "R&iwayat sel ini...", "Ctrl+Alt+H", self._history
        how = view.model.arrangement
        if how.conditions or how.sort is not None:
            yield "Hapus sari&ngan" if how.conditions else "U&rutan rencana", "Esc", view.plain_order

    def _history(self) -> None:
        from ui.history_dialog import show_cell_history

        show_cell_history(self._view)

    def copy(self) -> None:
        """Put the selected block on the clipboard."""
        from ui import clipboard

        rows = self._rows()
        if rows:
            model = self._view.model
            texts = [[model.text(*cell) for cell in row] for row in rows]
            numbers = [[self._number(cell) for cell in row] for row in rows]
            QGuiApplication.clipboard().setMimeData(clipboard.write(texts, numbers=numbers))

    @changing
    def cut(self) -> None:
        """Copy, then empty."""
        self.copy()
        self.empty_selection("potong sel")

    @changing
    def paste(self) -> None:
        """Type the clipboard's block from the selection's first cell on.

        One value fills the selection; a block is repeated where the selection is a multiple of it.
        """
        from ui import clipboard
        from ui.paste_dialog import resolve

        view, block = self._view, self._view.grid_cursor.block
        if block is None or not view.commit():
            return
        read = clipboard.read(QGuiApplication.clipboard().mimeData())
        if not any(read):
            view.model.remark("Papan klip kosong; tidak ada yang ditempel.")
            return
        down, right = self._times(block, len(read), len(read[0]))
        cells = Cells([line * right for line in read] * down, source=read.source, cut=read.cut)
        columns = [column for column in view.grid_cursor.columns if column >= block.left][: len(cells[0])]
        top = next(iter(view.model.counted(block.top, block.bottom)), block.top)
        later = (row for row in range(top + 1, view.model.rowCount()) if not view.model.is_context(row))
        rows = [top, *itertools.islice(later, len(cells) - 1)]
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
        writable = sum(target is not None for line in targets for target in line)
        if not writable:
            view.model.remark(view.model.why_not(top, block.left))
        elif view.model.type_block("tempel", wanted):
            view.grid_cursor.put((top, block.left), (rows[-1], columns[-1]))
            self._tell_pasted(cells, targets, len(wanted))

    def _tell_pasted(self, cells: Cells, targets: "Sequence[Sequence[Target | None]]", typed: int) -> None:
        """What of a pasted block did not go in, and why."""
        pairs = [pair for line, into in zip(cells, targets, strict=True) for pair in zip(line, into, strict=True)]
        outside = sum(target is None and not is_missing(cell) for cell, target in pairs)
        missing = sum(target is not None and is_missing(cell) for cell, target in pairs)
        said = [f"{outside} tidak, karena di luar kisi yang diisi"] if outside else []
        said += [f"{missing} tetap, karena barisnya lebih pendek"] if missing else []
        said += ["sisanya tidak dibaca karena terlalu banyak"] if cells.cut else []
        numbers = [(cell, into.kind == "rupiah") for cell, into in pairs if into is not None and into.kind != "text"]
        reckoned = sum(is_worked_out(cell, money=money) for cell, money in numbers)
        said += [f"{reckoned} di antaranya dihitung"] if reckoned else []
        if said:
            self._view.model.remark(f"{typed} sel ditempel; {'; '.join(said)}.")

    @changing
    def empty_selection(self, label: str = "kosongkan sel") -> None:
        """Delete: empty the selected cells. A name is emptied only where nothing but names is selected."""
        cells = self._view.grid_cursor.cells()
        names = all(column == URAIAN for _, column in cells)
        self._view.model.type_block(label, [(cell, "") for cell in cells if names or cell[1] != URAIAN])

    def type_all(self, text: str) -> None:
        """Ctrl+Enter: the same into all selected cells."""
        cells = list(self._view.grid_cursor.cells())
        if self._view.model.type_block("isi sel", [(cell, text) for cell in cells]):
            first = next((cell for cell in cells if self._view.model.takes_typing(*cell)), cells[0])
            self._view.model.tell_reckoned(*first, text)

    @changing
    def fill_down(self) -> None:
        """Ctrl+D: the first row of the selection into the others; of one row, the row above into it."""
        rows, model = self._rows(), self._view.model
        if len(rows) == 1 and rows[0][0][0] == 0:
            model.remark("Tidak ada baris di atasnya untuk disalin ke bawah.")
        elif len(rows) == 1:
            above = rows[0][0][0] - 1
            rows = [[(above, column) for _, column in rows[0]], *rows]
        if len(rows) > 1:
            first = [model.text(*cell) for cell in rows[0]]
            cells = [(cell, text) for row in rows[1:] for cell, text in zip(row, first, strict=True)]
            model.type_block("isi ke bawah", cells)

    @changing
    def fill_right(self) -> None:
        """Ctrl+R: the first column of the selection into the others; of one column, the one to its left into it."""
        view, rows = self._view, self._rows()
        if rows and len(rows[0]) == 1:
            rows = [[view.grid_cursor.beside(row[0], 0, -1), *row] for row in rows]
        cells = [(cell, view.model.text(*row[0])) for row in rows for cell in row[1:] if cell != row[0]]
        if cells:
            view.model.type_block("isi ke kanan", cells)
        else:
            view.model.remark("Tidak ada kolom di kirinya untuk disalin ke kanan.")

    def fill_over(self, over: Block) -> None:
        """The fill handle has been pulled from the selection over a block that contains it."""
        view, block = self._view, self._view.grid_cursor.block
        if block is None or over == block:
            return
        down = over.top != block.top or over.bottom != block.bottom
        shown = [column for column in view.grid_cursor.columns if over.left <= column <= over.right]
        rows = view.model.counted(over.top, over.bottom)
        wanted: list[Typed] = []
        if down:
            back = over.top < block.top
            for column in shown:
                of = [(row, column) for row in view.model.counted(block.top, block.bottom)]
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
        view.model.remark("Kolom di sebelahnya kosong, jadi tidak ada batas untuk diisi. Tarik gagangnya.")

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
        """How often a block of the clipboard is repeated downwards and to the right.

        As in a spreadsheet a row of months goes into each selected line also where one column only is selected.
        """
        high = len(self._view.model.counted(block.top, block.bottom)) or 1
        wide = len([c for c in self._view.grid_cursor.columns if block.left <= c <= block.right])
        if (high > rows and high % rows) or (wide > columns and wide % columns):
            return 1, 1
        return max(1, high // rows), max(1, wide // columns)

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
        indikator = plan.find(Indikator, line.row_id) if line.kind != "kas" else None
        names = {"row_name": model.text(cell[0], URAIAN), "column_name": COLUMN_NAMES[column]}
        if column < SETAHUN:
            return Target(kind="text", old=model.text(*cell), annual=None, **names)
        if indikator is None:
            line_pagu = plan.get(Anggaran, line.row_id).pagu
            annual = None if line_pagu is None else str(line_pagu)
            return Target(kind="rupiah", old=model.text(*cell), annual=annual, **names)
        annual, old = indikator.target if line.kind == "target" else None, model.text(*cell)
        return Target(kind="target", old=old, annual=annual, indikator_id=indikator.id, **names)
