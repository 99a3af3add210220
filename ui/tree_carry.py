"""What is carried from one place of the trees to another, and what letting go of it does."""

from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from models.errors import PlanError
from services import branch_copy, branches
from services.branch_text import MIME
from services.branches import Node
from services.naming import row_text
from ui.tree_clipboard import branch_mime, copied_of, dragged_ids
from ui.tree_commands import TreeCommands
from ui.tree_drag import DraggingTree
from ui.tree_drop import Carried, Drop, link_at, place_of

if TYPE_CHECKING:
    from ui.tree_panel import TreePanel


class TreeCarry:
    """Answers the trees of one panel while rows are dragged over them."""

    def __init__(self, panel: "TreePanel", commands: TreeCommands) -> None:
        self._panel = panel
        self._commands = commands
        self._name = uuid4().hex
        self._offered: tuple[bytes, branch_copy.Copied | None] = (b"", None)

    def listen_to(self, view: DraggingTree) -> None:
        """Answer one more tree."""
        view.drag_begun.connect(self._on_drag_begun)
        view.asked.connect(self._on_asked)
        view.dropped.connect(self._on_dropped)

    def _on_drag_begun(self, carried: Carried) -> None:
        rows = branches.topmost(self._panel.session.plan, self._panel.selected_nodes())
        if rows and branches.are_siblings(self._panel.session.plan, rows):
            carried.mime = branch_mime(self._panel.session, rows, panel=self._name)
            carried.label = row_text(rows[0]) if len(rows) == 1 else f"{len(rows)} baris"

    def _on_asked(self, carried: Carried) -> None:
        """Fill in what a drop at the pointer would do; nothing where it is forbidden."""
        event, view, session = carried.event, carried.view, self._panel.session
        plan, dokumen_id = session.plan, session.dokumen_id
        if event is None or session.read_only:
            return
        position = event.position().toPoint()
        own = self._panel.rows_of(dragged_ids(event.mimeData(), self._name))
        if own:
            carried.drop = link_at(view, position, own)
            if carried.drop is None:
                copies = bool(event.modifiers() & event.modifiers().ControlModifier)
                may = partial(branches.may_stand, plan)
                carried.drop = place_of(view, plan, position, own, "salin" if copies else "pindah", may)
        elif event.mimeData().hasFormat(MIME):
            rows = self._offered_rows(bytes(event.mimeData().data(MIME).data()), carried)
            if rows:
                carried.drop = place_of(
                    view, plan, position, rows, "salin", lambda r, p: branch_copy.may_take(r, dokumen_id, plan, p)
                )

    def _on_dropped(self, drop: Drop) -> None:
        dragged = drop.carried
        assert dragged is not None
        event = dragged.event
        assert event is not None
        rows = self._panel.rows_of(dragged_ids(event.mimeData(), self._name))
        if drop.verb == "kaitkan" and drop.target is not None:
            self._commands.link(rows, drop.target)
        elif drop.verb == "pindah":
            self._commands.move(rows, drop.parent, drop.before)
        else:
            self._commands.paste_at(event.mimeData(), drop.parent, drop.before)

    def _offered_rows(self, data: bytes, carried: Carried) -> list[Node]:
        """The branches that another window offers; read once for a whole drag."""
        if self._offered[0] != data:
            event = carried.event
            assert event is not None
            try:
                self._offered = (data, copied_of(event.mimeData()))
            except PlanError:
                self._offered = (data, None)
        copied = self._offered[1]
        return copied.root_rows() if copied is not None else []
