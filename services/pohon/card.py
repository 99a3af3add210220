"""The box of a node: its texts set in lines, and so its height; lengths are points."""

from collections.abc import Sequence
from typing import Final

from services.pohon.nodes import Node
from services.render.fonts import Font, face
from services.render.runs import set_lines
from services.render.sheets import Placed
from services.render.wrapping import NO_BREAK
from services.rupiah import format_rupiah
from services.terms import LEVEL_NAMES

_LEADING: Final = 1.18
SMALLER: Final = 0.85
"""Sizes of the level's name and of marks, in those of the text, where the box is not dense."""
_SHORT: Final = 14
"""Characters of a target up to which it stays on one line."""
_PADDING: Final = 0.45
_BAND: Final = 1.5


def padding_of(size: float) -> float:
    """Between edge and text of a box with text of so many points."""
    return size * _PADDING


def band_of(size: float) -> float:
    """Least height of the band with the level's name."""
    return size * _BAND


class Card:
    """A box without its place: `height` and `band` that its texts take in a given `width`.

    Args:
        marks: what is missing here, in words.
        refers: what it serves, or is served by, beside its place in the tree.
        hidden: boxes that are folded away.
        dense: the penanggung jawab stands in the band, and the white is less, and no text is smaller.
    """

    def __init__(
        self,
        node: Node,
        size: float,
        width: float,
        marks: Sequence[str] = (),
        hidden: int = 0,
        refers: Sequence[str] = (),
        *,
        dense: bool = False,
    ) -> None:
        self.node, self.width, self.marks, self.hidden = node, width, tuple(marks), hidden
        self.texts: list[Placed] = []
        self._padding = padding_of(size) * (0.8 if dense else 1.0)
        self._y = 0.0
        small = size if dense else size * SMALLER
        title = node.title or (node.text if not node.row_id else LEVEL_NAMES.get(node.level, ""))
        self._say(title.upper(), Font(face(True), small))
        if dense and node.position:
            self._say(node.position, Font(face(False, True), small))
        self._y = self.band = max(band_of(size) * (0.8 if dense else 1.0), self._y + self._padding)
        self._y += self._padding * 0.6
        if node.position and not dense:
            self._say(node.position, Font(face(True), size))
        if node.row_id:
            self._say(node.text or "Belum ada uraian", Font(face(False, not node.text), size))
        for measure in node.measures:
            short = len(measure.target) <= _SHORT
            told = measure.target.replace(" ", NO_BREAK) if short else measure.target
            target = f": {told}" if told else ""
            self._say(f"• {measure.text}{target}", Font(face(), size), hang=size * 0.7)
        for line in node.lines:
            self._say(f"{LEVEL_NAMES[line.level]} {line.name}{_amount(line.pagu)}", Font(face(False, True), size))
        if node.pagu is not None:
            self._say(_amount(node.pagu).strip(), Font(face(), size))
        for text in refers:
            self._say(text, Font(face(False, True), small), hang=small * 1.1)
        for mark in marks:
            self._say(f"\u25b2 {mark}", Font(face(True), small), hang=small * 1.1)
        if hidden:
            self._say(f"+ {hidden} kotak", Font(face(True), small))
        bare = not (node.row_id or marks or refers or hidden or node.measures)
        self.height = self.band if bare else self._y + self._padding

    def _say(self, text: str, font: Font, hang: float = 0.0) -> None:
        if not self.texts:
            self._y = self._padding * 0.7
        for line in set_lines([(text, font)], self.width - 2 * self._padding, 0.0, hang):
            self._y += font.size * _LEADING
            self.texts.append(Placed(self._padding + line.x, self._y - font.size * 0.25, line.text, font))

    def texts_at(self, x: float, y: float) -> tuple[Placed, ...]:
        """Its texts where its upper left corner is at (x, y)."""
        return tuple(text._replace(x=text.x + x, y=text.y + y) for text in self.texts)


def _amount(pagu: int | None) -> str:
    return "" if pagu is None else f" Rp{NO_BREAK}{format_rupiah(pagu)}"
