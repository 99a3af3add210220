"""A full check and the check after one edit, on the plans of many agencies, beside LibreOffice summing the same data.

The peer holds the same plans in a workbook, a sheet for each agency and a row for each series, whose checks are
formulas: values that fall, values above the year's, the last one against it, and each month of a line against the sum
of the lines below. Timed is its hard recalculation alone, in the program that has the workbook open.
"""

import random
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from bench.agency import agency_rows
from bench.clock import Side, medians
from bench.figures import Figure, Measurement, Scale, ratio
from models.changes import Change
from models.plan import Plan
from models.rows import (
    BULAN,
    Anggaran,
    DeretAnggaran,
    DeretIndikator,
    Dokumen,
    Indikator,
    Kinerja,
    Opd,
    Row,
    new_id,
    references,
)
from services.checks import Checks
from services.rollup import RollUp
from services.samples import sample_plan

AGENCIES = 40
FULL_MOST = 0.5
"""Seconds of a full check."""
EDIT_MOST = 5.0
"""Milliseconds of a check after one edit."""
_EDITS = 200


def measurements() -> Iterator[Measurement]:
    """One for our own times, and one beside LibreOffice where that is there."""
    yield Measurement(("check_full_s", "check_edit_ms"), _measure)
    program = shutil.which("soffice")
    if program is not None:
        yield Measurement(("check_full_over_libreoffice",), lambda scale: _beside(scale, program))


def agencies_plan(sub_kegiatan: int, agencies: int = AGENCIES) -> Plan:
    """The plans of so many agencies in one file, with so many sub kegiatan together; each has rows of its own."""
    sample, _ = sample_plan()
    rows: list[Row] = []
    for number in range(agencies):
        size = (sub_kegiatan * (number + 1)) // agencies - (sub_kegiatan * number) // agencies
        rows += _renamed(agency_rows(sample, max(size, 1)), number)
    return Plan(rows)


def _renamed(rows: list[Row], number: int) -> Iterator[Row]:
    """The rows of an agency with ids, amounts and texts of its own, and an indicator on each budget line."""
    ids = {row.id: new_id() for row in rows}
    series = [row for row in rows if isinstance(row, DeretIndikator)]
    indicators = {row.id: row for row in rows if isinstance(row, Indikator)}
    lines = [row for row in rows if isinstance(row, Anggaran) and row.jenis != "program"]
    for at, line in enumerate(lines):
        like = series[at % len(series)]
        indikator = replace(indicators[like.indikator_id], id=new_id(), kinerja_id=None, anggaran_id=line.id)
        yield _own(replace(indikator, anggaran_id=ids[line.id], dokumen_id=ids[line.dokumen_id]), number, {})
        yield _own(like, number, {"id": new_id(), "indikator_id": indikator.id, "dokumen_id": ids[line.dokumen_id]})
    for row in rows:
        values: dict[str, Any] = {field: ids.get(getattr(row, field) or "") for field in references(type(row))}
        yield _own(row, number, {"id": ids[row.id], **values})


def _own(row: Any, number: int, values: dict[str, Any]) -> Row:
    """A row of the agency with this number."""
    if isinstance(row, DeretAnggaran):
        values["nilai"] = tuple(None if value is None else value * (number + 1) for value in row.nilai)
    if isinstance(row, Anggaran):
        values["pagu"] = None if row.pagu is None else row.pagu * (number + 1)
    if isinstance(row, Opd):
        values |= {"urutan": number + 1, "nama": f"{row.nama} {number + 1}"}
    if isinstance(row, Indikator):
        values |= {"uraian": f"{row.uraian} {row.id[:6]}", "target": _times(row.target, number)}
    if isinstance(row, Kinerja):
        values["uraian"] = f"{row.uraian} {row.id[:6]}"
    if isinstance(row, DeretIndikator):
        values["nilai"] = tuple(_times(text, number) for text in row.nilai)
    made: Row = replace(row, **values)
    return made


def _times(text: str | None, number: int) -> str | None:
    """A plain whole number times that of the agency, any other target as it is."""
    return str(int(text) * (number + 1)) if text and text.isdecimal() else text


def _measure(scale: Scale) -> Iterator[Figure]:
    plan = agencies_plan(scale.sub_kegiatan[2500], 2 if scale.is_smoke else AGENCIES)
    took = medians({"full": _full(plan)}, scale)["full"]
    yield Figure("check_full_s", took, "s", FULL_MOST, took * 1000)
    middle = median(edit_seconds(plan, 5 if scale.is_smoke else _EDITS)) * 1000
    yield Figure("check_edit_ms", middle, "ms", EDIT_MOST, middle)


def _full(plan: Plan) -> Side:
    """Sums and findings from nothing; the indexes of the plan stay, as they do in an open file."""
    return Side(lambda: Checks(plan, RollUp(plan)))


