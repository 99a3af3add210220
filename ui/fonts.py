"""The letters of the window: Segoe UI on Windows, the bundled Noto Sans elsewhere. Digits have one width in both."""

import sys
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from services.resources import resource

SMALL = 11
TEXT = 12
LIST_HEADING = 13
DETAILS_HEADING = 15
PROGRAM_NAME = 20

_FACES = ("Regular", "SemiBold")


@cache
def _family() -> str:
    """The family's name; loads the bundled files the first time. There must be a QGuiApplication."""
    if sys.platform == "win32" and "Segoe UI" in QFontDatabase.families():
        return "Segoe UI"
    loaded = [QFontDatabase.addApplicationFont(str(resource("fonts", f"NotoSans-{face}.ttf"))) for face in _FACES]
    return QFontDatabase.applicationFontFamilies(loaded[0])[0]


def ui_font(px: int = TEXT, semibold: bool = False) -> QFont:
    """A font of the window, its size in pixels at 100 %: 11 small, 12 text, 13 and 15 headings, 20 the name."""
    font = QFont(_family())
    font.setPixelSize(px)
    font.setWeight(QFont.Weight.DemiBold if semibold else QFont.Weight.Normal)
    return font


def semibold(font: QFont) -> QFont:
    """The same font, semibold."""
    heavier = QFont(font)
    heavier.setWeight(QFont.Weight.DemiBold)
    return heavier
