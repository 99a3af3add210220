"""Kompilasi: the plans of several agencies in one file, side by side, for the planning board (Bappeda)."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models.changes import Change
from models.errors import PlanError
from models.files import is_there
from models.plan import Plan
from models.reading import read_cleaned, read_plan
from models.rows import Dokumen, Kop, Opd, PlanRow, Row
from services.checks import Checks, grouped
from services.cleaned_words import IN_SOURCE, cleaned_words
from services.document import Document
from services.merge_fold import OWN_BOOKS
from services.naming import document_name, stage_name
from services.new_plan import SUFFIX
from services.order import GAP
from services.rollup import RollUp
from services.terms import Level

NAME = "Kompilasi"
"""How the name of a compilation begins, unless the officer gives it another."""

LABEL = "kompilasi {count} berkas"

Progress = Callable[[int, int, str], object]
"""progress(done, total, text); it may raise to stop, and then nothing is left behind."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """What became of one file: the documents that were taken, and a sentence for each thing that was not."""

    path: Path
    documents: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether all of the file is in the compilation."""
        return not self.left_out


@dataclass(frozen=True, slots=True)
class Looked:
    """What a plan file holds, before it is compiled.

    `documents`: the agency, year and stage of each of its documents. `galat`, `peringatan`, `catatan`: findings of all
    of them, as the list of findings counts them. `problem`: why it cannot be read; "" where it can.
    """

    path: Path
    documents: tuple["LookedDocument", ...] = ()
    galat: int = 0
    peringatan: int = 0
    catatan: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class LookedDocument:
    """One plan document: its id, what makes its agency one with another, and what it is called."""

    row_id: str
    agency_key: tuple[str, str]
    agency: str
    year: int
    stage: str
    number: int
    pemda: str = ""


def plans_in(folder: Path) -> list[Path]:
    """The plan files of a folder by name, not of the folders in it; none where it cannot be read.

    What is called a compilation is left out, as an old one would stand in the way of the plans that it was made of.
    """
    try:
        names = sorted(os.listdir(folder), key=str.casefold)
    except OSError:
        return []
    plans = [name for name in names if name.lower().endswith(SUFFIX) and not name.startswith((".", "~$"))]
    return [folder / name for name in plans if not name.lower().startswith(NAME.lower())]


def look(path: Path) -> Looked:
    """What a plan file holds; reading and checking a plan of 4,000 lines takes about a second."""
    try:
        plan = Plan(row for row in read_plan(path) if not isinstance(row, OWN_BOOKS))
    except PlanError as error:
        return Looked(path, problem=str(error))
    checks = Checks(plan, RollUp(plan))
    counts: Counter[str] = Counter()
    documents = []
    for dokumen in plan.all(Dokumen):
        opd = plan.get(Opd, dokumen.opd_id)
        number = dokumen.nomor_perubahan or 0
        documents.append(
            LookedDocument(
                dokumen.id, _same(opd), opd.nama, dokumen.tahun, stage_name(dokumen), number, opd.pemda or ""
            )
        )
        found = [finding for finding in checks.of(dokumen.id) if checks.accepted(finding) is None]
        counts.update(group.first.tingkat for group in grouped(found))
    return Looked(path, tuple(documents), counts["galat"], counts["peringatan"], counts["catatan"])


