"""One studio for a user: a second one hands its files to the first and ends."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLockFile, QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

ANSWER_MS = 2000
MAX_MESSAGE_BYTES = 256 * 1024
_TAKEN = b"taken\n"


class SingleInstance(QObject):
    """Whether this is the first studio, and the files that later ones hand over.

    Args:
        folder: of the user's own data; studios with other folders know nothing of each other.
        parent: owner in Qt's sense.

    Signals:
        asked(tuple[Path, ...]): a later studio was started with these files; none: it only wants to be seen.
    """

    asked = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        with contextlib.suppress(OSError):  # then it is never the first, and nobody answers: the studio opens
            folder.mkdir(parents=True, exist_ok=True)
        self._name = _socket_name(folder)
        self._lock = QLockFile(str(folder / "instance.lock"))
        self._lock.setStaleLockTime(0)  # stale only where its process has ended
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """Become the first studio. False where another one runs: `hand_over` reaches it."""
        if not self._lock.tryLock(0):
            return False
        QLocalServer.removeServer(self._name)  # what a killed studio left
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)
        self._server.listen(self._name)
        return True

    def hand_over(self, files: Sequence[Path]) -> bool:
        """Give the first studio these files. False where it does not answer within two seconds: it may hang."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(ANSWER_MS):
            return False
        socket.write(json.dumps([str(file.absolute()) for file in files]).encode() + b"\n")
        is_taken = socket.waitForReadyRead(ANSWER_MS) and socket.readAll().data() == _TAKEN
        socket.close()
        return is_taken

    def release(self) -> None:
        """Let the next studio be the first."""
        if self._server:
            self._server.close()
            self._server = None
        self._lock.unlock()

    @Slot()
    def _welcome(self) -> None:
        while self._server and (socket := self._server.nextPendingConnection()):
            visitor = _Visitor(socket, self)
            visitor.asked.connect(self.asked)


class _Visitor(QObject):
    """A later studio that has come to the door."""

    asked = Signal(object)

    def __init__(self, socket: QLocalSocket, parent: QObject) -> None:
        super().__init__(parent)
        self._socket = socket
        socket.setReadBufferSize(MAX_MESSAGE_BYTES)
        socket.readyRead.connect(self._read)
        socket.disconnected.connect(self._leave)
        self._read()

    @Slot()
    def _read(self) -> None:
        if self._socket.canReadLine():
            files = _files(self._socket.readLine().data())
            if files is not None:
                self._socket.write(_TAKEN)
                self._socket.flush()
                self.asked.emit(files)
        elif self._socket.bytesAvailable() >= MAX_MESSAGE_BYTES:
            self._socket.abort()

    @Slot()
    def _leave(self) -> None:
        self._socket.deleteLater()
        self.deleteLater()


def _socket_name(folder: Path) -> str:
    """Short, since sockets allow about 100 characters; where there is one, in the user's own runtime folder."""
    name = f"dalle-studio-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]}"
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
    return str(runtime / name) if runtime.is_absolute() and runtime.is_dir() else name


def _files(message: bytes | bytearray | memoryview[int]) -> tuple[Path, ...] | None:
    """What a message names; None where it is none."""
    try:
        names: Any = json.loads(bytes(message))
        return tuple(Path(name) for name in names if isinstance(name, str))
    except (ValueError, TypeError, RecursionError):
        return None
