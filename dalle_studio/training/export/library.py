"""The art library that ships with the model: what `engine.pipelines.art` reads."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

from dalle_studio.engine.pipelines.art import art_path, places_path
from dalle_studio.training.art.concepts import THINGS
from dalle_studio.training.art.sprites import FAMILIES, Sprites
from dalle_studio.training.draw.chance import pick
from dalle_studio.training.draw.colours import Sprite
from dalle_studio.training.pictures.compose import empty_place
from dalle_studio.training.places.built import BACKGROUNDS
from dalle_studio.training.places.place import Background
from dalle_studio.training.run.files import whole_file
from dalle_studio.training.run.report import Report

SIDE = 128
"""Longer side of a drawing, in pixels."""
QUALITY, ALPHA_QUALITY = 75, 60
PLACES, PLACE_QUALITY = 24, 60
"""How many drawings of each place."""
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""Date of every entry: the same art gives the same file."""


def write_library(sprites: Sprites, target: Path, report: Report) -> None:
    """Write a zip file with every thing in every family that has it, and drawings of every place.

    Args:
        sprites: where the drawings come from.
        target: the file.
        report: told how it goes on.
    """
    with whole_file(target) as path, zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as packed:
        for family in FAMILIES:
            for thing in THINGS:
                if family in sprites.families_of(thing.name):
                    _add(packed, art_path(thing.name, family), _webp(sprites.get(thing.name, family)))
        for place in report.track(BACKGROUNDS, "Drawing places"):
            _add(packed, places_path(place.name), _places(sprites, place))


def _add(packed: zipfile.ZipFile, name: str, data: bytes) -> None:
    packed.writestr(zipfile.ZipInfo(name, _FIRST_DAY), data)


def _places(sprites: Sprites, place: Background) -> bytes:
    """Drawings of a place with nobody in it, side by side, encoded."""
    rng = np.random.default_rng(zlib.crc32(place.name.encode()))
    families = [pick(rng, FAMILIES) for _ in range(PLACES)]
    strip = np.concatenate([empty_place(sprites, place, family, rng) for family in families], axis=1)
    data = io.BytesIO()
    Image.fromarray(strip).save(data, "webp", quality=PLACE_QUALITY, method=6)
    return data.getvalue()


def _webp(sprite: Sprite) -> bytes:
    """A drawing of at most `SIDE` px, encoded; what is fully transparent keeps no colour."""
    image = Image.fromarray(sprite)
    image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    data = io.BytesIO()
    image.save(data, "webp", quality=QUALITY, alpha_quality=ALPHA_QUALITY, method=6, exact=False)
    return data.getvalue()
