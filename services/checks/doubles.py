"""Rules for what stands in a document more than once: the same sasaran, the same indicator, and its figures.

Source: forms.md (the cascade: an indicator may be carried down from level to level, with the same figures).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from models.plan import Plan
from models.rows import Anggaran, DeretIndikator, Dukungan, Indikator, Kinerja
from services.angka import decide_style, parse_angka
from services.checks.finding import Finding, Key, period_name, period_of, plain
from services.checks.reading import read_row
from services.checks.structure import text_key
from services.checks.units import same_unit
from services.checks.usage import is_blank
from services.naming import level_name, row_text
from services.series import places
from services.terms import TINGKAT

_BY_HEADING = ("tujuan", "sasaran_strategis", "sasaran_individu")
"""Levels whose heading says whose, or of which Renstra, a row is: another heading is another list."""

R = TypeVar("R", Kinerja, Indikator)
Text = tuple[str, str]
"""(dokumen, text as it is compared)."""


class Texts:
    """The rows of each text; kept row by row."""

    def __init__(self, rows: Iterable[Kinerja | Indikator]) -> None:
        self._of: dict[str, Text] = {}
        self._rows: dict[Text, set[str]] = {}
        for row in rows:
            self.put(row.id, row)

    def put(self, row_id: str, row: Kinerja | Indikator | None) -> set[Text]:
        """Take over a row as it is now, None: gone; returns the texts that it concerns."""
        concerned = set()
        old = self._of.pop(row_id, None)
        if old is not None:
            self._rows[old].discard(row_id)
            concerned.add(old)
        if row is not None and (key := text_key(row.uraian)):
            self._of[row_id] = text = row.dokumen_id, key
            self._rows.setdefault(text, set()).add(row_id)
            concerned.add(text)
        return concerned

    def of(self, text: Text) -> set[str]:
        """The ids of its rows."""
        return self._rows.get(text, set())

    def text(self, row_id: str) -> Text | None:
        """The text of a row."""
        return self._of.get(row_id)

    def doubled(self) -> list[Text]:
        """The texts of more rows than one."""
        return [text for text, rows in self._rows.items() if len(rows) > 1]


def check_same_sasaran(plan: Plan, ids: Iterable[str]) -> Iterator[Finding]:
    """SASARAN-GANDA: a level states the same sasaran again."""
    first: dict[tuple[str, str | None], Kinerja] = {}
    for node in _ordered(plan.get(Kinerja, node_id) for node_id in ids):
        place = node.tingkat, node.kelompok if node.tingkat in _BY_HEADING else None
        if place in first:
            number = f" (nomor {first[place].nomor})" if first[place].nomor else ""
            text = f"{level_name(node)} yang sama sudah ada{number}."
            yield plain("SASARAN-GANDA", "catatan", node, text, node.uraian)
        first.setdefault(place, node)


def check_same_indicator(plan: Plan, ids: Iterable[str]) -> Iterator[Finding]:
    """INDIKATOR-GANDA and TARGET-BEDA among the indicators of one text."""
    rows = _ordered(plan.get(Indikator, row_id) for row_id in ids)
    if len(rows) > 1:
        yield from _twice(plan, rows)
        yield from _other_figures(plan, rows)


def _ordered(rows: Iterable[R]) -> list[R]:
    return sorted(rows, key=lambda row: (row.urutan, row.id))


def _owner(plan: Plan, indikator: Indikator) -> Kinerja | Anggaran:
    node = plan.find(Kinerja, indikator.kinerja_id)
    owner = node if node is not None else plan.find(Anggaran, indikator.anggaran_id)
    assert owner is not None
    return owner


def _twice(plan: Plan, rows: Sequence[Indikator]) -> Iterator[Finding]:
    """INDIKATOR-GANDA: one row has it twice, or two rows of a level under the same row above."""
    first: dict[tuple[object, ...], Kinerja | Anggaran] = {}
    for indikator in rows:
        owner = _owner(plan, indikator)
        level = owner.tingkat if isinstance(owner, Kinerja) else owner.jenis
        heading = owner.kelompok if isinstance(owner, Kinerja) and owner.tingkat in _BY_HEADING else None
        place = level, owner.induk_id, heading
        if place in first:
            other = first[place]
            where = "baris ini juga" if other.id == owner.id else f"{level_name(other).lower()} {row_text(other)}"
            yield plain("INDIKATOR-GANDA", "catatan", indikator, f"Indikator yang sama ada pada {where}.")
        first.setdefault(place, owner)


@dataclass(frozen=True, slots=True)
class _Pair:
    """An indicator, and the same one on the nearest row above."""

    below: Indikator
    above: Indikator


def _other_figures(plan: Plan, rows: Sequence[Indikator]) -> Iterator[Finding]:
    """TARGET-BEDA: the same indicator has other figures on the row above.

    Of one unit and one way of accumulating. Several below may be parts of a number, but of a percentage only where each
    is the same. Where most of the rows agree, the finding stands at the one that does not.
    """
    if _are_equal(plan, rows):
        return
    values = {row.id: value for row in rows if (value := _value(plan, row)) is not None}
    usual, count = Counter(values.values()).most_common(1)[0] if values else (None, 0)
    groups: dict[str, list[_Pair]] = {}
    for pair in _pairs(plan, rows):
        if pair.below.id in values and pair.above.id in values and _comparable(pair):
            groups.setdefault(pair.above.id, []).append(pair)
    told: set[str] = set()
    for pairs in groups.values():
        top = values[pairs[0].above.id]
        if _are_parts(top, [values[pair.below.id] for pair in pairs]):
            continue
        for pair in pairs:
            own = values[pair.below.id]
            if own == top:
                yield from _other_periods(plan, pair) if len(pairs) == 1 else ()
                continue
            above_is_odd = 2 * count > len(rows) and own == usual and top != usual
            row, other = (pair.above, pair.below) if above_is_odd else (pair.below, pair.above)
            if row.id not in told:
                told.add(row.id)
                cause = _own_fault(plan, row, other) or _own_fault(plan, other, row)
                yield replace(_differs(plan, row, other), sebab=cause)


def _are_equal(plan: Plan, rows: Sequence[Indikator]) -> bool:
    """All rows say just the same, as most do that are carried down."""
    if any(row.target != rows[0].target for row in rows):
        return False
    series = [plan.one(DeretIndikator, "indikator_id", row.id, "target") for row in rows]
    first = series[0]
    return all(
        each is first or (each is not None and first is not None and each.nilai == first.nilai) for each in series
    )


def _differs(plan: Plan, row: Indikator, other: Indikator) -> Finding:
    place = level_name(_owner(plan, other)).lower()
    text = f"Target {row.target}; indikator yang sama pada {place} bertarget {other.target}."
    short = "Indikator yang sama bertarget lain pada tingkat lain."
    return Finding("TARGET-BEDA", "peringatan", Indikator, row.id, None, row.target, other.target, text, short)


def _own_fault(plan: Plan, row: Indikator, other: Indikator) -> Key | None:
    """TARGET-AKHIR or TARGET-JUMLAH of a row whose periods end at, or add up to, the target that the other row has."""
    series = plan.one(DeretIndikator, "indikator_id", row.id, "target")
    if series is None or row.akumulasi not in ("kumulatif", "posisi", "predikat", "jumlah"):
        return None
    periods, wanted = read_row(row, series), _value(plan, other)
    numbers = periods.known(periods.units[0]) if len(periods.units) == 1 else []
    if row.akumulasi == "jumlah":
        total = sum((value for _, _, value in numbers), Decimal())
        return ("TARGET-JUMLAH", Indikator, row.id, None) if numbers and total == wanted else None
    if not periods.stated:
        return None
    place, text, _ = periods.stated[-1]
    reached = numbers[-1][2] if numbers else text.strip().upper()
    return ("TARGET-AKHIR", Indikator, row.id, period_of(series.periode, place)) if reached == wanted else None


def _other_periods(plan: Plan, pair: _Pair) -> Iterator[Finding]:
    """The periods of two equal targets, where both rows are of months or both of quarters."""
    own, other = (plan.one(DeretIndikator, "indikator_id", row.id, "target") for row in (pair.below, pair.above))
    if own is None or other is None or own.periode != other.periode or own.nilai == other.nilai:
        return
    here, there = read_row(pair.below, own), read_row(pair.above, other)
    numbers = {place: (text, parts) for place, text, parts in there.stated}
    for place, text, parts in here.stated:
        if place not in numbers or len(parts) != 1 or len(numbers[place][1]) != 1:
            continue
        wanted, (value, _) = numbers[place], parts[0]
        if value != wanted[1][0][0] and place in places(own.periode):
            at = period_of(own.periode, place)
            name = level_name(_owner(plan, pair.above)).lower()
            sentence = f"Target {period_name(at)} {text}; indikator yang sama pada {name} bertarget {wanted[0]}."
            short = "Target {periode} lain daripada indikator yang sama pada tingkat lain."
            row_id = pair.below.id
            yield Finding("TARGET-BEDA", "peringatan", Indikator, row_id, at, text, wanted[0], sentence, short)


def _value(plan: Plan, indikator: Indikator) -> Decimal | str | None:
    """The year's target as a number, a grade as its letters; None for an empty one and for words."""
    if is_blank(indikator.target):
        return None
    text = indikator.target or ""
    series = plan.one(DeretIndikator, "indikator_id", indikator.id, "target")
    angka = parse_angka(text, decide_style([text, *(series.nilai if series else ())]))
    if angka is None or (angka.value is None and not angka.grade):
        return None
    return angka.value if angka.value is not None else text.strip().upper()


