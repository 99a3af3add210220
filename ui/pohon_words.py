"""The words of the chart: what is read out of a box, its tooltip, and what the status line says."""

from collections.abc import Mapping, Sequence

from services.bagan import Chart
from services.kekosongan import Mark
from services.pohon.nodes import Node
from services.terms import LEVEL_NAMES


def tip_of(node: Node, marks: Sequence[Mark]) -> str:
    """All of a box, line by line."""
    lines = [node.title, node.position, node.text]
    lines += [f"• {each.text}{': ' if each.target else ''}{each.target}" for each in node.measures]
    lines += [f"{LEVEL_NAMES[each.level]} {each.name}" for each in node.lines]
    lines += [f"{mark.tingkat.capitalize()}: {mark.words}" for mark in marks]
    return "\n".join(line for line in lines if line)


def spoken(chart: Chart, number: int, marks: Mapping[str, tuple[Mark, ...]]) -> str:
    """A box for a screen reader."""
    spot = chart.spots[number]
    node = spot.node
    parts = [node.title, node.text, node.position]
    parts += [mark.words for mark in marks.get(node.row_id, ())] if node.row_id else []
    if spot.hidden:
        parts.append(f"terlipat, {spot.hidden} kotak di bawahnya")
    elif spot.children:
        parts.append(f"{len(spot.children)} di bawahnya")
    return ", ".join(part for part in parts if part)


def summary(boxes: int, holes: int | None) -> str:
    """ "107 kotak, 18 kekosongan"; None while the findings are not there yet."""
    if holes is None:
        return f"{boxes} kotak, kekosongan sedang diperiksa"
    return f"{boxes} kotak, {f'{holes} kekosongan' if holes else 'tanpa kekosongan'}"
