"""The whole document: cover, kata pengantar, contents, the babs of the narrative, and the forms as its annexes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.plan import Plan
from models.rows import DeretAnggaran, DeretIndikator, Dokumen, Kop, Opd
from services.forms.heading import signature
from services.forms.parts import Break, Contents, Cover, Form, Page, Part, Signature, Text
from services.forms.settings import logo_of, setup_of
from services.narasi.flow import BELOW_TABLE, SIZE, flow, heading
from services.narasi.sections import CHAPTER, Section, is_closing, is_preface, sections
from services.narasi.tables import table_of
from services.periods import has_values

NAME = "dokumen-lengkap"
TITLE = "Naskah lengkap"
PAGE = Page(landscape=False, top=25, right=25, bottom=25, left=30)
"""Portrait, bound on the left."""


def build(plan: Plan, dokumen: Dokumen, name: str = NAME) -> Form:
    """The narrative and, behind it, the forms of the plan's kind that have something to print."""
    story = narrative(plan, dokumen, name)
    annexes = tuple(_annexes(plan, dokumen))
    return replace(story, parts=(*story.parts, *annexes), filled=story.filled or bool(annexes))


def narrative(plan: Plan, dokumen: Dokumen, name: str = NAME) -> Form:
    """The document without annexes, as it is edited in a word processor."""
    chapters = _chapters(sections(plan, dokumen.id))
    closing = max((i for i, chapter in enumerate(chapters) if is_closing(chapter[0])), default=None)
    pages: list[tuple[Part, ...]] = []
    for i, chapter in enumerate(chapters):
        parts = [part for section in chapter for part in _section(section, plan, dokumen)]
        signed = is_preface(chapter[0]) or i == closing
        pages.append((*parts, _signed(plan, dokumen)) if signed else tuple(parts))
    contents = (Text("DAFTAR ISI", 13, bold=True, align="center", after=6), Contents())
    pages.insert(1 if chapters and is_preface(chapters[0][0]) else 0, contents)
    flowing = [part for page in pages for part in (Break(), *page)][1:]
    return Form(name, TITLE, (_cover(plan, dokumen), *flowing), PAGE, filled=bool(chapters))


def _chapters(there: Sequence[Section]) -> list[list[Section]]:
    """Each section of the first level with those below it."""
    chapters: list[list[Section]] = []
    for section in there:
        if section.level == CHAPTER or not chapters:
            chapters.append([])
        chapters[-1].append(section)
    return chapters


def _section(section: Section, plan: Plan, dokumen: Dokumen) -> Iterator[Part]:
    yield heading(section, plan, dokumen)
    yield from flow(section.row.isi, plan, dokumen)
    table = table_of(section, plan, dokumen)
    if table is not None:
        yield table
        yield BELOW_TABLE


def _signed(plan: Plan, dokumen: Dokumen) -> Signature:
    return replace(signature(plan, dokumen), width=80, size=SIZE)


def _cover(plan: Plan, dokumen: Dokumen) -> Cover:
    opd = plan.get(Opd, dokumen.opd_id)
    kop = next(iter(plan.where(Kop, "opd_id", opd.id)), None)
    year = f"TAHUN {dokumen.tahun}"
    title = " ".join(dokumen.judul.upper().split()).removesuffix(year).rstrip(" ,")
    middle = [Text(title, 20, bold=True, align="center", after=6)]
    if year not in title:
        middle.append(Text(year, 16, bold=True, align="center"))
    if dokumen.tahap == "perubahan" and "PERUBAHAN" not in title:
        number = f" KE-{dokumen.nomor_perubahan}" if dokumen.nomor_perubahan else ""
        middle.append(Text(f"PERUBAHAN{number}", 14, bold=True, align="center", before=4))
    bottom = [Text(opd.nama.upper(), 14, bold=True, align="center")]
    if opd.pemda and opd.pemda.lower() not in opd.nama.lower():
        bottom.append(Text(opd.pemda.upper(), 14, bold=True, align="center", before=2))
    top = (Text(f"PEMERINTAH {opd.pemda.upper()}", 15, bold=True, align="center"),) if opd.pemda else ()
    return Cover(top, tuple(middle), tuple(bottom), logo_of(kop) if kop is not None else None)


def _annexes(plan: Plan, dokumen: Dokumen) -> Iterator[Part]:
    """The monthly forms of a plan by months, else the quarterly ones, each on the page that is set for it."""
    from services.forms import FORMS, build_form

    kind = "bulanan-" if _is_monthly(plan, dokumen.id) else "triwulan-"
    number = 0
    for entry in FORMS.values():
        if not entry.name.startswith(kind):
            continue
        form = build_form(plan, dokumen.id, entry.name)
        if form.empty:
            continue
        number += 1
        page = setup_of(plan, dokumen.id, entry.name, form.page).page
        yield Break(page, f"Lampiran {number} Rencana Aksi {entry.group} {entry.title}", CHAPTER)
        yield from (part for part in form.parts if not isinstance(part, Cover))


def _is_monthly(plan: Plan, dokumen_id: str) -> bool:
    """Whether most of the series are typed by months."""
    series: list[DeretIndikator | DeretAnggaran] = [
        *plan.where(DeretIndikator, "dokumen_id", dokumen_id),
        *plan.where(DeretAnggaran, "dokumen_id", dokumen_id),
    ]
    kinds = [one.periode == "bulan" for one in series if has_values(one)]
    return 2 * sum(kinds) > len(kinds)
