"""The word DRAF across a page, drawn as outlines so that programs that read pages do not sort it into their text."""

from math import atan2, cos, sin
from typing import Final

WORD: Final = "DRAF"
_OUTLINE: Final = """\
680 349 m 680 278 666 216 638 163 c 611 110 571 70 520 42 c 469 14 411 0 345 0 c 67 0 l 67 688 l 316 688 l
432 688 521 659 585 600 c 648 542 680 458 680 349 c h
535 349 m 535 423 516 479 478 518 c 439 557 384 577 313 577 c 211 577 l 211 111 l 333 111 l
395 111 444 133 480 175 c 517 218 535 276 535 349 c h
1262 0 m 1102 261 l 933 261 l 933 0 l 789 0 l 789 688 l 1133 688 l 1215 688 1278 670 1323 635 c
1367 600 1390 549 1390 483 c 1390 435 1376 393 1349 358 c 1321 323 1284 300 1238 289 c 1424 0 l h
1245 477 m 1245 543 1202 576 1118 576 c 933 576 l 933 373 l 1122 373 l 1162 373 1193 382 1213 400 c
1234 419 1245 444 1245 477 c h
1998 0 m 1937 176 l 1674 176 l 1613 0 l 1469 0 l 1720 688 l 1890 688 l 2140 0 l h
1805 582 m 1802 571 l 1799 560 1795 546 1791 531 c 1786 516 1758 434 1707 284 c 1904 284 l 1836 482 l 1815 548 l h
2377 577 m 2377 364 l 2729 364 l 2729 252 l 2377 252 l 2377 0 l 2233 0 l 2233 688 l 2741 688 l 2741 577 l h"""
"""Of the letters of Liberation Sans Bold, in thousandths of their size."""
_WIDTH: Final = 2808
_HEIGHT: Final = 688
_SHARE: Final = 0.36
"""Size of the letters, of the shorter side of the page."""
_GREY: Final = 0.91


def operators(width: float, height: float) -> str:
    """What draws the word from corner to corner of a page, `width` by `height` points."""
    slope = atan2(height, width)
    scale = _SHARE * min(width, height) / 1000
    across, up = scale * cos(slope), scale * sin(slope)
    x = width / 2 - _WIDTH / 2 * across + _HEIGHT / 2 * up
    y = height / 2 - _WIDTH / 2 * up - _HEIGHT / 2 * across
    return f"q {_GREY:g} g {across:.5f} {up:.5f} {-up:.5f} {across:.5f} {x:.2f} {y:.2f} cm\n{_OUTLINE}\nf Q"
