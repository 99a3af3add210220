"""The sheet of the agency's main indicators (indikator kinerja utama), as in the performance report of Lampung 2019."""

from models.plan import Plan
from models.rows import Anggaran, Dokumen, Indikator, Jabatan, Kinerja
from services.forms.heading import agency_line, note, signature
from services.forms.parts import Cell, Form, Table, Text
from services.forms.target_cells import numbered, plain_header, sasaran_blocks
from services.sasaran import Sasaran, in_tree_order, strategic, supported

_WIDTHS = (9.0, 46.0, 55.0, 18.0, 52.0, 66.0, 34.0, 30.0)
_LINE = 6.0
_SIZE = 8.0
_TITLES = (
    "No",
    "Sasaran",
    "Indikator Kinerja Utama",
    "Satuan",
    "Penjelasan/Alasan",
    "Formulasi",
    "Sumber Data",
    "Penanggung Jawab",
)
_UNMARKED = "Belum ada indikator yang ditandai sebagai IKU; yang dimuat adalah indikator sasaran strategis."


def build(plan: Plan, dokumen: Dokumen, name: str) -> Form:
    """The indicators that are marked as IKU; those of the sasaran strategis where none is."""
    marked = _marked(plan, dokumen)
    sasaran = marked or strategic(plan, dokumen)

    def cells(node: Kinerja | None, number: int, indikator: Indikator | None) -> tuple[Cell, ...]:
        return _cells(plan, node, number, indikator)

    blocks = sasaran_blocks(sasaran, len(_WIDTHS), _LINE, cells)
    heading = (
        Text("INDIKATOR KINERJA UTAMA (IKU)", 10, bold=True, align="center"),
        Text(agency_line(plan, dokumen), 10, bold=True, align="center"),
        Text(f"TAHUN {period(dokumen)}", 10, bold=True, align="center", after=3),
        *note("" if marked or not sasaran else _UNMARKED),
    )
    table = Table(_WIDTHS, plain_header(_TITLES), blocks, title=heading, size=_SIZE)
    return Form(name, "Indikator Kinerja Utama", (table, signature(plan, dokumen)))


def period(dokumen: Dokumen) -> str:
    """The years of the Renstra, "2019-2024"; the document's own year where it names no Renstra."""
    first, last = dokumen.awal_renstra, dokumen.akhir_renstra
    return f"{first}-{last}" if first is not None and last is not None else str(dokumen.tahun)


def _marked(plan: Plan, dokumen: Dokumen) -> tuple[Sasaran, ...]:
    """Those of the performance tree in its order; one that stands on a budget line, beside what the line supports."""
    found: dict[str | None, list[Indikator]] = {}
    nodes = plan.where(Kinerja, "dokumen_id", dokumen.id)
    for node in nodes:
        own = [i for i in plan.where(Indikator, "kinerja_id", node.id) if i.iku]
        if own:
            found[node.id] = own
    for line in in_tree_order(plan, dokumen):
        own = [i for i in plan.where(Indikator, "anggaran_id", line.id) if i.iku]
        if own:
            node_of_line = supported(plan, line)
            found.setdefault(node_of_line.id if node_of_line else None, []).extend(own)
    order = [*(node.id for node in nodes), None]
    return tuple(Sasaran(plan.find(Kinerja, key), tuple(found[key])) for key in order if key in found)


def _cells(plan: Plan, node: Kinerja | None, number: int, indikator: Indikator | None) -> tuple[Cell, ...]:
    answers = Cell(7, _answers(plan, node, indikator), align="center")
    if indikator is None:
        return (*(Cell(col) for col in range(2, 7)), answers)
    key = f"indikator/{indikator.id}"
    return (
        numbered(2, number, indikator.uraian, f"{key}/uraian", size=_SIZE),
        Cell(3, indikator.satuan or "", align="center", key=f"{key}/satuan"),
        Cell(4, indikator.alasan or "", key=f"{key}/alasan"),
        Cell(5, indikator.formula or "", key=f"{key}/formula"),
        Cell(6, indikator.sumber_data or "", key=f"{key}/sumber_data"),
        answers,
    )


def _answers(plan: Plan, node: Kinerja | None, indikator: Indikator | None) -> str:
    """The position that answers for the indicator: that of its budget line, or of the sasaran."""
    line = plan.find(Anggaran, indikator.anggaran_id) if indikator else None
    found = (line.penanggung_jawab_id if line else None) or (node.penanggung_jawab_id if node else None)
    jabatan = plan.find(Jabatan, found)
    return jabatan.nama if jabatan else ""
