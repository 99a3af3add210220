"""A plan in which everything agrees has no findings; one planted fault gives its finding at its place, and no other."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from checks_plans import Shape, altered, by_quarter, heads, indikator, line, node, sound_plan
from hypothesis import given, settings
from hypothesis import strategies as st

from models.changes import Change
from models.plan import Plan
from models.rows import (
    Aksi,
    Anggaran,
    DeretAnggaran,
    DeretIndikator,
    Dokumen,
    Dukungan,
    Indikator,
    Jabatan,
    Kinerja,
    Narasi,
    Pejabat,
    TahunIndikator,
    TotalTercetak,
    TutupPeriode,
)
from services.checks import Checks, grouped
from services.checks.rules import RULES
from services.rollup import RollUp
from services.series import places

Head = tuple[str, str, Any]
shapes = st.builds(
    Shape,
    programs=st.integers(1, 3),
    kegiatan=st.integers(1, 2),
    subs=st.integers(1, 3),
    periode=st.sampled_from(("bulan", "triwulan")),
    kumulatif=st.booleans(),
    seed=st.integers(0, 10_000),
)
runs = shapes.filter(lambda shape: shape.kumulatif)
several = shapes.filter(lambda shape: shape.subs > 1)
many = shapes.filter(lambda shape: shape.subs > 2)
wide = shapes.filter(lambda shape: shape.programs > 1)


@dataclass(frozen=True)
class Planted:
    """A sound plan and the means to break it in one place."""

    plan: Plan
    shape: Shape
    pick: random.Random

    def line(self, *jenis: str) -> Anggaran:
        return self.pick.choice([row for row in self.plan.all(Anggaran) if row.jenis in jenis or not jenis])

    def node(self, *tingkat: str) -> Kinerja:
        return self.pick.choice([row for row in self.plan.all(Kinerja) if row.tingkat in tingkat or not tingkat])

    def indikator(self, akumulasi: str) -> Indikator:
        rows = [row for row in self.plan.all(Indikator) if row.akumulasi == akumulasi and "hasil" not in row.id]
        return self.pick.choice(rows)

    def at(self, first: int, last: int) -> tuple[int, Any]:
        """A period between the how-manieth from the start and from the end: (place, as findings name it)."""
        number = self.pick.randrange(first, self.shape.periods - last)
        if self.shape.periode == "triwulan":
            return 3 * number + 2, f"TW{number + 1}"
        return number, number + 1

    def end(self) -> Any:
        return "TW4" if self.shape.periode == "triwulan" else 12

    def before(self, place: int) -> int:
        return place - (3 if self.shape.periode == "triwulan" else 1)

    def cash(self, of: Anggaran, changed: dict[int, int | None]) -> list[Change]:
        old = self.plan.get(DeretAnggaran, f"s-{of.id}")
        values = tuple(changed.get(at, value) for at, value in enumerate(old.nilai))
        return [Change(old, replace(old, nilai=values))]

    def nilai(self, of: Anggaran) -> tuple[int | None, ...]:
        return self.plan.get(DeretAnggaran, f"s-{of.id}").nilai

    def target(self, of: Indikator, place: int, text: str | None) -> list[Change]:
        old = self.plan.get(DeretIndikator, f"t-{of.id}")
        values = tuple(text if at == place else value for at, value in enumerate(old.nilai))
        return [Change(old, replace(old, nilai=values))]

    def texts(self, of: Indikator) -> tuple[str | None, ...]:
        return self.plan.get(DeretIndikator, f"t-{of.id}").nilai


Plant = Callable[[Planted], tuple[list[Change], list[Head]]]
PLANTS: dict[str, tuple[Any, Plant]] = {}


def plant(where: Any = shapes) -> Callable[[Plant], Plant]:
    """Register a fault; the rule is the function's name."""

    def put(function: Plant) -> Plant:
        PLANTS[function.__name__] = where, function
        return function

    return put


@plant(runs)
def kas_turun(p: Planted) -> Any:
    row, (place, at) = p.line(), p.at(1, 1)
    return p.cash(row, {place: p.nilai(row)[p.before(place)] - 5}), [("KAS-TURUN", row.id, at)]


