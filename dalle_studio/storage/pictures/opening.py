"""Opening a library's database, whatever state it and its folder are in."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path

from dalle_studio import __version__
from dalle_studio.core.errors import CannotWrite, StudioError, UnreadableLibrary
from dalle_studio.core.sentence import say
from dalle_studio.storage.pictures.backup import Backups, check
from dalle_studio.storage.pictures.database import Database, translated
from dalle_studio.storage.pictures.files import INDEX_FOLDER
from dalle_studio.storage.pictures.schema import VERSION, LaterVersion, version_of

NAME = "library.sqlite3"


@dataclass(frozen=True)
class Opened:
    """An open database.

    Attributes:
        path: of its file.
        scratch: the folder of a copy that is used because the library's own folder takes no files; else None.
        warnings: what the user should be told.
    """

    database: Database
    path: Path
    scratch: tempfile.TemporaryDirectory[str] | None = None
    warnings: tuple[StudioError, ...] = ()


def open_database(folder: Path) -> Opened:
    """Open the database of the library in `folder`, which need not be there yet.

    A damaged or missing one is replaced by its last sound backup, else by an empty one; where the folder takes no
    files, a copy elsewhere is opened. Raises LaterVersion, and CannotWrite where nothing can be written anywhere.
    """
    path = folder / INDEX_FOLDER / NAME
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _open_in_place(path)
    except (OSError, CannotWrite) as error:
        return _open_copy(path, error)


def mend(path: Path) -> tuple[StudioError, ...]:
    """Set a damaged database aside and put its last sound backup in its place.

    Does nothing where another process has done it. Nobody here may have it open.
    Returns what the user should be told. Raises CannotWrite.
    """
    backups = Backups(path)
    try:
        with translated(path), backups.alone():
            if _is_sound(path):  # another process was first
                return ()
            aside = backups.set_aside()
            backup = backups.restore()
    except OSError as error:
        raise CannotWrite(
            say("The library's database is damaged and cannot be replaced: {reason}.", reason=error.strerror),
            say("Close other programs that use it, or free some space, then try again."),
            repr(error),
        ) from error
    return (_told(aside, backup),)


def _open_in_place(path: Path) -> Opened:
    warnings: tuple[StudioError, ...] = ()
    try:
        _prepare(path)
        database = Database(path)
    except LaterVersion:
        raise
    except UnreadableLibrary:
        warnings = mend(path)
        database = Database(path)
    return Opened(database, path, warnings=warnings)


def _prepare(path: Path) -> None:
    """Put a backup in the place of a lost database; back one up that is about to become of a later version."""
    backups = Backups(path)
    if _is_lost(path) and backups.paths():
        with translated(path), backups.alone():
            if _is_lost(path):
                backups.restore()
    if not _is_lost(path):
        with translated(path), contextlib.closing(sqlite3.connect(path)) as connection:
            version = version_of(connection)
        if 0 < version < VERSION:
            backups.take(__version__)


def _open_copy(path: Path, reason: OSError | CannotWrite) -> Opened:
    """Open a copy in a folder that is removed at the end: the pictures can be seen, and nothing is changed."""
    try:
        scratch = tempfile.TemporaryDirectory(prefix="dalle-studio-", ignore_cleanup_errors=True)
        copy = Path(scratch.name) / INDEX_FOLDER / NAME
        copy.parent.mkdir()
        for ending in ("", "-wal"):
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                shutil.copyfile(f"{path}{ending}", f"{copy}{ending}")
    except OSError as error:
        raise CannotWrite(
            say(
                "Neither {folder} nor the folder for temporary files takes files: {reason}.",
                folder=path.parents[1],
                reason=error.strerror,
            ),
            say("Free some space."),
            repr(error),
        ) from error
    why = reason.message if isinstance(reason, CannotWrite) else say("{reason}.", reason=reason.strerror)
    warning = CannotWrite(
        say(
            "Stars and collections in {folder} cannot be changed now: {why}", folder=path.parents[1], why=why
        ),
        say("Allow writing to the folder or free some space, then start the studio again."),
        repr(reason),
    )
    try:
        return Opened(_open_in_place(copy).database, copy, scratch, (warning,))
    except BaseException:
        scratch.cleanup()
        raise


def _is_lost(path: Path) -> bool:
    return not path.exists() or path.stat().st_size == 0


def _is_sound(path: Path) -> bool:
    try:
        check(path)
        Database(path).close()
    except UnreadableLibrary:
        return False
    return True


def _told(aside: Path, backup: Path | None) -> UnreadableLibrary:
    if backup is None:
        return UnreadableLibrary(
            say(
                "The library's database was damaged. It is kept as {file} and made anew from the pictures.",
                file=aside.name,
            ),
            say("All pictures are there; stars and collections have to be set again."),
            str(aside),
        )
    return UnreadableLibrary(
        say(
            "The library's database was damaged. It is kept as {file} and made anew from its last backup "
            "and the pictures.",
            file=aside.name,
        ),
        say("Look through your stars and collections: the latest may be missing."),
        str(aside),
    )
