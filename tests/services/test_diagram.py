"""The charts: what they show is what they were given, and all of it lies within the figure."""

from decimal import Decimal
from io import BytesIO
from itertools import pairwise

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.capaian_skala import SCALE, SCALES, Grade, grade_of
from services.diagram.batang import NOTHING as NO_BARS
from services.diagram.batang import Bar, bars
from services.diagram.kurva_s import NOTHING as NO_CURVE
from services.diagram.kurva_s import s_curve
from services.diagram.sumbu import ROUND_STEPS, axis, rupiah_scale, titled, width_of
from services.diagram.tahun import NOTHING as NO_YEARS
from services.diagram.tahun import Through, years
from services.forms.parts import Form
from services.render.figure_image import svg_of
from services.render.pdf import render_pdf

KAS = tuple(100_000_000 * month for month in range(1, 13))
DONE = (50_000_000, 120_000_000, 310_000_000, *(None,) * 9)


def bar(name, persen):
    value = None if persen is None else Decimal(persen)
    return Bar(name, value, None if value is None else grade_of(value))


def within(figure):
    """Every shape and text of a figure that lies outside of what is shown."""
    left, top = figure.origin
    right, bottom = left + figure.width, top + figure.height
    points = [point for shape in figure.shapes for point in shape.points]
    for label in figure.labels:
        width = width_of(label.text, label.size, bold=label.bold)
        start = label.x - {"left": 0, "center": width / 2, "right": width}[label.align]
        points += [(start, label.y - label.size * 0.25), (start + width, label.y + label.size * 0.08)]
    return [(x, y) for x, y in points if not (left - 0.01 <= x <= right + 0.01 and top - 0.01 <= y <= bottom + 0.01)]


def texts(figure):
    return [label.text for label in figure.labels]


numbers = st.decimals(-(10**9), 10**13, places=3)


@given(st.lists(numbers, max_size=8), st.integers(3, 8))
def test_an_axis_has_round_steps_and_holds_zero_and_all_values(values, most):
    made = axis(values, 50.0, most)
    assert made.low <= min((Decimal(0), *values))
    assert made.high >= max((Decimal(0), *values))
    assert Decimal(0) in made.ticks
    assert 1 <= len(made.ticks) - 1 <= most + 2
    assert made.step.scaleb(-made.step.adjusted()) in ROUND_STEPS
    assert made.at(made.low) == 0
    assert made.at(made.high) == pytest.approx(50)
    assert len({made.said(tick) for tick in made.ticks}) == len(made.ticks)


@pytest.mark.parametrize(
    ("most", "unit"), [(0, 1), (999_999, 1), (10**6, 10**6), (25 * 10**9, 10**9), (3 * 10**12, 10**12)]
)
def test_amounts_have_a_unit_that_is_not_larger(most, unit):
    assert rupiah_scale(most)[0] == unit


def drawn_bars(figure):
    return [shape for shape in figure.shapes if shape.fill not in (None, "#FFFFFF")]


def test_a_bar_has_its_value_its_word_and_its_colour():
    figure = bars([bar("Sasaran A", "151.12"), bar("Sasaran B", "62.5"), bar("Sasaran C", None)])
    assert {"151,12 Sangat Tinggi", "62,50 Rendah", "belum dapat dihitung"} <= set(texts(figure))
    fills = [shape.fill for shape in drawn_bars(figure)]
    assert fills == [SCALE[0].warna, SCALE[3].warna]
    lengths = [shape.points[1][0] - shape.points[0][0] for shape in drawn_bars(figure)]
    assert lengths[0] / lengths[1] == pytest.approx(151.12 / 62.5)
    assert [cell.text for block in figure.table.body for row in block for cell in row.cells][:3] == [
        "Sasaran A",
        "151,12",
        "Sangat Tinggi",
    ]


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.text("abc xyz", max_size=200), st.none() | st.decimals(-(10**6), 10**6, places=2)),
        min_size=1,
        max_size=12,
    )
)
def test_bars_never_leave_their_figure(given_bars):
    figure = bars([bar(name, persen) for name, persen in given_bars])
    assert within(figure) == []


def across(figure, x, label):
    """Whether an upright line at x runs through a label."""
    return label.x < x < label.x + width_of(label.text, label.size, bold=label.bold)


