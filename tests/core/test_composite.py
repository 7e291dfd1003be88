"""Pasting back: not one pixel outside the mask changes."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dalle_studio.core.composite import composite
from dalle_studio.core.mask import Box


def noise(seed: int, *shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.random.default_rng(seed).integers(0, 256, shape, np.uint8)


@given(st.integers(0, 2**32), st.integers(0, 30), st.integers(0, 20), st.integers(1, 34), st.integers(1, 28))
def test_outside_the_mask_and_the_box_every_pixel_stays(
    seed: int, left: int, top: int, width: int, height: int
) -> None:
    base = noise(seed, 48, 64, 3)
    mask = np.where(noise(seed + 1, 48, 64) < 128, 0, noise(seed + 2, 48, 64)).astype(np.uint8)
    box = Box(left, top, left + width, top + height)
    patch = noise(seed + 3, height, width, 3)
    before = base.copy()

    result = composite(base, patch, box, mask)

    assert np.array_equal(base, before), "the base itself is left alone"
    inside = np.zeros((48, 64), bool)
    inside[box.slices] = True
    untouched = ~inside | (mask == 0)
    assert np.array_equal(result[untouched], base[untouched])
    whole = inside & (mask == 255)
    full = np.zeros_like(base)
    full[box.slices] = patch
    assert np.array_equal(result[whole], full[whole])


@given(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))
def test_between_it_blends_to_the_nearest_value(under: int, over: int, weight: int) -> None:
    base, patch = np.full((1, 1, 3), under, np.uint8), np.full((1, 1, 3), over, np.uint8)
    mask = np.full((1, 1), weight, np.uint8)
    result = int(composite(base, patch, Box(0, 0, 1, 1), mask)[0, 0, 0])
    assert abs(result - (over * weight + under * (255 - weight)) / 255) <= 0.5


def test_a_read_only_base_can_be_pasted_on() -> None:
    base = noise(1, 8, 8, 3)
    base.setflags(write=False)
    result = composite(base, noise(2, 8, 8, 3), Box(0, 0, 8, 8), np.full((8, 8), 255, np.uint8))
    assert np.array_equal(result, noise(2, 8, 8, 3))
