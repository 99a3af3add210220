"""The Renstra: yearly targets and the matrix of funds, cell by cell beside the interchange files."""

import pypdfium2
import pytest
from plan_json import LAMPUNG, PLANS, assert_sound, at, body, dots, indicators, keys, name_of, opened, tables, texts

from models.plan import Plan
from models.rows import Anggaran, Dokumen, Indikator, Opd, TahunAnggaran, TahunIndikator
from services import edits
from services.export import make_form, write_form
from services.forms import build_form
from services.forms.parts import Break, Signature, Table
from services.samples import sample_plan
from services.terms import TINGKAT

FIVE = [str(year) for year in range(2015, 2020)]
SIX = [str(year) for year in range(2019, 2025)]


def labelled(node):
    number = (node.get("nomor") or "").rstrip(".") if node else ""
    return (f"{number}. " if number else "") + (node["uraian"] if node else "")


def yearly(data, indikator, years):
    """Indicator, unit, starting value, and the targets of the years."""
    if indikator is None:
        return [""] * (3 + len(years))
    stated = indikator.get("target_tahun") or {}
    now = {str(data["dokumen"]["tahun"]): indikator.get("target")}
    return [
        indikator["uraian"],
        indikator.get("satuan") or "",
        indikator.get("kondisi_awal") or "",
        *(stated.get(year) or now.get(year) or "" for year in years),
    ]


def goal_rows(data, years, goals):
    rows = []
    for goal in goals:
        below = [
            node
            for node in data["kinerja"]
            if node["tingkat"] == "sasaran_strategis" and node.get("induk") == (goal and goal["id"])
        ]
        groups = [(node, indicators(data, node, "program")) for node in below]
        own = (goal.get("indikator") or []) if goal else []
        if own or not groups:
            groups.insert(0, (None, own))
        first = labelled(goal)
        for node, shown in groups:
            second = labelled(node)
            for indikator in shown or [None]:
                rows.append([first, second, *yearly(data, indikator, years)])
                first = second = ""
    return rows


def parts_of(form):
    """(tables before the break, the break, the tables after it)"""
    at_break = next((i for i, part in enumerate(form.parts) if isinstance(part, Break)), len(form.parts))
    before, after = form.parts[:at_break], form.parts[at_break:]
    return [p for p in before if isinstance(p, Table)], [p for p in after if isinstance(p, Table)]


@pytest.mark.parametrize("path", PLANS, ids=name_of)
def test_every_target_of_every_year_stands_in_its_place(path):
    data, plan, dokumen_id = opened(path)
    form = build_form(plan, dokumen_id, "renstra")
    before, _ = parts_of(form)
    goals = [node for node in data["kinerja"] if node["tingkat"] == "tujuan"]
    if path in LAMPUNG:
        wanted = [(FIVE, goals[:2]), (SIX, goals[2:])]
    else:
        wanted = [([str(data["dokumen"]["tahun"])], goals or [None])]
    assert len(before) == len(wanted)
    for table, (years, shown) in zip(before, wanted, strict=True):
        columns = 5 + len(years)
        assert texts(body(table), columns) == goal_rows(data, years, shown)
        assert texts(table.header, columns)[1][5:] == years
        assert texts(table.header, columns)[2] == [str(n) for n in range(1, columns + 1)]
        assert sum(table.widths) == pytest.approx(310)
    assert_sound(form)


def line_indicators(data, line):
    """Those of the line itself, or of the sasaran that it supports."""
    own = line.get("indikator") or []
    if own:
        return own
    nodes = {node["id"]: node for node in data["kinerja"]}
    jenis = {each["id"]: each["jenis"] for each in data["anggaran"]}
    found = []
    for link in (link for link in data["dukungan"] if link["anggaran"] == line["id"]):
        there = nodes[link["kinerja"]].get("indikator") or []
        if link["indikator"]:
            found += [i for i in there if i["id"] == link["indikator"]]
            continue
        level = [
            each
            for each in data["dukungan"]
            if each["kinerja"] == link["kinerja"] and jenis[each["anggaran"]] == line["jenis"]
        ]
        if level[0] is link and not any(each["indikator"] for each in level):
            found += there
    return found


def below(data, line):
    yield line
    for child in data["anggaran"]:
        if child.get("induk") == line["id"]:
            yield from below(data, child)


