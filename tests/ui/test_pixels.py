"""Pictures and Qt's images: the same pixels on both sides."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from dalle_studio.core.picture import Picture
from dalle_studio.ui.pixels import image_of, picture_of
from tests.scripted import drawn


@pytest.mark.parametrize("width_px", [1, 2, 3, 5, 48])
def test_there_and_back(width_px: int) -> None:
    picture = drawn(1, width_px, 7)  # rows whose length is no multiple of four bytes are padded by Qt
    back = picture_of(image_of(picture), "b.png")
    assert np.array_equal(back.pixels, picture.pixels)
    assert (back.name, back.recipe) == ("b.png", None)


def test_colours_stay_in_their_places() -> None:
    image = image_of(Picture(np.array([[[10, 20, 30], [200, 150, 100]]], np.uint8)))
    assert image.pixelColor(0, 0) == QColor(10, 20, 30)
    assert image.pixelColor(1, 0) == QColor(200, 150, 100)


def test_an_image_outlives_its_picture() -> None:
    picture = drawn(1)
    first = picture.pixels[0, 0].tolist()
    image = image_of(picture)
    del picture
    assert image.pixelColor(0, 0) == QColor(*first)


def test_a_part_of_a_larger_picture() -> None:
    part = Picture(drawn(1, 48, 32).pixels[4:20, 8:30])
    assert np.array_equal(picture_of(image_of(part)).pixels, part.pixels)


@pytest.mark.parametrize(
    ("colour", "seen"),
    [
        ((255, 0, 0, 255), [255, 0, 0]),
        ((255, 0, 0, 0), [255, 255, 255]),
        ((0, 0, 0, 128), [127, 127, 127]),
    ],
)
def test_what_is_transparent_lies_on_white(colour: tuple[int, int, int, int], seen: list[int]) -> None:
    image = QImage(2, 2, QImage.Format.Format_ARGB32)
    image.fill(QColor(*colour))
    assert picture_of(image).pixels[0, 0].tolist() == seen


def test_grey_and_16_bit_images_become_plain() -> None:
    for kind in (
        QImage.Format.Format_Grayscale8,
        QImage.Format.Format_Grayscale16,
        QImage.Format.Format_RGBX64,
    ):
        image = QImage(3, 2, kind)
        image.fill(QColor(90, 90, 90))
        assert np.all(picture_of(image).pixels == 90)


def test_an_empty_image_is_no_picture() -> None:
    with pytest.raises(ValueError, match="empty"):
        picture_of(QImage())
