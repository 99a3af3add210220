"""Perjanjian kinerja: the statement of two parties and its annex, of the agency and of each official below its head.

Source: the usual ministerial form (Permenpan RB 53/2014), arranged as design/img/form-perjanjian-kinerja-hal-1 and 2.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from models.plan import Plan
from models.rows import Anggaran, Dokumen, Indikator, Jabatan, Kinerja
from services.angka import decide_style
from services.forms.cells import BAND_FILL, rupiah
from services.forms.heading import DOTS, agency, agency_line, signature
from services.forms.parts import Break, Cell, Form, Page, Part, Row, Run, Signature, Signatures, Table, Text
from services.forms.target_cells import (
    numbered,
    plain_header,
    sasaran_blocks,
    stated,
    sum_cell,
    total_words,
    with_unit,
)
from services.nip import format_nip
from services.pejabat import Official, head, head_position, superior
from services.pohon.answers import Parties
from services.sasaran import Sasaran, in_tree_order, node_indicators, strategic
from services.tahunan import Amounts, is_of_year, target_of
from services.tanggung_jawab import JENIS, tasks
from services.terms import JENIS as ALL_JENIS
from services.terms import LEVEL_NAMES

_PAGE = Page(landscape=False, top=25, right=25, bottom=22, left=25)
_TEXT = 11.0
_TABLE = 9.0
_LINE = 6.2
_PARTY = 78.0
_ESELON = {"perjanjian-kinerja-eselon-iii": "III", "perjanjian-kinerja-eselon-iv": "IV"}
_OPENING = (
    "Dalam rangka mewujudkan manajemen pemerintahan yang efektif, transparan, dan akuntabel serta berorientasi pada "
    "hasil, kami yang bertanda tangan di bawah ini:"
)
_FIRST_PROMISE = (
    "Pihak Pertama berjanji akan mewujudkan target kinerja yang seharusnya sesuai lampiran perjanjian ini, dalam "
    "rangka mencapai target kinerja jangka menengah seperti yang telah ditetapkan dalam dokumen perencanaan. "
    "Keberhasilan dan kegagalan pencapaian target kinerja tersebut menjadi tanggung jawab kami."
)
_SECOND_PROMISE = (
    "Pihak Kedua akan melakukan supervisi yang diperlukan serta akan melakukan evaluasi terhadap capaian kinerja dari "
    "perjanjian ini dan mengambil tindakan yang diperlukan dalam rangka pemberian penghargaan dan sanksi."
)


@dataclass(frozen=True, slots=True)
class Agreement:
    """What one official promises another. `asks_nip`: of the second party.

    `jenis`: the level of its budget lines, "" for an official without any.
    """

    first: Official
    second: Official
    sasaran: tuple[Sasaran, ...]
    lines: tuple[Anggaran, ...]
    jenis: str
    heading: str = ""
    asks_nip: bool = True


def build(plan: Plan, dokumen: Dokumen, name: str) -> Form:
    """The agreement of the agency's head, or one of each official of the eselon that the name says."""
    eselon = _ESELON.get(name)
    if eselon is None:
        agreements = [_of_head(plan, dokumen)]
        title = "Perjanjian Kinerja"
    else:
        agreements = list(_of_officials(plan, dokumen, eselon))
        title = f"Perjanjian Kinerja Eselon {eselon}"
    blank = Agreement(Official(""), head(plan, dokumen), (), (), JENIS.get(eselon or "", "program"))
    printer = _Printer(plan, dokumen)
    parts: list[Part] = []
    for agreement in agreements or [blank]:
        parts += printer.parts(agreement, first=not parts)
    filled = any(agreement.sasaran or agreement.lines for agreement in agreements)
    return Form(name, title, tuple(parts), page=_PAGE, filled=filled)


def of_position(plan: Plan, dokumen: Dokumen, name: str, jabatan: Jabatan) -> Form:
    """The agreement of one official with the official of the position above."""
    agreement = _of_position(plan, dokumen, jabatan)
    parts = tuple(_Printer(plan, dokumen).parts(agreement, first=True))
    filled = bool(agreement.sasaran or agreement.lines)
    return Form(name, f"Perjanjian Kinerja {jabatan.nama}", parts, page=_PAGE, filled=filled)


def _of_position(plan: Plan, dokumen: Dokumen, jabatan: Jabatan) -> Agreement:
    if jabatan == head_position(plan, dokumen):
        return _of_head(plan, dokumen)
    for eselon in _ESELON.values():
        found = next((each for each in _of_officials(plan, dokumen, eselon, jabatan)), None)
        if found is not None:
            return found
    first, second = Parties(plan, dokumen).of(jabatan)
    own = [node for node in plan.where(Kinerja, "dokumen_id", dokumen.id) if node.penanggung_jawab_id == jabatan.id]
    sasaran = (Sasaran(node, node_indicators(plan, node, "sub_kegiatan")) for node in own)
    return Agreement(first, second, tuple(_of_year(plan, dokumen, sasaran)), (), "", heading=jabatan.nama)


