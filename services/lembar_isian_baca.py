"""A filled-in sheet read back: what it would change, as data to look at, and what could not be read, line by line.

Nothing is changed here; `changes_of` makes the changes of what the officer accepts. What was not touched in the sheet
proposes nothing, so that a sheet which comes back late takes nothing back that was entered meanwhile.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import Anggaran, Dokumen, Indikator
from services.angka import decide_style, format_angka, is_strip
from services.cell_edit import clean
from services.grid_numbers import read_number, undoubted
from services.lembar_isian_baris import FIRST, HASIL, KEYS, MARK, SHEET, UANG, VERSION, months_of
from services.naming import row_text
from services.periods import Sampai
from services.realisasi import (
    NOTES,
    PEMBILANG,
    PENYEBUT,
    counts,
    note_of,
    results,
    set_counts,
    set_note,
    set_results,
    set_spending,
    spending,
)
from services.rupiah import parse_rupiah
from services.safe_xlsx import Sheet, read_sheets
from services.tahunan import target_of, texts_of
from services.tanggal import MONTHS

LABEL = "isi realisasi dari lembar isian"

_BEFORE = 5
"""Columns in front of those to fill in."""
_KEY_BEFORE = 4
_KINDS = (HASIL, UANG, PEMBILANG, PENYEBUT)

Progress = Callable[[int, int, str], object]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One cell that the sheet would change. `nomor`: its row in the sheet; `kolom`: "Juni" or "Kendala".

    `lama`: what stands in the plan, `baru`: what was filled in, both as typed, "" for nothing. `bentrok`: the plan says
    something else than when the sheet was written. `kosong`: the sheet empties a cell; propose it unticked.
    `place`: the month 0 to 11, or the name in NOTES; `bulan`: the month, 1 to 12, that closes the period.
    `bukan_angka`: it says no number where the target, or a count, is one; propose it unticked.
    """

    nomor: int
    kode: str
    kind: str
    row_id: str
    nama: str
    kolom: str
    lama: str
    baru: str
    bentrok: bool
    place: int | str
    bulan: int
    kumulatif: bool
    bukan_angka: bool = False

    @property
    def kosong(self) -> bool:
        """Whether it takes a value away."""
        return not self.baru


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell or row that could not be taken: its row in the sheet (0 for the sheet as a whole) and why."""

    nomor: int
    kalimat: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a sheet says. `untuk`: whom it was written for; `tetap`: filled-in cells that say what the plan says."""

    dokumen_id: str
    sampai: Sampai
    untuk: str
    usulan: tuple[Proposal, ...]
    tak_terbaca: tuple[Unread, ...]
    tetap: int


@dataclass(frozen=True, slots=True)
class _Key:
    kode: str
    kind: str
    row_id: str
    kumulatif: bool
    dasar: tuple[str, ...]


def read_sheet(path: Path, plan: Plan, progress: Progress = lambda *_: None) -> Preview:
    """What a filled-in sheet would change.

    Raises:
        PlanError: no workbook, not a sheet of this program, one of another plan, or one of a later version.
    """
    sheets = {sheet.title: sheet for sheet in read_sheets(path, progress, hidden=True, text_of=_as_typed)}
    keys, filled = sheets.get(KEYS), sheets.get(SHEET)
    facts = keys.rows[0][1] if keys is not None and keys.rows else ()
    if keys is None or filled is None or facts[:1] != (MARK,):
        raise PlanError(
            f"{path.name} bukan lembar isian dari program ini, atau lembar kuncinya sudah dihapus. Buat lembar isian "
            "yang baru, lalu salin angkanya ke sana."
        )
    if facts[1:2] != (str(VERSION),):
        raise PlanError(f"{path.name} dibuat oleh versi program yang lebih baru. Perbarui program ini.")
    try:
        dokumen_id, bulan, quarter = facts[2], int(facts[4]), facts[5] == "1"
    except (IndexError, ValueError):
        raise PlanError(f"Lembar kunci di {path.name} rusak. Buat lembar isian yang baru.") from None
    dokumen = plan.find(Dokumen, dokumen_id)
    if dokumen is None or not 1 <= bulan <= 12 or (quarter and bulan % 3):
        raise PlanError(f"{path.name} milik rencana lain: dokumennya tidak ada di rencana ini.")
    sampai = Sampai(bulan, quarter)
    reading = _Reading(plan, dokumen, sampai, dict(_keys(keys)))
    reading.read(filled)
    untuk = facts[6] if len(facts) > 6 else ""
    return Preview(dokumen_id, sampai, untuk, tuple(reading.proposals), tuple(reading.unread), reading.same)


