"""The bar over the preview: the form's title, the page that is looked at, the zoom."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QFrame, QHBoxLayout, QLabel, QSpinBox, QToolButton, QWidget

from ui.elided_label import ElidedLabel
from ui.fonts import LIST_HEADING, ui_font
from ui.icons import icon
from ui.page_layout import Zoom
from ui.preview import STEPS, Preview

HEIGHT = 36
ROOMY = 640
"""Width from which there is room for `rest` beside the title."""
_FIELD = 24


class PreviewBar(QWidget):
    """Its actions (with their keys) can be put into a menu: `actions()`; `thumbs` shows the list of small pages."""

    def __init__(self, preview: Preview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self._preview = preview
        self.title = ElidedLabel(Qt.TextElideMode.ElideRight)
        self.title.setFont(ui_font(LIST_HEADING, semibold=True))
        self.page = QSpinBox()
        self.page.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.page.setKeyboardTracking(False)
        self.page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.page.setFixedSize(40, _FIELD)
        self.page.setAccessibleName("Halaman")
        self.count = QLabel()
        self.zoom = QComboBox()
        self.zoom.setFixedSize(132, _FIELD)
        self.zoom.setAccessibleName("Perbesaran")
        for text, zoom in (("Selebar halaman", "width"), ("Satu halaman", "page"), *((f"{s}%", s) for s in STEPS)):
            self.zoom.addItem(text, zoom)
        self.thumbs = QAction(icon("columns-3"), "Halaman kecil", self)
        self.thumbs.setCheckable(True)
        self.thumbs.setShortcut("F9")
        self.rest = ElidedLabel(Qt.TextElideMode.ElideRight)
        self.rest.setForegroundRole(self.rest.palette().ColorRole.PlaceholderText)
        self.count.setForegroundRole(self.count.palette().ColorRole.PlaceholderText)
        self._lay_out()
        self.page.valueChanged.connect(preview.go_to)
        self.zoom.activated.connect(lambda: preview.set_zoom(self.zoom.currentData()))
        preview.page_changed.connect(self._on_page_changed)
        preview.zoom_changed.connect(self._on_zoom_changed)
        self._on_page_changed(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rest.setVisible(self.width() >= ROOMY)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(4)
        layout.addWidget(self.title)
        layout.addSpacing(4)
        turn_back = self._action("Halaman sebelumnya", "chevron-left", -1, "Alt+PgUp")
        turn_on = self._action("Halaman berikutnya", "chevron-right", 1, "Alt+PgDown")
        smaller = self._zoom_action("Perkecil", "zoom-out", -1, ["Ctrl+-"])
        larger = self._zoom_action("Perbesar", "zoom-in", 1, ["Ctrl++", "Ctrl+="])
        whole = QAction("Selebar halaman", self)
        whole.setShortcut("Ctrl+0")
        whole.triggered.connect(lambda: self._preview.set_zoom("width"))
        self.addAction(whole)
        for item in (turn_back, self.page, self.count, turn_on, None, smaller, self.zoom, larger):
            if isinstance(item, QAction):
                layout.addWidget(self._button(item))
            elif item is None:
                line = QFrame(frameShape=QFrame.Shape.VLine)
                line.setFixedSize(9, 20)
                layout.addWidget(line)
            else:
                layout.addWidget(item)
        layout.addStretch()
        layout.addWidget(self.rest)
        layout.addSpacing(4)
        self.addAction(self.thumbs)
        layout.addWidget(self._button(self.thumbs))

    def _action(self, text: str, name: str, step: int, key: str) -> QAction:
        action = QAction(icon(name), text, self)
        action.setShortcut(key)
        action.triggered.connect(lambda: self._preview.go_to(self._preview.page + step))
        self.addAction(action)
        return action

    def _zoom_action(self, text: str, name: str, step: int, keys: list[str]) -> QAction:
        action = QAction(icon(name), text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(lambda: self._preview.zoom_by(step))
        self.addAction(action)
        return action

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setAutoRaise(True)
        button.setFixedSize(_FIELD, _FIELD)
        button.setAccessibleName(action.text())
        button.setToolTip(f"{action.text()} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button

    def _on_page_changed(self, number: int, count: int) -> None:
        self.page.blockSignals(True)
        self.page.setRange(min(1, count), max(count, 0))
        self.page.setValue(number)
        self.page.blockSignals(False)
        self.page.setEnabled(count > 0)
        self.count.setText(f"dari {count}")
        back, on = self.actions()[:2]
        back.setEnabled(number > 1)
        on.setEnabled(number < count)

    def _on_zoom_changed(self) -> None:
        zoom: Zoom = self._preview.zoom
        self.zoom.setCurrentIndex(self.zoom.findData(zoom))
