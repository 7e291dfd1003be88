"""The guarded door: files from elsewhere are decoded in a child process, which crashes or hangs in our place.

The child has no Qt and no torch. It is started by the first call, used again by the next ones, and ended and
started anew when it dies or takes too long. Pixels come back in pieces of a megabyte, so that no other thread
waits for the one that copies them.
"""

from __future__ import annotations

import contextlib
import errno
import multiprocessing
import pickle
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, TypeVar

from dalle_studio.core.errors import StudioError, UnreadablePicture
from dalle_studio.core.picture import Picture
from dalle_studio.core.sentence import say
from dalle_studio.storage.durable import cannot_write
from dalle_studio.storage.library import open_picture

LIMIT_S = 30.0
"""For one picture; the largest that there may be takes a tenth of it."""
PROJECT_LIMIT_S = 120.0
"""For a project or a journal: a picture and up to five masks, each checked."""
_GRACE_S = 5.0  # after which a child ends by itself
_PIECE_BYTES = 1024**2
_T = TypeVar("_T")


class Decoder:
    """Calls functions that read foreign files in a child process. For any thread; one call at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: _Child | None = None

    @property
    def pid(self) -> int | None:
        """The child's process id, while there is one."""
        return self._child.pid if self._child else None

    def start(self) -> None:
        """Start the child, if there is none, so that the first call need not wait for that."""
        with self._lock:
            self._child = self._child or _Child()

    def call(self, read: Callable[..., _T], *arguments: Any, limit_s: float = LIMIT_S) -> _T:
        """What `read` returns for these arguments.

        Args:
            read: a function of a module that needs neither Qt nor torch.
            arguments: values that can be pickled.
            limit_s: how long it may take, in seconds.

        Raises:
            UnreadablePicture: the process died of it, it took too long, or `read` raised something unforeseen.
            StudioError: what `read` raised.
        """
        with self._lock:
            if self._child and not self._child.is_alive:  # it may have been ended for want of memory
                self._end()
            self._child = self._child or _Child()
            try:
                return self._child.ask(read, arguments, limit_s)
            except _Lost as lost:
                self._end()
                raise _unreadable(arguments, str(lost)) from lost

    def close(self) -> None:
        """End the child, if there is one. A later call starts another."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._child:
            self._child.kill()
            self._child = None


def open_bytes(data: bytes, name: str) -> Picture:
    """A picture that is in no file yet, such as one on the clipboard; it goes through the same door as a file.

    Args:
        data: the content of a picture file.
        name: for the picture.

    Raises:
        UnreadablePicture: with the reason.
        CannotWrite: the disk has no room for a copy.
    """
    with tempfile.TemporaryDirectory(prefix="dalle-studio-") as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        return open_picture(path)


class _Lost(Exception):  # says why the child is given up
    pass


class _Child:
    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs,), name="dalle-studio-decoder", daemon=True
        )
        self._process.start()
        theirs.close()

    @property
    def pid(self) -> int | None:
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process.is_alive()

    def ask(self, read: Callable[..., _T], arguments: tuple[Any, ...], limit_s: float) -> _T:
        end_s = time.monotonic() + limit_s
        try:
            self._connection.send((read, arguments, limit_s))
            value, lengths = pickle.loads(self._receive(end_s))
            pieces = [self._receive_pixels(length, end_s) for length in lengths]
        except (EOFError, OSError) as error:
            raise _Lost(self._ending()) from error
        answer = pickle.loads(value, buffers=pieces)
        if isinstance(answer, StudioError):
            raise answer
        return answer

    def kill(self) -> None:
        with contextlib.suppress(OSError):
            self._connection.close()
        self._process.kill()
        self._process.join()
        self._process.close()

    def _receive(self, end_s: float) -> bytes:
        self._wait(end_s)
        return self._connection.recv_bytes()

    def _receive_pixels(self, length: int, end_s: float) -> memoryview:
        pixels = bytearray(length)
        place = 0
        while place < length:
            self._wait(end_s)
            place += self._connection.recv_bytes_into(pixels, place)
        return memoryview(pixels).toreadonly()

    def _wait(self, end_s: float) -> None:
        """Until something comes. Raises _Lost where the child has died, or it takes too long."""
        ready = wait([self._connection, self._process.sentinel], max(0.0, end_s - time.monotonic()))
        if not ready:
            raise _Lost("It took too long.")
        if self._connection not in ready:
            raise _Lost(self._ending())

    def _ending(self) -> str:
        self._process.join(1)
        code = self._process.exitcode
        how = f"by signal {-code}" if code is not None and code < 0 else f"with code {code}"
        return f"The process that decoded it was ended {how}."


def _serve(connection: Connection) -> None:
    """Answer calls until the pipe is closed. The child's main function."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the studio's business
    while True:
        try:
            read, arguments, limit_s = connection.recv()
            _end_after(limit_s + _GRACE_S)
            _send(connection, _answer(read, arguments))
            _end_after(0)
        except (EOFError, OSError):
            return


def _end_after(seconds: float) -> None:
    """Where the studio has died meanwhile, nobody else ends a child that hangs. 0 takes it back."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _answer(read: Callable[..., object], arguments: tuple[Any, ...]) -> object:
    try:
        return read(*arguments)
    except StudioError as error:
        return error
    except Exception as error:  # libraries raise nearly everything on broken files
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return cannot_write(Path(error.filename or tempfile.gettempdir()), error)
        return _unreadable(arguments, repr(error))


def _send(connection: Connection, answer: object) -> None:
    buffers: list[pickle.PickleBuffer] = []
    value = pickle.dumps(answer, protocol=5, buffer_callback=buffers.append)
    views = [buffer.raw() for buffer in buffers]
    connection.send_bytes(pickle.dumps((value, [view.nbytes for view in views])))
    for view in views:
        for place in range(0, view.nbytes, _PIECE_BYTES):
            connection.send_bytes(view[place : place + _PIECE_BYTES])


def _unreadable(arguments: tuple[Any, ...], details: str) -> UnreadablePicture:
    name = next((each.name for each in arguments if isinstance(each, Path)), "")
    return UnreadablePicture(
        say("{name} could not be decoded, and was not opened.", name=name)
        if name
        else say("The file could not be decoded, and was not opened."),
        say("Save it again in another program, or use another copy of it."),
        details,
    )