@plant()
def kas_lebih(p: Planted) -> Any:
    row = p.line()
    return p.cash(row, {11: p.nilai(row)[11] + 1_000_000}), [("KAS-LEBIH", row.id, p.end())]


@plant()
def kas_akhir(p: Planted) -> Any:
    row = p.line()
    at = p.end() if p.shape.kumulatif else None
    return p.cash(row, {11: p.nilai(row)[11] - 100_000}), [("KAS-AKHIR", row.id, at)]


@plant(runs)
def kas_kosong(p: Planted) -> Any:
    row, (place, at) = p.line(), p.at(0, 0)
    return p.cash(row, {place: None}), [("KAS-KOSONG", row.id, at)]


@plant(several)
def kas_tidak_ada(p: Planted) -> Any:
    row = p.line("sub_kegiatan")
    return [Change(p.plan.get(DeretAnggaran, f"s-{row.id}"), None)], [("KAS-TIDAK-ADA", row.id, None)]


@plant(runs)
def kas_rincian(p: Planted) -> Any:
    row, (place, at) = p.line("program", "kegiatan"), p.at(0, 1)
    return p.cash(row, {place: p.nilai(row)[place] + 100_000}), [("KAS-RINCIAN", row.id, at)]


@plant(runs)
def kas_pembulatan(p: Planted) -> Any:
    row, (place, at) = p.line("program"), p.at(0, 1)
    return p.cash(row, {place: p.nilai(row)[place] + 1}), [("KAS-PEMBULATAN", row.id, at)]


@plant()
def pagu_rincian(p: Planted) -> Any:
    row = p.line("program", "kegiatan")
    more = p.pick.choice((-70_000, 90_000))
    return [altered(p.plan, Anggaran, row.id, pagu=row.pagu + more)], [("PAGU-RINCIAN", row.id, None)]


@plant(several)
def pagu_kosong(p: Planted) -> Any:
    row = p.line("sub_kegiatan")
    return [altered(p.plan, Anggaran, row.id, pagu=None)], [("PAGU-KOSONG", row.id, None)]


@plant()
def pagu_total(p: Planted) -> Any:
    row = p.pick.choice(p.plan.all(TotalTercetak))
    return [altered(p.plan, TotalTercetak, row.id, nilai=row.nilai + 9)], [("PAGU-TOTAL", row.id, None)]


@plant()
def pagu_tabel(p: Planted) -> Any:
    extra = line("astray", "kegiatan", 4_000_000, nama="Baris tanpa program", urutan=9999, penanggung_jawab_id="b0")
    place = tuple(places(p.shape.periode))
    values = [4_000_000 if at == 11 or p.shape.kumulatif else 0 for at in place]
    cash = replace(p.plan.get(DeretAnggaran, "s-p0"), id="s-astray", anggaran_id="astray")
    nilai = by_quarter(values) if p.shape.periode == "triwulan" else tuple(values)
    link = Dukungan(id="x", dokumen_id="d", urutan=1, kinerja_id="n-p0.0", anggaran_id="astray")
    total = p.plan.get(TotalTercetak, "total-kegiatan")
    return [
        Change(None, extra),
        Change(None, replace(cash, nilai=nilai)),
        Change(None, link),
        Change(total, replace(total, nilai=total.nilai + 4_000_000)),
    ], [("PAGU-TABEL", "d", None)]


@plant()
def target_turun(p: Planted) -> Any:
    row, (place, at) = p.indikator("kumulatif"), p.at(1, 1)
    text = str(int(p.texts(row)[p.before(place)]) - 1)
    return p.target(row, place, text), [("TARGET-TURUN", row.id, at)]


@plant()
def target_lebih(p: Planted) -> Any:
    row = p.indikator("kumulatif")
    return p.target(row, 11, str(int(row.target) + 5)), [("TARGET-LEBIH", row.id, p.end())]


@plant()
def target_akhir(p: Planted) -> Any:
    row = p.indikator("kumulatif")
    return p.target(row, 11, str(int(row.target) - 1)), [("TARGET-AKHIR", row.id, p.end())]


@plant()
def target_akhir_of_a_carried_row(p: Planted) -> Any:
    row = p.plan.get(Indikator, "i-n-p0.0.0-posisi")
    return [altered(p.plan, Indikator, row.id, target="75")], [("TARGET-AKHIR", row.id, p.end())]


