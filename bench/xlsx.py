"""XLSX of each form: its cost as it grows, and beside XlsxWriter writing the same cells.

Measured from a finished description in memory (our Form; lists of cells) to the bytes of the workbook. Both
write the hidden sheet of keys that is part of it.
"""

from collections.abc import Iterator
from io import BytesIO

from bench.clock import Side, medians
from bench.figures import LINEAR, Figure, Measurement, Scale, ratio
from bench.plans import PAPERS, form_of
from bench.xlsx_reading import read_book
from bench.xlsxwriter_copy import write_book
from services.forms.parts import Form
from services.render.xlsx import render_xlsx

OVER_XLSXWRITER = 1.5


def measurements() -> Iterator[Measurement]:
    """One for each form that goes into a workbook."""
    for form, entry in PAPERS.items():
        if "xlsx" not in entry.kinds:
            continue
        names = [f"xlsx_{size}_over_xlsxwriter.{form}" for size in (63, 630)]
        yield Measurement(
            (f"xlsx_630_over_63.{form}", *names),
            lambda scale, form=form: _measure(form, scale),  # type: ignore[misc]
        )


def _measure(name: str, scale: Scale) -> Iterator[Figure]:
    sides: dict[str, Side] = {}
    for size, blocks in ((63, scale.small), (630, scale.large)):
        form = form_of(name, blocks)
        sides[f"ours {size}"] = _ours(form)
        sides[f"peer {size}"] = _xlsxwriter(form)
    took = medians(sides, scale)
    yield ratio(f"xlsx_630_over_63.{name}", took["ours 630"], took["ours 63"], LINEAR)
    for size in (63, 630):
        figure = f"xlsx_{size}_over_xlsxwriter.{name}"
        yield ratio(figure, took[f"ours {size}"], took[f"peer {size}"], OVER_XLSXWRITER)


def _ours(form: Form) -> Side:
    return Side(lambda: render_xlsx(form, BytesIO()))


def _xlsxwriter(form: Form) -> Side:
    out = BytesIO()
    render_xlsx(form, out)
    book = read_book(out.getvalue())
    return Side(lambda: write_book(book))
