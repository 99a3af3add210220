"""The performance report (LKIP): cover, preface, contents, lists of tables and charts, BAB I to IV, and its annexes.

Source: Perpres 29/2014 and Permenpan RB 53/2014: pendahuluan, perencanaan kinerja, akuntabilitas kinerja, penutup.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.plan import Plan
from models.rows import Dokumen, Kop, Opd
from services.forms.parts import LANJUTAN, Break, Cell, Contents, Cover, Form, Page, Part, Row, Table, Text
from services.forms.realisasi_sampai import as_of
from services.forms.realisasi_sel import signed
from services.forms.settings import dress, logo_of, setup_of
from services.narasi.flow import FIGURE, SIZE, TABLE, WIDTH, flow, heading
from services.narasi.inserts import ACROSS, UPRIGHT
from services.narasi.placeholders import reckoned_once
from services.narasi.sections import (
    CHAPTER,
    LKIP,
    Section,
    chapters,
    is_closing,
    is_preface,
    level_of,
    naskah_of,
    report_sections,
    title_of,
)
from services.narasi.template import template_rows
from services.render.contents import entries
from services.render.fonts import Font, face
from services.render.layout import lay_out
from services.render.sheets import MM
from services.render.wrapping import wrap
from services.tanggal import MONTHS

NAME = "lkip"
TITLE = "Laporan kinerja (LKIP)"
FROM_TEMPLATE = "Naskah LKIP belum dimulai; teks yang dimuat adalah teks templat. Ubah di Naskah, pilihan LKIP."
FROM_RENCANA = (
    "Naskah LKIP belum dimulai; teks yang dimuat adalah naskah rencana aksi, yang memuat akuntabilitas kinerja."
)
_WORDS = "LAPORAN KINERJA INSTANSI PEMERINTAH"
_ANNEXES = ("perjanjian-kinerja", "capaian-iku", "capaian-sasaran", "pagu-realisasi", "efisiensi")
_ROMAN = re.compile(r"BAB ([IVXLC]+)\b")
_OWN = re.compile(r"(?:Tabel|Gambar|Grafik|Bagan) ([0-9]+(?:\.[0-9]+)?) ")
_LISTS = ((TABLE, "Tabel", "DAFTAR TABEL"), (FIGURE, "Gambar", "DAFTAR GAMBAR"))
_LIST_WIDTHS = (WIDTH - 8.0, 8.0)
_LIST_SIZE = 11.0
_LIST_PADDING = 0.4
_DATED = re.compile(rf"(?:[^.]{{1,60}}, *)?(?:\d{{1,2}} )?(?:{'|'.join(MONTHS)}) \d{{4}}\.?", re.IGNORECASE)
"""A line such as "Singaraja, 31 Januari 2023", which an officer puts above a signature."""
_NUMBERS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def build(plan: Plan, dokumen: Dokumen, name: str = NAME) -> Form:
    """The report with the full forms behind it as annexes."""
    return _whole(plan, dokumen, name, tuple(_annexes(plan, dokumen)))


def narrative(plan: Plan, dokumen: Dokumen, name: str = NAME) -> Form:
    """The report without annexes, as it is edited in a word processor."""
    return _whole(plan, dokumen, name, ())


def _whole(plan: Plan, dokumen: Dokumen, name: str, annexes: tuple[Part, ...]) -> Form:
    own = report_sections(plan, dokumen.id)
    there = own or tuple(Section(row, level_of(row), title_of(row)) for row in template_rows(dokumen.id, LKIP))
    with reckoned_once():
        pages = list(_pages(chapters(there), plan, dokumen))
    page = setup_of(plan, dokumen.id, name, UPRIGHT).page
    placed = {UPRIGHT: page, ACROSS: replace(ACROSS, paper=page.paper, size=page.size)}
    story = [_on(part, placed) for part in _numbered([part for each in pages for part in (Break(), *each)][1:])]
    at = _front(story)
    remark = FROM_TEMPLATE if not own else "" if naskah_of(own[0].row) == LKIP else FROM_RENCANA
    filled = bool(own) or as_of(plan, dokumen) is not None

    def made(lists: Sequence[Part], annexes: Sequence[Part]) -> Form:
        front = (Text("DAFTAR ISI", 13, bold=True, align="center", after=6), Contents(), *lists, Break())
        parts = (_cover(plan, dokumen), *story[:at], *front, *story[at:], *annexes)
        return Form(name, TITLE, parts, UPRIGHT, filled=filled, remark=remark)

    # Where a caption stands does not depend on what is in the annexes, only on that the contents name them.
    named = [each for part in annexes if isinstance(part, Break) for each in (part, Text(LANJUTAN, 6))]
    first = dress(made(tuple(_lists(story, {})), named), plan, dokumen.id, (), "")
    return made(tuple(_lists(story, _page_numbers(first))), annexes)


def _pages(there: Sequence[Sequence[Section]], plan: Plan, dokumen: Dokumen) -> Iterator[tuple[Part, ...]]:
    """Each chapter; preface and closing are signed.

    The date of the plan is not that of the report on it: room is left for it, unless the text ends in one.
    """
    closing = max((i for i, chapter in enumerate(there) if is_closing(chapter[0])), default=None)
    for i, chapter in enumerate(there):
        parts: list[Part] = []
        for section in chapter:
            parts.append(heading(section, plan, dokumen))
            parts += flow(section.row.isi, plan, dokumen)
        if is_preface(chapter[0]) or i == closing:
            block = replace(signed(plan, dokumen), width=80, size=SIZE)
            parts.append(replace(block, tempat_tanggal="") if _ends_in_date(parts) else block)
        yield tuple(parts)


def _ends_in_date(parts: Sequence[Part]) -> bool:
    last = parts[-1] if parts else None
    return isinstance(last, Text) and not last.level and _DATED.fullmatch(last.plain.strip()) is not None


def _front(story: Sequence[Part]) -> int:
    """Where the contents go: before the first numbered bab, behind the break that begins its page.

    At the beginning where there is none, and where subbab stand before it.
    """
    for i, part in enumerate(story):
        if isinstance(part, Text) and part.level:
            if _chapter(part):
                return i
            if part.level > CHAPTER:
                break
    return 0


def _chapter(text: Text) -> str:
    """ "III" of a heading such as "BAB III AKUNTABILITAS", "" of any other text."""
    found = _ROMAN.match(text.plain) if text.level == CHAPTER else None
    return found[1] if found else ""


def _numbered(parts: Sequence[Part]) -> Iterator[Part]:
    """Captions with the number of their chapter and their own: "Tabel 3.1 Capaian".

    Those that an officer typed with a number keep it, as the text may refer to it, and no other gets the same.
    """
    lines = (line for part in parts for line in (part.title if isinstance(part, Table) else (part,)))
    taken = {(line.level, found[1]) for line in lines if isinstance(line, Text) and (found := _own_number(line))}
    chapter, counts = 0, dict.fromkeys((TABLE, FIGURE), 0)
    for part in parts:
        if isinstance(part, Text) and part.level == CHAPTER:
            chapter, counts = _value(_chapter(part)), dict.fromkeys(counts, 0)
        if isinstance(part, Text):
            yield _captioned(part, chapter, counts, taken)
        elif isinstance(part, Table) and part.title:
            yield replace(part, title=tuple(_captioned(line, chapter, counts, taken) for line in part.title))
        else:
            yield part


def _captioned(text: Text, chapter: int, counts: dict[int, int], taken: set[tuple[int, str]]) -> Text:
    """A caption with its number, which `counts` and `taken` then know."""
    word = next((word for level, word, _ in _LISTS if level == text.level), None)
    if word is None:
        return text
    before = f"{chapter}." if chapter else ""
    own = _own_number(text)
    if own is not None:
        if own[1].startswith(before) and own[1].removeprefix(before).isdigit():
            counts[text.level] = int(own[1].removeprefix(before))
        return text
    counts[text.level] += 1
    while (text.level, f"{before}{counts[text.level]}") in taken:
        counts[text.level] += 1
    taken.add((text.level, f"{before}{counts[text.level]}"))
    return replace(text, text=f"{word} {before}{counts[text.level]} {text.plain}")


def _own_number(text: Text) -> re.Match[str] | None:
    """The match of a caption that has a number already, its first group; None for other texts."""
    return _OWN.match(text.plain) if text.level in (TABLE, FIGURE) else None


def _value(roman: str) -> int:
    values = [_NUMBERS[letter] for letter in roman]
    return sum(-one if one < after else one for one, after in zip(values, (*values[1:], 0), strict=False))


def _on(part: Part, pages: dict[Page, Page]) -> Part:
    """A break onto a page of a narrative, on the paper that is set for this one."""
    return replace(part, page=pages.get(part.page, part.page)) if isinstance(part, Break) and part.page else part


def _lists(story: Sequence[Part], numbers: dict[str, int]) -> Iterator[Part]:
    """The lists of tables and of charts with their pages, each below its heading; none where it would be empty."""
    captions = [entry for entry in entries(story) if entry.level in (TABLE, FIGURE)]
    for level, _, title in _LISTS:
        found = [entry.title for entry in captions if entry.level == level]
        if found:
            yield Text(title, 13, bold=True, align="center", before=9, after=4)
            rows = tuple((_listed(words, str(numbers.get(words, 0))),) for words in found)
            yield Table(_LIST_WIDTHS, (), rows, size=_LIST_SIZE, padding=_LIST_PADDING, ruled=False)


def _listed(words: str, number: str) -> Row:
    """A caption with dots up to its page number."""
    font = Font(face(), _LIST_SIZE)
    room = (_LIST_WIDTHS[0] - 2 * _LIST_PADDING) * MM
    lines = wrap(words, font, room)
    dots = "." * int((room - font.width(f"{lines[-1]}  ")) / font.width("."))
    # The number stands beside the last line.
    page = Cell(1, number, align="right") if len(lines) == 1 else Cell(1, "", foot=number, align="right")
    return Row((Cell(0, f"{words} {dots}" if len(dots) > 1 else words), page), 5.5)


def _page_numbers(form: Form) -> dict[str, int]:
    """The page on which each heading of the form stands, the first of those that are alike."""
    pages: list[int] = []
    count = 0
    for sheet in lay_out(form):
        count += sheet.counted
        pages.extend(count for mark in sheet.marks if mark.listed)
    found: dict[str, int] = {}
    for entry, page in zip(entries(form.parts), pages, strict=True):
        found.setdefault(entry.title, page)
    return found


def _cover(plan: Plan, dokumen: Dokumen) -> Cover:
    opd = plan.get(Opd, dokumen.opd_id)
    kop = next(iter(plan.where(Kop, "opd_id", opd.id)), None)
    middle = (
        Text(_WORDS, 20, bold=True, align="center", after=4),
        Text("(LKIP)", 16, bold=True, align="center", after=6),
        Text(f"TAHUN {dokumen.tahun}", 16, bold=True, align="center"),
    )
    bottom = [Text(opd.nama.upper(), 14, bold=True, align="center")]
    if opd.pemda and opd.pemda.lower() not in opd.nama.lower():
        bottom.append(Text(opd.pemda.upper(), 14, bold=True, align="center", before=2))
    top = (Text(f"PEMERINTAH {opd.pemda.upper()}", 15, bold=True, align="center"),) if opd.pemda else ()
    return Cover(top, middle, tuple(bottom), logo_of(kop) if kop is not None else None)


def _annexes(plan: Plan, dokumen: Dokumen) -> Iterator[Part]:
    """The forms that the report rests on, with all their columns, each on the page that is set for it."""
    from services.forms import FORMS, build_form

    number = 0
    for name in _ANNEXES:
        form = build_form(plan, dokumen.id, name)
        if form.empty:
            continue
        number += 1
        entry = FORMS[name]
        title = entry.title if entry.group == "Realisasi" else entry.group
        yield Break(setup_of(plan, dokumen.id, name, form.page).page, f"Lampiran {number} {title}", CHAPTER)
        yield Text(f"LAMPIRAN {number}", 8, bold=True, align="right", after=1)
        yield from (_unlisted(part) for part in form.parts if not isinstance(part, Cover))


def _unlisted(part: Part) -> Part:
    """A part of an annex, which the contents name as a whole."""
    return replace(part, level=0) if isinstance(part, Text) else part
