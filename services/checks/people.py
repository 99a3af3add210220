"""Rules for the people of a plan: who answers for a row, who signs, and their numbers.

Source: interchange.md (`penanggung_jawab`, `penandatangan`), forms.md (the signature block), services/nip.py (PP
11/2017 and the layout of BKN).
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from models.plan import Plan
from models.rows import Anggaran, DeretIndikator, Dokumen, Indikator, Kinerja, Pejabat
from services import pejabat
from services.checks.finding import Finding, plain
from services.checks.structure import text_key
from services.checks.usage import is_blank
from services.nip import check_nip
from services.tanggal import format_tanggal

_FEW = 4
"""A blank among so many rows, or more, is an oversight; among fewer it may be a merged cell."""

_ALIKE = 0.8
_TITLE = re.compile(r"\b[^\W\d_]{1,5}\.")
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?")
_LAST_QUARTER = 10


def check_in_charge(
    plan: Plan, dokumen_id: str, table: type[Kinerja] | type[Anggaran], level: str
) -> Iterator[Finding]:
    """PJ-KOSONG: nobody answers for a row, in a level where others have somebody.

    Forms merge the cell over the rows of one person. So a blank below a filled row says nothing, unless the level
    writes the same person on row after row, or leaves but few of its rows blank.
    """
    everyone: Sequence[Kinerja | Anggaran] = plan.where(table, "dokumen_id", dokumen_id)
    rows = [row for row in everyone if (row.tingkat if isinstance(row, Kinerja) else row.jenis) == level]
    people = [row.penanggung_jawab_id for row in rows]
    blanks = people.count(None)
    if not blanks or blanks == len(rows):
        return
    repeated = any(one is not None and one == two for one, two in itertools.pairwise(people))
    merged = (2 if repeated else _FEW) * blanks > len(rows)
    filled = False
    for row, person in zip(rows, people, strict=True):
        filled = filled or person is not None
        if person is None and not (merged and filled):
            yield plain("PJ-KOSONG", "peringatan", row, "Penanggung jawab belum diisi; baris lain sudah.")


def check_signer(plan: Plan, dokumen: Dokumen) -> Iterator[Finding]:
    """PENANDATANGAN and NIP of the head of the agency, who signs the document."""
    head = pejabat.head(plan, dokumen)
    if is_blank(head.nama):
        yield plain("PENANDATANGAN", "peringatan", dokumen, "Nama penanda tangan dokumen belum diisi.")
    elif is_blank(dokumen.ttd_jabatan) and pejabat.head_position(plan, dokumen) is None:
        yield plain("PENANDATANGAN", "peringatan", dokumen, "Jabatan penanda tangan dokumen belum diisi.")
    yield from _nip(dokumen, dokumen.ttd_nip, dokumen.tahun)
    yield from _spelt_otherwise(plan, dokumen)
    yield from _same_number(plan, dokumen)
    yield from _other_year(plan, dokumen)


def _same_number(plan: Plan, dokumen: Dokumen) -> Iterator[Finding]:
    """NIP: two officials of different names have one number; one name spelt in two ways is PENANDATANGAN."""
    first: dict[str, str] = {}
    if dokumen.ttd_nama and (number := _digits(dokumen.ttd_nip)):
        first[number] = dokumen.ttd_nama
    for row in plan.where(Pejabat, "dokumen_id", dokumen.id):
        number = _digits(row.nip)
        if not number or is_blank(row.nama):
            continue
        other = first.setdefault(number, row.nama or "")
        if not _one_person(other, row.nama or ""):
            text = f"NIP {row.nip} sudah dipakai pejabat lain: {other}."
            yield plain("NIP", "galat", row, text, row.nip)


def _one_person(one: str, other: str) -> bool:
    """Whether two names may be of one person: titles behind a comma and in front of a point do not count."""
    bare = [text_key(_TITLE.sub(" ", name.split(",")[0])).replace(" ", "") for name in (one, other)]
    if bare[0] in bare[1] or bare[1] in bare[0]:
        return True
    return SequenceMatcher(None, bare[0], bare[1]).ratio() >= _ALIKE


def _other_year(plan: Plan, dokumen: Dokumen) -> Iterator[Finding]:
    """PENANDATANGAN: the document is dated in another year than the plan's.

    The last quarter before the year is usual; a document that carries results may be signed after it.
    """
    dated = _DATE.match(dokumen.tanggal or "")
    if dated is None:
        return
    year, month = int(dated[1]), int(dated[2] or 12)
    early = year == dokumen.tahun - 1 and month >= _LAST_QUARTER
    if year == dokumen.tahun or early or (year > dokumen.tahun and _has_results(plan, dokumen)):
        return
    when = format_tanggal(dokumen.tanggal)
    text = f"Dokumen bertanggal {when}, sedangkan rencananya untuk tahun {dokumen.tahun}."
    yield plain("PENANDATANGAN", "catatan", dokumen, text, when)


def _has_results(plan: Plan, dokumen: Dokumen) -> bool:
    rows = plan.where(Indikator, "dokumen_id", dokumen.id)
    return any(row.realisasi or plan.one(DeretIndikator, "indikator_id", row.id, "realisasi") for row in rows)


def check_official(plan: Plan, row: Pejabat) -> Iterator[Finding]:
    """NIP of an official who signs in a position of the document."""
    dokumen = plan.find(Dokumen, row.dokumen_id)
    if dokumen is not None:
        yield from _nip(row, row.nip, dokumen.tahun)


def _nip(row: Dokumen | Pejabat, nip: str | None, tahun: int) -> Iterator[Finding]:
    """NIP: 18 digits, a real birth date, sex 1 or 2; an odd month or age is a note."""
    for remark in check_nip(nip or "", tahun):
        yield plain("NIP", remark.level, row, remark.text, nip)


def _spelt_otherwise(plan: Plan, dokumen: Dokumen) -> Iterator[Finding]:
    """PENANDATANGAN: the same person, by NIP or by a name almost the same, is spelt in another way elsewhere.

    Elsewhere: among the officials of the document, and in earlier documents of the agency. Capitals, spaces and signs
    do not count.
    """
    own = _person(dokumen.ttd_nama, dokumen.ttd_nip)
    if not own[0]:
        return
    others = [(row.nama, row.nip) for row in plan.where(Pejabat, "dokumen_id", dokumen.id)]
    others += [
        (each.ttd_nama, each.ttd_nip)
        for each in plan.where(Dokumen, "opd_id", dokumen.opd_id)
        if each.urutan < dokumen.urutan
    ]
    for name, nip in others:
        other = _person(name, nip)
        if not other[0] or other[0] == own[0] or {own[0], other[0]} & {""}:
            continue
        both = bool(own[1] and other[1])
        if own[1] == other[1] if both else SequenceMatcher(None, own[0], other[0]).ratio() >= _ALIKE:
            text = f"Nama penanda tangan {dokumen.ttd_nama} di tempat lain ditulis {name}."
            yield plain("PENANDATANGAN", "peringatan", dokumen, text, dokumen.ttd_nama)
            return


def _person(name: str | None, nip: str | None) -> tuple[str, str]:
    """(letters of the name, digits of the NIP)."""
    return text_key(name).replace(" ", ""), _digits(nip)


def _digits(nip: str | None) -> str:
    return re.sub("[^0-9]", "", nip or "")
