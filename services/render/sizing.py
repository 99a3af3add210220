"""A form in the size that its page settings ask for."""

from dataclasses import replace
from typing import Final

from services.forms.parts import (
    Cell,
    Contents,
    Cover,
    Form,
    Letterhead,
    Part,
    Row,
    Signature,
    Signatures,
    Table,
    Text,
)

_SAME: Final = 1e-9


def sized(form: Form) -> Form:
    """The form with its table bodies in `form.page.size` points; the form itself where that is None or so already.

    What is measured is the first table, or without any the first paragraph. All other sizes follow in proportion, and
    with them row heights, padding and indents (mm). Column widths do not, nor the room for a signature and its stamp.
    """
    factor = _factor(form)
    if abs(factor - 1) < _SAME:
        return form
    return replace(form, parts=tuple(_part(part, factor) for part in form.parts))


def _factor(form: Form) -> float:
    wanted = form.page.size
    tables = (part.size for part in form.parts if isinstance(part, Table))
    texts = (part.size for part in form.parts if isinstance(part, Text))
    own = next(tables, None) or next(texts, None)
    return wanted / own if wanted and own else 1.0


def _part(part: Part, factor: float) -> Part:
    if isinstance(part, Text):
        return _text(part, factor)
    if isinstance(part, Table):
        return sized_table(part, factor)
    if isinstance(part, Signature):
        return _signature(part, factor)
    if isinstance(part, Signatures):
        return Signatures(tuple(_signature(block, factor) for block in part.blocks))
    if isinstance(part, Cover):
        return replace(
            part,
            top=_texts(part.top, factor),
            middle=_texts(part.middle, factor),
            bottom=_texts(part.bottom, factor),
        )
    if isinstance(part, Letterhead):
        return replace(part, lines=_texts(part.lines, factor))
    if isinstance(part, Contents):
        return replace(part, size=part.size * factor)
    return part


def _texts(texts: tuple[Text, ...], factor: float) -> tuple[Text, ...]:
    return tuple(_text(text, factor) for text in texts)


def _text(text: Text, factor: float) -> Text:
    return replace(
        text,
        size=text.size * factor,
        after=text.after * factor,
        before=text.before * factor,
        indent=text.indent * factor,
        hang=text.hang * factor,
        first=text.first * factor,
    )


def _signature(part: Signature, factor: float) -> Signature:
    return replace(part, size=part.size * factor, width=part.width * factor)


def sized_table(table: Table, factor: float) -> Table:
    """The table with its sizes, row heights and padding times `factor`, in the widths that it has."""
    return replace(
        table,
        header=_rows(table.header, factor),
        body=tuple(_rows(block, factor) for block in table.body),
        total=_rows(table.total, factor),
        title=_texts(table.title, factor),
        size=table.size * factor,
        padding=table.padding * factor,
    )


def _rows(rows: tuple[Row, ...], factor: float) -> tuple[Row, ...]:
    return tuple(Row(tuple(_cell(cell, factor) for cell in row.cells), row.height * factor) for row in rows)


def _cell(cell: Cell, factor: float) -> Cell:
    if cell.size is None and not cell.hang:
        return cell
    return replace(cell, size=cell.size * factor if cell.size else None, hang=cell.hang * factor)
