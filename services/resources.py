"""Where the files that travel with the program lie."""

import sys
from pathlib import Path

FIRST_SAMPLE = "buleleng-2022"
"""The sample that "Buka contoh" opens."""


def resource(*parts: str) -> Path:
    """The path of a bundled file: in the repository, or where PyInstaller has unpacked the program.

    Args:
        parts: below resources/, such as "icons", "check.svg"; none of them gives the folder itself.
    """
    root = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent))
    return root.joinpath("resources", *parts)
