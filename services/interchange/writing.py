"""From rows to the interchange file: what was imported comes out as it was, key for key."""

from collections.abc import Iterable
from typing import Any, TypeVar

from models.plan import Plan
from models.rows import (
    Aksi,
    Anggaran,
    CatatanPeriode,
    DeretAnggaran,
    DeretIndikator,
    DeretRasio,
    Dokumen,
    Dukungan,
    Formulir,
    Indikator,
    Jabatan,
    Kinerja,
    Kop,
    Narasi,
    Opd,
    Pejabat,
    Pengaturan,
    Row,
    TahunAnggaran,
    TahunIndikator,
    TotalTercetak,
    TutupPeriode,
    rest,
)
from services.interchange.fields import (
    FIELDS,
    PERIODS,
    SERIES_OF_ANGGARAN,
    SERIES_OF_INDIKATOR,
    SERIES_OF_RASIO,
    SIGNATORY,
    YEARS_OF_ANGGARAN,
    YEARS_OF_INDIKATOR,
    Field,
)

R = TypeVar("R", bound=Row)


def public_id(row: Any) -> str:
    """The id that other programs see: the one of the file it came from, else our own."""
    return str(row.asal_id or row.id)


def export_document(plan: Plan, dokumen_id: str) -> dict[str, Any]:
    """One plan document as the interchange file."""
    dokumen = plan.get(Dokumen, dokumen_id)
    extra = rest(dokumen)
    out: dict[str, Any] = {"format": "renaksi-json", "versi": 1}
    if dokumen.sumber is not None:
        out["sumber"] = dokumen.sumber
    opd = plan.get(Opd, dokumen.opd_id)
    out["opd"] = extra.get("opd", {}) | _agency(plan, opd, extra.get("opd_lain", {}))
    out["dokumen"] = extra.get("dokumen", {}) | _values(plan, dokumen, FIELDS[Dokumen])
    signatory = _values(plan, dokumen, SIGNATORY)
    if signatory or "penandatangan" in extra:
        out["dokumen"]["penandatangan"] = extra.get("penandatangan", {}) | signatory
    lists = {
        "jabatan": [_object(plan, row) for row in plan.where(Jabatan, "dokumen_id", dokumen_id)],
        "kinerja": [_with_indicators(plan, row, "kinerja_id") for row in plan.where(Kinerja, "dokumen_id", dokumen_id)],
        "anggaran": [_budget_line(plan, row) for row in plan.where(Anggaran, "dokumen_id", dokumen_id)],
        "dukungan": [_object(plan, row) for row in plan.where(Dukungan, "dokumen_id", dokumen_id)],
        "aksi": [_aksi(plan, row) for row in plan.where(Aksi, "dokumen_id", dokumen_id)],
        "narasi": [_object(plan, row) for row in plan.where(Narasi, "dokumen_id", dokumen_id)],
        "total_tercetak": [_object(plan, row) for row in plan.where(TotalTercetak, "dokumen_id", dokumen_id)],
        "pejabat": [_object(plan, row) for row in plan.where(Pejabat, "dokumen_id", dokumen_id)],
        "formulir": [_object(plan, row) for row in plan.where(Formulir, "dokumen_id", dokumen_id)],
        "tutup_periode": [
            _object(plan, row) for row in _by(plan.where(TutupPeriode, "dokumen_id", dokumen_id), "bulan")
        ],
        "pengaturan": [_object(plan, row) for row in _by(plan.where(Pengaturan, "dokumen_id", dokumen_id), "kunci")],
    }
    for key, items in lists.items():
        if items or key in ("kinerja", "anggaran"):
            out[key] = items
    for kop in plan.where(Kop, "opd_id", opd.id):
        out["kop"] = _object(plan, kop)
    top: dict[str, Any] = extra.get("atas", {})
    return top | out


def _by(rows: Iterable[R], name: str) -> list[R]:
    """Rows without an order of their own, by what names each of them."""
    return sorted(rows, key=lambda row: getattr(row, name))


def _values(plan: Plan, row: Row, fields: tuple[Field, ...]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in fields:
        value = getattr(row, field.name)
        if value is None:
            continue
        if field.names is not None:
            value = public_id(plan.get(field.names, value))
        values[field.key] = bool(value) if field.kind == "flag" else value
    return values


def _agency(plan: Plan, opd: Opd, own: dict[str, Any]) -> dict[str, Any]:
    """The agency as this document had it: its own value where the shared one has not been edited since."""
    values = _values(plan, opd, FIELDS[Opd])
    for name, (value, shared) in own.items():
        if getattr(opd, name) == shared:
            values.pop(name, None)
            if value is not None:
                values[name] = value
    return values


def _object(plan: Plan, row: Row) -> dict[str, Any]:
    named = {"id": public_id(row)} if hasattr(row, "asal_id") else {}
    return named | rest(row) | _values(plan, row, FIELDS[type(row)])


def _with_indicators(plan: Plan, row: Row, field: str) -> dict[str, Any]:
    out = _object(plan, row)
    indicators = [_indicator(plan, indikator) for indikator in plan.where(Indikator, field, row.id)]
    if indicators:
        out["indikator"] = indicators
    return out


def _indicator(plan: Plan, indikator: Indikator) -> dict[str, Any]:
    out = _object(plan, indikator)
    if indikator.capaian_tercetak is not None:
        out["capaian_tercetak"] = indikator.capaian_tercetak
    for key, jenis in SERIES_OF_INDIKATOR.items():
        if series := plan.one(DeretIndikator, "indikator_id", indikator.id, jenis):
            out[key] = _series(series)
    for key, jenis in SERIES_OF_RASIO.items():
        if counts := plan.one(DeretRasio, "indikator_id", indikator.id, jenis):
            out[key] = _series(counts)
    _notes(plan, indikator, "indikator_id", out)
    for key, jenis in YEARS_OF_INDIKATOR.items():
        years = [y for y in plan.where(TahunIndikator, "indikator_id", indikator.id) if y.jenis == jenis]
        if years:
            out[key] = {year.tahun: year.nilai for year in years}
    return out


def _budget_line(plan: Plan, line: Anggaran) -> dict[str, Any]:
    out = _with_indicators(plan, line, "anggaran_id")
    for key, jenis in SERIES_OF_ANGGARAN.items():
        if series := plan.one(DeretAnggaran, "anggaran_id", line.id, jenis):
            out[key] = _series(series)
            if series.kumulatif is not None:
                out[key]["kumulatif"] = bool(series.kumulatif)
    _notes(plan, line, "anggaran_id", out)
    for key, jenis in YEARS_OF_ANGGARAN.items():
        years = [y for y in plan.where(TahunAnggaran, "anggaran_id", line.id) if y.jenis == jenis]
        if years:
            out[key] = {year.tahun: year.nilai for year in years}
    return out


def _notes(plan: Plan, row: Row, field: str, out: dict[str, Any]) -> None:
    notes = _by(plan.where(CatatanPeriode, field, row.id), "bulan")
    if notes:
        out["catatan_periode"] = [_object(plan, note) for note in notes]


def _series(series: DeretIndikator | DeretAnggaran | DeretRasio) -> dict[str, Any]:
    values = [series.nilai[place] for place in PERIODS[series.periode]]
    return rest(series) | {"periode": series.periode, "nilai": values}


def _aksi(plan: Plan, aksi: Aksi) -> dict[str, Any]:
    out = _object(plan, aksi)
    if aksi.bulan:
        out["bulan"] = [int(month) for month in aksi.bulan.split(",")]
    return out
