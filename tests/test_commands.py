"""The commands: what they print and write, their exit status, and one sentence for every bad input."""

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

import main
from models.changes import Change
from models.plan import Plan
from models.plan_file import PlanFile
from models.reading import read_plan
from models.rows import Anggaran, Dokumen, Opd
from models.schema import VERSION
from services.document import Document
from services.edits import set_field
from services.samples import sample_path

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted((ROOT / "resources" / "contoh").glob("*.renaksi.json"))
SHARED = sorted((ROOT.parent / "shared" / "data").glob("*.renaksi.json"))


LOOKING = ["info", "periksa", "ekspor"]
"""The commands that write nothing into the plan."""


class Renaksi:
    """The program, called as from a terminal."""

    def __init__(self, capsys):
        self._capsys = capsys

    def __call__(self, *arguments):
        """(exit status, lines on stdout, lines on stderr)."""
        self._capsys.readouterr()
        status = main.main([str(argument) for argument in arguments])
        told = self._capsys.readouterr()
        return status, told.out.splitlines(), told.err.splitlines()

    def good(self, *arguments):
        """The lines on stdout of a command that must succeed."""
        status, out, err = self(*arguments)
        assert (status, err) == (0, [])
        return out

    def refused(self, *arguments):
        """The one sentence of a command that must be refused."""
        status, out, err = self(*arguments)
        assert status == 2
        assert out == []
        assert len(err) == 1
        assert "Traceback" not in err[0]
        return err[0]


@pytest.fixture
def renaksi(capsys):
    return Renaksi(capsys)


@pytest.fixture
def work(tmp_path):
    """The officer's folder."""
    folder = tmp_path / "kantor"
    folder.mkdir()
    return folder


@pytest.fixture
def plan(work, published):
    """The Buleleng plan in the officer's folder."""
    return Path(shutil.copyfile(published("buleleng-2022"), work / "rencana.db"))


@pytest.fixture
def held(monkeypatch):
    """A context in which another program holds a file, as on Windows: nothing can be put in its place."""

    @contextmanager
    def hold(path):
        replace = os.replace

        def refuse(source, target):
            if Path(target) == path:
                raise PermissionError(errno.EACCES, "held", str(target))
            replace(source, target)

        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", refuse)
            yield

    return hold


def look(folder):
    """All that is in a folder."""
    return {p.relative_to(folder): p.read_bytes() if p.is_file() else None for p in folder.rglob("*")}


def same(path, other):
    left, right = (json.loads(p.read_text(encoding="utf-8")) for p in (path, other))
    return json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True)


def terminal(*arguments, cwd=ROOT):
    """The program in a process of its own."""
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )


# What they do


@pytest.mark.parametrize("source", [*SAMPLES, *SHARED], ids=lambda p: f"{p.parent.name}-{p.name}")
def test_a_plan_imported_and_exported_is_the_same(renaksi, work, source):
    target, out = work / "rencana.db", work / "keluar.renaksi.json"
    assert renaksi.good("impor", source, "--ke", target) == [f"{source.name} diimpor ke {target}."]
    assert renaksi.good("ekspor", target, "--format", "json", "--ke", out) == [str(out)]
    assert same(out, source)
    assert sorted(p.name for p in work.iterdir()) == ["keluar.renaksi.json", "rencana.db"]


def test_an_import_into_a_plan_adds_one_document(renaksi, plan, work):
    revised = json.loads(sample_path().read_text(encoding="utf-8"))
    revised["dokumen"] |= {"tahap": "perubahan", "nomor_perubahan": 2}
    source = work / "perubahan.renaksi.json"
    source.write_text(json.dumps(revised), encoding="utf-8")
    before = {row.id: row for row in read_plan(plan)}
    renaksi.good("impor", source, "--ke", plan)
    after = {row.id: row for row in read_plan(plan)}
    assert before.items() <= after.items()
    documents = [row for row in after.values() if isinstance(row, Dokumen)]
    assert len(documents) == 2
    assert sum(isinstance(row, Opd) for row in after.values()) == 1
    (new,) = [d for d in documents if d.id not in before]
    out = work / "keluar.json"
    renaksi.good("ekspor", plan, "--format", "json", "--dokumen", new.id, "--ke", out)
    assert same(out, source)


