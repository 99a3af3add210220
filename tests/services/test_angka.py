"""Target cells: the column's style, each cell's number, unit, grade or dash."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.angka import (
    Angka,
    Style,
    decide_style,
    decimals_of,
    format_angka,
    is_doubtful,
    is_strip,
    parse_angka,
    parse_bagian,
    parse_number,
)

ROOT = Path(__file__).resolve().parents[2]
PLANS = sorted([*(ROOT.parent / "shared" / "data").glob("*.renaksi.json"), *ROOT.glob("resources/**/*.renaksi.json")])
# fmt: off
UNREADABLE = [
    "######", "#####", "#REF!", "#N/A", "1.23.456", "1,234,56", "1.234.567.89", "12.34,5", "1.234,567,890", "5.",
    "5,", "1..5", "13.5O", "1O0", "1OO", "1OO%", "2O orang", "1l", "1E+06", "1,5E+10", "1e5", "3/4", "1:2", "25-30",
    "5-", "1 000", "1 000 orang", "20 10 koperasi", "10 koperasi 1.2.3 orang", "25%%", "%", "> 80", "Rp 5.000", "(5)",
    "±5", "- 5", "--", "Baik", "abc", "orang 10", "OO", "O", "١٢", "１２", "10²", "10½", "10٣", "=1+1", "ABCD",
]
# fmt: on

ID, EN = Style.INDONESIAN, Style.ENGLISH

numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**18), max_value=10**18, places=None).filter(
    lambda value: -30 <= value.as_tuple().exponent <= 0
)
cell_text = st.text(alphabet="0123456789.,-–—−+ %ABOolE()/&'#²½٣\u00a0oranglk", max_size=25)
styles = st.sampled_from(Style)


def plan_series(path: Path) -> Iterator[list[str | None]]:
    """The columns of a plan: an indicator's target with its periods, and each of its yearly or realised series."""
    plan = json.loads(path.read_text(encoding="utf-8"))
    for node in plan["kinerja"] + plan["anggaran"]:
        for indicator in node.get("indikator") or []:
            for one, series in (("target", "target_periode"), ("realisasi", "realisasi_periode")):
                yield [indicator.get(one), *(indicator.get(series) or {}).get("nilai", [])]
            for key in ("target_tahun", "realisasi_tahun", "capaian_tercetak"):
                value = indicator.get(key)
                yield [value] if isinstance(value, str) else list((value or {}).values())
            yield [indicator.get("kondisi_awal")]


@pytest.mark.parametrize(
    ("column", "style"),
    [
        (["30,000,000"], EN),
        (["0.37"], EN),
        (["-", "-", "0.37", "-"], EN),
        (["27.00"], EN),
        (["1,234.5"], EN),
        ([".5"], EN),
        (["0.125"], EN),
        (["1234.567"], EN),
        (["100.00%"], EN),
        (["12.5 orang"], EN),
        (["19,50"], ID),
        (["1.234.567"], ID),
        (["1.234,5"], ID),
        ([",5"], ID),
        (["0,125"], ID),
        (["1234,567"], ID),
        (["1,25%"], ID),
        (["10.000"], ID),
        (["1,250"], ID),
        (["10.000", "1,250"], ID),
        (["10.000", "2500", "5000"], ID),
        (["10.000", "0.37"], EN),
        (["10.000", "27.00"], EN),
        (["1,25%", "100.00%", "15,63%", "BB"], ID),
        (["122.00", "126.00", "104,91"], EN),
        (["122.00", "104,91"], ID),
        (["2,5 orang 1,5 koperasi", "27.00"], ID),
        (["12", "100%", "A", "-", "", None, "######"], Style.UNKNOWN),
        (["1.23.456", "3.5/4.5", "1.5E+10"], Style.UNKNOWN),
        ([], Style.UNKNOWN),
    ],
)
def test_column_speaks_for_a_style(column: list[str | None], style: Style) -> None:
    assert decide_style(column) is style
    assert decide_style(reversed(column)) is style


@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("78,00", "78.00"),
        ("27.00", "27.00"),
        ("1000", "1000"),
        ("007", "7"),
        ("0", "0"),
        ("0.37", "0.37"),
        ("0,375", "0.375"),
        (",5", "0.5"),
        (".5", "0.5"),
        ("-3,5", "-3.5"),
        ("−3,5", "-3.5"),
        ("–3,5", "-3.5"),
        ("+3,5", "3.5"),
        (" 3,5\u00a0", "3.5"),
        ("1.234.567", "1234567"),
        ("30,000,000", "30000000"),
        ("1.234,567", "1234.567"),
        ("1,234.567", "1234.567"),
        ("1.234.567,89", "1234567.89"),
        ("1234.567", "1234.567"),
        ("0.000", "0.000"),
    ],
)
def test_unambiguous_number_keeps_its_reading_in_every_column(text: str, value: str, style: Style) -> None:
    assert parse_angka(text, style) == Angka(Decimal(value), "", False, False, text)
    assert parse_number(text, style) == Decimal(value)
    assert str(parse_number(text, style)) == value
    assert not is_doubtful(text)


