"""What the gallery does to write a copy of a picture elsewhere; fit for another thread."""

from __future__ import annotations

from pathlib import Path

from dalle_studio.core.picture import Picture
from dalle_studio.core.recipe import Parent, Recipe
from dalle_studio.storage.export import export_picture
from dalle_studio.storage.library import open_picture
from dalle_studio.storage.pictures.library import Library
from dalle_studio.storage.pictures.row import Row


def write_copy(library: Library, source: Row | Path | Picture, target: Path, with_recipe: bool) -> None:
    """Export a picture of the library, of any file, or one that is in no file; see `export_picture`.

    The library is asked what the picture's parents were made of, so that the copy tells of itself what is so.
    """

    def recipe_of(parent: Parent) -> Recipe | None:
        (found,) = library.parents([parent])
        return library.recipe(found) if isinstance(found, Row) else None

    if isinstance(source, Row):
        source = library.open(source)
    elif isinstance(source, Path):
        source = open_picture(source)
    export_picture(source, target, with_recipe, recipe_of)
