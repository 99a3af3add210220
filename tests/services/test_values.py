"""Sums typed into a cell and amounts in words: what they come to, and what is said where they come to nothing."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import PlanError
from services.angka import Style, is_doubtful, parse_number
from services.cell_edit import reckoned
from services.rupiah import parse_rupiah
from services.values import LONGEST, Value, worked_out


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("=1+2", "3"),
        ("=1200000*12", "14.400.000"),
        ("= Rp 1.200.000,- x 12", "14.400.000"),
        ("=2+3*4", "14"),
        ("=(2+3)*4", "20"),
        ("=-5+10", "5"),
        ("=5.000.000*12,5%", "625.000"),
        ("=1.5*2", "3"),
        ("=1,5 juta*12+500 rb", "18.500.000"),
        ("=100:4", "25"),
        ("1,5 juta", "1.500.000"),
        ("Rp 1,5 Juta,-", "1.500.000"),
        ("2 miliar", "2.000.000.000"),
        ("2M", "2.000.000.000"),
        ("500 rb", "500.000"),
        ("500ribu", "500.000"),
        ("1.500 juta", "1.500.000.000"),
        ("3 jt rupiah", "3.000.000"),
        ("1 triliun", "1.000.000.000.000"),
    ],
)
def test_money_is_worked_out_in_whole_rupiah(text: str, wanted: str) -> None:
    assert worked_out(text, money=True) == Value(wanted)


def test_a_fraction_of_a_rupiah_is_rounded_and_marked() -> None:
    assert worked_out("=75.144.905/12", money=True) == Value("6.262.075", rounded=True)
    assert worked_out("=5/2", money=True) == Value("3", rounded=True)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("=10/4", Value("2,5")),
        ("=10/3", Value("3,33", rounded=True)),
        ("=1,5+1,75", Value("3,25")),
        ("3 juta orang", Value("3.000.000 orang")),
        ("2,5 ribu", Value("2500")),
        ("=1500*2", Value("3000")),
    ],
)
def test_a_target_keeps_its_decimals_and_its_unit_and_cannot_be_read_otherwise(text: str, wanted: Value) -> None:
    assert worked_out(text, money=False) == wanted
    assert not is_doubtful(wanted.text)


@pytest.mark.parametrize("money", [True, False])
@pytest.mark.parametrize("text", ["", "-", "A", "3 laporan", "75.144.905", "1 + 2", "20 orang 10 koperasi", "juta"])
def test_anything_else_is_left_as_it_is(text: str, money: bool) -> None:
    assert worked_out(text, money=money) is None
    assert reckoned(text, money=money) == text


def test_a_letter_behind_a_target_may_be_its_unit() -> None:
    assert worked_out("5 M", money=False) is None
    assert worked_out("5 t", money=False) is None
    assert worked_out("1 juta 500 ribu", money=False) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("=", "belum lengkap"),
        ("=1+", "belum lengkap"),
        ("=A1*2", "alamat sel"),
        ("=SUM(1;2)", "alamat sel"),
        ("=1/0", "nol"),
        ("=(1+2", "kurung tutup kurang"),
        ("=1+2)", "mulai dari )"),
        ("=2**3", "mulai dari *3"),
        ("=1,125*2", "1125 atau 1,1250"),
        ("=1.23.4+1", "bukan angka"),
        ("=" + "(" * 30 + "1", "terlalu banyak"),
        ("=" + "9" * (LONGEST + 1), "terlalu panjang"),
        ("=" + "9" * 30, "terlalu besar"),
        ("=__import__('os')", "mulai dari __import__"),
    ],
)
@pytest.mark.parametrize("money", [True, False])
def test_what_cannot_be_worked_out_is_said(text: str, said: str, money: bool) -> None:
    with pytest.raises(PlanError) as refused:
        reckoned(text, money=money)
    assert said in str(refused.value)
    assert str(refused.value).startswith("'=")


amounts = st.integers(1, 10**6)


@given(amounts, amounts, amounts, st.sampled_from(["+", "*"]))
def test_sums_are_exact(a: int, b: int, c: int, sign: str) -> None:
    wanted = Decimal(a) + (Decimal(b) + c if sign == "+" else Decimal(b) * c)
    money = worked_out(f"={a}+{b}{sign}{c}", money=True)
    assert money is not None
    assert parse_rupiah(money.text) == wanted
    target = worked_out(f"={a}+{b}{sign}{c}", money=False)
    assert target is not None
    assert parse_number(target.text, Style.INDONESIAN) == parse_number(target.text, Style.ENGLISH) or (
        not is_doubtful(target.text) and parse_number(target.text, Style.INDONESIAN) == wanted
    )


@given(amounts, st.integers(1, 1000))
def test_quotients_of_money_are_rounded_halves_up(a: int, b: int) -> None:
    found = worked_out(f"={a}/{b}", money=True)
    assert found is not None
    assert parse_rupiah(found.text) == (Decimal(a) / b).quantize(Decimal(1), ROUND_HALF_UP)
    assert found.rounded == (a % b != 0)
