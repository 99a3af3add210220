"""How high the rows of both halves of the grid are, and how wide a column wants to be."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QFontMetrics

from models.rows import Anggaran, Indikator
from services.month_grid import URAIAN, Line
from ui.fonts import ui_font
from ui.grid_paint import BADGE, PADDING, is_bold, name_left
from ui.tree_delegate import LINE, ROW

if TYPE_CHECKING:
    from ui.grid_view import GridView

_NARROWEST, _WIDEST = 48, 400
"""Pixels of the narrowest and the widest column that a double click on an edge makes."""
_MEASURED = 500
"""Rows that are measured for it."""


class GridRows:
    """Rows of one or two lines of text, the same in both halves."""

    def __init__(self, view: "GridView") -> None:
        self._view = view
        self._fitted: list[tuple[str, bool]] = []

    def fit(self) -> None:
        """Give every row its height."""
        view, count = self._view, range(self._view.model.rowCount())
        self._fitted = [self._key(row) for row in count]
        heights = [self._height(row) for row in count]
        usual = ROW + LINE if heights.count(ROW) * 2 < len(heights) else ROW
        for table in (view.frozen, view.months):
            rows = table.verticalHeader()
            # Otherwise each height is a signal of its own.
            rows.blockSignals(True)
            rows.setDefaultSectionSize(usual)
            for row, height in enumerate(heights):
                # A head keeps its sections when the model is reset.
                if rows.sectionSize(row) != height:
                    rows.resizeSection(row, height)
            rows.blockSignals(False)
            table.doItemsLayout()

    def refit(self, first: QModelIndex, last: QModelIndex) -> None:
        """After a change of cells: rows whose name or mark is another one now."""
        for row in range(first.row(), last.row() + 1):
            key = self._key(row)
            if self._fitted[row] != key:
                self._fitted[row] = key
                self._view.frozen.setRowHeight(row, self._height(row))
                self._view.months.setRowHeight(row, self._height(row))

    def has_findings(self, line: Line) -> bool:
        """Whether room is kept behind a name for the mark of what has been found."""
        checks = self._view.model.session.checks
        return line.kind != "jumlah" and bool(checks.at(Indikator if line.kind == "target" else Anggaran, line.row_id))

    def width_of(self, column: int) -> int:
        """Pixels that the texts of a column want, up to a bound; of a long grid the first lines are measured."""
        model = self._view.model
        metrics = QFontMetrics(ui_font(semibold=True))
        rows = range(min(model.rowCount(), _MEASURED))
        left = max((name_left(model.line(row)) for row in rows), default=0) if column == URAIAN else PADDING
        widest = max((metrics.horizontalAdvance(model.text(row, column)) for row in rows), default=0)
        return min(max(widest + left + PADDING + 4, _NARROWEST), _WIDEST)

    def _key(self, row: int) -> tuple[str, bool]:
        line = self._view.model.line(row)
        return self._view.model.name(line), self.has_findings(line)

    def _height(self, row: int) -> int:
        line = self._view.model.line(row)
        text, badge = self._fitted[row]
        width = self._view.frozen.columnWidth(URAIAN) - PADDING - name_left(line) - (BADGE if badge else 0) - 1
        return ROW + LINE * (len(self._view.painter.name_lines(text, width, bold=is_bold(line))) - 1)
