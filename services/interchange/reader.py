"""A JSON object read key by key; every complaint names its place, such as `kinerja[3].indikator[0].target`."""

import json
from typing import Any, NoReturn

from models.errors import PlanError
from models.rows import BULAN, NILAI_MAKS
from services.interchange.fields import Field

_KINDS: dict[str, tuple[type, str]] = {
    "text": (str, "teks"),
    "integer": (int, "bilangan bulat"),
    "rupiah": (int, "bilangan bulat rupiah"),
    "flag": (bool, "true atau false"),
    "month": (int, "bulan, 1 sampai 12"),
}


DEPTH_MAX = 64
"""Of what a key unknown to version 1 may hold, and of either tree."""


def fail(path: str, reason: str) -> NoReturn:
    """Refuse the file, naming the place."""
    place, why = " ".join(path.split())[:120], " ".join(reason.split())[:160]
    raise PlanError(f"Isi berkas tidak sesuai format renaksi-json di {place}: {why}.")


def value_of(path: str, value: Any, kind: str) -> Any:
    """`value` if it is of the kind (None passes), as it is stored."""
    wanted, name = _KINDS[kind]
    if value is None:
        return None
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        fail(path, f"seharusnya {name}, tertulis {json.dumps(value, ensure_ascii=False)[:40]}")
    if isinstance(value, int) and not -NILAI_MAKS <= value <= NILAI_MAKS:
        fail(path, "angka terlalu besar")
    if isinstance(value, int) and kind == "month" and not 1 <= value <= BULAN:
        fail(path, f"seharusnya bulan, 1 sampai 12, tertulis {value}")
    if isinstance(value, int) and kind == "rupiah" and value < 0:
        fail(path, f"rupiah tidak boleh negatif, tertulis {value}")
    if isinstance(value, str) and not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            fail(path, "teks berisi karakter yang tidak sah")
    return int(value) if wanted is bool else value


class Reader:
    """One object of the file; what nobody asks for is kept by `rest`."""

    def __init__(self, data: Any, path: str, odd: list[str] | None = None) -> None:
        """`odd` gathers the places of keys that nobody asked for, over the whole file."""
        if not isinstance(data, dict):
            fail(path or "akar", "seharusnya sebuah objek { }")
        self.data: dict[str, Any] = data
        self.path = path
        self.odd: list[str] = [] if odd is None else odd
        self._taken: set[str] = set()

    def at(self, key: str) -> str:
        """The place of a key."""
        return f"{self.path}.{key}" if self.path else key

    def take(self, key: str) -> Any:
        """The bare value; it counts as stored."""
        self._taken.add(key)
        return self.data.get(key)

    def field(self, field: Field) -> Any:
        """The value of a field, checked."""
        value = value_of(self.at(field.key), self.take(field.key), field.kind)
        if field.required and value is None:
            fail(self.at(field.key), "wajib ada")
        if isinstance(value, str) and field.longest and len(value) > field.longest:
            fail(self.at(field.key), f"teks {len(value)} karakter; paling banyak {field.longest}")
        if field.key == "tahun" and not 1900 <= value <= 2200:
            fail(self.at(field.key), f"tahun {value} tidak masuk akal")
        if field.choices and value is not None and value not in field.choices:
            fail(self.at(field.key), f"{value!r} tidak dikenal; pilihannya {', '.join(field.choices)}")
        return value

    def objects(self, key: str) -> list["Reader"]:
        """The objects of a list; absent or null is an empty list."""
        items = self.take(key)
        if items is None:
            return []
        if not isinstance(items, list):
            fail(self.at(key), "seharusnya sebuah daftar [ ]")
        return [Reader(item, f"{self.at(key)}[{i}]", self.odd) for i, item in enumerate(items)]

    def object(self, key: str) -> "Reader | None":
        """An object, or None where it is absent or null."""
        value = self.take(key)
        return None if value is None else Reader(value, self.at(key), self.odd)

    def rest(self) -> dict[str, Any]:
        """What no column holds: nulls, empty lists and objects, unknown keys."""
        for key in sorted(self.data.keys() - self._taken):
            if self.data[key] is not None:
                self.odd.append(self.at(key))
            if _depth(self.data[key]) > DEPTH_MAX:
                fail(self.at(key), "bersarang terlalu dalam")
        return {k: v for k, v in self.data.items() if k not in self._taken or v is None or v == [] or v == {}}


def _depth(value: Any) -> int:
    """How many lists and objects stand in each other; DEPTH_MAX + 1 at most."""
    depth, level = 0, [value]
    while (level := [x for x in level if isinstance(x, list | dict)]) and depth <= DEPTH_MAX:
        depth += 1
        level = [inner for x in level for inner in (x.values() if isinstance(x, dict) else x)]
    return depth


def pack(rest: dict[str, Any]) -> str | None:
    """`rest` as it is stored in `sisa`."""
    return json.dumps(rest, ensure_ascii=False, separators=(",", ":")) if rest else None
