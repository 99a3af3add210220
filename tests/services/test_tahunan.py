"""What a plan says about one year."""

from dataclasses import replace

from models.rows import Anggaran, Dokumen, Indikator, TahunAnggaran, TahunIndikator
from services import edits
from services.samples import sample_plan
from services.tahunan import pagu_of, target_of


def test_the_year_is_taken_from_several_years_where_nothing_else_is_said():
    plan, dokumen_id = sample_plan("lampung-2019")

    def of(tahun):
        return replace(plan.get(Dokumen, dokumen_id), tahun=tahun)

    row = next(t for t in plan.all(TahunIndikator) if t.jenis == "target" and t.tahun == "2021" and t.nilai)
    indikator = plan.get(Indikator, row.indikator_id)
    plan.apply(edits.set_field(indikator, "target", None))
    assert target_of(plan, plan.get(Indikator, indikator.id), 2021).text == row.nilai
    assert target_of(plan, plan.get(Indikator, indikator.id), 1999).text == ""
    plan.apply(edits.set_field(plan.get(Indikator, indikator.id), "target", "9"))
    assert target_of(plan, plan.get(Indikator, indikator.id), 2021).text == "9"

    money = next(t for t in plan.all(TahunAnggaran) if t.jenis == "pagu" and t.tahun == "2021" and t.nilai)
    line = plan.get(Anggaran, money.anggaran_id)
    plan.apply(edits.set_field(line, "pagu", None))
    assert pagu_of(plan, of(2021), plan.get(Anggaran, line.id)) == money.nilai
    assert pagu_of(plan, of(1999), plan.get(Anggaran, line.id)) is None
    plan.apply(edits.set_field(plan.get(Anggaran, line.id), "pagu", 7))
    assert pagu_of(plan, of(2021), plan.get(Anggaran, line.id)) == 7
