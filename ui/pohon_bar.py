"""The bar over the chart: where it starts, the holes, the zoom, and the way to paper."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from services.kekosongan import WORDS, Hole
from services.pohon.nodes import Node
from services.terms import LEVELS
from ui.icons import icon
from ui.marks import mark_icon

HEIGHT = 36
_FIELD = 24
_CRUMB = 150
"""Pixels of a step of the way, at most."""
_MOST = 12
"""Lines of the menu for one rule."""


class PohonBar(QWidget):
    """`start_wanted(key)`: begin at another box, "" for all; `hole_wanted(Hole)`: show where something is missing."""

    start_wanted = Signal(str)
    hole_wanted = Signal(object)
    marks_wanted = Signal(bool)
    zoom_wanted = Signal(int)
    fit_wanted = Signal()
    print_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.crumbs = QWidget()
        self._crumbs = QHBoxLayout(self.crumbs)
        self._crumbs.setContentsMargins(0, 0, 0, 0)
        self._crumbs.setSpacing(2)
        self.crumbs.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.marks = QCheckBox("Tampilkan &kekosongan")
        self.marks.setChecked(True)
        self.marks.toggled.connect(self.marks_wanted)
        self.holes = self._button("Kekosongan", "Semua yang kosong, menurut jenisnya", self._open_holes)
        self.holes.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._holes: Sequence[Hole] = ()
        self.nearer = self._button("", "Perbesar (Ctrl++)", lambda: self.zoom_wanted.emit(1), "zoom-in")
        self.farther = self._button("", "Perkecil (Ctrl+-)", lambda: self.zoom_wanted.emit(-1), "zoom-out")
        self.zoom = self._button("100%", "Ukuran sebenarnya (Ctrl+0)", lambda: self.zoom_wanted.emit(0))
        self.zoom.setFixedWidth(48)
        self.fit = self._button("Muat semua", "Seluruh bagan dalam satu layar (Ctrl+9)", self.fit_wanted.emit)
        self.print = self._button("Cetak bagan...", "Pohon kinerja di Formulir", self.print_wanted.emit, "printer")
        self.print.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 8, 0)
        layout.setSpacing(4)
        layout.addWidget(self.crumbs, 1)
        for widget in (self.marks, self.holes, _line(), self.farther, self.zoom, self.nearer, self.fit, _line()):
            layout.addWidget(widget)
        layout.addWidget(self.print)
        self.show_path(())
        self.show_holes((), ready=False)

    def show_path(self, path: Sequence[Node]) -> None:
        """The way from the top of the plan down to the box with which the chart begins."""
        while self._crumbs.count():
            widget = self._crumbs.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not path:
            whole = QLabel("Seluruh rencana")
            whole.setForegroundRole(whole.palette().ColorRole.PlaceholderText)
            self._crumbs.addWidget(whole)
        else:
            self._crumbs.addWidget(self._crumb("Seluruh rencana", "", "Kembali ke seluruh rencana"))
            for node in path[:-1]:
                key = node.row_id or node.text
                self._crumbs.addWidget(QLabel("›"))
                self._crumbs.addWidget(self._crumb(node.title or node.text, key, f"{node.title}\n{node.text}"))
            self._crumbs.addWidget(QLabel("›"))
            here = QLabel(path[-1].title or path[-1].text)
            here.setToolTip(path[-1].text)
            self._crumbs.addWidget(here)
        self._crumbs.addStretch()

    def show_holes(self, holes: Sequence[Hole], *, ready: bool) -> None:
        """How many holes there are."""
        self._holes = holes
        worst = min((hole.tingkat for hole in holes), key=LEVELS.index, default=None)
        if not ready:
            self.holes.setText("Sedang memeriksa...")
            self.holes.setIcon(icon("list-checks"))
        elif worst:
            self.holes.setText(f"{len(holes)} kekosongan")
            self.holes.setIcon(mark_icon(worst))
        else:
            self.holes.setText("Tanpa kekosongan")
            self.holes.setIcon(icon("check", role="in_order"))
        self.holes.setAccessibleName(self.holes.text())
        self.holes.setEnabled(bool(holes))

    def show_zoom(self, zoom: float) -> None:
        """In per cent."""
        self.zoom.setText(f"{round(zoom * 100)}%")
        self.zoom.setAccessibleName(f"Perbesaran {self.zoom.text()}")

    def holes_menu(self) -> QMenu:
        """Each hole, under its rule."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.setToolTipsVisible(True)
        for kode, words in WORDS.items():
            those = [hole for hole in self._holes if hole.kode == kode]
            if not those:
                continue
            below = menu.addMenu(mark_icon(those[0].tingkat), f"{words} ({len(those)})")
            below.setToolTipsVisible(True)
            for hole in those[:_MOST]:
                action = below.addAction((hole.place or hole.sentence).replace("&", "&&"))
                action.setToolTip(hole.sentence)
                action.triggered.connect(partial(self._want, hole))
            if len(those) > _MOST:
                below.addAction(f"dan {len(those) - _MOST} lainnya di Daftar temuan").setEnabled(False)
        return menu

    def _want(self, hole: Hole, _checked: bool = False) -> None:
        self.hole_wanted.emit(hole)

    def _open_holes(self) -> None:
        self.holes_menu().popup(self.holes.mapToGlobal(QPoint(0, self.holes.height())))

    def _crumb(self, text: str, key: str, tip: str) -> QToolButton:
        button = self._button(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, _CRUMB), tip, None)
        button.clicked.connect(lambda: self.start_wanted.emit(key))
        button.setAccessibleName(text)
        return button

    def _button(self, text: str, tip: str, do: object, picture: str = "") -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setFixedHeight(_FIELD)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(text.removesuffix("...") or tip.split(" (")[0])
        if picture:
            button.setIcon(icon(picture))
        if callable(do):
            button.clicked.connect(lambda: do())
        return button


def _line() -> QFrame:
    line = QFrame(frameShape=QFrame.Shape.VLine)
    line.setFixedSize(9, 20)
    return line
