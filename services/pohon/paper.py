"""The chart of a cascade arranged for paper: the largest text that goes, the signature in an empty corner."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from services.pohon.card import SMALLER, Card, band_of
from services.pohon.layout import Spacing
from services.pohon.nodes import Cascade, Node, references
from services.pohon.packing import Shape, packed, shapes
from services.pohon.scene import Scene, Style, boxed, draw
from services.render.sheets import MM

WIDTHS: Final = (12.5, 14, 15.5, 17, 19, 22, 26, 31, 38, 46)
"""Widths of a box in sizes of its text."""

_TRIED: Final = 12
"""Shapes that are looked at closely."""
_SMALLER: Final = (1.0, 0.985, 0.97, 0.95, 0.93, 0.9, 0.86, 0.82, 0.78)
"""Scales at which room for the signature is looked for."""
_FOR_RIGHT: Final = 0.93
"""The chart is made so much smaller for the signature to stand on the right, more where its text stays as it is."""
_STEPS: Final = 16
"""Places across the page where it is looked for."""
_CLEAR: Final = 2.5 * MM
"""Around it."""
_HIGHEST: Final = 0.3
"""No part of the signature is higher on the page than this share of it."""
_TIDY: Final = 60
"""Boxes up to which the tree may stand in levels, as it does on the screen."""
_TIDY_WIDTHS: Final = (30, 36, 44, 54)
_LEAST: Final = 5.95
"""Points of its smallest text: with less all stands in one size."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A scene times `scale`, its left edge at `x` (pt); (x, y) of the signature, None where none was asked for."""

    scene: Scene
    scale: float
    x: float
    width: float
    height: float
    spot: tuple[float, float] | None = None


class Chart:
    """The cascade with text of `size` points, in all shapes that are worth printing."""

    def __init__(self, tree: Cascade, size: float) -> None:
        self.tree, self.size = tree, size
        self._cards: dict[tuple[int, float], Card] = {}
        self._refers = references(tree)
        self._scenes: dict[int, Scene] = {}
        self._spacing = Spacing(beside=size * 0.9, below=size * 1.5, listed=size * 0.6, indent=size * 1.2)

    def fit(self, room: tuple[float, float], signature: tuple[float, float] | None, largest: float) -> Fitted:
        """The arrangement with the largest text in a room (pt), no larger than `largest` times its own.

        Args:
            signature: width and height (pt) that must stay free in a lower corner or beside the chart.
        """
        found: Fitted | None = None
        for scene in self._tidy(room, largest):
            fitted = _fitted(scene, room, signature, largest)
            if fitted is not None and fitted.scale >= 1.0 and (found is None or fitted.scale > found.scale):
                found = fitted
        if found is not None:
            return found
        for shape in sorted(self._shapes, key=lambda each: -_scale(each.width, each.height, room))[:_TRIED]:
            if found is not None and _scale(shape.width, shape.height, room) * 1.1 < found.scale:
                continue
            fitted = _fitted(self._scene(shape), room, signature, largest)
            if fitted is not None and (found is None or fitted.scale > found.scale + 1e-9):
                found = fitted
        return found or Fitted(Scene(0.0, 0.0, (), (), ()), 1.0, 0.0, *room)

    def whole(self, scene: Scene, signature: tuple[float, float]) -> Fitted:
        """One of its scenes at its own size, with room for the signature in a corner or below."""
        room = max(scene.width, signature[0]), scene.height + signature[1] + _CLEAR
        return _fitted(scene, room, signature, 1.0) or Fitted(scene, 1.0, 0.0, *room, (0.0, scene.height + _CLEAR))

    def scenes(self) -> Iterator[Scene]:
        """All shapes, from the narrowest to the lowest."""
        return (self._scene(shape) for shape in self._shapes)

    @cached_property
    def _shapes(self) -> list[Shape[Node]]:
        widths = [each * self.size for each in WIDTHS]
        return shapes(self.tree.roots, lambda node: node.children, self._height, widths, self._spacing)

    def _tidy(self, room: tuple[float, float], largest: float) -> Iterator[Scene]:
        """The tree in levels, where there are few enough boxes that their text may be of full size."""
        count, waiting = 0, list(self.tree.roots)
        while waiting:
            count += 1
            waiting += waiting.pop().children
        if count <= _TIDY:
            for width in _TIDY_WIDTHS:
                scene = draw(self.tree, Style(width, self.size))
                scale = min(_scale(scene.width, scene.height, room), largest)
                if scale >= 1.0 and self.size * SMALLER * scale >= _LEAST:
                    yield scene

    def _card(self, node: Node, width: float) -> Card:
        key = id(node), round(width, 1)
        if key not in self._cards:
            refers = self._refers.get(node.row_id, ())
            self._cards[key] = Card(node, self.size, width, refers=refers, dense=True)
        return self._cards[key]

    def _height(self, node: Node, width: float) -> float:
        return self._card(node, width).height

    def _scene(self, shape: Shape[Node]) -> Scene:
        if id(shape) not in self._scenes:
            made = packed(shape, self._height, WIDTHS[-1] * self.size, self._spacing, band_of(self.size) / 2)
            boxes = tuple(replace(boxed(self._card(p.node, p.width), p), width=p.width) for p in made.places)
            self._scenes[id(shape)] = Scene(made.width, made.height, boxes, made.lines, ())
        return self._scenes[id(shape)]


