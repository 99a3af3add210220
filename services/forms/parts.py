"""Form: an official form as data, free of any output.

A form is page settings and a list of parts; the PDF and XLSX renderers know parts and nothing of Rencana Aksi.
Lengths are millimetres, sizes are points, greys run from 0 (black) to 1 (white). Columns and rows count from 0.
"""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

Align = Literal["left", "center", "right"]
LANJUTAN = "(lanjutan)"


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet, upright. `excel` is its number in a workbook's page set-up, None where Excel knows no such sheet."""

    name: str
    width: float
    height: float
    excel: int | None = None


PAPERS: dict[str, Paper] = {
    paper.name: paper
    for paper in (
        Paper("F4", 215, 330, 14),
        Paper("F4-210", 210, 330, 14),
        Paper("A4", 210, 297, 9),
        Paper("Legal", 215.9, 355.6, 5),
        Paper("A3", 297, 420, 8),
        Paper("A2", 420, 594, 66),
    )
}
"""F4 has no number of its own in Excel; 14 is Folio, 8.5 x 13 inch (215.9 x 330.2 mm), the same within a millimetre."""


@dataclass(frozen=True, slots=True)
class Page:
    """Paper, direction and margins (mm) of a form."""

    paper: Paper = PAPERS["F4"]
    landscape: bool = True
    top: float = 10
    right: float = 10
    bottom: float = 12
    left: float = 10

    @property
    def width(self) -> float:
        """Of the sheet as it lies, mm."""
        return self.paper.height if self.landscape else self.paper.width

    @property
    def height(self) -> float:
        """Of the sheet as it lies, mm."""
        return self.paper.width if self.landscape else self.paper.height


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph over the full width, such as a title line. `after`: space below, mm."""

    text: str
    size: float
    bold: bool = False
    align: Align = "left"
    after: float = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell whose upper left corner is in the row that holds it.

    `rows` may reach over the rows of later blocks of the same table. `value` is what a workbook stores as a number,
    with `format` as its number format; None stores `text`. `repeat`: printed again with "(lanjutan)" when a page ends
    inside the cell. `sum_of`: rows of the body whose numbers in the same column add up to `value` (a live SUM in a
    workbook).
    """

    col: int
    text: str = ""
    cols: int = 1
    rows: int = 1
    align: Align = "left"
    bold: bool = False
    middle: bool = False
    fill: float | None = None
    size: float | None = None
    value: int | Decimal | None = None
    format: str = "General"
    repeat: bool = False
    sum_of: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """The cells that begin in one row, left to right; `height` is the least height in mm, text makes it taller."""

    cells: tuple[Cell, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Table:
    """A header grid, blocks of rows that stay together, and total rows.

    `title` is printed above the header on the first page, and on every page if `repeat_title`; the header is printed on
    every page. A block is split only when it is taller than a page. `size` and `padding` (mm) are of the body cells,
    `leading` is the line distance in sizes.
    """

    widths: tuple[float, ...]
    header: tuple[Row, ...]
    body: tuple[tuple[Row, ...], ...]
    total: tuple[Row, ...] = ()
    title: tuple[Text, ...] = ()
    repeat_title: bool = False
    size: float = 8
    padding: float = 1.3
    leading: float = 1.25


@dataclass(frozen=True, slots=True)
class Signature:
    """The block that is signed: at the end on the right, never split, never alone on a page.

    An empty `nama` prints a dotted line; an empty `nip` likewise when `minta_nip`.
    """

    tempat_tanggal: str
    jabatan: tuple[str, ...]
    nama: str = ""
    pangkat: str = ""
    nip: str = ""
    minta_nip: bool = True
    width: float = 82
    size: float = 8.5
    gap: float = 22


Part = Text | Table | Signature


@dataclass(frozen=True, slots=True)
class Form:
    """One official form, filled in. `name` is the one of the command line, `title` the one of the window and PDF."""

    name: str
    title: str
    parts: tuple[Part, ...]
    page: Page = field(default_factory=Page)

    @property
    def empty(self) -> bool:
        """True where no table has a row to print."""
        return not any(isinstance(part, Table) and part.body for part in self.parts)

    def on(self, page: Page) -> "Form":
        """The same form on other paper."""
        return replace(self, page=page)