def _of_head(plan: Plan, dokumen: Dokumen) -> Agreement:
    lines = in_tree_order(plan, dokumen)
    programs = tuple(line for line in lines if line.jenis == "program")
    first, second = head(plan, dokumen), superior(plan, dokumen)
    return Agreement(first, second, strategic(plan, dokumen), programs, "program", asks_nip=bool(second.nip))


def _of_officials(plan: Plan, dokumen: Dokumen, eselon: str, only: Jabatan | None = None) -> Iterator[Agreement]:
    parties = Parties(plan, dokumen)
    for task in tasks(plan, dokumen, eselon):
        if only is None or task.jabatan == only:
            yield Agreement(
                *parties.of(task.jabatan),
                tuple(_of_year(plan, dokumen, task.sasaran)),
                task.lines,
                JENIS[eselon],
                heading=task.jabatan.nama,
            )


def _of_year(plan: Plan, dokumen: Dokumen, sasaran: Iterable[Sasaran]) -> Iterator[Sasaran]:
    for each in sasaran:
        shown = tuple(i for i in each.indikator if is_of_year(plan, i, dokumen.tahun))
        if shown or not each.indikator:
            yield replace(each, indikator=shown)


class _Printer:
    """What all agreements of one document share."""

    def __init__(self, plan: Plan, dokumen: Dokumen) -> None:
        self._plan = plan
        self._dokumen = dokumen
        self._amounts = Amounts(plan, dokumen)
        self._year = str(dokumen.tahun)
        named = {line.sumber_dana for line in plan.where(Anggaran, "dokumen_id", dokumen.id) if line.sumber_dana}
        self._source = named.pop() if len(named) == 1 else ""
        block = signature(plan, dokumen)
        self._block = replace(
            block,
            width=_PARTY,
            size=10.5,
            gap=26,
            align="center",
            jabatan=(),
            tempat_tanggal=_with_room(block.tempat_tanggal),
        )

    def parts(self, agreement: Agreement, *, first: bool) -> list[Part]:
        """The statement and the annex, each beginning on a new page; an annex without any budget has no table of it."""
        statement = self._statement(agreement)
        signed = self._signatures(agreement)
        annex: list[Part] = [self._targets(agreement)]
        if agreement.jenis and (self._lines(agreement) or not agreement.sasaran):
            annex += [Text("", _TEXT, after=3), self._budget(agreement)]
        begin: list[Part] = [] if first else [Break()]
        title = self._title(agreement, level=1 if agreement.heading else 0)
        gap = Text("", _TEXT, after=9)
        return [*begin, *title, *statement, gap, signed, Break(), *self._title(agreement), *annex, gap, signed]

    def _title(self, agreement: Agreement, level: int = 0) -> list[Part]:
        lines = [f"PERJANJIAN KINERJA TAHUN {self._dokumen.tahun}"]
        if agreement.heading:
            lines.append(agreement.heading.upper())
        lines.append(agency_line(self._plan, self._dokumen))
        return [
            Text(
                line,
                13,
                bold=True,
                align="center",
                leading=1.25,
                after=10 if at == len(lines) - 1 else 0,
                level=level if agreement.heading and at == 1 else 0,
            )
            for at, line in enumerate(lines)
        ]

    def _statement(self, agreement: Agreement) -> list[Part]:
        first = _paragraph(("selanjutnya disebut ", Run("Pihak Pertama", bold=True), ";"), before=2.6, after=2.6)
        second = _paragraph(
            ("selaku atasan Pihak Pertama, selanjutnya disebut ", Run("Pihak Kedua", bold=True), "."),
            before=2.6,
            after=6,
        )
        return [
            _paragraph((_OPENING,), after=2.6),
            self._party(agreement.first),
            first,
            self._party(agreement.second),
            second,
            _paragraph((_FIRST_PROMISE,), after=4),
            _paragraph((_SECOND_PROMISE,)),
        ]

    def _party(self, who: Official) -> Table:
        name = Cell(3, who.nama or DOTS * 3, bold=bool(who.nama))
        position = Cell(3, self._full(who) or DOTS * 3)
        rows = (
            Row((Cell(0), Cell(1, "Nama"), Cell(2, ":"), name), 5.5),
            Row((Cell(0), Cell(1, "Jabatan"), Cell(2, ":"), position), 5.5),
        )
        return Table((8, 28, 5, 124), (), (rows,), size=_TEXT, padding=0.3, ruled=False)

    def _full(self, who: Official) -> str:
        """ "Kepala Dinas" alone is printed with the name of the agency, as it must be known outside of it."""
        name = agency(self._plan, self._dokumen)
        rest = who.jabatan.casefold().removeprefix("kepala").strip()
        if who.jabatan.casefold().startswith("kepala") and name.casefold().startswith(f"{rest} " if rest else ""):
            return replace(who, jabatan=f"Kepala {name}").signed
        return who.signed

    def _signatures(self, agreement: Agreement) -> Signatures:
        block = self._block
        left = signed_by(replace(block, tempat_tanggal=""), "Pihak Kedua,", agreement.second)
        return Signatures(
            (
                replace(left, minta_nip=agreement.asks_nip),
                signed_by(block, "Pihak Pertama,", agreement.first),
            )
        )

    def _targets(self, agreement: Agreement) -> Table:
        titles = ("No", _sasaran_title(agreement.sasaran), "Indikator Kinerja", "Target")
        blocks = sasaran_blocks(agreement.sasaran, 4, _LINE, self._indicator, anew=bool(agreement.heading))
        return Table((11, 57, 67, 30), plain_header(titles, label="({})", size=8), blocks, size=_TABLE)

    def _indicator(self, node: Kinerja | None, number: int, indikator: Indikator | None) -> tuple[Cell, ...]:
        if indikator is None:
            return Cell(2), Cell(3)
        key = f"indikator/{indikator.id}/uraian"
        return numbered(2, number, indikator.uraian, key, size=_TABLE), self._target(indikator)

    def _target(self, indikator: Indikator) -> Cell:
        value = target_of(self._plan, indikator, self._dokumen.tahun)
        style = decide_style([value.text])
        return with_unit(stated(3, value, style), indikator.satuan, style)

    def _lines(self, agreement: Agreement) -> list[Anggaran]:
        return [line for line in agreement.lines if self._amounts.is_of_year(line, self._year)]

    def _budget(self, agreement: Agreement) -> Table:
        lines = self._lines(agreement)
        there = {line.jenis for line in lines} or {agreement.jenis}
        kinds = "/".join(LEVEL_NAMES[jenis].title() for jenis in ALL_JENIS if jenis in there)
        titles = ("No", kinds, "Anggaran (Rp)", "Keterangan")
        pagu = [self._amounts.pagu(line, self._year) for line in lines]
        rows = tuple((self._budget_row(at, *pair),) for at, pair in enumerate(zip(lines, pagu, strict=True), 1))
        total = Row((total_words("Jumlah", 2), sum_cell(2, pagu), Cell(3, fill=BAND_FILL)), 7)
        return Table((11, 94, 34, 26), plain_header(titles, label="({})", size=8), rows, (total,), size=_TABLE)

    def _budget_row(self, number: int, line: Anggaran, pagu: int | None) -> Row:
        return Row(
            (
                Cell(0, str(number), align="center"),
                Cell(1, line.nama, key=f"anggaran/{line.id}/nama"),
                rupiah(2, pagu, key=self._amounts.pagu_key(line, self._year)),
                Cell(3, line.sumber_dana or self._source, align="center"),
            ),
            _LINE,
        )


def _sasaran_title(sasaran: Sequence[Sasaran]) -> str:
    """ "Sasaran Kegiatan" where all are of one level, "Sasaran" for mixed ones."""
    levels = {each.node.tingkat if each.node else "" for each in sasaran}
    name = LEVEL_NAMES.get(levels.pop()) if len(levels) == 1 else None
    return name.title() if name else "Sasaran"


def _paragraph(text: Sequence[str | Run], before: float = 0, after: float = 0) -> Text:
    runs = tuple(Run(piece) if isinstance(piece, str) else piece for piece in text)
    return Text(runs, _TEXT, align="justify", before=before, after=after, leading=1.3)


def signed_by(block: Signature, party: str, who: Official) -> Signature:
    """A block with its party, and the official who signs in it."""
    jabatan = (party, who.signed or DOTS * 2)
    return replace(block, jabatan=jabatan, nama=who.nama, pangkat=who.pangkat, nip=format_nip(who.nip))


def _with_room(place_and_date: str) -> str:
    """ "Praya, Maret 2022" with room for the day, which is written with the pen."""
    return re.sub(r"(^|, )(?=[A-Z][a-z]+ [0-9]{4}$)", lambda found: f"{found[1]}{chr(0xA0) * 12}", place_and_date)
