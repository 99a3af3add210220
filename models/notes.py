"""The name of the note beside an open plan, `~$NAMA.db`: it is no plan, although it ends as one."""

from pathlib import Path

_MARK = "~$"


def note_path(path: Path) -> Path:
    """Where the note of a plan stands; file synchronisers leave such names alone."""
    return path.with_name(f"{_MARK}{path.name}")


def is_note(path: Path) -> bool:
    """Whether a file is such a note, by its name."""
    return path.name.startswith(_MARK)


def note_words(path: Path) -> str:
    """What a note is, for one who wants to open it."""
    plan = path.name.removeprefix(_MARK)
    return f"{path.name} bukan rencana, melainkan tanda bahwa {plan} sedang dibuka. Bukalah {plan}."
