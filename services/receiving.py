"""Whose copy an open plan is; all that copies need beyond that is in `services.copies`."""

from models.errors import PlanError
from models.merging import first_entry, sending
from models.rows import Salinan
from services.document import Document


def received(document: Document) -> Salinan | None:
    """How this very file was sent, where it is a copy; None for the plan itself."""
    try:
        return sending(first_entry(document.file.path))
    except PlanError:
        return None
