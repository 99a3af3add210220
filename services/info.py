"""What a file is, and what a plan holds in figures: agency, documents, counts, total pagu of each level."""

from collections import Counter
from datetime import datetime
from typing import Any

from models.header import Kind
from models.history import Entry
from models.looking import Look
from models.merging import sending
from models.plan import Plan
from models.rows import Aksi, Anggaran, Dokumen, Dukungan, Indikator, Jabatan, Kinerja, Opd
from services.merge_conflicts import open_conflicts
from services.naming import document_name
from services.rollup import RollUp
from services.rupiah import format_rupiah
from services.terms import JENIS

REMARKS = {
    Kind.OLDER: "Dari program yang lebih lama: saat dibuka disalin ke format sekarang, sesudah dibuat cadangannya.",
    Kind.UNSEALED: "Tidak bersegel, jadi pernah ditulis program lain: saat dibuka isinya disalin ke tabel yang baru.",
}
"""What is said of a file that can be opened, but not as it lies there."""


def describe(plan: Plan) -> dict[str, Any]:
    """The facts, ready for JSON."""
    rollup = RollUp(plan)
    opd = plan.all(Opd)
    return {
        "opd": [{"nama": o.nama, "pemda": o.pemda} for o in opd],
        "dokumen": [_document(plan, rollup, dokumen) for dokumen in plan.all(Dokumen)],
    }


def describe_file(look: Look) -> dict[str, Any]:
    """What a file says of itself, ready for JSON; `masalah` is why it is refused, None where it is not."""
    return {
        "jenis": str(look.kind),
        "ukuran": look.size,
        "format": look.version,
        "dapat_dibaca": look.readable,
        "bersegel": look.sealed,
        "revisi": look.revision or None,
        "langkah": look.steps,
        "diubah_oleh": look.who or None,
        "diubah_pada": look.when or None,
        "masalah": look.problem,
    }


def describe_copy(plan: Plan, first: Entry | None) -> dict[str, Any]:
    """Whose copy it is, and how many conflicts wait, ready for JSON; `first`: the entry with which its history begins.

    `salinan` is None for the plan itself, and its `bagian` None where the whole plan may be edited.
    """
    sent = sending(first)
    part = None if sent is None or sent.bagian is None else len(sent.bagian.split(","))
    copy = None if sent is None else {"untuk": sent.untuk, "dikirim": sent.waktu, "bagian": part}
    return {"salinan": copy, "pertentangan": len(open_conflicts(plan))}


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
    if "jenis" in facts:
        newest = f", terakhir diubah {_moment(facts['diubah_pada'])}" if facts["diubah_pada"] else ""
        by = f" oleh {facts['diubah_oleh']}" if facts["diubah_oleh"] else ""
        lines.append(f"Berkas: {facts['jenis']}, format {facts['format']}, {facts['langkah']} langkah{newest}{by}")
        if copy := facts.get("salinan"):
            part = "seluruh rencana" if copy["bagian"] is None else f"{copy['bagian']} cabang"
            lines.append(f"Salinan untuk {copy['untuk']}, dikirim {_moment(copy['dikirim'])}; boleh diubah: {part}")
        if facts.get("pertentangan"):
            lines.append(f"{facts['pertentangan']} pertentangan menunggu keputusan")
        lines += [remark for kind, remark in REMARKS.items() if kind == facts["jenis"]]
    return "\n".join(lines)


def _moment(iso: str) -> str:
    """ "22-11-2026 pukul 23.04" on the clock of this PC; what is no time stays as it is."""
    try:
        return f"{datetime.fromisoformat(iso).astimezone():%d-%m-%Y pukul %H.%M}"
    except ValueError:
        return iso
