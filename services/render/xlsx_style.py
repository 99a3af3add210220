"""How cells of a workbook look: fonts, rules, fills and alignment as openpyxl stores them, each made once."""

from types import SimpleNamespace
from typing import Any, NamedTuple

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from services.forms.parts import Shade

FONT = "Arial"
RULED = "lrtb"
"""A thin rule on each side."""
_BLACK = "FF000000"
_SIDES = {"l": "left", "r": "right", "t": "top", "b": "bottom"}
_UPWARDS = 90


class Look(NamedTuple):
    """What a cell looks like.

    `rules`: the ruled sides of "lrtb", in capitals for a double rule. `fit` makes a text smaller where its column is
    too narrow; all others are wrapped. `indent`: of three spaces each.
    """

    size: float
    bold: bool = False
    align: str = "left"
    vertical: str = "top"
    rules: str = ""
    fill: Shade | None = None
    underline: bool = False
    fit: bool = False
    format: str = "General"
    italic: bool = False
    turned: bool = False
    indent: int = 0


class Styles:
    """The numbers of the looks in a workbook, the same in all of its sheets."""

    def __init__(self, workbook: Any) -> None:
        self._sheet = SimpleNamespace(parent=workbook)
        self._ids: dict[Look, int] = {}

    def __getitem__(self, look: Look) -> int:
        found = self._ids.get(look)
        if found is None:
            found = self._ids[look] = self._add(look)
        return found

    def _add(self, look: Look) -> int:
        cell: Any = WriteOnlyCell(self._sheet)
        cell.font = Font(
            name=FONT,
            size=look.size,
            family=2,
            bold=look.bold,
            italic=look.italic,
            underline="single" if look.underline else None,
        )
        cell.alignment = Alignment(
            look.align,
            look.vertical,
            textRotation=_UPWARDS if look.turned else 0,
            wrap_text=not look.fit,
            shrink_to_fit=look.fit,
            indent=look.indent,
        )
        if look.rules:
            cell.border = _border(look.rules)
        if look.fill is not None:
            cell.fill = PatternFill("solid", fgColor=colour(look.fill))
        cell.number_format = look.format
        return int(cell.style_id)


def colour(shade: Shade) -> str:
    """A grey from 0 to 1 or "#RRGGBB" as Excel's AARRGGBB."""
    if isinstance(shade, str):
        return "FF" + shade.lstrip("#").upper()
    return "FF" + f"{round(shade * 255):02X}" * 3


def _border(rules: str) -> Border:
    styles = ((_SIDES[side.lower()], "double" if side.isupper() else "thin") for side in rules)
    return Border(**{side: Side(style, color=_BLACK) for side, style in styles})
