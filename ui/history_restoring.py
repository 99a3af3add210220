"""Kembalikan: the value from before a change put back, or the row that was deleted, as one step that can be undone."""

from PySide6.QtWidgets import QWidget

from models.changes import Change
from models.errors import PlanError
from models.history_reading import HistoryReader
from services.history_restore import RowGoneError, bringing_back, gone_words, restoring
from services.history_view import Happened
from services.terms import Level
from ui.messages import confirm
from ui.session import Session

_ROW, _VALUE = "kembalikan baris yang dihapus", "kembalikan {field}"


def put_back(parent: QWidget, session: Session, reader: HistoryReader, happened: Happened) -> tuple[str, Level]:
    """Do it, a deleted row only after asking; returns what to say, "" where nothing was done.

    `parent`: the window of the question.
    """
    whole_row = happened.column is None
    try:
        changes = restoring(session.plan, happened)
    except RowGoneError:
        try:
            changes, whole_row = bringing_back(reader, session.plan, happened), True
        except PlanError as error:
            return str(error), "galat"
        if not _asked(parent, session, reader, happened, changes):
            return "", "catatan"
    except PlanError as error:
        return str(error), "galat"
    if not changes:
        return "Nilai itu yang sekarang tertulis.", "catatan"
    if not session.edit(_ROW if whole_row else _VALUE.format(field=happened.field), changes):
        return "", "catatan"
    done = f"{len(changes)} baris" if whole_row and len(changes) > 1 else happened.where.removeprefix("(dihapus) ")
    return f"Dikembalikan: {done}. Ctrl+Z mengurungkan.", "catatan"


def _asked(
    parent: QWidget, session: Session, reader: HistoryReader, happened: Happened, changes: tuple[Change, ...]
) -> bool:
    """Whether the officer wants the row back."""
    what = "baris itu" if len(changes) == 1 else f"baris itu dengan {len(changes) - 1} baris yang ikut terhapus"
    gone = gone_words(reader, session.plan, happened)
    note = f"{gone} Yang dikembalikan: {what}. Dapat diurungkan.".strip()
    return confirm(parent, "Baris ini sudah dihapus. Kembalikan barisnya?", "Kembalikan baris", note)