@settings(deadline=None)
@given(
    st.lists(st.none() | st.decimals(-400, 700, places=2), min_size=1, max_size=12),
    st.sampled_from([120.0, 160.0, 280.0]),
)
def test_no_value_stands_on_the_line_at_100_percent(persen, width):
    figure = bars([bar("A", value) for value in persen], width)
    for line in (shape for shape in figure.shapes if shape.dashed):
        values = [label for label in figure.labels if label.text.endswith(("Tinggi", "Rendah", "Sedang", "dihitung"))]
        assert not any(across(figure, line.points[0][0], label) for label in values)


def test_the_names_of_a_narrow_chart_leave_most_of_it_to_the_bars():
    figure = bars([bar("Meningkatnya tata kelola " * 9, "100")], 160.0)
    (drawn,) = drawn_bars(figure)
    assert drawn.points[1][0] - drawn.points[0][0] > 0.35 * 160
    assert len([label for label in figure.labels if label.text.startswith(("Meningkatnya", "tata", "kelola"))]) == 3


def test_a_long_predicate_has_room():
    word = "Sangat Memuaskan Sekali dan Melampaui Target"
    figure = bars([Bar("A", Decimal(180), Grade(Decimal(0), word, "#C3E6CB"))])
    assert within(figure) == []
    assert f"180,00 {word}" in texts(figure)


def test_a_bar_beyond_the_axis_is_cut_with_two_strokes_and_keeps_its_value():
    plain, cut = bars([bar("A", "200")]), bars([bar("A", "603.77")])
    assert len(cut.shapes) == len(plain.shapes) + 4
    assert "603,77 Sangat Tinggi" in texts(cut)


def test_every_scale_can_be_drawn():
    for _, scale in SCALES.values():
        values = [Decimal(95), Decimal(55), Decimal(5)]
        figure = bars([Bar(str(value), value, grade_of(value, scale)) for value in values])
        assert within(figure) == []
        assert all(f"{value},00 {grade_of(value, scale).predikat}" in texts(figure) for value in values)


def test_the_curve_says_where_both_lines_end():
    figure = s_curve(KAS, DONE, 1_200_000_000, bulan=3)
    assert {"Rencana kas 100,00 %", "Realisasi 25,83 %", "Pagu 1.200.000.000", "Miliar rupiah"} <= set(texts(figure))
    assert figure.words == "Kurva S: rencana kas sampai Desember 1.200.000.000; realisasi sampai Maret 310.000.000."
    lines = [shape for shape in figure.shapes if len(shape.points) in (4, 13) and shape.fill is None]
    dashed = [shape for shape in lines if shape.dashed]
    solid = [shape for shape in lines if not shape.dashed and shape.width > 1]
    assert [len(shape.points) for shape in dashed] == [13], "from the year's start through twelve months"
    assert [len(shape.points) for shape in solid] == [4]
    assert within(figure) == []


def test_months_after_the_period_are_not_drawn_and_quarters_have_four_points():
    figure = s_curve(KAS, KAS, bulan=6, quarterly=True)
    lines = {len(shape.points): shape.dashed for shape in figure.shapes if shape.fill is None and shape.width != 0.5}
    assert lines[5] is True
    assert lines[3] is False
    assert [row[2].text for row in _rows(figure)][5:7] == ["600.000.000", ""]


def _rows(figure):
    return [row.cells for block in figure.table.body for row in block]


@settings(deadline=None)
@given(
    st.lists(st.none() | st.integers(0, 10**15), min_size=12, max_size=12),
    st.lists(st.none() | st.integers(0, 10**15), min_size=12, max_size=12),
    st.none() | st.integers(0, 10**15),
)
def test_curves_never_leave_their_figure(kas, done, pagu):
    assert within(s_curve(tuple(kas), tuple(done), pagu)) == []


def boxes(figure, *starts):
    for label in figure.labels:
        if label.text.startswith(starts):
            width = width_of(label.text, label.size, bold=label.bold)
            yield label.x, label.y - 2.2, label.x + width, label.y + 0.6


