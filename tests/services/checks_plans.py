"""What the tests of the checks share: small rows to put together, and a whole plan without any fault."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from models.changes import Change
from models.plan import Plan
from models.rows import (
    Anggaran,
    DeretAnggaran,
    DeretIndikator,
    Dokumen,
    Dukungan,
    Indikator,
    Jabatan,
    Kinerja,
    Narasi,
    Opd,
    Row,
    TahunIndikator,
    TotalTercetak,
)
from services.checks import Checks, Finding
from services.rollup import RollUp

FULL = (10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120)
NIP = "19741014 199311 1 001"
OPD = Opd(id="o", urutan=1, nama="Dinas Koperasi")
DOKUMEN = Dokumen(
    id="d", opd_id="o", urutan=1, judul="Rencana", tahun=2022, ttd_jabatan="Kepala Dinas", ttd_nama="Sri", ttd_nip=NIP
)
BASE: tuple[Row, ...] = (
    OPD,
    DOKUMEN,
    Kinerja(id="k", asal_id="k", dokumen_id="d", urutan=1, tingkat="sasaran_kegiatan", uraian="Koperasi maju"),
)


def line(
    row_id: str = "a", jenis: str = "sub_kegiatan", pagu: int | None = None, induk: str | None = None, **more: Any
):
    values = {"nama": "Pelatihan" if row_id == "a" else f"Pelatihan {row_id}", "urutan": 1} | more
    return Anggaran(id=row_id, asal_id=row_id, dokumen_id="d", jenis=jenis, induk_id=induk, pagu=pagu, **values)


def by_quarter(values: Iterable[Any]) -> tuple[Any, ...]:
    """Four quarters in the months that close them."""
    return tuple(v for quarter in values for v in (None, None, quarter))


def kas(*values: int | None, of: str = "a", kumulatif: int = 1, periode: str = "bulan") -> DeretAnggaran:
    """Twelve months, or four quarters."""
    nilai = by_quarter(values) if periode == "triwulan" else values
    return DeretAnggaran(
        id=f"s-{of}",
        dokumen_id="d",
        anggaran_id=of,
        jenis="kas",
        periode=periode,
        kumulatif=kumulatif,
        nilai=tuple(nilai),
    )


def indikator(target: str | None = "100", akumulasi: str | None = "kumulatif", **more: Any) -> Indikator:
    values = {"id": "i", "urutan": 1, "kinerja_id": "k", "uraian": "Koperasi aktif"} | more
    return Indikator(asal_id=f"{values['id']}1", dokumen_id="d", akumulasi=akumulasi, target=target, **values)


def targets(*values: str | None, periode: str = "triwulan", of: str = "i") -> DeretIndikator:
    nilai = by_quarter(values) if periode == "triwulan" else values
    return DeretIndikator(
        id=f"t-{of}", dokumen_id="d", indikator_id=of, jenis="target", periode=periode, nilai=tuple(nilai)
    )


def node(row_id: str, tingkat: str = "sasaran_kegiatan", **more: Any) -> Kinerja:
    values = {"urutan": 1, "uraian": f"Sasaran {row_id}"} | more
    return Kinerja(id=row_id, asal_id=row_id, dokumen_id="d", tingkat=tingkat, **values)


def checked(*rows: Row) -> Checks:
    plan = Plan([*BASE, *rows])
    return Checks(plan, RollUp(plan))


def found(*rows: Row) -> list[Finding]:
    """The findings of a document with these rows, beside one sasaran and a signer."""
    return list(checked(*rows).of("d"))


def short(findings: Iterable[Finding]) -> list[tuple[Any, ...]]:
    return [(f.kode, f.row_id, f.periode, f.nilai, f.harusnya) for f in findings]


def codes(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    return [(f.kode, f.row_id) for f in findings]


@dataclass(frozen=True)
class Shape:
    """How large a plan is and how it is kept."""

    programs: int
    kegiatan: int
    subs: int
    periode: str
    kumulatif: bool
    seed: int

    @property
    def periods(self) -> int:
        return 4 if self.periode == "triwulan" else 12


LEVELS = ("sasaran_program", "sasaran_kegiatan", "sasaran_sub_kegiatan")
JENIS = ("program", "kegiatan", "sub_kegiatan")


def sound_plan(shape: Shape) -> Plan:
    """A plan in which everything agrees: sums, targets, numbers, codes, people, results and totals."""
    return Plan(_Sound(shape).rows())


class _Sound:
    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._at = 0
        self._numbers = dict.fromkeys(LEVELS, 0)
        self._sums = dict.fromkeys(JENIS, 0)
        self._rows: list[Row] = []

    def rows(self) -> list[Row]:
        made: list[Row] = [OPD, DOKUMEN]
        made.append(Jabatan(id="head", dokumen_id="d", urutan=1, nama="Kepala Dinas", eselon="II"))
        goal = self._add(node("goal", "tujuan", nomor="1", urutan=self._next(), penanggung_jawab_id="head"))
        top = self._add(
            node(
                "top", "sasaran_strategis", nomor="1", induk_id=goal.id, urutan=self._next(), penanggung_jawab_id="head"
            )
        )
        self._indicators(top.id)
        self._results(top.id)
        for p in range(self._shape.programs):
            bidang = Jabatan(
                id=f"b{p}",
                dokumen_id="d",
                urutan=2 + p,
                nama=f"Kepala Bidang {p}",
                unit=f"BIDANG {p}",
                atasan_id="head",
            )
            made.append(bidang)
            self._branch(0, f"p{p}", None, top.id, bidang.id, f"2.17.{p + 2:02}")
        scale = "No | Predikat | Capaian\n1 | Sangat Tinggi | 91 - 100\n2 | Tinggi | 76 - 90\n3 | Sedang | 66 - 75"
        made.append(
            Narasi(id="n", dokumen_id="d", urutan=1, kunci="skala", isi=f"Skala:\n\n{scale}\n4 | Rendah | ≤ 65")
        )
        for at, (jenis, total) in enumerate(self._sums.items()):
            place = f"Jumlah pagu {jenis.replace('_', ' ')}"
            made.append(TotalTercetak(id=f"total-{jenis}", dokumen_id="d", urutan=at, tempat=place, nilai=total))
        return [*made, *self._rows]

    def _add(self, row: Any) -> Any:
        self._rows.append(row)
        return row

    def _next(self) -> int:
        self._at += 1
        return self._at

    def _branch(
        self, level: int, key: str, above: str | None, node_above: str, person: str, kode: str
    ) -> tuple[int, ...]:
        """A line with its sasaran, and all below; returns what each period adds."""
        tingkat = LEVELS[level]
        self._numbers[tingkat] += 1
        sasaran = self._add(
            node(
                f"n-{key}",
                tingkat,
                induk_id=node_above,
                nomor=str(self._numbers[tingkat]),
                urutan=self._next(),
                penanggung_jawab_id=person,
            )
        )
        self._indicators(sasaran.id)
        at = self._next()
        if level == 2:
            share = 1_000_000 + (self._shape.seed * 7919 + at * 104_729) % 9_000_000
            single = tuple(share + 1000 * place for place in range(self._shape.periods))
        else:
            count = (self._shape.kegiatan, self._shape.subs)[level]
            parts = [
                self._branch(level + 1, f"{key}.{n}", key, sasaran.id, person, f"{kode}.{n + 1:02}")
                for n in range(count)
            ]
            single = tuple(map(sum, zip(*parts, strict=True)))
        self._sums[JENIS[level]] += sum(single)
        self._add(
            line(
                key,
                JENIS[level],
                sum(single),
                above,
                nama=f"Baris {key}",
                kode=kode,
                urutan=at,
                penanggung_jawab_id=person,
            )
        )
        values = [sum(single[: n + 1]) for n in range(len(single))] if self._shape.kumulatif else list(single)
        self._add(kas(*values, of=key, kumulatif=int(self._shape.kumulatif), periode=self._shape.periode))
        self._add(Dukungan(id=f"d-{key}", dokumen_id="d", urutan=at, kinerja_id=sasaran.id, anggaran_id=key))
        return single

    def _indicators(self, node_id: str) -> None:
        """One indicator for each way of accumulating; that of the level is carried down along the first branch."""
        periods = self._shape.periods
        step = 1000 + self._at % 7
        rows = {
            "kumulatif": (str(step * periods), [str(step * (n + 1)) for n in range(periods)]),
            "jumlah": (str(3 * periods), ["3"] * periods),
            "posisi": ("80", ["80"] * periods),
            "predikat": ("A", ["-"] * (periods - 1) + ["A"]),
        }
        for how, (target, nilai) in rows.items():
            row_id = f"i-{node_id}-{how}"
            carried = how == "posisi" and set(node_id) <= set("topn-.0")
            self._add(
                indikator(
                    target,
                    how,
                    id=row_id,
                    kinerja_id=node_id,
                    uraian="Mutu layanan koperasi" if carried else f"Indikator {how} {node_id}",
                    satuan="predikat" if how == "predikat" else "dokumen",
                    urutan=self._next(),
                )
            )
            self._add(targets(*nilai, periode=self._shape.periode, of=row_id))

    def _results(self, node_id: str) -> None:
        row_id = f"i-{node_id}-hasil"
        years = {"target": "80", "realisasi": "70", "capaian_tercetak": "87,50"}
        more = {"kinerja_id": node_id, "uraian": "Indikator hasil", "satuan": "orang", "urutan": self._next()}
        self._add(indikator("90", "posisi", id=row_id, realisasi="60", capaian_tercetak="66,67", **more))
        for at, (jenis, nilai) in enumerate(years.items()):
            self._add(
                TahunIndikator(
                    id=f"{row_id}-{jenis}",
                    dokumen_id="d",
                    indikator_id=row_id,
                    urutan=at,
                    jenis=jenis,
                    tahun="2021",
                    nilai=nilai,
                )
            )


def altered(plan: Plan, cls: type[Row], row_id: str, **values: Any) -> Change:
    """A row of the plan with other values."""
    row: Any = plan.get(cls, row_id)
    return Change(row, replace(row, **values))


def heads(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Those that follow from no other."""
    return (finding for finding in findings if finding.sebab is None)
