"""What a file says of itself: each kind of wrong file has its own sentence, and none is touched."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import PlanError
from models.header import check_header
from models.plan_file import PlanFile
from models.reading import read_plan
from models.schema import VERSION


def foreign(path):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE barang (id INTEGER)")
    connection.close()


def patched(path, good, at, value):
    raw = bytearray(good.read_bytes())
    raw[at : at + len(value)] = value
    path.write_bytes(raw)


def cut(path, good, size):
    path.write_bytes(good.read_bytes()[:size])


BAD = {
    "missing": (lambda path, good: None, "tidak ditemukan"),
    "folder": (lambda path, good: path.mkdir(), "adalah folder"),
    "empty": (lambda path, good: path.touch(), "kosong (0 byte)"),
    "text": (lambda path, good: path.write_text("No;Uraian;Pagu\n", encoding="utf-8"), "bukan berkas rencana Renaksi"),
    "foreign": (lambda path, good: foreign(path), "dibuat oleh program lain"),
    "newer": (lambda path, good: patched(path, good, 60, (VERSION + 1).to_bytes(4, "big")), "lebih baru"),
    "half": (lambda path, good: cut(path, good, good.stat().st_size // 2), "rusak atau terpotong"),
    "less than a header": (lambda path, good: cut(path, good, 50), "rusak atau terpotong"),
    "a byte more": (lambda path, good: path.write_bytes(good.read_bytes() + b"\0"), "rusak atau terpotong"),
    "no page size": (lambda path, good: patched(path, good, 16, b"\0\0"), "rusak atau terpotong"),
}
OPENERS = {"check_header": check_header, "open": PlanFile.open, "read_plan": read_plan}


def look(path):
    """All that can be seen of the folder of a path."""
    return {p.name: p.read_bytes() if p.is_file() else None for p in path.parent.iterdir()}


@pytest.mark.parametrize("opener", OPENERS.values(), ids=OPENERS)
@pytest.mark.parametrize(("make", "words"), BAD.values(), ids=BAD)
def test_a_wrong_file_is_refused_with_its_sentence_and_stays_as_it_is(tmp_path, published, make, words, opener):
    path = tmp_path / "stik" / "rencana.db"
    path.parent.mkdir()
    make(path, published())
    before = look(path)
    with pytest.raises(PlanError) as refused:
        opener(path)
    assert words in str(refused.value)
    assert path.name in str(refused.value)
    assert str(refused.value).endswith(".")
    assert look(path) == before


def test_each_kind_of_wrong_file_has_a_sentence_of_its_own(tmp_path, published):
    kinds = {}
    for kind in ("missing", "folder", "empty", "text", "foreign", "newer", "half"):
        path = tmp_path / kind / "rencana.db"
        path.parent.mkdir()
        BAD[kind][0](path, published())
        with pytest.raises(PlanError) as refused:
            check_header(path)
        kinds[kind] = str(refused.value).replace(str(path), "").replace(path.name, "")
    assert len(set(kinds.values())) == len(kinds)


def test_a_whole_file_of_ours_says_its_version(published):
    assert check_header(published()) == VERSION


@pytest.mark.parametrize("length", [255, 300])
@pytest.mark.parametrize("opener", OPENERS.values(), ids=OPENERS)
def test_a_name_longer_than_the_system_takes_is_refused_with_a_sentence(tmp_path, opener, length):
    with pytest.raises(PlanError):
        opener(tmp_path / ("r" * length + ".db"))


def test_a_path_below_a_file_is_refused_with_a_sentence(tmp_path):
    (tmp_path / "berkas").touch()
    with pytest.raises(PlanError):
        check_header(tmp_path / "berkas" / "rencana.db")


@given(start=st.sampled_from([b"", b"SQLite format 3\x00"]), rest=st.binary(max_size=150))
def test_no_bytes_do_more_than_be_refused(tmp_path_factory, start, rest):
    path = Path(tmp_path_factory.getbasetemp()) / "acak.db"
    path.write_bytes(start + rest)
    with pytest.raises(PlanError):
        check_header(path)
    assert path.read_bytes() == start + rest


def test_a_file_whose_name_has_signs_of_an_address_is_read(tmp_path, published):
    path = tmp_path / "dinas?mode=rw#1%20 & co.db"
    shutil.copyfile(published(), path)
    with PlanFile.open(path) as file:
        assert file.rows() == read_plan(path)
        assert file.rows()
