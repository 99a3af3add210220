"""The contents of a Word document and its lists of tables and figures: fields, with what they show until Word acts."""

from collections.abc import Sequence

from services.forms.parts import Text
from services.render.contents import Entry
from services.render.docx_captions import LIST_STYLE, caption_of, word_of
from services.render.docx_xml import field, run

Pages = Sequence[tuple[Entry, int]]
"""The headings of a form, in order, each with its page."""


def contents_lines(entries: Pages, levels: int) -> list[tuple[str, str]]:
    """(content, style) of each line of the contents, without the captions, which have lists of their own."""
    found = [
        (_entry(number, entry.title, page), f"TOC{min(entry.level, 9)}")
        for number, (entry, page) in enumerate(entries, 1)
        if entry.level <= levels and not _is_caption(entry)
    ]
    return _shown(f'TOC \\o "1-{levels}" \\f \\l "1-{levels}" \\h \\z', found or [("", "TOC1")])


def list_lines(entries: Pages, captions: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same of a list of (caption, page number as the form prints it), at least one."""
    places: dict[str, int] = {}
    for number, (entry, _) in enumerate(entries, 1):
        places.setdefault(entry.title, number)
    found = [(_entry(places.get(words, 0), words, int(page)), LIST_STYLE) for words, page in captions]
    return _shown(f'TOC \\h \\z \\c "{word_of(captions)}"', found)


def bookmark_name(number: int) -> str:
    """Of the heading that is entry number so and so, from 1."""
    return f"_Toc{number:08}"


def _shown(code: str, lines: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The lines within a field, which begins in the first and ends in the last."""
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    last = len(lines) - 1
    return [
        (f"{begin if not place else ''}{content}{end if place == last else ''}", style)
        for place, (content, style) in enumerate(lines)
    ]


def _entry(number: int, title: str, page: int) -> str:
    name = bookmark_name(number)
    content = f"{run(title)}<w:r><w:tab/></w:r>" + field(f"PAGEREF {name} \\h", str(page))
    return f'<w:hyperlink w:anchor="{name}" w:history="1">{content}</w:hyperlink>'


def _is_caption(entry: Entry) -> bool:
    return caption_of(Text(entry.title, 10, level=entry.level)) is not None
