"""The log: lines of known events with numbers, in a file that stays small."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services import log
from services.log import LOG_BYTES, LOGS_KEPT, Event, log_file, note, timed


def lines():
    return log_file().read_text(encoding="utf-8").splitlines()


def test_a_line_has_its_time_its_event_and_its_figures():
    note(Event.PUBLISHED, ms=26.04, bytes=4_812_800)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  rencana diterbitkan  ms=26  bytes=4812800", lines()[0])


@given(st.text() | st.binary() | st.none() | st.lists(st.integers()))
def test_no_text_gets_in(value):
    with pytest.raises(TypeError):
        note(Event.OPENED, nama=value)


def test_an_event_that_is_not_known_does_not_get_in():
    with pytest.raises(ValueError, match="Dinas Koperasi"):
        note("Dinas Koperasi")


def test_the_log_stays_small(monkeypatch):
    monkeypatch.setattr(log, "LOG_BYTES", 2_000)
    for n in range(300):
        note(Event.PUBLISHED, ms=n)
    files = sorted(log_file().parent.iterdir())
    assert len(files) == 1 + LOGS_KEPT
    assert all(file.stat().st_size <= 2_000 for file in files)
    assert lines()[-1].endswith("ms=299")
    assert LOG_BYTES > 2_000


def test_a_log_that_cannot_be_written_stops_nothing(data_folder, capsys):
    log_file().mkdir(parents=True)
    note(Event.START)
    assert capsys.readouterr() == ("", "")


def test_a_full_disk_stops_nothing(full_disk, capsys):
    with full_disk():
        note(Event.START)
    assert capsys.readouterr() == ("", "")


def test_what_takes_time_is_timed_and_what_fails_is_told():
    with timed(Event.PUBLISHED, Event.NOT_PUBLISHED, rows=3) as more:
        more(bytes=9)
    with pytest.raises(ZeroDivisionError), timed(Event.PUBLISHED, Event.NOT_PUBLISHED):
        raise ZeroDivisionError
    good, bad = lines()
    assert re.search(r"rencana diterbitkan  rows=3  bytes=9  ms=", good)
    assert "rencana gagal diterbitkan  ms=" in bad
