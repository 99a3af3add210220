"""The text of a section as parts of a form: flowing paragraphs, lists with hanging labels, simple tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import sqrt

from models.plan import Plan
from models.rows import Dokumen
from services.forms.cells import header
from services.forms.parts import Cell, Part, Row, Run, Table, Text
from services.narasi.markup import DEEPEST, Paragraph, parse
from services.narasi.placeholders import fill, fill_runs, insert_of
from services.narasi.sections import CHAPTER, Section

SIZE = 11.5
WIDTH = 160.0
"""mm between the margins of the narrative."""

LEADING = 1.4
_STEP = 9.0
_FIRST = 10.0
_BETWEEN = 2.4
_BETWEEN_ITEMS = 1.0
_BAR = "|"
_LOOSE = re.compile(r"(?<=\S) (?=[:;](?:\s|$))")
"""A space before a colon, which many type and no line may end at."""
_YEAR = re.compile("(?:19|20)[0-9]{2}")
TABLE = 4
"""Level of a table's caption, below those of the sections."""
FIGURE = 5
_TYPED = re.compile(r"(tabel|gambar|grafik|bagan) ([0-9]+(?:\.[0-9]+)?)[.:]? +(\S.{0,200})", re.IGNORECASE)
BELOW_TABLE = Text("", 6, after=3)
"""The space between a table and the text that follows."""

_NUMERIC = re.compile(r"(?:Rp\.? ?)?-?[0-9][0-9.,]*(?:,-)? ?%?")
_CHAPTER_NUMBER = re.compile(r"(BAB\s+[IVXLC0-9]+)[.:]?\s+(?=\S)", re.IGNORECASE)
_NUMBER = re.compile(r"([0-9]+(?:\.[0-9]+)+\.?|[A-Z]\.)\s+(?=\S)")


def heading(section: Section, plan: Plan, dokumen: Dokumen) -> Text:
    """The title of a section: a bab centred in capitals on two lines, a number hanging before what is below it."""
    title = fill(section.title, plan, dokumen)
    if section.level == CHAPTER:
        title = _CHAPTER_NUMBER.sub(r"\1\n", title, count=1).upper()
        return Text(title, 13, bold=True, align="center", after=6, leading=1.3, level=CHAPTER)
    found = _NUMBER.match(title)
    hang = 9.0 if section.level == 2 else 13.0
    return Text(
        title[found.end() :] if found else title,
        SIZE,
        bold=True,
        italic=section.level > 2,
        before=4 if section.level == 2 else 3,
        after=2,
        indent=hang if found else 0,
        hang=hang if found else 0,
        label=found[1] if found else "",
        leading=1.25,
        level=section.level,
    )


def flow(isi: str | None, plan: Plan, dokumen: Dokumen) -> Iterator[Part]:
    """The paragraphs of a text with the plan's words filled in, and the tables and charts that it asks for."""
    typed: Text | None = None
    pieces = list(_pieces(nested(parse(isi))))
    for paragraph, after in zip(pieces, [*pieces[1:], None], strict=False):
        name = insert_of(paragraph.plain)
        if name is not None:
            from services.narasi.inserts import placed

            yield from placed(name, plan, dokumen)
            continue
        if _is_table(paragraph):
            lines = fill(paragraph.plain, plan, dokumen).split("\n")
            table = _table([[cell.strip() for cell in line.split(_BAR)] for line in lines])
            yield replace(table, title=(typed,)) if typed is not None else table
            yield BELOW_TABLE
            typed = None
            continue
        if after is not None and _is_table(after):
            typed = _typed_caption(fill(paragraph.plain, plan, dokumen)) if not paragraph.label else None
            if typed is not None:
                continue
        yield _text(paragraph, plan, dokumen)


def caption(text: str, level: int) -> Text:
    """The line above a table or figure."""
    return Text(text, 10, bold=True, align="center", before=2, after=1.5, level=level)


def _typed_caption(line: str) -> Text | None:
    """What an officer typed above a table, "Tabel 3.7 Analisis": with its number as it is; None for other words."""
    found = _TYPED.fullmatch(line.strip())
    if found is None:
        return None
    word, number, words = found.groups()
    return caption(f"{word.capitalize()} {number} {words}", TABLE if word.lower() == "tabel" else FIGURE)


