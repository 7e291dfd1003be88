"""The drawings that come with a starter model."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dalle_studio.engine.pipelines.art import ArtLibrary, art_path

RED, BLUE = (220, 20, 20, 255), (20, 20, 220, 255)


def webp(width: int, height: int, colour: tuple[int, int, int, int]) -> bytes:
    data = io.BytesIO()
    Image.new("RGBA", (width, height), colour).save(data, "webp", lossless=True)
    return data.getvalue()


@pytest.fixture
def library(tmp_path: Path) -> ArtLibrary:
    path = tmp_path / "art.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr("3d/teddy_bear.webp", webp(8, 16, RED))
        packed.writestr("flat/teddy_bear.webp", webp(8, 16, BLUE))
        packed.writestr("flat/jack-o'-lantern.webp", webp(10, 5, BLUE))
        packed.writestr("readme.txt", "no drawing")
    return ArtLibrary(path)


def test_families_are_those_that_have_the_thing(library: ArtLibrary) -> None:
    assert library.families_of("teddy bear") == ("3d", "flat")
    assert library.families_of("jack-o'-lantern") == ("flat",)
    assert library.families_of("nobody") == ()


def test_drawing_is_of_the_wanted_family(library: ArtLibrary) -> None:
    red, blue = library.drawing("teddy bear", "3d"), library.drawing("teddy bear", "flat")
    assert red.shape == blue.shape == (16, 8, 4)
    assert red.dtype == np.uint8
    assert tuple(red[0, 0]) == RED
    assert tuple(blue[0, 0]) == BLUE


def test_another_family_steps_in(library: ArtLibrary) -> None:
    assert tuple(library.drawing("jack-o'-lantern", "3d")[0, 0]) == BLUE
    assert tuple(library.drawing("teddy bear", "noto")[0, 0]) == RED


def test_drawings_are_decoded_once_and_stay_as_they_are(library: ArtLibrary) -> None:
    drawing = library.drawing("teddy bear", "3d")
    assert library.drawing("teddy bear", "3d") is drawing
    with pytest.raises(ValueError, match="read-only"):
        drawing[0, 0] = 0


def test_shape_has_a_longer_side_of_one(library: ArtLibrary) -> None:
    assert library.shape("teddy bear", "3d") == (0.5, 1.0)
    assert library.shape("jack-o'-lantern", "flat") == (1.0, 0.5)


def test_unknown_things_are_told_by_name(library: ArtLibrary) -> None:
    with pytest.raises(KeyError, match="nobody"):
        library.drawing("nobody", "3d")


def test_path_has_no_spaces() -> None:
    assert art_path("teddy bear", "3d") == "3d/teddy_bear.webp"
