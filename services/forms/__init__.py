"""The official forms: each one short module, and this registry of their names."""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from models.errors import PlanError

if TYPE_CHECKING:
    from models.plan import Plan
    from services.forms.parts import Form


@dataclass(frozen=True, slots=True)
class Entry:
    """A form that can be made: its name in commands, its title and group in the window.

    `module` and `builder` name the function (plan, dokumen, name) -> Form; it is loaded when first needed.
    """

    name: str
    title: str
    group: str
    module: str
    builder: str


FORMS: dict[str, Entry] = {
    entry.name: entry
    for entry in (
        Entry("bulanan-eselon-ii", "Eselon II", "Bulanan", "bulanan", "eselon"),
        Entry("bulanan-eselon-iii", "Eselon III", "Bulanan", "bulanan", "eselon"),
        Entry("bulanan-eselon-iv", "Eselon IV", "Bulanan", "bulanan", "eselon"),
        Entry("bulanan-staf", "Staf", "Bulanan", "bulanan", "staf"),
    )
}


def build_form(plan: "Plan", dokumen_id: str, name: str) -> "Form":
    """The named form of a plan document, filled in.

    Raises:
        PlanError: no form has that name.
    """
    entry = FORMS.get(name)
    if entry is None:
        raise PlanError(f"Formulir {name!r} tidak ada. Pilihannya: {', '.join(FORMS)}.")
    from models.rows import Dokumen

    build = getattr(import_module(f"services.forms.{entry.module}"), entry.builder)
    return cast("Form", build(plan, plan.get(Dokumen, dokumen_id), name))
