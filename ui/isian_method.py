"""Rumus capaian of an indicator, in its details: the way, and how its periods come to one value.

Neither is Cara hitung of the details, which says how the months of the plan come to its year.
"""

from typing import Literal

from models.rows import Indikator
from services.capaian import way_words
from services.capaian_cara import WAYS
from services.capaian_metode import GATHERINGS, Metode, read_metode, set_metode
from services.row_words import step_of
from ui.field_choices import ChoiceField, RowOf
from ui.session import Session

Part = Literal["cara", "himpun"]
LABELS: dict[Part, str] = {"cara": "&Rumus capaian", "himpun": "&Gabungan periode"}
HELP: dict[Part, str] = {
    "cara": "Bagaimana persentase capaian dihitung dari target dan realisasi; disebut di bawah tabel formulir.",
    "himpun": "Bagaimana target dan realisasi bulan atau triwulan digabung menjadi satu nilai sampai suatu periode.",
}
_DEFAULTS: dict[Part, str] = {"cara": "menurut arah indikator", "himpun": "menurut Cara hitung di rincian"}


class MethodField(ChoiceField):
    """One of the two parts; the other one stays as it is."""

    def __init__(self, session: Session, row: RowOf, part: Part) -> None:
        named = {cara: way_words(cara) for cara in WAYS} if part == "cara" else GATHERINGS
        choices: list[tuple[str, str | None]] = [(_DEFAULTS[part], None)]
        choices += [(f"{words[:1].upper()}{words[1:]}", value) for value, words in named.items()]
        super().__init__(session, row, "metode", choices, help_text=HELP[part])
        self._part = part
        self.setAccessibleName(LABELS[part].replace("&", ""))

    def show_row(self) -> None:
        """Show what is stored; what a later version of the program has stored is shown as it is written."""
        metode = self._metode()
        self.setPlaceholderText(metode.asing)
        self.setCurrentIndex(-1 if metode.asing else max(self._index(getattr(metode, self._part)), 0))

    def _metode(self) -> Metode:
        row = self._row()
        return read_metode(row.metode if isinstance(row, Indikator) else None)

    def _on_activated(self, index: int) -> None:
        row, metode, chosen = self._row(), self._metode(), self.itemData(index)
        if not isinstance(row, Indikator):
            return
        cara, himpun = (chosen, metode.himpun) if self._part == "cara" else (metode.cara, chosen)
        self._session.edit(step_of("ubah rumus capaian", row), set_metode(row, cara, himpun))
