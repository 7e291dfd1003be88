"""What the gallery does with files, all of it fit for another thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from dalle_studio.core.errors import StudioError
from dalle_studio.core.picture import Picture
from dalle_studio.core.recipe import Recipe
from dalle_studio.state.entry import Entry, entry_of, marked
from dalle_studio.storage.albums import Mark
from dalle_studio.storage.catalogue import Catalogue, Header
from dalle_studio.storage.library import file_stem, open_picture, save_picture


class Shelf:
    """The entries of one folder. Builds anew only what has changed. For one thread at a time."""

    def __init__(self, folder: Path) -> None:
        self._catalogue = Catalogue(folder)
        self._built: dict[Path, tuple[Header, Mark | None, Entry]] = {}

    def read(self, marks: Mapping[str, Mark], newest: int | None = None) -> dict[Path, Entry]:
        """Every entry of the folder, or those of the newest files. Raises OSError."""
        built = {
            header.path: self._build(header, marks.get(header.path.name))
            for header in self._catalogue.read(newest)
        }
        self._built = built
        return {path: entry for path, (_, _, entry) in built.items()}

    def stop(self) -> None:
        """Let `read` end as it stands, now and ever after. May be called from any thread."""
        self._catalogue.stop()

    def _build(self, header: Header, mark: Mark | None) -> tuple[Header, Mark | None, Entry]:
        known = self._built.get(header.path)
        if known is not None and known[0] is header and known[1] == mark:
            return known
        entry = entry_of(header)
        return header, mark, (marked(entry, mark) if mark else entry).ready()


def write_picture(picture: Picture, folder: Path, stem: str) -> Entry:
    """Write a picture into the folder; returns its entry. Raises CannotWrite."""
    path = save_picture(picture, folder, file_stem(stem))
    stat = path.stat()
    header = Header(path, picture.size, picture.recipe, stat.st_mtime_ns, stat.st_size)
    return replace(entry_of(header), sha256=picture.sha256)


def open_entry(path: Path, recipe: Recipe | None) -> Picture:
    """The picture in a file, with `recipe` where the file keeps it in EXIF. Raises UnreadablePicture."""
    picture = open_picture(path)
    return picture if picture.recipe is not None else replace(picture, recipe=recipe)


def fingerprints(paths: list[Path]) -> dict[Path, str]:
    """`Picture.sha256` of every file that can be read."""
    found: dict[Path, str] = {}
    for path in paths:
        try:
            found[path] = open_picture(path).sha256
        except StudioError:  # gone or damaged: then it is not the one looked for
            continue
    return found