def test_a_plan_of_two_documents_asks_which_one(renaksi, plan, work):
    renaksi.good("impor", sample_path(), "--ke", plan)
    ids = [row.id for row in read_plan(plan) if isinstance(row, Dokumen)]
    sentence = renaksi.refused("ekspor", plan, "--format", "json", "--ke", work / "x.json")
    assert all(dokumen_id in sentence for dokumen_id in ids)
    assert "--dokumen" in sentence
    other = renaksi.refused("ekspor", plan, "--format", "json", "--dokumen", "lain", "--ke", work / "x.json")
    assert "'lain'" in other
    assert all(dokumen_id in other for dokumen_id in ids)
    assert not (work / "x.json").exists()


def test_the_forms_are_listed_by_name(renaksi):
    assert renaksi.good("formulir")[:4] == [
        "bulanan-eselon-ii",
        "bulanan-eselon-iii",
        "bulanan-eselon-iv",
        "bulanan-staf",
    ]


def test_a_plan_with_faults_is_checked_with_status_one(renaksi, plan):
    status, out, err = renaksi("periksa", plan)
    assert (status, err) == (1, [])
    assert out[0].startswith("2 galat, ")
    assert sum(line.startswith("galat ") for line in out) == 2


def test_a_plan_without_faults_is_checked_with_status_zero(renaksi, work):
    data = json.loads(sample_path("bekasi-2024").read_text(encoding="utf-8"))
    signed = {"penandatangan": {"nama": "A", "jabatan": "Kepala Dinas"}}
    data |= {"kinerja": [], "jabatan": [], "dokumen": data["dokumen"] | signed}
    source = work / "sumber.json"
    source.write_text(json.dumps(data), encoding="utf-8")
    clean = work / "bersih.db"
    renaksi.good("impor", source, "--ke", clean)
    assert renaksi.good("periksa", clean) == ["Tidak ada temuan."]
    assert renaksi.good("periksa", clean, "--json") == ["[]"]


def test_warnings_alone_are_no_status_one(renaksi, work):
    data = json.loads(sample_path("bekasi-2024").read_text(encoding="utf-8"))
    data["anggaran"] = [{"id": "a", "jenis": "program", "nama": " "}]
    source = work / "sumber.json"
    source.write_text(json.dumps(data), encoding="utf-8")
    renaksi.good("impor", source, "--ke", work / "rencana.db")
    assert renaksi.good("periksa", work / "rencana.db")[0] == "0 galat, 2 peringatan, 5 catatan"


def test_findings_as_json_have_the_keys_and_periods_of_the_issue(renaksi, plan, work, published):
    status, out, err = renaksi("periksa", plan, "--json")
    findings = json.loads("\n".join(out))
    assert (status, err) == (1, [])
    assert {tuple(f) for f in findings} == {("kode", "tingkat", "simpul", "periode", "nilai", "harusnya", "pesan")}
    faults = [(f["kode"], f["simpul"], f["periode"], f["nilai"]) for f in findings if f["tingkat"] == "galat"]
    assert faults == [
        ("KAS-TURUN", "a3-13", 12, 1_587_538_237),
        ("KAS-LEBIH", "a3-13", 11, 1_596_771_884),
        ("KAS-TURUN", "a3-23", 10, 1_757_536_000),
    ]
    quarterly = shutil.copyfile(published("lombok-tengah-2022"), work / "triwulan.db")
    findings = json.loads("\n".join(renaksi("periksa", quarterly, "--json")[1]))
    assert {f["periode"] for f in findings} <= {"TW1", "TW2", "TW3", "TW4", None}


