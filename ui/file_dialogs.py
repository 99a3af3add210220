"""What asks for a file name: open, save as, import and export of a whole plan."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog

from models.errors import PlanError
from ui.choose_plan import HIDE, PLANS
from ui.read_only import WAY_OUT

if TYPE_CHECKING:
    from models.plan import Plan
    from ui.main_window import MainWindow

_TABLES = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")
WANTED = "Impor dokumen membaca data rencana (.renaksi.json), hasil Berkas, Ekspor data."
INTERCHANGE = "Data rencana (*.renaksi.json *.json)"


class FileDialogs:
    """Each asks, and then does; what goes wrong is said by the window."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def open(self) -> None:
        """Choose plans and open them, each in its window."""
        paths, _ = QFileDialog.getOpenFileNames(self._window, "Buka rencana", self._folder(), PLANS, "", HIDE)
        for path in paths:
            self._window.open_plan(Path(path))

    def save_as(self) -> None:
        """Go on under another name."""
        window, session = self._window, self._window.session
        if session is None:
            return
        window.commit()
        here = str(session.document.file.path)
        path, _ = QFileDialog.getSaveFileName(window, "Simpan sebagai", here, PLANS, "", HIDE)
        only_read, target = session.read_only, _with_suffix(path, ".db")
        if not path or not window.guarded(lambda: session.save_as(target)):
            return
        window.retitle()
        if only_read and not session.read_only:
            # All that was put out comes back with the views of a plan that can be changed.
            window.close_plan()
            if not window.open_plan(target):
                window.show_start()
        elif session.document.file.set_aside is not None:
            from ui.windows_left import offer_left_over

            offer_left_over(window)

    def import_document(self) -> None:
        """A document from an interchange file: into the open plan, or as a new one."""
        path, _ = QFileDialog.getOpenFileName(self._window, "Impor dokumen", self._folder(), INTERCHANGE)
        if path:
            self.import_file(Path(path))

    def import_file(self, path: Path) -> bool:
        """Import a document that is known; False where it cannot be, and why has been said."""
        return self._window.guarded(lambda: self._import(path))

    def export_data(self) -> None:
        """The shown document as an interchange file."""
        from services.export import write_interchange

        window, session = self._window, self._window.session
        if session is None or not session.dokumen_id:
            return
        window.commit()
        proposed = session.document.file.path.with_suffix(".renaksi.json")
        path, _ = QFileDialog.getSaveFileName(window, "Ekspor data", str(proposed), INTERCHANGE)
        target = _with_suffix(path, ".json")
        if path and window.guarded(lambda: write_interchange(session.plan, session.dokumen_id, target)):
            window.status.showMessage(f"Data disimpan ke {target}", 8000)

    def _import(self, source: Path) -> None:
        from services.interchange import import_changes, load
        from services.samples import create_from

        window, session = self._window, self._window.session
        _check_kind(source)
        if session is not None:
            if session.read_only:
                raise PlanError(WAY_OUT)
            _check_agency(load(source), session.plan)
            dokumen_id, changes = import_changes(load(source), session.plan)
            if session.edit(f"impor {source.name}", changes):
                session.show_document(dokumen_id)
                window.bar.set_documents(session)
            return
        name = source.name.split(".")[0]
        proposed = str(source.with_name(f"{name}.db"))
        path, _ = QFileDialog.getSaveFileName(window, "Simpan rencana di", proposed, PLANS, "", HIDE)
        if path:
            target = _with_suffix(path, ".db")
            create_from(source, target).file.close()
            window.open_plan(target)

    def _folder(self) -> str:
        session = self._window.session
        return str(session.document.file.path.parent if session is not None else Path.home())


def _check_kind(source: Path) -> None:
    """Say of a file that is no interchange file what it is for.

    Raises:
        PlanError: it is none, by its name.
    """
    suffix = source.suffix.lower()
    if suffix in _TABLES:
        raise PlanError(
            f"{source.name} adalah tabel. {WANTED} Isi tabel disalin di program asalnya, lalu ditempel di kisi "
            "(Ctrl+V); daftar nomenklatur dibaca dengan Berkas, Impor nomenklatur."
        )
    if suffix == ".db":
        raise PlanError(f"{source.name} adalah rencana Renaksi. Buka dengan Berkas, Buka.")
    if suffix != ".json":
        raise PlanError(f"{source.name} bukan data rencana. {WANTED}")


def _check_agency(data: dict[str, Any], plan: "Plan") -> None:
    """Say how a document of another agency is brought in.

    Raises:
        PlanError: the document is not of the agency of the plan.
    """
    from models.rows import Opd

    opd, here = data.get("opd"), plan.all(Opd)
    if not isinstance(opd, dict) or not isinstance(opd.get("nama"), str) or not here:
        return
    if any((each.nama, each.pemda) == (opd["nama"], opd.get("pemda")) for each in here):
        return
    theirs, ours = f"{opd['nama']} {opd.get('pemda') or ''}".strip(), f"{here[0].nama} {here[0].pemda or ''}".strip()
    raise PlanError(
        f"Dokumen ini milik {theirs}, sedangkan rencana ini milik {ours}. Impor sebagai rencana baru di jendela lain "
        "(Jendela baru, lalu Berkas, Impor dokumen), atau himpun beberapa perangkat daerah dengan Berkas, Kompilasi "
        "rencana."
    )


def _with_suffix(path: str, suffix: str) -> Path:
    """The name with its ending, where the officer left it out."""
    return Path(path) if path.lower().endswith(suffix) else Path(f"{path}{suffix}")
