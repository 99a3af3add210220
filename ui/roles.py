"""Roles beyond Qt's own that item models answer."""

from PySide6.QtCore import Qt

_FIRST = Qt.ItemDataRole.UserRole + 1

ROW_ID = _FIRST
LEVEL = _FIRST + 1
"""The worst finding's level of a branch or cell, or None."""
COUNT = _FIRST + 2
"""How many findings stand behind LEVEL."""
NUMBER = _FIRST + 3
"""The number printed before a statement."""
ROLLUP = _FIRST + 4
"""True in a grey line of sums."""
KIND = _FIRST + 5
"""What the row is, for its icon and weight."""
DEPTH = _FIRST + 6
"""Steps of indentation in a flat list."""
