"""`python -m bench`: measure, and print a table or JSON."""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import (
    capaian,
    checking,
    editing,
    grid_speed,
    libreoffice,
    memory,
    merging,
    opening,
    pdf,
    pohon,
    pohon_layar,
    publishing,
    start,
    xlsx,
)
from bench.child import use_folder
from bench.figures import FULL, SMOKE, Figure, Measurement, as_json, table_head, table_line

GROUPS = (
    pdf,
    xlsx,
    opening,
    start,
    editing,
    grid_speed,
    memory,
    publishing,
    merging,
    checking,
    capaian,
    pohon,
    pohon_layar,
    libreoffice,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when everything ran; a missed aim is no failure. 2: no figure has such a name."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="small sizes, once: only proves that everything runs")
    parser.add_argument("--json", action="store_true", help="a dict of name -> number instead of the table")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="figures whose names begin so, such as pdf edit_100")
    options = parser.parse_args(arguments)
    wanted = list(_chosen(options.only))
    if not wanted:
        parser.error(f"no figure has such a name; there are: {', '.join(name for m in _all() for name in m.names)}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    figures = []
    if not options.json:
        print(table_head())
    with TemporaryDirectory() as folder:
        use_folder(Path(folder))
        for figure in _measured(wanted, options.only, smoke=options.smoke):
            figures.append(figure)
            if not options.json:
                print(table_line(figure), flush=True)
    if options.json:
        print(as_json(figures))
    return 0


def _all() -> Iterator[Measurement]:
    for group in GROUPS:
        yield from group.measurements()


def _chosen(only: Sequence[str] | None) -> Iterator[Measurement]:
    for measurement in _all():
        if any(_is_wanted(name, only) for name in measurement.names):
            yield measurement


def _is_wanted(name: str, only: Sequence[str] | None) -> bool:
    return only is None or name.startswith(tuple(only))


def _measured(wanted: Iterable[Measurement], only: Sequence[str] | None, *, smoke: bool) -> Iterator[Figure]:
    for measurement in wanted:
        for figure in measurement.run(SMOKE if smoke else FULL):
            if _is_wanted(figure.name, only):
                yield figure


if __name__ == "__main__":
    sys.exit(main())
