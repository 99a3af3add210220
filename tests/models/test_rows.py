"""The rows: one description of each table, and the way between fields and columns."""

import types
import typing
from dataclasses import FrozenInstanceError, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.changes import Change, inverse
from models.rows import (
    BULAN,
    ROWS,
    TABLES,
    DeretAnggaran,
    DeretIndikator,
    Dukungan,
    Indikator,
    Kinerja,
    Opd,
    columns,
    new_id,
    owners,
    references,
    rest,
)

VALUES = {int: st.integers(-(2**63), 2**63 - 1), str: st.text(max_size=10), types.NoneType: st.none()}


def values_of(kind):
    """Any value of an annotation: a type, a union of types, or twelve of them."""
    if typing.get_origin(kind) is tuple:
        return st.tuples(*[values_of(typing.get_args(kind)[0])] * BULAN)
    return st.one_of(*[VALUES[part] for part in typing.get_args(kind) or (kind,)])


def rows_of(cls):
    hints = typing.get_type_hints(cls)
    return st.builds(cls, **{f.name: values_of(hints[f.name]) for f in fields(cls)})


any_row = st.sampled_from(ROWS).flatmap(rows_of)


@given(any_row)
def test_a_row_read_back_from_its_columns_is_the_same(row):
    values = row.to_columns()
    assert len(values) == len(columns(type(row)))
    assert type(row).from_columns(values) == row


@pytest.mark.parametrize("cls", ROWS)
def test_columns_are_the_fields_in_order_with_twelve_months_spelled_out(cls):
    wanted = []
    for f in fields(cls):
        wanted += [f"b{m:02}" for m in range(1, 13)] if f.name == "nilai" and "months" in f.metadata else [f.name]
    assert list(columns(cls)) == wanted
    assert wanted[0] == "id"


def test_march_is_b03():
    row = DeretAnggaran(
        id="x", dokumen_id="d", anggaran_id="a", jenis="kas", periode="bulan", nilai=(None, None, 3, *[None] * 9)
    )
    named = dict(zip(columns(DeretAnggaran), row.to_columns(), strict=True))
    assert named["b03"] == 3
    assert [name for name, value in named.items() if value == 3] == ["b03"]


def test_a_series_begins_with_twelve_empty_months():
    series = DeretIndikator(id="x", dokumen_id="d", indikator_id="i", jenis="target", periode="bulan")
    assert series.nilai == (None,) * 12


def test_every_reference_names_a_table_that_stands_before_or_is_the_same():
    order = [cls.TABLE for cls in ROWS]
    assert set(TABLES) == set(order)
    assert len(order) == len(set(order))
    for cls in ROWS:
        for table in references(cls).values():
            assert order.index(table) <= order.index(cls.TABLE)


def test_owners_are_references():
    assert all(set(owners(cls)) <= set(references(cls)) for cls in ROWS)
    assert owners(Dukungan) == ("dokumen_id", "kinerja_id", "anggaran_id")
    assert "indikator_id" in references(Dukungan)


def test_every_row_below_a_document_names_it():
    without = [cls.TABLE for cls in ROWS if "dokumen_id" not in references(cls)]
    assert without == ["opd", "dokumen", "kop", "salinan", "gabung", "konflik"]


def test_rows_cannot_be_changed_in_place():
    row = Opd(id="o", urutan=1, nama="Dinas")
    with pytest.raises(FrozenInstanceError):
        row.nama = "Badan"


def test_new_ids_never_repeat():
    assert len({new_id() for _ in range(1000)}) == 1000


def test_rest_is_the_json_beside_the_columns():
    assert rest(Opd(id="o", urutan=1, nama="Dinas", sisa='{"a":null,"b":[]}')) == {"a": None, "b": []}
    assert rest(Opd(id="o", urutan=1, nama="Dinas")) == {}


def test_a_change_needs_a_row():
    with pytest.raises(ValueError, match="needs a row"):
        Change(None, None)


@pytest.mark.parametrize(
    "other",
    [
        Kinerja(id="k2", dokumen_id="d", urutan=1, tingkat="tujuan"),
        Indikator(id="k1", dokumen_id="d", urutan=1, uraian=""),
    ],
    ids=["other id", "other table"],
)
def test_a_change_is_about_one_row(other):
    with pytest.raises(ValueError, match="one row"):
        Change(Kinerja(id="k1", dokumen_id="d", urutan=1, tingkat="tujuan"), other)


def test_the_inverse_swaps_the_sides_and_the_order():
    old = Opd(id="o", urutan=1, nama="Dinas")
    new = replace(old, nama="Badan")
    added = Change(None, Opd(id="p", urutan=2, nama="Kantor"))
    assert inverse([Change(old, new), added]) == (added.inverse(), Change(new, old))
    assert inverse(inverse([Change(old, new), added])) == (Change(old, new), added)


def test_altered_columns_name_only_what_differs():
    old = DeretAnggaran(id="x", dokumen_id="d", anggaran_id="a", jenis="kas", periode="bulan", kumulatif=1)
    new = replace(old, kumulatif=0, nilai=(5, *[None] * 11))
    assert Change(old, new).altered_columns() == [("kumulatif", 1, 0), ("b01", None, 5)]


def test_empty_text_and_nothing_differ():
    old = Kinerja(id="k", dokumen_id="d", urutan=1, tingkat="tujuan", uraian=None)
    assert Change(old, replace(old, uraian="")).altered_columns() == [("uraian", None, "")]