def test_info_counts_what_the_plan_holds(renaksi, plan):
    facts = json.loads("\n".join(renaksi.good("info", plan, "--json")))
    data = json.loads(sample_path().read_text(encoding="utf-8"))
    assert facts["berkas"] == str(plan)
    assert facts["opd"] == [{"nama": data["opd"]["nama"], "pemda": "Kabupaten Buleleng"}]
    (dokumen,) = facts["dokumen"]
    assert (dokumen["tahun"], dokumen["tahap"]) == (2022, "perubahan")
    assert dokumen["anggaran"] == {"program": 15, "kegiatan": 23, "sub_kegiatan": 21}
    for key in ("jabatan", "dukungan", "aksi"):
        assert dokumen[key] == len(data.get(key) or [])
    assert sum(dokumen["kinerja"].values()) == len(data["kinerja"])
    owners = (*data["kinerja"], *data["anggaran"])
    assert dokumen["indikator"] == sum(len(owner.get("indikator") or []) for owner in owners)
    assert dokumen["pagu"] == {"program": 14_601_238_524, "kegiatan": 23_178_610_798, "sub_kegiatan": 8_753_415_037}


def test_info_as_text_says_the_same_in_words(renaksi, plan):
    out = renaksi.good("info", plan)
    assert out[0] == str(plan)
    assert "  pagu program: Rp 14.601.238.524" in out
    assert "  sasaran sub kegiatan: 30" in out
    assert "  sub kegiatan: 21" in out
    (line,) = [line for line in out if line.startswith("Dokumen ")]
    assert "2022 Perubahan" in line


@pytest.mark.parametrize(
    "words",
    [
        ("info",),
        ("periksa",),
        ("capaian", "--sampai", "TW2"),
        ("ekspor", "--formulir", "iku", "--format", "pdf", "--ke", "iku.pdf"),
    ],
)
def test_a_plan_may_be_named_from_where_one_is(renaksi, plan, monkeypatch, words):
    monkeypatch.chdir(plan.parent)
    command, *options = words
    status, out, err = renaksi(command, plan, *options)
    assert renaksi(command, plan.name, *options) == (status, [line.replace(str(plan), plan.name) for line in out], err)
    assert status < 2


def test_the_id_that_info_prints_is_the_one_that_ekspor_takes(renaksi, plan, work):
    renaksi.good("impor", sample_path(), "--ke", plan)
    facts = json.loads("\n".join(renaksi.good("info", plan, "--json")))
    for number, dokumen in enumerate(facts["dokumen"]):
        out = work / f"{number}.json"
        renaksi.good("ekspor", plan, "--format", "json", "--dokumen", dokumen["id"], "--ke", out)
        assert same(out, sample_path())


def test_the_sample_is_exported_without_a_file(renaksi, work):
    renaksi.good("ekspor", "--contoh", "--format", "json", "--ke", work / "contoh.json")
    assert same(work / "contoh.json", sample_path())


def test_an_export_takes_the_place_of_an_older_one(renaksi, plan, work):
    out = work / "keluar.json"
    out.write_text("lama", encoding="utf-8")
    renaksi.good("ekspor", plan, "--format", "json", "--ke", out)
    assert same(out, sample_path())


@pytest.mark.parametrize("command", LOOKING)
def test_commands_that_only_look_leave_the_file_and_the_folder_as_they_were(renaksi, plan, tmp_path, command):
    folder = plan.parent
    before = look(folder)
    more = {"ekspor": ["--format", "json", "--ke", tmp_path / "keluar.json"]}.get(command, [])
    assert renaksi(command, plan, *more)[0] in (0, 1)
    assert look(folder) == before


@pytest.mark.parametrize("command", LOOKING)
def test_commands_that_only_look_may_look_at_an_open_plan(renaksi, plan, tmp_path, command):
    more = {"ekspor": ["--format", "json", "--ke", tmp_path / "keluar.json"]}.get(command, [])
    with PlanFile.open(plan):
        assert renaksi(command, plan, *more)[0] in (0, 1)


