"""Dates: typed in many ways, kept as ISO text, printed in Indonesian."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import PlanError
from services.tanggal import MONTHS, MONTHS_SHORT, QUARTERS, format_tanggal, parse_tanggal

ROOT = Path(__file__).resolve().parents[2]
PLANS = sorted([*(ROOT.parent / "shared" / "data").glob("*.renaksi.json"), *ROOT.glob("resources/**/*.renaksi.json")])

dates = st.dates(date(1900, 1, 1), date(2100, 12, 31))
date_text = st.text(alphabet="0123456789-/. \u00a0JanuriMetFbsAgOkoNvDl٣²,", max_size=20)


def test_names_of_the_year() -> None:
    assert len(MONTHS) == len(MONTHS_SHORT) == 12
    assert (MONTHS[0], MONTHS[11], MONTHS_SHORT[4], MONTHS_SHORT[7]) == ("Januari", "Desember", "Mei", "Agu")
    assert QUARTERS == ("TW I", "TW II", "TW III", "TW IV")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("31 Januari 2023", "2023-01-31"),
        (" 31  januari\u00a02023 ", "2023-01-31"),
        ("31 JANUARI 2023", "2023-01-31"),
        ("31-01-2023", "2023-01-31"),
        ("31/1/2023", "2023-01-31"),
        ("31.01.2023", "2023-01-31"),
        ("31 Jan 2023", "2023-01-31"),
        ("31 Jan. 2023", "2023-01-31"),
        ("31-Jan-2023", "2023-01-31"),
        ("1 Agt 2022", "2022-08-01"),
        ("1 Agu 2022", "2022-08-01"),
        ("10 Nopember 2022", "2022-11-10"),
        ("2 Pebruari 2022", "2022-02-02"),
        ("29 Februari 2024", "2024-02-29"),
        ("2023-01-31", "2023-01-31"),
        ("2023/1/31", "2023-01-31"),
        ("Maret 2022", "2022-03"),
        ("mar 2022", "2022-03"),
        ("2022-03", "2022-03"),
        ("03/2022", "2022-03"),
        ("Mei 2022", "2022-05"),
        ("", None),
        ("  ", None),
    ],
)
def test_date_is_read(text: str, iso: str | None) -> None:
    assert parse_tanggal(text) == iso


@pytest.mark.parametrize(
    "text", ["31 Februari 2023", "29-02-2023", "31 April 2023", "0 Januari 2023", "32/1/2023", "2023-02-30"]
)
def test_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(PlanError, match="tidak ada di kalender"):
        parse_tanggal(text)


def test_impossible_date_is_named_in_the_message() -> None:
    with pytest.raises(PlanError, match=r"^Tanggal 31 Februari 2023 tidak ada di kalender\. Periksa harinya\.$"):
        parse_tanggal("31-2-2023")


@pytest.mark.parametrize(
    "word",
    [
        "January",
        "February",
        "March",
        "May",
        "June",
        "July",
        "August",
        "October",
        "December",
        "Aug",
        "Oct",
        "Dec",
        "Dec.",
    ],
)
def test_english_month_is_refused(word: str) -> None:
    with pytest.raises(PlanError, match=r"bukan nama bulan\. Tulis seperti 31 Januari 2023"):
        parse_tanggal(f"31 {word} 2023")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("01/31/2023", "bulan 31 tidak ada"),
        ("00/2023", "bulan 0 tidak ada"),
        ("31/1/23", "tahun ditulis dengan empat angka"),
        ("31 Januari", "tahun ditulis dengan empat angka"),
        ("31 Januari 0223", "Tahun 0223 di luar 1900 sampai 2100"),
        ("123-01-2023", "hari ditulis dengan satu atau dua angka"),
        ("x Januari 2023", "hari ditulis dengan satu atau dua angka"),
        ("2023", "bukan tanggal"),
        ("44957", "bukan tanggal"),
        ("-", "bukan tanggal"),
        ("-1-2023", "bukan tanggal"),
        ("Singaraja, 12 Oktober 2022", "bukan tanggal"),
        ("besok", "bukan tanggal"),
        ("٣١ Januari 2023", "hari ditulis dengan satu atau dua angka"),
    ],
)
def test_what_is_not_a_date_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(PlanError, match=reason):
        parse_tanggal(text)


@pytest.mark.parametrize(
    ("iso", "text"),
    [
        ("2023-01-31", "31 Januari 2023"),
        ("2023-05-01", "1 Mei 2023"),
        ("2022-03", "Maret 2022"),
        ("", ""),
        (None, ""),
        ("awal 2022", "awal 2022"),
        ("2023-02-31", "2023-02-31"),
        ("2022-13", "2022-13"),
        ("0000-01", "0000-01"),
    ],
)
def test_date_is_printed_in_indonesian(iso: str | None, text: str) -> None:
    assert format_tanggal(iso) == text


@given(dates)
def test_date_printed_is_read_back(day: date) -> None:
    iso = day.isoformat()
    assert parse_tanggal(format_tanggal(iso)) == iso
    assert parse_tanggal(format_tanggal(iso[:7])) == iso[:7]


@given(dates, st.sampled_from("-/. "), st.booleans())
def test_every_way_of_writing_a_date_gives_the_same(day: date, separator: str, padded: bool) -> None:
    width = 2 if padded else 1
    numbers = [f"{day.day:0{width}}", f"{day.month:0{width}}", str(day.year)]
    short = [numbers[0], MONTHS_SHORT[day.month - 1].upper(), numbers[2]]
    for words in (numbers, short, numbers[::-1]):
        assert parse_tanggal(separator.join(words)) == day.isoformat()


@given(st.one_of(st.text(), date_text))
def test_any_text_gives_iso_or_a_plan_error(text: str) -> None:
    try:
        iso = parse_tanggal(text)
    except PlanError as error:
        assert str(error).endswith(".")  # noqa: PT017
    else:
        assert iso is None or date.fromisoformat(iso if len(iso) == 10 else f"{iso}-01")
        assert (iso is None) == (not text.strip())


@given(st.text())
def test_unknown_text_is_printed_as_it_is(text: str) -> None:
    assert format_tanggal(text) == text


@pytest.mark.parametrize("iso", ["2022-10-12", "2023-01-31", "2022-03", "2017-01"])
def test_dates_of_real_papers_round_trip(iso: str) -> None:
    assert parse_tanggal(iso) == iso
    assert parse_tanggal(format_tanggal(iso)) == iso


def test_dates_of_the_sample_plans_round_trip() -> None:
    for path in PLANS:
        iso = json.loads(path.read_text(encoding="utf-8"))["dokumen"].get("tanggal")
        assert parse_tanggal(format_tanggal(iso)) == iso, path.name
