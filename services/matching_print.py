"""Cocokkan cetakan: whether a printed code is of this plan, when that was, and what has changed since."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import ne
from pathlib import Path

from models.errors import PlanError
from models.history import Entry
from models.history_reading import HistoryReader, printed_from
from models.reading import revision_of
from models.rows import Gabung, Konflik, Salinan, Terima

Progress = Callable[[int, int, str], object]
"""progress(done, total, text); it may raise to stop."""

SHORTEST = 6
"""Signs of a code that are enough, where the paper is stained."""

LENGTH = 10
"""Signs of a whole code."""

_NOT_PRINTED = {cls.TABLE for cls in (Salinan, Gabung, Konflik, Terima)}
"""Notes of copies, of merges and of accepted findings."""

_MISREAD = str.maketrans({"o": "0", "l": "1", "i": "1", "s": "5", "z": "2"})
"""No code holds these letters; they are taken for the digits that they look like."""


@dataclass(frozen=True, slots=True)
class Match:
    """`found`: the code is of this plan; then what was the newest step when it was printed, and who did it when.

    `current`: nothing has changed since. `since`: what differs from the paper now, a row of the history for each field
    with the value on the paper and the value now, the newest first; what was changed and changed back is not among it.
    `steps`: how many steps were done since; `touched`: whether one of them was to something that is printed.
    `nearest`: a code of this plan that differs from one that was not found in a sign or two, "" without one.
    """

    code: str
    found: bool
    current: bool = False
    when: datetime | None = None
    who: str = ""
    label: str = ""
    step: int = 0
    steps: int = 0
    since: tuple[Entry, ...] = ()
    touched: bool = False
    nearest: str = ""


def read_code(text: str) -> str:
    """The code in what was typed or scanned: ten signs 0 to 9 and a to f, in small letters.

    Raises:
        PlanError: it is no code of a printout.
    """
    words = re.sub(r"(?i)kode\s*cetakan\s*:?", "", text)
    code = re.sub(r"[\s.\-]", "", words).lower().translate(_MISREAD)
    if not re.fullmatch(r"[0-9a-f]+", code):
        raise PlanError("Kode cetakan hanya berisi angka 0 sampai 9 dan huruf a sampai f. Periksa lagi pada kertasnya.")
    if not SHORTEST <= len(code) <= len(revision_of("0" * 64)):
        raise PlanError("Kode cetakan terdiri atas 10 angka dan huruf, di kaki halaman. Periksa lagi pada kertasnya.")
    return code


class Matching:
    """What a code read from a paper says of a plan, found in pieces: `match` holds when `advance` says False."""

    def __init__(self, reader: HistoryReader, code: str) -> None:
        """Look for the code; about 30 ms in 100,000 rows of history.

        Raises:
            PlanError: it fits several states of the plan.
        """
        self._reader = reader
        fitting = reader.sealed(code)
        if len(fitting) > 1:
            raise PlanError("Kode itu cocok dengan beberapa keadaan rencana. Ketik kode yang lengkap.")
        self._printed = fitting[0] if fitting else None
        self._at = fitting[0][0] if fitting else 0
        self._net = _Net()
        self._steps, self._step = 0, self._printed[1] if self._printed else 0
        self.match = Match(code, found=False)

    def advance(self, count: int = 1_000) -> bool:
        """Take in so many rows of what came since; False when all are in."""
        if self._printed is None:
            self.match = replace(self.match, nearest=nearest(self.match.code, self._reader))
            return False
        piece = self._reader.after(self._at, count)
        for entry in piece:
            self._steps += entry[1] != self._step
            self._step = entry[1]
            self._net.add(entry)
        if len(piece) == count:
            self._at = piece[-1][0]
            return True
        _, number, *_, when, who, label, _ = self._printed
        self.match = Match(
            self.match.code,
            found=True,
            current=not self._steps and not piece,
            when=datetime.fromisoformat(when),
            who=who,
            label=label,
            step=number,
            steps=self._steps,
            since=self._net.entries(),
            touched=self._net.touched,
        )
        return False


def nearest(code: str, reader: HistoryReader) -> str:
    """The newest code of a plan that differs from what was read in the fewest signs: of a whole code in two at most,
    of a part of one in one; "" where there is none."""
    best, most = "", 2 if len(code) == LENGTH else 1
    for other in reader.codes(LENGTH):
        differs = sum(map(ne, code, other))
        if differs <= most:
            best, most = other, differs - 1
        elif most and len(code) == LENGTH - 1 and any(code == other[:i] + other[i + 1 :] for i in range(LENGTH)):
            best, most = other, 0
    return best


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another plan file that a paper was printed from: in the state of when, and how many steps were done since."""

    path: Path
    when: datetime
    steps: int


def find_elsewhere(paths: Sequence[Path], code: str, progress: Progress = lambda *_: None) -> Elsewhere | None:
    """Which of these plan files a paper was printed from; files that are gone or cannot be read are passed over.

    Made for a task: each file is read whole and checked.
    """
    for done, path in enumerate(paths):
        progress(done, len(paths), path.name)
        try:
            found = printed_from(path, code)
        except (OSError, PlanError):
            continue
        if found is not None:
            return Elsewhere(path, datetime.fromisoformat(found[0]), found[1])
    return None


def as_text(match: Match) -> str:
    """The answer in one or two sentences."""
    if not match.found and match.nearest:
        return f"Kode {match.code} tidak ada pada rencana ini; maksudnya {match.nearest}? Periksa lagi pada kertasnya."
    if not match.found or match.when is None:
        return (
            f"Kode {match.code} bukan dari rencana ini. Mungkin kertasnya dicetak dari salinan lain, "
            "atau dari isian yang tidak jadi disimpan."
        )
    printed = f"Kertas ini dicetak dari rencana ini, dalam keadaan {match.when:%d-%m-%Y} pukul {match.when:%H.%M}."
    if match.current:
        return f"{printed} Sejak itu tidak ada yang berubah."
    if not match.touched:
        return f"{printed} Sejak itu tidak ada isian yang berubah."
    if not match.since:
        return f"{printed} Sejak itu ada {match.steps} langkah, tetapi isinya sudah kembali sama."
    return f"{printed} Sejak itu {len(match.since)} isian berubah dalam {match.steps} langkah."


class _Net:
    """Each field once, with the value on the paper and the value now; nothing of what is the same again.

    A row that came since stands for all its fields, as does one that went.
    """

    def __init__(self) -> None:
        self.touched = False
        self._first: dict[tuple[str, str, str | None], Entry] = {}
        self._last: dict[tuple[str, str, str | None], Entry] = {}

    def add(self, entry: Entry) -> None:
        """One more, in the order of the history; what no form prints does not count."""
        if entry[2] in _NOT_PRINTED:
            return
        self.touched = True
        key = (entry[2], entry[3], entry[4])
        self._first.setdefault(key, entry)
        self._last[key] = entry

    def entries(self) -> tuple[Entry, ...]:
        """What differs, the newest first."""
        net = []
        for key, entry in self._last.items():
            table, row_id, column = key
            whole = self._first.get((table, row_id, None))
            if column is not None and whole is not None:
                gone = self._last[table, row_id, None][6] is None
                if gone or whole[5] is None:
                    continue
            old, new = self._first[key][5], entry[6]
            if old != new:
                net.append((*entry[:5], old, new, *entry[7:]))
        return tuple(sorted(net, key=lambda entry: entry[0], reverse=True))
