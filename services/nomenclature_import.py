"""A nomenclature from a table, CSV or XLSX: columns found by their headings, what cannot be read said line by line.

Two layouts: one line a sub kegiatan, with code and name of each level beside each other; or one column of codes and one
of names, where the parts of the code tell the level.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models.cleaning import TEXT_MAX
from models.errors import PlanError
from models.files import os_words
from services.nomenclature import BOTH, KABKOT, PARTS, PROV, Entry, above, key_of
from services.terms import JENIS, LEVEL_NAMES

MOST_BYTES, MOST_ROWS = 50 << 20, 20_000
MOST_SAID = 200
"""Sentences about lines that are kept; how many more there were is the last one."""
_HEADING_WITHIN = 20
"""Rows from the top among which the headings are looked for."""
_TOLD_EACH = 500
_CODE = re.compile(r"([0-9]{1,2}|X)(\.([0-9]{1,2}|XX))?(\.[0-9]{1,4})*")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_WORDS = {"program": "program", "kegiatan": "kegiatan", "sub_kegiatan": "subkegiatan"}

Progress = Callable[[int, int, str], object]
"""progress(done, total, text); it may raise to stop."""
Rows = Sequence[tuple[int, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds. `daftar`: PROV, KABKOT or BOTH -> entries; `said`: a sentence for each line left out."""

    berkas: str
    tahun: int | None
    daftar: dict[str, tuple[Entry, ...]]
    said: tuple[str, ...]

    def count(self, jenis: str) -> int:
        """Entries of a level, of all regions."""
        return sum(entry.jenis == jenis for entries in self.daftar.values() for entry in entries)


def read_nomenclature(path: Path, progress: Progress = lambda *_: None) -> Read:
    """Read a table of the nomenclature, CSV (comma, semicolon or tab; UTF-8 or Windows) or XLSX.

    Raises:
        PlanError: no table with the wanted headings, no readable line in it, too large, or no such file.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise PlanError(f"{path.name} tidak dapat dibuka ({os_words(error)}).") from error
    collected = _Collected()
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")) or path.suffix.lower() in (".xlsx", ".xlsm", ".xls"):
        from services.safe_xlsx import read_sheets

        found = 0
        for sheet in read_sheets(path, progress):
            if (table := _table(sheet.rows)) is not None:
                found += 1
                region = _region(sheet.title) or _region(path.stem) or BOTH
                collected.read(*table, f"Lembar {sheet.title}, baris", region, progress)
    else:
        found = collected.read_csv(path.name, data, _region(path.stem) or BOTH, progress)
    if not found:
        raise PlanError(
            f"Judul kolom tidak ditemukan di {path.name}. Yang dicari: kode dan nama program, kegiatan dan sub "
            "kegiatan (misalnya kode_program, program, dan seterusnya), atau satu kolom kode dan satu kolom nama."
        )
    read = collected.result(path.name)
    if not read.count("program"):
        raise PlanError(f"Tidak ada program yang terbaca di {path.name}. {' '.join(read.said[:3])}".strip())
    return read


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where things stand: level -> (column of the code, of the name), or for `listed` one pair for all levels."""

    levels: dict[str, tuple[int | None, int]]
    listed: tuple[int, int] | None
    indikator: int | None
    satuan: int | None
    region: int | None


