"""A Form as a document of typst: same pages, columns, merged cells, texts, fills and rules.

Tables are set in either of two ways (typst_table), because typst may be faster with one or the other; the header of
`pieces` belongs to the page, so only a table that is alone on its pages is set so. What costs typst time and is no part
of the table is left out: blocks need not stay together, headings make no outline, and contents are a plain list.
"""

from collections.abc import Iterable, Iterator, Sequence

from bench.typst_table import WAYS, Way, table
from bench.typst_text import aligned, paragraph, said
from services.forms.parts import (
    Break,
    Contents,
    Cover,
    Form,
    Letterhead,
    Page,
    Part,
    Signature,
    Signatures,
    Table,
    Text,
)

__all__ = ["WAYS", "Way", "markup"]

_BELOW_TABLE = "#v(4mm)"
_ABOVE_SIGNATURE = "#v(8mm)"
_DOTS = "." * 38


def markup(form: Form, way: Way) -> bytes:
    """The source of the document."""
    lines = [
        f"#set page({_page(form.page)},",
        "  footer: context align(center, text(size: 7pt, counter(page).display(",
        "  (page, pages) => [Halaman #page dari #pages], both: true))))",
        '#set text(font: "Liberation Sans", size: 8pt, lang: "id", fallback: false)',
        "#set block(spacing: 0pt)",
        "#set par(spacing: 0pt)",
        "#set table(stroke: 0.4pt)",
    ]
    headings = [line for part in form.parts if (line := _listed(part))]
    for page, parts in _sections(form):
        lines += _section(page, parts, way, headings)
    return "\n".join(lines).encode()


def _page(page: Page) -> str:
    margins = f"top: {page.top}mm, right: {page.right}mm, bottom: {page.bottom}mm, left: {page.left}mm"
    return f"width: {page.width}mm, height: {page.height}mm, margin: ({margins})"


def _sections(form: Form) -> Iterator[tuple[Page, list[Part]]]:
    """The parts between two changes of the page, the break first."""
    page, parts = form.page, list[Part]()
    for part in form.parts:
        if isinstance(part, Break) and part.page is not None:
            yield page, parts
            page, parts = part.page, []
        parts.append(part)
    yield page, parts


def _listed(part: Part) -> str:
    """What contents say of a part."""
    if isinstance(part, Break):
        return part.title
    return " ".join(f"{part.label} {part.plain}".split()) if isinstance(part, Text) and part.level else ""


def _section(page: Page, parts: Sequence[Part], way: Way, headings: Iterable[str]) -> Iterator[str]:
    ruled = [part for part in parts if isinstance(part, Table) and part.ruled]
    own_way = way if len(ruled) == 1 else "whole"
    room = page.width - page.left - page.right
    widest = max((sum(part.widths) for part in ruled), default=room)
    before: Part | None = None
    for part in parts:
        if isinstance(before, Table) and before.ruled and isinstance(part, Text | Table):
            yield _BELOW_TABLE
        if isinstance(part, Table):
            width = sum(part.widths)
            scale = room / widest if part.ruled else min(1, room / width)
            fills = part.ruled and width == widest
            yield from table(part, own_way if part.ruled else "whole", page.top, None if fills else scale)
        elif isinstance(part, Contents):
            yield from (f"#block(below: 2mm, {said(line, False, part.size)})" for line in headings)
        else:
            yield from _part(part)
        before = part


def _part(part: Part) -> Iterator[str]:
    if isinstance(part, Text):
        yield from paragraph(part)
    elif isinstance(part, Signature):
        yield f"{_ABOVE_SIGNATURE}\n#align(right, block(width: {part.width}mm, breakable: false, {_signed(part)}))"
    elif isinstance(part, Signatures):
        columns = f"columns: (1fr,) * {len(part.blocks)}, align: bottom + center"
        blocks = ", ".join(f"block(width: {block.width}mm, {_signed(block)})" for block in part.blocks)
        yield f"{_ABOVE_SIGNATURE}\n#block(breakable: false, grid({columns}, {blocks}))"
    elif isinstance(part, Break):
        yield f"#set page({_page(part.page)}, header: none)" if part.page else "#pagebreak(weak: true)"
    elif isinstance(part, Cover):
        yield from _cover(part)
    elif isinstance(part, Letterhead):
        yield from (f"#{aligned(text)}" for text in part.lines)
        yield "#line(length: 100%, stroke: 1.6pt)\n#v(5mm)"


def _signed(part: Signature) -> str:
    """An expression: the lines above the name, room for the pen, the name and what stands below."""
    above = [text for text in (part.tempat_tanggal, *part.jabatan) if text]
    name = said(part.nama or _DOTS, bool(part.nama), part.size)
    nip = part.nip or ("." * 20 if part.minta_nip else "")
    below = [text for text in (part.pangkat, nip and part.nip_label + nip) if text]
    lines = [f"block(below: 1mm, {said(text, False, part.size)})" for text in above]
    lines += [f"v({part.gap}mm)", f"block(below: 1mm, {f'underline({name})' if part.nama else name})"]
    lines += [f"block(below: 1mm, {said(text, False, part.size)})" for text in below]
    return f"align({part.align}, {' + '.join(lines)})"


def _cover(part: Cover) -> Iterator[str]:
    """A page in a frame, without a foot, not counted."""
    frame = "rect(width: 100% - 24mm, height: 100% - 24mm, stroke: 1.4pt)"
    inner = "rect(width: 100% - 27mm, height: 100% - 27mm, stroke: 0.4pt)"
    yield f"#page(margin: 30mm, footer: none, background: place(center + horizon, {frame}) + "
    yield f"place(center + horizon, {inner}))["
    for group in (part.top, part.middle, part.bottom):
        for text in group:
            yield from paragraph(text)
        if group is not part.bottom:
            yield "#v(1fr)"
    yield "]\n#counter(page).update(1)"
