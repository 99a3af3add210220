"""Accepting findings: with a reason, by value, one row each, and taken back without a trace."""

import pytest
from checks_plans import DOKUMEN, OPD, kas, line

from models.changes import Change, inverse
from models.errors import PlanError
from models.plan import Plan
from models.rows import DeretAnggaran, Terima
from services.accepting import accept, withdraw
from services.checks import Checks
from services.rollup import RollUp
from services.samples import sample_plan

WHEN = "2026-11-22T10:00:00+08:00"
FALLING = (10, 20, 15, 40, 50, 60, 70, 80, 90, 100, 90, 120)


class Desk:
    """A plan with its checks, edited as the window edits it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.rollup = RollUp(plan)
        self.checks = Checks(plan, self.rollup)

    def edit(self, changes):
        self.plan.apply(changes)
        return self.checks.update(changes, self.rollup.update(changes))

    def falls(self):
        return [f for f in self.checks.of("d") if f.kode == "KAS-TURUN"]


@pytest.fixture
def desk():
    return Desk(Plan([OPD, DOKUMEN, line(pagu=120), kas(*FALLING)]))


def test_an_accepted_finding_stays_and_names_reason_who_and_when(desk):
    march, november = desk.falls()
    changes = accept(desk.plan, "d", [march], "  sesuai \n dokumen ", "sri", WHEN)
    assert desk.edit(changes) == {(march.tabel, march.row_id)}, "what is shown of the row is other now"
    assert desk.falls() == [march, november]
    terima = desk.checks.accepted(march)
    assert (terima.alasan, terima.siapa, terima.waktu) == ("sesuai dokumen", "sri", WHEN)
    assert (terima.dokumen_id, terima.kode, terima.periode) == ("d", "KAS-TURUN", "3")
    assert desk.checks.accepted(november) is None


def test_it_comes_back_when_its_value_changes_and_rests_again_when_that_is_undone(desk):
    march, _ = desk.falls()
    desk.edit(accept(desk.plan, "d", [march], "sesuai dokumen", "sri", WHEN))
    (series,) = desk.plan.all(DeretAnggaran)
    values = (*FALLING[:2], 14, *FALLING[3:])
    changes = (Change(series, kas(*values)),)
    desk.edit(changes)
    fallen, _ = desk.falls()
    assert fallen.key == march.key
    assert desk.checks.accepted(fallen) is None
    desk.edit(inverse(changes))
    assert desk.checks.accepted(march) is not None


def test_accepting_anew_alters_the_row_that_there_is(desk):
    march, november = desk.falls()
    desk.edit(accept(desk.plan, "d", [march, november], "satu", "sri", WHEN))
    before = desk.plan.all(Terima)
    assert [row.urutan for row in before] == [1, 2]
    desk.edit(accept(desk.plan, "d", [march, march], "dua", "", WHEN))
    first, second = desk.plan.all(Terima)
    assert (first.id, first.alasan, first.siapa) == (before[0].id, "dua", None)
    assert second == before[1]


def test_withdrawing_takes_only_these_away_and_undo_brings_them_back(desk):
    march, november = desk.falls()
    desk.edit(accept(desk.plan, "d", [march, november], "satu", "sri", WHEN))
    rows = desk.plan.all(Terima)
    changes = withdraw(desk.plan, [november])
    assert [change.before for change in changes] == [rows[1]]
    desk.edit(changes)
    assert desk.checks.accepted(november) is None
    assert desk.checks.accepted(march) is not None
    assert withdraw(desk.plan, [november]) == []
    desk.edit(inverse(changes))
    assert desk.plan.all(Terima) == rows


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_a_reason_is_needed(desk, reason):
    with pytest.raises(PlanError, match="alasan"):
        accept(desk.plan, "d", desk.falls(), reason, "sri", WHEN)


@pytest.mark.parametrize("name", ["buleleng-2022", "lampung-2019", "bekasi-2024"])
def test_every_finding_of_a_sample_can_be_accepted_and_withdrawn(name):
    plan, dokumen_id = sample_plan(name)
    desk = Desk(plan)
    findings = list(desk.checks.of(dokumen_id))
    assert len(findings) > 5
    changes = accept(plan, dokumen_id, findings, "sesuai dokumen", "sri", WHEN)
    desk.edit(changes)
    assert list(desk.checks.of(dokumen_id)) == findings
    assert all(desk.checks.accepted(finding) is not None for finding in findings)
    desk.edit(withdraw(plan, findings))
    assert plan.all(Terima) == ()
    assert not any(desk.checks.accepted(finding) for finding in findings)
