"""What a picture's file says about itself, without decoding it."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, PngImagePlugin

from dalle_studio.core.errors import StudioError
from dalle_studio.core.format import MAX_SIDE_PX, Size
from dalle_studio.core.recipe import Recipe, from_json
from dalle_studio.storage.library import MAX_TEXT_BYTES, RECIPE_KEY

SUFFIXES = (".png", ".jpg", ".jpeg", ".webp")
USER_COMMENT, EXIF_PART = 0x9286, 0x8769  # where JPEG and WebP keep what PNG keeps in a text (EXIF 2.32)
COMMENT_PREFIX = b"ASCII\0\0\0"


@dataclass(frozen=True, eq=False)
class Header:
    """Facts about a picture's file. `recipe` is None where it has none that can be read."""

    path: Path
    size: Size
    recipe: Recipe | None
    modified_ns: int
    length_bytes: int


def read_header(path: Path) -> Header | None:
    """What the file says about itself; None where it is no picture this studio can open."""
    Image.MAX_IMAGE_PIXELS = None  # the check below is stricter
    PngImagePlugin.MAX_TEXT_CHUNK = PngImagePlugin.MAX_TEXT_MEMORY = MAX_TEXT_BYTES
    try:
        stat = path.stat()
        with Image.open(path, formats=("PNG", "JPEG", "WEBP")) as image:
            if max(image.size) > MAX_SIDE_PX:
                return None
            size, text = _upright(image), _recipe_text(image)
    except Exception:  # Pillow raises nearly everything on broken files
        return None
    return Header(path, size, _recipe(text), stat.st_mtime_ns, stat.st_size)


def _upright(image: Image.Image) -> Size:
    """The size after the camera's orientation is applied."""
    turned = image.format == "JPEG" and image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    return Size(*(reversed(image.size) if turned else image.size))


def _recipe_text(image: Image.Image) -> str:
    """The recipe's JSON. Our PNGs carry it before the pixels, so that it is there without decoding them."""
    if image.format == "PNG":
        text = image.info.get(RECIPE_KEY, "")
        return text if isinstance(text, str) else ""
    comment = image.getexif().get_ifd(EXIF_PART).get(USER_COMMENT, b"")
    if not isinstance(comment, bytes) or not comment.startswith(COMMENT_PREFIX + b'{"schema"'):
        return ""
    return comment.removeprefix(COMMENT_PREFIX).decode("ascii")


def _recipe(text: str) -> Recipe | None:
    if text:
        with contextlib.suppress(StudioError):  # opening the picture says what is wrong with it
            return from_json(text)
    return None
