"""The history: every field that changed, once, chained so that nothing can be taken out unseen."""

import hashlib
import json
from dataclasses import replace

import pytest

from models.changes import Change
from models.history import entries
from models.rows import DeretAnggaran, Opd, columns

OLD = Opd(id="o", urutan=1, nama="Dinas")
FIRST = {"after": (0, 0, ""), "when": "2022-03-01T08:00:00+08:00", "who": "ani", "label": "ubah nama"}


def test_an_altered_field_is_one_entry_with_old_and_new():
    made = entries([Change(OLD, replace(OLD, nama="Badan", pemda="Kota Bekasi"))], **FIRST)
    assert [entry[2:7] for entry in made] == [
        ("opd", "o", "nama", '"Dinas"', '"Badan"'),
        ("opd", "o", "pemda", "null", '"Kota Bekasi"'),
    ]
    assert {entry[7:10] for entry in made} == {("2022-03-01T08:00:00+08:00", "ani", "ubah nama")}


def test_an_altered_month_is_an_entry_of_its_column():
    old = DeretAnggaran(id="s", dokumen_id="d", anggaran_id="a", jenis="kas", periode="bulan")
    new = replace(old, nilai=(None, None, 5_000_000_000, *[None] * 9))
    assert [entry[4:7] for entry in entries([Change(old, new)], **FIRST)] == [("b03", "null", "5000000000")]


def test_an_added_row_is_one_entry_with_all_its_values():
    (entry,) = entries([Change(None, OLD)], **FIRST)
    assert entry[4:6] == (None, None)
    assert json.loads(entry[6]) == dict(zip(columns(Opd), OLD.to_columns(), strict=True))


def test_a_removed_row_is_one_entry_that_could_bring_it_back():
    (entry,) = entries([Change(OLD, None)], **FIRST)
    assert (entry[4], entry[6]) == (None, None)
    assert Opd.from_columns([json.loads(entry[5])[name] for name in columns(Opd)]) == OLD


@pytest.mark.parametrize(("value", "text"), [(None, "null"), ("", '""'), ("-", '"-"'), ("0", '"0"')])
def test_empty_nothing_dash_and_zero_stay_four_things(value, text):
    (entry,) = entries([Change(replace(OLD, pemda="x"), replace(OLD, pemda=value))], **FIRST)
    assert entry[6] == text


def test_a_step_goes_on_where_the_last_one_ended():
    made = entries([Change(None, OLD), Change(OLD, replace(OLD, nama="Badan"))], **{**FIRST, "after": (41, 7, "abc")})
    assert [entry[:2] for entry in made] == [(42, 8), (43, 8)]


def test_each_seal_covers_the_entry_and_the_seal_before_it():
    made = entries([Change(None, OLD), Change(OLD, replace(OLD, nama="Badan"))], **{**FIRST, "after": (1, 1, "awal")})
    seal = "awal"
    for *body, own in made:
        line = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        seal = hashlib.sha256((seal + line).encode()).hexdigest()
        assert own == seal


@pytest.mark.parametrize(
    "other",
    [
        {"after": (0, 0, "lain")},
        {"after": (1, 0, "")},
        {"after": (0, 1, "")},
        {"when": "2022-03-01T08:00:01+08:00"},
        {"who": "budi"},
        {"label": "ubah"},
    ],
)
def test_any_difference_gives_another_seal(other):
    changes = [Change(OLD, replace(OLD, nama="Badan"))]
    assert entries(changes, **FIRST)[0][10] != entries(changes, **{**FIRST, **other})[0][10]


def test_a_change_of_nothing_is_no_entry():
    assert entries([Change(OLD, OLD)], **FIRST) == []
