"""Who signs: the head from the document, the superior from the region, the others from their positions."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.changes import inverse
from models.plan import Plan
from models.rows import Dokumen, Jabatan, Opd, Pejabat
from services import edits
from services.forms import perjanjian
from services.forms.parts import Signatures
from services.pejabat import (
    Official,
    agency,
    eselon_of,
    head,
    head_position,
    official,
    region_head,
    set_acting,
    set_official,
    superior,
)
from services.samples import sample_plan


def opened(name: str = "buleleng-2022") -> tuple[Plan, Dokumen]:
    plan, dokumen_id = sample_plan(name)
    return plan, plan.get(Dokumen, dokumen_id)


@pytest.mark.parametrize(
    ("pemda", "jenis", "title"),
    [
        ("Provinsi Lampung", "provinsi", "Gubernur Lampung"),
        ("Kabupaten Buleleng", "kabupaten", "Bupati Buleleng"),
        ("KABUPATEN BONE", "kabupaten", "Bupati BONE"),
        ("Kota Bekasi", "kota", "Wali Kota Bekasi"),
        ("Kabupaten Kotabaru", "kabupaten", "Bupati Kotabaru"),
        ("Kota Bekasi", None, "Wali Kota Bekasi"),
        ("Kab. Lombok Tengah", None, "Bupati Lombok Tengah"),
        ("Pemerintah Kabupaten Bone", "kabupaten", "Bupati Bone"),
        ("Bone", "kabupaten", "Bupati Bone"),
        ("Kotabaru", None, "Kepala Daerah"),
        (None, None, "Kepala Daerah"),
        (None, "provinsi", "Gubernur"),
    ],
)
def test_the_head_of_the_region_is_called_after_its_kind(pemda: str | None, jenis: str | None, title: str) -> None:
    assert region_head(Opd(id="o", urutan=1, nama="Dinas", pemda=pemda, jenis_pemda=jenis)) == title


@pytest.mark.parametrize(
    ("text", "eselon"),
    [
        ("II", "II"),
        ("II.b", "II"),
        ("Eselon III", "III"),
        ("eselon IIIa", "III"),
        ("IV/a", "IV"),
        (" iv ", "IV"),
        ("fungsional", None),
        ("IIII", None),
        ("V", None),
        ("", None),
        (None, None),
    ],
)
def test_an_eselon_is_read_from_its_usual_spellings(text: str | None, eselon: str | None) -> None:
    assert eselon_of(text) == eselon


def test_the_head_is_the_signatory_of_the_document() -> None:
    plan, dokumen = opened()
    assert head(plan, dokumen) == Official(
        dokumen.ttd_jabatan or "", dokumen.ttd_nama or "", dokumen.ttd_pangkat or "", dokumen.ttd_nip or "", False
    )
    position = head_position(plan, dokumen)
    assert position is not None
    assert position.eselon == "II"
    assert official(plan, dokumen, position) == head(plan, dokumen)


def test_the_head_of_an_unsigned_document_is_called_after_the_agency() -> None:
    plan, dokumen = opened("bone-2023")
    bare = replace(dokumen, ttd_jabatan=None, ttd_nama=None, ttd_pangkat=None, ttd_nip=None, ttd_plt=None)
    assert head(plan, bare) == Official("Kepala Dinas Koperasi, Usaha Kecil dan Menengah Kabupaten Bone")


def test_the_position_that_the_document_names_is_the_heads_without_an_eselon() -> None:
    plan, dokumen = opened("bone-2023")
    position = head_position(plan, dokumen)
    assert position is not None
    assert position.nama == dokumen.ttd_jabatan


@pytest.mark.parametrize("signs", ["Kepala Dinas", "Plt. Kepala Dinas Koperasi", None])
@pytest.mark.parametrize("name", ["bone-2023", "buleleng-2022", "bekasi-2024", "lombok-tengah-2022", "lampung-2019"])
def test_the_heads_position_is_known_whatever_the_signature_says(name: str, signs: str | None) -> None:
    plan, dokumen = opened(name)
    position = head_position(plan, replace(dokumen, ttd_jabatan=signs))
    assert position is not None
    assert position.nama.upper().startswith("KEPALA DINAS")


def test_one_who_stands_over_all_others_is_the_head() -> None:
    plan, dokumen = opened("bone-2023")
    first, *others = plan.all(Jabatan)
    plan.apply(edits.set_field(first, "nama", "Direktur"))
    assert head_position(plan, dokumen) is None
    for job in others:
        plan.apply(edits.set_field(job, "atasan_id", first.id))
    found = head_position(plan, dokumen)
    assert found is not None
    assert found.nama == "Direktur"


def test_an_acting_official_is_called_so_once() -> None:
    assert Official("Kepala Dinas", plt=True).signed == "Plt. Kepala Dinas"
    assert Official("Plt. Kepala Dinas", plt=True).signed == "Plt. Kepala Dinas"
    assert Official("Plh. Kepala Dinas", plt=True).signed == "Plh. Kepala Dinas"
    assert Official("Kepala Dinas").signed == "Kepala Dinas"
    assert Official("Kepala Dinas", plh=True).signed == "Plh. Kepala Dinas"
    assert Official("Kepala Dinas", plt=True, plh=True).signed == "Plt. Kepala Dinas"
    assert Official("Plt. Kepala Dinas", plh=True).signed == "Plt. Kepala Dinas"


texts = st.none() | st.text("ab 1", max_size=4)


@settings(max_examples=50)
@given(texts, texts, texts, texts, st.booleans(), st.sampled_from(["superior", "head", "other"]))
def test_who_is_set_is_who_signs_and_undoing_it_restores_the_plan(
    jabatan: str | None, nama: str | None, pangkat: str | None, nip: str | None, plt: bool, whose: str
) -> None:
    plan, dokumen = opened("bone-2023")
    position = head_position(plan, dokumen)
    other = next(job for job in plan.all(Jabatan) if position is None or job.id != position.id)
    place = {"superior": None, "head": position, "other": other}[whose]
    before = sorted(plan.rows(), key=lambda row: row.id)
    changes = set_official(
        plan, dokumen.id, place.id if place else None, jabatan=jabatan, nama=nama, pangkat=pangkat, nip=nip, plt=plt
    )
    plan.apply(changes)
    now = plan.get(Dokumen, dokumen.id)
    found = superior(plan, now) if place is None else official(plan, now, place)
    given_ = [(text or "").strip() for text in (nama, pangkat, nip)]
    assert [found.nama, found.pangkat, found.nip] == given_
    if (jabatan or "").strip():
        assert found.jabatan == (jabatan or "").strip()
    else:
        assert found.jabatan == {"superior": "Bupati Bone", "head": dokumen.ttd_jabatan, "other": other.nama}[whose]
    if any(given_) or (jabatan or "").strip():
        assert found.plt is plt
    assert (
        set_official(
            plan, dokumen.id, place.id if place else None, jabatan=jabatan, nama=nama, pangkat=pangkat, nip=nip, plt=plt
        )
        == []
    )
    plan.apply(inverse(changes))
    assert sorted(plan.rows(), key=lambda row: row.id) == before


def test_an_official_without_any_word_is_none() -> None:
    plan, dokumen = opened()
    plan.apply(set_official(plan, dokumen.id, None, nama="I Putu Agus", plt=True))
    assert superior(plan, dokumen) == Official("Bupati Buleleng", "I Putu Agus", plt=True)
    plan.apply(set_official(plan, dokumen.id, None, nama=" "))
    assert superior(plan, dokumen) == Official("Bupati Buleleng")
    assert plan.all(Pejabat) == ()


def test_the_superior_of_one_document_is_not_that_of_another() -> None:
    plan, dokumen = opened()
    other, second = opened("bone-2023")
    both = Plan([*plan.rows(), *other.rows()])
    both.apply(set_official(both, dokumen.id, None, nama="Satu"))
    assert superior(both, second) == Official("Bupati Bone")


def test_a_row_for_the_heads_position_fills_what_the_document_leaves_open() -> None:
    plan, dokumen = opened()
    position = head_position(plan, dokumen)
    assert position is not None
    row = Pejabat(id="p", dokumen_id=dokumen.id, jabatan_id=position.id, nama="Lain", pangkat="Pembina Utama Muda")
    both = Plan([*plan.rows(), row])
    both.apply(edits.set_field(dokumen, "ttd_nama", "Drs. Made"))
    found = head(both, both.get(Dokumen, dokumen.id))
    assert (found.nama, found.pangkat) == ("Drs. Made", dokumen.ttd_pangkat or "Pembina Utama Muda")
    both.apply(set_official(both, dokumen.id, position.id, nama="Baru"))
    assert both.all(Pejabat) == ()
    assert both.get(Dokumen, dokumen.id).ttd_nama == "Baru"


@pytest.mark.parametrize("whose", ["superior", "head", "other"])
def test_plh_and_term_are_kept_beside_the_name_and_gone_without_it(whose: str) -> None:
    plan, dokumen = opened()
    positions = plan.all(Jabatan)
    place = {"superior": None, "head": positions[0].id, "other": positions[1].id}[whose]
    term = {"mulai": "2022-01-03", "sampai": "2022-12-31"}
    plan.apply(set_official(plan, dokumen.id, place, nama="Ani", plh=True, **term))
    now = plan.get(Dokumen, dokumen.id)
    who = superior(plan, now) if place is None else official(plan, now, plan.get(Jabatan, place))
    assert (who.nama, who.plt, who.plh, who.mulai, who.sampai) == ("Ani", False, True, *term.values())
    (row,) = plan.all(Pejabat)
    assert (row.nama, now.ttd_nama == "Ani") == ((None, True) if whose == "head" else ("Ani", False))
    plan.apply(set_official(plan, dokumen.id, place))
    assert plan.all(Pejabat) == ()


def test_a_position_that_is_not_written_stays_unwritten() -> None:
    plan, dokumen = opened()
    plan.apply(edits.set_field(dokumen, "ttd_jabatan", None))
    before = head(plan, plan.get(Dokumen, dokumen.id)).jabatan
    plan.apply(set_official(plan, dokumen.id, plan.all(Jabatan)[0].id, nama="Ani"))
    now = plan.get(Dokumen, dokumen.id)
    assert (now.ttd_jabatan, head(plan, now).jabatan) == (None, before)
    assert before == f"Kepala {agency(plan, now)}"


def test_who_signs_may_act_with_and_without_a_position_of_the_head() -> None:
    plan, dokumen = opened("bone-2023")
    plan.apply(set_acting(plan, dokumen, plt=False, plh=True))
    now = plan.get(Dokumen, dokumen.id)
    assert head(plan, now).signed == f"Plh. {dokumen.ttd_jabatan}"
    plan.apply(set_acting(plan, now, plt=True, plh=False))
    now = plan.get(Dokumen, dokumen.id)
    assert (head(plan, now).signed, plan.all(Pejabat)) == (f"Plt. {dokumen.ttd_jabatan}", ())
    for jabatan in plan.all(Jabatan):
        plan.apply(edits.remove(plan, jabatan))
    plan.apply(set_acting(plan, plan.get(Dokumen, dokumen.id), plt=False, plh=True))
    assert head(plan, plan.get(Dokumen, dokumen.id)).signed == dokumen.ttd_jabatan


def test_the_agreements_print_who_acts_and_how() -> None:
    plan, dokumen = opened()
    positions = plan.all(Jabatan)
    plan.apply(set_official(plan, dokumen.id, positions[0].id, nama="Ani", plh=True))
    plan.apply(set_official(plan, dokumen.id, positions[1].id, nama="Budi", plt=True))
    form = perjanjian.build(plan, plan.get(Dokumen, dokumen.id), "perjanjian-kinerja-eselon-iii")
    signed = [part.blocks for part in form.parts if isinstance(part, Signatures)]
    second, first = next(blocks for blocks in signed if blocks[1].nama == "Budi")
    assert first.jabatan[1] == f"Plt. {positions[1].nama}"
    assert (second.jabatan[1], second.nama) == (f"Plh. {dokumen.ttd_jabatan}", "Ani")
