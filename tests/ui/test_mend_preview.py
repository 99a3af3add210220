"""What a mend will change is shown cell by cell, also where it adds a cash plan that was not there."""

from models.changes import Change
from models.rows import Anggaran, DeretAnggaran
from ui.mend_preview import altered
from ui.session import Session


def test_a_cash_plan_that_is_added_is_shown_month_by_month(session: Session) -> None:
    plan, checks = session.plan, session.checks
    line = next(row for row in plan.all(Anggaran) if row.asal_id == "a3-07")
    series = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    assert series is not None
    session.edit("hapus kas", [Change(series, None)])
    finding = next(f for f in checks.at(Anggaran, line.id) if f.kode == "KAS-TIDAK-ADA")
    assert finding.tingkat == "catatan"
    mend = checks.mend(finding)
    assert mend is not None
    lines = altered(plan, mend.changes)
    assert [each.after for each in lines][-2:] == ["69.882.875", "75.144.905"]
    assert len(lines) == 12
    assert {each.before for each in lines} == {"belum diisi"}
    session.edit(mend.label, mend.changes)
    assert not checks.at(Anggaran, line.id)
