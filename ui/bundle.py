"""Several forms into one folder: which files they become, and the writing of them, off the GUI thread."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from models.plan import Plan
from services.export import file_name, write_all
from services.forms import FORMS
from ui.form_source import Snapshot, full_title, short_title, snapshot
from ui.session import Session
from ui.tasks import Progress

_PARTS = 1000
"""Steps that one form counts for in the progress."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """The plan as it was when the export was asked for, and what is to be written of it.

    `pieces`: (name of a form, its formats).
    """

    of: Snapshot
    pieces: tuple[tuple[str, tuple[str, ...]], ...]
    folder: Path

    def targets(self) -> list[Path]:
        """The files that it can become."""
        plan = self.of.plan()
        return [self._target(plan, name, kind) for name, kinds in self.pieces for kind in kinds]

    def write(self, result: "Result", progress: Progress) -> "Result":
        """Write them one after another; `result` holds at any time what is there."""
        plan = self.of.plan()
        names = [name for name, _ in self.pieces]
        total = len(names) * _PARTS

        def step(name: str, done: int, of: int) -> None:
            number = names.index(name)
            words = "" if done else f"{number + 1} dari {len(names)}: {short_title(name)}"
            progress(number * _PARTS + _PARTS * done // max(of, 1), total, words)

        for name, kinds in self.pieces:
            files = write_all(
                plan,
                self.of.dokumen_id,
                self.folder,
                (name,),
                kinds,
                code=self.of.code,
                findings=self.of.findings,
                progress=step,
            )
            before = len(result.written) + len(result.problems)
            for file in files:
                if file.problem:
                    result.problems.append(file.problem)
                    continue
                result.written.append(file.path)
                if file.remark:
                    result.boxes.append(name)
            if len(result.written) + len(result.problems) == before:
                result.left_out.append(name)
        return result

    def _target(self, plan: Plan, name: str, kind: str) -> Path:
        return self.folder / file_name(plan, self.of.dokumen_id, name, kind)


@dataclass(slots=True)
class Result:
    """What a bundle has become: the files, why others are not there, forms that had nothing to print, forms that print
    boxes for characters.
    """

    written: list[Path] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)

    def sentence(self, folder: str) -> str:
        """ "4 berkas disimpan di Laporan", and what else is to be known."""
        words = [
            f"{len(self.written)} berkas disimpan di {folder}" if self.written else "Tidak ada berkas yang disimpan"
        ]
        if self.problems:
            more = f" Dan {len(self.problems) - 1} lagi." if len(self.problems) > 1 else ""
            words.append(f"{len(self.problems)} tidak dapat ditulis: {self.problems[0]}{more}".rstrip("."))
        if self.left_out:
            words.append(f"Belum ada isi: {_titles(self.left_out)}")
        if self.boxes:
            words.append(f"Karakter yang tidak ada dalam huruf cetak tercetak sebagai kotak: {_titles(self.boxes)}")
        return ". ".join(words)


def bundle_of(session: Session, names: Iterable[str], kinds: Iterable[str] | None, folder: Path) -> Bundle:
    """These forms of the document that the window shows, in these formats; None for all that a form has."""
    wanted = None if kinds is None else set(kinds)
    pieces = [(name, tuple(k for k in FORMS[name].kinds if wanted is None or k in wanted)) for name in names]
    return Bundle(snapshot(session), tuple((name, of) for name, of in pieces if of), folder)


def _titles(names: Iterable[str]) -> str:
    return "; ".join(full_title(name) for name in dict.fromkeys(names))
