"""The face Capaian of the grid: how far each line has come at the end of each month, in percent, and why.

Money is compared with the cash that was planned until then; the share of the pagu is said beside it. A period that is
not reported has no percentage. Money that is more than planned is no merit and has no predicate. The last two columns
repeat the period that the forms are as of, the one that the plan sets or else the last that is reported, and its
predicate in words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from models.plan import Plan
from models.rows import BULAN, Anggaran, DeretIndikator, DeretRasio, Dokumen, Indikator, TahunAnggaran
from services.capaian import percent, say_percent
from services.capaian_rencana import Reckoning
from services.capaian_setelan import Setelan, read_settings
from services.capaian_skala import Grade, grade_of
from services.forms.realisasi_sampai import as_of
from services.grid_cells import Texts, money
from services.grid_results import Results, noted_columns
from services.month_grid import FIRST_MONTH, JUMLAH, SELISIH, Beside, Line
from services.periods import Sampai
from services.series import QUARTER_ENDS

_PERIODS = (*(Sampai(month) for month in range(1, BULAN + 1)), *(Sampai(end + 1, True) for end in QUARTER_ENDS))
_FULL = 100
_NO_NUMBER = "-"
"""A period that is reported, whose percentage cannot be reckoned; the reason stands beside it."""

OVER_PAGU, OVER_KAS = "Melebihi pagu", "Melebihi kas"

Cell = tuple[str, str, Grade | str | None]
"""Text, explanation, predicate; words in its stead where money is more than planned."""


class Reached:
    """The lines and cells of this face, as the plan is now; made anew after an edit."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._results = Results(plan)
        self._settings: dict[str, Setelan] = {}
        self._until: dict[str, Sampai | None] = {}
        self._reckonings: dict[tuple[str, Sampai], Reckoning] = {}

    def lines(self, lines: Iterable[Line]) -> Iterator[Line]:
        """Those of the plan."""
        return (replace(line, face="capaian") for line in lines)

    def cells(self, line: Line, *, kumulatif: bool) -> tuple[Texts, Beside]:
        """A text a column but for the name, the predicates as colours, and the explanations. One view only."""
        if line.kind == "target":
            indikator = self._plan.get(Indikator, line.row_id)
            head = [indikator.satuan or "", indikator.target or ""]
            reported = self._last_result(indikator)
            cells = [self._of_indicator(indikator, sampai, reported) for sampai in _PERIODS]
        else:
            ids = line.of if line.kind == "jumlah" else (line.row_id,)
            rows = [self._plan.get(Anggaran, row_id) for row_id in ids]
            stated = [pagu for row in rows if (pagu := self._results.money_of(row).pagu(row)) is not None]
            head = ["Rp", money(sum(stated) if stated else None)]
            last = self._results.last_reported(rows)
            cells = [self._of_money(rows, sampai, last) for sampai in _PERIODS]
        hints = {FIRST_MONTH + at: said for at, (_, said, _) in enumerate(cells) if said}
        grounds = {FIRST_MONTH + at: grade.warna for at, (_, _, grade) in enumerate(cells) if isinstance(grade, Grade)}
        text, word = "", ""
        at = self._as_of(line)
        if at is not None:
            text, said, grade = cells[at]
            word = grade.predikat if isinstance(grade, Grade) else grade or ""
            hints[JUMLAH] = hints[SELISIH] = said
            if isinstance(grade, Grade):
                grounds[JUMLAH] = grounds[SELISIH] = grade.warna
        texts = [*head, *(text for text, _, _ in cells), text, word]
        return texts, Beside(hints, grounds, noted_columns(self._plan, line))

    def _as_of(self, line: Line) -> int | None:
        """The place among the periods of the one that the forms are as of; None where nothing is reported."""
        row: Indikator | Anggaran | None = None
        if line.kind == "target":
            row = self._plan.get(Indikator, line.row_id)
        elif ids := line.of if line.kind == "jumlah" else (line.row_id,):
            row = self._plan.get(Anggaran, ids[0])
        if row is None:
            return None
        if row.dokumen_id not in self._until:
            self._until[row.dokumen_id] = as_of(self._plan, self._plan.get(Dokumen, row.dokumen_id))
        sampai = self._until[row.dokumen_id]
        return _PERIODS.index(sampai) if sampai is not None else None

    def _last_result(self, indikator: Indikator) -> int:
        """The last month, 0 to 11, that a result or a count stands in; -1 for none."""
        results = self._plan.one(DeretIndikator, "indikator_id", indikator.id, "realisasi")
        counted = self._plan.where(DeretRasio, "indikator_id", indikator.id)
        series: list[DeretIndikator | DeretRasio] = [*counted, *([results] if results is not None else [])]
        return max((at for one in series for at, text in enumerate(one.nilai) if text), default=-1)

    def _of_indicator(self, indikator: Indikator, sampai: Sampai, last: int) -> Cell:
        """`last`: behind it nothing is reported yet, and no result of before is shown as one of then."""
        measured = self._reckoning(indikator.dokumen_id, sampai).indicator(indikator)
        reached = measured.capaian
        if _first(sampai) > last and not measured.realisasi.asal.startswith("realisasi setahun"):
            return "", f"Realisasi {sampai.nama} belum dilaporkan.", None
        if reached.persen is None:
            there = measured.target.text and measured.realisasi.text
            return (_NO_NUMBER if there else ""), reached.alasan, None
        said = (
            f"{reached.predikat}: {reached.uraian}\n"
            f"Sampai {sampai.nama}: target {measured.target.text}, realisasi {measured.realisasi.text}."
        )
        grade = grade_of(reached.persen, self._setting(indikator.dokumen_id).skala)
        return say_percent(reached.persen), said, grade

    def _of_money(self, rows: list[Anggaran], sampai: Sampai, last: int | None) -> Cell:
        """`last`: the last month, 0 to 11, that is reported."""
        first = _first(sampai)
        yearly = sampai.setahun and any(self._states_year(row) for row in rows)
        if not rows or ((last is None or first > last) and not yearly):
            return "", f"Realisasi {sampai.nama} belum dilaporkan.", None
        spent = self._upto(rows, sampai) or 0
        pagu = sum(self._results.money_of(row).pagu(row) or 0 for row in rows)
        share = percent(spent, pagu)
        of_pagu = (
            f"Serapan {money(spent)} / {money(pagu)} = {say_percent(share)} dari pagu." if share is not None else ""
        )
        pairs = [pair for row in rows if (pair := self._results.money_of(row).against_cash(row, sampai)) is not None]
        compared, kas = sum(each for each, _ in pairs), sum(each for _, each in pairs)
        persen = percent(compared, kas) if kas else None
        if persen is None:
            return _NO_NUMBER, f"Rencana kas sampai {sampai.nama} belum diisi. {of_pagu}".strip(), None
        grade: Grade | str = grade_of(persen, self._setting(rows[0].dokumen_id).skala)
        if persen > _FULL:
            grade = OVER_PAGU if share is not None and share > _FULL else OVER_KAS
        word = grade if isinstance(grade, str) else grade.predikat
        sums = f"{word}: {money(compared)} / {money(kas)} = {say_percent(persen)} dari rencana kas"
        more = spent - compared
        left = f" Tanpa {money(more)} pada baris yang tidak mempunyai rencana kas." if more > 0 else ""
        return say_percent(persen), f"{sums} sampai {sampai.nama}.{left}\n{of_pagu}".strip(), grade

    def _states_year(self, row: Anggaran) -> bool:
        """Whether what was spent in the document's year is stated as one amount."""
        tahun = str(self._plan.get(Dokumen, row.dokumen_id).tahun)
        rows = self._plan.where(TahunAnggaran, "anggaran_id", row.id)
        return any((one.jenis, one.tahun) == ("realisasi", tahun) for one in rows)

    def _upto(self, rows: list[Anggaran], sampai: Sampai) -> int | None:
        parts = [self._results.money_of(row).upto(row, "realisasi", sampai) for row in rows]
        stated = [part for part in parts if part is not None]
        return sum(stated) if stated else None

    def _reckoning(self, dokumen_id: str, sampai: Sampai) -> Reckoning:
        key = dokumen_id, sampai
        found = self._reckonings.get(key)
        if found is None:
            found = self._reckonings[key] = Reckoning(self._plan, dokumen_id, sampai, self._setting(dokumen_id))
        return found

    def _setting(self, dokumen_id: str) -> Setelan:
        found = self._settings.get(dokumen_id)
        if found is None:
            found = self._settings[dokumen_id] = read_settings(self._plan, dokumen_id)
        return found


def _first(sampai: Sampai) -> int:
    """The first month, 0 to 11, of the period that ends there."""
    return sampai.bulan - (3 if sampai.triwulan else 1)
