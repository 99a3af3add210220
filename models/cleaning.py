"""Texts of a file that another program wrote, made such as input takes them (file-safety.md, "Bad input")."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from models.changes import Change
from models.history import CLEANED, Entry, entries
from models.rows import (
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
    references,
)

TEXT_MAX = 4000
"""Characters of any text that is typed."""
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
_ANY_LENGTH = (Narasi, "isi")
"""A section of the narrative may be as long as it has to be."""
_NONE: Entry = (0, 0, "", "", None, None, None, "", "", "", "")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """One text that is another now. `cut`: characters that were left off its end, 0 where only signs were taken out."""

    row: Row
    column: str
    cut: int


def cleaning(rows: Iterable[Row]) -> tuple[tuple[Change, ...], tuple[Cleaned, ...]]:
    """(changes, what they do) that take control characters out and cut what is longer than TEXT_MAX."""
    changes: list[Change] = []
    said: list[Cleaned] = []
    for row in rows:
        if isinstance(row, _TYPED):
            found = list(_unfit(row))
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


def _unfit(row: Row) -> Iterator[tuple[str, str, int]]:
    """(column, the text as it can be taken, characters cut off) of each text that cannot."""
    cls = type(row)
    named: dict[str, Any] = references(cls)
    for name, text in zip(columns(cls), row.to_columns(), strict=True):
        if not isinstance(text, str) or name in _NOT_TYPED or name in named:
            continue
        most = len(text) if (cls, name) == _ANY_LENGTH else TEXT_MAX
        if len(text) <= most and (text.isprintable() or text.replace("\n", "").isprintable()):
            continue
        fit = "".join(c if c.isprintable() or c == "\n" else " " for c in text.replace("\r\n", "\n"))
        yield name, fit[:most].rstrip() if len(fit) > most else fit, max(len(fit) - most, 0)
