"""The official forms: each one short module, and this registry of their names."""

from collections.abc import Callable
from dataclasses import dataclass

from models.errors import PlanError
from models.plan import Plan
from models.rows import Dokumen
from services.forms import bulanan
from services.forms.parts import Form

Builder = Callable[[Plan, Dokumen, str], Form]


@dataclass(frozen=True, slots=True)
class Entry:
    """A form that can be made: its name in commands, its title and group in the window."""

    name: str
    title: str
    group: str
    build: Builder


FORMS: dict[str, Entry] = {
    entry.name: entry
    for entry in (
        Entry("bulanan-eselon-ii", "Eselon II", "Bulanan", bulanan.eselon),
        Entry("bulanan-eselon-iii", "Eselon III", "Bulanan", bulanan.eselon),
        Entry("bulanan-eselon-iv", "Eselon IV", "Bulanan", bulanan.eselon),
        Entry("bulanan-staf", "Staf", "Bulanan", bulanan.staf),
    )
}


def build_form(plan: Plan, dokumen_id: str, name: str) -> Form:
    """The named form of a plan document, filled in.

    Raises:
        PlanError: no form has that name.
    """
    entry = FORMS.get(name)
    if entry is None:
        raise PlanError(f"Formulir {name!r} tidak ada. Pilihannya: {', '.join(FORMS)}.")
    return entry.build(plan, plan.get(Dokumen, dokumen_id), name)
