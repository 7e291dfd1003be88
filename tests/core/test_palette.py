"""Colours of whole pictures: what a light changes and leaves, and that matched colours are those asked for."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from dalle_studio.core.palette import Pixels, matched, oklab, relit
from tests.support import scene

PICTURE = scene(160, 120).pixels


def moments(pixels: Pixels) -> np.ndarray:
    colours = oklab(pixels).reshape(-1, 3)
    return np.concatenate([colours.mean(axis=0), colours.std(axis=0)])


def shape(pixels: Pixels) -> np.ndarray:
    """Lightness, free of how bright and how rich in contrast the picture is as a whole."""
    lightness = oklab(pixels)[..., 0]
    return (lightness - lightness.mean()) / lightness.std()


def test_oklab_is_ottossons() -> None:
    """White, and pure red as the specification's table has it."""
    white, red = oklab(np.array([[255, 255, 255], [255, 0, 0]], np.uint8))
    assert white == pytest.approx((1, 0, 0), abs=1e-3)
    assert red == pytest.approx((0.628, 0.225, 0.126), abs=1e-3)


def test_no_other_light_is_the_same_picture() -> None:
    assert np.abs(relit(PICTURE, 1, 0.0).astype(int) - PICTURE).max() <= 2


def test_another_light_changes_the_colours_and_leaves_the_shapes() -> None:
    for seed in range(4):
        other = relit(PICTURE, seed, 1.0)
        assert np.corrcoef(shape(other).ravel(), shape(PICTURE).ravel())[0, 1] > 0.9
        assert np.array_equal(other, relit(PICTURE, seed, 1.0))
    lights = [moments(relit(PICTURE, seed, 1.0)) for seed in range(4)]
    apart = [np.abs(one - other).max() for one, other in pairwise(lights)]
    assert min(apart) > 0.03


def test_dark_surroundings_get_light() -> None:
    dark = PICTURE // 6
    assert oklab(relit(dark, 3, 1.0, 0.3))[..., 0].mean() > oklab(relit(dark, 3, 1.0))[..., 0].mean() + 0.05


def test_matched_colours_have_the_means_and_contrasts_asked_for() -> None:
    dull = (relit(PICTURE, 1, 1.0) * 0.6 + 40).astype(np.uint8)
    like = scene(90, 200).pixels
    assert moments(matched(dull, like)) == pytest.approx(moments(like), abs=0.02)


def test_matching_makes_no_bands() -> None:
    """A smooth ramp stays one: no two neighbours are farther apart than the change of contrast makes them."""
    ramp = np.repeat(np.linspace(60, 180, 512).round().astype(np.uint8)[None, :, None], 3, axis=2)
    stretched = matched(np.repeat(ramp, 8, axis=0), PICTURE).astype(int)
    assert np.abs(np.diff(stretched, axis=1)).max() <= 4


def test_one_flat_colour_is_matched_without_a_fault() -> None:
    flat = np.full((20, 30, 3), 90, np.uint8)
    assert np.abs(matched(PICTURE, flat).astype(int) - 90).mean() < 8
    assert matched(flat, PICTURE).shape == flat.shape
