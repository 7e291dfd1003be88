"""Copies of pictures for the world outside: PNG, JPEG or WebP, with the recipe or without."""

from __future__ import annotations

import io
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image

from dalle_studio.core.errors import CannotWrite, InvalidRequest
from dalle_studio.core.picture import Picture
from dalle_studio.storage.catalogue import COMMENT_PREFIX, EXIF_PART, USER_COMMENT
from dalle_studio.storage.library import save_picture

FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
_OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 95, "subsampling": 0},
    "WEBP": {"quality": 92},
}
_MAX_JPEG_COMMENT_BYTES = 65_000  # a JPEG segment has at most 65,533


def export_picture(picture: Picture, target: Path, with_recipe: bool) -> None:
    """Write the picture to `target`, in the format its suffix names, in place of what is there.

    The file appears whole or not at all. Raises InvalidRequest where the format cannot hold it, CannotWrite
    where the disk does not take it.
    """
    kind = FORMATS.get(target.suffix.lower())
    if kind is None:
        raise InvalidRequest(
            f"“{target.name}” names no format.", "Use a name that ends in .png, .jpg or .webp."
        )
    copy = picture if with_recipe else replace(picture, recipe=None)
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".dalle-studio-") as folder:
            _write(copy, kind, Path(folder)).replace(target)
    except OSError as error:
        raise CannotWrite(
            f"{target.name} cannot be written: {error.strerror or error}.",
            "Choose another folder or free some space.",
            repr(error),
        ) from error


def _write(picture: Picture, kind: str, folder: Path) -> Path:
    if kind == "PNG":
        return save_picture(picture, folder, "picture")
    data = io.BytesIO()
    picture.image.save(data, kind, exif=_exif(picture, kind), **_OPTIONS[kind])
    path = folder / "picture"
    with path.open("wb") as file:
        file.write(data.getbuffer())
        file.flush()
        os.fsync(file.fileno())
    return path


def _exif(picture: Picture, kind: str) -> Image.Exif:
    exif = Image.Exif()
    if picture.recipe is not None:
        comment = COMMENT_PREFIX + picture.recipe.to_json().encode("ascii")
        if kind == "JPEG" and len(comment) > _MAX_JPEG_COMMENT_BYTES:
            raise InvalidRequest(
                "The recipe is too long for a JPEG.", "Export as PNG or WebP, or without the recipe."
            )
        exif.get_ifd(EXIF_PART)[USER_COMMENT] = comment
    return exif
