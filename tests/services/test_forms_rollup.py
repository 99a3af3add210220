"""What a line leaves open is the sum of its children, on paper and in the checks as on the screen."""

from models.plan import Plan
from models.rows import Anggaran, DeretAnggaran, Dokumen, Dukungan, Indikator, Kinerja, Opd
from services.checks import Checks
from services.forms import build_form
from services.forms.parts import Table
from services.rollup import RollUp


def plan_of(program: int | None, kegiatan: int | None, sub: int) -> Plan:
    months = tuple(sub // 12 * m for m in range(1, 12))
    return Plan(
        [
            Opd(id="o", urutan=1, nama="Dinas"),
            Dokumen(id="d", opd_id="o", urutan=1, judul="Rencana", tahun=2027),
            Kinerja(id="k", dokumen_id="d", urutan=1, tingkat="sasaran_strategis", uraian="Sasaran"),
            Indikator(id="i", dokumen_id="d", urutan=1, kinerja_id="k", uraian="Indikator"),
            Anggaran(id="p", dokumen_id="d", urutan=1, jenis="program", nama="Program", pagu=program),
            Anggaran(id="g", dokumen_id="d", urutan=2, jenis="kegiatan", induk_id="p", nama="Kegiatan", pagu=kegiatan),
            Anggaran(id="s", dokumen_id="d", urutan=3, jenis="sub_kegiatan", induk_id="g", nama="Sub", pagu=sub),
            DeretAnggaran(
                id="r", dokumen_id="d", anggaran_id="s", jenis="kas", periode="bulan", kumulatif=1, nilai=(*months, sub)
            ),
            Dukungan(id="l", dokumen_id="d", urutan=1, kinerja_id="k", anggaran_id="p"),
        ]
    )


def test_a_program_without_amounts_of_its_own_prints_the_sums_of_its_lines() -> None:
    form = build_form(plan_of(None, None, 120_000_000), "d", "bulanan-eselon-ii")
    table = form.parts[0]
    assert isinstance(table, Table)
    cells = {(row, cell.col): cell for row, line in enumerate(table.body[0]) for cell in line.cells}
    assert cells[0, 8].text == "120.000.000"
    assert [cells[m, 10].value for m in (0, 5, 11)] == [10_000_000, 60_000_000, 120_000_000]
    total = next(cell for cell in table.total[0].cells if cell.col == 8)
    assert (total.text, total.sum_of) == ("120.000.000", (0,))


def test_a_pagu_is_checked_against_lines_that_are_sums_themselves() -> None:
    for program, faults in ((130_000_000, {"PAGU-RINCIAN"}), (120_000_000, set())):
        plan = plan_of(program, None, 120_000_000)
        checks = Checks(plan, RollUp(plan))
        assert {finding.kode for finding in checks.at(Anggaran, "p")} == faults
