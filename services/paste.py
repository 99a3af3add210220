"""A pasted block: what would be typed into each cell, what cannot be read, and what has to be asked. No Qt."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.errors import PlanError
from models.rows import BULAN
from services.angka import Style, decide_style, is_doubtful, parse_angka, parse_number
from services.grid_numbers import undoubted
from services.paste_cell import Doubt, Fault, Kind, read_cell
from services.paste_cells import is_missing, number_of

__all__ = ["Choice", "Problem", "Question", "Reading", "Target", "correct", "read"]


@dataclass(frozen=True, slots=True)
class Target:
    """The cell that a pasted one goes to.

    Args:
        old: what it says now; `annual`: the yearly target or pagu of its row as typed.
    """

    kind: Kind
    row_name: str
    column_name: str
    old: str
    annual: str | None
    indikator_id: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that cannot be read. `reason` begins with its text; `proposal`: what to type instead, or None."""

    row: int
    column: int
    text: str
    reason: str
    proposal: str | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One reading of a column's doubtful numbers: "seribu (1.000)". `thousands`: the separator parts thousands."""

    style: Style
    label: str
    thousands: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A column in which a number can be read two ways. `example`: the first such; two choices, thousands first."""

    column: int
    example: str
    choices: tuple[Choice, ...]
    proposal: Style


@dataclass(frozen=True, slots=True)
class Reading:
    """`texts`: what would be typed, None where nothing is; the shape of the block that was read.

    Doubtful numbers are read as answered, and as proposed where there is no answer.
    """

    texts: list[list[str | None]]
    unreadable: list[Problem]
    questions: list[Question]

    @property
    def count(self) -> int:
        """The cells that can be read."""
        return sum(text is not None for row in self.texts for text in row)


Cells = Sequence[Sequence[str]]
Targets = Sequence[Sequence[Target | None]]
_Place = tuple[int, int]


def read(cells: Cells, targets: Targets, answers: Mapping[int, Style] | None = None) -> Reading:
    """Read a block for the cells that it goes to.

    Args:
        targets: for each cell where it goes, None where nothing may be typed; what lies outside counts as None.
        answers: the style of a column's doubtful numbers, by column.
    """
    texts: list[list[str | None]] = [[None] * len(row) for row in cells]
    problems: list[Problem] = []
    doubts: defaultdict[int, dict[_Place, str]] = defaultdict(dict)
    for r, (row, into) in enumerate(zip(cells, targets, strict=False)):
        for c, (cell, target) in enumerate(zip(row, into, strict=False)):
            if target is None or is_missing(cell):
                continue
            found = read_cell(cell, target.kind, None)
            if isinstance(found, Doubt):
                doubts[c][r, c] = found.example
            elif isinstance(found, Fault):
                problems.append(Problem(r, c, str(cell), found.reason, found.proposal))
            else:
                texts[r][c] = found
    sizes = {r: _row_size(texts[r], targets[r]) for r in {r for places in doubts.values() for r, _ in places}}
    questions = [_question(c, places, cells, targets, sizes) for c, places in sorted(doubts.items())]
    for question in questions:
        style = (answers or {}).get(question.column, question.proposal)
        for r, c in doubts[question.column]:
            answer = read_cell(cells[r][c], "target", style)
            assert isinstance(answer, str)
            texts[r][c] = answer
    _make_sure(texts, targets)
    return Reading(texts, problems, questions)


def correct(text: str, target: Target) -> str:
    """What is typed for a cell that the user has mended; a doubtful number is read as Indonesian.

    Raises:
        PlanError: it still cannot be read; the sentence says why.
    """
    found = read_cell(text, target.kind, Style.INDONESIAN, typed=True)
    if isinstance(found, str):
        return found
    raise PlanError(found.reason if isinstance(found, Fault) else text)


def _question(
    column: int, places: Mapping[_Place, str], cells: Cells, targets: Targets, sizes: Mapping[int, Decimal | None]
) -> Question:
    """The proposal: what the yearly targets and the rows say of the size, then how the column writes its numbers."""
    weight = 0.0
    for (r, c), example in places.items():
        target = targets[r][c]
        assert target is not None
        thousand, decimal = _both(example)
        number = number_of(cells[r][c])
        weight += 4 * _nearer(thousand, decimal, abs(number) if number else None)
        weight += 4 * _nearer(thousand, decimal, _size([target.annual]))
        weight += 2 * _nearer(thousand, decimal, sizes[r])
    example = next(iter(places.values()))
    as_thousands = Style.INDONESIAN if "." in example else Style.ENGLISH
    as_decimals = Style.ENGLISH if "." in example else Style.INDONESIAN
    written = decide_style([row[column] for row in cells if len(row) > column and not is_doubtful(row[column])])
    if written is not Style.UNKNOWN:
        weight += 1 if written is as_thousands else -1
    thousands = weight >= 0
    words = ("seribu", "satu") if _both(example) == (Decimal(1000), Decimal(1)) else ("ribuan", "desimal")
    thousand_text, decimal_text = example.replace(",", "."), example.replace(".", ",")
    choices = (
        Choice(as_thousands, f"{words[0]} ({thousand_text})", True),
        Choice(as_decimals, f"{words[1]} ({decimal_text})", False),
    )
    return Question(column, example, choices, as_thousands if thousands else as_decimals)


def _row_size(texts: Sequence[str | None], into: Sequence[Target | None]) -> Decimal | None:
    """The largest of a row's targets."""
    return _size([text for text, target in zip(texts, into, strict=False) if target and target.kind == "target"])


def _both(example: str) -> tuple[Decimal, Decimal]:
    """A doubtful number as thousands and as decimals."""
    readings = [parse_number(example, style) for style in (Style.INDONESIAN, Style.ENGLISH)]
    known = sorted((value for value in readings if value is not None), reverse=True)
    return known[0], known[-1]


def _size(texts: Sequence[str | None]) -> Decimal | None:
    """The largest number among texts that can be read in one way only."""
    values = []
    for text in texts:
        if text and not is_doubtful(text):
            angka = parse_angka(text, Style.INDONESIAN)
            if angka is not None and angka.value:
                values.append(abs(angka.value))
    return max(values, default=None)


def _nearer(thousand: Decimal, decimal: Decimal, size: Decimal | None) -> int:
    """1 when a thousand fits a row of this size better, -1 when a decimal does, 0 when nothing is known.

    Nearer by magnitude: 27 lies between 6,75 and 6.750, and is four times the one, a 250th of the other.
    """
    if size is None or not decimal:
        return 0
    return 1 if thousand * decimal <= size * size else -1


def _make_sure(texts: list[list[str | None]], targets: Targets) -> None:
    """A row is read back in the style that most of its cells speak for: numbers that this would turn round lose doubt.

    Where the whole year is pasted or the row is known to be Indonesian, 1.250 stays as it is.
    """
    for row, into in zip(texts, targets, strict=False):
        written = [
            (c, text, target)
            for c, (text, target) in enumerate(zip(row, into, strict=False))
            if text is not None and target is not None and target.kind == "target"
        ]
        doubtful = [c for c, text, _ in written if is_doubtful(text)]
        if not doubtful:
            continue
        evidence = [*{target.annual for _, _, target in written}, *(text for _, text, _ in written)]
        if len(written) < BULAN:
            evidence += [target.old for _, _, target in written]
            evidence = [text for text in evidence if text and not is_doubtful(text)]
        if decide_style(evidence) is not Style.INDONESIAN:
            for c in doubtful:
                row[c] = undoubted(row[c] or "")
