"""Finding: what a rule found. Broken rules are data, never exceptions."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from models.rows import Row
from services.tanggal import MONTHS
from services.terms import LEVELS, Level

Period = int | str | None
"""1..12, "TW1".."TW4", or None for the year."""

Key = tuple[str, type[Row], str, Period]
"""Rule, row and period: what names one finding among all."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at one row and period. `nilai` and `harusnya`: rupiah, or a text as typed.

    `ringkas` is the sentence for several periods together, with {periode} in it. `sebab`: the finding that this one
    follows from and goes away with; None for one that has to be mended itself.
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
    sebab: Key | None = None

    @property
    def key(self) -> Key:
        """What names it."""
        return self.kode, self.tabel, self.row_id, self.periode

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
    """Equal findings of one row: one line in the dock. `lanjutan`: the lines that follow from it, folded under it."""

    findings: tuple[Finding, ...]
    lanjutan: tuple["Group", ...] = field(default=())

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


def acceptance_key(finding: Finding) -> tuple[str, str, str, str, str]:
    """What an officer accepts with a reason: (rule, table, row, period, values).

    It no longer fits once the value, or what it should be, has changed.
    """
    values = "" if finding.nilai is None and finding.harusnya is None else f"{finding.nilai}|{finding.harusnya}"
    periode = "" if finding.periode is None else str(finding.periode)
    return finding.kode, finding.tabel.TABLE, finding.row_id, periode, values


def plain(kode: str, tingkat: Level, row: Row, text: str, nilai: int | str | None = None) -> Finding:
    """A finding about a whole row, whose sentence is the same alone and in a group."""
    return Finding(
        kode, tingkat, type(row), row.id, None, nilai, None, text, text.replace("{", "{{").replace("}", "}}")
    )


def grouped(findings: Iterable[Finding]) -> list[Group]:
    """Findings as lines of the dock: worst level first, in the order of the plan, one line per row and rule.

    What follows from another finding of the list stands under that one's line, with all that follows from it in turn.
    """
    ordered = sorted(findings, key=lambda f: LEVELS.index(f.tingkat))
    by_key = {finding.key: finding for finding in ordered}
    heads: list[Finding] = []
    folded: dict[Key, list[Finding]] = {}
    for finding in ordered:
        root = _root(finding, by_key)
        if root is finding:
            heads.append(finding)
        else:
            folded.setdefault(root.key, []).append(finding)
    return [Group(g, _lines(f for head in g for f in folded.get(head.key, ()))) for g in _alike(heads)]


def line_counts(findings: Iterable[Finding]) -> Counter[Level]:
    """How many lines of each level `grouped` makes of them; those of one row together, the rows in any order."""
    listed = list(findings)
    by_key = {f.key: f for f in listed} if any(f.sebab is not None for f in listed) else {}
    last: dict[Level, tuple[type[Row], str, str]] = {}
    made: Counter[Level] = Counter()
    for f in listed:
        line = (f.tabel, f.row_id, f.kode)
        if last.get(f.tingkat) == line or (f.sebab is not None and _root(f, by_key) is not f):
            continue
        last[f.tingkat] = line
        made[f.tingkat] += 1
    return made


def _lines(findings: Iterable[Finding]) -> tuple[Group, ...]:
    return tuple(Group(found) for found in _alike(findings))


def _alike(findings: Iterable[Finding]) -> list[tuple[Finding, ...]]:
    return [tuple(g) for _, g in groupby(findings, key=lambda f: (f.tingkat, f.tabel, f.row_id, f.kode))]


def _root(finding: Finding, by_key: dict[Key, Finding]) -> Finding:
    """Where a chain of causes begins, as far as those are in the list."""
    seen = {finding.key}
    at = finding
    while at.sebab is not None and at.sebab not in seen and at.sebab in by_key:
        seen.add(at.sebab)
        at = by_key[at.sebab]
    return finding if at.sebab in seen else at


def period_name(periode: Period) -> str:
    """ "April", "TW II", "setahun"."""
    if periode is None:
        return "setahun"
    if isinstance(periode, str):
        return "TW " + ("I", "II", "III", "IV")[int(periode[2:]) - 1]
    return MONTHS[periode - 1]


def period_of(periode: str, place: int) -> Period:
    """The period of a place 0..11 in a series of `bulan` or `triwulan`."""
    return f"TW{place // 3 + 1}" if periode == "triwulan" else place + 1


def period_words(periods: Sequence[Period]) -> str:
    """ "Februari, April dan Mei", "April sampai November"."""
    names = [period_name(p) for p in periods]
    whole = [p for p in periods if isinstance(p, int)]
    if len(names) > 2 and len(whole) == len(periods) and whole == list(range(whole[0], whole[0] + len(whole))):
        return f"{names[0]} sampai {names[-1]}"
    return words_of(names)


def words_of(words: Sequence[str]) -> str:
    """ "satu", "satu dan dua", "satu, dua dan tiga"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} dan {words[-1]}"
