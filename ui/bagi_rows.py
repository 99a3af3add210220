"""Bagi over several selected rows: which of them are spread, each by its own year, and which are left out and why."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from models.rows import Anggaran, Indikator
from services.bagi_banyak import Hasil, spread_rows
from services.bagi_cara import Ask, Cara
from services.bagi_isian import Kas
from services.cell_edit import NAME_SHOWN, shortened, step_name
from services.naming import row_text
from ui.bagi_frame import EDGES, PICK_FIRST, BagiFrame
from ui.icons import icon
from ui.marks import mark_icon
from ui.proxy_style import plain_fusion
from ui.session import Session

BARIS, SETAHUN, HASIL = range(3)
_WIDTH, _TOTAL, _RESULT = 512, 116, 148
_BELOW = 76
"""Pixels of the heading above the list and of the sentence below it."""
AT_A_TIME = 400
"""Rows that are worked out in one go."""
_DONE, _LEFT_OUT = "dibagi", "dilewati"
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class BagiRowsDialog(BagiFrame):
    """All rows that the way fits are one `session.edit`. `list`: a line for each row, with what comes of it."""

    def __init__(
        self,
        session: Session,
        rows: Sequence[Anggaran | Indikator],
        parent: QWidget | None = None,
        *,
        tight: bool | None = None,
    ) -> None:
        super().__init__(session, rows, parent, tight=tight)
        self._found: list[Hasil] = []
        self._ask: Ask | None = None
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._go_on)
        filled = sum(bool(isian.filled) for isian in self._isians)
        self.keep.setText(f"&Pertahankan bulan yang sudah diisi ({filled} baris)")
        self.keep.setVisible(filled > 0)
        self.list = self._made_list()
        self.lay_out(f"{len(self._rows)} baris, tiap baris menurut setahunnya", "", "", self.list)
        self.ways.patterns.wants_saving.connect(lambda: self.ways.patterns.keep(self.ways.weights() or (), self))
        self.refresh()
        self.ways.buttons[self.ways.cara()].setFocus()

    def accept(self) -> None:
        """Divide the rows that can be divided, and close."""
        if not self.divide_button.isEnabled():
            return
        done = [found for found in self._found if not found.problem]
        kinds = {"pagu" if isinstance(isian, Kas) else "target" for isian in self._isians}
        label = f"bagi {kinds.pop() if len(kinds) == 1 else 'setahun'} ke bulan"
        changes = [change for found in done for change in found.changes]
        if done and self._session.edit(step_name(label, [found.name for found in done]), changes):
            left = [found for found in self._found if found.problem]
            if left:
                first = f"{shortened(left[0].name, NAME_SHOWN)}: {left[0].problem}"
                self._session.failed.emit(f"{len(done)} baris dibagi; {len(left)} dilewati. {first}")
            super().accept()

    def refresh(self) -> None:
        cara, ask = self.ways.cara(), self.ask()
        self.keep.setEnabled(cara is not Cara.LANJUT)
        self.months.setEnabled(cara is not Cara.AKHIR)
        self.links.setEnabled(self.months.isEnabled())
        if ask is None:
            self._found = []
            self._timer.stop()
            self._show([(PICK_FIRST, False)] * len(self._rows))
            self.say(PICK_FIRST, "peringatan")
            return
        self._found, self._ask = [], ask
        self._go_on()

    def _go_on(self) -> None:
        """The next rows; of many some at a time, so that the window answers meanwhile."""
        assert self._ask is not None
        at = len(self._found)
        rows, isians = self._rows[at : at + AT_A_TIME], self._isians[at : at + AT_A_TIME]
        self._found += spread_rows(rows, isians, self._ask, self.ways.own_weights())
        self._show([(found.problem, not found.problem) for found in self._found[at:]], at)
        if len(self._found) < len(self._rows):
            self.say(f"Menghitung, {len(self._found)} dari {len(self._rows)} baris.", "catatan")
            self._timer.start()
        else:
            self._conclude()

    def _conclude(self) -> None:
        done = sum(not found.problem for found in self._found)
        left = len(self._found) - done
        if not done:
            reasons = {found.problem for found in self._found}
            self.say(reasons.pop() if len(reasons) == 1 else "Tidak ada baris yang dapat dibagi.", "peringatan")
        else:
            self.say(f"{done} baris dibagi{f'; {left} dilewati, isinya tetap' if left else ''}.", "")

    def _made_list(self) -> QTreeWidget:
        made = QTreeWidget()
        made.setStyle(plain_fusion())
        made.setAccessibleName("Hasil per baris")
        made.setHeaderLabels(["Baris", "Setahun", "Hasil"])
        made.setRootIsDecorated(False)
        made.setUniformRowHeights(True)
        made.setFrameShape(QFrame.Shape.Box)
        made.setTabKeyNavigation(False)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setIconSize(QSize(16, 16))
        header = made.header()
        header.setStretchLastSection(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(BARIS, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(SETAHUN, _TOTAL)
        header.resizeSection(HASIL, _RESULT)
        made.headerItem().setTextAlignment(SETAHUN, _RIGHT)
        items = []
        for row, isian in zip(self._rows, self._isians, strict=True):
            item = QTreeWidgetItem([" ".join(row_text(row).split()), isian.total, ""])
            item.setToolTip(BARIS, row_text(row))
            item.setTextAlignment(SETAHUN, _RIGHT)
            item.setSizeHint(BARIS, QSize(0, self._table_row))
            items.append(item)
        made.addTopLevelItems(items)
        made.setFixedSize(_WIDTH, self._height - EDGES - _BELOW)
        return made

    def _show(self, results: Sequence[tuple[str, bool]], first: int = 0) -> None:
        done, left_out = icon("check", role="in_order"), mark_icon("peringatan")
        for place, (problem, fits) in enumerate(results, first):
            item = self.list.topLevelItem(place)
            assert item is not None
            item.setIcon(HASIL, done if fits else left_out)
            item.setText(HASIL, _DONE if fits else f"{_LEFT_OUT}: {problem}")
            item.setToolTip(HASIL, problem)
