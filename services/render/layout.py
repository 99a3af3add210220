"""From a Form to finished sheets: where each line of text and each rule of each page stands.

Pure: no canvas, no file. The cost is linear in the number of rows.
"""

from collections.abc import Iterable
from itertools import takewhile
from typing import Final, NamedTuple

from services.forms.parts import Form, Part, Signature, Table, Text
from services.render.fonts import Font, face
from services.render.paging import Pages, TableFlow
from services.render.sheets import MM, Drawing, Fill, Placed, Sheet
from services.render.wrapping import clean, wrap

_FOOT_SIZE: Final = 7.0
_FOOT_BASELINE: Final = 5 * MM
_SIGNATURE_LEADING: Final = 1.25
_ABOVE_SIGNATURE: Final = 8 * MM
_BELOW_TABLE: Final = 4 * MM
_SHORT_RUN: Final = 1 / 3
"""Paragraphs above a table that take no more of a page than this are its heading and stay with it."""
_DOTS_NAMA: Final = "." * 38
_DOTS_NIP: Final = "." * 20


def lay_out(form: Form) -> list[Sheet]:
    """The pages of a form, at least one."""
    pages = Pages(form.page)
    _Flow(pages, form.parts).run()
    font = Font(face(), _FOOT_SIZE)
    for number, sheet in enumerate(pages.sheets, 1):
        text = f"Halaman {number} dari {len(pages.sheets)}"
        x = (sheet.width - font.width(text)) / 2
        sheet.drawings.append(Drawing(texts=[Placed(x, sheet.height - _FOOT_BASELINE, text, font)]))
    return pages.sheets


def missing_glyphs(form: Form) -> set[str]:
    """The characters of a form that its typeface lacks, so that they print as an empty box."""
    found: dict[bool, set[str]] = {False: set(), True: set()}
    for text, bold in _texts(form.parts):
        found[bold].update(text)
    return {
        char
        for bold, chars in found.items()
        for char in face(bold).lacks(clean("".join(sorted(chars))))
        if char != "\n"
    }


def _texts(parts: Iterable[Part]) -> Iterable[tuple[str, bool]]:
    """All texts of the parts, and whether they are bold."""
    for part in parts:
        if isinstance(part, Text):
            yield part.text, part.bold
        elif isinstance(part, Table):
            yield from _texts(part.title)
            for block in (part.header, *part.body, part.total):
                for row in block:
                    yield from ((cell.text, cell.bold) for cell in row.cells)
        else:
            yield part.nama, True
            yield from ((line, False) for line in (part.tempat_tanggal, *part.jabatan, part.pangkat, part.nip))


class _Line(NamedTuple):
    """A line of a signature block, with the space above it."""

    text: str
    font: Font
    above: float = 0.0
    underlined: bool = False


class _Flow:
    """The parts of a form, one after another."""

    def __init__(self, pages: Pages, parts: tuple[Part, ...]) -> None:
        self._pages = pages
        self._parts = parts
        widest = max((sum(part.widths) for part in parts if isinstance(part, Table)), default=0.0)
        self._scale = pages.width / widest if widest else MM
        self._tables: dict[int, TableFlow] = {}

    def run(self) -> None:
        """Place all parts."""
        for number, part in enumerate(self._parts):
            before = self._parts[number - 1] if number else None
            if isinstance(before, Table) and not isinstance(part, Signature) and not self._pages.is_fresh:
                self._pages.y += _BELOW_TABLE
            if isinstance(part, Text):
                self._place_text(number, part, before)
            elif isinstance(part, Table):
                if isinstance(before, Signature):
                    self._pages.turn()
                self._table(number, part).run(self._tail(number + 1))
            else:
                self._place_signature(part)

    def _table(self, number: int, table: Table) -> TableFlow:
        if number not in self._tables:
            self._tables[number] = TableFlow(self._pages, table, self._scale)
        return self._tables[number]

    def _tail(self, number: int) -> float:
        """Height of what stays with a table's end: all that follows up to the last signature before the next table."""
        tail = height = 0.0
        for part in self._parts[number:]:
            if isinstance(part, Table):
                break
            if isinstance(part, Signature):
                height += self._signature_height(part)
                tail = height
            else:
                height += self._pages.paragraph_height(part) + (0.0 if height else _BELOW_TABLE)
        return tail

    def _place_text(self, number: int, text: Text, before: Part | None) -> None:
        """Print a paragraph; a short run of them stays with the table below it, the last one with a signature too."""
        if not isinstance(before, Text):
            self._begin_run(number, after_signature=isinstance(before, Signature))
        keep = 0.0
        after = self._parts[number + 1] if number + 1 < len(self._parts) else None
        if isinstance(after, Signature):
            keep = self._signature_height(after)
        elif isinstance(after, Table):
            keep = self._start_height(number + 1, after)
        self._pages.paragraph(text, keep)

    def _begin_run(self, number: int, after_signature: bool) -> None:
        """Turn the page before a run of paragraphs that is the heading of a table, if it would be torn from it."""
        pages = self._pages
        run = list(takewhile(lambda part: isinstance(part, Text), self._parts[number:]))
        end = number + len(run)
        after = self._parts[end] if end < len(self._parts) else None
        if pages.is_fresh or not isinstance(after, Table):
            return
        height = sum(pages.paragraph_height(part) for part in run if isinstance(part, Text))
        need = height + self._start_height(end, after)
        is_heading = height <= _SHORT_RUN * pages.height and need <= pages.height
        if after_signature or (is_heading and not pages.fits(need)):
            pages.turn()

    def _start_height(self, number: int, table: Table) -> float:
        return self._table(number, table).start_height(self._tail(number + 1))

    def _signature_lines(self, part: Signature) -> list[_Line]:
        width = min(part.width * MM, self._pages.width)
        plain, bold = Font(face(), part.size), Font(face(bold=True), part.size)
        head = (part.tempat_tanggal, *part.jabatan)
        lines = [_Line(line, plain) for text in head for line in wrap(text, plain, width)]
        nama = [_Line(line, bold, underlined=True) for line in wrap(part.nama, bold, width)]
        nama = nama or [_Line(line, plain) for line in wrap(_DOTS_NAMA, plain, width)]
        lines.append(nama[0]._replace(above=part.gap * MM))
        lines.extend(nama[1:])
        nip = part.nip or (_DOTS_NIP if part.minta_nip else "")
        for text in (part.pangkat, f"NIP. {nip}" if nip else ""):
            lines.extend(_Line(line, plain) for line in wrap(text, plain, width))
        return lines

    def _signature_height(self, part: Signature) -> float:
        lines = self._signature_lines(part)
        return _ABOVE_SIGNATURE + part.gap * MM + len(lines) * _SIGNATURE_LEADING * part.size

    def _place_signature(self, part: Signature) -> None:
        pages = self._pages
        if not pages.fits(self._signature_height(part)) and not pages.is_fresh:
            pages.turn()
        if not pages.is_fresh:
            pages.y += _ABOVE_SIGNATURE
        x = pages.left + pages.width - min(part.width * MM, pages.width)
        leading = _SIGNATURE_LEADING * part.size
        for line in self._signature_lines(part):
            if not pages.fits(line.above + leading):
                pages.turn()
            pages.y += line.above
            y = pages.y + line.font.cap
            drawing = Drawing(texts=[Placed(x, y, line.text, line.font)])
            if line.underlined:
                drawing.fills.append(Fill(x, y + 0.1 * part.size, line.font.width(line.text), 0.07 * part.size, 0.0))
            pages.put(drawing)
            pages.y += leading
