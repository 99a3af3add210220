"""The interchange file `renaksi-json`, version 1: read with the place of every fault, written without loss."""

from services.interchange.reading import cut_texts, import_changes, load, unknown_keys
from services.interchange.writing import export_document

__all__ = ["cut_texts", "export_document", "import_changes", "load", "unknown_keys"]
