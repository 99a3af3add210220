"""Blocks that are signed, alone on the right or side by side; lengths are points."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from services.forms.parts import Signature, Signatures
from services.render.fonts import Font, face
from services.render.paragraphs import few_lines
from services.render.sheets import MM, SHARE, Drawing, Fill, Placed
from services.render.wrapping import wrap

LEADING: Final = 1.25
ABOVE: Final = 8 * MM
_BETWEEN: Final = 6 * MM
_SMALLER: Final = 0.9
_DOTS_NAMA: Final = "." * 38
_DOTS_NIP: Final = "." * 20


class _Block(NamedTuple):
    """A block on its place: `date` and `head` stand above the room for the signature, `foot` below, the name first."""

    x: float
    width: float
    part: Signature
    date: list[str]
    head: list[str]
    nama: list[str]
    foot: list[str]

    @property
    def leading(self) -> float:
        return LEADING * self.part.size

    @property
    def bold(self) -> bool:
        """Known names are bold and underlined, dots are neither."""
        return bool(self.part.nama.strip())


class Signing:
    """Signature blocks within `width`, made smaller where they are higher than `tallest`."""

    def __init__(self, part: Signature | Signatures, width: float, tallest: float) -> None:
        blocks = part.blocks if isinstance(part, Signatures) else (part,)
        alone = isinstance(part, Signature)
        self._set(blocks, width, alone)
        while self.height > tallest and blocks[0].size > 0.5:
            blocks = tuple(
                replace(block, size=block.size * _SMALLER, gap=min(block.gap, 0.3 * tallest / MM)) for block in blocks
            )
            self._set(blocks, width, alone)

    def _set(self, parts: Sequence[Signature], width: float, alone: bool) -> None:
        self._blocks = []
        share = width / max(len(parts), 1)
        for number, part in enumerate(parts):
            room = min(part.width * MM, width if alone else max(share - _BETWEEN, share / 2))
            x = width - room if alone else number * share + (share - room) / 2
            self._blocks.append(_block(part, x, room))
        self._date = max((len(block.date) * block.leading for block in self._blocks), default=0.0)
        self._head = self._date + max((len(block.head) * block.leading for block in self._blocks), default=0.0)
        self._gap = max((block.part.gap * MM for block in self._blocks), default=0.0)
        foot = max(((len(block.nama) + len(block.foot)) * block.leading for block in self._blocks), default=0.0)
        self.height = self._head + self._gap + foot

    def draw(self, left: float, top: float) -> Drawing:
        """All blocks, one after the other, with their upper edge at `top`."""
        drawing = Drawing()
        names = top + self._head + self._gap
        for block in self._blocks:
            leading, part = block.leading, block.part
            plain = Font(face(), part.size)
            bold = Font(face(bold=block.bold), part.size)
            y = top + self._date - len(block.date) * leading
            for line in (*block.date, *block.head):
                _put(drawing, block, line, plain, left, y)
                y += leading
            y = names
            for line in block.nama:
                placed = _put(drawing, block, line, bold, left, y)
                if block.bold:
                    width = bold.width(line)
                    drawing.fills.append(Fill(placed.x, placed.y + 0.1 * part.size, width, 0.07 * part.size, 0.0))
                y += leading
            for line in block.foot:
                _put(drawing, block, line, plain, left, y)
                y += leading
        return drawing


def _block(part: Signature, x: float, width: float) -> _Block:
    plain, bold = Font(face(), part.size), Font(face(bold=True), part.size)
    date = list(wrap(few_lines(part.tempat_tanggal), plain, width))
    head = [line for text in part.jabatan for line in wrap(few_lines(text), plain, width)]
    nama = wrap(few_lines(part.nama), bold, width) or wrap(_DOTS_NAMA, plain, width)
    nip = part.nip or (_DOTS_NIP if part.minta_nip else "")
    below = (part.pangkat, f"{part.nip_label}{nip}" if nip else "")
    foot = [line for text in below for line in wrap(few_lines(text), plain, width)]
    return _Block(x, width, part, date, head, list(nama), foot)


def _put(drawing: Drawing, block: _Block, line: str, font: Font, left: float, y: float) -> Placed:
    x = left + block.x + SHARE[block.part.align] * (block.width - font.width(line))
    placed = Placed(x, y + font.cap, line, font)
    drawing.texts.append(placed)
    return placed
