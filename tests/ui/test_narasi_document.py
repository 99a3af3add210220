"""Paragraphs as a QTextDocument and back, and the labels of lists while blocks come and go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from services.forms.parts import Run
from services.narasi.markup import Paragraph, parse, write
from ui.narasi_document import block_format, labelled_blocks, paragraphs_of, set_paragraphs
from ui.narasi_lists import first_like, following, follows, is_label, label_for_level

LABELS = [
    "",
    "",
    "1.",
    "2.",
    "3.",
    "9.",
    "10.",
    "1)",
    "a.",
    "b.",
    "h.",
    "i.",
    "j.",
    "ii.",
    "iii.",
    "c)",
    "-",
    "•",
    "999.",
]
WORDS = st.text("ab z*\\-.)1{}\n•é\N{GRINNING FACE}", max_size=12)
LINES = st.builds(
    lambda indent, label, words: f"{'  ' * indent}{label} {words}", st.integers(0, 3), st.sampled_from(LABELS), WORDS
)
TEXTS = st.lists(LINES, max_size=8).map("\n".join) | st.text(
    st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp", "Co", "Cn"]), max_size=60
)


def document_of(text: str) -> QTextDocument:
    document = QTextDocument()
    set_paragraphs(document, parse(text))
    return document


def labels(document: QTextDocument) -> list[str]:
    return [label for _, label in labelled_blocks(document)]


@given(TEXTS)
def test_a_text_comes_back_from_the_document_as_it_went_in(text: str) -> None:
    canonical = write(parse(text))
    assert write(paragraphs_of(document_of(canonical))) == canonical


@given(TEXTS)
def test_the_document_holds_runs_labels_and_levels(text: str) -> None:
    paragraphs = parse(write(parse(text)))
    assert paragraphs_of(document_of(text)) == list(paragraphs) or (
        not paragraphs and paragraphs_of(document_of(text)) == [Paragraph(())]
    )


@given(TEXTS, st.data())
def test_what_is_undone_has_its_old_labels_again(text: str, data: st.DataObject) -> None:
    document = document_of(text)
    before = paragraphs_of(document)
    cursor = QTextCursor(document)
    last = document.characterCount() - 1
    cursor.setPosition(data.draw(st.integers(0, last)))
    cursor.setPosition(data.draw(st.integers(0, last)), QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText("baru\nlagi")
    document.undo()
    assert paragraphs_of(document) == before


@given(TEXTS, st.data())
def test_a_part_of_the_document_holds_just_its_text(text: str, data: st.DataObject) -> None:
    document = document_of(text)
    plain = "\n".join(paragraph.plain for paragraph in paragraphs_of(document))
    units = plain.encode("utf-16-le")
    one, two = sorted((data.draw(st.integers(0, len(plain))), data.draw(st.integers(0, len(plain)))))
    first, last = (len(plain[:at].encode("utf-16-le")) // 2 for at in (one, two))
    part = paragraphs_of(document, first, last)
    assert "\n".join(p.plain for p in part).encode("utf-16-le") == units[2 * first : 2 * last]


def test_a_new_document_has_nothing_to_undo() -> None:
    document = document_of("1. satu\n2. **dua**")
    assert not document.isUndoAvailable()
    assert not document.isModified()


def test_items_behind_one_that_is_removed_are_numbered_anew() -> None:
    document = document_of("1. satu\n2. dua\n  a. huruf\n3. tiga\n4. empat")
    cursor = QTextCursor(document.findBlockByNumber(1))
    cursor.movePosition(QTextCursor.MoveOperation.NextBlock, QTextCursor.MoveMode.KeepAnchor, 2)
    cursor.removeSelectedText()
    assert labels(document) == ["1.", "2.", "3."]
    document.undo()
    assert labels(document) == ["1.", "2.", "a.", "3.", "4."]


def test_a_list_whose_first_item_goes_begins_again_at_the_first() -> None:
    document = document_of("a) satu\nb) dua\nc) tiga")
    QTextCursor(document.firstBlock()).setBlockFormat(block_format(0))
    assert labels(document) == ["", "a)", "b)"]


def test_odd_numbers_of_an_imported_text_stay() -> None:
    assert labels(document_of("1. x\n1. y\n5. z\n6. q\n\nteks\n\n7. r")) == ["1.", "1.", "5.", "6.", "", "7."]


def test_a_letter_i_goes_on_as_a_letter_or_as_a_roman_number() -> None:
    assert labels(document_of("h. x\ni. y\nj. z")) == ["h.", "i.", "j."]
    document = document_of("i. x\nii. y\niii. z")
    QTextCursor(document.firstBlock()).insertText("awal ")
    assert labels(document) == ["i.", "ii.", "iii."]


def test_qt_s_own_marks_do_not_come_into_a_text() -> None:
    document = QTextDocument()
    set_paragraphs(document, [Paragraph((Run("a\ufdd0b\u2029c\x00\ufffcd"),))])
    assert [p.plain for p in paragraphs_of(document)] == ["ab\ncd"]


@pytest.mark.parametrize(
    ("label", "kind", "next_label"),
    [
        ("1.", "", "2."),
        ("9)", "", "10)"),
        ("999.", "", "999."),
        ("a.", "", "b."),
        ("z.", "", "z."),
        ("i.", "i", "ii."),
        ("iii.", "", "iv."),
        ("-", "", "-"),
        ("•", "", "•"),
    ],
)
def test_following_label(label: str, kind: str, next_label: str) -> None:
    assert following(label, kind) == next_label


def test_what_labels_mean() -> None:
    assert [is_label(text) for text in ("1.", "12)", "a.", "-", "xiv.", "A.", "1", "1.1", "")] == [True] * 5 + [
        False
    ] * 4
    assert follows("2.", "1.") == "1"
    assert follows("1.", "1.") == follows("b)", "a.") == follows("", "1.") == ""
    assert [first_like(label) for label in ("7)", "c.", "iv.", "-")] == ["1)", "a.", "i.", "-"]
    assert [label_for_level(level, "4.") for level in (0, 1, 2)] == ["1.", "a.", "1)"]
    assert label_for_level(1, "-") == "-"
