"""Copies of pictures for the world outside: PNG, JPEG or WebP, with the recipe or without."""

from __future__ import annotations

import io
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

from dalle_studio.core.errors import CannotWrite, InvalidRequest
from dalle_studio.core.picture import Picture
from dalle_studio.core.recipe import Recipe
from dalle_studio.core.sentence import say
from dalle_studio.storage.header import COMMENT_PREFIX, EXIF_PART, USER_COMMENT
from dalle_studio.storage.library import save_picture
from dalle_studio.storage.provenance import RecipeOf, png_with_xmp, source_type, unknown, xmp_packet

if TYPE_CHECKING:
    from dalle_studio.storage.credentials import Credential

FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
_OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 95, "subsampling": 0},
    "WEBP": {"quality": 92},
}
_MAX_JPEG_COMMENT_BYTES = 65_000  # a JPEG segment has at most 65,533


def export_picture(
    picture: Picture,
    target: Path,
    with_recipe: bool,
    recipe_of: RecipeOf = unknown,
    credential: Credential | None = None,
) -> None:
    """Write the picture to `target`, in the format its suffix names, in place of what is there.

    That a model made it is always told, in XMP; how it was made only in a recipe. The file appears whole or not
    at all.

    Args:
        picture: what to write.
        target: the file.
        with_recipe: whether the recipe goes with it.
        recipe_of: knows how the pictures were made that it goes back to.
        credential: signs it with Content Credentials; None leaves it unsigned.

    Raises:
        InvalidRequest: the format cannot hold it.
        CannotWrite: the disk does not take it, or it cannot be signed.
    """
    kind = _format_of(target)
    copy = picture if with_recipe else replace(picture, recipe=None)
    source = source_type(picture.recipe, recipe_of)
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".dalle-studio-") as folder:
            data = _encoded(copy, kind, Path(folder), xmp_packet(source) if source else b"")
            if credential and source:
                data = _signed(data, kind, credential, source, target.name)
            _write(data, Path(folder)).replace(target)
    except OSError as error:
        raise CannotWrite(
            say("{name} cannot be written: {reason}.", name=target.name, reason=error.strerror or str(error)),
            say("Choose another folder or free some space."),
            repr(error),
        ) from error


def _format_of(target: Path) -> str:
    kind = FORMATS.get(target.suffix.lower())
    if kind is None:
        raise InvalidRequest(
            say("“{name}” names no format.", name=target.name),
            say("Use a name that ends in .png, .jpg or .webp."),
        )
    return kind


def _encoded(picture: Picture, kind: str, folder: Path, packet: bytes) -> bytes:
    if kind == "PNG":
        data = save_picture(picture, folder, "encoded").read_bytes()
        return png_with_xmp(data, packet) if packet else data
    buffer = io.BytesIO()
    exif = _exif(picture.recipe, kind) if picture.recipe else b""
    picture.image.save(buffer, kind, exif=exif, xmp=packet, **_OPTIONS[kind])
    return buffer.getvalue()


def _signed(data: bytes, kind: str, credential: Credential, source: str, title: str) -> bytes:
    from dalle_studio.storage.credentials import sign  # large libraries, and not everybody has them

    return sign(data, kind, credential, source, title)


def _write(data: bytes, folder: Path) -> Path:
    path = folder / "picture"
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return path


def _exif(recipe: Recipe, kind: str) -> Image.Exif:
    comment = COMMENT_PREFIX + recipe.to_json().encode("ascii")
    if kind == "JPEG" and len(comment) > _MAX_JPEG_COMMENT_BYTES:
        raise InvalidRequest(
            say("The recipe is too long for a JPEG."), say("Export as PNG or WebP, or without the recipe.")
        )
    exif = Image.Exif()
    exif.get_ifd(EXIF_PART)[USER_COMMENT] = comment
    return exif
