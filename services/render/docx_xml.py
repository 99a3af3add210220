"""Pieces of a Word document as XML text: runs, paragraphs, fields. Lengths come in mm and points, Word's are integers.

A whole form becomes one text that is parsed once: python-docx's own objects cost a look-up through the table for each
cell. Source: ECMA-376 part 1, 17.3 (order of the elements within `pPr` and `rPr`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from services.forms.parts import Run, TextAlign

FONT: Final = "Arial"
LINE: Final = 1.149
"""Line distance of the font at "single", in sizes; Word states distances as multiples of it."""

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("(\r\n|\r|\n|\u2028|\u2029|\t)")
_ALIGN: Final[dict[TextAlign, str]] = {"left": "left", "center": "center", "right": "right", "justify": "both"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a paragraph looks like where its style does not say so; None leaves it to the style.

    `indent` is the left edge of the lines and `first` that of the first one, from there, negative to the left (mm);
    `line` the distance of the lines in sizes, `tab` a stop (mm). `num`: (number of the list, level).
    """

    style: str = ""
    align: TextAlign | None = None
    before: float | None = None
    after: float | None = None
    line: float | None = None
    indent: float | None = None
    right: float | None = None
    first: float | None = None
    tab: float | None = None
    num: tuple[int, int] | None = None
    keep_next: bool = False
    keep_lines: bool = False
    new_page: bool = False
    rule_below: bool = False
    size: float | None = None


def twips(mm: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(mm * 72 / 25.4 * 20)


def clean(text: str) -> str:
    """Without characters that XML cannot hold."""
    return _UNSTORABLE.sub("", text)


def attribute(text: str) -> str:
    """A text as a quoted attribute."""
    return quoteattr(clean(text))


def run(
    text: str,
    *,
    bold: bool | None = None,
    italic: bool | None = None,
    underline: bool = False,
    size: float | None = None,
    style: str = "",
) -> str:
    """A run; its line breaks and tabs are those of Word. `bold`, `italic`: None as the paragraph's style has them."""
    properties = "".join(
        (
            f'<w:rStyle w:val="{style}"/>' if style else "",
            _toggle("b", bold),
            _toggle("i", italic),
            f'<w:sz w:val="{half_points(size)}"/><w:szCs w:val="{half_points(size)}"/>' if size is not None else "",
            '<w:u w:val="single"/>' if underline else "",
        )
    )
    content = "".join(_piece(piece) for piece in _BREAKS.split(clean(text)) if piece)
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{content}</w:r>" if content else ""


def runs(texts: Iterable[Run], *, bold: bool, italic: bool, size: float | None) -> str:
    """Runs in a paragraph whose style is `bold` and `italic` itself; only what differs is written."""
    return "".join(
        run(
            one.text,
            bold=one.bold if one.bold != bold else None,
            italic=one.italic if one.italic != italic else None,
            size=size,
        )
        for one in texts
    )


def half_points(size: float) -> int:
    """A size as Word counts it."""
    return max(round(size * 2), 1)


def paragraph(content: str, look: Look, section: str = "") -> str:
    """A paragraph; `section` is the `sectPr` of the section that it ends."""
    ends = f'<w:rPr><w:sz w:val="{half_points(look.size)}"/></w:rPr>' if look.size is not None else ""
    properties = "".join(
        (
            f'<w:pStyle w:val="{look.style}"/>' if look.style else "",
            "<w:keepNext/>" if look.keep_next else "",
            "<w:keepLines/>" if look.keep_lines else "",
            "<w:pageBreakBefore/>" if look.new_page else "",
            _number(look.num),
            '<w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="18" w:space="4" w:color="000000"/></w:pBdr>'
            if look.rule_below
            else "",
            f'<w:tabs><w:tab w:val="left" w:pos="{twips(look.tab)}"/></w:tabs>' if look.tab is not None else "",
            _spacing(look),
            _indents(look),
            f'<w:jc w:val="{_ALIGN[look.align]}"/>' if look.align is not None else "",
            ends,
            section,
        )
    )
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def field(code: str, shown: str, properties: str = "") -> str:
    """A field with the result that it shows until Word works it out."""
    style = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return (
        f'<w:r>{style}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{style}<w:instrText xml:space="preserve"> {escape(clean(code))} </w:instrText></w:r>'
        f'<w:r>{style}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r>{style}<w:t>{escape(clean(shown))}</w:t></w:r>"
        f'<w:r>{style}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def bookmark(number: int, name: str, content: str) -> str:
    """Content that fields and links find by its name."""
    start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
    return f'{start}{content}<w:bookmarkEnd w:id="{number}"/>'


def _piece(piece: str) -> str:
    if piece == "\t":
        return "<w:tab/>"
    if _BREAKS.fullmatch(piece):
        return "<w:br/>"
    return f'<w:t xml:space="preserve">{escape(piece)}</w:t>'


def _toggle(name: str, on: bool | None) -> str:
    if on is None:
        return ""
    return f"<w:{name}/>" if on else f'<w:{name} w:val="0"/>'


def _number(num: tuple[int, int] | None) -> str:
    return f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>' if num is not None else ""


def _spacing(look: Look) -> str:
    values = "".join(
        (
            f' w:before="{twips(look.before)}"' if look.before is not None else "",
            f' w:after="{twips(look.after)}"' if look.after is not None else "",
            f' w:line="{round(240 * look.line / LINE)}" w:lineRule="auto"' if look.line is not None else "",
        )
    )
    return f"<w:spacing{values}/>" if values else ""


def _indents(look: Look) -> str:
    first = ""
    if look.first is not None:
        first = f' w:hanging="{twips(-look.first)}"' if look.first < 0 else f' w:firstLine="{twips(look.first)}"'
    left = f' w:left="{twips(look.indent)}"' if look.indent is not None else ""
    right = f' w:right="{twips(look.right)}"' if look.right is not None else ""
    return f"<w:ind{left}{right}{first}/>" if left or right or first else ""
