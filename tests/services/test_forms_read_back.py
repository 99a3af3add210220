"""The four monthly forms of the Buleleng plan, as PDF and XLSX, read back and compared with the interchange file.

What is expected is built here from the JSON alone; nothing of the program's forms is used for it.
"""

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest

from models.plan import Plan
from services.export import make_form, write_form
from services.interchange import import_changes
from services.samples import sample_path

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "buleleng-2022.renaksi.json"
SOURCES = [sample_path(), *([SHARED] if SHARED.exists() else [])]
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
FORMS = {
    "bulanan-eselon-ii": ("sasaran_strategis", 14_601_238_524, 8),
    "bulanan-eselon-iii": ("sasaran_kegiatan", 23_178_610_798, 17),
    "bulanan-eselon-iv": ("sasaran_sub_kegiatan", 8_753_415_037, 21),
    "bulanan-staf": ("sasaran_individu", None, 11),
}
CASES = [(source, name) for source in SOURCES for name in FORMS]
IDS = [f"{name}-{'shared' if source is SHARED else 'sample'}" for source, name in CASES]


def money(value: int | None) -> str:
    return "" if value is None else "-" if value == 0 else f"{value:,}".replace(",", ".")


def blocks(data: dict[str, Any], tingkat: str) -> list[dict[str, Any]]:
    """One entry a block of the paper: heading, sasaran, indicator and budget line, as the JSON says."""
    lines = {line["id"]: line for line in data["anggaran"]}
    posts = {post["id"]: post["nama"] for post in data["jabatan"]}
    made, group = [], None
    for node in (k for k in data["kinerja"] if k["tingkat"] == tingkat):
        links = [link for link in data["dukungan"] if link["kinerja"] == node["id"]]
        indicators = {indicator["id"]: indicator for indicator in node["indikator"]}
        pairs = [(indicators.get(link["indikator"]), lines[link["anggaran"]]) for link in links]
        named = {link["indikator"] for link in links}
        pairs += [(indicator, None) for key, indicator in indicators.items() if key not in named]
        for i, (indicator, line) in enumerate(pairs):
            heading = node.get("kelompok") if i == 0 and node.get("kelompok") != group else None
            person = (line or {}).get("penanggung_jawab") or node.get("penanggung_jawab")
            made.append(
                {
                    "heading": heading,
                    "node": node if i == 0 else None,
                    "indicator": indicator,
                    "line": line,
                    "person": posts.get(person, ""),
                }
            )
        group = node.get("kelompok")
    return made


def rows(data: dict[str, Any], name: str) -> list[tuple[str, ...]]:
    """The body of the table, row by row, cell by cell; what is merged stands in its first row only."""
    staff = name == "bulanan-staf"
    width = 8 if staff else 12
    body: list[tuple[str, ...]] = []
    for block in blocks(data, FORMS[name][0]):
        if block["heading"]:
            body.append((block["heading"], *[""] * (width - 1)))
        for m, month in enumerate(MONTHS):
            row = [""] * width
            if m == 0 and block["node"]:
                row[0:2] = block["node"]["nomor"] or "", block["node"]["uraian"]
            if indicator := block["indicator"]:
                if m == 0:
                    row[2:5] = indicator["uraian"], indicator["satuan"], indicator["target"]
                row[5:7] = month, indicator["target_periode"]["nilai"][m] or ""
            if line := block["line"]:
                if m == 0:
                    row[7:9] = line["nama"], money(line["pagu"])
                row[9:11] = month, money(line["kas"]["nilai"][m])
            if m == 0 and not staff:
                row[11] = block["person"]
            body.append(tuple(row))
    return body


@pytest.fixture(params=CASES, ids=IDS)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[dict[str, Any], str, Path]:
    """(the JSON, the form's name, the written file without its suffix)"""
    source, name = request.param
    data = json.loads(source.read_text(encoding="utf-8"))
    plan = Plan()
    dokumen_id, changes = import_changes(data, plan)
    plan.apply(changes)
    for kind in ("pdf", "xlsx"):
        write_form(make_form(plan, dokumen_id, name), kind, tmp_path / f"formulir.{kind}")
    return data, name, tmp_path / "formulir"


