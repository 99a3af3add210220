"""What `Indikator.metode` says: the way of reckoning, and how the periods of a year come to one value.

It is written "turun", "turun/rata" or "/tertinggi"; a part that is left out is as the indicator's `arah` and
`akumulasi` ask for.
"""

from dataclasses import dataclass

from models.changes import Change
from models.errors import PlanError
from models.rows import Indikator
from services.capaian_cara import WAYS
from services.edits import set_field

JUMLAH, TERAKHIR, TERTINGGI, RATA = "jumlah", "terakhir", "tertinggi", "rata"

GATHERINGS: dict[str, str] = {
    JUMLAH: "jumlah semua periode",
    TERAKHIR: "nilai terakhir (angka kumulatif, atau posisi pada akhir periode)",
    TERTINGGI: "nilai tertinggi",
    RATA: "rata-rata periode yang terisi",
}
"""How the periods come to one value -> what that is called."""

_OF_AKUMULASI = {"jumlah": JUMLAH, "kumulatif": TERAKHIR, "posisi": TERAKHIR, "predikat": TERAKHIR}


@dataclass(frozen=True, slots=True)
class Metode:
    """`cara`: one of WAYS; `himpun`: one of GATHERINGS; None for what the indicator itself asks for.

    `asing`: what is written and not known here, such as by a later version of the program; "" for none.
    """

    cara: str | None = None
    himpun: str | None = None
    asing: str = ""


NONE = Metode()


def read_metode(text: str | None) -> Metode:
    """The two parts of a `metode`."""
    if not text:
        return NONE
    cara, _, himpun = text.partition("/")
    odd = (cara and cara not in WAYS) or (himpun and himpun not in GATHERINGS)
    return Metode(asing=text) if odd else Metode(cara or None, himpun or None)


def set_metode(indikator: Indikator, cara: str | None, himpun: str | None) -> tuple[Change, ...]:
    """Another way of reckoning, or None for what the indicator asks for.

    Raises:
        PlanError: a word that is neither.
    """
    if cara not in (None, *WAYS) or himpun not in (None, *GATHERINGS):
        raise PlanError(f"Cara hitung {cara or himpun!r} tidak dikenal. Pilihannya: {', '.join((*WAYS, *GATHERINGS))}.")
    text = f"{cara or ''}/{himpun}" if himpun else cara
    return set_field(indikator, "metode", text)


def gathering_of(indikator: Indikator) -> str | None:
    """How its periods come to one value; None where neither `metode` nor `akumulasi` says it."""
    return read_metode(indikator.metode).himpun or _OF_AKUMULASI.get(indikator.akumulasi or "")
