"""Ranks: a golongan alone stands for its rank, anything else stays as typed."""

import pytest

from services.pangkat import PANGKAT, rank_of


@pytest.mark.parametrize(
    ("typed", "rank"),
    [
        ("IV/c", "Pembina Utama Muda"),
        (" iv c ", "Pembina Utama Muda"),
        ("IIIb", "Penata Muda Tingkat I"),
        ("Gol. III/d", "Penata Tingkat I"),
        ("golongan i/a", "Juru Muda"),
        ("Pembina  (IV/a)", "Pembina (IV/a)"),
        ("III/e", "III/e"),
        ("IX", "IX"),
        ("", ""),
    ],
)
def test_a_golongan_is_written_as_its_rank(typed: str, rank: str) -> None:
    assert rank_of(typed) == rank


def test_every_rank_has_a_golongan_of_its_own() -> None:
    assert len({golongan for _, golongan in PANGKAT}) == len({rank for rank, _ in PANGKAT}) == len(PANGKAT) == 17
    assert all(rank_of(golongan) == rank for rank, golongan in PANGKAT)
