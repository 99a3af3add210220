"""Form 5 of forms.md: the cascade as one chart, from the tujuan down to the individual (Bekasi 2024)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from models.plan import Plan
from models.rows import Anggaran, Dokumen, Jabatan, Kinerja
from services.forms.heading import signature, title_line
from services.forms.parts import PAPERS, Break, Cell, Form, Page, Part, Row, Table, Text
from services.forms.settings import setup_of
from services.forms.target_cells import plain_header
from services.pohon.figure import Arranged, arranged, figure_of
from services.pohon.nodes import Cascade, Node, cascade
from services.pohon.scene import Style
from services.rupiah import print_rupiah

PAGE: Final = Page(PAPERS["A3"])
LEAST: Final = 6.0
"""Points: smaller text is not printed without a warning."""

_LARGER: Final = ("F4", "A3", "A2", "A1", "A0")
_HEADING: Final = 22.0
_SIGNATURE: Final = 58.0
"""mm that the title and the signature take of a page."""
_SIZE: Final = 7.0
_SPLIT: Final = ("sasaran_program", "program")
"""The level whose penanggung jawab is the head of a bidang."""
_WIDTHS: Final = (30.0, 52.0, 110.0, 96.0, 40.0, 32.0)
_TITLES: Final = ("Tingkat", "Penanggung Jawab", "Uraian", "Indikator", "Target", "Pagu (Rp)")
_LINE: Final = 5.0


def build(plan: Plan, dokumen: Dokumen, name: str) -> Form:
    """All of it on one sheet, or tiled over several where it is not to be fitted to the paper."""
    return _form(plan, dokumen, name, "Pohon kinerja", [("", cascade(plan, dokumen.id))])


def per_bidang(plan: Plan, dokumen: Dokumen, name: str) -> Form:
    """A sheet for each bidang: what its head answers for, with all that is above and below it."""
    tree = cascade(plan, dokumen.id)
    bidang: dict[str, set[str]] = {}
    for node in _all(tree.roots):
        if node.level in _SPLIT:
            bidang.setdefault(_unit(plan, node), set()).add(node.row_id)
    sheets = [(unit, _only(tree, ids)) for unit, ids in bidang.items()]
    return _form(plan, dokumen, name, "Pohon kinerja per bidang", sheets or [("", tree)])


def _form(plan: Plan, dokumen: Dokumen, name: str, title: str, sheets: list[tuple[str, Cascade]]) -> Form:
    page = setup_of(plan, dokumen.id, name, PAGE).page
    signed = signature(plan, dokumen)
    parts: list[Part] = []
    smallest: Arranged | None = None
    for number, (unit, tree) in enumerate(sheets):
        if not tree.roots:
            continue
        style = Style(size=page.size or _SIZE)
        fitted = arranged(tree, _room(page), style)
        if smallest is None or fitted.size < smallest.size:
            smallest = fitted
        if number:
            parts.append(Break(title=unit))
        parts += _heading(plan, dokumen, unit)
        parts += [figure_of(fitted.scene, f"{title} {unit}".strip(), _outline(tree)), signed]
    remark = _warning(smallest, page) if smallest is not None and page.fit_width else ""
    return Form(name, title, tuple(parts), replace(PAGE, size=None), filled=bool(parts), remark=remark)


def _room(page: Page) -> tuple[float, float]:
    """Width and height (mm) that a page leaves for the chart."""
    width, height = page.width - page.left - page.right, page.height - page.top - page.bottom
    return width, max(height - _HEADING - _SIGNATURE, height / 2)


def _heading(plan: Plan, dokumen: Dokumen, unit: str) -> Iterator[Text]:
    yield Text(title_line(plan, dokumen, "POHON KINERJA"), 12, bold=True, align="center")
    if unit:
        yield Text(unit.upper(), 11, bold=True, align="center")
    yield Text(f"TAHUN {dokumen.tahun}", 11, bold=True, align="center", after=4)


def _warning(fitted: Arranged, page: Page) -> str:
    """Which paper would do, where the text would be too small to read."""
    if fitted.size >= LEAST - 0.05:
        return ""
    wanted = fitted.style.size / LEAST
    width, height = (length / 72 * 25.4 / wanted for length in (fitted.scene.width, fitted.scene.height))
    for paper in _LARGER:
        room = _room(replace(page, paper=PAPERS[paper], landscape=True))
        if room[0] >= width and room[1] >= height:
            better = f"pakai {paper} mendatar"
            break
    else:
        better = "cetak per bidang, atau tanpa muat lebar agar terbagi atas beberapa lembar"
    size = f"{fitted.size:.1f}".replace(".", ",")
    return f"Huruf bagan hanya {size} pt pada {page.paper.name}; agar tidak di bawah 6 pt, {better}."


def _outline(tree: Cascade) -> Table:
    """The chart as a list with its levels set in, for a workbook."""
    rows: list[tuple[Row, ...]] = []
    waiting = [(root, 0) for root in reversed(tree.roots)]
    while waiting:
        node, depth = waiting.pop()
        rows.append((_row(node, depth),))
        waiting += [(child, depth + 1) for child in reversed(node.children)]
    return Table(_WIDTHS, plain_header(_TITLES), tuple(rows), size=8)


def _row(node: Node, depth: int) -> Row:
    pagu = node.pagu if node.pagu is not None else (sum(line.pagu or 0 for line in node.lines) or None)
    lines = [f"{line.name}" for line in node.lines]
    return Row(
        (
            Cell(0, node.title, hang=0),
            Cell(1, node.position),
            Cell(2, "\u00a0" * 4 * depth + "\n".join([node.text, *lines]), bold=not depth),
            Cell(3, "\n".join(measure.text for measure in node.measures)),
            Cell(4, "\n".join(measure.target for measure in node.measures)),
            Cell(5, print_rupiah(pagu), align="right", value=pagu, format="#,##0") if pagu is not None else Cell(5),
        ),
        _LINE,
    )


def _all(roots: tuple[Node, ...]) -> list[Node]:
    found, waiting = [], list(reversed(roots))
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting += reversed(node.children)
    return found


def _unit(plan: Plan, node: Node) -> str:
    """The bidang that answers for a node; the node itself where none is named."""
    row = plan.find(Kinerja, node.row_id) or plan.find(Anggaran, node.row_id)
    position = plan.find(Jabatan, row.penanggung_jawab_id) if row is not None else None
    if position is not None:
        return position.unit or position.nama
    return f"{node.title}: {node.text}"[:80]


def _only(tree: Cascade, ids: set[str]) -> Cascade:
    """The tree without the branches of the split level that are not wanted, and what leads to nothing then."""
    kept: dict[int, Node | None] = {}
    for node in reversed(_all(tree.roots)):
        if node.level in _SPLIT:
            kept[id(node)] = node if node.row_id in ids else None
            continue
        below = tuple(child for each in node.children if (child := kept[id(each)]) is not None)
        kept[id(node)] = replace(node, children=below) if below or _is_below_split(node) else None
    return replace(tree, roots=tuple(root for each in tree.roots if (root := kept[id(each)]) is not None))


def _is_below_split(node: Node) -> bool:
    """Deeper nodes stay; their branch decides."""
    return node.level not in ("tujuan", "sasaran_strategis", "")
