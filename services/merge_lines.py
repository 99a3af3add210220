"""A merge in front of the officer: each change and each conflict as one line, with its place, base, ours and theirs."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from models.changes import Change
from models.plan import Plan
from models.rows import (
    TABLES,
    Aksi,
    Anggaran,
    CatatanPeriode,
    DeretAnggaran,
    DeretIndikator,
    DeretRasio,
    Indikator,
    Jabatan,
    Kinerja,
    Konflik,
    Pejabat,
    PlanRow,
    Row,
    TahunAnggaran,
    TahunIndikator,
    columns,
    owners,
    references,
)
from services.merge import Arrival, Who, copy_name, of_copy, refusable
from services.merge_base import Key
from services.merge_cells import cells_of, name_of
from services.merge_closed import REPORTED
from services.merge_conflicts import values_of
from services.merge_fold import OWN_BOOKS
from services.merge_incoming import way_up
from services.naming import level_name, row_text
from services.row_words import field_name, kind_name, row_name, row_of_json, value_text
from services.tanggal import MONTHS_SHORT

Kind = Literal["angka", "teks", "susunan", "baris"]
"""What is changed: an amount or target, a text, order or belonging, a whole row."""

SIGNERS, OTHERS = "jabatan", "lain"
"""Groups of what hangs in no tree: positions and those who sign; documents, narrative and settings."""

_MOVED = ("tempat semula", "dipindah", "dipindah ke tempat lain")
"""The order is a number that means nothing to anybody."""
_SERIES = (DeretAnggaran, DeretIndikator, DeretRasio)
_NUMBERS = (*_SERIES, TahunAnggaran, TahunIndikator)
_YEARLY = {"pagu", "target", "realisasi"}


@dataclass(frozen=True, slots=True)
class Line:
    """One change or one conflict.

    `konflik`: None where only they changed it. `kolom`: as of `Konflik`. `dasar`, `kita`, `mereka`: the values as they
    are shown; `saat_kita`, `saat_mereka`: "5 Okt 14.20, siti", "" where nobody knows. `path`: ids of the branch, the
    topmost first, behind the name of the tree. `outside`: not in the part that the copy's office was given to edit.
    `dari_kita`, `dari_mereka`: the copy from which a value comes, as "Bidang Koperasi"; "" for the plan's own, and
    where nobody knows. `tutup`: "periode TW I sudah ditutup" where their value belongs to such a period; else "".
    """

    key: Key
    kolom: str | None
    konflik: Konflik | None
    place: str
    field: str
    dasar: str
    kita: str
    mereka: str
    saat_kita: str
    saat_mereka: str
    kind: Kind
    number: bool
    path: tuple[str, ...]
    outside: bool = False
    dari_kita: str = ""
    dari_mereka: str = ""
    tutup: str = ""

    @property
    def may_go_back(self) -> bool:
        """Whether the value of before may be chosen: in a cell that the plan itself had left alone."""
        return self.konflik is not None and bool(self.dari_kita and self.kolom and self.konflik.dasar)

    @property
    def choosable(self) -> bool:
        """Whether a side may be chosen: always in a conflict, else where ours can be kept for this cell alone."""
        return self.konflik is not None or (self.kolom is not None and refusable(self.key[0], self.kolom))


def conflict_lines(plan: Plan, conflicts: Iterable[Konflik], names: Mapping[str, str] | None = None) -> list[Line]:
    """A line for each conflict; `plan` holds the rows as they are now, or would be after the merge.

    `names`: id of the join -> whose copy it was.
    """
    places = _Places(plan)
    return [line for konflik in conflicts if (line := _conflict(places, konflik, names or {})) is not None]


def incoming_lines(before: Plan, after: Plan, arrivals: Iterable[Arrival], conflicts: Iterable[Konflik]) -> list[Line]:
    """A line for each cell and row that comes in without a dispute."""
    disputed = {(konflik.tabel, konflik.baris) for konflik in conflicts if konflik.kolom is None}
    old, new = _Places(before), _Places(after)
    made: list[Line] = []
    for arrival in arrivals:
        for branch in arrival.branches:
            strange = {id(change) for change in branch.outside}
            whole = {change.row.id for change in branch.changes if change.before is None or change.after is None}
            for change in branch.changes:
                if (change.row.TABLE, change.row.id) in disputed or isinstance(change.row, OWN_BOOKS):
                    continue
                places = new if change.after is not None else old
                lines = _incoming(places, change, arrival.who or {}, whole, outside=id(change) in strange)
                made += (replace(line, dari_mereka=copy_name(arrival)) for line in lines)
    return made


class _Places:
    """Where rows are, each branch walked up once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._paths: dict[str, tuple[str, ...]] = {}

    def path(self, row: Row) -> tuple[str, ...]:
        owner = self.owner(row)
        if owner.id not in self._paths:
            self._paths[owner.id] = self._path(owner)
        return self._paths[owner.id]

    def _path(self, row: Row) -> tuple[str, ...]:
        up = [each for each in way_up(self.plan, row) if isinstance(each, Kinerja | Anggaran)]
        if not up:
            return (SIGNERS if isinstance(row, Jabatan | Pejabat) else OTHERS,)
        return (tree_key(up[-1]), *(each.id for each in reversed(up)))

    def owner(self, row: Row) -> Row:
        """The row of the trees that it belongs to, or itself."""
        for field in ("indikator_id", "anggaran_id", "kinerja_id"):
            if isinstance(row, Kinerja | Anggaran | Indikator):
                return row
            found = self.plan.find(TABLES[field.removesuffix("_id")], getattr(row, field, None))
            if found is not None:
                return found
        return row

    def name(self, row: Row) -> str:
        owner = self.owner(row)
        return row_text(owner) if isinstance(owner, Kinerja | Anggaran | Indikator) else row_name(self.plan, row)