def _comparable(pair: _Pair) -> bool:
    below, above = pair.below, pair.above
    if below.akumulasi and above.akumulasi and below.akumulasi != above.akumulasi:
        return False
    units = (below.satuan or "", above.satuan or "")
    return is_blank(units[0]) or is_blank(units[1]) or same_unit(*units)


def _are_parts(top: Decimal | str, parts: Sequence[Decimal | str]) -> bool:
    """Several numbers below that may be shares of the one above: all smaller, and together not more."""
    if len(parts) < 2 or isinstance(top, str):
        return False
    numbers = [part for part in parts if isinstance(part, Decimal)]
    return len(numbers) == len(parts) and all(part < top for part in numbers) and sum(numbers, Decimal()) <= top


def _pairs(plan: Plan, rows: Sequence[Indikator]) -> Iterator[_Pair]:
    """Each row with the one above; where a plan does not say what is above, the only one of a higher level."""
    owners = {row.id: _owner(plan, row) for row in rows}
    of = {owner.id: row for row, owner in ((row, owners[row.id]) for row in reversed(rows))}
    for row in rows:
        upper = list(_above(plan, owners[row.id]))
        above = next((of[up] for up in upper if up in of), None)
        if above is None and not upper:
            rank = _rank(owners[row.id])
            higher = [each for each in rows if _rank(owners[each.id]) < rank]
            above = higher[0] if len(higher) == 1 else None
        if above is not None and above.id != row.id:
            yield _Pair(row, above)


def _rank(owner: Kinerja | Anggaran) -> int:
    """The level in the cascade, the goal at 0; a budget line stands beside the sasaran of its level."""
    if isinstance(owner, Kinerja):
        return TINGKAT.index(owner.tingkat)
    return TINGKAT.index(f"sasaran_{owner.jenis}")


def _above(plan: Plan, owner: Kinerja | Anggaran) -> Iterator[str]:
    """The rows above, nearest first: those of its own tree, and the nodes that a budget line supports with theirs."""
    seen = {owner.id}
    queue: list[Kinerja | Anggaran] = [owner]
    while queue:
        at = queue.pop(0)
        upper: list[Kinerja | Anggaran | None] = [plan.find(type(at), at.induk_id)]
        if isinstance(at, Anggaran):
            upper += [plan.find(Kinerja, link.kinerja_id) for link in plan.where(Dukungan, "anggaran_id", at.id)]
        for row in upper:
            if row is not None and row.id not in seen:
                seen.add(row.id)
                queue.append(row)
                yield row.id
