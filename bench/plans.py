"""Plans of any size, from the texts and figures of the samples, taken again and again."""

from pathlib import Path

from bench.agency import agency_rows
from bench.cutting import cut
from bench.recipes import block_count, blocks_of, built, copied, ingredients
from models.changes import Change
from models.plan import Plan
from models.rows import Row
from services.document import Document
from services.forms import FORMS, build_form
from services.forms.parts import Form
from services.samples import sample_plan


def form_of(name: str, blocks: int) -> Form:
    """The named form with exactly so many blocks.

    Raises:
        ValueError: no part of the sample has the blocks that are left over.
    """
    plan, dokumen_id = form_plan(name, blocks)
    form = build_form(plan, dokumen_id, name)
    made = block_count(form)
    if made != blocks:
        raise ValueError(f"{name} has {made} blocks instead of {blocks}")
    return form


def form_plan(name: str, blocks: int) -> tuple[Plan, str]:
    """(plan, document) whose named form has exactly so many blocks: one copy of the sample after another, then a part.

    Texts repeat, as those of a real agency do; amounts differ from copy to copy.
    """
    base, sample = ingredients(name).base, ingredients(name).rows
    size = blocks_of(name, (*base, *sample))
    if not size:
        raise ValueError(f"{name} prints nothing of its sample")
    whole, left = divmod(blocks, size)
    rows: list[Row] = list(base)
    for number in range(whole):
        rows += copied(sample, number)
    if left:
        rows += copied(cut(sample, left, lambda part: blocks_of(name, (*base, *part))), whole)
    return built(name, rows)


def agency_file(path: Path, sub_kegiatan: int) -> Path:
    """A published plan file of an agency with so many sub kegiatan."""
    sample, _ = sample_plan()
    with Document.create(path) as document:
        document.edit("impor", [Change(None, row) for row in agency_rows(sample, sub_kegiatan)])
        document.file.publish()
    return path


_NOT_MEASURED = ("Daftar", "Pohon", "Realisasi")
PAPERS = {name: entry for name, entry in FORMS.items() if entry.group not in _NOT_MEASURED and name != "lkip"}
"""The forms that grow block by block; a list of findings grows with the faults, charts and reports otherwise."""
