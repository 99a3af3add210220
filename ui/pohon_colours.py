"""The colours of the chart's boxes by level, in both palettes; the level stands in the band in words as well."""

from typing import Final

from PySide6.QtGui import QColor

from services.pohon.scene import COLOURS
from ui.colours import colours

_DARK: Final = {
    "tujuan": "#27476B",
    "sasaran_strategis": "#23513A",
    "sasaran_program": "#5C4718",
    "sasaran_kegiatan": "#55325A",
    "sasaran_sub_kegiatan": "#1F5058",
    "sasaran_individu": "#454B52",
    "program": "#5C4718",
    "kegiatan": "#55325A",
    "sub_kegiatan": "#1F5058",
    "": "#333A41",
}
SHORT: Final = {
    "tujuan": "T",
    "sasaran_strategis": "SS",
    "sasaran_program": "SP",
    "sasaran_kegiatan": "SK",
    "sasaran_sub_kegiatan": "SSK",
    "sasaran_individu": "SI",
    "program": "P",
    "kegiatan": "K",
    "sub_kegiatan": "SubK",
}
"""What names the level in a box that has no room for its name."""


def band_colour(level: str, *, dark: bool | None = None) -> QColor:
    """Ground of the band that names a level; texts in the palette's colour reach 4.5 : 1 on it."""
    table = _DARK if (colours().dark if dark is None else dark) else COLOURS
    return QColor(table.get(level, table[""]))
