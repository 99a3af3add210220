"""The "Bagi setahun ke bulan" dialog: a year's sum over chosen months, seen before it is done."""

from PySide6.QtWidgets import QWidget

from models.errors import PlanError
from models.rows import BULAN, Anggaran, Indikator
from services.bagi_cara import Answer, Cara, answer, now_texts, now_total, place_names
from services.bagi_isian import Angka, Kas
from services.cell_edit import step_name
from services.naming import row_text
from ui.bagi_frame import PICK_FIRST, BagiFrame
from ui.bagi_table import ResultModel, ResultTable
from ui.session import Session


class BagiDialog(BagiFrame):
    """Divides the pagu of a budget line or the target of an indicator; Bagi is one `session.edit`."""

    def __init__(
        self,
        session: Session,
        row: Anggaran | Indikator,
        parent: QWidget | None = None,
        *,
        tight: bool | None = None,
    ) -> None:
        super().__init__(session, [row], parent, tight=tight)
        isian = self._isian = self._isians[0]
        self._answer: Answer | None = None
        self.keep.setText(self._keep_words())
        self.keep.setVisible(bool(isian.filled))
        numbers, now = isinstance(isian, Angka), now_texts(isian)
        total = now_total(isian) if numbers else None
        self.model = ResultModel(place_names(isian.places), [now[place] for place in isian.places], total, self)
        self.table = ResultTable(self.model, self._table_row, running=numbers)
        self.lay_out(row_text(row), isian.NOUN.capitalize(), isian.total, self.table)
        self.ways.patterns.wants_saving.connect(self._on_save_pattern)
        self.refresh()
        (self.cancel_button if isian.problem else self.ways.buttons[self.ways.cara()]).setFocus()

    def accept(self) -> None:
        """Divide and close; nothing happens as long as the sum does not fit."""
        if self._answer is None or not self._answer.fits:
            return
        kind = "pagu" if isinstance(self._isian, Kas) else "target"
        if self._session.edit(step_name(f"bagi {kind} ke bulan", [row_text(self._rows[0])]), self._answer.changes):
            super().accept()

    def refresh(self) -> None:
        cara, problem = self.ways.cara(), self._isian.problem
        self._answer = None
        self.keep.setEnabled(cara is not Cara.LANJUT and not problem)
        self.months.setEnabled(cara is not Cara.AKHIR and not problem)
        self.links.setEnabled(self.months.isEnabled())
        self.ways.setEnabled(not problem)
        places = self._isian.places
        try:
            ask = self.ask()
            if problem or ask is None:
                raise PlanError(problem or PICK_FIRST)
            found = self._answer = answer(self._isian, ask)
        except PlanError as error:
            self.model.show([""] * len(places), [""] * len(places), "")
            self.say(str(error), "peringatan")
            return
        self.model.show([found.menjadi[p] for p in places], [found.kumulatif[p] for p in places], found.jumlah)
        self.say(found.sentence, "" if found.fits else "peringatan")

    def _keep_words(self) -> str:
        what = "triwulan" if len(self._isian.places) < BULAN else "bulan"
        return f"&Pertahankan {len(self._isian.filled)} {what} yang sudah diisi"

    def _on_save_pattern(self) -> None:
        weights = self._answer.weights if self._answer is not None else ()
        self.ways.patterns.keep(weights, self)
