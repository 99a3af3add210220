"""From a plan to files: which form, which format, what the file is called."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from models.errors import PlanError
from models.files import os_words, write_whole
from models.header import is_plan
from models.plan import Plan
from models.rows import Dokumen, Jabatan, Opd
from services.checks.finding import Finding
from services.forms import FORMS, build_for_position, build_form
from services.forms.parts import PAPERS, Figure, Form, Paper
from services.forms.settings import dress, set_setup, setup_of
from services.interchange import export_document
from services.safe_names import safe_name

FORMATS = ("pdf", "xlsx", "docx", "svg", "png", "json")
PICTURES = ("svg", "png")
"""The formats of a form that is one drawing."""
Progress = Callable[[int, int], None]
"""(done, of how many); what it raises ends the work."""


def make_form(
    plan: Plan,
    dokumen_id: str,
    name: str,
    paper: str | None = None,
    *,
    kind: str = "pdf",
    code: str = "",
    findings: Iterable[Finding] | None = None,
) -> Form:
    """The named form as the plan says that it is printed, on other paper than that where one is named.

    Args:
        kind: the format that it is made for.
        code: of the plan's revision, for the foot of the pages.
        findings: of the document, where they are known already.
    Raises:
        PlanError: no such form, or no such paper.
    """
    form = build_form(plan, dokumen_id, name, kind)
    if paper is not None and any(isinstance(part, Figure) for part in form.parts):
        plan = _on_paper(plan, dokumen_id, form, _paper(paper))
        form = build_form(plan, dokumen_id, name, kind)
    form = dress(form, plan, dokumen_id, _found(plan, dokumen_id) if findings is None else findings, code)
    return form if paper is None else form.on(replace(form.page, paper=_paper(paper)))


def _paper(paper: str) -> Paper:
    known = {name.casefold(): sheet for name, sheet in PAPERS.items()}.get(paper.casefold())
    if known is None:
        raise PlanError(f"Kertas {paper!r} tidak dikenal. Pilihannya: {', '.join(PAPERS)}.")
    return known


def _on_paper(plan: Plan, dokumen_id: str, form: Form, paper: Paper) -> Plan:
    """A copy of the plan in which this form, whose drawing is arranged for its paper, is printed on another."""
    setup = setup_of(plan, dokumen_id, form.name, form.page)
    copy = Plan(plan.rows())
    wanted = replace(setup, page=replace(setup.page, paper=paper))
    copy.apply(set_setup(copy, dokumen_id, form.name, form.page, wanted))
    return copy


def make_for_position(
    plan: Plan, jabatan: Jabatan, name: str, *, code: str = "", findings: Iterable[Finding] | None = None
) -> Form:
    """The named form of one position, as the plan says that the form is printed; empty where there is nothing in it.

    Raises:
        PlanError: no form of that name is made for each position.
    """
    form = build_for_position(plan, jabatan, name)
    found = _found(plan, jabatan.dokumen_id) if findings is None else findings
    return dress(form, plan, jabatan.dokumen_id, found, code)


def _found(plan: Plan, dokumen_id: str) -> Iterator[Finding]:
    """The findings of a document, looked for when the first is asked for."""
    from services.checks import Checks
    from services.rollup import RollUp

    checks = Checks(plan, RollUp(plan))
    yield from (finding for finding in checks.of(dokumen_id) if checks.accepted(finding) is None)


def write_form(form: Form, kind: str, target: Path, progress: Progress | None = None) -> None:
    """Write a form in one of its formats, whole or not at all.

    Raises:
        PlanError: the name is that of a plan or of another format, or it cannot be written there.
    """
    check_target(target, kind)
    write_whole(target, lambda out: render(form, kind, out, progress))


def render(form: Form, kind: str, out: BinaryIO, progress: Progress | None = None) -> None:
    """A form into an open file; the renderers are loaded when first used, so that the window opens at once.

    Raises:
        PlanError: the form cannot be written in this format.
    """
    kinds = FORMS[form.name].kinds
    if kind not in kinds:
        raise PlanError(f"Formulir {form.name} tidak dapat ditulis sebagai {kind}. Pilihannya: {', '.join(kinds)}.")
    if kind == "pdf":
        from services.render.pdf import render_pdf

        render_pdf(form, out, progress)
    elif kind == "xlsx":
        from services.render.xlsx import render_xlsx

        render_xlsx(form, out, progress)
    elif kind in PICTURES:
        from services.render.figure_image import render_picture

        render_picture(form, kind, out)
    else:
        from services.render.docx import render_docx

        render_docx(form, out)


def make_folder(folder: Path) -> None:
    """The folder that a whole set goes to.

    Raises:
        PlanError: it cannot be made there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PlanError(
            f"Folder {str(folder)[:80]} tidak dapat dibuat ({os_words(error)}). Pilih tempat lain."
        ) from error


