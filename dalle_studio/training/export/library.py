"""The art library that ships with the model: what `engine.pipelines.art` reads."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from dalle_studio.engine.pipelines.art import art_path, palettes_path
from dalle_studio.training.art.concepts import THINGS
from dalle_studio.training.art.sprites import FAMILIES, Sprites
from dalle_studio.training.draw.colours import Sprite
from dalle_studio.training.pictures.compose import empty_place
from dalle_studio.training.places.built import BACKGROUNDS
from dalle_studio.training.places.place import Background
from dalle_studio.training.run.files import whole_file
from dalle_studio.training.run.report import Report
from dalle_studio.training.styles.styles import STYLES, Style

SIDE = 128
"""Longer side of a drawing, in pixels."""
QUALITY, ALPHA_QUALITY = 75, 60
PALETTE_SIDE, PALETTE_QUALITY = 16, 90
PALETTES, STYLED_PALETTES = 8, 3
"""How many of each place: in no particular style, and in each of the others."""
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""Date of every entry: the same art gives the same file."""


def write_library(sprites: Sprites, target: Path, report: Report) -> None:
    """Write a zip file with every thing in every family that has it, and the palettes of every place.

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
        for place in report.track(BACKGROUNDS, "Drawing palettes"):
            for style in STYLES:
                if not style.plain_only:
                    _add(packed, palettes_path(place.name, style.name), _palettes(sprites, place, style))


def _add(packed: zipfile.ZipFile, name: str, data: bytes) -> None:
    packed.writestr(zipfile.ZipInfo(name, _FIRST_DAY), data)


def _palettes(sprites: Sprites, place: Background, style: Style) -> bytes:
    """How colours lie in a place: small pictures of it, side by side, encoded."""
    rng = np.random.default_rng(zlib.crc32(f"{place.name} {style.name}".encode()))
    count = PALETTES if style.name == "none" else STYLED_PALETTES
    size = (PALETTE_SIDE, PALETTE_SIDE)
    drawn = [empty_place(sprites, place, style, rng) for _ in range(count)]
    strip = np.concatenate([cv2.resize(each, size, interpolation=cv2.INTER_AREA) for each in drawn], axis=1)
    data = io.BytesIO()
    Image.fromarray(strip).save(data, "webp", quality=PALETTE_QUALITY, method=6)
    return data.getvalue()


def _webp(sprite: Sprite) -> bytes:
    """A drawing of at most `SIDE` px, encoded; what is fully transparent keeps no colour."""
    image = Image.fromarray(sprite)
    image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    data = io.BytesIO()
    image.save(data, "webp", quality=QUALITY, alpha_quality=ALPHA_QUALITY, method=6, exact=False)
    return data.getvalue()
