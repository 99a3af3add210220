"""What is typed into a cell of the grid or a field of the details: read, and turned into named changes."""

from collections.abc import Iterable
from typing import Any, Protocol

from models.changes import Change
from models.cleaning import TEXT_MAX
from models.errors import PlanError
from models.plan import Plan
from models.rows import Anggaran, DeretAnggaran, DeretIndikator, Indikator, Kinerja, Row, new_id
from services import edits
from services.month_grid import FIRST_MONTH, SATUAN, SETAHUN, URAIAN, Line, month_of
from services.naming import row_text
from services.rupiah import format_rupiah, parse_rupiah
from services.series import places, with_months, with_target_months
from services.tanggal import MONTHS
from services.values import worked_out

NAME_SHOWN = 48
"""Characters of a line's name in a message."""
NAME_IN_STEP = 30
"""Characters of a line's name in the name of an action."""

Named = tuple[str, tuple[Change, ...]]


def clean(text: str) -> str:
    """A typed text without control characters and outer spaces.

    Raises:
        PlanError: longer than TEXT_MAX.
    """
    text = "".join(c if c.isprintable() or c == "\n" else " " for c in text).strip()
    if len(text) > TEXT_MAX:
        raise PlanError(f"Teks terlalu panjang: {len(text)} karakter; paling banyak {TEXT_MAX}.")
    return text


