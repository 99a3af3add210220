"""Blocks that are signed in a Word document: one at the right as paragraphs, several side by side in a table."""

from collections.abc import Iterator
from typing import Final

from services.forms.parts import Signature, Signatures
from services.render.docx_xml import Look, paragraph, run, twips

_LEADING: Final = 1.25
_ABOVE: Final = 8.0
_DOTS_NAMA: Final = "." * 38
_DOTS_NIP: Final = "." * 20


def signature_xml(part: Signature, width: float) -> str:
    """The block on the right of a text `width` mm wide; its paragraphs stay together."""
    indent = max(width - part.width, 0.0)
    head = [*_head(part, indent, above=_ABOVE)]
    return "".join([*head, *_foot(part, indent, part.gap)])


def signatures_xml(part: Signatures, width: float) -> str:
    """The blocks spread over the width; what is above the names stands at the foot of its row."""
    if not part.blocks:
        return ""
    count = len(part.blocks)
    share = width / count
    gap = max((block.gap for block in part.blocks), default=0.0)
    heads = [("".join(_head(block, 0.0)), "bottom") for block in part.blocks]
    feet = [("".join(_foot(block, 0.0, gap)), "top") for block in part.blocks]
    rows = "".join(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{_cells(row, share)}</w:tr>" for row in (heads, feet))
    grid = f'<w:gridCol w:w="{twips(share)}"/>' * count
    above = paragraph("", Look(before=_ABOVE, after=0, line=1, first=0, size=1, keep_next=True))
    return (
        f'{above}<w:tbl><w:tblPr><w:tblW w:w="{twips(width)}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _cells(row: list[tuple[str, str]], share: float) -> str:
    return "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(share)}" w:type="dxa"/><w:vAlign w:val="{place}"/></w:tcPr>{xml}</w:tc>'
        for xml, place in row
    )


def _head(part: Signature, indent: float, above: float = 0.0) -> Iterator[str]:
    lines = [line for line in (part.tempat_tanggal, *part.jabatan) if line] or [""]
    for i, line in enumerate(lines):
        yield paragraph(run(line, size=part.size), _look(part, indent, above if not i else 0.0))


def _foot(part: Signature, indent: float, gap: float) -> Iterator[str]:
    nip = part.nip or (_DOTS_NIP if part.minta_nip else "")
    below = [line for line in (part.pangkat, f"{part.nip_label}{nip}" if nip else "") if line]
    known = bool(part.nama.strip())
    name = run(part.nama if known else _DOTS_NAMA, bold=known or None, underline=known, size=part.size)
    yield paragraph(name, _look(part, indent, gap, keep=bool(below)))
    for i, line in enumerate(below):
        yield paragraph(run(line, size=part.size), _look(part, indent, 0.0, keep=i + 1 < len(below)))


def _look(part: Signature, indent: float, before: float, *, keep: bool = True) -> Look:
    return Look(
        align=part.align,
        before=before,
        after=0,
        line=_LEADING,
        indent=indent,
        first=0,
        keep_next=keep,
        keep_lines=True,
        size=part.size,
    )
