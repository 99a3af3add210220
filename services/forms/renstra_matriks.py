"""The matrix of the Renstra by itself: programs and the lines below them, with targets and funds of each year."""

from models.plan import Plan
from models.rows import Dokumen
from services.forms.heading import signature
from services.forms.parts import Break, Form, Page, Part, Text
from services.forms.renstra_cells import title_lines
from services.forms.renstra_matrix import matrix

_EMPTY = "Rencana ini tidak memuat program dan kegiatan."


def build(plan: Plan, dokumen: Dokumen, name: str) -> Form:
    """The second half of the form `renstra` on its own sheet."""
    page = Page()
    parts: list[Part] = []
    for part in matrix(plan, dokumen):
        if isinstance(part, Break):
            page = part.page or page
        else:
            parts.append(part)
    if not parts:
        lines = title_lines(plan, dokumen, "MATRIKS PROGRAM, KEGIATAN, INDIKATOR, TARGET DAN PENDANAAN", ())
        parts = [*lines, Text(_EMPTY, 9, italic=True, after=4)]
    return Form(name, "Matriks Renstra", (*parts, signature(plan, dokumen)), page)
