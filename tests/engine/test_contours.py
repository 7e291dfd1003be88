"""Contours are thin, dark where colours meet and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest

from dalle_studio.engine.pipelines.contours import contours


def test_nothing_has_no_contour() -> None:
    assert (contours(np.full((40, 60, 3), 90, np.uint8)) == 255).all()


def test_soft_shading_has_none() -> None:
    shaded = np.repeat(np.linspace(60, 200, 256, dtype=np.uint8)[None, :, None], 3, axis=2).repeat(64, axis=0)
    assert (contours(shaded) > 240).all()


@pytest.mark.parametrize("colours", [((0, 0, 0), (255, 255, 255)), ((255, 0, 0), (0, 128, 0))])
@pytest.mark.parametrize("turned", [False, True])
def test_two_colours_meet_in_one_thin_line(colours: tuple[tuple[int, ...], ...], turned: bool) -> None:
    picture = np.zeros((64, 64, 3), np.uint8)
    picture[:, :32], picture[:, 32:] = colours
    drawn = contours(picture.swapaxes(0, 1) if turned else picture)[..., 0]
    drawn = drawn.T if turned else drawn
    dark = drawn < 128
    assert dark.any(axis=1).all(), "the line is whole"
    assert np.flatnonzero(dark.any(axis=0)).min() >= 30
    assert np.flatnonzero(dark.any(axis=0)).max() <= 34
    assert (drawn[:, :28] == 255).all()


def test_slanted_lines_are_thin_and_whole_too() -> None:
    rows, columns = np.mgrid[0:64, 0:64]
    for slanted in (rows + columns < 64, rows < columns):
        picture = np.repeat(np.where(slanted, 40, 220).astype(np.uint8)[..., None], 3, axis=2)
        dark = contours(picture)[..., 0] < 128
        assert dark[4:-4].any(axis=1).all()
        assert dark.sum(axis=1).max() <= 6
