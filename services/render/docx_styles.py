"""The styles of a Word document, taken from the form: how most paragraphs and each level of headings look."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from services.forms.parts import Contents, Form, Part, Table, Text, TextAlign
from services.render.docx_captions import LIST_NAME, LIST_STYLE, caption_of
from services.render.docx_captions import STYLE as CAPTION
from services.render.docx_table import STYLE, STYLE_NAME
from services.render.docx_xml import FONT, LINE

LANGUAGE: Final = "id-ID"
NORMAL: Final = "Normal"
BODY: Final = "BodyText"
LIST: Final = "ListParagraph"
DEEPEST: Final = 9
_ALIGN: Final = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_BLACK = RGBColor(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says, so that a paragraph only states what differs. Lengths in mm, size in points."""

    id: str
    size: float = 11
    bold: bool = False
    italic: bool = False
    align: TextAlign = "left"
    before: float = 0
    after: float = 0
    line: float = 1.2
    indent: float = 0
    first: float = 0


class Styles:
    """The styles that a form asks for."""

    def __init__(self, form: Form) -> None:
        texts = list(_texts(form.parts))
        self.normal = _style(
            NORMAL, _usual(text for text in texts if not text.level and not text.label) or Text("", 11)
        )
        self.body = self.normal
        if self.normal.first:
            self.normal = replace(self.normal, first=0)
            self.body = replace(self.body, id=BODY)
        items = _usual(text for text in texts if not text.level and text.label)
        self.item = replace(_style(LIST, items) if items else self.normal, id=LIST, indent=0, first=0)
        self.headings: dict[int, Style] = {}
        caption = next((text for text in texts if caption_of(text)), None)
        self.caption = _style(CAPTION, caption) if caption is not None else None
        for text in texts:
            if 0 < text.level <= DEEPEST and text.level not in self.headings and not caption_of(text):
                self.headings[text.level] = _style(f"Heading{text.level}", text)

    def of(self, text: Text) -> Style:
        """The style of a paragraph."""
        if self.caption is not None and caption_of(text):
            return self.caption
        if text.level > 0:
            return self.headings[min(text.level, DEEPEST)]
        if text.label:
            return self.item
        return self.body if text.first else self.normal

    def write(self, document: Any, form: Form) -> None:
        """Define them in a document that python-docx has just made."""
        _set_language(document)
        own = (self.caption,) if self.caption is not None else ()
        for style in (self.normal, self.body, self.item, *self.headings.values(), *own):
            _define(document, style)
        table = document.styles.add_style(STYLE_NAME, WD_STYLE_TYPE.PARAGRAPH)
        table.base_style = document.styles["Normal"]
        table.element.set(qn("w:styleId"), STYLE)
        table.paragraph_format.space_after = table.paragraph_format.space_before = Pt(0)
        table.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
        contents = next((part for part in form.parts if isinstance(part, Contents)), Contents())
        width = form.page.width - form.page.left - form.page.right
        for level in range(1, DEEPEST + 1):
            indent = min((level - 1) * 6.0, 0.4 * width)
            _define_entry(document, f"toc {level}", f"TOC{level}", contents.size, width, indent, bold=level == 1)
        _define_entry(document, LIST_NAME, LIST_STYLE, contents.size, width)


def _texts(parts: Iterable[Part]) -> Iterable[Text]:
    for part in parts:
        if isinstance(part, Text):
            yield part
        elif isinstance(part, Table):
            yield from (text for text in part.title if text.level)


def _usual(texts: Iterable[Text]) -> Text | None:
    """The look that most characters have, as a text of that look."""
    weight: Counter[Style] = Counter()
    first: dict[Style, Text] = {}
    for text in texts:
        style = _style("", text)
        first.setdefault(style, text)
        weight[style] += len(text.plain)
    return first[weight.most_common(1)[0][0]] if weight else None


def _style(style_id: str, text: Text) -> Style:
    hang = text.hang if text.label else 0
    return Style(
        style_id,
        text.size,
        text.bold,
        text.italic,
        text.align,
        text.before,
        text.after,
        text.leading,
        text.indent,
        -hang if hang else text.first,
    )


def _define(document: Any, style: Style) -> None:
    found = next(one for one in document.styles if one.style_id == style.id)
    font, shape = found.font, found.paragraph_format
    _set_font(found.element.get_or_add_rPr())
    font.size, font.bold, font.italic, font.color.rgb = Pt(style.size), style.bold, style.italic, _BLACK
    shape.alignment = _ALIGN[style.align]
    shape.space_before, shape.space_after = Mm(style.before), Mm(style.after)
    shape.line_spacing = round(style.line / LINE, 3)
    shape.left_indent, shape.first_line_indent = Mm(style.indent), Mm(style.first)
    shape.widow_control = True
    spaced = found.element.pPr.find(qn("w:contextualSpacing"))
    if spaced is not None:
        found.element.pPr.remove(spaced)


def _define_entry(
    document: Any, name: str, style_id: str, size: float, width: float, indent: float = 0.0, *, bold: bool = False
) -> None:
    """A line of a list with dots up to its page number at the right edge."""
    entry = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    entry.element.set(qn("w:styleId"), style_id)
    entry.base_style = document.styles["Normal"]
    entry.font.size, entry.font.bold = Pt(size), bold
    shape = entry.paragraph_format
    shape.alignment = WD_ALIGN_PARAGRAPH.LEFT
    shape.left_indent = Mm(indent)
    shape.first_line_indent, shape.space_after = Mm(0), Pt(2)
    shape.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _set_language(document: Any) -> None:
    """Indonesian, and one typeface, for all that no style says otherwise."""
    properties = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    _set_font(properties)
    language = properties.find(qn("w:lang"))
    language.set(qn("w:val"), LANGUAGE)
    language.set(qn("w:eastAsia"), LANGUAGE)


def _set_font(properties: Any) -> None:
    """One typeface for all scripts, instead of those of a theme."""
    old = properties.find(qn("w:rFonts"))
    if old is not None:
        properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    properties.insert(0, fonts)