def edit_seconds(plan: Plan, count: int) -> list[float]:
    """Seconds of sums and findings after each of so many edits: cash, targets, pagu and units in turn."""
    rollup = RollUp(plan)
    checks = Checks(plan, rollup)
    picked = random.Random(count)
    kinds = (DeretAnggaran, DeretIndikator, Anggaran, Indikator)
    rows = [plan.all(kind) for kind in kinds]
    took = []
    for number in range(count):
        old: Any = plan.get(kinds[number % 4], picked.choice(rows[number % 4]).id)
        change = Change(old, _edited(old, number % BULAN))
        plan.apply([change])
        begun = perf_counter()
        checks.update([change], rollup.update([change]))
        took.append(perf_counter() - begun)
    return took


def _edited(row: Any, month: int) -> Row:
    if isinstance(row, DeretAnggaran):
        return replace(row, nilai=tuple((v or 0) + (m == month) for m, v in enumerate(row.nilai)))
    if isinstance(row, DeretIndikator):
        return replace(row, nilai=tuple("7" if m == month else v for m, v in enumerate(row.nilai)))
    if isinstance(row, Anggaran):
        return replace(row, pagu=(row.pagu or 0) + 1)
    made: Row = replace(row, satuan="dokumen" if row.satuan != "dokumen" else "Dokumen")
    return made


_MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Main(source As String, target As String)
  Dim none()
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, none())
  document.calculateAll()
  file = FreeFile
  Open target For Output As #file
  For turn = 1 To 5
    begun = GetSystemTicks()
    document.calculateAll()
    Print #file, CStr(GetSystemTicks() - begun)
  Next
  Close #file
  document.close(True)
  StarDesktop.terminate()
End Sub
</script:module>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
  library:passwordprotected="false"><library:element library:name="Module1"/></library:library>
"""


def _beside(scale: Scale, program: str) -> Iterator[Figure]:
    """A smoke run leaves it out, as starting takes seconds."""
    if scale.is_smoke:
        return
    plan = agencies_plan(scale.sub_kegiatan[2500])
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_workbook(plan, folder / "rencana.xlsx")
        theirs = median(_recalculated(program, folder)) / 1000
    yield ratio("check_full_over_libreoffice", medians({"full": _full(plan)}, scale)["full"], theirs)


def _recalculated(program: str, folder: Path) -> list[float]:
    """Milliseconds of each recalculation of the workbook in a profile of its own."""
    profile = folder / "profile"
    profile_url = f"-env:UserInstallation={profile.as_uri()}"
    target = folder / "took.txt"
    subprocess.run([program, profile_url, "--headless", "--terminate_after_init"], check=True, capture_output=True)
    library = profile / "user" / "basic" / "Standard"
    library.mkdir(parents=True, exist_ok=True)
    (library / "Module1.xba").write_text(_MACRO, encoding="utf-8")
    (library / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    source = (folder / "rencana.xlsx").as_uri()
    macro = f"macro:///Standard.Module1.Main({source},{target})"
    subprocess.run([program, profile_url, "--headless", macro], check=True, capture_output=True)
    return [float(line) for line in target.read_text(encoding="utf-8").split()]


def write_workbook(plan: Plan, target: Path) -> None:
    """A sheet for each document: name, year and twelve values of each series, and behind them its checks."""
    with xlsxwriter.Workbook(target) as book:
        for number, dokumen in enumerate(plan.all(Dokumen), 1):
            _write_sheet(plan, dokumen, book.add_worksheet(f"OPD {number}"))


def _write_sheet(plan: Plan, dokumen: Dokumen, sheet: Any) -> None:
    lines = plan.where(Anggaran, "dokumen_id", dokumen.id)
    at = {line.id: row for row, line in enumerate(lines)}
    for line, row in zip(lines, range(len(lines)), strict=True):
        series = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
        _write_row(sheet, row, line.nama, line.pagu, series.nilai if series else ())
        below = [at[child.id] for child in plan.where(Anggaran, "induk_id", line.id)]
        for month in range(BULAN) if below else ():
            cells = ",".join(_cell(child, 2 + month) for child in below)
            sheet.write_formula(row, 40 + month, f"=IF({_cell(row, 2 + month)}<>SUM({cells}),1,0)")
    for row, indikator in enumerate(plan.where(Indikator, "dokumen_id", dokumen.id), len(lines)):
        targets = plan.one(DeretIndikator, "indikator_id", indikator.id, "target")
        _write_row(sheet, row, indikator.uraian, indikator.target, targets.nilai if targets else ())


def _write_row(sheet: Any, row: int, name: str, year: object, values: Sequence[object]) -> None:
    sheet.write_string(row, 0, name)
    sheet.write(row, 1, _number(year))
    for month, value in enumerate(values):
        sheet.write(row, 2 + month, _number(value))
        here = _cell(row, 2 + month)
        if month:
            sheet.write_formula(row, 14 + month, f"=IF({here}<{_cell(row, 1 + month)},1,0)")
        sheet.write_formula(row, 26 + month, f"=IF({here}>$B{row + 1},1,0)")
    sheet.write_formula(row, 39, f"=IF({_cell(row, 13)}<>$B{row + 1},1,0)")


def _number(value: object) -> object:
    """A plain number as one, any other text as it is."""
    text = str(value).replace(",", ".") if isinstance(value, str) else value
    try:
        return float(text) if isinstance(text, str) else text
    except ValueError:
        return value


def _cell(row: int, column: int) -> str:
    return f"{xl_col_to_name(column)}{row + 1}"
