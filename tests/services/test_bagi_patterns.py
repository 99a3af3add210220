"""Patterns of a year: those of the program, and the officer's own that outlive it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import PlanError
from models.rows import BULAN
from services import patterns
from services.patterns import MULAI_FEBRUARI, TRIWULAN, Pola, gaji_14, reduced, thr_month


def test_fourteen_salaries_are_two_in_the_months_of_thr_and_of_the_thirteenth() -> None:
    assert gaji_14(3, 5).bobot == (1, 1, 1, 2, 1, 2, 1, 1, 1, 1, 1, 1)
    assert sum(gaji_14(3).bobot) == 14
    assert gaji_14(6, 6).bobot[6] == 3


@pytest.mark.parametrize(
    ("tahun", "month"), [(2019, 5), (2021, 4), (2022, 4), (2023, 4), (2024, 3), (2025, 3), (2026, 3)]
)
def test_thr_is_expected_in_the_month_in_which_it_was_paid(tahun: int, month: int) -> None:
    assert thr_month(tahun) + 1 == month


@given(st.integers(-5, 20_000))
def test_thr_has_a_month_in_any_year(tahun: int) -> None:
    assert 0 <= thr_month(tahun) < BULAN


def test_the_programs_patterns_have_their_months() -> None:
    assert TRIWULAN.months == {2, 5, 8, 11}
    assert MULAI_FEBRUARI.months == set(range(1, BULAN))


def test_an_own_pattern_is_kept_in_small_numbers_and_read_again() -> None:
    assert patterns.stored() == ()
    kept = patterns.save("  Hibah   semester ", (0,) * 5 + (300,) + (0,) * 5 + (600,))
    assert kept == Pola("Hibah semester", (0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 2))
    patterns.save("ATK", (1,) * BULAN)
    assert [pola.nama for pola in patterns.stored()] == ["ATK", "Hibah semester"]
    patterns.save("hibah SEMESTER", (1,) * BULAN)
    assert [pola.nama for pola in patterns.stored()] == ["ATK", "hibah SEMESTER"]
    patterns.forget("ATK")
    assert [pola.nama for pola in patterns.stored()] == ["hibah SEMESTER"]


@pytest.mark.parametrize(
    ("nama", "bobot"), [(" ", (1,) * 12), ("triwulan", (1,) * 12), ("Gaji 14 Bulan", (1,) * 12), ("X", (0,) * 12)]
)
def test_a_pattern_without_name_or_months_or_with_a_name_of_the_program_is_refused(
    nama: str, bobot: tuple[int, ...]
) -> None:
    with pytest.raises(PlanError):
        patterns.save(nama, bobot)
    assert patterns.stored() == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[1, {}]",
        '[{"nama": "A", "bobot": [1, 2]}]',
        '{"nama": 1}',
        '[{"nama": "A", "bobot": [-1,1,1,1,1,1,1,1,1,1,1,1]}]',
    ],
)
def test_a_broken_file_holds_no_patterns(data_folder: Path, text: str) -> None:
    data_folder.mkdir(parents=True, exist_ok=True)
    (data_folder / "pola.json").write_text(text, encoding="utf-8")
    assert patterns.stored() == ()


@given(st.lists(st.integers(-5, 10**15), min_size=12, max_size=12))
def test_reduced_weights_keep_their_proportions(weights: list[int]) -> None:
    small = reduced(tuple(weights))
    bare = [max(weight, 0) for weight in weights]
    assert all(a * sum(small) == b * sum(bare) for a, b in zip(bare, small, strict=True)) or not any(bare)
