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
    return _Printer(plan, dokumen, name).form("Pohon kinerja", [Group("", "", cascade(plan, dokumen.id))])


def per_bidang(plan: Plan, dokumen: Dokumen, name: str) -> Form:
    """A sheet for each unit, and for several small ones of one kind together where the text stays readable."""
    printer = _Printer(plan, dokumen, name)
    return printer.form("Pohon kinerja per bidang", printer.shared(cascade(plan, dokumen.id)))


def whole(plan: Plan, dokumen: Dokumen, name: str) -> Form:
    """All of it as one picture, however it is printed."""
    printer = _Printer(plan, dokumen, name)
    printer.page = replace(printer.page, fit_width=True)
    return printer.form("Pohon kinerja", [Group("", "", cascade(plan, dokumen.id))])


def outline(plan: Plan, dokumen: Dokumen, name: str) -> Form:
    """As a list with its levels set in, for a workbook; per bidang divided as on paper, each part on its own sheet."""
    tree = cascade(plan, dokumen.id)
    divided = name.endswith("bidang")
    groups = _Printer(plan, dokumen, name).shared(tree) if divided else [Group("", "", tree)]
    own = Page(PAPERS["F4"])
    setup = setup_of(plan, dokumen.id, name, own)
    parts: list[Part] = []
    for group in groups:
        if group.tree.roots:
            if parts or (group.short and not setup.kop):
                parts.append(Break(setup.page, title=group.short))
            parts += _title(plan, dokumen, group.title)
            parts += [outline_table(group.tree), signature(plan, dokumen)]
    title = "Pohon kinerja per bidang" if divided else "Pohon kinerja"
    return Form(name, title, tuple(parts), own, filled=bool(parts))


@dataclass(frozen=True, slots=True)
class Group:
    """What stands on one sheet. `title`: the units, in full; `short`: for a bookmark or the sheet of a workbook."""

    title: str
    short: str
    tree: Cascade


@dataclass(slots=True)
class _Sheet:
    """A chart with what stands around it."""

    unit: str
    chart: Chart
    title: Title


class _Printer:
    """What the sheets of one form share. `page`: the one that it is printed on."""

    def __init__(self, plan: Plan, dokumen: Dokumen, name: str, page: Page | None = None) -> None:
        self._plan, self._dokumen, self._name = plan, dokumen, name
        setup = setup_of(plan, dokumen.id, name, PAGE)
        self.page, self._kop = page or setup.page, setup.kop
        self._signature = replace(signature(plan, dokumen), width=74)
        self._signed = signature_size(self._signature)

    def form(self, title: str, sheets: Iterable[Group]) -> Form:
        """The sheets one after another, with what should be known of the size of the text."""
        parts: list[Part] = []
        smallest: tuple[Fitted, _Sheet] | None = None
        for group in sheets:
            if not group.tree.roots:
                continue
            sheet = self._sheet(group.title, group.tree)
            if parts:
                parts.append(Break(title=group.short))
            words = f"{title} {group.title}".strip()
            if not self.page.fit_width:
                parts += self._cut(sheet, words)
                continue
            fitted = self._fitted(sheet, self.page, first=not parts)
            if smallest is None or self._points(fitted) < self._points(smallest[0]):
                smallest = fitted, sheet
            table = outline_table(group.tree)
            parts.append(figure_of(fitted, words, sheet.title, self._signature, table))
        remark = self._warning(*smallest) if smallest is not None else ""
        return Form(self._name, title, tuple(parts), replace(PAGE, size=None), filled=bool(parts), remark=remark)

    def shared(self, tree: Cascade) -> list[Group]:
        """Units of one kind together as far as their text stays readable on the form's own paper.

        So they are divided in the same way on every other paper, and in a workbook.
        """
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
        if len(found) == 1:
            return [Group("", "", tree)]
        return [Group(_names(group), _short(group), branches(tree, _tops(group))) for group in found]

    def _is_readable(self, tree: Cascade, group: Sequence[Unit]) -> bool:
        printer = _Printer(self._plan, self._dokumen, self._name, PAGE)
        sheet = printer._sheet(_names(group), branches(tree, _tops(group)))
        return printer._points(printer._fitted(sheet, PAGE, first=False)) >= LEAST

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
        """Size of the smallest text as it is printed."""
        least = min((text.font.size for box in fitted.scene.boxes for text in box.texts), default=_SIZE)
        return least * fitted.scale

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
                better = f"pakai {paper.name} mendatar, atau cetak tanpa Muat lebar halaman"
                break
        else:
            divided = "" if self._name.endswith("bidang") else "per bidang, atau "
            better = f"cetak {divided}tanpa Muat lebar halaman"
        size = f"{points:.1f}".replace(".", ",")
        return (
            f"Huruf bagan hanya {size} pt pada {self.page.paper.name}; agar tidak di bawah 6 pt, {better} "
            "(terbagi atas beberapa lembar)."
        )


def _paper_used(fitted: Fitted, above: float, room: tuple[float, float]) -> tuple[float, float]:
    """How many sheets, of equal ones the lower drawing; a long strip counts as more than it is."""
    rows, columns = sheets_for((fitted.width / MM, (fitted.height + above) / MM), room)
    return rows * columns * (1 + _STRIP * abs(rows - columns)), fitted.height


def _names(group: Sequence[Unit]) -> str:
    """The units by their names: "BIDANG KOPERASI, BIDANG UKM dan BIDANG PASAR"."""
    names = list(dict.fromkeys(unit.name for unit in group))
    return ", ".join([*names[:-2], " dan ".join(names[-2:])])


def _short(group: Sequence[Unit]) -> str:
    """The only unit by its name, several by what they are: "BIDANG (3 unit)"."""
    names = dict.fromkeys(unit.name for unit in group)
    if len(names) == 1:
        return group[0].name
    return f"{group[0].kind} ({len(names)} unit)" if group[0].kind else f"{_OTHERS} ({len(names)} bagian)"


def _tops(group: Iterable[Unit]) -> list[Node]:
    return [top for unit in group for top in unit.tops]


def _room(page: Page) -> tuple[float, float]:
    """Width and height (pt) between the margins."""
    return (page.width - page.left - page.right) * MM, (page.height - page.top - page.bottom) * MM - 1.0


def _title(plan: Plan, dokumen: Dokumen, unit: str) -> Iterator[Text]:
    yield Text(title_line(plan, dokumen, "POHON KINERJA"), 12, bold=True, align="center")
    year = f"TAHUN {dokumen.tahun}"
    yield Text(f"{unit.upper()} {year}" if unit else year, 11, bold=True, align="center", after=3)
