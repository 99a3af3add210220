"""Tables as HTML on the clipboard: read as Excel, LibreOffice and Google write them, written so that they read them.

Nothing is ever loaded or run: the text goes through the standard library's parser, and pictures, scripts and links
are left where they are.
"""

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from html import escape
from html.parser import HTMLParser

from services.paste_cells import MAX_COLUMNS, MAX_ROWS, Block, Pasted

_SPACES = re.compile(r"[ \t\r\n\f]+")
_AROUND_BREAK = re.compile(r" ?\n ?")
_SILENT = frozenset({"style", "script", "title", "template", "object", "noscript", "xml"})
_BLOCKS = frozenset({"p", "div", "li"})
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_CLASS = re.compile(r"\.([\w-]+)\s*\{([^}]*)\}")
_FORMAT = re.compile(r"mso-number-format\s*:\s*([^;}]+(?:\\;[^;}]*)*)")
_SEPARATOR = re.compile(r'mso-displayed-(decimal|thousand)-separator\s*:\s*"?\\?([^";}]?)')
_CHUNK = 1 << 16

Attrs = Mapping[str, str | None]


def read_html(text: str) -> Block | None:
    """The cells of the tables in an HTML text, what the user saw in each; None when it is not just tables.

    A merged cell has its text in the first place and empty ones in the others. Rows and cells that are not displayed
    are left out. The numbers behind the texts come from `sdval` (LibreOffice), `x:num` (Excel), `data-sheets-value`
    (Google), or from the text where Excel says how it displays numbers and that the cell is one.
    """
    start = text.find("<")
    if start < 0:
        return None
    parser = _Tables()
    for at in range(start, len(text), _CHUNK):
        parser.feed(text[at : at + _CHUNK])
        if len(parser.rows) > MAX_ROWS:
            break
    else:
        parser.close()
    parser.end_row()
    if parser.loose or not parser.rows:
        return None
    return Block(parser.rows, source=_source(text), cut=parser.cut)


def write_html(texts: Sequence[Sequence[str]], numbers: Sequence[Sequence[str | None]] | None = None) -> str:
    """A table that Excel and LibreOffice paste with numbers as numbers and texts as texts, never as formulas.

    Args:
        numbers: for each cell the plain decimal ("1234.5") that its text shows, or None. It is used where the text is
            nothing but a number, with or without Rp or %.
    """
    rows = []
    for r, row in enumerate(texts):
        cells = (_cell(text, numbers[r][c] if numbers else None) for c, text in enumerate(row))
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return _PAGE.format("\n".join(rows))


_PAGE = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<style><!--br {{mso-data-placement:same-cell;}}--></style></head>
<body><table><!--StartFragment-->
{}
<!--EndFragment--></table></body></html>"""
_BARE = re.compile(r"\(?[-+–−]? ?(?:rp\.? ?)?[0-9][0-9., ]*(?:,-)?\)?(%?)", re.IGNORECASE)


def _cell(text: str, number: str | None) -> str:
    shown = escape(text.replace("\r\n", "\n").replace("\r", "\n")).replace("\n", "<br>")
    value = _decimal(number) if number is not None else None
    bare = _BARE.fullmatch(" ".join(text.split()))
    if value is None or bare is None:
        return f'<td x:str sdnum="1033;0;@" style=\'mso-number-format:"\\@"\'>{shown}</td>'
    decimals = min(9, max(0, -int(value.as_tuple().exponent)))
    tail = f".{'0' * decimals}" if decimals else ""
    if bare[1]:
        value, excel, calc = value / 100, f"0{tail}%", "0.00%" if decimals else "0%"
    else:
        # LibreOffice takes up the formats of its own list only; others it loses or turns into money.
        excel, calc = f"#,##0{tail}", "" if decimals > 2 else "0;#,##0.00" if decimals else "0;#,##0"
    calc = f"0;{calc}" if bare[1] else calc
    escaped = re.sub(r"([^0-9A-Za-z%])", r"\\\1", excel)
    plain = f"{value:f}"
    return (
        f'<td align="right" x:num="{plain}" sdval="{plain}" sdnum="1033;{calc}" '
        f"style='mso-number-format:\"{escaped}\"'>{shown}</td>"
    )


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[Pasted]] = []
        self.loose = False
        self.cut = False
        self._depth = 0
        self._silent = 0
        self._row: list[Pasted] | None = None
        self._row_hidden = False
        self._cell: list[str] | None = None
        self._attrs: Attrs = {}
        self._spans: dict[int, int] = {}
        self._new_spans: dict[int, int] = {}
        self._styles = _Styles()

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Skip `<![if ...]>`, which the library refuses when it does not know the word."""
        end = self.rawdata.find(">", i)
        return end + 1 if end >= 0 else -1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._depth += 1
        elif self._depth == 1 and tag == "tr":
            self.end_row()
            self._row, self._row_hidden = [], _is_hidden(dict(attrs))
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
            if self._row is None:
                self._row, self._row_hidden = [], False
            self._cell, self._attrs = [], dict(attrs)
        elif self._cell is not None and (tag == "br" or (tag in _BLOCKS and any(map(str.strip, self._cell)))):
            self._cell.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _SILENT or tag == "table":
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "table":
            if self._depth == 1:
                self.end_row()
                self._spans.clear()
            self._depth = max(0, self._depth - 1)
        elif self._depth == 1 and tag == "tr":
            self.end_row()
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._silent:
            if self.cdata_elem == "style":
                self._styles.add(data)
        elif self._cell is not None:
            self._cell.append(_SPACES.sub(" ", data))
        elif not self._depth and data.strip(" \t\r\n\f\0\ufeff"):
            self.loose = True

    def end_row(self) -> None:
        """Close the row that is open, if there is one."""
        self._end_cell()
        row, self._row = self._row, None
        if row is None or self._row_hidden:
            return
        self._skip_spans(row)
        while row and self._spans and len(row) <= max(self._spans):
            row.append(Pasted(""))
        self._spans = {column: left - 1 for column, left in self._spans.items() if left > 1} | self._new_spans
        self._new_spans = {}
        self.rows.append(row)

    def _end_cell(self) -> None:
        pieces, self._cell = self._cell, None
        if pieces is None or self._row is None or _is_hidden(self._attrs):
            return
        self._skip_spans(self._row)
        if len(self._row) >= MAX_COLUMNS:
            self.cut = True
            return
        text = _AROUND_BREAK.sub("\n", _SPACES.sub(_one_space, "".join(pieces).replace("\u00a0", " "))).strip(" \n")
        wide = _span(self._attrs, "colspan", MAX_COLUMNS - len(self._row))
        high = _span(self._attrs, "rowspan", MAX_ROWS)
        if high > 1:
            self._new_spans |= dict.fromkeys(range(len(self._row), len(self._row) + wide), high - 1)
        self._row.append(Pasted(text, self._styles.number(self._attrs, text)))
        self._row.extend([Pasted("")] * (wide - 1))

    def _skip_spans(self, row: list[Pasted]) -> None:
        while len(row) in self._spans:
            row.append(Pasted(""))