def changes_of(plan: Plan, proposals: Iterable[Proposal]) -> tuple[Change, ...]:
    """The changes of those that were accepted, for one `Document.edit` under LABEL.

    Raises:
        PlanError: a period was closed, or a row deleted, since the sheet was read.
    """
    return tuple(change for group in _grouped(proposals) for change in _changes(plan, group))


def _grouped(proposals: Iterable[Proposal]) -> list[list[Proposal]]:
    """Those that alter one row of the plan file together."""
    groups: dict[tuple[str, str, bool], list[Proposal]] = {}
    for one in proposals:
        groups.setdefault((one.kind, one.row_id, isinstance(one.place, str)), []).append(one)
    return list(groups.values())


def _found(plan: Plan, kind: str, row_id: str) -> Indikator | Anggaran | None:
    return plan.find(Anggaran, row_id) if kind == UANG else plan.find(Indikator, row_id)


def _changes(plan: Plan, group: Sequence[Proposal]) -> tuple[Change, ...]:
    first = group[0]
    row = _found(plan, first.kind, first.row_id)
    if row is None:
        raise PlanError(f"{first.nama} sudah dihapus dari rencana.")
    if isinstance(first.place, str):
        return set_note(plan, row, first.bulan, {str(one.place): one.baru for one in group})
    typed = {int(one.place): one.baru for one in group}
    if isinstance(row, Anggaran):
        amounts = {place: parse_rupiah(text) for place, text in typed.items()}
        return set_spending(plan, row, amounts, kumulatif=first.kumulatif)
    if first.kind == HASIL:
        return set_results(plan, row, typed)
    return set_counts(plan, row, first.kind, typed)


