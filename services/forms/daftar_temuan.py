"""The list of findings, to be sent to those who mend them: by level, with what is wrong, where, and who answers."""

from dataclasses import dataclass

from models.plan import Plan
from models.rows import Dokumen, Jabatan, Terima
from services.cell_edit import shortened
from services.checks import Checks, Finding, Group, grouped
from services.checks.belonging import in_charge
from services.checks.finding import period_words
from services.checks.rules import BOUNDS, RULES
from services.checks.where import Places
from services.forms.cells import band, rupiah
from services.forms.heading import agency_line
from services.forms.parts import Cell, Form, Row, Table, Text
from services.forms.target_cells import plain_header
from services.naming import stage_name
from services.rollup import RollUp
from services.rupiah import format_rupiah
from services.tanggal import format_tanggal
from services.terms import LEVELS, Level

_WIDTHS = (9.0, 33.0, 53.0, 25.0, 26.0, 30.0, 24.0, 56.0, 34.0, 30.0)
_LINE = 6.0
_SIZE = 7.5
_TITLES = (
    "No",
    "Aturan",
    "Di mana",
    "Periode",
    "Nilai",
    "Seharusnya",
    "Selisih",
    "Kalimat",
    "Penanggung Jawab",
    "Diterima",
)
_NAMED = 10
_LETTERS = 80
_ACCEPTED = "Diterima dengan alasan"
_NOTE = "Temuan yang hanya mengikuti temuan lain tidak dimuat tersendiri; ia hilang bersama temuan pangkalnya."


@dataclass(frozen=True, slots=True)
class _Entry:
    group: Group
    terima: Terima | None


def build(plan: Plan, dokumen: Dokumen, name: str) -> Form:
    """The open findings by level, then those that were accepted; a line for each row and rule."""
    checks = Checks(plan, RollUp(plan))
    bands = _bands(checks, dokumen)
    blocks: list[tuple[Row, ...]] = []
    places = Places(plan)
    number = 0
    for title, entries in bands:
        rows = [_row(plan, places, entry, number + at) for at, entry in enumerate(entries, 1)]
        number += len(rows)
        heading = band(f"{title} ({len(rows)})", len(_WIDTHS), _LINE)
        blocks.append((heading, rows[0]))
        blocks += [(row,) for row in rows[1:]]
    stage = stage_name(dokumen).upper()
    lines = (
        Text("DAFTAR TEMUAN PEMERIKSAAN RENCANA AKSI", 10, bold=True, align="center"),
        Text(agency_line(plan, dokumen), 10, bold=True, align="center"),
        Text(f"TAHUN {dokumen.tahun} {stage}".strip(), 10, bold=True, align="center", after=2),
        Text(_NOTE if blocks else "Tidak ada temuan.", 7, italic=True, after=1.2),
    )
    table = Table(_WIDTHS, plain_header(_TITLES), tuple(blocks), title=lines, size=_SIZE)
    return Form(name, "Daftar temuan", (table,), filled=bool(blocks))


def _bands(checks: Checks, dokumen: Dokumen) -> list[tuple[str, list[_Entry]]]:
    """(heading, entries) of each level that has open findings, and of the accepted ones."""
    opened: list[Finding] = []
    judged: list[Finding] = []
    for finding in checks.of(dokumen.id):
        (opened if checks.accepted(finding) is None else judged).append(finding)
    levels: dict[Level, list[_Entry]] = {level: [] for level in LEVELS}
    for group in grouped(opened):
        levels[group.first.tingkat].append(_Entry(group, None))
    accepted = [_Entry(group, checks.accepted(group.first)) for group in grouped(judged)]
    named = [*((level.capitalize(), entries) for level, entries in levels.items()), (_ACCEPTED, accepted)]
    return [(title, entries) for title, entries in named if entries]


def _row(plan: Plan, places: Places, entry: _Entry, number: int) -> Row:
    finding, group = entry.group.first, entry.group
    periods = [each.periode for each in group.findings if each.periode is not None]
    period = period_words(periods) if periods else ""
    jabatan = plan.find(Jabatan, in_charge(plan, finding))
    return Row(
        (
            Cell(0, str(number), align="center", value=number),
            Cell(1, f"{RULES[finding.kode]} ({finding.kode})"),
            Cell(2, places.name(finding.tabel, finding.row_id)),
            Cell(3, period[:1].upper() + period[1:], align="center"),
            _value(4, finding.nilai),
            _value(5, _wanted(finding)),
            _value(6, finding.selisih),
            Cell(7, _sentence(places, group)),
            Cell(8, jabatan.nama if jabatan else ""),
            Cell(9, _accepted(entry.terima)),
        ),
        _LINE,
    )


def _sentence(places: Places, group: Group) -> str:
    """The sentence; which of several periods the amounts beside it are of, and how many findings follow from it.

    Rows that lack the same are named: each of them has to be mended, and the first only stands for all.
    """
    words = [group.pesan]
    if len(group.findings) > 1 and group.first.nilai is not None:
        words.append(f"Angka di samping: {period_words([group.first.periode])}.")
    alike = [each for each in group.lanjutan if _is_alike(each, group)]
    if alike:
        named = [_name(places, each.first) for each in alike[:_NAMED]]
        more = f" dan {len(alike) - _NAMED} lainnya" if len(alike) > _NAMED else ""
        words.append(f"Juga: {'; '.join(named)}{more}.")
    folded = sum(len(each.findings) for each in group.lanjutan if each not in alike)
    if folded:
        words.append(f"{folded} temuan lanjutan.")
    return " ".join(words)


def _is_alike(group: Group, head: Group) -> bool:
    """The same fault of another row, in words and without amounts, such as a unit that is spelt otherwise there too."""
    return group.first.kode == head.first.kode and not isinstance(group.first.nilai, int)


def _name(places: Places, finding: Finding) -> str:
    return shortened(places.name(finding.tabel, finding.row_id), _LETTERS)


def _wanted(finding: Finding) -> int | str | None:
    """What the value should be; with "maks." or "min." where it only has to keep to it."""
    bound, wanted = BOUNDS.get(finding.kode, ""), finding.harusnya
    if not bound or wanted is None:
        return wanted
    return f"{bound}{format_rupiah(wanted) if isinstance(wanted, int) else wanted}"


def _value(col: int, value: int | str | None) -> Cell:
    return Cell(col, value, align="right") if isinstance(value, str) else rupiah(col, value)


def _accepted(terima: Terima | None) -> str:
    """The reason, and who accepted when."""
    if terima is None:
        return ""
    who = ", ".join(part for part in (terima.siapa, format_tanggal((terima.waktu or "")[:10])) if part)
    return f"{terima.alasan} ({who})" if who else terima.alasan