@plant()
def target_jumlah(p: Planted) -> Any:
    row, (place, _) = p.indikator("jumlah"), p.at(0, 0)
    return p.target(row, place, "4"), [("TARGET-JUMLAH", row.id, None)]


@plant()
def target_kosong(p: Planted) -> Any:
    row, (place, at) = p.indikator(p.pick.choice(("kumulatif", "posisi"))), p.at(0, 1)
    return p.target(row, place, None), [("TARGET-KOSONG", row.id, at)]


@plant()
def target_bentuk(p: Planted) -> Any:
    row = p.indikator("kumulatif")
    text = f"{int(row.target):,}".replace(",", ".")
    return [altered(p.plan, Indikator, row.id, target=text)], [("TARGET-BENTUK", row.id, None)]


@plant()
def target_satuan(p: Planted) -> Any:
    row, (place, at) = p.indikator("kumulatif"), p.at(0, 1)
    return p.target(row, place, f"{p.texts(row)[place]} kali"), [("TARGET-SATUAN", row.id, at)]


@plant()
def target_beda(p: Planted) -> Any:
    row = p.plan.get(Indikator, "i-n-p0.0.0-posisi")
    series = p.plan.get(DeretIndikator, f"t-{row.id}")
    periods = replace(series, nilai=tuple(text and "75" for text in series.nilai))
    change = altered(p.plan, Indikator, row.id, target="75")
    return [change, Change(series, periods)], [("TARGET-BEDA", row.id, None)]


@plant()
def target_tak_terbaca(p: Planted) -> Any:
    row, (place, at) = p.indikator("kumulatif"), p.at(0, 1)
    return p.target(row, place, p.pick.choice(("######", "13.5O", "1.23.456"))), [("TARGET-TAK-TERBACA", row.id, at)]


@plant()
def nama_kosong(p: Planted) -> Any:
    row = p.line()
    return [altered(p.plan, Anggaran, row.id, nama=" ")], [("NAMA-KOSONG", row.id, None)]


@plant()
def uraian_kosong(p: Planted) -> Any:
    row = p.node()
    return [altered(p.plan, Kinerja, row.id, uraian=None)], [("URAIAN-KOSONG", row.id, None)]


@plant()
def satuan_kosong(p: Planted) -> Any:
    row = p.indikator(p.pick.choice(("kumulatif", "jumlah", "posisi")))
    return [altered(p.plan, Indikator, row.id, satuan=None)], [("SATUAN-KOSONG", row.id, None)]


@plant()
def satuan_beda(p: Planted) -> Any:
    row = p.indikator("jumlah")
    spelt = p.pick.choice(("Dokumen", "dok.", "dokumem"))
    return [altered(p.plan, Indikator, row.id, satuan=spelt)], [("SATUAN-BEDA", row.id, None)]


@plant(many)
def nomor_kosong(p: Planted) -> Any:
    row = p.node("sasaran_sub_kegiatan")
    return [altered(p.plan, Kinerja, row.id, nomor="")], [("NOMOR-KOSONG", row.id, None)]


@plant(many)
def nomor_ganda(p: Planted) -> Any:
    *_, other, last = [row for row in p.plan.all(Kinerja) if row.tingkat == "sasaran_sub_kegiatan"]
    return [altered(p.plan, Kinerja, last.id, nomor=other.nomor)], [("NOMOR-GANDA", last.id, None)]


@plant(several)
def nomor_lompat(p: Planted) -> Any:
    last = [row for row in p.plan.all(Kinerja) if row.tingkat == "sasaran_sub_kegiatan"][-1]
    return [altered(p.plan, Kinerja, last.id, nomor=str(int(last.nomor) + 1))], [("NOMOR-LOMPAT", last.id, None)]


@plant(several)
def sasaran_ganda(p: Planted) -> Any:
    last = [row for row in p.plan.all(Kinerja) if row.tingkat == "sasaran_sub_kegiatan"][-1]
    text = p.plan.get(Kinerja, "n-p0.0.0").uraian.upper()
    return [altered(p.plan, Kinerja, last.id, uraian=text)], [("SASARAN-GANDA", last.id, None)]


