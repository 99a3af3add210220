"""The bundled typeface: where it is, how wide its text runs, what it lacks, and how it goes into a PDF."""

import re
import sys
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

_ROOT = Path(__file__).resolve().parents[2]
_FILES = {
    (False, False): "LiberationSans-Regular",
    (True, False): "LiberationSans-Bold",
    (False, True): "LiberationSans-Italic",
    (True, True): "LiberationSans-BoldItalic",
}
_loading = Lock()


def font_file(name: str) -> Path:
    """A bundled font, in the repository or in the unpacked program of PyInstaller."""
    return Path(getattr(sys, "_MEIPASS", _ROOT)) / "resources" / "fonts" / f"{name}.ttf"


class _AnyGlyph(dict[int, int]):
    """Code points to glyphs; one that the font lacks is its empty box.

    reportlab gives such characters no code of their own, so that they could not be searched or copied any more.
    """

    def __contains__(self, code: object) -> bool:
        return True

    def __missing__(self, code: int) -> int:
        return 0


class _Advances(dict[str, float]):
    """Characters to widths in sizes; one that the font lacks is as wide as the empty box."""

    box = 0.75

    def __missing__(self, char: str) -> float:
        return self.box


class _EmbeddedFont(TTFont):  # type: ignore[misc]  # reportlab has no types
    """A TrueType font whose ToUnicode map is right for all of Unicode."""

    def addObjects(self, doc: Any) -> None:
        """Write the map anew: reportlab's has five digits above U+FFFF, and names U+0000 for codes not in use."""
        subsets = self.state[doc].subsets
        super().addObjects(doc)
        for number, codes in enumerate(subsets):
            name = f"{SUBSETN(number).decode()}+{self.face.name.decode()}{self.face.subfontNameX.decode()}"
            stream = doc.idToObject[f"toUnicodeCMap:{name}"]
            stream.content = _to_unicode(stream.content, codes)


def _to_unicode(cmap: str, codes: list[int]) -> str:
    """Reportlab's map with its list of characters replaced, at most 100 to a section as the format asks."""
    known = [(place, chr(code)) for place, code in enumerate(codes) if code]
    pairs = [f"<{place:02X}> <{char.encode('utf-16-be', 'replace').hex().upper()}>" for place, char in known]
    sections = []
    for start in range(0, len(pairs), 100):
        chunk = pairs[start : start + 100]
        sections.append("\n".join([f"{len(chunk)} beginbfchar", *chunk, "endbfchar"]))
    return re.sub(r"\d+ beginbfchar.*endbfchar", lambda _: "\n".join(sections), cmap, flags=re.DOTALL)


class Face:
    """One weight of the typeface. Widths and heights are in sizes: times points gives points."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.ttf = _EmbeddedFont(name, str(font_file(name)), asciiReadable=1)
        metrics = self.ttf.face
        self._glyphs = frozenset(metrics.charToGlyph)
        metrics.charToGlyph = _AnyGlyph(metrics.charToGlyph)
        self.advances = _Advances((chr(code), width / 1000) for code, width in metrics.charWidths.items())
        self.advances.box = metrics.defaultWidth / 1000
        self.cap: float = metrics.capHeight / 1000
        self.width = lru_cache(maxsize=1 << 16)(self.measure)
        pdfmetrics.registerFont(self.ttf)

    def measure(self, text: str) -> float:
        """Width of a line of text; `width` is the same and remembers."""
        return sum(map(self.advances.__getitem__, text))

    def lacks(self, chars: Iterable[str]) -> set[str]:
        """Those of the characters that would print as an empty box."""
        return {char for char in chars if ord(char) not in self._glyphs}


class Font(NamedTuple):
    """A face at a size in points."""

    face: Face
    size: float

    def width(self, text: str) -> float:
        """Of a line of text, pt."""
        return self.face.width(text) * self.size

    @property
    def cap(self) -> float:
        """Height of a capital, pt."""
        return self.face.cap * self.size


@cache
def _load(bold: bool, italic: bool) -> Face:
    return Face(_FILES[bold, italic])


def face(bold: bool = False, italic: bool = False) -> Face:
    """The face of that weight, loaded once."""
    with _loading:
        return _load(bold, italic)
