"""Stars, kept pictures and collections of one folder, as one JSON file in it."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dalle_studio.core.errors import CannotWrite

FILE = ".dalle-studio.json"
SCHEMA = 1


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What the user thinks of one picture.

    Attributes:
        sha256: of its pixels, and `length_bytes` of its file: how it is found again under another name.
            Empty and 0 where they are not known.
    """

    starred: bool = False
    kept: bool = False
    collections: tuple[str, ...] = ()
    sha256: str = ""
    length_bytes: int = 0

    @property
    def says_something(self) -> bool:
        """Whether there is anything worth writing down."""
        return self.starred or self.kept or bool(self.collections)


class Albums:
    """The marks of a folder's pictures, by file name. What another process wrote meanwhile is not overrun."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._marks: dict[str, Mark] = {}
        self._stamp: tuple[int, int] | None = None
        self._is_damaged = False

    @property
    def marks(self) -> Mapping[str, Mark]:
        """Every mark that was read or written; a new mapping whenever one is another."""
        return self._marks

    def of(self, name: str) -> Mark:
        """The mark of the file with that name."""
        return self._marks.get(name, Mark())

    def refresh(self) -> Path | None:
        """Read the file if it has changed.

        A damaged one is given another name, which is returned; what could be read of it is taken over.
        None where it is whole or not there.
        """
        stamp = self._file_stamp()
        if stamp == self._stamp:
            return None
        self._marks, is_whole = _read(self._path) if stamp else ({}, True)
        self._stamp, self._is_damaged = stamp, not is_whole
        if is_whole:
            return None
        with contextlib.suppress(OSError):  # a folder that takes no files: `put` tries again, and says so
            aside = self._set_aside()
            self._write(self._marks)
            return aside
        return None

    def put(self, marks: Mapping[str, Mark | None]) -> None:
        """Write these marks beside all others; None forgets one. Raises CannotWrite; nothing has changed then."""
        self.refresh()
        changed = {**self._marks, **marks}
        kept = {name: mark for name, mark in changed.items() if mark is not None and mark.says_something}
        if kept == self._marks:
            return
        try:
            if self._is_damaged:
                self._set_aside()
            self._write(kept)
        except OSError as error:
            raise CannotWrite(
                f"Stars and collections cannot be written to {self._path.parent}: {error.strerror}.",
                "Free some space, or allow writing to the folder.",
                repr(error),
            ) from error

    def _write(self, marks: dict[str, Mark]) -> None:
        data = {"schema": SCHEMA, "pictures": {name: vars(mark) for name, mark in marks.items()}}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        _replace(self._path, json.dumps(data).encode())
        self._marks, self._stamp = marks, self._file_stamp()

    def _set_aside(self) -> Path:
        number = 1
        while (aside := self._path.with_name(f"{FILE}.damaged{f'-{number}' if number > 1 else ''}")).exists():
            number += 1
        self._path.rename(aside)
        self._is_damaged, self._stamp = False, None
        return aside

    def _file_stamp(self) -> tuple[int, int] | None:
        try:
            stat = self._path.stat()
        except FileNotFoundError:
            return None
        except OSError:  # there may be a file: it must not be overrun
            return -1, -1
        return stat.st_mtime_ns, stat.st_size


def _read(path: Path) -> tuple[dict[str, Mark], bool]:
    """Every mark that can be read, and whether that is all."""
    try:
        data = json.loads(path.read_bytes())
        pictures = dict(data["pictures"])
        is_whole = data["schema"] == SCHEMA
    except Exception:  # the file can be wrong in every way
        return {}, False
    marks: dict[str, Mark] = {}
    for name, values in pictures.items():
        try:
            marks[name] = _mark(**values)
        except TypeError:
            is_whole = False
    return marks, is_whole


def _mark(starred: Any, kept: Any, collections: Any, sha256: Any, length_bytes: Any) -> Mark:
    """A mark from foreign values. Raises TypeError where one is of a wrong type."""
    if not isinstance(collections, list):
        raise TypeError(f"collections are {collections!r}")
    texts: list[object] = [sha256, *collections]  # type: ignore[reportUnknownArgumentType]
    if not all(isinstance(text, str) for text in texts):
        raise TypeError(f"not all of {texts!r} are texts")
    if not all(isinstance(value, int) for value in (starred, kept, length_bytes)):
        raise TypeError(f"not all of {(starred, kept, length_bytes)!r} are numbers")
    return Mark(
        starred=bool(starred),
        kept=bool(kept),
        collections=tuple(str(name) for name in collections),  # type: ignore[reportUnknownVariableType]
        sha256=sha256,
        length_bytes=length_bytes,
    )


def _replace(path: Path, data: bytes) -> None:
    """Write or replace a file in one go, durably. Raises OSError."""
    handle, name = tempfile.mkstemp(prefix=".dalle-studio-", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
