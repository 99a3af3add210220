"""Form to DOCX: an editable Word document with real styles, lists, tables, sections and a table of contents."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any, BinaryIO, Final, TypeVar

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from services.forms.parts import (
    Break,
    Contents,
    Cover,
    Figure,
    Form,
    Letterhead,
    Part,
    Signature,
    Signatures,
    Table,
    Text,
)
from services.render.contents import entries
from services.render.docx_captions import Caption, Counter, caption_of, listed
from services.render.docx_contents import bookmark_name, contents_lines, list_lines
from services.render.docx_lists import Lists
from services.render.docx_package import LAST, Section, save, set_sections, set_settings, with_body
from services.render.docx_signing import signature_xml, signatures_xml
from services.render.docx_styles import Style, Styles
from services.render.docx_table import table_xml
from services.render.docx_xml import Look, bookmark, field, paragraph, run, runs, twips
from services.render.figure_image import picture_of
from services.render.flow import announces
from services.render.layout import lay_out
from services.render.paragraphs import heading, one_line, styled
from services.render.pictures import shape
from services.render.sizing import sized

T = TypeVar("T")

_TINY: Final = Look(after=0, before=0, line=1, first=0, size=1)
"""A paragraph that Word needs where the form has none."""
_EMBLEM: Final = 32.0
_LOGO: Final = 20.0
_LOGO_WORDS: Final = "Lambang daerah"


def render_docx(form: Form, out: BinaryIO) -> None:
    """Write a form as a Word document, the same bytes for the same form.

    Page numbers in the contents are those of the PDF until Word works them out (F9).
    """
    form = sized(form)
    sheets = lay_out(form)
    pages: list[int] = []
    count = 0
    for sheet in sheets:
        count += sheet.counted
        pages.extend(count for mark in sheet.marks if mark.listed)
    document = Document()
    writer = _Writer(document, form, pages)
    document = with_body(document, "".join(writer.body()))
    writer.styles.write(document, form)
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    numbering.extend(list(parse_xml(f"<w:numbering {nsdecls('w')}>{writer.lists.xml()}</w:numbering>")))
    set_sections(document, writer.sections, pages=count, draft=form.draft, code=one_line(form.code))
    set_settings(document)
    save(document, form.title, out)


class _Writer:
    """The parts of a form as the XML of a document's body, in order."""

    def __init__(self, document: Any, form: Form, pages: Sequence[int]) -> None:
        self.styles = Styles(form)
        self.lists = Lists()
        self._captions = Counter()
        self.sections: list[Section] = []
        self._document = document
        self._form = form
        self._entries = list(zip(entries(form.parts), pages, strict=True))
        self._page = form.page
        self._new_page = False
        self._named = 0
        self._pictures = 0
        self._in_section = False

    def body(self) -> Iterator[str]:
        """The whole text; the last section is the one whose properties the document has already."""
        parts = self._form.parts
        for i, part in enumerate(parts):
            after = parts[i + 1] if i + 1 < len(parts) else None
            if isinstance(part, Cover):
                yield from self._end_section()
                yield from self._cover(part)
                self.sections.append(Section(self._page, cover=True))
                yield paragraph("", _TINY, _section_break() if after is not None else "")
                continue
            if isinstance(part, Break):
                yield from self._break(part)
                continue
            yield from self._flowing(part, after)
            self._in_section = True
        if not parts or not isinstance(parts[-1], Cover):
            yield paragraph(bookmark(0, LAST, ""), _TINY)
            self.sections.append(Section(self._page))

    def _end_section(self) -> Iterator[str]:
        self._new_page = False
        if self._in_section:
            yield paragraph("", _TINY, _section_break())
            self.sections.append(Section(self._page))
            self._in_section = False

    def _break(self, part: Break) -> Iterator[str]:
        if part.page is not None and part.page != self._page:
            yield from self._end_section()
            self._page = part.page
        elif self._in_section:
            self._new_page = True
        if one_line(part.title):
            text = one_line(part.title).replace('"', "'")
            level = max(part.level, 1)
            name, number = self._name()
            hidden = field(f'TC "{text}" \\l {level}', "", "<w:vanish/>")
            yield self._start(paragraph(bookmark(number, name, hidden), self._turned(_TINY)))
            self._in_section = True

    def _flowing(self, part: Part, after: Part | None) -> Iterator[str]:
        if isinstance(part, Text):
            keep = isinstance(after, Signature | Signatures | Table) or announces(part, after)
            yield self._text(part, keep=keep)
            return
        if self._new_page and not isinstance(part, Table):
            yield self._start(paragraph("", self._turned(_TINY)))
        if isinstance(part, Table):
            yield from self._table(part, keep=isinstance(after, Signature | Signatures))
            if isinstance(after, Table) and not after.title:
                yield paragraph("", _TINY)
        elif isinstance(part, Signature):
            yield signature_xml(part, self._width)
        elif isinstance(part, Signatures):
            yield signatures_xml(part, self._width)
        elif isinstance(part, Letterhead):
            yield from self._letterhead(part)
        elif isinstance(part, Contents):
            yield from self._contents(part)
        elif isinstance(part, Figure):
            yield self._figure(part)

    @property
    def _height(self) -> float:
        return self._page.height - self._page.top - self._page.bottom

    @property
    def _width(self) -> float:
        return self._page.width - self._page.left - self._page.right

    def _turned(self, look: Look) -> Look:
        """The look, at the top of a new page where one was asked for."""
        if not self._new_page:
            return look
        self._new_page = False
        return replace(look, new_page=True)

    def _start(self, xml: str) -> str:
        self._in_section = True
        return xml

    def _name(self) -> tuple[str, int]:
        """(name, number) of the bookmark of the next heading."""
        self._named += 1
        return bookmark_name(self._named), self._named

    def _text(self, text: Text, *, keep: bool = False) -> str:
        style = self.styles.of(text)
        num = self.lists.place(text.label, text.indent, text.hang) if text.label and not text.level else None
        size = text.size if text.size != style.size else None
        caption = caption_of(text)
        if text.level == 1:
            self._captions.begin_chapter()
        content = self._content(text, caption, style, size)
        if text.label and num is None:
            label = run(f"{text.label}\t", size=size, bold=_differs(text.bold, style.bold))
            content = label + content
        if text.level and heading(text):
            name, number = self._name()
            content = bookmark(number, name, content)
        return paragraph(content, self._turned(_look(text, style, num, keep=keep or text.level > 0)))

    def _content(self, text: Text, caption: Caption | None, style: Style, size: float | None) -> str:
        if caption is not None:
            bold, italic = _differs(text.bold, style.bold), _differs(text.italic, style.italic)
            return self._captions.xml(caption, bold=bold, italic=italic, size=size)
        return runs(styled(text), bold=style.bold, italic=style.italic, size=size)

    def _table(self, table: Table, *, keep: bool) -> Iterator[str]:
        captions = listed(table)
        if captions:
            yield from self._list_of(captions)
            return
        for title in table.title:
            yield self._text(title, keep=True)
        if self._new_page:
            yield self._start(paragraph("", self._turned(_TINY)))
        page = self._page
        yield table_xml(table, self._width, stretch=page.fit_width, repeat_header=page.repeat_header, keep=keep)

    def _contents(self, part: Contents) -> Iterator[str]:
        for content, style in contents_lines(self._entries, part.levels):
            yield self._start(paragraph(content, self._turned(Look(style=style))))

    def _list_of(self, captions: Sequence[tuple[str, str]]) -> Iterator[str]:
        for content, style in list_lines(self._entries, captions):
            yield self._start(paragraph(content, self._turned(Look(style=style))))

    def _cover(self, cover: Cover) -> Iterator[str]:
        """Three cells one below the other, so that the lines stand at the top, in the middle and at the foot."""
        page = self._page
        height = page.height - page.top - page.bottom - 12
        ratio = shape(cover.logo)
        emblem = ""
        if ratio and cover.logo:
            emblem = paragraph(
                self._picture(cover.logo, ratio, _EMBLEM, _LOGO_WORDS), Look(align="center", after=8, first=0)
            )
        rows = (
            (cover.top, "", "top", 0.22),
            (cover.middle, emblem, "center", 0.56),
            (cover.bottom, "", "bottom", 0.22),
        )
        xml = "".join(
            f'<w:tr><w:trPr><w:trHeight w:val="{twips(height * share)}" w:hRule="exact"/></w:trPr><w:tc><w:tcPr>'
            f'<w:tcW w:w="{twips(self._width)}" w:type="dxa"/><w:vAlign w:val="{place}"/></w:tcPr>'
            f"{above}{self._lines(texts) or paragraph('', _TINY)}</w:tc></w:tr>"
            for texts, above, place, share in rows
        )
        yield _plain_table((self._width,), xml)

    def _letterhead(self, part: Letterhead) -> Iterator[str]:
        ratio = shape(part.logo)
        lines = self._lines(part.lines) or paragraph("", _TINY)
        if ratio and part.logo:
            beside = min(_LOGO * ratio, 34.0) + 4
            widths = (beside, self._width - 2 * beside, beside)
            picture = paragraph(
                self._picture(part.logo, ratio, (beside - 4) / ratio, _LOGO_WORDS), Look(align="left", first=0)
            )
            cells = (picture, lines, paragraph("", _TINY))
            middle = '<w:vAlign w:val="center"/>'
            row = "".join(
                f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{middle}</w:tcPr>{cell}</w:tc>'
                for width, cell in zip(widths, cells, strict=True)
            )
            yield _plain_table(widths, f"<w:tr>{row}</w:tr>")
        else:
            yield lines
        yield paragraph("", Look(after=5, before=0, line=1, first=0, size=2, rule_below=True))

    def _lines(self, lines: Sequence[Text]) -> str:
        """Lines of a cover or kop, which no contents name."""
        return "".join(self._text(replace(text, level=0)) for text in lines)

    def _figure(self, figure: Figure) -> str:
        scale = min(1.0, self._width / max(figure.width, 1.0), self._height / max(figure.height, 1.0))
        picture = self._picture(
            picture_of(figure), figure.width / max(figure.height, 1e-6), figure.height * scale, figure.words
        )
        return self._start(paragraph(picture, self._turned(Look(align="center", after=3, before=0, first=0))))

    def _picture(self, data: bytes, ratio: float, height: float, words: str) -> str:
        """A picture in the line, `height` mm; `words` are what a screen reader says of it."""
        inline = self._document.part.new_pic_inline(BytesIO(data), Mm(height * ratio), Mm(height))
        # Each is numbered here: python-docx looks for free numbers in a document that does not hold them yet.
        self._pictures += 1
        about = inline.docPr
        about.set("id", str(self._pictures))
        about.set("name", f"Gambar {self._pictures}")
        about.set("descr", one_line(words))
        return f"<w:r><w:drawing>{inline.xml}</w:drawing></w:r>"


def _look(text: Text, style: Style, num: tuple[int, int] | None, *, keep: bool) -> Look:
    """What a paragraph says beyond its style."""
    own = -text.hang if text.label and text.hang else text.first
    return Look(
        style=style.id if style.id != "Normal" else "",
        align=text.align if text.align != style.align else None,
        before=_differs(text.before, style.before),
        after=_differs(text.after, style.after),
        line=_differs(text.leading, style.line),
        indent=None if num is not None else _differs(text.indent, style.indent),
        first=None if num is not None else _differs(own, style.first),
        num=num,
        keep_next=keep,
        keep_lines=text.level > 0,
        size=None if text.plain else text.size,
    )


def _differs(value: T, style: T) -> T | None:
    return value if value != style else None


def _section_break() -> str:
    return '<w:sectPr><w:type w:val="nextPage"/></w:sectPr>'


def _plain_table(widths: Sequence[float], rows: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )
