"""Files on their way in and out: read and written beside the main thread, so that nothing waits.

What comes in is decoded in a process of its own (`storage.decoder`).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Slot

from dalle_studio.core.errors import StudioError
from dalle_studio.core.picture import Picture
from dalle_studio.core.sentence import say
from dalle_studio.state.background import Background
from dalle_studio.state.notices import Notices
from dalle_studio.storage.decoder import Decoder
from dalle_studio.storage.library import open_picture

MOMENT_MS = 400
"""What takes longer is told."""
_KEY = "files"
_T = TypeVar("_T")


class Files(QObject):
    """Does one thing after the other; what comes of each is handed over on the main thread, in order.

    What cannot be read or written becomes a notice, and so does what takes longer than a moment, while it lasts.

    Args:
        notices: where that is told.
        parent: owner in Qt's sense.
        decoder: shared with others; without one, it has its own.
    """

    def __init__(
        self, notices: Notices, parent: QObject | None = None, decoder: Decoder | None = None
    ) -> None:
        super().__init__(parent)
        self._notices = notices
        self._owns_decoder = decoder is None
        self.decoder = decoder or Decoder()
        self._background = Background(self)
        self._doing: list[str] = []
        self._told: int | None = None
        self._is_closed = False
        self._moment = QTimer(self)
        self._moment.setSingleShot(True)
        self._moment.setInterval(MOMENT_MS)
        self._moment.timeout.connect(self._tell)

    @property
    def is_busy(self) -> bool:
        """Whether anything is being read or written."""
        return bool(self._doing)

    def get_ready(self) -> None:
        """Start the decoder behind whatever else goes on, so that the first file need not wait for it."""
        self._background.do(self.decoder.start, lambda _: None)

    def open(self, path: Path, then: Callable[[Picture], None]) -> None:
        """Read a picture, then hand it to `then`."""
        self.do(say("Opening {file} …", file=path.name), lambda: self.read(path), then, key="open")

    def read(self, path: Path) -> Picture:
        """Read a picture now; for other threads than the main one. Raises UnreadablePicture."""
        return self.decoder.call(open_picture, path)

    def do(self, doing: str, work: Callable[[], _T], then: Callable[[_T], None], *, key: str) -> None:
        """Run `work` on another thread, then `then` with its result on the main thread.

        Args:
            doing: a few words for a notice, such as “Opening beach.png …”.
            work: reads or writes. It and `then` may raise StudioError, which becomes a notice.
            then: takes what was read.
            key: of the notice where it fails.
        """

        def done(result: _T) -> None:
            self._end()
            if not self._is_closed:
                try:
                    then(result)
                except StudioError as error:
                    self._notices.tell_error(error, key)

        def fail(error: Exception) -> None:
            self._end()
            if not isinstance(error, StudioError):
                raise error
            self._notices.tell_error(error, key)

        self._doing.append(doing)
        if len(self._doing) == 1:
            self._moment.start()
        self._background.do(work, done, fail)

    def finish(self) -> None:
        """Wait until everything is read, written and handed over."""
        self._background.finish()

    def close(self) -> None:
        """Hand nothing over any more; wait for what is being written."""
        self._is_closed = True
        self._background.finish()
        if self._owns_decoder:
            self.decoder.close()

    def _end(self) -> None:
        self._doing.pop(0)
        if self._told is not None:
            self._notices.dismiss(self._told)
            self._told = None
        self._moment.stop()
        if self._doing:
            self._moment.start()

    @Slot()
    def _tell(self) -> None:
        self._told = self._notices.tell(self._doing[0], key=_KEY)