@pytest.mark.parametrize(
    ("kas", "done", "bulan"),
    [
        ((0,) * 12, (0,) * 12, 12),
        (KAS, KAS, 12),
        (KAS, (100_000_000, *(None,) * 11), 1),
        (KAS[:6] + (600_000_000,) * 6, KAS[:6] + (None,) * 6, 6),
        (KAS, (-20_000_000, -10_000_000, *(None,) * 10), 2),
        ((-5_000_000, *KAS[1:]), (None,) * 12, 12),
    ],
)
def test_what_is_said_of_both_ends_is_readable(kas, done, bulan):
    figure = s_curve(kas, done, 1_200_000_000, bulan=bulan, width=160, height=82)
    assert within(figure) == []
    found = list(boxes(figure, "Realisasi ", "Rencana kas "))
    ends = found[-2:] if any(value is not None for value in done) else found[-1:]
    for x0, y0, x1, y1 in ends:
        for mx0, my0, mx1, my1 in boxes(figure, "Jan", "Feb", "Mar", "Des"):
            assert not (x0 < mx1 and mx0 < x1 and y0 < my1 and my0 < y1)
        for shape in figure.shapes:
            if shape.dashed and len(shape.points) > 2:
                inside = [
                    (ax + (bx - ax) * step / 50, ay + (by - ay) * step / 50)
                    for (ax, ay), (bx, by) in pairwise(shape.points)
                    for step in range(51)
                ]
                assert not any(x0 < x < x1 and y0 < y < y1 for x, y in inside)
    assert all(abs(one[1] - other[1]) > 2 or one[2] < other[0] or other[2] < one[0] for one, other in pairwise(ends))


def test_the_words_of_the_years_name_every_number():
    one = Through("Koperasi", ("2020", "2021"), (Decimal(10), None), (Decimal("9.5"), Decimal(12)))
    assert years([one]).words.endswith("Koperasi: 2020 target 10, realisasi 9,5; 2021 realisasi 12.")


def test_a_line_is_broken_where_a_year_has_no_number():
    one = Through(
        "Orang (orang)",
        ("2020", "2021", "2022", "2023"),
        (Decimal(10), Decimal(20), None, Decimal("40.5")),
        (None, Decimal(15), None, None),
    )
    figure = years([one])
    lines = [shape for shape in figure.shapes if shape.fill is None and shape.width in (0.9, 1.8)]
    assert sum(len(shape.points) == 2 and shape.points[0][1] != shape.points[1][1] for shape in lines) == 1
    assert {"10", "20", "15", "40,5", "2020", "2023"} <= set(texts(figure))
    assert [[cell.text for cell in cells][-4:] for cells in _rows(figure)] == [
        ["10", "20", "", "40,5"],
        ["", "15", "", ""],
    ]
    assert within(figure) == []


amount = st.none() | st.decimals(-(10**6), 10**13, places=2)


@settings(deadline=None)
@given(st.lists(st.tuples(amount, amount), min_size=1, max_size=6), st.integers(1, 3))
def test_years_never_leave_their_figure(pairs, count):
    names = tuple(str(2019 + at) for at in range(len(pairs)))
    one = Through("Indikator " * 30, names, tuple(a for a, _ in pairs), tuple(b for _, b in pairs))
    figure = years([one] * count)
    assert within(figure) == []


@pytest.mark.parametrize(
    ("figure", "sentence"),
    [
        (bars([]), NO_BARS),
        (bars([bar("A", None)]), NO_BARS),
        (s_curve(None, None, 10**9), NO_CURVE),
        (s_curve((None,) * 12, DONE, bulan=0), NO_CURVE),
        (years([]), NO_YEARS),
        (years([Through("A", ("2020",), (Decimal(1),), (Decimal(2),))]), NO_YEARS),
    ],
)
def test_without_values_there_is_a_sentence(figure, sentence):
    assert texts(figure) == [sentence]
    assert figure.words == sentence
    assert [cell.text for cell in _rows(figure)[0]] == [sentence]
    assert within(figure) == []


def test_a_titled_chart_is_drawn_in_vectors_with_its_title():
    figure = titled(s_curve(KAS, DONE, 1_200_000_000, bulan=3), "KURVA S")
    assert within(figure) == []
    assert texts(figure)[0] == "KURVA S"
    assert figure.table.title[0].plain == "KURVA S"
    out = BytesIO()
    render_pdf(Form("coba", "Coba", (figure,)), out)
    page = pypdfium2.PdfDocument(out.getvalue())[0]
    assert "Realisasi 25,83 %" in page.get_textpage().get_text_range()
    assert not [each for each in page.get_objects() if each.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    assert svg_of(figure).count("stroke-dasharray") == 2, "the plan, and its mark in the key"
