"""PDF of each form: its cost as it grows, beside a raw canvas and beside typst.

Measured from a finished description in memory (our Form; typst's source) to the bytes of the PDF. Both keep their
fonts loaded from one document to the next; what else outlives a document is emptied before each run: our widths of
texts, and what typst remembers of its layouts. typst writes no tags, as we do not.
"""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import product

import typst

from bench.clock import Side, medians, once
from bench.figures import LINEAR, Figure, Measurement, Scale, ratio
from bench.plans import PAPERS, form_of, form_plan
from bench.raw_canvas import draw, placed_texts
from bench.typst_markup import WAYS, Way, markup
from services.forms import build_form
from services.forms.parts import Form
from services.render.fonts import face, font_file
from services.render.pdf import render_pdf

OVER_TYPST = 1.0
OVER_RAW = 3.0
_AGE = 12
"""typst forgets what the last ten documents did not need; so many empty ones take no time."""


def measurements() -> Iterator[Measurement]:
    """Two for each form: making the Form, and printing it."""
    for form in PAPERS:
        yield Measurement(
            (f"form_630_over_63.{form}",),
            lambda scale, form=form: _build(form, scale),  # type: ignore[misc]
        )
        names = [f"pdf_{size}_over_{peer}.{form}" for size in (63, 630) for peer in ("typst", "raw")]
        yield Measurement(
            (f"pdf_630_over_63.{form}", *names),
            lambda scale, form=form: _measure(form, scale),  # type: ignore[misc]
        )


def _measure(name: str, scale: Scale) -> Iterator[Figure]:
    sides: dict[str, Side] = {}
    for size, blocks in ((63, scale.small), (630, scale.large)):
        form = form_of(name, blocks)
        sides[f"ours {size}"] = ours(form)
        sides[f"raw {size}"] = _raw(form)
        sides[f"typst {size}"] = _typst(form)
    took = medians(sides, scale)
    yield ratio(f"pdf_630_over_63.{name}", took["ours 630"], took["ours 63"], LINEAR)
    for size in (63, 630):
        mine = took[f"ours {size}"]
        yield ratio(f"pdf_{size}_over_typst.{name}", mine, took[f"typst {size}"], OVER_TYPST)
        yield ratio(f"pdf_{size}_over_raw.{name}", mine, took[f"raw {size}"], OVER_RAW)


def _build(name: str, scale: Scale) -> Iterator[Figure]:
    """From the rows to the Form; the small one as often as it goes into the large one, for it is soon done."""
    small, large = form_plan(name, scale.small), form_plan(name, scale.large)
    times = scale.large // scale.small
    several = Side(lambda: [build_form(*small, name) for _ in range(times)])
    took = medians({"63": several, "630": Side(lambda: build_form(*large, name))}, scale)
    yield ratio(f"form_630_over_63.{name}", took["630"], took["63"] / times, LINEAR)


def ours(form: Form) -> Side:
    """Our renderer, without the widths that it remembers."""
    return Side(lambda: render_pdf(form, BytesIO()), before=_forget_widths)


def _forget_widths() -> None:
    for bold, italic in product((False, True), repeat=2):
        face(bold, italic).width.cache_clear()


def _raw(form: Form) -> Side:
    pages = placed_texts(form)
    return Side(lambda: draw(pages))


def _typst(form: Form) -> Side:
    """typst in the way that it is faster with this form."""
    compiler = _compiler()
    tries = {way: _compiling(compiler, form, way) for way in WAYS}
    for side in tries.values():
        once(side)
    return min(tries.values(), key=once)


@cache
def _compiler() -> typst.Compiler:
    folder = str(font_file("LiberationSans-Regular").parent)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    return typst.Compiler(font_paths=fonts)


def _compiling(compiler: typst.Compiler, form: Form, way: Way) -> Side:
    source = markup(form, way)

    def forget() -> None:
        for _ in range(_AGE):
            compiler.compile(b"", pdf_tags=False)

    return Side(lambda: compiler.compile(source, pdf_tags=False), before=forget)
