"""The position of the agency's head in a plan that has just been begun: Organisasi has who signs it from the start."""

from models.changes import Change
from models.plan import Plan
from models.rows import Dokumen, Jabatan
from services.edits import add_jabatan

LABEL = "jabatan kepala"


def head_changes(plan: Plan) -> list[Change]:
    """The position that signs, where the plan's document has no positions yet; [] where nobody signs either."""
    dokumen = plan.all(Dokumen)[-1]
    if not dokumen.ttd_jabatan or plan.where(Jabatan, "dokumen_id", dokumen.id):
        return []
    return list(add_jabatan(plan, dokumen.id, dokumen.ttd_jabatan))
