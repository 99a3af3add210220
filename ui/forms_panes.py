"""The panes of the forms and where they lie; what they do together is in forms_view."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.elided_label import ElidedLabel
from ui.form_list import FormList
from ui.form_settings import FormSettings, edge, pane_head
from ui.note_line import NoteLine
from ui.page_thumbs import PageThumbs
from ui.preview import Preview
from ui.preview_bar import PreviewBar
from ui.session import Session

LIST_WIDTH = 256
_REMARK_ROOM = 8


class FormsPanes(QWidget):
    """Left the list of forms, in the middle the preview under its bar, right the settings.

    `summary`: what is ticked, beside the heading of the list. `remark`: a line over the pages about what they lack.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = FormList()
        self.summary = ElidedLabel(Qt.TextElideMode.ElideRight)
        self.preview = Preview()
        self.thumbs = PageThumbs()
        self.bar = PreviewBar(self.preview)
        self.remark = NoteLine(inset=_REMARK_ROOM)
        self.settings = FormSettings(session)
        self._lay_out()

    def panes(self) -> tuple[QWidget, ...]:
        """Where F6 goes round: list, small pages, preview, settings, Ekspor."""
        return self.list, self.thumbs, self.preview, self.settings.page.paper, self.settings.export.pdf

    def _lay_out(self) -> None:
        self.list.setMinimumWidth(LIST_WIDTH // 2)
        self.list.setMaximumWidth(LIST_WIDTH - 1)
        self.setFocusProxy(self.list)
        self.summary.setForegroundRole(self.summary.palette().ColorRole.PlaceholderText)
        self.thumbs.hide()
        head, shown = QWidget(), QWidget()
        head_row, pages = QHBoxLayout(head), QHBoxLayout(shown)
        head_row.setContentsMargins(0, 0, 12, 0)
        head_row.addWidget(pane_head("Formulir"), 1)
        head_row.addWidget(self.summary)
        pages.setContentsMargins(0, 0, 0, 0)
        pages.setSpacing(0)
        pages.addWidget(self.thumbs)
        pages.addWidget(self.preview, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(_column(head, edge(), self.list))
        layout.addWidget(edge(upright=True))
        layout.addLayout(_column(self.bar, edge(), self.remark, shown), 1)
        layout.addWidget(edge(upright=True))
        layout.addWidget(self.settings)
        order = (self.list, self.thumbs, self.preview, self.bar.page, self.bar.zoom, self.settings.page.paper)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)


def _column(*widgets: QWidget) -> QVBoxLayout:
    """One below the other; the last takes the room that is left."""
    column = QVBoxLayout()
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget, 1 if widget is widgets[-1] else 0)
    return column
