"""Keeping the library of one folder in order, beside the main thread: what has happened to the folder, what other
programs have written, the weekly backup, and repair.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from dalle_studio.core.errors import CannotWrite, StudioError, UnreadableLibrary
from dalle_studio.core.sentence import say
from dalle_studio.state.background import Background
from dalle_studio.state.notices import Level, Notices
from dalle_studio.storage.paths import cache_dir
from dalle_studio.storage.pictures.library import Library
from dalle_studio.storage.pictures.scan import Changes, Progress
from dalle_studio.storage.pictures.schema import LaterVersion

WATCH_MS = 2000
"""How often another program's work is looked for, which takes microseconds."""
CARE_AFTER_MS = 20_000
"""When the database is checked and backed up, where that is due: after the first minute's bustle."""
NEWS_S = 0.5
_MOST_REPAIRS = 3
_KEY = "library"


class Upkeep(QObject):
    """One folder's library: opened when it is first wanted, and looked after until it is closed.

    Signals:
        altered(): it can be asked now, or something else than the gallery's own work has changed it.
    """

    altered = Signal()

    def __init__(self, folder: Path, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self._notices = notices
        self._background, self._slow = Background(self), Background(self)
        self._opening, self._cancel = threading.Lock(), threading.Event()
        self._library: Library | None = None
        self._is_looking = self._looks_again = self._is_repairing = False
        self._is_closed = self._is_gone = False
        self._repairs = 0
        self._voice = _Voice()
        self._voice.came.connect(self._tell_news)
        self._watch = QTimer(self, interval=WATCH_MS)
        self._watch.timeout.connect(self._look_for_others)
        self._care = QTimer(self, singleShot=True, interval=CARE_AFTER_MS)
        self._care.timeout.connect(self._maintain)

    @property
    def library(self) -> Library | None:
        """The library, where it is open."""
        return self._library

    @property
    def is_looking(self) -> bool:
        """Whether the folder is being read."""
        return self._is_looking

    def open(self) -> Library:
        """The library, opened where it was not. From any thread. Raises CannotWrite, UnreadableLibrary."""
        with self._opening:
            if self._is_gone:
                raise CannotWrite(say("The gallery is closed."), say("Start the studio again."))
            if self._library is None:
                self._library = Library(self.folder, cache_dir())
            return self._library

    def look(self) -> None:
        """See what has happened to the folder. Returns at once; `altered` tells what came of it."""
        if self._is_closed:
            return
        if self._is_looking:
            self._looks_again = True
        else:
            self._is_looking = True
            self._background.do(self.open, self._opened, self._failed)

    def deal_with(self, error: Exception) -> None:
        """Tell what went wrong with the library; a damaged one is repaired. Raises what nobody foresaw."""
        is_damaged = isinstance(error, UnreadableLibrary) and not isinstance(error, LaterVersion)
        if is_damaged and self._library is not None and self._repairs < _MOST_REPAIRS:
            self._repair(self._library)
        elif isinstance(error, OSError):
            self._notices.tell(
                say(
                    "The folder {folder} cannot be read: {reason}.", folder=self.folder, reason=error.strerror
                ),
                key="folder",
                level=Level.ERROR,
                remedy=say("Check who may read it, or use another folder."),
                details=repr(error),
            )
        elif isinstance(error, StudioError):
            self._notices.tell_error(error, _KEY)
        else:
            raise error

    @property
    def is_busy(self) -> bool:
        """Whether anything is being read or cared for."""
        return self._background.is_busy or self._slow.is_busy

    def finish(self) -> None:
        """Wait for everything that is being read."""
        while self.is_busy:
            self._background.finish()
            self._slow.finish()

    def leave(self) -> None:
        """Begin nothing more, and end what can be ended; what is being saved goes on."""
        self._is_closed = True
        self._watch.stop()
        self._care.stop()
        self._cancel.set()

    def close(self) -> None:
        """Leave it and let go of the database. Nobody may save any more."""
        self.leave()
        self.finish()
        with self._opening:
            library, self._library, self._is_gone = self._library, None, True
        if library is not None:
            library.close()

    # --- looking

    def _opened(self, library: Library) -> None:
        if not self._is_closed and not self._watch.isActive():
            self._watch.start()
            self._care.start()
            self._tell(library.warnings)
        self.altered.emit()
        self._scan(library)

    def _scan(self, library: Library) -> None:
        progress = self._progress()
        self._background.do(lambda: library.scan(progress, self._cancel), self._scanned, self._failed)

    def _scanned(self, changes: Changes) -> None:
        if changes.damaged_marks is not None:
            self._notices.tell(
                say("The old file of stars and collections is damaged: not all of it could be taken over."),
                key="marks",
                level=Level.WARNING,
                remedy=say("It stays as it is, for you to look at: {path}.", path=changes.damaged_marks),
            )
        if self._looks_again and not self._is_closed:
            self._looks_again = False
            self._scan(self.open())
            return
        self._is_looking = False
        self.altered.emit()
        self._complete()

    def _failed(self, error: Exception) -> None:
        self._is_looking = self._looks_again = False
        self.altered.emit()
        self.deal_with(error)

    def _complete(self) -> None:
        """Decode what nobody has decoded yet: thumbnails, and families that are known by pixels, not names."""
        library, learned = self._library, list[int]()
        if library is None or self._slow.is_busy or self._is_closed:
            return

        def work() -> None:
            library.complete(lambda done, _: learned.append(done), self._cancel)

        def done(_: None) -> None:
            if learned:
                self.altered.emit()

        self._slow.do(work, done, self.deal_with)

    def _progress(self) -> Progress:
        """Tells now and then, from the thread that reads."""
        voice, told_s = self._voice, time.monotonic()

        def tell(_: int, __: int) -> None:
            nonlocal told_s
            if time.monotonic() - told_s > NEWS_S:
                told_s = time.monotonic()
                voice.came.emit()

        return tell

    @Slot()
    def _tell_news(self) -> None:
        if not self._is_closed:
            self.altered.emit()

    @Slot()
    def _look_for_others(self) -> None:
        try:
            if self._library is not None and self._library.has_changed():
                self.altered.emit()
        except StudioError as error:
            self.deal_with(error)

    # --- care

    @Slot()
    def _maintain(self) -> None:
        if self._library is not None:
            self._background.do(self._library.maintain, self._cared, self.deal_with)

    def _repair(self, library: Library) -> None:
        if not self._is_repairing and not self._is_closed:
            self._is_repairing = True
            self._repairs += 1
            self._background.do(library.repair, self._repaired, self._unrepaired)

    def _repaired(self, told: tuple[StudioError, ...]) -> None:
        self._is_repairing = False
        self._tell(told)
        self.look()

    def _unrepaired(self, error: Exception) -> None:
        self._is_repairing = False
        self._repairs = _MOST_REPAIRS
        self.deal_with(error)

    def _cared(self, told: tuple[StudioError, ...]) -> None:
        self._tell(told)
        if told:  # it was damaged and is another one now
            self.look()

    def _tell(self, warnings: tuple[StudioError, ...]) -> None:
        for each in warnings:
            self._notices.tell(
                each.message, key=_KEY, level=Level.WARNING, remedy=each.remedy, details=each.details
            )


class _Voice(QObject):
    came = Signal()
