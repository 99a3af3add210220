"""What supports a sasaran, or what a budget line supports, in one line; each of them can be gone to."""

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCursor, QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy

from models.rows import Anggaran, Dukungan, Indikator, Kinerja, Row
from services.naming import level_name, row_text
from services.row_words import called
from services.rupiah import format_rupiah
from services.terms import LEVEL_NAMES
from ui.session import Session

LINK_FLAGS = Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
_STYLE = 'style="text-decoration:none"'


class LinkLabel(QLabel):
    """A line of links; Tab comes onto the first of them at once, not onto the line as a whole."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextInteractionFlags(LINK_FLAGS)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.focusNextPrevChild(event.reason() == Qt.FocusReason.TabFocusReason)


class LinkLine(LinkLabel):
    """`go_to(row)`: a row on the other side was chosen. `link_wanted`: the picker was."""

    go_to = Signal(object)
    link_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._row: Row | None = None
        self._others: list[Row] = []
        self.setMinimumWidth(40)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.linkActivated.connect(self._on_link)

    def others(self) -> list[Row]:
        """The rows on the other side."""
        return self._others

    def show_row(self, row: Row) -> None:
        """Say what a row is linked with; nothing for an indicator of a budget line, which is its own support."""
        self._row = row
        if isinstance(row, Indikator) and row.anggaran_id:
            self._others = []
            self.clear()
            return
        self._others = list(
            _supported(self._session, row) if isinstance(row, Anggaran) else _support(self._session, row)
        )
        said = self._of_line() if isinstance(row, Anggaran) else self._of_node()
        link = "" if self._session.read_only else f' &nbsp;<a href="kaitkan" {_STYLE}>Kaitkan...</a>'
        self.setText(f"{said}{link}")
        self.setToolTip("\n".join(": ".join(filter(None, _entry(self._session, other))) for other in self._others))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._row is not None and self._session.plan.find(type(self._row), self._row.id) is not None:
            self.show_row(self._row)

    def menu(self) -> QMenu:
        """The rows on the other side, one entry each."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for other in self._others:
            name, amount = _entry(self._session, other)
            room = max(min(self.window().width() // 2, 640), 240)
            name = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room).replace("&", "&&")
            menu.addAction(f"{name}\t{amount}" if amount else name).triggered.connect(partial(self._go, other))
        return menu

    def _of_line(self) -> str:
        """ "3 Terwujudnya Tata Kelola...", or how many they are where there are more."""
        if len(self._others) > 1:
            return f'<a href="daftar" {_STYLE}>{len(self._others)} sasaran</a>: {self._escaped(self._names(), 128)}'
        if not self._others:
            return "belum dikaitkan"
        return f'<a href="daftar" {_STYLE}>{self._escaped(self._names(), 72)}</a>'

    def _of_node(self) -> str:
        """ "3 program, Rp 10.348.836.794"."""
        lines = [line for line in self._others if isinstance(line, Anggaran)]
        if not lines:
            return "belum dikaitkan"
        kinds = {LEVEL_NAMES[line.jenis].lower() for line in lines}
        what = kinds.pop() if len(kinds) == 1 else "baris anggaran"
        total = f", Rp {format_rupiah(self._session.rollup.of(lines).pagu or 0)}"
        count = f"{len(lines)} {what}"
        if self.fontMetrics().horizontalAdvance(f"{count}{total}   Kaitkan...") > self.width():
            total = ""
        return f'<a href="daftar" {_STYLE}>{count}</a>{total}'

    def _names(self) -> str:
        nodes = [n for n in self._others if isinstance(n, Kinerja)]
        return "; ".join(f"{n.nomor or ''} {row_text(n)}".strip() for n in nodes)

    def _escaped(self, text: str, taken: int) -> str:
        room = max(self.width() - taken, 60)
        text = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        return text.replace("&", "&amp;").replace("<", "&lt;")

    def _on_link(self, name: str) -> None:
        if name == "kaitkan":
            self.link_wanted.emit()
        elif len(self._others) == 1:
            self.go_to.emit(self._others[0])
        elif self._others:
            inside = self.rect().contains(self.mapFromGlobal(QCursor.pos()))
            self.menu().popup(QCursor.pos() if inside else self.mapToGlobal(QPoint(0, self.height())))

    def _go(self, row: Row, _checked: bool = False) -> None:
        self.go_to.emit(row)


def _support(session: Session, row: Row) -> list[Anggaran]:
    node = row.kinerja_id if isinstance(row, Indikator) else row.id
    links = session.plan.where(Dukungan, "kinerja_id", node or "")
    return [session.plan.get(Anggaran, link.anggaran_id) for link in links]


def _supported(session: Session, line: Anggaran) -> list[Kinerja]:
    links = session.plan.where(Dukungan, "anggaran_id", line.id)
    return [session.plan.get(Kinerja, link.kinerja_id) for link in links]


def _entry(session: Session, row: Row) -> tuple[str, str]:
    """(what a row on the other side is called, its pagu)."""
    if isinstance(row, Anggaran):
        return called(row), f"Rp {format_rupiah(session.rollup.line(row.id).pagu or 0)}"
    number = f" {row.nomor}" if isinstance(row, Kinerja) and row.nomor else ""
    return f"{level_name(row)}{number}: {row_text(row)}", ""