class _Collected:
    """Entries as they are read, each with the line that it was first read in."""

    def __init__(self) -> None:
        self._entries: dict[str, dict[tuple[int, ...], Entry]] = {}
        self._line: dict[tuple[str, tuple[int, ...]], str] = {}
        self._said: list[str] = []
        self._unsaid = 0

    def read_csv(self, name: str, data: bytes, region: str, progress: Progress) -> int:
        """Read a CSV file; the number of tables found, 0 or 1."""
        if len(data) > MOST_BYTES:
            raise PlanError(f"{name} terlalu besar; paling besar {MOST_BYTES >> 20} MB.")
        text = _decoded(data)
        for delimiter in ",;\t":
            if _table(list(_csv_rows(name, text, delimiter, _HEADING_WITHIN))) is not None:
                table = _table(list(_csv_rows(name, text, delimiter, MOST_ROWS)))
                assert table is not None
                self.read(*table, "Baris", region, progress)
                return 1
        return 0

    def read(self, columns: _Columns, rows: Rows, where: str, region: str, progress: Progress) -> None:
        """Read the lines under the headings; `region`: whose they are where no column says it."""
        for done, (number, cells) in enumerate(rows):
            if done % _TOLD_EACH == 0:
                progress(done, len(rows), f"{where} {number}")
            at = f"{where} {number}"
            whose = region
            if columns.region is not None and (told := _cell(cells, columns.region)):
                found = _region(told)
                if found is None:
                    self._say(f"{at}: “{told[:40]}” bukan provinsi dan bukan kabupaten/kota; baris ini dilewati.")
                    continue
                whose = found
            if columns.listed is not None:
                self._listed(columns, cells, at, whose)
            else:
                self._beside(columns, cells, at, whose)

    def result(self, berkas: str) -> Read:
        """All entries that have their place: those above them are there, too."""
        daftar: dict[str, tuple[Entry, ...]] = {}
        shared = self._entries.get(BOTH, {})
        for region, entries in self._entries.items():
            kept: dict[tuple[int, ...], Entry] = {}
            for key in sorted(entries):
                upper = above(entries[key].kode)
                if not upper or key_of(upper) in kept or key_of(upper) in shared:
                    kept[key] = entries[key]
                else:
                    name = LEVEL_NAMES[JENIS[JENIS.index(entries[key].jenis) - 1]].lower()
                    at = self._line[region, key]
                    self._say(f"{at}: {name} {upper} di atas {entries[key].kode} tidak ada; baris ini dilewati.")
            if kept:
                daftar[region] = tuple(kept.values())
        more = (f"Masih ada {self._unsaid} baris lain yang dilewati.",) if self._unsaid else ()
        year = _YEAR.search(berkas)
        return Read(berkas, int(year[0]) if year else None, daftar, (*self._said, *more))

    def _beside(self, columns: _Columns, cells: Sequence[str], at: str, region: str) -> None:
        """A line that names all levels: the deepest one that has a code tells the codes of those above."""
        deepest = ""
        for jenis in reversed(JENIS):
            if jenis not in columns.levels:
                continue
            code_at, name_at = columns.levels[jenis]
            told, name = _cell(cells, code_at), _cell(cells, name_at)
            if not told and not deepest:
                if name:
                    self._say(f"{at}: {LEVEL_NAMES[jenis].lower()} “{name[:40]}” tanpa kode; baris ini dilewati.")
                    return
                continue
            kode = _code(told) if told else above(deepest)
            if len(key_of(kode)) != PARTS[jenis]:
                self._say(
                    f"{at}: “{told[:40]}” bukan kode {LEVEL_NAMES[jenis].lower()} ({PARTS[jenis]} bagian, misalnya "
                    f"{_EXAMPLES[jenis]}); baris ini dilewati."
                )
                return
            if deepest and key_of(above(deepest)) != key_of(kode):
                self._say(f"{at}: {deepest} tidak berawal dengan kode di atasnya, {kode}; baris ini dilewati.")
                return
            deepest = kode
        kode = ""
        for jenis in reversed(JENIS):
            if jenis not in columns.levels:
                continue
            code_at, name_at = columns.levels[jenis]
            kode = _code(_cell(cells, code_at)) or (above(kode) if kode else "")
            if kode:
                self._put(Entry(kode, _cell(cells, name_at)), columns, cells, at, region)

    def _listed(self, columns: _Columns, cells: Sequence[str], at: str, region: str) -> None:
        """A line that names one level. Those of urusan and bidang are above what a plan holds."""
        assert columns.listed is not None
        told, name = (_cell(cells, column) for column in columns.listed)
        if not told and not name:
            return
        kode = _code(told)
        count = len(key_of(kode))
        if count in PARTS.values():
            self._put(Entry(kode, name), columns, cells, at, region)
        elif count not in (1, 2):
            self._say(f"{at}: “{told[:40]}” bukan kode program, kegiatan atau sub kegiatan; baris ini dilewati.")

    def _put(self, entry: Entry, columns: _Columns, cells: Sequence[str], at: str, region: str) -> None:
        if entry.jenis == "sub_kegiatan":
            entry = replace(entry, indikator=_cell(cells, columns.indikator), satuan=_cell(cells, columns.satuan))
        known = self._entries.setdefault(region, {})
        key = key_of(entry.kode)
        old = known.get(key)
        if old is None:
            if not entry.nama:
                self._say(f"{at}: {LEVEL_NAMES[entry.jenis].lower()} {entry.kode} tanpa nama; baris ini dilewati.")
                return
            known[key] = entry
            self._line[region, key] = at
        elif entry.nama and old.nama.casefold() != entry.nama.casefold():
            self._say(f"{at}: kode {entry.kode} sudah dipakai “{old.nama[:60]}”; yang pertama yang disimpan.")
        elif entry.indikator and old.indikator not in ("", entry.indikator):
            self._say(f"{at}: {entry.kode} sudah mempunyai indikator; yang pertama yang disimpan.")
        elif entry.indikator and not old.indikator:
            known[key] = replace(old, indikator=entry.indikator, satuan=entry.satuan)

    def _say(self, sentence: str) -> None:
        if len(self._said) < MOST_SAID:
            self._said.append(sentence)
        else:
            self._unsaid += 1


