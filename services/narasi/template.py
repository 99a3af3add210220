"""The narratives that a document begins with: prose of ours, with placeholders, that an officer adapts."""

import json

from models.changes import Change
from models.plan import Plan
from models.rows import Narasi, new_id
from services.narasi.sections import LKIP, RENCANA, inserted, naskah_of
from services.resources import resource

_FILES = {RENCANA: "rencana-aksi", LKIP: "lkip"}


def template_rows(dokumen_id: str, naskah: str = RENCANA) -> list[Narasi]:
    """The sections of the template of a narrative as rows of a document, in order, without places yet."""
    data = json.loads(resource("naskah", f"{_FILES[naskah]}.json").read_text(encoding="utf-8"))
    return [
        Narasi(
            id=new_id(),
            dokumen_id=dokumen_id,
            urutan=0,
            kunci=f"{naskah}.{section['kunci']}" if naskah else section["kunci"],
            judul=section["judul"],
            isi="\n\n".join(section["isi"]),
            tingkat=section["tingkat"],
        )
        for section in data["bagian"]
    ]


def template_changes(plan: Plan, dokumen_id: str, naskah: str = RENCANA) -> list[Change]:
    """The sections of the template, where the narrative has no section with any text or title; else nothing.

    Empty sections that are there give way.
    """
    there = [row for row in plan.where(Narasi, "dokumen_id", dokumen_id) if naskah_of(row) == naskah]
    if any((row.isi or "").strip() or (row.judul or "").strip() for row in there):
        return []
    return [*(Change(row, None) for row in there), *inserted([], template_rows(dokumen_id, naskah), 0)]
