"""What is typed into lines of the grid, cell by cell and as a block."""

from collections.abc import Callable

import pytest

from models.errors import PlanError
from models.rows import Anggaran, DeretAnggaran, DeretIndikator, Indikator
from services.cell_edit import editable, type_block, type_into
from services.document import Document
from services.month_grid import FIRST_MONTH, FIRST_QUARTER, SATUAN, SETAHUN, URAIAN, Line


@pytest.fixture
def line(buleleng: Document) -> Callable[[str], Line]:
    """The grid's line of a budget line or an indicator, by its interchange id."""

    def find(asal_id: str) -> Line:
        for cls, kind in ((Anggaran, "kas"), (Indikator, "target")):
            for row in buleleng.plan.all(cls):
                if row.asal_id == asal_id:
                    return Line(kind, row.id)
        raise LookupError(asal_id)

    return find


def kas(document: Document, line: Line) -> tuple[int | None, ...]:
    series = document.plan.one(DeretAnggaran, "anggaran_id", line.row_id, "kas")
    return series.nilai if series else (None,) * 12


def test_rupiah_as_people_type_it(buleleng: Document, line: Callable) -> None:
    at, amount = line("a2-01"), 75_144_905
    same = ["75.144.905", "75144905", "Rp 75.144.905,-", "rp75.144.905", "75,144,905.00"]
    for text, value in [*((text, amount) for text in same), ("-", 0), ("0", 0), ("", None)]:
        buleleng.edit("isi", type_into(buleleng.plan, at, FIRST_MONTH + 11, text, kumulatif=True)[1])
        assert kas(buleleng, at)[11] == value


def test_what_is_no_rupiah_is_refused_with_an_example(buleleng: Document, line: Callable) -> None:
    for text in ("19,5", "19.50", "25%", "A", "3 laporan"):
        with pytest.raises(PlanError, match=r"Rp 75\.144\.905"):
            type_into(buleleng.plan, line("a2-01"), FIRST_MONTH, text, kumulatif=True)


def test_a_target_keeps_the_text_as_typed(buleleng: Document, line: Callable) -> None:
    at = line("k2-01-i1")
    for text in ("75.144.905", "19,5", "19.50", "25%", "-", "A", "3 laporan", "0"):
        buleleng.edit("isi", type_into(buleleng.plan, at, FIRST_MONTH, text, kumulatif=True)[1])
        series = buleleng.plan.one(DeretIndikator, "indikator_id", at.row_id, "target")
        assert series is not None
        assert series.nilai[0] == text


def test_a_block_is_the_same_as_its_cells_one_after_the_other(buleleng: Document, line: Callable) -> None:
    cells = [(line(name), FIRST_MONTH + m, str(1000 * m)) for name in ("a2-01", "a3-03") for m in range(12)]
    cells += [(line("k2-01-i1"), SATUAN, "laporan"), (line("k2-01-i1"), SETAHUN, "12"), (line("a2-01"), URAIAN, "Baru")]
    block = type_block(buleleng.plan, cells, kumulatif=True)
    assert len({change.row.id for change in block}) == len(block)
    buleleng.edit("tempel", block)
    pasted = {change.row.id: change.row for change in block}
    buleleng.undo()
    for at, column, text in cells:
        buleleng.edit("isi", type_into(buleleng.plan, at, column, text, kumulatif=True)[1])
    for row in pasted.values():
        assert buleleng.plan.get(type(row), row.id) == row


def test_totals_of_a_block_may_pass_where_the_first_alone_would_not(buleleng: Document, line: Callable) -> None:
    at = line("a2-01")
    single = [(at, FIRST_MONTH + m, "10") for m in range(12)]
    buleleng.edit("a", type_block(buleleng.plan, single, kumulatif=False))
    series = buleleng.plan.one(DeretAnggaran, "anggaran_id", at.row_id, "kas")
    assert series is not None
    assert series.nilai == tuple(10 * (m + 1) for m in range(12))
    buleleng.edit(
        "b", type_block(buleleng.plan, [(at, FIRST_MONTH, "500"), (at, FIRST_MONTH + 1, "600")], kumulatif=False)
    )
    assert kas(buleleng, at)[:3] == (500, 1100, 1110)


def test_a_block_that_is_refused_says_which_line(buleleng: Document, line: Callable) -> None:
    cells = [(line("a3-03"), FIRST_MONTH, "5"), (line("a2-01"), FIRST_MONTH, "lima")]
    with pytest.raises(PlanError, match=r"^\w.*: 'lima' bukan angka rupiah"):
        type_block(buleleng.plan, cells, kumulatif=True)


def test_emptying_what_is_empty_begins_no_series(buleleng: Document, line: Callable) -> None:
    at = line("a2-01")
    series = buleleng.plan.one(DeretAnggaran, "anggaran_id", at.row_id, "kas")
    assert series is not None
    from models.changes import Change

    buleleng.edit("hapus", [Change(series, None)])
    assert type_block(buleleng.plan, [(at, FIRST_MONTH + m, "") for m in range(12)], kumulatif=True) == ()


def test_sums_quarters_and_the_unit_of_cash_take_no_typing(buleleng: Document, line: Callable) -> None:
    plan = buleleng.plan
    assert not editable(Line("jumlah", "x"), FIRST_MONTH, plan=plan)
    assert not editable(line("a2-01"), FIRST_QUARTER, plan=plan)
    assert not editable(line("a2-01"), SATUAN, plan=plan)
    assert editable(line("k2-01-i1"), SATUAN, plan=plan)
