"""The bar over the text of a section: styles, lists, placeholders, and the text as it will be printed."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from ui.fonts import LIST_HEADING, ui_font
from ui.icons import icon
from ui.narasi_lists import BULLET, LETTER, NUMBER
from ui.narasi_text import NarasiText
from ui.preview_bar import HEIGHT

_FIELD = 24
_VALUE_PX = 200

Offers = Callable[[], Iterable[tuple[str, str, str]]]
"""What can be put in: name, description, and what it prints now."""


class NarasiBar(QWidget):
    """`chosen(name)`: a placeholder to put in; `result_wanted(on)`: show the text with the placeholders filled."""

    chosen = Signal(str)
    result_wanted = Signal(bool)

    def __init__(self, text: NarasiText, offers: Offers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self._text, self._offers = text, offers
        self.bold = self._button("B", "Tebal (Ctrl+B)", text.toggle_bold, ui_font(LIST_HEADING, semibold=True))
        slanted = ui_font(LIST_HEADING)
        slanted.setItalic(True)
        self.italic = self._button("I", "Miring (Ctrl+I)", text.toggle_italic, slanted)
        self.lists = {
            NUMBER: self._button("1.", "Daftar bernomor: 1. di awal paragraf", lambda: text.toggle_list(NUMBER)),
            LETTER: self._button("a.", "Daftar berhuruf: a. di awal paragraf", lambda: text.toggle_list(LETTER)),
            BULLET: self._button("-", "Daftar butir: - di awal paragraf", lambda: text.toggle_list(BULLET)),
        }
        self.outdent = self._button("", "Kurangi inden (Shift+Tab)", lambda: text.indent(-1), picture="chevron-left")
        self.indent = self._button("", "Tambah inden (Tab)", lambda: text.indent(1), picture="chevron-right")
        for button in (self.bold, self.italic, *self.lists.values()):
            button.setCheckable(True)
        self.menu, self.inserts = QMenu(self), QMenu(self)
        self.insert = self._menu_button("Sisipkan isian", "Kata yang diisi dari rencana, seperti {tahun}", self.menu)
        self.place = self._menu_button(
            "Sisipkan tabel atau bagan", "Tabel atau bagan dari rencana, di bawah paragraf ini", self.inserts
        )
        self.menu.aboutToShow.connect(lambda: self._fill(self.menu, placed=False))
        self.inserts.aboutToShow.connect(lambda: self._fill(self.inserts, placed=True))
        self.result = QToolButton()
        self.result.setText("Lihat hasil")
        self.result.setCheckable(True)
        self.result.setFixedHeight(_FIELD)
        self.result.setToolTip("Teks dengan isian seperti akan tercetak")
        self.result.toggled.connect(self._on_result)
        self._lay_out()
        text.style_changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Show the styles of the place where the caret is."""
        self.bold.setChecked(self._text.is_bold())
        self.italic.setChecked(self._text.is_italic())
        kind = self._text.list_kind()
        for of, button in self.lists.items():
            button.setChecked(of == kind)

    def writing(self) -> tuple[QToolButton, ...]:
        """The buttons that write into the text."""
        return self.bold, self.italic, *self.lists.values(), self.outdent, self.indent, self.insert, self.place

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(4)
        for group in ((self.bold, self.italic), tuple(self.lists.values()), (self.outdent, self.indent)):
            for button in group:
                layout.addWidget(button)
            line = QFrame(frameShape=QFrame.Shape.VLine)
            line.setFixedSize(9, 20)
            layout.addWidget(line)
        layout.addWidget(self.insert)
        layout.addWidget(self.place)
        layout.addStretch()
        layout.addWidget(self.result)

    def _button(
        self, text: str, tip: str, do: Callable[[], None], font: QFont | None = None, picture: str = ""
    ) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setFixedSize(_FIELD + 4, _FIELD)
        button.setText(text)
        if font is not None:
            button.setFont(font)
        if picture:
            button.setIcon(icon(picture))
        button.setToolTip(tip)
        button.setAccessibleName(tip.split(" (")[0].split(":")[0])
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: do())
        button.clicked.connect(self.follow)
        return button

    def _menu_button(self, words: str, tip: str, menu: QMenu) -> QToolButton:
        menu.setToolTipsVisible(True)
        button = QToolButton()
        button.setText(words)
        button.setToolTip(tip)
        button.setAutoRaise(True)
        button.setFixedHeight(_FIELD)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIcon(icon("chevron-down"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: menu.popup(button.mapToGlobal(QPoint(0, button.height()))))
        return button

    def _fill(self, menu: QMenu, *, placed: bool) -> None:
        """Offer words, or the tables and charts, of which those that are placed already say where."""
        menu.clear()
        metrics = menu.fontMetrics()
        before = ""
        for name, description, value in self._offers():
            kind = name.partition(":")[0] if ":" in name else ""
            if placed != bool(kind):
                continue
            if before and kind != before:
                menu.addSeparator()
            before = kind
            shown = metrics.elidedText(
                value or ("" if placed else "belum diisi"), Qt.TextElideMode.ElideRight, _VALUE_PX
            )
            action = menu.addAction(f"{description}\t{shown}".rstrip("\t").replace("&", "&&"))
            action.setToolTip(f"{{{name}}}: {value}" if value else f"{{{name}}}{'' if placed else ': belum diisi'}")
            action.setData(name)
            action.triggered.connect(lambda _=False, chosen=name: self.chosen.emit(chosen))

    def _on_result(self, on: bool) -> None:
        for button in self.writing():
            button.setEnabled(not on)
        self.result_wanted.emit(on)
