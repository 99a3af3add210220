"""What was cut and cleaned in a file that another program wrote, in words for the officer."""

from collections.abc import Sequence

from models.cleaning import Cleaned
from services.naming import level_name, row_text
from services.rupiah import format_rupiah

_NAMED = 5
"""Texts that are named one by one."""
_KEPT = "Teks semula ada di Riwayat."
IN_SOURCE = "Teks semula tetap ada di berkas asalnya."


def cleaned_words(cleaned: Sequence[Cleaned], kept: str = _KEPT) -> str:
    """Sentences; "" where nothing had to be changed. `kept`: where the texts are as they were."""
    cut = [each for each in cleaned if each.cut]
    said = []
    if cut:
        named = ", ".join(_named(each) for each in cut[:_NAMED])
        more = f", dan {len(cut) - _NAMED} lagi" if len(cut) > _NAMED else ""
        most = ", ".join(format_rupiah(most) for most in sorted({each.most for each in cut}))
        said.append(f"{len(cut)} teks terlalu panjang dan dipotong menjadi {most} karakter: {named}{more}.")
    if signs := len(cleaned) - len(cut):
        said.append(f"{signs} teks memuat karakter kendali yang tidak tampak; karakter itu dihapus.")
    return " ".join([*said, kept]) if said else ""


def _named(each: Cleaned) -> str:
    row, column = each.row, each.column.replace("_", " ")
    if row.TABLE in ("kinerja", "anggaran", "indikator"):
        what = f"{column} {level_name(row)} “{row_text(row)[:40].strip()}”"
    else:
        what = f"{column} di {row.TABLE.replace('_', ' ')}"
    return f"{what} ({format_rupiah(each.cut)} karakter dipotong)"
