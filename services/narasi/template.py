"""The narrative that a new plan begins with: prose of ours, with placeholders, that an officer adapts."""

import json

from models.changes import Change
from models.plan import Plan
from models.rows import Narasi, new_id
from services.narasi.sections import inserted
from services.resources import resource

NAME = "rencana-aksi"


def template_rows(dokumen_id: str, name: str = NAME) -> list[Narasi]:
    """The sections of a template as rows of a document, in order, without places yet."""
    data = json.loads(resource("naskah", f"{name}.json").read_text(encoding="utf-8"))
    return [
        Narasi(
            id=new_id(),
            dokumen_id=dokumen_id,
            urutan=0,
            kunci=section["kunci"],
            judul=section["judul"],
            isi="\n\n".join(section["isi"]),
            tingkat=section["tingkat"],
        )
        for section in data["bagian"]
    ]


def template_changes(plan: Plan, dokumen_id: str) -> list[Change]:
    """The sections of the template, where the document has no section with any text or title; else nothing.

    Empty sections that are there give way.
    """
    there = plan.where(Narasi, "dokumen_id", dokumen_id)
    if any((row.isi or "").strip() or (row.judul or "").strip() for row in there):
        return []
    return [*(Change(row, None) for row in there), *inserted([], template_rows(dokumen_id), 0)]
