"""How a picture is joined across a hole."""

from __future__ import annotations

import numpy as np
import pytest

from dalle_studio.engine.base import Pixels
from dalle_studio.engine.continuation import continued


def banded() -> Pixels:
    """Sky above, ground below."""
    pixels = np.empty((40, 60, 3), np.uint8)
    pixels[:25], pixels[25:] = (90, 150, 220), (150, 120, 60)
    return pixels


def test_a_thing_in_a_hole_gives_way_to_sky_and_ground() -> None:
    pixels, mask = banded(), np.zeros((40, 60), np.uint8)
    pixels[10:35, 20:40] = (250, 0, 0)
    mask[10:35, 20:40] = 255
    assert np.array_equal(continued(pixels, mask), banded())


def test_nothing_outside_the_hole_changes_and_the_picture_given_stays() -> None:
    rng = np.random.default_rng(1)
    pixels = rng.integers(0, 256, (40, 60, 3), np.uint8)
    mask = np.where(rng.random((40, 60)) < 0.4, 7, 0).astype(np.uint8)
    before = pixels.copy()
    joined = continued(pixels, mask)
    assert np.array_equal(joined[mask == 0], pixels[mask == 0])
    assert not np.array_equal(joined, pixels)
    assert np.array_equal(pixels, before)


def test_colours_run_straight_from_one_side_to_the_other() -> None:
    pixels, mask = np.zeros((1, 5, 3), np.uint8), np.array([[0, 255, 255, 255, 0]], np.uint8)
    pixels[0, 4] = 200
    assert continued(pixels, mask)[0, :, 0].tolist() == [0, 50, 100, 150, 200]


@pytest.mark.parametrize("side", [0, 1])
def test_at_the_picture_s_edge_what_is_known_goes_on(side: int) -> None:
    pixels, mask = np.full((4, 8, 3), 10, np.uint8), np.zeros((4, 8), np.uint8)
    hole = slice(0, 3) if side == 0 else slice(5, 8)
    pixels[:, hole], mask[:, hole] = 99, 255
    assert (continued(pixels, mask) == 10).all()


def test_rows_without_anything_known_are_joined_from_above_to_below() -> None:
    pixels, mask = np.zeros((5, 6, 3), np.uint8), np.zeros((5, 6), np.uint8)
    pixels[4], mask[1:4] = 200, 255
    assert continued(pixels, mask)[:, 0, 0].tolist() == [0, 50, 100, 150, 200]


def test_where_nothing_is_known_nothing_changes() -> None:
    assert np.array_equal(continued(banded(), np.full((40, 60), 255, np.uint8)), banded())