def shortened(text: str, most: int) -> str:
    """A text on one line, with dots at its end where it is longer than `most` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 3].rstrip()}..."


def step_name(action: str, names: Iterable[str]) -> str:
    """The name of an action with that of the one row it is done to, or with how many rows there are."""
    rows = list(names)
    if len(rows) > 1:
        return f"{action}, {len(rows)} baris"
    return f"{action}, {shortened(rows[0], NAME_IN_STEP)}" if rows else action


def reckoned(text: str, *, money: bool) -> str:
    """A typed number, worked out where it is a sum ("=1200000*12") or an amount in words ("1,5 juta").

    Raises:
        PlanError: the sum cannot be worked out.
    """
    try:
        value = worked_out(text, money=money)
    except ValueError as error:
        raise PlanError(f"'{shortened(text, NAME_SHOWN)}' {error}") from None
    return text if value is None else value.text


def series_of(plan: Plan, line: Line) -> DeretAnggaran | DeretIndikator | None:
    """The cash or the targets that a line shows; None where nothing has been typed yet, and for a sum."""
    if line.kind == "kas":
        return plan.one(DeretAnggaran, "anggaran_id", line.row_id, "kas")
    return plan.one(DeretIndikator, "indikator_id", line.row_id, "target") if line.kind == "target" else None


def editable(line: Line, column: int, *, plan: Plan) -> bool:
    """Whether a cell takes typing: not in sums, and in a quarterly series only where a quarter closes.

    Of what was reached and spent only the months of periods that are not closed do, and the year of an indicator; of
    capaian nothing.
    """
    if line.face != "rencana":
        return line.face == "realisasi" and column >= FIRST_MONTH and not _result_why_not(plan, line, column)
    if line.kind == "jumlah":
        return False
    month = month_of(column)
    if month is None:
        return column in ((URAIAN, SETAHUN) if line.kind == "kas" else (URAIAN, SATUAN, SETAHUN))
    series = series_of(plan, line)
    return series is None or month in places(series.periode)


class LineEdit:
    """What is typed into one line, cell after cell, until it is asked for the changes.

    The months are taken together: a block of totals may pass where its first cell alone would make the next month
    negative.
    """

    def __init__(self, plan: Plan, line: Line, *, kumulatif: bool) -> None:
        self._old: Anggaran | Indikator = (
            plan.get(Anggaran, line.row_id) if line.kind == "kas" else plan.get(Indikator, line.row_id)
        )
        self._row = self._old
        self._series = series_of(plan, line)
        self._kumulatif = kumulatif
        self._typed: dict[int, Any] = {}

    def type(self, column: int, text: str) -> str:
        """Type a text into a cell; returns the name of the action.

        Raises:
            PlanError: no amount of rupiah where one is wanted, or a text that is too long.
        """
        text = clean(text)
        month = month_of(column)
        cash = isinstance(self._row, Anggaran)
        if month is not None:
            text = reckoned(text, money=cash)
        if month is None:
            fields = {URAIAN: "nama", SETAHUN: "pagu"} if cash else _FIELDS
            label, changes = type_field(self._row, fields[column], text)
            row = changes[0].after
            assert isinstance(row, Anggaran | Indikator)
            self._row = row
            return label
        self._typed[month] = parse_rupiah(text) if cash else text or None
        return f"ubah {'kas' if cash else 'target'} {MONTHS[month]}"

    @property
    def name(self) -> str:
        """What the row was called before."""
        return row_text(self._old)

    def changes(self) -> tuple[Change, ...]:
        """What has been typed, as changes.

        Raises:
            PlanError: another month would become negative or too large.
        """
        row = () if self._row == self._old else (Change(self._old, self._row),)
        if not self._typed or (self._series is None and not any(v is not None for v in self._typed.values())):
            return row
        return (*row, Change(self._series, self._with_months(self._row)))

    def _with_months(self, row: Anggaran | Indikator) -> DeretAnggaran | DeretIndikator:
        kumulatif = self._kumulatif
        if isinstance(row, Indikator):
            targets = self._series or DeretIndikator(
                id=new_id(), dokumen_id=row.dokumen_id, indikator_id=row.id, jenis="target", periode="bulan"
            )
            assert isinstance(targets, DeretIndikator)
            how = row.akumulasi
            return with_target_months(targets, self._typed, akumulasi=how, kumulatif=kumulatif, annual=row.target)
        cash = self._series or DeretAnggaran(
            id=new_id(),
            dokumen_id=row.dokumen_id,
            anggaran_id=row.id,
            jenis="kas",
            periode="bulan",
            kumulatif=int(kumulatif),
        )
        assert isinstance(cash, DeretAnggaran)
        try:
            return with_months(cash, self._typed, kumulatif=kumulatif)
        except ValueError:
            place, value = next(iter(self._typed.items()))
            said = "kosong" if value is None else format_rupiah(value)
            raise PlanError(
                f"Kas {MONTHS[place]} tidak dapat menjadi {said}: bulan lain akan bernilai negatif atau terlalu besar. "
                "Ubah bulan itu dahulu."
            ) from None


class LinesEdit(Protocol):
    """What is typed into cells of one line, of the plan or of what was reached."""

    def type(self, column: int, text: str) -> str:
        """Type a text into a cell; returns the name of the action."""

    @property
    def name(self) -> str:
        """What the row was called before."""

    def changes(self) -> tuple[Change, ...]:
        """What has been typed, as changes."""


def edit_of(plan: Plan, line: Line, *, kumulatif: bool) -> LinesEdit:
    """What takes the texts of one line."""
    if line.face == "rencana":
        return LineEdit(plan, line, kumulatif=kumulatif)
    # It reads and names what is typed with the help of this module.
    from services.grid_result_edit import ResultEdit

    return ResultEdit(plan, line, kumulatif=kumulatif)


def _result_why_not(plan: Plan, line: Line, column: int) -> str:
    from services.grid_result_edit import why_not

    return why_not(plan, line, column)


_FIELDS = {URAIAN: "uraian", SATUAN: "satuan", SETAHUN: "target"}


def type_into(plan: Plan, line: Line, column: int, text: str, *, kumulatif: bool) -> Named:
    """(name of the action, its changes) for a text typed into a cell.

    Raises:
        PlanError: the text is no amount of rupiah where one is wanted, or would make a month negative.
    """
    edit = edit_of(plan, line, kumulatif=kumulatif)
    return step_name(edit.type(column, text), [edit.name]), edit.changes()


def type_block(plan: Plan, cells: Iterable[tuple[Line, int, str]], *, kumulatif: bool) -> tuple[Change, ...]:
    """The changes for texts typed into many cells (line, column, text); linear in their number.

    Raises:
        PlanError: a cell cannot take its text; its message says which line.
    """
    lines: dict[tuple[str, str], LinesEdit] = {}
    changes: list[Change] = []
    name = ""
    try:
        for line, column, text in cells:
            name = line.row_id
            edit = lines.get((line.kind, name))
            if edit is None:
                edit = lines[line.kind, name] = edit_of(plan, line, kumulatif=kumulatif)
            edit.type(column, text)
        for (_, name), edit in lines.items():  # noqa: B007
            changes += edit.changes()
    except PlanError as error:
        if len(lines) < 2:
            raise
        row = plan.find(Anggaran, name) or plan.find(Indikator, name)
        where = row_text(row) if row is not None else ""
        raise PlanError(f"{shortened(where, NAME_SHOWN)}: {error}") from None
    return tuple(changes)


FIELD_NAMES = {
    "uraian": "uraian",
    "nama": "nama",
    "nomor": "nomor",
    "kelompok": "kelompok",
    "kode": "kode",
    "satuan": "satuan",
    "target": "target setahun",
    "pagu": "pagu",
    "akumulasi": "cara hitung",
    "arah": "arah",
    "iku": "tanda IKU",
    "penanggung_jawab_id": "penanggung jawab",
    "metode": "cara hitung capaian",
}
_REQUIRED = {(Indikator, "uraian"), (Anggaran, "nama")}


def type_field(row: Kinerja | Anggaran | Indikator, field: str, text: str) -> Named:
    """(name of the action, its changes) for a text typed into a field of a row.

    Raises:
        PlanError: no amount of rupiah where one is wanted, a sum that cannot be worked out, or a text that is too long.
    """
    value: Any = clean(text)
    if field in ("pagu", "target"):
        value = reckoned(value, money=field == "pagu")
    if field == "pagu":
        value = parse_rupiah(value)
    elif not value and (type(row), field) not in _REQUIRED:
        # Emptied; a field that was empty already, as "" or as nothing, stays what it was and is no step.
        value = None if getattr(row, field) else getattr(row, field)
    return choose_field(row, field, value)


def choose_field(row: Row, field: str, value: Any) -> Named:
    """(name of the action, its changes) for a value picked in a list or box."""
    return f"ubah {FIELD_NAMES.get(field, field.replace('_', ' '))}", edits.set_field(row, field, value)
