"""A paragraph set between two edges: its lines, how high they are, and where they stand."""

from typing import Final

from services.forms.parts import Run, Text
from services.render.fonts import Font, face
from services.render.runs import Piece, SetLine, place, set_lines
from services.render.sheets import MM, Placed
from services.render.wrapping import NO_BREAK, clean

_MOST_LINES: Final = 12
_MOST_INDENT: Final = 1 / 2
_MOST_LABEL: Final = 1 / 3
"""A label that would push the first line further in than this share of it is set as the first words instead."""


def one_line(text: str) -> str:
    """A text in one line, as a label or bookmark shows it."""
    return " ".join(clean(text).split())


def few_lines(text: str) -> str:
    """A text with its line ends, or without them where there are more than anyone means."""
    text = clean(text).strip(" \n")
    return text if text.count("\n") < _MOST_LINES else text.replace("\n", " ")


def heading(text: Text) -> str:
    """What bookmarks and contents call a heading: its number and its words."""
    return one_line(f"{text.label} {text.plain}")


def styled(text: Text) -> list[Run]:
    """The text as runs, each in the style that it is printed in."""
    if isinstance(text.text, str):
        return [Run(text.text, text.bold, text.italic)]
    return [Run(run.text, run.bold or text.bold, run.italic or text.italic) for run in text.text]


class Paragraph:
    """The lines of a text over `width` points; `before`, `after`, `leading` are points."""

    def __init__(self, text: Text, width: float) -> None:
        self.text = text
        self.leading = text.leading * text.size
        self.before = text.before * MM
        self.after = text.after * MM
        self._font = Font(face(text.bold, text.italic), text.size)
        self._indent = min(max(text.indent, 0.0) * MM, _MOST_INDENT * width)
        self._width = width - self._indent
        self._label = one_line(text.label)
        self.lines = self._lines()

    @property
    def height(self) -> float:
        """Of the lines and the space above and below them."""
        return self.before + len(self.lines) * self.leading + self.after

    def _lines(self) -> list[SetLine]:
        text = self.text
        runs = [(run.text, Font(face(run.bold, run.italic), text.size)) for run in styled(text)]
        start = 0.0
        if self._label:
            self._label_x = max(self._indent - text.hang * MM, 0.0)
            start = self._label_x + self._font.width(f"{self._label} ") - self._indent
            if start > _MOST_LABEL * self._width:
                runs.insert(0, (f"{self._label} ", self._font))
                self._label, start = "", 0.0
        if not start and (whole := self._one_line(runs)):
            return whole
        first = min(max(text.first * MM, 0.0), _MOST_INDENT * self._width)
        lines = set_lines(runs, self._width, first, 0.0, start)
        return lines or ([SetLine((), 0.0, 0.0, True)] if self._label else [])

    def _one_line(self, runs: list[tuple[str, Font]]) -> list[SetLine]:
        """A plain text that fits into one line, which keeps all its spaces: they may be room for the pen."""
        if len(runs) != 1 or self.text.first or "  " not in runs[0][0]:
            return []
        words = clean(runs[0][0]).strip(" \n").replace(NO_BREAK, " ")
        width = runs[0][1].width(words)
        if not words or "\n" in words or width > self._width:
            return []
        return [SetLine(((Piece(words, runs[0][1]),),), 0.0, width, True)]

    def placed(self, number: int, x: float, y: float) -> list[Placed]:
        """The texts of a line, its upper edge at `y` and the paragraph's left edge at `x`."""
        baseline = y + self._font.cap
        texts = place(self.lines[number], x + self._indent, baseline, self._width, self.text.align)
        if self._label and not number:
            label = f"{self._label} " if texts else self._label
            texts.insert(0, Placed(x + self._label_x, baseline, label, self._font))
        return texts
