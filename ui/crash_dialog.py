"""The dialog that shows a crash report."""

from PySide6.QtCore import Qt, QThread
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.fonts import LIST_HEADING, SMALL, ui_font
from ui.start_left import plain_label

TITLE = "Ada kesalahan di dalam program"
SAFE = (
    "Semua isian Anda aman: setiap isian sudah tersimpan di komputer ini. Anda dapat terus bekerja; bila ada yang "
    "tampak aneh, tutup Renaksi lalu buka lagi."
)
ASK = "Salin laporan di bawah ini dan kirimkan kepada pengembang Renaksi. Isi rencana tidak ikut di dalamnya."
COPIED = "Laporan sudah disalin."


class CrashDialog(QDialog):
    """Says that nothing is lost, and shows the report."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Renaksi")
        self.report = QPlainTextEdit(text)
        self.report.setReadOnly(True)
        self.report.setFont(ui_font(SMALL))
        self.report.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.report.setTabChangesFocus(True)
        self.report.setAccessibleName("Laporan")
        self.copy_button = QPushButton("&Salin laporan")
        self.close_button = QPushButton("&Tutup")
        self.copied = plain_label("", SMALL, muted=True)
        self.copy_button.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.accept)
        self.close_button.setDefault(True)
        self._lay_out()
        self.resize(640, 420)
        self.close_button.setFocus()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 12)
        box.setSpacing(8)
        title = QLabel(TITLE)
        title.setFont(ui_font(LIST_HEADING, semibold=True))
        box.addWidget(title)
        for words in (SAFE, ASK):
            label = QLabel(words)
            label.setWordWrap(True)
            box.addWidget(label)
        box.addWidget(self.report, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 4, 0, 0)
        foot.setSpacing(8)
        foot.addWidget(self.copied, 1)
        foot.addWidget(self.copy_button)
        foot.addWidget(self.close_button)
        box.addLayout(foot)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self.copied.setText(COPIED)


def show_report(text: str) -> QDialog:
    """Show the report over whatever is open, also where another dialog is waiting for an answer.

    It has no parent, which might be taken down under it; the window below is only told to the window system.
    """
    below = QApplication.activeModalWidget() or QApplication.activeWindow()
    dialog = CrashDialog(text)
    dialog.setWindowModality(Qt.WindowModality.ApplicationModal)
    dialog.winId()
    if below is not None:
        dialog.windowHandle().setTransientParent(below.windowHandle())
    if loop_runs():
        dialog.show()
    else:
        dialog.exec()
    return dialog


def loop_runs() -> bool:
    """Whether this thread has an event loop at work.

    Never ask `QObject.thread()`: PySide 6.9.3 hands out a wrapper that takes the QThread down when it is collected.
    """
    return QThread.currentThread().loopLevel() > 0
