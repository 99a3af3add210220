"""Light markup: what is typed is what is read, and what is read is written back as the same."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.forms.parts import Run
from services.narasi.markup import DEEPEST, Paragraph, parse, plain, write

DATA = Path(__file__).parents[3] / "shared" / "data"


def one(isi):
    (paragraph,) = parse(isi)
    return paragraph


def styles(isi):
    return [(run.text, "b" * run.bold + "i" * run.italic) for run in one(isi).runs]


@pytest.mark.parametrize(
    ("isi", "found"),
    [
        ("a **tebal** z", [("a ", ""), ("tebal", "b"), (" z", "")]),
        ("*miring*", [("miring", "i")]),
        ("**tebal *dan miring* lagi**", [("tebal ", "b"), ("dan miring", "bi"), (" lagi", "b")]),
        ("*miring **dan tebal***", [("miring ", "i"), ("dan tebal", "bi")]),
        ("***dua-duanya***", [("dua-duanya", "bi")]),
        ("**a***b*", [("a", "b"), ("b", "i")]),
        ("5 * 3 * 2", [("5 * 3 * 2", "")]),
        ("Nilai* sementara", [("Nilai* sementara", "")]),
        ("*) sementara", [("*) sementara", "")]),
        ("**tanpa akhir", [("**tanpa akhir", "")]),
        ("**satu* bintang", [("**satu* bintang", "")]),
        (r"\*bukan miring\*", [("*bukan miring*", "")]),
        (r"\\*miring*", [("\\", ""), ("miring", "i")]),
        (r"C:\folder\berkas", [("C:\\folder\\berkas", "")]),
        ("a **** b", [("a **** b", "")]),
    ],
)
def test_stars_make_bold_and_italics(isi, found):
    assert styles(isi) == found


@pytest.mark.parametrize(
    ("isi", "label", "text"),
    [
        ("1. satu", "1.", "satu"),
        ("12) dua belas", "12)", "dua belas"),
        ("a. huruf", "a.", "huruf"),
        ("b) huruf", "b)", "huruf"),
        ("iv. romawi", "iv.", "romawi"),
        ("- butir", "-", "butir"),
        ("•  butir", "•", "butir"),
        ("1.1 bukan", "", "1.1 bukan"),
        ("2019. bukan", "", "2019. bukan"),
        ("A. bukan", "", "A. bukan"),
        ("M. Yusuf", "", "M. Yusuf"),
        ("1.", "", "1."),
        ("-", "", "-"),
        (r"1\. bukan", "", "1. bukan"),
        (r"\- bukan", "", "- bukan"),
        (r"1\\. garis miring", "", "1\\. garis miring"),
    ],
)
def test_a_label_begins_an_item(isi, label, text):
    paragraph = one(isi)
    assert (paragraph.label, paragraph.plain) == (label, text)
    assert parse(write([paragraph])) == (paragraph,)


def test_an_empty_line_parts_paragraphs():
    assert [p.plain for p in parse("satu\n\ndua\r\n \r\ntiga\n\n\n")] == ["satu", "dua", "tiga"]
    assert parse("") == parse(None) == parse(" \n ") == ()


def test_lines_of_a_list_become_paragraphs_and_other_lines_stay():
    found = parse("Tujuan:\n1. satu\nlanjutan\n2. dua\n\nJalan\nKota")
    assert [(p.label, p.plain) for p in found] == [
        ("", "Tujuan:"),
        ("1.", "satu\nlanjutan"),
        ("2.", "dua"),
        ("", "Jalan\nKota"),
    ]


def test_two_spaces_set_in_one_level():
    found = parse("0\n\n  1\n\n   1\n\n    2\n\n\t1\n\n          paling dalam")
    assert [p.level for p in found] == [0, 1, 1, 2, 1, DEEPEST]


def test_what_no_text_can_say_is_mended():
    bold = Paragraph((Run("a ", bold=True), Run("b")), "xx", 9)
    assert parse(write([bold])) == (Paragraph((Run("xx "), Run("a", bold=True), Run(" b")), "", DEEPEST),)
    assert write([Paragraph(()), Paragraph((Run(" \n"),), "1.")]) == ""


def test_plain_has_neither_stars_nor_escapes():
    assert plain("**Dasar** *hukum*\n\n1. UU \\* PP") == "Dasar hukum\n1. UU * PP"


typed = st.text(alphabet="ab1i. )-*\\\n•\t", max_size=40)
runs = st.builds(Run, st.text(alphabet="ab1. )-*\\\n•\r", max_size=12), st.booleans(), st.booleans())
made = st.builds(
    Paragraph,
    st.lists(runs, max_size=4).map(tuple),
    st.sampled_from(["", "1.", "a)", "•", "-", "zz", "ii."]),
    st.integers(-1, 4),
)


@given(typed | st.text())
def test_what_is_read_is_written_as_the_same(isi):
    found = parse(isi)
    assert parse(write(found)) == found


@given(st.lists(made, max_size=4))
def test_what_an_editor_makes_is_mended_once_and_keeps_its_letters(paragraphs):
    text = write(paragraphs)
    assert write(parse(text)) == text
    kept = "".join(p.label + p.plain for p in paragraphs if p.plain.strip())
    assert "".join("".join(p.label + p.plain for p in parse(text)).split()) == "".join(kept.split())


@given(st.text(alphabet=st.characters(exclude_characters="*\\-•.)", exclude_categories=["Cs", "Cc"])))
def test_plain_text_is_itself(text):
    assert "".join(plain(text).split()) == "".join(text.split())


@pytest.mark.skipif(not DATA.exists(), reason="the whole data is not here")
@pytest.mark.parametrize("name", ["buleleng-2022", "lampung-2019"])
def test_the_narratives_of_real_plans_lose_nothing(name):
    data = json.loads((DATA / f"{name}.renaksi.json").read_text(encoding="utf-8"))
    assert data["narasi"]
    for section in data["narasi"]:
        squashed = re.sub(r"\s", "", plain(section["isi"]))
        assert squashed == re.sub(r"\s", "", section["isi"])
