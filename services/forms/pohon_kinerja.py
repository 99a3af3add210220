"""Form 5 of forms.md: the cascade as one chart, from the tujuan down to the individual (Bekasi 2024)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from models.plan import Plan
from models.rows import Dokumen
from services.forms.heading import signature, title_line
from services.forms.parts import PAPERS, Break, Form, Page, Part, Text
from services.forms.pohon_daftar import outline_table
from services.forms.settings import setup_of
from services.pohon.figure import Title, figure_of, signature_size
from services.pohon.nodes import Cascade, Node, cascade
from services.pohon.paper import Chart, Fitted
from services.pohon.tiles import sheets_for, tiles
from services.pohon.units import Unit, branches, units
from services.render.sheets import MM

PAGE: Final = Page(PAPERS["A3"], top=8, right=8, bottom=10, left=8)
LEAST: Final = 6.0
"""Points: smaller text is not printed without a warning."""

_LARGER: Final = ("F4", "A3", "A2", "A1", "A0")
_SIZE: Final = 7.0
_LARGEST: Final = 9.5
"""Points to which the text grows where there is room."""
_KOP: Final = 34.0
"""mm that a letterhead takes of the page."""
_CAPTION: Final = 6.0
"""mm that the line above a sheet of several takes."""
_OTHERS: Final = "Lainnya"
_NEAR: Final = 0.05
_STRIP: Final = 0.15
_HOW: Final = "potong pada garis putus-putus, lalu rekatkan; tepi bertumpang tindih 10 mm"


def build(plan: Plan, dokumen: Dokumen, name: str) -> Form:
    """All of it on one sheet, or cut into several at its true size where it is not to be fitted to the paper."""
    return _Printer(plan, dokumen, name).form("Pohon kinerja", [("", cascade(plan, dokumen.id))])


def per_bidang(plan: Plan, dokumen: Dokumen, name: str) -> Form:
    """A sheet for each unit, and for several small ones of one kind together where the text stays readable."""
    printer = _Printer(plan, dokumen, name)
    return printer.form("Pohon kinerja per bidang", printer.shared(cascade(plan, dokumen.id)))


def whole(plan: Plan, dokumen: Dokumen, name: str) -> Form:
    """All of it as one picture, however it is printed."""
    printer = _Printer(plan, dokumen, name)
    printer.page = replace(printer.page, fit_width=True)
    return printer.form("Pohon kinerja", [("", cascade(plan, dokumen.id))])


def outline(plan: Plan, dokumen: Dokumen, name: str) -> Form:
    """As a list with its levels set in, for a workbook; per bidang a sheet for each."""
    tree = cascade(plan, dokumen.id)
    divided = name.endswith("bidang")
    sheets = [(unit.name, branches(tree, unit.tops)) for unit in units(plan, tree)] if divided else [("", tree)]
    parts: list[Part] = []
    for unit, only in sheets:
        if only.roots:
            parts += [Break(title=unit)] if parts else []
            parts += _title(plan, dokumen, unit)
            parts += [outline_table(only), signature(plan, dokumen)]
    page = Page(PAPERS["F4"])
    title = "Pohon kinerja per bidang" if divided else "Pohon kinerja"
    return Form(name, title, tuple(parts), page, filled=bool(parts))


@dataclass(slots=True)
class _Sheet:
    """A chart with what stands around it."""

    unit: str
    chart: Chart
    title: Title


class _Printer:
    """What the sheets of one form share. `page`: the one that it is printed on."""

    def __init__(self, plan: Plan, dokumen: Dokumen, name: str) -> None:
        self._plan, self._dokumen, self._name = plan, dokumen, name
        setup = setup_of(plan, dokumen.id, name, PAGE)
        self.page, self._kop = setup.page, setup.kop
        self._signature = replace(signature(plan, dokumen), width=74)
        self._signed = signature_size(self._signature)

    def form(self, title: str, sheets: Iterable[tuple[str, Cascade]]) -> Form:
        """The sheets one after another, with what should be known of the size of the text."""
        parts: list[Part] = []
        smallest: tuple[Fitted, _Sheet] | None = None
        for unit, tree in sheets:
            if not tree.roots:
                continue
            sheet = self._sheet(unit, tree)
            if parts:
                parts.append(Break(title=unit))
            words = f"{title} {unit}".strip()
            if not self.page.fit_width:
                parts += self._cut(sheet, words)
                continue
            fitted = self._fitted(sheet, self.page, first=not parts)
            if smallest is None or self._points(fitted) < self._points(smallest[0]):
                smallest = fitted, sheet
            table = outline_table(tree)
            parts.append(figure_of(fitted, words, sheet.title, self._signature, table))
        remark = self._warning(*smallest) if smallest is not None else ""
        return Form(self._name, title, tuple(parts), replace(PAGE, size=None), filled=bool(parts), remark=remark)

    def shared(self, tree: Cascade) -> list[tuple[str, Cascade]]:
        """(title, branches) of each sheet: units of one kind together as far as their text stays readable."""
        found: list[list[Unit]] = []
        known = units(self._plan, tree)
        kinds = list(dict.fromkeys(unit.kind for unit in known))
        for kind in kinds:
            begin = len(found)
            for unit in (each for each in known if each.kind == kind):
                if len(found) > begin and self._is_readable(tree, [*found[-1], unit]):
                    found[-1].append(unit)
                else:
                    found.append([unit])
        return [(self._name_of(group, known), branches(tree, _tops(group))) for group in found]

    def _is_readable(self, tree: Cascade, group: Sequence[Unit]) -> bool:
        sheet = self._sheet(group[0].name, branches(tree, _tops(group)))
        return self._points(self._fitted(sheet, self.page, first=False)) >= LEAST

    def _name_of(self, group: Sequence[Unit], known: Sequence[Unit]) -> str:
        """ "BIDANG" where all of them are on the sheet, else each by its name; "" where the sheet holds everything."""
        if len(group) == len(known):
            return ""
        if len(group) > 1 and len(group) == sum(unit.kind == group[0].kind for unit in known):
            return group[0].kind or _OTHERS
        names = list(dict.fromkeys(unit.name for unit in group))
        return ", ".join([*names[:-2], " dan ".join(names[-2:])])

    def _sheet(self, unit: str, tree: Cascade) -> _Sheet:
        width, _ = _room(self.page)
        title = Title(list(_title(self._plan, self._dokumen, unit)), width)
        return _Sheet(unit, Chart(tree, self.page.size or _SIZE), title)

    def _fitted(self, sheet: _Sheet, page: Page, *, first: bool) -> Fitted:
        width, height = _room(page)
        height -= sheet.title.height + (_KOP * MM if self._kop and first else 0.0)
        largest = 1.0 if self.page.size else _LARGEST / _SIZE
        return sheet.chart.fit((width, max(height, width / 8)), self._signed, largest)

    def _points(self, fitted: Fitted) -> float:
        """Size of the text as it is printed."""
        return (self.page.size or _SIZE) * fitted.scale

    def _cut(self, sheet: _Sheet, words: str) -> Iterator[Part]:
        """The chart at its true size over as few sheets as will do."""
        width, height = (length / MM for length in _room(self.page))
        room = width, height - _CAPTION - (_KOP if self._kop else 0.0)
        whole = [sheet.chart.whole(scene, self._signed) for scene in sheet.chart.scenes()]
        fitted = min(whole, key=lambda each: _paper_used(each, sheet.title.height, room))
        title = Title(list(_title(self._plan, self._dokumen, sheet.unit)), fitted.width)
        figure = figure_of(fitted, words, title, self._signature, outline_table(sheet.chart.tree))
        for tile in tiles(figure, room):
            if tile.number > 1:
                yield Break()
            told = f"{tile.caption}: {_HOW}" if tile.count > 1 else tile.caption
            yield Text(told, self.page.size or _SIZE, after=1)
            yield tile.figure

    def _warning(self, fitted: Fitted, sheet: _Sheet) -> str:
        """Which paper would do, where the text would be too small to read."""
        points = self._points(fitted)
        if points >= LEAST - _NEAR:
            return ""
        area = self.page.paper.width * self.page.paper.height
        larger = (PAPERS[name] for name in _LARGER if PAPERS[name].width * PAPERS[name].height > area)
        for paper in larger:
            page = replace(self.page, paper=paper, landscape=True)
            if self._points(self._fitted(sheet, page, first=True)) >= LEAST - _NEAR:
                better = f"pakai {paper.name} mendatar"
                break
        else:
            better = "cetak per bidang, atau tanpa muat lebar agar terbagi atas beberapa lembar"
        size = f"{points:.1f}".replace(".", ",")
        return f"Huruf bagan hanya {size} pt pada {self.page.paper.name}; agar tidak di bawah 6 pt, {better}."


def _paper_used(fitted: Fitted, above: float, room: tuple[float, float]) -> tuple[float, float]:
    """How many sheets, of equal ones the lower drawing; a long strip counts as more than it is."""
    rows, columns = sheets_for((fitted.width / MM, (fitted.height + above) / MM), room)
    return rows * columns * (1 + _STRIP * abs(rows - columns)), fitted.height


def _tops(group: Iterable[Unit]) -> list[Node]:
    return [top for unit in group for top in unit.tops]


def _room(page: Page) -> tuple[float, float]:
    """Width and height (pt) between the margins."""
    return (page.width - page.left - page.right) * MM, (page.height - page.top - page.bottom) * MM - 1.0


def _title(plan: Plan, dokumen: Dokumen, unit: str) -> Iterator[Text]:
    yield Text(title_line(plan, dokumen, "POHON KINERJA"), 12, bold=True, align="center")
    year = f"TAHUN {dokumen.tahun}"
    yield Text(f"{unit.upper()} {year}" if unit else year, 11, bold=True, align="center", after=3)