def test_from_a_terminal_a_round_trip_works_in_any_folder_and_encoding(tmp_path):
    source = tmp_path / "rencana asli é.renaksi.json"
    shutil.copyfile(sample_path("bone-2023"), source)
    done = terminal("impor", source.name, "--ke", "rencana é.db", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{source.name} diimpor ke rencana é.db.\n"
    done = terminal("ekspor", "rencana é.db", "--format", "json", "--ke", "keluar.json", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "keluar.json\n", "")
    assert same(tmp_path / "keluar.json", source)


def test_from_a_terminal_findings_are_status_one_and_a_missing_file_status_two(plan):
    done = terminal("periksa", plan, "--json")
    assert (done.returncode, done.stderr) == (1, "")
    assert sum(f["tingkat"] == "galat" for f in json.loads(done.stdout)) == 3
    done = terminal("info", plan.with_name("tidak-ada.db"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "tidak ditemukan" in done.stderr


# Bad input


def foreign(path, good):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE barang (id INTEGER)")
    connection.close()


def newer(path, good):
    raw = good.read_bytes()
    path.write_bytes(raw[:60] + (VERSION + 1).to_bytes(4, "big") + raw[64:])


def with_a_trigger(path, good):
    shutil.copyfile(good, path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("CREATE TRIGGER t AFTER UPDATE ON opd BEGIN DELETE FROM narasi; END")
    connection.close()


def rotten(path, good):
    raw = good.read_bytes()
    path.write_bytes(raw[:8192] + b"\xaa" * (len(raw) - 8192))


BAD_FILES = {
    "missing": (lambda path, good: None, "tidak ditemukan"),
    "folder": (lambda path, good: path.mkdir(), "adalah folder"),
    "empty": (lambda path, good: path.touch(), "kosong"),
    "text": (lambda path, good: path.write_bytes(b"{}"), "bukan berkas rencana"),
    "foreign": (foreign, "program lain"),
    "newer": (newer, "lebih baru"),
    "cut off": (lambda path, good: path.write_bytes(good.read_bytes()[:-4096]), "rusak atau terpotong"),
    "rotten": (rotten, "rusak"),
    "trigger": (with_a_trigger, "rusak"),
}


BAD_CALLS = [(c, kind) for c in (*LOOKING, "impor") for kind in BAD_FILES if (c, kind) != ("impor", "missing")]


@pytest.mark.parametrize(("command", "kind"), BAD_CALLS)
def test_a_bad_file_is_one_sentence_and_stays_as_it_is(renaksi, work, tmp_path, published, command, kind):
    make, words = BAD_FILES[kind]
    bad = work / "rencana.db"
    make(bad, published())
    arguments = {
        "info": ["info", bad],
        "periksa": ["periksa", bad, "--json"],
        "ekspor": ["ekspor", bad, "--format", "json", "--ke", tmp_path / "keluar.json"],
        "impor": ["impor", sample_path(), "--ke", bad],
    }[command]
    before = look(work)
    assert words in renaksi.refused(*arguments)
    assert look(work) == before
    assert not (tmp_path / "keluar.json").exists()


def test_an_import_into_an_open_plan_is_refused(renaksi, plan):
    with PlanFile.open(plan) as file:
        before = plan.read_bytes()
        assert "sedang terbuka" in renaksi.refused("impor", sample_path(), "--ke", plan)
        assert plan.read_bytes() == before
        file.apply([Change(None, Opd(id="x", urutan=2, nama="Lain"))], "lain")
        file.publish()


def test_an_import_of_another_agency_is_refused_and_changes_nothing(renaksi, plan):
    before = plan.read_bytes()
    sentence = renaksi.refused("impor", sample_path("bone-2023"), "--ke", plan)
    assert "Kabupaten Buleleng" in sentence
    assert "Kabupaten Bone" in sentence
    assert plan.read_bytes() == before


JSON_FAULTS = {
    "negative pagu": (lambda d: d["anggaran"][4].update(pagu=-1), "anggaran[4].pagu"),
    "text in rupiah": (lambda d: d["anggaran"][0].update(pagu="3 juta"), "anggaran[0].pagu"),
    "unknown level": (lambda d: d["kinerja"][7].update(tingkat="sasaran"), "kinerja[7].tingkat"),
    "a month too few": (lambda d: d["anggaran"][2]["kas"]["nilai"].pop(), "anggaran[2].kas.nilai"),
    "a reference to nothing": (lambda d: d["dukungan"][3].update(anggaran="zz"), "dukungan[3].anggaran"),
    "number in a target": (
        lambda d: d["kinerja"][0]["indikator"][0].update(target=1),
        "kinerja[0].indikator[0].target",
    ),
    "no year": (lambda d: d["dokumen"].pop("tahun"), "dokumen.tahun"),
    "another version": (lambda d: d.update(versi=2), "versi"),
}


@pytest.mark.parametrize(("break_it", "place"), JSON_FAULTS.values(), ids=JSON_FAULTS)
@pytest.mark.parametrize("into", ["a new file", "a plan"])
def test_json_that_breaks_the_format_is_refused_by_place_and_nothing_is_written(
    renaksi, work, plan, data_folder, break_it, place, into
):
    data = json.loads(sample_path().read_text(encoding="utf-8"))
    break_it(data)
    source = work / "sumber.renaksi.json"
    source.write_text(json.dumps(data), encoding="utf-8")
    before = look(work)
    target = plan if into == "a plan" else work / "baru.db"
    assert f" {place}:" in renaksi.refused("impor", source, "--ke", target)
    assert look(work) == before
    assert list(data_folder.rglob("*.db")) == []


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"format": "lain"}', b"[" * 50_000])
def test_a_source_that_is_no_plan_is_refused(renaksi, work, content):
    source = work / "sumber.json"
    source.write_bytes(content)
    assert "sumber.json" in renaksi.refused("impor", source, "--ke", work / "baru.db")
    assert not (work / "baru.db").exists()


@pytest.mark.parametrize("place", ["tidak-ada.json", "tidak-ada/x.json", ".", "n" * 300])
def test_a_source_that_cannot_be_read_is_refused(renaksi, work, place):
    renaksi.refused("impor", work / place, "--ke", work / "baru.db")
    assert list(work.iterdir()) == []


@pytest.mark.parametrize("why", ["json", "agency", "publish"])
def test_a_refused_import_leaves_the_edits_that_still_wait_to_be_published(renaksi, plan, work, held, why):
    with PlanFile.open(plan) as file:
        file.apply([Change(None, Opd(id="x", urutan=2, nama="Menunggu"))], "tambah instansi")
    source = sample_path()
    if why == "json":
        data = json.loads(source.read_text(encoding="utf-8"))
        del data["dokumen"]["tahun"]
        source = work / "sumber.json"
        source.write_text(json.dumps(data), encoding="utf-8")
    elif why == "agency":
        source = sample_path("bone-2023")
    with held(plan):
        renaksi.refused("impor", source, "--ke", plan)
    with PlanFile.open(plan) as file:
        assert file.recovered
        rows = file.rows()
    assert [row.nama for row in rows if isinstance(row, Opd)][1:] == ["Menunggu"]
    assert sum(isinstance(row, Dokumen) for row in rows) == 1


PLACES = ["tidak-ada/x", "berkas/x", "n" * 300]


@pytest.mark.parametrize("place", PLACES)
def test_an_import_to_a_folder_that_cannot_be_written_is_refused_and_leaves_nothing(renaksi, work, data_folder, place):
    (work / "berkas").touch()
    before = look(work)
    renaksi.refused("impor", sample_path(), "--ke", work / place)
    assert look(work) == before
    assert list(data_folder.rglob("*.db")) == []


def test_an_import_that_could_not_be_published_is_not_there_twice_after_the_next_one(renaksi, plan, held):
    with held(plan):
        renaksi.refused("impor", sample_path(), "--ke", plan)
    renaksi.good("impor", sample_path(), "--ke", plan)
    assert sum(isinstance(row, Dokumen) for row in read_plan(plan)) == 2


@pytest.mark.parametrize("place", [*PLACES, "."])
def test_an_export_to_a_folder_that_cannot_be_written_is_refused_and_leaves_nothing(renaksi, plan, work, place):
    (work / "berkas").touch()
    before = look(work)
    renaksi.refused("ekspor", plan, "--format", "json", "--ke", work / place)
    assert look(work) == before


def test_an_export_on_a_full_disk_is_refused_and_leaves_the_old_file(renaksi, plan, work, full_disk):
    out = work / "keluar.json"
    out.write_text("lama", encoding="utf-8")
    before = look(work)
    with full_disk():
        sentence = renaksi.refused("ekspor", plan, "--format", "json", "--ke", out)
    assert "keluar.json" in sentence
    assert look(work) == before


@pytest.mark.parametrize("place", ["berkas", "berkas/x", "n" * 300])
def test_all_forms_into_what_is_no_folder_is_refused(renaksi, plan, work, place):
    (work / "berkas").touch()
    before = look(work)
    renaksi.refused("ekspor", plan, "--semua", "--ke", work / place)
    assert look(work) == before


def test_an_export_never_takes_the_place_of_the_plan_itself(renaksi, plan, work):
    before = plan.read_bytes()
    (work / "sub").mkdir()
    for place in (plan, work / "sub" / ".." / plan.name):
        renaksi.refused("ekspor", plan, "--format", "json", "--ke", place)
        assert plan.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--formulir", "tahunan"], "'tahunan' tidak ada"),
        (["--formulir", "bulanan-staf", "--kertas", "A5"], "'A5' tidak dikenal"),
        ([], "--formulir"),
        (["--formulir", "bulanan-staf", "--dokumen", "tidak-ada"], "--dokumen"),
        (["--formulir", "bulanan-staf", "--format", "docx"], "docx"),
    ],
)
def test_an_export_of_what_there_is_not_is_refused(renaksi, plan, work, arguments, words):
    before = look(work)
    assert words in renaksi.refused("ekspor", plan, "--ke", work / "keluar.pdf", *arguments)
    assert look(work) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["--tidak-ada"],
        ["a.db", "b.db"],
        ["info"],
        ["info", "a.db", "--tidak-ada"],
        ["info", "a.db", "b.db"],
        ["formulir", "lebih"],
        ["impor"],
        ["impor", "a.json"],
        ["impor", "a.json", "--ke"],
        ["ekspor", "a.db"],
        ["ekspor", "--ke", "x.pdf"],
        ["periksa", "--json"],
    ],
    ids=" ".join,
)
def test_a_command_line_that_is_wrong_is_refused(renaksi, arguments):
    renaksi.refused(*arguments)


