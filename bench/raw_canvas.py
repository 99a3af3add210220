"""The same texts at the same places by reportlab's own `drawString`: no layout, no rules, no fills.

The least that a PDF with those texts can cost in Python with this library.
"""

from collections.abc import Sequence
from functools import cache
from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from services.forms.parts import Form
from services.render.fonts import font_file
from services.render.layout import lay_out

Placed = tuple[float, float, str, str, float, bool]
"""Left end, baseline from below, text, name of the font, size, whether it runs upwards."""
Pages = list[tuple[tuple[float, float], list[Placed]]]
"""Of each page its size and its texts."""


@cache
def _registered(face: str) -> str:
    """Reportlab's plain font of a face; ours is another class with a map of its own."""
    name = f"bench-{face}"
    pdfmetrics.registerFont(TTFont(name, str(font_file(face))))
    return name


def placed_texts(form: Form) -> Pages:
    """Where our own layout puts each line of text."""
    return [
        (
            (sheet.width, sheet.height),
            [
                (
                    text.x,
                    sheet.height - text.y,
                    text.text,
                    _registered(text.font.face.name),
                    text.font.size,
                    text.turned,
                )
                for text in sheet.texts
            ],
        )
        for sheet in lay_out(form)
    ]


def draw(pages: Pages) -> bytes:
    """A PDF with nothing but these texts."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=pages[0][0], pageCompression=1)
    for size, texts in pages:
        canvas.setPageSize(size)
        _draw_page(canvas, texts)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw_page(canvas: Canvas, texts: Sequence[Placed]) -> None:
    font: tuple[str, float] | None = None
    for x, y, text, name, size, turned in texts:
        if font != (name, size):
            font = (name, size)
            canvas.setFont(name, size)
        if turned:
            canvas.saveState()
            canvas.translate(x, y)
            canvas.rotate(90)
            canvas.drawString(0, 0, text)
            canvas.restoreState()
        else:
            canvas.drawString(x, y, text)
