"""The engine on this machine: starts the worker process, guards it, cancels in it, starts it again.

The worker is ended and started anew when it dies, when its heartbeat stops (a hang that holds the interpreter),
when it makes no progress for too long (a hang that does not), and when a cancel goes unheard.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path

from dalle_studio.core.errors import EngineStopped, StudioError
from dalle_studio.core.event import LAST_EVENTS, Cancelled, Event, Failed, Loading
from dalle_studio.core.machine import Machine
from dalle_studio.core.model import Model
from dalle_studio.core.request import Request
from dalle_studio.core.sentence import Sentence, say
from dalle_studio.engine.base import Emit
from dalle_studio.engine.worker import Heartbeat, Job, Ready, serve

_POLL_S = 0.05
_ATTEMPTS = 2
Message = Event | Heartbeat | Machine


@dataclass(frozen=True)
class Patience:
    """How long the guard waits, in seconds.

    Attributes:
        heartbeat_s: without any sign of life.
        progress_s: without a step or a loading phase.
        cancel_s: for a cancelled worker to stop by itself.
    """

    heartbeat_s: float = 30.0
    progress_s: float = 300.0
    cancel_s: float = 3.0


class LocalEngine:
    """Runs requests in a guarded child process; keeps the `Engine` protocol. Use from one thread at a time."""

    def __init__(
        self,
        find_model: Callable[[str], Model],
        cache: Path | None = None,
        log: Path | None = None,
        patience: Patience | None = None,
        enlarges: str = "",
    ) -> None:
        """Nothing is started yet.

        Args:
            find_model: from a model's name to the model; may raise StudioError.
            cache: folder for what is measured once; None measures every time.
            log: file for the worker's log.
            patience: the guard's.
            enlarges: name of the model whose upscaler serves those that have none; empty: they do without.
        """
        self._find_model = find_model
        self._enlarges_name = enlarges
        self._cache = cache
        self._log = log
        self._patience = patience or Patience()
        self._worker: _Child | None = None
        self._machine: Machine | None = None
        self._reading = threading.Lock()

    @property
    def machine(self) -> Machine | None:
        """What the worker draws on; None until one has told, which it does before it loads its first model.

        May be asked on any thread, at any time.
        """
        if self._reading.acquire(blocking=False):  # otherwise a job is being followed, and hears of it
            try:
                self._catch_up()
            finally:
                self._reading.release()
        return self._machine

    @property
    def pid(self) -> int | None:
        """The worker's process id, while there is one."""
        return self._worker.pid if self._worker else None

    def start(self, model: Model) -> None:
        """Start the worker and let it load a model behind whatever else goes on. Returns at once.

        The first `run` then waits less, or not at all. Nothing happens where a worker runs already.
        """
        if self._worker is None:
            self._worker = _Child(self._cache, self._log)
            with contextlib.suppress(_Lost):  # the first `run` will notice
                self._worker.send(Ready(model, self._enlarges()))

    def run(self, request: Request, emit: Emit, cancel: threading.Event) -> None:
        """See `Engine.run`. A request whose worker dies or hangs is tried once more in a new one."""
        with self._reading:
            self._run(request, emit, cancel)

    def _run(self, request: Request, emit: Emit, cancel: threading.Event) -> None:
        try:
            job = Job(request, self._find_model(request.model), self._enlarges())
        except StudioError as error:
            emit(Failed(error))
            return
        reason = Sentence("", {})
        for attempt in range(_ATTEMPTS):
            if attempt:
                emit(Loading(say("starting the engine again")))
            try:
                emit(self._run_once(job, emit, cancel))
                return
            except _Lost as lost:
                reason = lost.reason
                self.unload()
                if cancel.is_set():
                    emit(Cancelled())
                    return
        emit(Failed(self._stopped(reason)))

    def unload(self) -> None:
        """End the worker at once."""
        if self._worker is not None:
            self._worker.kill()
            self._worker = None

    def _run_once(self, job: Job, emit: Emit, cancel: threading.Event) -> Event:
        """Pass the worker's events on; return the last one. Raises _Lost where the worker is lost."""
        if self._worker is None:
            self._worker = _Child(self._cache, self._log)
        finished = False
        try:
            last = self._follow(self._worker, job, emit, cancel)
            finished = True
            return last
        finally:
            if not finished:
                self.unload()

    def _enlarges(self) -> Model | None:
        """The model whose upscaler serves those that have none."""
        try:
            return self._find_model(self._enlarges_name) if self._enlarges_name else None
        except StudioError:  # told where that model itself is asked for
            return None

    def _catch_up(self) -> None:
        """Hear what the worker told between jobs."""
        if self._worker is not None:
            self._hear(self._worker.backlog())

    def _hear(self, messages: Sequence[Message]) -> None:
        for message in messages:
            if isinstance(message, Machine):
                self._machine = message

    def _follow(self, worker: _Child, job: Job, emit: Emit, cancel: threading.Event) -> Event:
        self._catch_up()
        worker.start(job)
        guard = _Guard(self._patience)
        while True:
            if cancel.is_set() and guard.cancel_is_unheard(worker):
                self.unload()
                return Cancelled()
            message = worker.receive(_POLL_S)
            if isinstance(message, LAST_EVENTS):
                return message
            if message is not None:
                guard.heard(message)
                self._hear([message])
                if not isinstance(message, Heartbeat | Machine):
                    emit(message)
            guard.check()

    def _stopped(self, reason: Sentence) -> EngineStopped:
        where = f" The log is {self._log}." if self._log else ""
        return EngineStopped(
            say("The engine stopped twice on this request: {reason}.", reason=reason),
            say("Close other programs or ask for fewer and smaller pictures; the studio itself is unharmed."),
            f"Worker ended: {reason}.{where}",
        )


