"""How the details stand: lines of labelled fields that give way where the window is narrow."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.fields import TickField
from ui.proxy_style import FIELD_HEIGHT

LABEL, PERSON = 112, 300
QWIDGETSIZE_MAX = (1 << 24) - 1


def at_most(field: QWidget, width: int) -> None:
    """A width that gives way, to less than two thirds, where the window is narrow."""
    field.setMinimumWidth(width * 3 // 5)
    field.setMaximumWidth(width)
    field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


def page(*lines: Sequence[tuple[str, QWidget]]) -> QWidget:
    """Lines of labelled fields; the first label of each line has one width, the last field takes the rest."""
    whole = QWidget()
    layout = QVBoxLayout(whole)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    for line in lines:
        row = QHBoxLayout()
        row.setSpacing(8)
        for i, (text, field) in enumerate(line):
            if text:
                label = QLabel(text)
                label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
                label.setBuddy(field)
                field.setAccessibleName(text.replace("&", ""))
                if i == 0:
                    label.setFixedWidth(LABEL)
                else:
                    row.addSpacing(8)
                row.addWidget(label)
            stretches = field.maximumWidth() in (PERSON, QWIDGETSIZE_MAX) and not isinstance(field, TickField)
            row.addWidget(field, 1 if stretches or isinstance(field, QLabel) else 0)
        if not isinstance(line[-1][1], QLabel) and not any(row.stretch(i) for i in range(row.count())):
            row.addStretch()
        row.itemAt(0).widget().setMinimumHeight(FIELD_HEIGHT)
        layout.addLayout(row)
    layout.addStretch()
    return whole
