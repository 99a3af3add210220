"""The list of recent plans: stored, robust, at most twenty, and its words for days."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from models.errors import PlanError
from services.accepting import accept
from services.document import Document
from ui.recent import LIMIT, RecentPlan, RecentPlans, entry_of, moment_words, opened_words
from ui.session import Session

NOON = datetime(2026, 11, 22, 12, 0)
ACCEPTED = "2026-11-22T10:00:00+08:00"


def plan(path: Path, minutes: int = 0, agency: str = "Dinas Koperasi") -> RecentPlan:
    return RecentPlan(path=path, agency=agency, year=2027, galat=1, opened=NOON + timedelta(minutes=minutes))


def test_what_is_noted_is_read_back_whole(tmp_path: Path) -> None:
    whole = RecentPlan(
        path=tmp_path / "é dan spasi.db",
        agency="Dinas Koperasi",
        pemda="Kota Bekasi",
        year=2024,
        stage="Perubahan 2",
        galat=3,
        peringatan=24,
        catatan=6,
        opened=NOON,
    )
    RecentPlans().note(whole)
    assert RecentPlans().all() == (whole,)


def test_the_newest_stands_first_and_a_path_only_once(tmp_path: Path) -> None:
    recent = RecentPlans()
    for minutes, name in enumerate(("a.db", "b.db", "a.db")):
        recent.note(plan(tmp_path / name, minutes))
    assert [p.path.name for p in recent.all()] == ["a.db", "b.db"]


def test_no_more_than_twenty_are_kept(tmp_path: Path, data_folder: Path) -> None:
    recent = RecentPlans()
    for number in range(LIMIT + 3):
        recent.note(plan(tmp_path / f"{number}.db", number))
    assert len(json.loads((data_folder / "terakhir.json").read_text(encoding="utf-8"))) == LIMIT
    assert recent.all()[0].path.name == f"{LIMIT + 2}.db"


def test_forgetting_leaves_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(b"x")
    recent = RecentPlans()
    recent.note(plan(path))
    recent.forget(path)
    assert recent.all() == ()
    assert path.exists()


def test_a_file_found_elsewhere_takes_the_place_of_the_lost_one(tmp_path: Path) -> None:
    recent = RecentPlans()
    recent.note(plan(tmp_path / "lama.db"))
    recent.note(plan(tmp_path / "baru.db", 1), instead_of=tmp_path / "lama.db")
    assert [p.path.name for p in recent.all()] == ["baru.db"]


def test_two_windows_do_not_lose_each_others_plans(tmp_path: Path) -> None:
    one, other = RecentPlans(), RecentPlans()
    one.note(plan(tmp_path / "a.db"))
    other.note(plan(tmp_path / "b.db", 1))
    one.note(plan(tmp_path / "c.db", 2))
    assert [p.path.name for p in other.all()] == ["c.db", "b.db", "a.db"]


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "3", '"x"', '{"a": 1}', "[1, null, [], {}]", '[{"path": "a"}]', "[" * 100_000, "\ufeff[]"],
)
def test_a_broken_file_is_an_empty_list_that_can_be_written_again(tmp_path: Path, data_folder: Path, text: str) -> None:
    data_folder.mkdir()
    (data_folder / "terakhir.json").write_text(text, encoding="utf-8")
    recent = RecentPlans()
    assert recent.all() == ()
    recent.note(plan(tmp_path / "a.db"))
    assert len(recent.all()) == 1


def test_bytes_that_are_no_text_are_an_empty_list(data_folder: Path) -> None:
    data_folder.mkdir()
    (data_folder / "terakhir.json").write_bytes(b"\xff\xfe[")
    assert RecentPlans().all() == ()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("path", 3),
        ("path", ""),
        ("agency", None),
        ("agency", ""),
        ("year", "x"),
        ("galat", [1]),
        ("galat", float("inf")),
        ("opened", "kemarin"),
        ("opened", 5),
    ],
)
def test_a_line_that_cannot_be_read_is_left_out_alone(
    tmp_path: Path, data_folder: Path, key: str, value: object
) -> None:
    recent = RecentPlans()
    recent.note(plan(tmp_path / "a.db"))
    recent.note(plan(tmp_path / "b.db", 1))
    file = data_folder / "terakhir.json"
    listed = json.loads(file.read_text(encoding="utf-8"))
    listed[0][key] = value
    file.write_text(json.dumps(listed), encoding="utf-8")
    assert [p.path.name for p in recent.all()] == ["a.db"]


def test_a_list_that_cannot_be_written_is_said(data_folder: Path, tmp_path: Path) -> None:
    data_folder.mkdir()
    (data_folder / "terakhir.json").mkdir()
    with pytest.raises(PlanError):
        RecentPlans().note(plan(tmp_path / "a.db"))


def test_the_entry_of_an_open_plan_counts_as_the_dock_does(qapp: object, buleleng: Document) -> None:
    session = Session(buleleng)
    entry = entry_of(session)
    assert entry.path == buleleng.file.path
    assert (entry.year, entry.stage, entry.pemda) == (2022, "Perubahan", "Kabupaten Buleleng")
    assert entry.agency.startswith("Dinas Perdagangan")
    assert entry.galat == 2
    assert 0 < entry.peringatan < sum(f.tingkat == "peringatan" for f in session.checks.of(session.dokumen_id))


def test_the_entry_leaves_out_what_was_accepted(qapp: object, buleleng: Document) -> None:
    session = Session(buleleng)
    before = entry_of(session)
    found = [f for f in session.checks.of(session.dokumen_id) if f.tingkat == "galat"]
    session.edit("terima temuan", accept(session.plan, session.dokumen_id, found, "Sesuai DPA.", "sri", ACCEPTED))
    after = entry_of(session)
    assert (after.galat, after.catatan) == (0, before.catatan)


def test_a_plan_without_document_is_listed_by_its_file(qapp: object, tmp_path: Path) -> None:
    with Document.create(tmp_path / "kosong.db") as document:
        document.file.publish()
        entry = entry_of(Session(document))
    assert (entry.agency, entry.year, entry.stage) == ("kosong", None, "")


@pytest.mark.parametrize(
    ("when", "words", "in_a_sentence"),
    [
        (datetime(2026, 11, 22, 9, 5), "Hari ini 09.05", "hari ini pukul 09.05"),
        (datetime(2026, 11, 21, 15, 12), "Kemarin 15.12", "kemarin pukul 15.12"),
        (datetime(2026, 11, 18, 15, 12), "18 Nov 2026", "18 November pukul 15.12"),
        (datetime(2025, 8, 3, 15, 12), "3 Agu 2025", "3 Agustus 2025 pukul 15.12"),
    ],
)
def test_days_are_said_in_words(when: datetime, words: str, in_a_sentence: str) -> None:
    today = date(2026, 11, 22)
    assert opened_words(when, today) == words
    assert moment_words(when, today) == in_a_sentence
