"""File names that every system takes, and a plan document written as interchange."""

import json
import string
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import PlanError
from models.plan import Plan
from models.rows import Dokumen, Opd
from services.export import FORMATS, file_name, make_form, write_form, write_interchange
from services.forms import FORMS
from services.forms.parts import PAPERS
from services.safe_names import safe_name
from services.samples import sample_path, sample_plan

ROOT = Path(__file__).resolve().parents[2]
RESERVED = ["CON", "PRN", "AUX", "NUL", "COM1", "COM9", "LPT1", "LPT9"]


@given(st.text(max_size=120))
def test_a_safe_name_is_letters_digits_and_hyphens(text):
    name = safe_name(text)
    assert 1 <= len(name) <= 60
    assert all(c.isalnum() or c in "-_" for c in name)
    assert not name.startswith("-")
    assert name.upper() not in RESERVED


@given(st.text(max_size=120))
def test_a_safe_name_stays_as_it_is(text):
    assert safe_name(safe_name(text)) == safe_name(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Dinas Koperasi", "Dinas-Koperasi"),
        ("  Dinas  ", "Dinas"),
        ("../../etc/passwd", "etc-passwd"),
        ('a\\b:c*d?e"f<g>h|i', "a-b-c-d-e-f-g-h-i"),
        ("Diskop\u202egnp.exe", "Diskop-gnp-exe"),
        ("a\0b\nc", "a-b-c"),
        ("", "tanpa-nama"),
        ("...", "tanpa-nama"),
        ("Dinas Kebudayaan Élan", "Dinas-Kebudayaan-Élan"),
    ],
)
def test_what_a_name_must_not_hold_becomes_a_hyphen(text, name):
    assert safe_name(text) == name


def test_the_name_of_a_copy_is_proposed_without_the_forms():
    code = "import sys; import services.copies, services.new_plan; print('services.export' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("text", [*RESERVED, "con", "Nul", " aux "])
def test_a_name_that_windows_keeps_for_itself_is_altered(text):
    assert safe_name(text).upper() not in RESERVED


@pytest.mark.parametrize(
    ("form", "part"),
    [
        ("bulanan-eselon-ii", "Bulanan-Eselon-II"),
        ("triwulan-aksi", "Triwulan-Aksi-dan-jadwal"),
        ("perjanjian-kinerja", "Perjanjian-kinerja-Eselon-II"),
        ("dokumen-lengkap", "Dokumen-Naskah-lengkap"),
    ],
)
def test_the_file_says_year_form_and_agency(form, part):
    plan, dokumen_id = sample_plan()
    name = file_name(plan, dokumen_id, form, "pdf")
    assert name == f"RENAKSI_2022_{part}_Dinas-Perdagangan.pdf"


@pytest.mark.parametrize("form", FORMS)
def test_the_name_of_the_file_needs_no_special_characters(form):
    plan, dokumen_id = sample_plan()
    name = file_name(plan, dokumen_id, form, "pdf")
    assert name.startswith("RENAKSI_2022_")
    assert set(name) <= {*string.ascii_letters, *string.digits, *"-_."}


def test_the_file_is_named_by_the_short_name_of_the_agency_where_there_is_one():
    opd = Opd(id="o", urutan=1, nama="Dinas Koperasi", singkatan="DISKOP/UKM")
    plan = Plan([opd, Dokumen(id="d", opd_id="o", urutan=1, judul="Rencana", tahun=2023)])
    assert file_name(plan, "d", "bulanan-staf", "xlsx") == "RENAKSI_2023_Bulanan-Staf_DISKOP-UKM.xlsx"


def test_each_form_and_format_has_a_file_of_its_own():
    plan, dokumen_id = sample_plan()
    names = {file_name(plan, dokumen_id, form, kind) for form in FORMS for kind in FORMATS}
    assert len(names) == len(FORMS) * len(FORMATS)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_form_goes_on_any_paper_we_know(paper):
    plan, dokumen_id = sample_plan()
    form = make_form(plan, dokumen_id, "bulanan-staf", paper)
    assert form.page.paper is PAPERS[paper]
    assert form.page.landscape
    assert form.parts == make_form(plan, dokumen_id, "bulanan-staf").parts


@pytest.mark.parametrize("paper", ["A5", "F5", ""])
def test_a_paper_we_do_not_know_is_refused_with_those_we_do(paper):
    plan, dokumen_id = sample_plan()
    with pytest.raises(PlanError, match=r"tidak dikenal.*F4.*A4"):
        make_form(plan, dokumen_id, "bulanan-staf", paper)


def test_a_format_we_do_not_know_is_refused_and_leaves_no_file(tmp_path):
    plan, dokumen_id = sample_plan()
    with pytest.raises(PlanError, match=r"odt.*pdf, xlsx"):
        write_form(make_form(plan, dokumen_id, "bulanan-staf"), "odt", tmp_path / "keluar.odt")
    assert list(tmp_path.glob("*keluar*")) == []


def test_a_document_is_written_as_the_interchange_file_that_it_came_from(tmp_path):
    plan, dokumen_id = sample_plan()
    write_interchange(plan, dokumen_id, tmp_path / "keluar.renaksi.json")
    raw = (tmp_path / "keluar.renaksi.json").read_bytes()
    assert raw.endswith(b"}\n")
    assert json.loads(raw.decode("utf-8")) == json.loads(sample_path().read_text(encoding="utf-8"))