def printed(cell: Any) -> str:
    """What an Indonesian workbook shows for a cell."""
    value, form = cell.value, cell.number_format
    if value is None or isinstance(value, str):
        return value or ""
    if value == 0 and form.endswith('"-"'):
        return "-"
    decimals = len(form.partition(".")[2]) if ";" not in form else 0
    text = f"{Decimal(str(value)):,.{decimals}f}" if "," in form else f"{Decimal(str(value)):.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,"))


def test_the_workbook_holds_every_cell_of_the_data(case: tuple[dict[str, Any], str, Path]) -> None:
    data, name, path = case
    sheet = openpyxl.load_workbook(path.with_suffix(".xlsx")).active
    assert sheet is not None
    width = 8 if name == "bulanan-staf" else 12
    first = next(r for r in range(1, 30) if printed(sheet.cell(r, 1)) == "1" and printed(sheet.cell(r, 2)) == "2") + 1
    expected = rows(data, name)
    there = [tuple(printed(sheet.cell(r, c + 1)) for c in range(width)) for r in range(first, first + len(expected))]
    assert there == expected
    total = FORMS[name][1]
    if total is not None:
        formula = sheet.cell(first + len(expected), 9).value
        assert str(formula).startswith("=SUM(")
        assert sum(line["pagu"] for line in (b["line"] for b in blocks(data, FORMS[name][0])) if line) == total
    texts = [str(cell.value) for row in sheet.iter_rows(min_row=first + len(expected)) for cell in row if cell.value]
    assert any("Singaraja, 12 Oktober 2022" in text for text in texts)


def column(page: Any, left: float, right: float) -> list[str]:
    """The lines of text between two edges (mm from the left of the sheet), from the top, without the foot."""
    text = page.get_textpage()
    scale = 72 / 25.4
    found = text.get_text_bounded(left * scale, 10 * scale, right * scale, page.get_height())
    return [line.strip() for line in re.split(r"[\r\n]+", found) if line.strip()]


def test_the_pages_hold_every_amount_in_its_column_in_order(case: tuple[dict[str, Any], str, Path]) -> None:
    data, name, path = case
    widths = (
        (9, 68, 72, 24, 24, 28, 22, 63) if name == "bulanan-staf" else (9, 38, 42, 13, 18, 19, 15, 54, 26, 19, 25, 32)
    )
    edges = [10.0]
    for width in widths:
        edges.append(edges[-1] + width)
    pdf = pypdfium2.PdfDocument(path.with_suffix(".pdf"))
    assert len(pdf) == FORMS[name][2]
    assert all(round(page.get_width() / 72 * 25.4) == 330 for page in pdf)
    expected = rows(data, name)
    for at in (6,) if name == "bulanan-staf" else (6, 8, 10):
        seen = []
        for page in pdf:
            lines = column(page, edges[at], edges[at + 1])
            start = next(i for i, line in enumerate(lines) if line == str(at + 1)) + 1
            seen += lines[start:]
        wanted = [row[at] for row in expected if row[at]]
        assert seen[: len(wanted)] == wanted


def test_the_pages_hold_every_text_of_the_data(case: tuple[dict[str, Any], str, Path]) -> None:
    data, name, path = case
    pdf = pypdfium2.PdfDocument(path.with_suffix(".pdf"))
    there = re.sub(r"\s", "", "".join(page.get_textpage().get_text_range() for page in pdf)).replace("\ufffe", "")
    for row in rows(data, name):
        for text in row:
            assert re.sub(r"\s", "", text) in there
    signatory = data["dokumen"]["penandatangan"]
    for text in (signatory["nama"], signatory["nip"], "Kepala Dinas Perdagangan, Perindustrian dan Koperasi,"):
        assert re.sub(r"\s", "", text or "NIP.") in there
