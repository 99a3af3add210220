"""Capaian: how far a target was reached, in percent and as a predicate.

The ways are in `capaian_cara`, the predicates in `capaian_skala`, what a plan settles for itself in `capaian_setelan`.
`capaian_rencana` reckons a whole plan as of a month.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from services.angka import Angka, Style, decide_style, format_angka, is_strip, parse_angka
from services.capaian_baca import bare
from services.capaian_cara import (
    BALIK,
    NAIK,
    PERINGKAT,
    RENTANG,
    TURUN,
    WAYS,
    Counted,
    higher,
    inverse,
    lower,
    range_of,
    ranged,
    ranked,
    shown,
)
from services.capaian_metode import read_metode
from services.capaian_setelan import DEFAULT, Setelan
from services.capaian_skala import SCALE, Grade, common_order, grade_of, place_of

__all__ = [
    "SCALE",
    "Capaian",
    "Grade",
    "capaian",
    "exact",
    "grade_of",
    "percent",
    "rounded",
    "say_percent",
    "way_of",
    "way_words",
]

_CENT = Decimal("0.01")
_WIDE = Context(prec=60)
_UNITS = {"persen": "%", "persentase": "%"}
_LOWER: dict[str, str] = {"atas": "batas atas", "peringkat": "peringkat"}
_NUMERIC = {NAIK: higher, TURUN: lower, BALIK: inverse}

NO_TARGET, NO_RESULT = "Target belum diisi.", "Realisasi belum diisi."


@dataclass(frozen=True, slots=True)
class Capaian:
    """`persen` has two decimals, or is None; then `alasan` says why. `predikat` is "" without a number.

    `cara`: the way that was gone, one of `capaian_cara.WAYS`. `hitungan`: the sum as far as its result, which is
    `hasil` with two decimals; `catatan`: what was done to that, such as a cap, and `persen` is what came of it. For a
    target that is a grade `sama` says whether the result is the same grade; else it is None.
    """

    persen: Decimal | None
    predikat: str = ""
    warna: str = ""
    alasan: str = ""
    sama: bool | None = None
    cara: str = ""
    hitungan: str = ""
    catatan: str = ""
    hasil: Decimal | None = None

    @property
    def uraian(self) -> str:
        """The explanation that stands beside the number: "(2 x 10 - 12) / 10 = 80 %"; the reason without a number.

        Of a capped one the sum keeps its own result: "10 / 8 = 125 %, dibatasi 120 %".
        """
        if self.persen is None:
            return self.alasan
        result = say_percent(self.persen if self.hasil is None else self.hasil)
        return f"{self.hitungan}{'' if self.hitungan.endswith(':') else ' ='} {result}{self.catatan}"


def capaian(
    target: str,
    realisasi: str,
    arah: str | None = None,
    *,
    others: Iterable[str | None] = (),
    metode: str | None = None,
    setelan: Setelan = DEFAULT,
) -> Capaian:
    """What was reached of a target, both as typed; percentages are rounded to two decimals, halves away from zero.

    A range is reckoned as a range, a grade by its order, all else by `arah`; `metode` of the indicator comes first.

    Args:
        others: further texts of the indicator, which help to tell how its numbers are written.
    """
    counted, cara = exact(target, realisasi, arah, others=others, metode=metode, setelan=setelan)
    same = _same(target, realisasi, setelan) if cara == PERINGKAT else None
    if counted.persen is None:
        return Capaian(None, alasan=counted.alasan, sama=same, cara=cara)
    own = rounded(counted.persen)
    persen, remark = _bounded(own, setelan)
    if cara == TURUN and arah is None and (kind := bare(target)[1]) in _LOWER and not read_metode(metode).cara:
        remark += f", karena target {shown(target)} adalah {_LOWER[kind]}: makin rendah makin baik"
    grade = grade_of(persen, setelan.skala)
    return Capaian(persen, grade.predikat, grade.warna, "", same, cara, counted.hitungan, remark, own)


def exact(
    target: str,
    realisasi: str,
    arah: str | None = None,
    *,
    others: Iterable[str | None] = (),
    metode: str | None = None,
    setelan: Setelan = DEFAULT,
) -> tuple[Counted, str]:
    """(the percentage as it comes, without rounding, cap or floor; the way that was gone)."""
    chosen = read_metode(metode)
    if chosen.asing:
        return Counted(None, alasan=f'Cara hitung "{chosen.asing}" tidak dikenal program ini.'), ""
    if not _says(target):
        return Counted(None, alasan=NO_TARGET), chosen.cara or ""
    if not _says(realisasi):
        return Counted(None, alasan=NO_RESULT), chosen.cara or ""
    style = _style(target, realisasi, others)
    cara = chosen.cara or way_of(target, arah, style, setelan)
    if cara == PERINGKAT:
        return ranked(target, realisasi, setelan.urutan), cara
    reached, planned = _read(bare(realisasi)[0], style), bare(target)[0]
    if cara == RENTANG:
        return _of_range(planned, reached, arah, style), cara
    return _of_numbers(_read(planned, style), reached, cara), cara


def way_of(target: str, arah: str | None, style: Style = Style.UNKNOWN, setelan: Setelan = DEFAULT) -> str:
    """The way that a target is reckoned in where nothing else is chosen.

    Where nothing says which is better, of the most that is allowed ("≤ 5") and of a place ("Peringkat 5") the lower is.
    """
    target, kind = bare(target.strip())
    if not target[:1].isdigit():
        planned = parse_angka(target, style)
        if place_of(target, setelan.urutan) is not None or (planned is not None and planned.grade):
            return PERINGKAT
    elif not target.isdecimal() and range_of(target, style) is not None:
        return RENTANG
    return TURUN if arah == "turun" or (arah is None and kind in _LOWER) else NAIK


def percent(realisasi: int | Decimal, target: int | Decimal) -> Decimal | None:
    """Of a target in percent with two decimals; None of 0."""
    if not target:
        return None
    return rounded(_WIDE.divide(100 * Decimal(realisasi), Decimal(target)))


def say_percent(persen: Decimal) -> str:
    """ "80 %", "91,15 %": without decimals that say nothing."""
    text = format_angka(persen, 2)
    return f"{text.rstrip('0').rstrip(',')} %"


def way_words(cara: str) -> str:
    """ "Makin tinggi makin baik (realisasi / target)"; "" where no way was gone."""
    way = WAYS.get(cara)
    return f"{way.nama} ({way.rumus})" if way else ""


def _style(target: str, realisasi: str, others: Iterable[str | None]) -> Style:
    telling = [bare(text)[0] for text in (target, realisasi, *others) if text and ("." in text or "," in text)]
    return decide_style(telling) if telling else Style.UNKNOWN


def _of_numbers(planned: Angka, reached: Angka, cara: str) -> Counted:
    if planned.value is None:
        return Counted(None, alasan="Target tidak terbaca sebagai satu angka.")
    if reached.value is None:
        return Counted(None, alasan="Realisasi tidak terbaca sebagai satu angka.")
    if planned.satuan != reached.satuan or planned.percent != reached.percent:
        units = _unit(planned), _unit(reached)
        if all(units) and units[0] != units[1] and planned.value > 0:
            return Counted(None, alasan="Satuan realisasi berbeda dari satuan target.")
    return _NUMERIC[cara](planned.value, reached.value)


def _of_range(target: str, reached: Angka, arah: str | None, style: Style) -> Counted:
    bounds = range_of(target, style)
    if bounds is None:
        return Counted(None, alasan="Target tidak terbaca sebagai rentang.")
    if reached.value is None:
        return Counted(None, alasan="Realisasi tidak terbaca sebagai satu angka.")
    return ranged(bounds, reached.value, lower if arah == "turun" else higher)


@lru_cache(maxsize=65536)
def _read(text: str, style: Style) -> Angka:
    """A cell that says something."""
    angka = parse_angka(text, style)
    assert angka is not None
    return angka


def _unit(angka: Angka) -> str:
    """What stands in brackets behind a number is its grade, "75,5 (BB)", and no unit."""
    unit = "" if angka.satuan.startswith("(") else angka.satuan.casefold()
    return "%" if angka.percent else _UNITS.get(unit, unit)


def _says(text: str) -> bool:
    """Whether a cell is more than spaces or a dash."""
    return text[:1].isdigit() or bool(text.strip() and not is_strip(text))


def _same(target: str, realisasi: str, setelan: Setelan) -> bool | None:
    if not _says(target) or not _says(realisasi):
        return None
    found = common_order(target, realisasi, setelan.urutan)
    if found is not None:
        return found[0] == found[1]
    return " ".join(target.split()).upper() == " ".join(realisasi.split()).upper()


def rounded(value: Decimal) -> Decimal:
    """To two decimals, halves away from zero; never -0."""
    wide = _WIDE if value.adjusted() < _WIDE.prec - 6 else Context(prec=value.adjusted() + 6)
    persen = value.quantize(_CENT, rounding=ROUND_HALF_UP, context=wide)
    return persen if persen else abs(persen)


def _bounded(persen: Decimal, setelan: Setelan) -> tuple[Decimal, str]:
    if setelan.atas is not None and persen > setelan.atas:
        return rounded(setelan.atas), f", dibatasi {say_percent(setelan.atas)}"
    if setelan.bawah is not None and persen < setelan.bawah:
        return rounded(setelan.bawah), f", dibatasi paling rendah {say_percent(setelan.bawah)}"
    return persen, ""
