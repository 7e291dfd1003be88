"""Files that appear whole or not at all, whatever happens while they are written."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from dalle_studio.core.errors import CannotWrite
from dalle_studio.core.sentence import say

PART_PREFIX, PART_SUFFIX = ".dalle-studio-", ".part"
PART_AGE_S = 24 * 3600


def replace_file(
    path: Path, write: Callable[[BinaryIO], object], *, keeps_previous: bool = False, mode: int = 0o644
) -> None:
    """Write or replace a file in one go, durably.

    Args:
        path: a link is followed, and the file that it names replaced.
        write: puts the content into the open file.
        keeps_previous: what was there stays beside it, as `name~`.
        mode: of a new file; that of one that is there stays.

    Raises:
        CannotWrite: nothing has changed then.
    """
    target = path.resolve()
    try:
        temporary = _written(target, write, mode)
        try:
            if keeps_previous and target.exists():
                _keep(target)
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)
    except OSError as error:
        raise cannot_write(target, error) from error


def replace_bytes(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write or replace a file with these bytes; see `replace_file`."""
    replace_file(path, lambda file: file.write(data), mode=mode)


def previous_of(path: Path) -> Path:
    """Where the version before the last save lies, if there is one."""
    return path.with_name(f"{path.name}~")


def cannot_write(path: Path, error: OSError) -> CannotWrite:
    """What went wrong with that file, for the user."""
    is_full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return CannotWrite(
        say(
            "{name} cannot be written to {folder}: {reason}.",
            name=path.name,
            folder=path.parent,
            reason=error.strerror or str(error),
        ),
        say("Free some space or use another folder.") if is_full else say("Use another folder."),
        repr(error),
    )


def _written(target: Path, write: Callable[[BinaryIO], object], mode: int) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target.parent)
    handle, name = tempfile.mkstemp(prefix=PART_PREFIX, suffix=PART_SUFFIX, dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(OSError):  # not every file system knows modes
            temporary.chmod(target.stat().st_mode & 0o777 if target.exists() else mode)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _sweep(folder: Path) -> None:
    """Delete what a writer left that was killed; one that still writes is younger."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            is_part = entry.name.startswith(PART_PREFIX) and entry.name.endswith(PART_SUFFIX)
            if is_part and time.time() - entry.stat().st_mtime > PART_AGE_S and entry.is_file():
                Path(entry.path).unlink()


def _keep(target: Path) -> None:
    """Give what is there a second name. The first one stays: at no moment is there no file of that name."""
    kept = previous_of(target)
    second = target.with_name(f"{PART_PREFIX}{target.name}{PART_SUFFIX}")
    second.unlink(missing_ok=True)
    try:
        try:
            second.hardlink_to(target)
        except OSError:  # a file system without hard links
            shutil.copy2(target, second)
        second.replace(kept)
    finally:
        second.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Let the new name reach the disk too, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
