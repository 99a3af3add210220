"""Where a finding is, in words that fit no other row: the name alone does not tell two rows of one name apart."""

from collections.abc import Iterator

from models.plan import Plan
from models.rows import Anggaran, Indikator, Jabatan, Kinerja, Pejabat, Row
from services.cell_edit import shortened
from services.naming import level_name, place_name, row_text
from services.rupiah import format_rupiah

_ABOVE = 60
"""Letters of another row's name that are shown."""


class Places:
    """Names of the rows of a plan as it is now; made anew for each list."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._alike: dict[type[Row], dict[tuple[str, str], list[Row]]] = {}

    def name(self, cls: type[Row], row_id: str) -> str:
        """Level and name; where other rows have these too, code, number, the row above or the place among them."""
        bare = place_name(self._plan, cls, row_id)
        row = self._plan.get(cls, row_id)
        if isinstance(row, Pejabat):
            return self._official(row, bare)
        if not isinstance(row, Kinerja | Anggaran | Indikator):
            return bare
        alike = self._rows_like(cls, row.dokumen_id, bare)
        return f"{bare} ({self._mark(row, alike)})" if len(alike) > 1 else bare

    def _official(self, row: Pejabat, bare: str) -> str:
        position = self._plan.find(Jabatan, row.jabatan_id)
        unnamed = not (row.nama or "").strip()
        if unnamed and not row.jabatan and position is not None:
            return f"Pejabat {position.nama} (belum bernama)"
        if unnamed and not row.jabatan:
            return "Atasan kepala perangkat daerah (belum bernama)"
        return f"{bare} (belum bernama)" if unnamed else bare

    def _rows_like(self, cls: type[Row], dokumen_id: str, bare: str) -> list[Row]:
        named = self._alike.get(cls)
        if named is None:
            named = self._alike[cls] = {}
            for row in self._plan.all(cls):
                key = str(getattr(row, "dokumen_id", "")), place_name(self._plan, cls, row.id)
                named.setdefault(key, []).append(row)
        return named.get((dokumen_id, bare), [])

    def _mark(self, row: Row, alike: list[Row]) -> str:
        marks = [list(self._marks(each)) for each in alike]
        own = marks[next(at for at, each in enumerate(alike) if each.id == row.id)]
        for at, mark in enumerate(own):
            if mark and sum(other[at] == mark for other in marks) == 1:
                return mark
        place = next(at for at, each in enumerate(alike, 1) if each.id == row.id)
        return ", ".join([*(mark for mark in own if mark), f"yang ke-{place} dari {len(alike)}"])

    def _marks(self, row: Row) -> Iterator[str]:
        """What may tell a row from others of its name, the shortest first; as many for each row of a table."""
        if isinstance(row, Indikator):
            owner = self._plan.find(Kinerja, row.kinerja_id) or self._plan.find(Anggaran, row.anggaran_id)
            yield f"pada {level_name(owner).lower()} {_short(owner)}" if owner is not None else ""
            return
        if isinstance(row, Kinerja | Anggaran):
            number = row.nomor if isinstance(row, Kinerja) else row.kode
            kind = "nomor" if isinstance(row, Kinerja) else "kode"
            yield f"{kind} {number.strip()}" if number and number.strip() else ""
            above = self._plan.find(type(row), row.induk_id)
            yield f"di bawah {level_name(above).lower()} {_short(above)}" if above is not None else ""
        if isinstance(row, Anggaran):
            yield f"pagu {format_rupiah(row.pagu)}" if row.pagu is not None else ""


def _short(row: Kinerja | Anggaran) -> str:
    number = row.nomor if isinstance(row, Kinerja) else row.kode
    return f"{(number or '').strip()} {shortened(row_text(row), _ABOVE)}".strip()
