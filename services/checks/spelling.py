"""SATUAN-BEDA: one unit spelt in several ways in a document: "dokumen" and "Dokumen", "org" and "orang".

Source: the target columns of official plans; the spelling that is used most is taken as the document's own.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from models.plan import Plan
from models.rows import Indikator
from services.checks.finding import Finding
from services.checks.units import is_slip, unit_key
from services.checks.usage import is_blank
from services.units import COMMON

_RARE = 2
"""How often a word may stand that is taken for a slip of another one."""


_SURE = frozenset(unit_key(unit) for unit in COMMON)
"""Units that are surely spelt as they should be: of two words used as often, the other is the slip."""


class Spellings:
    """The units of each document and how they are spelt; kept by indicator."""

    def __init__(self, indicators: Iterable[Indikator]) -> None:
        self._of: dict[str, tuple[str, str, str]] = {}
        self._groups: dict[tuple[str, str], dict[str, str]] = {}
        self._words: dict[str, Counter[str]] = {}
        for indikator in indicators:
            self.put(indikator.id, indikator)

    def put(self, indikator_id: str, indikator: Indikator | None) -> set[tuple[str, str]]:
        """Take over an indicator as it is now, None: gone; returns the units (dokumen, unit) that it concerns."""
        concerned = set()
        old = self._of.pop(indikator_id, None)
        if old is not None:
            dokumen_id, key, _ = old
            self._groups[dokumen_id, key].pop(indikator_id, None)
            self._words[dokumen_id][key] -= 1
            concerned.add((dokumen_id, key))
        if indikator is not None and not is_blank(indikator.satuan):
            spelt = (indikator.satuan or "").strip()
            key = unit_key(spelt)
            self._of[indikator_id] = indikator.dokumen_id, key, spelt
            self._groups.setdefault((indikator.dokumen_id, key), {})[indikator_id] = spelt
            self._words.setdefault(indikator.dokumen_id, Counter())[key] += 1
            concerned.add((indikator.dokumen_id, key))
        return concerned

    def groups(self) -> list[tuple[str, str]]:
        """All units of all documents."""
        return list(self._groups)

    def related(self, dokumen_id: str, key: str) -> set[tuple[str, str]]:
        """The unit, and the words that are a slip of it or of which it is one."""
        words = self._words.get(dokumen_id, Counter())
        near = {word for word, count in words.items() if count > 0 and is_slip(word, key)}
        return {(dokumen_id, word) for word in (key, *near)}

    def of(self, dokumen_id: str, key: str) -> dict[str, str]:
        """Indicator id to spelling, of one unit."""
        return self._groups.get((dokumen_id, key), {})

    def usual(self, dokumen_id: str, key: str) -> str:
        """The spelling used most, of the unit or of the more frequent word that it is a slip of; "" for none."""
        words = self._words.get(dokumen_id, Counter())
        if 0 < words[key] <= _RARE and " " not in key:
            better = [
                word
                for word, count in words.items()
                if is_slip(word, key) and (count > words[key] or (count == words[key] and _is_surer(word, key)))
            ]
            key = max(better, key=lambda word: (words[word], word), default=key)
        counts = Counter(self.of(dokumen_id, key).values())
        return max(counts, key=lambda spelt: (counts[spelt], spelt), default="")


def _is_surer(word: str, other: str) -> bool:
    return word in _SURE and other not in _SURE


def check_spelling(plan: Plan, spellings: Spellings, dokumen_id: str, key: str) -> Iterator[Finding]:
    """The indicators whose unit is not spelt as it is most often; the first stands for all that follow."""
    usual = spellings.usual(dokumen_id, key)
    others = [plan.get(Indikator, i) for i, spelt in spellings.of(dokumen_id, key).items() if spelt != usual]
    first: Finding | None = None
    for indikator in sorted(others, key=lambda each: (each.urutan, each.id)):
        text = f"Satuan ditulis {(indikator.satuan or '').strip()}, pada baris lain {usual}."
        short = text.replace("{", "{{").replace("}", "}}")
        cause = first.key if first is not None else None
        found = Finding(
            "SATUAN-BEDA", "catatan", Indikator, indikator.id, None, indikator.satuan, usual, text, short, cause
        )
        yield found
        first = first or found
