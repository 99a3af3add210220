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

        def accepts(row: Row) -> bool:
            if level and level_of(_node(row)) != level:
                return False
            if not words:
                return True
            text = self._text(row)
            return all(word in text for word in words)

        return accepts

    def _text(self, row: Row) -> str:
        known = self._folded.get(row.id)
        if known is None or known[0] is not row:
            other = row.kode if isinstance(row, Anggaran) else getattr(row, "nomor", "")
            known = self._folded[row.id] = (row, f"{row_text(row)} {other or ''}".casefold())
        return known[1]


def _node(row: Row) -> Node:
    node: Node = row  # type: ignore[assignment]
    return node


def words_of(text: str) -> tuple[str, ...]:
    """What is typed, as words in small letters."""
    return tuple(text.casefold().split())
