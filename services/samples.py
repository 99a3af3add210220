"""The sample plans that come with the program: names and figures of real plans, without prose and officials."""

from pathlib import Path

from models.plan import Plan
from models.workspace import data_folder
from services.document import Document
from services.interchange import import_changes, load
from services.resources import FIRST_SAMPLE, resource


def sample_path(name: str = FIRST_SAMPLE) -> Path:
    """The interchange file of a sample."""
    return resource("contoh", f"{name}.renaksi.json")


def sample_plan(name: str = FIRST_SAMPLE) -> tuple[Plan, str]:
    """(rows in memory, id of the document) of a sample, without any file."""
    plan = Plan()
    dokumen_id, changes = import_changes(load(sample_path(name)), plan)
    plan.apply(changes)
    return plan, dokumen_id


def create_from(source: Path, target: Path) -> Document:
    """A new plan file with the document of an interchange file, published and open."""
    data = load(source)
    import_changes(data, Plan())
    document = Document.create(target)
    try:
        _, changes = import_changes(data, document.plan)
        document.edit(f"impor {source.name}", changes)
        document.file.publish()
    except BaseException:
        document.file.discard()
        raise
    return document


def add_from(source: Path, target: Path) -> None:
    """One more document in an existing plan file, published; nothing of it stays where that fails.

    Edits that a crash left in the working copy outlive the failure.
    """
    data = load(source)
    document = Document.open(target)
    edited = False
    try:
        _, changes = import_changes(data, document.plan)
        document.edit(f"impor {source.name}", changes)
        edited = True
        document.file.publish()
    except BaseException:
        if document.file.recovered:
            if edited:
                document.undo()
            document.file.close()
        else:
            document.file.discard()
        raise
    document.file.close()


def own_sample(name: str = FIRST_SAMPLE) -> Path:
    """The officer's own copy of a sample, made at the first call; free to be tried out."""
    folder = data_folder() / "contoh"
    folder.mkdir(exist_ok=True)
    target = folder / f"{name}.db"
    if not target.exists():
        create_from(sample_path(name), target).file.close()
    return target
