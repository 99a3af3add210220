"""The guide, F1: the page that ships with the program, shown beside the work."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from services.resources import resource


def show_guide(parent: QWidget) -> QDialog:
    """Open the guide without stopping the work."""
    dialog = QDialog(parent)
    dialog.setWindowTitle("Panduan Renaksi")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.resize(720, 600)
    browser = QTextBrowser()
    browser.setMarkdown(resource("panduan.md").read_text(encoding="utf-8"))
    browser.setAccessibleName("Panduan")
    browser.document().setDocumentMargin(16)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(browser)
    dialog.show()
    return dialog