@pytest.mark.parametrize("arguments", [["--help"], ["impor", "--help"], ["ekspor", "--help"]], ids=" ".join)
def test_help_is_printed_with_status_zero(capsys, arguments):
    with pytest.raises(SystemExit) as left:
        main.main(arguments)
    assert left.value.code == 0
    assert "main.py" in capsys.readouterr().out


def test_a_plan_without_documents_has_nothing_to_export(renaksi, work):
    path = work / "kosong.db"
    with PlanFile.create(path) as file:
        file.apply([Change(None, Opd(id="o", urutan=1, nama="Dinas"))], "baru")
        file.publish()
    assert "belum memuat dokumen" in renaksi.refused("ekspor", path, "--format", "json", "--ke", work / "x.json")
    assert renaksi.good("periksa", path) == ["Tidak ada temuan."]
    assert renaksi.good("info", path)[1] == "Dinas, daerah belum diisi"


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_windowed_program_without_a_terminal_runs_the_commands(plan, monkeypatch, stream):
    monkeypatch.setattr(sys, stream, None)
    assert main.main(["info", str(plan)]) == 0
    assert main.main(["info", str(plan.with_name("tidak-ada.db"))]) == 2


@pytest.mark.parametrize("command", ["info", "periksa"])
@pytest.mark.parametrize(
    "circle",
    [
        "UPDATE anggaran SET induk_id = id WHERE jenis = 'program'",
        "UPDATE anggaran SET induk_id = (SELECT k.id FROM anggaran k WHERE k.induk_id = anggaran.id) "
        "WHERE jenis = 'program'",
    ],
    ids=["itself", "its child"],
)
def test_a_file_whose_lines_hang_in_a_circle_is_refused(renaksi, plan, command, circle):
    connection = sqlite3.connect(plan, isolation_level=None)
    connection.execute(circle)
    connection.close()
    assert "rusak" in renaksi.refused(command, plan)


