"""A picture: pixels nobody can change, and a fingerprint of exactly these."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from dalle_studio.core.format import Size
from dalle_studio.core.picture import Picture


def gradient() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.arange(4 * 6 * 3, dtype=np.uint8).reshape(4, 6, 3)


def test_its_pixels_are_read_only() -> None:
    picture = Picture(gradient())
    with pytest.raises(ValueError, match="read-only"):
        picture.pixels[0, 0] = 1
    assert picture.size == Size(6, 4)
    assert (picture.recipe, picture.name) == (None, "")


def test_its_image_has_the_same_pixels() -> None:
    picture = Picture(gradient())
    assert picture.image.mode == "RGB" and picture.image.size == (6, 4)
    assert np.array_equal(np.asarray(picture.image), gradient())


def test_its_fingerprint_is_of_size_and_pixels() -> None:
    expected = hashlib.sha256(b"6x4:" + gradient().tobytes()).hexdigest()
    assert Picture(gradient()).sha256 == expected
    assert Picture(gradient(), name="other.png").sha256 == expected


def test_its_fingerprint_changes_with_one_value_or_another_shape() -> None:
    changed = gradient()
    changed[3, 5, 2] ^= 1
    others = [Picture(changed), Picture(gradient().reshape(6, 4, 3)), Picture(gradient())]
    assert len({other.sha256 for other in others}) == 3


def test_a_view_has_the_fingerprint_of_its_copy() -> None:
    flipped = gradient()[:, ::-1]
    assert Picture(flipped).sha256 == Picture(flipped.copy()).sha256 != Picture(gradient()).sha256


@pytest.mark.parametrize(
    "pixels", [np.zeros((4, 4, 3), np.float32), np.zeros((4, 4), np.uint8), np.zeros((4, 4, 4), np.uint8)]
)
def test_other_arrays_are_no_pixels(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> None:
    with pytest.raises(ValueError, match="pixels must be uint8"):
        Picture(pixels)


def test_a_picture_from_another_process_is_read_only_too() -> None:
    import pickle

    picture = pickle.loads(pickle.dumps(Picture(np.zeros((20, 30, 3), np.uint8), name="a.png")))
    assert picture.name == "a.png"
    with pytest.raises(ValueError, match="read-only"):
        picture.pixels[0, 0, 0] = 1
