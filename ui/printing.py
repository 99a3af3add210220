"""A PDF on paper: its pages as pictures at the printer's resolution, each at its true size; into a file as it is."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRect, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QWidget

from models.errors import PlanError
from models.files import write_whole
from services.forms.parts import Page
from ui.pdf_pages import Size, draw_page, page_sizes
from ui.tasks import Cancelled, Progress

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

MOST_DPI = 300
_MM_PER_INCH = 25.4
_BROKEN = "Pencetak tidak dapat dipakai. Periksa apakah menyala dan terhubung, lalu cetak lagi."


def printer_for(page: Page, title: str) -> "QPrinter":
    """A printer set to the paper of a form, on which the whole sheet is painted on."""
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setCreator("Renaksi")
    printer.setFullPage(True)
    printer.setPageLayout(page_layout(page))
    return printer


def printer_like(printer: "QPrinter", chosen_for: Page, page: Page, title: str) -> "QPrinter":
    """The printer that was chosen for one form, set up for another.

    Another paper than the form's own (`chosen_for`) was chosen for all forms.
    """
    other = printer_for(page, title)
    if _is_file(printer):
        path = Path(printer.outputFileName())
        other.setOutputFormat(type(printer).OutputFormat.PdfFormat)
        other.setOutputFileName(str(path.with_name(f"{path.stem} {title}{path.suffix}")))
    else:
        other.setPrinterName(printer.printerName())
    other.setResolution(printer.resolution())
    other.setCopyCount(printer.copyCount())
    other.setCollateCopies(printer.collateCopies())
    other.setPageOrder(printer.pageOrder())
    other.setColorMode(printer.colorMode())
    other.setDuplex(printer.duplex())
    other.setFullPage(True)
    layout, paper = page_layout(page), printer.pageLayout().pageSize()
    if not paper.isEquivalentTo(page_layout(chosen_for).pageSize()):
        layout.setPageSize(paper, QMarginsF())
    other.setPageLayout(layout)
    return other


def page_layout(page: Page) -> QPageLayout:
    """The sheet as Qt names it; without ExactMatch F4 would turn into the nearest American size."""
    size = QSizeF(page.paper.width, page.paper.height)
    paper = QPageSize(size, QPageSize.Unit.Millimeter, page.paper.name, QPageSize.SizeMatchPolicy.ExactMatch)
    direction = QPageLayout.Orientation.Landscape if page.landscape else QPageLayout.Orientation.Portrait
    layout = QPageLayout(paper, direction, QMarginsF(), QPageLayout.Unit.Millimeter)
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def ask_printer(printer: "QPrinter", count: int, parent: QWidget, title: str = "Cetak") -> bool:
    """Let the officer choose printer, pages and copies; False where that was called off. `count` 0: not yet known."""
    from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog

    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, bool(count))
    if count:
        dialog.setMinMax(1, count)
        dialog.setFromTo(1, count)
        dialog.setPrintRange(QAbstractPrintDialog.PrintRange.AllPages)
    wanted = printer.pageLayout()
    accepted = dialog.exec() == QPrintDialog.DialogCode.Accepted.value
    dialog.deleteLater()
    if _is_file(printer):
        # The dialog knows no paper of its own for a file and would turn F4 into the system's usual one.
        printer.setPageLayout(wanted)
    return accepted


def _is_file(printer: "QPrinter") -> bool:
    return printer.outputFormat() == type(printer).OutputFormat.PdfFormat


def print_pdf(pdf: bytes, printer: "QPrinter", progress: Progress) -> int:
    """Paint the chosen pages on the printer and return how many sheets went out. May be called in any thread.

    A page that lies where the first one stands turns its sheet. What `progress` raises calls the whole job off.

    Raises:
        PlanError: the printer does not take them.
    """
    sizes = page_sizes(pdf)
    sheets = list(_sheets(printer, len(sizes)))
    if _is_file(printer) and sheets == list(range(len(sizes))) and _is_paper_of(printer, sizes[0]):
        write_whole(Path(printer.outputFileName()), lambda out: out.write(pdf))
        return len(sheets)
    ways = printer.pageLayout().orientation(), _other(printer.pageLayout().orientation())
    turned = [_lies(size) != _lies(sizes[0]) for size in sizes]
    if sheets and turned[sheets[0]]:
        printer.setPageOrientation(ways[1])
    painter = QPainter()
    if not sheets or not painter.begin(printer):
        raise PlanError(_BROKEN)
    try:
        for done, number in enumerate(sheets):
            progress(done, len(sheets), f"Mencetak halaman {number + 1}")
            if done:
                printer.setPageOrientation(ways[turned[number]])
                if not printer.newPage():
                    raise PlanError(_BROKEN)
            _paint(painter, printer, pdf, number, sizes[number])
    except Cancelled:
        printer.abort()
        raise
    finally:
        painter.end()
    return len(sheets)


def _is_paper_of(printer: "QPrinter", size: Size) -> bool:
    """Whether the printer's sheet is that of the page, lying or upright, within a millimetre."""
    sheet = printer.pageLayout().fullRect(QPageLayout.Unit.Millimeter)
    pairs = zip(sorted((sheet.width(), sheet.height())), sorted(size), strict=True)
    return all(abs(one - other) < 1 for one, other in pairs)


def _lies(size: Size) -> bool:
    return size[0] > size[1]


def _other(way: QPageLayout.Orientation) -> QPageLayout.Orientation:
    lying, standing = QPageLayout.Orientation.Landscape, QPageLayout.Orientation.Portrait
    return standing if way == lying else lying


def _sheets(printer: "QPrinter", count: int) -> Iterator[int]:
    """The pages (from 0) in the order in which they are to come out."""
    first, last = printer.fromPage() or 1, min(printer.toPage() or count, count)
    pages = list(range(first - 1, last))
    if printer.pageOrder() == type(printer).PageOrder.LastPageFirst:
        pages.reverse()
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if printer.collateCopies():
        for _ in range(copies):
            yield from pages
    else:
        for page in pages:
            yield from [page] * copies


def _paint(painter: QPainter, printer: "QPrinter", pdf: bytes, number: int, size: tuple[float, float]) -> None:
    """A page in the middle of the sheet: at its true size, or smaller where another paper was chosen."""
    resolution = printer.resolution()
    sheet = QRectF(printer.pageLayout().fullRectPixels(resolution))
    per_mm = min(resolution / _MM_PER_INCH, sheet.width() / size[0], sheet.height() / size[1])
    place = QRectF(0, 0, size[0] * per_mm, size[1] * per_mm)
    place.moveCenter(QRectF(0, 0, sheet.width(), sheet.height()).center())
    finest = min(1.0, MOST_DPI / resolution)
    image = draw_page(pdf, number, round(place.width() * finest), round(place.height() * finest))
    painter.drawImage(place.toRect() if finest == 1.0 else place, image, QRect(image.rect()))
