"""Branches on the clipboard and under the pointer: our own format for plans, plain text for everything else."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData

from models.errors import PlanError
from services.branch_copy import Copied, outline_cells, take
from services.branch_text import MIME, NOT_OURS, SIZE_MAX, from_text, to_text
from services.branches import Node
from ui import clipboard
from ui.session import Session

TOKEN = "application/x-renaksi-cut"
"""Which cut this is: pasted in the plan that it comes from, it moves rows."""


DRAG = "application/x-renaksi-drag"
"""Which panel the rows come from, and their ids, one a line: dropped in the same panel, they are these very rows."""


def branch_mime(session: Session, rows: Sequence[Node], token: str = "", panel: str = "") -> QMimeData:
    """The branches of these rows; for a spreadsheet also as a block in which codes are texts and amounts numbers."""
    texts, numbers = outline_cells(session.plan, rows)
    mime = clipboard.write(texts, numbers=numbers)
    mime.setData(MIME, to_text(take(session.plan, rows)).encode())
    if token:
        mime.setData(TOKEN, token.encode())
    if panel:
        mime.setData(DRAG, "\n".join([panel, *(row.id for row in rows)]).encode())
    return mime


def dragged_ids(mime: QMimeData, panel: str) -> list[str]:
    """The rows that are dragged, where they come from this panel."""
    if not mime.hasFormat(DRAG):
        return []
    source, *ids = bytes(mime.data(DRAG).data()).decode(errors="replace").split("\n")
    return ids if source == panel else []


def token_of(mime: QMimeData) -> str:
    """The cut that is on the clipboard; "" for a copy."""
    return bytes(mime.data(TOKEN).data())[:64].decode(errors="replace") if mime.hasFormat(TOKEN) else ""


def copied_of(mime: QMimeData) -> Copied:
    """The branches that another tree, window or program offers.

    Raises:
        PlanError: none of ours, or not to be trusted.
    """
    if not mime.hasFormat(MIME):
        raise PlanError("Papan klip tidak memuat cabang Renaksi. Salin dahulu sebuah cabang di pohon (Ctrl+C).")
    data = mime.data(MIME)
    if data.size() > SIZE_MAX:
        raise PlanError("Cabang di papan klip terlalu besar. Salin dalam beberapa bagian.")
    try:
        text = bytes(data.data()).decode()
    except UnicodeDecodeError:
        raise PlanError(NOT_OURS) from None
    return from_text(text)
