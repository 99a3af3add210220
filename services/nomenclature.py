"""The official nomenclature that this PC holds: program, kegiatan and sub kegiatan by code, and finding them.

It is one file of the program's own folder, `nomenklatur.json`; nothing is read before it is asked for.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from models.errors import PlanError
from models.files import write_whole
from models.workspace import data_folder
from services.terms import JENIS

PARTS = dict(zip(JENIS, (3, 5, 6), strict=True))
"""Parts of a code: urusan, bidang and program; two more for the kegiatan; one more for the sub kegiatan."""
PROV, KABKOT, BOTH = "PROV", "KABKOT", ""
"""Whose list an entry stands in. The same code may mean one thing in a provinsi, another in a kabupaten or kota."""
OWN = "X.XX"
"""What stands for the agency's own bidang in the codes of the programs that every agency has."""
MOST = 8
"""Lines that are offered at once."""
LEAST = 2
"""Characters from which on anything is offered."""
_LEVEL = {count: jenis for jenis, count in PARTS.items()}
_CODE_LIKE = re.compile(r"[\dx][\dx.]*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list; `indikator` and `satuan` are those of a sub kegiatan, "" where the list has none."""

    kode: str
    nama: str
    indikator: str = ""
    satuan: str = ""

    @property
    def jenis(self) -> str:
        """program, kegiatan or sub_kegiatan."""
        return _LEVEL[self.kode.count(".") + 1]

    @property
    def above(self) -> str:
        """The code of the entry that it hangs under, "" for a program."""
        return above(self.kode)


@dataclass(frozen=True, slots=True)
class Source:
    """What the list came from: name of the file, its year where that is known, the day of import, how many."""

    berkas: str
    tahun: int | None
    diimpor: str
    sub_kegiatan: Mapping[str, int]
    """Whose list (PROV, KABKOT or BOTH) -> number of sub kegiatan."""


def above(kode: str) -> str:
    """The code of the level above; "" for that of a program."""
    parts = kode.split(".")
    level = JENIS.index(_LEVEL[len(parts)])
    return ".".join(parts[: PARTS[JENIS[level - 1]]]) if level else ""


def key_of(kode: str | None) -> tuple[int, ...]:
    """A code for comparing: ends of two and of four digits are the same, X comes first. () where it is no code."""
    parts = (kode or "").strip().strip(".").split(".")
    if not all((part.isascii() and part.isdigit()) or part.upper() in ("X", "XX") for part in parts):
        return ()
    return tuple(int(part) if part.isdigit() else -1 for part in parts)


def needles_of(text: str) -> tuple[str, ...]:
    """What each word of a typed text looks for in `hay_of`: the beginning of a code, or letters of the name."""
    words = text.casefold().split()
    return tuple(f" {word}" if _CODE_LIKE.fullmatch(word) else word for word in words)


def hay_of(entry: Entry) -> str:
    """What an entry is found by: its code, with and without dots and with the other length of its end, and its name."""
    kode = entry.kode
    forms = f" {kode} {kode.replace('.', '')}"
    if kode.count(".") == PARTS["sub_kegiatan"] - 1:
        head, _, end = kode.rpartition(".")
        other = f"{head}.{int(end):0{4 if len(end) < 4 else 2}d}"
        forms = f"{forms} {other} {other.replace('.', '')}"
    return f"{forms} {entry.nama}".casefold()


class Nomenclature:
    """The list of one kind of region. A level is taken apart when it is first asked for."""

    def __init__(self, levels: Mapping[str, str], bidang: str = "") -> None:
        """`levels`: level -> its lines as `keep` writes them; `bidang`: the agency's own, put in place of X.XX."""
        self._lines = levels
        self._bidang = bidang
        self._levels: dict[str, dict[tuple[int, ...], Entry]] = {}
        self._hay: dict[str, list[tuple[str, Entry]]] = {}
        self._children: dict[str, dict[str, list[Entry]]] = {}

    def entry(self, kode: str | None) -> Entry | None:
        """The entry with a code, in either length of its end."""
        key = key_of(kode)
        jenis = _LEVEL.get(len(key))
        return self._level(jenis).get(key) if jenis is not None else None

    def entries(self, jenis: str) -> Iterable[Entry]:
        """All entries of a level, in the order of their codes."""
        return self._level(jenis).values()

    def children(self, kode: str = "") -> Sequence[Entry]:
        """The entries right under one, given by its code as it stands in the list; the programs for ""."""
        below = _LEVEL[kode.count(".") + 1] if kode else None
        if below == JENIS[-1]:
            return ()
        jenis = JENIS[JENIS.index(below) + 1] if below is not None else JENIS[0]
        if jenis not in self._children:
            found: dict[str, list[Entry]] = {}
            for entry in self.entries(jenis):
                found.setdefault(entry.above, []).append(entry)
            self._children[jenis] = found
        return self._children[jenis].get(kode, ())

    def find(self, text: str, jenis: str, under: str | None = None, most: int = MOST) -> list[Entry]:
        """The entries of a level that a typed text may mean: all its words stand in the name, in any order, or begin
        the code ("2.17.03", "21703").

        First those under the code `under`, which may also be a bidang; then those whose name begins so, and those with
        a word for each of ours.
        """
        needles = needles_of(text)
        if sum(len(needle.strip()) for needle in needles) < LEAST:
            return []
        parent = self.entry(under)
        branch = f"{parent.kode}." if parent is not None else f"{under}." if key_of(under) else ""
        start = " ".join(needles)
        if jenis not in self._hay:
            self._hay[jenis] = [(hay_of(entry), entry) for entry in self.entries(jenis)]
        hays = self._hay[jenis]
        found = [
            (
                not (branch and entry.kode.startswith(branch)),
                not hay.startswith(start, len(hay) - len(entry.nama)),
                not all(f" {needle.lstrip()}" in hay for needle in needles),
                place,
            )
            for place, (hay, entry) in enumerate(hays)
            if all(needle in hay for needle in needles)
        ]
        return [hays[place][1] for *_, place in sorted(found)[:most]]

    def _level(self, jenis: str) -> dict[tuple[int, ...], Entry]:
        if jenis not in self._levels:
            lines = [line for line in self._lines.get(jenis, "").split("\n") if line]
            if self._bidang:
                # What the list says of the bidang itself wins over what it says of any.
                lines.sort(key=lambda line: not line.startswith(OWN))
                lines = [line.replace(OWN, self._bidang, 1) if line.startswith(OWN) else line for line in lines]
            found = {key_of(entry.kode): entry for entry in (Entry(*line.split("\t")) for line in lines)}
            self._levels[jenis] = dict(sorted(found.items()))
        return self._levels[jenis]


def region_of(jenis_pemda: str | None) -> str:
    """Whose list a plan takes its names from: PROV for a provinsi, else KABKOT."""
    return PROV if (jenis_pemda or "").casefold().startswith("prov") else KABKOT


def nomenclature(jenis_pemda: str | None, bidang: str = "") -> Nomenclature | None:
    """The list for a plan; None where none has been imported, or the file cannot be read.

    `bidang`: the agency's own ("2.17"), put in place of X.XX. Kept in memory until another one is asked for.
    """
    try:
        path = _file()
        there = path.stat()
    except (OSError, PlanError):
        return None
    return _loaded(path, (there.st_mtime_ns, there.st_size), region_of(jenis_pemda), bidang)


def source() -> Source | None:
    """What the list on this PC came from."""
    try:
        kept = _read(_file())
    except PlanError:
        return None
    if kept is None:
        return None
    counts = {region: levels["sub_kegiatan"].count("\n") for region, levels in kept["daftar"].items()}
    return Source(kept["berkas"], kept["tahun"], kept["diimpor"], {region: n for region, n in counts.items() if n})


def keep(berkas: str, tahun: int | None, daftar: Mapping[str, Sequence[Entry]]) -> None:
    """Put a list in place of the one that this PC holds. `daftar`: PROV, KABKOT or BOTH -> entries.

    Raises:
        PlanError: the file cannot be written.
    """
    levels = {region: {jenis: _lines(entries, jenis) for jenis in JENIS} for region, entries in daftar.items()}
    kept = {"berkas": berkas, "tahun": tahun, "diimpor": date.today().isoformat(), "daftar": levels}
    text = json.dumps(kept, ensure_ascii=False, indent=1)
    write_whole(_file(), lambda out: out.write(text.encode("utf-8")))


def _lines(entries: Sequence[Entry], jenis: str) -> str:
    """A line an entry, its values by tabs: a tenth of the time that a list of lists takes to be read."""
    return "".join(f"{e.kode}\t{e.nama}\t{e.indikator}\t{e.satuan}\n" for e in entries if e.jenis == jenis)


def _file() -> Path:
    return data_folder() / "nomenklatur.json"


def _read(path: Path) -> dict[str, Any] | None:
    """What was kept; None where nothing was, or the file is broken."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        fits = isinstance(kept["berkas"] + kept["diimpor"], str) and isinstance(kept["tahun"], int | None)
        lists = [levels[jenis] for levels in kept["daftar"].values() for jenis in JENIS]
        return kept if fits and all(lines.count("\t") == 3 * lines.count("\n") for lines in lists) else None
    except (OSError, ValueError, RecursionError, TypeError, AttributeError, LookupError):
        return None


@lru_cache(maxsize=2)
def _loaded(path: Path, stamp: tuple[int, int], region: str, bidang: str) -> Nomenclature | None:
    kept = _read(path)
    if kept is None:
        return None
    lists = [kept["daftar"][name] for name in (BOTH, region) if name in kept["daftar"]]
    return Nomenclature({jenis: "".join(levels[jenis] for levels in lists) for jenis in JENIS}, bidang)
