"""The look of the whole program: style, palette and letters, light or dark."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from ui.colours import DARK, LIGHT, Colours, colours, use_colours
from ui.fonts import SMALL, ui_font
from ui.proxy_style import ProxyStyle, plain_fusion

__all__ = ["DARK", "LIGHT", "Colours", "apply_theme", "colours", "palette_of", "plain_fusion"]

# Classes to which a platform may give a palette of its own, which would win over the application's.
_OWN_PALETTES = ("QMenu", "QMenuBar", "QTipLabel")

_wanted_dark: bool | None = None


def apply_theme(app: QApplication, dark: bool | None = None) -> None:
    """Give the program its look. May be called again to change it.

    Args:
        dark: True or False as the user chose; None follows the system, also when that changes later.
    """
    global _wanted_dark
    _wanted_dark = dark
    hints = app.styleHints()
    if not isinstance(app.style(), ProxyStyle):
        app.setStyle(ProxyStyle())
        hints.colorSchemeChanged.connect(_on_color_scheme_changed)
    # Asked of the platform too, so that Windows paints the title bar to match.
    if dark is None:
        hints.unsetColorScheme()
    else:
        hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
    _show(app, hints.colorScheme() is Qt.ColorScheme.Dark if dark is None else dark)


def _on_color_scheme_changed(scheme: Qt.ColorScheme) -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        _show(app, scheme is Qt.ColorScheme.Dark if _wanted_dark is None else _wanted_dark)


def _show(app: QApplication, dark: bool) -> None:
    use_colours(DARK if dark else LIGHT)
    palette = palette_of(colours())
    app.setPalette(palette)
    for name in _OWN_PALETTES:
        app.setPalette(palette, name)  # type: ignore[arg-type]  # PySide6 takes str here, its stubs say bytes
    QToolTip.setPalette(palette)
    app.setFont(ui_font())
    app.setFont(ui_font(SMALL), "QHeaderView")  # type: ignore[arg-type]
    QToolTip.setFont(ui_font())


def palette_of(c: Colours) -> QPalette:
    """A Qt palette with every role set, so that nothing of the platform's own shines through."""
    role = QPalette.ColorRole
    palette = QPalette()
    for where, colour in {
        role.Window: c.window,
        role.WindowText: c.text,
        role.Base: c.base,
        role.AlternateBase: c.alternate,
        role.Text: c.text,
        role.PlaceholderText: c.muted,
        role.Button: c.button,
        role.ButtonText: c.text,
        role.BrightText: c.on_accent,
        role.ToolTipBase: c.base,
        role.ToolTipText: c.text,
        role.Link: c.accent,
        role.LinkVisited: c.accent,
        role.Accent: c.accent,
        role.Highlight: c.selection,
        role.HighlightedText: c.text,
        role.Light: c.base,
        role.Midlight: c.alternate,
        role.Mid: c.pane_edge,
        role.Dark: c.field_edge,
        role.Shadow: QColor("#000000") if c.dark else c.muted,
    }.items():
        palette.setColor(where, colour)
    palette.setColor(QPalette.ColorGroup.Inactive, role.Highlight, c.selection_inactive)
    for where in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, c.disabled)
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, c.selection_inactive)
    return palette
