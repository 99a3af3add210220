"""What each official answers for: the sasaran and budget lines of the agreements below the agency's own."""

from collections import defaultdict
from dataclasses import dataclass

from models.plan import Plan
from models.rows import Anggaran, Dokumen, Dukungan, Indikator, Jabatan, Kinerja
from services.pejabat import eselon_of, head_position
from services.sasaran import Sasaran, in_tree_order, line_indicators, node_indicators, supported

_ORDER = ("I", "II", "III", "IV")
_LEVEL = {
    "tujuan": "II",
    "sasaran_strategis": "II",
    "sasaran_program": "III",
    "sasaran_kegiatan": "III",
    "sasaran_sub_kegiatan": "IV",
    "program": "III",
    "kegiatan": "III",
    "sub_kegiatan": "IV",
}
"""Whose task a node or a line is. A program is a head of division's where the plan names one for it."""

JENIS = {"III": "kegiatan", "IV": "sub_kegiatan"}
_TINGKAT = {"III": ("sasaran_program", "sasaran_kegiatan"), "IV": ("sasaran_sub_kegiatan",)}


@dataclass(frozen=True, slots=True)
class Tugas:
    """A position and what it answers for, in the order of the plan."""

    jabatan: Jabatan
    sasaran: tuple[Sasaran, ...]
    lines: tuple[Anggaran, ...]


def tasks(plan: Plan, dokumen: Dokumen, eselon: str) -> list[Tugas]:
    """The positions of eselon III or IV that answer for something.

    A position without an eselon, such as a functional one, belongs where the highest of its tasks belongs, and always
    below the position over it. A line without a penanggung jawab is the task of the one who answers for the line above.
    """
    return _Tasks(plan, dokumen, eselon).found()


class _Tasks:
    def __init__(self, plan: Plan, dokumen: Dokumen, eselon: str) -> None:
        self._plan = plan
        self._dokumen = dokumen
        self._eselon = eselon
        self._jenis = JENIS[eselon]
        self._lines = in_tree_order(plan, dokumen)
        self._nodes = plan.where(Kinerja, "dokumen_id", dokumen.id)
        self._order = {node.id: at for at, node in enumerate(self._nodes)}
        self._levels: dict[str, str | None] = {}
        head = head_position(plan, dokumen)
        if head is not None:
            self._levels[head.id] = "II"
        self._own_lines: dict[str, list[Anggaran]] = defaultdict(list)
        self._all_lines: dict[str, list[Anggaran]] = defaultdict(list)
        owner: dict[str, str | None] = {}
        for line in self._lines:
            above = owner.get(line.induk_id) if line.induk_id else None
            owner[line.id] = line.penanggung_jawab_id or above
            self._all_lines[owner[line.id] or ""].append(line)
            self._own_lines[line.penanggung_jawab_id or ""].append(line)
        self._own_nodes: dict[str, list[Kinerja]] = defaultdict(list)
        for node in self._nodes:
            self._own_nodes[node.penanggung_jawab_id or ""].append(node)

    def found(self) -> list[Tugas]:
        """In the order of the positions."""
        made = []
        for jabatan in self._plan.where(Jabatan, "dokumen_id", self._dokumen.id):
            if self._level(jabatan) == self._eselon:
                lines = self._printed_lines(jabatan)
                sasaran = self._sasaran(jabatan, lines)
                if lines or sasaran:
                    made.append(Tugas(jabatan, sasaran, lines))
        return made

    def _level(self, jabatan: Jabatan) -> str | None:
        if jabatan.id not in self._levels:
            self._levels[jabatan.id] = eselon_of(jabatan.eselon)
            self._levels[jabatan.id] = eselon_of(jabatan.eselon) or self._level_of_tasks(jabatan)
        return self._levels[jabatan.id]

    def _level_of_tasks(self, jabatan: Jabatan) -> str | None:
        kinds = [node.tingkat for node in self._own_nodes.get(jabatan.id, ())]
        kinds += [line.jenis for line in self._own_lines.get(jabatan.id, ())]
        levels = [_ORDER.index(_LEVEL[kind]) for kind in kinds if kind in _LEVEL]
        if not levels:
            return None
        superior = self._plan.find(Jabatan, jabatan.atasan_id)
        above = self._level(superior) if superior is not None else None
        least = _ORDER.index(above) + 1 if above else 0
        return _ORDER[min(max(min(levels), least), len(_ORDER) - 1)]

    def _printed_lines(self, jabatan: Jabatan) -> tuple[Anggaran, ...]:
        """The lines of the eselon's own level, and those of other levels that no such line stands for."""
        level = [line for line in self._all_lines.get(jabatan.id, ()) if line.jenis == self._jenis]
        covered = {line.id for line in level}
        for line in level:
            at = self._plan.find(Anggaran, line.induk_id)
            while at is not None and at.id not in covered:
                covered.add(at.id)
                at = self._plan.find(Anggaran, at.induk_id)
        others: set[str] = set()
        for line in self._own_lines.get(jabatan.id, ()):
            if line.id not in covered and not self._is_below(line, others | {each.id for each in level}):
                others.add(line.id)
        chosen = others | {line.id for line in level}
        return tuple(line for line in self._all_lines.get(jabatan.id, ()) if line.id in chosen)

    def _is_below(self, line: Anggaran, lines: set[str]) -> bool:
        seen: set[str] = set()
        at = self._plan.find(Anggaran, line.induk_id)
        while at is not None and at.id not in seen:
            if at.id in lines:
                return True
            seen.add(at.id)
            at = self._plan.find(Anggaran, at.induk_id)
        return False

    def _sasaran(self, jabatan: Jabatan, lines: tuple[Anggaran, ...]) -> tuple[Sasaran, ...]:
        shown: dict[str | None, list[Indikator]] = {}
        own = self._own_nodes.get(jabatan.id, [])
        for node in own:
            shown[node.id] = list(node_indicators(self._plan, node, self._jenis))
        chosen = {line.id for line in (*lines, *self._own_lines.get(jabatan.id, ()))}
        answered = [line for line in self._all_lines.get(jabatan.id, ()) if line.id in chosen]
        for line in answered:
            for link in self._plan.where(Dukungan, "anggaran_id", line.id):
                node = self._plan.get(Kinerja, link.kinerja_id)
                if node.penanggung_jawab_id != jabatan.id and node.tingkat in _TINGKAT[self._eselon]:
                    shown.setdefault(node.id, []).extend(self._linked(node, link, line))
        there = {indikator.id for indicators in shown.values() for indikator in indicators}
        for line in answered:
            more = [i for i in line_indicators(self._plan, (line,)) if i.id not in there]
            if more:
                target = supported(self._plan, line)
                shown.setdefault(target.id if target else None, []).extend(more)
        keys = sorted(shown, key=lambda key: self._order[key] if key is not None else len(self._order))
        return tuple(Sasaran(self._plan.find(Kinerja, key), tuple(dict.fromkeys(shown[key]))) for key in keys)

    def _linked(self, node: Kinerja, link: Dukungan, line: Anggaran) -> tuple[Indikator, ...]:
        """The indicators of another's sasaran, or of nobody's, that a line of this official supports."""
        named = self._plan.find(Indikator, link.indikator_id)
        if named is not None:
            return (named,)
        return self._plan.where(Indikator, "kinerja_id", node.id) or line_indicators(self._plan, (line,))
