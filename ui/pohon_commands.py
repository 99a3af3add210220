"""What can be done to the rows of the chart: added and named here, all else as the trees do it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from models.changes import Change
from models.errors import PlanError
from models.rows import Anggaran, Indikator, Kinerja, Row
from services import branches, edits
from services.branches import Node, level_of
from services.cell_edit import type_field
from services.naming import level_name, row_text
from services.row_words import step_of
from services.terms import JENIS, LEVEL_NAMES
from ui.linking import link_row
from ui.pohon_mouse import Verdict
from ui.read_only import changing

if TYPE_CHECKING:
    from ui.pohon_view import PohonView

_AS_THE_TREES = (
    "delete_current",
    "move_current",
    "shift_current",
    "duplicate_current",
    "copy",
    "cut",
    "paste",
    "renumber",
    "escape",
)
_SHORT = 60
NOT_A_ROW = "Kotak ini hanya mengumpulkan baris yang belum berinduk. Pilih kotak di bawahnya."


class PohonCommands:
    """Works on the chosen box; what it adds is shown and named in the chart."""

    def __init__(self, view: "PohonView") -> None:
        self._view = view
        self._session = view.session

    def run(self, name: str, *arguments: object) -> bool:
        """Do a command of the trees; False for one that the chart does not know."""
        own = getattr(self, name, None)
        if name in _AS_THE_TREES:
            if self._view.lead():
                getattr(self._view.trees, name)(*arguments)
        elif name in ("add", "add_like_current", "add_child", "rename_current"):
            assert own is not None
            own(*arguments)
        else:
            return False
        return True

    @changing
    def add(self, level: str) -> None:
        """A new row of a level, or "indikator", at the chosen box, ready to be named."""
        row, plan, session = self._row(), self._session.plan, self._session
        if row is None:
            if level == "indikator":
                session.failed.emit("Pilih dahulu kotak untuk indikator itu.")
            elif level in JENIS:
                self._add(level, edits.add_anggaran(plan, session.dokumen_id, level, None))
            else:
                self._add(level, edits.add_kinerja(plan, session.dokumen_id, level, None))
        elif level == "indikator":
            self._add(level, edits.add_indikator(plan, row))
        elif level in JENIS:
            at: Row | None = row
            while isinstance(at, Anggaran) and not edits.fits_under(level, at):
                at = plan.find(Anggaran, at.induk_id)
            self._add(level, edits.add_anggaran(plan, row.dokumen_id, level, at if isinstance(at, Anggaran) else None))
        else:
            up: Row | None = row
            while isinstance(up, Kinerja) and not edits.fits_under(level, up):
                up = plan.find(Kinerja, up.induk_id)
            self._add(level, edits.add_kinerja(plan, row.dokumen_id, level, up if isinstance(up, Kinerja) else None))

    @changing
    def add_like_current(self) -> None:
        """Ins: another row of the same level, right behind."""
        row = self._row()
        if row is None:
            self.add("sasaran_strategis")
        else:
            self._add(level_of(row), branches.add_after(self._session.plan, row))

    @changing
    def add_child(self) -> None:
        """Shift+Ins: a row of the next level below the chosen box."""
        row = self._row()
        if row is None:
            self.add_like_current()
        else:
            self.add(branches.natural_child(self._session.plan, row))

    @changing
    def rename_current(self) -> None:
        """F2: edit the statement in the box."""
        row = self._row()
        if row is None:
            self._session.failed.emit(NOT_A_ROW)
        else:
            self._view.edit(row)

    @changing
    def link(self) -> None:
        """Kaitkan: which budget lines support it, or which sasaran it supports."""
        row = self._row()
        if row is not None:
            link_row(self._session, row, self._view)

    @changing
    def store(self, row_id: str, text: str) -> None:
        """What has been typed in a box, by the rules of the other places."""
        row = self._find(row_id)
        if row is None:
            return
        try:
            label, changes = type_field(row, "nama" if isinstance(row, Anggaran) else "uraian", text)
        except PlanError as error:
            self._session.failed.emit(str(error))
            return
        self._session.edit(label, changes)

    def judge(self, key: str, onto: str) -> Verdict:
        """What letting a branch go over a box would do, by the rules of the trees."""
        row, target = self._find(key), self._find(onto)
        if row is None:
            return Verdict(False, "")
        parent = self._parent(row, target, onto)
        if parent is None and target is not None and type(target) is not type(row):
            return Verdict(True, f"Kaitkan dengan {_called(target)}")
        now = branches.parent_of(self._session.plan, row)
        if parent is not None and now is not None and now.id == parent.id:
            return Verdict(False, "")
        if target is None and isinstance(row, Anggaran):
            return Verdict(False, "Lepaskan di atas program atau sasaran.")
        if not branches.may_stand(self._session.plan, row, parent):
            return Verdict(False, branches.refusal(row, parent))
        return Verdict(True, f"Pindah ke bawah {_called(parent)}" if parent else "Lepaskan dari induknya")

    @changing
    def drop(self, key: str, onto: str) -> None:
        """Let a branch go over a box: it moves there, or is linked; what is forbidden is said."""
        row, target = self._find(key), self._find(onto)
        verdict = self.judge(key, onto)
        if row is None or not verdict.fits:
            if verdict.words:
                self._session.failed.emit(verdict.words)
            return
        plan = self._session.plan
        parent = self._parent(row, target, onto)
        if parent is None and target is not None:
            lines = [each for each in (row, target) if isinstance(each, Anggaran)]
            nodes = [each for each in (row, target) if isinstance(each, Kinerja)]
            changes: Sequence[Change] = branches.link_all(plan, nodes, lines)
            label = step_of(f"kaitkan {'anggaran' if isinstance(target, Kinerja) else 'sasaran'} dengan", target)
            if not changes:
                self._session.failed.emit("Keduanya sudah dikaitkan.")
        else:
            changes, label = branches.move_to(plan, [row], parent), step_of("pindah", row)
        if changes and self._session.edit(label, changes):
            self._view.show_key(key)

    def _parent(self, row: Node, target: Node | None, onto: str) -> Kinerja | Anggaran | None:
        """The row below which a branch goes: the box's own, or a line that stands in it."""
        if isinstance(target, Kinerja | Anggaran) and type(target) is type(row):
            return target
        if isinstance(row, Anggaran) and target is not None:
            lines = (self._session.plan.find(Anggaran, line_id) for line_id in self._view.lines_in(onto))
            plan = self._session.plan
            return next((line for line in lines if line and branches.may_stand(plan, row, line)), None)
        return None

    def _add(self, level: str, changes: Sequence[Change]) -> None:
        name = LEVEL_NAMES.get(level, "indikator").lower()
        if self._session.edit(f"tambah {name}", changes):
            self._view.name_new(changes[-1].row.id)

    def _row(self) -> Kinerja | Anggaran | None:
        row = self._find(self._view.canvas.current_key())
        return row if isinstance(row, Kinerja | Anggaran) else None

    def _find(self, row_id: str) -> Node | None:
        plan = self._session.plan
        for cls in (Kinerja, Anggaran, Indikator):
            row = plan.find(cls, row_id)
            if isinstance(row, Kinerja | Anggaran | Indikator):
                return row
        return None


def _called(row: Node) -> str:
    text = row_text(row)
    return f"{level_name(row).lower()} {text[:_SHORT]}{'...' if len(text) > _SHORT else ''}"