@plant(several)
def indikator_ganda(p: Planted) -> Any:
    row = p.plan.get(Indikator, "i-n-p0.0.1-jumlah")
    text = p.plan.get(Indikator, "i-n-p0.0.0-jumlah").uraian
    return [altered(p.plan, Indikator, row.id, uraian=text)], [("INDIKATOR-GANDA", row.id, None)]


@plant()
def sasaran_sama_indikator(p: Planted) -> Any:
    row = p.node("sasaran_program", "sasaran_kegiatan", "sasaran_sub_kegiatan")
    change = altered(p.plan, Indikator, f"i-{row.id}-jumlah", uraian=row.uraian)
    return [change], [("SASARAN-SAMA-INDIKATOR", row.id, None)]


@plant(shapes.filter(lambda shape: shape.programs * shape.kegiatan * shape.subs > 3))
def pj_kosong(p: Planted) -> Any:
    row = p.line("sub_kegiatan")
    return [altered(p.plan, Anggaran, row.id, penanggung_jawab_id=None)], [("PJ-KOSONG", row.id, None)]


@plant(wide)
def pj_beda(p: Planted) -> Any:
    change = altered(p.plan, Anggaran, "p0.0.0", penanggung_jawab_id="b1")
    return [change], [("PJ-BEDA", "p0.0.0", None)]


@plant()
def sasaran_tanpa_indikator(p: Planted) -> Any:
    fresh = node("bare", "sasaran_individu", urutan=99_999, induk_id="n-p0.0.0", penanggung_jawab_id="b0")
    return [Change(None, fresh)], [("SASARAN-TANPA-INDIKATOR", "bare", None)]


@plant(wide)
def anggaran_tanpa_sasaran(p: Planted) -> Any:
    links = [link for link in p.plan.all(Dukungan) if link.anggaran_id.startswith("p0")]
    unserved = ("INDIKATOR-TANPA-ANGGARAN", "i-n-p0-kumulatif", None)
    return [Change(link, None) for link in links], [unserved, ("ANGGARAN-TANPA-SASARAN", "p0", None)]


@plant()
def induk_kosong(p: Planted) -> Any:
    fresh = node("bare", "sasaran_individu", urutan=99_999, penanggung_jawab_id="b0")
    measure = indikator(None, id="i-bare", kinerja_id="bare", uraian="Indikator individu", urutan=99_999)
    return [Change(None, fresh), Change(None, measure)], [("INDUK-KOSONG", "bare", None)]


@plant(several)
def indikator_tanpa_anggaran(p: Planted) -> Any:
    link = p.plan.get(Dukungan, "d-p0.0.0")
    return [Change(link, None)], [("INDIKATOR-TANPA-ANGGARAN", "i-n-p0.0.0-kumulatif", None)]


@plant()
def jabatan_tanpa_tugas(p: Planted) -> Any:
    fresh = Jabatan(id="idle", dokumen_id="d", urutan=99, nama="Arsiparis", unit="BIDANG 0", atasan_id="b0")
    return [Change(None, fresh)], [("JABATAN-TANPA-TUGAS", "d", None)]


@plant()
def aksi_tanpa_bulan(p: Planted) -> Any:
    line = p.line("sub_kegiatan").id
    made = [Aksi(id=f"act{n}", dokumen_id="d", urutan=n, anggaran_id=line, uraian=f"Aksi {n}") for n in range(2)]
    changes = [Change(None, made[0]), Change(None, replace(made[1], bulan="1,2"))]
    return changes, [("AKSI-TANPA-BULAN", "d", None)]


@plant()
def kode_beda(p: Planted) -> Any:
    row = p.line("sub_kegiatan")
    return [altered(p.plan, Anggaran, row.id, kode="2.17.90.09.0001")], [("KODE-BEDA", row.id, None)]


@plant()
def nip(p: Planted) -> Any:
    wrong = p.pick.choice(("19741314 199311 1 001", "19741014 199311 3 001", "1974"))
    return [altered(p.plan, Dokumen, "d", ttd_nip=wrong)], [("NIP", "d", None)]


