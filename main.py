"""Renaksi: without a command the window opens; a command does one job without a window and exits.

Exit status: 0 done, 1 findings of level galat that nobody has accepted (periksa), 2 bad input, said in one Indonesian
sentence.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from models.errors import PlanError
from models.files import os_words

if TYPE_CHECKING:
    from models.plan import Plan
    from services.document import Document


_ARGPARSE = {
    "the following arguments are required": "kurang",
    "unrecognized arguments": "tidak dikenal",
    "invalid choice": "pilihan yang tidak ada",
    "choose from": "pilihannya",
    "expected one argument": "perlu satu nilai",
    "ambiguous option": "pilihan yang tidak jelas",
    "could match": "dapat berarti",
    "argument ": "",
}
"""The words of argparse, in Indonesian."""


class _Help(argparse.HelpFormatter):
    """Help in Indonesian from the first word on."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Pemakaian: " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    def __init__(self, **values: Any) -> None:
        super().__init__(**values, formatter_class=_Help, add_help=False)
        self._positionals.title = "Isian"
        self._optionals.title = "Pilihan"
        self.add_argument("-h", "--help", action="help", help="tampilkan bantuan ini, lalu selesai")

    def error(self, message: str) -> NoReturn:
        for english, words in _ARGPARSE.items():
            message = message.replace(english, words)
        raise PlanError(f"Perintah tidak lengkap atau salah ({message}). Lihat: main.py --help")


def main(arguments: list[str] | None = None) -> int:
    """Parse, dispatch, and turn every PlanError into one sentence on stderr."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    given = sys.argv[1:] if arguments is None else arguments
    try:
        if not given or given[0] not in COMMANDS:
            return _window(given)
        options = _parser().parse_args(given)
        status: int = options.do(options)
        if sys.stdout is not None:
            sys.stdout.flush()
        return status
    except PlanError as error:
        sentence = str(error)
    except OSError as error:
        # Only the answer itself is written outside the services: a full disk or a closed pipe behind stdout.
        sentence = f"Jawaban tidak dapat ditulis ({os_words(error)})."
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - it stays open until the interpreter flushes it at exit
    if sys.stderr is not None:
        sys.stderr.write(f"{sentence}\n")
    return 2


def _window(given: list[str]) -> int:
    """No command: the window, on a file, on the sample, or on the start page."""
    parser = _Parser(
        prog="main.py",
        description="Renaksi: menyusun Rencana Aksi perangkat daerah.",
        epilog=f"Perintah tanpa jendela: {', '.join(COMMANDS)}. Bantuan: main.py PERINTAH --help",
    )
    parser.add_argument("berkas", nargs="?", type=Path, metavar="BERKAS.db", help="rencana yang dibuka")
    parser.add_argument("--contoh", action="store_true", help="buka contoh Buleleng 2022")
    parser.add_argument("--self-test", action="store_true", help="coba semua bagian pokok, lalu selesai")
    options = parser.parse_args(given)
    if options.berkas is not None and not options.berkas.suffix and not options.berkas.exists():
        raise PlanError(f"Perintah {str(options.berkas)!r} tidak dikenal. Pilihannya: {', '.join(COMMANDS)}.")
    if options.self_test:
        from ui.self_test import run_self_test

        return run_self_test()
    if not has_screen():
        raise PlanError("Tidak ada layar untuk membuka jendela. Pakai perintah tanpa jendela: main.py --help")
    from ui.application import run

    return run(options.berkas, sample=options.contoh)


def has_screen() -> bool:
    """Whether a window can be shown; without one Qt would end the program with words of its own."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in named)


def _say(text: str) -> None:
    if sys.stdout is not None:
        sys.stdout.write(f"{text}\n")


CONTINUED = "{name}: isian terakhir yang belum tertulis telah dilanjutkan dan ikut ditulis."
ASIDE = (
    "{name}: ada isian di komputer ini yang belum tertulis dan tidak ikut, karena berkasnya sudah diganti; buka "
    "rencana ini di jendela Renaksi, lalu gabungkan lewat Berkas, Cadangan."
)


