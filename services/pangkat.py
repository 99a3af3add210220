"""Pangkat: the ranks of civil servants with their golongan, and a rank found by its golongan."""

import re

PANGKAT: tuple[tuple[str, str], ...] = (
    ("Pembina Utama", "IV/e"),
    ("Pembina Utama Madya", "IV/d"),
    ("Pembina Utama Muda", "IV/c"),
    ("Pembina Tingkat I", "IV/b"),
    ("Pembina", "IV/a"),
    ("Penata Tingkat I", "III/d"),
    ("Penata", "III/c"),
    ("Penata Muda Tingkat I", "III/b"),
    ("Penata Muda", "III/a"),
    ("Pengatur Tingkat I", "II/d"),
    ("Pengatur", "II/c"),
    ("Pengatur Muda Tingkat I", "II/b"),
    ("Pengatur Muda", "II/a"),
    ("Juru Tingkat I", "I/d"),
    ("Juru", "I/c"),
    ("Juru Muda Tingkat I", "I/b"),
    ("Juru Muda", "I/a"),
)
"""(rank, golongan ruang), highest first. Source: PP 99/2000, annex (ranks of civil servants)."""

_GOLONGAN = re.compile(r"(?:gol(?:ongan)?\.?\s*)?(IV|III|II|I)[\s./-]*([a-e])", re.IGNORECASE)


def rank_of(text: str) -> str:
    """The rank whose golongan is all that was typed ("IV/c", "gol. IVc"); other text stays as typed, on one line."""
    text = " ".join(text.split())
    found = _GOLONGAN.fullmatch(text)
    golongan = f"{found[1].upper()}/{found[2].lower()}" if found else ""
    return next((rank for rank, known in PANGKAT if known == golongan), text)
