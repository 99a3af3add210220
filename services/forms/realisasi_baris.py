"""The rows of the forms that follow the indicators: sasaran by level, then the budget lines."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from models.plan import Plan
from models.rows import Anggaran, Dokumen, Indikator, Kinerja
from services.forms.triwulan_susunan import TINGKAT
from services.sasaran import in_tree_order
from services.tahunan import is_of_year
from services.terms import JENIS, LEVEL_NAMES


@dataclass(frozen=True, slots=True)
class Entry:
    """A sasaran or a budget line with its indicators. `nomor`: as it is printed; `uraian`: its text."""

    row: Kinerja | Anggaran
    nomor: str
    uraian: str
    indikator: tuple[Indikator, ...]

    @property
    def key(self) -> str:
        """Where the text is stored."""
        return f"kinerja/{self.row.id}/uraian" if isinstance(self.row, Kinerja) else f"anggaran/{self.row.id}/nama"


@dataclass(frozen=True, slots=True)
class Group:
    """Entries of one level under its name, in capitals."""

    judul: str
    baris: tuple[Entry, ...]


def groups(plan: Plan, dokumen: Dokumen, wanted: Callable[[Indikator], bool] = lambda _: True) -> tuple[Group, ...]:
    """The sasaran by level from the top, then program, kegiatan and sub kegiatan, all in the order of the plan.

    Only indicators that have to do with the document's year; rows without any are left out. Those of the individual's
    sasaran are not printed here, as they have sheets of their own.
    """
    nodes = plan.where(Kinerja, "dokumen_id", dokumen.id)
    lines = in_tree_order(plan, dokumen)
    made = []
    for level in ("tujuan", *TINGKAT):
        own = [_entry(plan, dokumen, node, wanted) for node in nodes if node.tingkat == level]
        made.append((level, own))
    for level in JENIS:
        made.append((level, [_entry(plan, dokumen, line, wanted) for line in lines if line.jenis == level]))
    return tuple(
        Group(LEVEL_NAMES[level].upper(), tuple(_numbered(found)))
        for level, own in made
        if (found := [entry for entry in own if entry.indikator])
    )


def _entry(plan: Plan, dokumen: Dokumen, row: Kinerja | Anggaran, wanted: Callable[[Indikator], bool]) -> Entry:
    is_node = isinstance(row, Kinerja)
    own = plan.where(Indikator, "kinerja_id" if is_node else "anggaran_id", row.id)
    shown = tuple(each for each in own if wanted(each) and is_of_year(plan, each, dokumen.tahun))
    text = (row.uraian or "") if isinstance(row, Kinerja) else row.nama
    return Entry(row, "", text, shown)


def _numbered(entries: list[Entry]) -> Iterator[Entry]:
    """From 1 within a level, as the numbers of the plan belong to other papers."""
    for number, entry in enumerate(entries, 1):
        yield Entry(entry.row, str(number), entry.uraian, entry.indikator)
