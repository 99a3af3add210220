"""The charts of a plan at a width of one's own, for a narrative on paper and for the screen."""

from models.plan import Plan
from models.rows import DeretAnggaran, Dokumen
from services.capaian_periode import Money
from services.capaian_rencana import Reckoning
from services.diagram.batang import Bar, bars
from services.diagram.kurva_s import s_curve
from services.forms.capaian_sasaran import measured
from services.forms.pagu_realisasi import summed
from services.forms.parts import Figure
from services.forms.realisasi_sampai import YEAR, as_of
from services.periods import has_values
from services.rollup import topmost
from services.tahunan import Amounts

_BARS = 12
"""Of one chart, so that it fits on a page."""


def sasaran_bars(plan: Plan, reckoning: Reckoning, width: float) -> tuple[Figure, ...]:
    """Capaian of the sasaran of the agreement as bars; nothing where none can be reckoned. `width`: mm."""
    found = [
        Bar(f"{one.nomor}. {one.node.uraian or ''}", one.capaian.persen, one.capaian.grade)
        for one in measured(plan, reckoning)
    ]
    if all(bar.persen is None for bar in found):
        return ()
    return tuple(bars(found[start : start + _BARS], width) for start in range(0, len(found), _BARS))


def cash_curve(plan: Plan, dokumen: Dokumen, width: float, height: float, *, pagu_words: str = "") -> Figure:
    """The S-curve of all money of the document's year, realisasi until the period of the forms. mm.

    `pagu_words`: what is said behind the pagu, such as how much of it is of programs.
    """
    amounts, money, year = Amounts(plan, dokumen), Money(plan, dokumen), str(dokumen.tahun)
    lines = [line for line in topmost(plan, dokumen.id) if amounts.is_of_year(line, year)]
    stated = [row for row in plan.where(DeretAnggaran, "dokumen_id", dokumen.id) if has_values(row)]
    pagu = [amount for line in lines if (amount := money.pagu(line)) is not None]
    reported = max((month for line in lines if (month := money.last_reported(line))), default=0)
    return s_curve(
        summed(money.totals(line, "kas") for line in lines),
        summed(money.totals(line, "realisasi") for line in lines),
        sum(pagu) if pagu else None,
        bulan=min((as_of(plan, dokumen) or YEAR).bulan, reported),
        pagu_words=pagu_words,
        quarterly=bool(stated) and all(row.periode == "triwulan" for row in stated),
        width=width,
        height=height,
    )