def print_remark(form: Form, kind: str) -> str:
    """What one should know of a form that is printed: of its own, and characters that would be empty boxes; "" without.

    Source: file-safety.md, bad input.
    """
    if kind != "pdf":
        return ""
    from services.render.layout import missing_glyphs

    lacking = sorted(missing_glyphs(form))
    if not lacking:
        return form.remark
    shown = " ".join(lacking[:8])
    boxes = f"{len(lacking)} karakter tidak ada dalam huruf cetak dan tercetak sebagai kotak: {shown}"
    return f"{form.remark} {boxes}".strip()


def check_target(target: Path, kind: str) -> None:
    """An export never takes the place of a plan, and its name never says another format than its contents."""
    if is_plan(target):
        raise PlanError(f"{target.name} adalah sebuah rencana. Pilih nama lain untuk hasil ekspor.")
    ending = target.suffix.lower().lstrip(".")
    if ending != kind and ending in (*FORMATS, "db"):
        raise PlanError(f"Nama {target.name} berakhiran .{ending}, sedangkan isinya {kind}. Pakai akhiran .{kind}.")


def write_interchange(plan: Plan, dokumen_id: str, target: Path) -> None:
    """Write a plan document as renaksi-json; PlanError as in `write_form`."""
    check_target(target, "json")
    text = json.dumps(export_document(plan, dokumen_id), ensure_ascii=False, indent=1)
    write_whole(target, lambda out: out.write((text + "\n").encode()))


@dataclass(frozen=True, slots=True)
class Written:
    """One file of a set. `problem`: why it could not be written, "" where it was; `remark` as of `print_remark`."""

    name: str
    kind: str
    path: Path
    problem: str = ""
    remark: str = ""


def write_all(
    plan: Plan,
    dokumen_id: str,
    folder: Path,
    names: Iterable[str] = FORMS,
    kinds: Iterable[str] | None = None,
    *,
    code: str = "",
    findings: Iterable[Finding] | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Iterator[Written]:
    """Write each of the forms that has something to print, in the wanted formats; yields each file when it is done.

    A file that cannot be written is told and does not keep the others from being written.

    Args:
        kinds: None for all formats that a form has.
        findings: of the document, where they are known already.
        progress: called with a form's name, and how much of it is done; what it raises ends the work.
    """
    found = list(_found(plan, dokumen_id) if findings is None else findings)
    wanted = None if kinds is None else set(kinds)
    for name in names:
        made: dict[str, Form] = {}
        for kind in FORMS[name].kinds:
            if wanted is not None and kind not in wanted:
                continue
            built_for = FORMS[name].builder_for(kind)
            if built_for not in made:
                if progress is not None:
                    progress(name, 0, 1)
                made[built_for] = make_form(plan, dokumen_id, name, kind=kind, code=code, findings=found)
            if not made[built_for].empty:
                target = folder / file_name(plan, dokumen_id, name, kind)
                yield _write_one(made[built_for], kind, target, progress and partial(progress, name))


def write_positions(
    plan: Plan,
    dokumen_id: str,
    folder: Path,
    name: str,
    *,
    code: str = "",
    findings: Iterable[Finding] | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Iterator[Written]:
    """Write the named form of each position that answers for something, as a PDF of its own; yields each when done.

    Args:
        progress: called with a position's name, its number from 0 and how many there are; what it raises ends the work.
    Raises:
        PlanError: no form of that name is made for each position.
    """
    found = list(_found(plan, dokumen_id) if findings is None else findings)
    positions = plan.where(Jabatan, "dokumen_id", dokumen_id)
    for number, jabatan in enumerate(positions):
        if progress is not None:
            progress(jabatan.nama, number, len(positions))
        form = make_for_position(plan, jabatan, name, code=code, findings=found)
        if not form.empty:
            yield _write_one(form, "pdf", folder / position_file_name(plan, jabatan, name), None)


def _write_one(form: Form, kind: str, target: Path, progress: Progress | None) -> Written:
    try:
        write_form(form, kind, target, progress)
    except PlanError as error:
        return Written(form.name, kind, target, problem=str(error))
    return Written(form.name, kind, target, remark=print_remark(form, kind))


def file_name(plan: Plan, dokumen_id: str, name: str, kind: str) -> str:
    """Such as RENAKSI_2022_Bulanan-Eselon-II_Dinas-Koperasi.pdf."""
    dokumen = plan.get(Dokumen, dokumen_id)
    opd = plan.get(Opd, dokumen.opd_id)
    entry = FORMS[name]
    agency = safe_name(opd.singkatan or opd.nama.partition(",")[0])
    return f"RENAKSI_{dokumen.tahun}_{safe_name(f'{entry.group} {entry.title}')}_{agency}.{kind}"


def position_file_name(plan: Plan, jabatan: Jabatan, name: str) -> str:
    """Such as RENAKSI_2022_Indikator-kerja-individu_03_KEPALA-BIDANG-KOPERASI.pdf; the number is the position's."""
    dokumen = plan.get(Dokumen, jabatan.dokumen_id)
    numbers = {each.id: at for at, each in enumerate(plan.where(Jabatan, "dokumen_id", dokumen.id), 1)}
    title = safe_name(name.capitalize())
    return f"RENAKSI_{dokumen.tahun}_{title}_{numbers[jabatan.id]:02}_{safe_name(jabatan.nama)}.pdf"
