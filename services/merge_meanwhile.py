"""What holds in the plan while a conflict is open, in a sentence: not of every kind of conflict is it our value."""

from collections.abc import Iterable

from models.rows import Konflik
from services.merge import of_copy


def meanwhile(conflicts: Iterable[Konflik]) -> str:
    """ "Sementara nilai kita yang dipakai; kode yang ditambah dua kali: keduanya tetap ada."; "" without a conflict."""
    said = dict.fromkeys(_holds(conflict) for conflict in conflicts)
    if _OURS in said and _FIRST in said:
        said = dict.fromkeys(_BOTH if words in (_OURS, _FIRST) else words for words in said)
    return f"Sementara {'; '.join(words for words in _ORDER if words in said)}." if said else ""


_OURS = "nilai kita yang dipakai"
_FIRST = "nilai salinan yang lebih dahulu digabung yang dipakai"
_ROW = "baris yang dihapus di satu pihak tetap ada"
_TWICE = "kode yang ditambah dua kali: keduanya tetap ada"
_BOTH = "nilai yang sekarang ada di rencana yang dipakai"
_ORDER = (_OURS, _FIRST, _BOTH, _ROW, _TWICE)


def _holds(conflict: Konflik) -> str:
    if conflict.jenis == "ganda":
        return _TWICE
    if conflict.jenis == "baris":
        return _ROW if conflict.dasar is not None else _OURS
    return _FIRST if of_copy(conflict.siapa_kita or "")[1] else _OURS
