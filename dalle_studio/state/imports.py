"""Bringing folders of pictures from elsewhere into the gallery, with a notice that tells how far it is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from dalle_studio.core.errors import StudioError
from dalle_studio.core.sentence import Sentence, joined, say
from dalle_studio.state.background import Background
from dalle_studio.state.notices import Level, Notices
from dalle_studio.storage.pictures.importing import Imported, import_folder
from dalle_studio.storage.pictures.library import Library

_KEY = "import"
_NEWS_S = 0.25


class Imports(QObject):
    """One folder after the other. The notice's “Stop” ends them; what has come by then stays.

    Signals:
        came(): there are more pictures than before.
    """

    came = Signal()

    def __init__(self, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notices = notices
        self._background = Background(self)
        self._cancel = threading.Event()
        self._notice = 0
        self._voice = _Voice()
        self._voice.told.connect(self._tell_progress)
        notices.acted.connect(self._act)

    @property
    def is_busy(self) -> bool:
        """Whether pictures are coming in."""
        return self._background.is_busy

    def start(self, source: Path, opened: Callable[[], Library]) -> None:
        """Copy the pictures of a folder and those in it; returns at once. `opened` gives the library."""
        if not self.is_busy:
            self._cancel = threading.Event()
            text = say("Importing the pictures of {folder} …", folder=source.name)
            self._notice = self._notices.tell(text, key=_KEY, action=say("Stop"), lasts=True)
        voice, cancel = self._voice, self._cancel

        def work() -> Imported:
            told_s = 0.0

            def progress(done: int, of: int) -> None:
                nonlocal told_s
                if time.monotonic() - told_s > _NEWS_S:
                    told_s = time.monotonic()
                    voice.told.emit(
                        say(
                            "Importing the pictures of {folder}: {done} of {count} …",
                            folder=source.name,
                            done=done,
                            count=of,
                        )
                    )

            return import_folder(opened(), source, progress, cancel)

        self._background.do(work, lambda result: self._done(source, result), self._fail)

    def finish(self) -> None:
        """Wait until everything has come in."""
        self._background.finish()

    def close(self) -> None:
        """Stop, and wait for the picture that is being copied."""
        self._cancel.set()
        self._background.finish()

    def _done(self, source: Path, result: Imported) -> None:
        self.came.emit()
        told = say("Imported {folder}: {what}.", folder=source.name, what=_said(result))
        if not result.is_whole:
            stopped = say("Stopped: {what}.", what=_said(result))
            remedy = say("Import the folder again to go on where it stopped.")
            self._notices.tell(stopped, key=_KEY, level=Level.INFO, remedy=remedy)
        elif result.refused:
            self._notices.tell(
                told,
                key=_KEY,
                level=Level.WARNING,
                remedy=say("What could not be read stays where it is; the details name it."),
                details="\n".join(str(each) for each in result.refused),
            )
        else:
            self._notices.tell(told, key=_KEY, level=Level.DONE)

    def _fail(self, error: Exception) -> None:
        self.came.emit()
        if isinstance(error, StudioError):
            self._notices.tell_error(error, _KEY)
        elif isinstance(error, OSError):
            self._notices.tell(
                say("The pictures cannot be imported: {reason}.", reason=error.strerror),
                key=_KEY,
                level=Level.ERROR,
                remedy=say("See that the folder is there and may be read, then import it again."),
                details=repr(error),
            )
        else:
            raise error

    @Slot(object)
    def _tell_progress(self, text: str) -> None:
        if self.is_busy and not self._cancel.is_set():
            self._notices.retell(self._notice, text)
            self.came.emit()

    @Slot(str)
    def _act(self, key: str) -> None:
        if key == _KEY:
            self._cancel.set()


class _Voice(QObject):
    told = Signal(object)  # a Sentence, which would come out of a str as plain text


def _said(result: Imported) -> Sentence:
    added, refused = result.added, len(result.refused)
    parts = [say("1 new picture") if added == 1 else say("{count} new pictures", count=added)]
    parts += [say("{count} here already", count=result.known)] * bool(result.known)
    parts += [say("{count} that cannot be read", count=refused)] * bool(refused)
    return joined(parts, say(", "))
