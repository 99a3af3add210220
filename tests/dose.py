"""How much of a torture is done: a little at each commit, all of it before a release (`dev.py torture`).

Source of the figures: the table of tests in the decisions about the plan file. At a commit chance is the same each
time, so that a commit is judged by what it changes; before a release it is new each time, and the seed is told.
"""

import os
from random import Random, SystemRandom

SHARE = "RENAKSI_TORTURE"
"""Names the share of the release's figures that is wanted, such as 1 or 0.1; without it a commit's are."""


def dose(commit: int, release: int) -> int:
    """So many times; never less than at a commit."""
    share = float(os.environ.get(SHARE, "0") or 0)
    return max(commit, round(release * share))


def is_release() -> bool:
    """Whether this is the long run."""
    return bool(os.environ.get(SHARE))


def chance(name: str) -> tuple[Random, str]:
    """A source of chance, and its seed."""
    seed = f"{name}-{SystemRandom().getrandbits(32)}" if is_release() else name
    return Random(seed), seed