def tree_key(row: PlanRow) -> str:
    """The name of the tree that a row stands in: its table and its document."""
    return f"{row.TABLE}:{row.dokumen_id}"


def _conflict(places: _Places, konflik: Konflik, copies: Mapping[str, str]) -> Line | None:
    cls = TABLES.get(konflik.tabel)
    row = places.plan.find(cls, konflik.baris) if cls is not None else None
    if row is None:
        whole = (konflik.kita or konflik.mereka or konflik.dasar) if konflik.kolom is None else None
        row = row_of_json(konflik.tabel, whole) if whole and konflik.jenis != "ganda" else None
    if cls is None or row is None:
        return None
    if konflik.jenis == "ganda":
        field, texts = _twice(places.plan, konflik, row)
    elif konflik.kolom is None:
        field, texts = _row_field(row), _row_texts(places.plan, konflik)
    else:
        names = konflik.kolom.split(",")
        field = _field(row, names)
        sides: tuple[Literal["dasar", "kita", "mereka"], ...] = ("dasar", "kita", "mereka")
        texts = tuple(_values(places.plan, row.TABLE, values_of(konflik, side)) for side in sides)
        # What stands there now: it may have been typed again since the merge.
        now = dict(zip(columns(cls), row.to_columns(), strict=True))
        texts = (texts[0], _values(places.plan, row.TABLE, {name: now[name] for name in names}), texts[2])
        texts = _MOVED if names == ["urutan"] else texts
    dasar, kita, mereka = texts
    who, dari_kita = of_copy(konflik.siapa_kita or "")
    them, dari_mereka = of_copy(konflik.siapa_mereka or "")
    return Line(
        (konflik.tabel, konflik.baris),
        konflik.kolom,
        konflik,
        places.name(row),
        field,
        dasar,
        kita,
        mereka,
        _moment(konflik.waktu_kita, who),
        _moment(konflik.waktu_mereka, them),
        _kind(row, konflik.kolom),
        konflik.kolom is not None and _is_number(row, konflik.kolom),
        places.path(row),
        dari_kita=dari_kita,
        dari_mereka=dari_mereka or copies.get(konflik.gabung_id, ""),
    )


def _twice(plan: Plan, konflik: Konflik, row: Row) -> tuple[str, tuple[str, ...]]:
    names = []
    for text in (konflik.kita, konflik.mereka):
        other = plan.find(Anggaran, json.loads(text)) if text else None
        names.append(row_text(other) if other is not None else "sudah dihapus")
    return f"Kode {getattr(row, 'kode', None) or ''} ditambah di kedua berkas", ("belum ada", *names)


def _row_texts(plan: Plan, konflik: Konflik) -> tuple[str, ...]:
    base = values_of(konflik, "dasar")
    kita, mereka = values_of(konflik, "kita"), values_of(konflik, "mereka")
    return "ada" if base is not None else "-", *(_state(plan, konflik.tabel, base, side) for side in (kita, mereka))


def _state(plan: Plan, table: str, base: dict[str, Any] | None, values: dict[str, Any] | None) -> str:
    """What became of a row on one side: "dihapus", "masih dipakai", "Pagu 5 dan 2 isian lain"."""
    if values is None:
        return "dihapus" if base is not None else "tidak ada"
    if base is None:
        return _reported(plan, table, values) or "ada"
    altered = [name for name, value in values.items() if base.get(name) != value]
    if not altered:
        return "masih dipakai"
    row = row_of_json(table, json.dumps(values))
    said = f"{_upper(field_name(table, altered[0], row))} {value_text(plan, table, altered[0], values[altered[0]])}"
    return said if len(altered) == 1 else f"{said} dan {len(altered) - 1} isian lain"


def _reported(plan: Plan, table: str, values: dict[str, Any]) -> str:
    """What a row that only one side has says of its periods; "" for other rows, and where it says nothing."""
    if TABLES[table] not in REPORTED or table == Indikator.TABLE:
        return ""
    row = row_of_json(table, json.dumps(values))
    told = [name for name in values if name == "nilai" or (name[:1] == "b" and name[1:].isdecimal())]
    if isinstance(row, CatatanPeriode):
        told = ["kendala", "solusi", "tindak_lanjut", "bukti", "berkas"]
    said = {name: values[name] for name in told if values.get(name) not in (None, "")}
    if not isinstance(row, _SERIES):
        return _values(plan, table, said) if said else ""
    return ", ".join(f"{MONTHS_SHORT[int(name[1:]) - 1]} {value_text(plan, table, name, said[name])}" for name in said)