def test_a_chain_of_lines_as_long_as_a_file_may_hold_is_no_crash(renaksi, work):
    data = json.loads(sample_path("bekasi-2024").read_text(encoding="utf-8"))
    data["anggaran"] = [
        {"id": f"a{n}", "jenis": "program", "nama": "Program", "induk": f"a{n - 1}" if n else None} for n in range(2000)
    ]
    source = work / "sumber.json"
    source.write_text(json.dumps(data), encoding="utf-8")
    status, _, err = renaksi("impor", source, "--ke", work / "rencana.db")
    assert (status, len(err)) in ((0, 0), (2, 1))
    if status == 0:
        renaksi.good("info", work / "rencana.db")
        renaksi.good("periksa", work / "rencana.db")


def test_the_ending_of_the_name_chooses_the_format(renaksi, plan, work):
    renaksi.good("ekspor", plan, "--formulir", "bulanan-staf", "--ke", work / "a.xlsx")
    assert (work / "a.xlsx").read_bytes().startswith(b"PK")
    renaksi.good("ekspor", plan, "--formulir", "bulanan-staf", "--ke", work / "a.pdf", "--kertas", "a4")
    assert (work / "a.pdf").read_bytes().startswith(b"%PDF")
    renaksi.refused("ekspor", plan, "--formulir", "bulanan-staf", "--format", "pdf", "--ke", work / "b.xlsx")
    renaksi.refused("ekspor", plan, "--formulir", "bulanan-staf", "--ke", work / "b.db")
    assert not (work / "b.xlsx").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--semua", "--format", "json"],
        ["--semua", "--formulir", "bulanan-staf"],
        ["--contoh", "--formulir", "bulanan-staf"],
    ],
)
def test_options_that_say_two_things_are_refused(renaksi, plan, work, arguments):
    renaksi.refused("ekspor", plan, *arguments, "--ke", work / "keluar")
    assert not (work / "keluar").exists()


