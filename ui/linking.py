"""Kaitkan: which budget lines support a sasaran or indicator, chosen from either side."""

from PySide6.QtWidgets import QDialog, QWidget

from models.rows import Anggaran, Dukungan, Indikator, Kinerja, Row
from services import edits
from services.naming import row_text
from services.outline import Outline
from services.row_words import step_of
from services.rupiah import format_rupiah
from services.terms import LEVEL_NAMES
from ui.check_list import CheckList, Choice
from ui.read_only import refused
from ui.session import Session


def link_row(session: Session, row: Row, parent: QWidget) -> None:
    """Open the picker for a row, and carry out what was ticked as one action."""
    if refused(session):
        return
    if isinstance(row, Anggaran):
        _link_line(session, row, parent)
    elif isinstance(row, Indikator):
        node = session.plan.find(Kinerja, row.kinerja_id)
        if node is not None:
            _link_node(session, node, row, parent)
    elif isinstance(row, Kinerja):
        _link_node(session, row, None, parent)


def _link_node(session: Session, node: Kinerja, indikator: Indikator | None, parent: QWidget) -> None:
    plan = session.plan
    known = {d.anggaran_id for d in edits.supports(plan, node, indikator)}
    outline = Outline(plan, session.dokumen_id, "anggaran")
    choices = []
    for row_id in outline.nodes():
        line = outline.row(row_id)
        if isinstance(line, Anggaran):
            pagu = session.rollup.line(line.id).pagu
            text = f"{format_rupiah(pagu or 0)}   {row_text(line)}"
            depth = sum(isinstance(outline.row(above), Anggaran) for above in outline.ancestors(row_id))
            choices.append(Choice(line.id, text, depth, line.id in known))
    title = "Kaitkan dengan anggaran"
    picked = _pick(title, f"Anggaran yang mendukung “{row_text(indikator or node)}”, dengan pagunya:", choices, parent)
    if picked is not None:
        lines = [plan.get(Anggaran, row_id) for row_id in picked]
        session.edit(
            step_of("kaitkan anggaran dengan", indikator or node), edits.set_support(plan, node, indikator, lines)
        )


def _link_line(session: Session, line: Anggaran, parent: QWidget) -> None:
    plan = session.plan
    known = {d.kinerja_id for d in plan.where(Dukungan, "anggaran_id", line.id)}
    outline = Outline(plan, session.dokumen_id, "kinerja")
    choices = []
    for row_id in outline.nodes():
        node = outline.row(row_id)
        if isinstance(node, Kinerja):
            text = f"{LEVEL_NAMES[node.tingkat]} {node.nomor or ''}: {row_text(node)}"
            choices.append(Choice(node.id, text, len(outline.ancestors(row_id)), node.id in known))
    picked = _pick("Kaitkan dengan sasaran", f"Sasaran yang didukung “{row_text(line)}”:", choices, parent)
    if picked is not None:
        nodes = [plan.get(Kinerja, row_id) for row_id in picked]
        session.edit(step_of("kaitkan sasaran dengan", line), edits.set_supported(plan, line, nodes))


def _pick(title: str, explanation: str, choices: list[Choice], parent: QWidget) -> list[str] | None:
    dialog = CheckList(title, explanation, choices, parent)
    dialog.list.setUniformItemSizes(True)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    picked = dialog.ticked()
    dialog.deleteLater()
    return picked if accepted else None
