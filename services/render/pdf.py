"""A Form as PDF: embedded fonts, no encryption, the same bytes for the same form.

The operators of a page are written directly, all texts of a drawing in one text object: 630 blocks are 35,000 texts.
"""

from collections.abc import Callable
from io import BytesIO
from threading import Lock
from typing import Any, BinaryIO, Final

from reportlab import rl_config
from reportlab.lib.rl_accel import escapePDF
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from services.forms.parts import Form, Shade
from services.render import draft
from services.render.fonts import Font, face
from services.render.layout import lay_out
from services.render.sheets import Curve, Drawing, Mark, Picture, Sheet
from services.render.wrapping import clean

_RULE: Final = 0.4
_UNSEEN: Final = 4.0
_ESCAPED: Final = str.maketrans({"(": r"\(", ")": r"\)", "\\": r"\\"})
_saving = Lock()
"""Cutting a subset moves the read position of the face, which all documents share."""


def render_pdf(form: Form, out: BinaryIO, progress: Callable[[int, int], None] | None = None) -> int:
    """Write the form as PDF and return the number of its pages, the cover with them.

    Args:
        progress: told the pages done and all pages; while they are laid out none is done, and those so far are all.
            What it raises ends the work, with nothing written.
    """
    sheets = lay_out(form, None if progress is None else lambda count: progress(0, count))
    canvas = _canvas(form, sheets[0])
    writer = _Writer(canvas)
    for number, sheet in enumerate(sheets, 1):
        canvas.setPageSize((sheet.width, sheet.height))
        writer.write(sheet)
        canvas.showPage()
        if progress is not None:
            progress(number, len(sheets))
    with _saving:
        rl_config.useA85 = 0
        out.write(canvas.getpdfdata())
    return len(sheets)


def write_drawing(drawing: Drawing, width: float, height: float) -> bytes:
    """A page of so many points with one drawing on it, as PDF."""
    sheet = Sheet(width, height, [drawing])
    canvas = _canvas(Form("gambar", "Gambar", ()), sheet)
    _Writer(canvas).write(sheet)
    canvas.showPage()
    with _saving:
        rl_config.useA85 = 0
        return bytes(canvas.getpdfdata())


def _canvas(form: Form, sheet: Sheet) -> Any:
    """A document with its title, language and one bookmark.

    The first font is one of ours: reportlab would name Helvetica on each page, which is not embedded.
    """
    title = " ".join(clean(form.title).split()) or form.name
    canvas = Canvas(
        None,
        pagesize=(sheet.width, sheet.height),
        pageCompression=1,
        invariant=1,
        initialFontName=face().name,
        lang="id",
    )
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setCreator("Renaksi")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.bookmarkPage("form")
    canvas.addOutlineEntry(title, "form")
    return canvas


