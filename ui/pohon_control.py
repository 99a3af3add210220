"""What a key of the chart does: the chart's own commands; all others are the trees'."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.pohon_view import PohonView

_PAGE = 0.9
"""Of the height of what is in sight."""


def do(view: "PohonView", name: str, number: int) -> None:
    """Carry out a command of `pohon_keys`; `number` is its step, level or pixels."""
    own = _OWN.get(name)
    if own is not None:
        own(view, number)
    else:
        view.run(name, *((number,) if number else ()))


def _escape(view: "PohonView", number: int) -> None:
    """Let go of what was cut, else begin the chart further up."""
    if view.trees.cut_rows():
        view.run("escape")
    else:
        view.start_above()


_OWN: dict[str, Callable[["PohonView", int], object]] = {
    "zoom": lambda view, number: view.set_zoom_by(number),
    "fit": lambda view, number: view.canvas.fit(),
    "pan_right": lambda view, number: view.canvas.pan(number, 0),
    "pan_down": lambda view, number: view.canvas.pan(0, number),
    "page": lambda view, number: view.canvas.pan(0, number * view.canvas.viewport().height() * _PAGE),
    "add_indicator": lambda view, number: view.commands.add("indikator"),
    "menu": lambda view, number: view.open_menu(view.canvas.menu_place()),
    "expand_to": lambda view, number: view.fold_below(number),
    "escape": _escape,
    "fold": lambda view, number: view.fold(number),
    "start_here": lambda view, number: view.start_here(),
    "start_above": lambda view, number: view.start_above(),
}
