"""What is on the canvas and not saved yet, in a folder of its own for each session, to be found after a crash.

A journal is a list of members in `journal.json` and their bytes under `objects/`, each named by its SHA-256. The
list is replaced in one go after all that it names is on the disk: whenever the machine stops, the list of
before or the new one is there, and whole. Who may read or delete a journal is decided elsewhere, by its lock.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from dalle_studio.core.errors import UnreadableFile
from dalle_studio.core.picture import Picture
from dalle_studio.core.sentence import say
from dalle_studio.storage.durable import replace_bytes
from dalle_studio.storage.project import Json, Project, members_of, raw
from dalle_studio.storage.project_reader import Found, read_json, read_project

LIST, OBJECTS = "journal.json", "objects"
SCHEMA = 1
MAX_AGE_S = 30 * 24 * 3600
MAX_BYTES = 4 * 1024**3
GLANCE_PX = 480
_EMPTY_AGE_S = 24 * 3600  # a folder without a list may be one that a session has just made


@dataclass(frozen=True)
class Left:
    """A journal that a session left behind.

    Attributes:
        folder: where it lies.
        file: the project that was open; None where it had no file yet.
        changed_s: when it was written, in seconds since 1970.
        size_bytes: of all its files.
    """

    folder: Path
    file: Path | None
    changed_s: float
    size_bytes: int


@dataclass(frozen=True, eq=False)
class Recovered:
    """What a journal held.

    Attributes:
        file: the project that was open; None where it had no file yet.
        lost: what could not be read, each as words for a list.
    """

    project: Project
    file: Path | None
    lost: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Glance:
    """What a journal's work looks like.

    Attributes:
        picture: a small copy of the picture with its regions in their colours, at most 480 pixels a side.
        name: of the picture; may be empty.
        composition: what was composed, as plain JSON.
        regions: how many there are.
    """

    picture: Picture | None = None
    name: str = ""
    composition: Json = field(default_factory=dict[str, Any])
    regions: int = 0


class Journal:
    """The journal of one session. For one thread at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: dict[str, str] = {}  # source of a member -> name of its object

    def write(self, project: Project, file: Path | None = None) -> None:
        """Keep this instead of what was kept before. Raises CannotWrite; what was kept before is there then."""
        known: dict[str, str] = {}
        names: dict[str, str] = {}
        for member in members_of(project, raw):
            name = self._known.get(member.source) or self._put(member.encode())
            names[member.name] = name
            if member.source:
                known[member.source] = name
        kept = {"schema": SCHEMA, "file": str(file) if file else None, "members": names}
        replace_bytes(self.folder / LIST, json.dumps(kept).encode())
        self._known = known
        self._forget_others(set(names.values()))

    def clear(self) -> None:
        """Keep nothing: it is saved, or was given up."""
        with contextlib.suppress(OSError):
            (self.folder / LIST).unlink(missing_ok=True)
        self._known = {}
        self._forget_others(set())

    @property
    def holds_something(self) -> bool:
        """Whether there is anything to be found at the next start."""
        return (self.folder / LIST).exists()

    def _put(self, data: bytes) -> str:
        name = hashlib.sha256(data).hexdigest()
        path = self.folder / OBJECTS / name
        if not path.exists():
            replace_bytes(path, data)
        return name

    def _forget_others(self, names: set[str]) -> None:
        with contextlib.suppress(OSError):
            for path in (self.folder / OBJECTS).iterdir():
                if path.name not in names:
                    path.unlink()


def find(root: Path) -> tuple[Left, ...]:
    """All journals that hold something, the last written first; also those of sessions that still run."""
    left = (_left(folder) for folder in _folders(root))
    return tuple(sorted(filter(None, left), key=lambda each: each.changed_s, reverse=True))


def read(folder: Path) -> Recovered:
    """What a journal holds, as far as it can be read. Raises UnreadableFile where its list cannot."""
    try:
        kept = read_json((folder / LIST).read_bytes())
        names = {str(member): str(name) for member, name in dict[str, Any](kept["members"]).items()}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableFile(
            say("What was kept of the last session cannot be read."), say("Start anew."), repr(error)
        ) from error
    project, lost = read_project(Found(frozenset(names), lambda member: _object(folder, names.get(member))))
    file = kept.get("file")
    return Recovered(project, Path(file) if isinstance(file, str) else None, lost)


def glance(folder: Path) -> Glance:
    """What a journal's work looks like, as far as it can be read. Never raises."""
    try:
        project = read(folder).project
    except UnreadableFile:
        return Glance()
    picture = project.picture
    small = Picture(np.array(_small(project, picture))) if picture else None
    return Glance(small, picture.name if picture else "", project.composition, len(project.regions))


def forget(folder: Path) -> None:
    """Delete a journal. What cannot be deleted stays."""
    try:
        (folder / LIST).unlink(missing_ok=True)  # first: half a journal is not to be found
    except OSError:
        return
    shutil.rmtree(folder, ignore_errors=True)


def forget_old(
    root: Path,
    may_forget: Callable[[Path], bool],
    now_s: float | None = None,
    max_bytes: int = MAX_BYTES,
) -> None:
    """Delete journals that nobody came for: older than 30 days, or beyond 4 GiB together, the oldest first.

    The newest one stays, whatever its size. `may_forget` says of a folder whether its session has ended.
    """
    now_s = time.time() if now_s is None else now_s
    total_bytes = 0
    for index, left in enumerate(find(root)):
        total_bytes += left.size_bytes
        is_old = now_s - left.changed_s > MAX_AGE_S
        if (is_old or (index and total_bytes > max_bytes)) and may_forget(left.folder):
            forget(left.folder)
    for folder in _folders(root):
        with contextlib.suppress(OSError):
            is_old = now_s - folder.stat().st_mtime > _EMPTY_AGE_S
            if is_old and not (folder / LIST).exists() and may_forget(folder):
                forget(folder)


def _small(project: Project, picture: Picture) -> Image.Image:
    image = picture.image
    image.thumbnail((GLANCE_PX, GLANCE_PX))
    for region in project.regions:
        tint = Image.fromarray(region.mask // 5 * 2).resize(image.size)
        image.paste(region.colour, (0, 0), tint)
    return image


def _folders(root: Path) -> list[Path]:
    try:
        return [path for path in root.iterdir() if path.is_dir() and not path.is_symlink()]
    except OSError:
        return []


def _left(folder: Path) -> Left | None:
    path, file, size_bytes = folder / LIST, None, 0
    try:
        changed_s = path.stat().st_mtime
    except OSError:
        return None
    with contextlib.suppress(OSError, ValueError):  # damaged, or being written: it is shown all the same
        size_bytes = sum(each.stat().st_size for each in (folder / OBJECTS).iterdir())
        file = read_json(path.read_bytes()).get("file")
    return Left(folder, Path(file) if isinstance(file, str) else None, changed_s, size_bytes)


def _object(folder: Path, name: str | None) -> bytes | None:
    """An object's bytes, if they are what its name says."""
    if name is None:
        return None
    try:
        data = (folder / OBJECTS / Path(name).name).read_bytes()
    except (OSError, ValueError):  # a name that no file can have
        return None
    return data if hashlib.sha256(data).hexdigest() == name else None
