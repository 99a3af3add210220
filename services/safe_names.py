"""Names of files that every system takes."""

import re

_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(10))}


def safe_name(text: str) -> str:
    """A part of a file name that every system takes: letters, digits and hyphens, at most 60."""
    name = re.sub(r"[^\w]+", "-", text).strip("-")[:60].strip("-") or "tanpa-nama"
    return f"{name}-" if name.upper() in _RESERVED else name
