"""Downloads: each in a child process that can be ended at any time and goes on where it stopped.

The child alone imports the hub's library. Everything that has come stays in `models/.incoming` until the model is
complete and every hash is right; then one rename makes it visible.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from dalle_studio.core.errors import DownloadFailed, StudioError
from dalle_studio.core.sentence import say
from dalle_studio.storage.models.catalogue import Entry
from dalle_studio.storage.models.installed import models_dir

PLAN = "plan.json"
"""In `models/.incoming`: what is being fetched, and at which commit."""
RESERVE_BYTES = 1024**3
"""What is left free on the disk, for pictures and for other programs."""


@dataclass(frozen=True)
class Transfer:
    """How far it is. `remaining_s` is None until that can be told."""

    bytes_done: int
    bytes_total: int
    bytes_per_s: float
    remaining_s: float | None


@dataclass(frozen=True)
class Checking:
    """A file is compared with its hash."""

    file: str


@dataclass(frozen=True)
class Installed:
    """It is there, and every file is what it is to be."""

    name: str


@dataclass(frozen=True)
class FailedDownload:
    """It could not be fetched; what has come is kept, and starting again goes on there."""

    error: StudioError


DownloadEvent = Transfer | Checking | Installed | FailedDownload
_LAST = (Installed, FailedDownload)
Tell = Callable[[DownloadEvent], None]


class Download:
    """Fetches one entry of the catalogue, or repairs it where it is installed. For one thread."""

    def __init__(self, entry: Entry, token: str | None = None) -> None:
        """`token`: for the hub; None leaves it to HF_TOKEN and to who has logged in with the hub's own tools."""
        self.entry = entry
        self._token = token
        self._folder = models_dir()
        self._child: _Child | None = None

    @property
    def is_running(self) -> bool:
        """Whether there is a process, or something it said has not been polled."""
        return self._child is not None

    @property
    def pid(self) -> int | None:
        """The child's process id, while there is one."""
        return self._child.process.pid if self._child else None

    def start(self) -> None:
        """Begin, or go on after a pause or failure. Nothing happens where it runs."""
        self._child = self._child or _Child(self.entry, self._token, self._folder)

    def pause(self) -> None:
        """End the process at once. `start` goes on where it stopped."""
        if self._child:
            self._child.kill()
            self._child = None

    def poll(self) -> tuple[DownloadEvent, ...]:
        """What has happened since the last call; never waits. Installed or FailedDownload comes last."""
        if self._child is None:
            return ()
        was_alive = self._child.process.is_alive()
        events = self._child.said()
        if not was_alive and not (events and isinstance(events[-1], _LAST)):
            events.append(FailedDownload(_died(self.entry, self._child.process.exitcode)))
        if events and isinstance(events[-1], _LAST):
            self.pause()
        return tuple(events)


class _Child:
    def __init__(self, *arguments: object) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self.process = context.Process(
            target=_serve, args=(theirs, *arguments), name="dalle-studio-download", daemon=True
        )
        self.process.start()
        theirs.close()

    def said(self) -> list[DownloadEvent]:
        events: list[DownloadEvent] = []
        with contextlib.suppress(EOFError, OSError):
            while self._connection.poll():
                events.append(self._connection.recv())
        return events

    def kill(self) -> None:
        self.process.kill()
        self.process.join()
        self.process.close()
        self._connection.close()


def _died(entry: Entry, code: int | None) -> DownloadFailed:
    return DownloadFailed(
        say("The process that fetched {model} was ended.", model=entry.label),
        say("Install it again: it goes on where it stopped."),
        f"exit code {code}",
    )


def _serve(connection: Connection, entry: Entry, token: str | None, folder: Path) -> None:
    """The child's main function."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the studio's business
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ.update(
        HF_HUB_DISABLE_PROGRESS_BARS="1", HF_HUB_DISABLE_TELEMETRY="1", HF_HUB_VERBOSITY="critical"
    )
    from dalle_studio.storage.models import hub  # heavy: for this process alone

    def tell(event: DownloadEvent) -> None:
        connection.send(event)

    try:
        hub.install(entry, folder, token, tell)
    except StudioError as error:
        tell(FailedDownload(error))
    except Exception as error:
        tell(FailedDownload(hub.explained(error, entry)))


def _end_with_parent() -> None:
    """A download nobody can see or stop must not go on."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
