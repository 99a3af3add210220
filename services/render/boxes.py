"""A cell on its way over the pages: its lines, its foot, and what of them has been printed."""

from services.forms.parts import Cell, Table
from services.render.slots import Line, Slot


class Box:
    """A cell in its grid: rows `row` to `end`, and what of it has been printed.

    `done` counts the printed lines. `tallest`: the line distance of its largest lines, those of its foot with them.
    `is_plain`: set from the top in the table's size, with nothing else; `is_empty`: without anything to print.
    """

    __slots__ = ("cell", "done", "end", "font", "is_empty", "is_plain", "leading", "lines", "row", "slot", "tallest")

    foot: tuple[Line, ...] = ()
    footed: bool = True

    def __init__(self, cell: Cell, slot: Slot, row: int, end: int, table: Table) -> None:
        self.cell = cell
        self.slot = slot
        self.row = row
        self.end = end
        self.done = 0
        self.lines, font = slot.lines(cell.text)
        self.font = slot.font if cell.turned else font
        self.leading = self.tallest = table.leading * self.font.size
        self.is_empty = not self.lines
        self.is_plain = self.font.size == table.size and not (cell.middle or cell.turned)

    @property
    def left(self) -> int:
        """How many lines are still to be printed, the foot's with them."""
        return len(self.lines) - self.done + (0 if self.footed else len(self.foot))


class FootedBox(Box):
    """A cell with an amount at its foot; `footed` tells whether it has been printed."""

    __slots__ = ("foot", "foot_font", "footed")

    def __init__(self, cell: Cell, slot: Slot, row: int, end: int, table: Table, foot: Slot) -> None:
        super().__init__(cell, slot, row, end, table)
        self.foot, self.foot_font = foot.lines(cell.foot)
        self.footed = not self.foot
        if self.foot:
            self.tallest = max(self.leading, table.leading * self.foot_font.size)
        self.is_empty = not self.lines and not self.foot
        self.is_plain = self.is_plain and not self.foot
