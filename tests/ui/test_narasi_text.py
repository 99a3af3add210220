"""Typing a section's text: lists, styles, indentation, placeholders, copying and pasting."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from services.narasi.markup import parse, write
from ui.narasi_bar import NarasiBar
from ui.narasi_lists import BULLET, LETTER, NUMBER
from ui.narasi_text import NarasiText
from ui.theme import DARK, LIGHT, apply_theme

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def text(qtbot: QtBot) -> Iterator[NarasiText]:
    text = NarasiText()
    text.resize(700, 400)
    text.show()
    text.setFocus()
    qtbot.waitActive(text)
    yield text
    shiboken6.delete(text)


def markup(text: NarasiText) -> str:
    return write(text.paragraphs())


def fill(text: NarasiText, isi: str, *, at: int = -1) -> None:
    """Show a text with the caret in it, by default at its end."""
    text.set_paragraphs(parse(isi))
    cursor = text.textCursor()
    cursor.setPosition(at if at >= 0 else text.document().characterCount() - 1)
    text.setTextCursor(cursor)


def select(text: NarasiText, first: int, last: int) -> None:
    cursor = text.textCursor()
    cursor.setPosition(first)
    cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)


def paste(text: NarasiText, qtbot: QtBot, *, html: str = "", plain: str = "") -> None:
    source = QMimeData()
    if html:
        source.setHtml(html)
    source.setText(plain)
    QGuiApplication.clipboard().setMimeData(source)
    qtbot.keyClick(text, Key.Key_V, Modifier.ControlModifier)


def test_a_label_and_a_space_begin_a_list_and_enter_goes_on(text: NarasiText, qtbot: QtBot) -> None:
    qtbot.keyClicks(text, "1. satu")
    qtbot.keyClick(text, Key.Key_Return)
    qtbot.keyClicks(text, "dua")
    qtbot.keyClick(text, Key.Key_Return)
    qtbot.keyClick(text, Key.Key_Tab)
    qtbot.keyClicks(text, "huruf")
    qtbot.keyClick(text, Key.Key_Return)
    qtbot.keyClicks(text, "lagi")
    assert markup(text) == "1. satu\n\n2. dua\n\n  a. huruf\n\n  b. lagi"


def test_enter_in_empty_items_goes_out_level_by_level(text: NarasiText, qtbot: QtBot) -> None:
    fill(text, "1. satu\n  a. huruf")
    for _ in range(2):
        qtbot.keyClick(text, Key.Key_Return)
    qtbot.keyClicks(text, "dua")
    assert markup(text) == "1. satu\n\n  a. huruf\n\n2. dua"
    for _ in range(2):
        qtbot.keyClick(text, Key.Key_Return)
    qtbot.keyClicks(text, "biasa")
    assert markup(text) == "1. satu\n\n  a. huruf\n\n2. dua\n\nbiasa"


def test_an_item_put_between_others_renumbers_them(text: NarasiText, qtbot: QtBot) -> None:
    fill(text, "1. satu\n2. dua\n3. tiga", at=4)
    qtbot.keyClick(text, Key.Key_Return)
    qtbot.keyClicks(text, "baru")
    assert text.labels() == ["1.", "2.", "3.", "4."]
    qtbot.keyClick(text, Key.Key_Z, Modifier.ControlModifier)
    qtbot.keyClick(text, Key.Key_Z, Modifier.ControlModifier)
    assert markup(text) == "1. satu\n\n2. dua\n\n3. tiga"


def test_a_list_undone_at_once_leaves_what_was_typed(text: NarasiText, qtbot: QtBot) -> None:
    qtbot.keyClicks(text, "- ")
    assert text.labels() == ["-"]
    qtbot.keyClick(text, Key.Key_Z, Modifier.ControlModifier)
    assert (text.labels(), text.toPlainText()) == ([""], "-")


def test_a_number_that_follows_carries_the_list_on(text: NarasiText, qtbot: QtBot) -> None:
    fill(text, "1. satu\n\nx")
    qtbot.keyClick(text, Key.Key_Backspace)
    qtbot.keyClicks(text, "2. dua")
    cursor = QTextCursor(text.document().firstBlock())
    cursor.insertText("nol")
    cursor.insertBlock()
    assert text.labels() == ["1.", "1.", "2."]


def test_words_that_only_look_like_labels_stay(text: NarasiText, qtbot: QtBot) -> None:
    qtbot.keyClicks(text, "A. x 1. y")
    qtbot.keyClick(text, Key.Key_Return)
    qtbot.keyClicks(text, "2004 z")
    assert text.labels() == ["", ""]


def test_backspace_takes_the_label_then_the_indentation(text: NarasiText, qtbot: QtBot) -> None:
    fill(text, "1. satu\n  a. huruf", at=5)
    qtbot.keyClick(text, Key.Key_Backspace)
    assert markup(text) == "1. satu\n\n  huruf"
    qtbot.keyClick(text, Key.Key_Backspace)
    assert markup(text) == "1. satu\n\nhuruf"
    qtbot.keyClick(text, Key.Key_Backspace)
    assert markup(text) == "1. satuhuruf"


def test_tab_and_shift_tab_move_all_selected_items_within_the_levels(text: NarasiText, qtbot: QtBot) -> None:
    fill(text, "1. satu\n2. dua\n3. tiga\n4. empat")
    select(text, 6, 10)
    qtbot.keyClick(text, Key.Key_Tab)
    assert text.labels() == ["1.", "a.", "b.", "2."]
    for _ in range(3):
        qtbot.keyClick(text, Key.Key_Tab)
    assert markup(text) == "1. satu\n\n    1) dua\n\n    2) tiga\n\n2. empat"
    for _ in range(3):
        qtbot.keyClick(text, Key.Key_Backtab, Modifier.ShiftModifier)
    assert markup(text) == "1. satu\n\n2. dua\n\n3. tiga\n\n4. empat"
    assert text.hasFocus()


def test_shift_enter_breaks_the_line_within_the_paragraph(text: NarasiText, qtbot: QtBot) -> None:
    qtbot.keyClicks(text, "- satu")
    qtbot.keyClick(text, Key.Key_Return, Modifier.ShiftModifier)
    qtbot.keyClicks(text, "dua")
    assert markup(text) == "- satu\ndua"


def test_ctrl_b_and_ctrl_i_style_what_is_typed_next(text: NarasiText, qtbot: QtBot) -> None:
    for word, key in (("a ", Key.Key_B), ("b ", Key.Key_I), ("c", Key.Key_B), (" d", Key.Key_I), (" e", Key.Key_Z)):
        qtbot.keyClicks(text, word)
        if key is not Key.Key_Z:
            qtbot.keyClick(text, key, Modifier.ControlModifier)
    assert markup(text) == "a **b *c** d* e"


def test_ctrl_b_on_a_selection_follows_its_first_letter(text: NarasiText, qtbot: QtBot) -> None:
    fill(text, "satu **dua** tiga")
    select(text, 0, 8)
    qtbot.keyClick(text, Key.Key_B, Modifier.ControlModifier)
    assert markup(text) == "**satu dua** tiga"
    qtbot.keyClick(text, Key.Key_B, Modifier.ControlModifier)
    assert markup(text) == "satu dua tiga"
    select(text, 13, 9)
    qtbot.keyClick(text, Key.Key_I, Modifier.ControlModifier)
    assert markup(text) == "satu dua *tiga*"


def test_the_bar_does_the_same_and_shows_where_the_caret_is(text: NarasiText, qtbot: QtBot) -> None:
    bar = NarasiBar(text, lambda: [])
    qtbot.addWidget(bar)
    fill(text, "satu\n\ndua **tiga**\n\n- empat")
    assert bar.lists[BULLET].isChecked()
    select(text, 0, 7)
    bar.lists[NUMBER].click()
    assert text.labels() == ["1.", "2.", "-"]
    assert bar.lists[NUMBER].isChecked()
    bar.lists[LETTER].click()
    assert text.labels() == ["a.", "b.", "-"]
    bar.lists[LETTER].click()
    bar.indent.click()
    bar.italic.click()
    assert markup(text) == "  *satu*\n\n  *du*a **tiga**\n\n- empat"
    cursor = text.textCursor()
    cursor.setPosition(12)
    text.setTextCursor(cursor)
    assert bar.bold.isChecked()
    assert not bar.italic.isChecked()


def test_paste_brings_no_fonts_or_colours(text: NarasiText, qtbot: QtBot) -> None:
    qtbot.keyClicks(text, "awal ")
    paste(text, qtbot, html="<p style='color:red;font-size:30pt;font-family:Arial'>merah <b>tebal</b></p>", plain="x")
    assert markup(text) == "awal merah **tebal**"
    assert not text.document().toHtml().count("red")
    block = text.document().firstBlock()
    pieces = block.begin()
    while not pieces.atEnd():
        form = pieces.fragment().charFormat()
        assert not form.hasProperty(QTextCharFormat.Property.FontFamilies)
        assert not form.hasProperty(QTextCharFormat.Property.ForegroundBrush)
        pieces += 1


def test_a_list_pasted_into_an_empty_paragraph_is_a_list_and_one_step(text: NarasiText, qtbot: QtBot) -> None:
    fill(text, "awal")
    qtbot.keyClick(text, Key.Key_Return)
    paste(text, qtbot, html="<ol><li>satu<li>dua</ol>")
    assert markup(text) == "awal\n\n1. satu\n\n2. dua"
    qtbot.keyClick(text, Key.Key_Z, Modifier.ControlModifier)
    assert markup(text) == "awal"


def test_copy_and_paste_keep_styles_and_labels(text: NarasiText, qtbot: QtBot) -> None:
    fill(text, "1. satu **dua**\n2. tiga\n\nakhir")
    select(text, 0, 13)
    qtbot.keyClick(text, Key.Key_C, Modifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "1. satu dua\n2. tiga"
    fill(text, "akhir")
    qtbot.keyClick(text, Key.Key_Return)
    qtbot.keyClick(text, Key.Key_V, Modifier.ControlModifier)
    assert markup(text) == "akhir\n\n1. satu **dua**\n\n2. tiga"


def test_cut_joins_a_list_again(text: NarasiText, qtbot: QtBot) -> None:
    fill(text, "1. satu\n2. dua\n3. tiga")
    select(text, 4, 8)
    qtbot.keyClick(text, Key.Key_X, Modifier.ControlModifier)
    assert markup(text) == "1. satu\n\n2. tiga"


def chips(text: NarasiText) -> list[tuple[int, int, bool, bool]]:
    """(start, length, has a ground, is underlined) of what the highlighter marks in the first block."""
    wave = QTextCharFormat.UnderlineStyle.WaveUnderline
    marks = text.document().firstBlock().layout().formats()
    return [
        (m.start, m.length, m.format.background().style() != Qt.BrushStyle.NoBrush, m.format.underlineStyle() == wave)
        for m in marks
    ]


def test_placeholders_are_chips_and_unknown_ones_are_underlined(text: NarasiText, qtbot: QtBot) -> None:
    fill(text, "é")
    qtbot.keyClicks(text, " {opd} {salah} {bukan isian}")
    qtbot.waitUntil(lambda: chips(text) == [(2, 5, True, False), (8, 7, False, True)])
    text.insertPlainText("\N{GRINNING FACE}{tahun}")
    qtbot.waitUntil(lambda: chips(text)[-1] == (31, 7, True, False))
    assert markup(text) == "é {opd} {salah} {bukan isian}\N{GRINNING FACE}{tahun}"


def test_chips_follow_the_palette(text: NarasiText, qtbot: QtBot, qapp: QApplication) -> None:
    fill(text, "{opd}")
    ground = lambda: [m.format.background().color() for m in text.document().firstBlock().layout().formats()]  # noqa: E731
    try:
        for dark, colours in ((True, DARK), (False, LIGHT)):
            apply_theme(qapp, dark)
            qtbot.waitUntil(lambda wanted=colours: ground() == [wanted.selected_cells])
    finally:
        apply_theme(qapp, None)


def tip_over(text: NarasiText, position: int) -> str:
    cursor = text.textCursor()
    cursor.setPosition(position)
    point = text.cursorRect(cursor).center() + QPoint(3, 0)
    QToolTip.hideText()
    event = QHelpEvent(QEvent.Type.ToolTip, point, text.viewport().mapToGlobal(point))
    QApplication.sendEvent(text.viewport(), event)
    return QToolTip.text()


def test_the_tool_tip_says_what_a_placeholder_prints(text: NarasiText, qtbot: QtBot) -> None:
    text.value_of = {"tahun": "2022", "tempat": ""}.__getitem__
    fill(text, "kata {tahun} dan {tempat} atau {salah}")
    assert tip_over(text, 7) == "Tahun rencana: 2022"
    assert tip_over(text, 20) == "Tempat penandatanganan: belum diisi"
    assert "tidak dikenal" in tip_over(text, 35)
    tip_over(text, 2)
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def gutter(text: NarasiText) -> int:
    """How many dark points there are to the left of the caret."""
    caret = text.cursorRect()
    image = text.viewport().grab().toImage()
    places = ((x, y) for x in range(caret.left() - 28, caret.left() - 2) for y in range(caret.top(), caret.bottom()))
    return sum(image.pixelColor(*place).lightness() < 128 for place in places)


def test_labels_are_painted_before_their_paragraphs(text: NarasiText, qtbot: QtBot) -> None:
    fill(text, "  teks", at=0)
    text.setCursorWidth(0)
    assert gutter(text) == 0
    fill(text, "- teks", at=0)
    bullet = gutter(text)
    fill(text, "10. teks", at=0)
    assert gutter(text) > 2 * bullet > 0


def test_a_read_only_text_takes_no_keys(qtbot: QtBot) -> None:
    text = NarasiText(read_only=True)
    qtbot.addWidget(text)
    fill(text, "1. satu")
    text.show()
    for key in (Key.Key_Return, Key.Key_Backspace, Key.Key_Space, Key.Key_X):
        qtbot.keyClick(text, key)
    paste(text, qtbot, plain="baru")
    qtbot.keyClick(text, Key.Key_B, Modifier.ControlModifier)
    assert markup(text) == "1. satu"
