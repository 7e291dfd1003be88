"""Bringing a folder of pictures from elsewhere into the library.

The files are copied, not referred to: what lies on a stick or in another program's output folder can vanish, and a
library that lists what it does not hold could not promise that nothing is lost. The originals stay as they are.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dalle_studio.core.errors import CannotWrite, UnreadablePicture
from dalle_studio.core.sentence import Bytes, say
from dalle_studio.storage.header import SUFFIXES
from dalle_studio.storage.library import FREE_SPACE_BYTES, check_folder
from dalle_studio.storage.pictures.library import Library
from dalle_studio.storage.pictures.scan import Progress


@dataclass(frozen=True)
class Imported:
    """How an import went.

    Attributes:
        added: pictures that were copied.
        known: pictures whose pixels the library had before.
        refused: files that are no whole pictures, with the reasons.
        is_whole: False where it was cancelled; starting it again goes on where it stopped.
    """

    added: int
    known: int
    refused: tuple[UnreadablePicture, ...]
    is_whole: bool


def import_folder(library: Library, source: Path, progress: Progress, cancel: threading.Event) -> Imported:
    """Copy every PNG, JPEG and WebP in a folder and the folders in it, oldest first, and read how they were made.

    Prompts and settings are read where AUTOMATIC1111, ComfyUI, InvokeAI, Fooocus or SwarmUI wrote them. Pictures
    the library has are passed over. `progress(done, of)` is called after each. Takes about as long as decoding
    them: call it off the main thread.
    Raises CannotWrite, before anything is copied where the disk is too small; what was copied by then stays.
    """
    paths = sorted(_pictures(source, library.folder), key=lambda path: path.stat().st_mtime_ns)
    _check_space(library.folder, sum(path.stat().st_size for path in paths))
    added = known = 0
    refused: list[UnreadablePicture] = []
    for number, path in enumerate(paths, 1):
        if cancel.is_set():
            return Imported(added, known, tuple(refused), is_whole=False)
        try:
            row = library.take(path)
        except UnreadablePicture as error:
            refused.append(error)
        else:
            added, known = added + (row is not None), known + (row is None)
        progress(number, len(paths))
    return Imported(added, known, tuple(refused), is_whole=True)


def _pictures(source: Path, library: Path) -> Iterator[Path]:
    """Pictures in a folder and below; neither what is hidden, nor links, nor the library itself."""
    for folder, folders, names in os.walk(source):
        here = Path(folder)
        folders[:] = [name for name in folders if not name.startswith(".") and here / name != library]
        for name in names:
            path = here / name
            if name.lower().endswith(SUFFIXES) and not name.startswith(".") and not path.is_symlink():
                yield path


def _check_space(folder: Path, needed: int) -> None:
    check_folder(folder)
    free = shutil.disk_usage(folder).free
    if free < needed + FREE_SPACE_BYTES:
        raise CannotWrite(
            say(
                "The pictures need {needed}, and the disk of {folder} has {free} left.",
                needed=Bytes(needed),
                folder=folder,
                free=Bytes(free),
            ),
            say("Free some space, or import a part of them."),
        )
