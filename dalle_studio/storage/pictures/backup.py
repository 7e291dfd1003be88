"""Copies of the database, taken only of a sound one, and the way back to the last of them.

A damaged database must never push a good backup out: darktable's users lost theirs that way.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dalle_studio.core.errors import CannotWrite, UnreadableLibrary
from dalle_studio.core.sentence import say
from dalle_studio.storage.pictures.database import BUSY_S, translated

EVERY = timedelta(days=7)
KEPT = 10
_TIME = "%Y%m%dT%H%M%S.%fZ"
_COMPANIONS = ("-wal", "-shm", "-journal")


class Backups:
    """The backups of one database: files `library-TIME-VERSION.sqlite3` in a folder beside it."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._folder = database.parent / "backups"

    def paths(self) -> list[Path]:
        """All backups, newest first."""
        return sorted(self._folder.glob("library-*.sqlite3"), reverse=True)

    def is_due(self, version: str, now: datetime | None = None) -> bool:
        """Whether the last one is of another version of the studio, or a week old."""
        newest = next(iter(self.paths()), None)
        if newest is None:
            return True
        _, taken, of_version = newest.stem.split("-", 2)
        age = (now or datetime.now(UTC)) - datetime.strptime(taken, _TIME).replace(tzinfo=UTC)
        return of_version != version or age >= EVERY

    def take(self, version: str) -> Path:
        """Check the database, copy it, check the copy, and remove the oldest copy beyond ten.

        Reading and writing go on meanwhile. Takes a few seconds for 100,000 pictures. Returns the copy.
        Raises UnreadableLibrary where the database is damaged (nothing is removed then), CannotWrite.
        """
        check(self._database)
        path = self._folder / f"library-{datetime.now(UTC).strftime(_TIME)}-{version}.sqlite3"
        temporary = path.with_suffix(".part")
        try:
            self._folder.mkdir(exist_ok=True)
            _copy(self._database, temporary)
            check(temporary)
            _sync(temporary)
            temporary.replace(path)
        except (OSError, sqlite3.Error) as error:
            raise CannotWrite(
                say(
                    "The library's backup cannot be written to {folder}: {reason}.",
                    folder=self._folder,
                    reason=str(error),
                ),
                say("Free some space, or allow writing to the folder."),
                repr(error),
            ) from error
        finally:
            temporary.unlink(missing_ok=True)
        for old in self.paths()[KEPT:]:
            old.unlink(missing_ok=True)
        return path

    def restore(self) -> Path | None:
        """Put the newest sound backup in the database's place, which must be empty; None where there is none."""
        for path in self.paths():
            with contextlib.suppress(UnreadableLibrary):
                check(path)
                temporary = self._database.with_suffix(".part")
                shutil.copyfile(path, temporary)
                _sync(temporary)
                temporary.replace(self._database)
                return path
        return None

    def set_aside(self) -> Path:
        """Move the damaged database out of the way, and keep it; returns where. Raises OSError."""
        folder = self._database.parent / "damaged"
        folder.mkdir(exist_ok=True)
        aside = folder / f"library-{datetime.now(UTC).strftime(_TIME)}.sqlite3"
        for companion in _COMPANIONS:  # first: a log that is left would be written into the next database
            with contextlib.suppress(FileNotFoundError):
                Path(f"{self._database}{companion}").rename(f"{aside}{companion}")
        self._database.rename(aside)
        return aside

    @contextlib.contextmanager
    def alone(self) -> Generator[None]:
        """While it lasts, no other process mends this database. A killed process holds nothing up."""
        lock = sqlite3.connect(self._database.with_name("lock.sqlite3"), timeout=60, isolation_level=None)
        try:
            lock.execute("BEGIN EXCLUSIVE")
            yield
        finally:
            lock.close()


def check(path: Path) -> None:
    """SQLite's `integrity_check`. Raises UnreadableLibrary with what is wrong, CannotWrite where it is busy."""
    with translated(path), contextlib.closing(sqlite3.connect(path, timeout=BUSY_S)) as connection:
        found = [str(line) for (line,) in connection.execute("PRAGMA integrity_check(20)")]
    if found != ["ok"]:
        raise UnreadableLibrary(
            say("The library's database {name} is damaged.", name=path.name),
            say("It is made anew from the pictures and its last backup."),
            "\n".join(found),
        )


def _copy(source: Path, target: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(source, timeout=BUSY_S)) as original,
        contextlib.closing(sqlite3.connect(target)) as copy,
    ):
        original.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without companions


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
