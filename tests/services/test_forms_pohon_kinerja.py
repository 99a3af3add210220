"""The chart of the cascade on paper: readable, whole, nothing over anything else; cut into sheets; as a picture."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pypdfium2
import pytest
from openpyxl import load_workbook
from PIL import Image

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import Anggaran, Dokumen, Dukungan, Indikator, Jabatan, Kinerja, new_id
from services.export import make_form, render
from services.forms import FORMS, build_form
from services.forms.parts import PAPERS, Break, Figure, Form, Label, Shape, Signature, Table, Text
from services.forms.pohon_kinerja import LEAST, PAGE
from services.forms.settings import Setup, set_setup
from services.pohon.nodes import cascade
from services.pohon.tiles import OVERLAP, tiles
from services.pohon.units import branches, units
from services.render.fonts import Font, face
from services.render.sheets import MM, SHARE
from services.samples import sample_path, sample_plan

WHOLE, DIVIDED = "pohon-kinerja", "pohon-kinerja-bidang"
SAMPLES = sorted(path.name.removesuffix(".renaksi.json") for path in sample_path().parent.glob("*.renaksi.json"))
BEKASI = "bekasi-2024"


def printed(plan: Plan, dokumen_id: str, name: str, **page: object) -> Form:
    """The form where the plan says that it is printed so."""
    changes = set_setup(plan, dokumen_id, name, PAGE, Setup(replace(PAGE, **page)))  # type: ignore[arg-type]
    plan.apply(changes)
    return make_form(plan, dokumen_id, name)


def figures(form: Form) -> list[Figure]:
    return [part for part in form.parts if isinstance(part, Figure)]


def boxes(figure: Figure) -> list[tuple[float, float, float, float]]:
    """(left, top, right, bottom) of the boxes."""
    return [(*s.points[0], *s.points[2]) for s in figure.shapes if s.fill == "#FFFFFF"]


def lines(figure: Figure) -> list[Shape]:
    return [shape for shape in figure.shapes if shape.fill is None]


def squeezed(text: str) -> str:
    return re.sub(r"[\s\ufffe-]", "", text)


def pdf_of(form: Form) -> pypdfium2.PdfDocument:
    out = BytesIO()
    render(form, "pdf", out)
    return pypdfium2.PdfDocument(out.getvalue())


def text_of(document: pypdfium2.PdfDocument) -> str:
    return squeezed("".join(page.get_textpage().get_text_bounded() for page in document))


def extent(label: Label) -> tuple[float, float, float, float]:
    width = Font(face(label.bold, label.italic), label.size).width(label.text) / MM
    left = label.x - SHARE[label.align] * width
    return left, label.y - 0.75 * label.size / MM, left + width, label.y + 0.2 * label.size / MM


def overlap(one: tuple[float, ...], other: tuple[float, ...], near: float = 1e-6) -> bool:
    return (
        one[0] < other[2] - near and one[2] > other[0] + near and one[1] < other[3] - near and one[3] > other[1] + near
    )


@pytest.fixture(
    params=[(sample, name) for sample in SAMPLES for name in (WHOLE, DIVIDED)], ids="-".join, scope="module"
)
def form(request: pytest.FixtureRequest) -> Form:
    sample, name = request.param
    return make_form(*sample_plan(sample), name)


def test_no_box_is_over_another_and_no_line_crosses_one(form: Form) -> None:
    for figure in figures(form):
        found = boxes(figure)
        assert found
        for number, one in enumerate(found):
            assert not any(overlap(one, other) for other in found[number + 1 :])
        for line in lines(figure):
            for (x0, y0), (x1, y1) in pairwise(line.points):
                stretch = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
                assert not any(overlap(stretch, box) for box in found)


def test_every_text_is_in_its_box_or_clear_of_all(form: Form) -> None:
    for figure in figures(form):
        found = boxes(figure)
        for label in figure.labels:
            text = extent(label)
            touched = [box for box in found if overlap(text, box)]
            assert len(touched) <= 1, label.text
            for box in touched:
                assert box[0] <= text[0] <= text[2] <= box[2] + 0.05, label.text
                assert text[3] <= box[3] + 0.05, label.text


def test_the_chart_is_within_the_page_and_none_of_it_on_a_page_more(form: Form) -> None:
    for figure in figures(form):
        assert figure.width <= PAGE.width - PAGE.left - PAGE.right + 1e-6
        assert figure.height <= PAGE.height - PAGE.top - PAGE.bottom + 1e-6
    with pdf_of(form) as document:
        assert len(document) == len(figures(form))


def test_small_text_is_told_with_a_paper_that_would_do(form: Form) -> None:
    smallest = min(label.size for figure in figures(form) for label in figure.labels)
    assert bool(form.remark) == (smallest < LEAST - 0.05)
    if form.remark:
        assert "tanpa Muat lebar halaman" in form.remark
    if "pakai" in form.remark:
        wanted = re.search(r"pakai (A\d) mendatar", form.remark)
        assert wanted is not None
        sample = next(s for s in SAMPLES if build_form(*sample_plan(s), form.name).remark == form.remark)
        better = make_form(*sample_plan(sample), form.name, wanted[1])
        assert not better.remark
        assert better.page.paper == PAPERS[wanted[1]]


def test_bekasi_is_readable_on_a3_for_each_page_of_the_original_and_on_one_a2() -> None:
    plan, dokumen_id = sample_plan(BEKASI)
    pages = make_form(plan, dokumen_id, DIVIDED)
    assert titles_of(pages) == [
        "SEKRETARIAT TAHUN 2024",
        "BIDANG KOPERASI, BIDANG USAHA INFORMAL DAN BIDANG USAHA MIKRO DAN FASILITASI UKM TAHUN 2024",
    ]
    whole = make_form(plan, dokumen_id, WHOLE, "A2")
    for made, count in ((pages, 2), (whole, 1)):
        assert not made.remark
        with pdf_of(made) as document:
            assert len(document) == count
            there = text_of(document)
        for row in (*plan.all(Kinerja), *plan.all(Indikator)):
            assert squeezed(row.uraian or "") in there
        for position in plan.all(Jabatan):
            assert squeezed(position.nama) in there


def titles_of(form: Form) -> list[str]:
    """The second line above each chart."""
    return [figure.labels[1].text for figure in figures(form)]


def test_units_are_divided_alike_on_all_paper_and_in_a_workbook() -> None:
    plan, dokumen_id = sample_plan(BEKASI)
    there = titles_of(make_form(plan, dokumen_id, DIVIDED))
    assert titles_of(make_form(plan, dokumen_id, DIVIDED, "F4")) == there
    listed = make_form(plan, dokumen_id, DIVIDED, kind="xlsx")
    texts = [part.plain for part in listed.parts if isinstance(part, Text)]
    assert texts[1::2] == there


def test_each_group_of_units_is_a_sheet_of_the_workbook_below_its_own_title() -> None:
    out = BytesIO()
    render(make_form(*sample_plan(BEKASI), DIVIDED, kind="xlsx"), "xlsx", out)
    book = load_workbook(out)
    shown = [sheet for sheet in book if sheet.sheet_state == "visible"]
    assert [sheet.title for sheet in shown] == ["SEKRETARIAT", "BIDANG (3 unit)"]
    for sheet in shown:
        columns = [cell.value for row in sheet.iter_rows() for cell in row if cell.value == "Uraian"]
        assert len(columns) == 1
        assert "POHON KINERJA" in str(sheet.cell(1, 1).value)


def test_every_box_is_on_the_sheets_of_the_units_and_hangs_where_it_hangs_in_the_whole() -> None:
    for sample in SAMPLES:
        plan, dokumen_id = sample_plan(sample)
        tree = cascade(plan, dokumen_id)
        tops = [top for unit in units(plan, tree) for top in unit.tops]
        waiting, seen = list(tops), []
        while waiting:
            node = waiting.pop()
            seen.append(node.row_id)
            waiting += node.children
        assert len(seen) == len(set(seen)), "no branch is on two sheets"
        shown = set()
        waiting = [root for unit in units(plan, tree) for root in branches(tree, unit.tops).roots]
        while waiting:
            node = waiting.pop()
            shown.add(node.row_id)
            waiting += node.children
        everything = set()
        waiting = list(tree.roots)
        while waiting:
            node = waiting.pop()
            everything.add(node.row_id)
            waiting += node.children
        assert shown == everything


def test_orphans_stand_in_columns() -> None:
    (figure,) = figures(make_form(*sample_plan("buleleng-2022"), WHOLE))
    assert figure.width / figure.height < 1.6
    assert len({round(box[0]) for box in boxes(figure)}) < 40


def test_the_signature_is_on_every_sheet_and_the_size_that_is_set_is_kept() -> None:
    plan, dokumen_id = sample_plan(BEKASI)
    made = printed(plan, dokumen_id, DIVIDED, paper=PAPERS["A1"], size=8.0)
    for figure in figures(made):
        assert any(label.text.startswith("NIP.") for label in figure.labels)
        inside = {round(t.size, 2) for t in figure.labels if not (t.bold or t.italic) and t.size < 8.2}
        assert inside == {8.0}


def test_a_letterhead_leaves_room_for_the_chart() -> None:
    plan, dokumen_id = sample_plan(BEKASI)
    plan.apply(set_setup(plan, dokumen_id, WHOLE, PAGE, Setup(PAGE, kop=True)))
    with pdf_of(make_form(plan, dokumen_id, WHOLE)) as document:
        assert len(document) == 1
        assert "PEMERINTAHKOTABEKASI" in text_of(document)


def test_without_fitting_it_is_cut_into_sheets_that_say_where_they_belong() -> None:
    plan, dokumen_id = sample_plan(BEKASI)
    made = printed(plan, dokumen_id, WHOLE, paper=PAPERS["F4"], fit_width=False)
    told = [part.plain for part in made.parts if isinstance(part, Text)]
    sheets = figures(made)
    assert len(sheets) == len(told) > 2
    for number, text in enumerate(told, 1):
        assert re.match(rf"Lembar {number} dari {len(told)} \(baris \d, kolom \d\)", text)
    assert sum(isinstance(part, Break) for part in made.parts) == len(told) - 1
    plain = {round(label.size, 3) for figure in sheets for label in figure.labels if not (label.bold or label.italic)}
    assert 7.0 in plain
    with pdf_of(made) as document:
        assert len(document) == len(told)
    labels = {(label.x, label.y, label.text) for figure in sheets for label in figure.labels}
    for row in plan.all(Kinerja):
        assert squeezed(row.uraian or "")[:12] in squeezed("".join(text for *_, text in labels))


@pytest.mark.parametrize("room", [(100.0, 80.0), (300.0, 200.0)])
def test_sheets_overlap_and_together_show_all_of_a_figure(room: tuple[float, float]) -> None:
    figure = Figure(250, 170, (Shape(((0, 0), (250, 170))),), (Label(240, 160, "ujung", 8),))
    made = list(tiles(figure, room))
    assert [tile.number for tile in made] == list(range(1, len(made) + 1))
    for one, other in pairwise(made):
        if one.row == other.row:
            assert other.figure.origin[0] == pytest.approx(one.figure.origin[0] + room[0] - OVERLAP)
    last = made[-1].figure
    assert last.origin[0] + room[0] >= figure.width
    assert last.origin[1] + room[1] >= figure.height
    if len(made) > 1:
        assert last.origin[0] < figure.width - OVERLAP
    marks = [shape for tile in made for shape in tile.figure.shapes if shape.dashed]
    assert bool(marks) == (len(made) > 1)
    assert sum(any(label.text == "ujung" for label in tile.figure.labels) for tile in made) == 1


def test_cuts_of_neighbours_are_at_the_same_place_of_the_drawing() -> None:
    figure = Figure(250, 70, (), ())
    one, other = list(tiles(figure, (150.0, 80.0)))
    cuts = [{shape.points[0][0] for shape in tile.figure.shapes if shape.dashed} for tile in (one, other)]
    assert cuts[0] == cuts[1] == {145.0}


def test_it_is_one_picture_as_svg_and_png() -> None:
    plan, dokumen_id = sample_plan(BEKASI)
    printed(plan, dokumen_id, WHOLE, fit_width=False)
    svg, png = BytesIO(), BytesIO()
    made = make_form(plan, dokumen_id, WHOLE, kind="svg")
    render(made, "svg", svg)
    texts = "".join(ET.fromstring(svg.getvalue()).itertext())
    for row in plan.all(Kinerja):
        assert squeezed(row.uraian or "") in squeezed(texts)
    render(make_form(plan, dokumen_id, WHOLE, kind="png"), "png", png)
    (figure,) = figures(made)
    with Image.open(png) as image:
        assert image.width / image.height == pytest.approx(figure.width / figure.height, rel=0.01)
        assert image.width > 2_500
        assert image.getpixel((2, 2)) == (255, 255, 255)


def test_a_form_of_several_drawings_is_no_picture() -> None:
    made = make_form(*sample_plan(BEKASI), DIVIDED)
    with pytest.raises(PlanError, match="svg"):
        render(made, "svg", BytesIO())
    assert [name for name, entry in FORMS.items() if "svg" in entry.kinds] == [WHOLE]


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_outline_holds_every_box_one_step_further_in_than_the_one_above(sample: str) -> None:
    plan, dokumen_id = sample_plan(sample)
    made = make_form(plan, dokumen_id, WHOLE, kind="xlsx")
    (table,) = (part for part in made.parts if isinstance(part, Table))
    assert isinstance(made.parts[-1], Signature)
    steps = len(table.widths) - 5
    depths: list[int] = []
    for block in table.body:
        first = next(cell for cell in block[0].cells if cell.text)
        assert first.cols == steps - first.col + 1
        depths.append(first.col)
    wanted: list[int] = []

    def walk(node, depth: int) -> None:  # type: ignore[no-untyped-def]
        wanted.append(depth)
        for child in node.children:
            walk(child, depth + 1)

    for root in cascade(plan, dokumen_id).roots:
        walk(root, 0)
    assert depths == wanted


def test_a_line_that_serves_two_is_told_in_both_boxes() -> None:
    plan, dokumen_id = sample_plan("lombok-tengah-2022")
    line = next(each for each in plan.where(Anggaran, "dokumen_id", dokumen_id) if each.jenis == "program")
    other = [node for node in plan.where(Kinerja, "dokumen_id", dokumen_id) if node.tingkat == "sasaran_strategis"][-1]
    plan.apply(
        [
            Change(
                None,
                Dukungan(id=new_id(), dokumen_id=dokumen_id, urutan=1 << 40, anggaran_id=line.id, kinerja_id=other.id),
            )
        ]
    )
    tree = cascade(plan, dokumen_id)
    assert tree.side == ((other.id, line.id),)
    (figure,) = figures(make_form(plan, dokumen_id, WHOLE))
    told = "".join(label.text for label in figure.labels)
    assert "(1) didukung pula oleh" in told
    assert "(1) mendukung pula" in told


def test_a_document_without_a_cascade_has_nothing_to_print() -> None:
    plan, dokumen_id = sample_plan(BEKASI)
    dokumen = plan.get(Dokumen, dokumen_id)
    bare = Plan([row for row in plan.rows() if not isinstance(row, Kinerja | Indikator | Anggaran)])
    assert all(build_form(bare, dokumen.id, name).empty for name in (WHOLE, DIVIDED))