def _shade(shade: Shade) -> str:
    """Operator that chooses a grey or a colour for fills."""
    if not isinstance(shade, str):
        return f"{shade:g} g"
    red, green, blue = (int(shade[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return f"{red:.3f} {green:.3f} {blue:.3f} rg"


def _curve(curve: Curve, height: float) -> str:
    """Operators that draw a line or an area."""
    first, *rest = (f"{x:.2f} {height - y:.2f}" for x, y in curve.points)
    path = f"{first} m " + " ".join(f"{point} l" for point in rest)
    paint = {(False, True): "S", (True, False): "h f", (True, True): "h B"}.get(
        (curve.fill is not None, curve.line is not None), "n"
    )
    code = [] if curve.fill is None else [_shade(curve.fill)]
    if curve.line is not None:
        line = _shade(curve.line).replace("rg", "RG").replace("g", "G")
        code.append(f"{line} {curve.width:.2f} w {'[3 2] 0 d' if curve.dashed else '[] 0 d'}")
    return f"q {' '.join(code)} {path} {paint} Q"


class _Writer:
    """Turns sheets into page operators; what is drawn on many pages is turned once."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._doc = canvas._doc
        self._drawings: dict[int, str] = {}
        self._names: dict[Font, str] = {}
        self._listed = 0
        self._bands = 0
        self._deepest = 0

    def write(self, sheet: Sheet) -> None:
        """Draw a sheet on the canvas's page."""
        code = [self._draft(sheet)] if sheet.draft else []
        code.append(f"2 J {_RULE} w 0 G")
        for drawing in sheet.drawings:
            done = self._drawings.get(id(drawing))
            if done is None:
                done = self._drawings[id(drawing)] = self._operators(drawing, sheet.height)
            code.append(done)
        page = "\n".join(code)
        self._doc.signature.update(page.encode("ascii"))
        self._canvas._code.append(page)
        for drawing in sheet.drawings:
            for picture in drawing.pictures:
                self._picture(picture, sheet.height)
        for mark in sheet.marks:
            self._bookmark(mark, sheet.height)
        for x, y, width, tall, place in sheet.links:
            box = (x, sheet.height - y - tall, x + width, sheet.height - y)
            self._canvas.linkRect("", f"h{place}", box, Border="[0 0 0]")

    def _draft(self, sheet: Sheet) -> str:
        """Operators that write DRAF below all else: as it is seen, and once unseen, to be read."""
        font = Font(face(), _UNSEEN)
        x, y = sheet.left, sheet.height - 2 * _UNSEEN
        shown = f"BT 3 Tr 1 0 0 1 {x:.2f} {y:.2f} Tm {self._show(draft.WORD, font)} 0 Tr ET"
        return f"{draft.operators(sheet.width, sheet.height)}\n{shown}"

    def _picture(self, picture: Picture, height: float) -> None:
        x, y, width, tall, data = picture
        self._canvas.drawImage(ImageReader(BytesIO(data)), x, height - y - tall, width, tall, mask="auto")

    def _bookmark(self, mark: Mark, height: float) -> None:
        """Name a place in the outline, at most one level deeper than the one before."""
        key = f"h{self._listed}" if mark.listed else f"b{self._bands}"
        self._listed += mark.listed
        self._bands += not mark.listed
        self._deepest = min(mark.level, self._deepest + 1)
        self._canvas.bookmarkPage(key, fit="XYZ", left=0, top=height - mark.y, zoom=0)
        self._canvas.addOutlineEntry(mark.title, key, self._deepest)

    def _operators(self, drawing: Drawing, height: float) -> str:
        if drawing.clip is None:
            return self._drawn(drawing, height)
        x, y, width, tall = drawing.clip
        inside = f"{x:.2f} {height - y - tall:.2f} {width:.2f} {tall:.2f} re W n"
        return f"q {inside}\n{self._drawn(drawing, height)}\nQ"

    def _drawn(self, drawing: Drawing, height: float) -> str:
        code = [
            f"{_shade(shade)} {x:.2f} {height - y - tall:.2f} {width:.2f} {tall:.2f} re f"
            for x, y, width, tall, shade in drawing.fills
        ]
        if drawing.rules:
            code.extend(
                [f"{x0:.2f} {height - y0:.2f} m {x1:.2f} {height - y1:.2f} l" for x0, y0, x1, y1 in drawing.rules]
            )
            code.append("S")
        code.extend(_curve(curve, height) for curve in drawing.curves)
        if drawing.texts:
            code.append("0 g BT")
            self._texts(drawing, height, code)
            code.append("ET")
        return "\n".join(code)

    def _texts(self, drawing: Drawing, height: float, code: list[str]) -> None:
        names = self._names
        current = None
        for x, y, text, font, turned in drawing.texts:
            if font is not current:
                current = font
                name = names.get(font)
                if name is None:
                    name = names[font] = self._select(font, 0)
                code.append(name)
            if turned:
                code.append(f"0 1 -1 0 {x:.2f} {height - y:.2f} Tm {self._show(text, font)}")
                current = None
            elif text.isascii():
                if "(" in text or ")" in text or "\\" in text:
                    text = text.translate(_ESCAPED)
                code.append(f"1 0 0 1 {x:.2f} {height - y:.2f} Tm ({text}) Tj")
            else:
                code.append(f"1 0 0 1 {x:.2f} {height - y:.2f} Tm {self._show(text, font)}")
                current = None

    def _select(self, font: Font, subset: int) -> str:
        """Operator that chooses a subset of a font; the subsets' first characters are ASCII, each at its own place."""
        if not subset:
            font.face.ttf.splitString(" ", self._doc)
        return f"{font.face.ttf.getSubsetInternalName(subset, self._doc)} {font.size:g} Tf"

    def _show(self, text: str, font: Font) -> str:
        """Operators that show a text with characters of several subsets."""
        return " ".join(
            f"{self._select(font, subset)} ({escapePDF(codes)}) Tj"
            for subset, codes in font.face.ttf.splitString(text, self._doc)
        )
