"""Captions of tables and figures as Word counts them (SEQ fields), and the lists that it makes of them (TOC fields)."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from services.forms.parts import Table, Text
from services.render.docx_xml import field, run
from services.render.paragraphs import heading

STYLE: Final = "Caption"
LIST_STYLE: Final = "TableofFigures"
LIST_NAME: Final = "table of figures"
_LEAST_LEVEL: Final = 4
"""Of a heading that is a caption, below those of the sections."""
_CAPTION = re.compile(r"(Tabel|Gambar|Grafik|Bagan) (?:([0-9]+)\.)?([0-9]+)(?= )")
_DOTS = re.compile(r" \.{2,}$")


class Caption(NamedTuple):
    """ "Tabel 3.2 Capaian" in its pieces: `word` "Tabel", `chapter` "3" or "", `number` 2, `rest` " Capaian"."""

    word: str
    chapter: str
    number: int
    rest: str

    @property
    def counted(self) -> str:
        """What it is counted with: a grafik is one of the gambar."""
        return "Tabel" if self.word == "Tabel" else "Gambar"


def caption_of(text: Text) -> Caption | None:
    """The pieces of a caption; None for any other text."""
    words = heading(text)
    found = _CAPTION.match(words) if text.level >= _LEAST_LEVEL else None
    return Caption(found[1], found[2] or "", int(found[3]), words[found.end() :]) if found else None


def listed(table: Table) -> list[tuple[str, str]]:
    """(caption, page number) of each row of a printed list of captions; [] for any other table."""
    if table.ruled or table.header or table.total or table.title or len(table.widths) != 2:
        return []
    found: list[tuple[str, str]] = []
    for block in table.body:
        for row in block:
            texts = [cell.text or cell.foot for cell in row.cells]
            if len(texts) != 2 or not _CAPTION.match(texts[0]) or not texts[1].isdigit():
                return []
            found.append((_DOTS.sub("", texts[0]), texts[1]))
    return found


def word_of(entries: Sequence[tuple[str, str]]) -> str:
    """What a list of captions counts: "Tabel"."""
    found = caption_of(Text(entries[0][0], 10, level=_LEAST_LEVEL))
    return found.counted if found else ""


class Counter:
    """Writes the numbers of captions so that Word, which counts each word anew in each bab, comes to the same."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def begin_chapter(self) -> None:
        """A heading of the first level."""
        self._last.clear()

    def xml(self, caption: Caption, *, bold: bool | None, italic: bool | None, size: float | None) -> str:
        """The runs of a caption, its number a field."""
        follows = self._last.get(caption.counted, 0) + 1 == caption.number
        self._last[caption.counted] = caption.number
        anew = " \\s 1" if caption.chapter and follows else ""
        told = "" if follows else f" \\r {caption.number}"
        code = f"SEQ {caption.counted} \\* ARABIC{anew}{told}"
        before = f"{caption.word} {caption.chapter}." if caption.chapter else f"{caption.word} "
        number = field(code, str(caption.number))
        return (
            f"{run(before, bold=bold, italic=italic, size=size)}{number}"
            f"{run(caption.rest, bold=bold, italic=italic, size=size)}"
        )
