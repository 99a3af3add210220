"""What a change concerns: from the rows that it alters to the tasks that have to be done again."""

from collections.abc import Iterator
from typing import Any

from models.changes import Change
from models.plan import Plan
from models.rows import (
    Anggaran,
    DeretAnggaran,
    DeretIndikator,
    DeretRasio,
    Dokumen,
    Dukungan,
    Indikator,
    Jabatan,
    Kinerja,
    Narasi,
    Opd,
    Pejabat,
    Pengaturan,
    Row,
    TahunAnggaran,
    TahunIndikator,
    TotalTercetak,
    TutupPeriode,
)
from services.checks import naskah, pagu
from services.checks.doubles import Texts

Task = tuple[str, Any]
"""(scope, key), see `scopes`."""

TREES: tuple[type[Kinerja] | type[Anggaran], ...] = (Kinerja, Anggaran)


class Concern:
    """Asked after the plan has taken over a change; rows that are gone are asked for too."""

    def __init__(self, plan: Plan, indicators: Texts) -> None:
        self._plan = plan
        self._indicators = indicators

    def of_column(self, name: str, dokumen_id: str, jenis: str = "") -> Iterator[Task]:
        """The rows that a column's coming into use concerns."""
        if name in ("pagu", "kas", "target", "periode"):
            yield "belum", dokumen_id
        if name in ("pagu", "kas"):
            lines = self._plan.where(Anggaran, "dokumen_id", dokumen_id)
            yield from (("garis", line.id) for line in lines if line.jenis == jenis)
        elif name in ("satuan", "target", "periode"):
            yield from (("indikator", row.id) for row in self._plan.where(Indikator, "dokumen_id", dokumen_id))
        elif name in ("indikator", "strategis"):
            yield from (("simpul", row.id) for row in self._plan.where(Kinerja, "dokumen_id", dokumen_id))
        else:
            yield from (("letak", row.id) for row in self._plan.where(Anggaran, "dokumen_id", dokumen_id))

    def of_row(self, change: Change, row: Row) -> Iterator[Task]:
        """What a row, as it was or as it is, is checked with."""
        if isinstance(row, Kinerja):
            yield from self._of_node(change, row)
        elif isinstance(row, Anggaran):
            yield from self._of_line(change, row)
        elif isinstance(row, Indikator):
            yield "indikator", row.id
            yield from self._of_owner(row)
            if _differs(change, "realisasi"):
                yield from self._signed_later(row.dokumen_id)
        elif isinstance(row, DeretIndikator | TahunIndikator):
            yield "indikator", row.indikator_id
            if row.jenis == "realisasi":
                yield from self._signed_later(row.dokumen_id)
            yield from self._same_as(row.indikator_id)
        elif isinstance(row, DeretRasio):
            yield "indikator", row.indikator_id
        elif isinstance(row, TutupPeriode | Pengaturan):
            yield from (("indikator", each.id) for each in self._plan.where(Indikator, "dokumen_id", row.dokumen_id))
            yield from (("garis", each.id) for each in self._plan.where(Anggaran, "dokumen_id", row.dokumen_id))
        elif isinstance(row, DeretAnggaran | TahunAnggaran):
            yield "garis", row.anggaran_id
            line = self._plan.find(Anggaran, row.anggaran_id)
            if line is not None and line.induk_id is not None:
                yield "garis", line.induk_id
            if row.jenis == "realisasi":
                yield from self._reported_with(row.dokumen_id, row.anggaran_id)
            yield from self._totals(row.dokumen_id)
        elif isinstance(row, Dukungan):
            yield "simpul", row.kinerja_id
            yield from (("letak", line_id) for line_id in self._chain(row.anggaran_id))
            yield from self._same_in(Anggaran, row.anggaran_id)
        else:
            yield from self._of_other(row)
            if isinstance(row, Dokumen) and _differs(change, "tahun"):
                yield from (("indikator", each.id) for each in self._plan.where(Indikator, "dokumen_id", row.id))

    def _of_other(self, row: Row) -> Iterator[Task]:
        if isinstance(row, Jabatan):
            yield from self._of_position(row)
        elif isinstance(row, Dokumen | Opd):
            opd_id = row.opd_id if isinstance(row, Dokumen) else row.id
            yield "dokumen", row.id
            for dokumen in self._plan.where(Dokumen, "opd_id", opd_id):
                yield "dokumen", dokumen.id
                yield from self._totals(dokumen.id)
                yield from (("pejabat", each.id) for each in self._plan.where(Pejabat, "dokumen_id", dokumen.id))
            if isinstance(row, Dokumen):
                yield from (("garis", each.id) for each in self._plan.where(Anggaran, "dokumen_id", row.id))
        elif isinstance(row, Pejabat):
            yield "pejabat", row.id
            yield "dokumen", row.dokumen_id
        elif isinstance(row, TotalTercetak):
            yield "total", row.id
        elif isinstance(row, Narasi):
            yield "skala", row.id
            for text in naskah.figures_of(row.isi):
                yield from (("indikator", each) for each in self._indicators.of((row.dokumen_id, text)))

    def _of_node(self, change: Change, row: Kinerja) -> Iterator[Task]:
        yield "simpul", row.id
        yield "nomor", (row.dokumen_id, row.tingkat)
        moved = _moved(change, "tingkat")
        if moved or _differs(change, "penanggung_jawab_id") or _differs(change, "urutan"):
            yield "pj", (row.dokumen_id, Kinerja, row.tingkat)
        yield from (("simpul", child.id) for child in self._plan.where(Kinerja, "induk_id", row.id))
        yield from self._same_in(Kinerja, row.id, branch=moved)

    def _of_line(self, change: Change, row: Anggaran) -> Iterator[Task]:
        yield "garis", row.id
        if row.induk_id is not None:
            yield "garis", row.induk_id
        yield "dokumen", row.dokumen_id
        yield from self._totals(row.dokumen_id)
        moved = _moved(change, "jenis")
        if moved or _differs(change, "penanggung_jawab_id") or _differs(change, "urutan"):
            yield "pj", (row.dokumen_id, Anggaran, row.jenis)
        yield from self._same_in(Anggaran, row.id, branch=moved)
        if moved or _differs(change, "pagu"):
            yield from self._reported_with(row.dokumen_id, row.id, row.induk_id)
        if moved or _differs(change, "kode") or _differs(change, "penanggung_jawab_id"):
            yield from (("letak", line_id) for line_id in self._chain(row.id))
            yield from (("letak", line_id) for line_id in self._chain(row.induk_id))
            yield from (("letak", each.id) for each in self._branch(Anggaran, row.id))
        dokumen = self._plan.find(Dokumen, row.dokumen_id)
        if (moved or _differs(change, "urutan")) and dokumen is not None and pagu.is_partial(dokumen):
            yield from (("garis", each.id) for each in self._plan.where(Anggaran, "dokumen_id", row.dokumen_id))

    def _reported_with(self, dokumen_id: str, *line_ids: str | None) -> Iterator[Task]:
        """The whole branches of some lines: in a closed period what is reported on one line stands for others."""
        if not self._plan.where(TutupPeriode, "dokumen_id", dokumen_id):
            return
        for top in {self._top(line_id) for line_id in line_ids if line_id is not None}:
            yield "garis", top
            yield from (("garis", each.id) for each in self._branch(Anggaran, top))

    def _signed_later(self, dokumen_id: str) -> Iterator[Task]:
        """The document, where its date is behind its year: with results it may be."""
        dokumen = self._plan.find(Dokumen, dokumen_id)
        if dokumen is not None and (dokumen.tanggal or "")[:4] > str(dokumen.tahun):
            yield "dokumen", dokumen_id

    def _of_owner(self, row: Indikator) -> Iterator[Task]:
        """The sasaran that an indicator measures, by itself or through the line that it stands on."""
        if row.kinerja_id is not None:
            yield "simpul", row.kinerja_id
        if row.anggaran_id is not None:
            links = self._plan.where(Dukungan, "anggaran_id", row.anggaran_id)
            yield from (("simpul", link.kinerja_id) for link in links)

    def _of_position(self, row: Jabatan) -> Iterator[Task]:
        """The rows of a position, of those below it, and the rows below these."""
        yield "dokumen", row.dokumen_id
        positions, queue = {row.id}, [row.id]
        while queue:
            below = [
                each.id for each in self._plan.where(Jabatan, "atasan_id", queue.pop()) if each.id not in positions
            ]
            positions |= set(below)
            queue += below
        for position in positions:
            for cls, scope in ((Kinerja, "simpul"), (Anggaran, "letak")):
                for owned in self._plan.where(cls, "penanggung_jawab_id", position):
                    yield scope, owned.id
                    yield from ((scope, child.id) for child in self._plan.where(cls, "induk_id", owned.id))

    def _totals(self, dokumen_id: str) -> Iterator[Task]:
        yield from (("total", row.id) for row in self._plan.where(TotalTercetak, "dokumen_id", dokumen_id))

    def _same_as(self, indikator_id: str) -> Iterator[Task]:
        text = self._indicators.text(indikator_id)
        if text is not None:
            yield "indikator-sama", text

    def _same_in(self, cls: type[Kinerja] | type[Anggaran], row_id: str, *, branch: bool = True) -> Iterator[Task]:
        """The indicators of a row; with `branch` those of all rows below, and of the lines that support them."""
        rows = {(cls, row_id)} | ({(cls, row.id) for row in self._branch(cls, row_id)} if branch else set())
        if cls is Kinerja and branch:
            for _, node_id in tuple(rows):
                for link in self._plan.where(Dukungan, "kinerja_id", node_id):
                    rows.add((Anggaran, link.anggaran_id))
                    rows |= {(Anggaran, line.id) for line in self._branch(Anggaran, link.anggaran_id)}
        for owner, owner_id in rows:
            field = "kinerja_id" if owner is Kinerja else "anggaran_id"
            for indikator in self._plan.where(Indikator, field, owner_id):
                yield from self._same_as(indikator.id)

    def _branch(self, cls: type[Kinerja] | type[Anggaran], row_id: str) -> list[Kinerja | Anggaran]:
        found: dict[str, Kinerja | Anggaran] = {}
        queue = [row_id]
        while queue:
            for child in self._plan.where(cls, "induk_id", queue.pop()):
                if child.id not in found:
                    found[child.id] = child
                    queue.append(child.id)
        return list(found.values())

    def _top(self, line_id: str) -> str:
        """The topmost line above a line, or the line itself."""
        walked = {line_id}
        line = self._plan.find(Anggaran, line_id)
        while line is not None and line.induk_id is not None and line.induk_id not in walked:
            walked.add(line.induk_id)
            line_id = line.induk_id
            line = self._plan.find(Anggaran, line_id)
        return line_id

    def _chain(self, line_id: str | None) -> set[str]:
        """The line and all above it."""
        walked: set[str] = set()
        while line_id is not None and line_id not in walked:
            walked.add(line_id)
            line = self._plan.find(Anggaran, line_id)
            line_id = line.induk_id if line else None
        return walked


def _differs(change: Change, field: str) -> bool:
    return getattr(change.before, field, None) != getattr(change.after, field, None)


def _moved(change: Change, level: str) -> bool:
    """The row came, went, or hangs elsewhere."""
    return change.before is None or change.after is None or _differs(change, "induk_id") or _differs(change, level)
