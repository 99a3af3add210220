"""The Word document around the text: page set-up and feet of its sections, and the package, always the same bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from services.forms.parts import Page
from services.render.docx_xml import field, run

LAST: Final = "_TocAkhir"
"""The bookmark at the end: with covers, the number of the last page is not that of all pages."""

_SAVED: Final = datetime(2000, 1, 1)
_PACKED: Final = (1980, 1, 1, 0, 0, 0)
_FOOT: Final = 7.0
_FOOT_EDGE: Final = 5.0
"""mm between the foot line and the edge of the paper."""
_THUMBNAIL: Final = "thumbnail"
_STAMP: Final = (
    '<w:r><w:rPr><w:noProof/></w:rPr><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" '
    'adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:path textpathok="t" o:connecttype="rect"/>'
    '<v:textpath on="t" fitshape="t"/></v:shapetype><v:shape id="Draf" o:spid="_x0000_s1025" type="#_x0000_t136" '
    'style="position:absolute;margin-left:0;margin-top:0;width:380pt;height:150pt;rotation:315;z-index:-251658752;'
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;"
    'mso-position-vertical-relative:margin" fillcolor="#e3e3e3" stroked="f">'
    '<v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt" string="DRAF"/></v:shape></w:pict></w:r>'
)
_SPACES: Final = (
    f"{nsdecls('w', 'r', 'wp', 'a', 'pic')} "
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)


@dataclass(slots=True)
class Section:
    """A stretch of pages of one kind; a cover has a frame and no number."""

    page: Page
    cover: bool = False


def set_settings(document: Any) -> None:
    """A document of today's Word, in Indonesian."""
    settings = document.settings.element
    for one in settings.iter(qn("w:compatSetting")):
        if one.get(qn("w:name")) == "compatibilityMode":
            one.set(qn("w:val"), "15")
    for name, value in (("themeFontLang", "id-ID"), ("decimalSymbol", ","), ("listSeparator", ";")):
        settings.find(qn(f"w:{name}")).set(qn("w:val"), value)


def with_body(document: Any, xml: str) -> Any:
    """The document with this as its whole content.

    The part gets a new root: to move 17,000 cells into the old one took lxml seven seconds, which parses them in 0.1.
    """
    part = document.part
    part._element = parse_xml(f"<w:document {_SPACES}><w:body>{xml}<w:sectPr/></w:body></w:document>")
    return part.document


def set_sections(document: Any, sections: Sequence[Section], *, pages: int, draft: bool, code: str) -> None:
    """Paper, margins, frame and foot of each section. `pages`: how many have a number, as far as is known."""
    first = next((i for i, section in enumerate(sections) if not section.cover), None)
    covers = any(section.cover for section in sections)
    for i, (spec, section) in enumerate(zip(sections, document.sections, strict=True)):
        page = spec.page
        section.page_width, section.page_height = Mm(page.width), Mm(page.height)
        section.orientation = WD_ORIENT.LANDSCAPE if page.landscape else WD_ORIENT.PORTRAIT
        section.top_margin, section.right_margin = Mm(page.top), Mm(page.right)
        section.bottom_margin, section.left_margin = Mm(max(page.bottom, _FOOT_EDGE + 4)), Mm(page.left)
        section.header_distance, section.footer_distance = Mm(min(page.top, 5)), Mm(_FOOT_EDGE)
        section.footer.is_linked_to_previous = False
        section.header.is_linked_to_previous = False
        if spec.cover:
            _frame(section._sectPr)
        else:
            _foot(section.footer, pages, covers, code, page)
        if draft:
            _replace(section.header, _STAMP)
        if i == first and i:
            number = OxmlElement("w:pgNumType")
            number.set(qn("w:start"), "1")
            section._sectPr.append(number)
    for section in document.sections:
        _in_order(section._sectPr)


def save(document: Any, title: str, out: BinaryIO) -> None:
    """Write the package without what tells when and by whom it was written."""
    about = document.core_properties
    about.title, about.author, about.last_modified_by, about.comments = title, "Renaksi", "Renaksi", ""
    about.language, about.revision, about.keywords = "id-ID", 1, ""
    about.created = about.modified = _SAVED
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith(_THUMBNAIL):
            del package.rels[key]
    written = BytesIO()
    document.save(written)
    with ZipFile(written) as source, ZipFile(out, "w") as target:
        for name in source.namelist():
            entry = ZipInfo(name, _PACKED)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, source.read(name))


def _foot(footer: Any, pages: int, covers: bool, code: str, page: Page) -> None:
    """Like the PDF's: the code of what is printed on the left, the number in the middle."""
    small = f'<w:sz w:val="{round(2 * _FOOT)}"/>'
    total = field(f"PAGEREF {LAST}" if covers else "NUMPAGES", str(pages), small)
    words = f"{run('Halaman ', size=_FOOT)}{field('PAGE', '1', small)}{run(' dari ', size=_FOOT)}{total}"
    middle = Mm(page.width - page.left - page.right).twips // 2
    left = run(f"Kode cetakan {code}", size=5.5) if code else ""
    tabs = (
        f'<w:pPr><w:tabs><w:tab w:val="clear" w:pos="4320"/><w:tab w:val="center" w:pos="{middle}"/></w:tabs></w:pPr>'
    )
    _replace(footer, f"{tabs}{left}<w:r><w:tab/></w:r>{words}")


def _replace(block: Any, xml: str) -> None:
    """Make this the one paragraph of a header or footer."""
    element = block._element
    for child in list(element):
        element.remove(child)
    element.append(parse_xml(f"<w:p {_SPACES}>{xml}</w:p>"))


def _frame(properties: Any) -> None:
    sides = "".join(
        f'<w:{side} w:val="double" w:sz="6" w:space="24" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right")
    )
    properties.append(parse_xml(f'<w:pgBorders {nsdecls("w")} w:offsetFrom="page">{sides}</w:pgBorders>'))


_ORDER: Final = (
    *("headerReference", "footerReference", "type", "pgSz", "pgMar", "paperSrc", "pgBorders", "lnNumType"),
    *("pgNumType", "cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "docGrid"),
)
"""Of what stands within `sectPr` (ECMA-376, 17.6.17)."""


def _in_order(properties: Any) -> None:
    """The elements of a section in the order that Word insists on."""
    children = sorted(properties, key=lambda child: _ORDER.index(child.tag.partition("}")[2]))
    for child in children:
        properties.remove(child)
    properties.extend(children)
