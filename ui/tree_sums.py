"""The amounts beside the rows of a tree: pagu, and by how much it is off."""

from collections.abc import Sequence

from models.rows import Anggaran, Dukungan, Kinerja, Row
from services.rupiah import format_rupiah
from services.terms import LEVEL_NAMES
from ui.session import Session


def pagu_of(session: Session, row: Row | None, lines: Sequence[Row | None]) -> int | None:
    """The pagu of a budget line, of the lines that support a sasaran, or of the `lines` under a heading."""
    if isinstance(row, Anggaran):
        return session.rollup.line(row.id).pagu
    return session.rollup.of(_supporting(session, row, lines)).pagu


def selisih_of(session: Session, row: Row | None, lines: Sequence[Row | None]) -> int | None:
    """Pagu less the sum of the lines below; where there are none, pagu less the cash of December."""
    if isinstance(row, Anggaran):
        below = session.rollup.children(row.id).pagu
        if below is None or row.pagu is None:
            return session.rollup.line(row.id).selisih
        return row.pagu - below
    return session.rollup.of(_supporting(session, row, lines)).selisih


def selisih_words(session: Session, row: Row) -> str:
    """How the difference of a budget line is reckoned."""
    if not isinstance(row, Anggaran):
        return ""
    children = session.plan.where(Anggaran, "induk_id", row.id)
    below = session.rollup.children(row.id).pagu
    if row.pagu is not None and below is not None:
        what = LEVEL_NAMES[children[0].jenis].lower()
        return f"Pagu {format_rupiah(row.pagu)} dikurangi jumlah {len(children)} {what} {format_rupiah(below)}."
    sums = session.rollup.line(row.id)
    if sums.pagu is None or sums.kas is None:
        return ""
    return f"Pagu {format_rupiah(sums.pagu)} dikurangi kas Desember {format_rupiah(sums.kas[-1] or 0)}."


def _supporting(session: Session, row: Row | None, lines: Sequence[Row | None]) -> list[Anggaran]:
    if isinstance(row, Kinerja):
        links = session.plan.where(Dukungan, "kinerja_id", row.id)
        return [session.plan.get(Anggaran, link.anggaran_id) for link in links]
    return [line for line in lines if isinstance(line, Anggaran)]
