"""Form E.81 of Permendagri 86/2017: evaluation of the results of the Renja, targets (K) and money (Rp) by quarter."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from models.plan import Plan
from models.rows import Anggaran, Dokumen, Indikator, Opd
from services.capaian_rencana import Reckoning
from services.capaian_skala import grade_of
from services.forms.cells import BAND_FILL, header, key, rupiah, target
from services.forms.e81_baris import Amount, Evaluation, Results
from services.forms.heading import DOTS, agency_line, note
from services.forms.parts import PAPERS, Cell, Form, Page, Row, Signature, Signatures, Table, Text
from services.forms.realisasi_sampai import until_words
from services.forms.realisasi_sel import (
    Notes,
    grade,
    has_predicate,
    in_charge,
    is_bold,
    legend_words,
    percent,
    reckoned,
    said_of,
    signed,
    spent_cell,
    unreported,
)
from services.periods import Sampai
from services.sasaran import in_tree_order, matrix_indicators, strategic, supported
from services.tahunan import Amounts, target_of

_PAGE = Page(PAPERS["A3"])
_WIDTHS = (7.0, 23.0, 31.0, 32.0, *(12.0, 19.0) * 3, *(10.5, 16.5) * 4, *(12.0, 19.0) * 2, 12.0, 12.0, 20.0)
_SIZE = 6.5
_LINE = 5.0
_CENT = Decimal("0.01")
_PLANNED = (0, 2)
"""Of the amounts, those of columns 5 and 7; the others are what was spent."""
_NUMBER = "Formulir E.81"
"""Of the regencies and cities; what number a province's form has is not known here."""
_HOW = (
    "K: kinerja; Rp: anggaran. Kolom 5, 6 dan 13 dijumlahkan untuk anggaran dan untuk indikator yang periodenya "
    "dijumlahkan; untuk indikator lain yang dipakai adalah nilai terakhir, juga pada kolom 12. Rata-rata pada kolom 8 "
    "sampai 12 adalah realisasi terhadap kolom 7, pada kolom 14 isi kolom itu; rata-rata anggaran adalah dari baris "
    "teratas. Predikat diberikan pada kolom 12 (terhadap target setahun) dan 14 (terhadap target Renstra)."
)
_DRIVING, _HOLDING = "Faktor pendorong keberhasilan kinerja:", "Faktor penghambat pencapaian kinerja:"
_NEXT = "Tindak lanjut yang diperlukan dalam triwulan berikutnya:"
_NEXT_PLAN = "Tindak lanjut yang diperlukan dalam Renja Perangkat Daerah berikutnya:"


def build(plan: Plan, dokumen: Dokumen, name: str) -> Form:
    """The lines of the document's year in their tree, beside the sasaran that they support."""
    reckoning, sampai = reckoned(plan, dokumen)
    found = _found(plan, dokumen, reckoning)
    notes = Notes()
    body = tuple(tuple(block) for block in _blocks(plan, dokumen, found, notes))
    title = (*_title(plan, dokumen, sampai), *note(unreported(sampai)), *_aims(plan, dokumen))
    means = _means(reckoning, found)
    legend = legend_words(reckoning.setelan.skala) if has_predicate(means) else ""
    last = (*means, *_below(plan, found, sampai), *notes.row(len(_WIDTHS), (_HOW, legend)))
    table = Table(_WIDTHS, _header(dokumen), body, last if body else (), title, size=_SIZE, padding=0.8)
    filled = sampai is not None and bool(body)
    return Form(name, "Evaluasi Renja (E.81)", (table, _signatures(plan, dokumen)), _PAGE, filled=filled)


def _title(plan: Plan, dokumen: Dokumen, sampai: Sampai | None) -> tuple[Text, ...]:
    opd = plan.get(Opd, dokumen.opd_id)
    around = f" LINGKUP {opd.pemda.upper()}" if opd.pemda else ""
    until = f" SAMPAI DENGAN {until_words(sampai).upper()}" if sampai else ""
    number = () if opd.jenis_pemda == "provinsi" else (Text(_NUMBER, 8, align="right"),)
    return (
        *number,
        Text(f"EVALUASI TERHADAP HASIL RENJA PERANGKAT DAERAH{around}", 10, bold=True, align="center"),
        Text(f"RENJA {agency_line(plan, dokumen)}", 10, bold=True, align="center"),
        Text(f"PERIODE PELAKSANAAN TAHUN {dokumen.tahun}{until}", 10, bold=True, align="center", after=2),
    )