def remarks(files: Sequence[Looked]) -> list[tuple[Level | None, str]]:
    """For each file, in this order, what is wrong with it beside the others: ("galat", why it or a part of it stays
    out), ("peringatan", what to look at), or (None, "")."""
    usual, most = _usual_year(files)
    stages: dict[tuple[tuple[str, str], int, str, int], str] = {}
    ids: dict[str, str] = {}
    found: list[tuple[Level | None, str]] = []
    for one in files:
        wrong = [one.problem] if one.problem else []
        if not one.documents and not one.problem:
            wrong.append("Belum memuat dokumen rencana.")
        for document in one.documents:
            at = _at(document)
            alone = len(one.documents) == 1
            agency = f"{document.agency}, {document.pemda}" if document.pemda else document.agency
            name = "Dokumen ini" if alone else f"{agency}, {document.year} {document.stage}".strip()
            if at in stages:
                wrong.append(f"{name} sudah ada di {stages[at]}.")
            elif document.row_id in ids:
                wrong.append(f"{name} adalah salinan dari dokumen di {ids[document.row_id]}. Gabungkan lebih dahulu.")
            stages.setdefault(at, one.path.name)
            ids.setdefault(document.row_id, one.path.name)
        odd = sorted({document.year for document in one.documents} - {usual})
        if wrong:
            found.append(("galat", " ".join(wrong)))
        elif len(agencies := {document.agency_key for document in one.documents}) > 1:
            found.append(("peringatan", f"Memuat {len(agencies)} perangkat daerah; hasil kompilasi yang lama?"))
        elif odd:
            found.append(("peringatan", f"Tahun {', '.join(map(str, odd))}; {most}."))
        else:
            found.append((None, ""))
    return found


def _usual_year(files: Sequence[Looked]) -> tuple[int, str]:
    """(the year of most plans, the newest of several; what is said beside a plan of another year)."""
    years: Counter[int] = Counter()
    seen: set[object] = set()
    for document in (document for one in files for document in one.documents):
        # A document that is there twice is one plan.
        if not {_at(document), document.row_id} & seen:
            years[document.year] += 1
        seen |= {_at(document), document.row_id}
    many = max(years.values(), default=0)
    usual = [year for year, count in years.items() if count == many]
    if len(usual) == 1:
        return usual[0], f"kebanyakan berkas {usual[0]}"
    return max(usual, default=0), f"tahun berkasnya {', '.join(map(str, sorted(years)))}"


def _at(document: LookedDocument) -> tuple[tuple[str, str], int, str, int]:
    """What makes two documents one in a compilation."""
    return document.agency_key, document.year, document.stage.casefold(), document.number


def compile_plans(
    target: Path, sources: Sequence[Path], progress: Progress = lambda *_: None
) -> tuple[Document, tuple[Compiled, ...]]:
    """Make `target` of the plans, published and open, and say of each file what fitted.

    A file that cannot be read, an agency's document that is there already (same year and stage) and a row that is there
    already are left out and reported; the others come in whole.

    Raises:
        PlanError: the target is there already or cannot be written, or not one file could be taken.
    """
    if is_there(target):
        raise PlanError(f"{target} sudah ada. Pilih nama lain untuk kompilasinya.")
    gathered = _Gathered()
    report = []
    for done, path in enumerate(sources):
        progress(done, len(sources), path.name)
        report.append(gathered.add(path))
    if not gathered.rows:
        raise PlanError(_nothing(report))
    progress(len(sources), len(sources), target.name)
    document = Document.create(target)
    try:
        taken = sum(bool(one.documents) for one in report)
        document.edit(LABEL.format(count=taken), [Change(None, row) for row in gathered.rows.values()])
        progress(len(sources), len(sources), target.name)
        document.file.publish()
    except BaseException:
        document.file.discard()
        raise
    return document, tuple(report)


def _nothing(report: Sequence[Compiled]) -> str:
    why = report[0].left_out[0] if report else "Tidak ada berkas yang dipilih."
    return f"Tidak ada rencana yang dapat dikompilasi. {why}"


