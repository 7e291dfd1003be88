"""One picture going over into another where they differ least."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from dalle_studio.engine.pipelines.stitch import Side, open_side, seam, stitched

SIDES = ("right", "bottom", "left", "top")  # a turn takes each to the place of the one before


def mask(side: str, height: int = 64, width: int = 96) -> NDArray[np.uint8]:
    """A half of a frame."""
    hole = np.zeros((height, width), np.uint8)
    rows, columns = {
        "right": (slice(None), slice(width // 2, None)),
        "left": (slice(None), slice(width // 2)),
        "bottom": (slice(height // 2, None), slice(None)),
        "top": (slice(height // 2), slice(None)),
    }[side]
    hole[rows, columns] = 255
    return hole


def grey(value: int, height: int = 64, width: int = 96) -> NDArray[np.uint8]:
    return np.full((height, width, 3), value, np.uint8)


@pytest.mark.parametrize("side", SIDES)
def test_a_half_is_a_side_and_turns_to_the_right(side: str) -> None:
    found = open_side(mask(side))
    assert found is not None
    turned = found.turned(mask(side))
    assert not turned[:, : turned.shape[1] // 2].any()
    assert turned[:, turned.shape[1] // 2 :].all()
    assert found.start == 0.5


@pytest.mark.parametrize("area", ["nothing", "everything", "hole", "both sides", "slope"])
def test_other_masks_are_no_side(area: str) -> None:
    hole = np.zeros((64, 96), np.uint8)
    match area:
        case "everything":
            hole[:] = 255
        case "hole":
            hole[20:40, 30:50] = 255
        case "both sides":
            hole[:, :20] = hole[:, 80:] = 255
        case "slope":
            hole[np.arange(64)[:, None] < np.arange(96)[None] - 16] = 255
        case _:
            pass
    assert open_side(hole) is None


def test_the_line_follows_what_both_have_in_common() -> None:
    near, far = grey(0), grey(200)
    common = 58 + np.arange(64) // 4  # from top left to bottom right
    far[np.arange(64), common] = 0
    line, cost = seam(near, far, Side(0, 0.5))
    assert cost == 0
    assert np.array_equal((line * 96 - 0.5).round().astype(int), common)


def test_a_drawing_that_is_like_the_picture_costs_less() -> None:
    side = Side(0, 0.5)
    assert seam(grey(100), grey(110), side)[1] < seam(grey(100), grey(140), side)[1]


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("shape", [(64, 96), (48, 20), (640, 480)])
def test_it_begins_with_the_picture_and_ends_with_the_drawing(side: str, shape: tuple[int, int]) -> None:
    near, far, hole = grey(10, *shape), grey(240, *shape), mask(side, *shape)
    found = open_side(hole)
    assert found is not None
    line, _ = seam(near, far, found)
    joined = stitched(near, far, found, line)
    assert joined.shape == near.shape
    assert np.abs(joined[hole == 0].astype(int) - 10).max() <= 60  # nothing but softness reaches over
    turned = found.turned(joined)
    assert (turned[:, : turned.shape[1] // 4] == 10).all()
    assert np.abs(turned[:, -1].astype(int) - 240).max() <= 2
    assert (np.diff(turned[..., 0].astype(int), axis=1) >= 0).all()


def test_one_column_is_enough() -> None:
    line, _ = seam(grey(0, 8, 4), grey(9, 8, 4), Side(0, 0.75))
    assert ((line > 0.75) & (line < 1)).all()
