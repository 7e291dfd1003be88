"""A library to test with."""

from __future__ import annotations

from pathlib import Path

from dalle_studio.core.format import Size
from dalle_studio.core.picture import Picture
from dalle_studio.core.recipe import record
from dalle_studio.core.request import Vary
from dalle_studio.storage.pictures.files import INDEX_FOLDER
from dalle_studio.storage.pictures.library import Library
from dalle_studio.storage.pictures.opening import NAME
from dalle_studio.storage.pictures.row import EVERYTHING, Filter, Row
from tests.storage.samples import MADE, SAMPLING, noise


def opened(home: Path) -> Library:
    """The library in `home`/pictures."""
    return Library(home / "pictures", home / "cache")


def database(home: Path) -> Path:
    return home / "pictures" / INDEX_FOLDER / NAME


def names(library: Library, filter_: Filter = EVERYTHING) -> list[str]:
    return [row.name for row in library.rows(filter_)]


def found(library: Library, query: str) -> list[str]:
    return names(library, Filter(query=query))


def only(library: Library) -> Row:
    (row,) = library.rows()
    return row


def variation(of: Picture, seed: int) -> Picture:
    request = Vary(model="starter", prompt="", sampling=SAMPLING, source=of, how_far=0.5, size=Size(64, 64))
    return Picture(noise(seed=seed), record(request, MADE))