def _is_table(paragraph: Paragraph) -> bool:
    lines = paragraph.plain.split("\n")
    return not paragraph.label and len(lines) > 1 and all(_BAR in line for line in lines)


def nested(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Where a text sets nothing in, letters and bullets that follow a numbered item go one level below it."""
    if any(paragraph.level for paragraph in paragraphs):
        return list(paragraphs)
    found: list[Paragraph] = []
    below = False
    for before, paragraph in zip([None, *paragraphs], paragraphs, strict=False):
        numbered = paragraph.label[:1].isdigit()
        below = bool(paragraph.label) and not numbered and before is not None and (below or before.label[:1].isdigit())
        found.append(replace(paragraph, level=1) if below else paragraph)
    return found


def _pieces(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs, parted where a line asks for a table or chart."""
    for paragraph in paragraphs:
        if not any(insert_of(line) for line in paragraph.plain.split("\n")):
            yield paragraph
            continue
        text: list[tuple[Run, ...]] = []
        for line in _lines(paragraph.runs):
            if insert_of("".join(run.text for run in line)) is None:
                text.append(line)
                continue
            yield from _joined(paragraph, text)
            text = []
            yield Paragraph(line)
        yield from _joined(paragraph, text)


def _lines(runs: Sequence[Run]) -> list[tuple[Run, ...]]:
    lines: list[tuple[Run, ...]] = [()]
    for run in runs:
        first, *more = run.text.split("\n")
        lines[-1] += (replace(run, text=first),) if first else ()
        lines += [(replace(run, text=text),) if text else () for text in more]
    return lines


def _joined(paragraph: Paragraph, lines: Sequence[tuple[Run, ...]]) -> Iterator[Paragraph]:
    """The lines as a paragraph like the one that they are of; nothing for none."""
    runs = [run for line in lines for run in (Run("\n"), *line)][1:]
    if runs:
        yield replace(paragraph, runs=tuple(runs))


def _text(paragraph: Paragraph, plan: Plan, dokumen: Dokumen) -> Text:
    runs = tuple(replace(run, text=_LOOSE.sub("\u00a0", run.text)) for run in fill_runs(paragraph.runs, plan, dokumen))
    level = min(paragraph.level, DEEPEST)
    text = Text(runs, SIZE, align="justify", leading=LEADING, indent=_STEP * level, after=_BETWEEN)
    if paragraph.label:
        return replace(text, label=paragraph.label, indent=_STEP * (level + 1), hang=_STEP, after=_BETWEEN_ITEMS)
    return text if level else replace(text, first=_FIRST)


def _table(lines: list[list[str]]) -> Table:
    """Lines of cells parted by bars; a first line without any number but years is the header."""
    count = max(map(len, lines))
    rows = [[*cells, *[""] * (count - len(cells))] for cells in lines]
    size = 9.0 if count <= 6 else 7.5 if count <= 10 else 6.0
    weights = [_weight([row[col] for row in rows]) for col in range(count)]
    widths = tuple(WIDTH * weight / sum(weights) for weight in weights)
    headed = not any(_is_amount(cell) for cell in rows[0])
    top = (Row(tuple(header(col, text) for col, text in enumerate(rows[0])), 6),) if headed else ()
    body = tuple((Row(tuple(map(_cell, range(count), row, rows[0])), 5.5),) for row in rows[len(top) :])
    return Table(widths, top, body, size=size, padding=1.0)


def _cell(col: int, text: str, title: str) -> Cell:
    """Numbers stand under one another, those of the lines below their "No"."""
    if not _NUMERIC.fullmatch(text):
        return Cell(col, text)
    return Cell(col, text, align="center" if title.rstrip(".").lower() == "no" else "right")


def _is_amount(cell: str) -> bool:
    """A number that is no year."""
    return cell.replace(".", "").replace(",", "").isdigit() and not _YEAR.fullmatch(cell)


def _weight(texts: list[str]) -> float:
    longest = max((len(word) for text in texts for word in text.split()), default=1)
    return max(longest + 2.0, 2.6 * sqrt(max(map(len, texts))))