class _Styles:
    """What Excel's style sheet says of numbers, and the number behind a cell."""

    def __init__(self) -> None:
        self._text = ""
        self._classes: dict[str, str] = {}
        self._separators: dict[str, str] = {}

    def add(self, text: str) -> None:
        self._text += text
        self._separators |= dict(_SEPARATOR.findall(self._text))
        for name, rules in _CLASS.findall(self._text):
            found = _FORMAT.search(rules)
            self._classes[name] = found[1].strip(" \"'") if found else ""

    def number(self, attrs: Attrs, text: str) -> Decimal | None:
        """The number behind a cell, None for texts, errors and where the clipboard does not tell."""
        if "x:str" in attrs or (text[:1] == "#" and text.strip("#")) or text[:4] == "Err:":
            return None
        if attrs.get("sdval"):
            # Without thousands, but with the decimal comma of LibreOffice's locale.
            return _decimal((attrs["sdval"] or "").replace(",", "."))
        if attrs.get("x:num"):
            return _decimal(attrs["x:num"] or "")
        if attrs.get("data-sheets-value"):
            return _of_google(attrs["data-sheets-value"] or "")
        return self._displayed(attrs, text) if self._separators.get("decimal") else None

    def _displayed(self, attrs: Attrs, text: str) -> Decimal | None:
        found = _FORMAT.search(attrs.get("style") or "")
        form = found[1].strip(" \"'") if found else self._classes.get(attrs.get("class") or "", "")
        if form == r"\@" or (form in ("", "General") and attrs.get("align") != "right" and "x:num" not in attrs):
            return None
        decimal, thousand = self._separators["decimal"], self._separators.get("thousand", "")
        bare = "".join(text.strip("%() ").split())
        bare = bare.replace(thousand, "") if thousand.strip() else bare
        number = _decimal(bare.replace(decimal, ".")) if re.fullmatch(r"[-+]?[0-9.,]+", bare) else None
        if number is None:
            return None
        number = -number if text.strip()[:1] == "(" else number
        return number / 100 if text.rstrip().endswith("%") else number


def _decimal(text: str) -> Decimal | None:
    """A finite number within a spreadsheet's range."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 309 else None


def _of_google(text: str) -> Decimal | None:
    try:
        value = json.loads(text, parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        return None
    number = value.get("3") if isinstance(value, dict) and value.get("1") == "3" else None
    return _decimal(number) if isinstance(number, str) else None


def _one_space(match: re.Match[str]) -> str:
    return "\n" if "\n" in match[0] else " "


def _is_hidden(attrs: Attrs) -> bool:
    return _HIDDEN.search(attrs.get("style") or "") is not None


def _span(attrs: Attrs, name: str, most: int) -> int:
    text = (attrs.get(name) or "").strip()
    return max(1, min(most, int(text[:9]))) if text.isascii() and text.isdigit() else 1


def _source(text: str) -> str:
    head = text[:4096]
    if "Excel.Sheet" in head or "office:excel" in head:
        return "Excel"
    return "LibreOffice" if "LibreOffice" in head else ""