def _hint(text: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(f"{text}\n")


def _hint_left_over(plan: Path) -> None:
    """A command that reads the file only says what is not in it."""
    from models.plan_file import has_unpublished

    if has_unpublished(plan):
        _hint(
            f"{plan.name}: isian terakhir di komputer ini belum tertulis ke berkas dan tidak ikut dibaca; buka rencana "
            "ini di jendela Renaksi untuk melanjutkannya."
        )


def _hint_opened(document: "Document") -> None:
    """A command that writes says what became of edits that had not been written."""
    from models.workspace import set_asides

    file = document.file
    if file.recovered:
        _hint(CONTINUED.format(name=file.path.name))
    if set_asides(file.path):
        _hint(ASIDE.format(name=file.path.name))


def _refuse_ending(target: Path) -> None:
    """A plan under another ending would be taken for what it is not."""
    if target.suffix.lower() != ".db":
        raise PlanError(f"Nama {target.name} tidak berakhiran .db. Rencana hanya ditulis ke berkas .db.")


def _impor(options: argparse.Namespace) -> int:
    from models.files import is_there
    from models.plan_file import has_unpublished
    from models.workspace import set_asides
    from services.cleaned_words import IN_SOURCE, cleaned_words
    from services.interchange import cut_texts, load, unknown_keys
    from services.samples import add_from, create_from

    if is_there(options.ke):
        _refuse_open(options, options.ke)
        waited = has_unpublished(options.ke)
        with _not_in_a_window(options.ke):
            add_from(options.sumber, options.ke)
        if waited:
            _hint((ASIDE if set_asides(options.ke) else CONTINUED).format(name=options.ke.name))
    else:
        _refuse_ending(options.ke)
        with create_from(options.sumber, options.ke) as document:
            _hint_opened(document)
    _say(f"{options.sumber.name} diimpor ke {options.ke}.")
    data = load(options.sumber)
    if cut := cut_texts(data):
        _say(cleaned_words(cut, IN_SOURCE))
    odd = unknown_keys(data)
    if odd:
        more = f", dan {len(odd) - 5} lagi" if len(odd) > 5 else ""
        _say(f"Kunci yang tidak dikenal, disimpan apa adanya (salah ketik?): {', '.join(odd[:5])}{more}.")
    return 0


def _refuse_open(options: argparse.Namespace, plan: Path) -> None:
    """A plan that somebody has open at another PC is not written behind their back."""
    from models.presence import refuse_open

    if not options.paksa:
        refuse_open(plan)


def _ekspor(options: argparse.Namespace) -> int:
    from models.files import is_there
    from services import export

    if options.semua and options.per_jabatan:
        raise PlanError("Pilih satu: --semua, atau --per-jabatan.")
    if options.semua and (options.formulir or options.format):
        raise PlanError(
            "--semua mengekspor semua formulir dalam semua formatnya; jangan disertai --formulir atau --format."
        )
    if options.contoh and options.berkas is not None:
        raise PlanError("Pilih satu: --contoh, atau sebuah berkas.")
    plan, dokumen_id, code = _chosen(options)
    if options.ke.endswith(("/", os.sep)) or options.semua:
        export.make_folder(Path(options.ke))
    if options.semua:
        return _export_all(plan, dokumen_id, Path(options.ke), code)
    if options.per_jabatan:
        return _export_positions(plan, dokumen_id, options, code)
    if len(options.formulir or ()) > 1:
        raise PlanError("Sebutkan satu --formulir saja, atau pakai --semua.")
    target = Path(options.ke)
    folder = is_there(target) and target.is_dir()
    ending = target.suffix.lower().lstrip(".")
    kind = options.format or (ending if ending in export.FORMATS else "pdf")
    if not options.format and not folder and ending not in export.FORMATS:
        raise PlanError(
            f"Nama {target.name} tidak menyebut format. Akhiri dengan .pdf atau lainnya, atau pakai --format."
        )
    if kind == "json":
        if options.formulir:
            raise PlanError("renaksi-json memuat seluruh dokumen; jangan disertai --formulir.")
        export.write_interchange(plan, dokumen_id, target)
    else:
        if not options.formulir:
            raise PlanError("Sebutkan formulirnya: --formulir NAMA. Daftarnya: main.py formulir")
        name = options.formulir[0]
        form = export.make_form(plan, dokumen_id, name, options.kertas, kind=kind, code=code)
        if folder:
            target = target / export.file_name(plan, dokumen_id, name, kind)
        export.write_form(form, kind, target)
        if form.empty:
            _say(f"Formulir {name} belum berisi.")
        if remark := export.print_remark(form, kind):
            _say(remark)
    _say(str(target))
    return 0


def _export_all(plan: "Plan", dokumen_id: str, folder: Path, code: str) -> int:
    """Every form that has something to print; what could not be written is told at the end."""
    from services import export

    count, problems = 0, []
    for written in export.write_all(plan, dokumen_id, folder, code=code):
        if written.problem:
            problems.append(written.problem)
            continue
        count += 1
        _say(str(written.path))
        if written.remark:
            _say(f"{written.name}: {written.remark}")
    if problems:
        raise PlanError(f"{len(problems)} berkas tidak dapat ditulis, {count} sudah. {' '.join(problems)}")
    if not count:
        raise PlanError("Dokumen ini belum berisi apa pun untuk dicetak.")
    return 0


def _export_positions(plan: "Plan", dokumen_id: str, options: argparse.Namespace, code: str) -> int:
    """A PDF for each position; those that answer for nothing are told at the end."""
    from models.rows import Jabatan
    from services import export
    from services.forms import per_position

    if len(options.formulir or ()) != 1:
        raise PlanError("--per-jabatan perlu satu formulir: --formulir perjanjian-kinerja atau indikator-individu.")
    if options.format not in (None, "pdf") or options.kertas:
        raise PlanError("--per-jabatan menulis PDF pada kertas formulirnya; jangan disertai --format atau --kertas.")
    folder, problems, count = Path(options.ke), [], 0
    per_position(options.formulir[0])
    export.make_folder(folder)
    for written in export.write_positions(plan, dokumen_id, folder, options.formulir[0], code=code):
        if written.problem:
            problems.append(written.problem)
            continue
        count += 1
        _say(str(written.path))
    if problems:
        raise PlanError(f"{len(problems)} berkas tidak dapat ditulis, {count} sudah. {' '.join(problems)}")
    left = len(plan.where(Jabatan, "dokumen_id", dokumen_id)) - count
    if not count:
        raise PlanError("Belum ada jabatan yang mempunyai tanggung jawab dalam dokumen ini.")
    if left:
        _say(f"{left} jabatan tanpa berkas, karena belum mempunyai tanggung jawab.")
    return 0


def _chosen(options: argparse.Namespace) -> "tuple[Plan, str, str]":
    """The plan, the document that the command line names, and the plan's revision."""
    from models.plan import Plan
    from models.reading import read_published
    from models.rows import Dokumen
    from services.naming import document_name
    from services.samples import sample_plan

    if options.contoh:
        return (*sample_plan(), "")
    if options.berkas is None:
        raise PlanError("Sebutkan berkasnya: main.py ekspor BERKAS.db ...")
    rows, code = read_published(options.berkas)
    _hint_left_over(options.berkas)
    plan = Plan(rows)
    documents = plan.all(Dokumen)
    if options.dokumen is None and len(documents) == 1:
        return plan, documents[0].id, code
    for dokumen in documents:
        if dokumen.id == options.dokumen:
            return plan, dokumen.id, code
    listed = "; ".join(f"{d.id} ({document_name(d)})" for d in documents)
    if options.dokumen is not None and documents:
        raise PlanError(f"Dokumen {options.dokumen!r} tidak ada. Pilih satu dengan --dokumen ID: {listed}.")
    if not documents:
        raise PlanError(f"{options.berkas.name} belum memuat dokumen rencana.")
    raise PlanError(f"Pilih satu dokumen dengan --dokumen ID: {listed}.")


def _formulir(options: argparse.Namespace) -> int:
    from services.forms import FORMS

    for name in FORMS:
        _say(name)
    return 0


def _periksa(options: argparse.Namespace) -> int:
    from models.plan import Plan
    from models.reading import read_plan
    from models.rows import Dokumen
    from services.checks import Checks
    from services.checks.report import as_json, as_text, is_at_fault, reasons_of
    from services.naming import document_name
    from services.rollup import RollUp

    plan = Plan(read_plan(options.berkas))
    _hint_left_over(options.berkas)
    checks = Checks(plan, RollUp(plan))
    documents = [(document_name(dokumen), list(checks.of(dokumen.id))) for dokumen in plan.all(Dokumen)]
    found = [finding for _, findings in documents for finding in findings]
    reasons = reasons_of(checks, found)
    if options.json:
        _say(json.dumps(as_json(plan, found, reasons), ensure_ascii=False, indent=1))
    elif len(documents) == 1:
        _say(as_text(plan, found, reasons))
    else:
        told = [f"{name}\n{as_text(plan, findings, reasons)}" for name, findings in documents]
        _say("\n".join(told) or as_text(plan, []))
    return 1 if is_at_fault(found, reasons) else 0


def _info(options: argparse.Namespace) -> int:
    from models.looking import look
    from models.merging import first_entry
    from models.plan import Plan
    from models.reading import read_plan
    from services.info import as_text, describe, describe_copy, describe_file

    seen = look(options.berkas)
    facts = {"berkas": str(options.berkas)} | describe_file(seen)
    if seen.problem is not None:
        if options.json:
            _say(json.dumps(facts, ensure_ascii=False, indent=1))
        raise PlanError(seen.problem)
    plan = Plan(read_plan(options.berkas))
    _hint_left_over(options.berkas)
    facts |= describe(plan) | describe_copy(plan, first_entry(options.berkas))
    _say(json.dumps(facts, ensure_ascii=False, indent=1) if options.json else as_text(facts))
    return 0


def _salin(options: argparse.Namespace) -> int:
    from services.copies import nip_count, nips_in_texts, part_for, send_copy

    _refuse_open(options, options.berkas)
    _refuse_ending(options.ke)
    with _opened(options.berkas) as document:
        _hint_opened(document)
        plan = document.plan
        part = part_for(plan, options.untuk) if options.bagian else None
        signers, texts = nip_count(plan), nips_in_texts(plan)
        send_copy(document, options.untuk, options.ke, part, without_nip=options.tanpa_nip)
    if (signers or texts) and not options.tanpa_nip:
        _say(
            f"Salinan ini memuat {signers} NIP penanda tangan dan {texts} NIP di dalam teks. Untuk mengirim tanpa NIP, "
            "pakai --tanpa-nip."
        )
    elif texts:
        _say(f"{texts} NIP di dalam teks ditulis sebagai “NIP ...” pada salinan ini.")
    _say(f"Salinan untuk {options.untuk}: {options.ke}")
    return 0


@contextmanager
def _not_in_a_window(path: Path) -> Iterator[None]:
    """That a window has a plan open is said in the words of the command line."""
    from models.lock import PlanOpenError

    try:
        yield
    except PlanOpenError as error:
        raise PlanError(
            f"{path.name} sedang terbuka di jendela Renaksi{error.words}. Tutup dahulu jendela itu, lalu ulangi "
            "perintah ini."
        ) from None


def _opened(path: Path) -> "Document":
    from services.document import Document

    with _not_in_a_window(path):
        return Document.open(path)


def _gabung(options: argparse.Namespace) -> int:
    from services.merge_conflicts import open_conflicts
    from services.merge_report import as_json, as_text, merge_files

    _refuse_open(options, options.berkas)
    with _opened(options.berkas) as document:
        _hint_opened(document)
        for path in options.salinan:
            _hint_left_over(path)
        merge = merge_files(document, options.salinan, delete_anyway=options.setujui_hapus)
        plan = document.plan
        _say(json.dumps(as_json(plan, merge), ensure_ascii=False, indent=1) if options.json else as_text(plan, merge))
        return 1 if open_conflicts(document.plan) else 0


def _kompilasi(options: argparse.Namespace) -> int:
    from services.compile import compile_plans, plans_in
    from services.merge_report import compiled_json, compiled_text

    sources = [path for given in options.sumber for path in (plans_in(given) if given.is_dir() else [given])]
    _refuse_ending(options.ke)
    document, results = compile_plans(options.ke, sources)
    with document:
        _hint_opened(document)
    for source in sources:
        _hint_left_over(source)
    _say(json.dumps(compiled_json(results), ensure_ascii=False, indent=1) if options.json else compiled_text(results))
    return 0 if all(result.complete for result in results) else 1


def _capaian(options: argparse.Namespace) -> int:
    from services.capaian_laporan import as_json, as_text
    from services.capaian_rencana import Reckoning
    from services.periods import read_sampai

    sampai = read_sampai(options.sampai)
    plan, dokumen_id, _ = _chosen(options)
    reckoning = Reckoning(plan, dokumen_id, sampai)
    told = json.dumps(as_json(plan, reckoning), ensure_ascii=False, indent=1) if options.json else None
    _say(as_text(plan, reckoning) if told is None else told)
    return 0


COMMANDS = {
    "impor": _impor,
    "ekspor": _ekspor,
    "formulir": _formulir,
    "periksa": _periksa,
    "info": _info,
    "salin": _salin,
    "gabung": _gabung,
    "kompilasi": _kompilasi,
    "capaian": _capaian,
}


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="main.py", description="Renaksi, perintah tanpa jendela.")
    commands = parser.add_subparsers(required=True, parser_class=_Parser)

    impor = commands.add_parser("impor", help="renaksi-json ke berkas baru, atau satu dokumen lagi ke berkas yang ada")
    impor.add_argument("sumber", type=Path, metavar="SUMBER.renaksi.json")
    impor.add_argument("--ke", type=Path, required=True, metavar="BERKAS.db")

    ekspor = commands.add_parser("ekspor", help="satu formulir atau seluruh dokumen ke berkas")
    ekspor.add_argument("berkas", type=Path, nargs="?", metavar="BERKAS.db")
    ekspor.add_argument("--contoh", action="store_true", help="contoh Buleleng 2022 sebagai ganti berkas")
    ekspor.add_argument("--formulir", action="append", metavar="NAMA", help="lihat: main.py formulir")
    kinds = ("pdf", "xlsx", "docx", "svg", "png", "json")
    ekspor.add_argument("--format", choices=kinds, help="bila tidak disebut: menurut akhiran")
    ekspor.add_argument("--ke", required=True, metavar="KELUARAN", help="nama berkas, atau folder")
    ekspor.add_argument("--dokumen", metavar="ID", help="bila berkas memuat beberapa dokumen; lihat: main.py info")
    ekspor.add_argument("--kertas", metavar="KERTAS", help="F4, F4-210, A4, Legal, A3, A2, A1 atau A0")
    ekspor.add_argument("--semua", action="store_true", help="semua formulir yang berisi, tiap format, ke folder")
    ekspor.add_argument("--per-jabatan", action="store_true", help="satu PDF untuk tiap jabatan, ke folder")

    formulir = commands.add_parser("formulir", help="nama-nama formulir")
    periksa = commands.add_parser("periksa", help="temuan; status 1 bila ada galat yang belum diterima")
    info = commands.add_parser("info", help="berkas apa itu, dan isinya dalam angka")
    for command in (periksa, info):
        command.add_argument("berkas", type=Path, metavar="BERKAS.db")
        command.add_argument("--json", action="store_true")
    salin = commands.add_parser("salin", help="salinan untuk sebuah kantor atau Bidang, utuh atau sebagian")
    salin.add_argument("berkas", type=Path, metavar="BERKAS.db")
    salin.add_argument("--untuk", required=True, metavar="NAMA", help="kantor atau Bidang yang menerimanya")
    salin.add_argument("--ke", type=Path, required=True, metavar="SALINAN.db")
    salin.add_argument("--bagian", action="store_true", help="tandai bagian yang boleh diubah penerima itu")
    salin.add_argument("--tanpa-nip", action="store_true", help="NIP penanda tangan tidak ikut dikirim")

    gabung = commands.add_parser("gabung", help="gabungkan salinan yang kembali; status 1 bila ada yang bertentangan")
    gabung.add_argument("berkas", type=Path, metavar="BERKAS.db")
    gabung.add_argument("salinan", type=Path, nargs="+", metavar="SALINAN.db")
    gabung.add_argument("--setujui-hapus", action="store_true", help="juga bila sangat banyak baris dihapus")
    gabung.add_argument("--json", action="store_true")

    for command in (impor, salin, gabung):
        command.add_argument("--paksa", action="store_true", help="juga bila tercatat terbuka di komputer lain")

    kompilasi = commands.add_parser("kompilasi", help="rencana beberapa perangkat daerah dalam satu berkas")
    kompilasi.add_argument("sumber", type=Path, nargs="+", metavar="RENCANA.db", help="berkas, atau foldernya")
    kompilasi.add_argument("--ke", type=Path, required=True, metavar="BERKAS.db")
    kompilasi.add_argument("--json", action="store_true")

    capaian = commands.add_parser("capaian", help="target, realisasi dan capaian sampai suatu bulan atau triwulan")
    capaian.add_argument("berkas", type=Path, metavar="BERKAS.db")
    capaian.add_argument("--sampai", required=True, metavar="PERIODE", help="TW1 sampai TW4, 1 sampai 12, atau bulan")
    capaian.add_argument("--dokumen", metavar="ID", help="bila berkas memuat beberapa dokumen; lihat: main.py info")
    capaian.add_argument("--json", action="store_true")
    capaian.set_defaults(contoh=False)

    every = (impor, ekspor, formulir, periksa, info, salin, gabung, kompilasi, capaian)
    for name, command in zip(COMMANDS, every, strict=True):
        command.set_defaults(do=COMMANDS[name])
    return parser


if __name__ == "__main__":
    sys.exit(main())
