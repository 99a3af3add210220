"""The filter of a tree: which rows hold all words that are typed, with texts folded once."""

from models.rows import Anggaran, Row
from services.branches import Node, level_of
from services.naming import row_text
from services.outline import Accept


class RowFilter:
    """Remembers the small letters of each row until the row is another one."""

    def __init__(self) -> None:
        self._folded: dict[str, tuple[Row, str]] = {}

    def accept(self, words: tuple[str, ...], level: str) -> Accept | None:
        """What a row must hold: all words, and the level where one is given. None: all rows are shown."""
        if not words and not level:
            return None

        folded = self._folded

        def accepts(row: Row) -> bool:
            known = folded.get(row.id)
            text = known[1] if known is not None and known[0] is row else self._fold(row)
            for word in words:  # noqa: SIM110  # all() would take twice as long, for each row at each key
                if word not in text:
                    return False
            return True

        if not level:
            return accepts
        return lambda row: level_of(_node(row)) == level and accepts(row)

    def _fold(self, row: Row) -> str:
        other = row.kode if isinstance(row, Anggaran) else getattr(row, "nomor", "")
        text = f"{row_text(row)} {other or ''}".casefold()
        self._folded[row.id] = (row, text)
        return text


def _node(row: Row) -> Node:
    node: Node = row  # type: ignore[assignment]
    return node


def words_of(text: str) -> tuple[str, ...]:
    """What is typed, as words in small letters."""
    return tuple(text.casefold().split())
