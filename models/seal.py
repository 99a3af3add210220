"""The seal of a published file: SHA-256 over all its bytes, in 40 bytes behind its last page.

SQLite counts the pages by the header and ignores what stands behind them. A hash over the bytes finds every flipped
bit, in rows, history and tables alike, at a quarter of the time of a hash over the rows. A seal is no signature:
anyone can compute it, so a sealed file goes through all other checks as well.
"""

import hashlib
from pathlib import Path

from models.header import altered

_MAGIC = b"RNKSEAL1"
SEAL = len(_MAGIC) + 32
"""Length of a seal in bytes."""


def seal_of(data: bytes | memoryview) -> bytes:
    """What stands behind the pages of a file that holds `data`."""
    return _MAGIC + hashlib.sha256(data).digest()


def check_seal(path: Path) -> bool:
    """True: the bytes are those that were published; False: nobody sealed them, as in a plan of an older program.

    Raises:
        PlanError: the bytes changed since they were sealed (a damaged disk, or another program wrote into the file).
    """
    data = memoryview(path.read_bytes())
    page = int.from_bytes(data[16:18], "big")
    pages = (65536 if page == 1 else page) * int.from_bytes(data[28:32], "big")
    if len(data) == pages:
        return False
    if data[pages:] != seal_of(data[:pages]):
        raise altered(path)
    return True


def unseal(path: Path) -> None:
    """Take the seal off a working copy, which SQLite is about to write to."""
    with path.open("rb+") as file:
        header = file.read(100)
        page = int.from_bytes(header[16:18], "big")
        file.truncate((65536 if page == 1 else page) * int.from_bytes(header[28:32], "big"))