def _aims(plan: Plan, dokumen: Dokumen) -> tuple[Text, ...]:
    """The line above the table: what the agency promised towards the sasaran of the RKPD; dots where nothing is."""
    said = []
    for indikator in (each for node in strategic(plan, dokumen) for each in node.indikator):
        target = target_of(plan, indikator, dokumen.tahun).text
        if not target:
            continue
        unit = f" {indikator.satuan}" if target[-1].isdigit() and indikator.satuan not in (None, "", "-") else ""
        said.append(f"{' '.join(indikator.uraian.split())} {target}{unit}")
    words = "Indikator dan target kinerja Perangkat Daerah yang mengacu pada sasaran RKPD"
    return (Text(f"{words}: {'; '.join(said) or DOTS * 3}.", 7, after=1.5),)


_Found = list[tuple[Anggaran, tuple[Results, ...], Amount]]


def _found(plan: Plan, dokumen: Dokumen, reckoning: Reckoning) -> _Found:
    evaluation, amounts = Evaluation(plan, reckoning), Amounts(plan, dokumen)
    lines = [line for line in in_tree_order(plan, dokumen) if amounts.is_of_year(line, str(dokumen.tahun))]
    return [
        (line, tuple(evaluation.results(each) for each in matrix_indicators(plan, line)), evaluation.amount(line))
        for line in lines
    ]


def _header(dokumen: Dokumen) -> tuple[Row, ...]:
    end, year = dokumen.akhir_renstra, dokumen.tahun
    last = f"pada Tahun {end} (Akhir Periode Renstra)" if end else "pada Akhir Periode Renstra"
    over = (
        f"Target Renstra Perangkat Daerah {last}",
        f"Realisasi Capaian Kinerja Renstra Perangkat Daerah s.d. Renja Tahun Lalu ({year - 1})",
        f"Target Kinerja dan Anggaran Renja Perangkat Daerah Tahun Berjalan ({year}) yang Dievaluasi",
    )
    after = (
        "Realisasi Capaian Kinerja dan Anggaran Renja Perangkat Daerah yang Dievaluasi",
        f"Realisasi Kinerja dan Anggaran Renstra Perangkat Daerah s.d. Tahun {year}",
        f"Tingkat Capaian Kinerja dan Realisasi Anggaran Renstra s.d. Tahun {year} (%)",
    )
    left = ("No", "Sasaran", "Program/Kegiatan", "Indikator Kinerja Program (outcome)/Kegiatan (output)")
    top = [header(col, text, rows=2) for col, text in enumerate(left)]
    top += [header(4 + 2 * at, text, cols=2, rows=2) for at, text in enumerate(over)]
    top.append(header(10, "Realisasi Kinerja pada Triwulan", cols=8))
    top += [header(18 + 2 * at, text, cols=2, rows=2) for at, text in enumerate(after)]
    top.append(header(24, "Unit Perangkat Daerah Penanggung Jawab", rows=2))
    second = tuple(header(10 + 2 * at, quarter, cols=2) for at, quarter in enumerate(("I", "II", "III", "IV")))
    said = {13: "13 = 6+12", 14: "14 = 13/5 x 100%"}
    labels = [header(col, str(col + 1), rows=2, size=5.5) for col in range(4)]
    labels += [header(4 + 2 * at, said.get(5 + at, str(5 + at)), cols=2, size=5.5) for at in range(10)]
    labels.append(header(24, "15", rows=2, size=5.5))
    kinds = tuple(header(col, "Rp" if col % 2 else "K") for col in range(4, 24))
    return Row(tuple(top), 14), Row(second, 4.4), Row(tuple(labels), 4.2), Row(kinds, 4.4)


def _blocks(plan: Plan, dokumen: Dokumen, found: _Found, notes: Notes) -> Iterator[list[Row]]:
    """A block for each line; the sasaran is merged over the lines that follow one another and support it."""
    groups = groupby(found, lambda each: supported(plan, each[0]))
    for number, (node, group) in enumerate(groups, 1):
        members = list(group)
        rows = sum(max(len(results), 1) for _, results, _ in members)
        left: tuple[Cell, ...] = (
            Cell(0, str(number) if node else "", rows=rows, align="center", repeat=True),
            Cell(
                1, (node.uraian or "") if node else "", rows=rows, repeat=True, key=key(node, "uraian") if node else ""
            ),
        )
        for line, results, amount in members:
            block = []
            for at, one in enumerate(results or (None,)):
                span = max(len(results), 1) if not at else 0
                cells = [*left, *_of_indicator(one, line), *(_of_line(plan, line, amount, span, notes) if span else ())]
                block.append(Row(tuple(sorted(cells, key=lambda cell: cell.col)), _LINE))
                left = ()
            yield block


