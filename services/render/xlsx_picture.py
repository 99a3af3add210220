"""A logo in a sheet, through openpyxl."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D

_EMU = 12_700
"""English Metric Units of a point."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image and its size in points; its upper left corner lies in a cell, `right` points from its left edge."""

    image: Any
    width: float
    height: float
    column: int
    row: int
    right: float = 0

    def put(self, sheet: Any) -> None:
        """Show it in a sheet."""
        marker = AnchorMarker(col=self.column, colOff=round(self.right * _EMU), row=self.row - 1)
        self.image.anchor = OneCellAnchor(
            marker, XDRPositiveSize2D(round(self.width * _EMU), round(self.height * _EMU))
        )
        sheet.add_image(self.image)


def picture(data: bytes, height: float, *, column: int, row: int, middle: float | None = None) -> Picture | None:
    """A PNG or JPEG of a height in points; None where it is neither.

    Args:
        column, row: of its corner; columns count from 0, rows from 1.
        middle: points from the left edge of the column to the middle of the picture; None: it begins at the edge.
    """
    try:
        image = Image(BytesIO(data))
    except OSError:
        return None
    width = image.width / image.height * height
    return Picture(image, width, height, column, row, max(middle - width / 2, 0.0) if middle is not None else 0.0)
