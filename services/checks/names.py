"""Rules for the texts of a row: names, statements and units that are missing.

Source: interchange.md (`nama` and `uraian` are required; `satuan` as printed).
"""

from collections.abc import Iterator

from models.plan import Plan
from models.rows import Anggaran, DeretIndikator, Indikator, Kinerja, TahunIndikator
from services.angka import decide_style, parse_angka
from services.checks.finding import Finding, plain
from services.checks.usage import Usage, is_blank
from services.terms import LEVEL_NAMES

NO_NAME = "(nama tidak tercetak)"
"""How a transcript marks a line that its paper left without a name."""


def check_name(line: Anggaran) -> Iterator[Finding]:
    """NAMA-KOSONG for a budget line."""
    if not line.nama.strip() or line.nama.strip() == NO_NAME:
        text = f"Nama {LEVEL_NAMES[line.jenis].lower()} belum diisi."
        yield plain("NAMA-KOSONG", "peringatan", line, text, line.nama or None)


def check_indicator_texts(plan: Plan, usage: Usage, indikator: Indikator) -> Iterator[Finding]:
    """NAMA-KOSONG for an indicator, and its unit."""
    if not indikator.uraian.strip():
        yield plain("NAMA-KOSONG", "peringatan", indikator, "Uraian indikator belum diisi.")
    yield from _unit(plan, usage, indikator)


def check_statement(node: Kinerja) -> Iterator[Finding]:
    """URAIAN-KOSONG for a node of the performance tree."""
    if is_blank(node.uraian):
        yield plain("URAIAN-KOSONG", "peringatan", node, f"Uraian {LEVEL_NAMES[node.tingkat].lower()} belum diisi.")


def _unit(plan: Plan, usage: Usage, indikator: Indikator) -> Iterator[Finding]:
    """SATUAN-KOSONG: an indicator with numbers and no unit, in a document that writes units in their column.

    A grade needs none, and a target that names its unit ("25 koperasi 25 orang") has one.
    """
    if not is_blank(indikator.satuan) or not usage.used("satuan", indikator.dokumen_id):
        return
    if indikator.akumulasi == "predikat":
        return
    series = plan.one(DeretIndikator, "indikator_id", indikator.id, "target")
    years = plan.where(TahunIndikator, "indikator_id", indikator.id)
    texts = [
        indikator.target,
        *(series.nilai if series else ()),
        *(row.nilai for row in years if row.jenis != "capaian_tercetak"),
    ]
    style = decide_style(texts)
    read = [parsed for text in texts if text and (parsed := parse_angka(text, style)) is not None]
    if any(each.value is not None for each in read) and all(
        each.value is not None and not each.satuan and not each.percent for each in read
    ):
        yield plain("SATUAN-KOSONG", "peringatan", indikator, "Satuan indikator belum diisi.", indikator.satuan)
