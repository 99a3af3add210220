"""Cocokkan cetakan: whose paper it is, of when, and what changed since."""

import shutil
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.changes import Change
from models.errors import PlanError
from models.history_reading import HistoryReader
from models.rows import Anggaran, Narasi, Opd
from services.copies import send_copy
from services.document import Document
from services.history_view import shown
from services.matching_print import Matching, as_text, find_elsewhere, read_code


@pytest.fixture
def document(published, tmp_path):
    path = tmp_path / "rencana.db"
    shutil.copyfile(published(), path)
    with Document.open(path) as opened:
        yield opened


def rename(document, text):
    old = document.plan.all(Opd)[0]
    document.edit(f"ubah nama {text}", [Change(old, replace(old, nama=text))])


def match(document, text):
    matching = Matching(HistoryReader(document.file), read_code(text))
    while matching.advance():
        pass
    return matching.match


def told(document, code):
    return shown(document.plan, match(document, code).since)


def test_a_paper_of_just_now_is_current(document):
    rename(document, "Badan")
    found = match(document, document.file.revision)
    assert (found.found, found.current, found.since, found.label) == (True, True, (), "ubah nama Badan")
    assert "tidak ada yang berubah" in as_text(found)


def test_what_changed_since_is_told_from_paper_to_now(document):
    rename(document, "Badan")
    code = document.file.revision
    for text in ("Kantor", "Dinas"):
        rename(document, text)
    line = document.plan.all(Anggaran)[0]
    document.edit("ubah pagu", [Change(line, replace(line, pagu=77))])
    found = match(document, code)
    assert not found.current
    assert found.steps == 3
    assert [(h.field, h.old, h.new) for h in told(document, code) if h.column == "nama"] == [("nama", "Badan", "Dinas")]
    assert [h.new for h in told(document, code)] == ["77", "Dinas"]
    assert as_text(found).endswith("Sejak itu 2 isian berubah dalam 3 langkah.")


def test_what_was_changed_back_did_not_change(document):
    code = document.file.revision
    rename(document, "Badan")
    document.undo()
    found = match(document, code)
    assert (found.current, found.since, found.steps) == (False, (), 2)
    assert "sudah kembali sama" in as_text(found)


def test_rows_that_came_and_went_since(document):
    dokumen_id = document.plan.all(Anggaran)[0].dokumen_id
    rows = [Narasi(id=key, dokumen_id=dokumen_id, urutan=1, judul=key) for key in ("tinggal", "pergi")]
    document.edit("tambah", [Change(None, rows[1])])
    code = document.file.revision
    document.edit("tambah", [Change(None, rows[0])])
    document.edit("ubah", [Change(rows[0], replace(rows[0], isi="x"))])
    document.edit("hapus", [Change(rows[1], None)])
    assert [(h.row_id, h.field) for h in told(document, code)] == [
        ("pergi", "dihapus"),
        ("tinggal", "ditambahkan"),
    ]


def test_a_row_that_came_and_went_again_is_no_difference(document):
    code = document.file.revision
    row = Narasi(id="n", dokumen_id=document.plan.all(Anggaran)[0].dokumen_id, urutan=1)
    document.edit("tambah", [Change(None, row)])
    document.edit("ubah", [Change(row, replace(row, isi="x"))])
    document.edit("hapus", [Change(replace(row, isi="x"), None)])
    assert match(document, code).since == ()


def test_a_paper_of_another_plan_is_not_ours(document):
    code = document.file.revision
    other = "".join("1" if sign == "0" else "0" for sign in code)
    found = match(document, other)
    assert not found.found
    assert "bukan dari rencana ini" in as_text(found)


def test_a_code_is_found_however_it_was_typed(document):
    code = document.file.revision
    spaced = f" Kode cetakan: {code[:5].upper()} {code[5:]} "
    assert match(document, spaced).found
    assert match(document, code.replace("0", "O").replace("1", "l")).found
    assert match(document, code.replace("5", "S").replace("2", "z")).found
    assert match(document, code[:6]).found


def test_another_plan_is_found_by_its_paper(document, published, tmp_path):
    rename(document, "Badan")
    code = document.file.revision
    rename(document, "Kantor")
    document.file.publish()
    broken = tmp_path / "rusak.db"
    broken.write_bytes(b"x" * 5_000)
    paths = [tmp_path / "hilang.db", broken, published("lombok-tengah-2022"), document.file.path]
    found = find_elsewhere(paths, code)
    assert (found.path, found.steps) == (document.file.path, 1)
    assert find_elsewhere(paths[:3], code) is None


@pytest.mark.parametrize("text", ["", "abc", "xyz1234567", "0123456789a", "Kode cetakan"])
def test_what_is_no_code_is_a_sentence(document, text):
    with pytest.raises(PlanError, match="Kode cetakan"):
        match(document, text)


@given(st.text(max_size=20))
def test_any_text_is_a_code_or_a_sentence(text):
    with suppress(PlanError):
        assert 6 <= len(read_code(text)) <= 10


def test_sending_a_copy_changes_no_isian(document, tmp_path):
    rename(document, "Badan")
    code = document.file.revision
    send_copy(document, "Bidang", tmp_path / "salinan.db")
    assert document.file.revision != code
    found = match(document, code)
    assert (found.found, found.since, found.steps) == (True, (), 1)
    assert "tidak ada isian yang berubah" in as_text(found)


@pytest.mark.parametrize(("wrong", "known"), [(1, True), (2, True), (3, False)])
def test_a_code_with_a_misread_sign_is_offered_as_it_should_be(document, wrong, known):
    rename(document, "Badan")
    code = document.file.revision
    misread = "".join("0" if sign != "0" else "8" for sign in code[:wrong]) + code[wrong:]
    found = match(document, misread)
    assert (found.found, found.nearest) == (False, code if known else "")
    assert (f"maksudnya {code}?" in as_text(found)) is known


def test_a_sign_that_was_left_out_is_found(document):
    rename(document, "Badan")
    code = document.file.revision
    found = match(document, code[:4] + code[5:])
    assert found.nearest == code or found.found
