"""How a form is printed: remembered in the plan, form by form, and undone like any edit."""

import base64
import dataclasses

import pytest

from models.changes import Change
from models.plan import Plan
from models.rows import Dokumen, Formulir, Kop, Opd
from services.export import make_form
from services.forms import FORMS, build_form
from services.forms.parts import PAPERS, Letterhead, Page
from services.forms.settings import (
    DRAF,
    Setup,
    default_lines,
    letterhead,
    set_letterhead,
    set_setup,
    setup_of,
)

NAME = "bulanan-eselon-iii"
OWN = Page()
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def dokumen(buleleng):
    return buleleng.plan.all(Dokumen)[0]


def test_without_a_word_a_form_is_printed_on_its_own_page(buleleng, dokumen):
    for name in FORMS:
        form = build_form(buleleng.plan, dokumen.id, name)
        made = make_form(buleleng.plan, dokumen.id, name)
        assert made.page == form.page
        assert made.parts == form.parts
        assert not made.draft


SETUPS = {
    "paper": Setup(dataclasses.replace(OWN, paper=PAPERS["A3"])),
    "upright": Setup(dataclasses.replace(OWN, landscape=False)),
    "margins": Setup(dataclasses.replace(OWN, top=20, right=21, bottom=22, left=23)),
    "size": Setup(dataclasses.replace(OWN, size=8.5)),
    "not stretched": Setup(dataclasses.replace(OWN, fit_width=False)),
    "header once": Setup(dataclasses.replace(OWN, repeat_header=False)),
    "kop": Setup(OWN, kop=True),
    "stamp": Setup(OWN, draf="selalu"),
    "no code": Setup(OWN, kode=False),
}


@pytest.mark.parametrize("setup", SETUPS.values(), ids=SETUPS)
def test_what_is_set_for_a_form_is_remembered_for_it_alone_and_after_opening_again(buleleng, dokumen, setup):
    changes = set_setup(buleleng.plan, dokumen.id, NAME, OWN, setup)
    buleleng.edit("Ubah halaman", changes)
    assert setup_of(buleleng.plan, dokumen.id, NAME, OWN) == setup
    assert setup_of(buleleng.plan, dokumen.id, "bulanan-eselon-ii", OWN) == Setup(OWN)
    again = Plan(buleleng.file.rows())
    assert setup_of(again, dokumen.id, NAME, OWN) == setup
    assert set_setup(again, dokumen.id, NAME, OWN, setup) == []
    buleleng.undo()
    assert setup_of(buleleng.plan, dokumen.id, NAME, OWN) == Setup(OWN)


def test_setting_a_form_back_writes_nothing_of_its_own_down(buleleng, dokumen):
    buleleng.edit("Ubah halaman", set_setup(buleleng.plan, dokumen.id, NAME, OWN, SETUPS["margins"]))
    buleleng.edit("Ubah halaman", set_setup(buleleng.plan, dokumen.id, NAME, OWN, Setup(OWN)))
    (row,) = buleleng.plan.all(Formulir)
    kept = {"id", "dokumen_id", "nama"}
    assert {f.name for f in dataclasses.fields(row) if getattr(row, f.name) is not None} == kept


def test_the_stamp_stands_as_long_as_the_form_prints_a_galat(buleleng, dokumen):
    for name in ("bulanan-eselon-ii", "bulanan-eselon-iii"):
        buleleng.edit("Ubah", set_setup(buleleng.plan, dokumen.id, name, OWN, Setup(OWN, draf="galat")))
    drafts = {name: make_form(buleleng.plan, dokumen.id, name).draft for name in FORMS}
    assert drafts["bulanan-eselon-iii"], "its cash falls and passes the pagu"
    assert not drafts["bulanan-eselon-ii"], "it prints warnings only"
    assert not drafts["bulanan-staf"], "nothing was asked of it"
    assert set(DRAF) == {"tidak", "galat", "selalu"}


def test_the_code_of_the_revision_goes_on_the_paper_unless_it_is_switched_off(buleleng, dokumen):
    code = buleleng.file.revision
    assert len(code) == 10
    assert make_form(buleleng.plan, dokumen.id, NAME, code=code).code == code
    buleleng.edit("Ubah", set_setup(buleleng.plan, dokumen.id, NAME, OWN, SETUPS["no code"]))
    assert make_form(buleleng.plan, dokumen.id, NAME, code=code).code == ""
    assert buleleng.file.revision != code, "every edit is another revision"


def test_the_letterhead_begins_with_the_names_that_the_plan_knows(buleleng, dokumen):
    opd = buleleng.plan.get(Opd, dokumen.opd_id)
    assert default_lines(opd) == ["PEMERINTAH KABUPATEN BULELENG", opd.nama.upper()]
    assert [line.plain for line in letterhead(buleleng.plan, dokumen.id).lines] == default_lines(opd)


def test_a_letterhead_with_its_logo_is_stored_and_printed_first(buleleng, dokumen):
    lines = "PEMERINTAH KABUPATEN BULELENG\nDINAS\nJalan Udayana 15 Singaraja"
    buleleng.edit("Kop", set_letterhead(buleleng.plan, dokumen.opd_id, lines, DOT))
    buleleng.edit("Ubah", set_setup(buleleng.plan, dokumen.id, NAME, OWN, SETUPS["kop"]))
    first = make_form(buleleng.plan, dokumen.id, NAME).parts[0]
    assert isinstance(first, Letterhead)
    assert [line.plain for line in first.lines] == lines.split("\n")
    assert first.logo == DOT
    assert not any(isinstance(p, Letterhead) for p in make_form(buleleng.plan, dokumen.id, "bulanan-staf").parts)
    assert set_letterhead(buleleng.plan, dokumen.opd_id, lines, DOT) == []


def test_a_damaged_logo_is_left_out(buleleng, dokumen):
    (change,) = set_letterhead(buleleng.plan, dokumen.opd_id, "DINAS", DOT)
    assert isinstance(change.after, Kop)
    buleleng.edit("Kop", [dataclasses.replace(change, after=dataclasses.replace(change.after, logo="***"))])
    assert letterhead(buleleng.plan, dokumen.id).logo is None


def test_a_setting_out_of_bounds_in_a_file_is_brought_within_them(buleleng, dokumen):
    wild = Formulir(id="f", dokumen_id=dokumen.id, nama=NAME, kertas="B7", tepi_atas=-5, tepi_kiri=9000, huruf=1)
    buleleng.edit("Ubah", [Change(None, wild)])
    page = setup_of(buleleng.plan, dokumen.id, NAME, OWN).page
    assert (page.paper, page.top, page.left, page.size) == (OWN.paper, 0, 60, 4)
