"""Texts as code of typst."""

from collections.abc import Iterator

from services.forms.parts import Run, Shade, Text

CAP = 0.716
"""Height of a capital of Liberation Sans, in sizes: typst's line is so high."""
MM = 25.4 / 72
"""Millimetres in a point."""


def said(text: str, bold: bool = False, size: float | None = None, *, italic: bool = False) -> str:
    """An expression that shows a text; in the style around it where nothing else is asked for."""
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    options = ['weight: "bold"'] * bold + ['style: "italic"'] * italic + ([f"size: {size:g}pt"] if size else [])
    return f"text({', '.join([*options, quoted])})" if options else quoted


def leading(lines: float, size: float) -> str:
    """What typst puts between the lines of a paragraph whose line distance is so many sizes."""
    return f"leading: {(lines - CAP) * size:.3f}pt"


def colour(shade: Shade) -> str:
    """A grey or a colour."""
    return f'rgb("{shade}")' if isinstance(shade, str) else f"luma({shade * 100:g}%)"


def aligned(text: Text) -> str:
    """An expression that shows a paragraph without indents, such as a title line."""
    where = "left" if text.align == "justify" else text.align
    return f"align({where}, {_runs(text)})"


def paragraph(text: Text) -> Iterator[str]:
    """The paragraph with the space above and below it, as markup."""
    if text.before:
        yield f"#v({text.before}mm)"
    if text.indent or text.label or text.first or text.align == "justify" or len(text.plain) > _SHORT:
        yield f"#{_set(text)}"
    else:
        yield f"#{aligned(text)}"
    yield f"#v({text.after + (text.leading - CAP) * text.size * MM:.3f}mm)"


_SHORT = 120
"""A text of no more letters is one line, whose line distance does not matter."""


def _set(text: Text) -> str:
    options = [leading(text.leading, text.size)]
    if text.align == "justify":
        options.append("justify: true")
    if text.first:
        options.append(f"first-line-indent: (amount: {text.first}mm, all: true)")
    if text.hang:
        options.append(f"hanging-indent: {text.hang}mm")
    label = f"{said(f'{text.label} ', text.bold, text.size)} + " if text.label else ""
    shown = f"par({', '.join(options)}, {label}{_runs(text)})"
    if text.align in ("center", "right"):
        shown = f"align({text.align}, {shown})"
    left = text.indent - text.hang
    return f"pad(left: {left:g}mm, {shown})" if left > 0 else shown


def _runs(text: Text) -> str:
    runs = (Run(text.text),) if isinstance(text.text, str) else text.text
    return " + ".join(
        said(run.text, run.bold or text.bold, text.size, italic=run.italic or text.italic) for run in runs
    )
