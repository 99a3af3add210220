"""The samples that come with the program, as they are called in menus."""

from collections.abc import Callable
from functools import cache, partial

from PySide6.QtWidgets import QMenu

from services.resources import FIRST_SAMPLE, resource

_ENDING = ".renaksi.json"
_ABOUT = {
    "buleleng-2022": "bulanan, perubahan; eselon II sampai IV",
    "bone-2023": "triwulanan, dengan aksi dan jadwal",
    "lampung-2019": "provinsi, dengan realisasi",
    "lombok-tengah-2022": "triwulanan, kinerja dan anggaran",
    "bekasi-2024": "indikator kinerja individu",
}


@cache
def sample_names() -> tuple[tuple[str, str], ...]:
    """(name, "Buleleng 2022, bulanan") of each sample, the one that opens without asking first."""
    names = (path.name.removesuffix(_ENDING) for path in resource("contoh").glob(f"*{_ENDING}"))
    return tuple((name, _title(name)) for name in sorted(names, key=lambda n: (n != FIRST_SAMPLE, n)))


def fill_samples(menu: QMenu, open_sample: Callable[[str], object]) -> None:
    """An entry for each sample."""
    for number, (name, title) in enumerate(sample_names(), 1):
        menu.addAction(f"&{number} {title}", partial(open_sample, name))


def _title(name: str) -> str:
    words = name.replace("-", " ").title()
    return f"{words}: {_ABOUT[name]}" if name in _ABOUT else words
