"""The art library that ships with the model: what `engine.pipelines.art` reads."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from PIL import Image

from dalle_studio.engine.pipelines.art import art_path
from dalle_studio.training.art import FAMILIES, Sprites
from dalle_studio.training.colours import Sprite
from dalle_studio.training.concepts import THINGS
from dalle_studio.training.files import whole_file

FILE_NAME = "art.zip"
SIDE = 128
"""Longer side of a drawing, in pixels."""
QUALITY, ALPHA_QUALITY = 80, 60
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""Date of every entry: the same art gives the same file."""


def write_library(sprites: Sprites, folder: Path) -> int:
    """Write ``art.zip`` with every thing in every family that has it.

    Args:
        sprites: where the drawings come from.
        folder: where the file goes.

    Returns:
        The size of the file in bytes.
    """
    target = folder / FILE_NAME
    with whole_file(target) as path, zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as packed:
        for family in FAMILIES:
            for thing in THINGS:
                if family in sprites.families_of(thing.name):
                    entry = zipfile.ZipInfo(art_path(thing.name, family), _FIRST_DAY)
                    packed.writestr(entry, _webp(sprites.get(thing.name, family)))
    return target.stat().st_size


def _webp(sprite: Sprite) -> bytes:
    """A drawing of at most `SIDE` px, encoded; what is fully transparent keeps no colour."""
    image = Image.fromarray(sprite)
    image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    data = io.BytesIO()
    image.save(data, "webp", quality=QUALITY, alpha_quality=ALPHA_QUALITY, method=6, exact=False)
    return data.getvalue()