_EXAMPLES = {"program": "2.17.03", "kegiatan": "2.17.03.2.01", "sub_kegiatan": "2.17.03.2.01.0001"}


def _table(rows: Rows) -> tuple[_Columns, Rows] | None:
    """The columns, and the rows under their headings; None where no row near the top holds the headings."""
    for at, (_, cells) in enumerate(rows[:_HEADING_WITHIN]):
        heads: dict[str, int] = {}
        for place, cell in enumerate(cells):
            heads.setdefault("".join(c for c in cell.casefold() if c.isalnum()), place)
        if (columns := _columns(heads)) is not None:
            return columns, rows[at + 1 :]
    return None


def _columns(heads: dict[str, int]) -> _Columns | None:
    def first(*names: str) -> int | None:
        return next((heads[name] for name in names if name in heads), None)

    levels: dict[str, tuple[int | None, int]] = {}
    for jenis, word in _WORDS.items():
        name = first(*(f"{before}{word}" for before in ("", "nama", "nomenklatur", "uraian")))
        if name is not None:
            levels[jenis] = first(f"kode{word}", f"kd{word}"), name
    deepest = next((levels[jenis] for jenis in reversed(JENIS) if jenis in levels), None)
    whole = deepest is not None and deepest[0] is not None and list(levels) == list(JENIS[: len(levels)])
    kode = first("kode", "koderekening", "kodenomenklatur")
    nama = first("nama", "nomenklatur", "uraian", *(head for head in heads if head.startswith("nomenklatur")))
    listed = (kode, nama) if not whole and kode is not None and nama is not None else None
    if not whole and listed is None:
        return None
    return _Columns(
        levels,
        listed,
        first("indikator", "indikatorsubkegiatan", "indikatorkinerja", "indikatorkinerjasubkegiatan"),
        first("satuan", "satuansubkegiatan", "satuanindikator"),
        first("jenispemda", "pemda", "tingkatpemda", "kewenangan"),
    )


def _region(text: str) -> str | None:
    """Whose list a word, title or file name speaks of: PROV, KABKOT, BOTH where it names both, None where neither."""
    folded = text.casefold()
    prov, kabkot = "prov" in folded, any(word in folded for word in ("kab", "kota"))
    if prov and kabkot:
        return BOTH
    return PROV if prov else KABKOT if kabkot else None


def _cell(cells: Sequence[str], column: int | None) -> str:
    text = cells[column] if column is not None and column < len(cells) else ""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:TEXT_MAX]


def _code(text: str) -> str:
    """A code in one way of writing; "" where it is none."""
    kode = "".join(text.upper().split()).strip("'.")
    return kode if _CODE.fullmatch(kode) else ""


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _csv_rows(name: str, text: str, delimiter: str, most: int) -> Iterator[tuple[int, list[str]]]:
    """(line in the file, cells) of each row that is not empty; only the first rows where `most` is small."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    for done in range(most + 1):
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise PlanError(f"Baris {reader.line_num} di {name} tidak terbaca sebagai CSV.") from error
        if cells is None:
            return
        if done == most == MOST_ROWS:
            raise PlanError(f"{name} lebih dari {MOST_ROWS:,} baris.".replace(",", ".") + " Hapus yang tidak perlu.")
        if any(cells):
            yield line, cells
        line = reader.line_num + 1
