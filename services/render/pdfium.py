"""PDFium knows no threads: whoever calls it holds this lock meanwhile."""

from threading import Lock

LOCK = Lock()
