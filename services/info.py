"""What a plan holds, in figures: agency, documents, counts, total pagu of each level."""

from collections import Counter
from typing import Any

from models.plan import Plan
from models.rows import Aksi, Anggaran, Dokumen, Dukungan, Indikator, Jabatan, Kinerja, Opd
from services.naming import document_name
from services.rollup import RollUp
from services.rupiah import format_rupiah
from services.terms import JENIS


def describe(plan: Plan) -> dict[str, Any]:
    """The facts, ready for JSON."""
    rollup = RollUp(plan)
    opd = plan.all(Opd)
    return {
        "opd": [{"nama": o.nama, "pemda": o.pemda} for o in opd],
        "dokumen": [_document(plan, rollup, dokumen) for dokumen in plan.all(Dokumen)],
    }


def _document(plan: Plan, rollup: RollUp, dokumen: Dokumen) -> dict[str, Any]:
    lines = plan.where(Anggaran, "dokumen_id", dokumen.id)
    return {
        "id": dokumen.id,
        "judul": dokumen.judul,
        "tahun": dokumen.tahun,
        "tahap": dokumen.tahap,
        "nomor_perubahan": dokumen.nomor_perubahan,
        "sebutan": document_name(dokumen),
        "kinerja": dict(Counter(k.tingkat for k in plan.where(Kinerja, "dokumen_id", dokumen.id))),
        "anggaran": dict(Counter(line.jenis for line in lines)),
        "indikator": len(plan.where(Indikator, "dokumen_id", dokumen.id)),
        "dukungan": len(plan.where(Dukungan, "dokumen_id", dokumen.id)),
        "aksi": len(plan.where(Aksi, "dokumen_id", dokumen.id)),
        "jabatan": len(plan.where(Jabatan, "dokumen_id", dokumen.id)),
        "pagu": {jenis: rollup.total(dokumen.id, jenis).pagu for jenis in JENIS},
    }


def as_text(facts: dict[str, Any]) -> str:
    """The facts as lines for the terminal."""
    lines = [str(facts["berkas"])]
    lines += [f"{opd['nama']}, {opd['pemda'] or 'daerah belum diisi'}" for opd in facts["opd"]]
    for dokumen in facts["dokumen"]:
        lines.append(f"Dokumen {dokumen['id']}: {dokumen['judul']}, {dokumen['sebutan']}")
        counts = {**dokumen["kinerja"], **dokumen["anggaran"]}
        counts |= {key: dokumen[key] for key in ("indikator", "dukungan", "aksi", "jabatan")}
        lines += [f"  {key.replace('_', ' ')}: {count}" for key, count in counts.items()]
        for jenis, pagu in dokumen["pagu"].items():
            if pagu is not None:
                lines.append(f"  pagu {jenis.replace('_', ' ')}: Rp {format_rupiah(pagu)}")
    return "\n".join(lines)
