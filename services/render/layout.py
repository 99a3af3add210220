"""From a Form to finished sheets: where each line of text and each rule of each page stands.

Pure: no canvas, no file. The cost is linear in the number of rows.
"""

from collections.abc import Callable, Iterable
from typing import Final

from services.forms.parts import Break, Contents, Cover, Figure, Form, Letterhead, Part, Run, Signatures, Table, Text
from services.render.flow import Flow
from services.render.fonts import Font, face
from services.render.paragraphs import one_line, styled
from services.render.sheets import MM, Drawing, Placed, Sheet
from services.render.sizing import sized
from services.render.wrapping import clean

_FOOT_SIZE: Final = 7.0
_CODE_SIZE: Final = 5.5
_FOOT_BASELINE: Final = 5 * MM
_BESIDE: Final = 4 * MM


def lay_out(form: Form, turned: Callable[[int], None] | None = None) -> list[Sheet]:
    """The pages of a form, at least one.

    Args:
        turned: told the number of pages so far whenever a page is begun; what it raises ends the work.
    """
    sheets = Flow(sized(form), turned).run()
    code = one_line(form.code)
    count = sum(sheet.counted for sheet in sheets)
    number = 0
    for sheet in sheets:
        sheet.draft = form.draft
        if sheet.counted:
            number += 1
            sheet.drawings.append(_foot(sheet, f"Halaman {number} dari {count}", code))
    return sheets


def _foot(sheet: Sheet, text: str, code: str) -> Drawing:
    """The line at the foot of a page: the code of what is printed on the left, the number in the middle."""
    font = Font(face(), _FOOT_SIZE)
    x, y = (sheet.width - font.width(text)) / 2, sheet.height - _FOOT_BASELINE
    drawing = Drawing()
    if code:
        words = f"Kode cetakan {code}"
        size = min(_CODE_SIZE, max(x - sheet.left - _BESIDE, _BESIDE) / max(face().measure(words), 1e-6))
        drawing.texts.append(Placed(sheet.left, y, words, Font(face(), size)))
    drawing.texts.append(Placed(x, y, text, font))
    return drawing


def missing_glyphs(form: Form) -> set[str]:
    """The characters of a form that its typeface lacks, so that they print as an empty box."""
    found: dict[tuple[bool, bool], set[str]] = {}
    for run in _texts(form.parts):
        found.setdefault((run.bold, run.italic), set()).update(run.text)
    return {
        char
        for style, chars in found.items()
        for char in face(*style).lacks(clean("".join(sorted(chars))))
        if char != "\n"
    }


def _texts(parts: Iterable[Part]) -> Iterable[Run]:
    """All texts of the parts as runs."""
    for part in parts:
        if isinstance(part, Text):
            yield from styled(part)
            yield Run(part.label, part.bold, part.italic)
        elif isinstance(part, Table):
            yield from _texts(part.title)
            for block in (part.header, *part.body, part.total):
                for row in block:
                    for cell in row.cells:
                        yield Run(cell.text, cell.bold, cell.italic)
                        if cell.foot:
                            yield Run(cell.foot, cell.bold, cell.italic)
        elif isinstance(part, Cover):
            yield from _texts((*part.top, *part.middle, *part.bottom))
        elif isinstance(part, Letterhead):
            yield from _texts(part.lines)
        elif isinstance(part, Break):
            yield Run(part.title)
        elif isinstance(part, Figure):
            yield from (Run(label.text, label.bold, label.italic) for label in part.labels)
        elif isinstance(part, Signatures):
            yield from _texts(part.blocks)
        elif not isinstance(part, Contents):
            yield Run(part.nama, bold=True)
            lines = (part.tempat_tanggal, *part.jabatan, part.pangkat, part.nip_label, part.nip)
            yield from map(Run, lines)
