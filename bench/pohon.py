"""The tidy tree of 1,000 boxes: in rows as on a screen, and in all the shapes of which paper takes the best."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.clock import Side, medians
from bench.figures import Figure, Measurement, Scale
from services.pohon.layout import Spacing, arrange
from services.pohon.packing import shapes

BOXES, FEW = 1000, 30
MOST = 0.2
"""Seconds."""
_WIDTHS = (90.0, 105.0, 120.0, 150.0, 180.0, 220.0, 260.0)
"""Points that a box on paper may be wide."""
_BRANCHES = (2, 6)
"""Children of a box, least and most."""


@dataclass(eq=False)
class _Node:
    """A box of some size with those below it."""

    size: tuple[float, float]
    children: list["_Node"] = field(default_factory=list)


def measurements() -> Iterator[Measurement]:
    """Both ways of laying out the same tree."""
    yield Measurement(("pohon_layout_1000_s", "pohon_paper_1000_s"), _layout)


def _layout(scale: Scale) -> Iterator[Figure]:
    root, spacing = _tree(FEW if scale.is_smoke else BOXES), Spacing()
    took = medians(
        {"levels": Side(lambda: _levels(root, spacing)), "paper": Side(lambda: _paper(root, spacing))}, scale
    )
    yield Figure("pohon_layout_1000_s", took["levels"], "s", MOST)
    yield Figure("pohon_paper_1000_s", took["paper"], "s")


def _levels(root: _Node, spacing: Spacing) -> object:
    """In rows; children of which none has children stand as a list."""
    return arrange([root], lambda node: node.children, lambda node: node.size, _has_leaves, spacing)


def _has_leaves(node: _Node) -> bool:
    return bool(node.children) and not any(child.children for child in node.children)


def _paper(root: _Node, spacing: Spacing) -> object:
    """In all shapes that are worth having."""
    return shapes([root], lambda node: node.children, _height, _WIDTHS, spacing)


def _height(node: _Node, width: float) -> float:
    return node.size[0] * node.size[1] / width


def _tree(count: int) -> _Node:
    """So many boxes of different heights, the same each time, level by level."""
    chance = random.Random(7)
    root = _Node((120.0, 60.0))
    waiting, made = [root], 1
    while made < count:
        above = waiting.pop(0)
        for _ in range(min(chance.randint(*_BRANCHES), count - made)):
            child = _Node((120.0, chance.uniform(40.0, 160.0)))
            above.children.append(child)
            waiting.append(child)
            made += 1
    return root
