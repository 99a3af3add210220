"""The preview of a merge with what someone else put in the place of the open plan."""

from pathlib import Path

from models.merging import PlanCopy
from models.outside import Outside
from services.merge import Progress
from services.merge_preview import Pending, pending

TITLE = "Gabung berkas yang diganti dari luar"


def label_of(found: Outside) -> str:
    """What the menu calls the step."""
    return f"gabung berkas yang diubah {found.who}" if found.who else "gabung berkas yang diubah dari luar"


def pending_outside(
    ours: PlanCopy, path: Path, found: Outside, progress: Progress = lambda *_: None
) -> tuple[Pending | None, tuple[str, ...]]:
    """As `merge_preview.pending` of copies; `path` is that of the plan itself.

    Raises:
        PlanError: the progress stopped it.
    """
    made, refused = pending(ours, [path], None, progress)
    if made is not None:
        made.title, made.mereka = TITLE, found.who
    return made, refused
