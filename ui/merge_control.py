"""What a window does about copies: merges them, keeps a merge that was begun, and says what waits to be decided."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer

from models.errors import PlanError
from models.history import Whose
from models.rows import Konflik
from services.receiving import received
from ui.merge_notice import MergeNotice, salinan_label
from ui.messages import confirm, tell
from ui.tasks import Progress, Task
from ui.windows_waiting import until_ended

if TYPE_CHECKING:
    from models.outside import Outside
    from services.merge_preview import Pending, Stored
    from ui.main_window import MainWindow
    from ui.merge_view import MergeView
    from ui.session import Session, Update

SOON = 300
"""Milliseconds after which work that still runs is shown."""
ONE_STEP = "Penggabungan dapat diurungkan dalam satu langkah"


class MergeControl(QObject):
    """Lives as long as the plan is open in its window. `notice` stands over the pages."""

    def __init__(self, window: "MainWindow", session: "Session", notice: MergeNotice) -> None:
        super().__init__(window)
        self._window, self._session, self.notice = window, session, notice
        self.view: MergeView | None = None
        self._paths: tuple[Path, ...] = ()
        self._outside: Outside | None = None
        """What stands in the place of the plan's file, while that is being merged."""
        self._task: Task | None = None
        self._stale = False
        self.salinan = received(session.document)
        self._label = salinan_label(session.plan, self.salinan) if self.salinan is not None else None
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self._show_busy)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._say_changed)
        self._update: Update | None = None
        self._told = ""
        self._selection: str | None = None
        """What the status line said of the grid before the merge took its place."""
        session.changed.connect(self._on_changed)
        window.page_changed.connect(self._on_page)
        if self._label is not None:
            window.status.insertWidget(0, self._label)
        self.refresh()

    @property
    def running(self) -> bool:
        """Whether copies are being read or merged."""
        return self._task is not None

    def start(self, paths: Sequence[Path]) -> None:
        """Read copies, off the GUI thread, and show what a merge would bring."""
        self._paths, self._outside = tuple(paths), None
        self._build(None)

    def take_in(self, found: "Outside") -> bool:
        """The same for what someone else put in the place of the plan; False while another merge is under way."""
        if self._task is not None or (self.view is not None and self._paths):
            return False
        self._paths, self._outside = (self._session.document.file.path,), found
        self._build(None)
        return True

    def resume(self) -> None:
        """The merge that was begun, or the conflicts in hand, again."""
        if self.view is None:
            return
        if self._stale:
            self._build(self.view.preview)
        else:
            self._window.show_page(self.view)

    def discard(self) -> None:
        """Give up what was begun; nothing of it was written."""
        from ui.toolbar import SUSUN

        if self.view is not None:
            if self._window.shows_page(self.view):
                self._window.show_view(SUSUN)
            self._window.remove_page(self.view)
            self.view = None
        self.refresh()

    def show_conflicts(self) -> None:
        """The conflicts that wait in the plan."""
        self._paths, self._outside = (), None
        self._build(None)

    def end(self) -> None:
        """The plan is being closed."""
        self._soon.stop()
        self._later.stop()
        task, self._task = self._task, None
        if task is not None:
            task.blockSignals(True)
            task.cancel()
            until_ended(task)
        if self.view is not None:
            self._window.remove_page(self.view)
            self.view = None
        if self._label is not None:
            self._window.status.removeWidget(self._label)
            self._label.deleteLater()
        self.notice.hide()
        self.deleteLater()

    def refresh(self) -> None:
        """Say what waits, or nothing."""
        if self._task is not None:
            return
        if self._merging():
            self._told = ""
            self.notice.hide()
        elif self.view is not None and self._paths:
            words = f"{self.view.preview.title}: belum digabungkan."
            self.notice.say(words, "Lanjutkan", self.resume, "Batalkan", self.discard)
        elif found := self._open_conflicts():
            from services.merge_meanwhile import meanwhile

            words = f"{len(found)} pertentangan menunggu keputusan. {meanwhile(found)}"
            if words != self._told or self.notice.isVisible():
                self._told = words
                self.notice.say(words, "Lihat pertentangan", self.show_conflicts)
        else:
            self._told = ""
            self.notice.hide()

    def _open_conflicts(self) -> "tuple[Konflik, ...]":
        if not self._session.plan.all(Konflik):
            return ()
        from services.merge_conflicts import open_conflicts

        return open_conflicts(self._session.plan)

    def _merging(self) -> bool:
        """Whether the merge is the page that is shown."""
        return self.view is not None and self._window.shows_page(self.view)

    def _build(self, earlier: "Pending | Stored | None") -> None:
        """Make the preview in a task; `earlier`: what was chosen before the plan changed."""
        if self._task is not None:
            return
        plan_file, rows, paths = self._session.document.file, tuple(self._session.plan.rows()), self._paths
        found = self._outside

        def work(progress: Progress) -> Any:
            from models.plan import Plan
            from services import merge_preview as services

            if not paths:
                return services.stored(Plan(rows)), ()
            ours = services.open_copy(plan_file.path.name, rows, plan_file.history())
            if found is not None:
                from services.merge_outside import pending_outside

                return pending_outside(ours, plan_file.path, found, progress)
            return services.pending(ours, paths, plan_file.path, progress)

        self._stale = False
        self._run(work, partial(self._on_built, earlier))

    def _run(self, work: Any, done: Any) -> None:
        task = self._task = Task(work, self)
        task.progressed.connect(self.notice.show_step)
        task.finished.connect(done)
        task.failed.connect(self._on_failed)
        task.cancelled.connect(self._on_ended)
        task.crashed.connect(self._on_ended)
        self._soon.start()
        task.start()

    def _show_busy(self) -> None:
        if self._task is not None:
            self.notice.busy("Membaca dan membandingkan...", self._task.cancel)

    def _on_ended(self, *_: object) -> None:
        self._task = None
        self._soon.stop()
        if self.view is not None:
            self.view.set_busy(False)
        self.refresh()

    def _on_failed(self, sentence: str) -> None:
        self._on_ended()
        tell(self._window, sentence)

    def _on_built(self, earlier: "Pending | Stored | None", made: Any) -> None:
        self._task = None
        self._soon.stop()
        preview, refused = made
        if self._stale:
            self._build(earlier)
            return
        if preview is None or (not preview.lines and (not self._paths or preview.empty)):
            self.discard()
            notes = refused if preview is None else preview.notes
            tell(self._window, "\n\n".join(notes) or "Tidak ada pertentangan yang menunggu keputusan.")
            return
        if earlier is not None:
            preview.take_over(earlier)
        self._show(preview)

    def _show(self, preview: "Pending | Stored") -> None:
        from ui.merge_view import MergeView

        if self.view is not None:
            self._window.remove_page(self.view)
        self.view = MergeView(preview, self.salinan.untuk if self.salinan is not None else "")
        self.view.left.connect(self._leave)
        self.view.cancelled.connect(self.discard)
        self.view.accepted.connect(self._accept)
        self._window.show_page(self.view)

    def _leave(self) -> None:
        from ui.toolbar import SUSUN

        self._window.show_view(SUSUN)

    def _accept(self) -> None:
        """Merge as chosen: the changes and a backup off the GUI thread, then one step."""
        view = self.view
        if view is None or self._task is not None:
            return
        if self._stale:
            self.resume()
            return
        if not self._paths:
            self._apply_choices()
            return
        preview: Any = view.preview
        merge, plan_file = preview.merge, self._session.document.file
        anyway = False
        if merge.deletes_much:
            count = merge.deleted
            question = (
                f"Penggabungan ini akan menghapus {count} dari {merge.count} baris rencana. Apakah memang dimaksud?"
            )
            note = "Cadangan dibuat lebih dahulu, dan penggabungan dapat diurungkan dalam satu langkah."
            if not confirm(self._window, question, f"Hapus {count} baris dan gabungkan", note):
                return
            anyway = True

        def work(progress: Progress) -> Any:
            changes = merge.changes(delete_anyway=anyway)
            if changes:
                # The merge is one step to undo, so that no backup can be made does not stop it.
                with suppress(PlanError):
                    plan_file.back_up()
            return changes

        view.set_busy(True)
        label, found = merge.label, self._outside
        if found is not None:
            from services.merge_outside import label_of

            label = label_of(found)
        self._run(work, partial(self._on_merged, label, merge.authors, found))

    def _on_merged(self, label: str, whose: Whose, found: "Outside | None", changes: Any) -> None:
        if self._step(label, changes, whose):
            if found is not None and self._session.outside == found:
                self._session.accept_outside()
                self._session.publish()
            self._finish(f"{label[:1].upper()}{label[1:]}: {len(changes)} baris berubah. {ONE_STEP}.")

    def _apply_choices(self) -> None:
        """Solve the stored conflicts that were chosen: what that changes off the GUI thread, then one step."""
        view = self.view
        if view is None:
            return
        stored: Any = view.preview
        rows = tuple(self._session.plan.rows())

        def work(progress: Progress) -> Any:
            from models.plan import Plan

            return stored.changes(Plan(rows))

        view.set_busy(True)
        self._run(work, partial(self._on_solved, stored.label))

    def _on_solved(self, label: str, made: Any) -> None:
        changes, left = made
        if not self._step(label, changes):
            return
        if not left:
            self._finish("Pilihan diterapkan dalam satu langkah yang dapat diurungkan.")
        else:
            self._finish(f"{left} pilihan belum diterapkan; yang lain diterapkan dalam satu langkah.")
            tell(
                self._window,
                f"{left} pilihan belum dapat diterapkan: baris yang dimaksud sudah dihapus, tempatnya sudah diisi "
                "baris lain, atau realisasinya sudah ditutup. Pertentangan itu tetap menunggu.",
            )

    def _step(self, label: str, changes: Any, whose: Whose | None = None) -> bool:
        """Put the changes into the plan, unless it is another by now: then the preview is made again."""
        self._task = None
        self._soon.stop()
        if self.view is not None:
            self.view.set_busy(False)
        if self._stale:
            self.resume()
            return False
        self._window.setCursor(Qt.CursorShape.WaitCursor)
        done = self._session.edit(label, changes, whose=whose)
        self._window.unsetCursor()
        return done

    def _finish(self, sentence: str) -> None:
        self.discard()
        self._window.status.showMessage(sentence, 12000)

    def _on_changed(self, update: "Update") -> None:
        """Say what waits now; after a large step as soon as the window has shown it."""
        from ui.session import LARGE

        self._stale, self._update = True, update
        if len(update.edit.changes) > LARGE:
            self._later.start()
        else:
            self._say_changed()

    def _say_changed(self) -> None:
        update, self._update = self._update, None
        self.refresh()
        if update is None or self.salinan is None or self._session.document.undone:
            # A step that was just taken back is no new edit of theirs.
            return
        from services.copies import outside_part

        strange = outside_part(self._session.plan, self.salinan, update.edit.changes)
        if strange and not self._window.shows_page(self.view):
            words = (
                f"Perubahan terakhir di luar bagian {self.salinan.untuk}. Ia akan ditandai saat salinan ini digabung."
            )
            self.notice.say(words, "Urungkan", lambda: self._window.actions_.undo_steps(1))

    def _on_page(self) -> None:
        merging = self._merging()
        self._window.bar.setVisible(not merging)
        status = self._window.status
        if merging and self._selection is None:
            self._selection = status.selection.text()
            status.show_view(None)
            status.show_selection(ONE_STEP)
        elif not merging and self._selection is not None:
            status.show_selection(self._selection)
            self._selection = None
        self.refresh()
        if merging and self.view is not None:
            self.view.table.setFocus()