class _Gathered:
    """The rows of the compilation as it grows."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}
        self._agencies: dict[tuple[str, str], Opd] = {}
        self._documents: dict[tuple[str, int, str | None, int], str] = {}
        self._heads: set[str] = set()

    def add(self, path: Path) -> Compiled:
        """Take over what fits of one file."""
        try:
            found, _, cleaned = read_cleaned(path)
        except PlanError as error:
            return Compiled(path, (), (str(error),))
        rows = [row for row in found if not isinstance(row, OWN_BOOKS)]
        agencies = {row.id: self._agency(row) for row in rows if isinstance(row, Opd)}
        documents = sorted((row for row in rows if isinstance(row, Dokumen)), key=lambda row: (row.urutan, row.id))
        refused = dict(self._refused(path, rows, documents, agencies))
        taken = [row for row in documents if row.id not in refused]
        left_out = [*refused.values()]
        if not documents:
            left_out.append(f"{path.name} belum memuat dokumen rencana.")
        if cleaned:
            left_out.append(f"{path.name}: {cleaned_words(cleaned, IN_SOURCE)}")
        for dokumen in taken:
            opd = agencies[dokumen.opd_id]
            self.rows.setdefault(opd.id, opd)
            self._agencies.setdefault(_same(opd), opd)
            place = (len(self._documents) + 1) * GAP
            self._documents[_stage(dokumen, opd)] = path.name
            self.rows[dokumen.id] = replace(dokumen, opd_id=opd.id, urutan=place)
        wanted = {row.id for row in taken}
        self.rows |= {row.id: row for row in rows if isinstance(row, PlanRow) and row.dokumen_id in wanted}
        self._letterheads(rows, agencies, {row.opd_id for row in taken})
        return Compiled(path, tuple(_called(agencies[d.opd_id], d) for d in taken), tuple(left_out))

    def _agency(self, opd: Opd) -> Opd:
        """The same agency of an earlier file, else this one, last in the list."""
        known = self._agencies.get(_same(opd))
        return known or replace(opd, urutan=(len(self._agencies) + 1) * GAP)

    def _refused(
        self, path: Path, rows: Sequence[Row], documents: Sequence[Dokumen], agencies: dict[str, Opd]
    ) -> Iterator[tuple[str, str]]:
        there: dict[str, int] = {}
        for row in rows:
            if isinstance(row, PlanRow) and row.id in self.rows:
                there[row.dokumen_id] = there.get(row.dokumen_id, 0) + 1
        seen: set[tuple[str, int, str | None, int]] = set()
        for dokumen in documents:
            opd = agencies[dokumen.opd_id]
            stage, name = _stage(dokumen, opd), _called(opd, dokumen)
            if stage in seen or stage in self._documents:
                other = self._documents.get(stage, path.name)
                yield (
                    dokumen.id,
                    f"{path.name}: {name} sudah ada (dari {other}). Pakai satu berkas saja untuk dokumen itu.",
                )
            elif dokumen.id in self.rows or there.get(dokumen.id):
                yield (
                    dokumen.id,
                    f"{path.name}: {name} adalah salinan dari dokumen yang sudah ada. Gabungkan lebih dahulu.",
                )
            seen.add(stage)

    def _letterheads(self, rows: Sequence[Row], agencies: dict[str, Opd], wanted: set[str]) -> None:
        for row in rows:
            if isinstance(row, Kop) and row.opd_id in wanted and agencies[row.opd_id].id not in self._heads:
                self._heads.add(agencies[row.opd_id].id)
                self.rows[row.id] = replace(row, opd_id=agencies[row.opd_id].id)


def _same(opd: Opd) -> tuple[str, str]:
    """What makes two agencies one: name and region, however they are spaced or capitalised."""
    return " ".join(opd.nama.split()).casefold(), " ".join((opd.pemda or "").split()).casefold()


def _called(opd: Opd, dokumen: Dokumen) -> str:
    """ "Dinas Koperasi, Kabupaten Bone, 2023 Murni": agencies of several regions are often of one name."""
    return ", ".join(part for part in (opd.nama, opd.pemda, document_name(dokumen)) if part)


def _stage(dokumen: Dokumen, opd: Opd) -> tuple[str, int, str | None, int]:
    return opd.id, dokumen.tahun, dokumen.tahap, dokumen.nomor_perubahan or 0
