"""Pages that fill from the top, and the paragraphs on them."""

from collections.abc import Callable
from typing import Final

from services.forms.parts import Page, Text
from services.render.paragraphs import Paragraph, heading
from services.render.sheets import MM, Drawing, Mark, Sheet

LEAST_FOOT: Final = 8.5 * MM
"""The foot line stands here, so nothing else may, however small the margin."""
NEAR: Final = 0.01
_REMEMBERED: Final = 500
"""Paragraphs: more than are looked at ahead, and few enough that a long document does not keep all of its own."""


class Pages:
    """The sheets so far, and how far down (`y`, pt) the last one is filled.

    `turned` is told the number of sheets whenever one is begun.
    """

    def __init__(self, page: Page, turned: Callable[[int], None] | None = None) -> None:
        self.sheets: list[Sheet] = []
        self._turned = turned
        self._paragraphs: dict[tuple[Text, float], Paragraph] = {}
        self._set(page)
        self.turn()

    def _set(self, page: Page) -> None:
        self.page = page
        self.left = page.left * MM
        self.width = (page.width - page.left - page.right) * MM
        self.top = page.top * MM
        self.bottom = page.height * MM - max(page.bottom * MM, LEAST_FOOT)

    def turn(self) -> None:
        """Begin a new page."""
        self.sheets.append(Sheet(self.page.width * MM, self.page.height * MM, left=self.left))
        self.y = self.top
        if self._turned is not None:
            self._turned(len(self.sheets))

    def use(self, page: Page) -> None:
        """Go on with other settings; the page is a fresh one, and takes them on."""
        self._set(page)
        sheet = self.sheets[-1]
        sheet.width, sheet.height, sheet.left = page.width * MM, page.height * MM, self.left
        self.y = self.top

    def put(self, drawing: Drawing) -> None:
        """Show a drawing on the page."""
        self.sheets[-1].drawings.append(drawing)

    def mark(self, title: str, level: int, y: float | None = None, *, listed: bool = True) -> None:
        """Name a place of the page in the bookmarks, and in the contents where it is listed."""
        if title:
            self.sheets[-1].marks.append(Mark(title, max(level, 1), self.y if y is None else y, listed))

    @property
    def is_fresh(self) -> bool:
        """Nothing is on the page yet."""
        return self.y <= self.top + NEAR

    @property
    def height(self) -> float:
        """Of an empty page, between the margins."""
        return self.bottom - self.top

    def fits(self, need: float) -> bool:
        """Whether so much fits on the rest of the page."""
        return self.y + need <= self.bottom + NEAR

    def set(self, text: Text) -> Paragraph:
        """A text over the full width, set once for all that is asked of it while its page fills."""
        found = self._paragraphs.get((text, self.width))
        if found is None:
            if len(self._paragraphs) >= _REMEMBERED:
                self._paragraphs.clear()
            found = self._paragraphs[text, self.width] = Paragraph(text, self.width)
        return found

    def paragraph_height(self, text: Text) -> float:
        """Of the lines and the space above and below them."""
        return self.set(text).height

    def heights(self, texts: tuple[Text, ...]) -> float:
        """Of paragraphs at the top of a page."""
        height = sum(map(self.paragraph_height, texts))
        return height - (self.set(texts[0]).before if texts else 0.0)

    def start_height(self, text: Text) -> float:
        """Of what may not be torn from what stands above a paragraph: two lines of it, all of a heading."""
        lines = self.set(text)
        if text.level:
            return lines.height
        return lines.before + _together(len(lines.lines)) * lines.leading

    def is_short(self, text: Text) -> bool:
        """Whether its lines all stand on one page."""
        count = len(self.set(text).lines)
        return _together(count) == count

    def paragraph(self, text: Text, keep: float = 0.0) -> None:
        """Print a paragraph, over as many pages as it takes; its last two lines stay with what follows, `keep` high.

        No page begins or ends with a single one of its lines; a heading is not torn at all.
        """
        lines = self.set(text)
        count = len(lines.lines)
        for number in range(count):
            left = count - number
            together = _together(count) if not number else (2 if left == 2 else 1)
            if text.level and not number:
                together = count
            need = together * lines.leading + (lines.after + keep if keep and together == left else 0.0)
            if need > self.height:
                need = lines.leading
            if not number and not self.is_fresh:
                need += lines.before
            if not self.fits(need) and not self.is_fresh and (left != 1 or not keep or not number):
                self.turn()
            if not number:
                self.y += 0.0 if self.is_fresh else lines.before
                if text.level:
                    self.mark(heading(text), text.level)
            self.put(Drawing(texts=lines.placed(number, self.left, self.y)))
            self.y += lines.leading
        self.y += lines.after


def _together(count: int) -> int:
    """How many lines a paragraph of so many begins with on a page, at least."""
    return count if count <= 3 else 2