@plant()
def penandatangan(p: Planted) -> Any:
    if p.pick.random() < 0.5:
        return [altered(p.plan, Dokumen, "d", ttd_nama=None)], [("PENANDATANGAN", "d", None)]
    other = Pejabat(id="pj", dokumen_id="d", jabatan_id="b0", nama="Srri", nip=p.plan.get(Dokumen, "d").ttd_nip)
    return [Change(None, other)], [("PENANDATANGAN", "d", None)]


@plant()
def capaian_hitung(p: Planted) -> Any:
    if p.pick.random() < 0.5:
        change = altered(p.plan, Indikator, "i-top-hasil", capaian_tercetak="66,69")
    else:
        change = altered(p.plan, TahunIndikator, "i-top-hasil-capaian_tercetak", nilai="87,60")
    return [change], [("CAPAIAN-HITUNG", "i-top-hasil", None)]


@plant()
def skala(p: Planted) -> Any:
    text = p.plan.get(Narasi, "n").isi
    old, new = p.pick.choice((("76 - 90", "76 - 91"), ("66 - 75", "66 - 70"), ("≤ 65", "< 65")))
    return [altered(p.plan, Narasi, "n", isi=text.replace(old, new))], [("SKALA", "n", None)]


def spent(p: Planted, of: Anggaran, values: dict[int, int]) -> Change:
    kas = p.plan.get(DeretAnggaran, f"s-{of.id}")
    nilai = tuple(values.get(at) for at in range(12))
    return Change(None, replace(kas, id=f"r-{of.id}", jenis="realisasi", kumulatif=1, nilai=nilai))


@plant()
def realisasi_lebih(p: Planted) -> Any:
    row, (place, at) = p.line(), p.at(0, 0)
    return [spent(p, row, {place: row.pagu + 1})], [("REALISASI-LEBIH", row.id, at)]


@plant()
def realisasi_turun(p: Planted) -> Any:
    row, (place, at) = p.line(), p.at(1, 0)
    return [spent(p, row, {p.before(place): 9, place: 8})], [("REALISASI-TURUN", row.id, at)]


@plant()
def realisasi_kosong(p: Planted) -> Any:
    """All is reported as it was planned, but one indicator, or all lines of one program."""
    silent = p.pick.choice([p.indikator("kumulatif").id, p.line("program").id])
    changes: list[Change] = []
    for targets in p.plan.all(DeretIndikator):
        if targets.indikator_id != silent:
            changes.append(Change(None, replace(targets, id=f"r{targets.id}", jenis="realisasi")))
    for kas in p.plan.all(DeretAnggaran):
        if kas.anggaran_id.count(".") == 2 and kas.anggaran_id.split(".")[0] != silent:
            changes.append(Change(None, replace(kas, id=f"r{kas.id}", jenis="realisasi")))
    changes.append(Change(None, TutupPeriode(id="tutup", dokumen_id="d", bulan=6, tutup=1)))
    return changes, [("REALISASI-KOSONG", silent, "TW2")]


@plant()
def capaian_aneh(p: Planted) -> Any:
    row = p.indikator("posisi")
    return [altered(p.plan, Indikator, row.id, realisasi="200")], [("CAPAIAN-ANEH", row.id, None)]


@settings(max_examples=30)
@given(shapes)
def test_a_plan_in_which_everything_agrees_has_no_findings(shape):
    plan = sound_plan(shape)
    assert list(Checks(plan, RollUp(plan)).of("d")) == []


@pytest.mark.parametrize("name", PLANTS)
def test_one_planted_fault_gives_its_finding_at_its_place(name):
    where, function = PLANTS[name]

    @settings(max_examples=12)
    @given(where, st.integers(0, 10**6))
    def check(shape, seed):
        plan = sound_plan(shape)
        rollup = RollUp(plan)
        checks = Checks(plan, rollup)
        changes, wanted = function(Planted(plan, shape, random.Random(seed)))
        plan.apply(changes)
        checks.update(changes, rollup.update(changes))
        made = [(f.kode, f.row_id, f.periode) for f in heads(checks.of("d"))]
        assert made == wanted
        lines = grouped(checks.of("d"))
        assert len(lines) == len({head[:2] for head in made}), "what follows from it is folded under it"

    check()


def test_every_rule_is_planted():
    assert {name.upper().replace("_", "-") for name in PLANTS} >= set(RULES)
