"""Reading a workbook from elsewhere: what could fill the memory or run for ever is refused before it is opened.

The bounds: file-safety.md, "Bad input". Whatever a foreign file breaks ends in one sentence. openpyxl parses sheets
and texts through defusedxml where that is there, as it is here.
"""

import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from models.errors import PlanError

MOST_BYTES, MOST_UNPACKED = 50 << 20, 300 << 20
MOST_RATIO = 200
_SMALL = 1 << 20
"""Bytes of a part under which its ratio says nothing."""
MOST_PARTS = 5_000
MOST_ROWS, MOST_COLUMNS = 20_000, 60
EMPTY_ROWS = 200
"""Rows without a value after which a sheet has ended."""
SECONDS = 30
"""For one sheet; the ministry's list of 7,581 lines by 17 columns took 3 on a busy PC."""
_TOLD_EACH = 500
_OLE = b"\xd0\xcf\x11\xe0"

Progress = Callable[[int, int, str], object]
"""progress(done, total, text); it may raise to stop."""


@dataclass(frozen=True, slots=True)
class Formula:
    """The value of a formula that no program has worked out yet: only the formula stands in the file."""


TextOf = Callable[[object, str], str]
"""The text of a cell from its value (a Formula, too) and its number format ("General", "0.00%")."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that can be seen: its title, and its rows that are not empty as (number in the sheet, texts).

    Empty cells at the end of a row are left out.
    """

    title: str
    rows: list[tuple[int, tuple[str, ...]]]


def read_sheets(
    path: Path,
    progress: Progress = lambda *_: None,
    *,
    hidden: bool = False,
    text_of: TextOf | None = None,
) -> Iterator[Sheet]:
    """The sheets of a workbook, read one after the other as they are asked for; columns past MOST_COLUMNS are left out.

    Args:
        hidden: also the sheets that cannot be seen, such as those that this program put there itself.
        text_of: how a cell becomes a text, for which the workbook is opened twice; None as one reads it.
    Raises:
        PlanError: no XLSX workbook, a broken one, or one beyond the bounds.
    """
    with _border(path):
        check_parts(path)
        # Half a second that only an import pays.
        from openpyxl import load_workbook

        # openpyxl lets go of a file that it opened itself only where all of it is well.
        file = path.open("rb")
    with file:
        with _border(path):
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            sheets = [sheet for sheet in book.worksheets if hidden or sheet.sheet_state == "visible"]
            # Beside the values the formulas: a value that is not there may be one that was never worked out.
            as_typed = load_workbook(file, read_only=True, keep_links=False) if text_of is not None else None
        for sheet in sheets:
            formulas = as_typed[sheet.title] if as_typed is not None else None
            yield Sheet(str(sheet.title), _rows(path, sheet, progress, text_of, formulas))
        if as_typed is not None:
            as_typed.close()
        book.close()


def check_parts(path: Path) -> None:
    """Look at a workbook from outside: its size, and what its parts say that they unpack to.

    Raises:
        PlanError: it is beyond the bounds, or no workbook.
    """
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise PlanError(f"{path.name} terlalu besar ({size >> 20} MB); paling besar {MOST_BYTES >> 20} MB.")
    with path.open("rb") as file:
        if file.read(4) == _OLE:
            raise PlanError(
                f"{path.name} berformat XLS lama atau berkata sandi. Buka di Excel, lalu simpan sebagai XLSX tanpa "
                "kata sandi."
            )
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    swollen = any(p.file_size > _SMALL and p.file_size > MOST_RATIO * max(p.compress_size, 1) for p in parts)
    if unpacked > MOST_UNPACKED or swollen or len(parts) > MOST_PARTS:
        raise PlanError(
            f"{path.name} tidak dibuka: isinya mengembang menjadi {max(unpacked >> 20, 1)} MB. Salin tabelnya ke buku "
            "kerja baru, lalu simpan sebagai XLSX atau CSV."
        )


def _rows(
    path: Path, sheet: Any, progress: Progress, text_of: TextOf | None, formulas: Any
) -> list[tuple[int, tuple[str, ...]]]:
    until = time.monotonic() + SECONDS
    with _border(path):
        most: dict[str, Any] = {"max_row": MOST_ROWS + 1, "max_col": MOST_COLUMNS}
        if text_of is None:
            source = (_texts(cells, _text) for cells in sheet.iter_rows(**most, values_only=True))
        else:
            pairs = zip(sheet.iter_rows(**most), formulas.iter_rows(**most), strict=False)
            source = (_typed_texts(cells, typed, text_of) for cells, typed in pairs)
    rows: list[tuple[int, tuple[str, ...]]] = []
    number = 0
    while True:
        with _border(path):
            texts = next(source, None)
        number += 1
        if texts is None or number - (rows[-1][0] if rows else 0) > EMPTY_ROWS:
            return rows
        if number > MOST_ROWS:
            raise PlanError(
                f"Lembar {sheet.title} di {path.name} lebih dari {MOST_ROWS:,} baris.".replace(",", ".")
                + " Hapus yang tidak diperlukan."
            )
        if time.monotonic() > until:
            raise PlanError(f"Lembar {sheet.title} di {path.name} terlalu lama dibaca. Simpan tabelnya sebagai CSV.")
        if number % _TOLD_EACH == 0:
            progress(number, MOST_ROWS, f"{sheet.title}, baris {number}")
        if texts:
            rows.append((number, texts))


@contextmanager
def _border(path: Path) -> Iterator[None]:
    """Whatever goes wrong inside a foreign file becomes one sentence."""
    try:
        yield
    except PlanError:
        raise
    except Exception as error:  # nine kinds, from the archive, the XML and openpyxl itself
        raise PlanError(
            f"{path.name} tidak dapat dibaca sebagai XLSX: berkasnya rusak, atau bukan buku kerja Excel. Buka di "
            "Excel atau LibreOffice, simpan lagi sebagai XLSX atau CSV, lalu coba lagi."
        ) from error


def _texts(cells: Sequence[object], text_of: Callable[[object], str]) -> tuple[str, ...]:
    """The cells of a row without the empty ones at its end."""
    count = len(cells)
    while count and cells[count - 1] in (None, ""):
        count -= 1
    return tuple(text_of(cell) for cell in cells[:count])


def _typed_texts(cells: Sequence[Any], typed: Sequence[Any], text_of: TextOf) -> tuple[str, ...]:
    """The same with the number formats; `typed`: the cells with their formulas."""
    values = [
        Formula() if cell.value is None and at < len(typed) and typed[at].data_type == "f" else cell.value
        for at, cell in enumerate(cells)
    ]
    formats = [str(cell.number_format or "") for cell in cells]
    count = len(_texts(values, str))
    return tuple(text_of(value, form) for value, form in zip(values[:count], formats, strict=False))


def _text(value: object) -> str:
    """A cell as one reads it; a whole number without its decimals, a date as 2026-01-31."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return str(value).strip()
