"""Words in braces that the plan fills in: `{opd}`, `{jumlah.program}`, and on a line of its own `{bagan:kurva-s}`."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace

from models.plan import Plan
from models.rows import Anggaran, Dokumen, Indikator, Kinerja, Opd
from services.capaian import say_percent
from services.capaian_rencana import Reckoning, Spent
from services.forms.heading import DOTS, agency
from services.forms.parts import Run
from services.forms.realisasi_sampai import as_of, until_words
from services.nip import format_nip
from services.pagu_total import pagu_total
from services.pejabat import head
from services.rupiah import print_rupiah
from services.tahunan import Amounts
from services.tanggal import format_tanggal

_PLACEHOLDER = re.compile(r"\{([A-Za-z_]+(?:\.[A-Za-z_]+)?)\}")
_INSERT = re.compile(r"\{((?:tabel|bagan):[A-Za-z0-9_-]+)\}")

_KNOWN: ContextVar[dict[str, Spent | None] | None] = ContextVar("known", default=None)

PLACEHOLDERS: dict[str, str] = {
    "opd": "Nama perangkat daerah dengan nama pemerintah daerahnya",
    "OPD": "Nama perangkat daerah dengan huruf besar",
    "pemda": "Nama pemerintah daerah, seperti Kabupaten Buleleng",
    "ibu_kota": "Ibu kota",
    "tahun": "Tahun rencana",
    "tahap": "Tahap rencana: murni, atau perubahan dengan nomornya",
    "awal_renstra": "Tahun pertama Renstra",
    "akhir_renstra": "Tahun terakhir Renstra",
    "kepala.nama": "Nama pejabat penanda tangan",
    "kepala.jabatan": "Jabatan penanda tangan",
    "kepala.pangkat": "Pangkat penanda tangan",
    "kepala.nip": "NIP penanda tangan",
    "tanggal": "Tanggal dokumen",
    "tempat": "Tempat penandatanganan",
    "jumlah.sasaran": "Banyaknya sasaran strategis",
    "jumlah.indikator": "Banyaknya indikator dari sasaran strategis",
    "jumlah.program": "Banyaknya program",
    "jumlah.kegiatan": "Banyaknya kegiatan",
    "jumlah.sub_kegiatan": "Banyaknya sub kegiatan",
    "pagu": "Jumlah pagu seluruh anggaran, dengan Rp",
    "pagu.program": "Jumlah pagu program, tanpa kegiatan di luar program, dengan Rp",
    "periode": "Periode capaian, seperti Triwulan II",
    "capaian": "Rata-rata capaian indikator, dengan persen",
    "realisasi": "Realisasi anggaran sampai periode itu, dengan Rp",
    "serapan": "Realisasi anggaran terhadap pagu itu, dengan persen",
}
"""Name -> what it prints, in the order in which they are offered."""

RECKONED: frozenset[str] = frozenset({"capaian", "realisasi", "serapan"})
"""Of these, the ones that take the reckoning of the whole document."""

INSERTS: dict[str, str] = {
    "tabel:tujuan-sasaran": "Tabel tujuan dan sasaran dengan target",
    "tabel:iku": "Tabel indikator kinerja utama dengan target",
    "tabel:program": "Tabel program dan anggaran",
    "tabel:capaian-iku": "Tabel capaian indikator kinerja utama",
    "tabel:capaian-sasaran": "Tabel capaian sasaran strategis",
    "tabel:capaian-lima-tahun": "Tabel dan grafik capaian lima tahun",
    "tabel:pagu-realisasi": "Tabel pagu dan realisasi per program",
    "tabel:efisiensi": "Tabel efisiensi menurut sasaran",
    "bagan:capaian-sasaran": "Bagan capaian menurut sasaran",
    "bagan:kurva-s": "Bagan kurva S: rencana kas dan realisasi",
}
"""Name -> what is put in the place of a line that holds nothing else: a table or a chart."""


def fill(text: str, plan: Plan, dokumen: Dokumen) -> str:
    """The text with the plan's words; what the plan does not know is a dotted line, unknown names stay as typed."""

    def word(found: re.Match[str]) -> str:
        value = _VALUES.get(found[1])
        return found[0] if value is None else value(plan, dokumen) or DOTS

    return _PLACEHOLDER.sub(word, text)


def fill_runs(runs: tuple[Run, ...], plan: Plan, dokumen: Dokumen) -> tuple[Run, ...]:
    """The runs of a paragraph, filled in; the plan's words take the style of their braces."""
    return tuple(replace(run, text=fill(run.text, plan, dokumen)) for run in runs)


@contextmanager
def reckoned_once() -> Iterator[None]:
    """While it lasts the words of RECKONED are reckoned once for each document, of a plan that nobody changes."""
    token = _KNOWN.set({})
    try:
        yield
    finally:
        _KNOWN.reset(token)


def unknown(text: str) -> list[str]:
    """The names in braces that mean nothing, each once, in the order of the text."""
    names = (found[1] for found in sorted((*_PLACEHOLDER.finditer(text), *_INSERT.finditer(text)), key=re.Match.start))
    return [name for name in dict.fromkeys(names) if name not in _VALUES and name not in INSERTS]


def insert_of(line: str) -> str | None:
    """The name of the table or chart that a line asks for, of INSERTS; None for any other line."""
    found = _INSERT.fullmatch(line.strip())
    return found[1] if found and found[1] in INSERTS else None


