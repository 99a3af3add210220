"""Rules for the printed numbers of a level of the performance tree: missing, used twice, left out.

Source: forms.md (the No column: numbers run through a table, or begin again with a unit, a position or a parent).
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from models.plan import Plan
from models.rows import Kinerja
from services.checks.finding import Finding
from services.checks.usage import is_blank
from services.terms import Level

_NUMBER = re.compile(r"\s*(?P<prefix>(?:[0-9]+\.)*)(?P<last>[0-9]{1,4})\s*[.)]?\s*")


@dataclass(frozen=True, slots=True)
class Entry:
    """A node in its list. `number`: None where none is printed, or where it is no number."""

    node: Kinerja
    number: int | None

    @property
    def owner(self) -> tuple[str | None, str | None, str | None]:
        """Where a list may begin again: with the heading, the parent or the person in charge."""
        return self.node.kelompok, self.node.induk_id, self.node.penanggung_jawab_id


def lists(plan: Plan, dokumen_id: str, tingkat: str) -> list[list[Entry]]:
    """The nodes of a level in the lists that they are numbered in, in the order of the document.

    A list ends where the numbers begin again with 1, or where those of the next owner repeat numbers that the list has
    ("1, 2, 3" of one position and "2, 3" of the next).
    """
    nodes = [node for node in plan.where(Kinerja, "dokumen_id", dokumen_id) if node.tingkat == tingkat]
    by_prefix: dict[str, list[Entry]] = {}
    for node in nodes:
        by_prefix.setdefault(_prefix(node.nomor), []).append(Entry(node, _number(node.nomor)))
    return [part for entries in by_prefix.values() for part in _split(entries)]


def check_numbers(plan: Plan, dokumen_id: str, tingkat: str) -> Iterator[Finding]:
    """All findings about the numbers of one level."""
    for entries in lists(plan, dokumen_id, tingkat):
        yield from _missing(entries)
        yield from _same_sign(entries)
        strange = {finding.row_id: finding for finding in _out_of_place(entries)}
        yield from strange.values()
        twice = {finding.row_id: finding for finding in _twice(entries)}
        yield from twice.values()
        for finding, before in _left_out(entries):
            doubled = twice.get(before)
            if finding.row_id not in strange and before not in strange:
                yield replace(finding, sebab=doubled.key) if doubled is not None else finding


@lru_cache(maxsize=8192)
def _prefix(nomor: str | None) -> str:
    """What stands before the last number of "2.1.3"; texts that are no number are lists of their own kind."""
    if not (nomor or "").strip():
        return ""
    found = _NUMBER.fullmatch(nomor or "")
    return found["prefix"] if found else "?"


@lru_cache(maxsize=8192)
def _number(nomor: str | None) -> int | None:
    found = _NUMBER.fullmatch(nomor or "")
    return int(found["last"]) if found else None


def _split(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    begins_again = any(
        a.owner == b.owner and (a.number or 0) > 1 and b.number == 1 for a, b in itertools.pairwise(entries)
    )
    current: list[Entry] = []
    seen: set[int] = set()
    for at, entry in enumerate(entries):
        if _begins(entries, at, current, seen, begins_again=begins_again):
            yield current
            current, seen = [], set()
        current.append(entry)
        if entry.number is not None:
            seen.add(entry.number)
    if current:
        yield current


def _begins(entries: Sequence[Entry], at: int, current: list[Entry], seen: set[int], *, begins_again: bool) -> bool:
    """Whether a new list begins at an entry."""
    entry = entries[at]
    if entry.number is None or not seen:
        return False
    other = entry.owner != entries[at - 1].owner
    if entry.number == 1 and (other or current[-1].number != 1 or begins_again):
        return True
    if not other or entry.number not in seen:
        return False
    following = [each.number for each in entries[at + 1 :] if each.owner == entry.owner and each.number is not None]
    if following:
        return following[0] in seen
    later = next((each.number for each in entries[at + 1 :] if each.number is not None), None)
    return later is not None and later <= entry.number


def _missing(entries: Sequence[Entry]) -> Iterator[Finding]:
    """NOMOR-KOSONG: no number, where most of those under the same parent and heading have one, or just one fits."""
    told = {entry.node.id for entry in _skipped(entries)}
    families: dict[tuple[str | None, str | None], list[Entry]] = {}
    for entry in entries:
        families.setdefault((entry.node.kelompok, entry.node.induk_id), []).append(entry)
    for family in families.values():
        numbered = sum(bool((each.node.nomor or "").strip()) for each in family)
        few = 2 * numbered < len(family) or not numbered
        for entry in family:
            if not (entry.node.nomor or "").strip() and (not few or entry.node.id in told):
                text = "Nomor belum diisi; baris lain dalam daftar ini sudah."
                yield _found("NOMOR-KOSONG", "catatan", entry.node, None, None, text)


def _skipped(entries: Sequence[Entry]) -> Iterator[Entry]:
    """A blank entry between two numbers, or before the second, where just its own number is left out."""
    for at, entry in enumerate(entries[:-1]):
        before, after = entries[at - 1].number if at else 0, entries[at + 1].number
        if entry.number is None and before is not None and after == before + 2:
            yield entry


def _out_of_place(entries: Sequence[Entry]) -> Iterator[Finding]:
    """NOMOR-LOMPAT: a number between two others, or before the second, that leave room for just one, and not for it."""
    there = [entry.number for entry in entries]
    for at, entry in enumerate(entries[:-1]):
        before, after = (there[at - 1] if at else 0), there[at + 1]
        if entry.number is None or before is None or after != before + 2 or there.count(entry.number) > 1:
            continue
        wanted = before + 1
        if entry.number != wanted and wanted not in there:
            place = f"di antara {before} dan {after}" if at else f"di depan {after}"
            text = f"Nomor {entry.number} berdiri {place}; seharusnya {wanted}."
            yield _found("NOMOR-LOMPAT", "catatan", entry.node, entry.node.nomor, str(wanted), text)


def _twice(entries: Sequence[Entry]) -> Iterator[Finding]:
    """NOMOR-GANDA: a number that another node of the same list has already."""
    first: dict[int, Entry] = {}
    for entry in entries:
        if entry.number is None:
            continue
        if entry.number in first:
            other = (first[entry.number].node.uraian or "").strip() or "(belum bernama)"
            text = f"Nomor {entry.number} sudah dipakai: {other}."
            yield _found("NOMOR-GANDA", "peringatan", entry.node, entry.node.nomor, None, text)
        first.setdefault(entry.number, entry)


def _same_sign(entries: Sequence[Entry]) -> Iterator[Finding]:
    """NOMOR-GANDA for what is no number: a letter, or a Roman numeral, twice under one owner.

    A list begins again with the sign that it began with, once it has others.
    """
    lists_of: dict[tuple[str | None, str | None, str | None], dict[str, Entry]] = {}
    for entry in entries:
        sign = (entry.node.nomor or "").strip().rstrip(".)").casefold()
        if entry.number is not None or is_blank(sign):
            continue
        seen = lists_of.setdefault(entry.owner, {})
        if len(seen) > 1 and sign == next(iter(seen)):
            seen.clear()
        if sign in seen:
            other = (seen[sign].node.uraian or "").strip() or "(belum bernama)"
            text = f"Nomor {(entry.node.nomor or '').strip()} sudah dipakai: {other}."
            yield _found("NOMOR-GANDA", "peringatan", entry.node, entry.node.nomor, None, text)
        seen.setdefault(sign, entry)


def _left_out(entries: Sequence[Entry]) -> Iterator[tuple[Finding, str]]:
    """NOMOR-LOMPAT, each with the id of the node before it: numbers left out, and printed nowhere else in the list.

    Nodes without a number may stand for as many. Behind a new owner only one number may be left out: more is another
    way of counting.
    """
    there = {entry.number for entry in entries}
    before: Entry | None = None
    blanks = 0
    for entry in entries:
        if entry.number is None:
            blanks += 1
            continue
        if before is not None and before.number is not None and entry.number > before.number + 1 + blanks:
            left = [n for n in range(before.number + 1, entry.number) if n not in there]
            if left and (entry.owner == before.owner or len(left) == 1):
                names = str(left[0]) if len(left) == 1 else f"{left[0]} sampai {left[-1]}"
                text = f"Nomor melompat dari {before.number} ke {entry.number}; {names} tidak ada."
                found = _found("NOMOR-LOMPAT", "catatan", entry.node, entry.node.nomor, str(left[0]), text)
                yield found, before.node.id
        before, blanks = entry, 0


def _found(kode: str, level: Level, node: Kinerja, nilai: str | None, harusnya: str | None, text: str) -> Finding:
    short = text.replace("{", "{{").replace("}", "}}")
    return Finding(kode, level, Kinerja, node.id, None, nilai, harusnya, text, short)
