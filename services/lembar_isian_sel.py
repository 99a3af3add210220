"""The cells of a filled-in sheet as texts, and the columns by their headings."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from models.errors import PlanError
from services.angka import Style, format_angka, parse_angka
from services.grid_numbers import read_number, undoubted, write_like
from services.lembar_isian_baris import KODE, TITLES, URAIAN, months_of
from services.periods import Sampai
from services.realisasi import NOTES
from services.safe_xlsx import Formula, Sheet
from services.tanggal import MONTHS

HEAD_WITHIN = 40
"""Rows in which the headings are looked for: lines may have been put above them."""
_MOST_DECIMALS, _ROUNDED = 6, 2
"""Decimals of a percentage that are taken as they come; of a longer one so many are kept."""
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')

Place = int | str
"""A month, 0 to 11, or a name in NOTES."""


class Percentage(str):
    """A number of a cell that Excel shows as a percentage, as it is shown: 0.12 as "12%"."""

    __slots__ = ()


class Unreckoned(str):
    """A formula without a result."""

    __slots__ = ()


def as_typed(value: object, number_format: str = "") -> str:
    """A cell as an officer types it: a number with a comma, such as a cell that is no longer a text cell holds."""
    if isinstance(value, Formula):
        return Unreckoned("(rumus)")
    if isinstance(value, bool) or not isinstance(value, int | float | datetime | date):
        return "" if value is None else str(value).strip()
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    number = Decimal(repr(value))
    if "%" in _QUOTED.sub("", number_format):
        return Percentage(f"{_plain(_rounded(number * 100))}%")
    return _plain(number)


def as_percentage(text: Percentage, texts: Sequence[str | None], style: Style) -> str:
    """The percentage as the cells of its indicator are written, with the sign only where they have it."""
    angka = parse_angka(text, Style.INDONESIAN)
    assert angka is not None
    assert angka.value is not None
    like = next((one for one in texts if one and read_number(one, style) is not None), "")
    written = write_like(angka.value, like, style)
    return written if style is Style.ENGLISH else undoubted(written)


def is_percent(satuan: str | None, texts: Sequence[str | None]) -> bool:
    """Whether an indicator is counted in percent, by its unit or by what stands in its cells."""
    return any("%" in (one or "") or "persen" in (one or "").casefold() for one in (satuan, *texts))


class Columns:
    """Where the columns of a sheet are, by their headings: one may have put others between them, or moved them.

    `head`: the number of the row of headings. `kode`, `uraian`: places in a row from 0, the latter None where it is
    gone. `places`: of each month and note that is there. `missing`: headings that are gone.
    """

    def __init__(self, sheet: Sheet, sampai: Sampai) -> None:
        """Find them.

        Raises:
            PlanError: there are none, or one of them is there twice.
        """
        self._sheet = sheet
        wanted: dict[str, Place] = {_same(MONTHS[place]): place for place in months_of(sampai)}
        wanted |= {_same(title): name for name, title in NOTES.items()}
        found = next((row for row in sheet.rows if row[0] <= HEAD_WITHIN and is_head(row[1])), None)
        if found is None:
            raise PlanError(f'Baris judul kolom ({KODE}, {URAIAN}, nama bulan) tidak ada di lembar "{sheet.title}".')
        self.head, titles = found
        at: dict[str, int] = {}
        known = {*wanted, *map(_same, TITLES)}
        for column, title in enumerate(map(_same, titles)):
            if title not in known:
                continue
            if title in at:
                raise PlanError(
                    f'Judul kolom "{titles[column].strip()}" ada dua kali, di kolom {letter(at[title])} dan '
                    f"{letter(column)}, jadi tidak jelas mana yang diisi. Hapus salah satunya."
                )
            at[title] = column
        self.kode, self.uraian = at[_same(KODE)], at.get(_same(URAIAN))
        self.places: dict[Place, int] = {place: at[title] for title, place in wanted.items() if title in at}
        self.missing = [NOTES[p] if isinstance(p, str) else MONTHS[p] for t, p in wanted.items() if t not in at]
        self._read = frozenset(at.values())

    def strange(self) -> Iterator[str]:
        """The letters of the columns without a heading of ours that something stands in, below the headings."""
        filled = {
            column
            for number, cells in self._sheet.rows
            if number > self.head
            for column, text in enumerate(cells)
            if text and column not in self._read
        }
        yield from map(letter, sorted(filled))


def is_head(cells: Sequence[str]) -> bool:
    """Whether a row holds the headings."""
    titles = set(map(_same, cells))
    return _same(KODE) in titles and (
        _same(URAIAN) in titles or not titles.isdisjoint([*map(_same, MONTHS), *map(_same, NOTES.values())])
    )


def letter(column: int) -> str:
    """ "A" for the first column, 0."""
    return chr(ord("A") + column) if column < 26 else f"{letter(column // 26 - 1)}{letter(column % 26)}"


def stray_names(names: Mapping[str, str], code: str, said: str) -> str | None:
    """The code of another row that a name belongs to: someone has moved the names and left the codes.

    Args:
        names: of each code the name of its row, as the sheet was written from the plan of today.
    """
    text = _same(said)
    if not text or _same(names.get(code, "")) == text:
        return None
    return next((other for other, name in names.items() if _same(name) == text), None)


def _same(title: str) -> str:
    return " ".join(title.split()).casefold()


def _rounded(number: Decimal) -> Decimal:
    exponent = number.normalize().as_tuple().exponent
    return round(number, _ROUNDED) if isinstance(exponent, int) and -exponent > _MOST_DECIMALS else number


def _plain(number: Decimal) -> str:
    if number == number.to_integral_value():
        return str(int(number))
    return undoubted(format_angka(number.normalize()).replace(".", ""))
