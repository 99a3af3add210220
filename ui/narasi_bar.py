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
        self.insert = self._insert_button()
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(self._fill)
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

    def _insert_button(self) -> QToolButton:
        button = QToolButton()
        button.setText("Sisipkan isian")
        button.setToolTip("Kata yang diisi dari rencana, seperti {tahun}")
        button.setAutoRaise(True)
        button.setFixedHeight(_FIELD)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIcon(icon("chevron-down"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.menu.popup(button.mapToGlobal(QPoint(0, button.height()))))
        return button

    def _fill(self) -> None:
        menu = self.menu
        menu.clear()
        metrics = menu.fontMetrics()
        for name, description, value in self._offers():
            shown = metrics.elidedText(value, Qt.TextElideMode.ElideRight, _VALUE_PX) if value else "belum diisi"
            action = menu.addAction(f"{description}\t{shown}".replace("&", "&&"))
            action.setToolTip(f"{{{name}}}: {value or 'belum diisi'}")
            action.setData(name)
            action.triggered.connect(lambda _=False, chosen=name: self.chosen.emit(chosen))

    def _on_result(self, on: bool) -> None:
        for button in (self.bold, self.italic, *self.lists.values(), self.outdent, self.indent, self.insert):
            button.setEnabled(not on)
        self.result_wanted.emit(on)
