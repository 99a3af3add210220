"""How the sheets of a workbook are called."""

import re

from services.render.xlsx_text import clean

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\n\t]")
_LENGTH = 31
_ODD = " ',"
"""Signs that no name begins or ends with."""


class SheetNames:
    """Gives each sheet a name of its own. `taken`: names that are in use already."""

    def __init__(self, *taken: str) -> None:
        self._taken = {name.casefold() for name in taken}
        self._numbers: dict[str, int] = {}

    def name(self, title: str, suffix: str = "") -> str:
        """A title as the name of a sheet: at most 31 UTF-16 units, without the characters that Excel refuses.

        Args:
            suffix: ends the name, also where the title is cut; a name that is in use gets a number behind it.
        """
        whole = " ".join(_FORBIDDEN.sub(" ", clean(title)).split())
        if not _cut(whole, _LENGTH) or whole.casefold() == "history":
            whole = "Formulir"
        name = base = _ended(whole, suffix)
        number = self._numbers.get(base.casefold(), 1)
        while name.casefold() in self._taken:
            number += 1
            name = _ended(whole, f"{suffix} ({number})")
        self._numbers[base.casefold()] = number
        self._taken.add(name.casefold())
        return name


def _ended(title: str, suffix: str) -> str:
    return _cut(title, _LENGTH - len(suffix)) + suffix


def _cut(name: str, units: int) -> str:
    return name.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore").strip(_ODD)
