"""The list of changes as a form of its own, to be written as a workbook."""

from collections.abc import Sequence
from pathlib import Path

from models.files import write_whole
from services.export import Progress, check_target
from services.forms.parts import Cell, Form, Row, Table, Text
from services.forms.target_cells import plain_header
from services.history_view import Happened

MOST = 20_000
"""Changes that are written; of more the newest."""

_WIDTHS = (9.0, 28.0, 26.0, 44.0, 78.0, 36.0, 50.0, 50.0)
_TITLES = ("No", "Waktu", "Siapa", "Tindakan", "Di mana", "Isian", "Semula", "Menjadi")
_LINE, _SIZE = 6.0, 7.5


def write_history(happened: Sequence[Happened], about: str, target: Path, progress: Progress | None = None) -> None:
    """Write the list as a workbook, whole or not at all.

    Raises:
        PlanError: the name is that of a plan or of another format, or it cannot be written there.
    """
    from services.render.xlsx import render_xlsx

    check_target(target, "xlsx")
    form = history_form(happened, about)
    write_whole(target, lambda out: render_xlsx(form, out, progress))


def history_form(happened: Sequence[Happened], about: str) -> Form:
    """A line a change, in the order given. `about`: what the list was narrowed down to, for its head."""
    lines = (
        Text("RIWAYAT PERUBAHAN RENCANA", 10, bold=True, align="center"),
        Text(about, 8, align="center", after=2),
    )
    body = tuple((_row(each, number),) for number, each in enumerate(happened, 1))
    table = Table(_WIDTHS, plain_header(_TITLES), body, title=lines, size=_SIZE)
    return Form("riwayat", "Riwayat", (table,), filled=bool(body))


def _row(each: Happened, number: int) -> Row:
    texts = (f"{each.when:%d-%m-%Y %H.%M}", each.who, each.label, each.where, each.field, each.old, each.new)
    cells = (Cell(0, str(number), align="center", value=number), *(Cell(at, text) for at, text in enumerate(texts, 1)))
    return Row(cells, _LINE)
