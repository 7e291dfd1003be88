"""Whether what is installed is still what was fetched: every file is hashed and compared with `studio.json`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from dalle_studio.core.errors import InvalidRequest, ModelUnusable
from dalle_studio.core.sentence import say
from dalle_studio.storage.models.installed import STARTER, folder_of
from dalle_studio.storage.models.record import RECORD, File, digest, files_of, read_record

OnProgress = Callable[[int, int], object]
"""Called with bytes done and bytes in all."""


def verify(name: str, on_progress: OnProgress | None = None) -> tuple[str, ...]:
    """The files of an installed model or add-on that are damaged or missing; repair is to install it again.

    Raises:
        InvalidRequest: there is none of that name, or it is the starter model, which has no list.
        ModelUnusable: its list of files cannot be read.
    """
    folder = folder_of(name)
    if folder is None:
        raise InvalidRequest(
            say("“{name}” is a part of Dalle Studio.", name=name)
            if name == STARTER
            else say("“{name}” is not installed.", name=name),
            say("Name a model that was installed: dalle-studio models list."),
        )
    return damaged_files(folder, listed_files(folder), on_progress)


def listed_files(folder: Path) -> tuple[File, ...]:
    """The files that a folder is to have. Raises ModelUnusable where that cannot be read."""
    try:
        return files_of(read_record(folder))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelUnusable(
            say("The list of files in {path} is damaged.", path=folder / RECORD),
            say("Install it again: dalle-studio models install {name}.", name=folder.name),
            repr(error),
        ) from error


def damaged_files(
    folder: Path, files: Iterable[File], on_progress: OnProgress | None = None
) -> tuple[str, ...]:
    """Paths of those files that are missing or differ from what they were."""
    files = tuple(files)
    total, done = sum(file.size_bytes for file in files), 0
    damaged: list[str] = []

    def told(count: int) -> None:
        nonlocal done
        done += count
        if on_progress:
            on_progress(min(done, total), total)

    for file in files:
        before = done
        if not _is_whole(folder / file.path, file, told):
            damaged.append(file.path)
        done = before
        told(file.size_bytes)
    return tuple(damaged)


def _is_whole(path: Path, file: File, told: Callable[[int], None]) -> bool:
    try:
        return path.stat().st_size == file.size_bytes and digest(path, told=told) == file.sha256
    except OSError:  # missing, or on a part of the disk that cannot be read
        return False
