"""Individual sheets and agreements of each position: what it answers for, its line of sight, and who signs."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import Anggaran, Dokumen, Indikator, Jabatan, Kinerja
from services.export import make_for_position, make_form, position_file_name, render, write_positions
from services.forms import build_for_position
from services.forms.indikator_individu import NO_GOAL
from services.forms.parts import Break, Form, Signatures, Table, Text
from services.pejabat import head_position, set_official
from services.samples import sample_path, sample_plan

NAME, AGREEMENT = "indikator-individu", "perjanjian-kinerja"
SAMPLES = sorted(path.name.removesuffix(".renaksi.json") for path in sample_path().parent.glob("*.renaksi.json"))


def sheets(form: Form) -> list[list[object]]:
    found: list[list[object]] = [[]]
    for part in form.parts:
        if isinstance(part, Break):
            found.append([])
        else:
            found[-1].append(part)
    return found


def heads(sheet: list[object]) -> list[str]:
    return [part.plain for part in sheet if isinstance(part, Text) and part.plain]


def cells(sheet: list[object], col: int) -> list[str]:
    table = [part for part in sheet if isinstance(part, Table)][-1]
    return [cell.text for block in table.body for row in block for cell in row.cells if cell.col == col]


def squeezed(text: str) -> str:
    return re.sub(r"[\s\ufffe-]", "", text)


def position(plan: Plan, name: str) -> Jabatan:
    return next(each for each in plan.all(Jabatan) if each.nama == name)


@pytest.mark.parametrize("sample", ["bekasi-2024", "buleleng-2022"])
def test_every_position_has_a_sheet_with_all_that_it_answers_for(sample: str) -> None:
    plan, dokumen_id = sample_plan(sample)
    form = make_form(plan, dokumen_id, NAME)
    positions = plan.where(Jabatan, "dokumen_id", dokumen_id)
    found = sheets(form)
    assert [heads(sheet)[1] for sheet in found] == [each.nama.upper() for each in positions]
    assert not form.remark
    for jabatan, sheet in zip(positions, found, strict=True):
        texts = "".join(cells(sheet, 2))
        indicators = cells(sheet, 3)
        for node in plan.where(Kinerja, "penanggung_jawab_id", jabatan.id):
            assert (node.uraian or "") in texts
            for indikator in plan.where(Indikator, "kinerja_id", node.id):
                assert indikator.uraian in indicators
        for line in plan.where(Anggaran, "penanggung_jawab_id", jabatan.id):
            assert line.nama in texts


def test_the_line_of_sight_goes_from_the_nearest_box_up_to_the_tujuan() -> None:
    plan, _ = sample_plan("bekasi-2024")
    jabatan = position(plan, "ANALIS SDM APARATUR")
    sheet = list(make_for_position(plan, jabatan, NAME).parts)
    assert len(cells(sheet, 2)) == 11
    above = [level_of(text) for text in cells(sheet, 7)]
    assert above == ["Sasaran sub kegiatan"] * 11
    further = [[level_of(line.removeprefix("\u2191 ")) for line in text.split("\n")] for text in cells(sheet, 8)]
    # Its eleven boxes serve sub kegiatan under four kegiatan.
    assert further == [["Sasaran kegiatan", "Sasaran program", "Sasaran strategis", "Tujuan"]] * 4


def level_of(text: str) -> str:
    return text.partition(":")[0].rstrip(" 0123456789")


def test_what_leads_up_to_nothing_is_told_and_the_head_answers_for_the_sasaran_strategis() -> None:
    plan, dokumen_id = sample_plan("buleleng-2022")
    sheet = list(make_for_position(plan, position(plan, "SEKRETARIS DINAS"), NAME).parts)
    assert set(cells(sheet, 7)) == {NO_GOAL}
    nobody = [each for each in plan.where(Kinerja, "dokumen_id", dokumen_id) if each.tingkat == "sasaran_strategis"]
    plan.apply([Change(node, replace(node, penanggung_jawab_id=None)) for node in nobody])
    chief = list(make_for_position(plan, position(plan, "KEPALA DINAS"), NAME).parts)
    assert [text for text in cells(chief, 1) if text.startswith("Sasaran strategis")] == [
        f"Sasaran strategis {number}" for number in range(1, 6)
    ]


@pytest.mark.parametrize("name", [NAME, AGREEMENT])
@pytest.mark.parametrize("sample", SAMPLES)
def test_each_official_signs_with_the_one_above(sample: str, name: str) -> None:
    plan, dokumen_id = sample_plan(sample)
    positions = plan.where(Jabatan, "dokumen_id", dokumen_id)
    plan.apply([c for at, j in enumerate(positions) for c in set_official(plan, dokumen_id, j.id, nama=f"Orang {at}")])
    plan.apply(set_official(plan, dokumen_id, None, jabatan="Bupati Uji", nama="Sang Bupati"))
    names = {jabatan.id: f"Orang {at}" for at, jabatan in enumerate(positions)}
    top = head_position(plan, plan.get(Dokumen, dokumen_id))
    signed = 0
    for jabatan in positions:
        form = build_for_position(plan, jabatan, name)
        if form.empty:
            continue
        for pair in (part for part in form.parts if isinstance(part, Signatures)):
            above, own = pair.blocks
            signed += 1
            if top is not None and jabatan.id == top.id:
                assert (above.nama, own.nama) == ("Sang Bupati", names[top.id])
            else:
                chief = names[top.id] if top is not None else ""
                wanted = names.get(jabatan.atasan_id or "", chief)
                assert (above.nama, own.nama) == (wanted, names[jabatan.id])
    assert signed


def test_the_positions_become_files_of_their_own(tmp_path: Path) -> None:
    plan, dokumen_id = sample_plan("bekasi-2024")
    steps: list[tuple[str, int, int]] = []
    written = list(write_positions(plan, dokumen_id, tmp_path, AGREEMENT, progress=lambda *step: steps.append(step)))
    positions = plan.where(Jabatan, "dokumen_id", dokumen_id)
    assert [file.path.name for file in written] == [position_file_name(plan, each, AGREEMENT) for each in positions]
    assert len({file.path.name.casefold() for file in written}) == len(positions) == len(list(tmp_path.iterdir()))
    assert [step[1:] for step in steps] == [(at, len(positions)) for at in range(len(positions))]
    staff = next(file for file in written if "BENDAHARA" in file.path.name)
    with pypdfium2.PdfDocument(staff.path) as document:
        assert len(document) == 2
        text = squeezed("".join(page.get_textpage().get_text_bounded() for page in document))
    jabatan = position(plan, "BENDAHARA")
    for node in plan.where(Kinerja, "penanggung_jawab_id", jabatan.id):
        assert squeezed(node.uraian or "") in text
    assert squeezed("KEPALA SUB BAGIAN KEUANGAN") in text
    assert "Anggaran(Rp)" not in text, "a member of staff has no budget"


def test_the_agreements_of_the_eselon_are_those_that_are_printed_together() -> None:
    plan, dokumen_id = sample_plan("buleleng-2022")
    for eselon in ("iii", "iv"):
        together = make_form(plan, dokumen_id, f"{AGREEMENT}-eselon-{eselon}")
        tables = [part for part in together.parts if isinstance(part, Table)]
        for jabatan in plan.where(Jabatan, "dokumen_id", dokumen_id):
            if any(isinstance(p, Text) and p.level and p.plain == jabatan.nama.upper() for p in together.parts):
                alone = build_for_position(plan, jabatan, AGREEMENT)
                mine = [part for part in alone.parts if isinstance(part, Table)]
                assert all(table in tables for table in mine)


def test_positions_without_anything_have_no_sheet_and_are_named(tmp_path: Path) -> None:
    plan, dokumen_id = sample_plan("lampung-2019")
    form = make_form(plan, dokumen_id, NAME)
    positions = plan.where(Jabatan, "dokumen_id", dokumen_id)
    count = len(sheets(form))
    assert form.remark.startswith(f"{len(positions) - count} jabatan tanpa lembar")
    assert len(list(write_positions(plan, dokumen_id, tmp_path, NAME))) == count


def test_only_some_forms_are_made_for_each_position(tmp_path: Path) -> None:
    plan, dokumen_id = sample_plan("bekasi-2024")
    with pytest.raises(PlanError, match="indikator-individu"):
        list(write_positions(plan, dokumen_id, tmp_path, "iku"))
    assert not list(tmp_path.iterdir())


def test_the_pages_of_all_positions_are_whole() -> None:
    plan, dokumen_id = sample_plan("bekasi-2024")
    out = BytesIO()
    render(make_form(plan, dokumen_id, NAME), "pdf", out)
    with pypdfium2.PdfDocument(out.getvalue()) as document:
        starts = sum("INDIKATOR KERJA INDIVIDU" in page.get_textpage().get_text_bounded() for page in document)
    assert starts == len(plan.where(Jabatan, "dokumen_id", dokumen_id))
