"""Finding: every text, code and number of one plan document, as the officer types it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from models.changes import Change
from models.plan import Plan
from models.rows import (
    Anggaran,
    Dokumen,
    Indikator,
    Jabatan,
    Kinerja,
    Narasi,
    Opd,
    Pejabat,
    Row,
)
from services.naming import document_name, level_name, row_text
from services.search_cells import GROUPS, SEARCHED, Cell, cells_of, group_of, texts_of, values_of

MOST_PATH = 3
"""Rows above a place that are named in its path."""

_AMOUNT = re.compile(r"(\d{1,3}(?:\.\d{3})*(?:\.\d{0,2})?|\d+)(?:,-|(?<=\.\d{3}),0{0,2})?")
_PIECE = 2_000
"""Rows taken in at once; a few milliseconds."""
_BEFORE = 40
"""Letters of a long text that are shown before the word."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One place. `row_id` is a row of `table`; `month` 0..11 or None; `text` what stands there.

    `label` says what the text is ("Kode", "Kas April"), "" where it names the row; `path` where the row hangs;
    `kumulatif` which view of the months holds an amount.
    """

    group: str
    table: type[Row]
    row_id: str
    text: str
    label: str = ""
    path: str = ""
    month: int | None = None
    kumulatif: bool | None = None


class Found(NamedTuple):
    """A row that matches; the best place in it is looked up with `SearchIndex.hit` when it is shown."""

    group: str
    table: type[Row]
    row_id: str


_Entry = tuple[str, str, str]
"""(row id, texts, values)."""


@dataclass(frozen=True, slots=True)
class _Word:
    """What is looked for anywhere in a text, and at the beginning of a value; `amount` the latter without dots."""

    text: str
    value: str
    amount: str

    def takes(self, texts: str, values: str) -> bool:
        return self.text in texts or self.starts(values)

    def starts(self, values: str) -> bool:
        return self.value in values or (self.amount != "" and self.amount in values)

    def among(self, entries: Iterable[_Entry]) -> list[_Entry]:
        """The entries that it takes; written out, as tens of thousands are asked at each key."""
        text, value, amount = self.text, self.value, self.amount
        if not amount:
            return [each for each in entries if text in each[1] or value in each[2]]
        return [each for each in entries if text in each[1] or value in each[2] or amount in each[2]]


class SearchIndex:
    """Of one document, the agency included. Built with `advance`, piece by piece; `update` keeps it right."""

    def __init__(self, plan: Plan, dokumen_id: str) -> None:
        self.dokumen_id = dokumen_id
        self.complete = False
        """Whether all rows are taken in."""
        self._plan = plan
        self._entries: dict[type[Row], dict[str, _Entry]] = {cls: {} for cls in SEARCHED}
        self._opd_id = plan.get(Dokumen, dokumen_id).opd_id if dokumen_id else ""
        self._left: Iterator[Row] = (row for cls in SEARCHED for row in self._rows_of(cls))

    def advance(self, rows: int) -> bool:
        """Take in so many rows more; False when all are there."""
        taken = list(islice(self._left, rows))
        for row in taken:
            today = self._plan.find(type(row), row.id)
            if today is not None:
                self._put(today)
        self.complete = len(taken) < rows
        return not self.complete

    def update(self, changes: Iterable[Change]) -> None:
        """Follow an edit."""
        for change in changes:
            row = change.after
            if row is not None and self._is_here(row):
                self._put(row)
            else:
                self._entries.get(type(change.row), {}).pop(change.row.id, None)

    def find(self, text: str) -> list[Found]:
        """The rows that hold every word, in any case, in the order of the plan, the groups in the order of GROUPS.

        A value is found by its beginning, an amount with or without dots and Rp; all else anywhere in a text. Empty for
        an empty text.
        """
        while not self.complete:
            self.advance(_PIECE)
        words = _words(text)
        groups: dict[str, list[Found]] = {group: [] for group in GROUPS}
        for cls, entries in self._entries.items() if words else ():
            left: Iterable[_Entry] = entries.values()
            for word in words:
                left = word.among(left)
            in_text, in_values = groups[group_of(cls)], groups["Angka"]
            for row_id, texts, values in left:
                if values and not all(word.text in texts for word in words):
                    in_values.append(Found("Angka", cls, row_id))
                else:
                    in_text.append(Found(group_of(cls), cls, row_id))
        return [found for group in groups.values() for found in group]

    def hit(self, found: Found, text: str) -> Hit | None:
        """The best place in a row that matches, for showing and going there; None where the row is gone."""
        row = self._plan.find(found.table, found.row_id)
        if row is None:
            return None
        words = _words(text)
        best = max(cells_of(row), key=lambda cell: _weight(cell, words), default=Cell("", ""))
        title = _snippet(best.text, words) or row_text(row)
        path = self._path(row, best)
        return Hit(found.group, found.table, found.row_id, title, best.label, path, best.month, best.kumulatif)

    def _rows_of(self, cls: type[Row]) -> Iterable[Row]:
        if cls is Opd or cls is Dokumen:
            row = self._plan.find(cls, self._opd_id if cls is Opd else self.dokumen_id)
            return (row,) if row is not None else ()
        return self._plan.where(cls, "dokumen_id", self.dokumen_id)

    def _is_here(self, row: Row) -> bool:
        if isinstance(row, Opd | Dokumen):
            return row.id in (self._opd_id, self.dokumen_id)
        return type(row) in SEARCHED and getattr(row, "dokumen_id", None) == self.dokumen_id

    def _put(self, row: Row) -> None:
        self._entries[type(row)][row.id] = (row.id, texts_of(row), values_of(row))

    def _path(self, row: Row, cell: Cell) -> str:
        """What stands above the place, the nearest first."""
        plan, names = self._plan, []
        at = _owner(plan, row)
        if isinstance(row, Kinerja | Anggaran | Indikator):
            names.append(level_name(row) if cell.names else f"{level_name(row)} {row_text(row)}")
        elif isinstance(row, Pejabat) and row.jabatan_id:
            jabatan = plan.find(Jabatan, row.jabatan_id)
            names.append(jabatan.nama if jabatan else "")
        elif isinstance(row, Narasi) and not cell.names:
            names.append(row.judul or "")
        elif isinstance(row, Dokumen):
            names.append(document_name(row))
        while at is not None and len(names) < MOST_PATH:
            names.append(f"{level_name(at)} {row_text(at)}")
            at = _owner(plan, at)
        return " ‹ ".join(name for name in names if name)


def _owner(plan: Plan, row: Row) -> Row | None:
    """The row of a tree that a row hangs under or belongs to."""
    for cls, field in (
        (Indikator, "indikator_id"),
        (Kinerja, "kinerja_id"),
        (Anggaran, "anggaran_id"),
    ):
        owner: Row | None = plan.find(cls, getattr(row, field, None))
        if owner is not None:
            return owner
    return plan.find(type(row), row.induk_id) if isinstance(row, Kinerja | Anggaran) else None


def place_of(plan: Plan, row: Row) -> Row | None:
    """The row of a tree, as it is today, in which a row is seen: itself, or that which it belongs to.

    For a position the first row that it answers for. None for what stands in no tree, such as the narrative.
    """
    if isinstance(row, Kinerja | Anggaran | Indikator):
        return plan.find(type(row), row.id)
    if isinstance(row, Jabatan):
        for cls in (Kinerja, Anggaran):
            if rows := plan.where(cls, "penanggung_jawab_id", row.id):
                return rows[0]
        return None
    return _owner(plan, row)


def _weight(cell: Cell, words: tuple[_Word, ...]) -> tuple[int, int]:
    """How many words stand in the cell, and how many of them are all of it."""
    text = "" if cell.value else cell.text.casefold()
    there = sum(word.takes(text, cell.value) for word in words)
    return there, sum(cell.value in (word.value, word.amount) for word in words if cell.value)


def _words(text: str) -> tuple[_Word, ...]:
    joined = re.sub(r"\brp\.?\s*(?=\d)", "", text.casefold())
    return tuple(_Word(word, f"\n{word}", _amount(word)) for word in joined.split())


def _amount(word: str) -> str:
    """An amount as it stands in the index, from its first digits as typed; "" for anything else."""
    found = _AMOUNT.fullmatch(word)
    return "\n" + found[1].replace(".", "") if found else ""


def _snippet(text: str, words: tuple[_Word, ...]) -> str:
    """One line of a text, beginning a little before the first word that is looked for."""
    line = " ".join(text.split())
    folded = line.casefold()
    at = min((place for word in words if (place := folded.find(word.text)) >= 0), default=0)
    if at <= _BEFORE or len(line) <= 2 * _BEFORE:
        return line
    start = line.rfind(" ", 0, at - _BEFORE // 2) + 1
    return f"… {line[start:]}" if start else line