def _of_indicator(one: Results | None, line: Anggaran) -> list[Cell]:
    """Column 4 and all K."""
    if one is None:
        return [Cell(3), *(Cell(col) for col in range(4, 24, 2))]
    indikator = one.indikator
    unit = f" ({indikator.satuan})" if indikator.satuan and indikator.satuan != "-" else ""
    texts = (one.akhir, one.lalu, one.target, *(text or "" for text in one.triwulan), one.realisasi, one.sampai)
    cells = [Cell(3, f"{indikator.uraian}{unit}", bold=is_bold(line))]
    cells += [target(4 + 2 * at, text, one.style, align="center") for at, text in enumerate(texts)]
    return [*cells, replace(percent(22, one.tingkat.persen), align="center")]


def _of_line(plan: Plan, line: Anggaran, amount: Amount, span: int, notes: Notes) -> list[Cell]:
    """Column 3, all Rp and column 15, merged over the indicators."""
    bold = is_bold(line)
    values = (amount.akhir, amount.lalu, amount.pagu, *amount.triwulan, amount.realisasi, amount.sampai)
    told = f"{line.kode} {line.nama}" if line.kode else line.nama
    return [
        Cell(2, told, rows=span, bold=bold, repeat=True),
        *(
            (rupiah if at in _PLANNED else spent_cell)(5 + 2 * at, value, rows=span, bold=bold)
            for at, value in enumerate(values)
        ),
        replace(percent(23, amount.tingkat, rows=span, bold=bold), align="center"),
        Cell(24, in_charge(plan, line.penanggung_jawab_id), rows=span, align="center"),
    ]


def _means(reckoning: Reckoning, found: _Found) -> tuple[Row, Row]:
    """The mean percentages of columns 8 to 12 and 14, of money over the topmost lines; the predicates of 12 and 14."""
    there = {line.id for line, _, _ in found}
    tops = [amount for line, _, amount in found if line.induk_id not in there]
    once: dict[str, Results] = {one.indikator.id: one for _, results, _ in found for one in results}
    by_column: dict[int, Decimal | None] = {
        18: _mean(one.capaian.persen for one in once.values()),
        19: _mean(amount.serapan for amount in tops),
        22: _mean(one.tingkat.persen for one in once.values()),
        23: _mean(amount.tingkat for amount in tops),
    }
    shown = dict(by_column)
    for at in range(4):
        shown[10 + 2 * at] = _mean(one.tercapai[at] for one in once.values())
        shown[11 + 2 * at] = _mean(amount.terserap[at] for amount in tops)
    means, grades = [_words("Rata-rata capaian kinerja (%)")], [_words("Predikat kinerja")]
    for col in range(10, 25):
        mean = percent(col, shown.get(col), bold=True)
        means.append(replace(mean, align="center", fill=BAND_FILL, middle=True))
        persen = by_column.get(col)
        step = grade_of(persen, reckoning.setelan.skala) if persen is not None else None
        grades.append(replace(grade(col, step), middle=True) if step else Cell(col, fill=BAND_FILL))
    return Row(tuple(means), 5.5), Row(tuple(grades), 6.5)


def _words(text: str) -> Cell:
    return Cell(0, text, 10, align="right", bold=True, fill=BAND_FILL, middle=True)


def _mean(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return (sum(known, Decimal()) / len(known)).quantize(_CENT, rounding=ROUND_HALF_UP) if known else None


def _below(plan: Plan, found: _Found, sampai: Sampai | None) -> Iterator[Row]:
    """What is reported of obstacles and follow-up; room to write where nothing is."""
    rows: list[Anggaran | Indikator] = []
    for line, results, _ in found:
        rows += (line, *(one.indikator for one in results))
    said = [said_of(plan, row, sampai) for row in rows]
    for title, texts in (
        (_DRIVING, ()),
        (_HOLDING, [kendala for kendala, _ in said]),
        (_NEXT, [follow for _, follow in said]),
        (_NEXT_PLAN, ()),
    ):
        yield Row((Cell(0, "\n".join((title, *_once(texts))), len(_WIDTHS), size=7),), 9)


def _once(texts: Sequence[str]) -> Iterator[str]:
    for text in dict.fromkeys(" ".join(text.split()) for text in texts):
        if text:
            yield f"- {text}"


def _signatures(plan: Plan, dokumen: Dokumen) -> Signatures:
    """Who made it, and room for the head of the planning agency, who evaluates it."""
    own = signed(plan, dokumen)
    pemda = plan.get(Opd, dokumen.opd_id).pemda or ""
    other = Signature(f"Dievaluasi, {DOTS}", (f"Kepala Bappeda {pemda}".strip(),), width=own.width)
    return Signatures((replace(own, tempat_tanggal=f"Disusun, {own.tempat_tanggal}"), other))