def _scale(width: float, height: float, room: tuple[float, float]) -> float:
    return min(room[0] / max(width, 1.0), room[1] / max(height, 1.0))


def _fitted(
    scene: Scene, room: tuple[float, float], signature: tuple[float, float] | None, largest: float
) -> Fitted | None:
    """The scene as large as goes; None where the signature finds no place even beside a much smaller one."""
    best = min(_scale(scene.width, scene.height, room), largest)
    if signature is None:
        return _placed(scene, best, room, None)
    for half in (0.4, 0.0):
        for share in _SMALLER:
            if not half or share >= _FOR_RIGHT or best * share >= 1.0:
                fitted = _placed(scene, best * share, room, signature, half)
                if fitted is not None:
                    return fitted
    below = min(_scale(scene.width, scene.height, (room[0], room[1] - signature[1] - _CLEAR)), largest)
    beside = min(_scale(scene.width, scene.height, (room[0] - signature[0] - _CLEAR, room[1])), largest)
    return _placed(scene, max(below, beside) * 0.999, room, signature)


def _placed(
    scene: Scene, scale: float, room: tuple[float, float], signature: tuple[float, float] | None, least: float = 0.0
) -> Fitted | None:
    """The scene in the middle of the width, or on the left where only so the signature has its place."""
    spare = max(room[0] - scene.width * scale, 0.0)
    tall = scene.height * scale
    if signature is None:
        return Fitted(scene, scale, spare / 2, room[0], tall)
    for x in (spare / 2, 0.0):
        spot = _spot(scene, scale, x, room, signature, least)
        if spot is not None:
            return Fitted(scene, scale, x, room[0], max(tall, spot[1] + signature[1]), spot)
    return None


def _spot(
    scene: Scene, scale: float, x: float, room: tuple[float, float], signature: tuple[float, float], least: float
) -> tuple[float, float] | None:
    """Where nothing stands below: as far to the right as goes, and as low as the chart reaches.

    Args:
        least: share of the room that must lie to the left of it.
    """
    width, height = signature
    lowest = [(x + box.x * scale, x + (box.x + box.width) * scale, (box.y + box.height) * scale) for box in scene.boxes]
    lowest += [
        (x + min(p[0] for p in line) * scale, x + max(p[0] for p in line) * scale, max(p[1] for p in line) * scale)
        for line in scene.lines
    ]
    for step in range(_STEPS):
        left = (room[0] - width) * (1 - step / (_STEPS - 1))
        if left < least * room[0]:
            break
        free = max(
            (down for x0, x1, down in lowest if x0 < left + width + _CLEAR and x1 > left - _CLEAR), default=-_CLEAR
        )
        top = max(free + _CLEAR, min(scene.height * scale, room[1]) - height, room[1] * _HIGHEST)
        if top + height <= room[1] + 1e-6:
            return left, top
    return None
