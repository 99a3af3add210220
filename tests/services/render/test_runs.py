"""Paragraphs: runs of styles, justified lines, indents, labels, headings."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.forms.parts import Cell, Form, Page, Row, Run, Signature, Table, Text
from services.render.fonts import Font, face
from services.render.layout import lay_out
from services.render.runs import set_lines
from services.render.sheets import MM, Placed, Sheet
from services.render.wrapping import clean, wrap

LEFT, RIGHT, TOP = 10 * MM, 320 * MM, 10 * MM
PLAIN, BOLD, ITALIC = Font(face(), 11), Font(face(bold=True), 11), Font(face(italic=True), 11)
WORDS = " ".join(f"kata{number}" for number in range(200))


def laid(*parts: Text | Table | Signature, page: Page | None = None) -> list[Sheet]:
    return lay_out(Form("uji", "Uji", parts, page or Page()))


def texts(sheet: Sheet) -> list[Placed]:
    """All but the foot."""
    return sheet.texts[:-1]


def lines(sheet: Sheet) -> list[list[Placed]]:
    found: dict[float, list[Placed]] = {}
    for text in texts(sheet):
        found.setdefault(round(text.y, 3), []).append(text)
    return list(found.values())


def end(text: Placed) -> float:
    return text.x + text.font.width(text.text.rstrip(" "))


def test_a_word_may_change_its_style() -> None:
    (sheet,) = laid(Text((Run("se"), Run("te", bold=True), Run("ngah saja", italic=True)), 11))
    first, second, third = texts(sheet)
    assert [(text.text, text.font) for text in (first, second, third)] == [
        ("se", PLAIN),
        ("te", BOLD),
        ("ngah saja", ITALIC),
    ]
    assert second.x == pytest.approx(end(first))
    assert third.x == pytest.approx(end(second))


def test_the_style_of_the_paragraph_holds_for_all_its_runs() -> None:
    (sheet,) = laid(Text((Run("a "), Run("b", italic=True)), 11, bold=True))
    assert [text.font.face for text in texts(sheet)] == [face(bold=True), face(bold=True, italic=True)]


def test_justified_lines_fill_the_width_but_for_the_last() -> None:
    (sheet,) = laid(Text(WORDS, 11, align="justify"))
    rows = lines(sheet)
    assert len(rows) > 5
    for row in rows[:-1]:
        assert row[0].x == pytest.approx(LEFT)
        assert end(row[-1]) == pytest.approx(RIGHT)
        gaps = [after.x - end(before) for before, after in pairwise(row)]
        assert max(gaps) - min(gaps) < 0.01
        assert min(gaps) >= PLAIN.width(" ") - 0.01
    assert end(rows[-1][-1]) < RIGHT - 10
    assert " ".join("".join(text.text for text in row) for row in rows) == WORDS


def test_spaces_that_keep_room_for_the_pen_are_kept() -> None:
    (sheet,) = laid(Text("Praya,       Maret 2022", 11, align="right"), Text(f"a  b {WORDS}", 11))
    assert texts(sheet)[0].text == "Praya,       Maret 2022"
    assert texts(sheet)[1].text.startswith("a b kata0")


def test_a_line_end_within_a_justified_paragraph_stretches_nothing() -> None:
    (sheet,) = laid(Text(f"satu dua\n{WORDS}", 11, align="justify"))
    assert [text.text for text in lines(sheet)[0]] == ["satu dua"]


def test_indent_label_hang_and_first_line() -> None:
    (sheet,) = laid(
        Text(WORDS, 11, indent=20, hang=8, label="1."),
        Text(WORDS, 11, first=12),
    )
    label, first, *rest = texts(sheet)
    assert (label.text, label.x) == ("1. ", pytest.approx(LEFT + 12 * MM))
    assert first.x == pytest.approx(LEFT + 20 * MM)
    assert label.y == first.y
    starts = [round((text.x - LEFT) / MM, 2) for text in rest]
    assert set(starts) == {20, 12, 0}
    assert starts.count(12) == 1


def test_a_label_wider_than_its_place_pushes_the_first_line() -> None:
    (sheet,) = laid(Text(WORDS, 11, indent=10, hang=5, label="1.1.1.1."))
    label, first, second, *_ = texts(sheet)
    assert first.x >= end(label) + PLAIN.width(" ") - 0.01
    assert second.x == pytest.approx(LEFT + 10 * MM)


def test_space_before_is_not_at_the_top_of_a_page() -> None:
    (sheet,) = laid(Text("a", 10, before=7), Text("b", 10, before=7, leading=1.5), Text("c", 10))
    a, b, c = texts(sheet)
    assert a.y == pytest.approx(TOP + a.font.cap)
    assert b.y - a.y == pytest.approx(12 + 7 * MM)
    assert c.y - b.y == pytest.approx(15)


def test_a_heading_stays_with_two_lines_of_what_follows() -> None:
    for count in range(30, 50):
        filling = tuple(Text(f"isi {number}", 11) for number in range(count))
        sheets = laid(*filling, Text("BAB I\nPENDAHULUAN", 13, level=1), Text("Latar", 11, level=2), Text(WORDS, 11))
        (page,) = (number for number, sheet in enumerate(sheets) if any(t.text == "BAB I" for t in sheet.texts))
        shown = [text.text for text in texts(sheets[page])]
        assert shown[shown.index("BAB I") + 1 : shown.index("BAB I") + 3] == ["PENDAHULUAN", "Latar"]
        assert sum("kata" in text for text in shown) >= 2


def test_a_heading_stays_with_its_table() -> None:
    row = (Row((Cell(0, "sel"), Cell(1, "x")), 30),)
    for count in range(30, 45):
        filling = tuple(Text(f"isi {number}", 11) for number in range(count))
        sheets = laid(*filling, Text("Sasaran", 11, level=1), Table((50, 260), (), (row,)))
        pages = [[text.text for text in sheet.texts] for sheet in sheets]
        assert [("Sasaran" in page) for page in pages] == [("sel" in page) for page in pages]


def test_no_page_begins_or_ends_with_a_single_line_of_a_paragraph() -> None:
    for count in range(30, 45):
        filling = tuple(Text(f"isi {number}", 11) for number in range(count))
        for sheet in laid(*filling, Text(WORDS, 11)):
            assert sum("kata" in text.text for text in sheet.texts) != 1


RUNS = st.lists(
    st.tuples(st.text(st.sampled_from("ab -/\n\u00a0é"), max_size=60), st.sampled_from((PLAIN, BOLD, ITALIC))),
    max_size=5,
)


@settings(deadline=None, max_examples=150)
@given(RUNS, st.floats(8, 300), st.floats(0, 4), st.floats(0, 4))
@example([("n" * 4000, BOLD)], 30.0, 0.0, 0.0)
def test_lines_of_runs_fit_and_lose_nothing(
    runs: list[tuple[str, Font]], width: float, first: float, rest: float
) -> None:
    width = max(width, 16.0)
    found = set_lines(runs, width, first, rest)
    assert all(line.x + line.width <= width + 0.01 for line in found if len(line.text) > 1)
    assert "".join("".join(line.text for line in found).split()) == "".join(clean("".join(t for t, _ in runs)).split())
    for line in found:
        assert line.width == pytest.approx(
            sum(piece.width for word in line.words for piece in word)
            + sum(word[-1].font.width(" ") for word in line.words[:-1])
        )


@example("a aa/aa", 25.0)
@given(st.text(st.sampled_from("ab -/\n"), max_size=200), st.floats(8, 300))
def test_runs_of_one_style_break_where_plain_text_does(text: str, width: float) -> None:
    plain = [" ".join(line.split()) for line in wrap(text, PLAIN, width)]
    assert [line.text for line in set_lines([(text, PLAIN)], width)] == plain
