"""This run of the studio: keeps what is not saved where it is found after a crash, and finds what others left.

Each session has a folder with a journal and a lock. A lock that cannot be taken says that its studio still
runs, so a second window is never taken for a crashed one.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal, Slot

from dalle_studio.core.errors import StudioError
from dalle_studio.state.background import Background, as_studio_error
from dalle_studio.storage import journal
from dalle_studio.storage.durable import cannot_write
from dalle_studio.storage.journal import Journal, Left
from dalle_studio.storage.project import Project

DELAY_MS = 600
"""From the first change to the moment it is written; with the writing itself it stays well within two seconds."""
RETRY_MS = 10_000
LOCK = "lock"


class Session(QObject):
    """Writes the journal of this studio, beside the main thread.

    Args:
        root: the folder of all sessions.
        take: the project as it stands now; called on the main thread, must not take longer than a frame, and
            what it returns must not change any more.
        read: reads a journal; called on another thread. What it returns is handed on.
        parent: owner in Qt's sense.
        delay_ms: from the first change that is not written to the writing.

    Signals:
        failed(StudioError): the journal cannot be written. Told once, until it can be again.
    """

    failed = Signal(object)

    def __init__(
        self,
        root: Path,
        take: Callable[[], Project],
        read: Callable[[Path], Any] = journal.read,
        parent: QObject | None = None,
        delay_ms: int = DELAY_MS,
    ) -> None:
        super().__init__(parent)
        self.file: Path | None = None
        self._root, self._take, self._read = root, take, read
        self._own: tuple[Journal, QLockFile] | None = None
        self._adopted: dict[Path, QLockFile] = {}
        self._background = Background(self)
        self._delay_ms = delay_ms
        self._is_touched = self._is_writing = self._is_failing = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._write_due)

    # What this session keeps

    @Slot()
    def touch(self) -> None:
        """Something changed. However often that is said, it is written soon after the first time."""
        self._is_touched = True
        if not self._timer.isActive() and not self._is_writing:
            self._timer.start(self._delay_ms)

    def clear(self) -> None:
        """All is saved or was given up: nothing of it is to be found at the next start."""
        self._timer.stop()
        self._is_touched = False
        if self._own:
            self._background.do(self._own[0].clear, lambda _: None)

    def set_aside(self, then: Callable[[], None], failed: Callable[[StudioError], None]) -> None:
        """Write everything as it stands and begin anew with nothing, for another project.

        What was written stays this session's: `left_behind` lists it, first of all.

        Args:
            then: called once it is on the disk.
            failed: takes why it cannot be written; this session goes on as before then.
        """

        def written(_: None) -> None:
            self._written(None)
            if self._is_touched:  # something changed meanwhile
                self.set_aside(then, failed)
                return
            if self._own:  # not where it was asked for twice
                own, lock = self._own
                self._own, self.file = None, None
                self._adopted[own.folder] = lock
            then()

        def fail(error: Exception) -> None:
            self._fail(error)
            failed(as_studio_error(error))

        self._timer.stop()
        self._write(written, fail)

    def close(self) -> None:
        """Write what is not written yet, and end. What is kept then is found at the next start."""
        self._background.finish()
        if self._is_touched:
            self._write_due()
            self._background.finish()
        self._timer.stop()
        self._leave()
        self.later()

    # What other sessions left

    def look(self, then: Callable[[tuple[Left, ...]], None]) -> None:
        """Hand `left_behind` over; the folders are read beside the main thread."""
        self._background.do(self.left_behind, then)

    def left_behind(self) -> tuple[Left, ...]:
        """Journals of sessions that ended without saving, the last written first.

        They are this session's until it ends or says `later`: no other studio is offered them meanwhile. Of
        those nobody came for in a month, or of more than 4 GiB, the oldest are deleted.
        """
        journal.forget_old(self._root, self._may_take)
        return tuple(left for left in journal.find(self._root) if self._take_lock(left.folder))

    def read(self, left: Left, then: Callable[[Any], None], failed: Callable[[StudioError], None]) -> None:
        """Read a journal beside the main thread, and hand over what comes of it or why it cannot be read."""
        self._background.do(
            lambda: self._read(left.folder), then, lambda error: failed(as_studio_error(error))
        )

    def adopt(self, left: Left) -> None:
        """Go on with a journal as this session's own. What it kept itself stays where it is, to be found later."""
        self._leave()
        self._own, self.file = (Journal(left.folder), self._adopted.pop(left.folder)), left.file

    def discard(self, left: Left) -> None:
        """Delete a journal for good, unless this session has gone on with it meanwhile."""
        lock = self._adopted.pop(left.folder, None)
        if lock:
            lock.unlock()
            journal.forget(left.folder)

    def later(self) -> None:
        """Leave all that was found where it is: it is offered again at the next start."""
        for lock in self._adopted.values():
            lock.unlock()
        self._adopted = {}

    # Below

    @Slot()
    def _write_due(self) -> None:
        self._write(self._written, self._fail)

    def _write(self, then: Callable[[None], None], failed: Callable[[Exception], None]) -> None:
        self._is_touched = False
        try:
            self._own = self._own or self._begin()
            own, project, file = self._own[0], self._take(), self.file
        except StudioError as error:
            failed(error)
            return
        self._is_writing = True
        self._background.do(lambda: own.write(project, file), then, failed)

    def _written(self, _: None) -> None:
        self._is_writing = self._is_failing = False
        if self._is_touched:
            self._timer.start(self._delay_ms)

    def _fail(self, error: Exception) -> None:
        self._is_writing, self._is_touched = False, True
        self._timer.start(RETRY_MS)
        if not self._is_failing:
            self._is_failing = True
            self.failed.emit(as_studio_error(error))

    def _begin(self) -> tuple[Journal, QLockFile]:
        """A folder of this session's own, made when there is something to keep. Raises CannotWrite."""
        folder = self._root / uuid.uuid4().hex
        try:
            folder.mkdir(0o700, parents=True)
        except OSError as error:
            raise cannot_write(folder, error) from error
        lock = _lock_of(folder)
        lock.tryLock(0)
        return Journal(folder), lock

    def _leave(self) -> None:
        """Let go of this session's own folder; what it keeps is to be found later."""
        if self._own:
            own, lock = self._own
            lock.unlock()
            if not own.holds_something:
                journal.forget(own.folder)
            self._own = None

    def _take_lock(self, folder: Path) -> bool:
        """Whether that session has ended, so that its journal is this session's now."""
        if self._own and folder == self._own[0].folder:
            return False
        if folder not in self._adopted:
            lock = _lock_of(folder)
            if not lock.tryLock(0):
                return False
            self._adopted[folder] = lock
        return True

    def _may_take(self, folder: Path) -> bool:
        if not self._take_lock(folder):
            return False
        self._adopted.pop(folder).unlock()
        return True


def _lock_of(folder: Path) -> QLockFile:
    """Stale only where its process has ended: a studio may well sleep for days."""
    lock = QLockFile(str(folder / LOCK))
    lock.setStaleLockTime(0)
    return lock
