"""The capaian of a document in words and as JSON, for the command line."""

from decimal import Decimal
from typing import Any

from models.plan import Plan
from models.rows import Anggaran, Indikator, Kinerja
from services.capaian import say_percent
from services.capaian_rencana import Measured, Reckoning, Spent
from services.interchange.writing import public_id
from services.naming import document_name, level_name, row_text
from services.rupiah import format_rupiah
from services.sasaran import in_tree_order
from services.tahunan import is_of_year


def as_json(plan: Plan, reckoning: Reckoning) -> dict[str, Any]:
    """Percentages as texts with two decimals and a point ("91.15"), rupiah as whole numbers, null for what is unknown.

    Ids are those of the interchange file.
    """
    dokumen = reckoning.dokumen
    return {
        "dokumen": document_name(dokumen),
        "tahun": dokumen.tahun,
        "sampai": reckoning.sampai.nama,
        "bulan": reckoning.sampai.bulan,
        "pengaturan_cacat": list(reckoning.setelan.cacat),
        "sasaran": [_sasaran(reckoning, node) for node in plan.where(Kinerja, "dokumen_id", dokumen.id)],
        "anggaran": [_line(plan, reckoning, line) for line in in_tree_order(plan, dokumen)],
        "jumlah": _spent(reckoning.whole),
    }


def as_text(plan: Plan, reckoning: Reckoning) -> str:
    """Each sasaran with its indicators, then the money by lines; explanations behind the numbers.

    Indicators whose targets are all of other years are left out, as in the forms.
    """
    dokumen = reckoning.dokumen
    lines = [f"{document_name(dokumen)}, sampai {reckoning.sampai.nama}", *reckoning.setelan.cacat]
    for node in plan.where(Kinerja, "dokumen_id", dokumen.id):
        found = reckoning.sasaran(node)
        shown = [one for one in found.indikator if is_of_year(plan, one.indikator, dokumen.tahun)]
        if shown:
            grade = f" ({found.capaian.grade.predikat})" if found.capaian.grade else ""
            lines += ["", f"{level_name(node)} {row_text(node)}", f"  {_upper(found.capaian.uraian)}{grade}"]
            lines += [f"  - {_told(one)}" for one in shown]
    for line in in_tree_order(plan, dokumen):
        own = plan.where(Indikator, "anggaran_id", line.id)
        measured = [reckoning.indicator(row) for row in own if is_of_year(plan, row, dokumen.tahun)]
        spent = reckoning.line(line)
        if measured or spent.realisasi is not None:
            lines += ["", f"{level_name(line)} {row_text(line)}", *(f"  - {_told(one)}" for one in measured)]
            lines.append(f"  {_money(spent)}")
    whole = reckoning.whole
    lines += ["", f"Semua anggaran: {_money(whole)}", f"Semua indikator sasaran: {whole.capaian.uraian}"]
    return "\n".join(lines)


def _told(one: Measured) -> str:
    name = " ".join(row_text(one.indikator).split())
    reached = one.capaian
    if reached.persen is None:
        return f"{name}: {reached.alasan}"
    return f"{name}: {reached.uraian} ({reached.predikat})"


def _money(spent: Spent) -> str:
    if spent.realisasi is None:
        return spent.catatan
    pagu = format_rupiah(spent.pagu) if spent.pagu is not None else "belum diisi"
    share = f" ({say_percent(spent.serapan)})" if spent.serapan is not None else ""
    told = f"pagu {pagu}, realisasi {format_rupiah(spent.realisasi)}{share}"
    return f"{told}. {spent.catatan}" if spent.catatan else told


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sasaran(reckoning: Reckoning, node: Kinerja) -> dict[str, Any]:
    found = reckoning.sasaran(node)
    return {
        "id": public_id(node),
        "tingkat": node.tingkat,
        "uraian": node.uraian,
        "capaian": _number(found.capaian.persen),
        "predikat": found.capaian.grade.predikat if found.capaian.grade else "",
        "indikator_terhitung": found.capaian.banyak,
        "indikator_semua": found.capaian.semua,
        "keterangan": found.capaian.uraian,
        "indikator": [_indicator(one) for one in found.indikator],
        "anggaran": _spent(found.uang),
    }


def _indicator(one: Measured) -> dict[str, Any]:
    reached = one.capaian
    return {
        "id": public_id(one.indikator),
        "uraian": one.indikator.uraian,
        "satuan": one.indikator.satuan,
        "target": one.target.text or None,
        "realisasi": one.realisasi.text or None,
        "asal_target": one.target.asal or one.target.alasan,
        "asal_realisasi": one.realisasi.asal or one.realisasi.alasan,
        "capaian": _number(reached.persen),
        "predikat": reached.predikat,
        "cara": reached.cara,
        "keterangan": reached.uraian,
    }


def _line(plan: Plan, reckoning: Reckoning, line: Anggaran) -> dict[str, Any]:
    own = plan.where(Indikator, "anggaran_id", line.id)
    return {
        "id": public_id(line),
        "jenis": line.jenis,
        "kode": line.kode,
        "nama": line.nama,
        "indikator": [_indicator(reckoning.indicator(row)) for row in own],
        **_spent(reckoning.line(line)),
    }


def _spent(spent: Spent) -> dict[str, Any]:
    return {
        "pagu": spent.pagu,
        "kas": spent.kas,
        "realisasi": spent.realisasi,
        "serapan": _number(spent.serapan),
        "terhadap_kas": _number(spent.terhadap_kas),
        "sisa": spent.sisa,
        "efisiensi": _number(spent.efisiensi.nilai),
        "keterangan_efisiensi": spent.efisiensi.hitungan or spent.efisiensi.alasan,
        "catatan": spent.catatan,
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"