def _incoming(places: _Places, change: Change, who: Who, whole: set[str], *, outside: bool) -> Iterator[Line]:
    row, key = change.row, (change.row.TABLE, change.row.id)
    if change.before is not None and change.after is not None:
        own, other = change.before.to_columns(), change.after.to_columns()
        cells = [cell for cell in cells_of(type(row), own, other) if any(own[i] != other[i] for i in cell)]
        parts = [(name_of(type(row), cell), own, other) for cell in cells]
    elif any(getattr(row, name) in whole for name in owners(type(row))):
        return
    elif isinstance(row, _SERIES):
        values, none = row.to_columns(), (None,) * len(columns(type(row)))
        parts = [
            (name, *((none, values) if change.before is None else (values, none)))
            for name, value in zip(columns(type(row)), values, strict=True)
            if name[:1] == "b" and name[1:].isdecimal() and value is not None
        ]
    else:
        came = change.before is None
        texts = ("belum ada", "belum ada", "ditambah") if came else ("ada", "ada", "dihapus")
        yield Line(
            key, None, None, places.name(row), _row_field(row), *texts, "", _of(who, key, None), "baris", False,
            places.path(row), outside,
        )  # fmt: skip
        return
    names = columns(type(row))
    for kolom, own, other in parts:
        at = [names.index(name) for name in kolom.split(",")]
        old, new = ({names[i]: values[i] for i in at} for values in (own, other))
        before, after = (_values(places.plan, row.TABLE, values) for values in (old, new))
        if kolom == "urutan":
            before, _, after = "tempat semula", "", "dipindah"
        # A month of a series that is new, or goes, cannot be left out alone.
        cell = kolom if change.before is not None and change.after is not None else None
        yield Line(
            key, cell, None, places.name(row), _field(row, kolom.split(",")), before, before,
            after, "", _of(who, key, kolom), _kind(row, kolom), _is_number(row, kolom),
            places.path(row), outside,
        )  # fmt: skip


def _values(plan: Plan, table: str, values: dict[str, Any] | None) -> str:
    if values is None:
        return "-"
    if len(values) == 1:
        ((name, value),) = values.items()
        return value_text(plan, table, name, value)
    said = []
    for name, value in values.items():
        if value in (None, "") or (name.endswith(("plt", "plh")) and not value):
            continue
        if name.endswith(("plt", "plh")):
            said.append(f"{name[-3:].capitalize()}.")
        elif name == "kumulatif":
            said.append("kumulatif" if value else "per bulan")
        else:
            month = f"{MONTHS_SHORT[int(name[1:]) - 1]} " if name[:1] == "b" and name[1:].isdecimal() else ""
            said.append(month + value_text(plan, table, name, value))
    return ", ".join(said) or "belum diisi"


def _field(row: Row, names: Sequence[str]) -> str:
    if "periode" in names and len(names) > 1:
        return f"Seluruh {getattr(row, 'jenis', '')} setahun"
    if isinstance(row, TahunAnggaran | TahunIndikator) and names == ["nilai"]:
        return f"{_upper(row.jenis.replace('_', ' '))} {row.tahun}"
    told = [name for name in names if not name.endswith(("plt", "plh")) or len(names) == 1]
    said = ", ".join(field_name(row.TABLE, name, row) for name in told)
    return f"Rencana aksi, {said}" if isinstance(row, Aksi) else _upper(said)


def _row_field(row: Row) -> str:
    if isinstance(row, Kinerja | Anggaran | Indikator):
        return level_name(row)
    return _upper(f"{row.jenis} setahun" if isinstance(row, _SERIES) else kind_name(row.TABLE))


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _kind(row: Row, kolom: str | None) -> Kind:
    if kolom is None:
        return "baris"
    if _is_number(row, kolom):
        return "angka"
    bound = {"urutan", *references(type(row))}
    return "susunan" if bound & set(kolom.split(",")) and not kolom.startswith("penanggung") else "teks"


def _is_number(row: Row, kolom: str) -> bool:
    if isinstance(row, _NUMBERS):
        return "," not in kolom
    return kolom in _YEARLY


def _of(who: Who, key: Key, kolom: str | None) -> str:
    """Who typed it: the newest entry of these cells, else of the whole row."""
    names: list[str | None] = [*(kolom.split(",") if kolom else ()), None]
    found = [who[(*key, name)] for name in names if (*key, name) in who]
    return _moment(*reversed(max(found, key=lambda pair: pair[1]))) if found else ""


def _moment(when: str | None, who: str | None) -> str:
    """ "5 Okt 14.20, siti", with the year where it is not this one."""
    try:
        at = datetime.fromisoformat(when or "")
    except ValueError:
        return who or ""
    year = f" {at.year}" if at.year != date.today().year else ""
    said = f"{at.day} {MONTHS_SHORT[at.month - 1]}{year} {at:%H.%M}"
    return f"{said}, {who}" if who else said
