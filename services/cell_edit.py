"""What is typed into a cell of the grid or a field of the details: read, and turned into named changes."""

from typing import Any

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import Anggaran, DeretAnggaran, DeretIndikator, Indikator, Kinerja, Row
from services import edits
from services.month_grid import SATUAN, SETAHUN, URAIAN, Line, month_of
from services.rupiah import parse_rupiah
from services.series import places
from services.tanggal import MONTHS

TEXT_MAX = 4000
"""Characters of any text (file-safety.md, bad input)."""

Named = tuple[str, tuple[Change, ...]]


def clean(text: str) -> str:
    """A typed text without control characters and outer spaces.

    Raises:
        PlanError: longer than TEXT_MAX.
    """
    text = "".join(c if c.isprintable() or c == "\n" else " " for c in text).strip()
    if len(text) > TEXT_MAX:
        raise PlanError(f"Teks terlalu panjang: {len(text)} karakter; paling banyak {TEXT_MAX}.")
    return text


def editable(line: Line, column: int, *, kumulatif: bool, plan: Plan) -> bool:
    """Whether a cell takes typing: not in sums, in a quarterly series only where a quarter closes, and a running target
    only where its totals are shown.
    """
    if line.kind == "jumlah":
        return False
    month = month_of(column)
    if month is None:
        return column in ((URAIAN, SETAHUN) if line.kind == "kas" else (URAIAN, SATUAN, SETAHUN))
    series: DeretAnggaran | DeretIndikator | None
    if line.kind == "kas":
        series = plan.one(DeretAnggaran, "anggaran_id", line.row_id, "kas")
    else:
        series = plan.one(DeretIndikator, "indikator_id", line.row_id, "target")
    if series is not None and month not in places(series.periode):
        return False
    return line.kind == "kas" or kumulatif or plan.get(Indikator, line.row_id).akumulasi != "kumulatif"


def type_into(plan: Plan, line: Line, column: int, text: str, *, kumulatif: bool) -> Named:
    """(name of the action, its changes) for a text typed into a cell.

    Raises:
        PlanError: the text is no amount of rupiah where one is wanted, or would make a month negative.
    """
    text = clean(text)
    month = month_of(column)
    if line.kind == "target":
        indikator = plan.get(Indikator, line.row_id)
        if month is not None:
            return f"ubah target {MONTHS[month]}", edits.set_target(plan, indikator, month, text or None)
        return type_field(indikator, {URAIAN: "uraian", SATUAN: "satuan", SETAHUN: "target"}[column], text)
    anggaran = plan.get(Anggaran, line.row_id)
    if month is None:
        return type_field(anggaran, {URAIAN: "nama", SETAHUN: "pagu"}[column], text)
    try:
        changes = edits.set_cash(plan, anggaran, month, parse_rupiah(text), kumulatif=kumulatif)
    except ValueError:
        raise PlanError(
            f"Kas {MONTHS[month]} tidak dapat menjadi {text}: bulan lain akan bernilai negatif atau terlalu besar. "
            "Ubah bulan itu dahulu."
        ) from None
    return f"ubah kas {MONTHS[month]}", changes


FIELD_NAMES = {
    "uraian": "uraian",
    "nama": "nama",
    "nomor": "nomor",
    "kelompok": "kelompok",
    "kode": "kode",
    "satuan": "satuan",
    "target": "target setahun",
    "pagu": "pagu",
    "akumulasi": "cara hitung",
    "arah": "arah",
    "iku": "tanda IKU",
    "penanggung_jawab_id": "penanggung jawab",
}
_REQUIRED = {(Indikator, "uraian"), (Anggaran, "nama")}


def type_field(row: Kinerja | Anggaran | Indikator, field: str, text: str) -> Named:
    """(name of the action, its changes) for a text typed into a field of a row.

    Raises:
        PlanError: no amount of rupiah where one is wanted, or a text that is too long.
    """
    value: Any = clean(text)
    if field == "pagu":
        value = parse_rupiah(value)
    elif not value and (type(row), field) not in _REQUIRED:
        # Emptied; a field that was empty already, as "" or as nothing, stays what it was and is no step.
        value = None if getattr(row, field) else getattr(row, field)
    return choose_field(row, field, value)


def choose_field(row: Row, field: str, value: Any) -> Named:
    """(name of the action, its changes) for a value picked in a list or box."""
    return f"ubah {FIELD_NAMES.get(field, field.replace('_', ' '))}", edits.set_field(row, field, value)
