"""What can be done to the rows of the trees: each method is one action of the session."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from models.changes import Change
from models.errors import PlanError
from models.rows import Anggaran, Indikator, Kinerja, Row
from services import branch_copy, branches, edits
from services.branches import Node, Parent, Scope, level_of
from services.naming import level_name
from services.row_words import step_of
from services.terms import JENIS, LEVEL_NAMES, TINGKAT
from ui.busy import busy
from ui.messages import confirm
from ui.read_only import changing
from ui.tree_clipboard import branch_mime, copied_of, token_of
from ui.tree_words import choose_scope, what_goes

if TYPE_CHECKING:
    from ui.tree_panel import TreePanel

N = TypeVar("N", Kinerja, Anggaran)

_NAMED = 3
"""Positions that a sentence names."""
INTO_ITSELF = (
    "Cabang yang dipotong tidak dapat ditempel di dalam dirinya sendiri. Pilih baris di luar cabang itu, lalu tempel; "
    "Esc membatalkan pemotongan."
)


class TreeCommands:
    """Works on the selected rows of the tree that the panel shows."""

    def __init__(self, panel: "TreePanel") -> None:
        self._panel = panel
        self._session = panel.session
        self._cut = ""

    @changing
    def add(self, level: str) -> None:
        """A new row of a level (tingkat, jenis, or "indikator") at the caret, ready to be named."""
        session, row = self._session, self._panel.current_row()
        if level == "indikator":
            owner = self._owner(row)
            if owner is None:
                session.failed.emit("Pilih dahulu sasaran atau baris anggaran untuk indikator itu.")
                return
            changes = edits.add_indikator(session.plan, owner)
        elif level in TINGKAT:
            parent = self._parent_for(Kinerja, level, row)
            changes = edits.add_kinerja(session.plan, session.dokumen_id, level, parent)
        else:
            parent_line = self._parent_for(Anggaran, level, row)
            changes = edits.add_anggaran(session.plan, session.dokumen_id, level, parent_line)
        self._add(level, changes)

    @changing
    def add_like_current(self) -> None:
        """Ins: another row of the same level, right below."""
        row = self._panel.current_node()
        if row is None:
            self.add("sasaran_strategis" if self._panel.tree == "kinerja" else JENIS[0])
        else:
            self._add(level_of(row), branches.add_after(self._session.plan, row))

    @changing
    def add_child(self) -> None:
        """Shift+Ins: a row of the next level under the current one."""
        row = self._panel.current_node()
        if row is None:
            self.add_like_current()
        else:
            self.add(branches.natural_child(self._session.plan, row))

    @changing
    def delete_current(self) -> None:
        """Take away the selected rows with all that hangs under them; what that is, is said beforehand."""
        plan, rows = self._session.plan, self._rows()
        if not rows:
            return
        question, more = what_goes(plan, rows)
        if not confirm(self._panel, question, "Hapus", f"{more} Dapat diurungkan dengan Ctrl+Z.".strip()):
            return
        after = self._panel.neighbour(rows)
        with busy():
            done = self._session.edit(_named("hapus", rows), edits.remove(plan, *rows))
        if done:
            self._panel.view.select(after)
            self._panel.view.select_first()

    @changing
    def move_current(self, step: int) -> None:
        """The selected siblings one place up or down."""
        rows = self._rows()
        if rows and self._are_together(rows, "dipindah") and len({type(row) for row in rows}) == 1:
            self._session.edit(_named("pindah", rows), branches.move_step(self._session.plan, rows, step))

    @changing
    def shift_current(self, step: int) -> None:
        """Move the branch under the nearest row above that may hold it (1), or out of its parent (-1)."""
        row, model = self._panel.current_node(), self._panel.model
        if not isinstance(row, Kinerja | Anggaran):
            return
        candidates = model.rows_above(row.id) if step > 0 else model.ancestors_of(row.id)[1:]
        level = level_of(row)
        fits = (
            c for c in candidates if isinstance(c, type(row)) and edits.fits_under(level, c) and c.id != row.induk_id
        )
        parent = next(fits, None)
        if parent is None and (step > 0 or row.induk_id is None):
            name = level_name(row).lower()
            at = f"Tidak ada baris di atasnya yang dapat menaungi {name} ini."
            self._session.failed.emit(at if step > 0 else f"{level_name(row)} ini sudah di tempat paling atas.")
            return
        self._move([row], parent, None, step_of("pindah cabang", row))

    def copy(self) -> None:
        """The selected branches to the clipboard, for this plan, another one, or a spreadsheet."""
        if rows := self._rows():
            self._to_clipboard(rows)
            self._mark_cut(())

    @changing
    def cut(self) -> None:
        """Mark the selected branches: pasted in this plan they move there, elsewhere they are copied."""
        if rows := self._rows():
            self._cut = uuid4().hex
            self._to_clipboard(rows, self._cut)
            self._mark_cut(rows)

    @changing
    def paste(self) -> None:
        """What was copied or cut, as it fits: below the current row, else under it, else under one above it."""
        # None while another program holds the clipboard.
        mime = QGuiApplication.clipboard().mimeData() or QMimeData()
        waiting = self._panel.cut_rows()
        if waiting and token_of(mime) == self._cut:
            self._paste_cut(waiting)
        elif place := self._place_for(mime):
            self.paste_at(mime, *place)

    @changing
    def paste_at(self, mime: QMimeData, parent: Parent, before: Node | None) -> None:
        """Branches of a clipboard or of a drag to a place, always with new ids."""
        session = self._session
        try:
            copied = copied_of(mime)
            changes, roots = branch_copy.paste(session.plan, session.dokumen_id, copied, parent, before)
            lost = branch_copy.without_position(session.plan, session.dokumen_id, copied)
        except PlanError as error:
            session.failed.emit(str(error))
            return
        with busy():
            done = session.edit(_named("tempel", copied.root_rows()), changes)
        if done:
            self._show(roots)
            if lost[0]:
                session.failed.emit(without_position_words(*lost))

    @changing
    def duplicate_current(self) -> None:
        """The selected siblings once more, right behind them."""
        rows = self._rows()
        if not rows:
            return
        if not self._are_together(rows, "digandakan"):
            return
        with busy():
            changes, roots = branch_copy.duplicate(self._session.plan, rows)
            done = self._session.edit(_named("gandakan", rows), changes)
        if done:
            self._show(roots)

    @changing
    def renumber(self, scope: Scope | None = None) -> None:
        """Number the level of the current sasaran anew; without a scope it is asked for."""
        row = self._panel.current_node()
        if isinstance(row, Indikator):
            row = self._session.plan.find(Kinerja, row.kinerja_id)
        if not isinstance(row, Kinerja):
            self._session.failed.emit("Nomor ada pada sasaran. Pilih dahulu sebuah sasaran di pohon Kinerja.")
            return
        scope = scope or choose_scope(self._panel, row)
        if scope is not None:
            name = level_name(row).lower()
            changes = branches.renumber(self._session.plan, row, scope)
            if not changes:
                self._session.failed.emit(f"Nomor {name} sudah berurutan dari 1.")
            self._session.edit(f"nomori ulang {name}", changes)

    @changing
    def move(self, rows: Sequence[Node], parent: Parent, before: Node | None) -> None:
        """Branches to another place of their tree."""
        self._move(rows, parent, before, _named("pindah", rows))

    @changing
    def link(self, rows: Sequence[Node], target: Row) -> None:
        """Links between a budget line on one side and sasaran or indicators on the other."""
        plan = self._session.plan
        lines = [r for r in (*rows, target) if isinstance(r, Anggaran)]
        nodes = [r for r in (*rows, target) if isinstance(r, Kinerja | Indikator)]
        changes = branches.link_all(plan, nodes, lines)
        if not changes:
            self._session.failed.emit("Keduanya sudah dikaitkan.")
        else:
            side = "anggaran" if isinstance(target, Kinerja | Indikator) else "sasaran"
            self._session.edit(step_of(f"kaitkan {side} dengan", target), changes)

    def escape(self) -> bool:
        """Let go of what was cut; False where nothing was."""
        had = bool(self._panel.cut_rows())
        self._mark_cut(())
        return had

    def _are_together(self, rows: Sequence[Node], verb: str) -> bool:
        """Whether rows stand under one row; it is said where they do not."""
        together = branches.are_siblings(self._session.plan, rows)
        if not together:
            self._session.failed.emit(f"Yang {verb} bersama harus seinduk. Pilih baris di bawah satu induk.")
        return together

    def _rows(self) -> list[Node]:
        return branches.topmost(self._session.plan, self._panel.selected_nodes())

    def _add(self, level: str, changes: Sequence[Change]) -> None:
        name = LEVEL_NAMES.get(level, "indikator").lower()
        if self._session.edit(f"tambah {name}", changes):
            self._panel.show_row(changes[-1].row)
            self._panel.rename_current()

    def _move(self, rows: Sequence[Node], parent: Parent, before: Node | None, label: str) -> None:
        try:
            changes = branches.move_to(self._session.plan, rows, parent, before)
        except PlanError as error:
            self._session.failed.emit(str(error))
            return
        if self._session.edit(label, changes):
            self._show([row.id for row in rows])

    def _paste_cut(self, rows: list[Node]) -> None:
        at = self._panel.current_node()
        if at is not None and any(at.id == row.id for root in rows for row in edits.branch(self._session.plan, root)):
            self._session.failed.emit(INTO_ITSELF)
            return
        place = self._place(rows, self._session.dokumen_id)
        if place is not None:
            self._move(rows, *place, _named("pindah", rows))
            self._mark_cut(())

    def _place_for(self, mime: QMimeData) -> tuple[Parent, Node | None] | None:
        try:
            copied = copied_of(mime)
        except PlanError as error:
            self._session.failed.emit(str(error))
            return None
        return self._place(copied.root_rows(), self._session.dokumen_id)

    def _place(self, rows: list[Node], dokumen_id: str) -> tuple[Parent, Node | None] | None:
        """Where branches go that are pasted at the caret; None where nothing takes them, which is said."""
        plan = self._session.plan
        if isinstance(rows[0], Kinerja | Anggaran):
            self._panel.tabs.setCurrentIndex(0 if isinstance(rows[0], Kinerja) else 1)
        at = self._panel.current_node()

        def takes(parent: Parent) -> bool:
            return all(branch_copy.may_take(row, dokumen_id, plan, parent) for row in rows)

        if at is not None and type(at) is type(rows[0]) and level_of(at) == level_of(rows[0]):
            parent = branches.parent_of(plan, at)
            if takes(parent):
                return parent, self._after(at)
        inner: Node | None = None
        holder: Parent = self._owner(at)
        while holder is not None:
            if takes(holder):
                return holder, self._after(inner)
            inner, holder = holder, branches.parent_of(plan, holder)
        if level_of(rows[0]) not in JENIS[1:] and takes(None):
            return None, self._after(inner)
        self._session.failed.emit(branches.refusal(rows[0], self._owner(at)))
        return None

    def _after(self, row: Node | None) -> Node | None:
        if row is None:
            return None
        there = list(edits.siblings(self._session.plan, row))
        place = next(i for i, other in enumerate(there) if other.id == row.id) + 1
        return there[place] if place < len(there) else None

    def _show(self, ids: Sequence[str]) -> None:
        """Turn to rows that have come to a new place, all of them selected."""
        plan = self._session.plan
        first = next(row for cls in (Kinerja, Anggaran, Indikator) if (row := plan.find(cls, ids[0])) is not None)
        self._panel.show_row(first)
        self._panel.view.select_all_of(ids)

    def _to_clipboard(self, rows: Sequence[Node], token: str = "") -> None:
        QGuiApplication.clipboard().setMimeData(branch_mime(self._session, rows, token))

    def _mark_cut(self, rows: Sequence[Node]) -> None:
        plan = self._session.plan
        below = {row.id for root in rows for row in edits.branch(plan, root)}
        self._panel.set_cut([row.id for row in rows], frozenset(below))

    def _owner(self, row: Row | None) -> Kinerja | Anggaran | None:
        if isinstance(row, Indikator):
            return branches.parent_of(self._session.plan, row)
        return row if isinstance(row, Kinerja | Anggaran) else None

    def _parent_for(self, cls: type[N], level: str, row: Row | None) -> N | None:
        """The nearest row at or above the caret that a new row of the level may hang under."""
        at = self._owner(row)
        while isinstance(at, cls):
            if edits.fits_under(level, at):
                return at
            at = self._session.plan.find(cls, at.induk_id)
        return None


def without_position_words(count: int, names: Sequence[str]) -> str:
    """That pasted rows have nobody who answers for them, and which positions would have."""
    said = f"Penanggung jawab {count} baris belum ditentukan"
    quoted = [f"“{name}”" for name in names[:_NAMED]]
    more = f" dan {len(names) - _NAMED} lainnya" if len(names) > _NAMED else ""
    return f"{said}: dokumen ini tidak mempunyai jabatan {', '.join(quoted)}{more}." if names else f"{said}."


def _named(verb: str, rows: Sequence[Node]) -> str:
    """ "hapus kegiatan Pendataan Potensi...", "hapus 3 kegiatan", "hapus 3 baris"."""
    if len(rows) == 1:
        return step_of(verb, rows[0])
    names = {level_name(row).lower() for row in rows}
    name = names.pop() if len(names) == 1 else "baris"
    return f"{verb} {len(rows)} {name}"
