"""How a change is painted in the list: the place with what stands above it, the rest of a step in grey."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from ui.colours import colours
from ui.fonts import ui_font
from ui.history_model import SEMULA, SIAPA, TEMPAT, TINDAKAN, WAKTU, HistoryModel
from ui.list_rows import LEFT, Index, RowDelegate, paint_ground

_RIGHT_END = Qt.TextElideMode.ElideRight


class HistoryDelegate(RowDelegate):
    """Fills and draws text only; when, who and what are grey where the line above says the same."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, HistoryModel)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        c, column = colours(), index.column()
        paint_ground(painter, option)
        painter.setFont(ui_font())
        metrics, box = painter.fontMetrics(), rect.adjusted(6, 0, -6, 0)
        text = " ".join((index.data() or "").split())
        again = column in (WAKTU, SIAPA, TINDAKAN) and model.goes_on(index.row())
        painter.setPen(c.muted if again or column == SEMULA else c.text)
        said = metrics.elidedText(text, _RIGHT_END, box.width())
        painter.drawText(box, LEFT, said)
        room = box.width() - metrics.horizontalAdvance(said)
        if column == TEMPAT and said == text and room > 60 and (path := model.path(index.row())):
            painter.setPen(c.muted)
            above = metrics.elidedText(f"  ‹ {path}", _RIGHT_END, room)
            painter.drawText(box.adjusted(box.width() - room, 0, 0, 0), LEFT, above)
