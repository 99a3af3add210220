"""Tables and charts in the text of a narrative: where they stand, and what a reader of the text is told of them."""

from dataclasses import replace

from models.plan import Plan
from models.rows import Dokumen
from services.forms.parts import Run
from services.narasi.markup import Paragraph
from services.narasi.placeholders import INSERTS, fill_runs, insert_of
from services.narasi.sections import sections


def places(plan: Plan, dokumen_id: str, naskah: str) -> dict[str, str]:
    """The tables and charts that a narrative asks for: name -> title of the section where each stands first."""
    found: dict[str, str] = {}
    for section in sections(plan, dokumen_id, naskah):
        isi = section.row.isi or ""
        for line in isi.split("\n") if "{" in isi else ():
            name = insert_of(line)
            if name is not None:
                found.setdefault(name, section.title)
    return found


def shown(paragraph: Paragraph, plan: Plan, dokumen: Dokumen) -> Paragraph:
    """A paragraph with the plan's words; a line that asks for a table or chart says which one is printed there."""
    name = insert_of(paragraph.plain)
    if name is not None:
        return Paragraph((Run(_told(name), italic=True),))
    filled = fill_runs(paragraph.runs, plan, dokumen)
    return replace(paragraph, runs=tuple(replace(run, text=_named(run.text)) for run in filled))


def _named(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(line if (name := insert_of(line)) is None else _told(name) for line in lines)


def _told(name: str) -> str:
    return f"[{INSERTS[name]}]"
