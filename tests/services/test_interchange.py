"""The interchange file: what goes in comes out as it was, and what breaks the format is named by its place."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_edits import changes_of, sequences

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.reading import read_plan
from models.rows import NILAI_MAKS, ROWS, DeretAnggaran, Dokumen, Jabatan, Kinerja, Opd, Pejabat, new_id
from services.document import Document
from services.edits import set_field
from services.export import write_interchange
from services.interchange import export_document, import_changes, load, unknown_keys
from services.samples import create_from, sample_plan

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted((ROOT / "resources" / "contoh").glob("*.renaksi.json"))
SHARED = sorted((ROOT.parent / "shared" / "data").glob("*.renaksi.json"))

SMALL = {
    "format": "renaksi-json",
    "versi": 1,
    "sumber": "contoh",
    "opd": {"nama": "Dinas Koperasi", "singkatan": "Diskop", "pemda": "Kabupaten Bone", "jenis_pemda": "kabupaten"},
    "dokumen": {
        "judul": "Rencana Aksi",
        "tahun": 2023,
        "tahap": "murni",
        "nomor_perubahan": 0,
        "tanggal": "2023-01-31",
        "penandatangan": {"jabatan": "Kepala Dinas", "nama": None, "nip": "", "plt": False},
    },
    "jabatan": [
        {"id": "j1", "nama": "Kepala Dinas", "eselon": "II"},
        {"id": "j2", "nama": "Kepala Bidang", "eselon": "III", "atasan": "j1"},
    ],
    "kinerja": [
        {
            "id": "k1",
            "tingkat": "sasaran_strategis",
            "nomor": "1",
            "uraian": "Koperasi maju",
            "penanggung_jawab": "j1",
            "indikator": [
                {
                    "id": "i1",
                    "uraian": "Koperasi aktif",
                    "satuan": "%",
                    "iku": True,
                    "akumulasi": "kumulatif",
                    "arah": "naik",
                    "target": "78,00",
                    "target_periode": {"periode": "triwulan", "nilai": ["19,50", "-", None, "78,00"]},
                    "target_tahun": {"2024": "80", "2023": None},
                    "realisasi": "",
                    "metode": "turun/rata",
                    "pembilang": "Koperasi yang aktif",
                    "penyebut": "Semua koperasi",
                    "pembilang_periode": {"periode": "triwulan", "nilai": ["12", None, "-", "40"]},
                    "penyebut_periode": {"periode": "bulan", "nilai": [None, "1.250", *[None] * 10]},
                    "catatan_periode": [{"bulan": 6, "kendala": "Hujan", "solusi": "", "tindak_lanjut": "Rapat ulang"}],
                    "capaian_tercetak": {"2019": "99,77"},
                },
                {"id": "i2", "uraian": "Nilai", "target": "A", "capaian_tercetak": "99"},
            ],
        },
        {"id": "k2", "tingkat": "sasaran_kegiatan", "induk": "k1"},
    ],
    "anggaran": [
        {"id": "a1", "jenis": "program", "nama": "Program", "kode": "2.17", "pagu": 3_000_000_000},
        {
            "id": "a2",
            "jenis": "kegiatan",
            "induk": "a1",
            "nama": "Kegiatan",
            "pagu": 0,
            "kas": {"periode": "bulan", "kumulatif": True, "nilai": [0, None, *range(1, 11)]},
            "realisasi": {"periode": "triwulan", "nilai": [None, None, None, 5]},
            "pagu_tahun": {"2021": 350_000_000, "2020": None},
            "penanggung_jawab": "j2",
            "catatan_periode": [{"bulan": 12, "bukti": "Laporan", "berkas": "laporan.pdf"}],
            "indikator": [],
        },
    ],
    "dukungan": [
        {"kinerja": "k1", "indikator": "i1", "anggaran": "a1"},
        {"kinerja": "k1", "indikator": None, "anggaran": "a1"},
    ],
    "aksi": [
        {"id": "s1", "anggaran": "a2", "urutan": 1, "uraian": "Rapat", "bulan": [1, 12], "penanggung_jawab": "j2"},
        {"id": "s2", "anggaran": "a2", "urutan": 2, "uraian": "Rapat", "bulan": []},
    ],
    "narasi": [{"kunci": "latar_belakang", "judul": "Latar Belakang", "isi": "Satu.\n\nDua."}],
    "total_tercetak": [{"tempat": "TOTAL", "nilai": 3_000_000_000}],
    "pejabat": [
        {"jabatan": "j1", "nama": "Ir. Andi", "plt": True},
        {"sebagai": "Bupati Bone", "nama": "Contoh", "plh": True, "mulai": "2023-01-01", "sampai": "2023-02"},
    ],
    "tutup_periode": [{"bulan": 3, "tutup": True, "siapa": "siti", "waktu": "2023-04-05T08:00:00+07:00"}],
    "pengaturan": [{"kunci": "capaian.batas", "isi": '{"atas":"120","bawah":null}'}],
    "formulir": [{"nama": "iku", "kertas": "A3", "tepi_atas": 20, "draf": "selalu", "kode": False}],
    "kop": {"baris": "PEMERINTAH KABUPATEN BONE\nDINAS KOPERASI", "logo": "iVBORw0KGgo="},
}


def refusal(do, *arguments):
    """The sentence with which it is refused; None where it is not."""
    try:
        do(*arguments)
    except PlanError as error:
        return str(error)
    return None


def same(left, right):
    """Equal as JSON: 1, 1.0 and true are three things, and the order of keys is none."""
    return json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True)


def written(folder, data):
    path = folder / "sumber.renaksi.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def through_a_file(folder, source):
    """What a file imports into a real .db, closed, opened again and exported."""
    target = folder / "rencana.db"
    create_from(source, target).file.close()
    with Document.open(target) as document:
        assert {row.id for row in document.plan.rows()} == {row.id for row in read_plan(target)}
        (dokumen,) = document.plan.all(Dokumen)
        write_interchange(document.plan, dokumen.id, folder / "keluar.renaksi.json")
    return json.loads((folder / "keluar.renaksi.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("source", [*SAMPLES, *SHARED], ids=lambda p: f"{p.parent.name}-{p.name}")
def test_a_real_plan_comes_out_as_it_went_in(tmp_path, source):
    assert same(through_a_file(tmp_path, source), json.loads(source.read_text(encoding="utf-8")))


def test_there_are_five_samples():
    assert len(SAMPLES) == 5


def test_every_key_of_the_format_comes_out_as_it_went_in(tmp_path):
    assert same(through_a_file(tmp_path, written(tmp_path, SMALL)), SMALL)


def test_what_the_format_does_not_know_is_kept(tmp_path):
    data = copy.deepcopy(SMALL)
    strange = {"a": [1, 2.5, None, {"b": "é"}], "c": {}, "d": []}
    places = [data, data["opd"], data["dokumen"], data["dokumen"]["penandatangan"]]
    places += [data[key][0] for key in ("jabatan", "kinerja", "anggaran", "dukungan", "aksi", "narasi")]
    places += [data["kinerja"][0]["indikator"][0], data["anggaran"][1]["kas"], data["total_tercetak"][0]]
    for place in places:
        place["catatan_kami"] = strange
    assert same(through_a_file(tmp_path, written(tmp_path, data)), data)


LISTS = (
    "jabatan",
    "dukungan",
    "aksi",
    "narasi",
    "total_tercetak",
    "pejabat",
    "formulir",
    "tutup_periode",
    "pengaturan",
)


@pytest.mark.parametrize(
    ("data", "missing"),
    [
        ({key: [] for key in LISTS}, ()),
        (dict.fromkeys((*LISTS, "kop", "sumber")), ()),
        ({}, (*LISTS, "kop", "sumber")),
    ],
    ids=["empty", "null", "absent"],
)
def test_empty_null_and_absent_lists_stay_three_things(tmp_path, data, missing):
    whole = {
        **SMALL,
        "kinerja": [{"id": "k", "tingkat": "tujuan", "indikator": []}],
        "anggaran": [],
        "dukungan": [],
        "aksi": [],
        **data,
    }
    if whole["jabatan"]:
        whole["jabatan"] = []
    for key in missing:
        whole.pop(key)
    assert same(through_a_file(tmp_path, written(tmp_path, whole)), whole)


def test_empty_objects_stay_empty_objects(tmp_path):
    data = copy.deepcopy(SMALL)
    data["dokumen"]["penandatangan"] = {}
    data["kinerja"][0]["indikator"][0] |= {"target_tahun": {}, "realisasi_tahun": {}, "capaian_tercetak": {}}
    data["anggaran"][1] |= {"pagu_tahun": {}, "realisasi_tahun": {}}
    assert same(through_a_file(tmp_path, written(tmp_path, data)), data)


def test_years_stay_in_the_order_of_the_file(tmp_path):
    out = through_a_file(tmp_path, written(tmp_path, SMALL))
    assert list(out["kinerja"][0]["indikator"][0]["target_tahun"]) == ["2024", "2023"]
    assert list(out["anggaran"][1]["pagu_tahun"]) == ["2021", "2020"]


def test_interchange_ids_are_kept_beside_our_own():
    plan, dokumen_id = sample_plan()
    nodes = plan.where(Kinerja, "dokumen_id", dokumen_id)
    ours, theirs = {k.id for k in nodes}, {k.asal_id for k in nodes}
    assert len(theirs) == len(ours)
    assert not theirs & ours


def test_a_second_document_of_the_agency_goes_beside_the_first(tmp_path):
    revised = copy.deepcopy(SMALL)
    revised["dokumen"] |= {"tahap": "perubahan", "nomor_perubahan": 1}
    revised["opd"]["catatan"] = "hanya di sini"
    with create_from(written(tmp_path, SMALL), tmp_path / "rencana.db") as document:
        before = list(document.plan.rows())
        dokumen_id, changes = import_changes(revised, document.plan)
        document.edit("impor", changes)
        assert len(document.plan.all(Opd)) == 1
        first, second = document.plan.all(Dokumen)
        assert second.id == dokumen_id
        assert same(export_document(document.plan, first.id), SMALL)
        assert same(export_document(document.plan, second.id), revised)
        document.undo()
        assert list(document.plan.rows()) == before


def test_what_only_the_second_document_says_of_the_agency_is_not_lost(tmp_path):
    other = copy.deepcopy(SMALL)
    other["opd"]["ibu_kota"] = "Watampone"
    with create_from(written(tmp_path, SMALL), tmp_path / "rencana.db") as document:
        dokumen_id, changes = import_changes(other, document.plan)
        document.edit("impor", changes)
        assert same(export_document(document.plan, dokumen_id), other)


def test_notes_and_closings_of_several_periods_come_out_in_the_order_of_the_year():
    data = copy.deepcopy(SMALL)
    notes = [{"bulan": bulan, "kendala": f"Kendala {bulan}"} for bulan in (12, 3, 9, 6)]
    data["anggaran"][1]["catatan_periode"] = notes
    data["tutup_periode"] = [{"bulan": bulan, "tutup": bulan < 9} for bulan in (6, 9, 3)]
    plan = Plan()
    dokumen_id, changes = import_changes(data, plan)
    plan.apply(changes)
    out = export_document(plan, dokumen_id)
    assert out["anggaran"][1]["catatan_periode"] == sorted(notes, key=lambda note: note["bulan"])
    assert [(c["bulan"], c["tutup"]) for c in out["tutup_periode"]] == [(3, True), (6, True), (9, False)]


def test_an_edit_of_the_agency_is_in_every_document(tmp_path):
    other = copy.deepcopy(SMALL)
    other["opd"]["singkatan"] = "DKUKM"
    with create_from(written(tmp_path, SMALL), tmp_path / "rencana.db") as document:
        _, changes = import_changes(other, document.plan)
        document.edit("impor", changes)
        (opd,) = document.plan.all(Opd)
        document.edit("ubah ibu kota", set_field(opd, "ibu_kota", "Watampone"))
        for dokumen in document.plan.all(Dokumen):
            assert export_document(document.plan, dokumen.id)["opd"]["ibu_kota"] == "Watampone"


def test_a_document_of_another_agency_is_refused_with_both_names(tmp_path):
    other = {**SMALL, "opd": {"nama": "Dinas Pertanian", "pemda": "Kota Bekasi"}}
    with (
        create_from(written(tmp_path, SMALL), tmp_path / "rencana.db") as document,
        pytest.raises(PlanError, match=r"Dinas Koperasi Kabupaten Bone.*Dinas Pertanian Kota Bekasi"),
    ):
        import_changes(other, document.plan)


def test_a_quarter_stands_in_the_month_that_closes_it():
    plan = Plan()
    _, changes = import_changes(SMALL, plan)
    plan.apply(changes)
    spent = next(s for s in plan.all(DeretAnggaran) if s.jenis == "realisasi")
    assert spent.nilai == (*[None] * 11, 5)


@settings(max_examples=40)
@given(sequences)
def test_an_edited_plan_imports_and_exports_as_the_same(steps):
    plan, dokumen_id = sample_plan("bone-2023")
    for step in steps:
        plan.apply(changes_of(plan, dokumen_id, step))
    exported = json.loads(json.dumps(export_document(plan, dokumen_id)))
    again = Plan()
    again_id, changes = import_changes(exported, again)
    again.apply(changes)
    assert same(export_document(again, again_id), exported)


# What breaks the format


def change(*path, to):
    """A change of the small plan: what stands at the path becomes something else."""

    def make(data):
        for key in path[:-1]:
            data = data[key]
        data[path[-1]] = to

    return make


def drop(*path):
    def make(data):
        for key in path[:-1]:
            data = data[key]
        del data[path[-1]]

    return make


INDIKATOR = ("kinerja", 0, "indikator", 0)
TWICE = {"id": "i1", "uraian": "dua kali"}

FAULTS = [
    (change("versi", to=2), "di versi:", "seharusnya 1, tertulis 2"),
    (change("versi", to=True), "di versi:", "seharusnya 1"),
    (change("sumber", to=7), "di sumber:", "teks"),
    (drop("opd"), "di opd:", "wajib ada"),
    (change("opd", to=[]), "di opd:", "objek"),
    (drop("opd", "nama"), "di opd.nama:", "wajib ada"),
    (change("opd", "jenis_pemda", to="desa"), "di opd.jenis_pemda:", "provinsi, kabupaten, kota"),
    (change("dokumen", to=None), "di dokumen:", "wajib ada"),
    (change("dokumen", "tahun", to="2023"), "di dokumen.tahun:", 'bilangan bulat, tertulis "2023"'),
    (change("dokumen", "tahun", to=2023.0), "di dokumen.tahun:", "bilangan bulat"),
    (change("dokumen", "tahun", to=True), "di dokumen.tahun:", "bilangan bulat"),
    (change("dokumen", "tahun", to=10**400), "di dokumen.tahun:", "terlalu besar"),
    (change("dokumen", "penandatangan", "plt", to=1), "di dokumen.penandatangan.plt:", "true atau false"),
    (change("dokumen", "penandatangan", to="Kepala"), "di dokumen.penandatangan:", "objek"),
    (change("jabatan", to={}), "di jabatan:", "daftar"),
    (change("jabatan", 1, to="j2"), "di jabatan[1]:", "objek"),
    (drop("jabatan", 1, "nama"), "di jabatan[1].nama:", "wajib ada"),
    (change("jabatan", 1, "id", to="j1"), "di jabatan[1].id:", "sudah dipakai"),
    (change("jabatan", 1, "atasan", to="j9"), "di jabatan[1].atasan:", "tidak ada jabatan"),
    (change("jabatan", 0, "atasan", to="j2"), "di jabatan[0].atasan:", "di bawah dirinya sendiri"),
    (drop("kinerja"), "di kinerja:", "wajib ada"),
    (drop("kinerja", 0, "id"), "di kinerja[0].id:", "wajib ada"),
    (change("kinerja", 0, "id", to=""), "di kinerja[0].id:", "wajib ada"),
    (change("kinerja", 0, "id", to=5), "di kinerja[0].id:", "teks"),
    (change("kinerja", 1, "tingkat", to="sasaran"), "di kinerja[1].tingkat:", "'sasaran' tidak dikenal"),
    (change("kinerja", 1, "induk", to="a1"), "di kinerja[1].induk:", "tidak ada kinerja dengan id 'a1'"),
    (change("kinerja", 1, "induk", to="k2"), "di kinerja[1].induk:", "di bawah dirinya sendiri"),
    (change("kinerja", 1, "penanggung_jawab", to="k1"), "di kinerja[1].penanggung_jawab:", "tidak ada jabatan"),
    (change("kinerja", 1, "indikator", to=[TWICE]), "di kinerja[1].indikator[0].id:", "'i1' sudah dipakai"),
    (change("kinerja", 1, "uraian", to="\ud800"), "di kinerja[1].uraian:", "karakter yang tidak sah"),
    (drop(*INDIKATOR, "uraian"), "di kinerja[0].indikator[0].uraian:", "wajib ada"),
    (change(*INDIKATOR, "target", to=78), "di kinerja[0].indikator[0].target:", "teks, tertulis 78"),
    (change(*INDIKATOR, "akumulasi", to="rata"), "di kinerja[0].indikator[0].akumulasi:", "kumulatif, jumlah"),
    (change(*INDIKATOR, "iku", to="ya"), "di kinerja[0].indikator[0].iku:", "true atau false"),
    (
        change(*INDIKATOR, "target_periode", "periode", to="minggu"),
        "di kinerja[0].indikator[0].target_periode.periode:",
        "triwulan",
    ),
    (
        change(*INDIKATOR, "target_periode", "nilai", to=["1"] * 12),
        "di kinerja[0].indikator[0].target_periode.nilai:",
        "seharusnya 4 nilai",
    ),
    (
        change(*INDIKATOR, "target_periode", "nilai", 3, to=78),
        "di kinerja[0].indikator[0].target_periode.nilai[3]:",
        "teks, tertulis 78",
    ),
    (change(*INDIKATOR, "target_tahun", to=["80"]), "di kinerja[0].indikator[0].target_tahun:", "objek"),
    (change(*INDIKATOR, "target_tahun", "2024", to=80), "di kinerja[0].indikator[0].target_tahun.2024:", "teks"),
    (change(*INDIKATOR, "capaian_tercetak", to=99), "di kinerja[0].indikator[0].capaian_tercetak:", "seharusnya"),
    (change("anggaran", 0, "jenis", to=None), "di anggaran[0].jenis:", "wajib ada"),
    (change("anggaran", 0, "jenis", to="belanja"), "di anggaran[0].jenis:", "'belanja' tidak dikenal"),
    (change("anggaran", 0, "nama", to=None), "di anggaran[0].nama:", "wajib ada"),
    (change("anggaran", 0, "pagu", to=-1), "di anggaran[0].pagu:", "tidak boleh negatif, tertulis -1"),
    (change("anggaran", 0, "pagu", to="3.000.000"), "di anggaran[0].pagu:", "bilangan bulat rupiah"),
    (change("anggaran", 0, "pagu", to=1.5), "di anggaran[0].pagu:", "bilangan bulat rupiah"),
    (change("anggaran", 0, "pagu", to=NILAI_MAKS + 1), "di anggaran[0].pagu:", "terlalu besar"),
    (change("anggaran", 1, "kas", "nilai", 4, to=-5), "di anggaran[1].kas.nilai[4]:", "tidak boleh negatif"),
    (change("anggaran", 1, "kas", "nilai", to=[1, 2]), "di anggaran[1].kas.nilai:", "seharusnya 12 nilai"),
    (change("anggaran", 1, "kas", "kumulatif", to="ya"), "di anggaran[1].kas.kumulatif:", "true atau false"),
    (change("anggaran", 1, "realisasi", to=5), "di anggaran[1].realisasi:", "objek"),
    (change("anggaran", 1, "pagu_tahun", "2020", to="350"), "di anggaran[1].pagu_tahun.2020:", "rupiah"),
    (change("anggaran", 0, "induk", to="a2"), "di anggaran[0].induk:", "di bawah"),
    (change("dukungan", 0, "anggaran", to="a7"), "di dukungan[0].anggaran:", "tidak ada anggaran dengan id 'a7'"),
    (change("dukungan", 1, "indikator", to="i7"), "di dukungan[1].indikator:", "tidak ada indikator"),
    (drop("dukungan", 1, "kinerja"), "di dukungan[1].kinerja:", "wajib ada"),
    (change("aksi", 0, "bulan", to=[0]), "di aksi[0].bulan:", "1 sampai 12"),
    (change("aksi", 0, "bulan", to="1,2"), "di aksi[0].bulan:", "1 sampai 12"),
    (drop("aksi", 1, "uraian"), "di aksi[1].uraian:", "wajib ada"),
    (change("narasi", 0, "isi", to=["Satu."]), "di narasi[0].isi:", "teks"),
    (change("total_tercetak", 0, "nilai", to="3"), "di total_tercetak[0].nilai:", "bilangan bulat"),
    (
        change(*INDIKATOR, "pembilang_periode", "nilai", 0, to=12),
        "di kinerja[0].indikator[0].pembilang_periode.nilai[0]:",
        "teks, tertulis 12",
    ),
    (
        change(*INDIKATOR, "catatan_periode", 0, "bulan", to=13),
        "di kinerja[0].indikator[0].catatan_periode[0].bulan:",
        "1 sampai 12, tertulis 13",
    ),
    (
        change(*INDIKATOR, "catatan_periode", to=[{"bulan": 6}, {"bulan": 6}]),
        "di kinerja[0].indikator[0].catatan_periode[1].bulan:",
        "6 sudah ada",
    ),
    (drop("anggaran", 1, "catatan_periode", 0, "bulan"), "di anggaran[1].catatan_periode[0].bulan:", "wajib ada"),
    (change("tutup_periode", 0, "tutup", to=1), "di tutup_periode[0].tutup:", "true atau false"),
    (change("tutup_periode", 0, "bulan", to=0), "di tutup_periode[0].bulan:", "1 sampai 12"),
    (change("pengaturan", 0, "isi", to={}), "di pengaturan[0].isi:", "teks"),
    (drop("pengaturan", 0, "kunci"), "di pengaturan[0].kunci:", "wajib ada"),
]


@pytest.mark.parametrize(("make", "place", "reason"), FAULTS, ids=[f"{p}{r}" for _, p, r in FAULTS])
def test_a_fault_is_named_by_its_place_and_reason(make, place, reason):
    data = copy.deepcopy(SMALL)
    make(data)
    with pytest.raises(PlanError) as refused:
        import_changes(data, Plan())
    assert place in str(refused.value)
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "bukan JSON"),
        (b"{", "baris 1, kolom 2"),
        (b'{"format": "renaksi-json",\n "versi": }', "baris 2, kolom 11"),
        (b"[]", "bukan berkas renaksi-json"),
        (b'"renaksi-json"', "bukan berkas renaksi-json"),
        (b'{"versi": 1}', "bukan berkas renaksi-json"),
        (b'{"format": "lain"}', "bukan berkas renaksi-json"),
        (b"\xff\xfe{}", "bukan JSON"),
        (b"[" * 100_000, "bukan JSON"),
        (b'{"a": ' + b"9" * 5000 + b"}", "bukan JSON"),
    ],
    ids=lambda v: v if isinstance(v, str) else v[:20].decode("latin-1"),
)
def test_a_file_that_is_no_plan_as_json_is_refused_by_name(tmp_path, content, words):
    path = tmp_path / "rencana.renaksi.json"
    path.write_bytes(content)
    with pytest.raises(PlanError, match=words) as refused:
        load(path)
    assert path.name in str(refused.value)


@pytest.mark.parametrize("place", ["tidak-ada.json", "tidak-ada/x.json", "folder", "berkas/x.json", "n" * 300])
def test_a_source_that_cannot_be_read_is_a_sentence(tmp_path, place):
    (tmp_path / "folder").mkdir()
    (tmp_path / "berkas").touch()
    with pytest.raises(PlanError):
        load(tmp_path / place)


def test_a_byte_order_mark_is_no_fault(tmp_path):
    path = tmp_path / "rencana.renaksi.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(SMALL).encode())
    assert same(load(path), SMALL)


def test_a_fault_is_one_line_whatever_stands_in_the_file():
    data = copy.deepcopy(SMALL)
    data["kinerja"][0]["indikator"][0]["target_tahun"] = {"20\n23": 5}
    with pytest.raises(PlanError) as refused:
        import_changes(data, Plan())
    assert "\n" not in str(refused.value)


def test_a_fault_quotes_no_more_than_a_line():
    for make in (change("versi", to="x" * 5000), change("kinerja", 1, "tingkat", to="x" * 5000)):
        data = copy.deepcopy(SMALL)
        make(data)
        with pytest.raises(PlanError) as refused:
            import_changes(data, Plan())
        assert len(str(refused.value)) < 300


SURROGATES = {
    "a printed achievement": change(*INDIKATOR, "capaian_tercetak", to="\ud800"),
    "a value we do not know": change("catatan", to={"x": ["\ud800"]}),
    "a key we do not know": change("opd", "\ud800", to=1),
    "a year": change(*INDIKATOR, "target_tahun", to={"\ud800": "1"}),
    "an id": change("kinerja", 1, "id", to="\ud800"),
}


@pytest.mark.parametrize("make", SURROGATES.values(), ids=SURROGATES)
def test_half_a_character_is_refused_or_kept_but_never_a_crash(tmp_path, make):
    data = copy.deepcopy(SMALL)
    make(data)
    source = written(tmp_path, data)
    if refusal(through_a_file, tmp_path, source) is None:
        assert same(json.loads((tmp_path / "keluar.renaksi.json").read_text(encoding="utf-8")), data)
    else:
        assert not (tmp_path / "rencana.db").exists()


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_what_is_no_json_number_is_refused(tmp_path, number):
    source = tmp_path / "sumber.renaksi.json"
    source.write_text(
        json.dumps(SMALL | {"catatan": 7}).replace('"catatan": 7', f'"catatan": {number}'), encoding="utf-8"
    )
    with pytest.raises(PlanError):
        import_changes(load(source), Plan())


@pytest.mark.parametrize("key", ["sumber", "versi", "jabatan", "dukungan"])
def test_nesting_of_any_depth_where_something_else_belongs_is_refused(tmp_path, key):
    source = tmp_path / "sumber.renaksi.json"
    text = json.dumps({**SMALL, key: "di sini"})
    for depth in [2, 50, *range(850, 1000, 2)]:
        source.write_text(text.replace('"di sini"', f"{'[' * depth}{']' * depth}"), encoding="utf-8")
        sentence = refusal(lambda: import_changes(load(source), Plan()))
        assert sentence is not None
        assert len(sentence) < 400


def test_nesting_of_any_depth_is_refused_or_kept(tmp_path):
    source = tmp_path / "sumber.renaksi.json"
    text = json.dumps(SMALL | {"catatan": 7})
    for depth in [1, 50, *range(850, 1000, 2)]:
        source.write_text(text.replace('"catatan": 7', f'"catatan": {"[" * depth}{"]" * depth}'), encoding="utf-8")
        plan = Plan()
        try:
            dokumen_id, changes = import_changes(load(source), plan)
        except PlanError:
            assert depth > 50
        else:
            plan.apply(changes)
            assert same(export_document(plan, dokumen_id), json.loads(source.read_text(encoding="utf-8")))


def test_a_budget_line_under_one_of_its_own_level_or_below_is_refused():
    chain = [
        {"id": f"a{n}", "jenis": "program", "nama": "Program", "induk": f"a{n - 1}" if n else None} for n in range(3)
    ]
    upside_down = [
        {"id": "a1", "jenis": "kegiatan", "nama": "Kegiatan"},
        {"id": "a2", "jenis": "program", "nama": "Program", "induk": "a1"},
    ]
    for lines in (chain, upside_down):
        with pytest.raises(PlanError, match=r"di anggaran\[1\]\.induk:"):
            import_changes({**SMALL, "anggaran": lines, "dukungan": [], "aksi": []}, Plan())


def test_a_sasaran_under_one_of_a_lower_level_is_refused():
    nodes = [
        {"id": "k1", "tingkat": "sasaran_individu"},
        {"id": "k2", "tingkat": "tujuan", "induk": "k1"},
    ]
    with pytest.raises(PlanError, match=r"di kinerja\[1\]\.induk:"):
        import_changes({**SMALL, "kinerja": nodes, "dukungan": []}, Plan())


# Anything anywhere

any_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5)
    | st.sampled_from(["", "-", "k1", "a1", "i1", "j1", "bulan", "triwulan", "tujuan", "\ud800", "a\0b", "x\ny"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


def places_of(value, path=()):
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places_of(inner, (*path, key))


PLACES = [place for place in places_of(SMALL) if place not in ((), ("format",))]


@pytest.fixture(scope="module")
def empty_document(tmp_path_factory):
    """An open plan file without rows; each example imports into it and undoes that."""
    folder = tmp_path_factory.mktemp("kosong")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RENAKSI_DATA", str(folder / "data"))
        document = Document.create(folder / "kosong.db")
    with document:
        yield document


@settings(max_examples=150)
@given(place=st.sampled_from(PLACES), action=st.sampled_from(["replace", "drop", "twice", "add"]), value=any_json)
def test_any_value_anywhere_is_imported_without_loss_or_refused(empty_document, place, action, value):
    data = copy.deepcopy(SMALL)
    parent = data
    for key in place[:-1]:
        parent = parent[key]
    if action == "drop":
        del parent[place[-1]]
    elif action == "twice" and isinstance(parent, list):
        parent.append(copy.deepcopy(parent[place[-1]]))
    elif action == "add" and isinstance(parent, dict):
        parent["kunci"] = value
    else:
        parent[place[-1]] = value
    sentence = refusal(import_changes, data, Plan())
    if sentence is not None:
        assert "\n" not in sentence
        return
    dokumen_id, changes = import_changes(data, Plan())
    empty_document.edit("impor", changes)
    assert same(export_document(Plan(empty_document.file.rows()), dokumen_id), data)
    empty_document.undo()
    assert empty_document.file.rows() == []


def test_the_small_plan_has_rows_in_every_table():
    plan = Plan()
    _, changes = import_changes(SMALL, plan)
    plan.apply(changes)
    of_this_file = ["terima", "salinan", "gabung", "konflik"]
    assert [cls.TABLE for cls in ROWS if not plan.all(cls)] == of_this_file
    assert plan.all(Jabatan)[1].atasan_id == plan.all(Jabatan)[0].id


def test_who_signs_in_a_position_goes_out_and_comes_in_again(buleleng, tmp_path):
    jabatan = buleleng.plan.all(Jabatan)[1]
    dokumen_id = jabatan.dokumen_id
    officials = [
        Pejabat(id=new_id(), dokumen_id=dokumen_id, jabatan_id=jabatan.id, nama="Ni Made Ayu, S.E.", plt=1),
        Pejabat(id=new_id(), dokumen_id=dokumen_id, jabatan="Bupati Buleleng", nama="I Putu Contoh"),
    ]
    buleleng.edit("Pejabat", [Change(None, row) for row in officials])
    data = export_document(buleleng.plan, dokumen_id)
    assert unknown_keys(data) == []
    plan = Plan()
    imported, changes = import_changes(data, plan)
    plan.apply(changes)
    assert {(p.nama, p.jabatan, p.plt) for p in plan.all(Pejabat)} == {(p.nama, p.jabatan, p.plt) for p in officials}
    assert export_document(plan, imported) == data


def test_two_officials_in_one_position_are_refused(buleleng):
    data = export_document(buleleng.plan, buleleng.plan.all(Dokumen)[0].id)
    data["pejabat"] = [{"nama": "Satu"}, {"nama": "Dua"}]
    with pytest.raises(PlanError, match="pejabat"):
        import_changes(data, Plan())