def test_a_mistyped_command_is_a_sentence(renaksi):
    assert "impor" in renaksi.refused("imprt")


def test_a_window_without_a_screen_is_a_sentence(plan):
    if not sys.platform.startswith("linux"):
        return
    bare = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    ended = subprocess.run([sys.executable, "main.py", str(plan)], cwd=ROOT, env=bare, capture_output=True, text=True)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "layar" in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_an_answer_that_cannot_be_written_is_no_finding(plan):
    if not Path("/dev/full").exists():
        return
    with open("/dev/full", "w") as full:
        ended = subprocess.run(
            [sys.executable, "main.py", "periksa", str(plan)], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1


def test_a_key_that_is_not_known_is_kept_and_named(renaksi, work):
    data = json.loads(sample_path("bone-2023").read_text(encoding="utf-8"))
    data["anggaran"][1]["pgu"] = data["anggaran"][1].pop("pagu")
    source = work / "sumber.renaksi.json"
    source.write_text(json.dumps(data), encoding="utf-8")
    said = renaksi.good("impor", source, "--ke", work / "rencana.db")
    assert "anggaran[1].pgu" in said[-1]
    renaksi.good("ekspor", work / "rencana.db", "--format", "json", "--ke", work / "keluar.renaksi.json")
    assert json.loads((work / "keluar.renaksi.json").read_text(encoding="utf-8")) == data
    assert len(renaksi.good("impor", sample_path(), "--ke", work / "lain.db")) == 1


def test_characters_that_the_typeface_lacks_are_named(renaksi, work):
    data = json.loads(sample_path().read_text(encoding="utf-8"))
    data["kinerja"][0]["uraian"] = "Koperasi \U0001f600"
    source = work / "sumber.renaksi.json"
    source.write_text(json.dumps(data), encoding="utf-8")
    renaksi.good("impor", source, "--ke", work / "rencana.db")
    arguments = ("ekspor", work / "rencana.db", "--formulir", "bulanan-eselon-ii", "--ke")
    said = renaksi.good(*arguments, work / "a.pdf")
    assert "\U0001f600" in said[0]
    assert said[1:] == [str(work / "a.pdf")]
    assert renaksi.good(*arguments, work / "a.xlsx") == [str(work / "a.xlsx")]


def test_a_set_of_which_a_file_cannot_be_written_says_so_and_writes_the_others(renaksi, plan, work):
    folder = work / "semua"
    (folder / "RENAKSI_2022_Bulanan-Staf_Dinas-Perdagangan.pdf").mkdir(parents=True)
    status, out, err = renaksi("ekspor", plan, "--semua", "--ke", folder)
    assert status == 2
    assert err[0].startswith("1 berkas tidak dapat ditulis, ")
    assert "Bulanan-Staf" in err[0]
    assert any("Eselon-II_" in line for line in out)


def test_a_folder_that_is_not_there_yet_is_made_and_the_file_named(renaksi, plan, work):
    renaksi.good("ekspor", plan, "--formulir", "iku", "--ke", f"{work}/baru/")
    assert [path.name for path in (work / "baru").iterdir()] == [
        "RENAKSI_2022_Kinerja-Indikator-kinerja-utama_Dinas-Perdagangan.pdf"
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--formulir", "iku", "--ke", "x.foo"), "tidak menyebut format"),
        (("--formulir", "iku", "--formulir", "renstra", "--ke", "x.pdf"), "satu --formulir"),
        (("--formulir", "iku", "--format", "json", "--ke", "x.json"), "jangan disertai --formulir"),
    ],
)
def test_arguments_that_mean_nothing_together_are_refused(renaksi, plan, arguments, words):
    assert words in renaksi.refused("ekspor", plan, *arguments)


def test_a_copy_goes_out_is_edited_and_comes_back(renaksi, plan, work):
    copy = work / "salinan.db"
    renaksi.good("salin", plan, "--untuk", "Bidang Koperasi", "--ke", copy)
    with Document.open(copy) as document:
        line = document.plan.all(Anggaran)[0]
        document.edit("ubah nama", set_field(line, "nama", "Nama dari Bidang"))
        document.file.publish()
    renaksi.good("gabung", plan, copy)
    assert Plan(read_plan(plan)).get(Anggaran, line.id).nama == "Nama dari Bidang"


def test_plans_of_two_agencies_go_into_one_file(renaksi, plan, work, published):
    other = Path(shutil.copyfile(published("bone-2023"), work / "bone.db"))
    told = renaksi.good("kompilasi", plan, other, "--ke", work / "bersama.db")
    assert told[-1] == "2 dari 2 berkas masuk seluruhnya."
    facts = json.loads("\n".join(renaksi.good("info", work / "bersama.db", "--json")))
    assert len(facts["opd"]) == len(facts["dokumen"]) == 2
