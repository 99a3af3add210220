"""The pages of a PDF as sizes and pictures, through PDFium.

PDFium knows no threads, so every call is made under one lock; and nothing of it outlives a call, so that nothing is
ever closed in the wrong thread. Opening the bytes anew for each page costs less than can be measured beside drawing it.
"""

import ctypes

from PySide6.QtGui import QImage

from services.render.pdfium import LOCK

MM_PER_POINT = 25.4 / 72

Size = tuple[float, float]
"""Width and height in mm."""

_pdfium = LOCK


def page_sizes(pdf: bytes) -> tuple[Size, ...]:
    """The size of each page, as it lies."""
    with _pdfium:
        from pypdfium2 import PdfDocument

        document = PdfDocument(pdf)
        try:
            points = [document.get_page_size(number) for number in range(len(document))]
        finally:
            document.close()
    return tuple((width * MM_PER_POINT, height * MM_PER_POINT) for width, height in points)


def draw_page(pdf: bytes, number: int, width: int, height: int) -> QImage:
    """A page (from 0) as a picture of so many pixels, on white. May be called in any thread."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    pixels = (ctypes.c_ubyte * image.sizeInBytes()).from_buffer(image.bits())
    with _pdfium:
        from pypdfium2 import PdfBitmap, PdfDocument, raw

        document = PdfDocument(pdf)
        try:
            page = document[number]
            bitmap = PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGRx, False, pixels, image.bytesPerLine())
            raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT)
            bitmap.close()
            page.close()
        finally:
            document.close()
    return image
