"""Rules for how the codes of budget lines are written beside their neighbours: slips, gaps, and names used twice.

Source: the official nomenclature (digits in groups, the last of a sub kegiatan of four: "2.17.03.2.01.0001"); papers
may print just the part of the level, or leave all codes out.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from models.rows import Anggaran
from services.checks.finding import Finding, plain
from services.checks.structure import text_key
from services.naming import row_text
from services.terms import LEVEL_NAMES

_SLIP = re.compile(r"(?<![^\W_])(?:(?=[OoIl0-9]*[0-9])(?=[0-9]*[OoIl])[0-9OoIl]+|[Oo]+)(?![^\W_])")
_DIGITS = str.maketrans("OoIl", "0011")
_TAIL = re.compile(r"(.*\.)([0-9]+)")


@lru_cache(maxsize=16384)
def without_slips(kode: str | None) -> str:
    """A code with digits where a letter stands that looks like one: "2.17.O8" is 2.17.08; "" for none."""
    text = (kode or "").strip()
    return _SLIP.sub(lambda found: found[0].translate(_DIGITS), text) if any(c.isdigit() for c in text) else text


def check_letters(line: Anggaran) -> Iterator[Finding]:
    """KODE-BEDA: a letter O, I or l in the place of a digit."""
    kode = (line.kode or "").strip()
    meant = without_slips(kode)
    if meant != kode:
        wrong = next(one for one, two in zip(kode, meant, strict=True) if one != two)
        text = f"Kode {kode} memuat huruf {wrong} di tempat angka; mungkin {meant}."
        yield replace(plain("KODE-BEDA", "peringatan", line, text, kode), harusnya=meant)


def check_family(family: Sequence[Anggaran]) -> Iterator[Finding]:
    """All findings among the lines of one level under the same line above."""
    yield from _missing(family)
    yield from _other_width(family)
    yield from _same_name(family)


def _missing(family: Sequence[Anggaran]) -> Iterator[Finding]:
    """NOMOR-KOSONG: a line without a code, where most beside it have one."""
    bare = [line for line in family if not without_slips(line.kode)]
    if not bare or 2 * len(bare) > len(family) or len(bare) == len(family):
        return
    for line in bare:
        text = f"Kode belum diisi; {LEVEL_NAMES[line.jenis].lower()} lain di sampingnya sudah."
        yield plain("NOMOR-KOSONG", "catatan", line, text)


def _other_width(family: Sequence[Anggaran]) -> Iterator[Finding]:
    """KODE-BEDA: the last part without the zeros in front that all others have: 2 beside 0001 and 0003."""
    tails = [(line, tail) for line in family if (tail := _TAIL.fullmatch(without_slips(line.kode)))]
    widths: dict[str, Counter[int]] = {}
    padded: Counter[str] = Counter()
    for _, tail in tails:
        widths.setdefault(tail[1], Counter())[len(tail[2])] += 1
        padded[tail[1]] += tail[2][0] == "0"
    for line, tail in tails:
        others = [width for width, n in widths[tail[1]].items() if n > (width == len(tail[2]))]
        if len(others) != 1 or padded[tail[1]] <= (tail[2][0] == "0"):
            continue
        meant = tail[1] + tail[2].zfill(others[0])
        if meant != tail[0]:
            text = f"Kode {tail[0]} ditulis lain daripada kode di sampingnya; mungkin {meant}."
            yield replace(plain("KODE-BEDA", "catatan", line, text, line.kode), harusnya=meant)


def _same_name(family: Sequence[Anggaran]) -> Iterator[Finding]:
    """SASARAN-GANDA of a sub kegiatan: one name twice. A program or kegiatan may be printed for each who answers."""
    first: dict[str, Anggaran] = {}
    for line in family if family[0].jenis == "sub_kegiatan" and family[0].induk_id is not None else ():
        key = text_key(line.nama)
        other = first.setdefault(key, line) if key else line
        if other.id != line.id:
            of = f", kode {other.kode}" if without_slips(other.kode) else ""
            text = f"{LEVEL_NAMES[line.jenis]} dengan nama yang sama sudah ada: {row_text(other)}{of}."
            yield plain("SASARAN-GANDA", "catatan", line, text, line.nama)
