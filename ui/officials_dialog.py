"""Organisasi, opened at the superior of the agency's head: pihak kedua, as the agreements are signed."""

from PySide6.QtWidgets import QWidget

from ui.positions_dialog import PositionsDialog
from ui.positions_tree import SUPERIOR
from ui.session import Session


class OfficialsDialog(PositionsDialog):
    """The one window of positions and officials, with pihak kedua chosen and ready to be named."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.tree.choose(SUPERIOR)
        self.panel.fields["pejabat"].setFocus()
