"""Sections of the narrative: their order, their levels, and what an officer does to them, as changes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from models.changes import Change
from models.plan import Plan
from models.rows import Narasi, new_id
from services.order import between, spaced

LAST_LEVEL = 3
CHAPTER = 1
"""The level of a bab."""

RENCANA = ""
LKIP = "lkip"
NASKAH: dict[str, str] = {RENCANA: "rencana aksi", LKIP: "LKIP"}
"""The narratives that a document may have, and what each is called; `kunci` of a section begins with "lkip."."""

PREFACE = "kata_pengantar"
CLOSING = "penutup"
_ACCOUNT = "AKUNTABILITAS KINERJA"
_CHAPTERS = {PREFACE, CLOSING, "ikhtisar_eksekutif", "kesimpulan", "lampiran"}
_CHAPTER_KEY = re.compile(r"bab_|daftar_")
_CHAPTER_TITLE = re.compile(r"BAB\b|[IVX]+\. [A-Z]{3}", re.IGNORECASE)
_CHAPTER_WORDS = {"KATA PENGANTAR", "PENUTUP", "IKHTISAR EKSEKUTIF", "DAFTAR PUSTAKA"}
_THIRD = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+|[A-Z]\. |(?:Tujuan|Sasaran) [0-9]")


@dataclass(frozen=True, slots=True)
class Section:
    """A section in its place. `level`: 1 for a bab, 2 for a subbab, 3 below it."""

    row: Narasi
    level: int
    title: str


def naskah_of(narasi: Narasi) -> str:
    """The narrative that a section belongs to, one of NASKAH."""
    first, dot, _ = (narasi.kunci or "").partition(".")
    return first if dot and first in NASKAH else RENCANA


def key_of(narasi: Narasi) -> str:
    """The key within its narrative, "" without one."""
    return (narasi.kunci or "").removeprefix(f"{naskah_of(narasi)}.")


def level_of(narasi: Narasi) -> int:
    """The level as set, else as the key and the title tell it.

    A bab, the parts before and after them, and "V. PENUTUP" are of level 1; "1.4.1 Tugas", "E. Program" and
    "Sasaran 1 Meningkatnya", which stand under a numbered section, of level 3; all others of level 2.
    """
    if narasi.tingkat is not None:
        return min(max(narasi.tingkat, CHAPTER), LAST_LEVEL)
    key, title = key_of(narasi).strip().lower(), (narasi.judul or "").strip()
    if key in _CHAPTERS or _CHAPTER_KEY.match(key) or title.upper() in _CHAPTER_WORDS or _CHAPTER_TITLE.match(title):
        return CHAPTER
    return 3 if _THIRD.match(title) else 2


def title_of(narasi: Narasi) -> str:
    """The title as typed, else the words of the key."""
    return " ".join((narasi.judul or "").split()) or key_of(narasi).replace("_", " ").strip().capitalize()


def sections(plan: Plan, dokumen_id: str, naskah: str = RENCANA) -> tuple[Section, ...]:
    """The sections of one of a document's narratives, in order."""
    rows = plan.where(Narasi, "dokumen_id", dokumen_id)
    return tuple(Section(row, level_of(row), title_of(row)) for row in rows if naskah_of(row) == naskah)


def report_sections(plan: Plan, dokumen_id: str) -> tuple[Section, ...]:
    """Those of the LKIP; where it is not begun, those of the rencana aksi if that tells of akuntabilitas kinerja.

    An interchange file has one narrative, and that of a transcribed report is the report.
    """
    own = sections(plan, dokumen_id, LKIP)
    other = () if own else sections(plan, dokumen_id)
    return own or (other if any(_ACCOUNT in one.title.upper() and one.level == CHAPTER for one in other) else ())


def chapters(there: Sequence[Section]) -> list[list[Section]]:
    """Each section of the first level with those below it."""
    found: list[list[Section]] = []
    for section in there:
        if section.level == CHAPTER or not found:
            found.append([])
        found[-1].append(section)
    return found


def is_preface(section: Section) -> bool:
    """Whether it is the kata pengantar."""
    return key_of(section.row) == PREFACE or section.title.upper() == "KATA PENGANTAR"


def is_closing(section: Section) -> bool:
    """Whether it is the bab that closes the document."""
    return section.level == CHAPTER and (key_of(section.row) == CLOSING or "PENUTUP" in section.title.upper())