@pytest.mark.parametrize(
    ("text", "indonesian", "english"),
    [("10.000", "10000", "10.000"), ("1,250", "1.250", "1250"), ("-999.999", "-999999", "-999.999")],
)
def test_doubtful_number_follows_the_column(text: str, indonesian: str, english: str) -> None:
    assert is_doubtful(text)
    assert str(parse_number(text)) == indonesian
    assert str(parse_number(text, ID)) == indonesian
    assert str(parse_number(text, Style.UNKNOWN)) == indonesian
    assert str(parse_number(text, EN)) == english


@pytest.mark.parametrize(
    ("text", "value", "unit", "percent"),
    [
        ("25%", "25", "", True),
        ("25 %", "25", "", True),
        ("25\u00a0%", "25", "", True),
        ("1,25%", "1.25", "", True),
        ("100.00%", "100.00", "", True),
        ("18,98 %", "18.98", "", True),
        ("25% UMKM", "25", "UMKM", True),
        ("3 laporan Triwulan", "3", "laporan Triwulan", False),
        ("3  laporan\n Triwulan ", "3", "laporan Triwulan", False),
        ("20 UMKM'", "20", "UMKM'", False),
        ("100 Kop", "100", "Kop", False),
        ("20orang", "20", "orang", False),
        ("10m", "10", "m", False),
        ("10 m2", "10", "m2", False),
        ("3 laporan TW 1", "3", "laporan TW 1", False),
        ("1 (satu) laporan", "1", "(satu) laporan", False),
        ("12 dokumen (2 tahap)", "12", "dokumen (2 tahap)", False),
        ("12 dokumen (10 buku dan 2 peta)", "12", "dokumen (10 buku dan 2 peta)", False),
        ("1.365 UMKM", "1365", "UMKM", False),
        ("2,5 ton/hari", "2.5", "ton/hari", False),
    ],
)
def test_unit_stands_behind_the_number(text: str, value: str, unit: str, percent: bool) -> None:
    assert parse_angka(text, ID) == Angka(Decimal(value), unit, percent, False, text)
    assert parse_number(text, ID) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("20 orang 10 koperasi", (("20", "orang"), ("10", "koperasi"))),
        ("20 orang, 10 koperasi", (("20", "orang"), ("10", "koperasi"))),
        ("20 orang,10 koperasi", (("20", "orang"), ("10", "koperasi"))),
        ("20 orang/10 koperasi", (("20", "orang"), ("10", "koperasi"))),
        ("20 orang dan 10 koperasi", (("20", "orang"), ("10", "koperasi"))),
        ("20 orang, dan 10 koperasi", (("20", "orang"), ("10", "koperasi"))),
        ("20 orang\n10 koperasi", (("20", "orang"), ("10", "koperasi"))),
        ("1.250 orang 2,5 ton 80%", (("1250", "orang"), ("2.5", "ton"), ("80", "%"))),
        ("80% koperasi 20 UMKM", (("80", "% koperasi"), ("20", "UMKM"))),
    ],
)
def test_target_with_several_numbers_is_read_in_parts(text: str, parts: tuple[tuple[str, str], ...]) -> None:
    assert parse_bagian(text, ID) == tuple((Decimal(value), unit) for value, unit in parts)
    assert parse_angka(text, ID) == Angka(None, "", False, False, text)
    assert parse_number(text) is None


def test_target_with_one_number_is_one_part() -> None:
    assert parse_bagian("3 laporan", ID) == ((Decimal(3), "laporan"),)
    assert parse_bagian("25 %", ID) == ((Decimal(25), "%"),)
    assert parse_bagian("12", ID) == ((Decimal(12), ""),)


@pytest.mark.parametrize(
    "text", ["A", "AA", "B", "BB", "C", "CC", "D", "WTP", "WDP", "TMP", "TW", " BB ", "bb", "wtp", "II", "ABC"]
)
def test_grade_is_a_grade(text: str) -> None:
    assert parse_angka(text, ID) == Angka(None, "", False, True, text)
    assert parse_bagian(text, ID) == ()


@pytest.mark.parametrize("text", UNREADABLE)
@pytest.mark.parametrize("style", list(Style))
def test_what_cannot_be_read_has_no_value_and_is_no_grade(text: str, style: Style) -> None:
    assert parse_angka(text, style) == Angka(None, "", False, False, text)
    assert parse_bagian(text, style) == ()
    assert parse_number(text, style) is None
    assert decimals_of(text, style) == 0
    assert not is_doubtful(text)


@pytest.mark.parametrize(
    ("text", "strip"),
    [("-", True), (" - ", True), ("–", True), ("—", True), ("−", True), ("", False), (" \u00a0", False)],
)
def test_dash_and_empty_are_no_number_but_are_told_apart(text: str, strip: bool) -> None:
    assert parse_angka(text, ID) is None
    assert parse_number(text) is None
    assert is_strip(text) is strip


