"""One thread beside the main one, for what takes longer than a frame: reading folders, writing pictures."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThreadPool, Signal, Slot

from dalle_studio.core.errors import CannotWrite, StudioError
from dalle_studio.core.sentence import say

_T = TypeVar("_T")


class Background(QObject):
    """Does one piece of work after the other; the result of each is handed over on the main thread, in order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._pieces = 0  # of work, not handed over yet
        self._voice = _Voice()
        self._voice.told.connect(self._deliver)

    @property
    def is_busy(self) -> bool:
        """Whether anything is being done or has not been handed over yet."""
        return self._pieces > 0

    def do(
        self,
        work: Callable[[], _T],
        then: Callable[[_T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run `work` on the thread, then call `then` with its result on the main thread.

        What `work` raises goes to `failed`; without that, it is raised on the main thread.
        """
        voice = self._voice  # outlives this object while the thread still works

        def run() -> None:
            try:
                result = work()
            except Exception as error:  # handed over whole: the caller decides
                voice.told.emit(failed or _raise, error)
            else:
                voice.told.emit(then, result)

        self._pieces += 1
        self._pool.start(run)

    def finish(self) -> None:
        """Wait until all work is done and handed over, and what came of that too."""
        while self._pieces:
            self._pool.waitForDone()
            QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)

    @Slot(object, object)
    def _deliver(self, function: Callable[[Any], None], result: Any) -> None:
        self._pieces -= 1
        function(result)


class _Voice(QObject):
    told = Signal(object, object)


def _raise(error: Exception) -> None:
    raise error


def as_studio_error(error: Exception) -> StudioError:
    """What went wrong while a picture was written, for the user; the trace of the unforeseen in the details."""
    if isinstance(error, StudioError):
        return error
    return CannotWrite(
        say("The picture could not be written."),
        say("Try again; if it fails again, copy the details into a report."),
        "".join(traceback.format_exception(error)),
    )
