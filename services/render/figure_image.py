"""A figure as a picture (PNG), or as SVG: the page that the PDF would hold, and nothing beside it."""

from html import escape
from io import BytesIO
from typing import BinaryIO, Final

from models.errors import PlanError
from services.forms.parts import Figure, Form, Shade
from services.render.figures import drawing_of
from services.render.fonts import Font
from services.render.pdf import write_drawing
from services.render.pdfium import LOCK
from services.render.sheets import MM, Curve, Placed

DPI: Final = 200
_LARGEST: Final = 12_000
"""Pixels along the longer side."""


def render_picture(form: Form, kind: str, out: BinaryIO) -> None:
    """The drawing that a form consists of, as `svg` or `png`.

    Raises:
        PlanError: there is none, or more than one.
    """
    figures = [part for part in form.parts if isinstance(part, Figure)]
    if len(figures) != 1:
        raise PlanError(f"{form.title} tidak berupa satu gambar, jadi tidak dapat ditulis sebagai {kind.upper()}.")
    out.write(svg_of(figures[0]).encode() if kind == "svg" else picture_of(figures[0]))


def picture_of(figure: Figure, dpi: float = DPI) -> bytes:
    """The figure as PNG, drawn from its PDF."""
    import pypdfium2

    longest = max(figure.width, figure.height) * MM
    scale = min(dpi / 72, _LARGEST / max(longest, 1.0))
    drawn = write_drawing(drawing_of(figure, 0, 0), figure.width * MM, figure.height * MM)
    with LOCK:
        pdf = pypdfium2.PdfDocument(drawn)
        page = pdf[0]
        image = page.render(scale=scale).to_pil()
        page.close()
        pdf.close()
    out = BytesIO()
    image.save(out, "PNG", optimize=True, dpi=(scale * 72, scale * 72))
    return out.getvalue()


def svg_of(figure: Figure) -> str:
    """The figure as SVG; its texts stay texts in a sans serif of the reader's, as wide as they are on paper."""
    width, height = figure.width * MM, figure.height * MM
    drawing = drawing_of(figure, 0, 0)
    shapes = "".join(map(_curve, drawing.curves))
    texts = "".join(map(_text, drawing.texts))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{figure.width:.2f}mm" height="{figure.height:.2f}mm" '
        f'viewBox="0 0 {width:.2f} {height:.2f}" role="img"><title>{escape(figure.words)}</title>'
        f'<rect width="{width:.2f}" height="{height:.2f}" fill="#FFFFFF"/>'
        f'<g fill="none">{shapes}</g>'
        f'<g font-family="Liberation Sans, Arial, sans-serif">{texts}</g></svg>\n'
    )


def _colour(shade: Shade | None) -> str:
    if shade is None:
        return "none"
    return shade if isinstance(shade, str) else f"rgb({','.join([str(round(shade * 255))] * 3)})"


def _curve(curve: Curve) -> str:
    points = " ".join(f"{x:.2f},{y:.2f}" for x, y in curve.points)
    tag = "polygon" if curve.fill is not None else "polyline"
    dashes = ' stroke-dasharray="3 2"' if curve.dashed else ""
    return (
        f'<{tag} points="{points}" fill="{_colour(curve.fill)}" stroke="{_colour(curve.line)}" '
        f'stroke-width="{curve.width:.2f}"{dashes}/>'
    )


def _text(text: Placed) -> str:
    font: Font = text.font
    name = font.face.name
    style = (' font-weight="bold"' if "Bold" in name else "") + (' font-style="italic"' if "Italic" in name else "")
    return (
        f'<text x="{text.x:.2f}" y="{text.y:.2f}" font-size="{font.size:g}"{style} xml:space="preserve" '
        f'textLength="{font.width(text.text):.2f}" lengthAdjust="spacingAndGlyphs">{escape(text.text)}</text>'
    )
