"""The officer's file while it is open: others who change it are noticed, and are told that it is open here."""

from PySide6.QtCore import QObject, QTimer

from models.outside import Outside
from models.presence import BEAT, Presence, Seen
from services.log import Event, note
from ui.session import Session
from ui.tasks import Task

EVERY = 5
"""Seconds between two looks."""
RETRY = 6
"""Of so many looks one tries again to write a file that could not be written."""

Found = tuple[Presence | None, Outside | None, Seen | None, bool]


class OutsideWatch(QObject):
    """Looks every five seconds, off the GUI thread: a share or a stick that does not answer holds nothing up.

    What it finds goes to `Session.set_outside`; `other` is who else says to have the plan open.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._file = session.document.file
        self._presence = None if session.read_only else Presence(self._file.path)
        self._looking: Task | None = None
        self._looks = 0
        self._attempts = 0
        self._doubtful: Outside | None = None
        self.other: Seen | None = None
        self._timer = QTimer(self, interval=EVERY * 1000)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        session.watch = self
        self.look()

    def look(self) -> None:
        """Look now, unless a look is under way."""
        if self._looking is not None:
            return
        file, presence, beats = self._file, self._presence, self._looks % max(BEAT // EVERY, 1) == 0
        last, before, first = self._session.outside, self.other, self._looks == 0
        self._attempts = self._session.attempts
        self._looks += 1

        def work(_progress: object) -> Found:
            if first:
                note(Event.OPENED_TO_READ if file.read_only else Event.OPENED)
            other = presence.beat() if presence is not None and beats else before
            return presence, file.look_outside(last), other, file.is_gone()

        # Without a parent: it may outlive the session where a share hangs.
        self._looking = Task(work)
        self._looking.finished.connect(self._on_looked)
        self._looking.start()

    def move(self) -> None:
        """The plan goes on under another name."""
        self._leave()
        self._presence, self._doubtful, self.other = Presence(self._file.path), None, None
        self._looks = 0
        self.look()

    def stop(self) -> None:
        """The plan is being closed."""
        self._timer.stop()
        self._leave()
        if self._looking is not None:
            self._looking.finished.disconnect(self._on_looked)
            self._looking = None

    def _leave(self) -> None:
        if self._presence is not None:
            self._presence.leave()
            self._presence = None

    def _on_looked(self, looked: Found) -> None:
        self._looking = None
        presence, found, other, gone = looked
        if presence is not self._presence:
            return
        if other != self.other:
            self.other = other
            self._session.saved_changed.emit()
        if self._session.attempts == self._attempts:
            # Else it was written, or missed, while we looked.
            self._session.set_gone(gone)
        if found is not None and self._file.knows(found):
            found = None
        if found is not None and not found.readable and found != self._doubtful:
            # It may be half written at this moment.
            self._doubtful = found
            return
        self._doubtful = None
        if found != self._session.outside:
            if found is not None:
                note(Event.CHANGED_OUTSIDE)
            self._session.set_outside(found)
        elif self._session.publish_error and found is None and self._looks % RETRY == 0:
            self._session.publish()
