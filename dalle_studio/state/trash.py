"""Where deleted files go, and the way back."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from PySide6.QtCore import QDir, QFile, QStandardPaths

from dalle_studio.core.errors import CannotWrite
from dalle_studio.core.sentence import say
from dalle_studio.state.notices import Level, Notices
from dalle_studio.storage.pictures.row import Row

FOLDER = ".trash"


class Trash:
    """What was deleted while the window is open, newest last. Tells `notices` what it does; key "delete"."""

    def __init__(self, notices: Notices) -> None:
        self._notices = notices
        self._batches: list[list[tuple[Row, Path]]] = []

    def delete(self, entries: list[Row]) -> list[Row]:
        """Move their files to the trash; returns those that went."""
        batch: list[tuple[Row, Path]] = []
        for entry in entries:
            try:
                batch.append((entry, move_to_trash(entry.path)))
            except CannotWrite as error:
                self._notices.tell_error(error, "not-deleted")
        if batch:
            self._batches.append(batch)
            told = (
                say("Moved {file} to the trash.", file=batch[0][0].name)
                if len(batch) == 1
                else say("Moved {count} pictures to the trash.", count=len(batch))
            )
            self._notices.tell(told, key="delete", action=say("Undo"))
        return [entry for entry, _ in batch]

    def undo(self) -> list[tuple[Row, Path]]:
        """Bring the last batch back; returns each entry and its file. What stays can be tried again."""
        batch = self._batches.pop() if self._batches else []
        back: list[tuple[Row, Path]] = []
        for entry, trashed in batch:
            try:
                path = put_back(trashed, entry.path)
            except CannotWrite as error:
                self._batches.append(batch[len(back) :])
                self._notices.tell_error(error, "delete")
                return back
            back.append((entry, path))
        if back:
            self._notices.tell(say("Brought back from the trash."), key="delete", level=Level.DONE)
        return back


def move_to_trash(path: Path) -> Path:
    """Move a file to the system's trash, or to “.trash” beside it where there is none; returns where it is.

    Raises CannotWrite; the file is where it was then.
    """
    QDir().mkpath(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation))
    file = QFile(str(path))
    if file.moveToTrash() and file.fileName() and not path.exists():
        return Path(file.fileName())
    try:
        (path.parent / FOLDER).mkdir(exist_ok=True)
        return _move(path, path.parent / FOLDER / path.name)
    except OSError as error:
        raise CannotWrite(
            say("{file} cannot be deleted: {reason}.", file=path.name, reason=error.strerror),
            say("Check that the file is still there and that the folder allows changes."),
            repr(error),
        ) from error


def put_back(trashed: Path, path: Path) -> Path:
    """Move a file out of the trash to `path`, or beside it where that name is taken; returns where it is.

    Raises CannotWrite; the file is in the trash then.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        back = _move(trashed, path)
    except OSError as error:
        raise CannotWrite(
            say("{file} cannot be brought back: {reason}.", file=path.name, reason=error.strerror),
            say("Look for it in the trash: {path}.", path=trashed),
            repr(error),
        ) from error
    if trashed.parent.name == "files":  # what the freedesktop.org trash noted about it
        with contextlib.suppress(OSError):
            (trashed.parent.parent / "info" / f"{trashed.name}.trashinfo").unlink(missing_ok=True)
    return back


def _move(source: Path, target: Path) -> Path:
    number = 1
    free = target
    while free.exists():
        number += 1
        free = target.with_stem(f"{target.stem}-{number}")
    shutil.move(source, free)
    return free
