"""Money cells: what an officer types, what the paper prints."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.errors import PlanError
from models.rows import NILAI_MAKS
from services.rupiah import format_rupiah, parse_rupiah, print_rupiah

ROOT = Path(__file__).resolve().parents[2]
PLANS = sorted([*(ROOT.parent / "shared" / "data").glob("*.renaksi.json"), *ROOT.glob("resources/**/*.renaksi.json")])
BUILT_IN = [0, 1, 999, 1000, 75144905, 14601238524, 23178610798, NILAI_MAKS]

amounts = st.integers(0, NILAI_MAKS)
money_text = st.text(alphabet="0123456789.,-–—−() \u00a0\u202f'RrPpOx½²٣", max_size=30)


def plan_amounts(path: Path) -> list[object]:
    """Every value of a plan's pagu, cash and realisation cells and of its printed totals."""
    plan = json.loads(path.read_text(encoding="utf-8"))
    found = [total.get("nilai") for total in plan.get("total_tercetak") or []]
    for line in plan["anggaran"]:
        found.append(line.get("pagu"))
        for key in ("kas", "realisasi"):
            found += (line.get(key) or {}).get("nilai", [])
        for key in ("pagu_tahun", "realisasi_tahun"):
            found += (line.get(key) or {}).values()
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("75.144.905", 75144905),
        ("75144905", 75144905),
        ("Rp 75.144.905,-", 75144905),
        ("Rp 75.144.905 ,-", 75144905),
        ("Rp. 75.144.905.-", 75144905),
        ("75.144.905,--", 75144905),
        ("75.144.905,–", 75144905),
        ("Rp75.144.905,00", 75144905),
        ("RP.75.144.905", 75144905),
        ("rp. 1.000", 1000),
        ("30,000,000", 30000000),
        ("30,000,000.00", 30000000),
        ("75144905.00", 75144905),
        ("75144905,00", 75144905),
        (" 1 000 000 ", 1000000),
        ("1\u00a0000\u00a0000", 1000000),
        ("1\u202f000\u202f000,00", 1000000),
        ("Rp\u00a075.144.905", 75144905),
        ("\t75.144.905\r\n", 75144905),
        ("10.000", 10000),
        ("10,000", 10000),
        ("10.00", 10),
        ("0", 0),
        ("000", 0),
        ("0,00", 0),
        ("007", 7),
        ("-0", 0),
        ("(0)", 0),
        ("-", 0),
        (" – ", 0),
        ("—", 0),
        ("Rp -", 0),
        ("Rp-", 0),
        ("Rp. -", 0),
        ("1.000.000.000.000.000", NILAI_MAKS),
        ("0" * 5000 + "12", 12),
        ("", None),
        ("   ", None),
        ("\u00a0", None),
    ],
)
def test_money_cell_is_read(text: str, value: int | None) -> None:
    assert parse_rupiah(text) == value


@pytest.mark.parametrize(
    "text", ["-5", "- 5", "(5)", "( 5 )", "−5", "–5", "-Rp 5.000", "Rp -5.000", "(Rp 5.000,-)", "Rp (5)"]
)
def test_negative_amount_is_refused(text: str) -> None:
    with pytest.raises(PlanError, match="tidak boleh negatif"):
        parse_rupiah(text)


@pytest.mark.parametrize("text", ["1.500,50", "1,500.5", "75144905,25", "75144905.1", "1 500,50", "1.500,000"])
def test_fraction_is_refused(text: str) -> None:
    with pytest.raises(PlanError, match=r"memuat pecahan.*rupiah bulat"):
        parse_rupiah(text)


@pytest.mark.parametrize(
    "text",
    ["1.5", "1,5", "12.34", "1.23.456", "1.500.00", "1.500.5", "0.500", "1.000,000,000", "1.000 000", "1 00", "1..000"],
)
def test_unclear_grouping_is_refused_with_the_reason(text: str) -> None:
    with pytest.raises(PlanError, match=r"tidak jelas.*tiap tiga angka.*rupiah bulat"):
        parse_rupiah(text)