def add_section(
    plan: Plan, dokumen_id: str, after: str | None, level: int, judul: str, naskah: str = RENCANA
) -> tuple[list[Change], str]:
    """(changes, id) of a new, empty section behind `after` and what is deeper than it; without `after` at the end."""
    there = sections(plan, dokumen_id, naskah)
    at = len(there)
    if after is not None:
        at = _place(there, after) + 1
        while at < len(there) and there[at].level > level:
            at += 1
    row = Narasi(
        id=new_id(),
        dokumen_id=dokumen_id,
        urutan=0,
        kunci=f"{naskah}.bagian" if naskah else None,
        judul=_clean(judul),
        isi="",
        tingkat=_bounded(level),
    )
    return inserted([section.row for section in there], [row], at), row.id


def remove_section(plan: Plan, narasi_id: str) -> list[Change]:
    """Take the section away with the sections below it."""
    there, at = _find(plan, narasi_id)
    return [Change(section.row, None) for section in reversed(there[at : _end(there, at)])]


def move_section(plan: Plan, narasi_id: str, step: int) -> list[Change]:
    """One place up (-1) or down (+1) among its siblings, with the sections below it; nothing at either end."""
    there, at = _find(plan, narasi_id)
    if step < 0:
        first, middle = _sibling_before(there, at), at
        if first is None:
            return []
        end = _end(there, at)
    else:
        first, middle = at, _end(there, at)
        if middle == len(there) or there[middle].level < there[at].level:
            return []
        end = _end(there, middle)
    rows = [section.row for section in there]
    moved = [*rows[:first], *rows[middle:end], *rows[first:middle], *rows[end:]]
    numbers = [row.urutan for row in rows]
    if len(set(numbers)) < len(numbers):
        numbers = list(spaced(len(rows)))
    return _renumbered(moved, numbers)


def set_level(plan: Plan, narasi_id: str, level: int) -> list[Change]:
    """The level of this one section, as headings are demoted in a word processor."""
    row = plan.get(Narasi, narasi_id)
    return _altered(row, tingkat=_bounded(level))


def set_title(plan: Plan, narasi_id: str, judul: str) -> list[Change]:
    """Another title; the level stays, also where the old title told it."""
    row = plan.get(Narasi, narasi_id)
    named = replace(row, judul=_clean(judul))
    return _altered(row, judul=named.judul, tingkat=row.tingkat if level_of(named) == level_of(row) else level_of(row))


def set_text(plan: Plan, narasi_id: str, isi: str) -> list[Change]:
    """Another text, in markup."""
    return _altered(plan.get(Narasi, narasi_id), isi=isi)


def inserted(there: Sequence[Narasi], fresh: Sequence[Narasi], at: int) -> list[Change]:
    """Add rows as number `at` and following; where no number is free, the whole list is numbered anew."""
    numbers: list[int] = []
    before = there[at - 1].urutan if at else None
    for _ in fresh:
        free = between(numbers[-1] if numbers else before, there[at].urutan if at < len(there) else None)
        if free is None:
            break
        numbers.append(free)
    else:
        return [Change(None, replace(row, urutan=n)) for row, n in zip(fresh, numbers, strict=True)]
    new = {row.id for row in fresh}
    listed = [*there[:at], *fresh, *there[at:]]
    numbered = [(row, n) for row, n in zip(listed, spaced(len(listed)), strict=True)]
    return [
        *(Change(row, replace(row, urutan=n)) for row, n in numbered if row.id not in new and row.urutan != n),
        *(Change(None, replace(row, urutan=n)) for row, n in numbered if row.id in new),
    ]


def _renumbered(rows: Sequence[Narasi], numbers: Sequence[int]) -> list[Change]:
    return [Change(row, replace(row, urutan=n)) for row, n in zip(rows, numbers, strict=True) if row.urutan != n]


def _altered(row: Narasi, **values: Any) -> list[Change]:
    after = replace(row, **values)
    return [Change(row, after)] if after != row else []


def _find(plan: Plan, narasi_id: str) -> tuple[tuple[Section, ...], int]:
    row = plan.get(Narasi, narasi_id)
    there = sections(plan, row.dokumen_id, naskah_of(row))
    return there, _place(there, narasi_id)


def _place(there: Sequence[Section], narasi_id: str) -> int:
    return next(i for i, section in enumerate(there) if section.row.id == narasi_id)


def _end(there: Sequence[Section], at: int) -> int:
    """Behind the section and all below it."""
    return next((i for i in range(at + 1, len(there)) if there[i].level <= there[at].level), len(there))


def _sibling_before(there: Sequence[Section], at: int) -> int | None:
    above = next((i for i in range(at - 1, -1, -1) if there[i].level <= there[at].level), None)
    return above if above is not None and there[above].level == there[at].level else None


def _bounded(level: int) -> int:
    return min(max(level, CHAPTER), LAST_LEVEL)


def _clean(judul: str) -> str | None:
    return " ".join(judul.split()) or None
