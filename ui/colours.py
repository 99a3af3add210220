"""The two palettes, light and dark, by the role that each colour plays."""

from dataclasses import dataclass

from PySide6.QtGui import QColor


@dataclass(frozen=True, slots=True)
class Colours:
    """One palette. Text and marks reach 4.5 : 1 on every ground, field_edge 3 : 1 on window, base and alternate.

    Source: design/ui-notes.md, "Palette, type, spacing". field_edge is a shade stronger than in that table, where it
    falls just short of 3 : 1 on the window; disabled and title are read off the drawings.
    """

    dark: bool
    window: QColor
    title: QColor
    base: QColor
    alternate: QColor
    button: QColor
    text: QColor
    muted: QColor
    disabled: QColor
    accent: QColor
    on_accent: QColor
    selection: QColor
    selection_inactive: QColor
    selected_cells: QColor
    grid_line: QColor
    pane_edge: QColor
    field_edge: QColor
    rollup: QColor
    rollup_text: QColor
    galat: QColor
    galat_ground: QColor
    peringatan: QColor
    peringatan_ground: QColor
    catatan: QColor
    in_order: QColor

    def level(self, level: str) -> QColor:
        """The colour of the mark and the words of a level: galat, peringatan or catatan."""
        return {"galat": self.galat, "peringatan": self.peringatan, "catatan": self.catatan}[level]

    def level_ground(self, level: str) -> QColor:
        """The ground of a cell that has a finding of this level; a catatan leaves the cell as it is."""
        return {"galat": self.galat_ground, "peringatan": self.peringatan_ground, "catatan": self.base}[level]


LIGHT = Colours(
    dark=False,
    window=QColor("#F1F3F5"),
    title=QColor("#E6E9EC"),
    base=QColor("#FFFFFF"),
    alternate=QColor("#F7F8FA"),
    button=QColor("#FBFCFD"),
    text=QColor("#1A1F24"),
    muted=QColor("#56606B"),
    disabled=QColor("#97A0A9"),
    accent=QColor("#1F5FA8"),
    on_accent=QColor("#FFFFFF"),
    selection=QColor("#CFE1F5"),
    selection_inactive=QColor("#E1E6EB"),
    selected_cells=QColor("#E3EEFA"),
    grid_line=QColor("#DADFE4"),
    pane_edge=QColor("#C2C9D0"),
    field_edge=QColor("#848D97"),
    rollup=QColor("#EDF0F3"),
    rollup_text=QColor("#56606B"),
    galat=QColor("#B3261E"),
    galat_ground=QColor("#FCE9E7"),
    peringatan=QColor("#855400"),
    peringatan_ground=QColor("#FFF3D9"),
    catatan=QColor("#56606B"),
    in_order=QColor("#1F6B3A"),
)

DARK = Colours(
    dark=True,
    window=QColor("#23272B"),
    title=QColor("#1B1E21"),
    base=QColor("#1A1D20"),
    alternate=QColor("#1F2326"),
    button=QColor("#2D3237"),
    text=QColor("#E6E9EC"),
    muted=QColor("#AEB8C2"),
    disabled=QColor("#69727C"),
    accent=QColor("#7DB8F2"),
    on_accent=QColor("#10161C"),
    selection=QColor("#1E4060"),
    selection_inactive=QColor("#333A41"),
    selected_cells=QColor("#20364C"),
    grid_line=QColor("#343A40"),
    pane_edge=QColor("#4A525A"),
    field_edge=QColor("#68727C"),
    rollup=QColor("#272C31"),
    rollup_text=QColor("#AEB8C2"),
    galat=QColor("#FF8A80"),
    galat_ground=QColor("#442423"),
    peringatan=QColor("#F0B849"),
    peringatan_ground=QColor("#3D3114"),
    catatan=QColor("#AEB8C2"),
    in_order=QColor("#7CCB94"),
)

_current = LIGHT


def colours() -> Colours:
    """The palette in use. Ask at painting time: it changes with the system."""
    return _current


def use_colours(chosen: Colours) -> None:
    """Make a palette the current one. Only the theme calls this."""
    global _current
    _current = chosen
