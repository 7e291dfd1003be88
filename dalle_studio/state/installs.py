"""Models on their way onto this machine and off it: downloads, checks, repairs, removal that can be undone."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMetaObject, QObject, Qt, QTimer, Signal, Slot

from dalle_studio.core.errors import EngineError, InvalidRequest, StudioError
from dalle_studio.core.sentence import say
from dalle_studio.state.background import Background
from dalle_studio.state.model_store import ModelStore, Progress
from dalle_studio.state.notices import Level, Notices
from dalle_studio.state.shelf import Doing, Item, Stage

if TYPE_CHECKING:
    from dalle_studio.storage.models.catalogue import Entry
    from dalle_studio.storage.models.download import Download, DownloadEvent

POLL_MS = 200
_REMOVED = "removed-model:"


class Installs(QObject):
    """Fetches, checks and removes; tells of what is going on with each name.

    Args:
        store: does the work.
        notices: where the end of it is told; a removal can be undone there for as long as its notice stands.
        is_used: whether a job that runs or waits needs the model of that name.
        parent: owner in Qt's sense.

    Signals:
        changed(): `doing`, `damaged` or `leaving`.
        altered(): another thing is installed, or none where one was.
    """

    changed = Signal()
    altered = Signal()
    _progressed = Signal(str, object, object)  # bytes need more than the 32 bits of an int

    def __init__(
        self,
        store: ModelStore,
        notices: Notices,
        is_used: Callable[[str], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._notices, self._is_used = store, notices, is_used
        self._starting, self._working = Background(self), Background(self)
        self._downloads: dict[str, Download] = {}
        self._labels: dict[str, str] = {}
        self._doing: dict[str, Doing] = {}
        self._damaged: dict[str, tuple[str, ...]] = {}
        self._leaving: dict[str, str] = {}
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self._poll)
        self._progressed.connect(self._show_progress)
        notices.acted.connect(self._act)
        notices.changed.connect(self._look_at_notices)

    @property
    def doing(self) -> Mapping[str, Doing]:
        """What is going on, by name."""
        return self._doing

    @property
    def damaged(self) -> Mapping[str, tuple[str, ...]]:
        """Damaged files that the last check found, by name."""
        return self._damaged

    @property
    def leaving(self) -> frozenset[str]:
        """Names that are gone from sight, and from the disk as soon as that cannot be undone any more."""
        return frozenset(self._leaving)

    @property
    def is_busy(self) -> bool:
        """Whether anything is being done."""
        return bool(self._downloads) or self._starting.is_busy or self._working.is_busy

    def install(self, entry: Entry) -> None:
        """Fetch it, or go on with it; of what is here only what is missing or damaged is fetched."""
        doing = self._doing.get(entry.name)
        if doing is not None and doing.is_running:
            return
        if self._leaving.pop(entry.name, None) is not None:  # it is still here
            self.altered.emit()
            return
        self._labels[entry.name] = entry.label
        before = doing or Doing(Stage.STARTING)
        self._put(entry.name, replace(before, stage=Stage.STARTING, problem=None, bytes_per_s=0.0))

        def begin() -> Download:
            download = self._store.download(entry)
            download.start()
            return download

        self._starting.do(begin, partial(self._begun, entry.name), partial(self._failed, entry.name))

    def pause(self, name: str) -> None:
        """Stop fetching; what has come stays, and `install` goes on from there."""
        if name in self._downloads:
            self._downloads.pop(name).pause()
            self._put(name, replace(self._doing[name], stage=Stage.PAUSED, bytes_per_s=0.0, remaining_s=None))

    def forget(self, name: str) -> None:
        """Say no more of a download that is paused or failed."""
        doing = self._doing.get(name)
        if doing is not None and not doing.is_running:
            del self._doing[name]
            self.changed.emit()

    def verify(self, item: Item) -> None:
        """Compare every file with what it should be; a notice tells the result."""
        name, label = item.name, item.label
        if name in self._doing:
            return
        self._labels[name] = label
        self._put(name, Doing(Stage.CHECKING))
        self._working.do(
            lambda: self._store.verify(name, seldom(partial(self._progressed.emit, name))),
            partial(self._checked, name),
            partial(self._failed, name),
        )

    def remove(self, item: Item) -> None:
        """Take it out of sight at once, and off the disk when its notice is gone; the notice undoes it."""
        if self._is_used(item.name):
            error = InvalidRequest(
                say("{model} is drawing or has pictures to draw.", model=item.label),
                say("Wait until they are made, or cancel them."),
            )
            self._notices.tell_error(error, key="remove")
            return
        self.pause(item.name)
        self.forget(item.name)
        self._leaving[item.name] = item.label
        self._damaged.pop(item.name, None)
        told = say("{model} is removed.", model=item.label)
        self._notices.tell(told, key=_REMOVED + item.name, level=Level.DONE, action=say("Undo"))
        self.altered.emit()

    def close(self) -> None:
        """Stop what is being fetched, to go on another day; end what was begun otherwise."""
        self._timer.stop()
        self._starting.finish()
        for name in tuple(self._downloads):
            self.pause(name)
        for name in tuple(self._leaving):
            self._delete(name)
        self._working.finish()

    def finish(self) -> None:
        """Wait for what is being checked and removed, and for downloads to begin."""
        self._starting.finish()
        self._working.finish()

    # --- inside

    def _begun(self, name: str, download: Download) -> None:
        self._downloads[name] = download
        self._timer.start()

    @Slot()
    def _poll(self) -> None:
        for name, download in tuple(self._downloads.items()):
            for event in download.poll():
                self._hear(name, event)
        if not self._downloads:
            self._timer.stop()

    def _hear(self, name: str, event: DownloadEvent) -> None:
        from dalle_studio.storage.models.download import Checking, FailedDownload, Installed, Transfer

        match event:
            case Transfer(bytes_done=done, bytes_total=total, bytes_per_s=speed, remaining_s=remaining_s):
                self._put(name, Doing(Stage.DOWNLOADING, done, total, speed, remaining_s))
            case Checking():
                before = self._doing[name]
                self._put(name, replace(before, stage=Stage.CHECKING, bytes_per_s=0.0, remaining_s=None))
            case Installed():
                self._end(name)
                self._damaged.pop(name, None)
                told = say("{model} is installed.", model=self._labels[name])
                self._notices.tell(told, key=f"installed:{name}", level=Level.DONE)
                self.altered.emit()
            case FailedDownload(error=error):
                self._failed(name, error)

    def _checked(self, name: str, damaged: tuple[str, ...]) -> None:
        self._doing.pop(name, None)
        label, key = self._labels[name], f"checked:{name}"
        if damaged:
            self._damaged[name] = damaged
            told = (
                say("Of {model}, {count} files are damaged.", model=label, count=len(damaged))
                if len(damaged) > 1
                else say("Of {model}, 1 file is damaged.", model=label)
            )
            self._notices.tell(told, key=key, level=Level.WARNING, remedy=say("Press Repair in Models."))
        else:
            self._damaged.pop(name, None)
            self._notices.tell(say("{model} is whole.", model=label), key=key, level=Level.DONE)
        self.changed.emit()

    def _failed(self, name: str, error: Exception) -> None:
        self._downloads.pop(name, None)
        before = self._doing.get(name, Doing(Stage.STARTING))
        stopped = replace(
            before, stage=Stage.FAILED, problem=as_told(error), bytes_per_s=0.0, remaining_s=None
        )
        self._put(name, stopped)

    def _end(self, name: str) -> None:
        self._downloads.pop(name, None)
        self._doing.pop(name, None)
        self.changed.emit()

    def _put(self, name: str, doing: Doing) -> None:
        self._doing[name] = doing
        self.changed.emit()

    @Slot(str, object, object)
    def _show_progress(self, name: str, done: int, total: int) -> None:
        if name in self._doing:
            self._put(name, Doing(Stage.CHECKING, done, total))

    def _delete(self, name: str) -> None:
        label = self._leaving.pop(name)

        def fail(error: Exception) -> None:
            self._notices.tell_error(as_told(error), key="remove")
            self.altered.emit()

        def done(_: None) -> None:
            self.altered.emit()

        self._labels[name] = label
        self._working.do(lambda: self._store.remove(name), done, fail)

    @Slot(str)
    def _act(self, key: str) -> None:
        name = key.removeprefix(_REMOVED)
        if name != key and self._leaving.pop(name, None) is not None:
            self.altered.emit()

    @Slot()
    def _look_at_notices(self) -> None:
        if self._leaving:  # a button that is pressed takes its notice away first, and acts then
            QMetaObject.invokeMethod(self, "_delete_left", Qt.ConnectionType.QueuedConnection)

    @Slot()
    def _delete_left(self) -> None:
        told = {notice.key for notice in self._notices.notices}
        for name in [each for each in self._leaving if _REMOVED + each not in told]:
            self._delete(name)


def seldom(tell: Progress) -> Progress:
    """Tells of bytes done, but not of every piece: the window could not follow."""
    last_s = 0.0

    def told(done: int, total: int) -> None:
        nonlocal last_s
        now_s = time.monotonic()
        if now_s - last_s >= POLL_MS / 1000 or done >= total:
            last_s = now_s
            tell(done, total)

    return told


def as_told(error: Exception) -> StudioError:
    """What went wrong with a model, for the user; the trace of the unforeseen in the details."""
    if isinstance(error, StudioError):
        return error
    told = say("Something went wrong with this model.")
    remedy = say("Try again; if it fails again, copy the details.")
    return EngineError(told, remedy, "".join(traceback.format_exception(error)))
