"""Copies of a plan for the tests of merging: rows with a history as the plan file writes it, without a file."""

from collections.abc import Iterable, Sequence

from models.changes import Change
from models.history import Entry, entries
from models.merging import PlanCopy
from models.plan import Plan
from models.rows import Gabung, Konflik, Row, Salinan

WHEN = "2027-03-{:02}T08:00:00+08:00"


class Office:
    """Somebody who edits a copy: the rows, the history, and who it is."""

    def __init__(self, name: str, rows: Iterable[Row] = (), history: Sequence[Entry] = ()) -> None:
        self.name = name
        self.plan = Plan(rows)
        self.history = list(history)

    @classmethod
    def begin(cls, rows: Iterable[Row]) -> "Office":
        """The plan itself, with the history of its making."""
        office = cls("kita")
        office.edit([Change(None, row) for row in rows])
        return office

    def edit(self, changes: Iterable[Change], day: int = 1) -> None:
        """One step, as `PlanFile.apply` writes it."""
        real = [change for change in changes if change.before != change.after]
        last = self.history[-1] if self.history else None
        after = (last[0], last[1], last[10]) if last else (0, 0, "")
        self.history += entries(real, after=after, when=WHEN.format(day), who=self.name, label="isi")
        self.plan.apply(real)

    def send(self, name: str, bagian: str | None = None) -> "Office":
        """A copy for another office: the history begins with the sending."""
        origin = next((row.asal for row in self.plan.all(Salinan)), self.history[0][10])
        row = Salinan(
            id=f"kirim-{self.name}-{name}-{len(self.history)}", untuk=name, bagian=bagian, asal=origin, waktu=""
        )
        self.edit([Change(None, row)])
        return Office(name, self.plan.rows(), self.history[-1:])

    def twin(self, name: str) -> "Office":
        """The file as it lies, copied outside the program."""
        return Office(name, self.plan.rows(), self.history)

    @property
    def copy(self) -> PlanCopy:
        """As a merge reads it."""
        return PlanCopy(f"{self.name}.db", tuple(self.plan.rows()), tuple(self.history))


def contents(plan: Plan) -> dict[tuple[str, str], Row]:
    """What the officers typed: all rows but those that the program notes for itself."""
    return {(r.TABLE, r.id): r for r in plan.rows() if not isinstance(r, Salinan | Gabung | Konflik)}
