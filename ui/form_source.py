"""The forms of a session's document, as they are to be shown, exported and printed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from models.errors import PlanError
from models.plan import Plan
from models.rows import Row
from services.checks import grouped
from services.checks.finding import Finding
from services.forms import FORMS, build_form
from services.forms.parts import Form, Page, Table
from services.forms.printed import printed_rows, worst_level
from services.forms.settings import dress, setup_of
from ui.session import Session

NO_DOCUMENT = "Berkas ini belum memuat dokumen rencana. Buat dokumen lebih dahulu."


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A document as it is now, for work off the GUI thread: its rows never change, and their plan is made there."""

    rows: tuple[Row, ...]
    dokumen_id: str
    findings: tuple[Finding, ...]
    code: str

    def plan(self) -> Plan:
        """A plan of its own."""
        return Plan(self.rows)


@dataclass(frozen=True, slots=True)
class Dressed:
    """A form as it is printed, and what the settings show of it.

    `own`: the page that it has by itself. `size`: of the body of its first table in points, None without a table.
    """

    form: Form
    own: Page
    size: float | None


def snapshot(session: Session) -> Snapshot:
    """Of the document that the window shows.

    Raises:
        PlanError: there is no document.
    """
    if not session.dokumen_id:
        raise PlanError(NO_DOCUMENT)
    findings = tuple(open_findings(session))
    return Snapshot(tuple(session.plan.rows()), session.dokumen_id, findings, session.document.file.revision)


def open_findings(session: Session) -> Iterator[Finding]:
    """Those of the document that nobody has accepted."""
    checks = session.checks
    return (finding for finding in checks.of(session.dokumen_id) if checks.accepted(finding) is None)


def dressed(session: Session, name: str) -> Dressed:
    """A form of the document that the window shows.

    Raises:
        PlanError: there is no document, or the form cannot be made of it.
    """
    if not session.dokumen_id:
        raise PlanError(NO_DOCUMENT)
    findings = open_findings(session)
    return dress_form(session.plan, session.dokumen_id, name, findings, session.document.file.revision)


def dress_form(plan: Plan, dokumen_id: str, name: str, findings: Iterable[Finding], code: str) -> Dressed:
    """A form of a document; arguments and errors as in `services.export.make_form`."""
    form = build_form(plan, dokumen_id, name)
    size = next((part.size for part in form.parts if isinstance(part, Table) and part.ruled), None)
    return Dressed(dress(form, plan, dokumen_id, findings, code), form.page, size)


def full_title(name: str) -> str:
    """Group and title: "Bulanan, Eselon II"."""
    return f"{FORMS[name].group}, {FORMS[name].title}"


def short_title(name: str) -> str:
    """The title; with its group where an earlier form is called the same."""
    first = next(entry.name for entry in FORMS.values() if entry.title == FORMS[name].title)
    return FORMS[name].title if first == name else full_title(name)


def fault_sentence(plan: Plan, dokumen_id: str, names: Sequence[str], findings: Iterable[Finding]) -> str:
    """What is to be said about galat before these forms go out, "" where the document has none.

    A galat counts for a form that prints its row; where none of the forms does, the plan as a whole is named.
    """
    galat = [finding for finding in findings if finding.tingkat == "galat"]
    if not galat:
        return ""
    faulty = [name for name in names if worst_level(plan, dokumen_id, name, galat)]
    if not faulty:
        return f"Rencana ini masih memuat {len(grouped(galat))} galat."
    stamped = [name for name in faulty if setup_of(plan, dokumen_id, name, Page()).draf == "galat"]
    if len(faulty) == 1:
        count = len(grouped(_concerning(plan, dokumen_id, faulty[0], galat)))
        sentence = f"{short_title(faulty[0])} masih memuat {count} galat"
        return f"{sentence}, jadi diberi cap DRAF." if stamped else f"{sentence}."
    sentence = f"{len(faulty)} formulir masih memuat galat"
    if not stamped:
        return f"{sentence}."
    which = "jadi" if len(stamped) == len(faulty) else f"{len(stamped)} di antaranya"
    return f"{sentence}, {which} diberi cap DRAF."


def _concerning(plan: Plan, dokumen_id: str, name: str, findings: Iterable[Finding]) -> list[Finding]:
    rows = printed_rows(plan, dokumen_id, name)
    return [finding for finding in findings if rows is None or (finding.tabel, finding.row_id) in rows]
