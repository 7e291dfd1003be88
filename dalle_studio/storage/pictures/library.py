"""The library of one folder: the way in.

    library = Library(folder, cache_dir())     # milliseconds, also with 100,000 pictures
    ids = library.ids(Filter(query="红色 car"))  # 20 ms for 100,000; what scrolls asks for a page of them
    library.page(ids[:60])
    library.scan(progress, cancel)             # what happened to the folder meanwhile

Safe to use from several threads, and from several processes on one folder. Questions and marks take milliseconds.
What reads or writes pictures belongs off the main thread: `save`, `take`, `open`, `recipe`, `thumbnail`,
`complete`, `scan`, `maintain`, `repair`.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Generator, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dalle_studio import __version__
from dalle_studio.core.errors import CannotWrite, StudioError, UnreadableLibrary, UnreadablePicture
from dalle_studio.core.picture import Picture
from dalle_studio.core.recipe import Parent, Recipe
from dalle_studio.core.sentence import say
from dalle_studio.storage.header import Header, read_header
from dalle_studio.storage.library import file_stem, open_picture, save_picture
from dalle_studio.storage.pictures import records
from dalle_studio.storage.pictures.backup import Backups, check
from dalle_studio.storage.pictures.facts import facts_of, read_facts
from dalle_studio.storage.pictures.files import Stamp, copy_in, day_folder, relative, sync_folder
from dalle_studio.storage.pictures.opening import mend, open_database
from dalle_studio.storage.pictures.row import EVERYTHING, Filter, Row
from dalle_studio.storage.pictures.scan import Changes, Progress, Scan, quiet
from dalle_studio.storage.pictures.thumbnails import SIDES_PX, Thumbnails

REMEMBERED = timedelta(days=90)  # how long a deleted picture can come back with its marks
_HERE = "forgotten IS NULL"


class Library:
    """The pictures of one folder and what the user thinks of them.

    Every method may raise CannotWrite, and UnreadableLibrary where the database is damaged: then call `repair`.
    """

    def __init__(self, folder: Path, cache: Path) -> None:
        """Open the library of a folder, or begin one. A damaged database is made anew; `warnings` says so.

        Args:
            folder: of the pictures; it need not be there yet.
            cache: for thumbnails; may be emptied any time.

        Raises LaterVersion (an UnreadableLibrary) where a later studio made it, and CannotWrite where neither
        the folder nor the one for temporary files takes anything.
        """
        opened = open_database(folder)
        self._folder, self._database, self._path = folder, opened.database, opened.path
        self._scratch, self._warnings = opened.scratch, opened.warnings
        self._thumbnails = Thumbnails(cache)
        self._unreadable: dict[str, Stamp] = {}

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def folder(self) -> Path:
        """Where the pictures lie."""
        return self._folder

    @property
    def warnings(self) -> tuple[StudioError, ...]:
        """What the user should be told about how the library was opened."""
        return self._warnings

    @property
    def is_read_only(self) -> bool:
        """Whether marks cannot be changed, because the folder takes no files."""
        return self._scratch is not None

    def close(self) -> None:
        """Let go of the database. Nobody may use the library any more."""
        self._database.close()
        if self._scratch is not None:
            self._scratch.cleanup()

    # --- questions

    def count(self, filter_: Filter = EVERYTHING) -> int:
        """How many pictures fit."""
        with self._database.read() as connection:
            statement, values = records.selection(connection, filter_)
            return connection.execute(f"SELECT count(*) FROM ({statement})", values).fetchone()[0]

    def rows(self, filter_: Filter = EVERYTHING, offset: int = 0, limit: int = 100) -> tuple[Row, ...]:
        """A page of the pictures that fit, the latest first."""
        with self._database.read() as connection:
            statement, values = records.selection(connection, filter_)
            page = f"id IN ({statement} ORDER BY id DESC LIMIT ? OFFSET ?)"
            return tuple(records.rows(connection, page, [*values, limit, offset], self._folder))

    def ids(self, filter_: Filter = EVERYTHING, among: Iterable[int] | None = None) -> NDArray[np.int64]:
        """The pictures that fit, the latest first; with `among`, only those of these."""
        with self._database.read() as connection:
            statement, values = records.selection(connection, filter_)
            if among is not None:
                some = [int(id_) for id_ in among]
                statement, values = f"{statement} AND {records.marks_of(some)}", [*values, *some]
            # one text, since a hundred thousand numbers one by one take three times as long
            joined = f"SELECT group_concat(id) FROM ({statement})"
            text = connection.execute(joined, values).fetchone()[0] or ""
        return np.sort(np.fromstring(text, np.int64, sep=","))[::-1]

    def page(self, ids: Iterable[int]) -> tuple[Row, ...]:
        """These pictures, the latest first, as far as they are here. For some hundreds at a time."""
        some = [int(id_) for id_ in ids]
        with self._database.read() as connection:
            return tuple(self._rows(connection, f"{records.marks_of(some)} AND {_HERE}", some))

    def row(self, path: Path) -> Row | None:
        """The picture of that file."""
        if not path.is_relative_to(self._folder):
            return None
        with self._database.read() as connection:
            id_ = records.at_path(connection, relative(path, self._folder))
            return next(iter(self._rows(connection, "id = ?", [id_])), None)

    def collections(self) -> tuple[str, ...]:
        """Names of all collections that hold a picture, sorted."""
        statement = (
            "SELECT name FROM collections WHERE EXISTS (SELECT 1 FROM memberships"
            " JOIN pictures ON pictures.id = picture_id"
            f" WHERE collection_id = collections.id AND {_HERE})"
        )
        with self._database.read() as connection:
            return tuple(sorted((name for (name,) in connection.execute(statement)), key=str.casefold))

    def parents(self, parents: Iterable[Parent]) -> tuple[Row | Parent, ...]:
        """What a picture was made from (`row.parents`, `recipe.parents`); a Parent stands for one not here."""
        with self._database.read() as connection:
            return tuple(self._parent(connection, parent) or parent for parent in parents)

    def children(self, row: Row) -> tuple[Row, ...]:
        """What was made from a picture, oldest first."""
        column, value = ("sha256", row.sha256) if row.sha256 else ("name", records.clean(row.name))
        where = f"id IN (SELECT picture_id FROM parents WHERE {column} = ?) AND {_HERE}"
        with self._database.read() as connection:
            return tuple(reversed(self._rows(connection, where, [value])))

    def has_changed(self) -> bool:
        """Whether another process has changed the library since the last call. Takes microseconds, never waits."""
        return self._database.has_changed()

    # --- pictures in and out

    def save(self, picture: Picture, stem: str) -> Row:
        """Write a picture with its recipe, whole and durably, into the folder of today; then list it."""
        folder = day_folder(self._folder, date.today())
        path = save_picture(picture, folder, file_stem(stem))
        sync_folder(folder)
        stat = path.stat()
        facts = facts_of(Header(path, picture.size, picture.recipe, stat.st_mtime_ns, stat.st_size))
        try:
            with self._database.write() as connection:
                id_ = records.insert(connection, relative(path, self._folder), facts, picture.sha256)
                return self._rows(connection, "id = ?", [id_])[0]
        except CannotWrite as error:
            raise CannotWrite(
                say(
                    "The picture is saved as {name}, but the library could not list it: {message}",
                    name=path.name,
                    message=error.message,
                ),
                say("{remedy} The studio lists it when it starts again.", remedy=error.remedy),
                error.details,
            ) from error

    def take(self, path: Path) -> Row | None:
        """Copy a picture from elsewhere into the library, byte for byte; None where its pixels are here already.

        It goes into the folder of the day it was last written on. Raises UnreadablePicture.
        """
        picture, facts = open_picture(path), read_facts(path)
        if facts is None:
            raise UnreadablePicture(
                say("{name} is no PNG, JPEG or WebP, whatever its name says.", name=path.name),
                say("Save it as one of these."),
            )
        with self._database.read() as connection:
            statement = f"SELECT 1 FROM pictures WHERE sha256 = ? AND {_HERE}"
            if connection.execute(statement, (picture.sha256,)).fetchone():
                return None
        copy = self._copied(path)
        facts = replace(facts, modified_ns=copy.stat().st_mtime_ns)
        with self._database.write() as connection:
            id_ = records.insert(connection, relative(copy, self._folder), facts, picture.sha256)
            row = self._rows(connection, "id = ?", [id_])[0]
        self._thumbnails.make(picture, min(SIDES_PX))
        return row

    def open(self, row: Row) -> Picture:
        """Read a picture with its recipe, wherever its file keeps that. Raises UnreadablePicture."""
        picture = open_picture(row.path)
        return picture if picture.recipe is not None else replace(picture, recipe=self.recipe(row))

    def recipe(self, row: Row) -> Recipe | None:
        """How a picture was made, without decoding its pixels: about a millisecond. None where nobody knows."""
        header = read_header(row.path)
        return header.recipe if header else None

    def thumbnail(self, row: Row, side_px: int) -> bytes:
        """A JPEG of at most 256 or 512 px a side (`SIDES_PX`), made where it is missing.

        Takes 0.1 ms where it is there, else as long as decoding the picture. Raises UnreadablePicture.
        """
        data = self._thumbnails.find(row.sha256, side_px) if row.sha256 else None
        if data is None:
            picture = open_picture(row.path)
            data = self._thumbnails.make(picture, side_px)
            if picture.sha256 != row.sha256:
                with contextlib.suppress(CannotWrite):  # then it is decoded again the next time
                    self._learn(row, picture.sha256)
        return data

    def complete(self, progress: Progress = quiet, cancel: threading.Event | None = None) -> None:
        """Make the small thumbnail of every picture that nobody has decoded yet, newest first.

        Until then such a picture, one that a scan found, is known to its family by name alone.
        """
        with self._database.read() as connection:
            statement = f"SELECT id FROM pictures WHERE sha256 = '' AND {_HERE} ORDER BY id DESC"
            ids = [id_ for (id_,) in connection.execute(statement)]
        for number, id_ in enumerate(ids, 1):
            if cancel is not None and cancel.is_set():
                return
            with self._database.read() as connection:
                rows = self._rows(connection, f"id = ? AND {_HERE}", [id_])
            with contextlib.suppress(UnreadablePicture):  # damaged, or gone meanwhile
                for row in rows:
                    self.thumbnail(row, min(SIDES_PX))
            progress(number, len(ids))

    def scan(self, progress: Progress = quiet, cancel: threading.Event | None = None) -> Changes:
        """Bring the library into line with the folder: new, changed, missing, renamed and returned files.

        The first time, stars and collections of `.dalle-studio.json` are taken over; that file stays as it is.
        `progress(done, of)` is called after each new file. Raises OSError where the folder cannot be read.
        """
        scan = Scan(self._folder, self._database, self._unreadable)
        return scan.run(progress, cancel or threading.Event())

    # --- marks

    def set_star(self, ids: Iterable[int], starred: bool) -> None:
        """Star pictures, or take their stars away."""
        self._set("starred", ids, starred)

    def set_kept(self, ids: Iterable[int], kept: bool) -> None:
        """Mark pictures as kept, or not."""
        self._set("kept", ids, kept)

    def add_to(self, ids: Iterable[int], collection: str) -> None:
        """Put pictures into a collection, which comes to be with its first one. A blank name does nothing."""
        name, ids = records.clean(" ".join(collection.split())), tuple(ids)
        if name:
            with self._marking() as connection:
                records.put_into(connection, ids, name)
                records.index(connection, ids)

    def remove_from(self, ids: Iterable[int], collection: str) -> None:
        """Take pictures out of a collection, which ends with its last one."""
        ids = tuple(ids)
        with self._marking() as connection:
            records.take_out(connection, ids, records.clean(collection))
            records.index(connection, ids)

    # --- trash

    def forget(self, ids: Iterable[int]) -> None:
        """These files were moved to the trash. Their marks are kept for 90 days, in case they come back."""
        with self._database.write() as connection:
            records.forget(connection, tuple(ids))

    def bring_back(self, id_: int, path: Path) -> Row | None:
        """A forgotten picture is there again, as this file, with all its marks; None where that is elsewhere."""
        if not path.is_relative_to(self._folder):
            return None
        with self._database.write() as connection:
            records.bring_back(connection, id_, relative(path, self._folder))
            return next(iter(self._rows(connection, "id = ?", [id_])), None)

    # --- care

    def maintain(self) -> tuple[StudioError, ...]:
        """Check the database and back it up, once a week and once with each version of the studio.

        Pictures that were deleted 90 days ago are forgotten for good. A damaged database is repaired. Call it
        after opening; takes a few seconds for 100,000 pictures, which can be used meanwhile.
        Returns what the user should be told.
        """
        if self.is_read_only:
            return ()
        backups = Backups(self._path)
        try:
            if backups.is_due(__version__):
                backups.take(__version__)
                self._purge(datetime.now(UTC) - REMEMBERED)
        except UnreadableLibrary:
            return self.repair()
        return ()

    def repair(self) -> tuple[StudioError, ...]:
        """Set a damaged database aside and begin anew with its last sound backup; then call `scan`.

        Where only the search index is damaged, it is built anew. Returns what the user should be told.
        """
        told: list[StudioError] = []
        try:
            check(self._path)
        except UnreadableLibrary:
            self._database.reopen(lambda: told.extend(mend(self._path)))
        else:
            with self._database.write() as connection:
                connection.execute("INSERT INTO search (search) VALUES ('rebuild')")
        self._unreadable.clear()
        return tuple(told)

    # --- inside

    def _rows(self, connection: sqlite3.Connection, where: str, values: list[Any]) -> list[Row]:
        return records.rows(connection, where, values, self._folder)

    def _parent(self, connection: sqlite3.Connection, parent: Parent) -> Row | None:
        """By its pixels; where those of the library's picture are not known yet, by name."""
        found = parent.sha256 and self._rows(
            connection, f"sha256 = ? AND {_HERE}", [records.clean(parent.sha256)]
        )
        if not found and parent.name:
            id_ = records.at_path(connection, Path(parent.name).name)
            found = self._rows(connection, "id = ? AND sha256 = ''", [id_])
        return found[-1] if found else None

    def _copied(self, path: Path) -> Path:
        folder = day_folder(self._folder, date.fromtimestamp(path.stat().st_mtime))
        try:
            return copy_in(path, folder)
        except OSError as error:
            raise CannotWrite(
                say(
                    "{name} cannot be copied to {folder}: {reason}.",
                    name=path.name,
                    folder=folder,
                    reason=error.strerror,
                ),
                say("Free some space, or allow writing to the folder."),
                repr(error),
            ) from error

    @contextlib.contextmanager
    def _marking(self) -> Generator[sqlite3.Connection]:
        if self.is_read_only:
            raise CannotWrite(
                say("The library in {folder} can be looked at, but not changed.", folder=self._folder),
                say("Allow writing to the folder, or free some space, then start the studio again."),
            )
        with self._database.write() as connection:
            yield connection

    def _set(self, column: str, ids: Iterable[int], value: bool) -> None:
        ids = tuple(ids)
        with self._marking() as connection:
            values = [(value, id_) for id_ in ids]
            connection.executemany(f"UPDATE pictures SET {column} = ? WHERE id = ?", values)
            records.index(connection, ids)

    def _learn(self, row: Row, sha256: str) -> None:
        """Note the pixels of a file that nobody had decoded yet."""
        with self._database.write() as connection:
            connection.execute(
                "UPDATE pictures SET sha256 = ? WHERE id = ? AND modified_ns = ?",
                (sha256, row.id, row.modified_ns),
            )

    def _purge(self, before: datetime) -> None:
        values = (before.strftime("%Y-%m-%dT%H:%M:%SZ"),)
        with self._database.write() as connection:
            gone = connection.execute(
                "DELETE FROM pictures WHERE forgotten < ? RETURNING sha256", values
            ).fetchall()
            here = f"SELECT 1 FROM pictures WHERE sha256 = ? AND {_HERE}"
            lone = [sha256 for (sha256,) in gone if not connection.execute(here, (sha256,)).fetchone()]
        for sha256 in lone:
            self._thumbnails.forget(sha256)
