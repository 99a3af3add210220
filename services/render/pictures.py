"""Images that people bring, such as the emblem of a region."""

from functools import lru_cache
from io import BytesIO


@lru_cache(maxsize=16)
def shape(data: bytes | None) -> float | None:
    """Width over height of a PNG or JPEG; None for anything that cannot be shown."""
    if not data:
        return None
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as image:
            image.load()
            width, height = image.size
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    return width / height if width and height else None
