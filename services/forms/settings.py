"""How a form is printed: its own page, and what the officer set for it in the plan (the table `formulir`)."""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from models.changes import Change
from models.plan import Plan
from models.rows import Dokumen, Formulir, Kop, Opd, new_id
from services.checks.finding import Finding
from services.forms.parts import PAPERS, Break, Cover, Form, Letterhead, Page, Part, Text
from services.forms.printed import worst_level

DRAF: Final = ("tidak", "galat", "selalu")
"""When "DRAF" is written across the pages: never, as long as the form prints a galat, always."""

MARGIN: Final = (0.0, 60.0)
"""Least and most, mm: with these the narrowest paper keeps room for a table, whatever a file says."""
SIZE: Final = (4.0, 20.0)
"""Least and most size of the tables' body, points."""

_MARGINS = {"top": "tepi_atas", "right": "tepi_kanan", "bottom": "tepi_bawah", "left": "tepi_kiri"}


@dataclass(frozen=True, slots=True)
class Setup:
    """The page of one form, and what stands around it. `draf` is one of DRAF."""

    page: Page
    kop: bool = False
    draf: str = "tidak"
    kode: bool = True


def setup_of(plan: Plan, dokumen_id: str, name: str, own: Page) -> Setup:
    """How the named form is printed; `own` is the page that it has by itself."""
    row = _row(plan, dokumen_id, name)
    if row is None:
        return Setup(own)
    margins = {
        side: _within(value, MARGIN) for side, field in _MARGINS.items() if (value := getattr(row, field)) is not None
    }
    page = replace(
        own,
        paper=PAPERS.get(row.kertas or "", own.paper),
        landscape=own.landscape if row.mendatar is None else bool(row.mendatar),
        size=own.size if row.huruf is None else _within(row.huruf / 10, SIZE),
        fit_width=own.fit_width if row.muat_lebar is None else bool(row.muat_lebar),
        repeat_header=own.repeat_header if row.judul_kolom is None else bool(row.judul_kolom),
        **margins,
    )
    return Setup(page, bool(row.kop), row.draf or "tidak", row.kode != 0)


def set_setup(plan: Plan, dokumen_id: str, name: str, own: Page, setup: Setup) -> list[Change]:
    """The changes that make the plan remember it; what is as in `own` is not written down."""
    before = _row(plan, dokumen_id, name)
    page = setup.page
    margins = {
        field: round(getattr(page, side)) if getattr(page, side) != getattr(own, side) else None
        for side, field in _MARGINS.items()
    }
    after = Formulir(
        id=before.id if before else new_id(),
        sisa=before.sisa if before else None,
        dokumen_id=dokumen_id,
        nama=name,
        kertas=page.paper.name if page.paper != own.paper else None,
        mendatar=int(page.landscape) if page.landscape != own.landscape else None,
        huruf=round(page.size * 10) if page.size is not None and page.size != own.size else None,
        muat_lebar=int(page.fit_width) if page.fit_width != own.fit_width else None,
        judul_kolom=int(page.repeat_header) if page.repeat_header != own.repeat_header else None,
        kop=1 if setup.kop else None,
        draf=setup.draf if setup.draf != "tidak" else None,
        kode=None if setup.kode else 0,
        **margins,
    )
    return [Change(before, after)] if after != before else []


def dress(form: Form, plan: Plan, dokumen_id: str, findings: Iterable[Finding], code: str) -> Form:
    """The form as it is printed: on its page, with letterhead, stamp and code where the plan asks for them.

    Args:
        findings: of the whole document; only looked at where the stamp depends on them.
        code: of the plan's revision, "" where there is none.
    """
    setup = setup_of(plan, dokumen_id, form.name, form.page)
    parts = form.parts
    if setup.kop:
        parts = _with_letterhead(parts, letterhead(plan, dokumen_id))
    draft = setup.draf == "selalu" or (
        setup.draf == "galat" and worst_level(plan, dokumen_id, form.name, findings) == "galat"
    )
    return replace(form, parts=parts, page=setup.page, draft=draft, code=code if setup.kode else "")


def letterhead(plan: Plan, dokumen_id: str) -> Letterhead:
    """The kop of the document's agency; where none was written, the government's and the agency's name."""
    opd = plan.get(Opd, plan.get(Dokumen, dokumen_id).opd_id)
    row = next(iter(plan.where(Kop, "opd_id", opd.id)), None)
    baris = row.baris.splitlines() if row else default_lines(opd)
    sizes = (12.0, 14.0)
    lines = tuple(
        Text(line, sizes[i] if i < len(sizes) else 9.0, bold=i < len(sizes), align="center")
        for i, line in enumerate(baris)
    )
    return Letterhead(lines, logo_of(row) if row else None)


def default_lines(opd: Opd) -> list[str]:
    """What a kop begins with: PEMERINTAH KABUPATEN BULELENG, and the agency."""
    return [line for line in (f"PEMERINTAH {opd.pemda}".upper() if opd.pemda else "", opd.nama.upper()) if line]


def logo_of(row: Kop) -> bytes | None:
    """The picture of a kop, None without one or where its text is damaged."""
    try:
        return base64.b64decode(row.logo, validate=True) if row.logo else None
    except binascii.Error:
        return None


def set_letterhead(plan: Plan, opd_id: str, lines: str, logo: bytes | None) -> list[Change]:
    """The changes that store the kop of an agency: `lines` one below the other, `logo` PNG or JPEG."""
    before = next(iter(plan.where(Kop, "opd_id", opd_id)), None)
    after = Kop(
        id=before.id if before else new_id(),
        sisa=before.sisa if before else None,
        opd_id=opd_id,
        baris=lines,
        logo=base64.b64encode(logo).decode("ascii") if logo else None,
    )
    return [Change(before, after)] if after != before else []


def _within(value: float, bounds: tuple[float, float]) -> float:
    least, most = bounds
    return min(max(value, least), most)


def _row(plan: Plan, dokumen_id: str, name: str) -> Formulir | None:
    return next((row for row in plan.where(Formulir, "dokumen_id", dokumen_id) if row.nama == name), None)


def _with_letterhead(parts: tuple[Part, ...], kop: Letterhead) -> tuple[Part, ...]:
    """At the top of the first page that is no cover."""
    at = next((i for i, part in enumerate(parts) if not isinstance(part, Cover | Break)), len(parts))
    return (*parts[:at], kop, *parts[at:])
