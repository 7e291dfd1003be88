"""Bringing folders of pictures from elsewhere into the gallery, with a notice that tells how far it is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from dalle_studio.core.errors import StudioError
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
            text = f"Importing the pictures of {source.name} …"
            self._notice = self._notices.tell(text, key=_KEY, action="Stop", lasts=True)
        voice, cancel = self._voice, self._cancel

        def work() -> Imported:
            told_s = 0.0

            def progress(done: int, of: int) -> None:
                nonlocal told_s
                if time.monotonic() - told_s > _NEWS_S:
                    told_s = time.monotonic()
                    voice.told.emit(f"Importing the pictures of {source.name}: {done} of {of} …")

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
        if not result.is_whole:
            remedy = "Import the folder again to go on where it stopped."
            self._notices.tell(f"Stopped: {_said(result)}", key=_KEY, level=Level.INFO, remedy=remedy)
        elif result.refused:
            self._notices.tell(
                f"Imported {source.name}: {_said(result)}",
                key=_KEY,
                level=Level.WARNING,
                remedy="What could not be read stays where it is; the details name it.",
                details="\n".join(str(each) for each in result.refused),
            )
        else:
            self._notices.tell(f"Imported {source.name}: {_said(result)}", key=_KEY, level=Level.DONE)

    def _fail(self, error: Exception) -> None:
        self.came.emit()
        if isinstance(error, StudioError):
            self._notices.tell_error(error, _KEY)
        elif isinstance(error, OSError):
            self._notices.tell(
                f"The pictures cannot be imported: {error.strerror}.",
                key=_KEY,
                level=Level.ERROR,
                remedy="See that the folder is there and may be read, then import it again.",
                details=repr(error),
            )
        else:
            raise error

    @Slot(str)
    def _tell_progress(self, text: str) -> None:
        if self.is_busy and not self._cancel.is_set():
            self._notices.retell(self._notice, text)
            self.came.emit()

    @Slot(str)
    def _act(self, key: str) -> None:
        if key == _KEY:
            self._cancel.set()


class _Voice(QObject):
    told = Signal(str)


def _said(result: Imported) -> str:
    parts = [f"{result.added} new {'picture' if result.added == 1 else 'pictures'}"]
    parts += [f"{result.known} here already"] * bool(result.known)
    parts += [f"{len(result.refused)} that cannot be read"] * bool(result.refused)
    return ", ".join(parts) + "."
