"""What is asked and said before something is done to a branch."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox, QWidget

from models.plan import Plan
from models.rows import Aksi, Anggaran, DeretAnggaran, DeretIndikator, Dukungan, Indikator, Kinerja
from services import edits
from services.naming import level_name, row_text

if TYPE_CHECKING:
    from services.branches import Node, Scope

_GOES = (
    (Indikator, "indikator"),
    (DeretIndikator, "deret target dan realisasi"),
    (DeretAnggaran, "deret kas dan realisasi"),
    (Aksi, "aksi"),
    (Dukungan, "kaitan sasaran dan anggaran"),
)


def what_goes(plan: Plan, rows: Sequence["Node"]) -> tuple[str, str]:
    """(the question before rows are removed, what goes with them)."""
    all_rows = {row.id: row for root in rows for row in edits.branch(plan, root)}
    roots = {row.id for row in rows}
    under = [r for r in all_rows.values() if isinstance(r, Kinerja | Anggaran | Indikator) and r.id not in roots]
    more = f" beserta {len(under)} baris di bawahnya" if under else ""
    what = f"{level_name(rows[0])} “{row_text(rows[0])[:80]}”" if len(rows) == 1 else f"{len(rows)} baris yang dipilih"
    counts = [(sum(isinstance(r, cls) and r.id not in roots for r in all_rows.values()), name) for cls, name in _GOES]
    said = [f"{count} {name}" for count, name in counts if count]
    return f"Hapus {what}{more}?", f"Ikut terhapus: {', '.join(said)}." if said else ""


def choose_scope(parent: QWidget, row: Kinerja) -> "Scope | None":
    """Which sasaran are numbered anew; None where nothing is to be done."""
    name = level_name(row).lower()
    question = f"Nomori ulang {name} mulai dari 1?"
    box = QMessageBox(QMessageBox.Icon.NoIcon, "Nomori ulang", question, parent=parent)
    box.setInformativeText(
        f"“Semua {name}” memberi nomor urut seluruh dokumen seperti di formulir; “Yang seinduk” hanya baris di bawah "
        "induk yang sama."
    )
    everyone = box.addButton(f"Semua {name}", QMessageBox.ButtonRole.AcceptRole)
    beside = box.addButton("Yang seinduk", QMessageBox.ButtonRole.AcceptRole)
    box.addButton("Batal", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(everyone)
    box.exec()
    clicked = box.clickedButton()
    return "tingkat" if clicked is everyone else "seinduk" if clicked is beside else None