@pytest.mark.parametrize("text", ["0", "-5", "--", "- %", "A", "x-"])
def test_only_a_lone_dash_is_a_dash(text: str) -> None:
    assert not is_strip(text)
    assert parse_angka(text, ID) is not None


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("1234.5", 2, "1.234,50"),
        ("1234.50", None, "1.234,50"),
        ("78.00", None, "78,00"),
        ("78.00", 0, "78"),
        ("1000", None, "1.000"),
        ("1E+3", None, "1.000"),
        ("1E+3", 1, "1.000,0"),
        ("-1234567.891", None, "-1.234.567,891"),
        ("0.125", 2, "0,13"),
        ("-0.125", 2, "-0,13"),
        ("2.5", 0, "3"),
        ("999.995", 2, "1.000,00"),
        ("-0.001", 2, "0,00"),
        ("-0.0", None, "0,0"),
        ("0", 3, "0,000"),
        ("1E-30", 2, "0,00"),
        ("123456789012345678901234567890.55", 1, "123.456.789.012.345.678.901.234.567.890,6"),
    ],
)
def test_number_is_written_the_indonesian_way(value: str, decimals: int | None, text: str) -> None:
    assert format_angka(Decimal(value), decimals) == text


@pytest.mark.parametrize(
    ("text", "style", "decimals"),
    [
        ("78,00", ID, 2),
        ("1000", ID, 0),
        ("10.000", ID, 0),
        ("10.000", EN, 3),
        ("1,25%", ID, 2),
        ("100.0 %", ID, 1),
        ("2,5 ton 1,25 kg", ID, 2),
        ("A", ID, 0),
        ("-", ID, 0),
        ("", ID, 0),
    ],
)
def test_decimals_are_counted_as_typed(text: str, style: Style, decimals: int) -> None:
    assert decimals_of(text, style) == decimals


@given(numbers)
@example(Decimal("10000"))
@example(Decimal("10.000"))
@example(Decimal("-1250"))
def test_what_is_written_is_read_back(value: Decimal) -> None:
    text = format_angka(value)
    read = parse_number(text)
    assert read == value
    assert read is not None
    assert read.as_tuple().exponent == value.as_tuple().exponent
    assert decimals_of(text, ID) == -int(value.as_tuple().exponent)
    assert parse_number(text.translate(str.maketrans(".,", ",.")), EN) == value


@given(numbers, st.sampled_from(["orang", "laporan Triwulan", "% UMKM", "%"]))
def test_a_unit_does_not_change_the_number(value: Decimal, unit: str) -> None:
    assert parse_bagian(f"{format_angka(value)} {unit}", ID) == ((value, unit),)


@given(numbers, st.integers(0, 6))
def test_rounded_number_is_within_half_a_unit(value: Decimal, decimals: int) -> None:
    text = format_angka(value, decimals)
    read = parse_number(text)
    assert read is not None
    assert abs(read - value) <= Decimal(5).scaleb(-decimals - 1)
    assert len(text.partition(",")[2]) == decimals


@given(st.one_of(st.text(), cell_text), styles)
def test_any_text_can_be_classified(text: str, style: Style) -> None:
    angka = parse_angka(text, style)
    parts = parse_bagian(text, style)
    assert (angka is None) == (not text.strip() or is_strip(text))
    assert decimals_of(text, style) >= 0
    if angka is not None:
        assert angka.text == text
        assert not (angka.grade and parts)
        assert (angka.value is None) == (len(parts) != 1)


@given(st.lists(st.one_of(st.none(), st.text(), cell_text), max_size=12))
def test_any_column_has_one_style_whatever_its_order(column: list[str | None]) -> None:
    assert decide_style(column) is decide_style(reversed(column))


@given(cell_text)
def test_style_changes_only_doubtful_cells(text: str) -> None:
    assert (parse_bagian(text, ID) != parse_bagian(text, EN)) == is_doubtful(text)


def test_long_text_takes_no_time() -> None:
    for piece in ("1", "1.", "1 ", "(", "1 a ", ".", "1,000"):
        parse_angka(piece * 3000, ID)
        decide_style([piece * 3000])


@pytest.mark.parametrize(
    ("column", "values"),
    [
        (["10.000", "-", "2500", "5000", "7500", "10000"], [10000, None, 2500, 5000, 7500, 10000]),
        (["654", "680", "1.365", "2.055", "2.750", "3.450"], [654, 680, 1365, 2055, 2750, 3450]),
        (["122.00", "126.00", "104,91", "99,77"], ["122.00", "126.00", "104.91", "99.77"]),
        (["0.37", "-", "-", "0.37", "-"], ["0.37", None, None, "0.37", None]),
    ],
)
def test_real_columns_are_read_whole(column: list[str], values: list[int | str | None]) -> None:
    style = decide_style(column)
    read = [parse_number(text, style) for text in column]
    assert read == [None if value is None else Decimal(value) for value in values]


def test_every_target_of_the_sample_plans_is_understood() -> None:
    """All but the cells that the paper itself prints as ##### are a dash, a number, a grade or parts."""
    for path in PLANS:
        for series in plan_series(path):
            style = decide_style(series)
            for text in filter(None, series):
                angka = parse_angka(text, style)
                known = angka is None or angka.grade or parse_bagian(text, style)
                assert bool(known) == ("#" not in text), (path.name, text)
                assert (angka is None) == is_strip(text)