def funds(data, line, year):
    own = (line.get("pagu_tahun") or {}).get(year)
    if own is None and year == str(data["dokumen"]["tahun"]):
        own = line.get("pagu")
    if own is not None:
        return own
    parts = [funds(data, child, year) for child in data["anggaran"] if child.get("induk") == line["id"]]
    stated = [part for part in parts if part is not None]
    return sum(stated) if stated else None


def supported(data, line):
    """The sasaran that the line supports, of the lowest level among them."""
    nodes = {node["id"]: node for node in data["kinerja"]}
    linked = [nodes[link["kinerja"]] for link in data["dukungan"] if link["anggaran"] == line["id"]]
    lowest = max((TINGKAT.index(node["tingkat"]) for node in linked), default=0)
    found = [node["uraian"] for node in linked if TINGKAT.index(node["tingkat"]) == lowest]
    return "\n".join(dict.fromkeys(found))


def matrix_rows(data, years):
    roots = [line for line in data["anggaran"] if not line.get("induk")]
    for line in (each for root in roots for each in below(data, root)):
        money = [dots(funds(data, line, year)) for year in years]
        for n, indikator in enumerate(line_indicators(data, line) or [None]):
            words = yearly(data, indikator, years)
            amounts = money if n == 0 else [""] * len(years)
            pairs = [cell for pair in zip(words[3:], amounts, strict=True) for cell in pair]
            first = [line.get("kode") or "", line["nama"], supported(data, line)] if n == 0 else ["", "", ""]
            yield [*first, *words[:3], *pairs]


@pytest.mark.parametrize("path", [path for path in PLANS if "bekasi" not in path.name], ids=name_of)
def test_the_matrix_has_every_line_with_its_targets_and_funds(path):
    data, plan, dokumen_id = opened(path)
    form = build_form(plan, dokumen_id, "renstra")
    _, (table,) = parts_of(form)
    years = SIX if path in LAMPUNG else [str(data["dokumen"]["tahun"])]
    columns = 6 + 2 * len(years)
    rows = texts(body(table), columns)
    assert rows == list(matrix_rows(data, years))
    assert len({(row[1]) for row in rows if row[1]}) > 10
    bold = {cell.text for row in body(table) for cell in row.cells if cell.col == 1 and cell.bold}
    assert bold == {line["nama"] for line in data["anggaran"] if line["jenis"] == "program"}
    programs = [line for line in data["anggaran"] if line["jenis"] == "program"]
    total = texts(table.total, columns)[0]
    for n, year in enumerate(years):
        known = [amount for line in programs if (amount := funds(data, line, year)) is not None]
        assert total[7 + 2 * n] == dots(sum(known))
    (page,) = [part.page for part in form.parts if isinstance(part, Break)]
    assert (page.paper.name, page.landscape, sum(table.widths)) == ("A3", True, pytest.approx(400))
    assert isinstance(form.parts[-1], Signature)


@pytest.mark.parametrize("path", LAMPUNG, ids=name_of)
def test_the_sums_of_the_years_are_those_that_lampung_printed(path):
    data, plan, dokumen_id = opened(path)
    printed = {
        entry["tempat"][-4:]: entry["nilai"] for entry in data["total_tercetak"] if "jumlah 20" in entry["tempat"]
    }
    _, (table,) = parts_of(build_form(plan, dokumen_id, "renstra"))
    cells = at(table.total)
    assert {year: cells[0, 7 + 2 * n].value for n, year in enumerate(SIX) if n} == printed
    assert len(printed) == 5


@pytest.mark.parametrize("path", PLANS, ids=name_of)
def test_a_plan_without_yearly_targets_says_so(path):
    data, plan, dokumen_id = opened(path)
    before, after = parts_of(build_form(plan, dokumen_id, "renstra"))
    year = f"tahun {data['dokumen']['tahun']}."
    for table in (before[0], *after):
        note = [line.plain for line in table.title if line.plain.startswith("Rencana ini tidak memuat")]
        assert len(note) == (0 if path in LAMPUNG else 1)
        assert all(text.endswith(year) for text in note)


def test_a_plan_without_budget_lines_has_no_matrix():
    plan, dokumen_id = sample_plan("bekasi-2024")
    form = build_form(plan, dokumen_id, "renstra")
    assert parts_of(form)[1] == []
    assert isinstance(form.parts[-1], Signature)


