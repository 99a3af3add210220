"""Form: an official form as data, free of any output.

A form is page settings and a list of parts; the PDF, XLSX and DOCX renderers know parts and nothing of Rencana Aksi.
Lengths are millimetres, sizes are points, greys run from 0 (black) to 1 (white). Columns and rows count from 0.
"""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

Align = Literal["left", "center", "right"]
TextAlign = Literal["left", "center", "right", "justify"]
Shade = float | str
"""A grey, or a colour such as "#FDE9A9"."""
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
        Paper("A1", 594, 841),
        Paper("A0", 841, 1189),
    )
}
"""F4 has no number of its own in Excel; 14 is Folio, 8.5 x 13 inch (215.9 x 330.2 mm), the same within a millimetre."""


@dataclass(frozen=True, slots=True)
class Page:
    """Paper, direction and margins (mm) of a form, and how its tables are fitted to them.

    `size`: the size wanted for the body of the tables, None for the form's own; all other sizes follow in proportion.
    `fit_width`: tables are stretched to the width between the margins ("muat lebar halaman"); without it they keep
    their millimetres, and only what would not fit is made narrower. `repeat_header`: table headers on every page.
    """

    paper: Paper = PAPERS["F4"]
    landscape: bool = True
    top: float = 10
    right: float = 10
    bottom: float = 12
    left: float = 10
    size: float | None = None
    fit_width: bool = True
    repeat_header: bool = True

    @property
    def width(self) -> float:
        """Of the sheet as it lies, mm."""
        return self.paper.height if self.landscape else self.paper.width

    @property
    def height(self) -> float:
        """Of the sheet as it lies, mm."""
        return self.paper.width if self.landscape else self.paper.height


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a paragraph in one style."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph over the full width: a title line, or flowing text.

    `text`: plain, or runs of different styles (`bold` and `italic` then hold for all of them). `before`, `after`: space
    above (not at the top of a page) and below, mm. `indent`: left edge of its lines, mm; `label` is printed to the left
    of the first line, `hang` mm before that edge, as the number of a list is; `first`: first line further in, mm.
    `leading`: line distance in sizes. `level`: 1 and up makes it a heading, named in bookmarks and contents, that stays
    with what follows; 0 is none.
    """

    text: str | tuple[Run, ...]
    size: float
    bold: bool = False
    align: TextAlign = "left"
    after: float = 0
    italic: bool = False
    before: float = 0
    indent: float = 0
    label: str = ""
    hang: float = 0
    first: float = 0
    leading: float = 1.2
    level: int = 0

    @property
    def plain(self) -> str:
        """The text without its styles."""
        return self.text if isinstance(self.text, str) else "".join(run.text for run in self.text)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell whose upper left corner is in the row that holds it.

    `rows` may reach over the rows of later blocks of the same table. `value` is what a workbook stores as a number,
    with `format` as its number format; None stores `text`. `repeat`: printed again with "(lanjutan)" when a page ends
    inside the cell. `sum_of`: rows of the body whose numbers in the columns `sum_from` (without any: its own) add
    up to `value` (a live SUM in a workbook). `foot`: an amount at the foot of the cell, set right, and printed again
    where `repeat` prints the text again. `hang`: lines after the first of each paragraph are so far in (mm). `turned`:
    text runs upwards. `key`: what the cell shows, such as "anggaran/<id>/pagu", kept in a hidden sheet of the workbook.
    """

    col: int
    text: str = ""
    cols: int = 1
    rows: int = 1
    align: Align = "left"
    bold: bool = False
    middle: bool = False
    fill: Shade | None = None
    size: float | None = None
    value: int | Decimal | None = None
    format: str = "General"
    repeat: bool = False
    sum_of: tuple[int, ...] | None = None
    sum_from: tuple[int, ...] = ()
    italic: bool = False
    foot: str = ""
    hang: float = 0
    turned: bool = False
    key: str = ""


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
    `leading` is the line distance in sizes. `ruled`: with the grid's rules; without them it only sets texts in columns.
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
    ruled: bool = True


@dataclass(frozen=True, slots=True)
class Signature:
    """The block that is signed: at the end on the right, never split, never alone on a page.

    An empty `nama` prints a dotted line; an empty `nip` likewise when `minta_nip`. `align`: of its lines in its width.
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
    align: Align = "left"
    nip_label: str = "NIP. "


@dataclass(frozen=True, slots=True)
class Signatures:
    """Blocks that are signed side by side, spread over the width from left to right; their names stand on one line.

    Their positions begin on one line, too: a date above one block leaves room above the others.
    """

    blocks: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """A page of its own with a double frame, not counted in the page numbers: lines at the top, middle and foot."""

    top: tuple[Text, ...] = ()
    middle: tuple[Text, ...] = ()
    bottom: tuple[Text, ...] = ()
    logo: bytes | None = None


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The kop: lines in the middle beside the logo (PNG or JPEG), a double rule below; at the top of a first page."""

    lines: tuple[Text, ...]
    logo: bytes | None = None


@dataclass(frozen=True, slots=True)
class Break:
    """What follows begins on a new page, on `page` from there on where one is given.

    `title` names that page in bookmarks and contents at the given level, without being printed. In a workbook a change
    of page begins a new sheet, called `title`.
    """

    page: Page | None = None
    title: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Contents:
    """The list of all headings and titled breaks of the form, with dots and page numbers."""

    size: float = 11
    levels: int = 3


@dataclass(frozen=True, slots=True)
class Shape:
    """A line through points (mm from the upper left corner of its figure), or an area with a ground.

    `fill`: None for a mere line; `line`: its colour, None for an area without an edge; `width`: of the line, points.
    """

    points: tuple[tuple[float, float], ...]
    fill: Shade | None = None
    line: Shade | None = 0.0
    width: float = 0.5
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text in a figure: `x` is where `align` says, `y` its baseline, both mm. `key`: as of a cell."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    italic: bool = False
    align: Align = "left"
    key: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing, such as a chart: shapes, and texts above them, in the order in which they are read.

    Made smaller where it is wider or higher than the page. A workbook holds `table` in its place, a screen reader
    `words`. `origin`: the point of the drawing (mm) that is the upper left corner of what is shown; what lies outside
    of the shown width and height is cut off.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]
    words: str = ""
    table: Table | None = None
    origin: tuple[float, float] = (0.0, 0.0)


Part = Text | Table | Signature | Signatures | Cover | Letterhead | Break | Contents | Figure


@dataclass(frozen=True, slots=True)
class Form:
    """One official form, filled in. `name` is the one of the command line, `title` the one of the window and PDF.

    `draft`: "DRAF" is written large and light across every page. `code`: of the plan's revision, small in the foot.
    `filled`: whether there is something to print, where the rows of the tables do not tell. `remark`: what one should
    know before it is printed, in a sentence.
    """

    name: str
    title: str
    parts: tuple[Part, ...]
    page: Page = field(default_factory=Page)
    draft: bool = False
    code: str = ""
    filled: bool | None = None
    remark: str = ""

    @property
    def empty(self) -> bool:
        """True where there is nothing to print: unless the form says it, where no table has a row."""
        if self.filled is not None:
            return not self.filled
        return not any(isinstance(part, Table) and part.body for part in self.parts)

    def on(self, page: Page) -> "Form":
        """The same form on other paper."""
        return replace(self, page=page)
