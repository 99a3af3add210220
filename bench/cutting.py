"""A part of a plan that has so many blocks: some of every branch, so that it is composed as the whole."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from bench.recipes import BRANCHES, without
from models.rows import Anggaran, Dukungan, Kinerja, Row

_GOLDEN = 0.618
_Branch = Kinerja | Anggaran


def cut(rows: Sequence[Row], wanted: int, count: Callable[[Sequence[Row]], int]) -> list[Row]:
    """The rows without so many branches that what is left has at most the wanted number of blocks, nearly always it.

    `count` gives the blocks of some rows.
    """
    order = _order(rows)
    every = {row.id for row in order}

    def part(kept: set[str]) -> list[Row]:
        return list(without(rows, every - kept))

    least, most = 0, len(order)
    while least < most:
        middle = (least + most + 1) // 2
        if count(part({row.id for row in order[:middle]})) <= wanted:
            least = middle
        else:
            most = middle - 1
    kept = {row.id for row in order[:least]}
    have = count(part(kept)) if kept else 0
    for row in order[least:]:
        if have == wanted:
            break
        if row.induk_id is not None and row.induk_id not in kept:
            continue
        more = count(part(kept | {row.id}))
        if more <= wanted:
            kept.add(row.id)
            have = more
    return part(kept)


def _order(rows: Sequence[Row]) -> list[_Branch]:
    """The branches, each behind those above it; all groups of them advance at the same pace."""
    placed: list[tuple[float, int, int, _Branch]] = []
    for number, group in enumerate(_groups(rows)):
        phase = number * _GOLDEN % 1
        placed += (((i + phase) / len(group), number, i, row) for i, row in enumerate(group))
    return [row for *_, row in sorted(placed, key=lambda item: item[:3])]


def _groups(rows: Sequence[Row]) -> list[list[_Branch]]:
    """The tops of both trees with all below, those together that a link joins: each line behind what it supports."""
    branches = {row.id: row for row in rows if isinstance(row, BRANCHES)}
    below: dict[str | None, list[_Branch]] = {}
    for branch in branches.values():
        below.setdefault(branch.induk_id if branch.induk_id in branches else None, []).append(branch)
    supports: dict[str, list[str]] = {}
    for row in rows:
        if isinstance(row, Dukungan):
            supports.setdefault(row.anggaran_id, []).append(row.kinerja_id)
    done: set[str] = set()

    def upwards(row_id: str) -> Iterator[_Branch]:
        path = []
        at: str | None = row_id
        while at in branches and at not in done:
            done.add(at)
            path.append(branches[at])
            at = branches[at].induk_id
        yield from reversed(path)

    def downwards(row: _Branch) -> Iterator[_Branch]:
        yield from chain.from_iterable(upwards(node) for node in supports.get(row.id, ()))
        yield from upwards(row.id)
        for child in below.get(row.id, ()):
            yield from downwards(child)

    tops = sorted(below.get(None, ()), key=lambda row: (isinstance(row, Kinerja), row.urutan))
    return [group for top in tops if (group := list(downwards(top)))]
