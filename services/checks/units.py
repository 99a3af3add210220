"""Units of measure as they are compared: "Dokumen" and "dokumen" are one, "Unit" and "Unit Usaha" may be."""

import re
from functools import lru_cache

from services.angka import GRADES

_ALIASES = {
    "%": "persen",
    "persentase": "persen",
    "prosentase": "persen",
    "prosen": "persen",
    "org": "orang",
    "ob": "orang bulan",
    "oh": "orang hari",
    "dok": "dokumen",
    "lap": "laporan",
    "kop": "koperasi",
    "kel": "kelompok",
    "klp": "kelompok",
    "bln": "bulan",
    "thn": "tahun",
    "pkt": "paket",
    "keg": "kegiatan",
    "lbr": "lembar",
    "bh": "buah",
    "eks": "eksemplar",
    "ha": "hektare",
    "hektar": "hektare",
    "kk": "keluarga",
    "point": "poin",
}
"""Abbreviations of official plans, and what they stand for."""

_SCALES = frozenset(("rp", "rupiah", "ribu", "juta", "miliar", "milyar", "triliun", "trilyun"))
"""Words that only say how large a sum of money is."""

_SCORES = frozenset(("nilai", "indeks", "index", "skor", "poin", "angka", "predikat", "kategori"))
"""Columns of a number without a unit of its own."""

_PEOPLE = frozenset(("asn", "pns", "pegawai", "aparatur", "peserta", "jiwa", "siswa", "pelaku", "petugas", "kader"))
"""Who may be counted in a column of "orang"."""

_BRACKETS = re.compile(r"\([^)]*\)")
_WORD = re.compile(r"[^\W_]+|%")
_SEVERAL = re.compile(r"[,;/&+]|\bdan\b", re.IGNORECASE)
_TYPO_FROM = 6
"""Letters from which two words may be the same one with a slip."""


@lru_cache(maxsize=4096)
def unit_key(text: str) -> str:
    """A unit without capitals, signs, what stands in brackets and abbreviations; "" for none."""
    words = [_ALIASES.get(word, word) for word in _WORD.findall(_BRACKETS.sub(" ", text.casefold()))]
    return " ".join("rupiah" if word in _SCALES else word for word in words)


@lru_cache(maxsize=4096)
def same_unit(one: str, other: str) -> bool:
    """Whether two units may be one: all words of the shorter are in the longer ("laporan", "laporan Triwulan").

    A list such as "orang/koperasi" is each of its units. What is no unit ("(BB)", the grade in "65 B") is like all.
    """
    here, there = _several(one), _several(other)
    if not here or not there or {one.strip().upper(), other.strip().upper()} & GRADES:
        return True
    return any(a <= b or b <= a or _near(a, b) or _alike(a, b) for a in here for b in there)


@lru_cache(maxsize=4096)
def is_slip(one: str, other: str) -> bool:
    """Whether two long words differ by one letter only, wrong, missing, doubled or changed with its neighbour."""
    if min(len(one), len(other)) < _TYPO_FROM or abs(len(one) - len(other)) > 1 or one == other:
        return False
    if len(one) == len(other):
        off = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(off) == 1:
            return True
        return len(off) == 2 and off[1] == off[0] + 1 and one[off[0]] == other[off[1]] and one[off[1]] == other[off[0]]
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))


def is_score(text: str) -> bool:
    """Whether a unit only says that there is a number: "Nilai", "Indeks", "Angka"."""
    words = unit_key(text).split()
    return bool(words) and _SCORES.issuperset(words)


def _several(text: str) -> tuple[frozenset[str], ...]:
    found = [unit_key(part) for part in _SEVERAL.split(text)]
    return tuple(frozenset(part.split()) for part in found if part)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Two scores, or people by two names."""
    if one <= _SCORES and other <= _SCORES:
        return True
    return ("orang" in one and bool(other & _PEOPLE)) or ("orang" in other and bool(one & _PEOPLE))


def _near(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one) == len(other) == 1 and is_slip(next(iter(one)), next(iter(other)))
