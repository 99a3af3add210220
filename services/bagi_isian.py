"""What Bagi divides: the year of a budget line or an indicator, read into whole units and written back as changes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar, Literal

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import BULAN, Anggaran, DeretAnggaran, DeretIndikator, Indikator, new_id
from services.angka import Style, decide_style, decimals_of, format_angka, is_strip, parse_bagian
from services.bagi import Parts, Units12, Year
from services.rupiah import format_rupiah
from services.series import places, running, single

Kind = Literal["kas", "angka", "teks"]
_ENGLISH = str.maketrans(".,", ",.")
_STRIP = "-"


@dataclass(frozen=True, slots=True)
class Isian:
    """The year of one row. `total` as it is written; `problem` says why nothing can be divided, "" where it can."""

    KIND: ClassVar[Kind] = "teks"
    NOUN: ClassVar[str] = "target"

    total: str
    problem: str
    places: tuple[int, ...]
    texts: tuple[str | None, ...]
    """The months as the plan holds them."""

    @property
    def filled(self) -> frozenset[int]:
        """The places that say something, be it a dash."""
        return frozenset(place for place in self.places if self.texts[place])

    def changes(self, parts: Parts) -> list[Change]:
        """The series with these single months."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Angka(Isian):
    """A year in numbers."""

    year: Year

    def show(self, units: int) -> str:
        """An amount of units as the column shows it."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Kas(Angka):
    """The cash plan of a budget line, in rupiah. A first plan is monthly, in running totals."""

    KIND: ClassVar[Kind] = "kas"
    NOUN: ClassVar[str] = "pagu"

    line: Anggaran
    series: DeretAnggaran | None

    def show(self, units: int) -> str:
        return format_rupiah(units)

    def changes(self, parts: Parts) -> list[Change]:
        fresh = DeretAnggaran(
            id=new_id(),
            dokumen_id=self.line.dokumen_id,
            anggaran_id=self.line.id,
            jenis="kas",
            periode="bulan",
            kumulatif=1,
        )
        before = self.series or fresh
        months: Units12 = tuple((parts.months[p] or 0) if p in self.places else None for p in range(BULAN))
        nilai = running(months, kumulatif=False) if before.kumulatif else months
        nilai = tuple(value if place in self.places else None for place, value in enumerate(nilai))
        return [Change(self.series, replace(before, nilai=nilai))]


@dataclass(frozen=True, slots=True)
class Target(Angka):
    """The targets of an indicator that add up (jumlah) or run up (kumulatif), in units of the last decimal.

    `decimals`: those of the finest text of the column. `fewest`: those of the year's target, which are always written.
    """

    KIND: ClassVar[Kind] = "angka"

    indikator: Indikator
    series: DeretIndikator | None
    style: Style
    decimals: int
    fewest: int

    def show(self, units: int) -> str:
        value = Decimal(units).scaleb(-self.decimals)
        written = decimals_of(format_angka(value.normalize(), None), Style.INDONESIAN) if units else 0
        return format_angka(value, max(self.fewest, written))

    def changes(self, parts: Parts) -> list[Change]:
        """A month without a share gets a dash; one that is kept keeps its text."""
        totals = running(parts.months, kumulatif=False)
        nilai: list[str | None] = [None] * BULAN
        for place in self.places:
            value = parts.months[place]
            if place in parts.kept:
                nilai[place] = self.texts[place]
            elif value is None:
                nilai[place] = _STRIP
            else:
                reached = totals[place] if self.year.running else value
                nilai[place] = self._written(reached or 0)
        return _with_texts(self.indikator, self.series, nilai)

    def _written(self, units: int) -> str:
        """A number in the way of the year's target: separators and unit."""
        target = " ".join((self.indikator.target or "").split())
        (_, unit) = parse_bagian(target, self.style)[0]
        number = target.removesuffix(unit)
        text = self.show(units)
        whole = number.strip().partition("." if self.style is Style.ENGLISH else ",")[0]
        if whole.lstrip("+").isdigit() and len(whole) > 3:
            text = text.replace(".", "")
        if self.style is Style.ENGLISH:
            text = text.translate(_ENGLISH)
        return f"{text}{' ' if number.endswith(' ') else ''}{unit}"


