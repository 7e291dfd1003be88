"""Connections to the library's SQLite file: one that writes, as many that read as read at once.

Pragmas and their reasons: https://www.sqlite.org/wal.html. With WAL and `synchronous = NORMAL` a killed process
loses nothing; when the power goes, the last transactions may be missing, but never half of one. The pictures
themselves are then on disk, and the next look at the folder finds them.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path

import psutil

from dalle_studio.core.errors import CannotWrite, StudioError, UnreadableLibrary
from dalle_studio.core.sentence import say
from dalle_studio.storage.pictures.schema import migrate

BUSY_S = 5.0
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
_FORBIDDEN = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH)
# File systems that several computers share: WAL needs memory shared between all who write
_NETWORK = ("nfs", "cifs", "smb", "afp", "9p", "ncp", "webdav", "davfs", "fuse.sshfs", "fuse.rclone", "ceph")
_FULL_BELOW_BYTES = 1024**2


class Database:
    """One SQLite file. Safe to use from several threads and several processes at once."""

    def __init__(self, path: Path) -> None:
        """Open the file, make it or bring it up to date. Raises CannotWrite, UnreadableLibrary."""
        self._path = path
        self._writing = threading.RLock()
        self._resting: list[sqlite3.Connection] = []  # readers that nobody uses just now
        self._writer = self._open()

    @property
    def journal(self) -> str:
        """“wal”, or “delete” on a file system that WAL does not work on."""
        with self.read() as connection:
            return str(connection.execute("PRAGMA journal_mode").fetchone()[0])

    @contextlib.contextmanager
    def read(self) -> Generator[sqlite3.Connection]:
        """A connection that sees one state of the library, whatever is written meanwhile.

        Raises CannotWrite, UnreadableLibrary.
        """
        writer = self._writer
        with translated(self._path):
            connection = self._reader()
            try:
                connection.execute("BEGIN")
                yield connection
            finally:
                if connection.in_transaction:
                    connection.execute("COMMIT")
                if writer is self._writer:
                    self._resting.append(connection)
                else:  # the file was replaced meanwhile
                    connection.close()

    @contextlib.contextmanager
    def write(self) -> Generator[sqlite3.Connection]:
        """A transaction: all of it is done or nothing. Keep it short, since others wait.

        Raises CannotWrite, UnreadableLibrary.
        """
        with self._writing, translated(self._path):
            connection = self._writer
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def has_changed(self) -> bool:
        """Whether another process has written since the last call, or replaced the file. Never waits."""
        if not self._writing.acquire(blocking=False):
            return False
        try:
            with translated(self._path):
                inode = _inode(self._path)
                if inode not in (0, self._inode):  # 0: the drive is away for a while
                    self.reopen()
                    return True
                before, self._version = self._version, self._data_version()
                return before != self._version
        finally:
            self._writing.release()

    def reopen(self, meanwhile: Callable[[], object] = lambda: None) -> None:
        """Begin anew with the file that is there after `meanwhile`, which may replace it."""
        with self._writing:
            self.close()
            try:
                meanwhile()
            finally:
                self._writer = self._open()

    def close(self) -> None:
        """Let go of the file. Call it when nobody reads or writes any more."""
        self._writer.close()
        while self._resting:
            self._resting.pop().close()

    def _open(self) -> sqlite3.Connection:
        with translated(self._path):
            connection = _connected(self._path)
            try:
                _set_journal(connection, self._path)
                migrate(connection)
                # damage shows here rather than in the middle of the work
                connection.execute("SELECT * FROM pictures ORDER BY id DESC LIMIT 1").fetchall()
                connection.execute("SELECT rowid FROM search LIMIT 1").fetchall()
            except BaseException:
                connection.close()
                raise
            self._writer = connection
            self._inode, self._version = _inode(self._path), self._data_version()
            return connection

    def _reader(self) -> sqlite3.Connection:
        try:
            return self._resting.pop()
        except IndexError:
            return _connected(self._path)

    def _data_version(self) -> int:
        """Changes when another connection than the writer has committed: one of another process."""
        return int(self._writer.execute("PRAGMA data_version").fetchone()[0])


@contextlib.contextmanager
def translated(path: Path) -> Generator[None]:
    """Tell SQLite's errors in sentences."""
    try:
        yield
    except sqlite3.Error as error:
        raise as_studio_error(error, path) from error


def as_studio_error(error: sqlite3.Error, path: Path) -> StudioError:
    """What a database error means to the user. Raises it again where it is a mistake of this program."""
    code, folder = getattr(error, "sqlite_errorcode", 0) & 0xFF, path.parent.parent
    if code in _DAMAGED:
        return UnreadableLibrary(
            say("The library's database in {folder} is damaged.", folder=folder),
            say("It is made anew from the pictures and its last backup."),
            repr(error),
        )
    if code in _BUSY:
        return CannotWrite(
            say("Another program holds the library in {folder}.", folder=folder),
            say("Close other programs that use it, then try again."),
            repr(error),
        )
    if code == sqlite3.SQLITE_FULL or (code in _FULL and _is_full(folder)):
        return CannotWrite(
            say("The library in {folder} cannot be written: the disk is full.", folder=folder),
            say("Free some space."),
            repr(error),
        )
    if code in _FORBIDDEN or code in _FULL:
        return CannotWrite(
            say("The library in {folder} cannot be used: {reason}.", folder=folder, reason=str(error)),
            say("Check that the disk is there and the folder allows writing, or use another one."),
            repr(error),
        )
    raise error


def is_on_network(path: Path) -> bool:
    """Whether the file lies on a file system that several computers share."""
    if os.name == "nt":
        return path.drive.startswith("\\\\")
    there = path.resolve()
    mounts = [part for part in psutil.disk_partitions(all=True) if there.is_relative_to(part.mountpoint)]
    nearest = max(mounts, key=lambda part: len(part.mountpoint), default=None)
    return nearest is not None and nearest.fstype.startswith(_NETWORK)


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -8000")  # KiB
    return connection


def _set_journal(connection: sqlite3.Connection, path: Path) -> None:
    wanted = "delete" if is_on_network(path) else "wal"
    try:
        got = _ask_journal(connection, wanted)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in _BUSY or wanted == "delete":
            raise
        got = _ask_journal(connection, "delete")
    if got == "delete":
        connection.execute(
            "PRAGMA synchronous = FULL"
        )  # NORMAL may damage the file there when the power goes


def _ask_journal(connection: sqlite3.Connection, wanted: str) -> str:
    """The journal mode after asking for that one. SQLite does not wait for others here, so this does."""
    deadline = time.monotonic() + BUSY_S
    while True:
        try:
            return str(connection.execute(f"PRAGMA journal_mode = {wanted}").fetchone()[0])
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in _BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _inode(path: Path) -> int:
    with contextlib.suppress(OSError):
        return path.stat().st_ino
    return 0


def _is_full(folder: Path) -> bool:
    with contextlib.suppress(OSError):
        return shutil.disk_usage(folder).free < _FULL_BELOW_BYTES
    return False
