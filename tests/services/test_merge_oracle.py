"""The oracle behind every merge: what is lost, loose or doubled does not get past it."""

from dataclasses import replace

import pytest

from models.rows import Anggaran, DeretAnggaran, Dokumen, Jabatan, Opd
from services.merge_base import state_of
from services.merge_fold import fold
from services.merge_oracle import MergeError, assure

LINE = Anggaran(id="s", dokumen_id="d", urutan=1, jenis="program", nama="S", pagu=100)
OTHER = replace(LINE, id="s2", nama="S2")
BASE = (
    Opd(id="o", urutan=1, nama="Dinas"),
    Dokumen(id="d", opd_id="o", urutan=1, judul="Rencana", tahun=2027),
    Jabatan(id="j1", dokumen_id="d", urutan=1, nama="Kepala"),
    Jabatan(id="j2", dokumen_id="d", urutan=2, nama="Sekretaris"),
    LINE,
    OTHER,
    DeretAnggaran(id="kas", dokumen_id="d", anggaran_id="s", jenis="kas", periode="bulan"),
)


def states(ours=(), theirs=()):
    """The three sides; the rows given replace those of the base."""
    base = state_of(BASE)
    return base | state_of(ours), base, base | state_of(theirs)


@pytest.fixture
def made():
    """A merge with one taken cell, one kept cell and one conflict."""
    ours = [replace(LINE, pagu=1, nama="A"), replace(OTHER, pagu=5)]
    made = fold(*states(ours, [replace(LINE, pagu=2, lokasi="B")]))
    assure(made)
    assert len(made.clashes) == 1
    return made


def test_a_conflict_that_is_not_noted_is_a_lost_value(made):
    made.clashes.clear()
    with pytest.raises(MergeError, match="pagu is gone"):
        assure(made)


@pytest.mark.parametrize("field", ["lokasi", "nama"])
def test_a_value_of_either_side_that_is_not_in_the_plan_is_lost(made, field):
    row = made.rows["anggaran", "s"]
    made.rows["anggaran", "s"] = replace(row, **{field: "S" if field == "nama" else None})
    with pytest.raises(MergeError, match=f"{field} is gone"):
        assure(made)


def test_a_row_that_one_side_edited_may_not_vanish(made):
    del made.rows["anggaran", "s2"]
    with pytest.raises(MergeError, match="s2 is gone"):
        assure(made)


def test_a_row_that_one_side_deleted_may_not_come_back_unsaid():
    ours, base, theirs = states()
    del theirs["anggaran", "s2"]
    made = fold(ours, base, theirs)
    assure(made)
    made.rows["anggaran", "s2"] = OTHER
    with pytest.raises(MergeError, match="back without a word"):
        assure(made)


def test_a_loose_reference_is_found(made):
    made.rows["anggaran", "s2"] = replace(made.rows["anggaran", "s2"], penanggung_jawab_id="hilang")
    with pytest.raises(MergeError, match=r"penanggung_jawab_id is gone|names what is not there"):
        assure(made)


def test_a_circle_is_found():
    made = fold(*states([replace(BASE[2], atasan_id="j2")]))
    made.theirs["jabatan", "j2"] = made.rows["jabatan", "j2"] = replace(BASE[3], atasan_id="j1")
    with pytest.raises(MergeError, match="hangs in a circle"):
        assure(made)


def test_a_second_series_in_one_place_is_found():
    twice = replace(BASE[6], id="kas2")
    made = fold(*states(theirs=[replace(twice, jenis="realisasi")]))
    made.theirs["deret_anggaran", "kas2"] = made.rows["deret_anggaran", "kas2"] = twice
    with pytest.raises(MergeError, match="stands twice"):
        assure(made)


def test_the_arguments_of_a_merge_stay_as_they_are():
    ours, base, theirs = states([replace(LINE, pagu=1)], [replace(LINE, pagu=2)])
    before = [dict(side) for side in (ours, base, theirs)]
    fold(ours, base, theirs)
    assert [ours, base, theirs] == before
