"""NIP: written in groups, remarked upon, never refused."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.nip import Remark, check_nip, format_nip

ROOT = Path(__file__).resolve().parents[2]
PLANS = sorted([*(ROOT.parent / "shared" / "data").glob("*.renaksi.json"), *ROOT.glob("resources/**/*.renaksi.json")])
GOOD = "19741014 199311 1 001"


def levels(text: str, today_year: int = 2022) -> list[str]:
    return [remark.level for remark in check_nip(text, today_year)]


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "197410141993111001",
        " 19741014.199311.1.001 ",
        "1974 1014 1993 1110 01",
        "19741014\u00a0199311\u00a01\u00a0001",
        "19741014-199311-1-001",
        "NIP. 19741014 199311 1 001",
        "nip : 197410141993111001",
        "NIP197410141993111001",
    ],
)
def test_eighteen_digits_are_written_in_groups(text: str) -> None:
    assert format_nip(text) == GOOD
    assert check_nip(text, 2022) == ()


@pytest.mark.parametrize(
    "text", ["", "-", "12345", "1974101419931110011", "19741014 199311 1 00A", "٣" * 18, "１" * 18]
)
def test_other_text_stays_as_typed(text: str) -> None:
    assert format_nip(f" {text}\n") == text


@pytest.mark.parametrize("text", ["", "  ", "-", " – "])
def test_missing_number_has_no_remark(text: str) -> None:
    assert check_nip(text, 2022) == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("19741014 199311 1 00", "NIP harus 18 angka; yang tertulis 17 angka."),
        ("1974101419931110011", "NIP harus 18 angka; yang tertulis 19 angka."),
        ("19741014 199311 1 OO1", "NIP hanya boleh memuat angka. Periksa huruf dan tanda di dalamnya."),
        ("1.97410141993111E+17", "NIP hanya boleh memuat angka. Periksa huruf dan tanda di dalamnya."),
        (
            "19740231 199311 1 001",
            "Delapan angka pertama NIP harus tanggal lahir; 31-02-1974 tidak ada di kalender.",
        ),
        (
            "00000000 199311 1 001",
            "Delapan angka pertama NIP harus tanggal lahir; 00-00-0000 tidak ada di kalender.",
        ),
        ("19741014 199311 3 001", "Angka ke-15 NIP harus 1 (pria) atau 2 (wanita); yang tertulis 3."),
    ],
)
def test_impossible_number_is_galat(text: str, sentence: str) -> None:
    assert check_nip(text, 2022) == (Remark("galat", sentence),)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("19850612 202221 1 003", "Angka ke-13 dan 14 NIP (21) bukan bulan. Ini wajar hanya untuk nomor PPPK."),
        ("19741014 199300 1 001", "Angka ke-13 dan 14 NIP (00) bukan bulan. Ini wajar hanya untuk nomor PPPK."),
        (
            "19741014 198811 1 001",
            "Menurut NIP diangkat tahun 1988, kurang dari 15 tahun setelah lahir. Periksa angkanya.",
        ),
        ("19741014 202311 1 001", "Menurut NIP diangkat tahun 2023, sesudah tahun 2022. Periksa angkanya."),
        ("19511014 197311 1 001", "Menurut NIP umurnya 71 tahun pada 2022. Periksa tahun lahirnya."),
    ],
)
def test_rare_number_is_only_a_catatan(text: str, sentence: str) -> None:
    assert check_nip(text, 2022) == (Remark("catatan", sentence),)


@pytest.mark.parametrize("text", ["19741014 198911 1 001", "19741014 202212 2 001", "19521014 197301 1 001"])
def test_limits_themselves_are_allowed(text: str) -> None:
    assert check_nip(text, 2022) == ()


def test_all_remarks_are_given_at_once() -> None:
    assert levels("19741399 205021 9 001") == ["galat", "galat", "catatan", "catatan"]


@given(
    st.dates(date(1953, 1, 1), date(2004, 12, 31)),
    st.integers(15, 18),
    st.integers(1, 12),
    st.sampled_from("12"),
    st.integers(0, 999),
)
def test_every_well_made_number_passes(birth: date, age: int, month: int, sex: str, serial: int) -> None:
    text = f"{birth:%Y%m%d}{birth.year + age}{month:02}{sex}{serial:03}"
    assert check_nip(text, 2023) == ()
    assert format_nip(format_nip(text)) == format_nip(text)
    assert format_nip(text).replace(" ", "") == text


@given(
    st.one_of(st.text(), st.text(alphabet="0123456789 .-NIPO", max_size=24), st.from_regex("[0-9]{18}", fullmatch=True))
)
def test_any_text_gives_remarks_and_no_error(text: str) -> None:
    assert all(remark.text.endswith(".") for remark in check_nip(text, 2023))
    assert format_nip(format_nip(text)) == format_nip(text)


@pytest.mark.parametrize(
    "text", ["19741014 199311 1 001", "19681130 199403 2 007", "196707271995031006", "19680628 199403 2 012"]
)
def test_numbers_of_real_papers_pass(text: str) -> None:
    assert check_nip(text, 2022) == ()


def test_numbers_of_the_sample_plans_pass() -> None:
    for path in PLANS:
        dokumen = json.loads(path.read_text(encoding="utf-8"))["dokumen"]
        text = (dokumen.get("penandatangan") or {}).get("nip") or ""
        assert check_nip(text, dokumen["tahun"]) == (), path.name
