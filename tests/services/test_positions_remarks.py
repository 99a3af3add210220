"""What is said about the organisation: NIP, terms of office, two heads, nobody in a position."""

from dataclasses import replace

import pytest

from models.changes import Change
from models.plan import Plan
from models.rows import Dokumen, Jabatan, Opd, Pejabat
from services.positions_remarks import remarks
from services.samples import sample_plan

NIP = "19741014 199311 1 001"
OPD = Opd(id="o", urutan=1, nama="Dinas Koperasi", pemda="Kabupaten Bone")
DOKUMEN = Dokumen(id="d", opd_id="o", urutan=1, judul="Rencana", tahun=2026, tanggal="2026-03-10", ttd_nama="Ani")
HEAD = Jabatan(id="k", dokumen_id="d", urutan=1, nama="Kepala Dinas", eselon="II")
BELOW = Jabatan(id="s", dokumen_id="d", urutan=2, nama="Sekretaris", eselon="III", atasan_id="k")
OFFICIAL = Pejabat(id="p", dokumen_id="d", jabatan_id="s", nama="Budi")


def said(*rows: Pejabat | Jabatan, dokumen: Dokumen = DOKUMEN) -> list[tuple[str | None, str, str]]:
    """(position, level, the few words) of each remark on a plan with a head and the rows."""
    everyone = {row.id: row for row in (HEAD, BELOW, OFFICIAL, *rows)}
    return [(r.jabatan_id, r.level, r.short) for r in remarks(Plan([OPD, dokumen, *everyone.values()]), dokumen)]


def official(**values: str | int) -> Pejabat:
    changed: Pejabat = replace(OFFICIAL, **values)  # type: ignore[arg-type]
    return changed


def test_an_organisation_in_order_has_no_remark() -> None:
    assert said() == []
    assert said(official(nip=NIP, mulai="2026-03-10", sampai="2026-03-10", plt=1)) == []


@pytest.mark.parametrize(
    ("mulai", "sampai", "remark"),
    [
        (None, "2026-03-09", ("s", "peringatan", "sudah berakhir")),
        ("2026-03-11", None, ("s", "peringatan", "belum menjabat")),
        ("2026-05-01", "2026-04-30", ("s", "galat", "masa jabatan")),
    ],
)
def test_a_term_is_held_against_the_documents_date(
    mulai: str | None, sampai: str | None, remark: tuple[str, str, str]
) -> None:
    row = replace(OFFICIAL, mulai=mulai, sampai=sampai)
    assert said(row) == [remark]


@pytest.mark.parametrize(
    ("tanggal", "mulai", "sampai", "count"),
    [
        ("2026-03", "2026-03-31", None, 0),
        ("2026-03", "2026-04-01", None, 1),
        ("2026-03", None, "2026-03-01", 0),
        ("2026-03", None, "2026-02-28", 1),
        (None, "2026-12-31", None, 0),
        (None, "2027-01-01", None, 1),
        (None, None, "2025-12-31", 1),
        (None, None, "2026-01-01", 0),
    ],
)
def test_a_month_or_a_year_is_covered_by_one_day(
    tanggal: str | None, mulai: str | None, sampai: str | None, count: int
) -> None:
    row = replace(OFFICIAL, mulai=mulai, sampai=sampai)
    assert len(said(row, dokumen=replace(DOKUMEN, tanggal=tanggal))) == count


def test_the_sentences_name_the_dates() -> None:
    dokumen = replace(DOKUMEN, tanggal="2026-03-10")
    row = replace(OFFICIAL, sampai="2025-12-31")
    (remark,) = remarks(Plan([OPD, dokumen, HEAD, BELOW, row]), dokumen)
    assert remark.text == "Masa jabatan sampai 31 Desember 2025, berakhir sebelum tanggal dokumen (10 Maret 2026)."


def test_both_acting_marks_are_an_error() -> None:
    assert said(official(plt=1, plh=1)) == [("s", "galat", "Plt. dan Plh.")]


def test_a_nip_is_checked_wherever_it_is_written() -> None:
    assert said(official(nip="123")) == [("s", "galat", "periksa NIP")]
    over = Pejabat(id="b", dokumen_id="d", nama="Bupati", nip="123")
    assert said(over) == [(None, "galat", "periksa NIP")]
    assert said(dokumen=replace(DOKUMEN, ttd_nip="123")) == [("k", "galat", "periksa NIP")]


def test_one_person_in_two_positions_acts_in_one_of_them() -> None:
    dokumen = replace(DOKUMEN, ttd_nip=NIP)
    row = official(nip=NIP.replace(" ", ""))
    assert said(row, dokumen=dokumen) == [("k", "peringatan", "NIP ganda"), ("s", "peringatan", "NIP ganda")]
    assert said(replace(row, plt=1), dokumen=dokumen) == []


def test_a_position_without_official_is_noted_and_one_that_signs_is_warned_of() -> None:
    assert said(replace(OFFICIAL, nama=None)) == [("s", "catatan", "tanpa pejabat")]
    assert said(dokumen=replace(DOKUMEN, ttd_nama=None)) == [("k", "peringatan", "tanpa pejabat")]


def test_two_heads_are_warned_of_and_a_position_beside_the_head_is_noted() -> None:
    beside = Jabatan(id="b", dokumen_id="d", urutan=3, nama="Bendahara")
    named = Pejabat(id="q", dokumen_id="d", jabatan_id="b", nama="Cici")
    assert said(beside, named) == [("b", "catatan", "tanpa atasan")]
    assert said(replace(BELOW, atasan_id="b"), beside, named) == [("b", "peringatan", "dua kepala")]


def test_an_unknown_head_is_said() -> None:
    plan, dokumen_id = sample_plan("bone-2023")
    first = plan.all(Jabatan)[0]
    plan.apply([Change(first, replace(first, nama="Direktur"))])
    dokumen = plan.get(Dokumen, dokumen_id)
    said_ = [r.short for r in remarks(plan, dokumen) if r.short != "tanpa pejabat"]
    assert said_ == ["tanpa kepala", *["tanpa atasan"] * 5]
