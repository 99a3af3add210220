"""Finding: what a rule found. Broken rules are data, never exceptions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from models.changes import Change
from models.rows import Row
from services.tanggal import MONTHS
from services.terms import LEVELS, Level

Period = int | str | None
"""1..12, "TW1".."TW4", or None for the year."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at one row and period. `nilai` and `harusnya`: rupiah, or a target as typed.

    `ringkas` is the sentence for several periods together, with {periode} in it. `perbaikan`: the changes that would
    mend it, where that can be done safely.
    """

    kode: str
    tingkat: Level
    tabel: type[Row]
    row_id: str
    periode: Period
    nilai: int | str | None
    harusnya: int | str | None
    pesan: str
    ringkas: str
    perbaikan: tuple[Change, ...] = ()

    @property
    def selisih(self) -> int | None:
        """Value less what it should be, in rupiah."""
        if isinstance(self.nilai, int) and isinstance(self.harusnya, int):
            return self.nilai - self.harusnya
        return None

    @property
    def month(self) -> int | None:
        """The place 0..11 of the cell that it is about, or None for the year."""
        if isinstance(self.periode, str):
            return int(self.periode[2:]) * 3 - 1
        return None if self.periode is None else self.periode - 1


@dataclass(frozen=True, slots=True)
class Group:
    """Equal findings of one row: one line in the dock."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The one that a click goes to."""
        return self.findings[0]

    @property
    def key(self) -> tuple[str, type[Row], str, str]:
        """What makes it one line: level, row and rule."""
        return self.first.tingkat, self.first.tabel, self.first.row_id, self.first.kode

    @property
    def pesan(self) -> str:
        """One sentence for all."""
        return self.first.ringkas.format(periode=period_words([f.periode for f in self.findings]))


def grouped(findings: Iterable[Finding]) -> list[Group]:
    """Findings as lines of the dock: worst level first, in the order of the plan, one line per row and rule."""
    ordered = sorted(findings, key=lambda f: LEVELS.index(f.tingkat))
    return [Group(tuple(g)) for _, g in groupby(ordered, key=lambda f: (f.tingkat, f.tabel, f.row_id, f.kode))]


def period_name(periode: Period) -> str:
    """ "April", "TW II", "setahun"."""
    if periode is None:
        return "setahun"
    if isinstance(periode, str):
        return "TW " + ("I", "II", "III", "IV")[int(periode[2:]) - 1]
    return MONTHS[periode - 1]


def period_words(periods: Sequence[Period]) -> str:
    """ "Februari, April dan Mei", "April sampai November"."""
    names = [period_name(p) for p in periods]
    whole = [p for p in periods if isinstance(p, int)]
    if len(names) > 2 and len(whole) == len(periods) and whole == list(range(whole[0], whole[0] + len(whole))):
        return f"{names[0]} sampai {names[-1]}"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} dan {names[-1]}"
