"""Rules for the codes of the budget lines: one that does not fit under the line above, one that is used twice.

How a code is written beside its neighbours: code_forms.py.

Source: interchange.md (`kode`, "2.17.03.2.01.0001"; a program printed twice is two lines of one name), the official
nomenclature: the code of a line begins with that of the line above. Papers may print just the part of the level.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from models.plan import Plan
from models.rows import Anggaran, Dokumen
from services.checks.code_forms import check_family, check_letters, without_slips
from services.checks.finding import Finding, Key, plain
from services.checks.structure import text_key
from services.naming import row_text
from services.terms import JENIS, LEVEL_NAMES

_PART = re.compile(r"[0-9]+|X+", re.IGNORECASE)
_WHOLE = 3
"""Parts from which a code may be the whole one, with urusan and bidang in front."""


def check_codes(plan: Plan, dokumen: Dokumen) -> Iterator[Finding]:
    """All findings about the codes of a document."""
    every = plan.where(Anggaran, "dokumen_id", dokumen.id)
    lines = [line for line in every if _parts(line.kode)]
    told: set[str] = set()
    families: dict[tuple[str | None, str], list[Anggaran]] = {}
    for line in every:
        families.setdefault((line.induk_id, line.jenis), []).append(line)
    for found in _of_writing(plan, lines, families.values()):
        if found.kode != "KODE-BEDA":
            yield found
        elif found.row_id not in told:
            told.add(found.row_id)
            yield found
    yield from _twice(lines)


def _of_writing(plan: Plan, lines: Sequence[Anggaran], families: Iterable[Sequence[Anggaran]]) -> Iterator[Finding]:
    """What a code says of itself, then beside the line above, then beside its neighbours."""
    for line in lines:
        yield from check_letters(line)
    yield from _misfits(plan, lines)
    yield from _equal(plan, lines)
    for family in families:
        yield from check_family(family)


def _equal(plan: Plan, lines: Sequence[Anggaran]) -> Iterator[Finding]:
    """KODE-BEDA: the whole code of the line above over again, unless most lines of the level are printed so."""
    pairs = [(line, above) for line in lines if (above := plan.find(Anggaran, line.induk_id)) is not None]
    for jenis in JENIS:
        level = [pair for pair in pairs if pair[0].jenis == jenis]
        same = [(line, above) for line, above in level if _is_same_code(line.kode, above.kode)]
        if 2 * len(same) > max(len(level), 2):
            continue
        for line, above in same:
            text = f"Kode {line.kode} sama dengan kode {LEVEL_NAMES[above.jenis].lower()} di atasnya."
            yield plain("KODE-BEDA", "peringatan", line, text, line.kode)


def _is_same_code(own: str | None, upper: str | None) -> bool:
    bare = without_slips(own).strip(" .")
    return bare == without_slips(upper).strip(" .") and len(_parts(bare)) >= _WHOLE


@dataclass(frozen=True, slots=True)
class _Misfit:
    line: Anggaran
    above: Anggaran

    @property
    def key(self) -> Key:
        return "KODE-BEDA", Anggaran, self.line.id, None


def _misfits(plan: Plan, lines: Sequence[Anggaran]) -> Iterator[Finding]:
    """KODE-BEDA: a code that does not begin with that of the nearest line above that has one.

    Where that line is wrong itself, or several lines below it begin otherwise in the same way, the first is the cause.
    """
    found: dict[str, _Misfit] = {}
    for line in lines:
        above = _above(plan, line)
        if above is not None and not _fits(_parts(line.kode), _parts(above.kode)):
            found[line.id] = _Misfit(line, above)
    alike: dict[tuple[object, ...], Key] = {}
    for misfit in found.values():
        line, above = misfit.line, misfit.above
        higher = found.get(above.id)
        if higher is not None and _fits(_parts(line.kode), _parts(higher.above.kode)):
            yield replace(_said(misfit), sebab=higher.key)
            continue
        begins = (above.id, *_parts(line.kode)[: len(_parts(above.kode))])
        cause = alike.setdefault(begins, misfit.key)
        yield replace(_said(misfit), sebab=cause if cause != misfit.key else None)


def _above(plan: Plan, line: Anggaran) -> Anggaran | None:
    """The nearest line above that has a code."""
    seen = {line.id}
    above = plan.find(Anggaran, line.induk_id)
    while above is not None and above.id not in seen:
        if _parts(above.kode):
            return above
        seen.add(above.id)
        above = plan.find(Anggaran, above.induk_id)
    return None


def _fits(own: list[str], upper: list[str]) -> bool:
    """A short code, which leaves out the parts above, is looked for further behind; X stands for any digits.

    Under a code of one part nothing can be said, nor of a code that is no longer than the one above, unless both are
    whole: "2.17.04" under "2.17.03".
    """
    if len(upper) == 1:
        return True
    if len(own) <= len(upper):
        return len(own) < _WHOLE or not _begin_alike(own[:2], upper) or _begin_alike(own, upper)
    starts = range(1 if any(part[0] in "xX" for part in upper) else len(own) - len(upper) + 1)
    return any(_begin_alike(own[start:], upper) for start in starts)


def _begin_alike(one: list[str], other: list[str]) -> bool:
    return all(_same(a, b) for a, b in zip(one, other, strict=False))


def _same(one: str, other: str) -> bool:
    if one[0] in "xX" or other[0] in "xX":
        return True
    return int(one) == int(other)


def _said(misfit: _Misfit) -> Finding:
    line, above = misfit.line, misfit.above
    name = LEVEL_NAMES[above.jenis].lower()
    text = f"Kode {line.kode} tidak berawal dengan kode {name} di atasnya, {above.kode}."
    short = "Kode tidak berawal dengan kode baris di atasnya."
    return Finding("KODE-BEDA", "peringatan", Anggaran, line.id, None, line.kode, above.kode, text, short)


def _twice(lines: Sequence[Anggaran]) -> Iterator[Finding]:
    """NOMOR-GANDA: two lines of one level under the same line above have one code and two names.

    A short code of a line that hangs nowhere may begin again. A code of most of the lines is no number of theirs.
    """
    families: dict[tuple[str | None, str], list[Anggaran]] = {}
    for line in lines:
        if line.induk_id is not None or len(_parts(line.kode)) >= _WHOLE or line.jenis == "program":
            families.setdefault((line.induk_id, line.jenis), []).append(line)
    for family in families.values():
        groups: dict[tuple[str, ...], list[Anggaran]] = {}
        for line in family:
            groups.setdefault(tuple(part.lstrip("0").lower() for part in _parts(line.kode)), []).append(line)
        for same in groups.values():
            first = same[0]
            if len(same) > 2 and 2 * len(same) > len(family):
                continue
            for line in same[1:]:
                if text_key(line.nama) != text_key(first.nama):
                    text = f"Kode {line.kode} sudah dipakai: {row_text(first)}."
                    yield plain("NOMOR-GANDA", "peringatan", line, text, line.kode)


def _parts(kode: str | None) -> list[str]:
    return _PART.findall(without_slips(kode))
