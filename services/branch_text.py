"""Branches as text on the clipboard: written for other windows, and read without trusting it.

The text is JSON of our own MIME type:

    {"renaksi": "cabang", "versi": 1, "akar": [id, ...], "jabatan": {id: nama},
     "baris": {"kinerja": [{"id": ..., "tingkat": ..., ...}], "indikator": [...], ...}}

Columns are those of the row classes. Ids only tie the rows together; those of the plan are always new.
"""

import json
from dataclasses import MISSING, fields, replace
from typing import Any, get_args, get_type_hints

from models.cleaning import TEXT_MAX
from models.errors import PlanError
from models.rows import (
    BULAN,
    NILAI_MAKS,
    Aksi,
    Anggaran,
    DeretAnggaran,
    DeretIndikator,
    Dukungan,
    Indikator,
    Kinerja,
    Row,
    TahunAnggaran,
    TahunIndikator,
    months_start,
    owners,
    references,
)
from services import edits
from services.branch_copy import CLASSES, Copied
from services.branches import level_of
from services.interchange.fields import AKUMULASI
from services.order import GAP
from services.series import places
from services.terms import JENIS, TINGKAT

MIME = "application/x-renaksi-branch+json"
VERSION = 1
SIZE_MAX = 16 * 1024 * 1024
"""Characters of a text that is read at all."""
ROWS_MAX = 20_000
NOT_OURS = "Isi papan klip bukan cabang Renaksi yang utuh. Salin lagi cabangnya, lalu tempel."

_BY_TABLE = {cls.TABLE: cls for cls in CLASSES}
_HINTS = {cls: get_type_hints(cls) for cls in CLASSES}
_LEFT_OUT = {"sisa", "asal_id", "dokumen_id", "urutan"}
_CHOICES: dict[tuple[type[Row], str], tuple[str, ...]] = {
    (Kinerja, "tingkat"): TINGKAT,
    (Anggaran, "jenis"): JENIS,
    (Indikator, "akumulasi"): AKUMULASI,
    (Indikator, "arah"): ("naik", "turun"),
    (DeretIndikator, "jenis"): ("target", "realisasi"),
    (DeretIndikator, "periode"): ("bulan", "triwulan"),
    (DeretAnggaran, "jenis"): ("kas", "realisasi"),
    (DeretAnggaran, "periode"): ("bulan", "triwulan"),
    (TahunIndikator, "jenis"): ("target", "realisasi", "capaian_tercetak"),
    (TahunAnggaran, "jenis"): ("pagu", "realisasi"),
}
_MONTH_NUMBERS = {str(month) for month in range(1, BULAN + 1)}
_FLAGS = {"iku", "kumulatif"}


def to_text(copied: Copied) -> str:
    """The branches as JSON."""
    tables: dict[str, list[dict[str, Any]]] = {}
    for row in copied.rows:
        values = {f.name: getattr(row, f.name) for f in fields(row) if f.name not in _LEFT_OUT}
        tables.setdefault(row.TABLE, []).append({k: v for k, v in values.items() if v is not None})
    data = {
        "renaksi": "cabang",
        "versi": VERSION,
        "akar": list(copied.roots),
        "jabatan": copied.jabatan,
        "baris": tables,
    }
    return json.dumps(data, ensure_ascii=False)


def from_text(text: str) -> Copied:
    """Read what another window, or anything else, has put on the clipboard.

    Unknown tables and columns are left out, so are rows whose owner is missing.

    Raises:
        PlanError: not ours, from a newer program, too large, or a value that no plan holds.
    """
    if len(text) > SIZE_MAX:
        raise PlanError("Cabang di papan klip terlalu besar. Salin dalam beberapa bagian.")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise PlanError(NOT_OURS) from None
    if not isinstance(data, dict) or data.get("renaksi") != "cabang" or not isinstance(data.get("versi"), int):
        raise PlanError(NOT_OURS)
    if data["versi"] > VERSION:
        raise PlanError("Cabang di papan klip disalin dari Renaksi yang lebih baru. Perbarui program ini dahulu.")
    tables, roots, names = data.get("baris"), data.get("akar"), data.get("jabatan", {})
    if not isinstance(tables, dict) or not isinstance(roots, list) or not isinstance(names, dict):
        raise PlanError(NOT_OURS)
    if sum(len(rows) for rows in tables.values() if isinstance(rows, list)) > ROWS_MAX:
        raise PlanError(f"Cabang di papan klip memuat lebih dari {ROWS_MAX} baris. Salin dalam beberapa bagian.")
    read: dict[str, Row] = {}
    for number, (table, cls) in enumerate(_BY_TABLE.items()):
        rows = tables.get(table, [])
        if not isinstance(rows, list):
            raise PlanError(NOT_OURS)
        for i, values in enumerate(rows):
            row = _row(cls, values, (number + 1) * GAP + i)
            if row.id in read:
                raise PlanError(NOT_OURS)
            read[row.id] = row
    people = {str(key): name for key, name in names.items() if isinstance(name, str) and len(name) <= TEXT_MAX}
    return _tied(read, [root for root in roots if isinstance(root, str)], people)