def with_years(first, last, *years):
    """The Buleleng plan with a Renstra, and targets of some years of its first indicator."""
    plan, dokumen_id = sample_plan()
    indikator = plan.all(Indikator)[0]
    line = next(line for line in plan.all(Anggaran) if line.jenis == "program")
    more = [
        TahunIndikator(
            id=f"i{y}",
            dokumen_id=dokumen_id,
            indikator_id=indikator.id,
            urutan=y,
            jenis="target",
            tahun=str(y),
            nilai="9",
        )
        for y in years
    ]
    money = [
        TahunAnggaran(
            id=f"a{y}", dokumen_id=dokumen_id, anggaran_id=line.id, urutan=y, jenis="pagu", tahun=str(y), nilai=y
        )
        for y in years
    ]
    plan = Plan([*plan.rows(), *more, *money])
    for field, value in (("awal_renstra", first), ("akhir_renstra", last)):
        plan.apply(edits.set_field(plan.get(Dokumen, dokumen_id), field, value))
    return build_form(plan, dokumen_id, "renstra")


@pytest.mark.parametrize(
    ("first", "last", "years", "shown"),
    [
        (2021, 2026, (2021, 2023), range(2021, 2027)),
        (None, None, (2021, 2023), (2021, 2023)),
        (2026, 2021, (2021, 2023), (2021, 2023)),
        (1900, 2100, (2021, 2023), (2021, 2023)),
        (None, None, (2022,), (2022,)),
    ],
)
def test_the_years_are_those_of_the_renstra_or_else_those_that_are_stated(first, last, years, shown):
    before, (matrix,) = parts_of(with_years(first, last, *years))
    wanted = [str(year) for year in shown]
    assert texts(before[0].header, 5 + len(wanted))[1][5:] == wanted
    assert [cell.text for cell in matrix.header[1].cells] == wanted


def test_the_target_of_the_renstra_stands_before_that_of_the_document():
    before, (matrix,) = parts_of(with_years(2021, 2026, 2022))
    assert texts(body(before[0]), 11)[0][6] == "9"
    assert texts(body(matrix), 18)[0][9] == "2.022"
    assert texts(body(before[0]), 11)[1][6] == "27,00"


def test_more_than_six_years_take_a_larger_sheet():
    form = with_years(2021, 2027, 2021)
    (page,) = [part.page for part in form.parts if isinstance(part, Break)]
    _, (matrix,) = parts_of(form)
    assert page.paper.name == "A2"
    assert sum(matrix.widths) == pytest.approx(574)


def test_the_cells_name_their_places():
    plan, dokumen_id = sample_plan("lampung-2019")
    found = dict(keys(build_form(plan, dokumen_id, "renstra")))
    for row in plan.all(TahunIndikator):
        if row.jenis == "target":
            assert found[f"tahun_indikator/{row.indikator_id}/target.{row.tahun}"].text == row.nilai
    for row in plan.all(TahunAnggaran):
        if row.jenis == "pagu":
            assert found[f"tahun_anggaran/{row.anggaran_id}/pagu.{row.tahun}"].value == row.nilai


def test_an_empty_plan_gives_an_empty_form():
    plan = Plan([Opd(id="o", urutan=1, nama="Dinas"), Dokumen(id="d", opd_id="o", urutan=1, judul="x", tahun=2025)])
    form = build_form(plan, "d", "renstra")
    assert form.empty
    assert len(tables(form)) == 1


@pytest.mark.parametrize("name", ["renstra", "iku", "pengukuran"])
def test_the_pdf_holds_every_word_of_the_form(tmp_path, name):
    plan, dokumen_id = sample_plan("lampung-2019")
    form = make_form(plan, dokumen_id, name)
    write_form(form, "pdf", tmp_path / "formulir.pdf")
    with pypdfium2.PdfDocument(tmp_path / "formulir.pdf") as pdf:
        printed = " ".join(pdf[n].get_textpage().get_text_range() for n in range(len(pdf)))
    there = set(printed.split())
    words = {word for table in tables(form) for row in body(table) for cell in row.cells for word in cell.text.split()}
    assert {word for word in words if "/" not in word} <= there
    assert "(lanjutan)" not in words