@dataclass(frozen=True, slots=True)
class Teks(Isian):
    """A target that each month states as it is: a position or a grade."""

    indikator: Indikator
    series: DeretIndikator | None

    def texts_with(self, months: Sequence[int], *, keep: bool) -> tuple[str | None, ...]:
        """The target in these months, a dash in the others; the months kept as they are."""
        kept = self.filled if keep else frozenset[int]()
        return tuple(
            self.texts[p] if p in kept else self.total if p in months else _STRIP if p in self.places else None
            for p in range(BULAN)
        )

    def texts_onward(self, months: Sequence[int]) -> tuple[str | None, ...]:
        """The last text goes on to the end of the year, in the months chosen.

        Raises:
            PlanError: no month states anything, or December does.
        """
        stated = [place for place in self.places if (text := self.texts[place]) and not is_strip(text)]
        if not stated:
            raise PlanError("Belum ada bulan yang diisi, jadi tidak ada yang diteruskan.")
        last = stated[-1]
        later = [place for place in self.places if place > last and place in months]
        if not later:
            raise PlanError("Tidak ada bulan kosong sesudah bulan terakhir yang diisi.")
        return tuple(self.texts[last] if place in later else text for place, text in enumerate(self.texts))

    def write(self, texts: Sequence[str | None]) -> list[Change]:
        """The series with these texts."""
        return _with_texts(self.indikator, self.series, texts)


def read_isian(plan: Plan, row: Anggaran | Indikator) -> Kas | Target | Teks:
    """The year of a budget line or an indicator, as Bagi takes it."""
    return _read_kas(plan, row) if isinstance(row, Anggaran) else _read_target(plan, row)


def _read_kas(plan: Plan, line: Anggaran) -> Kas:
    series = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    room = tuple(places(series.periode if series else "bulan"))
    nilai: Units12 = series.nilai if series else (None,) * BULAN
    now = single(nilai, kumulatif=bool(series and series.kumulatif))
    problem = "" if line.pagu is not None else "Pagu belum diisi. Isi pagu baris ini dahulu."
    filled = frozenset(place for place in room if now[place] is not None)
    year = Year(line.pagu or 0, now, filled, room, running=series is None or bool(series.kumulatif))
    total = "" if line.pagu is None else f"Rp {format_rupiah(line.pagu)}"
    texts = tuple(None if value is None else format_rupiah(value) for value in now)
    return Kas(total, problem, room, texts, year, line, series)


def _read_target(plan: Plan, indikator: Indikator) -> Target | Teks:
    series = plan.one(DeretIndikator, "indikator_id", indikator.id, "target")
    room = tuple(places(series.periode if series else "bulan"))
    texts: tuple[str | None, ...] = series.nilai if series else (None,) * BULAN
    target = " ".join((indikator.target or "").split())
    if not target:
        return Teks("", "Target setahun belum diisi. Isi target indikator ini dahulu.", room, texts, indikator, series)
    if indikator.akumulasi is None:
        problem = "Cara hitung belum dipilih. Pilih kumulatif, jumlah, posisi atau predikat dahulu."
        return Teks(target, problem, room, texts, indikator, series)
    if indikator.akumulasi in ("posisi", "predikat"):
        return Teks(target, "", room, texts, indikator, series)
    style = decide_style([target, *texts])
    bagian = parse_bagian(target, style)
    if len(bagian) != 1 or bagian[0][0] < 0:
        problem = f"Target {target} bukan satu angka, jadi tidak dapat dibagi."
        return Teks(target, problem, room, texts, indikator, series)
    decimals = max(decimals_of(text, style) for text in (target, *texts) if text)
    runs = indikator.akumulasi == "kumulatif"
    now = single(_units(texts, style, decimals), kumulatif=runs)
    filled = frozenset(place for place in room if texts[place])
    total = int(bagian[0][0].scaleb(decimals))
    year = Year(total, now, filled, room, running=runs, rounded=True)
    return Target(target, "", room, texts, year, indikator, series, style, decimals, decimals_of(target, style))


def _units(texts: Sequence[str | None], style: Style, decimals: int) -> Units12:
    found: list[int | None] = []
    for text in texts:
        bagian = parse_bagian(text, style) if text else ()
        found.append(int(bagian[0][0].scaleb(decimals)) if len(bagian) == 1 else None)
    return tuple(found)


def _with_texts(indikator: Indikator, series: DeretIndikator | None, texts: Sequence[str | None]) -> list[Change]:
    fresh = DeretIndikator(
        id=new_id(), dokumen_id=indikator.dokumen_id, indikator_id=indikator.id, jenis="target", periode="bulan"
    )
    return [Change(series, replace(series or fresh, nilai=tuple(texts)))]