def chief_goals(plan: Plan, dokumen_id: str) -> list[Kinerja]:
    """The sasaran that the agency's agreement is about: sasaran strategis, else sasaran program."""
    nodes = plan.where(Kinerja, "dokumen_id", dokumen_id)
    strategic = [node for node in nodes if node.tingkat == "sasaran_strategis"]
    return strategic or [node for node in nodes if node.tingkat == "sasaran_program"]


def _opd(plan: Plan, dokumen: Dokumen) -> Opd:
    return plan.get(Opd, dokumen.opd_id)


def _stage(dokumen: Dokumen) -> str:
    number = f" ke-{dokumen.nomor_perubahan}" if dokumen.nomor_perubahan else ""
    return f"perubahan{number}" if dokumen.tahap == "perubahan" else dokumen.tahap or ""


def _number(value: int | None) -> str:
    return str(value) if value else ""


def _indicators(plan: Plan, dokumen: Dokumen) -> int:
    return sum(len(plan.where(Indikator, "kinerja_id", node.id)) for node in chief_goals(plan, dokumen.id))


def _lines(plan: Plan, dokumen: Dokumen, jenis: str) -> int:
    """Different lines of the year: one that the document prints twice with two amounts counts once (interchange.md)."""
    return len({same_line(line) for line in lines_of_year(plan, dokumen, jenis)})


def lines_of_year(plan: Plan, dokumen: Dokumen, jenis: str) -> list[Anggaran]:
    """The budget lines of a level without those whose amounts are all of other years."""
    amounts, year = Amounts(plan, dokumen), str(dokumen.tahun)
    lines = plan.where(Anggaran, "dokumen_id", dokumen.id)
    return [line for line in lines if line.jenis == jenis and amounts.is_of_year(line, year)]


def same_line(line: Anggaran) -> str:
    """What two prints of one line have in common: the code, else the name."""
    return line.kode or " ".join(line.nama.split()).casefold()


def _rupiah(amount: int | None) -> str:
    return "" if amount is None else f"Rp {print_rupiah(amount)}"


def _period(plan: Plan, dokumen: Dokumen) -> str:
    sampai = as_of(plan, dokumen)
    return until_words(sampai) if sampai else ""


def _whole(plan: Plan, dokumen: Dokumen) -> Spent | None:
    """All money and the mean of all sasaran indicators as of the period; None where nothing is reported."""
    known = _KNOWN.get()
    if known is not None and dokumen.id in known:
        return known[dokumen.id]
    sampai = as_of(plan, dokumen)
    whole = Reckoning(plan, dokumen.id, sampai).whole if sampai else None
    if known is not None:
        known[dokumen.id] = whole
    return whole


def _reached(plan: Plan, dokumen: Dokumen) -> str:
    whole = _whole(plan, dokumen)
    return say_percent(whole.capaian.persen) if whole and whole.capaian.persen is not None else ""


def _spent(plan: Plan, dokumen: Dokumen) -> str:
    whole = _whole(plan, dokumen)
    return _rupiah(whole.realisasi) if whole else ""


def _share(plan: Plan, dokumen: Dokumen) -> str:
    whole = _whole(plan, dokumen)
    return say_percent(whole.serapan) if whole and whole.serapan is not None else ""


# "pagu.capaian" is an older name of "pagu" and no longer offered.
_VALUES: dict[str, Callable[[Plan, Dokumen], str]] = {
    "opd": agency,
    "OPD": lambda plan, dokumen: agency(plan, dokumen).upper(),
    "pemda": lambda plan, dokumen: _opd(plan, dokumen).pemda or "",
    "ibu_kota": lambda plan, dokumen: _opd(plan, dokumen).ibu_kota or "",
    "tahun": lambda _, dokumen: str(dokumen.tahun),
    "tahap": lambda _, dokumen: _stage(dokumen),
    "awal_renstra": lambda _, dokumen: _number(dokumen.awal_renstra),
    "akhir_renstra": lambda _, dokumen: _number(dokumen.akhir_renstra),
    "kepala.nama": lambda plan, dokumen: head(plan, dokumen).nama,
    "kepala.jabatan": lambda plan, dokumen: head(plan, dokumen).signed,
    "kepala.pangkat": lambda plan, dokumen: head(plan, dokumen).pangkat,
    "kepala.nip": lambda plan, dokumen: format_nip(head(plan, dokumen).nip),
    "tanggal": lambda _, dokumen: format_tanggal(dokumen.tanggal),
    "tempat": lambda plan, dokumen: dokumen.tempat or _opd(plan, dokumen).ibu_kota or "",
    "jumlah.sasaran": lambda plan, dokumen: _number(len(chief_goals(plan, dokumen.id))),
    "jumlah.indikator": lambda plan, dokumen: _number(_indicators(plan, dokumen)),
    "jumlah.program": lambda plan, dokumen: _number(_lines(plan, dokumen, "program")),
    "jumlah.kegiatan": lambda plan, dokumen: _number(_lines(plan, dokumen, "kegiatan")),
    "jumlah.sub_kegiatan": lambda plan, dokumen: _number(_lines(plan, dokumen, "sub_kegiatan")),
    "pagu": lambda plan, dokumen: _rupiah(pagu_total(plan, dokumen).semua),
    "pagu.program": lambda plan, dokumen: _rupiah(pagu_total(plan, dokumen).program),
    "periode": _period,
    "capaian": _reached,
    "pagu.capaian": lambda plan, dokumen: _rupiah(pagu_total(plan, dokumen).semua),
    "realisasi": _spent,
    "serapan": _share,
}
