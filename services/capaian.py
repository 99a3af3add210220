"""Capaian: how far a target was reached, in percent and as a predicate."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from services.angka import Angka, decide_style, is_strip, parse_angka

_CENT = Decimal("0.01")
_UNITS = {"persen": "%", "persentase": "%"}


@dataclass(frozen=True, slots=True)
class Grade:
    """A step of the scale: its predicate for what is above `above` percent, and a soft colour for it."""

    above: Decimal
    predikat: str
    warna: str


SCALE: tuple[Grade, ...] = (
    Grade(Decimal(90), "Sangat Tinggi", "#C3E6CB"),
    Grade(Decimal(75), "Tinggi", "#E2F0C9"),
    Grade(Decimal(65), "Sedang", "#FFF3C4"),
    Grade(Decimal(50), "Rendah", "#FBD9B5"),
    Grade(Decimal("-Infinity"), "Sangat Rendah", "#F5C2C0"),
)
"""Half open: 90,00 is Tinggi, 90,01 is Sangat Tinggi.

Source: Permendagri 86/2017, whose whole steps 91, 76, 66 and 51 are set so that nothing falls between two of them.
"""


@dataclass(frozen=True, slots=True)
class Capaian:
    """`persen` has two decimals, or is None; then `alasan` says why. `predikat` is "" without a number.

    For a target that is a grade `sama` says whether the result is the same grade; else it is None.
    """

    persen: Decimal | None
    predikat: str = ""
    warna: str = ""
    alasan: str = ""
    sama: bool | None = None


def capaian(
    target: str,
    realisasi: str,
    arah: str | None = None,
    *,
    others: Iterable[str | None] = (),
    scale: tuple[Grade, ...] = SCALE,
) -> Capaian:
    """What was reached of a target, both as typed.

    R/T, or (2T-R)/T where lower is better (`arah` turun), in percent, halves rounded away from zero.

    Args:
        others: further texts of the indicator, which help to tell how its numbers are written.
    """
    style = decide_style([target, realisasi, *others])
    if not target.strip() or is_strip(target):
        return Capaian(None, alasan="Target belum diisi.")
    if not realisasi.strip() or is_strip(realisasi):
        return Capaian(None, alasan="Realisasi belum diisi.")
    planned, reached = parse_angka(target, style), parse_angka(realisasi, style)
    assert planned is not None
    assert reached is not None
    if planned.grade:
        same = " ".join(target.split()).upper() == " ".join(realisasi.split()).upper()
        word = "sama dengan" if same else "berbeda dari"
        return Capaian(None, alasan=f"Target berupa predikat; realisasinya {word} target.", sama=same)
    return _percent(planned, reached, arah, scale)


def percent(realisasi: int | Decimal, target: int | Decimal) -> Decimal | None:
    """Of a target in percent with two decimals; None of 0."""
    return _ratio(Decimal(realisasi), Decimal(target)) if target else None


def grade_of(persen: Decimal, scale: tuple[Grade, ...] = SCALE) -> Grade:
    """The step of the scale that a percentage is on."""
    return next(grade for grade in scale if persen > grade.above)


def _percent(planned: Angka, reached: Angka, arah: str | None, scale: tuple[Grade, ...]) -> Capaian:
    if planned.value is None:
        return Capaian(None, alasan="Target tidak terbaca sebagai satu angka.")
    if reached.value is None:
        return Capaian(None, alasan="Realisasi tidak terbaca sebagai satu angka.")
    if planned.value <= 0:
        word = "negatif" if planned.value else "nol"
        return Capaian(None, alasan=f"Target {word} tidak dapat dibandingkan dalam persen.")
    if _differ(planned, reached):
        return Capaian(None, alasan="Satuan realisasi berbeda dari satuan target.")
    value = 2 * planned.value - reached.value if arah == "turun" else reached.value
    persen = _ratio(value, planned.value)
    grade = grade_of(persen, scale)
    return Capaian(persen, grade.predikat, grade.warna)


def _differ(planned: Angka, reached: Angka) -> bool:
    """Both name a unit, and not the same one."""
    units = [_unit(planned), _unit(reached)]
    return all(units) and units[0] != units[1]


def _unit(angka: Angka) -> str:
    unit = angka.satuan.casefold()
    return "%" if angka.percent else _UNITS.get(unit, unit)


def _ratio(value: Decimal, target: Decimal) -> Decimal:
    with localcontext() as context:
        context.prec = max(28, abs(value.adjusted() - target.adjusted()) + len(value.as_tuple().digits) + 12)
        persen = (100 * value / target).quantize(_CENT, rounding=ROUND_HALF_UP)
    return persen if persen else abs(persen)