@pytest.mark.parametrize(
    "text", ["abc", "Rp", "Rp.", "75 juta", "1E+09", "####", "7O.000", "5-", "(5", "--", "(-)", "١٢٣", "１００", "10²"]
)
def test_text_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(PlanError) as caught:
        parse_rupiah(text)
    assert str(caught.value) == f"'{text}' bukan angka rupiah. Tulis seperti 75.144.905 atau Rp 75.144.905,-."


@pytest.mark.parametrize("text", ["1.000.000.000.000.001", str(NILAI_MAKS + 1), "9" * 17, "9" * 10_000])
def test_amount_above_the_limit_is_refused(text: str) -> None:
    with pytest.raises(PlanError, match=re.escape("melebihi batas 1.000.000.000.000.000 rupiah")):
        parse_rupiah(text)


def test_long_text_is_shortened_in_the_message() -> None:
    with pytest.raises(PlanError) as caught:
        parse_rupiah("kata " * 1000)
    assert len(str(caught.value)) < 150


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (5, "5"), (1000, "1.000"), (75144905, "75.144.905"), (-5000, "-5.000")]
)
def test_amount_is_written_with_dots(value: int, text: str) -> None:
    assert format_rupiah(value) == text


@pytest.mark.parametrize(("value", "text"), [(0, "-"), (None, ""), (75144905, "75.144.905"), (-12, "-12")])
def test_paper_prints_zero_as_a_dash_and_empty_as_empty(value: int | None, text: str) -> None:
    assert print_rupiah(value) == text


@given(amounts)
@example(0)
@example(NILAI_MAKS)
def test_what_is_written_is_read_back(value: int) -> None:
    assert parse_rupiah(format_rupiah(value)) == value
    assert parse_rupiah(print_rupiah(value)) == value


@given(
    amounts,
    st.sampled_from(["", "Rp", "Rp ", "rp. ", "RP.", "Rp\u00a0"]),
    st.sampled_from([".", ",", " ", "\u00a0", ""]),
    st.sampled_from(["", ",-", ".-", "00"]),
)
def test_every_way_of_writing_an_amount_gives_the_same(value: int, currency: str, group: str, tail: str) -> None:
    if tail == "00":
        tail = ".00" if group == "," else ",00"
    assert parse_rupiah(f"{currency}{value:,}".replace(",", group) + tail) == value


@given(st.integers(1, NILAI_MAKS))
def test_every_negative_amount_is_refused(value: int) -> None:
    for text in (format_rupiah(-value), f"({format_rupiah(value)})"):
        with pytest.raises(PlanError, match="negatif"):
            parse_rupiah(text)


@given(st.one_of(st.text(), money_text))
def test_any_text_gives_an_amount_or_a_plan_error(text: str) -> None:
    try:
        value = parse_rupiah(text)
    except PlanError as error:
        assert str(error).endswith(".")  # noqa: PT017
    else:
        assert value is None or (type(value) is int and 0 <= value <= NILAI_MAKS)
        assert (value is None) == (not text.strip())


@given(money_text)
def test_digits_are_never_dropped(text: str) -> None:
    try:
        value = parse_rupiah(text)
    except PlanError:
        return
    typed = "".join(c for c in text if c in "0123456789").lstrip("0")
    assert str(value or "") in (typed, typed.removesuffix("00"))


@pytest.mark.parametrize("value", BUILT_IN)
def test_known_amounts_round_trip(value: int) -> None:
    assert parse_rupiah(format_rupiah(value)) == value


def test_every_amount_of_the_sample_plans_round_trips() -> None:
    for path in PLANS:
        for value in plan_amounts(path):
            assert value is None or type(value) is int, (path.name, value)
            if isinstance(value, int):
                assert parse_rupiah(format_rupiah(value)) == value
                assert parse_rupiah(f"Rp {print_rupiah(value)}") == value
