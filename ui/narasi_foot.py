"""The line below the text of a section: its length, that of the whole narrative, and what the plan adds to it."""

from PySide6.QtWidgets import QLabel, QWidget

from models.plan import Plan
from models.rows import Dokumen, Narasi
from services.narasi.sections import Section, level_of, naskah_of, sections, title_of
from services.narasi.tables import table_of
from services.rupiah import format_rupiah
from ui.fonts import SMALL, ui_font
from ui.narasi_lists import is_label

WORDS_OF_PAGE = 380
"""Words on a page of A4 in 12 pt with a line distance of 1.5."""
WITH_TABLE = "tabel dari rencana tercetak di bawah teks ini"
_HEIGHT = 24


class NarasiFoot(QLabel):
    """Counts a stored text once; only the one that is being typed is counted again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counted: dict[str, tuple[str | None, int]] = {}
        self._has_table = False
        self.setFont(ui_font(SMALL))
        self.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self.setFixedHeight(_HEIGHT)
        self.setContentsMargins(16, 0, 16, 0)

    def look_for_table(self, plan: Plan, row: Narasi) -> None:
        """See whether the plan puts a table below the text of a section."""
        section = Section(row, level_of(row), title_of(row))
        self._has_table = table_of(section, plan, plan.get(Dokumen, row.dokumen_id)) is not None

    def count(self, plan: Plan, row: Narasi, text: str) -> None:
        """Say how long the text of a section is, as it stands in the editor, and the narrative with it."""
        here, whole = count_words(text), 0
        for section in sections(plan, row.dokumen_id, naskah_of(row)):
            whole += here if section.row.id == row.id else self._stored(section.row)
        table = f"   ·   {WITH_TABLE}" if self._has_table else ""
        self.setText(f"{_length(here)}   ·   seluruh naskah {_length(whole)}{table}")

    def _stored(self, row: Narasi) -> int:
        known = self._counted.get(row.id)
        if known is None or known[0] is not row.isi:
            known = self._counted[row.id] = row.isi, count_words(row.isi or "")
        return known[1]


def count_words(text: str) -> int:
    """The words of a text; the labels of its lists are none."""
    return sum(1 for word in text.split() if not is_label(word) and any(map(str.isalnum, word)))


def _length(words: int) -> str:
    pages = max(round(words / WORDS_OF_PAGE), 1)
    return f"{format_rupiah(words)} kata" + (f", sekitar {pages} halaman" if words else "")
