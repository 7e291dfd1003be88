"""Finding what stands in the foreground."""

from __future__ import annotations

import numpy as np
import pytest

from dalle_studio.core.subject import subject_of


def standing(x: float, y: float, width_px: int = 240, height_px: int = 160) -> tuple[np.ndarray, np.ndarray]:
    """A red disc before hills, and where it is."""
    rows, columns = np.mgrid[0:height_px, 0:width_px]
    disc = (columns - x * width_px) ** 2 + (rows - y * height_px) ** 2 < (0.2 * height_px) ** 2
    hills = rows > height_px * (0.55 + 0.1 * np.sin(columns / 25))
    ground = (
        np.where(hills[..., None], (90, 140, 70), (150, 190, 230))
        + ((rows * 7 + columns * 5) % 19)[..., None]
    )
    return np.where(disc[..., None], (190, 40, 50), ground).astype(np.uint8), disc


@pytest.mark.parametrize(("x", "y"), [(0.5, 0.5), (0.38, 0.6), (0.62, 0.45)])
def test_what_differs_and_keeps_together_is_the_subject(x: float, y: float) -> None:
    pixels, disc = standing(x, y)
    mask = subject_of(pixels)
    assert mask.shape == disc.shape and mask.dtype == np.uint8
    assert mask[disc].mean() > 230
    assert mask[~disc].mean() < 40
    assert np.array_equal(mask, subject_of(pixels))


@pytest.mark.parametrize("shape", [(16, 16), (20, 400), (300, 17)])
def test_pictures_of_any_size_and_without_a_subject_have_one(shape: tuple[int, int]) -> None:
    mask = subject_of(np.full((*shape, 3), 120, np.uint8))
    assert mask.shape == shape and 0 < mask.mean() < 255
