"""What is wrong or missing in the organisation of a document, in words; nothing is refused for it."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from models.plan import Plan
from models.rows import Dokumen, Jabatan
from services.nip import check_nip, format_nip
from services.pejabat import Official, eselon_of, head, head_position, official_below, superior
from services.positions_tree import tree
from services.tanggal import format_tanggal

LEVELS = ("galat", "peringatan", "catatan")
NO_OFFICIAL = "tanpa pejabat"


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence about a position (None: the superior of the head), with two or three words for a list."""

    jabatan_id: str | None
    level: Literal["galat", "peringatan", "catatan"]
    short: str
    text: str


def remarks(plan: Plan, dokumen: Dokumen) -> tuple[Remark, ...]:
    """All remarks, in the order of the tree, the gravest of a position first. The cost is linear in the positions."""
    places = tree(plan, dokumen.id)
    top = head_position(plan, dokumen)
    found = list(_of_official(dokumen, None, superior(plan, dokumen)))
    numbers: dict[str, list[Jabatan]] = defaultdict(list)
    below = {place.jabatan.atasan_id for place in places}
    tops = [p.jabatan for p in places if p.depth == 0]
    chiefs = [j for j in tops if j.id in below or eselon_of(j.eselon) in ("I", "II")]
    who = {place.jabatan.id: official_below(plan, place.jabatan) for place in places}
    if top is not None:
        who[top.id] = head(plan, dokumen)
    for jabatan_id, official in who.items():
        if official.nip.strip() and not (official.plt or official.plh):
            numbers[format_nip(official.nip)].append(plan.get(Jabatan, jabatan_id))
    for place in places:
        jabatan, official = place.jabatan, who[place.jabatan.id]
        is_head = top is not None and top.id == jabatan.id
        own = [*_of_place(jabatan, top, chiefs, tops[0].id), *_of_official(dokumen, jabatan.id, official)]
        twin = next((j for j in numbers.get(format_nip(official.nip), ()) if j.id != jabatan.id), None)
        if twin is not None and not (official.plt or official.plh):
            text = f"NIP sama dengan pejabat {twin.nama}. Bila merangkap, tandai salah satunya Plt."
            own.append(Remark(jabatan.id, "peringatan", "NIP ganda", text))
        if not official.nama:
            text = "Nama penanda tangan dokumen belum diisi." if is_head else "Nama pejabat belum diisi."
            own.append(Remark(jabatan.id, "peringatan" if is_head else "catatan", NO_OFFICIAL, text))
        found += sorted(own, key=lambda remark: LEVELS.index(remark.level))
    return tuple(found)


def _of_place(jabatan: Jabatan, top: Jabatan | None, chiefs: list[Jabatan], first_id: str) -> Iterator[Remark]:
    if jabatan.atasan_id is not None or (top is not None and top.id == jabatan.id):
        return
    others = [j.nama for j in chiefs if j.id != jabatan.id]
    if top is None and jabatan.id == first_id:
        text = "Belum diketahui siapa kepala perangkat daerah. Pilih jabatannya, lalu Jadikan kepala."
        yield Remark(jabatan.id, "peringatan", "tanpa kepala", text)
    elif top is not None and others and jabatan in chiefs:
        text = f"Selain {top.nama} ada kepala lain: jabatan ini tidak punya atasan. Gantungkan pada atasannya."
        yield Remark(jabatan.id, "peringatan", "dua kepala", text)
    else:
        text = "Belum punya atasan. Di perjanjian kinerja, kepala perangkat daerah dianggap atasannya."
        yield Remark(jabatan.id, "catatan", "tanpa atasan", text)


def _of_official(dokumen: Dokumen, jabatan_id: str | None, who: Official) -> Iterator[Remark]:
    for remark in check_nip(who.nip, dokumen.tahun):
        yield Remark(jabatan_id, remark.level, "periksa NIP", remark.text)
    if who.plt and who.plh:
        text = "Tertanda Plt. dan Plh. sekaligus; yang tercetak Plt. Pilih salah satu."
        yield Remark(jabatan_id, "galat", "Plt. dan Plh.", text)
    yield from _of_term(dokumen, jabatan_id, who)


def _of_term(dokumen: Dokumen, jabatan_id: str | None, who: Official) -> Iterator[Remark]:
    """The document's date is its year where it has none."""
    said = format_tanggal(dokumen.tanggal)
    first, last = _days(dokumen.tanggal) or (f"{dokumen.tahun}-01-01", f"{dokumen.tahun}-12-31")
    when = f"tanggal dokumen ({said})" if said else f"tahun dokumen ({dokumen.tahun})"
    begun, ended = _days(who.mulai), _days(who.sampai)
    if begun and ended and ended[1] < begun[0]:
        text = f"Selesai menjabat ({format_tanggal(who.sampai)}) sebelum mulai ({format_tanggal(who.mulai)})."
        yield Remark(jabatan_id, "galat", "masa jabatan", text)
    elif ended and ended[1] < first:
        text = f"Masa jabatan sampai {format_tanggal(who.sampai)}, berakhir sebelum {when}."
        yield Remark(jabatan_id, "peringatan", "sudah berakhir", text)
    elif begun and begun[0] > last:
        text = f"Baru menjabat mulai {format_tanggal(who.mulai)}, sesudah {when}. Yang tercetak tetap nama ini."
        yield Remark(jabatan_id, "peringatan", "belum menjabat", text)


def _days(iso: str | None) -> tuple[str, str] | None:
    """(first day, last day) of an ISO date or month; None for what is neither."""
    parts = (iso or "").split("-")
    if len(parts) == 3:
        return iso or "", iso or ""
    if len(parts) != 2 or not all(part.isdigit() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return None
    return f"{iso}-01", f"{iso}-{monthrange(int(parts[0]), int(parts[1]))[1]:02}"
