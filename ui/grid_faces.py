"""The faces of the grid: the plan, what was reached and spent, how far that reaches, and the actions."""

from PySide6.QtWidgets import QWidget

from models.plan import Plan
from models.rows import BULAN, Dokumen
from services.month_grid import FIRST_MONTH, FIRST_QUARTER, JUMLAH, SELISIH, Face, Other
from services.realisasi_tutup import closed_months
from services.series import QUARTER_ENDS
from ui.faces import AKSI, CAPAIAN, REALISASI, RENCANA
from ui.segments import Segments

ORDER = (RENCANA, REALISASI, CAPAIAN, AKSI)
"""As they stand in the bar."""
FACES: dict[int, Face] = {RENCANA: "rencana", REALISASI: "realisasi", CAPAIAN: "capaian"}
"""Those that are shown by the grid itself."""
SPOKEN: dict[Face, str] = {"rencana": "", "realisasi": "Realisasi ", "capaian": "Capaian "}
YEAR_RESULT = "Setahun"
YEAR_RESULT_SAID = "Realisasi setahun: yang tertulis, kalau tidak ada menurut periodenya"

Heads = dict[int, tuple[str, str]]
"""Column -> its head, and what the head stands for."""

_TEXTS = {RENCANA: "Rencana", REALISASI: "Realisasi", CAPAIAN: "Capaian", AKSI: "Aksi"}


class FaceSegments(Segments):
    """The buttons of the faces; their numbers are not their order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__([_TEXTS[face] for face in ORDER], parent, name="Isi kisi")
        buttons = self._group.buttons()
        for button, face in zip(buttons, ORDER, strict=True):
            self._group.setId(button, face)
            button.setToolTip("Isi kisi: Ctrl+J berganti")

    def turn(self) -> None:
        """The next face."""
        self.set_index(ORDER[(ORDER.index(self.index()) + 1) % len(ORDER)])


def other_of(plan: Plan, face: Face) -> Other | None:
    """What makes the lines and cells of a face, as the plan is now; None for the plan itself."""
    if face == "realisasi":
        from services.grid_results import Results

        return Results(plan)
    if face == "capaian":
        from services.grid_reached import Reached

        return Reached(plan)
    return None


def heads_of(plan: Plan, dokumen_id: str, face: Face) -> Heads:
    """The heads of a face that are its own; those of Capaian name the period that the forms are as of."""
    if face == "realisasi":
        return {JUMLAH: (YEAR_RESULT, YEAR_RESULT_SAID)}
    dokumen = plan.find(Dokumen, dokumen_id)
    if face != "capaian" or dokumen is None:
        return {}
    from services.forms.realisasi_sampai import as_of, as_of_words

    sampai = as_of(plan, dokumen)
    if sampai is None:
        return {JUMLAH: ("s.d.", "Belum ada realisasi"), SELISIH: ("Predikat", "Predikat capaian")}
    words = as_of_words(sampai, dokumen.tahun)
    return {JUMLAH: (f"s.d. {sampai.nama}", f"Capaian {words}"), SELISIH: ("Predikat", f"Predikat capaian {words}")}


def period_column(plan: Plan, dokumen_id: str) -> int | None:
    """The column of the period that the forms are as of; None where nothing is reported."""
    from services.forms.realisasi_sampai import as_of

    dokumen = plan.find(Dokumen, dokumen_id)
    sampai = as_of(plan, dokumen) if dokumen is not None else None
    if sampai is None:
        return None
    return FIRST_QUARTER + sampai.bulan // 3 - 1 if sampai.triwulan else FIRST_MONTH + sampai.bulan - 1


def locked_columns(plan: Plan, dokumen_id: str) -> frozenset[int]:
    """The columns of the months and quarters whose realisasi is closed, and of the year where December is."""
    months = {month - 1 for month in closed_months(plan, dokumen_id)}
    ends = {FIRST_QUARTER + n for n, end in enumerate(QUARTER_ENDS) if {end - 2, end - 1, end} <= months}
    year = {JUMLAH} if BULAN - 1 in months else set()
    return frozenset({FIRST_MONTH + month for month in months} | ends | year)
