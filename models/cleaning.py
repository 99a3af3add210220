"""Texts from elsewhere, made such as the program can hold them (file-safety.md, "Bad input").

One rule for every door: a plan file, sealed or not (anyone can seal one), a copy that is merged or compiled, and an
interchange file. It is what a field takes from the keyboard, so that a plan is never cut on its way from one of our
doors to another; a text of megabytes would hold up a table of a form for minutes. Wider where no field limits it: the
`sumber` of a document (a real one has 4,056 characters) and a section of the narrative.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

from models.changes import Change
from models.history import CLEANED, Entry, entries
from models.rows import (
    BULAN,
    Aksi,
    Anggaran,
    CatatanPeriode,
    DeretIndikator,
    Dokumen,
    Dukungan,
    Indikator,
    Jabatan,
    Kinerja,
    Narasi,
    Opd,
    Pejabat,
    Row,
    TahunAnggaran,
    TahunIndikator,
    TotalTercetak,
    TutupPeriode,
    columns,
    months_start,
    references,
)

TEXT_MAX = 4_000
"""Characters of any text (file-safety.md, "Bad input")."""
SOURCE_MAX = 20_000
"""Characters of what is noted of the origin of a document."""
NARRATIVE_MAX = 200_000
"""Characters of a section of the narrative: sixty pages."""
_TYPED = (
    Opd,
    Dokumen,
    Jabatan,
    Kinerja,
    Anggaran,
    Indikator,
    DeretIndikator,
    TahunIndikator,
    TahunAnggaran,
    Dukungan,
    Aksi,
    Narasi,
    TotalTercetak,
    Pejabat,
    CatatanPeriode,
    TutupPeriode,
)
"""Tables with texts of the officer. The others hold settings and books of the program, which are read with care."""
_NOT_TYPED = {"id", "asal_id", "sisa"}
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Signs that no program of ours writes, and that make a text another than it looks."""
_NONE: Entry = (0, 0, "", "", None, None, None, "", "", "", "")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """One text that is another now. `cut`: characters that were left off its end, 0 where only signs were taken out."""

    row: Row
    column: str
    cut: int

    @property
    def most(self) -> int:
        """Characters that such a text may have."""
        return _most(type(self.row), self.column)


def cleaning(rows: Iterable[Row], *, signs: bool = True) -> tuple[tuple[Change, ...], tuple[Cleaned, ...]]:
    """(changes, what they do) that cut what is too long and, with `signs`, take control characters out."""
    changes: list[Change] = []
    said: list[Cleaned] = []
    for row in rows:
        if isinstance(row, _TYPED):
            found = list(_unfit(row, signs=signs))
            if found:
                values = dict(zip(columns(type(row)), row.to_columns(), strict=True))
                values |= {name: text for name, text, _ in found}
                changes.append(Change(row, type(row).from_columns(tuple(values.values()))))
                said += [Cleaned(row, name, cut) for name, _, cut in found]
    return tuple(changes), tuple(said)


def cleaned_history(changes: Iterable[Change], history: Sequence[Entry], when: str, who: str) -> list[Entry]:
    """The step that follows the newest entry of a history, oldest first, and says what was there before."""
    last = history[-1] if history else _NONE
    return entries(changes, after=(last[0], last[1], last[10]), when=when, who=who, label=CLEANED)


def unfit(connection: sqlite3.Connection) -> bool:
    """Whether a plan in the tables of today holds texts that `cleaning` should see; it takes a fifth of reading it.

    Of signs only those count that no program of ours writes: what an officer pastes may hold a space that is not ours.
    """
    for cls, names in _TEXTS.items():
        if not names:
            continue
        # As bytes: what stands behind a zero does not count as text, but is read.
        sizes = ", ".join(f"max(length(CAST({name} AS BLOB)))" for name in names)
        try:
            longest = connection.execute(f"SELECT {sizes} FROM {cls.TABLE}").fetchone()
        except sqlite3.DataError:
            # More than a row may hold.
            return True
        if any((size or 0) > _most(cls, name) for size, name in zip(longest, names, strict=True)):
            return True
        whole = " || ".join(f"ifnull({name}, '')" for name in names)
        try:
            (text,) = connection.execute(f"SELECT group_concat({whole}, '') FROM {cls.TABLE}").fetchone()
        except sqlite3.DataError:
            # More than one value may hold: they are looked at one by one.
            return True
        if text and not text.isprintable() and _CONTROL.search(text):
            return True
    return False


def text_columns(cls: type[Row]) -> tuple[str, ...]:
    """The columns of a table that hold texts of the officer."""
    return _TEXTS.get(cls, ())


def _texts(cls: type[Row]) -> tuple[str, ...]:
    named = {*references(cls), *_NOT_TYPED}
    texts = {field.name for field in fields(cls) if "str" in str(field.type)}
    monthly = months_start(cls) if "nilai" in texts else None
    names = columns(cls)
    series = names[monthly : monthly + BULAN] if monthly is not None else ()
    return tuple(name for name in names if (name in texts or name in series) and name not in named)


_TEXTS: dict[type[Row], tuple[str, ...]] = {cls: _texts(cls) for cls in _TYPED}


def typed_texts(row: Row) -> Iterator[tuple[str, str]]:
    """(column, text) of each text of the officer in a row."""
    cls = type(row)
    wanted = text_columns(cls)
    if wanted:
        for name, text in zip(columns(cls), row.to_columns(), strict=True):
            if isinstance(text, str) and name in wanted:
                yield name, text


def _most(cls: type[Row], name: str) -> int:
    return {(Narasi, "isi"): NARRATIVE_MAX, (Dokumen, "sumber"): SOURCE_MAX}.get((cls, name), TEXT_MAX)


def _unfit(row: Row, *, signs: bool) -> Iterator[tuple[str, str, int]]:
    """(column, the text as it can be taken, characters cut off) of each text that cannot."""
    for name, text in typed_texts(row):
        most, fit = _most(type(row), name), text
        if signs and not (text.isprintable() or text.replace("\n", "").isprintable()):
            fit = "".join(c if c.isprintable() or c == "\n" else " " for c in text.replace("\r\n", "\n"))
        if len(fit) > most:
            yield name, fit[:most].rstrip(), len(fit) - most
        elif fit != text:
            yield name, fit, 0
