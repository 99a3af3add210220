"""A filled-in sheet read back: what it would change, as data to look at, and what could not be read, line by line.

Nothing is changed here; `changes_of` of `lembar_isian_usulan` makes the changes of what the officer accepts. What was
not touched in the sheet proposes nothing, so that a sheet which comes back late takes nothing back that was entered
meanwhile.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.errors import PlanError
from models.plan import Plan
from models.rows import Anggaran, Dokumen, Indikator
from services.angka import decide_style, is_strip
from services.cell_edit import clean, reckoned
from services.grid_numbers import read_number
from services.lembar_isian_baris import FIRST, HASIL, MARK, SHEET, UANG, VERSION, fill_in_rows, months_of
from services.lembar_isian_sel import (
    Columns,
    Percentage,
    Unreckoned,
    as_percentage,
    as_typed,
    is_head,
    is_percent,
    stray_names,
)
from services.lembar_isian_usulan import Proposal, changes_of_row, found_row, grouped
from services.naming import row_text
from services.periods import Sampai
from services.realisasi import (
    NOTES,
    PEMBILANG,
    PENYEBUT,
    counts,
    note_of,
    results,
    spending,
)
from services.rupiah import parse_rupiah
from services.safe_xlsx import Sheet, read_sheets
from services.tahunan import target_of, texts_of
from services.tanggal import MONTHS

_KEY_BEFORE = 4
_KINDS = (HASIL, UANG, PEMBILANG, PENYEBUT)

Progress = Callable[[int, int, str], object]


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
    sheets = list(read_sheets(path, progress, hidden=True, text_of=as_typed))
    keys, filled = _parts(path, sheets)
    facts = keys.rows[0][1]
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
    reading = _Reading(plan, dokumen, sampai, dict(_keys(keys)), Columns(filled, sampai))
    reading.read(filled)
    untuk = facts[6] if len(facts) > 6 else ""
    return Preview(dokumen_id, sampai, untuk, tuple(reading.proposals), tuple(reading.unread), reading.same)


def _parts(path: Path, sheets: Sequence[Sheet]) -> tuple[Sheet, Sheet]:
    """The sheet of the keys and the one that is filled in, whatever they are called.

    Raises:
        PlanError: one of them is not there.
    """
    keys = next((sheet for sheet in sheets if sheet.rows and sheet.rows[0][1][:1] == (MARK,)), None)
    headed = [one for one in sheets if one is not keys and any(is_head(cells) for _, cells in one.rows)]
    if keys is None and not headed:
        raise PlanError(f"{path.name} bukan lembar isian dari program ini.")
    if keys is None:
        raise PlanError(
            f"Di {path.name} lembar kuncinya sudah dihapus atau diubah, jadi barisnya tidak dikenali lagi. Buat lembar "
            "isian yang baru, lalu salin angkanya ke sana."
        )
    if not headed:
        raise PlanError(f'Lembar "{SHEET}" tidak ada di {path.name}. Buat lembar isian yang baru.')
    named = [sheet for sheet in headed if sheet.title == SHEET] or headed
    if len(named) > 1:
        titles = ", ".join(sheet.title for sheet in named)
        raise PlanError(
            f"Di {path.name} ada beberapa lembar yang berbentuk lembar isian: {titles}. Hapus yang tidak dipakai, atau "
            f'beri nama "{SHEET}" pada yang diisi.'
        )
    return keys, named[0]


class _Reading:
    """One sheet as it is read against the plan."""

    def __init__(self, plan: Plan, dokumen: Dokumen, sampai: Sampai, keys: dict[str, _Key], columns: Columns) -> None:
        self._plan, self._dokumen, self._sampai, self._keys = plan, dokumen, sampai, keys
        self._columns = columns
        named = {(one.kind, one.row.id): one.nama for one in fill_in_rows(plan, dokumen.id, sampai)}
        self._names = {code: named.get((key.kind, key.row_id), "") for code, key in keys.items()}
        self.proposals: list[Proposal] = []
        self.unread: list[Unread] = []
        self.same = 0

    def read(self, sheet: Sheet) -> None:
        """All rows of the sheet that can be seen."""
        seen: set[str] = set()
        at = self._columns
        for title in at.missing:
            self._say(0, f'kolom "{title}" tidak ada lagi di lembar ini, jadi tidak dibaca.')
        if strange := list(at.strange()):
            self._say(0, f"kolom {', '.join(strange)} tidak berjudul kolom lembar isian, jadi tidak dibaca.")
        for number, cells in sheet.rows:
            if number <= at.head:
                continue
            code = cells[at.kode] if at.kode < len(cells) else ""
            said = cells[at.uraian] if at.uraian is not None and at.uraian < len(cells) else ""
            key = self._keys.get(code)
            if key is None:
                self._say(number, f'kode "{code[:12]}" tidak dikenal, jadi baris ini tidak dibaca.')
            elif code in seen:
                self._say(number, f"kode {code} sudah ada di atasnya; yang dibaca hanya yang pertama.")
            else:
                seen.add(code)
                other = stray_names(self._names, code, said)
                if other is None:
                    self._row(number, key, cells)
                else:
                    self._say(
                        number,
                        f"kodenya {code}, tetapi uraiannya milik {other}, jadi baris ini tidak dibaca. Mungkin "
                        "baris-barisnya diurutkan tanpa kolom Kode.",
                    )
        if missing := [code for code in self._keys if code not in seen]:
            more = f" dan {len(missing) - 5} lagi" if len(missing) > 5 else ""
            self._say(0, f"{len(missing)} baris tidak ada lagi di lembar ini: {', '.join(missing[:5])}{more}.")

    def _row(self, number: int, key: _Key, cells: Sequence[str]) -> None:
        row = found_row(self._plan, key.kind, key.row_id)
        if row is None or row.dokumen_id != self._dokumen.id:
            self._say(number, "barisnya sudah dihapus dari rencana.")
            return
        found = [one for one in self._cells(number, key, row, cells) if one is not None]
        for group in grouped(found):
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
            changes_of_row(self._plan, group)
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
            column = self._columns.places.get(place)
            if column is None:
                continue
            typed = cells[column] if column < len(cells) else ""
            base = key.dasar[at] if at < len(key.dasar) else ""
            try:
                new = self._text(key.kind, row, place, typed)
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
                typed if isinstance(typed, Percentage) else "",
                isinstance(typed, Percentage) and not self._in_percent(key.kind, row),
            )

    def _in_percent(self, kind: str, row: Indikator | Anggaran) -> bool:
        return kind == HASIL and isinstance(row, Indikator) and is_percent(row.satuan, texts_of(self._plan, row))

    def _is_odd(self, kind: str, row: Indikator | Anggaran, text: str) -> bool:
        """Whether a result is no number although what it is compared with is one."""
        if not isinstance(row, Indikator) or not text or is_strip(text):
            return False
        style = decide_style(texts_of(self._plan, row))
        if kind == HASIL and read_number(target_of(self._plan, row, self._dokumen.tahun).text, style) is None:
            return False
        return read_number(text, style) is None

    def _text(self, kind: str, row: Indikator | Anggaran, place: int | str, typed: str) -> str:
        """A cell as it goes into the plan.

        Raises:
            PlanError: no amount, an error of the workbook, a formula without a result, or too long a text.
        """
        if isinstance(typed, Unreckoned):
            raise PlanError(
                "isinya rumus yang belum dihitung. Buka berkasnya di Excel atau LibreOffice, simpan, lalu baca lagi."
            )
        if typed[:1] == "#" and not isinstance(place, str):
            raise PlanError(f"isinya {typed[:12]}, galat dari rumus. Tulis angkanya.")
        if kind == UANG and not isinstance(place, str):
            amount = parse_rupiah(reckoned(typed, money=True))
            return "" if amount is None else str(amount)
        if isinstance(place, str):
            return clean(typed)
        if isinstance(typed, Percentage) and isinstance(row, Indikator) and self._in_percent(kind, row):
            texts = texts_of(self._plan, row)
            return as_percentage(typed, texts, decide_style(texts))
        return reckoned(clean(typed), money=False)

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
