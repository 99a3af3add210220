"""The result of the whole year of an indicator, in its details: typed, beside what its periods come to."""

from models.rows import Dokumen, Indikator
from services.capaian_periode import Periods, year_result
from ui.fields import LineField, RowOf
from ui.session import Session

HELP = (
    "Hasil setahun bila tidak dilaporkan per periode, atau bila survei atau audit menetapkannya. Yang ditulis di sini "
    "dipakai untuk capaian akhir tahun, bukan jumlah periodenya."
)


class YearField(LineField):
    """Empty, it says what the periods come to; filled otherwise, its tooltip does."""

    def __init__(self, session: Session, row: RowOf, field: str = "realisasi") -> None:
        super().__init__(session, row, field, help_text=HELP)

    def show_row(self) -> None:
        """Show what is stored, and what stands beside it."""
        super().show_row()
        row, plan = self._row(), self._session.plan
        if not isinstance(row, Indikator):
            return
        year = year_result(plan, Periods(plan, row), plan.get(Dokumen, row.dokumen_id).tahun)
        periods = f"{year.words}: {year.gathered}" if year.gathered else "belum ada realisasi per periode"
        if year.typed and not row.realisasi:
            # It is stated among the years of the Renstra.
            self.setPlaceholderText(f"{year.typed} (realisasi tahun ini)")
        else:
            self.setPlaceholderText(periods)
        self.setToolTip(f"Menurut periode, {periods}." if row.realisasi else "")
