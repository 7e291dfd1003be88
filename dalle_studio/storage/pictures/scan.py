"""Bring the library into line with its folder: what is new, changed, missing, moved or back again."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dalle_studio.core.errors import StudioError
from dalle_studio.storage.library import open_picture
from dalle_studio.storage.pictures import records
from dalle_studio.storage.pictures.database import Database
from dalle_studio.storage.pictures.facts import read_facts
from dalle_studio.storage.pictures.files import Stamp, walk
from dalle_studio.storage.pictures.old_marks import FILE, Mark, read_marks
from dalle_studio.storage.pictures.row import Facts

Progress = Callable[[int, int], None]  # how many are done, of how many
_BATCH = 20  # pictures a transaction: nobody who sets a star meanwhile waits for long
_TAKEN_OVER = "albums taken over"


def quiet(done: int, of: int) -> None:
    """A progress that nobody looks at."""


@dataclass(frozen=True)
class Changes:
    """What a look at the folder found.

    Attributes:
        added, changed, missing: how many pictures came, have another content, are gone.
        returned: how many missing ones came back, under their own name or another.
        damaged_marks: the file of stars and collections of the time before the library, where not all of it could
            be read. It stays as it is.
    """

    added: int = 0
    changed: int = 0
    missing: int = 0
    returned: int = 0
    damaged_marks: Path | None = None


@dataclass(frozen=True)
class _Lost:
    """A picture that is not where it was. `said` is what its file said."""

    id: int
    path: str
    stamp: Stamp
    sha256: str
    said: tuple[Any, ...]


class Scan:
    """One look at the folder. What could not be read before is not tried again until its file changes."""

    def __init__(self, folder: Path, database: Database, unreadable: dict[str, Stamp]) -> None:
        self._folder, self._database, self._unreadable = folder, database, unreadable
        self._here = (
            self._all_here()
        )  # before the files: one that is written meanwhile is then new, not missing
        self._files = dict(walk(folder))
        self._damaged_marks: Path | None = None
        self._marks = self._old_marks()
        self._added = self._changed = self._missing = self._returned = 0

    def run(self, progress: Progress, cancel: threading.Event) -> Changes:
        """Take over what changed, newest files first. Raises CannotWrite, UnreadableLibrary."""
        self._forget_missing()
        paths = [path for path, stamp in self._files.items() if self._is_other(path, stamp)]
        paths.sort(key=self._files.__getitem__, reverse=True)
        lost = self._all_lost()
        for start in range(0, len(paths), _BATCH):
            read: list[tuple[str, Facts, _Lost | None]] = []
            for place, path in enumerate(paths[start : start + _BATCH], start + 1):
                if not cancel.is_set():
                    read += self._read(path, lost)
                    progress(place, len(paths))
            with self._database.write() as connection:
                for path, facts, before in reversed(read):  # of one second, the older get the lower ids
                    self._put(connection, path, facts, before)
            if cancel.is_set():
                break
        else:
            self._finish_old_marks()
        return Changes(self._added, self._changed, self._missing, self._returned, self._damaged_marks)

    def _all_here(self) -> dict[str, tuple[int, Stamp]]:
        statement = "SELECT path, id, modified_ns, length_bytes FROM pictures WHERE forgotten IS NULL"
        with self._database.read() as connection:
            return {
                os.fsdecode(path): (id_, (modified_ns, length_bytes))
                for path, id_, modified_ns, length_bytes in connection.execute(statement)
            }

    def _is_other(self, path: str, stamp: Stamp) -> bool:
        known = self._here.get(path)
        return self._unreadable.get(path) != stamp and (known is None or known[1] != stamp)

    def _forget_missing(self) -> None:
        missing = [
            (path, id_)
            for path, (id_, _) in self._here.items()
            if path not in self._files and not (self._folder / path).exists()
        ]
        self._missing = len(missing)
        for start in range(0, len(missing), _BATCH):
            with self._database.write() as connection:
                batch = missing[start : start + _BATCH]  # without those that another process found meanwhile
                records.forget(
                    connection, [id_ for path, id_ in batch if records.at_path(connection, path) == id_]
                )

    def _read(self, path: str, lost: dict[int, list[_Lost]]) -> list[tuple[str, Facts, _Lost | None]]:
        facts = read_facts(self._folder / path)
        if facts is None:
            self._unreadable[path] = self._files[path]
            return []
        return [(path, facts, None if path in self._here else self._match(path, facts, lost))]

    def _put(self, connection: sqlite3.Connection, path: str, facts: Facts, before: _Lost | None) -> None:
        now = records.at_path(connection, path)  # another process may have been first
        if now is not None and now == self._here.get(path, (None,))[0]:
            records.update(connection, now, path, facts, "")
            self._changed += 1
        elif before is not None and records.is_forgotten(connection, before.id):
            records.bring_back(connection, before.id, path)
            records.update(connection, before.id, path, facts, before.sha256)
            self._returned += 1
        elif now is None:
            self._insert(connection, path, facts)
            self._added += 1

    def _insert(self, connection: sqlite3.Connection, path: str, facts: Facts) -> None:
        mark = (self._marks or {}).get(path, Mark())
        sha256 = mark.sha256 if mark.length_bytes == facts.length_bytes else ""
        id_ = records.insert(connection, path, facts, sha256)
        if mark.says_something:
            records.put_marks(connection, id_, mark.starred, mark.kept, mark.collections)

    def _all_lost(self) -> dict[int, list[_Lost]]:
        """Missing pictures by the length of their files."""
        statement = (
            "SELECT id, path, modified_ns, length_bytes, sha256, prompt, seed, width_px, height_px"
            " FROM pictures WHERE forgotten NOT NULL"
        )
        found: dict[int, list[_Lost]] = {}
        with self._database.read() as connection:
            for id_, path, modified_ns, length_bytes, sha256, *said in connection.execute(statement):
                lost = _Lost(id_, os.fsdecode(path), (modified_ns, length_bytes), sha256, tuple(said))
                found.setdefault(length_bytes, []).append(lost)
        return found

    def _match(self, path: str, facts: Facts, lost: dict[int, list[_Lost]]) -> _Lost | None:
        """The missing picture that this file is: one written at the same moment, else one with the same pixels.

        A moment lasts some milliseconds, and two programs may write in it: both files must say the same, too.
        """
        candidates = lost.get(facts.length_bytes, [])
        said = _said(facts)
        same = [
            one
            for one in candidates
            if one.stamp == (facts.modified_ns, facts.length_bytes) and one.said == said
        ]
        found = min(same, key=lambda one: one.path != path, default=None)
        if found is None and any(one.sha256 for one in candidates):
            try:
                sha256 = open_picture(self._folder / path).sha256
            except StudioError:  # damaged: then it is not the one looked for
                return None
            found = next((one for one in candidates if one.sha256 == sha256), None)
        if found is not None:
            candidates.remove(found)
        return found

    def _old_marks(self) -> dict[str, Mark] | None:
        """Stars and collections of the time before the library; None where they have been taken over."""
        with self._database.read() as connection:
            if connection.execute("SELECT 1 FROM facts WHERE key = ?", (_TAKEN_OVER,)).fetchone():
                return None
        marks, is_whole = read_marks(self._folder)
        self._damaged_marks = None if is_whole else self._folder / FILE
        return marks

    def _finish_old_marks(self) -> None:
        if self._marks is None:
            return
        with self._database.write() as connection:
            for name, mark in self._marks.items():
                if mark.sha256 and mark.says_something and records.at_path(connection, name) is None:
                    _remember(connection, name, mark)
            connection.execute("INSERT OR IGNORE INTO facts VALUES (?, '')", (_TAKEN_OVER,))


def _said(facts: Facts) -> tuple[Any, ...]:
    """What is kept of prompt, seed and size."""
    seed = None if facts.seed is None else str(facts.seed)
    return records.clean(facts.prompt), seed, facts.width_px, facts.height_px


def _remember(connection: sqlite3.Connection, name: str, mark: Mark) -> None:
    """Keep the marks of a picture whose file is not there now: it may come back under another name."""
    facts = Facts(width_px=0, height_px=0, created="", modified_ns=0, length_bytes=mark.length_bytes)
    id_ = records.insert(connection, name, facts, mark.sha256)
    records.put_marks(connection, id_, mark.starred, mark.kept, mark.collections)
    records.forget(connection, [id_])
