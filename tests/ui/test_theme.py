"""The look: colours that can be read, icons, letters, standard words, and the parts that Fusion paints badly."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics, QIcon, QImage, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QScrollBar,
    QStyle,
    QTableView,
    QToolButton,
    QWidget,
)

from services.resources import resource
from ui.colours import DARK, LIGHT, Colours, colours
from ui.fonts import ui_font
from ui.icons import icon, program_icon
from ui.marks import mark_icon, paint_mark
from ui.proxy_style import ProxyStyle, plain_fusion
from ui.segments import Segments
from ui.theme import apply_theme
from ui.translator import StandardTexts, install_translator

PALETTES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]
LEVELS = ["galat", "peringatan", "catatan"]
GROUNDS = [
    "window",
    "base",
    "alternate",
    "button",
    "selection",
    "selection_inactive",
    "selected_cells",
    "rollup",
    "galat_ground",
    "peringatan_ground",
]
INKS = ["text", "muted", "accent", "rollup_text", "galat", "peringatan", "catatan", "in_order"]


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def themed(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Colours]:
    apply_theme(qapp, request.param)
    yield colours()
    apply_theme(qapp, False)


def _luminance(colour: QColor) -> float:
    shares = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.getRgbF()[:3]]
    return 0.2126 * shares[0] + 0.7152 * shares[1] + 0.0722 * shares[2]


def contrast(one: QColor, other: QColor) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def painted(widget: QWidget) -> QImage:
    widget.ensurePolished()
    return widget.grab().toImage()


def has_colour(image: QImage, colour: QColor) -> bool:
    return any(
        image.pixelColor(x, y).rgb() == colour.rgb() for x in range(image.width()) for y in range(image.height())
    )


def inked(image: QImage) -> int:
    return sum(image.pixelColor(x, y).alpha() > 0 for x in range(image.width()) for y in range(image.height()))


# Colours


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("ink", INKS)
def test_text_and_marks_can_be_read_on_every_ground(palette: Colours, ground: str, ink: str) -> None:
    assert contrast(getattr(palette, ink), getattr(palette, ground)) >= 4.5


@pytest.mark.parametrize("palette", PALETTES)
def test_words_on_the_main_button_and_the_sign_in_the_disc_can_be_read(palette: Colours) -> None:
    assert contrast(palette.on_accent, palette.accent) >= 4.5
    assert contrast(palette.on_accent, palette.galat) >= 4.5


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("ground", ["window", "base", "alternate"])
def test_edges_of_fields_are_seen(palette: Colours, ground: str) -> None:
    assert contrast(palette.field_edge, getattr(palette, ground)) >= 3.0


@pytest.mark.parametrize("palette", PALETTES)
def test_the_selection_differs_from_the_accent_that_frames_it(palette: Colours) -> None:
    assert contrast(palette.accent, palette.selection) >= 3.0


def test_theme_without_a_wish_follows_the_system(qapp: QApplication) -> None:
    apply_theme(qapp)
    dark = qapp.styleHints().colorScheme() is Qt.ColorScheme.Dark
    assert colours().dark is dark
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert colours().dark
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert not colours().dark


def test_a_wish_of_the_user_outlives_a_change_of_the_system(themed: Colours, qapp: QApplication) -> None:
    other = Qt.ColorScheme.Light if themed.dark else Qt.ColorScheme.Dark
    qapp.styleHints().colorSchemeChanged.emit(other)
    assert colours() is themed


def test_open_windows_take_the_new_palette(qapp: QApplication, qtbot) -> None:
    field = QLineEdit("isi")
    qtbot.addWidget(field)
    for dark, palette in ((False, LIGHT), (True, DARK), (False, LIGHT)):
        apply_theme(qapp, dark)
        qtbot.waitUntil(lambda wanted=palette.text: field.palette().text().color() == wanted)
        assert has_colour(painted(field), palette.base)


# Letters


@pytest.mark.parametrize("px", [11, 12, 13, 15, 20])
@pytest.mark.parametrize("semibold", [False, True])
def test_digits_have_one_width(qapp: QApplication, px: int, semibold: bool) -> None:
    metrics = QFontMetrics(ui_font(px, semibold))
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has its own letters")
def test_letters_are_the_bundled_ones(themed: Colours, qapp: QApplication) -> None:
    assert QFontInfo(qapp.font()).family() == "Noto Sans"
    assert QFontInfo(qapp.font()).pixelSize() == 12
    assert QFontInfo(ui_font(13, semibold=True)).weight() == 600
    assert QFontMetrics(ui_font()).horizontalAdvance("1.587.538.237") == 78


# Icons and marks


ICONS = sorted(path.stem for path in resource("icons").glob("*.svg") if path.stem != "renaksi")


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_drawn_in_the_colour_of_the_text(themed: Colours, name: str) -> None:
    for size in (16, 20):
        image = icon(name).pixmap(QSize(size, size), 2.0).toImage()
        assert image.width() == 2 * size
        assert 20 < inked(image) < image.width() * image.height() * 0.7
        darkest = max((image.pixelColor(x, y) for x in range(2 * size) for y in range(2 * size)), key=QColor.alpha)
        assert contrast(darkest, themed.text) < 1.1
        assert contrast(darkest, themed.window) > 4.5


def test_an_icon_changes_with_the_theme(qapp: QApplication) -> None:
    kept = icon("check")
    seen = []
    for dark in (False, True):
        apply_theme(qapp, dark)
        seen.append(kept.pixmap(16, 16).toImage())
    apply_theme(qapp, False)
    assert seen[0] != seen[1]
    assert kept.pixmap(16, 16).toImage() == seen[0]


def test_icons_can_be_accented_muted_and_disabled(themed: Colours) -> None:
    images = {
        icon("x").pixmap(16, 16).cacheKey(),
        icon("x", accent=True).pixmap(16, 16).cacheKey(),
        icon("x", role="muted").pixmap(16, 16).cacheKey(),
        icon("x").pixmap(QSize(16, 16), QIcon.Mode.Disabled).cacheKey(),
    }
    assert len(images) == 4
    assert icon("x").pixmap(16, 16).cacheKey() in images


def test_an_icon_that_is_not_there_is_a_bug(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icon("tidak-ada")


def test_an_icon_is_never_stretched(themed: Colours) -> None:
    wide = icon("plus").pixmap(QSize(40, 16)).toImage()
    columns = [x for x in range(40) if any(wide.pixelColor(x, y).alpha() for y in range(16))]
    assert columns[-1] - columns[0] < 16


def test_the_program_icon_is_blue_with_a_white_letter(themed: Colours) -> None:
    image = program_icon().pixmap(32, 32).toImage()
    assert image.pixelColor(3, 16).name() == "#1f5fa8"
    assert has_colour(image, QColor("#FFFFFF"))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("size", [8, 10, 12])
def test_marks_stay_in_their_place_and_have_their_colour(themed: Colours, level: str, size: int) -> None:
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_mark(painter, QRect(10, 10, size, size), level)
    painter.end()
    points = [QPoint(x, y) for x in range(40) for y in range(40) if image.pixelColor(x, y).alpha() > 8]
    assert points
    assert all(QRect(10, 10, size, size).contains(point) for point in points)
    strongest = max((image.pixelColor(point) for point in points), key=QColor.alpha)
    assert strongest.alpha() > 200
    assert has_colour(image, themed.level(level)) or level == "peringatan"


def test_marks_differ_in_shape_and_not_only_in_colour(themed: Colours) -> None:
    shapes = [
        mark_icon(level).pixmap(16, 16).toImage().convertToFormat(QImage.Format.Format_Alpha8) for level in LEVELS
    ]
    assert shapes[0] != shapes[1]
    assert shapes[1] != shapes[2]
    assert shapes[0] != shapes[2]


# Words


def test_standard_buttons_speak_indonesian(qapp: QApplication, qtbot) -> None:
    install_translator(qapp)
    kinds = QDialogButtonBox.StandardButton
    box = QDialogButtonBox(
        kinds.Ok | kinds.Cancel | kinds.Yes | kinds.No | kinds.Save | kinds.Discard | kinds.Close | kinds.Apply
    )
    qtbot.addWidget(box)
    words = {kind: box.button(kind).text().replace("&", "") for kind in box.standardButtons()}
    assert words == {
        kinds.Ok: "OK",
        kinds.Cancel: "Batal",
        kinds.Yes: "Ya",
        kinds.No: "Tidak",
        kinds.Save: "Simpan",
        kinds.Discard: "Buang",
        kinds.Close: "Tutup",
        kinds.Apply: "Terapkan",
    }


def test_message_boxes_and_menus_of_fields_speak_indonesian(qapp: QApplication, qtbot) -> None:
    install_translator(qapp)
    message = QMessageBox()
    qtbot.addWidget(message)
    message.setStandardButtons(QMessageBox.StandardButton.Retry | QMessageBox.StandardButton.Help)
    assert {button.text().replace("&", "") for button in message.buttons()} == {"Coba lagi", "Bantuan"}
    for field in (QLineEdit("isi"), QPlainTextEdit("isi")):
        qtbot.addWidget(field)
        menu = field.createStandardContextMenu()
        qtbot.addWidget(menu)
        words = [action.text().split("\t")[0].replace("&", "") for action in menu.actions() if action.text()]
        assert words == ["Urungkan", "Ulangi", "Potong", "Salin", "Tempel", "Hapus", "Pilih semua"]


def test_an_unknown_text_stays_as_it_is(qapp: QApplication) -> None:
    translator = install_translator(qapp)
    assert install_translator(qapp) is translator
    assert len(qapp.findChildren(StandardTexts)) == 1
    assert translator.translate("QPlatformTheme", "Never heard of") is None
    assert translator.translate("OurOwn", "Cancel") is None
    assert qapp.translate("OurOwn", "Cancel") == "Cancel"


def test_a_word_has_a_mnemonic_only_where_the_original_has_one(qapp: QApplication) -> None:
    translator = install_translator(qapp)
    assert translator.translate("QPlatformTheme", "Yes") == "Ya"
    assert translator.translate("QPlatformTheme", "&Yes") == "&Ya"


# Style


def test_a_checked_tool_button_has_accent_edge_and_selection_ground(themed: Colours, qtbot) -> None:
    button = QToolButton(text="Susun", checkable=True, checked=True)
    qtbot.addWidget(button)
    button.resize(80, 24)
    image = painted(button)
    assert image.pixelColor(40, 0) == themed.accent
    assert image.pixelColor(4, 4) == themed.selection
    button.setChecked(False)
    image = painted(button)
    assert image.pixelColor(40, 0) == themed.field_edge
    assert image.pixelColor(4, 4) == themed.button


def test_segments_share_one_edge_which_belongs_to_the_chosen_one(themed: Colours, qtbot) -> None:
    segments = Segments(["Susun", "Formulir"], name="Tampilan")
    qtbot.addWidget(segments)
    segments.resize(segments.sizeHint())
    painted(segments)
    seam = segments.button(1).x()
    for index in (0, 1):
        segments.set_index(index)
        image = painted(segments)
        assert image.pixelColor(seam, 12) == themed.accent
        assert image.pixelColor(seam - 1, 5) == (themed.selection if index == 0 else themed.button)
        assert image.pixelColor(seam + 1, 5) == (themed.selection if index == 1 else themed.button)
    assert segments.sizeHint().width() == segments.button(1).geometry().right() + 1


def test_segments_say_what_was_chosen_once(qapp: QApplication, qtbot) -> None:
    segments = Segments(["Rencana", "Realisasi"])
    qtbot.addWidget(segments)
    heard: list[int] = []
    segments.chosen.connect(heard.append)
    segments.set_index(0)
    segments.button(1).click()
    segments.button(1).click()
    assert heard == [1]
    assert segments.index() == 1


def test_the_default_button_is_accent_with_readable_words(themed: Colours, qtbot) -> None:
    button = QPushButton(icon("check"), "Bagi")
    qtbot.addWidget(button)
    button.setDefault(True)
    button.resize(button.sizeHint())
    image = painted(button)
    assert button.sizeHint().height() == 28
    assert image.pixelColor(4, 4) == themed.accent
    assert has_colour(image, themed.on_accent)
    button.setEnabled(False)
    assert not has_colour(painted(button), themed.accent)


def test_the_focused_field_has_an_accent_frame_of_two_pixels(themed: Colours, qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field = QLineEdit(window)
    field.setGeometry(20, 20, 100, 28)
    other = QPushButton("lain", window)
    other.setGeometry(20, 60, 100, 28)
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    image = painted(window)
    assert [image.pixelColor(70, y) for y in (20, 21, 22)] == [themed.accent, themed.accent, themed.base]
    other.setFocus()
    image = painted(window)
    assert [image.pixelColor(70, y) for y in (20, 21)] == [themed.field_edge, themed.base]


def test_fields_and_lists_are_28_high_and_look_alike(themed: Colours, qtbot) -> None:
    combo = QComboBox()
    combo.addItem("Kumulatif")
    for widget in (QLineEdit("isi"), combo):
        qtbot.addWidget(widget)
        widget.resize(120, 28)
        assert widget.sizeHint().height() == 28
        image = painted(widget)
        assert image.pixelColor(60, 0) == themed.field_edge
        assert image.pixelColor(3, 3) == themed.base


def test_a_list_is_wide_enough_for_its_longest_entry(themed: Colours, qtbot) -> None:
    combo = QComboBox()
    combo.addItem("Semua penanggung jawab")
    qtbot.addWidget(combo)
    needed = combo.fontMetrics().horizontalAdvance("Semua penanggung jawab")
    combo.resize(combo.sizeHint())
    option_rect = QRect(QPoint(0, 0), combo.size())
    assert option_rect.width() >= 9 + needed + 24


def test_a_ticked_box_is_accent(themed: Colours, qtbot) -> None:
    box = QCheckBox("IKU")
    qtbot.addWidget(box)
    assert not has_colour(painted(box), themed.accent)
    box.setChecked(True)
    assert has_colour(painted(box), themed.accent)


def test_tables_under_the_style_have_our_grid_lines(themed: Colours, qapp: QApplication, qtbot) -> None:
    table = QTableView()
    qtbot.addWidget(table)
    hint = qapp.style().styleHint(QStyle.StyleHint.SH_Table_GridLineColor, None, table)
    assert QColor.fromRgba(hint & 0xFFFFFFFF) == themed.grid_line


def test_the_parts_of_a_scroll_bar_fill_it(themed: Colours, qtbot) -> None:
    bar = QScrollBar(Qt.Orientation.Vertical)
    qtbot.addWidget(bar)
    bar.setRange(0, 1000)
    bar.setPageStep(100)
    bar.resize(12, 300)
    for value in (0, 400, 1000):
        bar.setValue(value)
        image = painted(bar)
        rows = [y for y in range(300) if image.pixelColor(6, y) == themed.pane_edge]
        assert 20 <= len(rows) <= 40
        assert rows == list(range(rows[0], rows[-1] + 1))
    assert rows[-1] >= 294


def test_each_view_gets_a_plain_fusion_of_its_own(qapp: QApplication) -> None:
    apply_theme(qapp, False)
    assert plain_fusion() is not plain_fusion()
    assert not isinstance(plain_fusion(), ProxyStyle)
    assert isinstance(qapp.style(), ProxyStyle)


def test_applying_the_theme_again_keeps_the_style(qapp: QApplication) -> None:
    apply_theme(qapp, False)
    style = qapp.style()
    apply_theme(qapp, True)
    apply_theme(qapp, False)
    assert qapp.style() is style


def test_the_program_ends_cleanly_with_style_icons_and_views() -> None:
    """Qt tears down at the end what Python also holds; a crash there shows only in the exit code."""
    script = (
        "from PySide6.QtCore import QTimer\n"
        "from PySide6.QtWidgets import QApplication, QTreeView, QToolButton\n"
        "from ui.theme import apply_theme, plain_fusion\n"
        "from ui.icons import icon\n"
        "from ui.translator import install_translator\n"
        "app = QApplication(['x', '-platform', 'offscreen'])\n"
        "apply_theme(app); install_translator(app)\n"
        "view = QTreeView(); view.setStyle(plain_fusion()); view.show()\n"
        "button = QToolButton(); button.setIcon(icon('check')); button.show()\n"
        "QTimer.singleShot(50, app.quit)\n"
        "raise SystemExit(app.exec())\n"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
