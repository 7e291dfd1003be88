"""Hearing on this machine, from the side of the studio: starts the child process, asks it, ends it."""

from __future__ import annotations

import contextlib
import multiprocessing
import multiprocessing.connection
from pathlib import Path

from dalle_studio.core.errors import EngineStopped
from dalle_studio.core.sentence import say
from dalle_studio.engine.speech.base import Finish, Listen, Prepare, Said, SpeechEvent, Unheard
from dalle_studio.engine.speech.worker import serve


class Listener:
    """One utterance at a time, heard in a child process that starts when it is first needed.

    No call blocks but `wait`; events are fetched with `poll`. Use from one thread.
    """

    def __init__(self) -> None:
        self._child: _Child | None = None
        self._listens = False
        self._prepared: Prepare | None = None

    @property
    def pid(self) -> int | None:
        """The child's process id, while there is one."""
        return self._child.process.pid if self._child else None

    @property
    def listens(self) -> bool:
        """Whether the last event of an utterance is still to come."""
        return self._listens

    def get_ready(self, recogniser: Path | None = None) -> None:
        """Start the child, and let it load the recogniser; see `Listen`."""
        wanted = Prepare(recogniser)
        if self._child is None or not self._child.process.is_alive():
            self._start()
            self._prepared = None
        if self._prepared != wanted:
            self._prepared = wanted
            self._send(wanted)

    def listen(self, listen: Listen) -> None:
        """Begin an utterance in place of the one that goes on."""
        if self._listens:
            self.cancel()
        self.get_ready(listen.recogniser)
        self._listens = True
        self._send(listen)

    def finish(self) -> None:
        """Take what was said so far; the last event follows."""
        if self._listens:
            self._send(Finish())

    def cancel(self) -> None:
        """Drop what was said, and let go of the microphone at once: the child is ended."""
        self._listens = False
        if self._child is not None:
            self._child.end()
            self._child = None

    def poll(self) -> tuple[SpeechEvent, ...]:
        """What happened since the last time."""
        events: list[SpeechEvent] = []
        while self._listens and (event := self._next()):
            events.append(event)
            self._listens = not isinstance(event, Said | Unheard)
        return tuple(events)

    def wait(self, timeout_s: float) -> None:
        """Until something has happened."""
        if self._child is not None:
            multiprocessing.connection.wait([self._child.connection, self._child.process.sentinel], timeout_s)

    def _start(self) -> None:
        self.cancel()
        self._child = _Child()

    def _send(self, message: Prepare | Listen | Finish) -> None:
        with contextlib.suppress(OSError):  # `poll` tells that the child is gone
            if self._child is not None:
                self._child.connection.send(message)

    def _next(self) -> SpeechEvent | None:
        if self._child is None:
            return None
        try:
            return self._child.connection.recv() if self._child.connection.poll() else None
        except (EOFError, OSError):
            ending = self._child.end()
            self._child = None
            return Unheard(
                EngineStopped(
                    say("The process that hears has stopped."),
                    say("Say it once more; the prompt is as it was."),
                    f"It ended with code {ending}.",
                )
            )


class _Child:
    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs,), name="dalle-studio-ear", daemon=True)
        self.process.start()
        theirs.close()

    def end(self) -> int | None:
        """End it at once; its exit code."""
        self.connection.close()
        self.process.kill()
        self.process.join()
        code = self.process.exitcode
        self.process.close()
        return code
