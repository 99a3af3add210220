"""Patterns of a year for Bagi: those that the program knows, and the officer's own in pola.json of its folder."""

import json
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import reduce
from math import ceil, gcd
from pathlib import Path
from typing import Any

from models.errors import PlanError
from models.files import write_whole
from models.rows import BULAN
from models.workspace import data_folder
from services.series import QUARTER_ENDS
from services.tanggal import FIRST_YEAR, LAST_YEAR

NAME_MAX = 60
GAJI = "Gaji 14 bulan"
GAJI_13 = 5
"""Juni: when the 13th salary has been paid since 2023 (PP 15/2023, PP 14/2024, PP 11/2025)."""

_IDUL_FITRI = date(2022, 5, 2)
_LUNAR_YEAR = 354.367
_THR_BEFORE = timedelta(days=14)
_TOO_MANY = 200


@dataclass(frozen=True, slots=True)
class Pola:
    """A name and twelve weights, Januari first; a month without a weight gets nothing."""

    nama: str
    bobot: tuple[int, ...]

    @property
    def months(self) -> frozenset[int]:
        """The places that have a weight."""
        return frozenset(place for place, weight in enumerate(self.bobot) if weight)


TRIWULAN = Pola("Triwulan", tuple(int(place in QUARTER_ENDS) for place in range(BULAN)))
MULAI_FEBRUARI = Pola("Mulai Februari", (0, *(1,) * (BULAN - 1)))


def gaji_14(thr: int, ketiga_belas: int = GAJI_13) -> Pola:
    """A salary each month, and one more in the months of THR and of the 13th salary (places 0 to 11)."""
    return Pola(GAJI, tuple(1 + (place == thr) + (place == ketiga_belas) for place in range(BULAN)))


def thr_month(tahun: int) -> int:
    """The place of the month in which THR is to be expected: two weeks before Idul Fitri, by the mean lunar year.

    Source: the yearly PP on THR, "paling cepat 10 hari kerja sebelum tanggal hari raya".
    """
    new_year = date(min(max(tahun, FIRST_YEAR), LAST_YEAR), 1, 1)
    turns = ceil((new_year - _IDUL_FITRI).days / _LUNAR_YEAR)
    first = _IDUL_FITRI + timedelta(days=round(turns * _LUNAR_YEAR))
    return max(first - _THR_BEFORE, new_year).month - 1


def reduced(weights: tuple[int, ...]) -> tuple[int, ...]:
    """The same proportions in the smallest whole numbers; what is negative counts as nothing."""
    bare = tuple(max(weight, 0) for weight in weights)
    common = reduce(gcd, bare) or 1
    return tuple(weight // common for weight in bare)


def stored() -> tuple[Pola, ...]:
    """The officer's own patterns by name; entries that cannot be read are left out, a broken file holds none."""
    try:
        listed = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError, PlanError):
        return ()
    found = [pola for item in (listed if isinstance(listed, list) else ()) if (pola := _read(item)) is not None]
    return tuple(sorted(found, key=lambda pola: pola.nama.casefold()))


def save(nama: str, bobot: tuple[int, ...]) -> Pola:
    """Keep a pattern, instead of an own one of the same name.

    Raises:
        PlanError: no name or one of the program's, no weight, or the file cannot be written.
    """
    nama = " ".join(nama.split())[:NAME_MAX]
    taken = {pola.nama.casefold() for pola in (TRIWULAN, MULAI_FEBRUARI)} | {GAJI.casefold()}
    if not nama:
        raise PlanError("Nama pola belum diisi.")
    if nama.casefold() in taken:
        raise PlanError(f"{nama} sudah nama pola bawaan. Tulis nama lain.")
    if not any(weight > 0 for weight in bobot):
        raise PlanError("Pola belum punya bulan. Pilih sedikitnya satu bulan.")
    pola = Pola(nama, reduced(bobot))
    _write([*(p for p in stored() if p.nama.casefold() != nama.casefold()), pola])
    return pola


def forget(nama: str) -> None:
    """Take an own pattern away.

    Raises:
        PlanError: the file cannot be written.
    """
    _write([pola for pola in stored() if pola.nama != nama])


def _file() -> Path:
    return data_folder() / "pola.json"


def _write(patterns: list[Pola]) -> None:
    text = json.dumps([asdict(pola) for pola in patterns[-_TOO_MANY:]], ensure_ascii=False, indent=1)
    write_whole(_file(), lambda out: out.write(text.encode("utf-8")))


def _read(item: Any) -> Pola | None:
    if not isinstance(item, dict) or not isinstance(item.get("nama"), str) or not isinstance(item.get("bobot"), list):
        return None
    bobot = tuple(item["bobot"])
    fits = len(bobot) == BULAN and all(type(weight) is int and weight >= 0 for weight in bobot) and any(bobot)
    return Pola(item["nama"], bobot) if fits and item["nama"].strip() else None
