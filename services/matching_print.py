"""Cocokkan cetakan: whether a printed code is of this plan, when that was, and what has changed since."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.errors import PlanError
from models.history import Entry
from models.plan import Plan
from models.plan_file import PlanFile
from models.reading import revision_of
from services.history_view import Happened, shown

SHORTEST = 6
"""Signs of a code that are enough, where the paper is stained."""

_MISREAD = str.maketrans({"o": "0", "l": "1", "i": "1"})


@dataclass(frozen=True, slots=True)
class Match:
    """`found`: the code is of this plan; then what was the newest step when it was printed, and who did it when.

    `current`: nothing has changed since. `since`: what differs from the paper now, field by field, the newest first;
    what was changed and changed back is not among it. `steps`: how many steps were done since.
    """

    code: str
    found: bool
    current: bool = False
    when: datetime | None = None
    who: str = ""
    label: str = ""
    step: int = 0
    steps: int = 0
    since: tuple[Happened, ...] = ()


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


def matched(file: PlanFile, plan: Plan, text: str) -> Match:
    """What a code on a paper says of this plan.

    Raises:
        PlanError: it is no code of a printout, or so short that it fits several states of the plan.
    """
    code = read_code(text)
    newest_first = file.history()
    fitting = [at for at, entry in enumerate(newest_first) if entry[10].startswith(code)]
    if len(fitting) > 1:
        raise PlanError("Kode itu cocok dengan beberapa keadaan rencana. Ketik kode yang lengkap.")
    if not fitting:
        return Match(code, found=False)
    since, printed = newest_first[: fitting[0]], newest_first[fitting[0]]
    return Match(
        code,
        found=True,
        current=not since,
        when=datetime.fromisoformat(printed[7]),
        who=printed[8],
        label=printed[9],
        step=printed[1],
        steps=len({entry[1] for entry in since}),
        since=tuple(shown(plan, _net(since))),
    )


def as_text(match: Match) -> str:
    """The answer in one or two sentences."""
    if not match.found or match.when is None:
        return (
            f"Kode {match.code} bukan dari rencana ini. Mungkin kertasnya dicetak dari salinan lain, "
            "atau dari isian yang tidak jadi disimpan."
        )
    printed = f"Kertas ini dicetak dari rencana ini, dalam keadaan {match.when:%d-%m-%Y} pukul {match.when:%H.%M}."
    if match.current:
        return f"{printed} Sejak itu tidak ada yang berubah."
    if not match.since:
        return f"{printed} Sejak itu ada {match.steps} langkah, tetapi isinya sudah kembali sama."
    return f"{printed} Sejak itu {len(match.since)} isian berubah dalam {match.steps} langkah."


def _net(newest_first: Sequence[Entry]) -> list[Entry]:
    """Each field once, with the value on the paper and the value now; nothing of what is the same again.

    A row that came since stands for all its fields, as does one that went.
    """
    first: dict[tuple[str, str, str | None], Entry] = {}
    last: dict[tuple[str, str, str | None], Entry] = {}
    for entry in reversed(newest_first):
        key = (entry[2], entry[3], entry[4])
        first.setdefault(key, entry)
        last[key] = entry
    net = []
    for key, entry in last.items():
        table, row_id, column = key
        whole = first.get((table, row_id, None))
        if column is not None and whole is not None:
            gone = last[table, row_id, None][6] is None
            if gone or whole[5] is None:
                continue
        old, new = first[key][5], entry[6]
        if old != new:
            net.append((*entry[:5], old, new, *entry[7:]))
    return sorted(net, key=lambda entry: entry[0], reverse=True)
