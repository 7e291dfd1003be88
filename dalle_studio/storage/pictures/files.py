"""The pictures' files: in folders by day, written whole and durably."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from dalle_studio.storage.header import SUFFIXES

INDEX_FOLDER = ".dalle-studio"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PART = re.compile(r"\.dalle-studio-.*\.part")
_PART_LIFE_S = 24 * 3600.0
Stamp = tuple[int, int]  # when a file was written, in nanoseconds, and its length in bytes


def day_folder(folder: Path, day: date) -> Path:
    """Where pictures of that day lie."""
    return folder / day.isoformat()


def days_beside(path: Path) -> list[Path]:
    """The folders of days among which a picture's own one stands, in a library; none where it stands elsewhere."""
    if not _DAY.fullmatch(path.absolute().parent.name):
        return []
    return sorted(each for each in path.absolute().parents[1].iterdir() if _DAY.fullmatch(each.name))


def walk(folder: Path) -> Iterator[tuple[str, Stamp]]:
    """Every picture in the folder and its folders of days, with its path relative to it.

    Other folders are not looked into: someone may choose a folder that holds half their disk. What was left half
    written by a killed process is swept away after a day. Raises OSError where the folder cannot be read; one
    that is not there yet is empty.
    """
    try:
        entries = list(os.scandir(folder))
    except FileNotFoundError:
        return
    for entry in entries:
        if _DAY.fullmatch(entry.name) and entry.is_dir():
            with contextlib.suppress(FileNotFoundError), os.scandir(entry.path) as inside:
                yield from (found for item in inside for found in _picture(item, f"{entry.name}/"))
        else:
            yield from _picture(entry, "")


def relative(path: Path, folder: Path) -> str:
    """The path as the library keeps it. Raises ValueError where it is not in the folder."""
    return path.relative_to(folder).as_posix()


def copy_in(source: Path, folder: Path) -> Path:
    """Copy a file into a folder, byte for byte, under its name or a free one like it; whole or not at all.

    Returns where it is. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".dalle-studio-", suffix=".part", dir=folder)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as target, source.open("rb") as file:
            shutil.copyfileobj(file, target, 1024**2)
            target.flush()
            os.fsync(target.fileno())
        stat = source.stat()
        os.utime(temporary, ns=(stat.st_mtime_ns, stat.st_mtime_ns))
        with contextlib.suppress(OSError):  # not every file system knows modes
            temporary.chmod(0o644)
        path = _published(temporary, folder, source)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(folder)
    return path


def sync_folder(folder: Path) -> None:
    """Make names in a folder, and the folder's own name, durable where the system can."""
    for path in (folder, folder.parent):
        with contextlib.suppress(OSError):  # Windows cannot, some network file systems neither
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _published(temporary: Path, folder: Path, source: Path) -> Path:
    number = 1
    while True:
        path = folder / (source.name if number == 1 else f"{source.stem}-{number}{source.suffix}")
        try:
            path.hardlink_to(temporary)
            return path
        except FileExistsError:
            number += 1
        except OSError:  # a file system without hard links
            if not path.exists():
                return temporary.rename(path)
            number += 1


def _picture(entry: os.DirEntry[str], prefix: str) -> Iterator[tuple[str, Stamp]]:
    if entry.name.startswith("."):
        _sweep(entry)
    elif entry.name.lower().endswith(SUFFIXES):
        with contextlib.suppress(OSError):  # gone meanwhile
            if entry.is_file():
                stat = entry.stat()
                yield prefix + entry.name, (stat.st_mtime_ns, stat.st_size)


def _sweep(entry: os.DirEntry[str]) -> None:
    with contextlib.suppress(OSError):
        if _PART.fullmatch(entry.name) and time.time() - entry.stat().st_mtime > _PART_LIFE_S:
            Path(entry.path).unlink()