def _tied(read: dict[str, Row], roots: list[str], people: dict[str, str]) -> Copied:
    """Only the rows that hang together from the roots; every reference names one of them."""
    kept: dict[str, Row] = {
        root: row for root in roots if isinstance(row := read.get(root), Kinerja | Anggaran | Indikator)
    }
    if not kept:
        raise PlanError(NOT_OURS)
    order = tuple(kept)
    _gather_below(read, kept)
    for cls in CLASSES[2:]:
        taken: set[tuple[Any, ...]] = set()
        for row in [row for row in read.values() if type(row) is cls and row.id not in kept]:
            key = _once(row)
            if _has_owner(row, kept) and (key is None or key not in taken):
                kept[row.id] = row
                taken.add(key or ())
    for link in [row for row in kept.values() if isinstance(row, Dukungan)]:
        indikator = kept.get(link.indikator_id or "")
        if not (isinstance(indikator, Indikator) and indikator.kinerja_id == link.kinerja_id):
            kept[link.id] = replace(link, indikator_id=None)
    return Copied(order, tuple(kept[row_id] for row_id in read if row_id in kept), people)


def _gather_below(read: dict[str, Row], kept: dict[str, Row]) -> None:
    """Keep the nodes and lines that hang under kept ones where their levels allow it."""
    roots = set(kept)
    under: dict[str, list[Kinerja | Anggaran]] = {}
    for row in read.values():
        above = read.get(getattr(row, "induk_id", None) or "")
        if not isinstance(row, Kinerja | Anggaran) or not isinstance(above, Kinerja | Anggaran):
            continue
        if type(above) is type(row) and edits.fits_under(level_of(row), above):
            under.setdefault(above.id, []).append(row)
    stack = list(kept)
    while stack:
        for row in under.get(stack.pop(), []):
            if row.id in roots:
                raise PlanError(NOT_OURS)
            kept[row.id] = row
            stack.append(row.id)


def _has_owner(row: Row, kept: dict[str, Row]) -> bool:
    """Whether all that the row cannot outlive is kept, and is of the right kind."""
    tables = references(type(row))
    named = [(getattr(row, field), tables[field]) for field in owners(type(row)) if field != "dokumen_id"]
    there = [(row_id, table) for row_id, table in named if row_id is not None]
    wanted = 2 if isinstance(row, Dukungan) else 1
    return len(there) == wanted and all(type(kept.get(row_id)) is _BY_TABLE[table] for row_id, table in there)


def _once(row: Row) -> tuple[Any, ...] | None:
    """What no two rows of a table may share, or None where nothing is."""
    if isinstance(row, DeretIndikator | TahunIndikator):
        return row.indikator_id, row.jenis, getattr(row, "tahun", None)
    if isinstance(row, DeretAnggaran | TahunAnggaran):
        return row.anggaran_id, row.jenis, getattr(row, "tahun", None)
    return (row.kinerja_id, row.indikator_id, row.anggaran_id) if isinstance(row, Dukungan) else None


def _row(cls: type[Row], values: Any, urutan: int) -> Row:
    """One row of the text; its document and place come later."""
    if not isinstance(values, dict) or not isinstance(values.get("id"), str) or not 0 < len(values["id"]) <= 64:
        raise PlanError(NOT_OURS)
    hints = _HINTS[cls]
    made: dict[str, Any] = {}
    for f in fields(cls):
        if f.name == "urutan":
            made[f.name] = urutan
        elif f.name == "dokumen_id":
            made[f.name] = ""
        elif f.name not in _LEFT_OUT:
            if f.name in values:
                made[f.name] = _value(cls, f.name, hints[f.name], values[f.name])
            elif f.default is MISSING or (f.metadata.get("ref") and type(None) not in get_args(hints[f.name])):
                raise PlanError(NOT_OURS)
    row = cls(**made)
    if isinstance(row, DeretIndikator | DeretAnggaran):
        room = places(row.periode)
        fitting: Any = tuple(value if i in room else None for i, value in enumerate(row.nilai))
        return replace(row, nilai=fitting)
    if isinstance(row, Aksi) and row.bulan is not None:
        months = sorted({int(part) for part in row.bulan.split(",") if part.strip() in _MONTH_NUMBERS})
        return replace(row, bulan=",".join(map(str, months)) or None)
    return row


def _value(cls: type[Row], name: str, hint: Any, value: Any) -> Any:
    start = months_start(cls)
    if start is not None and name == fields(cls)[start].name:
        kind = int if cls is DeretAnggaran else str
        if not isinstance(value, list) or len(value) != BULAN:
            raise PlanError(NOT_OURS)
        return tuple(_plain(kind, name, part) for part in value)
    if value is None and type(None) in get_args(hint):
        return None
    kinds = [kind for kind in (get_args(hint) or (hint,)) if kind is not type(None)]
    checked = _plain(kinds[0], name, value)
    choices = _CHOICES.get((cls, name))
    if checked is None or (choices is not None and checked not in choices):
        raise PlanError(NOT_OURS)
    return checked


def _plain(kind: type, name: str, value: Any) -> Any:
    """A text or whole number within its bounds, or None.

    Raises:
        PlanError: of another kind, too long or too large.
    """
    if value is None:
        return None
    if type(value) is not kind:
        raise PlanError(NOT_OURS)
    if isinstance(value, str):
        if len(value) > TEXT_MAX:
            raise PlanError(f"Cabang di papan klip memuat teks yang lebih panjang dari {TEXT_MAX} karakter.")
        return "".join(c if c.isprintable() or c == "\n" else " " for c in value)
    if isinstance(value, int) and 0 <= value <= (1 if name in _FLAGS else NILAI_MAKS):
        return value
    raise PlanError(NOT_OURS)
