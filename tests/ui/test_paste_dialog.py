"""The "Tempel" dialog with real keys and clicks: when it opens, what it asks, what it gives back."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from services.paste import Target, read
from services.paste_cells import Block, read_tsv
from services.tanggal import MONTHS
from ui.colours import DARK, LIGHT, Colours
from ui.paste_dialog import PasteDialog, resolve
from ui.theme import apply_theme

NAMES = [
    ("Persentase UMKM yang Formal", "27,00"),
    ("Persentase UMKM yang Meningkatkan Statusnya", "1,50"),
    ("Jumlah dokumen UMKM yang berijin lengkap", "1000"),
    ("Jumlah UMKM terdata SSO", "794"),
    ("Jumlah UMKM yang memanfaatkan Modal Lain", "50"),
    ("Jumlah pelaku UMKM yang bersertifikat", "60"),
]
TEXT = """-	-	6.75	-	-	13.5O	-	-	20.25	-	-	27.00
-	-	0.38	-	-	0.75	-	-	1.13	-	-	1.50
-	-	250	-	-	500	-	-	750	-	-	1.000
-	-	198	-	-	397	-	-	####	-	-	794
-	-	12	-	-	24	-	-	36	-	-	50
-	-	-	-	-	-	30	-	-	60	-	-
"""


def drawn() -> Block:
    """The block of the drawing: two cells cannot be read, one column is doubtful."""
    block = read_tsv(TEXT)
    block.source = "Excel"
    return block


def year(rows: int = 6) -> list[list[Target | None]]:
    return [[Target("target", name, month, "12,00", annual) for month in MONTHS] for name, annual in NAMES[:rows]]


def wrong(rows: int) -> tuple[Block, list[list[Target | None]]]:
    """A column of money with a fraction in each cell."""
    targets: list[list[Target | None]] = [[Target("rupiah", f"Kegiatan {r}", "Januari", "", None)] for r in range(rows)]
    return Block([[f"{r + 1}.000,25"] for r in range(rows)]), targets


@pytest.fixture
def opened(qtbot: QtBot) -> Callable[..., PasteDialog]:
    def open_dialog(cells: Block, targets: list[list[Target | None]]) -> PasteDialog:
        dialog = PasteDialog(cells, targets, read(cells, targets))
        qtbot.addWidget(dialog)
        with qtbot.waitExposed(dialog):
            dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return open_dialog


@pytest.fixture
def dialog(opened: Callable[..., PasteDialog]) -> PasteDialog:
    return opened(drawn(), year())


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def plain(button: QPushButton) -> str:
    return button.text().replace("&", "")


def test_what_can_be_read_opens_no_dialog(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    assert resolve(parent, [["6.75", "-", ""]], [year(1)[0][:3]]) == [["6,75", "-", ""]]


def test_the_head_counts_and_the_question_proposes(dialog: PasteDialog) -> None:
    said = words(dialog)
    for part in ("6 baris × 12 bulan dari Excel", "70 sel terbaca", "2 tidak terbaca", "1 kolom perlu dipastikan"):
        assert part in said
    assert "Kolom <b>Desember</b>: <b>1.000</b> dapat berarti seribu atau satu. Baca sebagai" in said
    assert "Baris 1, Juni: <b>13.5O</b> berisi huruf O, bukan angka nol." in said
    assert "Baris 4, September: <b>####</b>, kolom di Excel terlalu sempit." in said
    assert [dialog.bars[0].segments.button(i).text() for i in (0, 1)] == ["seribu (1.000)", "satu (1,000)"]
    assert dialog.bars[0].segments.index() == 0
    assert plain(dialog.paste_button) == "Tempel 70 sel, lewati 2"
    assert dialog.windowTitle() == "Tempel dari Excel"


def test_by_keyboard_question_fields_and_paste(qtbot: QtBot, dialog: PasteDialog) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)

    def press(key: Qt.Key) -> None:
        qtbot.keyClick(app.focusWidget(), key)

    first, second = dialog.lines.lines
    assert app.focusWidget() is dialog.bars[0].segments.button(0)
    press(Qt.Key.Key_Right)
    assert dialog.bars[0].segments.index() == 1
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Tab)
    assert app.focusWidget() is first.field
    assert first.field.text() == "13,50"
    press(Qt.Key.Key_Return)
    assert app.focusWidget() is second.field
    assert plain(dialog.paste_button) == "Tempel 71 sel, lewati 1"
    qtbot.keyClicks(second.field, "600")
    press(Qt.Key.Key_Return)
    assert app.focusWidget() is dialog.paste_button
    assert plain(dialog.paste_button) == "Tempel 72 sel"
    with qtbot.waitSignal(dialog.accepted):
        press(Qt.Key.Key_Return)
    texts = dialog.texts()
    assert (texts[0][5], texts[3][8], texts[2][11], texts[0][2]) == ("13,50", "600", "1.000", "6,75")
    assert all(text is not None for row in texts for text in row)


def test_tab_goes_from_the_field_to_ganti_and_at_last_to_tempel(qtbot: QtBot, dialog: PasteDialog) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    first, second = dialog.lines.lines
    dialog.lines.go_to(0)
    last = [dialog.paste_button, dialog.cancel_button, dialog.table]
    wanted = [first.replace, first.keep, second.field, second.keep, *last]
    for widget in wanted:
        qtbot.keyClick(app.focusWidget(), Qt.Key.Key_Tab)
        assert app.focusWidget() is widget


def test_cells_left_alone_keep_the_old_text(qtbot: QtBot, dialog: PasteDialog) -> None:
    first, second = dialog.lines.lines
    qtbot.mouseClick(first.replace, Qt.MouseButton.LeftButton)
    assert second.field.hasFocus()
    qtbot.mouseClick(first.keep, Qt.MouseButton.LeftButton)
    assert "isi lama dibiarkan (<b>12,00</b>)" in first.words.text()
    assert plain(dialog.paste_button) == "Tempel 70 sel, lewati 2"
    qtbot.mouseClick(dialog.paste_button, Qt.MouseButton.LeftButton)
    assert dialog.texts()[0][5] is None
    assert dialog.texts()[3][8] is None


def test_the_answer_changes_only_its_column(qtbot: QtBot, dialog: PasteDialog) -> None:
    before = dialog.texts()
    qtbot.mouseClick(dialog.bars[0].segments.button(1), Qt.MouseButton.LeftButton)
    after = dialog.texts()
    assert (before[2][11], after[2][11]) == ("1.000", "1,00")
    before[2][11] = after[2][11]
    assert before == after


def test_what_is_still_wrong_is_refused_with_the_reason(qtbot: QtBot, opened: Callable[..., PasteDialog]) -> None:
    dialog = opened(*wrong(1))
    line = dialog.lines.lines[0]
    assert line.field.text() == "1.000"
    assert line.field.hasFocus()
    qtbot.keyClicks(line.field, "abc")
    qtbot.keyClick(line.field, Qt.Key.Key_Return)
    assert "abc bukan angka rupiah." in line.words.text()
    assert line.field.hasFocus()
    assert not dialog.paste_button.isEnabled()
    qtbot.keyClicks(line.field, "2000")
    qtbot.keyClick(line.field, Qt.Key.Key_Return)
    assert dialog.texts() == [["2.000"]]
    assert plain(dialog.paste_button) == "Tempel 1 sel"


def test_more_than_four_wrong_cells_are_a_list_that_scrolls(qtbot: QtBot, opened: Callable[..., PasteDialog]) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    dialog = opened(*wrong(9))
    assert len(dialog.lines.lines) <= 4
    for number in range(9):
        assert app.focusWidget().accessibleName() == f"Seharusnya, Baris {number + 1}, Januari"
        qtbot.keyClick(app.focusWidget(), Qt.Key.Key_Return)
    assert app.focusWidget() is dialog.paste_button
    assert dialog.texts() == [[f"{r + 1}.000"] for r in range(9)]


def test_a_click_on_a_marked_cell_goes_to_its_field(qtbot: QtBot, dialog: PasteDialog) -> None:
    index = dialog.table.model().index(3, 8)
    dialog.table.scrollTo(index)
    spot = dialog.table.visualRect(index).center()
    qtbot.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot))
    assert dialog.lines.lines[1].field.hasFocus()


def test_one_answer_can_go_for_all_columns(qtbot: QtBot, opened: Callable[..., PasteDialog]) -> None:
    dialog = opened(Block([["1.250"] * 12]), [year(1)[0]])
    assert len(dialog.bars) == 12
    qtbot.mouseClick(dialog.bars[0].segments.button(1), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.bars[0].for_all, Qt.MouseButton.LeftButton)
    assert dialog.texts() == [["1,25"] * 12]
    assert not dialog.lines.isVisible()


@pytest.mark.parametrize(("key", "answered"), [(Qt.Key.Key_Escape, False), (Qt.Key.Key_Return, True)])
def test_resolve_gives_the_texts_or_nothing_when_called_off(qtbot: QtBot, key: Qt.Key, answered: bool) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PasteDialog)
        qtbot.keyClick(dialog.paste_button if answered else dialog, key)

    QTimer.singleShot(0, answer)
    given = resolve(parent, drawn(), year())
    assert (given is not None) is answered
    if given is not None:
        assert given[0][5] is None
        assert given[5] == ["-", "-", "-", "-", "-", "-", "30", "-", "-", "60", "-", "-"]


@pytest.mark.parametrize(("rows", "columns"), [(64, 12), (1000, 20)])
def test_a_large_block_opens_with_few_widgets(opened: Callable[..., PasteDialog], rows: int, columns: int) -> None:
    cells = Block([["75.144.905,5" if c == r % columns else "75.144.905" for c in range(columns)] for r in range(rows)])
    target = Target("rupiah", "Kegiatan", "Januari", "", None)
    targets: list[list[Target | None]] = [[target] * columns for _ in range(rows)]
    dialog = opened(cells, targets)
    assert len(dialog.findChildren(QWidget)) < 120
    assert plain(dialog.paste_button) == f"Tempel {rows * (columns - 1)} sel, lewati {rows}"


@pytest.mark.parametrize("palette", [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")])
def test_nothing_is_cut_off_and_marks_are_painted(
    qtbot: QtBot, opened: Callable[..., PasteDialog], palette: Colours
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, palette.dark)
    dialog = opened(drawn(), year())
    for label in dialog.findChildren(QLabel):
        if label.isVisible() and label.text():
            enough = label.heightForWidth(label.width()) <= label.height() if label.wordWrap() else True
            assert enough, label.text()
            assert label.wordWrap() or label.width() >= label.sizeHint().width(), label.text()
    index = dialog.table.model().index(0, 5)
    image = dialog.table.viewport().grab().toImage()
    rect = dialog.table.visualRect(index)
    ground = image.pixelColor(rect.center().x(), rect.bottom() - 4)
    assert ground == palette.galat_ground


def test_every_control_says_what_it_is(dialog: PasteDialog) -> None:
    for line in dialog.lines.lines:
        for widget in (line.field, line.replace, line.keep):
            assert "Baris" in widget.accessibleName()
    index = dialog.table.model().index(0, 5)
    said = dialog.table.model().data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Persentase UMKM yang Formal, Juni, 13.5O, tidak terbaca"
    assert "Isi lama: 12,00" in dialog.table.model().data(index, Qt.ItemDataRole.ToolTipRole)
