"""What the clipboard holds, as paragraphs of a narrative: text, bold, italics, lists, and tables in lines with bars."""

import json
import re
from dataclasses import dataclass, replace
from html import escape
from html.parser import HTMLParser

from PySide6.QtCore import QMimeData

from services.forms.parts import Run
from services.narasi.markup import DEEPEST, Paragraph, parse
from ui.narasi_lists import BULLET, following, is_label, opening_kind

MIME = "application/x-renaksi-naskah"
_LONGEST = 2_000_000
"""Characters of the clipboard that are read."""

_BLOCKS = {"p", "div", "li", "ul", "ol", "tr", "table", "blockquote", "pre", "section", "article", "dt", "dd", "hr"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_SKIPPED = {"head", "style", "script", "title", "xml", "del", "template", "noscript", "svg"}
_VOID = {"br", "img", "hr", "meta", "link", "input", "col", "wbr", "area", "base", "source"}
_FIRST_OF_TYPE = {"a": "a.", "A": "a.", "i": "i.", "I": "i.", "lower-alpha": "a.", "lower-latin": "a."}
_FIRST_OF_TYPE |= {"upper-alpha": "a.", "upper-latin": "a.", "lower-roman": "i.", "upper-roman": "i."}
_BOLD = re.compile(r"(?<![\w-])font-weight:(\w+)")
_ITALIC = re.compile(r"(?<![\w-])font-style:(\w+)")
_WORD_LEVEL = re.compile(r"mso-list:[^;]*level(\d)")
_LIST_TYPE = re.compile(r"list-style(?:-type)?:([\w-]+)")
_STAR = "\ue000"
"""Stands for a star while plain text is read, in which stars are only stars."""


def paragraphs_from(source: QMimeData) -> list[Paragraph]:
    """The paragraphs on a clipboard or in something dragged here; empty where it holds no text."""
    if source.hasFormat(MIME):
        return _unpacked(bytes(source.data(MIME).data()))
    if source.hasHtml():
        found = from_html(source.html()[:_LONGEST])
        if found:
            return found
    return from_text(source.text()[:_LONGEST]) if source.hasText() else []


def mime_of(paragraphs: list[Paragraph]) -> QMimeData:
    """Paragraphs for the clipboard: for this program, for word processors, and as plain text."""
    packed = [[p.label, p.level, [[run.text, run.bold, run.italic] for run in p.runs]] for p in paragraphs]
    source = QMimeData()
    source.setData(MIME, json.dumps(packed).encode())
    source.setHtml("".join(_html(p) for p in paragraphs))
    source.setText("\n".join(f"{p.label} {p.plain}" if p.label else p.plain for p in paragraphs))
    return source


def from_text(text: str) -> list[Paragraph]:
    """Plain text: empty lines part the paragraphs, or where there is none each line is one; labels make lists."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if "\n" not in text:
        return [Paragraph((Run(text),))] if text else []
    if not re.search(r"\n[ \t]*\n", text):
        text = text.replace("\n", "\n\n")
    paragraphs = parse(text.replace("*", _STAR))
    return [Paragraph(tuple(Run(run.text.replace(_STAR, "*")) for run in p.runs), p.label, p.level) for p in paragraphs]


def from_html(html: str) -> list[Paragraph]:
    """The paragraphs of a web page or of a document of a word processor."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_table()
    reader.end_paragraph()
    return reader.paragraphs


def _html(paragraph: Paragraph) -> str:
    words = []
    for run in paragraph.runs:
        text = escape(run.text).replace("\n", "<br>")
        text = f"<i>{text}</i>" if run.italic else text
        words.append(f"<b>{text}</b>" if run.bold else text)
    label = f"{escape(paragraph.label)} " if paragraph.label else ""
    return f'<p style="margin-left:{36 * paragraph.level}px">{label}{"".join(words)}</p>'


def _unpacked(data: bytes) -> list[Paragraph]:
    try:
        return [
            Paragraph(tuple(Run(str(text), bool(bold), bool(italic)) for text, bold, italic in runs), label, level)
            for label, level, runs in json.loads(data)
        ]
    except (ValueError, TypeError):
        return []


@dataclass(frozen=True, slots=True)
class _Style:
    """What an element makes of the text in it. `marker`: it is the label that a word processor wrote out."""

    tag: str = ""
    bold: bool = False
    italic: bool = False
    skipped: bool = False
    marker: bool = False


class _Reader(HTMLParser):
    """Reads elements as they come; never loads anything that they name."""

    def __init__(self) -> None:
        super().__init__()
        self.paragraphs: list[Paragraph] = []
        self._open: list[_Style] = [_Style()]
        self._lists: list[tuple[str, str]] = []
        """Of each open list: the label of its next item, and the kind."""
        self._runs: list[Run] = []
        self._label, self._level, self._marker = "", 0, ""
        self._tables = 0
        self._rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        style = "".join(given.get("style", "").lower().split())
        if tag == "table":
            self.end_paragraph()
            self._tables += 1
        if self._tables:
            self._begin_cell(tag)
        elif tag == "br":
            self._add("\n")
        elif tag in _BLOCKS or tag in _HEADINGS:
            self._begin(tag, given, style)
        if tag not in _VOID:
            self._open.append(_styled(self._open[-1], tag, style))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        at = next((i for i in range(len(self._open) - 1, 0, -1) if self._open[i].tag == tag), 0)
        if at:
            del self._open[at:]
        if tag == "table" and self._tables:
            self._tables -= 1
            if not self._tables:
                self.end_table()
        if self._tables:
            return
        if tag in _BLOCKS or tag in _HEADINGS:
            self.end_paragraph()
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        if tag in ("ul", "ol", "li", "p", *_HEADINGS):
            self._level = max(len(self._lists), 0)

    def handle_data(self, data: str) -> None:
        if self._open[-1].skipped:
            return
        if self._open[-1].marker:
            self._marker += data
        else:
            self._add(re.sub(r"[\s\xa0]+", " ", data))

    def end_paragraph(self) -> None:
        """What was read so far is a paragraph, unless it is empty."""
        label = self._label
        if self._marker.strip():
            label, rest = _word_label(self._marker)
            self._runs.insert(0, Run(rest))
        self._marker = ""
        runs = _tidied(self._runs)
        self._runs = []
        if runs and not label:
            label, runs = _typed_label(runs)
        if runs:
            self.paragraphs.append(Paragraph(runs, label, min(self._level, DEEPEST)))
            self._label = ""

    def end_table(self) -> None:
        """What was read is a table: lines with bars, or paragraphs where it has but one row or one column."""
        rows = [[" ".join(cell.split()) for cell in row] for row in self._rows]
        rows = [row for row in rows if any(row)]
        self._rows, self._tables = [], 0
        columns = max((len(row) for row in rows), default=0)
        if columns < 2 or len(rows) < 2:
            words = [cell for row in rows for cell in row if cell]
            self.paragraphs += [Paragraph((Run(cell),)) for cell in words]
            return
        lines = [" | ".join(cell.replace("|", "/") for cell in row + [""] * (columns - len(row))) for row in rows]
        self.paragraphs.append(Paragraph((Run("\n".join(line.strip() for line in lines)),)))

    def _begin_cell(self, tag: str) -> None:
        if self._tables == 1 and tag == "tr":
            self._rows.append([])
        elif self._tables == 1 and tag in ("td", "th"):
            self._rows = self._rows or [[]]
            self._rows[-1].append("")
        elif tag == "br" or tag in _BLOCKS or tag in _HEADINGS:
            self._add(" ")

    def _begin(self, tag: str, given: dict[str, str], style: str) -> None:
        self.end_paragraph()
        if tag in ("ul", "ol"):
            named = _LIST_TYPE.search(style)
            first = _FIRST_OF_TYPE.get(named[1] if named else given.get("type", ""), "1.")
            start = given.get("start", "")
            first = f"{start}." if first == "1." and start.isdecimal() and len(start) < 4 else first
            first = "-" if tag == "ul" else first
            self._lists.append((first, opening_kind(first)))
        elif tag == "li":
            self._label, kind = self._lists[-1] if self._lists else ("-", BULLET)
            self._level = max(len(self._lists) - 1, 0)
            self._lists[-1:] = [(following(self._label, kind), kind)]
        else:
            word = _WORD_LEVEL.search(style)
            if word:
                self._level = int(word[1]) - 1
            elif not self._label:
                self._level = len(self._lists)

    def _add(self, text: str) -> None:
        style = self._open[-1]
        if self._tables:
            if self._rows and self._rows[-1] and not style.skipped:
                self._rows[-1][-1] += text
        elif text and not style.skipped:
            self._runs.append(Run(text, style.bold, style.italic))


def _styled(around: _Style, tag: str, style: str) -> _Style:
    bold = around.bold or tag in ("b", "strong", "th") or tag in _HEADINGS
    italic = around.italic or tag in ("i", "em", "cite")
    weight, slant = _BOLD.search(style), _ITALIC.search(style)
    if weight:
        bold = weight[1] in ("bold", "bolder") or (weight[1].isdecimal() and int(weight[1]) >= 600)
    if slant:
        italic = slant[1] in ("italic", "oblique")
    skipped = around.skipped or tag in _SKIPPED or "display:none" in style or "mso-hide:all" in style
    marker = around.marker or "mso-list:ignore" in style
    return _Style(tag, bold, italic, skipped, marker)


def _word_label(marker: str) -> tuple[str, str]:
    """(label, text) for a label that a word processor wrote out; one that we do not know stays as text."""
    word = marker.replace("\xa0", " ").strip()
    if word.startswith("(") and is_label(word[1:]):
        word = word[1:]
    if is_label(word):
        return ("-" if word == "•" else word), ""
    return ("", f"{word} ") if any(char.isalnum() for char in word) and word != "o" else ("-", "")


def _typed_label(runs: tuple[Run, ...]) -> tuple[str, tuple[Run, ...]]:
    """(label, text) of a paragraph whose label was typed by hand."""
    first = runs[0]
    word, space, rest = first.text.partition(" ")
    if not (is_label(word) and space and (rest or runs[1:])):
        return "", runs
    return word, ((replace(first, text=rest),) if rest else ()) + runs[1:]


def _tidied(runs: list[Run]) -> tuple[Run, ...]:
    """Neighbours of one style joined, spaces single, none at the ends of lines."""
    letters: list[tuple[str, bool, bool]] = []
    for run in runs:
        for char in run.text:
            if char == "\n":
                while letters and letters[-1][0] == " ":
                    letters.pop()
            if char != " " or (letters and letters[-1][0] not in " \n"):
                letters.append((char, run.bold, run.italic))
    while letters and letters[-1][0] in " \n":
        letters.pop()
    while letters and letters[0][0] == "\n":
        letters.pop(0)
    tidy: list[Run] = []
    for char, bold, italic in letters:
        if tidy and (tidy[-1].bold, tidy[-1].italic) == (bold, italic):
            tidy[-1] = Run(tidy[-1].text + char, bold, italic)
        else:
            tidy.append(Run(char, bold, italic))
    return tuple(tidy)
