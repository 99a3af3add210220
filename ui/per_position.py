"""A form for each position into one folder: perjanjian kinerja of all officials in one go, individual sheets."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from models.rows import Jabatan
from services.export import position_file_name, write_positions
from services.forms import FORMS
from ui.bundle import Result
from ui.form_export import ask_folder
from ui.form_source import NO_DOCUMENT, Snapshot, snapshot
from ui.messages import confirm
from ui.tasks import Progress

if TYPE_CHECKING:
    from ui.forms_view import FormsView


@dataclass(frozen=True, slots=True)
class PositionBundle:
    """The plan as it was when this was asked for, and the form that is written for each position."""

    of: Snapshot
    name: str
    folder: Path

    def targets(self) -> list[Path]:
        """The files that it can become."""
        plan = self.of.plan()
        positions = plan.where(Jabatan, "dokumen_id", self.of.dokumen_id)
        return [self.folder / position_file_name(plan, each, self.name) for each in positions]

    def write(self, result: Result, progress: Progress) -> Result:
        """Write them one after another; `result` holds at any time what is there."""

        def step(position: str, done: int, of: int) -> None:
            progress(done, of, f"{done + 1} dari {of}: {position}")

        files = write_positions(
            self.of.plan(),
            self.of.dokumen_id,
            self.folder,
            self.name,
            code=self.of.code,
            findings=self.of.findings,
            progress=step,
        )
        for file in files:
            if file.problem:
                result.problems.append(file.problem)
                continue
            result.written.append(file.path)
            if file.remark:
                result.boxes.append(self.name)
        return result


class PerPosition(QObject):
    """What the button "Tiap jabatan" of the forms does: ask for a folder, and have the files written."""

    def __init__(self, view: "FormsView") -> None:
        super().__init__(view)
        self._view = view
        view.settings.export.positions_wanted.connect(self.export)

    def export(self) -> None:
        """Ask for a folder and write the form that is shown for each position."""
        problem = self._view.commit()
        if not problem and not self._view.session.dokumen_id:
            problem = NO_DOCUMENT
        if problem:
            self._view.failed.emit(problem)
        elif FORMS[self._view.name].per_position:
            folder = ask_folder(
                self._view, "Satu PDF tiap jabatan: pilih folder", self._view.session.document.file.path.parent
            )
            if folder is not None:
                self.write_into(folder)

    def write_into(self, folder: Path) -> None:
        """Write them into a folder; files that are there already are asked about once."""
        bundle = PositionBundle(snapshot(self._view.session), self._view.name, folder)
        there = sum(target.exists() for target in bundle.targets())
        if not there or confirm(self._view, f"{there} berkas sudah ada di {folder}. Timpa?", "Timpa"):
            self._view.exporter.write_bundle(bundle)