class _Reading:
    """One sheet as it is read against the plan."""

    def __init__(self, plan: Plan, dokumen: Dokumen, sampai: Sampai, keys: dict[str, _Key]) -> None:
        self._plan, self._dokumen, self._sampai, self._keys = plan, dokumen, sampai, keys
        self.proposals: list[Proposal] = []
        self.unread: list[Unread] = []
        self.same = 0

    def read(self, sheet: Sheet) -> None:
        """All rows of the sheet that can be seen."""
        seen: set[str] = set()
        for number, cells in sheet.rows:
            if number < FIRST:
                continue
            code = cells[0] if cells else ""
            key = self._keys.get(code)
            if key is None:
                self._say(number, f'kode "{code[:12]}" tidak dikenal, jadi baris ini tidak dibaca.')
            elif code in seen:
                self._say(number, f"kode {code} sudah ada di atasnya; yang dibaca hanya yang pertama.")
            else:
                seen.add(code)
                self._row(number, key, cells)
        if missing := [code for code in self._keys if code not in seen]:
            more = f" dan {len(missing) - 5} lagi" if len(missing) > 5 else ""
            self._say(0, f"{len(missing)} baris tidak ada lagi di lembar ini: {', '.join(missing[:5])}{more}.")

    def _row(self, number: int, key: _Key, cells: Sequence[str]) -> None:
        row = _found(self._plan, key.kind, key.row_id)
        if row is None or row.dokumen_id != self._dokumen.id:
            self._say(number, "barisnya sudah dihapus dari rencana.")
            return
        found = [one for one in self._cells(number, key, row, cells) if one is not None]
        for group in _grouped(found):
            if self._fits(group) is None:
                self.proposals += group
                continue
            for one in group:
                problem = self._fits([one])
                if problem is None:
                    self.proposals.append(one)
                else:
                    self._say(number, f"{one.kolom}: {problem}")

    def _fits(self, group: Sequence[Proposal]) -> str | None:
        """Why these cannot be taken together, None where they can."""
        try:
            _changes(self._plan, group)
        except PlanError as error:
            return str(error)
        return None

    def _cells(
        self, number: int, key: _Key, row: Indikator | Anggaran, cells: Sequence[str]
    ) -> Iterator[Proposal | None]:
        months = months_of(self._sampai)
        places: list[int | str] = [*months]
        if key.kind in (HASIL, UANG):
            places += [*NOTES]
        for at, place in enumerate(places):
            name = NOTES[place] if isinstance(place, str) else MONTHS[place]
            typed = cells[_BEFORE + at] if _BEFORE + at < len(cells) else ""
            base = key.dasar[at] if at < len(key.dasar) else ""
            try:
                new = self._text(key.kind, place, typed)
            except PlanError as error:
                self._say(number, f"{name}: {error}")
                continue
            now = self._now(key.kind, row, place)
            if new in (base, now):
                self.same += bool(new) and new == now
                continue
            yield Proposal(
                number,
                key.kode,
                key.kind,
                row.id,
                _called(key.kind, row),
                name,
                now,
                new,
                now != base,
                place,
                self._sampai.bulan,
                key.kumulatif,
                not isinstance(place, str) and self._is_odd(key.kind, row, new),
            )

    def _is_odd(self, kind: str, row: Indikator | Anggaran, text: str) -> bool:
        """Whether a result is no number although what it is compared with is one."""
        if not isinstance(row, Indikator) or not text or is_strip(text):
            return False
        style = decide_style(texts_of(self._plan, row))
        if kind == HASIL and read_number(target_of(self._plan, row, self._dokumen.tahun).text, style) is None:
            return False
        return read_number(text, style) is None

    def _text(self, kind: str, place: int | str, typed: str) -> str:
        """A cell as it goes into the plan.

        Raises:
            PlanError: no amount, an error of the workbook, or too long a text.
        """
        if typed[:1] == "#" and not isinstance(place, str):
            raise PlanError(f"isinya {typed[:12]}, galat dari rumus. Tulis angkanya.")
        if kind == UANG and not isinstance(place, str):
            amount = parse_rupiah(typed)
            return "" if amount is None else str(amount)
        return clean(typed)

    def _now(self, kind: str, row: Indikator | Anggaran, place: int | str) -> str:
        if isinstance(place, str):
            return str(getattr(note_of(self._plan, row, self._sampai.bulan), place, None) or "")
        if isinstance(row, Anggaran):
            spent = spending(self._plan, row)
            value = spent.nilai[place] if spent is not None else None
            return "" if value is None else str(value)
        series = results(self._plan, row) if kind == HASIL else counts(self._plan, row, kind)
        return (series.nilai[place] or "") if series is not None else ""

    def _say(self, number: int, sentence: str) -> None:
        self.unread.append(Unread(number, sentence[:1].upper() + sentence[1:]))


def _called(kind: str, row: Indikator | Anggaran) -> str:
    """What a row of the sheet is called; a count by what is counted."""
    if not isinstance(row, Indikator) or kind not in (PEMBILANG, PENYEBUT):
        return row_text(row)
    said = row.pembilang if kind == PEMBILANG else row.penyebut
    return f"{kind.capitalize()}: {said or row_text(row)}"


def _keys(sheet: Sheet) -> Iterator[tuple[str, _Key]]:
    for number, cells in sheet.rows:
        if number >= FIRST and len(cells) >= _KEY_BEFORE:
            code, kind, row_id, runs = cells[:_KEY_BEFORE]
            if kind not in _KINDS:
                continue
            yield code, _Key(code, kind, row_id, runs == "1", tuple(cells[_KEY_BEFORE:]))


def _as_typed(value: object) -> str:
    """A cell as an officer types it: a number with a comma, such as a cell that is no longer a text cell holds."""
    if isinstance(value, bool) or not isinstance(value, int | float | datetime | date):
        return "" if value is None else str(value).strip()
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    number = Decimal(repr(value))
    if number == number.to_integral_value():
        return str(int(number))
    return undoubted(format_angka(number).replace(".", ""))
