"""Everything that Qt and argparse say by themselves is said in Indonesian."""

import re
from collections.abc import Callable

import pytest
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QAbstractButton,
    QColorDialog,
    QComboBox,
    QDialog,
    QFileDialog,
    QGroupBox,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QTabWidget,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from main import main

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|raise|[Pp]rint|CUPS|cups")
ENGLISH = re.compile(
    r"\b(the|of|and|open|save|cancel|close|name|size|type|date|file|files|folder name|directory|copy|paste|cut|delete|"
    r"select|all|print|page|pages|range|copies|color|colors|custom|basic|pick|screen|yes|no|help|options|output|paper|"
    r"width|height|margins|landscape|portrait|usage|show|positional|arguments|message|exit|this|and)\b",
    re.IGNORECASE,
)


def said(widget: QWidget) -> list[str]:
    """All words of a dialog that are not the officer's own."""
    words = [widget.windowTitle()]
    words += [w.text() for kind in (QLabel, QAbstractButton) for w in widget.findChildren(kind)]
    words += [box.itemText(i) for box in widget.findChildren(QComboBox) for i in range(box.count())]
    words += [box.title() for box in widget.findChildren(QGroupBox)]
    words += [tabs.tabText(i) for tabs in widget.findChildren(QTabWidget) for i in range(tabs.count())]
    words += [a.text() for a in widget.findChildren(QAction)]
    words += [w.toolTip() for w in widget.findChildren(QAbstractButton)]
    return [word.replace("&", "") for word in words if word and not word.startswith(("/", "."))]


def files(save: bool) -> Callable[[], QFileDialog]:
    def make() -> QFileDialog:
        dialog = QFileDialog(None, "Buka", "/", "Rencana Renaksi (*.db)")
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setViewMode(QFileDialog.ViewMode.Detail)
        if save:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        return dialog

    return make


def colour() -> QColorDialog:
    dialog = QColorDialog()
    dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
    return dialog


class PaperDialog(QPrintDialog):
    """Keeps its printer."""

    def __init__(self) -> None:
        self.paper = QPrinter()
        self.paper.setOutputFileName("keluaran.pdf")
        super().__init__(self.paper)


def box() -> QMessageBox:
    dialog = QMessageBox()
    kinds = QMessageBox.StandardButton
    for kind in (kinds.Ok, kinds.Cancel, kinds.Yes, kinds.No, kinds.Save, kinds.Discard, kinds.Close, kinds.Open):
        dialog.addButton(kind)
    dialog.addButton(kinds.YesToAll)
    dialog.setDetailedText("rincian")
    return dialog


@pytest.mark.parametrize("make", [files(False), files(True), colour, PaperDialog, box, QInputDialog])
def test_a_standard_dialog_speaks_indonesian(qtbot: QtBot, make: Callable[[], QDialog]) -> None:
    dialog = make()
    qtbot.addWidget(dialog)
    dialog.show()
    words = said(dialog)
    assert words
    known = {"Mac", "HTML:", "mm"}
    wrong = [word for word in words if ENGLISH.search(word) and word not in known]
    assert wrong == []


@pytest.mark.parametrize("kind", [QLineEdit, QTextEdit])
def test_the_menu_of_a_field_speaks_indonesian(qtbot: QtBot, kind: type[QLineEdit] | type[QTextEdit]) -> None:
    field = kind("abc")
    qtbot.addWidget(field)
    menu: QMenu = field.createStandardContextMenu()
    texts = [action.text().split("\t")[0].replace("&", "") for action in menu.actions() if action.text()]
    assert texts[:2] == ["Urungkan", "Ulangi"]
    assert {"Potong", "Salin", "Tempel", "Hapus", "Pilih semua"} <= set(texts)
    menu.deleteLater()


@pytest.mark.parametrize("command", [[], ["impor"], ["ekspor"], ["formulir"], ["periksa"], ["info"]])
def test_the_help_of_each_command_speaks_indonesian(capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*command, "--help"])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    assert text.startswith("Pemakaian: main.py")
    assert "Pilihan:" in text
    names = re.sub(r"--?[\w-]+|main\.py", "", text)
    assert not ENGLISH.search(names), ENGLISH.search(names)
