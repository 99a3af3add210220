"""Each cell of a printed form is found at its place, and leads back to what it shows."""

import pytest

from models.rows import Anggaran, Indikator, Kinerja
from services.cell_places import cell_places, spot_of
from services.export import make_form
from services.forms import FORMS
from services.forms.parts import Figure, Table
from services.render.layout import lay_out
from services.samples import sample_plan


@pytest.mark.parametrize("name", FORMS)
def test_every_key_of_a_form_lies_on_its_pages_and_names_a_row_of_the_plan(name):
    plan, dokumen_id = sample_plan()
    form = make_form(plan, dokumen_id, name)
    tables = [part for part in form.parts if isinstance(part, Table)]
    rows = [row for table in tables for block in (*table.body, table.total) for row in block]
    wanted = {cell.key for row in rows for cell in row.cells if cell.key}
    wanted |= {label.key for part in form.parts if isinstance(part, Figure) for label in part.labels if label.key}
    pages = cell_places(form)
    assert len(pages) == len(lay_out(form))
    assert {cell.key for page in pages for cell in page.cells if cell.key} == wanted
    assert all(spot_of(plan, key) is not None for key in wanted)


def test_a_point_on_an_amount_leads_to_the_month_of_its_line():
    plan, dokumen_id = sample_plan()
    form = make_form(plan, dokumen_id, "bulanan-eselon-ii")
    pages = cell_places(form)
    page, cell = next((p, c) for p in pages for c in p.cells if c.key.startswith("deret_anggaran/") and ".b04" in c.key)
    key = page.key_at((cell.x + cell.width / 2) / page.width, (cell.y + cell.height / 2) / page.height)
    assert key == cell.key
    spot = spot_of(plan, key)
    assert spot is not None
    assert isinstance(spot.row, Anggaran)
    assert (spot.column, spot.month) == ("kas", 3)
    # The text of that very cell stands there.
    sheet = lay_out(form)[pages.index(page)]
    inside = [
        t.text for t in sheet.texts if cell.x <= t.x < cell.x + cell.width and cell.y < t.y < cell.y + cell.height
    ]
    assert len(inside) == 1


def test_a_cell_without_a_key_leads_to_its_neighbour_and_the_margin_nowhere():
    plan, dokumen_id = sample_plan()
    page = cell_places(make_form(plan, dokumen_id, "bulanan-eselon-ii"))[0]
    amount = next(c for c in page.cells if c.key.startswith("deret_anggaran/"))
    month = next(c for c in page.cells if not c.key and c.y == amount.y and c.x + c.width == pytest.approx(amount.x))
    across, down = (month.x + 1) / page.width, (month.y + 1) / page.height
    assert page.key_at(across, down) == amount.key
    assert page.key_at(0.001, 0.001) == ""


@pytest.mark.parametrize(
    "key", ["", "x", "anggaran/gone/pagu", "deret_anggaran/gone/kas.b01", "nothing/1/x", "renstra//"]
)
def test_a_key_of_a_row_that_is_gone_leads_nowhere(key):
    assert spot_of(sample_plan()[0], key) is None


def test_a_yearly_value_and_a_result_lead_to_their_row():
    plan, _ = sample_plan()
    indikator = plan.all(Indikator)[0]
    for key in (f"tahun_indikator/{indikator.id}/target.2023", f"deret_indikator/{indikator.id}/realisasi.b02"):
        spot = spot_of(plan, key)
        assert spot is not None
        assert (spot.row, spot.column, spot.month) == (indikator, "", None)


def test_a_point_on_a_box_of_the_chart_leads_to_its_row():
    plan, dokumen_id = sample_plan("bekasi-2024")
    form = make_form(plan, dokumen_id, "pohon-kinerja")
    (page,) = cell_places(form)
    (sheet,) = lay_out(form)
    found = set()
    for text in sheet.texts:
        key = page.key_at((text.x + 1) / page.width, (text.y - 1) / page.height)
        spot = spot_of(plan, key) if key else None
        if spot is not None:
            found.add(spot.row.id)
            assert spot.column == ("uraian" if isinstance(spot.row, Kinerja) else "nama")
    assert found == {row.id for row in plan.where(Kinerja, "dokumen_id", dokumen_id)}