class _Lost(Exception):  # says why a worker is given up
    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason)
        self.reason = reason


class _Child:
    """One worker process with its pipe and its cancel flag."""

    def __init__(self, cache: Path | None, log: Path | None) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._cancel = context.Event()
        self._process = context.Process(
            target=serve, args=(theirs, self._cancel, cache, log), name="dalle-studio-engine", daemon=True
        )
        self._process.start()
        theirs.close()

    @property
    def pid(self) -> int | None:
        return self._process.pid

    def start(self, job: Job) -> None:
        self._cancel.clear()
        self.send(job)

    def send(self, message: Job | Ready) -> None:
        try:
            self._connection.send(message)
        except (EOFError, OSError) as error:
            raise _Lost(self._ending()) from error

    def backlog(self) -> list[Message]:
        """What lies in the pipe, without waiting. That the process has died is noticed by whoever uses it next."""
        messages: list[Message] = []
        with contextlib.suppress(EOFError, OSError):
            while self._connection.poll():
                messages.append(self._connection.recv())
        return messages

    def cancel(self) -> None:
        self._cancel.set()

    def receive(self, timeout_s: float) -> Message | None:
        """The next message, or None after the timeout. Raises _Lost where the process has died."""
        ready = wait([self._connection, self._process.sentinel], timeout_s)
        try:
            if self._connection in ready:
                return self._connection.recv()
        except (EOFError, OSError) as error:
            raise _Lost(self._ending()) from error
        if ready:
            raise _Lost(self._ending())
        return None

    def kill(self) -> None:
        with contextlib.suppress(OSError):
            self._connection.close()
        self._process.kill()
        self._process.join()
        self._process.close()

    def _ending(self) -> Sentence:
        self._process.join(1)
        code = self._process.exitcode
        if code is not None and code < 0:
            return say("its process was ended by signal {signal}", signal=-code)
        return say("its process ended with code {code}", code=code)


class _Guard:
    """Notices when a worker has hung."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._last_sign = self._last_progress = time.monotonic()
        self._cancelled: float | None = None

    def heard(self, message: Message) -> None:
        self._last_sign = time.monotonic()
        if not isinstance(message, Heartbeat):
            self._last_progress = self._last_sign

    def check(self) -> None:
        now = time.monotonic()
        if now - self._last_sign > self._patience.heartbeat_s:
            raise _Lost(
                say(
                    "its process gave no sign of life for {seconds} s",
                    seconds=f"{self._patience.heartbeat_s:g}",
                )
            )
        if now - self._last_progress > self._patience.progress_s:
            raise _Lost(
                say("its process made no progress for {seconds} s", seconds=f"{self._patience.progress_s:g}")
            )

    def cancel_is_unheard(self, worker: _Child) -> bool:
        """Pass the cancel on; True once the worker has had its time to stop."""
        if self._cancelled is None:
            self._cancelled = time.monotonic()
            worker.cancel()
        return time.monotonic() - self._cancelled > self._patience.cancel_s
