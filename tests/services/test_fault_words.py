"""What is repeated of an error's message: words of the code, never those that were typed."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rows import Opd
from services.fault_words import OMITTED, words_of

KINDS = [RuntimeError, TypeError, AttributeError, NameError, NotImplementedError, sqlite3.OperationalError, ImportError]


def caught(kind, text):
    try:
        raise kind(text)
    except kind as error:
        return words_of(error)


@given(kind=st.sampled_from(KINDS), typed=st.text(st.characters(categories=["Lu"], max_codepoint=0x17F), min_size=12))
def test_no_word_that_was_typed_gets_in(kind, typed):
    assert typed not in caught(kind, f"cannot read {typed}")


@given(kind=st.sampled_from(KINDS), amount=st.integers(10, 10**15))
def test_no_amount_gets_in(kind, amount):
    for text in (f"{amount}", f"{amount:,}".replace(",", "."), f"Rp{amount}", f"pagu={amount}"):
        assert not set("0123456789") & set(caught(kind, text))


def test_what_the_interpreter_says_of_the_code_is_kept():
    opd = Opd(id="o", urutan=1, nama="Dinas Rahasia")
    with pytest.raises(AttributeError) as no_field:
        opd.alamat  # noqa: B018
    assert words_of(no_field.value) == "'Opd' object has no attribute 'alamat'"
    with pytest.raises(TypeError) as no_call:
        opd.nama(1, 2)
    assert words_of(no_call.value) == "'str' object is not callable"
    with pytest.raises(TypeError) as missing:
        Opd(id="o")
    assert words_of(missing.value).startswith("Opd.__init__() missing 2 required keyword-only arguments: 'urutan' and")


def test_what_sqlite_says_of_the_tables_is_kept():
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE opd (id TEXT PRIMARY KEY, nama TEXT NOT NULL)")
    with pytest.raises(sqlite3.IntegrityError) as error:
        connection.execute("INSERT INTO opd VALUES ('x', NULL)")
    connection.close()
    assert words_of(error.value) == "NOT NULL constraint failed: opd.nama"


def test_of_other_errors_nothing_is_repeated():
    assert caught(ValueError, "Dinas Rahasia 271.678.600") == ""
    assert caught(KeyError, "Dinas Rahasia") == ""
    assert words_of(OSError(28, "No space left on device", "Dinas Rahasia.db")) == "[Errno 28] No space left on device"
    assert words_of(OSError("Dinas Rahasia")) == ""


def test_what_is_left_out_is_marked():
    assert caught(RuntimeError, "Kelurahan Rahasia, Jalan Melati") == OMITTED
